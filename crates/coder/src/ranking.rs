//! Which person "he" or "she" means: every person who may be meant gets a score, the sum of weighted features.
//!
//! The features are those of the literature on pronouns (Lappin and Leass 1994 and later): how far away, in which
//! grammatical role, whether in parallel to the pronoun, whether subject of a clause above, how often mentioned. The weights
//! are in `data/pronouns.tsv`; `derive/pronouns.py` says how they were found.

use std::collections::BTreeSet;
use std::fmt::Write;

use lexicon::Gender;
use types::Upos;

use crate::cast::Cast;
use crate::draft::{Draft, Kind};
use crate::mentions::{Form, Mention};
use crate::reading::Reading;

/// Sentences back in which a person is looked for.
const REACH: usize = 6;

/// Counts above this tell nothing more.
const MANY: usize = 12;

const WEIGHTS: &str = include_str!("../data/pronouns.tsv");

/// Prepositions that tell how a person takes part.
const PREPOSITIONS: &[&str] = &[
    "after", "against", "and", "as", "between", "by", "for", "from", "of", "to", "with",
];

/// A person who may be meant.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) actor: usize,
    /// Name and value of each feature, in the order in which they were found.
    pub(crate) features: Vec<(String, f64)>,
}

impl Candidate {
    /// The sum of the weighted features.
    fn score(&self) -> f64 {
        self.features
            .iter()
            .map(|(name, value)| weight(name) * value)
            .sum()
    }
}

/// The candidates with their scores, of which a softmax makes probabilities.
pub(crate) fn scored(candidates: &[Candidate]) -> Vec<(f64, usize)> {
    candidates.iter().map(|c| (c.score(), c.actor)).collect()
}

/// Everybody whom the pronoun may mean: persons of no other gender, named or described before it or in its sentence.
pub(crate) fn candidates(
    cast: &Cast,
    reading: &Reading,
    at: usize,
    gender: Gender,
) -> Vec<Candidate> {
    let pronoun = Pronoun::at(reading, at);
    let near = cast.around(reading, at, REACH);
    let actors: BTreeSet<usize> = near.iter().map(|(_, actor)| *actor).collect();
    let mut order: Vec<usize> = Vec::new();
    for (_, actor) in near.iter().rev().filter(|(m, _)| m.head < at) {
        if !order.contains(actor) {
            order.push(*actor);
        }
    }
    let mut found = Vec::new();
    for actor in actors {
        let draft = &cast.actors[actor];
        let fits = draft.kind == Kind::Person && draft.gender.is_none_or(|known| known == gender);
        let mine = near
            .iter()
            .filter(|(_, a)| *a == actor)
            .map(|(mention, _)| *mention);
        let (before, behind): (Vec<&Mention>, Vec<&Mention>) = mine.partition(|m| m.head < at);
        let barred = before
            .iter()
            .chain(&behind)
            .any(|m| pronoun.bars(reading, m));
        if !fits || barred {
            continue;
        }
        let rank = order.iter().position(|a| *a == actor);
        let features = Features::of(reading, &pronoun, draft, &before, &behind, rank);
        found.extend(features.map(|features| Candidate { actor, features }));
    }
    found
}

fn weight(feature: &str) -> f64 {
    let rows = weights();
    let found = rows.binary_search_by(|(name, _)| (*name).cmp(feature));
    found.map_or(0.0, |at| rows[at].1)
}

/// The table of weights, read at the first pronoun; its lines are sorted.
fn weights() -> &'static [(&'static str, f64)] {
    static TABLE: std::sync::OnceLock<Vec<(&'static str, f64)>> = std::sync::OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = WEIGHTS.lines().filter(|line| !line.starts_with('#'));
        let row = |line: &'static str| {
            let (name, weight) = line.split_once('\t')?;
            Some((name, weight.parse().ok()?))
        };
        lines.filter_map(row).collect()
    })
}

/// How a mention stands in its clause.
fn role(reading: &Reading, token: usize) -> &'static str {
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
struct Pronoun {
    token: usize,
    sentence: usize,
    /// `subject`, `possessive` or `object`.
    kind: &'static str,
    reflexive: bool,
    /// The pronoun, its head, its head's head …
    up: Vec<usize>,
    /// The verb of its clause.
    clause: Option<usize>,
    /// Subjects of the verbs above, each with the number of subjects nearer to the pronoun.
    subjects: Vec<(usize, usize)>,
}

