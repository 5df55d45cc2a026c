//! The latest occurrences of a listing: what is counted beside a page, and what orders other than by day sort.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use schemars::JsonSchema;
use serde::Serialize;

use super::filter::{Conditions, full_text};
use super::lead::Columns;
use super::listing::{Entry, Listing, Order};
use super::paging::Way;
use super::{Question, Reader};
use crate::error::Result;
use crate::occurrence::sketch::Sketch;

/// Most occurrences that are counted, and among which is sorted, where the order is not that of days: each costs some
/// microseconds, and fifty such pages a second are to leave a core time for others.
pub const WINDOW: usize = 2_000;

/// How many occurrences have each value.
pub type Counts = Vec<(String, u64)>;

/// What stands beside a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Facets {
    /// Occurrences that match: all of them, or [`WINDOW`].
    pub counted: u64,
    /// Whether there are more than were counted.
    pub more: bool,
    /// By quad class, 1 to 4.
    pub quad: Counts,
    /// By type, the most frequent first.
    pub types: Counts,
    /// By status, the most frequent first.
    pub status: Counts,
    /// By year, the latest first.
    pub years: Counts,
    /// By country of the actor, the most frequent first, twelve at most.
    pub actors: Counts,
    /// By country of the recipient, twelve at most.
    pub recipients: Counts,
}

/// A page of a listing with what stands beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Browsed {
    /// The rows.
    pub entries: Vec<Entry>,
    /// The counts, over the latest [`WINDOW`] occurrences whatever the page.
    pub facets: Facets,
}

/// An occurrence of the window.
struct Late {
    id: i64,
    day: Option<String>,
    quad: u8,
    kind: String,
    status: String,
    tellings: i64,
    goldstein: Option<f64>,
    /// Countries of the actors and of the recipients, each once.
    countries: [Vec<String>; 2],
}

const LATE: Columns = Columns {
    columns: "o.id, o.day, o.quad, o.type, o.status, o.tellings, o.goldstein, o.sketch",
    joined: "",
};

impl Reader {
    /// At most `most` occurrences of a listing, and the counts beside it, in one go.
    ///
    /// # Errors
    /// Where the filter cannot be understood, or the file cannot be read.
    pub fn browse(&self, listing: &Listing, most: usize) -> Result<Browsed> {
        let mut window = self.window(listing)?;
        let more = window.len() > WINDOW || self.has_more_sentences(listing)?;
        let full = window.len() > WINDOW;
        window.truncate(WINDOW);
        let facets = facets(&window, more);
        let entries = match page(listing, &window, most, full) {
            Some(ids) => self.entries_of(&ids)?,
            None => self.listing(listing, most)?,
        };
        Ok(Browsed { entries, facets })
    }

    /// The latest occurrences, one more than [`WINDOW`] where there are more.
    fn window(&self, listing: &Listing) -> Result<Vec<Late>> {
        let latest = (Way::Latest, None);
        self.rows_by_day(listing, latest, &LATE, WINDOW + 1, |row| {
            Ok(Late {
                id: row.get(0)?,
                day: row.get(1)?,
                quad: row.get(2)?,
                kind: row.get(3)?,
                status: row.get(4)?,
                tellings: row.get(5)?,
                goldstein: row.get(6)?,
                countries: countries_of(row.get_ref(7)?),
            })
        })
    }

    /// Whether more sentences hold the words than the listing looks at.
    fn has_more_sentences(&self, listing: &Listing) -> Result<bool> {
        let (Some(most), Some(text)) = (listing.sentences, &listing.filter.text) else {
            return Ok(false);
        };
        let question = Question::new(
            "SELECT count(*) FROM (SELECT rowid FROM evidence_text WHERE evidence_text MATCH ?1 LIMIT ?2)",
            vec![
                full_text(text)?.into(),
                i64::from(most).saturating_add(1).into(),
            ],
        );
        let found = self.list(&question, |row| Ok(row.get::<_, i64>(0)?))?;
        Ok(found
            .first()
            .is_some_and(|number| *number > i64::from(most)))
    }

