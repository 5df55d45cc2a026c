//! Review: a queue, the least sure first; accept, correct, reject. Each review is a row in the ledger.

use std::time::{SystemTime, UNIX_EPOCH};

use askama::Template;
use axum::extract::Request;
use axum::response::Response;
use ledger::query::{Listing, Report};
use ledger::{Change, Review, Reviewed};
use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::{Fields, Format};
use crate::caller::Caller;
use crate::codebook;
use crate::filters;
use crate::guard::Rights;
use crate::links;
use crate::page::{Frame, page, pretty, see_other, typed};
use crate::routes::body;
use crate::trouble::Trouble;

/// Events that nobody has reviewed, the least sure first.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "review.html")]
pub struct Queue {
    #[serde(skip)]
    frame: Frame,
    /// The events.
    reports: Vec<Report>,
    /// What was done last, to be told: `accept E12`.
    #[serde(skip)]
    done: String,
    #[serde(skip)]
    back: String,
}

page!(Queue, "reports");

/// `GET /review`
pub async fn queue(caller: Caller) -> Result<Response, Trouble> {
    allowed(caller.rights)?;
    caller
        .answer(move |caller, reader| {
            let mut fields = caller.ask.fields();
            let done = fields.one("done")?.unwrap_or_default();
            let listing = Listing {
                filter: filters::filter(&mut fields)?,
                ..Listing::default()
            };
            let limit = filters::limit(&mut fields)?.min(50);
            fields.finish()?;
            let kept = caller
                .ask
                .parameters
                .iter()
                .filter(|(name, _)| name != "done");
            let kept: Vec<(String, String)> = kept.cloned().collect();
            Ok(Queue {
                frame: caller.frame_of_rows("review", "Review"),
                reports: reader.queue(&listing, limit)?,
                done,
                back: links::address("/review", &kept),
            })
        })
        .await
}

fn allowed(rights: Rights) -> Result<(), Trouble> {
    if rights.review {
        return Ok(());
    }
    Err(Trouble::Forbidden(
        "this desk only reads; start it with --review to review events".into(),
    ))
}

/// `POST /review`
pub async fn review(caller: Caller, request: Request) -> Result<Response, Trouble> {
    allowed(caller.rights)?;
    let mut fields = Fields::of_body(&body(request).await?);
    let back = fields.one("back")?.unwrap_or_else(|| "/review".into());
    let by = Reviewed {
        by: given(fields.one("reviewer")?),
        at: Some(now()),
        note: given(fields.one("note")?),
    };
    let (review, done) = asked(&mut fields)?;
    fields.finish()?;
    let number = caller
        .desk
        .write(move |ledger| ledger.review(&review, &by))
        .await?;
    if caller.ask.format == Format::Json {
        let body = serde_json::json!({ "ok": true, "number": number });
        return Ok(typed(pretty(&body), "application/json"));
    }
    let mut parameters = vec![("done".to_owned(), done)];
    let (path, query) = back.split_once('?').unwrap_or((&back, ""));
    let kept = crate::ask::pairs(query.as_bytes())
        .into_iter()
        .filter(|(name, _)| name != "done");
    parameters.extend(kept);
    Ok(see_other(&links::address(path, &parameters)))
}

fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().chars().take(500).collect::<String>())
        .filter(|text| !text.is_empty())
}

/// The review that a form asks for, and how to tell it.
fn asked(fields: &mut Fields) -> Result<(Review, String), Trouble> {
    let event = given(fields.one("event")?)
        .ok_or_else(|| Trouble::bad("event", "say which event, as E12"))?;
    let kind = fields.one("do")?.unwrap_or_default();
    let change = Change {
        kind: given(fields.one("type")?),
        mode: given(fields.one("mode")?),
        status: given(fields.one("status")?),
        date: given(fields.one("date")?),
        ..Change::default()
    };
    let codes = |codes: &[codebook::Code]| codes.iter().map(|code| code.code).collect::<Vec<_>>();
    let types = codes(&codebook::TYPES);
    filters::known(
        "type",
        change.kind.as_slice(),
        |kind| types.contains(&kind),
        || types.clone(),
    )?;
    let mut statuses = codes(&codebook::STATUSES);
    statuses.retain(|status| *status != "disputed");
    filters::known(
        "status",
        change.status.as_slice(),
        |status| statuses.contains(&status),
        || statuses.clone(),
    )?;
    let done = format!("{kind} {event}");
    let review = match kind.as_str() {
        "accept" => Review::Accept { event },
        "reject" => Review::Reject { event },
        "split" => Review::Split { event },
        "correct" => Review::Correct { event, change },
        other => {
            let message =
                format!("`{other}` is no review; there are accept, correct, reject, split");
            return Err(Trouble::bad("do", message));
        }
    };
    Ok((review, done))
}

/// The second, in UTC, as the review's row has it.
fn now() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let day = i32::try_from(seconds / 86_400).unwrap_or(0);
    let of_day = seconds % 86_400;
    format!(
        "{}T{:02}:{:02}:{:02}Z",
        ledger::Day::from_number(day),
        of_day / 3_600,
        of_day / 60 % 60,
        of_day % 60
    )
}