impl Pronoun {
    fn at(reading: &Reading, token: usize) -> Self {
        let kind = match role(reading, token) {
            "subject" | "passive" => "subject",
            "possessive" => "possessive",
            _ => "object",
        };
        let up: Vec<usize> = reading.upwards(token).collect();
        let mut subjects = Vec::new();
        for verb in up.iter().skip(1) {
            let level = subjects.last().map_or(0, |(level, _)| level + 1);
            let here = reading.related(*verb, &["nsubj"]).filter(|s| *s != token);
            subjects.extend(here.map(|subject| (level, subject)));
        }
        Pronoun {
            token,
            sentence: reading.sentence(token),
            kind,
            reflexive: reading.form(token).to_lowercase().ends_with("self"),
            clause: clause(reading, token),
            up,
            subjects,
        }
    }

    /// Whether pronoun and mention depend on one verb: they are two then ("Roe met him").
    fn bars(&self, reading: &Reading, mention: &Mention) -> bool {
        const ARGUMENTS: [&str; 4] = ["nsubj", "obj", "iobj", "obl"];
        let verb = reading.head(self.token);
        let argument = ARGUMENTS.contains(&reading.relation(self.token))
            && ARGUMENTS.contains(&reading.relation(mention.head));
        !self.reflexive && argument && verb.is_some() && verb == reading.head(mention.head)
    }
}

/// The verb, or the root of a clause without one, that `token` belongs to.
fn clause(reading: &Reading, token: usize) -> Option<usize> {
    const CLAUSES: [&str; 6] = ["root", "ccomp", "advcl", "acl", "xcomp", "parataxis"];
    let mut up = reading.upwards(token);
    up.find(|t| {
        matches!(reading.upos(*t), Upos::Verb | Upos::Aux)
            || CLAUSES.contains(&reading.relation(*t))
    })
}

fn logarithm(count: usize) -> f64 {
    (1.0 + count.min(MANY) as f64).ln()
}

/// The features of one candidate under construction.
struct Features<'r, 'd> {
    reading: &'r Reading<'d>,
    pronoun: &'r Pronoun,
    found: Vec<(String, f64)>,
}

impl<'r, 'd> Features<'r, 'd> {
    /// Features of a person with mentions `before` the pronoun and `behind` it, each in text order. `rank` is how many
    /// others were mentioned later. Nothing where the person is neither before nor behind.
    fn of(
        reading: &'r Reading<'d>,
        pronoun: &'r Pronoun,
        draft: &Draft,
        before: &[&Mention],
        behind: &[&Mention],
        rank: Option<usize>,
    ) -> Option<Vec<(String, f64)>> {
        let mut features = Features {
            reading,
            pronoun,
            found: Vec::new(),
        };
        match (before.last(), behind.first()) {
            (Some(last), _) => {
                features.distance(last, rank.unwrap_or_default());
                features.role(last);
                features.above(before);
                features.history(before);
            }
            (None, Some(next)) => features.ahead(next),
            (None, None) => return None,
        }
        features.person(draft);
        Some(features.found)
    }

    fn add(&mut self, name: &str, value: f64) {
        self.found.push((name.to_owned(), value));
    }

    /// The feature, and the same for this kind of pronoun alone.
    fn add_both(&mut self, name: &str, value: f64) {
        let mut own = String::new();
        let _ = write!(own, "{name} {}", self.pronoun.kind);
        self.add(name, value);
        self.found.push((own, value));
    }

    fn distance(&mut self, last: &Mention, rank: usize) {
        let sentences = self
            .pronoun
            .sentence
            .saturating_sub(self.reading.sentence(last.head));
        self.add(
            ["same sentence", "last sentence", "two sentences", "far"][sentences.min(3)],
            1.0,
        );
        self.add("further", sentences.saturating_sub(3) as f64);
        self.add_both("words", ((self.pronoun.token - last.head) as f64).ln());
        self.add_both("rank", rank.min(5) as f64);
        if rank == 0 {
            self.add_both("nearest", 1.0);
        }
    }

    fn role(&mut self, last: &Mention) {
        let reading = self.reading;
        let (own, kind) = (role(reading, last.head), self.pronoun.kind);
        let same = reading.sentence(last.head) == self.pronoun.sentence;
        self.add_both(&format!("role {own}"), 1.0);
        self.add(
            &format!(
                "{} {own} then {kind}",
                if same { "same" } else { "earlier" }
            ),
            1.0,
        );
        if own == role(reading, self.pronoun.token) {
            self.add("parallel", 1.0);
        }
        let above = reading.head(last.head);
        if ["oblique", "possessive"].contains(&own) && above.is_some_and(|h| reading.is_subject(h))
        {
            self.add("inside of a subject", 1.0);
        }
        if reading.related(last.head, &["conj"]).next().is_some() {
            self.add("joined", 1.0);
        }
        for case in reading.related(last.head, &["case"]) {
            let form = reading.form(case).to_lowercase();
            let known = PREPOSITIONS.contains(&form.as_str());
            self.add(
                &format!(
                    "after {}",
                    if known {
                        form.as_str()
                    } else {
                        "a preposition"
                    }
                ),
                1.0,
            );
        }
        let quote = |t: usize| reading.quotes.around(reading.document.tokens[t].span.start);
        if quote(last.head) != quote(self.pronoun.token) {
            self.add("other quotation", 1.0);
        }
        match last.form {
            Form::Pronominal => self.add_both(&format!("pronoun {own}"), 1.0),
            Form::Nominal => self.add_both("description", 1.0),
            Form::Named => {}
        }
        if same {
            self.path(last.head, own);
        }
    }

