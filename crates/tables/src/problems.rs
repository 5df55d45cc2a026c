//! The table of problems.

use crate::column::{Column, day, text, whole};
use crate::row::{cell, count};

/// One row a problem: of a story that was read, or of a document that gave none.
pub(crate) const COLUMNS: &[Column] = &[
    text(
        "story",
        "hash of the story; null where the document gave none",
        |r| {
            Some(r.record.story.id.as_str().into())
                .filter(|id: &std::borrow::Cow<str>| !id.is_empty())
        },
    ),
    text("version", "short name of the version that read it", |r| {
        Some(r.version.into()).filter(|v: &std::borrow::Cow<str>| !v.is_empty())
    }),
    text(
        "ref",
        "the giver's own name for the document: a file name, an id, WARC file and offset",
        |r| cell(&r.record.story.reference),
    ),
    text("url", "address of the document", |r| {
        cell(&r.record.story.url)
    }),
    day("published", "day of publication", |r| r.published()),
    text(
        "kind",
        "short stable name, such as no_text, not_english, damaged or fault",
        |r| Some(r.problem().kind.as_str().into()),
    ),
    whole(
        "first",
        "first code point that it is about; null where it is about none in particular",
        |r| r.problem().start.and_then(count),
    ),
    whole("last", "the code point behind the last one", |r| {
        r.problem().end.and_then(count)
    }),
    text("message", "one sentence for a person", |r| {
        Some(r.problem().message.as_str().into())
    }),
];
