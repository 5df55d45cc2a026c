//! Rules over the status that the head prefers. They overrule it only where the sentence's build leaves no doubt.

mod negation;

use lexicon::StatusCue;
use types::{EventType, Status, Trigger, Upos};

use crate::reading::Reading;
pub(crate) use negation::is_negated;
use negation::{LIGHT, negated};

/// What the rules decided.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) status: Status,
    /// Name of the rule that overruled or fixed the head's status.
    pub(crate) rule: Option<&'static str>,
    /// The word that made the difference, where it is also a cue: "denies", "allegedly".
    pub(crate) cue: Option<usize>,
}

/// A word above the trigger in whose scope it stands, and how the trigger's side hangs on it.
struct Governor {
    token: usize,
    relation: &'static str,
    /// The word on the trigger's side.
    below: usize,
}

/// Decides the status of a trigger whose syntactic head is `head`. `reported` tells whether a claim holds it, and `own`
/// whether the source of that claim is the event's own actor.
pub(crate) fn decide(
    reading: &Reading,
    trigger: &Trigger,
    head: usize,
    reported: bool,
    own: bool,
) -> Verdict {
    let governors = governors(reading, head);
    let verdict = |status, rule, cue| Verdict {
        status,
        rule: Some(rule),
        cue,
    };
    let head_says = trigger.status;
    if let Some(cue) = denied(reading, trigger, head, &governors) {
        return verdict(Status::Denied, "denied-by-cue", Some(cue));
    }
    if head_says != Status::Denied && conditional(reading, head) {
        return verdict(Status::Possible, "in-condition", None);
    }
    if matches!(
        head_says,
        Status::Actual | Status::Planned | Status::Claimed
    ) && negated(reading, trigger, head, &governors)
    {
        let status = if reported && own {
            Status::Denied
        } else {
            Status::Negated
        };
        return verdict(status, "negated-by-word", None);
    }
    if head_says == Status::Actual
        && let Some(found) = not_actual(reading, trigger, head, &governors, reported && !own)
    {
        return found;
    }
    let anonymous = head_says == Status::Claimed && !reported;
    let cue = anonymous
        .then(|| alleged(reading, head, &governors))
        .flatten();
    Verdict {
        status: head_says,
        rule: None,
        cue,
    }
}

/// Why an event that the head takes for actual is not; nothing where it may be.
fn not_actual(
    reading: &Reading,
    trigger: &Trigger,
    head: usize,
    governors: &[Governor],
    by_another: bool,
) -> Option<Verdict> {
    let verdict = |status, rule, cue| Verdict {
        status,
        rule: Some(rule),
        cue,
    };
    if let Some(cue) = alleged(reading, head, governors) {
        return Some(verdict(Status::Claimed, "alleged-by-word", Some(cue)));
    }
    if let Some((status, rule)) = not_yet(reading, trigger, head, governors) {
        return Some(verdict(status, rule, None));
    }
    let margin = trigger.status_scores[0] - trigger.status_scores[4];
    let close = by_another && margin < CLOSE && !spoken(trigger.event);
    close.then(|| verdict(Status::Claimed, "close-call-in-claim", None))
}

/// Below this lead of "actual" over "claimed", an event that only a claim reports is claimed.
const CLOSE: f32 = 0.15;

/// Types whose events are done by speaking: "will not accept" is a refusal now, not later.
pub(crate) fn spoken(event: EventType) -> bool {
    use EventType::*;
    matches!(
        event,
        Agree | Support | Concede | Request | Accuse | Reject | Threaten
    )
}

fn governors(reading: &Reading, head: usize) -> Vec<Governor> {
    let mut found = Vec::new();
    let mut at = head;
    while let Some(above) = reading.head(at)
        && found.len() < 5
    {
        let relation = match reading.relation(at) {
            // A conjunct is governed by what governs the first one.
            "conj" => {
                at = above;
                continue;
            }
            "xcomp" => "xcomp",
            "ccomp" => "ccomp",
            "obj" => "obj",
            "nmod" => "nmod",
            "obl" => "obl",
            "acl" if reading.full_relation(at) != "acl:relcl" => "acl",
            "nsubj" if reading.full_relation(at) == "nsubj:pass" => "subject",
            "advcl" => "advcl",
            _ => break,
        };
        found.push(Governor {
            token: above,
            relation,
            below: at,
        });
        if relation == "advcl" {
            break;
        }
        at = above;
    }
    found
}

fn cue_is(reading: &Reading, token: usize, cue: StatusCue) -> bool {
    reading.lexicon.status_cue(reading.lemma(token)) == Some(cue)
}

/// Nouns that stand between denying and the act: "denied any role in the attack".
const PARTS: &[&str] = &[
    "involvement",
    "role",
    "responsibility",
    "part",
    "hand",
    "report",
    "allegation",
    "accusation",
    "claim",
    "charge",
    "knowledge",
    "complicity",
    "plan",
    "suggestion",
];

