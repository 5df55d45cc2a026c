//! How like a report and an occurrence are, and when they cannot be the same.

use types::EventType;

use super::sketch::{MOST_PLACES, Sketch};
use super::{Mention, Party, PlaceFacts};
use crate::days::Days;
use crate::words::shared;

/// The likeness from which on a report joins an occurrence: the weights below and this bound were set by hand on the
/// pairs annotated in `crates/measure/data/occurrences.tsv`; `measure occurrences` prints what they reach.
pub(crate) const SAME: f64 = 4.5;

/// How two places lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Places {
    /// The same place.
    Same,
    /// One contains the other, as far as is known.
    Within,
    /// It cannot be told.
    Unclear,
    /// They are different places.
    Apart,
}

/// Two towns no further apart than this are one place: reports name the suburb or the city. Kilometres.
const NEAR: f32 = 25.0;

/// How `a` lies to `b`.
pub(crate) fn places(a: &PlaceFacts, b: &PlaceFacts) -> Places {
    if a.id == b.id
        || a.name == b.name
            && (a.country == b.country || a.country.is_none() || b.country.is_none())
    {
        return Places::Same;
    }
    let (Some(first), Some(second)) = (&a.country, &b.country) else {
        return Places::Unclear;
    };
    if first != second {
        return Places::Apart;
    }
    match (a.level(), b.level()) {
        (0, 0) => Places::Same,
        (0, _) | (_, 0) => Places::Within,
        (1, 1) => Places::Apart,
        (1, _) | (_, 1) if a.admin1 == b.admin1 => Places::Within,
        (1, _) | (_, 1) => Places::Apart,
        _ => match (a.at, b.at) {
            (Some(here), Some(there)) if kilometres(here, there) <= NEAR => Places::Same,
            _ => Places::Apart,
        },
    }
}

/// The distance of two points on a sphere of the earth's size (haversine).
fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    const RADIUS: f32 = 6_371.0;
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |degrees: f32| (degrees.to_radians() / 2.0).sin().powi(2);
    let h = half(b.0 - a.0) + lat_a.cos() * lat_b.cos() * half(b.1 - a.1);
    2.0 * RADIUS * h.clamp(0.0, 1.0).sqrt().asin()
}

/// Whether dates or places say that these are two occurrences.
pub(crate) fn contradict(mention: &Mention, known: &Sketch) -> bool {
    let dates = match (mention.days, known.days) {
        (Some(a), Some(b)) => a.common(b).is_none(),
        _ => false,
    };
    let apart = mention.place.as_ref().is_some_and(|place| {
        let known_places = known.places.iter();
        // An occurrence remembers some places only: what none of them is could be apart from one forgotten.
        let forgotten = known.places.len() >= MOST_PLACES && !known.places.contains(place);
        forgotten
            || known_places
                .clone()
                .any(|other| places(place, other) == Places::Apart)
    });
    dates || apart
}

/// How like a report is to an occurrence of the same type: the higher the more, [`SAME`] and more for the same.
/// `None` where they contradict each other.
pub(crate) fn likeness(mention: &Mention, known: &Sketch) -> Option<f64> {
    if mention.kind != known.kind || contradict(mention, known) {
        return None;
    }
    let told_together = known.tellings.contains(&mention.telling);
    let parties = parties(mention, known)?;
    let score = parties
        + dates(mention, known)
        + place(mention, known)
        + wording(mention, known)
        + mode(mention, known)
        + figures(mention, known)
        + ahead(mention, known)
        + strangers(mention, known)
        + if told_together { TOGETHER } else { 0.0 };
    Some(score)
}

/// What is planned in one report may have happened in another, but mostly these are two things: the demand that
/// somebody leave, and that somebody left.
fn ahead(mention: &Mention, known: &Sketch) -> f64 {
    if mention.is_ahead() == known.ahead {
        0.0
    } else {
        -2.0
    }
}

/// Two stories of which neither names anybody that the other could name, nor a place: a day and a word alone are what
/// two attacks on one day share.
fn strangers(mention: &Mention, known: &Sketch) -> f64 {
    let named = |ours: &[Party], theirs: &[Party]| !ours.is_empty() && !theirs.is_empty();
    let parties = named(&mention.actors, &known.actors)
        || named(&mention.recipients, &known.recipients)
        || symmetric(mention.kind)
            && named(
                &[&mention.actors[..], &mention.recipients[..]].concat(),
                &[&known.actors[..], &known.recipients[..]].concat(),
            );
    let together = known.tellings.contains(&mention.telling);
    if parties || together || place(mention, known) > 0.0 {
        0.0
    } else {
        -1.5
    }
}

/// One story tells of few occurrences of a type between the same parties.
const TOGETHER: f64 = 1.0;

/// Types whose sides may be told either way round.
fn symmetric(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Consult | EventType::Cooperate | EventType::Agree
    )
}

