//! Times of the clock and parts of the day, with the day they belong to.

use super::{calendar, period, relative};
use crate::meaning::{Base, Found, Meaning, Which};
use crate::scan::Words;
use crate::words::{Class, Part, Unit};

/// A day, without a time.
fn day(w: &Words, i: usize) -> Option<Found> {
    let rules: [super::Rule; 5] = [
        calendar::date,
        relative::pointed,
        relative::named,
        relative::counted,
        period::holiday,
    ];
    super::longest(&rules, w, i).filter(|found| is_day(&found.meaning))
}

fn is_day(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Calendar { day, .. } => day.is_some(),
        Meaning::Weekday { .. } | Meaning::Holiday { .. } => true,
        Meaning::Shift { unit, .. } => *unit == Unit::Day,
        _ => false,
    }
}

fn part_of(part: Part, day: Meaning) -> Meaning {
    let day = Box::new(day);
    Meaning::PartOf { part, day }
}

fn shifted(by: i32, base: Base) -> Meaning {
    let unit = Unit::Day;
    Meaning::Shift { unit, by, base }
}

/// "Friday evening", "this morning", "last night", "the night of May 5", "tonight".
pub(super) fn part_of_day(w: &Words, i: usize) -> Option<Found> {
    let start = i + usize::from(w.is(i, "the"));
    if let Some(part) = w.part(start).filter(|_| start > i) {
        let on = w.is(start + 1, "of").then_some(start + 2)?;
        let found = day(w, on)?;
        return Some(Found::new(found.end, part_of(part, found.meaning)));
    }
    if w.is(i, "mid")
        && let Some(part) = w.part(w.past_hyphen(i + 1))
    {
        let end = w.past_hyphen(i + 1) + 1;
        let today = || Found::new(end, shifted(0, Base::Published));
        let found = day(w, end).unwrap_or_else(today);
        return Some(Found::new(found.end, part_of(part, found.meaning)));
    }
    if let Some(found) = one_word(w, i).or_else(|| pointed(w, i)) {
        return Some(found);
    }
    // "mid-afternoon yesterday", "afternoon of".
    if let Some(part) = w.part(i) {
        let found = day(w, i + 1)
            .filter(|_| w.class(i + 1) != Class::Other || w.any(i + 1, &["yesterday", "today"]))?;
        return Some(Found::new(found.end, part_of(part, found.meaning)));
    }
    let found = day(w, i)?;
    let mut at = found.end;
    at += usize::from(w.any(at, &["early", "late", "in"]));
    at += usize::from(w.is(at, "the") && at > found.end);
    let part = w
        .part(w.past_hyphen(at))
        .filter(|_| !w.any(at, &["noon", "midday"]))?;
    Some(Found::new(
        w.past_hyphen(at) + 1,
        part_of(part, found.meaning),
    ))
}

fn one_word(w: &Words, i: usize) -> Option<Found> {
    let part = Part::Night;
    match w.word(i) {
        "tonight" | "overnight" => Some(Found::new(
            i + 1,
            part_of(part, shifted(0, Base::Published)),
        )),
        _ => None,
    }
}

/// "this morning", "last night", "the next morning", "that evening".
fn pointed(w: &Words, i: usize) -> Option<Found> {
    let (which, definite, at) = relative::pointer(w, i)?;
    let part = w.part(at)?;
    let day = match which {
        Which::Last if part == Part::Night || part == Part::Evening => shifted(-1, Base::Published),
        Which::This if !definite => shifted(0, Base::Published),
        Which::Next | Which::Following => shifted(1, Base::Mentioned),
        Which::Previous => shifted(-1, Base::Mentioned),
        Which::Same => shifted(0, Base::Mentioned),
        _ => return None,
    };
    Some(Found::new(at + 1, part_of(part, day)))
}

/// A time of the clock with its zone and its day: "9 p.m. EST, Nov. 6", "Tuesday at 10:30", "noon Friday".
pub(super) fn dated(w: &Words, i: usize) -> Option<Found> {
    if let Some((hour, minute, end)) = time(w, i) {
        let end = zone(w, end);
        let (day, end) = day_behind(w, end);
        return Some(Found::new(end, Meaning::Clock { hour, minute, day }));
    }
    let found = day(w, i)?;
    let mut at = found.end + usize::from(w.is(found.end, ","));
    at += usize::from(w.is(at, "at"));
    let (hour, minute, end) = time(w, at)?;
    let day = Some(Box::new(found.meaning));
    Some(Found::new(
        zone(w, end),
        Meaning::Clock { hour, minute, day },
    ))
}

