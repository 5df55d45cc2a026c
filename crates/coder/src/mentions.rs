//! Words that may refer to an actor: names, role nouns, pronouns, and whatever stands as a party of an event.

mod descriptions;
mod names;

use std::collections::BTreeMap;

use lexicon::{Agent, Organisation};
use types::{NameKind, TokenRange, Upos};

use crate::parties::conjuncts;
use crate::reading::Reading;
use crate::titles::{Title, title_before};
use descriptions::nominal;
use names::{
    is_citizen, is_person, known, known_party, named, subject_capital, surnames, without_title,
};

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Named,
    Nominal,
    Pronominal,
}

impl Form {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Form::Named => "named",
            Form::Nominal => "nominal",
            Form::Pronominal => "pronominal",
        }
    }
}

/// What the words by themselves tell of whom they mean.
#[derive(Clone, Debug)]
pub(crate) enum Referent<'d> {
    /// Words of a person's name, folded for comparison.
    Person(Vec<String>),
    /// A state, by ISO code.
    State(&'d str),
    /// Citizens of a state.
    People(&'d str),
    /// An organisation by its usual name; known ones from the lexicon.
    Organisation(String, Option<Organisation<'d>>),
    /// A people or faith, not of one state ("Kurds").
    Community,
    /// Another place that takes part in an event.
    Place,
    Nominal(Nominal<'d>),
    Pronoun(Person),
}

/// A noun with what stands around it.
#[derive(Clone, Debug)]
pub(crate) struct Nominal<'d> {
    /// Dictionary form of the head, lower case, with a noun before it where both are one role ("foreign minister").
    pub(crate) role: String,
    /// The head's own dictionary form, lower case.
    pub(crate) lemma: String,
    pub(crate) agents: Vec<Agent<'d>>,
    pub(crate) country: Option<&'d str>,
    /// Other words before and behind, lower case, sorted: what tells "Kurdish rebels" from "Houthi rebels".
    pub(crate) modifiers: Vec<String>,
    pub(crate) definite: bool,
    pub(crate) plural: bool,
}

/// Grammatical person of a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    He,
    She,
    It,
    They,
    I,
    We,
}

#[derive(Clone, Debug)]
pub(crate) struct Mention<'d> {
    pub(crate) tokens: TokenRange,
    pub(crate) head: usize,
    pub(crate) form: Form,
    pub(crate) referent: Referent<'d>,
    pub(crate) title: Option<Title<'d>>,
}

/// All mentions, in no particular order, and which one each token heads.
#[derive(Default)]
pub(crate) struct Mentions<'d> {
    pub(crate) all: Vec<Mention<'d>>,
    /// Mention of which a token is the head, a part of the name, or the head of the title before the name.
    at: BTreeMap<usize, usize>,
}

impl<'d> Mentions<'d> {
    /// Gathers names, then parties of events and sources of claims, then role nouns and pronouns.
    pub(crate) fn gather(reading: &Reading<'d>, spans: &[TokenRange]) -> Self {
        let mut mentions = Mentions::default();
        mentions.names(reading);
        mentions.known_names(reading);
        for span in spans {
            for part in conjuncts(reading, span) {
                mentions.party(reading, &part);
            }
        }
        for token in 0..reading.document.tokens.len() {
            mentions.word(reading, token);
        }
        mentions
    }

    /// The mention that `part`, one party, means.
    pub(crate) fn of_party(&self, reading: &Reading<'d>, part: &TokenRange) -> Option<usize> {
        // "the director of the centre, Jane Roe": a name behind a comma at the end is whom the title before it means.
        let last = part
            .clone()
            .rev()
            .find(|t| reading.upos(*t) != Upos::Punct)?;
        let named = self.at.get(&last).filter(|m| {
            let mention = &self.all[**m];
            let person = matches!(mention.referent, Referent::Person(_));
            let start = mention.tokens.start;
            person && start > part.start && reading.form(start - 1) == ","
        });
        let head = reading.head_of(part)?;
        if let Some(found) = named.or_else(|| self.at.get(&head)) {
            return Some(*found);
        }
        // "the director Jane Roe": the name is joined to the head.
        part.clone().find_map(|t| {
            let joined = reading.head(t) == Some(head)
                && ["flat", "appos", "compound", "nmod"].contains(&reading.relation(t))
                && reading.full_relation(t) != "nmod:poss";
            let found = *self.at.get(&t)?;
            let person = matches!(self.all[found].referent, Referent::Person(_));
            (joined && person).then_some(found)
        })
    }

