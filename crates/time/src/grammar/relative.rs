//! Expressions that count from a day that is known: the day of publication, or what was spoken of last.

use types::{Modifier, TimeKind};

use super::{calendar, duration};
use crate::meaning::{Base, Found, Meaning, Which, Year};
use crate::numbers::{Count, count};
use crate::scan::Words;
use crate::words::Unit;

fn shift(end: usize, unit: Unit, by: i32, base: Base) -> Found {
    Found::new(end, Meaning::Shift { unit, by, base })
}

/// "today", "yesterday", "the day after tomorrow".
pub(super) fn named(w: &Words, i: usize) -> Option<Found> {
    const PHRASES: &[(&str, i32)] = &[
        ("the day before yesterday", -2),
        ("the day after tomorrow", 2),
        ("yesterday", -1),
        ("today", 0),
        ("tomorrow", 1),
    ];
    let (end, by) = PHRASES
        .iter()
        .find_map(|(phrase, by)| Some((w.phrase(i, phrase)?, *by)))?;
    // "USA Today" is a newspaper.
    let title = i > 0 && w.form(i) == "Today" && w.is(i - 1, "usa");
    (!title).then(|| shift(end, Unit::Day, by, Base::Published))
}

/// Words that point at one of many, and whether "the" stands before them.
pub(super) fn pointer(w: &Words, i: usize) -> Option<(Which, bool, usize)> {
    use Which::{Following, Last, Next, Previous, Same, This};
    const PHRASES: &[(&str, Which)] = &[
        ("this past", Last),
        ("this coming", Next),
        ("this same", Same),
        ("that same", Same),
        ("this", This),
        ("last", Last),
        ("past", Last),
        ("next", Next),
        ("coming", Next),
        ("upcoming", Next),
        ("current", This),
        ("previous", Previous),
        ("preceding", Previous),
        ("prior", Previous),
        ("following", Following),
        ("same", Same),
        ("that", Same),
    ];
    let definite = w.is(i, "the");
    let start = i + usize::from(definite);
    let (end, which) = PHRASES
        .iter()
        .find_map(|(phrase, which)| Some((w.phrase(start, phrase)?, *which)))?;
    Some((which, definite, end))
}

/// "last Friday", "next month", "the same day", "the past three years".
pub(super) fn pointed(w: &Words, i: usize) -> Option<Found> {
    let (which, definite, at) = pointer(w, i)?;
    // "suggested that Tuesday's attack": a conjunction, and no day that was spoken of.
    const BEFORE_THAT: &[&str] = &[
        "on", "of", "by", "since", "until", "before", "after", "from", "in", "",
    ];
    let conjunction = w.is(i, "that") && i > 0 && !w.any(i - 1, BEFORE_THAT);
    if conjunction && (w.weekday(at).is_some() || w.month(at).is_some()) {
        return None;
    }
    if let Some(day) = w.weekday(at) {
        // "this coming Thursday, May 8": the date says it.
        let dated = calendar::date(w, at).filter(|found| found.end > at + 1);
        let plain = Found::new(at + 1, Meaning::Weekday { day, which });
        return Some(dated.unwrap_or(plain));
    }
    if w.month(at).is_some() && !definite {
        return calendar::month_first(w, at).or_else(|| calendar::month(w, at, which));
    }
    if let Some(season) = w.season(at) {
        let year = Year::Open;
        let meaning = Meaning::Season {
            season,
            year,
            which,
        };
        return Some(Found::new(at + 1, meaning));
    }
    let (unit, plural) = w.unit(at)?;
    if plural {
        return None;
    }
    one_unit(which, definite, unit, at + 1)
}

/// One unit that words point at.
fn one_unit(which: Which, definite: bool, unit: Unit, end: usize) -> Option<Found> {
    use Which::{Bare, Following, Last, Next, Previous, Same, This};
    let meaning = match (unit, which) {
        (Unit::Second | Unit::Minute | Unit::Hour | Unit::Fortnight, _) => return None,
        (Unit::Weekend, _) => Meaning::Weekend { which },
        (Unit::Day, Last) => return None,
        (Unit::Day, Next) if definite => return Some(shift(end, unit, 1, Base::Mentioned)),
        (Unit::Day, Next) => return None,
        (Unit::Quarter, _) => Meaning::Quarter {
            number: None,
            year: Year::Open,
            which,
        },
        // "the past year" is a length, "last year" a year.
        (_, Last | Next) if definite => {
            return Some(Found::new(end, duration::of(Count::ONE, unit)));
        }
        (_, Last) => return Some(shift(end, unit, -1, Base::Published)),
        (_, This | Bare) => return Some(shift(end, unit, 0, Base::Published)),
        (_, Next) => return Some(shift(end, unit, 1, Base::Published)),
        (_, Previous) => return Some(shift(end, unit, -1, Base::Mentioned)),
        (_, Same) => return Some(shift(end, unit, 0, Base::Mentioned)),
        (_, Following) => return Some(shift(end, unit, 1, Base::Mentioned)),
    };
    Some(Found::new(end, meaning))
}

