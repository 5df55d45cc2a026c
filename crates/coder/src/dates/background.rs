//! Events that lie before the news: the days that the story tells of are not theirs, whatever the odds.

use types::Status;

use super::Dater;
use super::seen::Seen;
use super::stretches::{Naming, Stretch};
use crate::events::Event;
use crate::reading::Reading;

/// Days back from the publication that what has happened "since" another event belongs to: that other one lies before them.
const NEWS: i64 = 7;

/// Most steps up the tree to what an event is part of.
const MOST: usize = 6;

/// What the story says of an event's distance.
pub(super) struct Background {
    /// The "since" that it stands behind: "their first meeting since the annexation".
    since: Option<usize>,
    /// An expression of its own says that it is past, and no more: "recently killed", "several months ago". Or it is something
    /// that is not expected: "no offensive is possible".
    dayless: bool,
}

impl Background {
    pub(super) fn of(dater: &Dater, event: &Event) -> Self {
        Background {
            since: since(dater.reading, event.head),
            dayless: is_vague(dater, event) || is_unexpected(dater.reading, event),
        }
    }

    /// Whether a stretch that the tree does not give to the event cannot be its date. What is named behind the same "since"
    /// can be, and of an event without a day what its sentence names.
    pub(super) fn bars(&self, seen: &Seen, stretch: &Stretch) -> bool {
        let named = |least: usize| {
            let here = |n: &&Naming| n.sentence == seen.sentence;
            let mut namings = stretch.namings.iter().filter(here);
            namings.any(|n| n.head >= least)
        };
        let news = stretch.age.is_some_and(|age| age < NEWS);
        self.dayless && !named(0) || self.since.is_some_and(|since| news && !named(since))
    }
}

/// Whether an expression of its own tells no more of an event than that it is past: "recently killed". A "recent attack" may
/// well be the one whose day the story names.
fn is_vague(dater: &Dater, event: &Event) -> bool {
    let reading = dater.reading;
    let past = |value: Option<&str>| value == Some("PAST_REF");
    let expression = dater.own_expression(event, past);
    expression.is_some_and(|naming| {
        reading.head(naming.head) == Some(event.head) && reading.relation(naming.head) != "amod"
    })
}

/// Whether a sentence says of the event that it is not to come.
fn is_unexpected(reading: &Reading, event: &Event) -> bool {
    let above = reading
        .head(event.head)
        .filter(|_| reading.is_subject(event.head));
    let open = |word: usize| {
        reading.lemma_is(
            word,
            &["possible", "likely", "imminent", "impossible", "unlikely"],
        )
    };
    event.verdict.status == Status::Negated && above.is_some_and(open)
}

/// The "since" right before the words of `head` or before what they are part of; where the tree hangs it on what precedes, its
/// place counts.
fn since(reading: &Reading, head: usize) -> Option<usize> {
    let since = |word: &usize| reading.lemma_is(*word, &["since"]);
    let opens = |word: usize| {
        let mut marks = reading.related(word, &["case", "mark"]);
        let first = leftmost(reading, word);
        let same = |other: &usize| reading.sentence(*other) == reading.sentence(word);
        let before = first.checked_sub(1).filter(same).filter(since);
        before.or_else(|| marks.find(|mark| *mark < word && since(mark)))
    };
    reading.upwards(head).take(MOST).find_map(opens)
}

/// The first word of what hangs on `word`.
fn leftmost(reading: &Reading, mut word: usize) -> usize {
    while let Some(first) = reading.children(word).first().filter(|c| **c < word) {
        word = *first;
    }
    word
}
