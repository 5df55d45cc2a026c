//! Offsets in code points, as the record has them, to words.

/// A text that is cut by code points.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Where each code point starts, and the length; empty for ASCII, where that is plain.
    starts: Vec<usize>,
    length: usize,
}

impl<'t> CodePoints<'t> {
    /// Counts the code points of `text` once.
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
        if start > end || end > self.length {
            return None;
        }
        let at = |offset: usize| self.starts.get(offset).copied().unwrap_or(offset);
        self.text.get(at(start)..at(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
