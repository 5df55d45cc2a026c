//! Dates as calendars write them: days, months, years.

use super::years::{lone_year, year_behind};
use crate::meaning::{Found, Meaning, Which, Year};
use crate::numbers::{ordinal, year};
use crate::scan::Words;
use crate::words::Class;

/// A date in any of the usual forms.
pub(super) fn date(w: &Words, i: usize) -> Option<Found> {
    let start = weekday_before(w, i).unwrap_or(i);
    let day = figures(w, start)
        .or_else(|| month_first(w, start))
        .or_else(|| day_first(w, start));
    if day.is_some() {
        return day;
    }
    weekday(w, i)
        .or_else(|| month(w, i, Which::Bare))
        .or_else(|| lone_year(w, i))
}

pub(super) fn calendar(year: Year, month: Option<u32>, day: Option<u32>) -> Meaning {
    Meaning::Calendar {
        year,
        month,
        day,
        which: Which::Bare,
    }
}

/// "Tuesday, " before a date: where the date begins.
fn weekday_before(w: &Words, i: usize) -> Option<usize> {
    if !matches!(w.class(i), Class::Weekday(..)) || !w.capital(i) {
        return None;
    }
    let mut at = i + 1;
    at += usize::from(w.is(at, "."));
    at += usize::from(w.is(at, ","));
    at += usize::from(w.is(at, "the"));
    let date = w.month(at).is_some() || w.digits(at).is_some() || ordinal(w, at).is_some();
    date.then_some(at)
}

fn weekday(w: &Words, i: usize) -> Option<Found> {
    let day = w.weekday(i)?;
    let which = Which::Bare;
    let short = matches!(w.class(i), Class::Weekday(_, true)) && w.is(i + 1, ".");
    let end = i + 1 + usize::from(short);
    Some(Found::new(end, Meaning::Weekday { day, which }))
}

/// "2015-05-12", "2015/05/12", "5/12/2015", "12.05.2015", "20150512", "9/11".
fn figures(w: &Words, i: usize) -> Option<Found> {
    let (count, value) = w.digits(i)?;
    if count == 8 {
        let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
        let sound = (1900..2100).contains(&year);
        return sound.then(|| ymd(i + 1, year, month, day))?;
    }
    let nine_eleven = (count, value) == (1, 9) && w.digits(i + 2) == Some((2, 11));
    if nine_eleven && w.is(i + 1, "/") && !w.is(i + 3, "/") {
        return ymd(i + 3, 2001, 9, 11);
    }
    let sign = w.word(i + 1);
    let joined = matches!(sign, "-" | "/" | ".") && w.is(i + 3, sign);
    let glued = (1..5).all(|step| w.glued(i + step));
    if !joined || !glued {
        return None;
    }
    let (_, second) = w.digits(i + 2)?;
    let (last, third) = w.digits(i + 4)?;
    match (count, last) {
        (4, 1 | 2) => ymd(i + 5, value, second, third),
        // Month before day with a slash, as in the United States, unless the month would be none.
        (1 | 2, 4) if sign == "/" && value <= 12 => ymd(i + 5, third, value, second),
        (1 | 2, 4) => ymd(i + 5, third, second, value),
        (1 | 2, 2) if sign == "/" && value <= 12 => ymd(i + 5, century(third), value, second),
        _ => None,
    }
}

fn century(year: u32) -> u32 {
    if year <= 30 { 2000 + year } else { 1900 + year }
}

