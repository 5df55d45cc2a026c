//! What happened, once: its reports side by side. And one report of it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use ledger::query::{Figure, Occurrence, Party, Report};
use schemars::JsonSchema;
use serde::Serialize;

use crate::caller::Caller;
use crate::codebook;
use crate::page::{Frame, page};
use crate::trouble::Trouble;

/// Most reports that stand side by side.
const MOST_REPORTS: usize = 200;

/// An occurrence with its reports.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "occurrence.html")]
pub struct OccurrencePage {
    #[serde(skip)]
    frame: Frame,
    /// What happened, as all reports together have it.
    occurrence: Occurrence,
    /// Quad class, 1 to 4.
    quad: u8,
    /// Who did it, with numbers.
    actors: Vec<Party>,
    /// To whom.
    recipients: Vec<Party>,
    /// In what the reports differ from each other.
    contradictions: Vec<Contradiction>,
    /// Figures, brought together by what they count.
    figures: Vec<Figures>,
    /// The reports, the first ones first, two hundred at most.
    reports: Vec<Report>,
}

page!(OccurrencePage, "reports");

/// A field in which reports differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Contradiction {
    /// The field: `status`, `date`, `place`, `actor`, `recipient`, `type` or `figure`.
    field: String,
    /// Each value with the reports that have it.
    values: Vec<Value>,
}

/// A value and who has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Value {
    /// The value.
    value: String,
    /// Who says so: sources in stories, or outlets.
    by: Vec<String>,
}

/// Figures of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Figures {
    /// What is counted.
    what: String,
    /// Each source's figure.
    figures: Vec<Figure>,
}

/// `/occurrences/O12`
pub async fn occurrence(caller: Caller, Path(id): Path<String>) -> Result<Response, Trouble> {
    caller.answer_one(move |caller, reader| {
        let occurrence = reader.event(&id)?;
        let mut reports = reader.reports_of(&id)?;
        if reports.is_empty() {
            return Err(Trouble::NotFound(format!(
                "{id} has no report any more: its reports were rejected, or belong to another occurrence now"
            )));
        }
        reports.truncate(MOST_REPORTS);
        let (actors, recipients) = reader.parties_of(&id)?;
        let title = title(&occurrence);
        Ok(OccurrencePage {
            frame: caller.frame_of_rows("events", title),
            quad: codebook::quad_of(&occurrence.kind),
            contradictions: contradictions(&reports, &occurrence.figures),
            figures: figures(&occurrence.figures),
            occurrence,
            actors,
            recipients,
            reports,
        })
    })
    .await
}

fn title(occurrence: &Occurrence) -> String {
    let who = |names: &[String]| names.join(", ");
    let sides = [&occurrence.actor, &occurrence.recipient].map(|names| who(names));
    let [actor, recipient] = sides;
    format!("{actor} {} {recipient}", occurrence.kind)
        .trim()
        .to_owned()
}

fn figures(all: &[Figure]) -> Vec<Figures> {
    let mut kinds: BTreeMap<&str, Vec<Figure>> = BTreeMap::new();
    for figure in all {
        kinds.entry(&figure.what).or_default().push(figure.clone());
    }
    let made = kinds.into_iter().map(|(what, figures)| Figures {
        what: what.to_owned(),
        figures,
    });
    made.collect()
}

/// Fields in which reports differ. What a report does not say contradicts nobody.
fn contradictions(reports: &[Report], figures: &[Figure]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let mut compare = |field: &str, value: &dyn Fn(&Report) -> String| {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for report in reports {
            let value = value(report);
            if !value.is_empty() {
                add(values.entry(value).or_default(), by(report));
            }
        }
        push(&mut found, field, values);
    };
    compare("status", &|report| report.status.clone());
    compare("type", &|report| report.kind.clone());
    compare("date", &|report| {
        crate::view::when(&report.first, &report.last)
    });
    compare("place", &|report| report.place.clone().unwrap_or_default());
    compare("actor", &|report| report.actor.join(", "));
    compare("recipient", &|report| report.recipient.join(", "));
    let mut values: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| figure.value.is_some()) {
        let shown = figure
            .value
            .map_or(String::new(), |value| value.to_string());
        let bound = if figure.bound == "exactly" {
            String::new()
        } else {
            figure.bound.replace('_', " ") + " "
        };
        add(
            values
                .entry((figure.what.clone(), bound + &shown))
                .or_default(),
            figure.according_to.clone(),
        );
    }
    let mut kinds: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for ((what, value), by) in values {
        kinds.entry(what).or_default().insert(value, by);
    }
    for (what, values) in kinds {
        push(&mut found, &what, values);
    }
    found
}

fn by(report: &Report) -> String {
    let outlet = report
        .publisher
        .clone()
        .unwrap_or_else(|| report.story.clone());
    match &report.according_to {
        Some(source) => format!("{source} ({outlet})"),
        None => outlet,
    }
}

fn add(list: &mut Vec<String>, value: String) {
    if !list.contains(&value) {
        list.push(value);
    }
}

fn push(found: &mut Vec<Contradiction>, field: &str, values: BTreeMap<String, Vec<String>>) {
    if values.len() > 1 {
        found.push(Contradiction {
            field: field.to_owned(),
            values: values
                .into_iter()
                .map(|(value, by)| Value { value, by })
                .collect(),
        });
    }
}

/// One report: an event in one story.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "event.html")]
pub struct EventPage {
    #[serde(skip)]
    frame: Frame,
    /// The report.
    report: Report,
    /// Quad class, 1 to 4.
    quad: u8,
}

page!(EventPage, "report");

/// `/events/E12`
pub async fn event(caller: Caller, Path(id): Path<String>) -> Result<Response, Trouble> {
    caller
        .answer_one(move |caller, reader| {
            let report = reader.report(&id)?;
            Ok(EventPage {
                frame: caller.frame_of_rows("events", format!("{} {}", report.kind, report.id)),
                quad: codebook::quad_of(&report.kind),
                report,
            })
        })
        .await
}