    /// Whether `token` belongs to a mention as its head, name or title.
    pub(crate) fn covers(&self, token: usize) -> bool {
        self.at.contains_key(&token)
    }

    /// The mention that `token` belongs to.
    pub(crate) fn at(&self, token: usize) -> Option<usize> {
        self.at.get(&token).copied()
    }

    fn push(&mut self, mention: Mention<'d>, tokens: impl Iterator<Item = usize>) {
        let index = self.all.len();
        for token in tokens.chain([mention.head]) {
            self.at.entry(token).or_insert(index);
        }
        self.all.push(mention);
    }

    fn names(&mut self, reading: &Reading<'d>) {
        let surnames = surnames(reading);
        for name in reading
            .document
            .names
            .iter()
            .filter(|n| reading.is_sound(&n.tokens))
        {
            let mut tokens = reading.bare(&name.tokens);
            let kind = if is_person(reading, &tokens, name.kind, &surnames) {
                NameKind::Person
            } else {
                name.kind
            };
            if kind == NameKind::Person {
                tokens.start = without_title(reading, &tokens);
            }
            if let Some(referent) = named(reading, &tokens, kind) {
                self.named(reading, tokens, referent);
            }
        }
    }

    fn named(&mut self, reading: &Reading<'d>, tokens: TokenRange, referent: Referent<'d>) {
        let head = reading.head_of(&tokens).unwrap_or(tokens.start);
        let title = match referent {
            Referent::Person(_) => title_before(reading, tokens.start),
            _ => None,
        };
        let start = title.as_ref().map_or(tokens.start, |t| t.tokens.start);
        let covered = (start..tokens.end).filter(|t| reading.upos(*t) != Upos::Adp);
        let covered: Vec<usize> = covered.collect();
        let mention = Mention {
            tokens,
            head,
            form: Form::Named,
            referent,
            title,
        };
        self.push(mention, covered.into_iter());
    }

    /// Names of states and organisations that the `names` head passed over, found by the lexicon. "Southern Sudan" is no
    /// Sudan: a territory's name is left whole, to be a party where it is one.
    fn known_names(&mut self, reading: &Reading<'d>) {
        let count = reading.document.tokens.len();
        let mut token = 0;
        while token < count {
            let sentence = &reading.document.sentences[reading.sentence(token)];
            let last = sentence.tokens.end.min(token + 6).min(count);
            let found = (token + 1..=last).rev().find_map(|end| {
                let free = (token..end).all(|t| !self.covers(t) && reading.upos(t) == Upos::Propn);
                let words = free.then(|| reading.document.words(&(token..end)))?;
                let referent = known(reading, &(token..end));
                let territory = || reading.lexicon.territory(words, reading.day);
                (referent.is_some() || territory().is_some()).then_some((end, referent))
            });
            if let Some((end, Some(referent))) = &found {
                self.named(reading, token..*end, referent.clone());
            }
            token = found.map_or(token + 1, |(end, _)| end);
        }
    }

