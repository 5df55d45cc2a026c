//! The table of weights, `data/dates.tsv`, laid out by the numbers of the facts.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::facts::{OF_EVENT, OF_STRETCH};

const TABLE: &str = include_str!("../../data/dates.tsv");

/// A weight by itself, and what each fact of the event adds to it, in the order of [`OF_EVENT`].
#[derive(Clone, Debug)]
pub(super) struct Weight {
    alone: f32,
    with: Vec<f32>,
}

impl Weight {
    fn none() -> Self {
        Weight {
            alone: 0.0,
            with: vec![0.0; OF_EVENT.len()],
        }
    }

    /// The weight for an event with these facts.
    pub(super) fn of(&self, facts: &[usize]) -> f32 {
        self.alone + facts.iter().map(|f| self.with[*f]).sum::<f32>()
    }

    fn set(&mut self, with: Option<&str>, weight: f32) -> Option<()> {
        match with {
            None => self.alone = weight,
            Some(name) => self.with[number(OF_EVENT.iter().map(|f| f.0), name)?] = weight,
        }
        Some(())
    }
}

/// What the first look made of the relatives of one kind, weighed.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// Mean probability that this is their date.
    pub(super) same: Weight,
    /// The highest one.
    pub(super) most: Weight,
    /// Mean probability that they have none.
    pub(super) none: Weight,
}

/// All weights.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    /// Of the facts of a stretch, in their order.
    pub(super) first: Vec<Weight>,
    /// Of any stretch at the second look.
    pub(super) again: Weight,
    /// Of the lead, as a logarithm, that the first look gave the stretch over none.
    pub(super) lead: Weight,
    /// Of the relatives, by the name of their relation.
    pub(super) relations: BTreeMap<&'static str, Relation>,
}

impl Weights {
    /// The table, read at the first event. Lines that name no fact are passed over; a test sees to it that there are none.
    pub(super) fn get() -> &'static Weights {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| {
            let mut weights = Weights {
                first: vec![Weight::none(); OF_STRETCH.len()],
                again: Weight::none(),
                lead: Weight::none(),
                relations: BTreeMap::new(),
            };
            for line in lines() {
                weights.line(line);
            }
            weights
        })
    }

    /// Takes in `NAME [& FACT OF EVENT]`, tab, weight.
    fn line(&mut self, line: &'static str) -> Option<()> {
        let (name, weight) = line.split_once('\t')?;
        let weight = weight.parse().ok()?;
        let (name, with) = match name.split_once(" & ") {
            Some((name, with)) => (name, Some(with)),
            None => (name, None),
        };
        let Some(again) = name.strip_prefix("again: ") else {
            let fact = number(OF_STRETCH.iter().map(|f| f.0), name)?;
            return self.first[fact].set(with, weight);
        };
        match again {
            "any" => self.again.set(with, weight),
            "lead" => self.lead.set(with, weight),
            _ => {
                let (relation, what) = again.rsplit_once(' ')?;
                let empty = || Relation {
                    same: Weight::none(),
                    most: Weight::none(),
                    none: Weight::none(),
                };
                let relation = self.relations.entry(relation).or_insert_with(empty);
                let of = match what {
                    "same" => &mut relation.same,
                    "most" => &mut relation.most,
                    "none" => &mut relation.none,
                    _ => return None,
                };
                of.set(with, weight)
            }
        }
    }
}

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#'))
}

fn number<'n>(mut names: impl Iterator<Item = &'n str>, name: &str) -> Option<usize> {
    names.position(|n| n == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_wholly_understood() {
        let mut weights = Weights::get().clone();
        let all: Vec<&str> = lines().collect();
        for line in &all {
            assert!(weights.line(line).is_some(), "{line}");
        }
        for pair in all.windows(2) {
            assert!(pair[0] < pair[1], "{} before {}", pair[0], pair[1]);
        }
        assert!(TABLE.starts_with("# Format: ") && TABLE.contains("# Origin: "));
    }

    #[test]
    fn names_of_facts_are_their_own() {
        let mut names: Vec<&str> = OF_STRETCH.iter().map(|f| f.0).collect();
        names.extend(OF_EVENT.iter().map(|f| f.0));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
