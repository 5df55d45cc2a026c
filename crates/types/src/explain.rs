//! Why a record says what it says: version 1 of the public shape of explanations.
//!
//! For each event and claim of a story: its sentences with their trees, the words that were marked, and what was decided,
//! by which head, rule or line of the lexicon, with what came second. As in the record, every offset counts Unicode code
//! points of the story's text, `end` exclusive. `docs/explain.schema.json` describes the same in JSON Schema.

use serde::{Deserialize, Serialize};

use crate::record::Provenance;

/// Version of the shape, the `schema` of [`Explained`].
pub const SCHEMA: u32 = 1;

/// The explanations of one story.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Explained {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Which story.
    pub story: StoryName,
    /// Every event, then every claim of the story, in the record's order, whether explained here or not.
    pub items: Vec<Item>,
    /// What was asked for, in the order of `items`.
    pub explanations: Vec<Explanation>,
    /// What made it: the same as in the record.
    pub provenance: Provenance,
}

/// What tells a story from others; the fields are the record's.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct StoryName {
    pub id: String,
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    pub headline: Option<String>,
    pub published: Option<String>,
}

/// One event or claim in a line.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Item {
    /// The record's id: `e1`, `c1` …
    pub id: String,
    /// `event` or `claim`.
    pub kind: String,
    /// For a person to read: type, status and parties, or source, stance and content.
    pub summary: String,
    /// Index into the record's `sentences`: where the trigger or the cue stands.
    pub sentence: usize,
}

/// All that is known about how one event or claim came to be.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Explanation {
    /// The record's id.
    pub id: String,
    /// `event` or `claim`.
    pub kind: String,
    /// As in [`Item`].
    pub summary: String,
    /// The sentences that hold a mark, in text order.
    pub sentences: Vec<Tree>,
    /// The words of its parts, as the heads or rules marked them, in text order.
    pub marks: Vec<Mark>,
    /// In the order in which they were made.
    pub decisions: Vec<Decision>,
}

/// One sentence with its dependency tree.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Tree {
    /// Index into the record's `sentences`.
    pub sentence: usize,
    /// First code point.
    pub start: usize,
    /// One behind the last.
    pub end: usize,
    /// The sentence as it stands in the story.
    pub text: String,
    /// Its tokens, in text order.
    pub tokens: Vec<Node>,
}

/// One token of a tree.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct Node {
    pub start: usize,
    pub end: usize,
    pub form: String,
    /// Dictionary form; empty where none is known.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Index of the head in this sentence's `tokens`; `null` for a root, and where no tree was made.
    pub head: Option<usize>,
    /// Universal Dependencies' relation to the head; empty where no tree was made.
    pub deprel: String,
}

/// Words that were marked as a part of an event or claim.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Mark {
    /// `trigger`, `actor`, `recipient`, `reporter` or `place` of an event; `source`, `cue` or `content` of a claim.
    pub part: String,
    /// First code point.
    pub start: usize,
    /// One behind the last.
    pub end: usize,
    /// The words.
    pub words: String,
    /// Probability that the head gives them, 0 to 1; `null` where a rule marked them.
    pub score: Option<f64>,
}

/// One decision: what was decided, by what, on what ground.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq)]
pub struct Decision {
    /// `triggers`, `attributions`, `names`, `roles`, `status`, `claims`, `actors`, `codes`, `places`, `times`,
    /// `quantities` or `positions`.
    pub stage: String,
    /// The field that it filled: `type`, `mode`, `status`, `actor`, `code`, `according_to`, `stance` …
    pub field: String,
    /// What was decided: a code or an id of the record; `null` where the decision was for nothing.
    pub value: Option<String>,
    /// What `value` is called, where it is an id; whose code it is, where it is an actor's code.
    pub label: Option<String>,
    /// `head:NAME`, `rule:NAME` or `lexicon:FILE`.
    pub by: String,
    /// Probability that the head gives, 0 to 1; `null` where no head decided.
    pub score: Option<f64>,
    /// What came second, or what a rule overruled.
    pub runner_up: Option<RunnerUp>,
    /// The words that it rests on.
    pub words: Vec<Words>,
    /// The lines of the lexicon that it rests on.
    pub lexicon: Vec<Line>,
    /// The same for a person, in a sentence.
    pub why: Option<String>,
}

/// What could have been decided instead.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct RunnerUp {
    /// As [`Decision::value`]; `none` for "no event", "no mode".
    pub value: String,
    /// Its probability, 0 to 1.
    pub score: f64,
}

/// Some words of the story.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct Words {
    pub start: usize,
    pub end: usize,
    pub words: String,
}

/// A line of the lexicon.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Line {
    /// Name of the file, under `crates/lexicon/data`.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// The line itself, columns parted by tabs.
    pub entry: String,
}
