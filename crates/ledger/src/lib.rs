//! The ledger: the records of many stories in one SQLite file, brought together into one account, and questioned.
//!
//! [`Ledger`] writes: it takes whole [`Record`](types::record::Record)s, each in one transaction, and brings their
//! events together with those that it holds. [`Reader`] asks; any number of readers may do so while one ledger
//! writes. The tables, and the rules that they hold, are in `schema/v1.sql`.
//!
//! The ledger only adds. A new reading of a story by a newer version is one more reading; a person's review is one
//! more row. What is derived from these (which reports tell of the same occurrence, and the sums by month) may change
//! with every story.

mod append;
mod cast;
mod days;
mod error;
pub mod export;
mod fingerprints;
mod kept;
mod ledger;
mod occurrence;
mod outlet;
pub mod query;
mod review;
pub mod sample;
mod schema;
mod visit;
mod words;

pub use append::{Added, Appended};
pub use days::{Day, Days};
pub use error::LedgerError;
pub use ledger::{Batch, Ledger, LeftOut};
pub use outlet::Origin;
pub use query::{Filter, Reader};
pub use review::{Change, Review, ReviewRow, Reviewed};
pub use schema::VERSION;
pub use visit::{Outcome, Visit};
