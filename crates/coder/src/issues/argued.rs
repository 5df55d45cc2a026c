//! Whether parties argue about what a noun names.

use lexicon::Stance;
use types::Upos;

use crate::reading::Reading;

/// Prepositions before what is talked about.
const TOPIC: &[&str] = &["on", "over", "about", "regarding", "concerning"];

/// Words for talking, beside those of the lexicon that report.
const TALK: &[&str] = &[
    "talk",
    "discuss",
    "negotiate",
    "speak",
    "cooperate",
    "cooperation",
    "discussion",
    "negotiation",
    "debate",
    "dispute",
    "concern",
    "question",
    "controversy",
    "fear",
    "anger",
    "outrage",
];

/// Verbs whose object is talked about.
const DISCUSS: &[&str] = &[
    "discuss",
    "debate",
    "negotiate",
    "raise",
    "address",
    "question",
    "challenge",
    "dispute",
    "defend",
    "consider",
    "propose",
    "seek",
];

/// Whether `token` names what somebody speaks, differs or agrees about.
pub(super) fn is_topic(reading: &Reading, token: usize) -> bool {
    let first = first_joined(reading, token);
    let Some(above) = reading
        .head(first)
        .filter(|_| reading.has_case(first, TOPIC))
    else {
        return false;
    };
    let lemma = reading.lemma(above);
    let speaks = reading.lexicon.stance(lemma).is_some()
        || reading.lexicon.leaning(lemma).is_some()
        || reading.lemma_is(above, TALK);
    speaks && matches!(reading.relation(first), "obl" | "nmod")
}

/// Whether a party takes sides on what `token` names, demands, denies or discusses it.
pub(super) fn argued(reading: &Reading, token: usize) -> bool {
    let first = first_joined(reading, token);
    let Some(above) = reading.head(first) else {
        return false;
    };
    if is_topic(reading, token) {
        return true;
    }
    let lemma = reading.lemma(above);
    let leans = reading.lexicon.leaning(lemma).is_some();
    let stance = reading.lexicon.stance(lemma);
    let takes = leans
        || reading.lemma_is(above, DISCUSS)
        || matches!(
            stance,
            Some(Stance::Accuse | Stance::Deny | Stance::Demand | Stance::Threaten | Stance::Doubt)
        );
    match reading.relation(first) {
        "obj" | "xcomp" => takes && reading.upos(above) == Upos::Verb,
        "nsubj" => takes && reading.full_relation(first) == "nsubj:pass",
        "obl" | "nmod" => {
            takes && reading.has_case(first, &["of", "for", "against", "to", "at", "with"])
        }
        _ => false,
    }
}

/// The first of several nouns that "and" joins.
fn first_joined(reading: &Reading, token: usize) -> usize {
    match reading.head(token) {
        Some(head) if reading.relation(token) == "conj" => head,
        _ => token,
    }
}
