//! Text as words: runs of letters, runs of figures, single other signs.

use types::Span;

use crate::words::{Class, Part, Season, Unit, class};

/// A run of letters or of figures, or one other sign. A blank line is a token without bytes: no expression runs over it.
#[derive(Clone, Copy, Debug)]
struct Token {
    span: Span,
    class: Class,
    /// Follows the token before without a blank.
    glued: bool,
}

/// The words of a text. Indices beyond the end are allowed everywhere and mean "nothing there".
pub(crate) struct Words<'t> {
    text: &'t str,
    /// The text with ASCII letters in lower case; bytes stay where they are.
    lower: String,
    tokens: Vec<Token>,
}

/// Figures that are read as a number; longer runs are account numbers and the like.
const LONGEST_NUMBER: usize = 8;

impl<'t> Words<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let mut words = Words {
            text,
            lower: text.to_ascii_lowercase(),
            tokens: Vec::with_capacity(text.len() / 5),
        };
        words.scan();
        words
    }

    fn scan(&mut self) {
        let (mut at, mut glued, mut lines) = (0, false, 0);
        while let Some(c) = self.text[at..].chars().next() {
            if c.is_whitespace() {
                lines += usize::from(c == '\n');
                glued = false;
                at += c.len_utf8();
                continue;
            }
            if lines > 1 {
                self.push(at, at, false);
            }
            let end = at + run(&self.text[at..], c);
            self.push(at, end, glued);
            (at, glued, lines) = (end, true, 0);
        }
    }

    fn push(&mut self, start: usize, end: usize, glued: bool) {
        let class = classify(&self.lower[start..end]);
        let span = Span::new(start, end);
        self.tokens.push(Token { span, class, glued });
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The word in lower case; empty where there is none, and for a blank line.
    pub(crate) fn word(&self, i: usize) -> &str {
        match self.tokens.get(i) {
            Some(token) => token.span.of(&self.lower),
            None => "",
        }
    }

    /// The word as it is written.
    pub(crate) fn form(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    pub(crate) fn is(&self, i: usize, word: &str) -> bool {
        self.word(i) == word
    }

    pub(crate) fn any(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.word(i))
    }

    /// Whether the word before `i` is one of `words`.
    pub(crate) fn follows(&self, i: usize, words: &[&str]) -> bool {
        i > 0 && self.any(i - 1, words)
    }

    /// Whether the words from `i` are those of `phrase`, which is in lower case with single blanks.
    pub(crate) fn phrase(&self, i: usize, phrase: &str) -> Option<usize> {
        let mut at = i;
        for word in phrase.split(' ') {
            if !self.is(at, word) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    pub(crate) fn class(&self, i: usize) -> Class {
        self.tokens.get(i).map_or(Class::Other, |t| t.class)
    }

    /// Whether no blank stands before the word.
    pub(crate) fn glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.glued)
    }

    pub(crate) fn capital(&self, i: usize) -> bool {
        self.form(i).starts_with(|c: char| c.is_ascii_uppercase())
    }

    /// The bytes of the words from `start` up to `end`, which is not included.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        match (self.tokens.get(start), self.tokens.get(end.wrapping_sub(1))) {
            (Some(first), Some(last)) if start < end => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    pub(crate) fn month(&self, i: usize) -> Option<u32> {
        match self.class(i) {
            Class::Month(month, _) if self.capital(i) => Some(month),
            _ => None,
        }
    }

    pub(crate) fn weekday(&self, i: usize) -> Option<u32> {
        match self.class(i) {
            // "Sat" and "Sun" are words and names, but for their full stop.
            Class::Weekday(day, short) if self.capital(i) => {
                (!short || self.is(i + 1, ".")).then_some(day)
            }
            _ => None,
        }
    }

    /// Unit and whether it is in the plural.
    pub(crate) fn unit(&self, i: usize) -> Option<(Unit, bool)> {
        match self.class(i) {
            Class::Unit(unit, plural) => Some((unit, plural)),
            _ => None,
        }
    }

    pub(crate) fn season(&self, i: usize) -> Option<Season> {
        match self.class(i) {
            Class::Season(season) => Some(season),
            _ => None,
        }
    }

    pub(crate) fn part(&self, i: usize) -> Option<Part> {
        match self.class(i) {
            Class::Part(part) => Some(part),
            _ => None,
        }
    }

    /// Figures: how many, and their value. Not where they are a piece of something longer ("1.25", "A320").
    pub(crate) fn digits(&self, i: usize) -> Option<(usize, u32)> {
        match self.class(i) {
            Class::Digits(count, value) => Some((count, value)),
            _ => None,
        }
    }

    /// Whether a number or word can begin at `i`: it is no piece of what stands before it.
    pub(crate) fn opens(&self, i: usize) -> bool {
        if !self.glued(i) || i == 0 {
            return true;
        }
        let before = self.word(i - 1);
        !before.ends_with(|c: char| c.is_alphanumeric() || ".,$#£€@_&+=%:/\\".contains(c))
    }

    /// Whether what ends before `i` is a whole: nothing is glued to it that makes it longer.
    pub(crate) fn closes(&self, i: usize) -> bool {
        if !self.glued(i) {
            return true;
        }
        let next = self.word(i);
        if next.starts_with(|c: char| c.is_alphanumeric() || "$#£€@_&+=%\\".contains(c)) {
            return false;
        }
        // A point or comma between figures is part of a number.
        !(matches!(next, "." | "," | ":" | "/")
            && self.glued(i + 1)
            && self.digits(i + 1).is_some())
    }

    /// Behind a hyphen that joins two words: "third-quarter". `i` itself where there is none.
    pub(crate) fn past_hyphen(&self, i: usize) -> usize {
        let hyphen = self.any(i, &["-", "‐", "‑", "–"]) && self.glued(i) && self.glued(i + 1);
        if hyphen { i + 1 } else { i }
    }

    /// Whether a hyphen joins the words before and behind `i`.
    pub(crate) fn hyphen(&self, i: usize) -> bool {
        self.past_hyphen(i) > i
    }

    /// "'s" at `i`: where it ends.
    pub(crate) fn possessive(&self, i: usize) -> Option<usize> {
        let apostrophe = self.any(i, &["'", "’"]) && self.glued(i);
        if apostrophe && self.is(i + 1, "s") && self.glued(i + 1) {
            Some(i + 2)
        } else {
            None
        }
    }

    /// Whether a sentence may end with the word at `i`.
    pub(crate) fn ends_sentence(&self, i: usize) -> bool {
        let stop = self.any(i, &[".", "!", "?", ";"]);
        let behind = |c: char| c.is_uppercase() || "\"“`‘'(—-".contains(c);
        stop && !self.glued(i + 1) && self.form(i + 1).starts_with(behind)
            || self.word(i).is_empty()
    }
}

/// Bytes of the run that begins with `first`.
fn run(text: &str, first: char) -> usize {
    let same: fn(char) -> bool = if first.is_ascii_digit() {
        |c| c.is_ascii_digit()
    } else if first.is_alphabetic() {
        char::is_alphabetic
    } else {
        return first.len_utf8();
    };
    text.find(|c| !same(c)).unwrap_or(text.len())
}

fn classify(word: &str) -> Class {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return class(word);
    }
    match word.parse() {
        Ok(value) if word.len() <= LONGEST_NUMBER => Class::Digits(word.len(), value),
        _ => Class::Other,
    }
}
