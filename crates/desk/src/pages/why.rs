//! Why an event or claim is coded as it is: what the record has, at once, and apart from it what takes longer: the story is
//! read again, and every decision told.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use rapporteur::types::Story;
use schemars::JsonSchema;
use serde::Serialize;
use types::explain::{Decision, Explained, Explanation, Tree};
use types::record::{PartRecord, Provenance, Record};
use types::{CodePoints, Part, PartKind, Span};

use crate::caller::Caller;
use crate::coded::Coded;
use crate::desk::Desk;
use crate::page::{Frame, give, page};
use crate::trouble::Trouble;

/// An event or claim as the ledger's record has it, and where the decisions behind it are told.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "why.html")]
pub struct Why {
    #[serde(skip)]
    frame: Frame,
    /// The story, `S12`.
    story: String,
    /// What the record has.
    coded: Coded,
    /// Where the story is read again, and each decision told.
    reading: String,
    /// What is told there, where the desk has read the story lately.
    told: Option<Told>,
}

page!(Why, "coded/fields");

/// The decisions behind one event or claim, for which the story was read again.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "why_reading.html")]
pub struct WhyReading {
    #[serde(skip)]
    frame: Frame,
    /// The story, `S12`.
    story: String,
    /// The event or claim, `e3`.
    part: String,
    /// What is told of it; `null` where this version reads the story without it.
    told: Option<Told>,
}

page!(WhyReading, "told/explanation/decisions");

/// What a reading tells of an event or claim.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Told {
    /// Whether the ledger's record was made by this version: else it may have decided otherwise.
    same_version: bool,
    /// The explanation; docs/explain.schema.json describes it.
    #[schemars(with = "serde_json::Value")]
    explanation: Explanation,
}

impl Told {
    /// Of the part of a record; `None` where this version reads the story without it.
    fn of(explained: &Explained, part: &str, made: &Provenance) -> Option<Self> {
        let mut all = explained.explanations.iter();
        let explanation = all.find(|explanation| explanation.id == part)?;
        Some(Told {
            same_version: *made == explained.provenance,
            explanation: explanation.clone(),
        })
    }
}

/// `/stories/S12/why/e3`
pub async fn why(
    caller: Caller,
    Path((id, part)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    caller
        .answer_one(move |caller, reader| {
            let story = reader.story(&id)?.id;
            let record = reader.record(&story)?;
            let numbers = reader.numbers(&story)?;
            let coded = Coded::of(&record, &numbers, &story, &part).ok_or_else(|| lacks(&part))?;
            let kept = caller.desk.explanations.of(&record.story);
            Ok(Why {
                frame: caller.frame_of_rows("stories", format!("Why {part}: {}", coded.summary)),
                reading: format!("/stories/{story}/why/{part}/reading"),
                told: kept.and_then(|kept| Told::of(&kept, &part, &record.provenance)),
                coded,
                story,
            })
        })
        .await
}

/// `/stories/S12/why/e3/reading`
pub async fn reading(
    caller: Caller,
    Path((id, part)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    caller.ask.fields().finish()?;
    let (story, record) = caller
        .desk
        .pool
        .ask(move |reader| {
            let story = reader.story(&id)?.id;
            let record = reader.record(&story)?;
            Ok((story, record))
        })
        .await?;
    let events = record.events.iter().map(|event| &event.id);
    let claims = record.claims.iter().map(|claim| &claim.id);
    if !events.chain(claims).any(|id| *id == part) {
        return Err(lacks(&part));
    }
    let made = record.provenance.clone();
    let explained = explained(&caller.desk, record).await?;
    let page = WhyReading {
        frame: caller.frame_of_rows("stories", format!("Why {part} of {story}, read again")),
        told: Told::of(&explained, &part, &made),
        story,
        part,
    };
    give(page, caller.ask.format)
}

fn lacks(part: &str) -> Trouble {
    Trouble::NotFound(format!("the story has no event or claim `{part}`"))
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
