//! Ontology, actors, cues and other word lists, with the origin of each in `SOURCES.toml`.
//!
//! The files under `data/` are text, one entry a line, sorted, and are embedded in the program. [`Lexicon::built_in`]
//! reads them once; look-ups are binary searches that allocate nothing.

pub mod boilerplate;
mod code;
mod contexts;
mod entries;
pub mod fold;
mod lines;
mod list;
mod offices;
mod ontology;
mod own;
mod table;
mod territories;
mod words;

pub use code::{ActorCode, CodeError, is_role};
pub use contexts::{CONTEXTS, ContextWords};
pub use entries::{
    ActorKind, Agent, Gender, IssueNoun, Leaning, Number, Organisation, OrganisationKind, OwnActor,
    Stance, State, StateWord, StatusCue,
};
pub use list::{Entry, List};
pub use offices::{Office, OfficeHolder, Tenure, Term};
pub use ontology::{Cameo, CameoWords};
pub use own::{LineProblem, Own};
pub use territories::Territory;
pub use words::Lexicon;
