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

/// A text that is cut by code points, the unit of the record.
///
/// Costs a `usize` for each code point, nothing where all are ASCII.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Where each code point starts, and the length; empty for ASCII, where that is plain.
    starts: Vec<usize>,
    length: usize,
}

impl<'t> CodePoints<'t> {
    /// Counts the code points of `text`.
    pub fn new(text: &'t str) -> Self {
        let starts: Vec<usize> = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect()
        };
        let length = if text.is_ascii() {
            text.len()
        } else {
            starts.len() - 1
        };
        CodePoints {
            text,
            starts,
            length,
        }
    }

    /// The words from `start` to `end`; `None` where the text has no such place.
    pub fn get(&self, start: usize, end: usize) -> Option<&'t str> {
        if start > end {
            return None;
        }
        self.text.get(self.byte(start)?..self.byte(end)?)
    }

    /// The byte where a code point begins, or the text's length behind the last; `None` where the text has no such place.
    pub fn byte(&self, offset: usize) -> Option<usize> {
        let inside = offset <= self.length;
        inside.then(|| self.starts.get(offset).copied().unwrap_or(offset))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.length
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

    #[test]
    fn code_points_are_counted() {
        let points = CodePoints::new("café au lait");
        assert_eq!(points.get(0, 4), Some("café"));
        assert_eq!(points.get(5, 7), Some("au"));
        assert_eq!(points.get(8, 13), None);
        assert_eq!(points.get(3, 2), None);
        assert_eq!(CodePoints::new("plain").get(0, 5), Some("plain"));
        assert_eq!(CodePoints::new("").get(0, 0), Some(""));
    }
}
