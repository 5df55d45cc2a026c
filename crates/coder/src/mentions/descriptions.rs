//! What a description tells: role, country and the words that tell it apart from others.

use lexicon::{Agent, Number};
use types::{TokenRange, Upos};

use super::Nominal;
use crate::reading::Reading;

/// What a noun phrase tells of whom it describes.
pub(super) fn nominal<'d>(reading: &Reading<'d>, head: usize, tokens: &TokenRange) -> Nominal<'d> {
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

/// The country of the longest name of a state or territory that begins at `token`, and where it ends: "South Sudan" is not
/// Sudan, and Chechen rebels are of Russia.
fn state_at<'d>(
    reading: &Reading<'d>,
    token: usize,
    tokens: &TokenRange,
    head: usize,
) -> Option<(usize, &'d str)> {
    let last = if token < head { head } else { tokens.end };
    let mut ends = (token + 1..=last.min(token + STATE_WORDS)).rev();
    ends.find_map(|end| {
        let words = reading.document.words(&(token..end));
        let state = reading.lexicon.state(words).map(|state| state.country);
        let country = state.or_else(|| reading.lexicon.territory(words, reading.day)?.country)?;
        Some((end, country))
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
