//! A story under analysis: sentences, tokens, and the layers that the model's heads give.
//!
//! Layers point at tokens by their index in [`Document::tokens`], so that a layer can be written by hand
//! (see [`crate::conllu`]) without any model.

use std::ops::Range;

use crate::{EventType, Mode, Span, Status, Story, TimeExpression, story::PartKind};

/// A half-open range of indices into [`Document::tokens`].
pub type TokenRange = Range<usize>;

/// A story with its annotations. Layers start empty; each stage of the analysis fills its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The story, as it came.
    pub story: Story,
    /// Sentences of the parts that are read, in text order.
    pub sentences: Vec<Sentence>,
    /// Tokens (Universal Dependencies' words) of all sentences, in text order.
    pub tokens: Vec<Token>,
    /// Names, in text order, not overlapping.
    pub names: Vec<Name>,
    /// Attribution relations, in order of their cues.
    pub attributions: Vec<Attribution>,
    /// Event triggers, in text order.
    pub triggers: Vec<Trigger>,
    /// Time expressions, in text order, not overlapping.
    pub times: Vec<TimeExpression>,
    /// What the encoder makes of time expressions, in text order. CoNLL-U does not carry it. Empty where no encoder read them.
    pub moments: Vec<Moment>,
    /// Places, in order of their first mention.
    pub places: Vec<Place>,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first token's first byte to the last token's last.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// The kind of part that it stands in: headline, subhead or body.
    pub part: PartKind,
    /// Index of its paragraph, counted over the parts that are read.
    pub paragraph: usize,
}

/// One syntactic word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the story's text.
    pub span: Span,
    /// Universal part of speech.
    pub upos: Upos,
    /// UD features, as in CoNLL-U (`Number=Sing|Person=3`); empty where there are none.
    pub feats: String,
    /// Dictionary form; empty before tagging.
    pub lemma: String,
    /// Index in [`Document::tokens`] of the syntactic head, in the same sentence; `None` for a root, and before parsing.
    pub head: Option<usize>,
    /// UD relation to the head, subtype included (`nsubj:pass`); `root` for a root, empty before parsing.
    pub deprel: String,
}

/// Universal parts of speech (universaldependencies.org/u/pos).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    /// Other, and not yet tagged.
    #[default]
    X,
}

impl Upos {
    /// Tags with their names in CoNLL-U.
    pub const NAMES: [(Upos, &'static str); 17] = [
        (Upos::Adj, "ADJ"),
        (Upos::Adp, "ADP"),
        (Upos::Adv, "ADV"),
        (Upos::Aux, "AUX"),
        (Upos::Cconj, "CCONJ"),
        (Upos::Det, "DET"),
        (Upos::Intj, "INTJ"),
        (Upos::Noun, "NOUN"),
        (Upos::Num, "NUM"),
        (Upos::Part, "PART"),
        (Upos::Pron, "PRON"),
        (Upos::Propn, "PROPN"),
        (Upos::Punct, "PUNCT"),
        (Upos::Sconj, "SCONJ"),
        (Upos::Sym, "SYM"),
        (Upos::Verb, "VERB"),
        (Upos::X, "X"),
    ];

    /// The tag as CoNLL-U writes it.
    pub fn as_str(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(tag, _)| *tag == self)
            .map_or("X", |(_, name)| name)
    }

    /// The tag written `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(tag, _)| *tag)
    }
}

/// A name: a stretch of tokens that names a person, place, date …
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its tokens, all in one sentence.
    pub tokens: TokenRange,
    /// What it names.
    pub kind: NameKind,
    /// Probability that the head gives, 0 to 1.
    pub confidence: f32,
    /// What the head puts second for its first word, with the probability; the inner `None` is "no name". For explanations
    /// alone; `None` where no head was asked.
    pub second: Option<(Option<NameKind>, f32)>,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation: party, company, ministry, armed group.
    Organization,
    /// A country, region, city, river.
    Location,
    /// A building, airport, base, bridge.
    Facility,
    /// A nationality, religion or political group ("Russian", "Sunni", "Democrats").
    Norp,
    /// A date or period.
    Date,
    /// A sum of money.
    Money,
    /// A make of thing ("S-400").
    Product,
    /// Named events, laws, works, languages.
    Misc,
}

