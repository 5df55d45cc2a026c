//! Sums over occurrences by month, and the occurrences of each two countries, kept as occurrences come and change.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use crate::error::Result;

/// What one occurrence adds to the sums.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Share {
    /// The day by which it is counted; `None` where no report says when it was, or when itself was published: it is in
    /// no month then.
    pub day: Option<String>,
    pub kind: &'static str,
    pub status: &'static str,
    pub goldstein: Option<f64>,
    /// Countries of the actors and of the recipients.
    pub actors: BTreeSet<String>,
    pub recipients: BTreeSet<String>,
}

impl Share {
    /// `YYYY-MM`.
    fn month(&self) -> Option<&str> {
        self.day.as_deref()?.get(..7)
    }

    /// Whether both add the same to the sums of months: they may be of different days.
    fn counts_as(&self, other: &Share) -> bool {
        let of = |share: &Share| (share.kind, share.status, share.goldstein);
        self.month() == other.month()
            && of(self) == of(other)
            && (&self.actors, &self.recipients) == (&other.actors, &other.recipients)
    }

    /// Its rows in the list of the occurrences of each two countries: these, in the order of the alphabet, and the day.
    fn dyads_by_day(&self) -> BTreeSet<(&str, &str, &str)> {
        let day = self.day.as_deref().unwrap_or("");
        pairs(&codes(&self.actors), &codes(&self.recipients))
            .into_iter()
            .map(|(one, other)| (one, other, day))
            .collect()
    }
}

fn codes(countries: &BTreeSet<String>) -> Vec<&str> {
    countries.iter().map(String::as_str).collect()
}

/// The pairs of two countries that an occurrence is between, each in the order of the alphabet and once.
pub(crate) fn pairs<'c>(
    actors: &[&'c str],
    recipients: &[&'c str],
) -> BTreeSet<(&'c str, &'c str)> {
    let pairs = dyads(actors, recipients).into_iter();
    pairs
        .filter(|(one, other)| one != other)
        .map(|(one, other)| (one.min(other), one.max(other)))
        .collect()
}

/// Replaces the old share of an occurrence by its new one. `None` is for no share: no reports.
pub(crate) fn replace(
    connection: &Connection,
    occurrence: i64,
    old: Option<&Share>,
    new: Option<&Share>,
) -> Result<()> {
    let same = match (old, new) {
        (Some(old), Some(new)) => old.counts_as(new),
        (old, new) => old.is_none() && new.is_none(),
    };
    if !same {
        if let Some(share) = old {
            add(connection, share, -1)?;
        }
        if let Some(share) = new {
            add(connection, share, 1)?;
        }
    }
    list(connection, occurrence, old, new)
}

/// Changes the rows of an occurrence in the list of the occurrences of each two countries.
fn list(
    connection: &Connection,
    occurrence: i64,
    old: Option<&Share>,
    new: Option<&Share>,
) -> Result<()> {
    let old = old.map(Share::dyads_by_day).unwrap_or_default();
    let new = new.map(Share::dyads_by_day).unwrap_or_default();
    for (one, other, day) in old.difference(&new) {
        connection
            .prepare_cached(
                "DELETE FROM dyad_occurrence WHERE one = ?1 AND other = ?2 AND day = ?3 AND occurrence = ?4",
            )?
            .execute(params![one, other, day, occurrence])?;
    }
    for (one, other, day) in new.difference(&old) {
        connection
            .prepare_cached(
                "INSERT INTO dyad_occurrence (one, other, day, occurrence) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![one, other, day, occurrence])?;
    }
    Ok(())
}

fn add(connection: &Connection, share: &Share, sign: i64) -> Result<()> {
    let Some(month) = share.month() else {
        return Ok(());
    };
    connection
        .prepare_cached(
            "INSERT INTO month_type (month, type, status, number) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET number = number + excluded.number",
        )?
        .execute(params![month, share.kind, share.status, sign])?;
    let weight = share.goldstein.unwrap_or(0.0) * sign as f64;
    let square = share.goldstein.map_or(0.0, |weight| weight * weight) * sign as f64;
    let weighed = if share.goldstein.is_some() { sign } else { 0 };
    let mut upsert = connection.prepare_cached(
        "INSERT INTO month_dyad (actor, recipient, month, type, status, number, weighed, goldstein, squares)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT DO UPDATE SET number = number + excluded.number, weighed = weighed + excluded.weighed,
           goldstein = goldstein + excluded.goldstein, squares = squares + excluded.squares",
    )?;
    for (actor, recipient) in dyads(&codes(&share.actors), &codes(&share.recipients)) {
        upsert.execute(params![
            actor,
            recipient,
            month,
            share.kind,
            share.status,
            sign,
            weighed,
            weight,
            square
        ])?;
    }
    Ok(())
}

/// The pairs of countries that an occurrence is between. Where several actors stand on one side and nobody on the
/// other, as in "A and B met", each stands to each, once: relations ask in both directions.
fn dyads<'c>(actors: &[&'c str], recipients: &[&'c str]) -> Vec<(&'c str, &'c str)> {
    let alone = recipients.is_empty();
    let others = if alone { actors } else { recipients };
    let mut pairs = Vec::new();
    for actor in actors {
        let of_actor = others.iter().filter(|other| !alone || *other > actor);
        pairs.extend(of_actor.map(|other| (*actor, *other)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_do_together_counts_once_for_each_pair() {
        assert_eq!(
            dyads(&["FRA", "RUS", "USA"], &[]),
            [("FRA", "RUS"), ("FRA", "USA"), ("RUS", "USA")]
        );
        assert_eq!(
            dyads(&["RUS", "USA"], &["IRN"]),
            [("RUS", "IRN"), ("USA", "IRN")]
        );
        assert!(dyads(&["USA"], &[]).is_empty());
        assert_eq!(
            pairs(&["RUS", "USA"], &["RUS", "USA"]),
            BTreeSet::from([("RUS", "USA")])
        );
    }
}
