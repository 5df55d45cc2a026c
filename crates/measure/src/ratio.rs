//! Precision, recall and their harmonic mean.

use std::collections::BTreeSet;
use std::fmt;

/// Counts from which precision, recall and F1 follow. Displays as `precision,recall,f1` in per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// Units found that are right.
    pub right: usize,
    /// Units found.
    pub found: usize,
    /// Units that there are.
    pub gold: usize,
}

impl Ratio {
    /// Counts one document's units.
    pub fn add<T: Ord>(&mut self, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.right += gold.intersection(found).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    /// Counts one document where a unit found may be right without being the same.
    pub fn count(&mut self, right: usize, found: usize, gold: usize) {
        self.right += right;
        self.found += found;
        self.gold += gold;
    }

    /// Share of the units found that are right, 0 to 1; 0 where nothing was found.
    pub fn precision(self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    /// Share of the gold units that were found, 0 to 1; 0 where there are none.
    pub fn recall(self) -> f64 {
        self.right as f64 / self.gold.max(1) as f64
    }

    /// Harmonic mean of precision and recall, 0 to 1.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = [self.precision(), self.recall(), self.f1()].map(|share| 100.0 * share);
        write!(f, "{:.2},{:.2},{:.2}", percent[0], percent[1], percent[2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_two_found_of_four() {
        let mut ratio = Ratio::default();
        ratio.add(&BTreeSet::from([1, 2, 3, 4]), &BTreeSet::from([1, 9]));
        assert_eq!(ratio.to_string(), "50.00,25.00,33.33");
        assert_eq!(Ratio::default().to_string(), "0.00,0.00,0.00");
    }
}
