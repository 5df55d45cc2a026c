//! Which person "he" or "she" means: every person who may be meant gets a score, the sum of weighted features.
//!
//! The features are those of the literature on pronouns (Lappin and Leass 1994 and later): how far away, in which
//! grammatical role, whether in parallel to the pronoun, whether subject of a clause above, how often mentioned. The weights
//! are in `data/pronouns.tsv`; `derive/pronouns.py` says how they were found.

mod features;
mod pronoun;

use std::collections::BTreeSet;

use lexicon::Gender;

use crate::cast::Cast;
use crate::draft::{Draft, Kind};
use crate::mentions::{Form, Mention};
use crate::reading::Reading;
use features::Features;
use pronoun::Pronoun;

/// Sentences back in which a person is looked for.
const REACH: usize = 6;

const WEIGHTS: &str = include_str!("../data/pronouns.tsv");

/// A person who may be meant.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) actor: usize,
    /// Name and value of each feature, in the order in which they were found.
    pub(crate) features: Vec<(String, f64)>,
}

impl Candidate {
    /// The sum of the weighted features.
    fn score(&self) -> f64 {
        self.features
            .iter()
            .map(|(name, value)| weight(name) * value)
            .sum()
    }
}

/// The candidates with their scores, of which a softmax makes probabilities.
pub(crate) fn scored(candidates: &[Candidate]) -> Vec<(f64, usize)> {
    candidates.iter().map(|c| (c.score(), c.actor)).collect()
}

/// Everybody whom the pronoun may mean: persons of no other gender, named or described before it or in its sentence.
pub(crate) fn candidates(
    cast: &Cast,
    reading: &Reading,
    at: usize,
    gender: Gender,
) -> Vec<Candidate> {
    let pronoun = Pronoun::at(reading, at, gender);
    let near = cast.around(reading, at, REACH);
    let actors: BTreeSet<usize> = near.iter().map(|(_, actor)| *actor).collect();
    let mut order: Vec<usize> = Vec::new();
    for (_, actor) in near.iter().rev().filter(|(m, _)| m.head < at) {
        if !order.contains(actor) {
            order.push(*actor);
        }
    }
    let spoken = near
        .iter()
        .rev()
        .find(|(m, _)| m.head < at && m.form == Form::Pronominal);
    let mut found = Vec::new();
    for actor in actors {
        let draft = &cast.actors[actor];
        let mine = near
            .iter()
            .filter(|(_, a)| *a == actor)
            .map(|(mention, _)| *mention);
        let (before, behind): (Vec<&Mention>, Vec<&Mention>) = mine.partition(|m| m.head < at);
        let barred = before
            .iter()
            .chain(&behind)
            .any(|m| pronoun.bars(reading, m));
        let called = Called::of(draft, gender);
        let of_other_gender = draft.gender.is_some_and(|told| told != gender)
            || draft.likely_gender.is_some_and(|likely| likely != gender)
                && called.always_otherwise();
        if draft.kind != Kind::Person || of_other_gender || barred {
            continue;
        }
        let rank = order.iter().position(|a| *a == actor);
        let Some(mut features) = Features::of(reading, &pronoun, draft, &before, &behind, rank)
        else {
            continue;
        };
        features.called(called);
        if let Some((mention, _)) = spoken.filter(|(_, last)| *last == actor) {
            features.taken_up(mention);
        }
        let features = features.found;
        found.push(Candidate { actor, features });
    }
    found
}

/// How often a person was called by pronouns of a gender so far, and of the other.
#[derive(Clone, Copy, Debug)]
struct Called {
    so: usize,
    otherwise: usize,
}

impl Called {
    fn of(draft: &Draft, gender: Gender) -> Self {
        let (he, she) = draft.called;
        let (so, otherwise) = match gender {
            Gender::Male => (he, she),
            Gender::Female => (she, he),
        };
        Called { so, otherwise }
    }

    fn always_otherwise(self) -> bool {
        self.otherwise > 0 && self.so == 0
    }
}

fn weight(feature: &str) -> f64 {
    let rows = weights();
    let found = rows.binary_search_by(|(name, _)| (*name).cmp(feature));
    found.map_or(0.0, |at| rows[at].1)
}

/// The table of weights, read at the first pronoun; its lines are sorted.
fn weights() -> &'static [(&'static str, f64)] {
    static TABLE: std::sync::OnceLock<Vec<(&'static str, f64)>> = std::sync::OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = WEIGHTS.lines().filter(|line| !line.starts_with('#'));
        let row = |line: &'static str| {
            let (name, weight) = line.split_once('\t')?;
            Some((name, weight.parse().ok()?))
        };
        lines.filter_map(row).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_sorted_and_wholly_understood() {
        let lines = WEIGHTS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(weights().len(), lines);
        for pair in weights().windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
        assert!(WEIGHTS.starts_with("# Format: ") && WEIGHTS.contains("# Origin: "));
        assert_eq!(weight("no such feature"), 0.0);
    }
}
