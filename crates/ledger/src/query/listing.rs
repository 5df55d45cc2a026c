//! Occurrences page by page, with their parties as actors that can be looked up.

use rusqlite::Row;
use schemars::JsonSchema;
use serde::Serialize;

use super::filter::{Conditions, Filter, full_text};
use super::lead::Columns;
use super::paging::{Cursor, Way};
use super::{Question, Reader, number};
use crate::error::{LedgerError, Result};

/// Which occurrences, in which order, from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What must hold.
    pub filter: Filter,
    /// Somebody who is on either side, in the forms of [`Filter::actor`].
    pub party: Vec<String>,
    /// Quad classes, 1 to 4; all where there are none.
    pub quad: Vec<u8>,
    /// Two countries: one on each side, whichever, or both acting together with no country on the other side.
    pub between: Option<(String, String)>,
    /// Fewest independent stories that tell of it.
    pub tellings: Option<u32>,
    /// In which order.
    pub order: Order,
    /// For the orders by day: the row behind which to go on.
    pub after: Option<Cursor>,
    /// For the other orders: rows to leave out.
    pub skip: u32,
    /// Of the sentences that hold the words of `filter.text`, only so many are looked at, those added last; all where
    /// it is `None`.
    pub sentences: Option<u32>,
}

/// The order of occurrences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By day, the latest first.
    #[default]
    Latest,
    /// By day, the earliest first.
    Earliest,
    /// Those that most stories tell of first, among the latest [`super::WINDOW`].
    MostTold,
    /// The most hostile first (Goldstein weight), among the latest [`super::WINDOW`].
    Conflict,
    /// The most friendly first, among the latest [`super::WINDOW`].
    Cooperation,
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Party {
    /// `A12`.
    pub id: String,
    /// The name in the first story that has it.
    pub name: String,
    /// `person`, `state`, `organisation`, `group` or `place-as-state`.
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Spot {
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north; `None` where it is not in the gazetteer.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
}

/// The sentence on which an occurrence rests first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quote {
    /// `E12`.
    pub event: String,
    /// `S12`.
    pub story: String,
    /// The outlet.
    pub publisher: Option<String>,
    /// When the story was published.
    pub published: Option<String>,
    /// The words that express the event.
    pub trigger: String,
    /// The sentence.
    pub sentence: String,
}

/// An occurrence in a list.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Entry {
    /// `O12`.
    pub id: String,
    /// The first day that all reports allow.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
    /// The day by which it is sorted: `first`, or else the day of the first report.
    pub day: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// `actual`, `planned`, `possible`, `negated`, `claimed`, `denied` or `disputed`.
    pub status: String,
    /// Who did it.
    pub actor: Vec<Party>,
    /// To whom.
    pub recipient: Vec<Party>,
    /// Where.
    pub place: Option<Spot>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Goldstein weight, -10 to 10.
    pub goldstein: Option<f64>,
    /// Independent stories that tell of it.
    pub tellings: i64,
    /// Reports in all.
    pub reports: i64,
    /// Day of the last story.
    pub reported_last: Option<String>,
    /// The first report's sentence.
    pub evidence: Option<Quote>,
}

impl Entry {
    /// Where a list by day goes on behind this row.
    pub fn cursor(&self) -> Option<Cursor> {
        Some(Cursor {
            day: self.day.clone(),
            number: number('O', &self.id)?,
        })
    }
}

const ENTRY: Columns = Columns {
    columns: "o.id, o.first, o.last, o.day, o.type, o.mode, o.quad, o.status, place.name, place.country, place.latitude,
              place.longitude, o.cameo, o.goldstein, o.tellings, o.reports, o.reported_last",
    joined: "LEFT JOIN place ON place.id = o.place",
};

impl Reader {
    /// At most `most` occurrences of a listing.
    ///
    /// # Errors
    /// Where the filter cannot be understood, or the file cannot be read.
    pub fn listing(&self, listing: &Listing, most: usize) -> Result<Vec<Entry>> {
        match listing.order {
            Order::Latest => self.by_day(listing, most, Way::Latest),
            Order::Earliest => self.by_day(listing, most, Way::Earliest),
            _ => Ok(self.browse(listing, most)?.entries),
        }
    }

    fn by_day(&self, listing: &Listing, most: usize, way: Way) -> Result<Vec<Entry>> {
        let from = (way, listing.after.as_ref());
        self.rows_by_day(listing, from, &ENTRY, most, |row| self.entry(row))
    }