/// How well the parties fit. `None` where both reports name both sides and not even the countries meet.
fn parties(mention: &Mention, known: &Sketch) -> Option<f64> {
    let straight = sides(
        &mention.actors,
        &known.actors,
        &mention.recipients,
        &known.recipients,
    );
    if !symmetric(mention.kind) {
        return straight;
    }
    let crossed = sides(
        &mention.actors,
        &known.recipients,
        &mention.recipients,
        &known.actors,
    );
    let all = |a: &[Party], b: &[Party]| -> Vec<Party> { a.iter().chain(b).cloned().collect() };
    let (ours, theirs) = (
        all(&mention.actors, &mention.recipients),
        all(&known.actors, &known.recipients),
    );
    // "A and B met" has both as actors, "A met B" one on each side.
    let together = side(&ours, &theirs).map(|score| 1.5 * score);
    [straight, crossed, together]
        .into_iter()
        .flatten()
        .max_by(f64::total_cmp)
}

fn sides(a: &[Party], b: &[Party], c: &[Party], d: &[Party]) -> Option<f64> {
    Some(side(a, b)? + side(c, d)?)
}

/// How well one side fits: the same actor, unknown, another person, somebody of the same country, or somebody else.
fn side(ours: &[Party], theirs: &[Party]) -> Option<f64> {
    const SAME_ACTOR: f64 = 2.0;
    const SAME_COUNTRY: f64 = 1.0;
    const OTHER_PERSON: f64 = -1.0;
    const OTHER: f64 = -1.5;
    if ours.is_empty() || theirs.is_empty() {
        return Some(0.0);
    }
    let any = |test: &dyn Fn(&Party, &Party) -> bool| {
        ours.iter().any(|a| theirs.iter().any(|b| test(a, b)))
    };
    if any(&|a, b| a.actor == b.actor) {
        return Some(SAME_ACTOR);
    }
    let persons = |side: &[Party]| side.iter().all(|party| party.person);
    if persons(ours) && persons(theirs) {
        return Some(OTHER_PERSON);
    }
    if any(&|a, b| a.country.is_some() && a.country == b.country) {
        return Some(SAME_COUNTRY);
    }
    // All are of known countries, and of different ones: somebody else did it.
    let resolved = |side: &[Party]| side.iter().all(|party| party.country.is_some());
    if resolved(ours) && resolved(theirs) {
        return None;
    }
    Some(OTHER)
}

/// How well the days fit; contradictions have been ruled out.
fn dates(mention: &Mention, known: &Sketch) -> f64 {
    const EXACT: i32 = 2;
    const MONTH: i32 = 31;
    match (mention.days, known.days) {
        (Some(a), Some(b)) => match a.length().max(b.length()) {
            length if length <= EXACT => 2.0,
            length if length <= MONTH => 0.0,
            _ => -0.5,
        },
        _ => published(mention, known),
    }
}

/// Where a date is missing: how far apart the reports were published, or from the date that is known. Days.
fn published(mention: &Mention, known: &Sketch) -> f64 {
    let middle = |days: Days| days.first;
    let ours = mention.days.map(middle).or(mention.published);
    let theirs = known.days.map(middle).or(known.published);
    let (Some(ours), Some(theirs)) = (ours, theirs) else {
        return 0.0;
    };
    match (ours.number() - theirs.number()).abs() {
        0..=1 => 0.5,
        2..=3 => 0.0,
        4..=7 => -0.5,
        8..=30 => -1.5,
        _ => -3.0,
    }
}

fn place(mention: &Mention, known: &Sketch) -> f64 {
    let Some(ours) = &mention.place else {
        return 0.0;
    };
    let score = |theirs: &PlaceFacts| match places(ours, theirs) {
        Places::Same if ours.level() > 0 => 1.5,
        Places::Same | Places::Within => 0.5,
        Places::Unclear => -0.5,
        Places::Apart => -2.0,
    };
    let scores = known.places.iter().map(score);
    scores.max_by(f64::total_cmp).unwrap_or(0.0)
}

/// How much the words are the same: the trigger's, and the sentence's content words as a share of the fewer.
fn wording(mention: &Mention, known: &Sketch) -> f64 {
    const TRIGGER: f64 = 1.5;
    const WORDS: f64 = 3.0;
    /// Below so many words, a share says little.
    const FEWEST: usize = 6;
    let trigger = if shared(&mention.triggers, &known.triggers) > 0 {
        TRIGGER
    } else {
        0.0
    };
    let fewer = mention.words.len().min(known.words.len()).max(FEWEST);
    trigger + WORDS * shared(&mention.words, &known.words) as f64 / fewer as f64
}

fn mode(mention: &Mention, known: &Sketch) -> f64 {
    match (&mention.mode, &known.mode) {
        (Some(a), Some(b)) if a == b => 0.5,
        (Some(_), Some(_)) => -1.5,
        _ => 0.0,
    }
}

/// The same number of the same is a strong sign; another number is none, because sources differ.
fn figures(mention: &Mention, known: &Sketch) -> f64 {
    let same = mention
        .figures
        .iter()
        .any(|figure| known.figures.contains(figure));
    if same { 1.5 } else { 0.0 }
}
