//! Why an event or claim is coded as it is: the story is read again, and every decision told.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use rapporteur::types::Story;
use schemars::JsonSchema;
use serde::Serialize;
use types::explain::{Decision, Explained, Explanation, Tree};
use types::record::{PartRecord, Record};
use types::{CodePoints, Part, PartKind, Span};

use crate::caller::Caller;
use crate::desk::Desk;
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

page!(Why, "explanation/decisions");

/// `/stories/S12/why/e3`
pub async fn why(
    caller: Caller,
    Path((id, part)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    caller.ask.fields().finish()?;
    let (row, record) = caller
        .desk
        .pool
        .ask(move |reader| {
            let row = reader.story(&id)?;
            let record = reader.record(&row.id)?;
            Ok((row, record))
        })
        .await?;
    let made = record.provenance.clone();
    let explained = explained(&caller.desk, record).await?;
    let all = &explained.explanations;
    let Some(explanation) = all.iter().find(|explanation| explanation.id == part) else {
        return Err(Trouble::NotFound(format!(
            "the story has no event or claim `{part}` as this version reads it"
        )));
    };
    let title = format!("Why {part}: {}", explanation.summary);
    let page = Why {
        frame: caller.frame_of_rows("stories", title),
        story: row.id,
        same_version: made == explained.provenance,
        explanation: explanation.clone(),
    };
    give(page, caller.ask.format)
}

/// All explanations of the story of a record.
async fn explained(desk: &Arc<Desk>, record: Record) -> Result<Arc<Explained>, Trouble> {
    if let Some(kept) = desk.explanations.of(&record.story) {
        return Ok(kept);
    }
    let told = record.story.clone();
    let story = story(record);
    let work = move |reader: &rapporteur::Reader| reader.explain(&story);
    let explained = Arc::new(desk.with_model(work).await?);
    desk.explanations.keep(told, Arc::clone(&explained));
    Ok(explained)
}

/// The story of a record, as it was given to the reader.
fn story(record: Record) -> Story {
    let told = record.story;
    let text = CodePoints::new(&told.text);
    let part = |part: &PartRecord| {
        let (start, end) = (text.byte(part.start)?, text.byte(part.end)?);
        Some(Part {
            kind: PartKind::parse(&part.kind)?,
            span: (start <= end).then(|| Span::new(start, end))?,
        })
    };
    Story {
        parts: told.parts.iter().filter_map(part).collect(),
        id: told.id,
        reference: told.reference,
        url: told.url,
        headline: told.headline,
        byline: told.byline,
        publisher: told.publisher,
        section: told.section,
        language: told.language,
        published: told.published,
        problems: Vec::new(),
        text: told.text,
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