    /// The way through the tree from the mention to the pronoun.
    fn path(&mut self, mention: usize, own: &str) {
        let relation = self
            .pronoun
            .clause
            .map_or("none", |c| self.reading.relation(c));
        self.add(&format!("clause {relation} after {own}"), 1.0);
        let down: Vec<usize> = self.reading.upwards(mention).collect();
        let up = &self.pronoun.up;
        let meeting = up
            .iter()
            .enumerate()
            .find_map(|(i, t)| Some((i, down.iter().position(|d| d == t)?)));
        if let Some((up, down)) = meeting {
            self.add("path", (up + down).min(10) as f64 / 5.0);
            self.add("path up", up.min(6) as f64 / 6.0);
            self.add("path down", down.min(5) as f64 / 5.0);
        }
    }

    /// Subjects of clauses above the pronoun, and of its own and the last sentence.
    fn above(&mut self, before: &[&Mention]) {
        let (reading, pronoun) = (self.reading, self.pronoun);
        let here = |m: &&&Mention| reading.sentence(m.head) == pronoun.sentence;
        let last = |m: &&&Mention| reading.sentence(m.head) + 1 == pronoun.sentence;
        let subject = |m: &&Mention| reading.is_subject(m.head);
        let main = |m: &&Mention| {
            subject(m)
                && reading
                    .head(m.head)
                    .is_some_and(|verb| reading.relation(verb) == "root")
        };
        let governs = pronoun
            .subjects
            .iter()
            .find(|(_, s)| before.iter().any(|m| m.head == *s));
        if let Some((level, _)) = governs {
            self.add_both(&format!("governs at {}", level.min(&2)), 1.0);
        }
        if before
            .iter()
            .filter(here)
            .any(|m| pronoun.up[1..].contains(&m.head))
        {
            self.add_both("holds the pronoun", 1.0);
        }
        for (name, mut mentions) in [
            (
                "this sentence",
                before.iter().filter(here).collect::<Vec<_>>().into_iter(),
            ),
            (
                "the last sentence",
                before.iter().filter(last).collect::<Vec<_>>().into_iter(),
            ),
        ] {
            if mentions.clone().any(&subject) {
                self.add_both(&format!("subject in {name}"), 1.0);
            }
            if mentions.any(&main) {
                self.add(&format!("main subject in {name}"), 1.0);
            }
        }
    }

    fn history(&mut self, before: &[&Mention]) {
        let count = |role_is: &[&str]| {
            before
                .iter()
                .filter(|m| role_is.contains(&role(self.reading, m.head)))
                .count()
        };
        let (subjects, possessives) = (count(&["subject", "passive"]), count(&["possessive"]));
        let pronouns = before.iter().filter(|m| m.form == Form::Pronominal).count();
        self.add("before", logarithm(before.len()));
        self.add("subject before", logarithm(subjects));
        self.add("possessive before", logarithm(possessives));
        self.add("pronouns before", logarithm(pronouns));
        if pronouns > 0 {
            self.add("has pronouns", 1.0);
        }
    }

    /// "When she had won, Roe left": the name comes behind.
    fn ahead(&mut self, next: &Mention) {
        let reading = self.reading;
        self.add_both("ahead", 1.0);
        self.add(
            "words ahead",
            ((next.head - self.pronoun.token) as f64).ln(),
        );
        if reading.is_subject(next.head) {
            self.add("subject ahead", 1.0);
        }
        let (own, theirs) = (self.pronoun.clause, clause(reading, next.head));
        if own != theirs
            && own
                .zip(theirs)
                .is_some_and(|(own, theirs)| reading.upwards(own).any(|t| t == theirs))
        {
            self.add("clause before its main clause", 1.0);
        }
    }

    fn person(&mut self, draft: &Draft) {
        self.add("mentions", logarithm(draft.mentions.len()));
        if draft.gender.is_some() {
            self.add("gender known", 1.0);
        }
        if draft.named && draft.key.len() > 1 {
            self.add("full name", 1.0);
        }
        if !draft.named {
            self.add("no name", 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_sorted_and_wholly_understood() {
        let lines = WEIGHTS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(weights().len(), lines);
        for pair in weights().windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
        assert!(WEIGHTS.starts_with("# Format: ") && WEIGHTS.contains("# Origin: "));
        assert_eq!(weight("no such feature"), 0.0);
    }
}
