//! Offsets in code points, as the record has them, to words.

pub(crate) use types::CodePoints;
