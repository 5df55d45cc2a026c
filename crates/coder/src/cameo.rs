//! The CAMEO code of an event: by type, mode, status and contexts, and by words near the trigger.

use lexicon::{Cameo, CameoWords, Lexicon};
use types::{Roles, Status, TokenRange, Trigger};

use crate::clause::{clause, phrases};
use crate::reading::Reading;

/// A code with the words that deepened it, if any did.
#[derive(Clone, Debug)]
pub(crate) struct Coded {
    pub(crate) cameo: Cameo,
    pub(crate) words: Option<TokenRange>,
}

/// What an event is, as far as its code goes by it.
pub(crate) struct Known<'e> {
    pub(crate) trigger: &'e Trigger,
    pub(crate) head: usize,
    pub(crate) roles: &'e Roles,
    pub(crate) status: Status,
    pub(crate) contexts: &'e [&'static str],
}

/// How far from the trigger, in words of the clause by nearness, a word may deepen the code: what is further on belongs to
/// another thought more often than not.
const REACH: usize = 24;

/// The code of the line of the lexicon that fits best; `None` where no line has the type.
pub(crate) fn cameo(reading: &Reading, event: &Known) -> Option<Coded> {
    let near = near(reading, event);
    let words: Vec<CameoWords> = near.iter().map(|(_, words)| *words).collect();
    let trigger = event.trigger;
    let found = reading.lexicon.cameo(
        trigger.event,
        trigger.mode,
        event.status,
        event.contexts,
        &words,
    )?;
    let by = found.words.and_then(|w| near.iter().find(|(_, n)| *n == w));
    Some(Coded {
        words: by.map(|(range, _)| range.clone()),
        cameo: found,
    })
}

/// Words of the clause that some code goes by: those of the trigger first, then the nearest. Who does it says nothing of what
/// is done: police who are alert, a sanctioned company.
fn near(reading: &Reading, event: &Known) -> Vec<(TokenRange, CameoWords)> {
    let own = |t: &usize| event.trigger.tokens.contains(t);
    let actor = |t: &usize| event.roles.actor.iter().any(|r| r.contains(t));
    let mut tokens = clause(reading, event.head, &event.roles.reporter);
    tokens.truncate(REACH);
    tokens.retain(|t| own(t) || !actor(t));
    tokens.extend(event.trigger.tokens.clone().filter(|t| *t != event.head));
    tokens.sort_by_key(|t| !own(t));
    let mut found: Vec<(TokenRange, CameoWords)> = Vec::new();
    for token in tokens {
        for (words, keys) in phrases(reading, token, Lexicon::CAMEO_WORDS) {
            let known = keys.iter().find_map(|k| reading.lexicon.cameo_words(k));
            found.extend(known.map(|known| (words, known)));
        }
    }
    // "War crimes" are no mere crimes: what is part of longer words does not count.
    let longer: Vec<TokenRange> = found.iter().map(|(words, _)| words.clone()).collect();
    found.retain(|(words, _)| {
        let holds =
            |l: &TokenRange| l.start <= words.start && words.end <= l.end && l.len() > words.len();
        !longer.iter().any(holds)
    });
    found
}
