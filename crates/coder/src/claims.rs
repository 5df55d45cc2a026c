//! Who says what: attributions of the document as claims of actors.

use lexicon::Stance;
use types::{Attribution, EventType, TokenRange, Trigger, Upos};

use crate::cast::Cast;
use crate::reading::Reading;
use crate::subjects::subject;

/// A claim under construction; other claims are meant by their index in [`Claims::all`].
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// Actor who makes it.
    pub(crate) source: Option<usize>,
    pub(crate) source_spans: Vec<TokenRange>,
    pub(crate) cue: Vec<TokenRange>,
    pub(crate) content: Vec<TokenRange>,
    pub(crate) manner: Manner,
    pub(crate) stance: Stance,
    pub(crate) addressee: Option<usize>,
    pub(crate) inside: Option<usize>,
    pub(crate) confidence: f32,
    pub(crate) trace: Trace,
}

/// How a claim came to be, for explanations.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    /// Index of the attribution that it was made from; `None` for one that an event needed.
    pub(crate) attribution: Option<usize>,
    /// What gave the source: a head or rule, by id.
    pub(crate) source: &'static str,
    /// What gave the stance, likewise, and the word of the cue that it went by.
    pub(crate) stance: (&'static str, Option<usize>),
}

/// Whether the content is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Direct,
    Indirect,
    Mixed,
}

impl Manner {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Manner::Direct => "direct",
            Manner::Indirect => "indirect",
            Manner::Mixed => "mixed",
        }
    }
}

impl Claim {
    /// Whether `token` is part of what is claimed.
    pub(crate) fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|r| r.contains(&token))
    }

    pub(crate) fn cued_by(&self, token: usize) -> bool {
        self.cue.iter().any(|r| r.contains(&token))
    }

    fn size(&self) -> usize {
        self.content.iter().map(ExactSizeIterator::len).sum()
    }
}

/// All claims of a story, attributions first, then those that events needed.
pub(crate) struct Claims {
    pub(crate) all: Vec<Claim>,
    /// By token, the claim with the least content that holds it.
    holder: Vec<Option<usize>>,
}

impl Claims {
    pub(crate) fn gather(reading: &Reading, cast: &Cast) -> Self {
        let mut claims = Claims {
            all: Vec::new(),
            holder: vec![None; reading.document.tokens.len()],
        };
        for (index, attribution) in reading.document.attributions.iter().enumerate() {
            if let Some(mut claim) = from_attribution(reading, cast, attribution) {
                claim.trace.attribution = Some(index);
                claims.all.push(claim);
            }
        }
        crate::content::extend(reading, &mut claims.all);
        for index in 0..claims.all.len() {
            let manner = crate::content::manner(reading, &claims.all[index].content);
            claims.all[index].manner = manner;
        }
        claims.shared_source(reading, cast);
        claims.same_speaker(reading);
        claims.nest();
        claims
    }

    /// The claim with the least content that holds `token`, as the claim nearest to the words.
    pub(crate) fn innermost(&self, token: usize) -> Option<usize> {
        *self.holder.get(token)?
    }

    /// Takes in a claim that an event needed.
    pub(crate) fn add(&mut self, claim: Claim) -> usize {
        self.all.push(claim);
        self.hold(self.all.len() - 1);
        self.all.len() - 1
    }

    /// Notes `claim` as the holder of its content, except where a smaller one is.
    pub(crate) fn hold(&mut self, claim: usize) {
        let size = self.all[claim].size();
        for token in self.all[claim].content.iter().flat_map(|r| r.clone()) {
            let smaller = |c: usize| (self.all[c].size(), c) < (size, claim);
            if let Some(holder) = self.holder.get_mut(token)
                && !holder.is_some_and(smaller)
            {
                *holder = Some(claim);
            }
        }
    }

    /// Who speaks at `token`, where it is quoted.
    pub(crate) fn speaker(&self, reading: &Reading, token: usize) -> Option<usize> {
        let at = reading.document.tokens[token].span.start;
        reading.quotes.around(at)?;
        self.all[self.innermost(token)?].source
    }

    /// "Denies this, and blames the others": a cue right behind "and" or "but" without a source of its own has the first
    /// subject of the sentence, whatever the tree makes of the two verbs.
    fn shared_source(&mut self, reading: &Reading, cast: &Cast) {
        for claim in &mut self.all {
            let cue = claim.cue[0].start;
            let joined = cue > 0 && reading.lemma_is(cue - 1, &["and", "but"]);
            if !joined || claim.source.is_some() || !claim.source_spans.is_empty() {
                continue;
            }
            let here = |t: &usize| reading.sentence(*t) == reading.sentence(cue);
            let first = (0..cue)
                .rev()
                .take_while(here)
                .filter(|t| reading.is_subject(*t))
                .last();
            let Some(actor) = first.and_then(|t| cast.actor_at(t)) else {
                continue;
            };
            claim.source = Some(actor);
            claim.source_spans = first.map(|t| reading.noun_phrase(t)).into_iter().collect();
            claim.trace.source = "rule:shared-source";
        }
    }

