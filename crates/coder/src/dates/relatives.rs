//! Other events whose dates tell something of an event's: the same act told again, what its clause depends on, what its
//! actor did.

use std::collections::BTreeMap;

use types::Upos;

use super::company::akin;
use super::{Dater, shares};
use crate::events::Event;
use crate::reading::Reading;
use crate::status::spoken;

/// Most events to either side that are looked at for one relation.
const MOST: usize = 64;

/// Other events that tell something of an event's date, by name of the relation; each as indices.
pub(super) fn relatives(dater: &Dater, index: usize) -> BTreeMap<&'static str, Vec<usize>> {
    let events = dater.events;
    let event = &events[index];
    let sentence = |e: usize| dater.reading.sentence(events[e].head);
    let own = sentence(index);
    let near = |e: usize| sentence(e).abs_diff(own);
    let same_type = |e: usize| events[e].trigger.event == event.trigger.event;
    let same_act = |e: usize| {
        same_type(e)
            && akin(
                dater.reading.lemma(events[e].head),
                dater.reading.lemma(event.head),
            )
    };
    let speak = |e: usize| spoken(events[e].trigger.event);
    let same_actor = |e: usize| shares(&events[e].actor, &event.actor);
    let same_mode = |e: usize| {
        same_type(e) && event.trigger.mode.is_some() && events[e].trigger.mode == event.trigger.mode
    };
    let terms = |e: usize| dater.terms.get(e).map_or(&[][..], Vec::as_slice);
    let same_terms = |e: usize| same_type(e) && terms(e).iter().any(|w| terms(index).contains(w));
    let fits = |a: &[usize], b: &[usize]| a.is_empty() || b.is_empty() || shares(a, b);
    let compatible = |e: usize| {
        same_type(e)
            && fits(&events[e].actor, &event.actor)
            && fits(&events[e].recipient, &event.recipient)
    };
    let same_recipient = |e: usize| shares(&events[e].recipient, &event.recipient);
    let above: Vec<usize> = dater.reading.upwards(event.head).skip(1).collect();
    let over = |e: usize| above.contains(&events[e].head);
    let under = |e: usize| {
        dater
            .reading
            .upwards(events[e].head)
            .skip(1)
            .any(|t| t == event.head)
    };
    let before = |fits: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..index)
            .rev()
            .take(MOST)
            .find(|e| fits(*e))
            .into_iter()
            .collect()
    };
    let behind = |fits: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (index + 1..events.len())
            .take(MOST)
            .find(|e| fits(*e))
            .into_iter()
            .collect()
    };
    let around = index.saturating_sub(MOST)..events.len().min(index + MOST);
    let all = |fits: &dyn Fn(usize) -> bool| -> Vec<usize> {
        around.clone().filter(|e| *e != index && fits(*e)).collect()
    };
    let mut found = BTreeMap::from([
        ("last", before(&|_| true)),
        ("next", behind(&|_| true)),
        ("last of its kind", before(&|e| speak(e) == speak(index))),
        ("next of its kind", behind(&|e| speak(e) == speak(index))),
        ("last of type", before(&same_type)),
        ("next of type", behind(&same_type)),
        ("last of actor", before(&same_actor)),
        ("next of actor", behind(&same_actor)),
        ("last of sentence before", before(&|e| near(e) == 1)),
        ("over", all(&|e| near(e) == 0 && over(e))),
        ("under", all(&|e| near(e) == 0 && under(e))),
        ("same sentence", all(&|e| near(e) == 0)),
        ("same act", all(&same_act)),
        ("same act of actor", all(&|e| same_act(e) && same_actor(e))),
        (
            "same act on recipient",
            all(&|e| same_act(e) && same_recipient(e)),
        ),
        (
            "same type, both parties",
            all(&|e| same_type(e) && same_actor(e) && same_recipient(e)),
        ),
        (
            "statement of actor",
            all(&|e| speak(e) && speak(index) && same_actor(e)),
        ),
        ("same recipient", all(&same_recipient)),
        ("same type", all(&same_type)),
        ("same mode", all(&same_mode)),
        ("same terms", all(&same_terms)),
        (
            "same type, same terms, fitting",
            all(&|e| same_terms(e) && compatible(e)),
        ),
        ("fitting parties", all(&compatible)),
        ("last of fitting parties", before(&compatible)),
        ("last of same terms", before(&same_terms)),
        (
            "headline",
            all(&|e| same_type(e) && headline(sentence(e), own)),
        ),
        ("any", all(&|_| true)),
    ]);
    found.retain(|_, events| !events.is_empty());
    found
}

/// What an event is about: nouns of its parties and of what hangs on its trigger, in lower case.
pub(super) fn terms(reading: &Reading, event: &Event) -> Vec<String> {
    const ABOUT: &[&str] = &["nsubj", "obj", "obl", "nmod", "compound", "amod", "appos"];
    let noun = |t: &usize| matches!(reading.upos(*t), Upos::Noun | Upos::Propn);
    let below = reading
        .related(event.head, ABOUT)
        .flat_map(|t| reading.subtree(t).into_iter().take(8));
    let roles = &event.roles;
    let sound = roles
        .actor
        .iter()
        .chain(&roles.recipient)
        .filter(|r| reading.is_sound(r));
    let parties = sound.flat_map(|r| r.clone());
    let words = below
        .chain(parties)
        .filter(|t| noun(t) && !reading.is_dated(*t));
    let mut terms: Vec<String> = words.map(|t| reading.lemma(t).to_lowercase()).collect();
    terms.retain(|word| word.len() > 2);
    terms.sort();
    terms.dedup();
    terms
}

/// Whether one of the sentences is the headline and the other the lead.
fn headline(one: usize, other: usize) -> bool {
    one.min(other) == 0 && (1..3).contains(&one.max(other))
}
