//! Parties that are joined to a party: "the United States and the Philippines signed", of which the head found one.

use types::{NameKind, TokenRange, Upos};

use super::meet;
use super::syntax::is_party;
use crate::reading::Reading;

/// Words that may stand between two joined parties: a relative clause, the conjunction, an article.
const BETWEEN: usize = 12;

/// The parties that "and" or "or" joins to one of `spans`, and that neither these nor `others` hold.
pub(super) fn joined(
    reading: &Reading,
    spans: &[TokenRange],
    others: &[TokenRange],
) -> Vec<TokenRange> {
    let mut found: Vec<TokenRange> = Vec::new();
    for span in spans {
        for head in members(reading, span) {
            let phrase = reading.noun_phrase(head);
            let apart = if phrase.start >= span.end {
                phrase.start - span.end
            } else {
                span.start.saturating_sub(phrase.end)
            };
            let mut known = spans.iter().chain(others).chain(&found);
            let new = !known.any(|s| meet(s, &phrase));
            if new && !span.contains(&head) && apart <= BETWEEN {
                found.push(phrase);
            }
        }
    }
    found
}

/// Heads of the parties in the coordination of which the span's head is one.
fn members(reading: &Reading, span: &TokenRange) -> Vec<usize> {
    let Some(head) = reading.head_of(span) else {
        return Vec::new();
    };
    let above = reading
        .head(head)
        .filter(|h| reading.relation(head) == "conj" && is_nominal(reading, *h));
    let first = above.unwrap_or(head);
    let further: Vec<usize> = reading.related(first, &["conj"]).collect();
    let with_and = |t: &usize| {
        let mut words = reading.related(*t, &["cc"]);
        words.any(|word| reading.lemma_is(word, &["and", "or", "&"]))
    };
    if !further.iter().any(with_and) {
        return Vec::new();
    }
    let party = |t: &usize| is_nominal(reading, *t) && is_party(reading, *t);
    std::iter::once(first)
        .chain(further)
        .filter(party)
        .collect()
}

fn is_nominal(reading: &Reading, token: usize) -> bool {
    matches!(reading.upos(token), Upos::Noun | Upos::Propn | Upos::Pron)
        || reading.name_kind(token) == Some(NameKind::Norp)
}
