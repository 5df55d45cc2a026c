//! The first page: what is new, who is in the news, where, what is disputed, and how much there is.

use askama::Template;
use axum::response::Response;
use ledger::Filter;
use ledger::query::{Entry, Listing, Month, Pair, Site, StoryRow, Totals};
use schemars::JsonSchema;
use serde::Serialize;

use crate::caller::Caller;
use crate::page::{Frame, page};
use crate::trouble::Trouble;

/// Occurrences among which dyads and places are counted: the latest ones.
pub const LATEST: usize = 5_000;

/// What there is, at a glance.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "overview.html")]
pub struct Overview {
    #[serde(skip)]
    frame: Frame,
    /// How much there is.
    totals: Totals,
    /// Kinds of problems in the readings that were added last.
    problems: Vec<(String, u64)>,
    /// How many readings these are.
    problems_of: u64,
    /// The stories that were published last.
    stories: Vec<StoryRow>,
    /// The latest occurrences that are actual or claimed.
    latest: Vec<Entry>,
    /// The latest occurrences that one side asserts and another denies.
    disputed: Vec<Entry>,
    /// The pairs of countries in most of the latest occurrences.
    dyads: Vec<Pair>,
    /// The places of most of the latest occurrences.
    places: Vec<Site>,
    /// Occurrences by month and quad class, over everything.
    months: Vec<Month>,
}

page!(Overview, "latest");

/// `/`
pub async fn overview(caller: Caller) -> Result<Response, Trouble> {
    caller
        .answer_one(move |caller, reader| {
            let census = caller.desk.census(reader)?;
            Ok(Overview {
                frame: caller.frame_of_rows("overview", "Overview"),
                totals: census.totals.clone(),
                problems: census.problems.clone(),
                problems_of: census.looked,
                stories: stories(reader)?,
                latest: of_status(reader, &["actual", "claimed", "disputed"], 12)?,
                disputed: of_status(reader, &["disputed"], 6)?,
                dyads: reader.busiest_pairs(LATEST, 12)?,
                places: reader.busiest_places(LATEST, 150)?,
                months: reader.months_by_quad()?,
            })
        })
        .await
}

fn stories(reader: &ledger::Reader) -> Result<Vec<StoryRow>, Trouble> {
    let mut found = Vec::new();
    let filter = Filter {
        limit: Some(8),
        ..Filter::default()
    };
    reader.stories(&filter, |story| {
        found.push(story);
        Ok(())
    })?;
    Ok(found)
}

fn of_status(reader: &ledger::Reader, status: &[&str], most: usize) -> Result<Vec<Entry>, Trouble> {
    let listing = Listing {
        filter: Filter {
            status: status.iter().map(|status| (*status).to_owned()).collect(),
            ..Filter::default()
        },
        ..Listing::default()
    };
    Ok(reader.listing(&listing, most)?)
}
