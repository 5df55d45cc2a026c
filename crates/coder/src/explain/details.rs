//! What the record has of an event or claim besides: names, quantities, issues, positions, date. Told from the record
//! itself, so that it stays true whichever stage filled it.

use types::TokenRange;
use types::explain::{Decision, RunnerUp, Words};
use types::record::{self, Offsets};

use crate::assemble::rounded;
use crate::dates::Dating;

use super::{Teller, decision};

impl Teller<'_, '_> {
    /// The names that `range` shares a token with, as the head gave them.
    pub(super) fn names_in(&self, range: &TokenRange) -> Vec<Decision> {
        let names = self.reading.document.names.iter();
        let here = names.filter(|n| {
            self.reading.is_sound(&n.tokens)
                && n.tokens.start < range.end
                && range.start < n.tokens.end
        });
        here.map(|name| Decision {
            value: Some(name.kind.as_str().to_owned()),
            score: Some(rounded(name.confidence)),
            runner_up: name.second.map(|(kind, score)| RunnerUp {
                value: kind.map_or("none", |k| k.as_str()).to_owned(),
                score: rounded(score),
            }),
            words: vec![self.words(&name.tokens)],
            ..decision("names", "name", "head:names")
        })
        .collect()
    }

    pub(super) fn quantities(&self, coded: &record::Event) -> Vec<Decision> {
        let counted = coded.quantities.iter();
        let found = counted.filter_map(|q| self.record.quantities.get(*q));
        found
            .map(|quantity| Decision {
                value: quantity.value.map(|v| v.to_string()),
                label: Some(format!("{} {}", quantity.bound, quantity.what)),
                words: vec![self.stretch([quantity.start, quantity.end])],
                why: Some(
                    "It stands in a party of the event, or counts what its verb did.".to_owned(),
                ),
                ..decision("quantities", "quantity", "rule:quantity-of-event")
            })
            .collect()
    }

    /// The issues of an event, with their mentions in its sentence.
    pub(super) fn issues(&self, coded: &record::Event) -> Vec<Decision> {
        let sentence = self.record.sentences.get(coded.sentence);
        let inside = |m: &&Offsets| sentence.is_some_and(|s| s.start <= m[0] && m[1] <= s.end);
        let issues = self.record.issues.iter();
        let own = issues.filter(|issue| coded.issues.contains(&issue.id));
        own.map(|issue| Decision {
            value: Some(issue.id.clone()),
            label: Some(issue.name.clone()),
            words: issue
                .mentions
                .iter()
                .filter(inside)
                .map(|m| self.stretch(*m))
                .collect(),
            why: Some("The event's clause mentions it.".to_owned()),
            ..decision("positions", "issue", "rule:issue-in-clause")
        })
        .collect()
    }

    /// The positions that cite a claim.
    pub(super) fn positions(&self, claim: &record::Claim) -> Vec<Decision> {
        let positions = self.record.positions.iter();
        let citing = positions.filter(|p| p.claims.contains(&claim.id));
        citing
            .map(|position| {
                let issue = self.record.issues.iter().find(|i| i.id == position.issue);
                let holders: Vec<String> = position
                    .actor
                    .iter()
                    .chain(&position.actors)
                    .cloned()
                    .collect();
                let name = issue.map_or("", |i| i.name.as_str());
                Decision {
                    value: position
                        .stance
                        .clone()
                        .or_else(|| position.relation.clone()),
                    label: Some(format!("{} on {name}", self.names(&holders))),
                    words: position.evidence.iter().map(|e| self.stretch(*e)).collect(),
                    why: Some("The words say where the parties stand.".to_owned()),
                    ..decision("positions", "position", "rule:position-in-claim")
                }
            })
            .collect()
    }

    /// The words between two offsets of the record.
    fn stretch(&self, [start, end]: Offsets) -> Words {
        let letters = self.record.story.text.chars();
        Words {
            start,
            end,
            words: letters
                .skip(start)
                .take(end.saturating_sub(start))
                .collect(),
        }
    }

    /// The date as the record has it, by the rule that stands in the event's `rule` behind `date:`, with the stretch of the
    /// calendar that came second.
    pub(super) fn date(&self, coded: &record::Event, dating: &Dating) -> Decision {
        let date = &coded.date;
        let value = match (&date.first, &date.last) {
            (Some(first), Some(last)) if first != last => Some(format!("{first}/{last}")),
            (first, _) => first.clone(),
        };
        let (second, odds) = &dating.second;
        let second = match second {
            None if value.is_none() => None,
            None => Some("none".to_owned()),
            Some(period) if period.first == period.last => Some(period.first.clone()),
            Some(period) => Some(format!("{}/{}", period.first, period.last)),
        };
        let rule = coded.rule.split('+').find_map(|r| r.strip_prefix("date:"));
        let time = date.time.and_then(|t| self.record.times.get(t));
        Decision {
            value,
            label: time.and_then(|t| Some(format!("{} {}", t.kind, t.value.as_ref()?))),
            words: time
                .map(|t| self.stretch([t.start, t.end]))
                .into_iter()
                .collect(),
            why: date.why.clone(),
            score: Some(rounded(dating.odds)),
            runner_up: second.map(|value| RunnerUp {
                value,
                score: rounded(*odds),
            }),
            ..decision(
                "times",
                "date",
                format!("rule:{}", rule.unwrap_or("no-date")),
            )
        }
    }
}
