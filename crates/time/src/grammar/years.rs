//! Years: behind a month or day, relative to another, and alone.

use super::calendar::calendar;
use crate::meaning::{Base, Found, Meaning, Year};
use crate::numbers::year;
use crate::scan::Words;
use crate::words::Class;

/// A year behind a month or day: ", 2015", " of last year".
pub(super) fn year_behind(w: &Words, i: usize) -> Option<(Year, usize)> {
    if w.is(i, ",") {
        let (found, end) = year(w, i + 1).filter(|_| w.digits(i + 1).is_some())?;
        // "In March, 2000 people": a count.
        let counted = w.word(end).ends_with('s') && !w.capital(end) && w.word(end).len() > 3;
        return (!counted).then_some((Year::Is(found), end));
    }
    let at = i + usize::from(w.is(i, "of"));
    relative_year(w, at).or_else(|| year(w, at).map(|(year, end)| (Year::Is(year), end)))
}

/// "last year", "that year", "the following year".
pub(super) fn relative_year(w: &Words, i: usize) -> Option<(Year, usize)> {
    const PHRASES: &[(&str, Base, i32)] = &[
        ("last year", Base::Published, -1),
        ("this year", Base::Published, 0),
        ("the current year", Base::Published, 0),
        ("next year", Base::Published, 1),
        ("that year", Base::Mentioned, 0),
        ("the same year", Base::Mentioned, 0),
        ("the year before", Base::Mentioned, -1),
        ("the previous year", Base::Mentioned, -1),
        ("the following year", Base::Mentioned, 1),
        ("the next year", Base::Mentioned, 1),
    ];
    PHRASES.iter().find_map(|(phrase, base, by)| {
        let end = w.phrase(i, phrase)?;
        let year = match base {
            Base::Published => Year::By(*by),
            Base::Mentioned => Year::Shifted(*by),
        };
        Some((year, end))
    })
}

/// "1998", "1998-99", "the year 2000", "fiscal 1989".
pub(super) fn lone_year(w: &Words, i: usize) -> Option<Found> {
    const BEFORE: &[&str] = &[
        "the year",
        "fiscal year",
        "fiscal",
        "calendar year",
        "calendar",
        "fy",
        "the fiscal year",
    ];
    if let Some(at) = BEFORE.iter().find_map(|phrase| w.phrase(i, phrase)) {
        // "FY2015" is one word.
        let glued = w.glued(at) && w.is(i, "fy");
        let found = match w.digits(at) {
            Some((4, value)) if glued => Some((value as i32, at + 1)),
            _ => year(w, at),
        };
        let (year, end) = found?;
        return Some(Found::new(end, calendar(Year::Is(year), None, None)));
    }
    let (first, end) = year(w, i)?;
    if let Some((second, end)) = second_year(w, end, first) {
        let one = |year| Box::new(calendar(Year::Is(year), None, None));
        return Some(Found::new(end, Meaning::Span(one(first), one(second))));
    }
    let meant = w.digits(i).is_none_or(|_| is_year(w, i, end, first));
    meant.then(|| Found::new(end, calendar(Year::Is(first), None, None)))
}

/// "-99", "-1918" behind a year.
fn second_year(w: &Words, i: usize, first: i32) -> Option<(i32, usize)> {
    let at = w.past_hyphen(i);
    let (count, value) = w.digits(at).filter(|_| at > i && w.closes(at + 1))?;
    let second = match count {
        2 => first / 100 * 100 + value as i32,
        4 => value as i32,
        _ => return None,
    };
    (second > first && second < 2200).then_some((second, at + 1))
}

/// Things that are counted in thousands; a number before them is no year.
const COUNTED: &[&str] = &[
    "people",
    "percent",
    "per",
    "%",
    "million",
    "billion",
    "miles",
    "men",
    "women",
    "children",
    "troops",
    "soldiers",
    "kilometers",
    "kilometres",
    "km",
    "meters",
    "metres",
    "feet",
    "tons",
    "tonnes",
    "dollars",
    "euros",
    "pounds",
    "points",
    "hours",
    "days",
    "years",
    "jobs",
    "votes",
    "homes",
    "houses",
    "barrels",
    "acres",
    "hectares",
    "shares",
    "copies",
    "yards",
    "pages",
    "times",
    "gmt",
    "gallons",
    "employees",
    "workers",
    "police",
    "civilians",
];

/// Whether four figures are a year, and no count.
fn is_year(w: &Words, i: usize, end: usize, year: i32) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "in",
        "since",
        "of",
        "by",
        "until",
        "till",
        "from",
        "through",
        "during",
        "after",
        "before",
        "for",
        "to",
        "late",
        "early",
        "mid",
        "between",
        "throughout",
        "around",
        "circa",
        "back",
        "-",
        "(",
    ];
    let before = w.follows(i, PREPOSITIONS);
    let listed =
        i > 1 && w.any(i - 1, &["and", "or", ","]) && matches!(w.class(i - 2), Class::Digits(4, _));
    let next = w.word(end);
    if w.any(end, COUNTED) || w.hyphen(end) && w.digits(end + 1).is_some() {
        return false;
    }
    let plural = next.len() > 3 && next.ends_with('s') && !w.capital(end);
    let named = w.follows(
        i,
        &[
            "no",
            "number",
            "flight",
            "room",
            "about",
            "some",
            "nearly",
            "than",
            "over",
            "least",
            "almost",
            "resolution",
        ],
    );
    if before || listed {
        return (1900..2060).contains(&year)
            || !plural && !w.is(i - 1, "for") && !w.is(i - 1, "to");
    }
    (1900..2060).contains(&year) && !named && (!plural || w.follows(i, &["the"]))
}
