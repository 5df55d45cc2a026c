//! Sentence ends among the tokens of a paragraph.

use std::ops::Range;

use types::Span;

use super::abbreviations::{self, Stop};

/// The sentences of a paragraph as ranges of its tokens, in order; together they cover all of them.
/// `breaks` are byte offsets at which a sentence starts in any case, sorted.
pub(super) fn sentences(text: &str, words: &[Span], breaks: &[usize]) -> Vec<Range<usize>> {
    let scan = Scan { text, words };
    let mut breaks = breaks.iter().copied().peekable();
    let mut found = Vec::new();
    let mut start = 0;
    for (i, word) in words.iter().enumerate().skip(1) {
        let mut forced = false;
        while breaks.next_if(|at| *at <= word.start).is_some() {
            forced = true;
        }
        if forced
            || scan.starts_at(i) && !scan.is_item_number(start..i) && !scan.is_in_title(start, i)
        {
            found.push(start..i);
            start = i;
        }
    }
    if start < words.len() {
        found.push(start..words.len());
    }
    found
}

struct Scan<'t> {
    text: &'t str,
    words: &'t [Span],
}

/// Closing signs looked at behind a full stop, at most: more of them are no prose.
const MOST_CLOSERS: usize = 4;

impl Scan<'_> {
    fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |span| span.of(self.text))
    }

    fn blank_before(&self, i: usize) -> bool {
        i == 0 || self.words[i - 1].end < self.words[i].start
    }

    /// Whether a sentence starts at token `i` (> 0).
    fn starts_at(&self, i: usize) -> bool {
        if !self.blank_before(i) {
            return false;
        }
        if self.is_footnote(i) || !starts_at_all(self.word(i)) {
            return false;
        }
        let (last, closed) = self.last_word_before(self.before_footnote(i));
        let (end, next) = (self.word(last), self.first_word(i));
        match end {
            "." => !closed || starts_like_sentence(next),
            "…" => starts_like_sentence(next),
            _ if end.bytes().all(|b| b == b'.') => starts_like_sentence(next),
            _ if end.bytes().all(|b| b == b'!' || b == b'?') => {
                !closed || starts_like_sentence(next)
            }
            _ if end.ends_with('.') => self.abbreviation_ends(last, next, closed),
            _ => false,
        }
    }

    /// Whether token `i` stands in a few words in quotes that are part of the sentence from `start` on, as in
    /// 'her book, "Rain. Again," sold well'.
    fn is_in_title(&self, start: usize, i: usize) -> bool {
        const BEFORE: usize = 4;
        const AFTER: usize = 4;
        let opens =
            |j: usize| is_quote(self.word(j)) && self.blank_before(j) && !self.blank_before(j + 1);
        let closes = |j: usize| is_quote(self.word(j)) && !self.blank_before(j);
        let first = i.saturating_sub(BEFORE).max(start + 1);
        let last = (i + AFTER).min(self.words.len());
        let open = (first..i).rev().find(|j| is_quote(self.word(*j)));
        let close = (i..last).find(|j| is_quote(self.word(*j)));
        open.is_some_and(opens) && close.is_some_and(closes)
    }

    /// Whether `range` is no more than the number of a heading or a list's item: "2.", "b.", "3.1.".
    fn is_item_number(&self, range: Range<usize>) -> bool {
        let short =
            |word: &str| word.bytes().all(|b| b.is_ascii_digit() || b == b'.') || word.len() == 1;
        range.len() <= 2 && short(self.word(range.start)) && self.word(range.end - 1).ends_with('.')
    }

    /// The last token before `i` that is no closing quote or bracket, and whether there are such between.
    fn last_word_before(&self, i: usize) -> (usize, bool) {
        let mut last = i - 1;
        let least = i.saturating_sub(1 + MOST_CLOSERS);
        while last > least && is_closer(self.word(last)) && !self.blank_before(last) {
            last -= 1;
        }
        (last, last < i - 1)
    }

    /// Whether "[12]" starts at `i`: the number of a note, which belongs to the sentence before it.
    fn is_footnote(&self, i: usize) -> bool {
        let number = self.word(i + 1);
        self.word(i) == "["
            && self.word(i + 2) == "]"
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
    }

    /// The token before which notes start that end right before `i`; `i` where there are none.
    fn before_footnote(&self, i: usize) -> usize {
        let mut at = i;
        while at > 3 && i - at < 3 * MOST_CLOSERS && self.is_footnote(at - 3) {
            at -= 3;
        }
        at
    }

    /// The word at `i`, or behind opening quotes and brackets there.
    fn first_word(&self, i: usize) -> &str {
        let open = (i..i + 3).find(|j| !is_opener(self.word(*j)));
        self.word(open.unwrap_or(i))
    }

    fn abbreviation_ends(&self, last: usize, next: &str, closed: bool) -> bool {
        let word = self.word(last).trim_end_matches('.');
        if word.chars().count() == 1 {
            return closed && starts_like_sentence(next);
        }
        match abbreviations::kind(word, "") {
            Some(Stop::Either) => STARTERS.binary_search(&next).is_ok(),
            _ => false,
        }
    }
}

/// No sentence starts with a sign that ends or divides one.
fn starts_at_all(word: &str) -> bool {
    !matches!(
        word,
        "." | "," | ";" | ":" | "?" | "!" | ")" | "]" | "}" | "”" | "%"
    )
}

fn starts_like_sentence(next: &str) -> bool {
    next.starts_with(|c: char| !c.is_lowercase())
}

fn is_closer(word: &str) -> bool {
    matches!(
        word,
        "\"" | "'" | "''" | "”" | "’" | "’’" | ")" | "]" | "}" | "»"
    )
}

fn is_quote(word: &str) -> bool {
    matches!(word, "\"" | "'" | "“" | "”" | "‘" | "’" | "``" | "''")
}

fn is_opener(word: &str) -> bool {
    matches!(
        word,
        "\"" | "'" | "``" | "“" | "‘" | "(" | "[" | "{" | "«" | "''"
    )
}

/// Words that start a sentence far more often than they follow an abbreviation as part of a name. Sorted.
const STARTERS: &[&str] = &[
    "A",
    "After",
    "Also",
    "Although",
    "An",
    "And",
    "As",
    "At",
    "Because",
    "Before",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Last",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "My",
    "No",
    "Not",
    "Now",
    "On",
    "Once",
    "One",
    "Our",
    "Several",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "To",
    "Two",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "Why",
    "With",
    "You",
    "Your",
];
