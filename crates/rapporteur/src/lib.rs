//! The public library: open the model, read a story.

pub mod pairs;

pub use types;
