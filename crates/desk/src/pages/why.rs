//! Why an event or claim is coded as it is: the story is read again, and every decision told.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use rapporteur::types::Story;
use schemars::JsonSchema;
use serde::Serialize;
use types::explain::{Decision, Explanation, Tree};
use types::record::{Record, StoryRecord};
use types::{Part, PartKind, Span};

use crate::ask::Ask;
use crate::desk::Desk;
use crate::guard::Rights;
use crate::page::{Frame, give, page};
use crate::trouble::Trouble;

/// The decisions behind one event or claim.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "why.html")]
pub struct Why {
    #[serde(skip)]
    frame: Frame,
    /// The story, `S12`.
    story: String,
    /// Whether the ledger's record was made by this version: else it may have decided otherwise.
    same_version: bool,
    /// The explanation; docs/explain.schema.json describes it.
    #[schemars(with = "serde_json::Value")]
    explanation: Explanation,
}

page!(Why);

/// `/stories/S12/why/e3`
pub async fn why(
    State(desk): State<Arc<Desk>>,
    Extension(rights): Extension<Rights>,
    Path((id, part)): Path<(String, String)>,
    ask: Ask,
) -> Result<Response, Trouble> {
    ask.fields().finish()?;
    let (row, record) = desk
        .pool
        .ask(move |reader| {
            let row = reader.story(&id)?;
            let record = reader.record(&row.id)?;
            Ok((row, record))
        })
        .await?;
    let made = record.provenance.clone();
    let story = story(record);
    let (explained, now) = desk
        .with_model(move |reader| (reader.explain(&story), reader.provenance().clone()))
        .await?;
    let found = explained
        .explanations
        .into_iter()
        .find(|explanation| explanation.id == part);
    let Some(explanation) = found else {
        return Err(Trouble::NotFound(format!(
            "the story has no event or claim `{part}` as this version reads it"
        )));
    };
    let title = format!("Why {part}: {}", explanation.summary);
    let page = Why {
        frame: Frame::new(&desk, &ask, rights, "stories", title),
        story: row.id,
        same_version: made == now,
        explanation,
    };
    give(page, ask.format)
}

/// The story of a record, as it was given to the reader.
fn story(record: Record) -> Story {
    let StoryRecord {
        id,
        reference,
        url,
        headline,
        byline,
        publisher,
        section,
        language,
        published,
        text,
        parts,
    } = record.story;
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let parts = parts.iter().filter_map(|part| {
        let (start, end) = (*bytes.get(part.start)?, *bytes.get(part.end)?);
        Some(Part {
            kind: PartKind::parse(&part.kind)?,
            span: (start <= end).then(|| Span::new(start, end))?,
        })
    });
    Story {
        parts: parts.collect(),
        id,
        reference,
        url,
        headline,
        byline,
        publisher,
        section,
        language,
        published,
        text,
        problems: Vec::new(),
    }
}

/// A token of a tree, as it is listed.
struct Row<'t> {
    form: &'t str,
    lemma: &'t str,
    upos: &'t str,
    deprel: &'t str,
    head: &'t str,
}

/// The tokens of a tree with the words of their heads.
fn rows(tree: &Tree) -> Vec<Row<'_>> {
    let made = tree.tokens.iter().map(|node| Row {
        form: &node.form,
        lemma: &node.lemma,
        upos: &node.upos,
        deprel: &node.deprel,
        head: node
            .head
            .and_then(|head| tree.tokens.get(head))
            .map_or("", |head| &head.form),
    });
    made.collect()
}

/// What made a decision, in words: `head:status` is a head of the model.
fn by(decision: &Decision) -> String {
    match decision.by.split_once(':') {
        Some(("head", name)) => format!("the model's head “{name}”"),
        Some(("rule", name)) => format!("rule “{name}”"),
        Some(("lexicon", name)) => format!("lexicon {name}"),
        _ => decision.by.clone(),
    }
}