/// The day behind a time, joined by a comma, "on" or nothing.
fn day_behind(w: &Words, end: usize) -> (Option<Box<Meaning>>, usize) {
    let comma = end + usize::from(w.is(end, ","));
    let at = comma + usize::from(w.is(comma, "on"));
    match day(w, at) {
        Some(found) => (Some(Box::new(found.meaning)), found.end),
        None => (None, end),
    }
}

/// Hour and minute.
fn time(w: &Words, i: usize) -> Option<(u32, u32, usize)> {
    match w.word(i) {
        // "High Noon" is a film and a moment, not an hour.
        "noon" if !w.follows(i, &["high"]) => return Some((12, 0, i + 1)),
        "midnight" => return Some((24, 0, i + 1)),
        _ => {}
    }
    let (count, value) = w.digits(i).filter(|_| w.opens(i))?;
    // "1430 GMT".
    if count == 4 && w.any(i + 1, &["gmt", "utc", "hours", "hrs"]) {
        return sound(value / 100, value % 100, i + 1);
    }
    if count > 2 {
        return None;
    }
    let (minute, end) = minutes(w, i + 1);
    if let Some((afternoon, after)) = half_of_day(w, end) {
        let hour = value % 12 + if afternoon { 12 } else { 0 };
        let fits = (1..=12).contains(&value);
        return sound(hour, minute.unwrap_or(0), after).filter(|_| fits);
    }
    if let Some(after) = clock_word(w, end) {
        return sound(value, minute.unwrap_or(0), after);
    }
    // A bare "10:30" is a time; "2:1" a result.
    let colon = w.is(i + 1, ":");
    let zoned = zone(w, end) > end;
    minute
        .filter(|_| colon || zoned)
        .and_then(|minute| sound(value, minute, end))
}

fn sound(hour: u32, minute: u32, end: usize) -> Option<(u32, u32, usize)> {
    (hour <= 24 && minute < 60).then_some((hour, minute, end))
}

/// ":30", ".30", and seconds, which are passed over.
fn minutes(w: &Words, i: usize) -> (Option<u32>, usize) {
    let pair = |at: usize| {
        let sign = w.any(at, &[":", "."]) && w.glued(at) && w.glued(at + 1);
        w.digits(at + 1).filter(|(count, _)| sign && *count == 2)
    };
    match pair(i) {
        Some((_, minute)) => {
            let end = if pair(i + 2).is_some() { i + 4 } else { i + 2 };
            (Some(minute), end)
        }
        None => (None, i),
    }
}

/// "a.m.", "pm": whether it is the afternoon.
fn half_of_day(w: &Words, i: usize) -> Option<(bool, usize)> {
    match w.word(i) {
        "am" if w.glued(i) || w.form(i) == "AM" || w.digits(i.wrapping_sub(1)).is_some() => {
            Some((false, i + 1))
        }
        "pm" => Some((true, i + 1)),
        letter @ ("a" | "p") if w.is(i + 1, ".") && w.is(i + 2, "m") => {
            let end = i + 3 + usize::from(w.is(i + 3, ".") && w.glued(i + 3));
            Some((letter == "p", end))
        }
        _ => None,
    }
}

/// "o'clock".
fn clock_word(w: &Words, i: usize) -> Option<usize> {
    let spelled = w.is(i, "o") && w.any(i + 1, &["'", "’"]) && w.is(i + 2, "clock");
    spelled.then_some(i + 3)
}

/// Behind a time zone.
fn zone(w: &Words, i: usize) -> usize {
    const ZONES: &[&str] = &[
        "gmt", "utc", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "pst", "pdt", "pt",
        "bst", "cet", "cest", "ist", "jst", "msk",
    ];
    if w.any(i, ZONES) && w.form(i).bytes().all(|b| b.is_ascii_uppercase()) {
        return i + 1;
    }
    w.phrase(i, "local time").unwrap_or(i)
}
