//! Addresses that were fetched: what came of it, and how to ask whether they have changed.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::ledger::Batch;
use crate::query::Reader;

/// What stood at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A feed, which changes.
    Feed,
    /// A story, which the ledger has or has left out.
    Story,
    /// Nothing that could be read, and it would be in vain to try again.
    Nothing,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Outcome::Feed => "feed",
            Outcome::Story => "story",
            Outcome::Nothing => "nothing",
        }
    }

    fn parse(text: &str) -> Outcome {
        match text {
            "feed" => Outcome::Feed,
            "story" => Outcome::Story,
            _ => Outcome::Nothing,
        }
    }
}

/// An address that was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// As it was asked for, before any redirection.
    pub address: String,
    /// What came of it.
    pub outcome: Outcome,
    /// HTTP's `ETag`, to ask with whether it has changed.
    pub etag: Option<String>,
    /// HTTP's `Last-Modified`, as it was written.
    pub modified: Option<String>,
}

impl Batch<'_> {
    /// Notes that an address was fetched, in place of what was noted of it before. To be called behind all stories
    /// that came from it, so that it stands in the ledger only where they do.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn visited(&mut self, visit: &Visit) -> Result<()> {
        let ledger = &self.ledger;
        insert(&ledger.connection, visit).map_err(|error| error.at(&ledger.path))
    }
}

fn insert(connection: &Connection, visit: &Visit) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO visit (address, outcome, etag, modified) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            visit.address,
            visit.outcome.as_str(),
            visit.etag,
            visit.modified
        ])?;
    Ok(())
}

impl Reader {
    /// What is known of an address; `None` where it was never fetched.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn visit(&self, address: &str) -> Result<Option<Visit>> {
        let find = || -> Result<Option<Visit>> {
            let mut select = self
                .connection
                .prepare_cached("SELECT outcome, etag, modified FROM visit WHERE address = ?1")?;
            let visit = select.query_row([address], |row| {
                Ok(Visit {
                    address: address.to_owned(),
                    outcome: Outcome::parse(&row.get::<_, String>(0)?),
                    etag: row.get(1)?,
                    modified: row.get(2)?,
                })
            });
            Ok(visit.optional()?)
        };
        find().map_err(|error| error.at(self.path()))
    }
}
