//! The table of actors.

use crate::column::{Column, day, text, whole};
use crate::row::{cell, count, once_each};

/// One row an actor of a story.
pub(crate) const COLUMNS: &[Column] = &[
    text(
        "id",
        "the actor in its story, over all stories and versions",
        |r| Some(r.id(&r.actor().id)),
    ),
    text("story", "hash of the story", |r| {
        Some(r.record.story.id.as_str().into())
    }),
    text("actor", "the actor in its record", |r| {
        Some(r.actor().id.as_str().into())
    }),
    text("version", "short name of the version that read it", |r| {
        Some(r.version.into())
    }),
    text("ref", "the giver's own name for the story", |r| {
        cell(&r.record.story.reference)
    }),
    day("published", "day of publication of the story", |r| {
        r.published()
    }),
    text(
        "name",
        "the fullest name in the story, or the state's English name",
        |r| Some(r.actor().name.as_str().into()),
    ),
    text(
        "kind",
        "person, state, organisation, group or place-as-state",
        |r| Some(r.actor().kind.as_str().into()),
    ),
    text(
        "code",
        "CAMEO actor code on the story's day; null if not resolved",
        |r| cell(&r.actor().code),
    ),
    text("country", "ISO 3166-1 alpha-3", |r| {
        cell(&r.actor().country)
    }),
    text("roles", "CAMEO role codes, the most specific last", |r| {
        once_each(r.actor().roles.iter().map(String::as_str))
    }),
    text("title", "office or description", |r| cell(&r.actor().title)),
    text("wikidata", "Wikidata's item", |r| cell(&r.actor().wikidata)),
    whole("mentions", "number of mentions in the story", |r| {
        count(r.actor().mentions.len())
    }),
];
