//! All rows of a list, made as they are sent: memory does not grow with their number, and a slow receiver holds no
//! reader of the ledger while it reads.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use ledger::Reader;
use tokio::sync::mpsc;
use tokio_stream::Stream;

use crate::ask::Format;
use crate::caller::Caller;
use crate::desk::Desk;
use crate::page::{named, typed};
use crate::rows;
use crate::trouble::Trouble;

pub mod lists;

/// Chunks that may wait for the receiver.
const AHEAD: usize = 2;

/// A list of which all rows can be given out, piece by piece.
pub trait List: Send + 'static {
    /// The name of the file.
    const NAME: &'static str;

    /// Rows of a piece; only they are in memory.
    const PIECE: usize = 500;

    /// The columns of its CSV, in order.
    fn columns(&self) -> Vec<String>;

    /// The next rows, as many as are asked for; fewer at the end.
    ///
    /// # Errors
    /// Where the filters cannot be understood, or the ledger cannot be read.
    fn next(&mut self, reader: &Reader, most: usize) -> Result<Vec<Row>, Trouble>;
}

/// A row in both forms.
pub struct Row {
    /// One object.
    pub json: serde_json::Value,
    /// The same with a field for each column; `None` where that is the object itself.
    pub flat: Option<serde_json::Value>,
}

/// All rows of a list as CSV or JSON Lines; at most `limit` where the address has one. The first piece is made before
/// the answer begins, so that a filter that cannot be understood is told as such.
///
/// # Errors
/// Where the filters cannot be understood.
pub async fn all<L: List>(caller: Caller, list: L, limit: usize) -> Result<Response, Trouble> {
    let Caller { desk, ask, .. } = caller;
    let format = ask.format;
    let (kind, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        _ => ("application/x-ndjson", "jsonl"),
    };
    let mut going = Going {
        columns: list.columns(),
        list,
        left: ask.has("limit").then_some(limit),
        format,
        heading: format == Format::Csv,
    };
    let first;
    (going, first) = in_turn(&desk, going)
        .await
        .map_err(|trouble| named(trouble, &ask))?;
    let (send, receive) = mpsc::channel(AHEAD);
    tokio::spawn(go_on(desk, going, first, send));
    let mut response = typed(Body::from_stream(Receiving(receive)), kind);
    let name = format!("attachment; filename=\"{}.{ending}\"", L::NAME);
    if let Ok(name) = HeaderValue::from_str(&name) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// The first piece, unless so many lists are given out that its turn does not come.
async fn in_turn<L: List>(desk: &Desk, going: Going<L>) -> Result<(Going<L>, Piece), Trouble> {
    let turn = tokio::time::timeout(desk.settings.patience, desk.exporting.acquire());
    let Ok(_turn) = turn.await else {
        return Err(Trouble::Busy);
    };
    going.step(desk).await
}

/// A list that is being given out.
struct Going<L> {
    list: L,
    columns: Vec<String>,
    /// Rows that may still be given; all where it is `None`.
    left: Option<usize>,
    format: Format,
    /// Whether the heading is still to be written.
    heading: bool,
}

/// A piece as it is sent, and whether another one follows.
struct Piece {
    text: String,
    more: bool,
}

impl<L: List> Going<L> {
    /// Asks for the next piece, on a thread that may wait.
    async fn step(mut self, desk: &Desk) -> Result<(Self, Piece), Trouble> {
        let most = self.left.map_or(L::PIECE, |left| left.min(L::PIECE));
        desk.pool
            .ask(move |reader| {
                let rows = self.list.next(reader, most)?;
                self.left = self.left.map(|left| left.saturating_sub(rows.len()));
                let more = rows.len() == most && self.left != Some(0);
                let text = self.written(rows);
                Ok((self, Piece { text, more }))
            })
            .await
    }

    fn written(&mut self, rows: Vec<Row>) -> String {
        let mut out = String::new();
        if std::mem::take(&mut self.heading) {
            rows::line(&mut out, self.columns.iter().map(String::as_str));
        }
        for row in rows {
            match self.format {
                Format::Csv => {
                    rows::add(
                        &mut out,
                        row.flat.as_ref().unwrap_or(&row.json),
                        &self.columns,
                    );
                }
                _ => out += &format!("{}\n", row.json),
            }
        }
        out
    }
}

/// Sends the first piece and all that follow; ends early where the receiver has gone. A question that fails on the
/// way breaks the answer off, so that it does not look whole.
async fn go_on<L: List>(
    desk: Arc<Desk>,
    mut going: Going<L>,
    mut piece: Piece,
    send: mpsc::Sender<Result<String, Trouble>>,
) {
    loop {
        if send.send(Ok(piece.text)).await.is_err() || !piece.more {
            return;
        }
        // However many lists are given out, they take their turns, and leave a reader to the pages.
        let turn = desk.exporting.acquire().await;
        let next = going.step(&desk).await;
        drop(turn);
        match next {
            Ok(next) => (going, piece) = next,
            Err(trouble) => {
                // Nobody is left to tell if this cannot be sent.
                let _ = send.send(Err(trouble)).await;
                return;
            }
        }
    }
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
