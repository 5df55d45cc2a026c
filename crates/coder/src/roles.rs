//! Spans of parties as the head gives them, made whole and completed by the tree.
//!
//! The head finds the likely words; it misses every third party, and now and then stops at an article. Where it names
//! nobody, the subject or object of the trigger is taken, as in PETRARCH-2 and Universal PETRARCH (Norris et al. 2017;
//! Lu and Roy 2017), under which syntax alone decides.

mod joined;
mod syntax;

use types::{EventType, NameKind, Roles, TokenRange, Trigger, Upos};

use crate::reading::Reading;
use joined::joined;
use syntax::{
    agent, agent_of_noun, is_passive, marked_passive, own, patient, patient_of_noun, sufferer,
};

/// The roles of a trigger whose syntactic head is `head`, with spans that are noun phrases.
pub(crate) fn complete(reading: &Reading, trigger: &Trigger, head: usize) -> Roles {
    let mut roles = trigger.roles.clone();
    for spans in [&mut roles.actor, &mut roles.recipient, &mut roles.reporter] {
        spans.retain(|s| reading.is_sound(s) && !is_grammar(reading, s));
        nearest(reading, head, spans);
        spans.iter_mut().for_each(|s| *s = widened(reading, s));
    }
    // Taggers take a rare participle for a noun ("was gunned down"); what hangs on it tells.
    let verb = reading.upos(head) == Upos::Verb || marked_passive(reading, head);
    let (patient, suffers) = if verb {
        let patient = patient(reading, head);
        let suffers = patient.clone().filter(|_| is_passive(reading, head));
        (patient, suffers)
    } else {
        (patient_of_noun(reading, head), sufferer(reading, head))
    };
    let agent = match (verb, &suffers) {
        (true, _) => agent(reading, head),
        // Whose "assassination" it was did not do it.
        (false, Some(_)) => None,
        (false, None) => agent_of_noun(reading, head),
    };
    if let Some(sufferer) = suffers {
        turn_round(&mut roles, &sufferer);
    }
    let taken = |spans: &[TokenRange], found: &TokenRange| spans.iter().any(|s| meet(s, found));
    if roles.actor.is_empty()
        && let Some(found) = agent.filter(|f| !taken(&roles.recipient, f))
    {
        roles.actor.push(found);
    }
    // Whom a state moves ("sent troops") is not to whom it does it.
    if roles.recipient.is_empty()
        && trigger.event != EventType::Mobilize
        && let Some(found) = patient.filter(|f| !taken(&roles.actor, f))
        && !own(reading, &found)
    {
        roles.recipient.push(found);
    }
    if !verb && matches!(trigger.event, EventType::Assault | EventType::Protest) {
        roles.actor.retain(|s| !is_scene(reading, head, s));
    }
    let actors = joined(reading, &roles.actor, &roles.recipient);
    roles.actor.extend(actors);
    let recipients = joined(reading, &roles.recipient, &roles.actor);
    roles.recipient.extend(recipients);
    roles
}

/// Whom the tree knows to suffer what is done did not do it, whatever the head says: nobody who "was shot" shot.
fn turn_round(roles: &mut Roles, sufferer: &TokenRange) {
    if let Some(at) = roles.actor.iter().position(|s| meet(s, sufferer)) {
        let moved = roles.actor.remove(at);
        if !roles.recipient.iter().any(|s| meet(s, sufferer)) {
            roles.recipient = vec![moved];
        }
    }
}

/// Whether two stretches share a word.
fn meet(a: &TokenRange, b: &TokenRange) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether a span is the scene of what the noun `head` names, and not who did it: "the Syria attack", but "a Syrian attack"
/// and "a U.S. attack", whose short forms are adjectives as well.
fn is_scene(reading: &Reading, head: usize, span: &TokenRange) -> bool {
    let name = span.start;
    let short = |form: &str| form.chars().all(|c| c.is_uppercase() || c == '.');
    span.len() == 1
        && reading.relation(name) == "compound"
        && reading.head(name) == Some(head)
        && reading.name_kind(name) == Some(NameKind::Location)
        && !short(reading.form(name))
}

/// A party named in the trigger's own sentence needs no other from elsewhere: what the head finds there besides is another
/// event's.
fn nearest(reading: &Reading, head: usize, spans: &mut Vec<TokenRange>) {
    let here = |s: &TokenRange| reading.sentence(s.start) == reading.sentence(head);
    if spans.iter().any(here) {
        spans.retain(here);
    }
}

/// "Both", "and", "of": words that join parties and are none.
fn is_grammar(reading: &Reading, span: &TokenRange) -> bool {
    span.clone().all(|t| {
        matches!(
            reading.upos(t),
            Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Punct | Upos::Part | Upos::Aux
        ) || span.len() == 1 && reading.lemma_is(t, &["both", "either"])
    })
}

/// The noun phrase to which a span belongs that has no noun of its own ("the", "international") or stops before its end
/// ("relatives of").
fn widened(reading: &Reading, span: &TokenRange) -> TokenRange {
    if reading.upos(span.end - 1) == Upos::Adp
        && let Some(head) = reading.head_of(span)
    {
        let phrase = reading.noun_phrase(head);
        let end = if phrase.end > span.end {
            phrase.end
        } else {
            span.end - 1
        };
        return phrase.start.min(span.start)..end.max(head + 1);
    }
    let nominal = |t: usize| {
        matches!(
            reading.upos(t),
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X
        )
    };
    if span.clone().any(nominal) {
        return span.start..complement(reading, span).unwrap_or(span.end);
    }
    let before = ["det", "amod", "compound", "nummod", "nmod"];
    let noun = span
        .clone()
        .filter(|t| before.contains(&reading.relation(*t)))
        .find_map(|t| reading.head(t));
    match noun.filter(|n| nominal(*n)) {
        Some(noun) => {
            let phrase = reading.noun_phrase(noun);
            phrase.start.min(span.start)..phrase.end.max(span.end)
        }
        None => span.clone(),
    }
}

/// Where a span ends that stops at an adjective behind its noun, with what belongs to that: "rebels loyal to the party".
fn complement(reading: &Reading, span: &TokenRange) -> Option<usize> {
    let last = span.end - 1;
    let behind = reading.upos(last) == Upos::Adj
        && reading
            .head(last)
            .is_some_and(|h| span.contains(&h) && h < last);
    let first = |noun: usize| reading.subtree(noun).first() == Some(&span.end);
    let mut below = reading.related(last, &["obl", "nmod"]).filter(|_| behind);
    below
        .find(|n| first(*n))
        .map(|n| reading.noun_phrase(n).end)
}
