//! What was decided of an event.

use lexicon::List;
use types::explain::{Decision, Explanation, Item, RunnerUp};
use types::{Mode, Status, record};

use crate::assemble::rounded;
use crate::contexts::contexts;
use crate::events::{Event, needs_claim};

use super::{Marked, Teller, decision, line, status};

impl Teller<'_, '_> {
    pub(super) fn event(&self, index: usize, event: &Event) -> (Item, Explanation) {
        let coded = &self.record.events[index];
        let (roles, scores) = (&event.roles, &event.trigger.scores);
        let given = &event.trigger.roles;
        let trigger = [event.trigger.tokens.clone()];
        let trigger_score = [event.trigger.confidence];
        let of = Marked::made_of;
        let marks = [
            Marked::new("trigger", &trigger, &trigger_score),
            of("actor", &roles.actor, &given.actor, &scores.actor),
            of(
                "recipient",
                &roles.recipient,
                &given.recipient,
                &scores.recipient,
            ),
            of(
                "reporter",
                &roles.reporter,
                &given.reporter,
                &scores.reporter,
            ),
            of("place", &roles.place, &given.place, &scores.place),
        ];
        let mut decisions = vec![
            self.event_type(event, coded),
            mode(event),
            self.status(event),
        ];
        let [no_actor, no_recipient, _, no_place] = scores.passed_over;
        decisions.extend(self.parties(&marks[1], &given.actor, no_actor, &event.actor));
        decisions.extend(self.parties(&marks[2], &given.recipient, no_recipient, &event.recipient));
        decisions.extend(self.codes(event.actor.iter().chain(&event.recipient)));
        decisions.push(self.according_to(event));
        decisions.extend(self.contexts(event));
        decisions.extend(self.cameo(event, coded));
        decisions.push(self.place(&marks[4], event.head, coded, no_place));
        decisions.extend(self.gazetteer(coded));
        decisions.push(self.date(coded, &self.dates[index]));
        decisions.extend(self.quantities(coded));
        decisions.extend(self.issues(coded));
        decisions.push(confidence(event, coded));
        self.explanation(self.item(coded), &marks, decisions)
    }

    fn item(&self, coded: &record::Event) -> Item {
        let mode = coded.mode.as_ref().map(|m| format!("/{m}"));
        let parties = [self.names(&coded.actor), self.names(&coded.recipient)];
        Item {
            id: coded.id.clone(),
            kind: "event".to_owned(),
            summary: format!(
                "{}{} {}: {}",
                coded.event,
                mode.unwrap_or_default(),
                coded.status,
                parties.join(" → ")
            ),
            sentence: coded.sentence,
        }
    }

    fn event_type(&self, event: &Event, coded: &record::Event) -> Decision {
        let trigger = event.trigger;
        let second = trigger.scores.second_type;
        Decision {
            value: Some(trigger.event.as_str().to_owned()),
            label: Some(coded.quad.clone()),
            score: Some(rounded(trigger.confidence)),
            runner_up: second.map(|(event, score)| RunnerUp {
                value: event.map_or("none", |e| e.as_str()).to_owned(),
                score: rounded(score),
            }),
            words: vec![self.words(&trigger.tokens)],
            lexicon: List::Plover
                .entry(trigger.event.as_str())
                .map(line)
                .into_iter()
                .collect(),
            ..decision("triggers", "type", "head:trigger")
        }
    }

    /// The head's choice, or the rule that overruled it: then the head's choice is what came second.
    fn status(&self, event: &Event) -> Decision {
        let (trigger, verdict) = (event.trigger, &event.verdict);
        let score = |status: Status| rounded(trigger.status_scores[status as usize]);
        let value = Some(verdict.status.as_str().to_owned());
        let Some(rule) = verdict.rule else {
            return Decision {
                value,
                score: Some(score(trigger.status)),
                runner_up: second_status(event),
                ..decision("triggers", "status", "head:status")
            };
        };
        let words = status::words(self.reading, event, rule);
        let entries = words
            .iter()
            .filter_map(|t| List::StatusCues.entry(self.reading.lemma(*t)));
        Decision {
            value,
            runner_up: Some(RunnerUp {
                value: trigger.status.as_str().to_owned(),
                score: score(trigger.status),
            }),
            lexicon: entries.map(line).collect(),
            words: words.iter().map(|t| self.token(*t)).collect(),
            why: Some(status::why(rule, verdict.status).to_owned()),
            ..decision("status", "status", format!("rule:{rule}"))
        }
    }

