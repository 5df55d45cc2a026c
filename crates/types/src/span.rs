//! Offsets, each with its unit in its type.

use std::ops::Range;

/// A half-open range of UTF-8 bytes of a story's text; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`. `start` may equal `end` (empty) but must not lie behind it.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Span { start, end }
    }

    /// The words that the span covers in `text`.
    ///
    /// # Panics
    /// Where the span lies outside of `text` or splits a character: spans are made from the text they index.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside of this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// Turns byte offsets of one text into counts of Unicode code points, the unit of the record.
///
/// Costs one `u32` for each 64 bytes of text; a look-up scans at most 64 bytes.
pub struct CharIndex<'t> {
    text: &'t str,
    /// Code points before byte `64 * i`.
    before: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> CharIndex<'t> {
    /// Indexes `text`.
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i % STRIDE == 0 {
                before.push(count);
            }
            count += u32::from(!is_continuation(byte));
        }
        if text.len().is_multiple_of(STRIDE) {
            before.push(count);
        }
        CharIndex { text, before }
    }

    /// Code points before byte `offset`, which must be a character boundary of the text or its length.
    pub fn at(&self, offset: usize) -> usize {
        let block = offset / STRIDE;
        let tail = &self.text.as_bytes()[block * STRIDE..offset];
        self.before[block] as usize + tail.iter().filter(|b| !is_continuation(**b)).count()
    }

    /// A span in code points.
    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.at(span.start), self.at(span.end)]
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted_across_blocks() {
        let text = "é“x”".repeat(40);
        let index = CharIndex::new(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.at(byte), chars);
        }
        assert_eq!(index.at(text.len()), text.chars().count());
        assert_eq!(CharIndex::new("").at(0), 0);
    }
}
