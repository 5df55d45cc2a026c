//! Words that may refer to an actor: names, role nouns, pronouns, and whatever stands as a party of an event.

use std::collections::{BTreeMap, BTreeSet};

use lexicon::{ActorKind, Agent, Number, Organisation, StateWord};
use types::{NameKind, TokenRange, Upos};

use crate::parties::conjuncts;
use crate::reading::Reading;
use crate::titles::{Title, title_before};

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

    /// Names of states and organisations that the `names` head passed over, found by the lexicon.
    fn known_names(&mut self, reading: &Reading<'d>) {
        let count = reading.document.tokens.len();
        let mut token = 0;
        while token < count {
            let sentence = &reading.document.sentences[reading.sentence(token)];
            let last = sentence.tokens.end.min(token + 6).min(count);
            let found = (token + 1..=last).rev().find_map(|end| {
                let free = (token..end).all(|t| !self.covers(t) && reading.upos(t) == Upos::Propn);
                let referent = free.then(|| known(reading, &(token..end)))??;
                Some((end, referent))
            });
            match found {
                Some((end, referent)) => {
                    self.named(reading, token..end, referent);
                    token = end;
                }
                None => token += 1,
            }
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
        } else if reading.upos(head) == Upos::Propn && part.len() <= 6 && !is_citizen(reading, head)
        {
            let location = matches!(
                reading.name_kind(head),
                Some(NameKind::Location | NameKind::Facility)
            );
            let kind = if location {
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
        } else if reading.upos(token) == Upos::Noun
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

/// Last words of persons' names of several words.
fn surnames<'d>(reading: &Reading<'d>) -> BTreeSet<&'d str> {
    let names = reading
        .document
        .names
        .iter()
        .filter(|n| n.kind == NameKind::Person);
    let full = names
        .map(|n| &n.tokens)
        .filter(|t| reading.is_sound(t) && t.len() > 1);
    full.map(|tokens| reading.form(reading.bare(tokens).end - 1))
        .collect()
}

/// "Roe" beside another "Ann Roe", that a tagger took for a place or an organisation: a surname of the story that the
/// lexicon does not know as something else.
fn is_person(
    reading: &Reading,
    tokens: &TokenRange,
    kind: NameKind,
    surnames: &BTreeSet<&str>,
) -> bool {
    use NameKind::{Location, Misc, Norp, Organization, Person};
    let other = matches!(kind, Location | Misc | Norp | Organization);
    let surname = tokens.len() == 1 && surnames.contains(reading.form(tokens.start));
    let words = reading.document.words(tokens);
    let known = || reading.lexicon.state(words).is_some() || known(reading, tokens).is_some();
    kind == Person || other && surname && !known()
}

/// What a name of that kind refers to; nothing where it is no actor, as most places are.
fn named<'d>(reading: &Reading<'d>, tokens: &TokenRange, kind: NameKind) -> Option<Referent<'d>> {
    let words = reading.document.words(tokens);
    match kind {
        NameKind::Person => Some(Referent::Person(fold_name(reading, tokens))),
        NameKind::Organization => Some(
            known(reading, tokens)
                .unwrap_or_else(|| Referent::Organisation(words.to_owned(), None)),
        ),
        NameKind::Location | NameKind::Facility => known(reading, tokens),
        // "Russian officials" is about officials; "the Russians" is about a state.
        NameKind::Norp if reading.upos(tokens.end - 1) == Upos::Adj => None,
        NameKind::Norp => known(reading, tokens)
            .or_else(|| demonym(reading, tokens))
            .or_else(|| (!is_citizen(reading, tokens.end - 1)).then_some(Referent::Community)),
        _ => None,
    }
}

/// A name that the lexicon knows by itself: an organisation, a state's name or seat, its people. No capitals.
fn known<'d>(reading: &Reading<'d>, tokens: &TokenRange) -> Option<Referent<'d>> {
    let words = reading.document.words(tokens);
    if let Some(own) = own(reading, tokens) {
        return Some(own);
    }
    if let Some(state) = reading.lexicon.state(words) {
        return match state.word {
            StateWord::Name | StateWord::Seat => Some(Referent::State(state.country)),
            StateWord::People => Some(Referent::People(state.country)),
            StateWord::Demonym | StateWord::Capital => None,
        };
    }
    let known = reading
        .lexicon
        .organisation(words)
        .or_else(|| of_state(reading, tokens))?;
    Some(Referent::Organisation(known.name.to_owned(), Some(known)))
}

