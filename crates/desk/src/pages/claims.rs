//! The list of claims, and one of them.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use ledger::Filter;
use ledger::query::ClaimRow;
use schemars::JsonSchema;
use serde::Serialize;

use super::stories::{cut, skip};
use crate::ask::Ask;
use crate::caller::Caller;
use crate::codebook;
use crate::export::{self, lists};
use crate::filters;
use crate::links::{self, Chip};
use crate::page::{Frame, page};
use crate::trouble::Trouble;

/// Claims, the latest first.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "claims.html")]
pub struct Claims {
    #[serde(skip)]
    frame: Frame,
    /// The filters that are on.
    filters: Vec<Chip>,
    /// The rows.
    claims: Vec<ClaimRow>,
    /// The address of the next rows.
    next: Option<String>,
    #[serde(skip)]
    filter: Filter,
    #[serde(skip)]
    stance: String,
}

page!(Claims, "claims");

/// `/claims`
pub async fn claims(caller: Caller) -> Result<Response, Trouble> {
    let Asked {
        filter,
        stances,
        skip,
        limit,
    } = asked(&caller.ask)?;
    if caller.ask.format.is_rows() {
        let list = lists::Claims {
            filter,
            stances,
            after: None,
        };
        return export::all(caller, list, limit).await;
    }
    caller
        .answer(move |caller, reader| {
            let wanted = Filter {
                limit: u64::try_from(skip + limit + 1).ok(),
                ..filter.clone()
            };
            let found = reader.latest_claims(&wanted, &stances)?;
            let (claims, next) = cut(&caller.ask, found, skip, limit);
            Ok(Claims {
                frame: caller.frame_of_rows("claims", "Claims"),
                filters: links::chips(&caller.ask),
                claims,
                next,
                filter,
                stance: stances.join(","),
            })
        })
        .await
}

/// What an address asks for.
struct Asked {
    filter: Filter,
    stances: Vec<String>,
    skip: usize,
    limit: usize,
}

fn asked(ask: &Ask) -> Result<Asked, Trouble> {
    let mut fields = ask.fields();
    let asked = Asked {
        stances: stances(&mut fields)?,
        filter: filters::filter(&mut fields)?,
        skip: skip(&mut fields)?,
        limit: filters::limit(&mut fields)?,
    };
    fields.finish()?;
    Ok(asked)
}

fn stances(fields: &mut crate::ask::Fields) -> Result<Vec<String>, Trouble> {
    let stances: Vec<String> = fields
        .list("stance")
        .iter()
        .map(|stance| stance.to_lowercase())
        .collect();
    let known = |stance: &String| codebook::STANCES.iter().any(|code| code.code == stance);
    match stances.iter().find(|stance| !known(stance)) {
        None => Ok(stances),
        Some(wrong) => {
            let all: Vec<&str> = codebook::STANCES.iter().map(|code| code.code).collect();
            Err(Trouble::bad(
                "stance",
                format!("`{wrong}` is no stance; there are {}", all.join(", ")),
            ))
        }
    }
}

/// One claim.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "claim.html")]
pub struct ClaimPage {
    #[serde(skip)]
    frame: Frame,
    /// The claim.
    claim: ClaimRow,
    /// Its id in the story's record.
    local: String,
}

page!(ClaimPage, "claim");

/// `/claims/C12`
pub async fn claim(caller: Caller, Path(id): Path<String>) -> Result<Response, Trouble> {
    caller
        .answer_one(move |caller, reader| {
            let (claim, local) = reader.claim(&id)?;
            let source = claim.source.clone().unwrap_or_else(|| "Somebody".into());
            let title = format!("{source} {}", codebook::stance_verb(&claim.stance));
            Ok(ClaimPage {
                frame: caller.frame_of_rows("claims", title),
                claim,
                local,
            })
        })
        .await
}
