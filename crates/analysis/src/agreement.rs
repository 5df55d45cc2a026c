//! One spelling, one name: what a document says of a word in one place counts wherever the word stands again.
//!
//! A head sees a window at a time, and takes a name for a person in a greeting that it takes for a firm in a signature.
//! Occurrences of a name in one document are rarely different things ("one sense per discourse", Gale, Church and
//! Yarowsky 1992), so each one's probabilities lean towards the mean of all.

use std::collections::HashMap;

/// How far a word's log probabilities go towards those of the mean: 0 not at all, 1 all the way. Read off Universal NER's
/// development set, where everything from .2 to .5 is within .2 points.
const LEAN: f32 = 0.35;
/// Characters of the shortest spelling that is brought together: initials and "I" are many things.
const SHORTEST: usize = 3;
/// Keeps logarithms of nothing finite.
const LEAST: f32 = 1e-9;

/// Log probabilities of `scores`' rows of `columns` labels, one row a word, after words of one spelling agreed.
///
/// `form` gives the spelling of a row's word. Spellings without a capital are left alone: as plain words they are names
/// in one place and none in another.
pub fn agreed<'d>(scores: &[f32], columns: usize, form: impl Fn(usize) -> &'d str) -> Vec<f32> {
    let mut rows: Vec<f32> = scores.chunks_exact(columns).flat_map(log_softmax).collect();
    for words in same_spelling(scores.len() / columns, form) {
        let mut mean = vec![0.0; columns];
        for word in &words {
            let row = &rows[word * columns..][..columns];
            mean.iter_mut().zip(row).for_each(|(m, v)| *m += v.exp());
        }
        for word in &words {
            let row = &mut rows[word * columns..][..columns];
            for (value, sum) in row.iter_mut().zip(&mean) {
                let all = (sum / words.len() as f32 + LEAST).ln();
                *value += LEAN * (all - *value);
            }
        }
    }
    rows
}

/// The words of each spelling that stands more than once.
fn same_spelling<'d>(words: usize, form: impl Fn(usize) -> &'d str) -> Vec<Vec<usize>> {
    let mut of = HashMap::<&str, Vec<usize>>::new();
    for (word, form) in (0..words).map(|word| (word, form(word))) {
        if form.chars().count() >= SHORTEST && form.chars().any(char::is_uppercase) {
            of.entry(form).or_default().push(word);
        }
    }
    // Each spelling is settled apart from all others: their order is without effect.
    of.into_values().filter(|words| words.len() > 1).collect()
}

fn log_softmax(row: &[f32]) -> Vec<f32> {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = row.iter().map(|v| (v - top).exp()).sum();
    row.iter().map(|v| v - top - sum.ln()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeliest(words: &[(&str, [f32; 2])]) -> Vec<usize> {
        let scores: Vec<f32> = words.iter().flat_map(|(_, row)| *row).collect();
        let rows = agreed(&scores, 2, |word| words[word].0);
        let rows = rows.chunks_exact(2);
        rows.map(|row| usize::from(row[1] > row[0])).collect()
    }

    #[test]
    fn the_many_and_sure_win_over_the_unsure() {
        let sure = ("Azurix", [0.0, 5.0]);
        assert_eq!(likeliest(&[sure, ("Azurix", [0.6, 0.0]), sure]), [1, 1, 1]);
    }

    #[test]
    fn plain_words_short_ones_and_single_ones_stand_alone() {
        for word in ["azurix", "AZ"] {
            let words = [(word, [0.0, 5.0]), (word, [0.6, 0.0])];
            assert_eq!(likeliest(&words), [1, 0]);
        }
        assert_eq!(
            likeliest(&[("Bay", [0.6, 0.0]), ("Azurix", [0.0, 5.0])]),
            [0, 1]
        );
    }

    #[test]
    fn a_single_words_probabilities_are_its_own() {
        let rows = agreed(&[1.0, 1.0, f32::MAX, 0.0], 2, |word| ["Bay", "River"][word]);
        assert!((rows[0].exp() - 0.5).abs() < 1e-6);
        assert!(rows.iter().all(|v| !v.is_nan()));
    }
}