    /// A quotation without a source goes on with the speaker of the quotation right before it.
    fn same_speaker(&mut self, reading: &Reading) {
        let mut before: Option<(usize, usize)> = None;
        for claim in &mut self.all {
            let sentence = reading.sentence(claim.cue[0].start);
            if claim.manner == Manner::Indirect {
                continue;
            }
            if claim.source.is_none()
                && claim.source_spans.is_empty()
                && let Some((speaker, then)) = before
                && sentence.saturating_sub(then) <= 2
            {
                claim.source = Some(speaker);
                claim.trace.source = "rule:same-speaker";
            }
            before = claim.source.map(|s| (s, sentence));
        }
    }

    /// Finds for each claim the smallest larger one that holds its cue, going from large to small: two claims can hold
    /// each other's cues when heads err, and only the larger one is around.
    fn nest(&mut self) {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|c| (std::cmp::Reverse(self.all[*c].size()), *c));
        for claim in order {
            let around = self.innermost(self.all[claim].cue[0].start);
            let larger = around.filter(|o| self.all[*o].size() > self.all[claim].size());
            self.all[claim].inside = larger;
            self.hold(claim);
        }
    }
}

fn from_attribution(reading: &Reading, cast: &Cast, attribution: &Attribution) -> Option<Claim> {
    let sound = |ranges: &[TokenRange]| -> Vec<TokenRange> {
        ranges
            .iter()
            .filter(|r| reading.is_sound(r))
            .cloned()
            .collect()
    };
    let (cue, content) = (sound(&attribution.cue), sound(&attribution.content));
    let verb = cue_head(reading, cue.first()?)?;
    let mut source_spans = sound(&attribution.source);
    let mut by = "head:attribution";
    if source_spans.is_empty()
        && let Some(subject) = subject(reading, verb)
        && !content.iter().any(|r| r.contains(&subject))
    {
        source_spans.push(reading.noun_phrase(subject));
        by = "rule:subject-of-cue";
    }
    let source = source_spans
        .iter()
        .find_map(|s| cast.parties(reading, s).first().copied());
    let taken = |t: usize| content.iter().chain(&source_spans).any(|r| r.contains(&t));
    let addressee = addressee(reading, cast, verb, taken).filter(|a| Some(*a) != source);
    content.first()?;
    let (stance, decided) = stance(reading, &cue);
    Some(Claim {
        source,
        manner: Manner::Indirect,
        stance,
        addressee,
        inside: None,
        confidence: attribution.confidence,
        trace: Trace {
            attribution: None,
            source: by,
            stance: decided,
        },
        source_spans,
        cue,
        content,
    })
}

/// The word of a cue that carries its meaning: a verb, else a noun, else its head.
pub(crate) fn cue_head(reading: &Reading, cue: &TokenRange) -> Option<usize> {
    let of = |tag: Upos| cue.clone().find(|t| reading.upos(*t) == tag);
    of(Upos::Verb)
        .or_else(|| of(Upos::Noun))
        .or_else(|| reading.head_of(cue))
}

/// "told reporters", "said to the minister".
fn addressee(
    reading: &Reading,
    cast: &Cast,
    verb: usize,
    taken: impl Fn(usize) -> bool,
) -> Option<usize> {
    let to = |t: usize| reading.has_case(t, &["to"]);
    let direct = reading.related(verb, &["iobj", "obj"]);
    let oblique = reading.related(verb, &["obl"]).filter(|o| to(*o));
    direct
        .chain(oblique)
        .filter(|o| !taken(*o))
        .find_map(|o| cast.actor_at(o))
}

/// The stance that a cue tells; what told it, and by which of its words.
fn stance(reading: &Reading, cue: &[TokenRange]) -> (Stance, (&'static str, Option<usize>)) {
    let words = || cue.iter().flat_map(|r| r.clone());
    // The event that the cue itself expresses says best what the source does.
    let act = reading.document.triggers.iter().find_map(|t: &Trigger| {
        let at = t.tokens.start;
        words()
            .any(|w| w == at)
            .then(|| Some((by_event(t.event)?, at)))
            .flatten()
    });
    if let Some((stance, word)) = act {
        return (stance, ("rule:act-of-cue", Some(word)));
    }
    let of = |tags: &'static [Upos]| {
        let mut tagged = words().filter(move |t| tags.contains(&reading.upos(*t)));
        tagged.find_map(|t| Some((t, reading.lexicon.stance(reading.lemma(t))?)))
    };
    let found = of(&[Upos::Verb]).or_else(|| of(&[Upos::Noun, Upos::Adj, Upos::Propn, Upos::X]));
    let Some((word, stance)) = found else {
        return (Stance::Assert, ("rule:unknown-cue", None));
    };
    let turned = match (crate::status::is_negated(reading, word), stance) {
        (true, Stance::Deny) => Stance::Acknowledge,
        (true, Stance::Believe) => Stance::Doubt,
        (true, Stance::Acknowledge) => Stance::Deny,
        (_, stance) => return (stance, ("lexicon:cues.tsv", Some(word))),
    };
    (turned, ("rule:negated-cue", Some(word)))
}

fn by_event(event: EventType) -> Option<Stance> {
    match event {
        EventType::Accuse => Some(Stance::Accuse),
        EventType::Threaten => Some(Stance::Threaten),
        EventType::Request => Some(Stance::Demand),
        EventType::Agree => Some(Stance::Promise),
        EventType::Reject => Some(Stance::Deny),
        _ => None,
    }
}
