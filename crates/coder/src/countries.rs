//! Countries that the words of an actor do not tell, but what stands around them does: "police in Kenya", "the rebels" in
//! a story about Ukraine. And the government where a seat or a capital stands for the state.

use std::collections::BTreeMap;

use lexicon::StateWord;
use types::{NameKind, TokenRange, Upos};

use crate::cast::Cast;
use crate::draft::{Draft, Kind};
use crate::mentions::{Form, Referent};
use crate::reading::Reading;

/// Roles of people who belong to the state in which they act. Reporters, companies, churches and bodies of several
/// states may be from anywhere.
const LOCAL: &[&str] = &[
    "COP", "CVL", "GOV", "JUD", "LEG", "MIL", "OPP", "PTY", "REB", "SPY", "UAF",
];

/// Words in the names of bodies of a state.
const BODIES: &[&str] = &[
    "army",
    "court",
    "ministry",
    "navy",
    "parliament",
    "police",
    "senate",
];

/// Words for who is of several states, or of others than the story's.
const FOREIGN: &[&str] = &[
    "african",
    "allied",
    "arab",
    "asian",
    "coalition",
    "eu",
    "european",
    "foreign",
    "gulf",
    "international",
    "latin",
    "nato",
    "other",
    "regional",
    "u.n.",
    "un",
    "west",
    "western",
    "world",
];

/// Fewest mentions that make a country the story's own, and what part of all mentions of countries it must have.
const MAIN_MENTIONS: usize = 3;
const MAIN_PART: f64 = 0.67;

/// Gives a country to groups and unnamed persons that have none, by their phrase, their sentence or the story.
pub(crate) fn complete<'d>(reading: &Reading<'d>, cast: &mut Cast<'d>) {
    let places = std::mem::take(&mut cast.places);
    for actor in 0..cast.actors.len() {
        match cast.actors[actor].kind {
            Kind::State => govern(reading, cast, actor),
            Kind::PlaceAsState => belong(reading, cast, actor),
            _ => {}
        }
        let draft = &cast.actors[actor];
        let role = draft.roles.first();
        let local = role.is_some_and(|role| LOCAL.contains(role));
        // "The Foreign Ministry" is of the country that the story is about.
        let body = draft.kind == Kind::Organisation && is_body(&draft.name);
        let open = local && (!draft.named || body) && !is_foreign(cast, draft);
        if draft.country.is_some() || draft.code.is_some() || !open {
            continue;
        }
        let first = draft
            .mentions
            .iter()
            .map(|m| cast.mentions.all[*m].head)
            .min();
        cast.actors[actor].country = first.and_then(|head| places.around(reading, head));
    }
}

fn is_body(name: &str) -> bool {
    let mut words = name.split(' ').map(str::to_lowercase);
    words.any(|word| BODIES.contains(&word.as_str()))
}

/// Whether the words say that they are of elsewhere: "European diplomats", "eleven nations".
fn is_foreign(cast: &Cast, draft: &Draft) -> bool {
    let mut mentions = draft
        .mentions
        .iter()
        .map(|m| &cast.mentions.all[*m].referent);
    mentions.any(|referent| match referent {
        Referent::Nominal(nominal) => {
            let states = ["nation", "country", "state", "government", "power"];
            let several = nominal.plural && states.contains(&nominal.lemma.as_str());
            let mut words = nominal.modifiers.iter();
            several || words.any(|w| FOREIGN.contains(&w.as_str()))
        }
        _ => false,
    })
}

/// "The Kremlin", "Moscow" as a subject, "the Russian government": the state by its government.
fn govern(reading: &Reading, cast: &mut Cast, actor: usize) {
    let by_government = cast.actors[actor].mentions.iter().any(|m| {
        let mention = &cast.mentions.all[*m];
        match (mention.form, &mention.referent) {
            (Form::Named, Referent::State(_)) => {
                let state = reading
                    .lexicon
                    .state(reading.document.words(&mention.tokens));
                state.is_some_and(|s| matches!(s.word, StateWord::Seat | StateWord::Capital))
            }
            (Form::Nominal, Referent::Nominal(nominal)) => {
                ["government", "regime"].contains(&nominal.lemma.as_str())
            }
            _ => false,
        }
    });
    if by_government && cast.actors[actor].roles.is_empty() {
        cast.actors[actor].roles.push("GOV");
    }
}

/// "Crimea votes", "Scotland rejects": a place that takes part counts to the state that CAMEO's dictionaries have it in, as
/// the lexicon knows, else to the one that the gazetteer has it in. It is not that state's government, and gets no role. A
/// place *in* which something is done is no party, whatever the head says, and gets no country.
fn belong<'d>(reading: &Reading<'d>, cast: &mut Cast<'d>, actor: usize) {
    let mentions = cast.actors[actor].mentions.iter();
    let mentions = mentions.map(|m| &cast.mentions.all[*m]);
    let mut acting = mentions.filter(|m| !is_in(reading, m.head));
    let country = acting.find_map(|mention| {
        let words = reading.document.words(&mention.tokens);
        match reading.lexicon.territory(words, reading.day) {
            Some(known) => known.country,
            None => place_country(reading, &mention.tokens),
        }
    });
    let draft = &mut cast.actors[actor];
    draft.country = draft.country.or(country);
}

