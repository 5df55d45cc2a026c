//! One story: its text with the evidence highlighted, and beside it the record's cards.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use ledger::query::{Numbers, StoryRow};
use schemars::JsonSchema;
use serde::Serialize;
use types::record::Record;

use crate::caller::Caller;
use crate::page::{Frame, page};
use crate::reading::Reading;
use crate::trouble::Trouble;

/// A story with its record and the numbers that its parts have in the ledger.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "story.html")]
pub struct StoryPage {
    #[serde(skip)]
    frame: Frame,
    /// The story in the ledger.
    story: StoryRow,
    /// Numbers of its events, claims, actors and issues.
    numbers: Numbers,
    /// The whole record; /record.schema.json describes it.
    #[schemars(with = "serde_json::Value")]
    record: Record,
    #[serde(skip)]
    reading: Reading,
}

page!(StoryPage, "record/events");

/// `/stories/S12`
pub async fn story(caller: Caller, Path(id): Path<String>) -> Result<Response, Trouble> {
    caller
        .answer_one(move |caller, reader| {
            let story = reader.story(&id)?;
            let record = reader.record(&story.id)?;
            let numbers = reader.numbers(&story.id)?;
            let title = story.headline.clone().unwrap_or_else(|| story.id.clone());
            let reading = Reading::new(&record, &numbers, Some(&story.id));
            Ok(StoryPage {
                frame: caller.frame_of_rows("stories", title),
                story,
                numbers,
                record,
                reading,
            })
        })
        .await
}
