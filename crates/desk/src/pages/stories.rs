//! The list of stories.

use askama::Template;
use axum::response::Response;
use ledger::Filter;
use ledger::query::StoryRow;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::Ask;
use crate::caller::Caller;
use crate::export::{self, lists};
use crate::filters;
use crate::links::{self, Chip};
use crate::page::{Frame, page};
use crate::trouble::Trouble;

/// Stories, the latest first.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "stories.html")]
pub struct Stories {
    #[serde(skip)]
    frame: Frame,
    /// The filters that are on.
    filters: Vec<Chip>,
    /// The rows.
    stories: Vec<StoryRow>,
    /// The address of the next rows.
    next: Option<String>,
    #[serde(skip)]
    filter: Filter,
}

page!(Stories, "stories");

/// `/stories`
pub async fn stories(caller: Caller) -> Result<Response, Trouble> {
    if caller.ask.format.is_rows() {
        let (filter, _, limit) = paged(&caller.ask)?;
        let list = lists::Stories {
            filter,
            after: None,
        };
        return export::all(caller, list, limit).await;
    }
    caller
        .answer(move |caller, reader| {
            let (filter, skip, limit) = paged(&caller.ask)?;
            let mut stories = Vec::new();
            let wanted = Filter {
                limit: u64::try_from(skip + limit + 1).ok(),
                ..filter.clone()
            };
            reader.stories(&wanted, |story| {
                stories.push(story);
                Ok(())
            })?;
            let (stories, next) = cut(&caller.ask, stories, skip, limit);
            let mut frame = caller.frame_of_rows("stories", "Stories");
            frame.sought = filter.text.clone().unwrap_or_default();
            Ok(Stories {
                frame,
                filters: links::chips(&caller.ask),
                stories,
                next,
                filter,
            })
        })
        .await
}

/// Filter, rows to leave out, and rows of a page.
///
/// # Errors
/// Where a parameter cannot be understood.
pub fn paged(ask: &Ask) -> Result<(Filter, usize, usize), Trouble> {
    let mut fields = ask.fields();
    let filter = filters::filter(&mut fields)?;
    let (skip, limit) = (skip(&mut fields)?, filters::limit(&mut fields)?);
    fields.finish()?;
    Ok((filter, skip, limit))
}

/// Rows to leave out; further back a list is reached by its dates.
///
/// # Errors
/// Where the number is none.
pub fn skip(fields: &mut crate::ask::Fields) -> Result<usize, Trouble> {
    let skip = fields.number("skip", 0, 2_000)?.unwrap_or(0);
    Ok(usize::try_from(skip).unwrap_or(0))
}

/// The rows of a page, of those up to its end and one more, and the address of the next.
pub fn cut<T>(ask: &Ask, rows: Vec<T>, skip: usize, limit: usize) -> (Vec<T>, Option<String>) {
    let more = rows.len() > skip + limit && skip + limit <= 2_000;
    let rows = rows.into_iter().skip(skip).take(limit).collect();
    (
        rows,
        more.then(|| links::set(ask, "skip", &(skip + limit).to_string())),
    )
}