/// The country of the place that the analysis found in words.
fn place_country<'d>(reading: &Reading<'d>, tokens: &TokenRange) -> Option<&'d str> {
    let document: &'d types::Document = reading.document;
    let span = reading.span(tokens);
    let here = |p: &&types::Place| p.mentions.iter().any(|m| m.overlaps(span));
    let mut known = document.places.iter().filter(|p| p.geonames.is_some());
    known.find(here)?.country.as_deref()
}

/// Places and nationalities of the story that belong to a country.
#[derive(Default)]
pub(crate) struct Places<'d> {
    /// First token and country of each name of a place, in text order.
    named: Vec<(usize, &'d str)>,
    /// The country that the story is about, where it names one far more often than others.
    pub(crate) main: Option<&'d str>,
}

impl<'d> Places<'d> {
    pub(crate) fn of(reading: &Reading<'d>) -> Self {
        let lexicon = reading.lexicon;
        let country = |tokens: &TokenRange| {
            let words = reading.document.words(&reading.bare(tokens));
            lexicon.state(words).map(|state| state.country)
        };
        let mut named = Vec::new();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in reading
            .document
            .names
            .iter()
            .filter(|n| reading.is_sound(&n.tokens))
        {
            let place = matches!(name.kind, NameKind::Location | NameKind::Facility);
            if !place && name.kind != NameKind::Norp {
                continue;
            }
            if let Some(country) = country(&name.tokens) {
                *counts.entry(country).or_default() += 1;
                if place {
                    named.push((name.tokens.start, country));
                }
            }
        }
        let by_words = main(&counts);
        let told: Vec<&str> = counts.keys().copied().collect();
        let resolved = resolved(reading);
        for (token, country) in &resolved {
            if named.iter().all(|(start, _)| start != token) {
                *counts.entry(*country).or_default() += 1;
            }
        }
        let main = by_words.or_else(|| main(&counts));
        // One town alone may be another of its name: it counts where the story tells of its country besides.
        for (token, country) in resolved {
            let sure = told.contains(&country) || main == Some(country);
            if sure && named.iter().all(|(start, _)| *start != token) {
                named.push((token, country));
            }
        }
        named.sort_unstable();
        Places { named, main }
    }

    /// The country of the phrase that `head` heads, else of the only place "in" which its sentence is set, else of the
    /// story.
    fn around(&self, reading: &Reading<'d>, head: usize) -> Option<&'d str> {
        self.inside(reading, head)
            .or_else(|| self.setting(reading, head))
            .or(self.main)
    }

    /// "Police in Kenya", "rebels from the south of Sudan".
    fn inside(&self, reading: &Reading, head: usize) -> Option<&'d str> {
        let mut below = reading
            .related(head, &["nmod"])
            .flat_map(|child| reading.subtree(child));
        below.find_map(|token| self.at(token))
    }

    fn setting(&self, reading: &Reading, head: usize) -> Option<&'d str> {
        let sentence = reading.document.sentences.get(reading.sentence(head))?;
        let mut found = None;
        for token in sentence.tokens.clone() {
            let Some(country) = self.at(token).filter(|_| is_in(reading, token)) else {
                continue;
            };
            if found.is_some_and(|other| other != country) {
                return None;
            }
            found = Some(country);
        }
        found
    }

    fn at(&self, token: usize) -> Option<&'d str> {
        let found = self
            .named
            .binary_search_by_key(&token, |(start, _)| *start)
            .ok()?;
        Some(self.named[found].1)
    }
}

/// The country that the story is about, if it is about one.
fn main<'d>(counts: &BTreeMap<&'d str, usize>) -> Option<&'d str> {
    let all: usize = counts.values().sum();
    let most = counts.iter();
    let (country, n) = most.max_by_key(|(country, n)| (**n, std::cmp::Reverse(**country)))?;
    (*n >= MAIN_MENTIONS && *n as f64 >= MAIN_PART * all as f64).then_some(*country)
}

/// First tokens of places that the gazetteer knows, with their countries.
fn resolved<'d>(reading: &Reading<'d>) -> Vec<(usize, &'d str)> {
    let document: &'d types::Document = reading.document;
    let mut found = Vec::new();
    for place in document.places.iter().filter(|p| p.geonames.is_some()) {
        let Some(country) = place.country.as_deref() else {
            continue;
        };
        let tokens = place.mentions.iter().map(|m| document.touched(*m));
        found.extend(
            tokens
                .filter(|t| reading.is_sound(t))
                .map(|t| (t.start, country)),
        );
    }
    found
}

/// "In Kenya", "in the east of Kenya": the place has a preposition of place, itself or as a part of what has one.
fn is_in(reading: &Reading, token: usize) -> bool {
    let place = |t: usize| {
        let mut cases = reading.related(t, &["case"]);
        cases.any(|c| {
            reading.upos(c) == Upos::Adp
                && reading.lemma_is(c, &["in", "at", "near", "across", "inside", "outside"])
        })
    };
    reading.upwards(token).take(3).any(place)
}
