//! From plain score matrices to labels, spans and trees. Nothing here knows of a model, so that each decoder is
//! tested on scores written by hand.

pub mod arborescence;
pub mod bio;
pub mod lemma;
#[cfg(test)]
pub(crate) mod noise;
pub mod scores;
