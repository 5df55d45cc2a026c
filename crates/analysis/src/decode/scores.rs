//! A view of a score matrix and the few functions on one row of it.

/// Scores of labels (columns) for words (rows), row by row; unnormalised, any finite number.
#[derive(Clone, Copy, Debug)]
pub struct Scores<'a> {
    values: &'a [f32],
    columns: usize,
}

impl<'a> Scores<'a> {
    /// A view of `values` with `columns` labels a row. Values beyond the last whole row are not seen.
    pub fn new(values: &'a [f32], columns: usize) -> Self {
        Scores { values, columns }
    }

    /// Number of words.
    pub fn rows(&self) -> usize {
        self.values.len().checked_div(self.columns).unwrap_or(0)
    }

    /// Number of labels.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The scores of word `row`, which must be below [`Scores::rows`].
    pub fn row(&self, row: usize) -> &'a [f32] {
        &self.values[row * self.columns..][..self.columns]
    }
}

/// Index of the largest score, the first where several are equal; 0 where none is a number.
pub fn argmax(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] || scores[best].is_nan() {
            best = i;
        }
    }
    best
}

/// Probabilities of labels that exclude each other: positive, summing to 1. Even where the scores are not numbers.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = powers.iter().sum();
    if sum.is_finite() && sum > 0.0 {
        powers.iter().map(|p| p / sum).collect()
    } else {
        vec![1.0 / scores.len().max(1) as f32; scores.len()]
    }
}

/// The logarithms of [`softmax`]'s probabilities, also where those are too small for a number.
pub fn log_softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    scores.iter().map(|s| s - top - sum.ln()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_is_a_distribution_on_any_numbers() {
        for scores in [
            vec![1.0, 2.0, 3.0],
            vec![1000.0, -1000.0],
            vec![f32::NAN, f32::NAN],
            vec![f32::NEG_INFINITY; 3],
        ] {
            let sum: f32 = softmax(&scores).iter().sum();
            assert!((sum - 1.0).abs() < 1e-6, "{scores:?} sums to {sum}");
        }
        assert!(softmax(&[]).is_empty());
    }

    #[test]
    fn argmax_prefers_the_first_and_skips_what_is_no_number() {
        assert_eq!(argmax(&[1.0, 3.0, 3.0]), 1);
        assert_eq!(argmax(&[f32::NAN, -2.0, -3.0]), 1);
        assert_eq!(argmax(&[]), 0);
    }

    #[test]
    fn a_view_counts_whole_rows() {
        let scores = Scores::new(&[1.0, 2.0, 3.0, 4.0, 5.0], 2);
        assert_eq!((scores.rows(), scores.row(1)), (2, &[3.0, 4.0][..]));
        assert_eq!(Scores::new(&[], 0).rows(), 0);
    }
}
