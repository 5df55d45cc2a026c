//! Who holds a position: the parties of its words, states in place of their officials.

use types::EventType;

use super::{Finder, REACH};
use crate::draft::Kind;
use crate::subjects::understood_subject;

/// Words for whoever met or spoke before.
const VAGUE: &[&str] = &[
    "they",
    "side",
    "party",
    "both",
    "leader",
    "country",
    "nation",
    "government",
];

impl Finder<'_, '_> {
    /// Parties that a preposition joins to the word: "differences between A and B", "agree with B".
    pub(super) fn joined(&self, word: usize) -> Vec<usize> {
        let reading = self.reading;
        let with = |t: usize| reading.has_case(t, &["between", "among", "with"]);
        let joined: Vec<usize> = reading
            .related(word, &["nmod", "obl"])
            .filter(|t| with(*t))
            .collect();
        let found: Vec<usize> = joined.into_iter().flat_map(|t| self.party(t)).collect();
        self.principals(&found)
    }

    /// Who does what the verb says.
    pub(super) fn subjects(&self, verb: usize) -> Vec<usize> {
        let subject = understood_subject(self.reading, verb);
        subject.map_or(Vec::new(), |s| self.party(s))
    }

    /// The actors that the phrase around `head` names; whoever met last, where it only says "they" or "both sides".
    pub(super) fn party(&self, head: usize) -> Vec<usize> {
        let reading = self.reading;
        let mut range = reading.noun_phrase(head);
        for other in reading.related(head, &["conj"]) {
            let phrase = reading.noun_phrase(other);
            range = range.start.min(phrase.start)..range.end.max(phrase.end);
        }
        if let Some(end) = self.joined_name(range.end) {
            range.end = end;
        }
        let found = self.cast.parties(reading, &range);
        let many = reading.lemma_is(head, &["they", "both"]) || reading.is_plural(head);
        let vague = many && reading.lemma_is(head, VAGUE) && found.len() < 2;
        let unnamed = || found.iter().all(|a| self.is_vague(*a));
        if vague && unnamed() {
            self.last_met(head).unwrap_or_default()
        } else {
            found
        }
    }

    /// Where the name behind an "and" at `at` ends: in headlines the tree often hangs the second of two names elsewhere.
    pub(super) fn joined_name(&self, at: usize) -> Option<usize> {
        let document = self.reading.document;
        let and = at < document.tokens.len() && self.reading.form(at).eq_ignore_ascii_case("and");
        let mut names = document.names.iter();
        let name = names.find(|n| and && n.tokens.start == at + 1)?;
        let same = self.reading.is_sound(&name.tokens)
            && self.reading.sentence(at) == self.reading.sentence(name.tokens.end - 1);
        // "France and Germany's plan" names one party before the "and".
        let owner = || {
            self.reading
                .has_case(name.tokens.end - 1, &["'s", "’s", "'", "’"])
        };
        (same && !owner()).then_some(name.tokens.end)
    }

    /// Whether an actor is nobody in particular: "the two sides".
    pub(super) fn is_vague(&self, actor: usize) -> bool {
        let draft = &self.cast.actors[actor];
        let last = draft.name.rsplit(' ').next().unwrap_or_default();
        !draft.named
            && [
                "sides",
                "parties",
                "both",
                "leaders",
                "countries",
                "nations",
                "governments",
            ]
            .contains(&last)
    }

    /// Everybody in the last meeting or agreement of two parties or more before `token`.
    pub(super) fn last_met(&self, token: usize) -> Option<Vec<usize>> {
        let here = self.reading.sentence(token);
        let met = self.events.iter().rev().filter(|e| {
            let near = e.head < token && here - self.reading.sentence(e.head) <= REACH;
            let kind = matches!(
                e.trigger.event,
                EventType::Consult | EventType::Agree | EventType::Cooperate
            );
            near && kind && !e.actor.iter().any(|a| self.is_vague(*a))
        });
        let everybody = met.map(|e| {
            e.actor
                .iter()
                .chain(&e.recipient)
                .copied()
                .collect::<Vec<_>>()
        });
        everybody
            .into_iter()
            .find(|all| self.principals(all).len() >= 2)
    }

    /// States in place of their officials; each actor once, in order of number.
    pub(super) fn principals(&self, actors: &[usize]) -> Vec<usize> {
        let mut all: Vec<usize> = actors.iter().map(|a| self.principal(*a)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    pub(super) fn principal(&self, actor: usize) -> usize {
        let draft = &self.cast.actors[actor];
        let official = draft.kind != Kind::State && draft.roles.contains(&"GOV");
        let state = |d: &crate::draft::Draft| {
            d.kind == Kind::State && d.country == draft.country && !d.mentions.is_empty()
        };
        let found = || self.cast.actors.iter().position(state);
        draft
            .country
            .filter(|_| official)
            .and_then(|_| found())
            .unwrap_or(actor)
    }
}
