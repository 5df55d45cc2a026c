//! The lists of which all rows can be given out.

use ledger::query::ActorEntry;
use ledger::query::{ClaimRow, Cursor, Entry, IssueRow, Listing, Order, StoryRow, WINDOW};
use ledger::{Filter, Reader};
use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{List, Row};
use crate::trouble::Trouble;

/// Rows that are the same in both forms.
fn plain<T: Serialize>(found: Vec<T>) -> Vec<Row> {
    let row = |one: T| Row {
        json: serde_json::to_value(one).unwrap_or_default(),
        flat: None,
    };
    found.into_iter().map(row).collect()
}

/// The fields of a type of rows, in order.
fn fields<T: JsonSchema>() -> Vec<String> {
    let schema = schema_for!(T);
    let fields = schema.get("properties").and_then(Value::as_object);
    fields.map_or(Vec::new(), |fields| fields.keys().cloned().collect())
}

/// Stories, the latest first.
pub struct Stories {
    /// Which.
    pub filter: Filter,
    /// The row behind which to go on.
    pub after: Option<Cursor>,
}

impl List for Stories {
    const NAME: &'static str = "stories";

    fn columns(&self) -> Vec<String> {
        fields::<StoryRow>()
    }

    fn next(&mut self, reader: &Reader, most: usize) -> Result<Vec<Row>, Trouble> {
        let found = reader.stories_behind(&self.filter, self.after.as_ref(), most)?;
        self.after = found.last().and_then(StoryRow::cursor);
        Ok(plain(found))
    }
}

/// Claims, the latest first.
pub struct Claims {
    /// Which.
    pub filter: Filter,
    /// With which stances; all where there are none.
    pub stances: Vec<String>,
    /// The row behind which to go on.
    pub after: Option<Cursor>,
}

impl List for Claims {
    const NAME: &'static str = "claims";

    fn columns(&self) -> Vec<String> {
        fields::<ClaimRow>()
    }

    fn next(&mut self, reader: &Reader, most: usize) -> Result<Vec<Row>, Trouble> {
        let after = self.after.as_ref();
        let found = reader.claims_behind(&self.filter, &self.stances, after, most)?;
        self.after = found.last().and_then(ClaimRow::cursor);
        Ok(plain(found))
    }
}

/// Actors, those of most occurrences first.
pub struct Actors {
    /// Words of their names.
    pub name: Option<String>,
    /// Their country.
    pub country: Option<String>,
    /// Their kind.
    pub kind: Option<String>,
    /// Rows to leave out.
    pub skip: usize,
}

impl List for Actors {
    const NAME: &'static str = "actors";

    /// Each piece counts all anew; the rows are short.
    const PIECE: usize = 5_000;

    fn columns(&self) -> Vec<String> {
        fields::<ActorEntry>()
    }

    fn next(&mut self, reader: &Reader, most: usize) -> Result<Vec<Row>, Trouble> {
        let [name, country, kind] =
            [&self.name, &self.country, &self.kind].map(|one| one.as_deref());
        let found = reader.actor_list(name, country, kind, self.skip, most)?;
        self.skip += found.len();
        Ok(plain(found))
    }
}

/// Issues, those with most positions first.
pub struct Issues {
    /// Words of their names.
    pub name: Option<String>,
    /// Rows to leave out.
    pub skip: usize,
}

impl List for Issues {
    const NAME: &'static str = "issues";

    /// As with actors.
    const PIECE: usize = 5_000;

    fn columns(&self) -> Vec<String> {
        fields::<IssueRow>()
    }

    fn next(&mut self, reader: &Reader, most: usize) -> Result<Vec<Row>, Trouble> {
        let found = reader.issues(self.name.as_deref(), self.skip, most)?;
        self.skip += found.len();
        Ok(plain(found))
    }
}

/// Occurrences, in the order that is asked for.
pub struct Events(pub Listing);

impl List for Events {
    const NAME: &'static str = "events";

    fn columns(&self) -> Vec<String> {
        COLUMNS.map(str::to_owned).to_vec()
    }

    fn next(&mut self, reader: &Reader, most: usize) -> Result<Vec<Row>, Trouble> {
        let listing = &mut self.0;
        let by_day = matches!(listing.order, Order::Latest | Order::Earliest);
        // The other orders sort among the latest only.
        let most = if by_day {
            most
        } else {
            most.min(WINDOW.saturating_sub(usize::try_from(listing.skip).unwrap_or(WINDOW)))
        };
        let found = reader.listing(listing, most)?;
        if by_day {
            listing.after = found
                .last()
                .and_then(Entry::cursor)
                .or(listing.after.take());
        } else {
            listing.skip += u32::try_from(found.len()).unwrap_or(u32::MAX);
        }
        let row = |entry: &Entry| Row {
            json: serde_json::to_value(entry).unwrap_or_default(),
            flat: Some(flat(entry)),
        };
        Ok(found.iter().map(row).collect())
    }
}

/// An entry with a column for each of its parts.
fn flat(entry: &Entry) -> Value {
    let countries = |parties: &[ledger::query::Party]| -> Vec<String> {
        parties
            .iter()
            .map(|party| party.country.clone().unwrap_or_default())
            .collect()
    };
    let mut row = match serde_json::to_value(entry) {
        Ok(Value::Object(row)) => row,
        _ => Map::new(),
    };
    let quote = entry.evidence.as_ref();
    let place = entry.place.as_ref();
    let more = json!({
        "actor_country": countries(&entry.actor),
        "recipient_country": countries(&entry.recipient),
        "place": place.map(|place| &place.name),
        "place_country": place.map(|place| &place.country),
        "latitude": place.map(|place| place.latitude),
        "longitude": place.map(|place| place.longitude),
        "evidence": quote.map(|quote| &quote.sentence),
        "trigger": quote.map(|quote| &quote.trigger),
        "story": quote.map(|quote| &quote.story),
        "publisher": quote.map(|quote| &quote.publisher),
    });
    if let Value::Object(more) = more {
        row.extend(more);
    }
    Value::Object(row)
}

/// The columns of the CSV of occurrences, in order.
const COLUMNS: [&str; 25] = [
    "id",
    "day",
    "first",
    "last",
    "type",
    "mode",
    "quad",
    "status",
    "actor",
    "actor_country",
    "recipient",
    "recipient_country",
    "place",
    "place_country",
    "latitude",
    "longitude",
    "cameo",
    "goldstein",
    "tellings",
    "reports",
    "reported_last",
    "trigger",
    "evidence",
    "story",
    "publisher",
];