    /// Those with these numbers, in this order.
    pub(super) fn entries_of(&self, ids: &[i64]) -> Result<Vec<Entry>> {
        let Columns { columns, joined } = ENTRY;
        let sql = format!("SELECT {columns} FROM occurrence o {joined} WHERE o.id = ?1");
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let question = Question::new(sql.clone(), vec![(*id).into()]);
            found.extend(self.list(&question, |row| self.entry(row))?);
        }
        Ok(found)
    }

    /// Adds the conditions of a listing on occurrences, the table of which is called `o`, to those that there are.
    pub(super) fn listed(
        &self,
        listing: &Listing,
        mut conditions: Conditions,
    ) -> Result<Conditions> {
        let status = listing.filter.checked_status()?;
        let types = listing.filter.checked_types()?;
        let others = Filter {
            status: Vec::new(),
            types: Vec::new(),
            ..listing.filter.clone()
        };
        match (listing.sentences, &others.text) {
            (Some(most), Some(text)) => {
                self.with_late_words(&mut conditions, &others, text, most)?
            }
            _ => self.add_occurrences(&mut conditions, &others)?,
        }
        conditions.any_of(one_by_index("o.status", "+o.status", &status), &status);
        conditions.any_of(one_by_index("o.type", "+o.type", &types), &types);
        if !listing.quad.is_empty() {
            let quads: Vec<String> = listing.quad.iter().map(u8::to_string).collect();
            conditions.push(format!("o.quad IN ({})", quads.join(",")));
        }
        if let Some(fewest) = listing.tellings {
            conditions.with("o.tellings >= ?", i64::from(fewest));
        }
        for word in &listing.party {
            let who = self.who(word)?;
            let part = who.condition("p.actor", "p.country", &mut conditions.values);
            conditions.push(format!(
                "o.id IN (SELECT p.occurrence FROM occurrence_party p WHERE {part})"
            ));
        }
        if let Some((one, other)) = &listing.between {
            self.of_dyad(&mut conditions, one, other)?;
        }
        Ok(conditions)
    }

    /// As [`Reader::add_occurrences`], with words that are looked for in the last sentences alone.
    fn with_late_words(
        &self,
        conditions: &mut Conditions,
        filter: &Filter,
        text: &str,
        most: u32,
    ) -> Result<()> {
        let others = Filter {
            text: None,
            ..filter.clone()
        };
        self.add_occurrences(conditions, &others)?;
        conditions.with(
            &format!(
                "o.id IN (SELECT report.occurrence FROM (SELECT rowid FROM evidence_text WHERE evidence_text MATCH ?
                   ORDER BY rowid DESC LIMIT {most}) late JOIN event ON event.evidence = late.rowid
                   JOIN report ON report.event = event.id)"
            ),
            full_text(text)?,
        );
        Ok(())
    }

    fn of_dyad(&self, conditions: &mut Conditions, one: &str, other: &str) -> Result<()> {
        let (one, other) = self.countries(one, other)?;
        conditions.values.extend([one.into(), other.into()]);
        let at = conditions.values.len();
        conditions.push(format!(
            "o.id IN (SELECT d.occurrence FROM dyad_occurrence d WHERE d.one = ?{} AND d.other = ?{at})",
            at - 1
        ));
        Ok(())
    }

    fn entry(&self, row: &Row) -> Result<Entry> {
        let id: i64 = row.get(0)?;
        let (actor, recipient) = self.parties(id)?;
        let name: Option<String> = row.get(8)?;
        let (country, latitude, longitude) = (row.get(9)?, row.get(10)?, row.get(11)?);
        Ok(Entry {
            id: format!("O{id}"),
            first: row.get(1)?,
            last: row.get(2)?,
            day: row.get(3)?,
            kind: row.get(4)?,
            mode: row.get(5)?,
            quad: row.get(6)?,
            status: row.get(7)?,
            actor,
            recipient,
            place: name.map(|name| Spot {
                name,
                country,
                latitude,
                longitude,
            }),
            cameo: row.get(12)?,
            goldstein: row.get(13)?,
            tellings: row.get(14)?,
            reports: row.get(15)?,
            reported_last: row.get(16)?,
            evidence: self.first_quote(id)?,
        })
    }

    /// Actors and recipients of an occurrence.
    pub fn parties_of(&self, occurrence: &str) -> Result<(Vec<Party>, Vec<Party>)> {
        let unknown = || LedgerError::Unknown(occurrence.into());
        self.parties(number('O', occurrence).ok_or_else(unknown)?)
    }

    fn parties(&self, occurrence: i64) -> Result<(Vec<Party>, Vec<Party>)> {
        let mut select = self.connection.prepare_cached(
            "SELECT p.side = 'actor', actor.id, actor.name, actor.kind, actor.country
             FROM occurrence_party p JOIN actor ON actor.id = p.actor WHERE p.occurrence = ?1 ORDER BY actor.id",
        )?;
        let (mut actors, mut recipients) = (Vec::new(), Vec::new());
        let mut rows = select.query([occurrence])?;
        while let Some(row) = rows.next()? {
            let party = party(row, 1)?;
            if row.get(0)? {
                actors.push(party);
            } else {
                recipients.push(party);
            }
        }
        Ok((actors, recipients))
    }

    fn first_quote(&self, occurrence: i64) -> Result<Option<Quote>> {
        let mut select = self.connection.prepare_cached(
            "SELECT e.id, story.id, story.publisher, story.published, e.trigger,
                    substr(story.text, evidence.first + 1, evidence.last - evidence.first)
             FROM (SELECT min(event) AS event FROM report WHERE occurrence = ?1) first
             JOIN event e ON e.id = first.event JOIN evidence ON evidence.id = e.evidence
             JOIN story ON story.id = evidence.story",
        )?;
        let mut rows = select.query([occurrence])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        Ok(Some(Quote {
            event: format!("E{}", row.get::<_, i64>(0)?),
            story: format!("S{}", row.get::<_, i64>(1)?),
            publisher: row.get(2)?,
            published: row.get(3)?,
            trigger: row.get(4)?,
            sentence: row.get(5)?,
        }))
    }
}

/// The column by which one value is looked up. One type or status has its occurrences in the order of days by an index; of
/// several, all would have to be sorted: the plus before the column keeps SQLite from that index, and it goes by day.
fn one_by_index(column: &'static str, plain: &'static str, values: &[String]) -> &'static str {
    if values.len() == 1 { column } else { plain }
}

/// A party of columns `from` and the three that follow.
pub(super) fn party(row: &Row, from: usize) -> Result<Party> {
    Ok(Party {
        id: format!("A{}", row.get::<_, i64>(from)?),
        name: row.get(from + 1)?,
        kind: row.get(from + 2)?,
        country: row.get(from + 3)?,
    })
}
