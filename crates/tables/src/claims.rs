//! The table of claims.

use crate::column::{Column, real, text, whole};
use crate::of_story::{SHARED, of_story};
use crate::row::{Row, cell, count};

/// One row a claim of a story.
pub(crate) const COLUMNS: &[Column] = &of_story::<{ SHARED + OWN.len() }>(
    text("id", "the claim over all stories and versions", |r| {
        Some(r.id(&r.claim().id))
    }),
    text("claim", "the claim in its record", |r| {
        Some(r.claim().id.as_str().into())
    }),
    OWN,
);

const OWN: &[Column] = &[
    text(
        "source",
        "who says so: an actor's name, or the words; null where the text names nobody",
        |r| r.source(r.claim()),
    ),
    text("source_code", "CAMEO code of the source", |r| {
        cell(&r.source_actor(r.claim())?.code)
    }),
    text(
        "source_country",
        "country of the source, ISO 3166-1 alpha-3",
        |r| cell(&r.source_actor(r.claim())?.country),
    ),
    text(
        "source_id",
        "id of the source in the table of actors",
        |r| r.source_actor(r.claim()).map(|a| r.id(&a.id)),
    ),
    text(
        "stance",
        "assert, deny, accuse, promise, threaten, demand, ask, acknowledge, doubt, believe or intend",
        |r| Some(r.claim().stance.as_str().into()),
    ),
    text("manner", "direct, indirect or mixed", |r| {
        Some(r.claim().manner.as_str().into())
    }),
    text("cue", "the words that say that it is said", |r| {
        r.words_at(&r.claim().cue)
    }),
    text("content", "what is said", |r| {
        r.words_at(&r.claim().content)
    }),
    text("addressee", "name of the actor who is spoken to", |r| {
        r.actor_of(r.claim().addressee.as_deref()?)
            .map(|a| a.name.as_str().into())
    }),
    text(
        "inside",
        "id of the claim that this one is quoted in",
        |r| r.claim().inside.as_deref().map(|c| r.id(c)),
    ),
    whole(
        "sentence",
        "number of the cue's sentence in the story, from 0",
        |r| sentence(r).and_then(count),
    ),
    text("evidence", "that sentence", |r| r.sentence(sentence(r)?)),
    real("confidence", "0 to 1", |r| Some(r.claim().confidence)),
];

fn sentence(row: &Row<'_>) -> Option<usize> {
    let claim = row.claim();
    let [start, _] = claim.cue.first().or(claim.content.first())?;
    row.sentence_of(*start)
}
