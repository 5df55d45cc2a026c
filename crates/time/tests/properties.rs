//! Any text whatever: no panic, sound spans, the same result twice, and values that can be read.

use proptest::prelude::*;
use rapporteur_time::{Date, Finder, Lean, Period, TimeKind, find};

/// Words of the grammar, and some that are none, in any order.
const WORDS: &[&str] = &[
    "the",
    "a",
    "last",
    "next",
    "this",
    "that",
    "two",
    "twenty",
    "-",
    "five",
    "hundred",
    "thousand",
    "1998",
    "'98",
    "12",
    "31",
    "5",
    ":",
    ".",
    ",",
    "/",
    "a.m.",
    "GMT",
    "May",
    "Sept",
    "February",
    "Friday",
    "Mondays",
    "year",
    "years",
    "ago",
    "later",
    "earlier",
    "day",
    "days",
    "before",
    "after",
    "yesterday",
    "quarter",
    "third",
    "half",
    "of",
    "century",
    "1990",
    "s",
    "spring",
    "night",
    "morning",
    "early",
    "mid",
    "end",
    "about",
    "more",
    "than",
    "over",
    "and",
    "every",
    "other",
    "week",
    "noon",
    "o",
    "'",
    "clock",
    "will",
    "said",
    "\n\n",
    "\n",
    "é",
    "99999999",
    "4294967295",
    "00",
    "0",
    "ended",
    "Thanksgiving",
    "past",
    "few",
    "decade",
    "decades",
    "fiscal",
    "year-earlier",
    "½",
    "1/2",
];

fn sentence() -> impl Strategy<Value = String> {
    let word = (prop::sample::select(WORDS), prop::bool::weighted(0.8));
    prop::collection::vec(word, 0..40).prop_map(|words| {
        let spaced = words
            .iter()
            .map(|(word, blank)| format!("{word}{}", if *blank { " " } else { "" }));
        spaced.collect()
    })
}

fn published() -> impl Strategy<Value = Option<Date>> {
    prop::option::of(
        (1..=9999, 1u32..=12, 1u32..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a day")),
    )
}

fn sound(text: &str, published: Option<Date>) {
    let times = find(text, published);
    let mut last = 0;
    for time in &times {
        assert!(
            last <= time.span.start && time.span.start < time.span.end,
            "{text:?}"
        );
        assert!(
            text.get(time.span.start..time.span.end).is_some(),
            "{text:?}"
        );
        last = time.span.end;
        if let Some(value) = &time.value {
            let read = Period::of(value);
            let counts = matches!(time.kind, TimeKind::Duration | TimeKind::Set);
            assert!(
                !(counts && value.starts_with('P') && read.is_some()),
                "{value}"
            );
            assert!(
                !value.is_empty() && !value.contains(char::is_whitespace),
                "{value:?}"
            );
        }
    }
    assert_eq!(times, find(text, published));
}

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,120}", published in published()) {
        sound(&text, published);
    }

    #[test]
    fn any_words_of_the_grammar(text in sentence(), published in published()) {
        sound(&text, published);
    }

    #[test]
    fn any_lean_of_the_caller(text in sentence(), published in published(), ahead: bool) {
        let lean = if ahead { Lean::Future } else { Lean::Past };
        let found = Finder::new(published).read_with(&text, |_| Some(lean));
        let plain = find(&text, published);
        prop_assert_eq!(found.len(), plain.len());
    }

    #[test]
    fn explicit_days_are_read_in_every_form(y in 1900..2060, m in 1u32..=12, d in 1u32..=28, published in published()) {
        const MONTHS: [&str; 12] = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
            "December",
        ];
        let month = MONTHS[m as usize - 1];
        let value = format!("{y:04}-{m:02}-{d:02}");
        for form in [
            format!("{month} {d}, {y}"),
            format!("{d} {month} {y}"),
            format!("the {d}th of {month}, {y}"),
            value.clone(),
            format!("{m}/{d}/{y}"),
        ] {
            let text = format!("It was on {form} that it came.");
            let times = find(&text, published);
            prop_assert_eq!(times.len(), 1, "{}", text);
            prop_assert_eq!(times[0].span.of(&text), form.as_str());
            prop_assert_eq!(times[0].value.as_deref(), Some(value.as_str()));
        }
    }
}
