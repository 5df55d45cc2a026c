//! What time expressions look like. Each rule reads the words from one place on, and says where what it found ends.
//!
//! The longest reading wins; of several as long, the first in the table. Rules call others that are below them in the
//! order of this list, never themselves, so that the time for one place is bounded.

mod calendar;
mod clock;
mod duration;
mod period;
mod refs;
mod relative;
mod sets;
mod years;

use types::Modifier;

use crate::meaning::{Found, Meaning};
use crate::scan::Words;
use crate::words::Class;

pub(crate) type Rule = fn(&Words, usize) -> Option<Found>;

/// Rules that need nothing before them.
const RULES: &[Rule] = &[
    sets::set,
    modified,
    point,
    approximate,
    duration::duration,
    refs::reference,
];

/// A place in the calendar or on the clock.
const POINTS: &[Rule] = &[
    clock::dated,
    clock::part_of_day,
    day_or_longer,
    period::week_of,
];

/// A day or a longer stretch of the calendar, without a modifier.
const DAYS: &[Rule] = &[
    calendar::date,
    relative::pointed,
    relative::counted,
    relative::named,
    relative::beside,
    relative::bare_unit,
    period::quarter,
    period::half,
    period::season,
    period::decade,
    period::century,
    period::holiday,
];

/// The longest expression that begins at `i`.
pub(crate) fn expression(w: &Words, i: usize) -> Option<Found> {
    if !starts(w, i) || !w.opens(i) {
        return None;
    }
    // "the", "a", "over" and their like stand everywhere: only where a word of time follows are the rules asked.
    if matches!(w.class(i), Class::Other) && leads(w, i) && !followed(w, i) {
        return None;
    }
    longest(RULES, w, i)
}

fn longest(rules: &[Rule], w: &Words, i: usize) -> Option<Found> {
    let mut best: Option<Found> = None;
    for found in rules.iter().filter_map(|rule| rule(w, i)) {
        let longer = best.as_ref().is_none_or(|b| found.end > b.end);
        if longer && found.end > i && w.closes(found.end) {
            best = Some(found);
        }
    }
    best
}

fn point(w: &Words, i: usize) -> Option<Found> {
    longest(POINTS, w, i)
}

pub(crate) fn day_or_longer(w: &Words, i: usize) -> Option<Found> {
    longest(DAYS, w, i)
}

/// Words with which an expression can begin, apart from those that have a class. In most places none does, which is what
/// makes the finder fast.
fn starts(w: &Words, i: usize) -> bool {
    if w.class(i) != Class::Other {
        return true;
    }
    matches!(
        w.word(i),
        "the"
            | "a"
            | "an"
            | "this"
            | "last"
            | "next"
            | "that"
            | "these"
            | "past"
            | "coming"
            | "current"
            | "previous"
            | "following"
            | "same"
            | "latest"
            | "upcoming"
            | "recent"
            | "prior"
            | "preceding"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "tonight"
            | "overnight"
            | "now"
            | "nowadays"
            | "soon"
            | "currently"
            | "recently"
            | "lately"
            | "presently"
            | "shortly"
            | "future"
            | "right"
            | "at"
            | "early"
            | "earlier"
            | "late"
            | "later"
            | "mid"
            | "middle"
            | "end"
            | "beginning"
            | "start"
            | "sometime"
            | "about"
            | "around"
            | "approximately"
            | "roughly"
            | "nearly"
            | "almost"
            | "more"
            | "less"
            | "fewer"
            | "over"
            | "under"
            | "up"
            | "no"
            | "as"
            | "some"
            | "several"
            | "few"
            | "many"
            | "couple"
            | "dozens"
            | "hundreds"
            | "thousands"
            | "countless"
            | "another"
            | "half"
            | "each"
            | "every"
            | "once"
            | "twice"
            | "daily"
            | "weekly"
            | "monthly"
            | "quarterly"
            | "yearly"
            | "annually"
            | "hourly"
            | "nightly"
            | "fiscal"
            | "calendar"
            | "year"
            | "christmas"
            | "easter"
            | "thanksgiving"
            | "halloween"
            | "new"
            | "good"
            | "palm"
            | "boxing"
            | "valentine"
            | "midnight"
            | "q"
            | "fy"
            | "'"
            | "’"
            | "‘"
            | "`"
            | "half-year"
            | "yearlong"
            | "monthlong"
            | "weeklong"
            | "daylong"
            | "hourlong"
            | "decadelong"
            | "long"
            | "midsummer"
            | "midyear"
            | "midweek"
            | "ash"
            | "first-half"
            | "one-time"
            | "modern"
            | "present"
    )
}

