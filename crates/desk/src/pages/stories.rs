//! The list of stories.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use ledger::Filter;
use ledger::query::StoryRow;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::Ask;
use crate::desk::Desk;
use crate::filters;
use crate::guard::Rights;
use crate::links::{self, Chip};
use crate::page::{Frame, answer, page};
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
pub async fn stories(
    State(desk): State<Arc<Desk>>,
    Extension(rights): Extension<Rights>,
    ask: Ask,
) -> Result<Response, Trouble> {
    answer(desk, ask, move |desk, reader, ask| {
        let (filter, skip, limit) = paged(ask)?;
        let mut stories = Vec::new();
        let wanted = Filter {
            limit: u64::try_from(skip + limit + 1).ok(),
            ..filter.clone()
        };
        reader.stories(&wanted, |story| {
            stories.push(story);
            Ok(())
        })?;
        let (stories, next) = cut(ask, stories, skip, limit);
        let mut frame = Frame::new(desk, ask, rights, "stories", "Stories").with_csv(ask);
        frame.sought = filter.text.clone().unwrap_or_default();
        Ok(Stories {
            frame,
            filters: links::chips(ask),
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
