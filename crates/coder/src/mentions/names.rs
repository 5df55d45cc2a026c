//! What a name by itself tells of whom it means.

use std::collections::BTreeSet;

use lexicon::fold::plain;
use lexicon::{ActorKind, Organisation, StateWord};
use types::{NameKind, TokenRange, Upos};

use super::Referent;
use crate::reading::Reading;

/// Last words of persons' names of several words.
pub(super) fn surnames<'d>(reading: &Reading<'d>) -> BTreeSet<&'d str> {
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
pub(super) fn is_person(
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
pub(super) fn named<'d>(
    reading: &Reading<'d>,
    tokens: &TokenRange,
    kind: NameKind,
) -> Option<Referent<'d>> {
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
pub(super) fn known<'d>(reading: &Reading<'d>, tokens: &TokenRange) -> Option<Referent<'d>> {
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
pub(super) fn known_party<'d>(
    reading: &Reading<'d>,
    part: &TokenRange,
    head: usize,
) -> Option<Referent<'d>> {
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
pub(super) fn is_citizen(reading: &Reading, head: usize) -> bool {
    let state = reading.lexicon.state(reading.form(head));
    state.is_some_and(|s| s.word == StateWord::Demonym)
}

/// A capital that acts: subject of an active verb, without a preposition.
pub(super) fn subject_capital<'d>(reading: &Reading<'d>, token: usize) -> Option<Referent<'d>> {
    let state = reading.lexicon.state(reading.form(token))?;
    let acts = reading.full_relation(token) == "nsubj"
        && reading.upos(token) == Upos::Propn
        && reading
            .head(token)
            .is_some_and(|h| reading.upos(h) == Upos::Verb);
    (acts && state.word == StateWord::Capital).then_some(Referent::State(state.country))
}

/// Where the name itself starts in "President Roe", "Prime Minister Roe".
pub(super) fn without_title(reading: &Reading, tokens: &TokenRange) -> usize {
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