/// A name of the user's own lexicon. One that only names a state, as dictionaries have its towns, is no actor by that alone.
fn own<'d>(reading: &Reading<'d>, tokens: &TokenRange) -> Option<Referent<'d>> {
    let own = reading
        .lexicon
        .own_actor(reading.document.words(tokens), reading.day)?;
    match own.kind {
        Some(ActorKind::Person) => Some(Referent::Person(fold_name(reading, tokens))),
        Some(ActorKind::State) => None,
        _ => {
            let (name, code) = (own.name, own.code.as_str());
            let country = own.code.country();
            let known = Organisation {
                name,
                kind: None,
                code,
                country,
            };
            Some(Referent::Organisation(name.to_owned(), Some(known)))
        }
    }
}

/// A party that the user's own lexicon has as a state.
fn own_state<'d>(reading: &Reading<'d>, tokens: &TokenRange) -> Option<Referent<'d>> {
    let own = reading
        .lexicon
        .own_actor(reading.document.words(tokens), reading.day)?;
    let country = own
        .code
        .country()
        .filter(|_| own.kind == Some(ActorKind::State))?;
    Some(Referent::State(country))
}

/// "U.S. Justice Department": a body of the state that stands before it.
fn of_state<'d>(reading: &Reading<'d>, tokens: &TokenRange) -> Option<Organisation<'d>> {
    let state = reading.lexicon.state(reading.form(tokens.start))?;
    let rest = reading.document.words(&(tokens.start + 1..tokens.end));
    let known = reading.lexicon.organisation(rest)?;
    (known.country == Some(state.country)).then_some(known)
}

/// A party that the lexicon knows: here a capital or an adjective ("Russian" in "Russian strikes") stands for its state.
fn known_party<'d>(reading: &Reading<'d>, part: &TokenRange, head: usize) -> Option<Referent<'d>> {
    let bare = reading.bare(part);
    known(reading, &bare)
        .or_else(|| own_state(reading, &bare))
        .or_else(|| demonym(reading, &bare))
        .or_else(|| {
            let state = reading.lexicon.state(reading.form(head))?;
            let alone = bare.len() == 1 && state.word == StateWord::Capital;
            alone.then_some(Referent::State(state.country))
        })
}

fn demonym<'d>(reading: &Reading<'d>, tokens: &TokenRange) -> Option<Referent<'d>> {
    // "A Syrian" is one of them, "the French" are all.
    let one = |t: usize| reading.lemma_is(t, &["a", "an", "one", "another"]);
    let before = tokens.start.checked_sub(1).is_some_and(one);
    if before || reading.related(tokens.end - 1, &["det", "nummod"]).any(one) {
        return None;
    }
    let state = reading.lexicon.state(reading.document.words(tokens))?;
    let stands = matches!(state.word, StateWord::Demonym | StateWord::Capital);
    stands.then_some(Referent::State(state.country))
}

/// "A Syrian", where [`demonym`] has found that no state is meant.
fn is_citizen(reading: &Reading, head: usize) -> bool {
    let state = reading.lexicon.state(reading.form(head));
    state.is_some_and(|s| s.word == StateWord::Demonym)
}

/// A capital that acts: subject of an active verb, without a preposition.
fn subject_capital<'d>(reading: &Reading<'d>, token: usize) -> Option<Referent<'d>> {
    let state = reading.lexicon.state(reading.form(token))?;
    let acts = reading.full_relation(token) == "nsubj"
        && reading.upos(token) == Upos::Propn
        && reading
            .head(token)
            .is_some_and(|h| reading.upos(h) == Upos::Verb);
    (acts && state.word == StateWord::Capital).then_some(Referent::State(state.country))
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

/// Where the name itself starts in "President Roe", "Prime Minister Roe".
fn without_title(reading: &Reading, tokens: &TokenRange) -> usize {
    let mut start = tokens.start;
    while start + 1 < tokens.end {
        let word = reading.form(start).to_lowercase();
        let pair = format!("{word} {}", reading.form(start + 1).to_lowercase());
        let is_title = |words: &str| reading.lexicon.title(words).is_some();
        if start + 2 < tokens.end && is_title(&pair) {
            start += 2;
        } else if is_title(&word) {
            start += 1;
        } else {
            break;
        }
    }
    start
}

