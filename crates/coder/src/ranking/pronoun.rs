//! A pronoun, and what of its sentence tells whom it may mean and cannot mean.

use lexicon::Gender;
use types::{Span, TokenRange, Upos};

use crate::mentions::Mention;
use crate::reading::Reading;

/// Verbs without a subject of their own that are looked through.
const DEEPEST: usize = 4;

/// How a mention stands in its clause.
pub(super) fn role(reading: &Reading, token: usize) -> &'static str {
    match (reading.relation(token), reading.full_relation(token)) {
        (_, "nsubj:pass") => "passive",
        ("nsubj", _) => "subject",
        (_, "nmod:poss") => "possessive",
        ("obj" | "iobj", _) => "object",
        ("obl" | "nmod", _) => "oblique",
        ("conj", _) => "conjunct",
        ("appos", _) => "apposition",
        ("compound", _) => "compound",
        _ => "other",
    }
}

/// The pronoun with what of its sentence the features ask for.
pub(super) struct Pronoun {
    pub(super) token: usize,
    pub(super) gender: Gender,
    pub(super) sentence: usize,
    /// `subject`, `possessive` or `object`.
    pub(super) kind: &'static str,
    pub(super) reflexive: bool,
    /// The pronoun, its head, its head's head …
    pub(super) up: Vec<usize>,
    /// The verb of its clause.
    pub(super) clause: Option<usize>,
    pub(super) quotation: Option<Span>,
    /// Whether its whole clause is quoted, so that who speaks would say "I".
    pub(super) in_speech: bool,
    /// Sources of what it is said in.
    pub(super) sources: Vec<TokenRange>,
    /// Who does what its verb says, where the verb names no subject of its own.
    pub(super) understood: Option<usize>,
    /// Subjects of the verbs above, each with the number of subjects nearer to the pronoun.
    subjects: Vec<(usize, usize)>,
}

impl Pronoun {
    pub(super) fn at(reading: &Reading, token: usize, gender: Gender) -> Self {
        let kind = match role(reading, token) {
            "subject" | "passive" => "subject",
            "possessive" => "possessive",
            _ => "object",
        };
        let up: Vec<usize> = reading.upwards(token).collect();
        let clause = clause(reading, token);
        let at = |t: usize| reading.document.tokens[t].span.start;
        let quotation = reading.quotes.around(at(token));
        let inside = |t: usize| quotation.is_some_and(|q| q.start <= at(t) && at(t) < q.end);
        let spoken = |verb: usize| inside(verb) && reading.related(verb, &["nsubj"]).any(inside);
        let sources = reading.said_around(token).flat_map(|a| &a.source);
        let mut subjects = Vec::new();
        for verb in up.iter().skip(1) {
            let level = subjects.last().map_or(0, |(level, _)| level + 1);
            let here = reading.related(*verb, &["nsubj"]).filter(|s| *s != token);
            subjects.extend(here.map(|subject| (level, subject)));
        }
        Pronoun {
            token,
            gender,
            sentence: reading.sentence(token),
            kind,
            reflexive: reading.form(token).to_lowercase().ends_with("self"),
            clause,
            quotation,
            in_speech: clause.is_some_and(spoken),
            sources: sources.cloned().collect(),
            understood: understood(reading, token),
            up,
            subjects,
        }
    }

    /// Subjects nearer to the pronoun than the nearest of these mentions that is the subject of a verb above it.
    pub(super) fn governed_by(&self, mentions: &[&Mention]) -> Option<usize> {
        let is_one = |subject: usize| mentions.iter().any(|m| m.head == subject);
        let nearest = self.subjects.iter().find(|(_, s)| is_one(*s));
        nearest.map(|(level, _)| *level)
    }

    /// Whether the mention is a source of what the pronoun is said in.
    pub(super) fn is_said_by(&self, mention: &Mention) -> bool {
        self.sources
            .iter()
            .any(|source| source.contains(&mention.head))
    }

    /// Whether the pronoun is in a quotation that `token` is outside of.
    pub(super) fn quotes(&self, reading: &Reading, token: usize) -> bool {
        let at = reading.document.tokens[token].span.start;
        self.quotation.is_some_and(|q| at < q.start || at >= q.end)
    }

    /// Whether the pronoun cannot mean the mention.
    pub(super) fn bars(&self, reading: &Reading, mention: &Mention) -> bool {
        self.is_another(reading, mention)
            || self.in_speech && self.is_said_by(mention) && self.quotes(reading, mention.head)
    }

    /// Whether pronoun and mention depend on one verb, or the one is understood as the subject of the other's: they are two
    /// then ("Roe met him", "Roe wants to meet him").
    fn is_another(&self, reading: &Reading, mention: &Mention) -> bool {
        const ARGUMENTS: [&str; 4] = ["nsubj", "obj", "iobj", "obl"];
        let verb = reading.head(self.token);
        let argument = ARGUMENTS.contains(&reading.relation(self.token))
            && ARGUMENTS.contains(&reading.relation(mention.head));
        let met = argument && verb.is_some() && verb == reading.head(mention.head);
        let lent = self.understood == Some(mention.head)
            && ["obj", "iobj"].contains(&reading.relation(self.token))
            && verb.is_some_and(|verb| reading.relation(verb) == "xcomp");
        !self.reflexive && (met || lent)
    }
}

/// The subject of the verb that `token` depends on, where another verb lends it: "Roe" of "Roe wants to meet him" and of
/// "they asked Roe to meet him". Nothing where the verb has its own.
fn understood(reading: &Reading, token: usize) -> Option<usize> {
    let own = |verb: usize, what: &'static [&'static str]| -> Option<usize> {
        reading
            .children(verb)
            .iter()
            .copied()
            .find(|c| what.contains(&reading.relation(*c)))
    };
    let mut verb = reading.head(token)?;
    if own(verb, &["nsubj"]).is_some() {
        return None;
    }
    for _ in 0..DEEPEST {
        let (relation, above) = (reading.relation(verb), reading.head(verb)?);
        let lent = match relation {
            "xcomp" => own(above, &["obj", "iobj"]).or_else(|| own(above, &["nsubj"])),
            "conj" | "advcl" => own(above, &["nsubj"]),
            _ => return None,
        };
        if lent.is_some() {
            return lent;
        }
        verb = above;
    }
    None
}

/// The verb, or the root of a clause without one, that `token` belongs to.
pub(super) fn clause(reading: &Reading, token: usize) -> Option<usize> {
    const CLAUSES: [&str; 6] = ["root", "ccomp", "advcl", "acl", "xcomp", "parataxis"];
    let mut up = reading.upwards(token);
    up.find(|t| {
        matches!(reading.upos(*t), Upos::Verb | Upos::Aux)
            || CLAUSES.contains(&reading.relation(*t))
    })
}
