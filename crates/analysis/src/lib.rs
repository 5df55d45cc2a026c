//! From a story's text to an annotated document, stage by stage

pub mod attributions;
pub mod decode;
pub mod labels;
pub mod names;
pub mod settings;
pub mod split;
pub mod tags;
pub mod tree;
pub mod triggers;
pub mod windows;
