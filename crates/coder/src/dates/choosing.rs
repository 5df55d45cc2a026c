//! Chooses the date of each event: the stretch with the highest sum of weights, or none.

use types::Period;

use super::Dater;
use super::case::Case;
use super::facts::{of_event, of_stretch};
use super::relatives::relatives;
use super::seen::Seen;
use super::stretches::{Naming, Stretch};
use super::weights::Weights;
use crate::events::Event;

/// Added to the lead of each stretch over none, as a logarithm: the annotators, from whom the weights are, left out the dates
/// of many events that the story leaves no doubt of, and a date that a reader can check is worth more than none.
/// `derive/dates.py --folds 5` prints what other values would do.
const READINESS: f32 = 2.5;

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

    /// The likeliest stretch, where it is likely enough; the first of several.
    fn best(&self) -> Option<usize> {
        let mut best: Option<usize> = None;
        for (index, odds) in self.stretches.iter().enumerate() {
            if best.is_none_or(|b| *odds > self.stretches[b]) {
                best = Some(index);
            }
        }
        best.filter(|b| self.stretches[*b] * READINESS.exp() > self.none)
    }
}

/// What all looks at an event need, made once.
struct Sight {
    /// Its facts, as indices.
    facts: Vec<usize>,
    /// What the first look made of it.
    odds: Odds,
}

pub(super) fn choose(dater: &Dater) -> Vec<Option<Chosen>> {
    let weights = Weights::get();
    let look = |event| first_look(dater, weights, event);
    let first: Vec<Sight> = dater.events.iter().map(look).collect();
    let chosen = (0..first.len()).map(|index| {
        let best = second_look(dater, weights, &first, index).best()?;
        let event = &dater.events[index];
        Some(chosen(dater, event, dater.stretches(event), best))
    });
    chosen.collect()
}

/// The event by itself.
fn first_look(dater: &Dater, weights: &Weights, event: &Event) -> Sight {
    let seen = Seen::new(dater, event);
    let facts = of_event(&seen);
    let all = dater.stretches(event);
    let score = |stretch| {
        let held = of_stretch(&Case::new(&seen, all, stretch));
        held.iter().map(|f| weights.first[*f].of(&facts)).sum()
    };
    let scores: Vec<f32> = all.iter().map(score).collect();
    Sight {
        odds: Odds::of(&scores),
        facts,
    }
}

/// The event among the others.
fn second_look(dater: &Dater, weights: &Weights, first: &[Sight], index: usize) -> Odds {
    let event = &dater.events[index];
    let facts = &first[index].facts;
    let all = dater.stretches(event);
    let relatives = relatives(dater, index);
    let lead = |at: usize| {
        (first[index].odds.stretches[at].max(LEAST) / first[index].odds.none.max(LEAST)).ln()
    };
    let mut scores: Vec<f32> = (0..all.len())
        .map(|at| weights.again.of(facts) + weights.lead.of(facts) * lead(at))
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
            *score += relation.same.of(facts) * sum / count
                + relation.most.of(facts) * most
                + relation.none.of(facts) * none;
        }
    }
    Odds::of(&scores)
}

/// How likely the first look found that the period dates the event.
fn odds_of(dater: &Dater, first: &[Sight], event: usize, period: &Period) -> f32 {
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
