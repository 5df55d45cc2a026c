//! Whom "it" and "they" mean; for "he" and "she" see [`crate::ranking`].

use std::collections::{BTreeMap, BTreeSet};

use lexicon::Gender;

use crate::cast::{Cast, Watch};
use crate::draft::{Draft, Kind};
use crate::mentions::{Form, Mention, Person};
use crate::ranking::{candidates, scored};
use crate::reading::Reading;

// The weights below were set by hand and then moved one at a time on GUM's train part; see tests/coreference.rs.

/// Sentences back in which a pronoun looks for its antecedent.
const REACH: usize = 4;

/// Whom a pronoun means, and who came second.
pub(crate) struct Choice {
    pub(crate) actor: usize,
    /// The next best actor, and its part of the softmax of all scores, 0 to 1.
    pub(crate) second: Option<(usize, f64)>,
}

impl Choice {
    /// The actor with the highest score; nothing where there is none.
    fn of(mut scored: Vec<(f64, usize)>) -> Option<Self> {
        // Ties go to the actor that came first, so that the same story always gives the same answer.
        scored.sort_by(|(a, i), (b, j)| b.total_cmp(a).then(i.cmp(j)));
        let &(highest, actor) = scored.first()?;
        let all: f64 = scored
            .iter()
            .map(|(score, _)| (score - highest).exp())
            .sum();
        let second = scored.get(1);
        Some(Choice {
            actor,
            second: second.map(|(score, other)| (*other, (score - highest).exp() / all)),
        })
    }
}

/// The actor that suits best: recent, subject, named, often mentioned. Nothing where none is compatible.
pub(crate) fn antecedent<'d>(
    cast: &Cast<'d>,
    reading: &Reading<'d>,
    mention: usize,
    person: Person,
    watch: &mut Watch<'_, 'd>,
) -> Option<Choice> {
    let at = cast.mentions.all[mention].head;
    let gender = match person {
        Person::He => Some(Gender::Male),
        Person::She => Some(Gender::Female),
        _ => None,
    };
    if let Some(gender) = gender {
        let candidates = candidates(cast, reading, at, gender);
        watch(cast, at, &candidates);
        return Choice::of(scored(&candidates));
    }
    let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
    let mut barred: BTreeSet<usize> = BTreeSet::new();
    for (before, actor) in cast.before(reading, at, REACH) {
        if co_arguments(reading, before.head, at) {
            barred.insert(actor);
        }
        let found = score(reading, before, at);
        let best = scores.entry(actor).or_insert(found);
        *best = best.max(found);
    }
    let compatible = scores.into_iter().filter_map(|(index, score)| {
        let actor = &cast.actors[index];
        let often = 0.1 * actor.mentions.len().min(10) as f64;
        let fit = fits(actor, person).filter(|_| !barred.contains(&index))?;
        Some((score + fit + often, index))
    });
    Choice::of(compatible.collect())
}

/// How well an actor of that kind goes with the pronoun; nothing where it cannot be.
fn fits(actor: &Draft, person: Person) -> Option<f64> {
    match (person, actor.kind) {
        (Person::It, Kind::State | Kind::Organisation) => Some(0.2),
        (Person::It, Kind::Group) if !actor.plural => Some(0.0),
        (Person::They, Kind::Group) => Some(if actor.plural { 0.6 } else { 0.0 }),
        (Person::They, Kind::Organisation) => Some(-0.3),
        (Person::They, Kind::State) => Some(-0.6),
        _ => None,
    }
}

/// How near and how prominent a mention is, seen from the pronoun at token `at` behind it.
fn score(reading: &Reading, mention: &Mention, at: usize) -> f64 {
    let distance = reading
        .sentence(at)
        .saturating_sub(reading.sentence(mention.head));
    let quote_at = |t: usize| reading.quotes.around(reading.document.tokens[t].span.start);
    let other = quote_at(mention.head);
    let mut score = -0.7 * distance as f64 - 0.2 * ((at - mention.head) as f64).ln();
    if reading.is_subject(mention.head) {
        score += 0.8;
    }
    if mention.form == Form::Nominal {
        score -= 0.1;
    }
    // What is said inside of a quotation is seldom taken up by the narrator outside.
    if other.is_some() && other != quote_at(at) {
        score -= 0.5;
    }
    score
}

/// Whether both depend on the same verb, one as its subject: they are then two ("Roe met him").
fn co_arguments(reading: &Reading, mention: usize, pronoun: usize) -> bool {
    let arguments = ["nsubj", "obj", "iobj", "obl"];
    let (a, b) = (reading.relation(mention), reading.relation(pronoun));
    reading.head(mention).is_some()
        && reading.head(mention) == reading.head(pronoun)
        && arguments.contains(&a)
        && arguments.contains(&b)
}
