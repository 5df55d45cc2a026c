//! What acts tell of where parties stand: who endorses or rejects a thing, who accuses another over it.

use lexicon::Leaning;
use types::{EventType, Mode, Status, Upos};

use super::stances;
use super::{Finder, Position, Says};
use crate::events::Event;
use crate::reading::Reading;
use crate::status::is_negated;

impl Finder<'_, '_> {
    /// Where the parties of an act that was done stand on the issues that it is about.
    pub(super) fn by_event(&self, event: &Event) -> Vec<Position> {
        if event.verdict.status != Status::Actual || !self.is_own(event) {
            return Vec::new();
        }
        let mut found = self.sides(event);
        found.extend(self.differing(event));
        found
    }

    /// Whether the event's actor is who does what its verb says: where a refusal blocks peace, nobody is against peace.
    fn is_own(&self, event: &Event) -> bool {
        let reading = self.reading;
        let mut subjects = reading.related(event.head, &["nsubj"]);
        let active = subjects.find(|t| reading.full_relation(*t) != "nsubj:pass");
        active.is_none_or(|t| {
            let relative = reading.lemma_is(t, &["who", "which", "that"]);
            let parties = || self.party(t);
            relative || parties().iter().any(|p| event.actor.contains(p))
        })
    }

    /// An act that takes a side on its object: "endorsed the plan", "marched against the law".
    fn sides(&self, event: &Event) -> Vec<Position> {
        let reading = self.reading;
        if is_negated(reading, event.head) {
            return Vec::new();
        }
        let objects: (&[&str], &[&str]) = (&["obj", "nsubj:pass"], &[]);
        let (leaning, (relations, cases)) = match event.trigger.event {
            EventType::Support => (Leaning::For, objects),
            EventType::Reject => (Leaning::Against, objects),
            EventType::Accuse if disapproves(event) => {
                (Leaning::Against, (objects.0, &["for", "at", "of"][..]))
            }
            EventType::Protest if !supports(self.reading, event) => {
                (Leaning::Against, (&[][..], &["against", "over"][..]))
            }
            EventType::Request => (Leaning::For, (&[][..], &["for"][..])),
            _ => return Vec::new(),
        };
        let about = |t: usize| {
            let full = reading.full_relation(t);
            // Who blames another for breaking a truce is not against the truce.
            let joined = matches!(reading.relation(t), "obl" | "nmod")
                && reading.upos(t) != Upos::Verb
                && reading.has_case(t, cases);
            let wanted = event.trigger.event == EventType::Request
                && ["xcomp", "ccomp"].contains(&full)
                && stances::takes_side(reading, t);
            relations.contains(&full) && reading.upos(event.head) == Upos::Verb || joined || wanted
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
            EventType::Accuse if investigates(event) => return Vec::new(),
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
        let issues = match says {
            Says::Agree => self.agreed(event),
            _ => self.charged(event),
        };
        issues
            .into_iter()
            .map(|issue| self.position(issue, actors.clone(), says, event.head))
            .collect()
    }

    /// What parties have agreed on: the issues in the clause. That they will talk is no position.
    fn agreed(&self, event: &Event) -> Vec<usize> {
        let clause = self.reading.subtree(event.head);
        let about = |head: usize| head != event.head && clause.binary_search(&head).is_ok();
        let mut issues = self.issues.among(about);
        issues.retain(|i| !self.issues.all[*i].is_meeting());
        issues
    }

    /// What a charge or refusal is about: its object, or what it is made over; not all that is said with it.
    fn charged(&self, event: &Event) -> Vec<usize> {
        const OVER: &[&str] = &["about", "for", "of", "on", "over"];
        let reading = self.reading;
        let about = |t: usize| match reading.relation(t) {
            "obj" | "xcomp" => true,
            "nsubj" => reading.full_relation(t) == "nsubj:pass",
            "obl" | "nmod" => reading.has_case(t, OVER),
            "advcl" => reading
                .related(t, &["mark"])
                .any(|m| reading.lemma_is(m, &["of", "for"])),
            _ => false,
        };
        let things = stances::things(reading, event.head, about);
        let issues = self.issues_of(&things).into_iter();
        issues.map(|(issue, _)| issue).collect()
    }

    fn named(&self, actors: &[usize]) -> Vec<usize> {
        let named = |a: &usize| self.cast.actors[*a].named;
        actors.iter().copied().filter(named).collect()
    }
}

/// Criticism, and no charge in court or investigation.
fn disapproves(event: &Event) -> bool {
    event.trigger.mode == Some(Mode::Disapprove)
}

fn investigates(event: &Event) -> bool {
    event.trigger.mode == Some(Mode::Investigate)
}

/// A rally in support of somebody is against nothing that its words name.
fn supports(reading: &Reading, event: &Event) -> bool {
    let below = reading.subtree(event.head);
    let support = |t: &usize| reading.lemma_is(*t, &["support", "favor", "favour", "solidarity"]);
    below.iter().any(support)
}
