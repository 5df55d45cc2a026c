//! Whom "he", "she", "it" and "they" mean.

use lexicon::Gender;

use crate::cast::Cast;
use crate::draft::{Draft, Kind};
use crate::mentions::{Form, Person};
use crate::reading::Reading;

// The weights below were set by hand and then moved one at a time on GUM's train part; see tests/coreference.rs.

/// Sentences back in which a pronoun looks for its antecedent.
const REACH: usize = 4;

/// The actor that suits best: recent, subject, named, often mentioned. Nothing where none is compatible.
pub(crate) fn antecedent(
    cast: &Cast,
    reading: &Reading,
    mention: usize,
    person: Person,
) -> Option<usize> {
    let at = cast.mentions.all[mention].head;
    let scored = cast.actors.iter().enumerate().filter_map(|(index, actor)| {
        let score = fits(actor, person)? + score(cast, reading, actor, at)?;
        Some((score, index))
    });
    // Ties go to the actor that came first, so that the same story always gives the same answer.
    scored
        .max_by(|(a, i), (b, j)| a.total_cmp(b).then(j.cmp(i)))
        .map(|(_, index)| index)
}

/// How well an actor of that kind goes with the pronoun; nothing where it cannot be.
fn fits(actor: &Draft, person: Person) -> Option<f64> {
    let gender = |wanted| match actor.gender {
        Some(known) if known == wanted => Some(0.8),
        Some(_) => None,
        None => Some(0.0),
    };
    match (person, actor.kind) {
        (Person::He, Kind::Person) => gender(Gender::Male),
        (Person::She, Kind::Person) => gender(Gender::Female),
        (Person::It, Kind::State | Kind::Organisation) => Some(0.2),
        (Person::It, Kind::Group) if !actor.plural => Some(0.0),
        (Person::They, Kind::Group) => Some(if actor.plural { 0.6 } else { 0.0 }),
        (Person::They, Kind::Organisation) => Some(-0.3),
        (Person::They, Kind::State) => Some(-0.6),
        _ => None,
    }
}

/// The best of the actor's mentions before the pronoun at token `at`.
fn score(cast: &Cast, reading: &Reading, actor: &Draft, at: usize) -> Option<f64> {
    let here = reading.sentence(at);
    let quote = reading
        .quotes
        .around(reading.document.tokens[at].span.start);
    let mut best: Option<f64> = None;
    for mention in actor.mentions.iter().map(|m| &cast.mentions.all[*m]) {
        let distance = here.saturating_sub(reading.sentence(mention.head));
        if mention.head >= at || distance > REACH {
            continue;
        }
        if distance == 0 && co_arguments(reading, mention.head, at) {
            return None;
        }
        // What is said inside of a quotation is seldom taken up by the narrator outside.
        let other = reading
            .quotes
            .around(reading.document.tokens[mention.head].span.start);
        let mut score = -0.7 * distance as f64;
        score += if reading.is_subject(mention.head) {
            0.8
        } else {
            0.0
        };
        score += if mention.form == Form::Nominal {
            -0.1
        } else {
            0.0
        };
        score -= if other.is_some() && other != quote {
            0.5
        } else {
            0.0
        };
        score -= 0.2 * ((at - mention.head) as f64).ln();
        best = best.map(|b| b.max(score)).or(Some(score));
    }
    best.map(|b| b + 0.1 * actor.mentions.len().min(10) as f64)
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
