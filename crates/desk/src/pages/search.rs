//! Full text of the evidence.

use askama::Template;
use axum::response::Response;
use ledger::Filter;
use ledger::query::{ActorEntry, Hit, IssueRow};
use schemars::JsonSchema;
use serde::Serialize;

use super::stories::{cut, skip};
use crate::caller::Caller;
use crate::filters;
use crate::page::{Frame, page};
use crate::trouble::Trouble;

/// What was found.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "search.html")]
pub struct Search {
    #[serde(skip)]
    frame: Frame,
    /// What was looked for.
    words: String,
    /// Sentences, the best first.
    hits: Vec<Hit>,
    /// Actors with these words in their names.
    actors: Vec<ActorEntry>,
    /// Issues with these words in their names.
    issues: Vec<IssueRow>,
    /// The address of the next sentences.
    next: Option<String>,
}

page!(Search, "hits");

/// Sentences that are ranked: those that were added last.
const RANKED: u32 = 5_000;

/// `/search?q=words`
pub async fn search(caller: Caller) -> Result<Response, Trouble> {
    caller
        .answer(move |caller, reader| {
            let mut fields = caller.ask.fields();
            let words = fields.one("q")?.unwrap_or_default();
            let (since, until) = (fields.one("since")?, fields.one("until")?);
            let (skip, mut limit) = (skip(&mut fields)?, filters::limit(&mut fields)?);
            fields.finish()?;
            if caller.ask.format.is_rows() && !caller.ask.has("limit") {
                limit = usize::try_from(RANKED).unwrap_or(limit);
            }
            let mut frame = caller.frame("search", "Search");
            frame.sought = words.clone();
            if words.is_empty() {
                let (hits, actors, issues) = (Vec::new(), Vec::new(), Vec::new());
                return Ok(Search {
                    frame,
                    words,
                    hits,
                    actors,
                    issues,
                    next: None,
                });
            }
            let filter = Filter {
                since,
                until,
                limit: u64::try_from(skip + limit + 1).ok(),
                ..Filter::default()
            };
            let hits = reader
                .search_latest(&words, &filter, RANKED)
                .map_err(about_words)?;
            let (hits, next) = cut(&caller.ask, hits, skip, limit);
            let first = skip == 0;
            Ok(Search {
                frame: frame.with_csv(&caller.ask),
                hits,
                actors: if first {
                    reader.actor_list(Some(&words), None, None, 0, 8)?
                } else {
                    Vec::new()
                },
                issues: if first {
                    reader.issues(Some(&words), 0, 8)?
                } else {
                    Vec::new()
                },
                next,
                words,
            })
        })
        .await
}

fn about_words(error: ledger::LedgerError) -> Trouble {
    match Trouble::from(error) {
        Trouble::Bad {
            field: None,
            message,
        } => Trouble::bad("q", message),
        other => other,
    }
}

/// A hit's snippet in pieces: what stands between brackets is marked.
fn pieces(snippet: &str) -> Vec<crate::view::Piece> {
    let mut pieces = Vec::new();
    for part in snippet.split('[') {
        let (inside, outside) = part
            .split_once(']')
            .map_or(("", part), |(inside, rest)| (inside, rest));
        for (text, mark) in [(inside, "w"), (outside, "")] {
            if !text.is_empty() {
                pieces.push(crate::view::Piece {
                    text: text.to_owned(),
                    mark,
                });
            }
        }
    }
    pieces
}
