//! An event as its date is looked for.

use types::{EventType, Status, Upos};

use super::Dater;
use super::stretches::Stretch;
use crate::events::Event;

/// An event with what its facts ask for.
pub(super) struct Seen<'c> {
    pub(super) dater: &'c Dater<'c, 'c>,
    pub(super) event: &'c Event<'c>,
    pub(super) sentence: usize,
    /// Stretches that its sentence names.
    pub(super) here: usize,
}

impl<'c> Seen<'c> {
    pub(super) fn new(dater: &'c Dater<'c, 'c>, event: &'c Event<'c>) -> Self {
        let sentence = dater.reading.sentence(event.head);
        let all = dater.stretches(event);
        let named = |s: &&Stretch| s.namings.iter().any(|n| n.sentence == sentence);
        Seen {
            dater,
            event,
            sentence,
            here: all.iter().filter(named).count(),
        }
    }

    pub(super) fn is(&self, kind: EventType) -> bool {
        self.event.trigger.event == kind
    }

    pub(super) fn status(&self, status: Status) -> bool {
        self.event.verdict.status == status
    }

    pub(super) fn verb(&self) -> bool {
        self.dater.reading.upos(self.event.head) == Upos::Verb
    }

    pub(super) fn feature(&self, feature: &str) -> bool {
        self.dater.reading.feature(self.event.head, feature)
    }

    pub(super) fn auxiliary(&self, words: &[&str]) -> bool {
        let reading = self.dater.reading;
        let mut found = reading.related(self.event.head, &["aux"]);
        found.any(|t| reading.lemma_is(t, words))
    }

    pub(super) fn determined(&self) -> bool {
        let reading = self.dater.reading;
        let mut found = reading.related(self.event.head, &["det", "nmod"]);
        found.any(|t| {
            reading.lemma_is(t, &["the", "this", "that"]) || reading.full_relation(t) == "nmod:poss"
        })
    }
}
