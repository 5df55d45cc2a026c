//! What the rules of status say, and the words that they went by.

use lexicon::StatusCue;
use types::Status;

use crate::events::Event;
use crate::reading::Reading;
use crate::status::OPEN;

/// Words up the tree from the trigger among whose dependents the words of a rule are looked for: the reach of the rules.
const REACH: usize = 6;

const NEGATIONS: &[&str] = &[
    "not", "n't", "n’t", "never", "no", "neither", "nobody", "none", "nothing", "without", "fail",
];
const CONDITIONS: &[&str] = &["if", "unless", "lest"];
const FUTURES: &[&str] = &["will", "shall", "'ll", "’ll"];

/// A rule in a sentence; the ids are those of `status::Verdict`.
pub(super) fn why(rule: &str, status: Status) -> &'static str {
    match rule {
        "denied-by-cue" => "A word of denial governs the event.",
        "in-condition" => "The event stands in a clause with “if”, “unless” or “lest”.",
        "negated-by-word" if status == Status::Denied => {
            "It is negated, and whoever says so is its own actor: a denial."
        }
        "negated-by-word" => {
            "A word of negation stands with the event or with a verb that carries it."
        }
        "alleged-by-word" => "A word such as “allegedly” stands with the event.",
        "planned-by-word" => {
            "A word of planning governs the event, which follows as an infinitive."
        }
        "demanded-or-feared" => "A word of demanding or fearing governs the event.",
        "modal" => "A modal verb leaves open whether it happened.",
        "future" => "It stands in the future.",
        "close-call-in-claim" => {
            "Only a party reports it, and the head puts “actual” hardly before “claimed”."
        }
        _ => "A rule of status overruled the head.",
    }
}

/// The words that `rule` went by, in text order: the cue that the verdict names, or the nearest up the tree. Empty where
/// the rule goes by scores.
pub(super) fn words(reading: &Reading, event: &Event, rule: &str) -> Vec<usize> {
    if let Some(cue) = event.verdict.cue {
        return vec![cue];
    }
    let lemma = |words: &'static [&'static str]| {
        nearest(reading, event.head, move |t| {
            reading.lemma_is(t, words)
                || words
                    .iter()
                    .any(|w| reading.form(t).eq_ignore_ascii_case(w))
        })
    };
    let cue = |cues: &'static [StatusCue]| {
        nearest(reading, event.head, move |t| {
            let told = reading.lexicon.status_cue(reading.lemma(t));
            t != event.head && told.is_some_and(|c| cues.contains(&c))
        })
    };
    let found = match rule {
        "in-condition" => lemma(CONDITIONS),
        "negated-by-word" => lemma(NEGATIONS),
        "modal" => lemma(OPEN),
        "future" => lemma(FUTURES),
        "planned-by-word" => cue(&[StatusCue::Plan]),
        "demanded-or-feared" => cue(&[StatusCue::Demand, StatusCue::Fear]),
        _ => None,
    };
    found.into_iter().collect()
}

/// The first token that `fits` on the way up from `head`: on each step the word itself, then what hangs on it, then what
/// hangs on that ("no one was killed").
fn nearest(reading: &Reading, head: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
    reading.upwards(head).take(REACH).find_map(|at| {
        let children = reading.children(at);
        let below = children.iter().flat_map(|c| reading.children(*c));
        let mut all = std::iter::once(&at).chain(children).chain(below).copied();
        all.find(|t| fits(*t))
    })
}
