//! Numbers by which the coder tells when events happened (its `dates::occasions` and `dates::moments`): projections of the
//! encoder's vectors to 32 numbers, of a trigger's words and of those of a time expression (`data/occasions.tsv`, by
//! `training/occasions.py`).
//!
//! They belong to the weights that they were learned with, whose digest the table names: with another model there are none.

use std::ops::Range;
use std::sync::OnceLock;

use encoder::{HeadInput, Model};

const TABLE: &str = include_str!("../data/occasions.tsv");

/// A linear map of a vector: for each number that comes out what is added, and the weights of the vector's numbers.
type Map = Vec<(f32, Vec<f32>)>;

/// The maps of the table.
#[derive(Debug)]
pub(crate) struct Projections {
    /// The model's digest.
    model: &'static str,
    /// Of a trigger, to compare it with another.
    occasion: Map,
    /// Of a trigger, to find its time expression.
    sought: Map,
    /// Of a time expression.
    moment: Map,
}

impl Projections {
    /// The shipped ones; `None` for a model that they were not learned with.
    pub(crate) fn of(model: &Model) -> Option<&'static Self> {
        static SHIPPED: OnceLock<Projections> = OnceLock::new();
        let shipped = SHIPPED.get_or_init(|| Projections::parse(TABLE));
        (shipped.model == model.digest()).then_some(shipped)
    }

    /// Numbers that cannot be read are left out; a test sees to it that there are none.
    fn parse(table: &'static str) -> Self {
        let named = table.lines().find_map(|l| l.strip_prefix("# Model: "));
        let map = |name: &str| {
            let rows = table.lines().filter_map(|line| line.strip_prefix(name));
            let row = |line: &str| {
                let mut numbers = line.split_whitespace().filter_map(|n| n.parse().ok());
                Some((numbers.next()?, numbers.collect()))
            };
            rows.filter_map(row).collect()
        };
        Projections {
            model: named.unwrap_or_default(),
            occasion: map("occasion\t"),
            sought: map("sought\t"),
            moment: map("moment\t"),
        }
    }

    /// Of a trigger's words, to compare it with other triggers; empty where none of them was read, as those below.
    pub(crate) fn occasion(&self, input: &HeadInput, words: &Range<usize>) -> Vec<f32> {
        mapped(&self.occasion, input, words)
    }

    /// Of a trigger's words, to compare it with time expressions.
    pub(crate) fn sought(&self, input: &HeadInput, words: &Range<usize>) -> Vec<f32> {
        mapped(&self.sought, input, words)
    }

    /// Of the words of a time expression.
    pub(crate) fn moment(&self, input: &HeadInput, words: &Range<usize>) -> Vec<f32> {
        mapped(&self.moment, input, words)
    }
}

/// The map of the mean vector of some words.
fn mapped(map: &Map, input: &HeadInput, words: &Range<usize>) -> Vec<f32> {
    let read = words.start..words.end.min(input.len());
    if read.is_empty() {
        return Vec::new();
    }
    let count = read.len() as f32;
    let number = |(more, weights): &(f32, Vec<f32>)| {
        let of_word = |word| dot(input.vector(word), weights);
        more + read.clone().map(of_word).sum::<f32>() / count
    };
    map.iter().map(number).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random_model::model;
    use encoder::{Mark, Scratch, Window};

    #[test]
    fn the_table_has_a_whole_row_for_each_number() {
        let shipped = Projections::parse(TABLE);
        for map in [&shipped.occasion, &shipped.sought, &shipped.moment] {
            assert_eq!(map.len(), 32);
            assert!(map.iter().all(|(_, weights)| weights.len() == 384));
        }
        let lines = TABLE.lines().filter(|l| !l.starts_with('#'));
        assert_eq!(lines.count(), 96);
        assert_eq!(shipped.model.len(), 64, "a digest of SHA-256");
        assert!(TABLE.starts_with("# Format: ") && TABLE.contains("# Origin: "));
    }

    #[test]
    fn another_model_has_none() {
        assert!(Projections::of(&model()).is_none());
    }

    #[test]
    fn the_mean_of_the_words_that_were_read_is_mapped() {
        let model = model();
        let words = ["the", "king", "said"];
        let marks = [Mark::None; 3];
        let window = Window {
            words: &words,
            marks: &marks,
        };
        let vectors = model.encode(&[window], &mut Scratch::default());
        let input = model.input(&vectors[0]);
        let first = |weight: f32| {
            let mut weights = vec![0.0; input.vector(0).len()];
            weights[0] = weight;
            weights
        };
        let map = vec![(0.5, first(2.0)), (-1.0, first(0.0))];
        let mean = (input.vector(1)[0] + input.vector(2)[0]) / 2.0;
        let found = mapped(&map, &input, &(1..9));
        assert!((found[0] - (0.5 + 2.0 * mean)).abs() < 1e-5);
        assert!((found[1] + 1.0).abs() < 1e-6);
        assert!(mapped(&map, &input, &(3..9)).is_empty());
    }
}
