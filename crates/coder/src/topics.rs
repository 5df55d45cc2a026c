//! Issues and positions as the record has them.

use types::record;

use crate::claims::Claims;
use crate::events::Event;
use crate::issues::Issues;
use crate::offsets::Offsets;
use crate::positions::{Position, Says};
use crate::reading::Reading;

/// The issues that go into the record, and where parties stand on them.
pub(crate) struct Topics<'d> {
    issues: Issues<'d>,
    /// Issues of each event, by index.
    of_event: Vec<Vec<usize>>,
    pub(crate) positions: Vec<Position>,
    /// Number of each issue that is kept, from 1.
    numbers: Vec<Option<usize>>,
}

impl<'d> Topics<'d> {
    /// Keeps what parties talk about: issues in an event, a claim or a position, and those mentioned twice.
    pub(crate) fn new(
        reading: &Reading,
        claims: &Claims,
        events: &[Event],
        issues: Issues<'d>,
        positions: Vec<Position>,
    ) -> Self {
        let of_event: Vec<Vec<usize>> = events
            .iter()
            .map(|e| of_event(reading, &issues, e))
            .collect();
        let said = |head: usize| claims.innermost(head).is_some();
        let mut numbers = vec![None; issues.all.len()];
        let mut count = 0;
        for (index, issue) in issues.all.iter().enumerate() {
            let acted = of_event.iter().any(|e| e.contains(&index));
            let argued = positions.iter().any(|p| p.issue == index);
            let told = issue.mentions.iter().any(|(head, _)| said(*head));
            if acted || argued || issue.argued || told || issue.mentions.len() > 1 {
                count += 1;
                numbers[index] = Some(count);
            }
        }
        Topics {
            issues,
            of_event,
            positions,
            numbers,
        }
    }

    fn id(&self, issue: usize) -> Option<String> {
        self.numbers[issue].map(|number| format!("i{number}"))
    }

    /// Ids of an event's issues.
    pub(crate) fn of_event(&self, event: usize) -> Vec<String> {
        self.of_event[event]
            .iter()
            .filter_map(|issue| self.id(*issue))
            .collect()
    }

    pub(crate) fn issues(&self, reading: &Reading, offsets: &Offsets) -> Vec<record::Issue> {
        let kept = self
            .issues
            .all
            .iter()
            .enumerate()
            .filter_map(|(i, issue)| Some((self.id(i)?, issue)));
        kept.map(|(id, issue)| {
            let words: Vec<_> = issue
                .mentions
                .iter()
                .map(|(_, words)| words.clone())
                .collect();
            let mut mentions = offsets.ranges(reading, &words);
            mentions.dedup();
            record::Issue {
                id,
                name: issue.name.clone(),
                mentions,
            }
        })
        .collect()
    }

    /// Positions with the ids that `actors` and `claims` give.
    pub(crate) fn positions(
        &self,
        reading: &Reading,
        offsets: &Offsets,
        actors: &[Option<String>],
        claims: &[String],
    ) -> Vec<record::Position> {
        let written = self.positions.iter().filter_map(|position| {
            let ids: Option<Vec<String>> =
                position.actors.iter().map(|a| actors[*a].clone()).collect();
            let (stance, relation) = words(position.says);
            let mut position_record = record::Position {
                issue: self.id(position.issue)?,
                actor: None,
                actors: ids?,
                stance: stance.map(str::to_owned),
                relation: relation.map(str::to_owned),
                claims: position.claims.iter().map(|c| claims[*c].clone()).collect(),
                evidence: position
                    .words
                    .iter()
                    .map(|w| offsets.range(reading, &(*w..*w + 1)))
                    .collect(),
            };
            if stance.is_some() {
                position_record.actor = position_record.actors.pop();
            }
            Some(position_record)
        });
        written.collect()
    }
}

/// A stance of one actor, or a relation between several, in the record's words.
fn words(says: Says) -> (Option<&'static str>, Option<&'static str>) {
    match says {
        Says::For => (Some("for"), None),
        Says::Against => (Some("against"), None),
        Says::Neutral => (Some("neutral"), None),
        Says::Agree => (None, Some("agree")),
        Says::Disagree => (None, Some("disagree")),
    }
}

/// Issues in the clause that the trigger stands in.
fn of_event(reading: &Reading, issues: &Issues, event: &Event) -> Vec<usize> {
    let verbal = |t: &usize| matches!(reading.upos(*t), types::Upos::Verb);
    let top = reading
        .upwards(event.head)
        .take(3)
        .find(verbal)
        .unwrap_or(event.head);
    let clause = reading.subtree(top);
    issues
        .among(|head| clause.binary_search(&head).is_ok() && !event.trigger.tokens.contains(&head))
}
