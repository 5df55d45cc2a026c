//! The lines and paragraphs that parts are made of.

use analysis::split::{items, paragraphs};
use types::Span;

/// A paragraph, or a line that stands by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'t> {
    pub span: Span,
    pub text: &'t str,
    /// Number of words, which blanks separate.
    pub words: usize,
}

/// The units of `text`, in order; together they cover all that is not blank.
pub(super) fn units(text: &str) -> Vec<Unit<'_>> {
    let all = Span::new(0, text.len());
    let spans = paragraphs(text, all)
        .into_iter()
        .flat_map(|paragraph| items(text, paragraph));
    let unit = |span: Span| Unit {
        span,
        text: span.of(text),
        words: span.of(text).split_whitespace().count(),
    };
    spans.filter(|span| !span.is_empty()).map(unit).collect()
}

const CLOSERS: [char; 8] = ['"', '\'', '”', '’', '»', ')', ']', ' '];

impl Unit<'_> {
    /// The sign that the unit ends with, behind closing quotes and brackets.
    fn last_sign(&self) -> Option<char> {
        self.text.trim_end_matches(CLOSERS).chars().next_back()
    }

    /// Whether the unit ends as a sentence does.
    pub fn ends_sentence(&self) -> bool {
        matches!(self.last_sign(), Some('.' | '!' | '?' | '…'))
    }

    /// Whether the unit reads as text, not as a line of a page's furniture or a heading.
    pub fn is_prose(&self) -> bool {
        const SHORTEST: usize = 8;
        const LONGEST_LINE: usize = 200;
        let ends = self.ends_sentence() || matches!(self.last_sign(), Some(':' | ';' | ','));
        self.words >= SHORTEST && ends || self.text.len() > LONGEST_LINE
    }

    /// Whether the unit may be a headline although it ends as a sentence does: one short sentence on one line.
    pub fn is_short_sentence(&self) -> bool {
        const LONGEST: usize = 120;
        let inside = self
            .text
            .trim_end_matches(CLOSERS)
            .trim_end_matches(['.', '!', '?', '…']);
        let several = ["? ", "! ", ".\" ", ".” "]
            .iter()
            .any(|end| inside.contains(end));
        let quote = self.text.starts_with(['"', '“', '‘', '\'']);
        self.text.len() <= LONGEST && !several && !quote && !self.text.contains('\n')
    }

    /// Whether the unit looks like a heading inside of a story: a few words without the end of a sentence, or all in
    /// quotes, or a short question.
    pub fn is_heading(&self) -> bool {
        const MOST_WORDS: usize = 10;
        const MOST_WORDS_ASKED: usize = 6;
        let text = self.text;
        let first = text.chars().find(|c| c.is_alphanumeric());
        let opens = text.starts_with(['"', '“', '‘', '\'']);
        let closes = text.ends_with(['"', '”', '’', '\'']);
        let end = match self.last_sign() {
            Some('?') => self.words <= MOST_WORDS_ASKED,
            Some('.' | '!' | '…' | ',' | ';' | ':' | '-' | '–' | '—') | None => false,
            Some(_) => true,
        };
        let starts = first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        starts
            && end
            && (!opens || closes)
            && self.words <= MOST_WORDS
            && !text.starts_with(['-', '*', '•'])
            && !text.contains('\n')
    }
}
