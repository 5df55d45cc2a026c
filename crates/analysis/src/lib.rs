//! From a story's text to an annotated document, stage by stage

pub mod decode;
pub mod split;
