//! MUC, B³ and CEAFe.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Mentions brought together, each known by its head. A mention is in one cluster only: the first that has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clusters {
    all: Vec<BTreeSet<usize>>,
    of: BTreeMap<usize, usize>,
}

impl Clusters {
    pub(super) fn new(clusters: impl Iterator<Item = BTreeSet<usize>>) -> Self {
        let mut found = Clusters::default();
        for cluster in clusters {
            let index = found.all.len();
            let own = cluster
                .into_iter()
                .filter(|m| !found.of.contains_key(m))
                .collect::<BTreeSet<_>>();
            if !own.is_empty() {
                found.of.extend(own.iter().map(|m| (*m, index)));
                found.all.push(own);
            }
        }
        found
    }

    /// The clusters of two mentions or more.
    pub(super) fn without_single(self) -> Self {
        Clusters::new(self.all.into_iter().filter(|cluster| cluster.len() > 1))
    }

    /// Whether the mentions with these heads belong together.
    pub(crate) fn are_one(&self, one: usize, other: usize) -> bool {
        let of = |head: usize| self.of.get(&head);
        of(one).is_some() && of(one) == of(other)
    }

    /// Links of these clusters, and how many of them the other side has.
    fn links(&self, other: &Clusters) -> (f64, f64) {
        let (mut right, mut all) = (0, 0);
        for cluster in &self.all {
            let parts: BTreeSet<usize> = cluster
                .iter()
                .filter_map(|m| other.of.get(m).copied())
                .collect();
            let alone = cluster.iter().filter(|m| !other.of.contains_key(m)).count();
            all += cluster.len() - 1;
            right += cluster.len() - (parts.len() + alone);
        }
        (right as f64, all as f64)
    }

    /// Sum over the mentions of the part of their cluster that the other side has together with them.
    fn shares(&self, other: &Clusters) -> (f64, f64) {
        let share = |(mention, cluster): (&usize, &usize)| {
            let own = &self.all[*cluster];
            let theirs = other
                .of
                .get(mention)
                .map(|c| own.intersection(&other.all[*c]).count());
            theirs.unwrap_or_default() as f64 / own.len() as f64
        };
        (self.of.iter().map(share).sum(), self.of.len() as f64)
    }

    /// What an alignment one to one has in common, with the likeness φ4 of Luo. The pairs are taken the most alike first,
    /// which may give less than the best assignment does, never more.
    fn alignment(&self, other: &Clusters) -> f64 {
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (i, own) in self.all.iter().enumerate() {
            let others: BTreeSet<usize> = own
                .iter()
                .filter_map(|m| other.of.get(m).copied())
                .collect();
            for j in others {
                let theirs = &other.all[j];
                let common = own.intersection(theirs).count();
                pairs.push((
                    2.0 * common as f64 / (own.len() + theirs.len()) as f64,
                    i,
                    j,
                ));
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
        let mut sum = 0.0;
        for (likeness, i, j) in pairs {
            if !left.contains(&i) && !right.contains(&j) {
                left.insert(i);
                right.insert(j);
                sum += likeness;
            }
        }
        sum
    }
}

/// Sums of which precision and recall are the quotients.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    precision: (f64, f64),
    recall: (f64, f64),
}

impl Sums {
    fn shares(self) -> [f64; 3] {
        let quotient = |(part, whole): (f64, f64)| if whole > 0.0 { part / whole } else { 0.0 };
        let (p, r) = (quotient(self.precision), quotient(self.recall));
        [
            p,
            r,
            if p + r > 0.0 {
                2.0 * p * r / (p + r)
            } else {
                0.0
            },
        ]
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p, r, f1] = self.shares().map(|share| 100.0 * share);
        write!(f, "{p:.2},{r:.2},{f1:.2}")
    }
}

/// The three measures over any number of documents.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scores {
    mentions: Sums,
    muc: Sums,
    b3: Sums,
    ceaf: Sums,
}

impl Scores {
    pub(super) fn add(&mut self, gold: &Clusters, found: &Clusters) {
        let plus = |sum: &mut (f64, f64), (part, whole): (f64, f64)| {
            sum.0 += part;
            sum.1 += whole;
        };
        let common = found.of.keys().filter(|m| gold.of.contains_key(m)).count() as f64;
        plus(
            &mut self.mentions.precision,
            (common, found.of.len() as f64),
        );
        plus(&mut self.mentions.recall, (common, gold.of.len() as f64));
        plus(&mut self.muc.precision, found.links(gold));
        plus(&mut self.muc.recall, gold.links(found));
        plus(&mut self.b3.precision, found.shares(gold));
        plus(&mut self.b3.recall, gold.shares(found));
        let alike = found.alignment(gold);
        plus(&mut self.ceaf.precision, (alike, found.all.len() as f64));
        plus(&mut self.ceaf.recall, (alike, gold.all.len() as f64));
    }

    /// Name and numbers of each measure, the last the mean of the three F1.
    pub(super) fn rows(&self) -> Vec<(&'static str, String)> {
        let mean = [self.muc, self.b3, self.ceaf]
            .map(|m| m.shares()[2])
            .iter()
            .sum::<f64>()
            / 3.0;
        vec![
            ("mentions", self.mentions.to_string()),
            ("MUC", self.muc.to_string()),
            ("B3", self.b3.to_string()),
            ("CEAFe", self.ceaf.to_string()),
            ("mean", format!(",,{:.2}", 100.0 * mean)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(all: &[&[usize]]) -> Clusters {
        Clusters::new(all.iter().map(|c| c.iter().copied().collect()))
    }

    fn rows(gold: &[&[usize]], found: &[&[usize]]) -> Vec<String> {
        let mut scores = Scores::default();
        scores.add(&clusters(gold), &clusters(found));
        scores
            .rows()
            .into_iter()
            .map(|(name, row)| format!("{name} {row}"))
            .collect()
    }

    #[test]
    fn the_same_clusters_are_perfect() {
        let all: &[&[usize]] = &[&[1, 2, 3], &[4]];
        assert!(
            rows(all, all).iter().all(|row| row.ends_with("100.00")),
            "{:?}",
            rows(all, all)
        );
    }

    /// Bagga and Baldwin's first example: twelve mentions in three chains, two of which came together.
    #[test]
    fn two_chains_in_one() {
        let gold: &[&[usize]] = &[&[1, 2, 3, 4, 5], &[6, 7], &[8, 9, 10, 11, 12]];
        let found: &[&[usize]] = &[&[1, 2, 3, 4, 5], &[6, 7, 8, 9, 10, 11, 12]];
        let rows = rows(gold, found);
        assert_eq!(rows[1], "MUC 90.00,100.00,94.74");
        assert_eq!(rows[2], "B3 76.19,100.00,86.49");
    }

    #[test]
    fn a_mention_of_one_side_counts_against_it() {
        let rows = rows(&[&[1, 2]], &[&[1, 2], &[3]]);
        assert_eq!(rows[0], "mentions 66.67,100.00,80.00");
        assert_eq!(rows[2], "B3 66.67,100.00,80.00");
        assert_eq!(rows[3], "CEAFe 50.00,100.00,66.67");
    }
}
