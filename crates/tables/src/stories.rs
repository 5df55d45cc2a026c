//! The table of stories.

use crate::column::{Column, day, text, whole};
use crate::row::{cell, count};

/// One row a story that was read.
pub(crate) const COLUMNS: &[Column] = &[
    text(
        "story",
        "hash of the text: the same text has the same one everywhere",
        |r| Some(r.record.story.id.as_str().into()),
    ),
    text(
        "version",
        "short name of the version of program, model and lexicon that read it",
        |r| Some(r.version.into()),
    ),
    text(
        "ref",
        "the giver's own name for it: a file name, an id, WARC file and offset",
        |r| cell(&r.record.story.reference),
    ),
    text("url", "address", |r| cell(&r.record.story.url)),
    text("publisher", "the outlet", |r| {
        cell(&r.record.story.publisher)
    }),
    day(
        "published",
        "day of publication; null where neither giver nor text say",
        |r| r.published(),
    ),
    text("headline", "headline", |r| cell(&r.record.story.headline)),
    text("byline", "author line", |r| cell(&r.record.story.byline)),
    text("section", "rubric", |r| cell(&r.record.story.section)),
    text(
        "language",
        "ISO 639-1; null where there is too little text to tell",
        |r| cell(&r.record.story.language),
    ),
    whole("characters", "length of the text in code points", |r| {
        count(r.record.story.text.chars().count())
    }),
    whole("sentences", "number of sentences", |r| {
        count(r.record.sentences.len())
    }),
    whole("events", "number of events", |r| {
        count(r.record.events.len())
    }),
    whole("claims", "number of claims", |r| {
        count(r.record.claims.len())
    }),
    whole("actors", "number of actors", |r| {
        count(r.record.actors.len())
    }),
    whole("problems", "number of problems", |r| {
        count(r.record.problems.len())
    }),
    text("program", "the program and its version", |r| {
        Some(r.record.provenance.program.as_str().into())
    }),
    text("model", "digest of the weights", |r| {
        Some(r.record.provenance.model.as_str().into())
    }),
    text("lexicon", "version of the lexicon", |r| {
        Some(r.record.provenance.lexicon.as_str().into())
    }),
    text(
        "record",
        "the whole record as JSON (docs/record.schema.json), as `rapporteur read --format jsonl` writes it",
        |r| Some(r.json.into()),
    ),
];
