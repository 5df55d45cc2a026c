//! Chooses the date of each event: the stretch with the highest sum of weights, or none.

use types::Period;

use super::Dater;
use super::background::Background;
use super::case::Case;
use super::facts::{OF_STRETCH, of_event, of_stretch};
use super::moments::Moments;
use super::occasions::companions;
use super::relatives::relatives;
use super::seen::Seen;
use super::stretches::{Naming, Outlook, Stretch};
use super::weights::Weights;
use crate::events::Event;

/// Added to the lead of each stretch over none, as a logarithm: the annotators, from whom the weights are, left out the dates
/// of many events that the story leaves no doubt of, and a date that a reader can check is worth more than none.
/// `derive/dates.py --folds 5` prints what other values would do.
const READINESS: f32 = 3.0;

/// What the head for arguments counts beside the facts, per unit of the logarithm of the odds by which it holds an expression
/// to say when the event happened. It has learned from the same stories as the weights, and is surer of them than of others:
/// so its weight is not learned with theirs, but chosen on the development set.
const POINTED: f32 = 0.25;

/// How likely any expression in reach of the head says when an event happened. What is less likely than that counts as much:
/// the head was taught by expressions of the very days that the annotators gave, so that it says little against others.
const EXPECTED: f32 = 0.1;

/// What `moments` counts at the first look, per unit of the logarithm of the odds by which an expression is the event's; and what
/// the second look adds for the most likely date of an event on the same days. The encoder, on which both rest, has seen the
/// stories that the other weights are learned from: so these two are chosen on the development set as well.
const MOMENTS: f32 = 0.6;
const COMPANIONS: f32 = 2.5;

/// Facts that together tie an expression to something else by the tree: to the statement that tells of the act, or to the name
/// of a thing ("a 2014 law"). Then it is never the act's date, whatever the odds. In a cross-validation of the train part that
/// costs half a point of right dates, and spares dates that a reader sees to be wrong.
const TIED_ELSEWHERE: &[&[&str]] = &[&["told"], &["of a thing", "year"]];

/// Bounds of a probability whose logarithm is taken.
const LEAST: f32 = 1e-4;

/// A date and where it comes from.
pub(super) struct Chosen {
    pub(super) period: Period,
    /// Index of the expression into the document's times.
    pub(super) time: usize,
    pub(super) rule: &'static str,
}

/// What was decided, and what came second.
pub(super) struct Choice {
    /// `None` for no date.
    pub(super) chosen: Option<Chosen>,
    /// How likely that is, 0 to 1: before [`READINESS`], so that a date may be given that is less likely than none.
    pub(super) odds: f32,
    /// The likeliest of the others, `None` for no date, with its odds.
    pub(super) second: (Option<Period>, f32),
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

    /// How likely a stretch is, or none.
    fn at(&self, index: Option<usize>) -> f32 {
        index.map_or(self.none, |i| self.stretches[i])
    }

    /// The likeliest alternative to what was chosen; none where there is no other stretch.
    fn second(&self, chosen: Option<usize>) -> Option<usize> {
        let others = (0..self.stretches.len()).map(Some).filter(|i| *i != chosen);
        let none = [None].into_iter().filter(|_| chosen.is_some());
        let all = none.chain(others);
        let second = all.reduce(|a, b| if self.at(b) > self.at(a) { b } else { a });
        second.flatten()
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

/// What all looks at an event need, made once.
struct Sight {
    /// Its facts, as indices.
    facts: Vec<usize>,
    /// What the first look made of it.
    odds: Odds,
    /// Which stretches the tree ties to something else, or keeps from an event that lies before them.
    elsewhere: Vec<bool>,
}

pub(super) fn choose(dater: &Dater) -> Vec<Choice> {
    let weights = Weights::get();
    let look = |event| first_look(dater, weights, event);
    let first: Vec<Sight> = dater.events.iter().map(look).collect();
    let chosen = (0..first.len()).map(|index| {
        let odds = second_look(dater, weights, &first, index);
        let best = odds.best(&first[index].elsewhere);
        let event = &dater.events[index];
        let all = dater.stretches(event);
        let second = odds.second(best);
        Choice {
            chosen: best.map(|best| chosen(dater, event, all, best)),
            odds: odds.at(best),
            second: (second.map(|s| all[s].period.clone()), odds.at(second)),
        }
    });
    chosen.collect()
}

/// The event by itself.
fn first_look(dater: &Dater, weights: &Weights, event: &Event) -> Sight {
    let seen = Seen::new(dater, event);
    let facts = of_event(&seen);
    let all = dater.stretches(event);
    let moments = Moments::of(dater, event);
    let (mut scores, mut elsewhere) = (Vec::new(), Vec::new());
    let background = Background::of(dater, event);
    for stretch in all {
        let case = Case::new(&seen, all, stretch);
        let held = of_stretch(&case);
        let told: f32 = held.iter().map(|f| weights.first[*f].of(&facts)).sum();
        let pointed = POINTED * case.pointed().map_or(0.0, lead);
        scores.push(told + pointed + MOMENTS * moments.lead(stretch));
        let holds = |fact: &&str| held.iter().any(|f| OF_STRETCH[*f].0 == *fact);
        let tied = TIED_ELSEWHERE.iter().any(|facts| facts.iter().all(holds));
        let own = case.tie.as_ref().is_some_and(|t| t.own.is_empty());
        elsewhere.push(tied || !own && background.bars(&seen, stretch));
    }
    Sight {
        odds: Odds::of(&scores),
        facts,
        elsewhere,
    }
}

/// By how much a probability raises what was expected, as a logarithm of odds.
fn lead(likely: f32) -> f32 {
    let odds = |p: f32| (p / (1.0 - p)).ln();
    odds(likely.clamp(EXPECTED, 0.98)) - odds(EXPECTED)
}

/// The event among the others.
fn second_look(dater: &Dater, weights: &Weights, first: &[Sight], index: usize) -> Odds {
    let event = &dater.events[index];
    let facts = &first[index].facts;
    let outlook = dater.outlook(event);
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
        for (at, score) in scores.iter_mut().enumerate() {
            let odds = others
                .iter()
                .map(|o| odds_of(dater, first, *o, outlook, at));
            let (sum, most) = odds.fold((0.0, 0.0), |(sum, most): (f32, f32), o| {
                (sum + o, most.max(o))
            });
            *score += relation.same.of(facts) * sum / count
                + relation.most.of(facts) * most
                + relation.none.of(facts) * none;
        }
    }
    let companions = companions(dater, index);
    for (at, score) in scores.iter_mut().enumerate() {
        let odds =
            |(other, likely): &(usize, f32)| likely * odds_of(dater, first, *other, outlook, at);
        *score += COMPANIONS * companions.iter().map(odds).fold(0.0, f32::max);
    }
    Odds::of(&scores)
}

/// How likely the first look found that a stretch dates another event; `at` is its place in the list of one of this outlook.
fn odds_of(dater: &Dater, first: &[Sight], event: usize, outlook: Outlook, at: usize) -> f32 {
    let other = dater.outlook(&dater.events[event]);
    let place = if other == outlook {
        Some(at)
    } else {
        dater.turned[usize::from(outlook == Outlook::Ahead)][at]
    };
    place.map_or(0.0, |at| first[event].odds.stretches[at])
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
