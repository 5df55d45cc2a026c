//! Pairs of countries, and one of them: cooperation and conflict over time, meetings and statements, positions.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use ledger::Filter;
use ledger::query::{By, Entry, IssueRow, Listing, Pair, Period, Trend};
use schemars::JsonSchema;
use serde::Serialize;

use super::overview::LATEST;
use crate::caller::Caller;
use crate::codebook;
use crate::page::{Frame, page, see_other};
use crate::trouble::Trouble;

/// Pairs of countries with most of the latest occurrences.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "dyads.html")]
pub struct Dyads {
    #[serde(skip)]
    frame: Frame,
    /// How many of the latest occurrences are counted, at most.
    latest: usize,
    /// The pairs.
    dyads: Vec<Pair>,
}

page!(Dyads, "dyads");

/// `/dyads`
pub async fn dyads(caller: Caller) -> Result<Response, Trouble> {
    let mut fields = caller.ask.fields();
    let (one, other) = (fields.one("one")?, fields.one("other")?);
    fields.finish()?;
    if let (Some(one), Some(other)) = (one, other) {
        let (one, other) = codes(&format!("{one}-{other}"))?;
        return Ok(see_other(&format!("/dyads/{one}-{other}")));
    }
    caller
        .answer(move |caller, reader| {
            Ok(Dyads {
                frame: caller.frame_of_rows("dyads", "Dyads"),
                latest: LATEST,
                dyads: reader.busiest_pairs(LATEST, 200)?,
            })
        })
        .await
}

/// What was between two countries.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "dyad.html")]
pub struct DyadPage {
    #[serde(skip)]
    frame: Frame,
    /// ISO code of the one.
    one: String,
    /// ISO code of the other.
    other: String,
    /// `month`, `quarter` or `year`.
    by: String,
    /// First day that is asked for.
    since: Option<String>,
    /// Last day that is asked for.
    until: Option<String>,
    /// Counts and index by period, the earliest first.
    periods: Vec<Period>,
    /// Meetings, visits and calls, the latest first.
    meetings: Vec<Entry>,
    /// Words of one about or to the other, the latest first.
    statements: Vec<Entry>,
    /// Issues on which both have positions.
    issues: Vec<IssueRow>,
    /// The latest occurrences.
    events: Vec<Entry>,
}

page!(DyadPage, "periods");

/// `/dyads/USA-RUS`
pub async fn dyad(caller: Caller, Path(pair): Path<String>) -> Result<Response, Trouble> {
    caller
        .answer(move |caller, reader| {
            let (one, other) = codes(&pair)?;
            let mut fields = caller.ask.fields();
            let by = fields.one("by")?.unwrap_or_else(|| "month".into());
            let filter = crate::filters::filter(&mut fields)?;
            fields.finish()?;
            let periods = reader
                .relations(&one, &other, period(&by)?, &filter)
                .map_err(|error| unknown(error, &pair))?;
            let between = Listing {
                filter: Filter {
                    since: filter.since.clone(),
                    until: filter.until.clone(),
                    ..Filter::default()
                },
                between: Some((one.clone(), other.clone())),
                ..Listing::default()
            };
            let of = |types: &[&str], most| {
                let mut listing = between.clone();
                listing.filter.types = types.iter().map(|kind| (*kind).to_owned()).collect();
                reader.listing(&listing, most)
            };
            let title = format!(
                "{} – {}",
                codebook::country(&one),
                codebook::country(&other)
            );
            Ok(DyadPage {
                frame: caller.frame_of_rows("dyads", title),
                periods,
                meetings: of(&["CONSULT"], 12)?,
                statements: of(
                    &[
                        "AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
                    ],
                    12,
                )?,
                events: of(&[], 15)?,
                issues: reader.issues_between(&one, &other, 12)?,
                since: filter.since,
                until: filter.until,
                one,
                other,
                by,
            })
        })
        .await
}

/// Two codes in capitals.
fn codes(pair: &str) -> Result<(String, String), Trouble> {
    let code = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_alphabetic());
    match pair.split_once('-') {
        Some((one, other)) if code(one) && code(other) && !one.eq_ignore_ascii_case(other) => {
            Ok((one.to_uppercase(), other.to_uppercase()))
        }
        _ => Err(Trouble::NotFound(format!(
            "`{pair}` is no pair of countries; give two codes as USA-RUS"
        ))),
    }
}

/// A country that is not in the ledger is not a wrong filter: there is no such page.
fn unknown(error: ledger::LedgerError, pair: &str) -> Trouble {
    match error {
        ledger::LedgerError::Question(what) if !what.starts_with("--") => {
            Trouble::NotFound(format!("{pair}: {what}"))
        }
        other => other.into(),
    }
}

fn period(by: &str) -> Result<By, Trouble> {
    match by {
        "month" => Ok(By::Month),
        "quarter" => Ok(By::Quarter),
        "year" => Ok(By::Year),
        other => Err(Trouble::bad(
            "by",
            format!("`{other}` is no period; there are month, quarter, year"),
        )),
    }
}

impl DyadPage {
    /// Thaws and chills, the latest first.
    fn turns(&self) -> Vec<&Period> {
        let turn = |period: &&Period| matches!(period.trend, Trend::Thaw | Trend::Chill);
        self.periods.iter().rev().filter(turn).collect()
    }
}

/// A trend in a word.
fn trend(trend: &Trend) -> &'static str {
    match trend {
        Trend::Thaw => "thaw",
        Trend::Chill => "chill",
        Trend::Steady => "",
        Trend::First => "",
    }
}