/// Words that never are an expression by themselves.
fn leads(w: &Words, i: usize) -> bool {
    matches!(
        w.word(i),
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "last"
            | "next"
            | "these"
            | "past"
            | "coming"
            | "previous"
            | "following"
            | "same"
            | "latest"
            | "upcoming"
            | "prior"
            | "preceding"
            | "about"
            | "around"
            | "approximately"
            | "roughly"
            | "nearly"
            | "almost"
            | "more"
            | "less"
            | "fewer"
            | "over"
            | "under"
            | "up"
            | "no"
            | "as"
            | "some"
            | "several"
            | "few"
            | "many"
            | "couple"
            | "another"
            | "half"
            | "each"
            | "every"
            | "once"
            | "twice"
            | "early"
            | "earlier"
            | "late"
            | "later"
            | "mid"
            | "middle"
            | "end"
            | "beginning"
            | "start"
            | "sometime"
            | "at"
            | "right"
            | "good"
            | "new"
            | "'"
            | "’"
            | "‘"
            | "`"
    )
}

/// Whether a word that has to do with time stands among the next few.
fn followed(w: &Words, i: usize) -> bool {
    // "at least a couple of tough years" is as far as a rule looks ahead.
    const FURTHEST: usize = 6;
    const WORDS: &[&str] = &[
        "past",
        "future",
        "present",
        "moment",
        "time",
        "now",
        "recently",
        "period",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "christmas",
        "easter",
        "thanksgiving",
        "halloween",
        "year",
        "fiscal",
    ];
    (i + 1..=i + FURTHEST).any(|at| w.class(at) != Class::Other || w.any(at, WORDS))
}

/// "early March", "the end of 1990", "later this week".
fn modified(w: &Words, i: usize) -> Option<Found> {
    let (modifier, at) = prefix(w, i)?;
    let found = point(w, at)?;
    // "to get around Wednesday's ruling": no hour or year, no guess.
    let guess = modifier == Some(Modifier::Approx);
    let vague = guess
        && !matches!(
            found.meaning,
            Meaning::Clock { .. } | Meaning::Calendar { .. }
        );
    (!vague).then(|| found.with(modifier))
}

/// A modifier that stands before a point, and where the point begins.
fn prefix(w: &Words, i: usize) -> Option<(Option<Modifier>, usize)> {
    const LONG: &[(&str, Option<Modifier>)] = &[
        ("beginning of", Some(Modifier::Start)),
        ("start of", Some(Modifier::Start)),
        ("early part of", Some(Modifier::Start)),
        ("first part of", Some(Modifier::Start)),
        ("first days of", Some(Modifier::Start)),
        ("early days of", Some(Modifier::Start)),
        ("early hours of", Some(Modifier::Start)),
        ("middle of", Some(Modifier::Mid)),
        ("end of", Some(Modifier::End)),
        ("close of", Some(Modifier::End)),
        ("latter part of", Some(Modifier::End)),
        ("last days of", Some(Modifier::End)),
        ("final days of", Some(Modifier::End)),
        ("early in", Some(Modifier::Start)),
        ("earlier in", Some(Modifier::Start)),
        ("late in", Some(Modifier::End)),
        ("later in", Some(Modifier::End)),
        ("early on", Some(Modifier::Start)),
        ("earlier on", Some(Modifier::Start)),
        ("late on", Some(Modifier::End)),
        ("later on", Some(Modifier::End)),
        ("early", Some(Modifier::Start)),
        ("earlier", Some(Modifier::Start)),
        ("late", Some(Modifier::End)),
        ("later", Some(Modifier::End)),
        ("mid", Some(Modifier::Mid)),
        ("sometime in", None),
        ("sometime", None),
        ("about", Some(Modifier::Approx)),
        ("around", Some(Modifier::Approx)),
    ];
    let start = if w.is(i, "the") { i + 1 } else { i };
    let (end, modifier) = LONG
        .iter()
        .find_map(|(phrase, modifier)| Some((w.phrase(start, phrase)?, *modifier)))?;
    Some((modifier, w.past_hyphen(end)))
}

/// "nearly two years ago", "more than four hours".
fn approximate(w: &Words, i: usize) -> Option<Found> {
    const PHRASES: &[(&str, Modifier)] = &[
        ("about", Modifier::Approx),
        ("around", Modifier::Approx),
        ("approximately", Modifier::Approx),
        ("roughly", Modifier::Approx),
        ("some", Modifier::Approx),
        ("nearly", Modifier::LessThan),
        ("almost", Modifier::LessThan),
        ("less than", Modifier::LessThan),
        ("fewer than", Modifier::LessThan),
        ("under", Modifier::LessThan),
        ("no more than", Modifier::EqualOrLess),
        ("not more than", Modifier::EqualOrLess),
        ("at most", Modifier::EqualOrLess),
        ("up to", Modifier::EqualOrLess),
        ("as many as", Modifier::EqualOrLess),
        ("more than", Modifier::MoreThan),
        ("over", Modifier::MoreThan),
        ("at least", Modifier::EqualOrMore),
        ("no less than", Modifier::EqualOrMore),
        ("no fewer than", Modifier::EqualOrMore),
    ];
    let (at, modifier) = PHRASES
        .iter()
        .find_map(|(phrase, modifier)| Some((w.phrase(i, phrase)?, *modifier)))?;
    let rules: &[Rule] = &[relative::counted, duration::counted, clock::dated];
    // "over the past year" says no more than "in the past year".
    let found = longest(rules, w, at).filter(|_| !w.is(at, "the"))?;
    Some(found.with(Some(modifier)))
}
