//! BERT's uncased tokenisation of single words: clean, lower-case, strip accents, split, longest match first.

use std::hash::Hasher;

use rustc_hash::FxHasher;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::error::ModelError;

/// Word parts over this many characters become one `[UNK]`, as in BERT.
const LONGEST_PART: usize = 100;
/// Mark of a piece that continues a word part.
const CONTINUES: &[u8] = b"##";

/// A vocabulary of word pieces with fast look-up.
pub struct WordPiece {
    /// The text of all pieces, without `##`.
    text: Vec<u8>,
    /// Where each piece's text starts; one more at the end.
    starts: Vec<u32>,
    continues: Vec<bool>,
    /// Open addressing, a power of two in size: id + 1, or 0 where free.
    slots: Vec<u32>,
    /// Bytes of the longest piece, without `##`.
    longest: usize,
    unknown: u32,
    start: u32,
    end: u32,
}

impl WordPiece {
    /// Reads a vocabulary: one piece a line, UTF-8, line number = id.
    ///
    /// # Errors
    /// If it is not UTF-8, has a piece twice, or lacks `[UNK]`, `[CLS]` or `[SEP]`.
    pub fn from_vocabulary(bytes: &[u8]) -> Result<Self, ModelError> {
        let wrong = |what: String| ModelError::tensor("vocab", what);
        let text = std::str::from_utf8(bytes).map_err(|e| wrong(format!("is not UTF-8: {e}")))?;
        if u32::try_from(text.len()).is_err() {
            return Err(wrong("has 4 GiB or more".into()));
        }
        let lines: Vec<&str> = text
            .strip_suffix('\n')
            .unwrap_or(text)
            .split('\n')
            .collect();
        let mut new = Self {
            text: Vec::with_capacity(text.len()),
            starts: vec![0],
            continues: Vec::with_capacity(lines.len()),
            slots: vec![0; (lines.len() * 2).next_power_of_two()],
            longest: 0,
            unknown: 0,
            start: 0,
            end: 0,
        };
        for (id, line) in lines.iter().enumerate() {
            new.add(line.as_bytes())
                .map_err(|()| wrong(format!("has the piece {line:?} a second time, as {id}")))?;
        }
        let special = |name: &str| {
            new.find(name.as_bytes(), false)
                .ok_or_else(|| wrong(format!("lacks {name}")))
        };
        (new.unknown, new.start, new.end) =
            (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(new)
    }

    /// Number of pieces in the vocabulary.
    pub fn len(&self) -> usize {
        self.continues.len()
    }

    /// Whether the vocabulary is empty; never so after reading one.
    pub fn is_empty(&self) -> bool {
        self.continues.is_empty()
    }

    /// Id of `[CLS]`, which starts a window.
    pub fn start(&self) -> u32 {
        self.start
    }

    /// Id of `[SEP]`, which ends a window.
    pub fn end(&self) -> u32 {
        self.end
    }

    /// Adds the ids of a word's pieces to `out`: one or more, `[UNK]` where the word has none.
    pub fn split(&self, word: &str, out: &mut Vec<u32>) {
        let before = out.len();
        if word.is_ascii() {
            self.split_ascii(word, out);
        } else {
            self.split_unicode(word, out);
        }
        if out.len() == before {
            out.push(self.unknown);
        }
    }

    /// The short way for ASCII: no accents, no CJK, and a byte is a character.
    fn split_ascii(&self, word: &str, out: &mut Vec<u32>) {
        let mut part = [0; LONGEST_PART + 1];
        let mut n = 0;
        for &byte in word.as_bytes() {
            match byte {
                b'\t' | b'\n' | b'\r' | b' ' => self.end_part(&part, &mut n, out),
                0..b' ' | 127 => {}
                _ if byte.is_ascii_punctuation() => {
                    self.end_part(&part, &mut n, out);
                    self.match_part(&[byte], 1, out);
                }
                _ => {
                    part[n.min(LONGEST_PART)] = byte.to_ascii_lowercase();
                    n += 1;
                }
            }
        }
        self.end_part(&part, &mut n, out);
    }

    fn end_part(&self, part: &[u8; LONGEST_PART + 1], n: &mut usize, out: &mut Vec<u32>) {
        if *n > 0 {
            self.match_part(&part[..(*n).min(LONGEST_PART)], *n, out);
        }
        *n = 0;
    }

    fn split_unicode(&self, word: &str, out: &mut Vec<u32>) {
        let cleaned: String = word
            .chars()
            .filter(|&c| !is_dropped(c))
            .nfd()
            .filter(|&c| !is_accent(c))
            .collect();
        let mut part = String::with_capacity(cleaned.len());
        for c in cleaned.chars().flat_map(char::to_lowercase) {
            let alone = is_punctuation(c) || is_cjk(c);
            if alone || c.is_whitespace() {
                self.match_text(&part, out);
                part.clear();
            }
            if alone {
                self.match_text(c.encode_utf8(&mut [0; 4]), out);
            } else if !c.is_whitespace() {
                part.push(c);
            }
        }
        self.match_text(&part, out);
    }

    fn match_text(&self, part: &str, out: &mut Vec<u32>) {
        if !part.is_empty() {
            self.match_part(part.as_bytes(), part.chars().count(), out);
        }
    }

    /// Longest match first over one part; `characters` is its length, which may be over that of `part`.
    fn match_part(&self, part: &[u8], characters: usize, out: &mut Vec<u32>) {
        let before = out.len();
        if characters > LONGEST_PART {
            out.push(self.unknown);
            return;
        }
        let mut at = 0;
        while at < part.len() {
            let most = part.len().min(at + self.longest);
            // A cut inside a character never matches, since all pieces are whole UTF-8.
            let found = (at + 1..=most)
                .rev()
                .find_map(|to| Some((self.find(&part[at..to], at > 0)?, to)));
            let Some((id, to)) = found else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            at = to;
        }
    }

    fn add(&mut self, piece: &[u8]) -> Result<(), ()> {
        // The bare piece `##` is two signs and continues nothing.
        let rest = piece
            .strip_prefix(CONTINUES)
            .filter(|rest| !rest.is_empty());
        let (text, continues) = rest.map_or((piece, false), |rest| (rest, true));
        let mask = self.slots.len() - 1;
        let mut slot = hash(text, continues) & mask;
        while self.slots[slot] != 0 {
            if self.holds(self.slots[slot] - 1, text, continues) {
                return Err(());
            }
            slot = (slot + 1) & mask;
        }
        self.continues.push(continues);
        self.slots[slot] = self.continues.len() as u32;
        self.text.extend_from_slice(text);
        self.starts.push(self.text.len() as u32);
        self.longest = self.longest.max(text.len());
        Ok(())
    }

    fn find(&self, text: &[u8], continues: bool) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(text, continues) & mask;
        loop {
            let id = self.slots[slot].checked_sub(1)?;
            if self.holds(id, text, continues) {
                return Some(id);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn holds(&self, id: u32, text: &[u8], continues: bool) -> bool {
        let id = id as usize;
        self.continues[id] == continues
            && self.text[self.starts[id] as usize..self.starts[id + 1] as usize] == *text
    }
}

fn hash(text: &[u8], continues: bool) -> usize {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    hasher.write_u8(u8::from(continues));
    hasher.finish() as usize
}

/// Control, format and private characters and the replacement character are dropped; white space is not.
fn is_dropped(c: char) -> bool {
    use GeneralCategory::{Control, Format, PrivateUse};
    !matches!(c, '\t' | '\n' | '\r')
        && (c == '\u{fffd}' || matches!(c.general_category(), Control | Format | PrivateUse))
}

fn is_accent(c: char) -> bool {
    !c.is_ascii() && c.general_category() == GeneralCategory::NonspacingMark
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// The blocks of CJK ideographs that BERT splits into single characters.
fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x20000..=0x2a6df | 0x2a700..=0x2b73f | 0x2b740..=0x2b81f
        | 0x2b920..=0x2ceaf | 0xf900..=0xfaff | 0x2f800..=0x2fa1f)
}

#[cfg(test)]
mod tests {
    use super::WordPiece;

    const VOCABULARY: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##affable\n##aff\n##able\n.\n-\ncafe\n京\n東\ni\n##stan\n##bul\n";

    fn split(word: &str) -> Vec<u32> {
        let mut out = Vec::new();
        WordPiece::from_vocabulary(VOCABULARY.as_bytes())
            .unwrap()
            .split(word, &mut out);
        out
    }

    #[test]
    fn the_longest_match_comes_first() {
        assert_eq!(split("Unaffable"), [4, 5]);
        assert_eq!(split("unaffaff"), [4, 6, 6]);
        assert_eq!(split("unaffx"), [1]);
    }

    #[test]
    fn punctuation_and_ideographs_stand_alone() {
        assert_eq!(split("un-un."), [4, 9, 4, 8]);
        assert_eq!(split("un東京un"), [4, 12, 11, 4]);
        assert_eq!(split("un—un"), [4, 1, 4]);
    }

    #[test]
    fn accents_case_and_controls_go() {
        assert_eq!(split("CAFÉ"), [10]);
        assert_eq!(split("cafe\u{301}"), [10]);
        assert_eq!(split("İstanbul"), [13, 14, 15]);
        assert_eq!(split("ca\u{200b}f\u{0}e"), [10]);
        assert_eq!(split("ca\u{7}fe"), [10]);
    }

    #[test]
    fn every_word_has_a_piece() {
        assert_eq!(split(""), [1]);
        assert_eq!(split("\u{200b}"), [1]);
        assert_eq!(split("\u{1}"), [1]);
    }

    #[test]
    fn parts_over_a_hundred_characters_are_unknown() {
        let long = format!("un{}", "aff".repeat(33));
        assert_eq!(split(&long), [1]);
        assert_eq!(split(&long[..98]).len(), 33);
        assert_eq!(split(&format!("{long}é.")), [1, 8]);
        assert_eq!(split(&format!("{long}.un")), [1, 8, 4]);
    }

    #[test]
    fn a_bad_vocabulary_is_refused() {
        let error = |text: &str| {
            WordPiece::from_vocabulary(text.as_bytes())
                .err()
                .unwrap()
                .to_string()
        };
        assert!(error("[UNK]\n[CLS]\n[SEP]\na\na").contains("second time"));
        assert!(error("[UNK]\n[CLS]").contains("lacks [SEP]"));
        assert!(WordPiece::from_vocabulary(b"\xff").is_err());
    }
}
