//! Sums over occurrences by month, kept as occurrences come and change.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use crate::error::Result;

/// What one occurrence adds to the sums.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Share {
    /// `YYYY-MM`.
    pub month: String,
    pub kind: &'static str,
    pub status: &'static str,
    pub goldstein: Option<f64>,
    /// Countries of the actors and of the recipients.
    pub actors: BTreeSet<String>,
    pub recipients: BTreeSet<String>,
}

/// Replaces the old share of an occurrence by its new one. `None` is for no share: no reports, or no date at all.
pub(crate) fn replace(
    connection: &Connection,
    old: Option<&Share>,
    new: Option<&Share>,
) -> Result<()> {
    if old == new {
        return Ok(());
    }
    if let Some(share) = old {
        add(connection, share, -1)?;
    }
    if let Some(share) = new {
        add(connection, share, 1)?;
    }
    Ok(())
}

fn add(connection: &Connection, share: &Share, sign: i64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO month_type (month, type, status, number) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET number = number + excluded.number",
        )?
        .execute(params![share.month, share.kind, share.status, sign])?;
    let weight = share.goldstein.unwrap_or(0.0) * sign as f64;
    let square = share.goldstein.map_or(0.0, |weight| weight * weight) * sign as f64;
    let weighed = if share.goldstein.is_some() { sign } else { 0 };
    let mut upsert = connection.prepare_cached(
        "INSERT INTO month_dyad (actor, recipient, month, type, status, number, weighed, goldstein, squares)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT DO UPDATE SET number = number + excluded.number, weighed = weighed + excluded.weighed,
           goldstein = goldstein + excluded.goldstein, squares = squares + excluded.squares",
    )?;
    for (actor, recipient) in dyads(share) {
        upsert.execute(params![
            actor,
            recipient,
            share.month,
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
fn dyads(share: &Share) -> Vec<(&str, &str)> {
    let alone = share.recipients.is_empty();
    let others = if alone {
        &share.actors
    } else {
        &share.recipients
    };
    let mut pairs = Vec::new();
    for actor in &share.actors {
        let of_actor = others.iter().filter(|other| !alone || *other > actor);
        pairs.extend(of_actor.map(|other| (actor.as_str(), other.as_str())));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(actors: &[&str], recipients: &[&str]) -> Share {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        Share {
            month: "2015-05".into(),
            kind: "CONSULT",
            status: "actual",
            goldstein: None,
            actors: owned(actors),
            recipients: owned(recipients),
        }
    }

    #[test]
    fn what_several_do_together_counts_once_for_each_pair() {
        let met = share(&["USA", "RUS", "FRA"], &[]);
        assert_eq!(
            dyads(&met),
            [("FRA", "RUS"), ("FRA", "USA"), ("RUS", "USA")]
        );
        let told = share(&["USA", "RUS"], &["IRN"]);
        assert_eq!(dyads(&told), [("RUS", "IRN"), ("USA", "IRN")]);
        assert!(dyads(&share(&["USA"], &[])).is_empty());
    }
}