/// The word that denies: "denies sending", "denied that it sent", "denied any role in sending", "its denial of".
fn denied(
    reading: &Reading,
    trigger: &Trigger,
    head: usize,
    governors: &[Governor],
) -> Option<usize> {
    // "Denied the charges" is a refusal, and refusing somebody a thing is no denial of an act.
    if trigger.event == EventType::Reject {
        return None;
    }
    let mut part = false;
    for governor in governors {
        if cue_is(reading, governor.token, StatusCue::Deny) && governor.token != head {
            let denies = denies_act(reading, trigger.event, governor, part);
            return denies.then_some(governor.token);
        }
        match governor.relation {
            "nmod" | "acl" if reading.lemma_is(governor.token, PARTS) => part = true,
            "xcomp" | "ccomp" => {}
            "obj" if reading.lemma_is(governor.token, LIGHT) => {}
            _ => return None,
        }
    }
    None
}

/// Whether the word of denial, by what hangs on it, denies the act rather than refuses a thing.
fn denies_act(reading: &Reading, event: EventType, denial: &Governor, part: bool) -> bool {
    let clause = matches!(denial.relation, "xcomp" | "ccomp" | "advcl" | "acl");
    let refusable = spoken(event) || event == EventType::Aid;
    let object = denial.relation == "obj" && (part || !refusable);
    let noun = reading.upos(denial.token) == Upos::Noun && denial.relation == "nmod";
    let passive = reading
        .related(denial.token, &["aux"])
        .any(|a| reading.full_relation(a) == "aux:pass");
    (clause || object || noun) && !passive && !is_negated(reading, denial.token)
}

/// Whether the trigger stands in a clause with "if" or "unless".
fn conditional(reading: &Reading, head: usize) -> bool {
    let marked = |t: usize| {
        let mut marks = reading.related(t, &["mark"]);
        marks.any(|m| reading.lemma_is(m, &["if", "unless", "lest"]))
    };
    let mut at = head;
    for above in reading.upwards(head) {
        at = above;
        // A relative clause or another clause of its own is no part of the condition.
        let bound = matches!(reading.relation(above), "parataxis" | "appos" | "root")
            || reading.full_relation(above) == "acl:relcl";
        if marked(above) || bound {
            break;
        }
        if matches!(reading.relation(above), "advcl" | "csubj") {
            break;
        }
    }
    marked(at) && reading.relation(at) != "ccomp"
}

/// "Allegedly", "reportedly", "the alleged attack".
fn alleged(reading: &Reading, head: usize, governors: &[Governor]) -> Option<usize> {
    let cue = |t: usize| {
        let mut words = reading.related(t, &["advmod", "amod"]);
        words.find(|w| cue_is(reading, *w, StatusCue::Allege))
    };
    let light = governors.first().filter(|g| {
        g.relation == "xcomp" || g.relation == "obj" && reading.lemma_is(g.token, LIGHT)
    });
    cue(head).or_else(|| cue(light?.token))
}

/// Modal verbs that leave open whether something happens.
pub(crate) const OPEN: &[&str] = &["could", "may", "might", "can", "should", "would", "ca"];

pub(crate) fn has_modal(reading: &Reading, token: usize, modals: &[&str]) -> bool {
    let mut auxiliaries = reading.related(token, &["aux"]);
    auxiliaries.any(|a| {
        modals
            .iter()
            .any(|m| reading.form(a).eq_ignore_ascii_case(m))
    })
}

/// Futures, possibilities, plans and demands that the head took for facts.
fn not_yet(
    reading: &Reading,
    trigger: &Trigger,
    head: usize,
    governors: &[Governor],
) -> Option<(Status, &'static str)> {
    if let Some(found) = by_auxiliary(reading, trigger.event, head) {
        return Some(found);
    }
    let governor = governors.first()?;
    if governor.relation == "obj" && reading.lemma_is(governor.token, LIGHT) {
        return by_auxiliary(reading, trigger.event, governor.token);
    }
    let clause = matches!(governor.relation, "xcomp" | "acl");
    match reading.lexicon.status_cue(reading.lemma(governor.token))? {
        StatusCue::Plan if clause && to_infinitive(reading, governor.below) => {
            Some((Status::Planned, "planned-by-word"))
        }
        StatusCue::Demand | StatusCue::Fear if clause && to_infinitive(reading, governor.below) => {
            let tried = reading.lemma_is(governor.token, &["try", "attempt"]);
            (!tried).then_some((Status::Possible, "demanded-or-feared"))
        }
        StatusCue::Demand if governor.relation == "obl" && called_for(reading, governor) => {
            Some((Status::Possible, "demanded-or-feared"))
        }
        _ => None,
    }
}

fn by_auxiliary(
    reading: &Reading,
    event: EventType,
    verb: usize,
) -> Option<(Status, &'static str)> {
    let has = |modals: &[&str]| has_modal(reading, verb, modals);
    if has(&["could", "may", "might"]) {
        return Some((Status::Possible, "modal"));
    }
    if spoken(event) {
        return None;
    }
    if has(&["should", "would"]) {
        return Some((Status::Possible, "modal"));
    }
    has(&["will", "shall", "'ll", "’ll"]).then_some((Status::Planned, "future"))
}

fn to_infinitive(reading: &Reading, verb: usize) -> bool {
    let mut marks = reading.related(verb, &["mark"]);
    marks.any(|m| reading.lemma_is(m, &["to"]))
}

fn called_for(reading: &Reading, governor: &Governor) -> bool {
    reading.has_case(governor.below, &["for"])
}
