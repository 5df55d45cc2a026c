//! Ranges of tokens as offsets in code points.

use types::{CharIndex, Span, TokenRange};

use crate::reading::Reading;

/// Converts to the record's unit.
pub(crate) struct Offsets<'d>(CharIndex<'d>);

impl<'d> Offsets<'d> {
    pub(crate) fn new(text: &'d str) -> Self {
        Offsets(CharIndex::new(text))
    }

    pub(crate) fn span(&self, span: Span) -> [usize; 2] {
        self.0.span(span)
    }

    pub(crate) fn range(&self, reading: &Reading, range: &TokenRange) -> [usize; 2] {
        self.0.span(reading.span(range))
    }

    pub(crate) fn ranges(&self, reading: &Reading, ranges: &[TokenRange]) -> Vec<[usize; 2]> {
        let sound = ranges.iter().filter(|r| reading.is_sound(r));
        sound.map(|r| self.range(reading, r)).collect()
    }
}
