//! The columns that say of a row which story it is from.

use crate::column::{Column, day, text};
use crate::row::cell;

/// How many columns [`of_story`] puts before a table's own.
pub(crate) const SHARED: usize = 8;

/// The columns of a table of parts of stories: `id`, which tells the part from those of all stories and versions, `local`,
/// its id in the record, and where the story is from; then the table's `own`. `N` is how many that makes.
pub(crate) const fn of_story<const N: usize>(
    id: Column,
    local: Column,
    own: &[Column],
) -> [Column; N] {
    let shared: [Column; SHARED] = [
        id,
        text("story", "hash of the story", |r| {
            Some(r.record.story.id.as_str().into())
        }),
        local,
        text("version", "short name of the version that read it", |r| {
            Some(r.version.into())
        }),
        text("ref", "the giver's own name for the story", |r| {
            cell(&r.record.story.reference)
        }),
        text("url", "address of the story", |r| cell(&r.record.story.url)),
        text("publisher", "the outlet", |r| {
            cell(&r.record.story.publisher)
        }),
        day("published", "day of publication of the story", |r| {
            r.published()
        }),
    ];
    let mut all = [id; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < SHARED {
            shared[at]
        } else {
            own[at - SHARED]
        };
        at += 1;
    }
    all
}
