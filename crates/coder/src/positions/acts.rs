//! What acts tell of where parties stand: who endorses or rejects a thing, who accuses another over it.

use lexicon::Leaning;
use types::{EventType, Status, Upos};

use super::stances;
use super::{Finder, Position, Says};
use crate::events::Event;

impl Finder<'_, '_> {
    /// Where the parties of an act that was done stand on the issues that it is about.
    pub(super) fn by_event(&self, event: &Event) -> Vec<Position> {
        if event.verdict.status != Status::Actual {
            return Vec::new();
        }
        let mut found = self.sides(event);
        found.extend(self.differing(event));
        found
    }

    /// An act that takes a side on its object: "endorsed the plan", "marched against the law".
    fn sides(&self, event: &Event) -> Vec<Position> {
        let reading = self.reading;
        let objects: (&[&str], &[&str]) = (&["obj", "nsubj:pass"], &[]);
        let (leaning, (relations, cases)) = match event.trigger.event {
            EventType::Support => (Leaning::For, objects),
            EventType::Reject => (Leaning::Against, objects),
            EventType::Accuse if disapproves(event) => (
                Leaning::Against,
                (objects.0, &["for", "over", "at", "of"][..]),
            ),
            EventType::Protest => (Leaning::Against, (&[][..], &["against", "over", "at"][..])),
            EventType::Request => (Leaning::For, (&[][..], &["for"][..])),
            _ => return Vec::new(),
        };
        let about = |t: usize| {
            let full = reading.full_relation(t);
            let joined =
                matches!(reading.relation(t), "obl" | "nmod") && reading.has_case(t, cases);
            relations.contains(&full) && reading.upos(event.head) == Upos::Verb || joined
        };
        let things = stances::things(reading, event.head, about);
        self.stances(&event.actor, &things, event.head, |ended| {
            stances::says(leaning, false, ended)
        })
    }

    /// Who accuses another over an issue, or rejects what the other wants of it, differs with them on it; parties that have
    /// agreed on it agree.
    fn differing(&self, event: &Event) -> Vec<Position> {
        let says = match event.trigger.event {
            EventType::Accuse | EventType::Reject => Says::Disagree,
            EventType::Agree => Says::Agree,
            _ => return Vec::new(),
        };
        // Whom a promise is made to need not want it, and who complains of "some" differs with nobody in particular.
        let others: &[usize] = match says {
            Says::Agree => &[],
            _ => &event.recipient,
        };
        let (own, others) = (self.named(&event.actor), self.named(others));
        let two = says == Says::Agree || !own.is_empty() && !others.is_empty();
        let actors = self.principals(&[own, others].concat());
        if actors.len() < 2 || !two {
            return Vec::new();
        }
        let clause = self.reading.subtree(event.head);
        let about = |head: usize| head != event.head && clause.binary_search(&head).is_ok();
        let issues = self.issues.among(about).into_iter();
        issues
            .map(|issue| self.position(issue, actors.clone(), says, event.head))
            .collect()
    }

    fn named(&self, actors: &[usize]) -> Vec<usize> {
        let named = |a: &usize| self.cast.actors[*a].named;
        actors.iter().copied().filter(named).collect()
    }
}

/// Criticism, and no charge in court or investigation.
fn disapproves(event: &Event) -> bool {
    event
        .trigger
        .mode
        .is_some_and(|mode| mode.as_str() == "disapprove")
}
