//! What did not happen: words of negation on the event, its subject, or what it hangs on.

use types::{EventType, Trigger};

use super::{Governor, OPEN, has_modal};
use crate::reading::Reading;

/// Whether a word of negation hangs on `token`: "did not", "never", "no attack"; "not only" negates nothing.
pub(crate) fn is_negated(reading: &Reading, token: usize) -> bool {
    let only = |t: usize| {
        t + 1 < reading.document.tokens.len()
            && reading.lemma_is(t + 1, &["only", "just", "merely", "simply", "necessarily"])
    };
    reading.children(token).iter().any(|&c| {
        let particle = reading.relation(c) == "advmod"
            && (reading.lemma_is(c, &["not", "never", "n't", "n’t"])
                || reading.form(c).eq_ignore_ascii_case("n't"));
        let determiner = reading.relation(c) == "det" && reading.lemma_is(c, &["no", "neither"]);
        (particle || determiner) && !only(c)
    })
}

/// "No one was killed", "none of them met", "no troops were sent".
fn subject_negated(reading: &Reading, verb: usize) -> bool {
    let mut subjects = reading.related(verb, &["nsubj"]);
    subjects.any(|s| {
        reading.lemma_is(s, &["nobody", "none", "nothing"])
            || reading
                .related(s, &["det"])
                .any(|d| reading.lemma_is(d, &["no", "neither"]))
    })
}

/// "without firing a shot".
fn without(reading: &Reading, token: usize) -> bool {
    let mut marks = reading.related(token, &["mark", "case"]);
    marks.any(|m| reading.lemma_is(m, &["without"]))
}

/// Verbs that, before a noun, say no more than that it happened: not "carrying out" an attack is no attack.
pub(super) const LIGHT: &[&str] = &[
    "carry", "launch", "conduct", "make", "hold", "stage", "mount", "take", "have", "impose",
    "commit", "do", "give", "provide", "send", "issue", "order", "bring", "reach", "sign", "offer",
    "pay",
];

/// Nouns whose absence is the absence of what they are of: "no evidence of an attack".
const SIGNS: &[&str] = &[
    "evidence",
    "sign",
    "indication",
    "plan",
    "proof",
    "report",
    "intention",
    "trace",
];

pub(super) fn negated(
    reading: &Reading,
    trigger: &Trigger,
    head: usize,
    governors: &[Governor],
) -> bool {
    let refusal = ["reject", "refuse", "deny", "veto", "decline", "rebuff"];
    // "Does not accept" is a refusal by its very negation.
    if trigger.event == EventType::Reject && !reading.lemma_is(head, &refusal) {
        return false;
    }
    // "Could not" and "would not" leave open whether: that is for the head to say.
    let here = |t: usize| {
        (is_negated(reading, t) || subject_negated(reading, t)) && !has_modal(reading, t, OPEN)
    };
    if here(head) || without(reading, head) {
        return true;
    }
    for governor in governors {
        let passes = match governor.relation {
            "xcomp" => !reading.lemma_is(governor.token, &["hesitate", "stop", "fail", "cease"]),
            "obj" | "subject" => reading.lemma_is(governor.token, LIGHT),
            "nmod" | "acl" => reading.lemma_is(governor.token, SIGNS),
            _ => false,
        };
        if !passes {
            let fails = governor.relation == "xcomp"
                && reading.lemma_is(governor.token, &["fail"])
                && trigger.event != EventType::Assault;
            return fails && !is_negated(reading, governor.token);
        }
        if here(governor.token) || without(reading, governor.token) || lacking(reading, governor) {
            return true;
        }
    }
    false
}

/// "Found no evidence of", "has not seen any sign of".
fn lacking(reading: &Reading, governor: &Governor) -> bool {
    let sign = reading.lemma_is(governor.token, SIGNS);
    let verb = || {
        reading
            .head(governor.token)
            .filter(|_| reading.relation(governor.token) == "obj")
    };
    sign && verb().is_some_and(|v| is_negated(reading, v))
}
