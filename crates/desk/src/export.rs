//! All rows of a list, made as they are sent: memory does not grow with their number, and a slow receiver holds no
//! reader of the ledger while it reads.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use ledger::query::{Cursor, Entry, Listing, Order};
use serde_json::{Map, Value, json};
use tokio::sync::mpsc;
use tokio_stream::Stream;

use crate::ask::{Ask, Format};
use crate::desk::Desk;
use crate::page::typed;
use crate::pages::events::asked;
use crate::rows;
use crate::trouble::Trouble;

/// Rows that are made at a time; only they are in memory.
const CHUNK: usize = 500;

/// Chunks that may wait for the receiver.
const AHEAD: usize = 2;

/// All occurrences that the filters of an address let through. The first chunk is made before the answer begins, so
/// that a filter that cannot be understood is told as such.
///
/// # Errors
/// Where the filters cannot be understood.
pub async fn events(desk: Arc<Desk>, ask: Ask) -> Result<Response, Trouble> {
    let (listing, limit) = asked(&ask)?;
    let wanted = ask
        .parameters
        .iter()
        .any(|(name, _)| name == "limit")
        .then_some(limit);
    let format = ask.format;
    let first = chunk(&desk, &listing, wanted).await?;
    let (send, receive) = mpsc::channel(AHEAD);
    tokio::spawn(go_on(desk, listing, wanted, first, format, send));
    let body = Body::from_stream(Receiving(receive));
    let (kind, name) = match format {
        Format::Csv => (
            "text/csv; charset=utf-8",
            "attachment; filename=\"events.csv\"",
        ),
        _ => (
            "application/x-ndjson",
            "attachment; filename=\"events.jsonl\"",
        ),
    };
    let mut response = typed(body, kind);
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    Ok(response)
}

async fn chunk(desk: &Desk, listing: &Listing, left: Option<usize>) -> Result<Vec<Entry>, Trouble> {
    let listing = listing.clone();
    let most = left.map_or(CHUNK, |left| left.min(CHUNK));
    desk.pool
        .ask(move |reader| Ok(reader.listing(&listing, most)?))
        .await
}

/// Sends the first chunk and all that follow; ends early where the receiver has gone. A question that fails on the
/// way breaks the answer off, so that it does not look whole.
async fn go_on(
    desk: Arc<Desk>,
    mut listing: Listing,
    mut left: Option<usize>,
    first: Vec<Entry>,
    format: Format,
    send: mpsc::Sender<Result<String, Trouble>>,
) {
    let columns = columns();
    let mut rows = first;
    let mut heading = format == Format::Csv;
    loop {
        let text = written(&rows, format, &columns, std::mem::take(&mut heading));
        if send.send(Ok(text)).await.is_err() {
            return;
        }
        left = left.map(|left| left.saturating_sub(rows.len()));
        if rows.len() < CHUNK || left == Some(0) || !step(&mut listing, &rows) {
            return;
        }
        match chunk(&desk, &listing, left).await {
            Ok(next) => rows = next,
            Err(trouble) => {
                // Nobody is left to tell if this cannot be sent.
                let _ = send.send(Err(trouble)).await;
                return;
            }
        }
    }
}

/// Moves the listing behind these rows.
fn step(listing: &mut Listing, rows: &[Entry]) -> bool {
    match listing.order {
        Order::Latest | Order::Earliest => {
            let last: Option<Cursor> = rows.last().and_then(Entry::cursor);
            let moved = last.is_some();
            listing.after = last.or(listing.after.take());
            moved
        }
        _ => {
            listing.skip += u32::try_from(rows.len()).unwrap_or(u32::MAX);
            listing.skip < u32::try_from(ledger::query::WINDOW).unwrap_or(u32::MAX)
        }
    }
}

fn written(rows: &[Entry], format: Format, columns: &[String], heading: bool) -> String {
    let mut out = String::new();
    if heading {
        rows::line(&mut out, columns.iter().map(String::as_str));
    }
    for entry in rows {
        if format == Format::Csv {
            rows::add(&mut out, &flat(entry), columns);
        } else if let Ok(value) = serde_json::to_string(entry) {
            out.push_str(&value);
            out.push('\n');
        }
    }
    out
}

/// An entry with a column for each of its parts.
fn flat(entry: &Entry) -> Value {
    let countries = |parties: &[ledger::query::Party]| -> Vec<String> {
        parties
            .iter()
            .map(|party| party.country.clone().unwrap_or_default())
            .collect()
    };
    let mut row = match serde_json::to_value(entry) {
        Ok(Value::Object(row)) => row,
        _ => Map::new(),
    };
    let quote = entry.evidence.as_ref();
    let place = entry.place.as_ref();
    let more = json!({
        "actor_country": countries(&entry.actor),
        "recipient_country": countries(&entry.recipient),
        "place": place.map(|place| &place.name),
        "place_country": place.map(|place| &place.country),
        "latitude": place.map(|place| place.latitude),
        "longitude": place.map(|place| place.longitude),
        "evidence": quote.map(|quote| &quote.sentence),
        "trigger": quote.map(|quote| &quote.trigger),
        "story": quote.map(|quote| &quote.story),
        "publisher": quote.map(|quote| &quote.publisher),
    });
    if let Value::Object(more) = more {
        row.extend(more);
    }
    Value::Object(row)
}

/// The columns of the CSV, in order.
fn columns() -> Vec<String> {
    [
        "id",
        "day",
        "first",
        "last",
        "type",
        "mode",
        "quad",
        "status",
        "actor",
        "actor_country",
        "recipient",
        "recipient_country",
        "place",
        "place_country",
        "latitude",
        "longitude",
        "cameo",
        "goldstein",
        "tellings",
        "reports",
        "reported_last",
        "trigger",
        "evidence",
        "story",
        "publisher",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// What is received, as a body takes it.
struct Receiving(mpsc::Receiver<Result<String, Trouble>>);

impl Stream for Receiving {
    type Item = Result<String, Trouble>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
