//! How a record came to be, told for each event and claim: what was decided, by which head, rule or line of the lexicon.
//!
//! In reading order: this file lists events and claims; `events` and `claims` tell the decisions of each; `status` the
//! words that a rule of status went by; `actors` how words became an actor, and `codes` how the actor got its code;
//! `places` where it was, `details` what else the record has, and `trees` shows sentences. *Invariant: nothing here decides; what the coder does not keep is looked up again by the
//! coder's own functions, or not told.*

mod actors;
mod claims;
mod codes;
mod details;
mod events;
mod places;
mod status;
mod trees;

use lexicon::Entry;
use types::TokenRange;
use types::explain::{
    Decision, Explained, Explanation, Item, Line, Mark, SCHEMA, StoryName, Words,
};
use types::record::Record;

use crate::assemble::{actor_ids, claim_ids, rounded};
use crate::cast::Cast;
use crate::claims::Claims;
use crate::dates::Dating;
use crate::events::Event;
use crate::offsets::Offsets;
use crate::reading::Reading;
use crate::topics::Topics;

/// A story that was coded, with all that telling needs.
struct Teller<'t, 'd> {
    reading: &'t Reading<'d>,
    cast: &'t Cast<'d>,
    claims: &'t Claims,
    offsets: Offsets<'d>,
    /// The record's ids by index, as the record has them.
    actor_ids: Vec<Option<String>>,
    claim_ids: Vec<String>,
    /// Dates of the events, in their order.
    dates: &'t [Dating],
    record: &'t Record,
}

/// Explains every event and claim of `record`, which was made of the other arguments.
pub(crate) fn explained(
    reading: &Reading,
    cast: &Cast,
    claims: &Claims,
    events: &[Event],
    topics: &Topics,
    dates: &[Dating],
    record: &Record,
) -> Explained {
    let teller = Teller {
        reading,
        cast,
        claims,
        offsets: Offsets::new(&reading.document.story.text),
        actor_ids: actor_ids(cast, claims, events, topics),
        claim_ids: claim_ids(claims),
        dates,
        record,
    };
    let told = events.iter().enumerate().map(|(i, e)| teller.event(i, e));
    let in_order = record.claims.iter().filter_map(|claim| {
        let index = teller.claim_ids.iter().position(|id| *id == claim.id)?;
        Some(teller.claim(index, claim))
    });
    let (items, explanations) = told.chain(in_order).unzip();
    let story = &record.story;
    Explained {
        schema: SCHEMA,
        story: StoryName {
            id: story.id.clone(),
            reference: story.reference.clone(),
            headline: story.headline.clone(),
            published: story.published.clone(),
        },
        items,
        explanations,
        provenance: record.provenance.clone(),
    }
}

/// Stretches of one part with the head's score of each, where a head gave them.
struct Marked<'m> {
    part: &'static str,
    ranges: &'m [TokenRange],
    scores: Vec<Option<f32>>,
}

impl<'m> Marked<'m> {
    /// `ranges` with their scores as the head gave them, of which there may be fewer.
    fn new(part: &'static str, ranges: &'m [TokenRange], scores: &[f32]) -> Self {
        Marked {
            part,
            ranges,
            scores: scores.iter().copied().map(Some).collect(),
        }
    }

    /// `ranges` that a rule made of the head's own, `given`; those that it left as they were have the head's scores.
    fn made_of(
        part: &'static str,
        ranges: &'m [TokenRange],
        given: &[TokenRange],
        scores: &[f32],
    ) -> Self {
        let score = |range| scores.get(given.iter().position(|g| g == range)?).copied();
        Marked {
            part,
            ranges,
            scores: ranges.iter().map(score).collect(),
        }
    }

    /// The head's score of one stretch.
    fn score(&self, index: usize) -> Option<f64> {
        self.scores.get(index).copied().flatten().map(rounded)
    }
}

impl Teller<'_, '_> {
    fn explanation(
        &self,
        item: Item,
        marked: &[Marked],
        decisions: Vec<Decision>,
    ) -> (Item, Explanation) {
        let told = Explanation {
            id: item.id.clone(),
            kind: item.kind.clone(),
            summary: item.summary.clone(),
            sentences: self.sentences(marked),
            marks: self.marks(marked),
            decisions,
        };
        (item, told)
    }

    fn marks(&self, marked: &[Marked]) -> Vec<Mark> {
        let mut marks = Vec::new();
        for part in marked {
            for (index, range) in part.ranges.iter().enumerate() {
                if !self.reading.is_sound(range) {
                    continue;
                }
                let found = self.words(range);
                marks.push(Mark {
                    part: part.part.to_owned(),
                    start: found.start,
                    end: found.end,
                    words: found.words,
                    score: part.score(index),
                });
            }
        }
        // Larger stretches first, so that a reader meets the content before the source inside of it.
        marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        marks
    }

    /// The words of a sound range.
    fn words(&self, range: &TokenRange) -> Words {
        let [start, end] = self.offsets.range(self.reading, range);
        Words {
            start,
            end,
            words: self.reading.document.words(range).to_owned(),
        }
    }

    fn token(&self, token: usize) -> Words {
        self.words(&(token..token + 1))
    }

    fn actor_id(&self, actor: usize) -> Option<String> {
        self.actor_ids.get(actor)?.clone()
    }

    fn actor_name(&self, actor: usize) -> String {
        self.cast.actors[actor].name.clone()
    }

    /// Names of actors by their ids in the record, joined by commas; `-` for nobody.
    fn names(&self, ids: &[String]) -> String {
        let name = |id: &String| {
            let actor = self.record.actors.iter().find(|a| a.id == *id);
            actor.map(|a| a.name.clone())
        };
        let names: Vec<String> = ids.iter().filter_map(name).collect();
        if names.is_empty() {
            "-".to_owned()
        } else {
            names.join(", ")
        }
    }
}

/// A decision for `field`, made by `by`, with nothing else told yet.
fn decision(stage: &str, field: &str, by: impl Into<String>) -> Decision {
    Decision {
        stage: stage.to_owned(),
        field: field.to_owned(),
        by: by.into(),
        ..Decision::default()
    }
}

fn line(entry: Entry) -> Line {
    Line {
        file: entry.file.to_owned(),
        line: entry.line,
        entry: entry.text.to_owned(),
    }
}
