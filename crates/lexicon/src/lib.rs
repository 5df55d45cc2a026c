//! Ontology, actors, cues and other word lists, with the origin of each in `SOURCES.toml`.
//!
//! The files under `data/` are text, one entry a line, sorted, and are embedded in the program. [`Lexicon::built_in`]
//! reads them once; look-ups are binary searches that allocate nothing.

pub mod boilerplate;
mod list;
mod ontology;
mod table;
mod words;

pub use list::{Entry, List};
pub use ontology::Cameo;
pub use words::{
    Agent, Gender, IssueNoun, Leaning, Lexicon, Number, Organisation, OrganisationKind, Stance,
    State, StateWord, StatusCue,
};
