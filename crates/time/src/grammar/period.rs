//! Stretches between the month and the century: quarters, halves, seasons, decades, and days with names of their own.

use super::{calendar, relative, years};
use crate::meaning::{Base, Found, Holiday, Meaning, Which, Year};
use crate::numbers::{ordinal, year};
use crate::scan::Words;
use crate::words::{Class, Unit};

/// A year before what it holds: "this year's", "the 1989", "last year's".
fn year_before(w: &Words, i: usize) -> Option<(Year, usize)> {
    if let Some((found, end)) = years::relative_year(w, i) {
        return Some((found, w.possessive(end).unwrap_or(end)));
    }
    let start = i + usize::from(w.is(i, "the"));
    let (found, end) = year(w, start).filter(|_| w.digits(start).is_some())?;
    Some((Year::Is(found), w.possessive(end).unwrap_or(end)))
}

/// A year behind: "of 1989", " last year", "1989".
fn year_after(w: &Words, i: usize) -> (Year, usize) {
    let at = i + usize::from(w.is(i, "of"));
    let fiscal = at + usize::from(w.is(at, "fiscal"));
    years::relative_year(w, at)
        .or_else(|| w.phrase(at, "the year").map(|end| (Year::By(0), end)))
        .or_else(|| {
            let ago = w
                .phrase(at, "a year ago")
                .or_else(|| w.phrase(at, "a year earlier"));
            ago.map(|end| (Year::By(-1), end))
        })
        .or_else(|| year(w, fiscal).map(|(found, end)| (Year::Is(found), end)))
        .unwrap_or((Year::Open, i))
}

/// "the third quarter", "this year's first quarter", "Q3 2015", "the year-ago quarter", "the 1989 period".
pub(super) fn quarter(w: &Words, i: usize) -> Option<Found> {
    if w.is(i, "q") && w.glued(i + 1) {
        let (1, number @ 1..=4) = w.digits(i + 1)? else {
            return None;
        };
        let (year, end) = year_after(w, i + 2);
        return Some(found(end, Some(number), year));
    }
    if let Some((year, at)) = year_before(w, i)
        && let Some((number, end)) = quarter_word(w, at)
    {
        return Some(found(end, number, year));
    }
    let start = i + usize::from(w.any(i, &["the", "its", "their"]));
    let before = i + usize::from(w.is(i, "a"));
    if let Some(ago) = year_ago(w, start).or_else(|| year_ago(w, before)) {
        return Some(match quarter_word(w, ago) {
            Some((number, end)) => found(end, number, Year::By(-1)),
            None => last_year(ago),
        });
    }
    const BESIDE: &[&str] = &[
        "fiscal",
        "latest",
        "recent",
        "current",
        "comparable",
        "corresponding",
        "whole",
        "full",
    ];
    let mut at = start + usize::from(w.any(start, BESIDE));
    at = w.past_hyphen(at);
    let (number, end) = quarter_word(w, at)?;
    let number = number.or_else(|| quarter_ended(w, end));
    let (year, end) = year_after(w, end);
    // "the period" and a bare "quarter" (a fourth) say nothing without a word before.
    let definite =
        w.is(i, "the") && (at > start || w.is(at, "quarter")) && !w.is(end, "of") && !w.hyphen(end);
    let said = number.is_some() || year != Year::Open || definite;
    said.then(|| found(end, number, year))
}

fn last_year(end: usize) -> Found {
    let meaning = Meaning::Shift {
        unit: Unit::Year,
        by: -1,
        base: Base::Published,
    };
    Found::new(end, meaning)
}

/// "the quarter ended July 31": the quarter in which the month before the last lies.
fn quarter_ended(w: &Words, i: usize) -> Option<u32> {
    let at = w.any(i, &["ended", "ending"]).then_some(i + 1)?;
    let month = w.month(at)?;
    Some((month + 10) % 12 / 3 + 1)
}

fn found(end: usize, number: Option<u32>, year: Year) -> Found {
    let which = Which::Bare;
    let meaning = Meaning::Quarter {
        number,
        year,
        which,
    };
    Found::new(end, meaning)
}

/// "year-ago", "year-earlier", with "comparable" before.
fn year_ago(w: &Words, i: usize) -> Option<usize> {
    let at = i + usize::from(w.any(i, &["comparable", "corresponding"]));
    ["year - ago", "year - earlier", "year ago"]
        .iter()
        .find_map(|phrase| w.phrase(at, phrase))
}

/// "third quarter", "third-quarter", "fiscal first quarter", "quarter", "period".
fn quarter_word(w: &Words, i: usize) -> Option<(Option<u32>, usize)> {
    let start = i + usize::from(w.is(i, "fiscal"));
    if let Some((number @ 1..=4, end)) = ordinal(w, start) {
        let at = w.past_hyphen(end) + usize::from(w.is(w.past_hyphen(end), "fiscal"));
        let (unit, _) = w.unit(at)?;
        return (unit == Unit::Quarter).then_some((Some(number), at + 1));
    }
    w.any(start, &["quarter", "period"])
        .then_some((None, start + 1))
}

/// "the first half of 2015".
pub(super) fn half(w: &Words, i: usize) -> Option<Found> {
    let start = i + usize::from(w.is(i, "the"));
    let (number @ 1..=2, at) = ordinal(w, start)? else {
        return None;
    };
    let at = w.past_hyphen(at);
    let (year, end) = year_after(w, at + 1);
    let said = w.is(at, "half") && year != Year::Open;
    said.then(|| Found::new(end, Meaning::Half { number, year }))
}

