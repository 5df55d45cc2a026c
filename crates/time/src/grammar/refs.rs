//! The present, the past and the future as such.

use types::TimeKind;

use crate::meaning::{Found, Meaning};
use crate::scan::Words;
use crate::tense::{self, Lean};

/// Words that mean no day, longer ones first. Which adverbs of time are expressions follows the practice of TimeBank:
/// "now" and "recently" are, "already" and "then" are not.
const PHRASES: &[(&str, &str)] = &[
    ("right now", "PRESENT_REF"),
    ("these days", "PRESENT_REF"),
    ("at present", "PRESENT_REF"),
    ("at the moment", "PRESENT_REF"),
    ("at this moment", "PRESENT_REF"),
    ("at this time", "PRESENT_REF"),
    ("the present", "PRESENT_REF"),
    ("nowadays", "PRESENT_REF"),
    ("now", "PRESENT_REF"),
    ("currently", "PRESENT_REF"),
    ("presently", "PRESENT_REF"),
    ("current", "PRESENT_REF"),
    ("the recent past", "PAST_REF"),
    ("the distant past", "PAST_REF"),
    ("the past", "PAST_REF"),
    ("long ago", "PAST_REF"),
    ("more recently", "PAST_REF"),
    ("most recently", "PAST_REF"),
    ("recently", "PAST_REF"),
    ("lately", "PAST_REF"),
    ("recent", "PAST_REF"),
    ("the near future", "FUTURE_REF"),
    ("the foreseeable future", "FUTURE_REF"),
    ("the not too distant future", "FUTURE_REF"),
    ("the distant future", "FUTURE_REF"),
    ("near future", "FUTURE_REF"),
    ("the future", "FUTURE_REF"),
    ("soon", "FUTURE_REF"),
];

/// "now", "recently", "the near future".
pub(super) fn reference(w: &Words, i: usize) -> Option<Found> {
    let phrase = |(phrase, value): &(&str, &'static str)| Some((w.phrase(i, phrase)?, *value));
    let (end, value) = PHRASES.iter().find_map(phrase)?;
    if !is_meant(w, i, end) {
        return None;
    }
    let meaning = Meaning::Fixed(TimeKind::Date, value.to_owned());
    Some(Found::new(end, meaning))
}

/// Whether the words mean a time: not "as soon as", "the past president", "current account", "its future".
fn is_meant(w: &Words, i: usize, end: usize) -> bool {
    match w.word(i) {
        // "he was soon released": then, not ahead of us.
        "soon"
            if tense::word(w, end) == Some(Lean::Past) || w.follows(i, &["was", "were", "had"]) =>
        {
            false
        }
        "soon" => !w.follows(i, &["as", "how", "too", "so"]) && !w.any(end, &["after", "as"]),
        "the" if w.is(end - 1, "past") || w.is(end - 1, "present") => {
            let behind = w.word(end);
            !behind.starts_with(char::is_alphanumeric)
                || w.any(
                    end,
                    &[
                        "and", "or", "but", "as", "has", "is", "was", "have", "that", "when", "he",
                        "she", "it", "they", "we",
                    ],
                )
        }
        // "the future of Bosnia" is what will become of it.
        "the" if w.is(end - 1, "future") => {
            !w.is(end, "of")
                && !(i > 0
                    && (w.is(i - 1, "s")
                        || w.any(
                            i - 1,
                            &[
                                "its",
                                "his",
                                "her",
                                "their",
                                "our",
                                "my",
                                "whose",
                                "own",
                                "political",
                                "a",
                            ],
                        )))
        }
        _ => true,
    }
}
