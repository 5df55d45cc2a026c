//! The list of claims, and one of them.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger::Filter;
use ledger::query::ClaimRow;
use schemars::JsonSchema;
use serde::Serialize;

use super::stories::{cut, skip};
use crate::ask::Ask;
use crate::codebook;
use crate::desk::Desk;
use crate::filters;
use crate::guard::Rights;
use crate::links::{self, Chip};
use crate::page::{Frame, answer, page};
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
pub async fn claims(
    State(desk): State<Arc<Desk>>,
    Extension(rights): Extension<Rights>,
    ask: Ask,
) -> Result<Response, Trouble> {
    answer(desk, ask, move |desk, reader, ask| {
        let mut fields = ask.fields();
        let stances = stances(&mut fields)?;
        let filter = filters::filter(&mut fields)?;
        let (skip, limit) = (skip(&mut fields)?, filters::limit(&mut fields)?);
        fields.finish()?;
        let wanted = Filter {
            limit: u64::try_from(skip + limit + 1).ok(),
            ..filter.clone()
        };
        let (claims, next) = cut(ask, reader.latest_claims(&wanted, &stances)?, skip, limit);
        Ok(Claims {
            frame: Frame::new(desk, ask, rights, "claims", "Claims").with_csv(ask),
            filters: links::chips(ask),
            claims,
            next,
            filter,
            stance: stances.join(","),
        })
    })
    .await
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

page!(ClaimPage);

/// `/claims/C12`
pub async fn claim(
    State(desk): State<Arc<Desk>>,
    Extension(rights): Extension<Rights>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Trouble> {
    answer(desk, ask, move |desk, reader, ask| {
        ask.fields().finish()?;
        let (claim, local) = reader.claim(&id)?;
        let source = claim.source.clone().unwrap_or_else(|| "Somebody".into());
        let title = format!("{source} {}", codebook::stance_verb(&claim.stance));
        Ok(ClaimPage {
            frame: Frame::new(desk, ask, rights, "claims", title),
            claim,
            local,
        })
    })
    .await
}
