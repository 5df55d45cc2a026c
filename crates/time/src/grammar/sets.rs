//! What happens again and again.

use types::TimeKind;

use super::duration;
use crate::meaning::{Found, Meaning};
use crate::numbers::{Count, count};
use crate::scan::Words;
use crate::words::{Class, Unit};

/// "every day", "twice a week", "Mondays", "annually".
pub(super) fn set(w: &Words, i: usize) -> Option<Found> {
    adverb(w, i)
        .or_else(|| each(w, i))
        .or_else(|| times(w, i))
        .or_else(|| weekdays(w, i))
}

fn adverb(w: &Words, i: usize) -> Option<Found> {
    let value = match w.word(i) {
        "daily" => "P1D",
        "nightly" => "XXXX-XX-XXTNI",
        "hourly" => "PT1H",
        "weekly" => "P1W",
        "monthly" => "P1M",
        "yearly" | "annually" => "P1Y",
        _ => return None,
    };
    // "Daily News", "The Weekly": newspapers.
    let name = w.capital(i) && (w.capital(i + 1) || i > 0 && w.capital(i - 1));
    (!name).then(|| set_of(i + 1, value))
}

fn set_of(end: usize, value: impl Into<String>) -> Found {
    Found::new(end, Meaning::Fixed(TimeKind::Set, value.into()))
}

/// "every Thursday", "each year", "every other day", "every 10 minutes".
fn each(w: &Words, i: usize) -> Option<Found> {
    if !w.any(i, &["each", "every"]) {
        return None;
    }
    let at = i + 1 + usize::from(w.any(i + 1, &["single", "passing"]));
    if w.is(at, "other") {
        let (unit, _) = w.unit(at + 1)?;
        return Some(Found::new(at + 2, duration::of(Count::of(2), unit)).into_set());
    }
    if let Some((how_many, end)) = count(w, at).filter(|_| !w.any(at, &["a", "an"])) {
        let (unit, _) = w.unit(end)?;
        return Some(Found::new(end + 1, duration::of(how_many, unit)).into_set());
    }
    let value = match w.class(at) {
        Class::Unit(Unit::Weekend, false) => "XXXX-WXX-WE".to_owned(),
        Class::Unit(unit, false) => {
            return Some(Found::new(at + 1, duration::of(Count::ONE, unit)).into_set());
        }
        Class::Weekday(day, _) => format!("XXXX-WXX-{day}"),
        Class::Month(month, _) => format!("XXXX-{month:02}"),
        Class::Season(season) => format!("XXXX-{}", season.code()),
        Class::Part(part) => format!("XXXX-XX-XX{}", part.code()),
        _ => return None,
    };
    let part = w
        .part(at + 1)
        .filter(|_| matches!(w.class(at), Class::Weekday(..)));
    match part {
        Some(part) => Some(set_of(at + 2, value + part.code())),
        None => Some(set_of(at + 1, value)),
    }
}

/// "once a month", "three times per day".
fn times(w: &Words, i: usize) -> Option<Found> {
    let at = match w.word(i) {
        "once" | "twice" => i + 1,
        _ => count(w, i).filter(|(_, end)| w.is(*end, "times"))?.1 + 1,
    };
    let per = w.any(at, &["a", "an", "per", "each", "every"]);
    let (unit, plural) = w.unit(at + 1).filter(|_| per)?;
    (!plural).then(|| Found::new(at + 2, duration::of(Count::ONE, unit)).into_set())
}

/// "Mondays", "Tuesday nights".
fn weekdays(w: &Words, i: usize) -> Option<Found> {
    if let Class::Weekdays(day) = w.class(i) {
        return w
            .capital(i)
            .then(|| set_of(i + 1, format!("XXXX-WXX-{day}")));
    }
    let day = w.weekday(i)?;
    let part = w.part(i + 1).filter(|_| w.word(i + 1).ends_with('s'))?;
    Some(set_of(i + 2, format!("XXXX-WXX-{day}{}", part.code())))
}