impl NameKind {
    /// Kinds with the names that the `names` head and CoNLL-U use for them.
    pub const NAMES: [(NameKind, &'static str); 9] = [
        (NameKind::Person, "Person"),
        (NameKind::Organization, "Organization"),
        (NameKind::Location, "Location"),
        (NameKind::Facility, "Facility"),
        (NameKind::Norp, "NORP"),
        (NameKind::Date, "Date"),
        (NameKind::Money, "Money"),
        (NameKind::Product, "Product"),
        (NameKind::Misc, "Misc"),
    ];

    /// The kind's label.
    pub fn as_str(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("Misc", |(_, name)| name)
    }

    /// The kind labelled `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(kind, _)| *kind)
    }
}

/// A place of the world, with all its mentions in the story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Its usual English name; the words of the story where it is not known which place they mean.
    pub name: String,
    /// ISO 3166-1 alpha-3 of the country that it lies in, or is; `None` for seas, for what lies in several, and where it is
    /// not known.
    pub country: Option<String>,
    /// Name of the first-level division that it lies in; `None` where there is none around it.
    pub division: Option<String>,
    /// Latitude and longitude in degrees, for an area of a point in its middle; `None` where it is not known which place
    /// the words mean.
    pub point: Option<(f64, f64)>,
    /// GeoNames' number, where it has one.
    pub geonames: Option<u64>,
    /// The words that name it, in text order. Those of a dateline lie outside of all sentences.
    pub mentions: Vec<Span>,
    /// What the gazetteer has under the name of its first mention: this place, then those that came next, at most two. For
    /// explanations alone; empty where it is not known which place the words mean, and where no gazetteer was asked.
    pub weighed: Vec<WeighedPlace>,
}

/// A place of the gazetteer that a name may mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeighedPlace {
    /// Its name in the gazetteer.
    pub name: String,
    /// Name of the first-level division that it lies in; `None` where there is none around it.
    pub division: Option<String>,
    /// ISO 3166-1 alpha-3 of the country that it lies in, or is.
    pub country: Option<String>,
    /// Its inhabitants; 0 where they are not known.
    pub population: u64,
    /// How likely the name means it, among all places of the name, 0 to 1.
    pub likely: f32,
}

/// An attribution relation (PARC, PolNeAR): who says (believes, wants) what, and by which words.
/// Each part is a list of stretches of tokens in text order; a stretch may run over sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Words that name the source; empty where the text names none.
    pub source: Vec<TokenRange>,
    /// Words that express the attribution ("said", "according to"); never empty.
    pub cue: Vec<TokenRange>,
    /// What is attributed; never empty.
    pub content: Vec<TokenRange>,
    /// 0 to 1.
    pub confidence: f32,
    /// What the heads weighed.
    pub scores: AttributionScores,
}

/// Mean probability of each stretch of an attribution, 0 to 1, in the order of the stretches. For explanations alone: no
/// rule decides by it, and CoNLL-U does not carry it. Empty where no head was asked.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs)]
pub struct AttributionScores {
    pub source: Vec<f32>,
    pub cue: Vec<f32>,
    pub content: Vec<f32>,
    /// Probability that the first word of the cue is none.
    pub no_cue: Option<f32>,
    /// The word outside of the source that was nearest to beginning one, and its probability.
    pub other_source: Option<(usize, f32)>,
    /// The same of the content.
    pub other_content: Option<(usize, f32)>,
}

/// Words that express an event, with what the heads say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// The words, in one sentence.
    pub tokens: TokenRange,
    /// PLOVER type.
    pub event: EventType,
    /// PLOVER mode, one that fits the type.
    pub mode: Option<Mode>,
    /// The status that the head prefers; the coder may know better.
    pub status: Status,
    /// Score of each status in the order of [`Status::ALL`]; sums to 1.
    pub status_scores: [f32; 6],
    /// Who takes part, and who says so.
    pub roles: Roles,
    /// Probability that these words express an event of this type, 0 to 1.
    pub confidence: f32,
    /// What else the heads weighed.
    pub scores: TriggerScores,
}