fn ymd(end: usize, year: u32, month: u32, day: u32) -> Option<Found> {
    let sound =
        (1000..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let year = Year::Is(i32::try_from(year).ok()?);
    sound.then(|| Found::new(end, calendar(year, Some(month), Some(day))))
}

/// Behind a month's name and its full stop.
fn past_month(w: &Words, i: usize) -> usize {
    let short = matches!(w.class(i), Class::Month(_, true)) && w.is(i + 1, ".") && w.glued(i + 1);
    i + 1 + usize::from(short)
}

/// "May 12", "May 12th, 2015", "May 3-5".
pub(super) fn month_first(w: &Words, i: usize) -> Option<Found> {
    let month = w.month(i)?;
    let mut at = past_month(w, i);
    at += usize::from(w.is(at, "the"));
    let (first, end) = day_number(w, at)?;
    // "In May 12 people died": a count.
    let thing = w.word(end);
    let counted =
        w.follows(i, &["in"]) && thing.ends_with('s') && !w.capital(end) && thing.len() > 3;
    if counted || w.any(end, &["people", "percent", "%", "million", "billion"]) {
        return None;
    }
    if let Some((last, end)) = second_day(w, end, first) {
        let (year, end) = year_behind(w, end).unwrap_or((Year::Open, end));
        let meaning = Meaning::Days {
            year,
            month,
            first,
            last,
        };
        return Some(Found::new(end, meaning));
    }
    if let Some(end) = attacks(w, month, first, end) {
        return Some(Found::new(
            end,
            calendar(Year::Is(2001), Some(month), Some(first)),
        ));
    }
    let (year, end) = year_behind(w, end).unwrap_or((Year::Open, end));
    Some(Found::new(end, calendar(year, Some(month), Some(first))))
}

/// "Sept. 11 attacks" are those of 2001, whenever they are written of.
fn attacks(w: &Words, month: u32, day: u32, end: usize) -> Option<usize> {
    const WORDS: &[&str] = &[
        "attacks",
        "attack",
        "terror",
        "terrorist",
        "hijackings",
        "hijackers",
        "plot",
    ];
    ((month, day) == (9, 11) && w.any(end, WORDS)).then_some(end)
}

/// "12 May 2015", "the 12th of May".
fn day_first(w: &Words, i: usize) -> Option<Found> {
    let start = i + usize::from(w.is(i, "the"));
    let (day, mut at) = day_number(w, start)?;
    if w.is(at, "of") {
        at += 1;
    } else {
        // "12-May-2015".
        at = w.past_hyphen(at);
    }
    let month = w.month(at).filter(|_| w.opens(start))?;
    let behind = past_month(w, at);
    let (year, end) = year_behind(w, behind)
        .or_else(|| year(w, w.past_hyphen(behind)).map(|(y, end)| (Year::Is(y), end)))
        .unwrap_or((Year::Open, behind));
    Some(Found::new(end, calendar(year, Some(month), Some(day))))
}

fn day_number(w: &Words, i: usize) -> Option<(u32, usize)> {
    let plain = || {
        let (count, value) = w.digits(i)?;
        (count <= 2 && w.closes(i + 1)).then_some((value, i + 1))
    };
    let (day, end) = ordinal(w, i).or_else(plain)?;
    (1..=31).contains(&day).then_some((day, end))
}

/// "-5", " to 5" behind a day.
fn second_day(w: &Words, i: usize, first: u32) -> Option<(u32, usize)> {
    let at = match w.past_hyphen(i) {
        at if at > i => at,
        _ if w.is(i, "to") => i + 1,
        _ => return None,
    };
    let (last, end) = day_number(w, at)?;
    (last > first).then_some((last, end))
}

/// "May 2015", "February last year", "in February".
pub(super) fn month(w: &Words, i: usize, which: Which) -> Option<Found> {
    let month = w.month(i)?;
    let end = past_month(w, i);
    let meaning = |year| Meaning::Calendar {
        year,
        month: Some(month),
        day: None,
        which,
    };
    if let Some((year, end)) = year_behind(w, end) {
        return Some(Found::new(end, meaning(year)));
    }
    if which == Which::Bare && !stands_alone(w, i, end) {
        return None;
    }
    Some(Found::new(end, meaning(Year::Open)))
}

/// Words before a month that leave no doubt that it is one.
const BEFORE_MONTH: &[&str] = &[
    "in",
    "of",
    "by",
    "since",
    "until",
    "till",
    "early",
    "late",
    "mid",
    "through",
    "from",
    "to",
    "before",
    "after",
    "during",
    "between",
    "around",
    "until",
    "-",
    "–",
    "every",
    "each",
    "last",
    "next",
    "this",
    "earlier",
    "throughout",
    "end",
    "for",
    "late-",
    "sometime",
];

/// Whether a month's name without day and year is a month: some are words ("may", "march") and given names.
fn stands_alone(w: &Words, i: usize, end: usize) -> bool {
    let before = w.follows(i, BEFORE_MONTH);
    let listed = i > 1 && w.any(i - 1, &["and", "or", ","]) && w.month(i - 2).is_some();
    if before || listed {
        return true;
    }
    match w.class(i) {
        Class::Month(_, true) => end > i + 1,
        Class::Month(3 | 5, _) => false,
        Class::Month(4 | 6 | 8, _) => !w.capital(end) && !w.is(end, "'"),
        _ => true,
    }
}