/// Lower case, without "al-" and the like, by words: "Bashar al-Assad" has the words "bashar", "assad".
fn fold_name(reading: &Reading, tokens: &TokenRange) -> Vec<String> {
    let fold = |token: usize| {
        let word = plain(reading.form(token));
        let article = ["al-", "el-", "as-", "an-"]
            .iter()
            .find_map(|a| word.strip_prefix(a));
        article.unwrap_or(&word).to_owned()
    };
    let particle = |word: &String| {
        ["al", "el", "-", "'s", "’s", "mr.", "mrs.", "ms."].contains(&word.as_str())
    };
    let words: Vec<String> = tokens.clone().map(fold).filter(|w| !particle(w)).collect();
    if words.is_empty() {
        vec![reading.document.words(tokens).to_lowercase()]
    } else {
        words
    }
}

/// Lower case without accents, as newspapers differ in them: "Erdoğan", "Erdogan".
fn plain(word: &str) -> String {
    const ACCENTED: &str = "àáâãäåāăąçćčďèéêëēęěğìíîïīıłñńňòóôõöøōőŕřśšşșťțùúûüūůűýÿźžż";
    const PLAIN: &str = "aaaaaaaaacccdeeeeeeegiiiiiilnnnoooooooorrssssttuuuuuuuyyzzz";
    let base = |c: char| match ACCENTED.chars().position(|a| a == c) {
        Some(index) => PLAIN.chars().nth(index).unwrap_or(c),
        None => c,
    };
    word.to_lowercase().chars().map(base).collect()
}

fn nominal<'d>(reading: &Reading<'d>, head: usize, tokens: &TokenRange) -> Nominal<'d> {
    let lemma = reading.lemma(head).to_lowercase();
    let before = head.checked_sub(1).filter(|b| tokens.contains(b));
    let pair = before.map(|b| format!("{} {lemma}", reading.lemma(b).to_lowercase()));
    let pair = pair.filter(|p| reading.lexicon.agent(p).is_some());
    let mut found = Nominal {
        role: pair.clone().unwrap_or_else(|| lemma.clone()),
        agents: reading
            .lexicon
            .agent(pair.as_deref().unwrap_or(&lemma))
            .into_iter()
            .collect(),
        lemma,
        country: None,
        modifiers: Vec::new(),
        definite: false,
        plural: reading.is_plural(head),
    };
    if let Some(state) = reading.lexicon.state(reading.form(head)) {
        found.country = Some(state.country);
        found.agents.push(CITIZEN);
    }
    let mut token = tokens.start;
    while token < tokens.end {
        let state = if token == head {
            None
        } else {
            state_at(reading, token, tokens, head)
        };
        if let Some((end, country)) = state {
            found.country = found.country.or(Some(country));
            token = end;
            continue;
        }
        if token != head {
            describe(
                reading,
                token,
                pair.is_some() && Some(token) == before,
                &mut found,
            );
        }
        token += 1;
    }
    found.modifiers.sort();
    found.modifiers.dedup();
    found
}

/// Most words of a state's name.
const STATE_WORDS: usize = 5;

/// The country of the longest name of a state that begins at `token`, and where it ends: "South Sudan" is not Sudan.
fn state_at<'d>(
    reading: &Reading<'d>,
    token: usize,
    tokens: &TokenRange,
    head: usize,
) -> Option<(usize, &'d str)> {
    let last = if token < head { head } else { tokens.end };
    let mut ends = (token + 1..=last.min(token + STATE_WORDS)).rev();
    ends.find_map(|end| {
        let state = reading
            .lexicon
            .state(reading.document.words(&(token..end)))?;
        Some((end, state.country))
    })
}

/// What "a Syrian" is.
const CITIZEN: Agent<'static> = Agent {
    role: "CVL",
    number: Number::Person,
};

fn describe<'d>(reading: &Reading<'d>, token: usize, in_role: bool, nominal: &mut Nominal<'d>) {
    let form = reading.form(token);
    match reading.upos(token) {
        Upos::Det | Upos::Pron => {
            nominal.definite |= [
                "the", "this", "that", "these", "those", "his", "her", "its", "their",
            ]
            .iter()
            .any(|d| form.eq_ignore_ascii_case(d));
        }
        Upos::Noun | Upos::Propn | Upos::Adj if !in_role => {
            if let Some(agent) = reading.lexicon.agent(reading.lemma(token)) {
                nominal.agents.push(agent);
            }
            nominal.modifiers.push(reading.lemma(token).to_lowercase());
        }
        _ => {}
    }
}
