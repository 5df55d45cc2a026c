//! "At least", "or more": what a number is to the true one.

use types::TokenRange;

use super::amounts::Amount;
use crate::reading::Reading;

/// Words before a number, and the bound that they give; longer ones first.
const BEFORE: &[(&str, &str)] = &[
    ("no fewer than", "at_least"),
    ("no less than", "at_least"),
    ("not less than", "at_least"),
    ("a minimum of", "at_least"),
    ("no more than", "at_most"),
    ("not more than", "at_most"),
    ("a maximum of", "at_most"),
    ("as many as", "at_most"),
    ("as much as", "at_most"),
    ("in excess of", "more_than"),
    ("at least", "at_least"),
    ("at most", "at_most"),
    ("up to", "at_most"),
    ("more than", "more_than"),
    ("upwards of", "more_than"),
    ("upward of", "more_than"),
    ("less than", "less_than"),
    ("fewer than", "less_than"),
    ("an estimated", "about"),
    ("close to", "about"),
    ("well over", "more_than"),
    ("just over", "more_than"),
    ("just under", "less_than"),
    ("as few as", "at_least"),
    ("estimated", "about"),
    ("about", "about"),
    ("around", "about"),
    ("some", "about"),
    ("nearly", "about"),
    ("almost", "about"),
    ("roughly", "about"),
    ("approximately", "about"),
    ("over", "more_than"),
    ("above", "more_than"),
    ("under", "less_than"),
    ("below", "less_than"),
];

/// Words behind a number.
const BEHIND: &[(&str, &str)] = &[
    ("or more", "at_least"),
    ("or so", "about"),
    ("or less", "at_most"),
    ("or fewer", "at_most"),
    ("plus", "at_least"),
    ("- plus", "at_least"),
];

/// The bound of a number, and its words with those of the bound. `first` is where the quantity begins without them, which for
/// sums of money is the sign.
pub(super) fn bound(
    reading: &Reading,
    amount: &Amount,
    first: usize,
) -> (&'static str, TokenRange) {
    let end = amount.tokens.end;
    if amount.value.is_none() {
        return ("several", first..end);
    }
    if amount.between {
        return ("at_least", first.min(amount.tokens.start) - 1..end);
    }
    if let Some((bound, words)) = before(reading, first) {
        // "at least some 200": the first word decides.
        let (bound, words) = before(reading, words).unwrap_or((bound, words));
        return (bound, words..end);
    }
    match behind(reading, end) {
        Some((bound, end)) => (bound, first..end),
        None if amount.to.is_some() => ("at_least", first..end),
        None => ("exactly", first..end),
    }
}

fn before(reading: &Reading, first: usize) -> Option<(&'static str, usize)> {
    let sentence = reading.document.sentences.get(reading.sentence(first));
    let floor = sentence.map_or(first, |s| s.tokens.start);
    let stands = |words: &str| {
        let count = words.split(' ').count();
        let start = first.checked_sub(count).filter(|start| *start >= floor)?;
        same(reading, start, words).then_some(start)
    };
    BEFORE
        .iter()
        .find_map(|(words, bound)| Some((*bound, stands(words)?)))
}

fn behind(reading: &Reading, end: usize) -> Option<(&'static str, usize)> {
    let found = BEHIND.iter().find(|(words, _)| same(reading, end, words));
    found.map(|(words, bound)| (*bound, end + words.split(' ').count()))
}

fn same(reading: &Reading, start: usize, words: &str) -> bool {
    let count = reading.document.tokens.len();
    let mut tokens = (start..count).zip(words.split(' '));
    let enough = start + words.split(' ').count() <= count;
    enough && tokens.all(|(t, word)| reading.form(t).eq_ignore_ascii_case(word))
}
