//! The record: what rapporteur writes for a story, version 1 of the public contract.
//!
//! One JSON object per story. Every offset counts Unicode code points of `story.text`; `start` is inclusive,
//! `end` exclusive, and a pair `[start, end]` means the same. What the text does not say is `null`.
//! `docs/record.schema.json` describes the same in JSON Schema.

use serde::{Deserialize, Serialize};

/// Version of the contract, the record's `schema`.
pub const SCHEMA: u32 = 1;

/// `[start, end]` in code points.
pub type Offsets = [usize; 2];

/// Everything read from one story.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: u32,
    pub story: StoryRecord,
    pub sentences: Vec<Stretch>,
    pub actors: Vec<Actor>,
    pub places: Vec<Place>,
    pub times: Vec<Timex>,
    pub quantities: Vec<Quantity>,
    pub claims: Vec<Claim>,
    pub events: Vec<Event>,
    pub issues: Vec<Issue>,
    pub positions: Vec<Position>,
    pub problems: Vec<ProblemRecord>,
    pub provenance: Provenance,
}

impl Record {
    /// A record of which nothing but the story is known yet.
    pub fn of(story: StoryRecord) -> Self {
        Record {
            schema: SCHEMA,
            story,
            sentences: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            times: Vec::new(),
            quantities: Vec::new(),
            claims: Vec::new(),
            events: Vec::new(),
            issues: Vec::new(),
            positions: Vec::new(),
            problems: Vec::new(),
            provenance: Provenance::default(),
        }
    }
}

/// The story itself and how its text is laid out.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct StoryRecord {
    pub id: String,
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    pub url: Option<String>,
    pub headline: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub section: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// `YYYY-MM-DD`.
    pub published: Option<String>,
    pub text: String,
    pub parts: Vec<PartRecord>,
}

/// A marked stretch of the story.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct PartRecord {
    /// As `PartKind::as_str` writes it.
    pub kind: String,
    pub start: usize,
    pub end: usize,
}

/// A stretch of the text without a kind.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Stretch {
    pub start: usize,
    pub end: usize,
}

/// One person, state, organisation or group, with all its mentions in the story.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Actor {
    /// `a1`, `a2` … in order of first mention.
    pub id: String,
    /// The fullest name in the story, or the state's English name.
    pub name: String,
    /// `person`, `state`, `organisation`, `group` or `place-as-state`.
    pub kind: String,
    /// CAMEO actor code (country and roles); `null` if not resolved.
    pub code: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// CAMEO role codes (`GOV`, `MIL` …), most specific last.
    pub roles: Vec<String>,
    /// Office or description ("Secretary of State").
    pub title: Option<String>,
    /// Wikidata identifier.
    pub wikidata: Option<String>,
    /// In text order.
    pub mentions: Vec<Mention>,
}

/// Words that refer to an actor.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct Mention {
    pub start: usize,
    pub end: usize,
    /// `named`, `nominal` or `pronominal`.
    pub form: String,
}

/// A place, resolved to the gazetteer where that could be done.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct Place {
    /// `p1`, `p2` …
    pub id: String,
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub geonames: Option<u64>,
    /// Why there are no coordinates; `null` where there are.
    #[serde(default)]
    pub why: Option<String>,
    /// In text order.
    pub mentions: Vec<Stretch>,
}

/// A time expression (TIMEX3).
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct Timex {
    pub start: usize,
    pub end: usize,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value; `null` where it cannot be resolved.
    pub value: Option<String>,
}

/// A number of people or things, or a sum.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct Quantity {
    pub start: usize,
    pub end: usize,
    /// `null` where only a size is told ("dozens"); of a range the lower end.
    pub value: Option<f64>,
    /// The higher end of a range ("20 to 30").
    #[serde(default)]
    pub to: Option<f64>,
    /// `exactly`, `about`, `at_least`, `at_most`, `more_than`, `less_than` or `several`.
    pub bound: String,
    /// The noun that is counted, in the singular; for money the currency.
    pub unit: Option<String>,
    /// `killed`, `injured`, `missing`, `displaced`, `arrested`, `troops`, `protesters`, `money`, `duration` or `other`.
    pub what: String,
    /// The claim that gives the figure; `null` where the story itself does.
    #[serde(default)]
    pub according_to: Option<String>,
}

/// An attribution relation: who says what, by which words.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Claim {
    /// `c1`, `c2` … in order of cues.
    pub id: String,
    /// `null` when the text names none ("reportedly").
    pub source: Option<ClaimSource>,
    /// Words that express the attribution.
    pub cue: Vec<Offsets>,
    /// What is attributed; may be discontinuous and run over sentences.
    pub content: Vec<Offsets>,
    /// `direct`, `indirect` or `mixed`.
    pub manner: String,
    /// `assert`, `deny`, `accuse`, `promise`, `threaten`, `demand`, `ask`, `acknowledge`, `doubt`, `believe` or `intend`.
    pub stance: String,
    /// Actor spoken to.
    pub addressee: Option<String>,
    /// The claim whose content this one is quoted in.
    pub inside: Option<String>,
    /// 0 to 1.
    pub confidence: f64,
}

/// Who a claim comes from.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct ClaimSource {
    /// `null` where the words could not be brought to an actor.
    pub actor: Option<String>,
    pub spans: Vec<Offsets>,
}

/// One mention of a political event.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Event {
    /// `e1`, `e2` … in text order.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code, as specific as type, mode and status allow.
    pub cameo: Option<String>,
    /// Goldstein weight of the CAMEO code, -10 to 10.
    pub goldstein: Option<f64>,
    /// `verbal cooperation`, `material cooperation`, `verbal conflict` or `material conflict`.
    pub quad: String,
    /// Actor ids: who did it.
    pub actor: Vec<String>,
    /// Actor ids: to whom.
    pub recipient: Vec<String>,
    /// The words that express it.
    pub trigger: Vec<Offsets>,
    /// Index into `sentences`.
    pub sentence: usize,
    /// When it happened, or why that is not known.
    pub date: EventDate,
    /// Place id.
    pub place: Option<String>,
    /// `actual`, `planned`, `possible`, `negated`, `claimed` or `denied`.
    pub status: String,
    /// Claim id when someone in the story says it; `null` when the story itself does.
    pub according_to: Option<String>,
    /// Indices into `quantities`.
    pub quantities: Vec<usize>,
    /// Issue ids.
    pub issues: Vec<String>,
    /// What decided type and status: heads and rules by id, joined by `+`.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// The time of an event. `first` and `last` are both `null` where it is not known, and `why` says why.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct EventDate {
    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub first: Option<String>,
    /// As `first`; the same where the event took one day, month or year.
    pub last: Option<String>,
    /// Index into `times`.
    pub time: Option<usize>,
    pub why: Option<String>,
}

/// A matter on which parties take positions.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct Issue {
    pub id: String,
    pub name: String,
    pub mentions: Vec<Offsets>,
}

/// Where one actor stands on an issue, or how several stand to each other.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct Position {
    pub issue: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<String>,
    /// `for`, `against` or `neutral`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<String>,
    /// `agree` or `disagree`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    pub claims: Vec<String>,
    /// The words that say so.
    pub evidence: Vec<Offsets>,
}

/// What could not be read as it should.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct ProblemRecord {
    pub kind: String,
    pub start: Option<usize>,
    pub end: Option<usize>,
    pub message: String,
}

/// What made the record.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq)]
pub struct Provenance {
    /// `rapporteur` and its version.
    pub program: String,
    /// `sha256:` and the digest of the weights.
    pub model: String,
    /// Version of the lexicon.
    pub lexicon: String,
}