    /// How many occurrences there are in all, exactly; those without any day are not counted. Only types, status and
    /// quad classes of the listing apply.
    ///
    /// # Errors
    /// Where the filter cannot be understood, or the file cannot be read.
    pub fn total(&self, listing: &Listing) -> Result<u64> {
        let mut conditions = Conditions::default();
        conditions.any_of("type", &listing.filter.checked_types()?);
        conditions.any_of("status", &listing.filter.checked_status()?);
        if !listing.quad.is_empty() {
            let types = listing.quad.iter().flat_map(|quad| {
                let at = usize::from(*quad).wrapping_sub(1);
                super::QUAD_TYPES.get(at).copied().unwrap_or_default()
            });
            let types: Vec<String> = types.map(|kind| (*kind).to_owned()).collect();
            conditions.any_of("type", &types);
        }
        let question = conditions.question("SELECT ifnull(sum(number), 0) FROM month_type", "");
        let found = self.list(&question, |row| Ok(row.get::<_, u64>(0)?))?;
        Ok(found.first().copied().unwrap_or(0))
    }
}

/// Countries of actors and of recipients in the column that remembers them.
pub(super) fn countries_of(sketch: ValueRef) -> [Vec<String>; 2] {
    let bytes = sketch.as_blob().unwrap_or_default();
    let sides = Sketch::countries(bytes).unwrap_or_default();
    sides.map(|codes| codes.into_iter().map(str::to_owned).collect())
}

/// Counts over a window; each occurrence counts once for a country.
fn facets(window: &[Late], more: bool) -> Facets {
    let [mut quad, mut types, mut status, mut years]: [Tally; 4] = Default::default();
    let mut sides: [Tally; 2] = Default::default();
    for late in window {
        quad.add(&late.quad.to_string());
        types.add(&late.kind);
        status.add(&late.status);
        if let Some(year) = late.day.as_deref().and_then(|day| day.get(..4)) {
            years.add(year);
        }
        for (tally, countries) in sides.iter_mut().zip(&late.countries) {
            countries.iter().for_each(|country| tally.add(country));
        }
    }
    let [actors, recipients] = sides;
    Facets {
        counted: window.len() as u64,
        more,
        quad: quad.0.into_iter().collect(),
        types: types.by_number(usize::MAX),
        status: status.by_number(usize::MAX),
        years: years.0.into_iter().rev().collect(),
        actors: actors.by_number(12),
        recipients: recipients.by_number(12),
    }
}

/// The numbers of a page's rows, where the window has them all.
fn page(listing: &Listing, window: &[Late], most: usize, full: bool) -> Option<Vec<i64>> {
    let skip = usize::try_from(listing.skip).unwrap_or(usize::MAX);
    let mut sorted: Vec<&Late> = window.iter().collect();
    let hostility = |late: &Late| late.goldstein.unwrap_or(0.0);
    let from = match listing.order {
        Order::Earliest => return None,
        Order::Latest => match &listing.after {
            None => 0,
            Some(cursor) => {
                window
                    .iter()
                    .position(|late| late.id == cursor.number && late.day == cursor.day)?
                    + 1
            }
        },
        Order::MostTold => {
            sorted.sort_by_key(|late| std::cmp::Reverse(late.tellings));
            skip
        }
        Order::Conflict => {
            sorted.sort_by(|a, b| hostility(a).total_cmp(&hostility(b)));
            skip
        }
        Order::Cooperation => {
            sorted.sort_by(|a, b| hostility(b).total_cmp(&hostility(a)));
            skip
        }
    };
    let ids: Vec<i64> = sorted
        .iter()
        .skip(from)
        .take(most)
        .map(|late| late.id)
        .collect();
    let beyond = listing.order == Order::Latest && full && ids.len() < most;
    (!beyond).then_some(ids)
}

/// How often each value came.
#[derive(Default)]
pub(super) struct Tally(pub BTreeMap<String, u64>);

impl Tally {
    pub fn add(&mut self, value: &str) {
        match self.0.get_mut(value) {
            Some(number) => *number += 1,
            None => {
                self.0.insert(value.to_owned(), 1);
            }
        }
    }

    /// The most frequent first, at most `most`; in the order of the alphabet where they are equal.
    pub fn by_number(self, most: usize) -> Counts {
        let mut counts: Counts = self.0.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts.truncate(most);
        counts
    }
}
