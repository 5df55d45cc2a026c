//! The nouns of rapporteur.
//!
//! A [`Story`] is text as it came in. Reading turns it into a [`Document`]: sentences, tokens and layers of
//! annotation, all addressed by [`Span`]s of bytes or ranges of tokens. Coding turns the document into a
//! [`record::Record`], the public contract, whose offsets count code points.
//!
//! This crate knows nothing of how annotations are made, and does no input or output.

pub mod codes;
pub mod conllu;
pub mod date;
pub mod document;
pub mod explain;
pub mod numerals;
pub mod record;
pub mod span;
pub mod story;
pub mod time;

pub use codes::{EventType, Mode, Status};
pub use date::Date;
pub use document::{
    Attribution, AttributionScores, Document, Moment, Name, NameKind, Place, Roles, Sentence,
    Token, TokenRange, Trigger, TriggerScores, Upos, WeighedPlace, When,
};
pub use span::{CharIndex, CodePoints, Span};
pub use story::{Part, PartKind, Problem, Story};
pub use time::{Modifier, Period, TimeExpression, TimeKind};
