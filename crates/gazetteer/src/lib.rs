//! Places of the world by name: countries, their divisions, towns, regions and waters, inside the program.
//!
//! The data lie in the program as they lie in the file, so that opening them costs nothing: a look-up is a binary search
//! over blocks of front-coded names. [`Gazetteer::built_in`] is the shipped file; where it comes from, and under which
//! licence, is in `SOURCES.toml`. In reading order: `fold` (one key for all spellings), `kind`, `bytes` (the file's
//! layout), `gazetteer` (look-ups), `pack` (makes the file).

mod bytes;
mod fold;
mod gazetteer;
mod kind;
pub mod pack;

pub use bytes::DamagedError;
pub use fold::fold;
pub use gazetteer::{Gazetteer, Match, Place, PlaceId, Spelling, distance};
pub use kind::Kind;
