//! Chooses the date of each event: the stretch with the highest sum of weights, or none.

use types::Period;

use super::Dater;
use super::facts::{Case, OF_STRETCH, Seen, of_event, of_stretch, relatives};
use super::stretches::{Naming, Stretch};
use super::weights::Weights;
use crate::events::Event;

/// Added to the lead of each stretch over none, as a logarithm: the annotators, from whom the weights are, left out the dates
/// of many events that the story leaves no doubt of, and a date that a reader can check is worth more than none.
/// `derive/dates.py --folds 5` prints what other values would do.
const READINESS: f32 = 2.0;

/// Facts by which the tree ties the expression to something else: never the event's date, whatever the odds. In a
/// cross-validation of the train part that costs half a point of right dates, and spares dates that a reader sees to be wrong.
const TIED_ELSEWHERE: &[&str] = &["of a thing", "told"];

/// Bounds of a probability whose logarithm is taken.
const LEAST: f32 = 1e-4;

/// A date and where it comes from.
pub(super) struct Chosen {
    pub(super) period: Period,
    /// Index of the expression into the document's times.
    pub(super) time: usize,
    pub(super) rule: &'static str,
}

/// What a look made of an event.
struct Odds {
    /// How likely it has no date; with those of the stretches this sums to 1.
    none: f32,
    /// How likely each stretch is its date, in their order.
    stretches: Vec<f32>,
}

impl Odds {
    /// From the sums of weights, that of none being 0.
    fn of(scores: &[f32]) -> Self {
        let highest = scores.iter().copied().fold(0.0, f32::max);
        let raised: Vec<f32> = scores.iter().map(|s| (s - highest).exp()).collect();
        let none = (-highest).exp();
        let sum = none + raised.iter().sum::<f32>();
        Odds {
            none: none / sum,
            stretches: raised.into_iter().map(|s| s / sum).collect(),
        }
    }

    /// The likeliest stretch that is not barred, where it is likely enough; the first of several.
    fn best(&self, barred: &[bool]) -> Option<usize> {
        let mut best: Option<usize> = None;
        for (index, odds) in self.stretches.iter().enumerate() {
            let free = !barred.get(index).is_some_and(|b| *b);
            if free && best.is_none_or(|b| *odds > self.stretches[b]) {
                best = Some(index);
            }
        }
        best.filter(|b| self.stretches[*b] * READINESS.exp() > self.none)
    }
}

/// The first look at an event: its odds, and which stretches the tree ties to something else.
struct First {
    odds: Odds,
    elsewhere: Vec<bool>,
}

pub(super) fn choose(dater: &Dater) -> Vec<Option<Chosen>> {
    let weights = Weights::get();
    let first: Vec<First> = dater
        .events
        .iter()
        .map(|event| first_look(dater, weights, event))
        .collect();
    let chosen = (0..first.len()).map(|index| {
        let odds = second_look(dater, weights, &first, index);
        let event = &dater.events[index];
        let all = dater.stretches(event);
        let best = odds.best(&first[index].elsewhere);
        best.map(|best| chosen(dater, event, all, best))
    });
    chosen.collect()
}

/// The event by itself.
fn first_look(dater: &Dater, weights: &Weights, event: &Event) -> First {
    let seen = Seen::new(dater, event);
    let facts = of_event(&seen);
    let all = dater.stretches(event);
    let (mut scores, mut elsewhere) = (Vec::new(), Vec::new());
    for stretch in all {
        let held = of_stretch(&Case::new(&seen, all, stretch));
        scores.push(held.iter().map(|f| weights.first[*f].of(&facts)).sum());
        elsewhere.push(
            held.iter()
                .any(|f| TIED_ELSEWHERE.contains(&OF_STRETCH[*f].0)),
        );
    }
    First {
        odds: Odds::of(&scores),
        elsewhere,
    }
}

/// The event among the others.
fn second_look(dater: &Dater, weights: &Weights, first: &[First], index: usize) -> Odds {
    let event = &dater.events[index];
    let facts = of_event(&Seen::new(dater, event));
    let all = dater.stretches(event);
    let relatives = relatives(dater, index);
    let lead = |at: usize| {
        (first[index].odds.stretches[at].max(LEAST) / first[index].odds.none.max(LEAST)).ln()
    };
    let mut scores: Vec<f32> = (0..all.len())
        .map(|at| weights.again.of(&facts) + weights.lead.of(&facts) * lead(at))
        .collect();
    for (name, others) in &relatives {
        let Some(relation) = weights.relations.get(name) else {
            continue;
        };
        let count = others.len() as f32;
        let none = others.iter().map(|o| first[*o].odds.none).sum::<f32>() / count;
        for (stretch, score) in all.iter().zip(&mut scores) {
            let odds = others
                .iter()
                .map(|o| odds_of(dater, first, *o, &stretch.period));
            let (sum, most) = odds.fold((0.0, 0.0), |(sum, most): (f32, f32), o| {
                (sum + o, most.max(o))
            });
            *score += relation.same.of(&facts) * sum / count
                + relation.most.of(&facts) * most
                + relation.none.of(&facts) * none;
        }
    }
    Odds::of(&scores)
}

/// How likely the first look found that the period dates the event.
fn odds_of(dater: &Dater, first: &[First], event: usize, period: &Period) -> f32 {
    let all = dater.stretches(&dater.events[event]);
    let at = all.iter().position(|s| s.period == *period);
    at.map_or(0.0, |at| first[event].odds.stretches[at])
}

fn chosen(dater: &Dater, event: &Event, all: &[Stretch], best: usize) -> Chosen {
    let seen = Seen::new(dater, event);
    let case = Case::new(&seen, all, &all[best]);
    let away = |n: &&Naming| {
        (
            n.sentence.abs_diff(seen.sentence),
            n.head.abs_diff(event.head),
        )
    };
    let nearest = all[best]
        .namings
        .iter()
        .min_by_key(away)
        .map_or(0, |n| n.time);
    let tied = case.tie.as_ref().map(|t| t.naming.time);
    Chosen {
        period: all[best].period.clone(),
        time: tied.unwrap_or(nearest),
        rule: dater.rule(event, &case),
    }
}
