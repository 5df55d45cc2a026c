//! From a story's text to an annotated document, stage by stage.
//!
//! [`Analyzer::analyze`] takes a story through the stages of [`stages::STAGES`]: it is split into sentences and
//! tokens, the sentences are gathered into windows ([`windows`]), each window is encoded once, and the heads' scores
//! are turned into tags, trees, names, attributions and event triggers, and the names into [`places`] of the world. The decoders ([`decode`] and the module of
//! each layer) see plain score matrices, and are tested without a model.

mod agreement;
mod analyzer;
mod announced;
pub mod attributions;
mod classes;
pub mod decode;
mod entities;
pub mod labels;
pub mod names;
mod occasions;
pub mod places;
#[cfg(test)]
mod random_model;
mod relate;
pub mod seen;
pub mod settings;
pub mod split;
pub mod stages;
pub mod tags;
pub mod times;
pub mod tree;
pub mod triggers;
pub mod windows;

pub use analyzer::{Analyzer, BATCH};
pub use labels::{LabelError, Polarity};
pub use settings::Settings;