/// "the summer of 1994", "spring 2015", "in the fall".
pub(super) fn season(w: &Words, i: usize) -> Option<Found> {
    let start = i + usize::from(w.is(i, "the"));
    if let Some((year, at)) = year_before(w, i).filter(|_| start == i)
        && let Some(season) = w.season(at)
    {
        return Some(Found::new(
            at + 1,
            Meaning::Season {
                season,
                year,
                which: Which::Bare,
            },
        ));
    }
    let season = w.season(start)?;
    let (year, end) = year_after(w, start + 1);
    let which = Which::Bare;
    // "fall" and "spring" are other words too: alone only where a preposition and "the" stand before.
    let alone = w.follows(
        i,
        &[
            "in", "by", "until", "of", "during", "over", "since", "early", "late", "mid", "this",
        ],
    );
    let article = start > i && !w.any(end, &["of", "in"]);
    let early = w.follows(start, &["early", "late", "mid", "-"]) && !w.any(end, &["of"]);
    let said = year != Year::Open
        || alone && article
        || early
        || article && w.any(start, &["summer", "winter"]);
    said.then(|| {
        Found::new(
            end,
            Meaning::Season {
                season,
                year,
                which,
            },
        )
    })
}

/// "the 1990s", "the '90s", "the nineties".
pub(super) fn decade(w: &Words, i: usize) -> Option<Found> {
    let start = i + usize::from(w.is(i, "the"));
    const NAMES: &[(&str, i32)] = &[
        ("twenties", 1920),
        ("thirties", 1930),
        ("forties", 1940),
        ("fifties", 1950),
        ("sixties", 1960),
        ("seventies", 1970),
        ("eighties", 1980),
        ("nineties", 1990),
    ];
    if let Some((_, first)) = NAMES.iter().find(|(name, _)| w.is(start, name)) {
        // "in his sixties" is an age.
        return (start > i).then(|| Found::new(start + 1, Meaning::Decade(*first)));
    }
    let short = w.any(start, &["'", "’", "‘"]);
    let at = start + usize::from(short);
    let (count, value) = w.digits(at)?;
    let behind = if w.any(at + 1, &["'", "’"]) {
        at + 2
    } else {
        at + 1
    };
    let plural = w.is(behind, "s") && w.glued(at + 1) && w.glued(behind);
    let value = value as i32;
    match count {
        _ if !plural || value % 10 != 0 => None,
        4 if (1000..2200).contains(&value) => Some(Found::new(behind + 1, Meaning::Decade(value))),
        2 if short => {
            let century = if value <= 20 { 2000 } else { 1900 };
            Some(Found::new(behind + 1, Meaning::Decade(century + value)))
        }
        _ => None,
    }
}

/// "the 20th century", "the nineteenth century".
pub(super) fn century(w: &Words, i: usize) -> Option<Found> {
    let start = i + usize::from(w.is(i, "the"));
    let (number, end) = ordinal(w, start)?;
    let at = w.past_hyphen(end);
    let sound = matches!(w.class(at), Class::Unit(Unit::Century, _)) && (1..=22).contains(&number);
    sound.then(|| Found::new(at + 1, Meaning::Century((number as i32 - 1) * 100)))
}

/// "the week of March 6".
pub(super) fn week_of(w: &Words, i: usize) -> Option<Found> {
    let at = w
        .phrase(i, "the week of")
        .or_else(|| w.phrase(i, "week of"))?;
    let found = calendar::date(w, at)?;
    let month_only = matches!(&found.meaning, Meaning::Calendar { day: None, .. });
    (!month_only).then(|| Found::new(found.end, Meaning::WeekOf(Box::new(found.meaning))))
}

const HOLIDAYS: &[(&str, Holiday)] = &[
    ("christmas eve", Holiday::On(12, 24)),
    ("christmas day", Holiday::On(12, 25)),
    ("christmas", Holiday::On(12, 25)),
    ("boxing day", Holiday::On(12, 26)),
    ("new year ' s eve", Holiday::On(12, 31)),
    ("new year ’ s eve", Holiday::On(12, 31)),
    ("new year ' s day", Holiday::On(1, 1)),
    ("new year ’ s day", Holiday::On(1, 1)),
    ("valentine ' s day", Holiday::On(2, 14)),
    ("valentine ’ s day", Holiday::On(2, 14)),
    ("halloween", Holiday::On(10, 31)),
    ("may day", Holiday::On(5, 1)),
    ("thanksgiving day", Holiday::Thanksgiving),
    ("thanksgiving", Holiday::Thanksgiving),
    ("ash wednesday", Holiday::Easter(-46)),
    ("palm sunday", Holiday::Easter(-7)),
    ("good friday", Holiday::Easter(-2)),
    ("easter sunday", Holiday::Easter(0)),
    ("easter monday", Holiday::Easter(1)),
    ("easter", Holiday::Easter(0)),
];

/// "Christmas", "Good Friday", "last Thanksgiving".
pub(super) fn holiday(w: &Words, i: usize) -> Option<Found> {
    let (which, start) = match relative::pointer(w, i) {
        Some((which, false, at)) => (which, at),
        _ => (Which::Bare, i),
    };
    let named = |(name, holiday): &(&str, Holiday)| Some((w.phrase(start, name)?, *holiday));
    let (end, holiday) = HOLIDAYS
        .iter()
        .find_map(named)
        .filter(|_| w.capital(start))?;
    let (year, end) = year_after(w, end);
    let meaning = Meaning::Holiday {
        holiday,
        year,
        which,
    };
    Some(Found::new(end, meaning))
}