    /// Makes a mention of a party that is none yet.
    fn party(&mut self, reading: &Reading<'d>, part: &TokenRange) {
        if !reading.is_sound(part) || self.of_party(reading, part).is_some() {
            return;
        }
        let Some(head) = reading.head_of(part) else {
            return;
        };
        let named = |kind| named(reading, &reading.bare(part), kind);
        if is_nobody(reading, head) {
            return;
        }
        if let Some(person) = pronoun(reading, head) {
            self.pronoun(head, person);
        } else if let Some(known) = known_party(reading, part, head) {
            self.named(reading, reading.bare(part), known);
        } else if reading.upos(head) == Upos::Propn
            && part.len() <= 6
            && !is_citizen(reading, head)
            && !is_small_role(reading, head)
        {
            let location = matches!(
                reading.name_kind(head),
                Some(NameKind::Location | NameKind::Facility)
            );
            let words = reading.document.words(&reading.bare(part));
            let territory = reading.lexicon.territory(words, reading.day).is_some();
            let kind = if location || territory {
                NameKind::Location
            } else {
                NameKind::Organization
            };
            let referent = named(kind).unwrap_or(Referent::Place);
            self.named(reading, reading.bare(part), referent);
        } else {
            self.nominal(reading, head, part.clone());
        }
    }

    fn word(&mut self, reading: &Reading<'d>, token: usize) {
        if self.covers(token) {
            return;
        }
        if let Some(person) = pronoun(reading, token) {
            self.pronoun(token, person);
        } else if let Some(referent) = subject_capital(reading, token) {
            self.named(reading, token..token + 1, referent);
        } else if (reading.upos(token) == Upos::Noun || is_small_role(reading, token))
            && reading.lexicon.agent(reading.lemma(token)).is_some()
            && !["compound", "nmod:desc"].contains(&reading.full_relation(token))
        {
            self.nominal(reading, token, reading.noun_phrase(token));
        }
    }

    fn pronoun(&mut self, token: usize, person: Person) {
        let mention = Mention {
            tokens: token..token + 1,
            head: token,
            form: Form::Pronominal,
            referent: Referent::Pronoun(person),
            title: None,
        };
        self.push(mention, std::iter::empty());
    }

    fn nominal(&mut self, reading: &Reading<'d>, head: usize, mut tokens: TokenRange) {
        // "The organizers of the" march: what is left of a phrase whose noun was given to something else.
        let joins = |t: usize| {
            use Upos::{Adp, Cconj, Det, Punct};
            matches!(reading.upos(t), Adp | Cconj | Det | Punct)
        };
        while tokens.end > head + 1 && joins(tokens.end - 1) {
            tokens.end -= 1;
        }
        let mention = Mention {
            form: Form::Nominal,
            referent: Referent::Nominal(nominal(reading, head, &tokens)),
            tokens,
            head,
            title: None,
        };
        self.push(mention, std::iter::empty());
    }
}

/// "The prime minister": a role noun in small letters, whatever the tagger took it for.
fn is_small_role(reading: &Reading, token: usize) -> bool {
    let small = || reading.form(token).chars().all(char::is_lowercase);
    reading.upos(token) == Upos::Propn
        && small()
        && reading.lexicon.agent(reading.lemma(token)).is_some()
}

/// "No one", "none of them", "no soldiers": not there to be an actor.
fn is_nobody(reading: &Reading, head: usize) -> bool {
    let no = |t: usize| reading.lemma_is(t, &["no", "neither"]);
    reading.lemma_is(head, &["nobody", "none", "nothing", "the", "a", "an"])
        || reading.related(head, &["det", "advmod", "amod"]).any(no)
        || reading.lemma_is(head, &["one"]) && head.checked_sub(1).is_some_and(no)
}

fn pronoun(reading: &Reading, token: usize) -> Option<Person> {
    if !matches!(reading.upos(token), Upos::Pron | Upos::Det) {
        return None;
    }
    let form = reading.form(token);
    let is = |words: &[&str]| words.iter().any(|w| form.eq_ignore_ascii_case(w));
    if is(&["he", "him", "his", "himself"]) {
        Some(Person::He)
    } else if is(&["she", "her", "hers", "herself"]) {
        Some(Person::She)
    } else if is(&["it", "its", "itself"]) && reading.relation(token) != "expl" {
        Some(Person::It)
    } else if is(&["they", "them", "their", "theirs", "themselves"]) {
        Some(Person::They)
    } else if is(&["i", "me", "my", "mine", "myself"]) {
        Some(Person::I)
    } else if is(&["we", "us", "our", "ours", "ourselves"]) {
        Some(Person::We)
    } else {
        None
    }
}