/// What the heads weighed when they read a trigger, as probabilities from 0 to 1. For explanations, but for `when`, `occasion` and
/// `sought`, which the coder dates by. CoNLL-U does not carry it. Empty where no head was asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TriggerScores {
    /// The type that came second; the inner `None` is "no event".
    pub second_type: Option<(Option<EventType>, f32)>,
    /// Of the mode that was chosen, among those that fit the type.
    pub mode: Option<f32>,
    /// The mode that came second; the inner `None` is "no mode".
    pub second_mode: Option<(Option<Mode>, f32)>,
    /// Means of the stretches of [`Roles::actor`], in their order.
    pub actor: Vec<f32>,
    /// Of [`Roles::recipient`].
    pub recipient: Vec<f32>,
    /// Of [`Roles::reporter`].
    pub reporter: Vec<f32>,
    /// Of [`Roles::place`].
    pub place: Vec<f32>,
    /// By role, in the order of the fields of [`Roles`]: the word outside of what was marked that was nearest to being marked
    /// as the first, and its probability.
    pub passed_over: [Option<(usize, f32)>; 4],
    /// How likely the words around say when it happened.
    pub when: When,
    /// To be compared with those of other triggers, for whether both happened on the same days; no probabilities.
    pub occasion: Vec<f32>,
    /// To be compared with [`Moment`]s, for which of them says when it happened.
    pub sought: Vec<f32>,
}

/// A time expression as the encoder sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The expression.
    pub span: Span,
    /// To be compared with [`TriggerScores::sought`]; no probabilities.
    pub numbers: Vec<f32>,
}

/// How likely each word of a stretch of the story says when an event happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct When {
    /// The first word of the stretch.
    pub start: usize,
    /// Probability of each word, 0 to 1.
    pub likely: Vec<f32>,
}

impl When {
    /// The highest probability among `words`; `None` where the stretch has none of them.
    pub fn most(&self, words: &TokenRange) -> Option<f32> {
        let own = words
            .clone()
            .filter_map(|word| self.likely.get(word.checked_sub(self.start)?));
        own.copied().reduce(f32::max)
    }
}

/// The parties of an event, as stretches of tokens anywhere in the story, in text order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    /// Who did it.
    pub actor: Vec<TokenRange>,
    /// To whom.
    pub recipient: Vec<TokenRange>,
    /// According to whom.
    pub reporter: Vec<TokenRange>,
    /// Where.
    pub place: Vec<TokenRange>,
}

impl Document {
    /// The bytes from the first to the last token of `range`; empty at 0 for an empty range.
    pub fn span(&self, range: &TokenRange) -> Span {
        match self.tokens.get(range.clone()) {
            Some([first, .., last]) => Span::new(first.span.start, last.span.end),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }

    /// The words from the first to the last token of `range`, as they stand in the text.
    pub fn words(&self, range: &TokenRange) -> &str {
        self.span(range).of(&self.story.text)
    }

    /// The tokens that share a byte with `span`; empty where there are none.
    pub fn touched(&self, span: Span) -> TokenRange {
        let first = self.tokens.partition_point(|t| t.span.end <= span.start);
        let last = self.tokens.partition_point(|t| t.span.start < span.end);
        first..last.max(first)
    }

    /// One token's form.
    pub fn form(&self, token: usize) -> &str {
        self.tokens[token].span.of(&self.story.text)
    }

    /// Index of the sentence that holds `token`; `None` where there is no such token.
    pub fn sentence_of(&self, token: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|s| s.tokens.start <= token);
        let found = after.checked_sub(1)?;
        self.sentences[found]
            .tokens
            .contains(&token)
            .then_some(found)
    }

    /// The token of `range` whose head lies outside of it: the syntactic head of the stretch.
    /// The first such token that is not punctuation, where there are several; `None` for an empty range.
    pub fn head_of(&self, range: &TokenRange) -> Option<usize> {
        let outside = |t: &usize| {
            self.tokens[*t]
                .head
                .is_none_or(|head| !range.contains(&head))
        };
        let heads = || range.clone().filter(outside);
        heads()
            .find(|t| self.tokens[*t].upos != Upos::Punct)
            .or_else(|| heads().next_back())
    }

    /// Tokens whose head is `token`, in text order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self
            .sentence_of(token)
            .map_or(0..0, |s| self.sentences[s].tokens.clone());
        range.filter(move |t| self.tokens[*t].head == Some(token))
    }
}
