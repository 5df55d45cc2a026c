//! Countries that the words of an actor do not tell, but what stands around them does: "police in Kenya", "the rebels" in
//! a story about Ukraine. And the government where a seat or a capital stands for the state.

use std::collections::BTreeMap;

use lexicon::StateWord;
use types::{NameKind, TokenRange, Upos};

use crate::cast::Cast;
use crate::draft::Kind;
use crate::mentions::{Form, Referent};
use crate::reading::Reading;

/// Roles of people who belong to the state in which they act. Reporters, companies, churches and bodies of several
/// states may be from anywhere.
const LOCAL: &[&str] = &[
    "COP", "CVL", "GOV", "JUD", "LEG", "MIL", "OPP", "PTY", "REB", "SPY", "UAF",
];

/// Fewest mentions that make a country the story's own, and what part of all mentions of countries it must have.
const MAIN_MENTIONS: usize = 3;
const MAIN_PART: f64 = 0.67;

/// Gives a country to groups and unnamed persons that have none, by their phrase, their sentence or the story.
pub(crate) fn complete<'d>(reading: &Reading<'d>, cast: &mut Cast<'d>) {
    let places = Places::of(reading);
    for actor in 0..cast.actors.len() {
        if cast.actors[actor].kind == Kind::State {
            govern(reading, cast, actor);
        }
        let draft = &cast.actors[actor];
        let local = draft.roles.first().is_some_and(|role| LOCAL.contains(role));
        if draft.country.is_some() || draft.code.is_some() || draft.named || !local {
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

/// Places and nationalities of the story that belong to a country.
struct Places<'d> {
    /// First token and country of each name of a place, in text order.
    named: Vec<(usize, &'d str)>,
    main: Option<&'d str>,
}

impl<'d> Places<'d> {
    fn of(reading: &Reading<'d>) -> Self {
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
        let all: usize = counts.values().sum();
        let most = counts
            .into_iter()
            .max_by_key(|(country, n)| (*n, std::cmp::Reverse(*country)));
        let main = most.filter(|(_, n)| *n >= MAIN_MENTIONS && *n as f64 >= MAIN_PART * all as f64);
        Places {
            named,
            main: main.map(|(country, _)| country),
        }
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