    fn according_to(&self, event: &Event) -> Decision {
        let claim = event.claim.and_then(|c| self.claims.all.get(c));
        let source = claim.map(|c| match c.source {
            Some(actor) => self.actor_name(actor),
            None => "somebody unnamed".to_owned(),
        });
        let cue = claim.into_iter().flat_map(|c| &c.cue);
        let sound = cue.filter(|r| self.reading.is_sound(r));
        Decision {
            value: event.claim.map(|c| self.claim_ids[c].clone()),
            label: source,
            words: sound.map(|r| self.words(r)).collect(),
            why: Some(why_claimed(event.claimed_by).to_owned()),
            ..decision(
                "claims",
                "according_to",
                format!("rule:{}", event.claimed_by),
            )
        }
    }

    fn contexts(&self, event: &Event) -> Vec<Decision> {
        let found = contexts(self.reading, event.head, &event.roles.reporter).into_iter();
        let told = found.map(|(context, words)| {
            let keys = words.iter().map(|(_, key)| key);
            let mut lines: Vec<_> = keys
                .filter_map(|k| List::Contexts.entry(k))
                .map(line)
                .collect();
            lines.sort_by_key(|l| l.line);
            lines.dedup();
            Decision {
                value: Some(context.to_owned()),
                words: words.iter().map(|(w, _)| self.words(w)).collect(),
                lexicon: lines,
                ..decision("codes", "context", "lexicon:contexts.tsv")
            }
        });
        told.collect()
    }

    fn cameo(&self, event: &Event, coded: &record::Event) -> Option<Decision> {
        let found = event.cameo.as_ref()?;
        let line = List::Cameo.line(found.cameo.line).map(line);
        Some(Decision {
            value: coded.cameo.clone(),
            label: Some(format!("Goldstein {:+.1}", found.cameo.goldstein)),
            words: found.words.iter().map(|w| self.words(w)).collect(),
            lexicon: line.into_iter().collect(),
            why: Some(
                "The line that fits type, mode, status, words near the trigger and contexts best."
                    .to_owned(),
            ),
            ..decision("codes", "cameo", "lexicon:cameo.tsv")
        })
    }
}

fn mode(event: &Event) -> Decision {
    let trigger = event.trigger;
    let why = Mode::of(trigger.event)
        .is_empty()
        .then(|| format!("{} has no modes.", trigger.event.as_str()));
    let second = trigger.scores.second_mode.filter(|_| why.is_none());
    Decision {
        value: trigger.mode.map(|m| m.as_str().to_owned()),
        score: trigger.scores.mode.filter(|_| why.is_none()).map(rounded),
        runner_up: second.map(|(mode, score)| RunnerUp {
            value: mode.map_or("none", |m| m.as_str()).to_owned(),
            score: rounded(score),
        }),
        why,
        ..decision("triggers", "mode", "head:mode")
    }
}

/// The status that the head puts second; the first of equals.
fn second_status(event: &Event) -> Option<RunnerUp> {
    let scores = event.trigger.status_scores;
    let others = Status::ALL.iter().filter(|s| **s != event.trigger.status);
    let mut best: Option<(Status, f32)> = None;
    for status in others {
        let score = scores[*status as usize];
        if score > best.map_or(0.0, |(_, s)| s) {
            best = Some((*status, score));
        }
    }
    best.map(|(status, score)| RunnerUp {
        value: status.as_str().to_owned(),
        score: rounded(score),
    })
}

/// What a way of finding the claim means; the ids are those of `events::Event::claimed_by`.
fn why_claimed(by: &str) -> &'static str {
    match by {
        "claim-of-reporter" => {
            "The head names the reporter, and a claim of the reporter holds the event."
        }
        "claim-of-reporter-widened" => {
            "The head names the reporter, whose claim in this sentence was widened to the event's words."
        }
        "claim-made-for-reporter" => {
            "The head names the reporter; no attribution of the reporter holds the event, so a claim was made."
        }
        "claim-around" => "The event stands in the content of this claim, the smallest around it.",
        "cue-of-status" => "The word that decided the status is the cue of this claim.",
        "reporting-word" => {
            "The status needs somebody who says it: the verb of saying above the event tells who."
        }
        "own-act" => {
            "The claim around is by the event's own actor, or the event itself is its cue: an act, not a report."
        }
        _ => "No claim holds the event: the story says it itself.",
    }
}

fn confidence(event: &Event, coded: &record::Event) -> Decision {
    let mut why = match event.verdict.rule {
        Some(_) => "The trigger's score; the status is a rule's.".to_owned(),
        None => "The trigger's score times the status's.".to_owned(),
    };
    if needs_claim(event.verdict.status) && event.claim.is_none() {
        why.push_str(" Half of it, as nobody is known who says so.");
    }
    Decision {
        value: Some(coded.confidence.to_string()),
        why: Some(why),
        ..decision("codes", "confidence", "rule:product")
    }
}
