//! The list of actors, and one of them: who it is, what it did and said, with whom.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use ledger::query::{ActorEntry, ClaimRow, Counterpart, Entry, Listing, Month, Profile, Tie};
use schemars::JsonSchema;
use serde::Serialize;

use super::stories::{cut, skip};
use crate::caller::Caller;
use crate::export::{self, lists};
use crate::filters;
use crate::page::{Frame, page};
use crate::trouble::Trouble;

/// Actors, those of most occurrences first.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "actors.html")]
pub struct Actors {
    #[serde(skip)]
    frame: Frame,
    /// The rows.
    actors: Vec<ActorEntry>,
    /// The address of the next rows.
    next: Option<String>,
    #[serde(skip)]
    name: String,
    #[serde(skip)]
    country: String,
    #[serde(skip)]
    kind: String,
}

page!(Actors, "actors");

/// The kinds of actors.
pub const KINDS: [&str; 5] = ["person", "state", "organisation", "group", "place-as-state"];

/// `/actors`
pub async fn actors(caller: Caller) -> Result<Response, Trouble> {
    let mut fields = caller.ask.fields();
    let (name, kind) = (fields.one("name")?, fields.one("kind")?);
    let country = fields.one("country")?.map(|code| code.to_uppercase());
    if let Some(wrong) = kind.as_ref().filter(|kind| !KINDS.contains(&kind.as_str())) {
        let message = format!(
            "`{wrong}` is no kind of actor; there are {}",
            KINDS.join(", ")
        );
        return Err(Trouble::bad("kind", message));
    }
    let (skip, limit) = (skip(&mut fields)?, filters::limit(&mut fields)?);
    fields.finish()?;
    if caller.ask.format.is_rows() {
        let list = lists::Actors {
            name,
            country,
            kind,
            skip,
        };
        return export::all(caller, list, limit).await;
    }
    caller
        .answer(move |caller, reader| {
            let found = reader.actor_list(
                name.as_deref(),
                country.as_deref(),
                kind.as_deref(),
                0,
                skip + limit + 1,
            )?;
            let (actors, next) = cut(&caller.ask, found, skip, limit);
            Ok(Actors {
                frame: caller.frame_of_rows("actors", "Actors"),
                actors,
                next,
                name: name.unwrap_or_default(),
                country: country.unwrap_or_default(),
                kind: kind.unwrap_or_default(),
            })
        })
        .await
}

/// One actor.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "actor.html")]
pub struct ActorPage {
    #[serde(skip)]
    frame: Frame,
    /// Who it is.
    profile: Profile,
    /// With whom it deals, most often first.
    counterparts: Vec<Counterpart>,
    /// Ties among these.
    ties: Vec<Tie>,
    /// Its latest occurrences by month and quad class.
    months: Vec<Month>,
    /// What it did, or was done to it; the latest first.
    events: Vec<Entry>,
    /// What it said; the latest first.
    claims: Vec<ClaimRow>,
}

page!(ActorPage, "events");

/// Counterparts in the network.
const COUNTERPARTS: usize = 16;

/// `/actors/A12`
pub async fn actor(caller: Caller, Path(id): Path<String>) -> Result<Response, Trouble> {
    caller
        .answer_one(move |caller, reader| {
            let profile = reader.profile(&id)?;
            let counterparts = reader.counterparts(&id, COUNTERPARTS)?;
            let others: Vec<String> = counterparts
                .iter()
                .map(|other| other.who.id.clone())
                .collect();
            let listing = Listing {
                party: vec![id.clone()],
                ..Listing::default()
            };
            Ok(ActorPage {
                frame: caller.frame_of_rows("actors", profile.who.name.clone()),
                ties: reader.ties(&others)?,
                months: reader.months_of(&id)?,
                events: reader.listing(&listing, 25)?,
                claims: reader.last_claims(&id, 15)?,
                profile,
                counterparts,
            })
        })
        .await
}