/// "two weeks ago", "a year earlier", "three days later", "ten years from now".
pub(super) fn counted(w: &Words, i: usize) -> Option<Found> {
    let (how_many, unit, mut end) = length(w, i)?;
    let half = w.phrase(end, "and a half");
    end = half.unwrap_or(end);
    let (base, sign, end) = direction(w, end)?;
    if how_many.vague {
        return Some(vague(how_many, unit, base, sign, end));
    }
    let half = half.is_some() || how_many.half;
    let number = how_many.whole as i32;
    let (unit, by) = match unit {
        Unit::Year if half => (Unit::Month, number.saturating_mul(12) + 6),
        Unit::Fortnight => (Unit::Week, number.saturating_mul(2)),
        // "a decade ago" means a year, as "ten years ago" does.
        Unit::Decade => (Unit::Year, number.saturating_mul(10)),
        Unit::Century => (Unit::Year, number.saturating_mul(100)),
        unit => (unit, number),
    };
    if (unit, sign * by) == (Unit::Year, -1) {
        return Some(Found::new(end, Meaning::YearEarlier));
    }
    let by = sign * by;
    Some(Found::new(end, Meaning::Shift { unit, by, base }))
}

fn vague(how_many: Count, unit: Unit, base: Base, sign: i32, end: usize) -> Found {
    let meaning = match (base, sign) {
        (Base::Published, -1) => Meaning::Fixed(TimeKind::Date, "PAST_REF".into()),
        (Base::Published, _) => Meaning::Fixed(TimeKind::Date, "FUTURE_REF".into()),
        _ => duration::of(how_many, unit),
    };
    Found::new(end, meaning)
}

/// A number of units; "years" alone is an unknown number of them.
fn length(w: &Words, i: usize) -> Option<(Count, Unit, usize)> {
    if let Some((unit, true)) = w.unit(i) {
        return Some((Count::VAGUE, unit, i + 1));
    }
    let (count, end) = count(w, i)?;
    let at = w.past_hyphen(end);
    let (unit, _) = w.unit(at)?;
    (unit != Unit::Weekend).then_some((count, unit, at + 1))
}

/// Whether a length counts back or on, and from where.
fn direction(w: &Words, i: usize) -> Option<(Base, i32, usize)> {
    const PHRASES: &[(&str, Base, i32)] = &[
        ("ago", Base::Published, -1),
        ("earlier", Base::Mentioned, -1),
        ("previously", Base::Mentioned, -1),
        ("later", Base::Mentioned, 1),
        ("afterward", Base::Mentioned, 1),
        ("afterwards", Base::Mentioned, 1),
        ("after that", Base::Mentioned, 1),
        ("before that", Base::Mentioned, -1),
        ("from now", Base::Published, 1),
        ("from today", Base::Published, 1),
        ("hence", Base::Published, 1),
    ];
    let phrase =
        |(phrase, base, sign): &(&str, Base, i32)| Some((*base, *sign, w.phrase(i, phrase)?));
    let (base, sign, end) = PHRASES.iter().find_map(phrase)?;
    // "two years earlier than planned": a difference, no date.
    (!w.is(end, "than")).then_some((base, sign, end))
}

/// "the day before", "the week after", where nothing follows that they would be counted from.
pub(super) fn beside(w: &Words, i: usize) -> Option<Found> {
    let start = i + usize::from(w.is(i, "the"));
    let (unit, plural) = w.unit(start).filter(|_| start > i)?;
    let by = match w.word(start + 1) {
        "before" | "earlier" => -1,
        "after" | "later" => 1,
        _ => return None,
    };
    let end = start + 2;
    let closed = w.word(end).is_empty()
        || w.any(
            end,
            &[
                ",", ".", ";", ":", ")", "\"", "'", "”", "and", "but", "in", "at",
            ],
        );
    let sound = !plural && closed && unit >= Unit::Day && unit != Unit::Weekend;
    sound.then(|| shift(end, unit, by, Base::Mentioned))
}

/// "the year", "the month", "year-end": only where the words around say that the present one is meant.
pub(super) fn bare_unit(w: &Words, i: usize) -> Option<Found> {
    if let Some(end) = w
        .phrase(i, "year end")
        .or_else(|| w.phrase(i, "year - end"))
    {
        let meaning = Meaning::Calendar {
            year: Year::By(0),
            month: Some(12),
            day: None,
            which: Which::Bare,
        };
        return Some(Found::new(end, meaning).with(Some(Modifier::End)));
    }
    if let Some(end) = w
        .phrase(i, "year ' s end")
        .or_else(|| w.phrase(i, "the year ' s end"))
    {
        return Some(shift(end, Unit::Year, 0, Base::Published).with(Some(Modifier::End)));
    }
    let start = i + usize::from(w.is(i, "the"));
    let adjective = w.any(start, &["fiscal", "calendar", "full", "whole", "entire"]);
    let at = start + usize::from(adjective);
    let (unit, plural) = w.unit(at).filter(|_| start > i)?;
    let end = at + 1;
    if plural
        || unit == Unit::Quarter
        || w.any(
            end,
            &[
                "of", "that", "when", "before", "after", "earlier", "later", "-",
            ],
        )
    {
        return None;
    }
    // A year, quarter or month that ends on a given day is a length.
    if w.any(end, &["ended", "ending", "through"]) {
        return Some(Found::new(end, duration::of(Count::ONE, unit)));
    }
    let before = |words: &[&str]| w.follows(i, words);
    let meant = match unit {
        Unit::Weekend => true,
        Unit::Year => before(&["of", "for", "during"]) || adjective,
        Unit::Week | Unit::Month => before(&["of", "for", "during"]),
        Unit::Decade | Unit::Century => before(&["of"]),
        _ => false,
    };
    let which = Which::Bare;
    match unit {
        _ if !meant => None,
        Unit::Weekend => Some(Found::new(end, Meaning::Weekend { which })),
        _ => Some(shift(end, unit, 0, Base::Published)),
    }
}
