//! Lengths of time.

use types::TimeKind;

use crate::meaning::{Found, Meaning};
use crate::numbers::{Count, count};
use crate::scan::Words;
use crate::words::Unit;

pub(super) fn of(count: Count, unit: Unit) -> Meaning {
    Meaning::Duration { count, unit }
}

fn fixed(end: usize, value: &str) -> Found {
    Found::new(end, Meaning::Fixed(TimeKind::Duration, value.into()))
}

/// "three days", "the past three years", "five-year", "for weeks".
pub(super) fn duration(w: &Words, i: usize) -> Option<Found> {
    counted(w, i)
        .or_else(|| framed(w, i))
        .or_else(|| unknown(w, i))
        .or_else(|| long(w, i))
}

/// A number of units.
pub(super) fn counted(w: &Words, i: usize) -> Option<Found> {
    if let Some(found) = halves(w, i) {
        return Some(found);
    }
    let (count, end) = count(w, i)?;
    let at = w.past_hyphen(end);
    let (unit, plural) = w.unit(at)?;
    let end = at + 1;
    if !is_length(w, i, count, unit, plural, end) || is_rate(w, i) {
        return None;
    }
    let (value, end) = match w.phrase(end, "and a half") {
        Some(after) => (
            Count {
                half: true,
                ..count
            },
            after,
        ),
        None => (count, end),
    };
    Some(Found::new(tail(w, end), of(value, unit)))
}

/// "four flights a week", "$2 million a year": how often or how much, not how long.
fn is_rate(w: &Words, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|_| w.any(i, &["a", "an"])) else {
        return false;
    };
    let word = w.word(before);
    let number = w.digits(before).is_some()
        || w.any(
            before,
            &["million", "billion", "thousand", "hundred", "%", "percent"],
        );
    let things = word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !w.any(
            before,
            &[
                "lasts", "takes", "spends", "across", "perhaps", "minus", "plus",
            ],
        );
    number || things
}

/// Words that a length stands behind.
const COUNTING: &[&str] = &[
    "for", "in", "within", "after", "than", "about", "over", "only", "just", "least", "last",
    "lasted", "took", "nearly", "almost", "every", "by",
];

/// Whether count and unit are a length: no age, fraction or sum.
fn is_length(w: &Words, i: usize, count: Count, unit: Unit, plural: bool, end: usize) -> bool {
    // "24 hours a day" says how often.
    let daily = w.any(end, &["a", "per"]) && w.any(end + 1, &["day", "week", "night", "month"]);
    let age = w.is(w.past_hyphen(end), "old")
        || w.any(end, &["olds"])
        || w.phrase(end, "of age").is_some();
    let article = w.any(i, &["a", "an"]);
    let single = count == Count::ONE && !plural;
    match unit {
        _ if age || daily => false,
        Unit::Weekend => plural,
        // "a quarter" and "three quarters" are fractions; "a second" is an ordinal.
        Unit::Quarter => plural && !(count.whole == 3 && w.is(end, "of")),
        Unit::Second | Unit::Minute if article && !w.is(end, "and") => w.hyphen(end),
        // "a day when", "a day of": no length of one day.
        // "one day" mostly means some day.
        Unit::Day if single && w.is(i, "one") => {
            w.follows(i, COUNTING)
                || w.any(end, &["after", "before", "of", "a"])
                || w.hyphen(end - 1)
        }
        Unit::Day if article => w.any(
            i.wrapping_sub(1),
            &["within", "in", "for", "than", "about", "over"],
        ),
        // "several year" is a slip, but "some year" is none.
        _ => single || plural || count.whole > 0 || w.is(i, "several"),
    }
}

/// "or so", "or more", "-long" behind a length.
fn tail(w: &Words, end: usize) -> usize {
    ["or so", "or more", "or less", "- long", "- period"]
        .iter()
        .find_map(|phrase| w.phrase(end, phrase))
        .unwrap_or(end)
}

/// "half an hour", "half-hour", "half a year".
fn halves(w: &Words, i: usize) -> Option<Found> {
    let start = i + usize::from(w.is(i, "a") && w.is(i + 1, "half"));
    if !w.is(start, "half") {
        return None;
    }
    let article = w.any(start + 1, &["a", "an"]);
    let at = if article {
        start + 2
    } else {
        w.past_hyphen(start + 1)
    };
    let value = match w.unit(at)? {
        (Unit::Hour, false) => "PT30M",
        (Unit::Year, false) => "P6M",
        (Unit::Decade, false) => "P5Y",
        (Unit::Century, false) => "P50Y",
        (Unit::Day, false) => "PT12H",
        _ => return None,
    };
    Some(fixed(at + 1, value))
}

/// "the past three years", "the last few weeks", "the first nine months", "coming weeks".
fn framed(w: &Words, i: usize) -> Option<Found> {
    const FRAMES: &[&str] = &[
        "last",
        "past",
        "next",
        "coming",
        "previous",
        "first",
        "final",
        "following",
        "recent",
        "latest",
        "preceding",
        "remaining",
        "initial",
        "these",
        "those",
        "intervening",
        "upcoming",
        "same",
        "early",
    ];
    let start =
        i + usize::from(w.any(i, &["the", "this", "these", "those", "its", "his", "their"]));
    let framed = w.any(start, FRAMES);
    let at = start + usize::from(framed);
    if at == i {
        return None;
    }
    if let Some((unit, true)) = w.unit(at).filter(|_| framed) {
        return (unit != Unit::Weekend).then(|| Found::new(at + 1, of(Count::VAGUE, unit)));
    }
    let seasons = || {
        let (how_many, end) = count(w, at)?;
        let season = w.season(end)?;
        let value = format!("XXXX-{}", season.code());
        (how_many.whole > 1).then(|| Found::new(end + 1, Meaning::Fixed(TimeKind::Set, value)))
    };
    let article = w.any(at, &["a", "an", "another"]);
    let found = if article { None } else { counted(w, at) };
    found.or_else(seasons)
}

/// "for years", "weeks of talks": an unknown number of units.
fn unknown(w: &Words, i: usize) -> Option<Found> {
    const BEFORE: &[&str] = &[
        "for", "in", "over", "within", "after", "during", "through", "take", "took", "takes",
        "taken", "last", "lasted", "spent", "of", "by", "until", "just",
    ];
    let (unit, plural) = w.unit(i)?;
    let before = w.follows(i, BEFORE) || w.any(i + 1, &["of", "after", "before"]);
    let sound = plural && before && unit != Unit::Weekend && unit != Unit::Quarter;
    if !sound {
        return None;
    }
    let second = w
        .unit(i + 2)
        .filter(|(_, plural)| *plural && w.is(i + 1, "or"));
    let end = if second.is_some() { i + 3 } else { i + 1 };
    Some(Found::new(end, of(Count::VAGUE, unit)))
}

/// "day-long", "yearlong", "decades-long".
fn long(w: &Words, i: usize) -> Option<Found> {
    const WORDS: &[(&str, &str)] = &[
        ("hourlong", "PT1H"),
        ("daylong", "P1D"),
        ("weeklong", "P1W"),
        ("monthlong", "P1M"),
        ("yearlong", "P1Y"),
        ("decadelong", "P10Y"),
    ];
    if let Some((_, value)) = WORDS.iter().find(|(word, _)| w.is(i, word)) {
        return Some(fixed(i + 1, value));
    }
    let (unit, plural) = w.unit(i)?;
    let count = if plural { Count::VAGUE } else { Count::ONE };
    let end = w.phrase(i + 1, "- long")?;
    Some(Found::new(end, of(count, unit)))
}
