//! Our own tables, with a type for each column; docs/ledger.md lists them.
//!
//! Their columns are stable: new ones may come behind the others, none changes its name or its meaning.

use serde::Serialize;
use serde_json::Value;

use crate::error::{LedgerError, Result};
use crate::query::{Filter, Reader};

/// A table that a ledger can be given out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// A row an event in a story ([`Report`](crate::query::Report)).
    Reports,
    /// A row an occurrence ([`Occurrence`](crate::query::Occurrence)).
    Events,
    /// A row a claim ([`ClaimRow`](crate::query::ClaimRow)).
    Claims,
    /// A row a story ([`StoryRow`](crate::query::StoryRow)).
    Stories,
    /// A row an actor ([`ActorRow`](crate::query::ActorRow)).
    Actors,
}

/// What a column holds; any cell may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8; lists are joined by `; `, lists of objects are JSON.
    Text,
    /// A whole number.
    Number,
    /// A number.
    Real,
    /// A day.
    Day,
}

/// A column: its name, and what it holds.
pub type Column = (&'static str, Kind);

use Kind::{Day, Number, Real, Text};

const REPORTS: &[Column] = &[
    ("id", Text),
    ("occurrence", Text),
    ("story", Text),
    ("published", Day),
    ("publisher", Text),
    ("type", Text),
    ("mode", Text),
    ("status", Text),
    ("actor", Text),
    ("recipient", Text),
    ("according_to", Text),
    ("first", Day),
    ("last", Day),
    ("place", Text),
    ("trigger", Text),
    ("confidence", Real),
    ("rule", Text),
    ("local", Text),
    ("offsets", Text),
    ("sentence", Text),
];

const EVENTS: &[Column] = &[
    ("id", Text),
    ("first", Day),
    ("last", Day),
    ("day", Day),
    ("type", Text),
    ("mode", Text),
    ("status", Text),
    ("actor", Text),
    ("recipient", Text),
    ("place", Text),
    ("country", Text),
    ("reported_as_fact", Number),
    ("claimed_by", Text),
    ("denied_by", Text),
    ("tellings", Number),
    ("reports", Number),
    ("reported_first", Day),
    ("reported_last", Day),
    ("cameo", Text),
    ("goldstein", Real),
    ("figures", Text),
    ("evidence", Text),
];

const CLAIMS: &[Column] = &[
    ("id", Text),
    ("story", Text),
    ("published", Day),
    ("publisher", Text),
    ("source", Text),
    ("country", Text),
    ("stance", Text),
    ("cue", Text),
    ("manner", Text),
    ("addressee", Text),
    ("content", Text),
    ("events", Text),
    ("confidence", Real),
    ("offsets", Text),
    ("sentence", Text),
];

const STORIES: &[Column] = &[
    ("id", Text),
    ("hash", Text),
    ("ref", Text),
    ("url", Text),
    ("publisher", Text),
    ("published", Day),
    ("headline", Text),
    ("language", Text),
    ("copy_of", Text),
    ("readings", Number),
    ("events", Number),
    ("claims", Number),
    ("program", Text),
];

const ACTORS: &[Column] = &[
    ("id", Text),
    ("name", Text),
    ("kind", Text),
    ("country", Text),
    ("codes", Text),
    ("wikidata", Text),
    ("stories", Number),
    ("acts", Number),
    ("receives", Number),
    ("says", Number),
];

impl Table {
    /// All tables, in the order in which they are documented.
    pub const ALL: [Table; 5] = [
        Table::Reports,
        Table::Events,
        Table::Claims,
        Table::Stories,
        Table::Actors,
    ];

    /// Its name, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Table::Reports => "reports",
            Table::Events => "events",
            Table::Claims => "claims",
            Table::Stories => "stories",
            Table::Actors => "actors",
        }
    }

    /// Its columns, in their order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Reports => REPORTS,
            Table::Events => EVENTS,
            Table::Claims => CLAIMS,
            Table::Stories => STORIES,
            Table::Actors => ACTORS,
        }
    }
}

impl Reader {
    /// Calls `each` on each row of a table, an object with the table's columns. Memory does not grow with the table.
    ///
    /// # Errors
    /// Where the filter cannot be understood, the file cannot be read, or what `each` returns.
    pub fn table(
        &self,
        table: Table,
        filter: &Filter,
        mut each: impl FnMut(Value) -> Result<()>,
    ) -> Result<()> {
        match table {
            Table::Reports => self.reports(filter, |row| each(object(&row)?)),
            Table::Events => self.events(filter, |row| each(object(&row)?)),
            Table::Claims => self.claims(filter, &[], |row| each(object(&row)?)),
            Table::Stories => self.stories(filter, |row| each(object(&row)?)),
            Table::Actors => self.actors(filter, |row| each(object(&row)?)),
        }
    }
}

fn object(row: &impl Serialize) -> Result<Value> {
    serde_json::to_value(row).map_err(|error| LedgerError::Receiver(error.into()))
}

/// A value in one cell of text: lists joined by semicolons, objects as JSON, nothing for null.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.iter().all(|value| !value.is_object()) => {
            let cells: Vec<String> = values.iter().map(cell).collect();
            cells.join("; ")
        }
        other => other.to_string(),
    }
}
