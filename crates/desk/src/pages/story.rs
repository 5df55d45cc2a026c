//! One story: its text with the evidence highlighted, and beside it the record's cards.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger::query::{Numbers, StoryRow};
use schemars::JsonSchema;
use serde::Serialize;
use types::record::Record;

use crate::ask::Ask;
use crate::desk::Desk;
use crate::guard::Rights;
use crate::page::{Frame, answer, page};
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

page!(StoryPage);

/// `/stories/S12`
pub async fn story(
    State(desk): State<Arc<Desk>>,
    Extension(rights): Extension<Rights>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Trouble> {
    answer(desk, ask, move |desk, reader, ask| {
        ask.fields().finish()?;
        let story = reader.story(&id)?;
        let record = reader.record(&story.id)?;
        let numbers = reader.numbers(&story.id)?;
        let title = story.headline.clone().unwrap_or_else(|| story.id.clone());
        let reading = Reading::new(&record, &numbers, Some(&story.id));
        Ok(StoryPage {
            frame: Frame::new(desk, ask, rights, "stories", title),
            story,
            numbers,
            record,
            reading,
        })
    })
    .await
}
