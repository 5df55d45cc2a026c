//! The table of occurrences: all filters, counts beside them, sorting, and all rows as CSV or JSON Lines.

use askama::Template;
use axum::response::Response;
use ledger::query::{Browsed, Entry, Facets, Listing, Order, WINDOW};
use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::Ask;
use crate::caller::Caller;
use crate::export::{self, lists};
use crate::filters;
use crate::links::{self, Chip, Choices};
use crate::page::{Frame, page};
use crate::trouble::Trouble;

/// Occurrences that the filters let through.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "events.html")]
pub struct Events {
    #[serde(skip)]
    frame: Frame,
    /// How many there are; where `more` is true, at least so many.
    total: u64,
    /// Whether there are more than were counted.
    more: bool,
    /// The filters that are on.
    filters: Vec<Chip>,
    /// What the filters could be, with counts over the latest 2,000 that match.
    facets: Vec<Choices>,
    /// How many occurrences the facets count.
    facets_of: u64,
    /// The rows.
    events: Vec<Entry>,
    /// The address of the next rows; `null` on the last page.
    next: Option<String>,
    #[serde(skip)]
    orders: Vec<(&'static str, &'static str)>,
    #[serde(skip)]
    order: &'static str,
    #[serde(skip)]
    form: Form,
}

page!(Events, "events");

/// What stands in the fields of the form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    actor: String,
    recipient: String,
    party: String,
    place: String,
    issue: String,
    according_to: String,
    text: String,
    since: String,
    until: String,
    /// Filters that the form has no field for.
    hidden: Vec<(String, String)>,
}

/// Names of the form's fields.
const SHOWN: [&str; 10] = [
    "actor",
    "recipient",
    "party",
    "place",
    "issue",
    "according_to",
    "text",
    "since",
    "until",
    "order",
];

/// Sentences with the words that are asked for, among which events are looked for: those that were added last. An
/// export looks at all.
const SENTENCES: u32 = 10_000;

/// `/events`
pub async fn events(caller: Caller) -> Result<Response, Trouble> {
    if caller.ask.format.is_rows() {
        let (listing, limit) = asked(&caller.ask)?;
        return export::all(caller, lists::Events(listing), limit).await;
    }
    caller
        .answer(move |caller, reader| {
            let (mut listing, limit) = asked(&caller.ask)?;
            listing.sentences = Some(SENTENCES);
            let Browsed {
                entries: mut events,
                facets,
            } = reader.browse(&listing, limit + 1)?;
            let more = events.len() > limit;
            events.truncate(limit);
            let (total, uncounted) = total(reader, &listing, &facets)?;
            let mut frame = caller.frame_of_rows("events", "Events");
            frame.sought = listing.filter.text.clone().unwrap_or_default();
            Ok(Events {
                frame,
                total,
                more: uncounted,
                filters: links::chips(&caller.ask),
                facets: links::choices(&caller.ask, &facets),
                facets_of: facets.counted,
                next: next(&caller.ask, &listing, &events, limit).filter(|_| more),
                events,
                orders: filters::orders(),
                order: filters::order_name(listing.order),
                form: form(&caller.ask),
            })
        })
        .await
}

/// The listing and number of rows that are asked for.
///
/// # Errors
/// Where a parameter cannot be understood.
pub fn asked(ask: &Ask) -> Result<(Listing, usize), Trouble> {
    let mut fields = ask.fields();
    let listing = filters::listing(&mut fields)?;
    let limit = filters::limit(&mut fields)?;
    fields.finish()?;
    Ok((listing, limit))
}

/// How many occurrences match: exactly where that is known or can be counted, else at least so many.
fn total(
    reader: &ledger::Reader,
    listing: &Listing,
    facets: &Facets,
) -> Result<(u64, bool), Trouble> {
    if !facets.more {
        return Ok((facets.counted, false));
    }
    let simple = Listing {
        quad: Vec::new(),
        order: Order::Latest,
        after: None,
        skip: 0,
        sentences: None,
        filter: ledger::Filter {
            types: Vec::new(),
            status: Vec::new(),
            ..listing.filter.clone()
        },
        ..listing.clone()
    };
    if simple == Listing::default() {
        return Ok((reader.total(listing)?, false));
    }
    Ok((facets.counted, true))
}

fn next(ask: &Ask, listing: &Listing, events: &[Entry], limit: usize) -> Option<String> {
    match listing.order {
        Order::Latest | Order::Earliest => {
            let cursor = events.last()?.cursor()?;
            Some(links::set(ask, "after", &cursor.to_string()))
        }
        _ => {
            let skip = usize::try_from(listing.skip).ok()? + limit;
            (skip < WINDOW).then(|| links::set(ask, "skip", &skip.to_string()))
        }
    }
}

fn form(ask: &Ask) -> Form {
    let value = |name: &str| {
        let found = ask.parameters.iter().find(|(key, _)| key == name);
        found.map_or(String::new(), |(_, value)| value.clone())
    };
    let kept = ask
        .parameters
        .iter()
        .filter(|(name, _)| !SHOWN.contains(&name.as_str()));
    let kept = kept.filter(|(name, _)| !["after", "skip"].contains(&name.as_str()));
    Form {
        actor: value("actor"),
        recipient: value("recipient"),
        party: value("party"),
        place: value("place"),
        issue: value("issue"),
        according_to: value("according_to"),
        text: value("text"),
        since: value("since"),
        until: value("until"),
        hidden: kept.cloned().collect(),
    }
}
