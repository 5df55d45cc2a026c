//! What speaks for and against a person whom a pronoun may mean.

use std::fmt::Write;

use crate::draft::Draft;
use crate::mentions::{Form, Mention};
use crate::ranking::Called;
use crate::ranking::pronoun::{Pronoun, clause, role};
use crate::reading::Reading;

/// Counts above this tell nothing more.
const MANY: usize = 12;

/// Prepositions that tell how a person takes part.
const PREPOSITIONS: &[&str] = &[
    "after", "against", "and", "as", "between", "by", "for", "from", "of", "to", "with",
];

/// What a word stands in apposition to, or the word: "the man" of "the man, Roe".
fn apposed(reading: &Reading, token: usize) -> usize {
    let mut up = reading.upwards(token);
    up.find(|t| reading.relation(*t) != "appos")
        .unwrap_or(token)
}

fn logarithm(count: usize) -> f64 {
    (1.0 + count.min(MANY) as f64).ln()
}

/// The features of one candidate under construction.
pub(super) struct Features<'r, 'd> {
    reading: &'r Reading<'d>,
    pronoun: &'r Pronoun,
    /// Name and value of each feature, in the order in which they were found.
    pub(super) found: Vec<(String, f64)>,
}

impl<'r, 'd> Features<'r, 'd> {
    /// Features of a person with mentions `before` the pronoun and `behind` it, each in text order. `rank` is how many
    /// others were mentioned later. Nothing where the person is neither before nor behind.
    pub(super) fn of(
        reading: &'r Reading<'d>,
        pronoun: &'r Pronoun,
        draft: &Draft,
        before: &[&Mention],
        behind: &[&Mention],
        rank: Option<usize>,
    ) -> Option<Self> {
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
        features.fronted(behind);
        features.said(before.iter().chain(behind));
        features.understood(before);
        features.person(draft);
        Some(features)
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
        let place = apposed(reading, last.head);
        let (own, kind) = (role(reading, place), self.pronoun.kind);
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
        if let Some(level) = pronoun.governed_by(before) {
            self.add_both(&format!("governs at {}", level.min(2)), 1.0);
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

    /// How often the person was "he" or "she" before.
    pub(super) fn called(&mut self, called: Called) {
        let all = called.so + called.otherwise;
        if all > 0 {
            let otherwise = called.otherwise as f64 / all as f64;
            self.add("called otherwise", otherwise);
            self.add("called so", 1.0 - otherwise);
        }
    }

    /// `mention` is the last pronoun before this one, and means this person.
    pub(super) fn taken_up(&mut self, mention: &Mention) {
        self.add_both("last pronoun", 1.0);
        if self.reading.sentence(mention.head) == self.pronoun.sentence {
            self.add_both("last pronoun in this sentence", 1.0);
        }
    }

    /// "After his season abroad, Roe came home": the pronoun leads up to the subject.
    fn fronted(&mut self, behind: &[&Mention]) {
        if let Some(level) = self.pronoun.governed_by(behind) {
            self.add_both(&format!("governs ahead at {}", level.min(2)), 1.0);
        }
    }

    /// "Roe came in and saw him", "Roe was asked to speak with him": hardly Roe.
    fn understood(&mut self, before: &[&Mention]) {
        let Some(subject) = self.pronoun.understood else {
            return;
        };
        if before.iter().any(|m| m.head == subject) {
            let relation = self.reading.relation(self.pronoun.token);
            self.add(&format!("understood subject of its {relation}"), 1.0);
        }
    }

    /// "Roe says he will go": the source of what the pronoun is said in.
    fn said<'m>(&mut self, mut mentions: impl Iterator<Item = &'m &'m Mention<'m>> + Clone) {
        let (reading, pronoun) = (self.reading, self.pronoun);
        if mentions.clone().any(|m| pronoun.is_said_by(m)) {
            let quoted = pronoun.quotation.is_some();
            self.add_both(
                ["says it", "says it in quotation"][usize::from(quoted)],
                1.0,
            );
        }
        if mentions.any(|m| pronoun.governed_by(&[m]).is_some() && pronoun.quotes(reading, m.head))
        {
            self.add("governs from outside of the quotation", 1.0);
        }
    }

    fn person(&mut self, draft: &Draft) {
        self.add("mentions", logarithm(draft.mentions.len()));
        if let Some(gender) = draft.gender.or(draft.likely_gender) {
            let agrees = gender == self.pronoun.gender;
            self.add(["other gender", "same gender"][usize::from(agrees)], 1.0);
        }
        if draft.named && draft.key.len() > 1 {
            self.add("full name", 1.0);
        }
        if !draft.named {
            self.add("no name", 1.0);
        }
    }
}
