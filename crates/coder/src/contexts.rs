//! What an event is about: PLOVER contexts, by the words of its clause. Titles of officials are left out: a health
//! minister's visit is not about health.

use lexicon::Lexicon;
use types::{NameKind, TokenRange};

use crate::clause::{clause, phrases};
use crate::reading::Reading;

/// A context with the words that point to it, as they stand and as the lexicon has them.
pub(crate) type Told = (&'static str, Vec<(TokenRange, String)>);

/// How many contexts an event may have.
const MOST: usize = 3;

/// Contexts that the words of the trigger's clause point to: most often first, at most [`MOST`].
pub(crate) fn contexts(reading: &Reading, head: usize, reporter: &[TokenRange]) -> Vec<Told> {
    let mut clause = clause(reading, head, reporter);
    clause.sort_unstable();
    let mut found: Vec<Told> = Vec::new();
    let (Some(mut next), Some(last)) = (clause.first().copied(), clause.last()) else {
        return found;
    };
    // All that stands between is looked at, as an entry may begin before the clause does: its last word must be there.
    while next <= *last {
        let Some((words, key, context)) = entry(reading, next) else {
            next += 1;
            continue;
        };
        next = words.end;
        let told = |_: &&str| {
            let last = words.end - 1;
            clause.binary_search(&last).is_ok() && !is_title(reading, last)
        };
        let Some(context) = context.filter(told) else {
            continue;
        };
        match found.iter_mut().find(|(c, _)| *c == context) {
            Some((_, all)) => all.push((words, key)),
            None => found.push((context, vec![(words, key)])),
        }
    }
    found.sort_by(|(x, a), (y, b)| b.len().cmp(&a.len()).then(x.cmp(y)));
    found.truncate(MOST);
    found
}

/// The longest entry of the lexicon that begins at `token`, with the context that it names, if any.
fn entry(reading: &Reading, token: usize) -> Option<(TokenRange, String, Option<&'static str>)> {
    let phrases = phrases(reading, token, Lexicon::CONTEXT_WORDS);
    phrases.into_iter().find_map(|(words, keys)| {
        if words.len() == 1 && is_name_of_other(reading, token) {
            return None;
        }
        let upos = reading.upos(words.end - 1);
        keys.into_iter().find_map(|key| {
            let entry = reading.lexicon.context(&key)?;
            entry
                .fits(upos)
                .then(|| (words.clone(), key, entry.context))
        })
    })
}

/// Names of persons and places are no words of their language: "Bill", "West Bank".
fn is_name_of_other(reading: &Reading, token: usize) -> bool {
    matches!(
        reading.name_kind(token),
        Some(NameKind::Person | NameKind::Location)
    )
}

/// Whether the word belongs to what an official or office is called: "the *health* minister".
fn is_title(reading: &Reading, token: usize) -> bool {
    let Some(noun) = reading.head(token) else {
        return false;
    };
    let part = match reading.relation(token) {
        "compound" | "amod" | "flat" => true,
        "nmod" => reading.has_case(token, &["of"]),
        _ => false,
    };
    let agent = || reading.lexicon.agent(reading.lemma(noun));
    part && agent().is_some_and(|a| a.role == "GOV")
}
