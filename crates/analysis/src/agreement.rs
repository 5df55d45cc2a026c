//! One word, one reading: what a story says of a word in one place counts wherever the word stands again.
//!
//! A head sees a window at a time, and takes a name for a person in a greeting that it takes for a firm in a signature, or
//! a "strike" for an attack in the headline and for nothing in the last line. A word is rarely two things in one story
//! ("one sense per discourse", Gale, Church and Yarowsky 1992), so each occurrence's probabilities lean towards the mean of
//! all.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::decode::scores::log_softmax;

/// Keeps logarithms of nothing finite.
const LEAST: f32 = 1e-9;

/// Log probabilities of `scores`' rows of `columns` labels, one row a word, after the occurrences of a word agreed.
///
/// `key` gives what makes words the same, `None` for those that stand alone. `lean` says how far the log probabilities go
/// towards those of the mean: 0 not at all, 1 all the way.
pub fn agreed<'d>(
    scores: &[f32],
    columns: usize,
    lean: f32,
    key: impl Fn(usize) -> Option<Cow<'d, str>>,
) -> Vec<f32> {
    let mut rows: Vec<f32> = scores.chunks_exact(columns).flat_map(log_softmax).collect();
    for words in same(scores.len() / columns, key) {
        let mut mean = vec![0.0; columns];
        for word in &words {
            let row = &rows[word * columns..][..columns];
            mean.iter_mut().zip(row).for_each(|(m, v)| *m += v.exp());
        }
        for word in &words {
            let row = &mut rows[word * columns..][..columns];
            for (value, sum) in row.iter_mut().zip(&mean) {
                let all = (sum / words.len() as f32 + LEAST).ln();
                *value += lean * (all - *value);
            }
        }
    }
    rows
}

/// A form that is a name wherever it is one, as its own key: initials are many things, and so are words without a capital.
pub fn spelling(form: &str) -> Option<&str> {
    let is_name = form.chars().count() >= 3 && form.chars().any(char::is_uppercase);
    is_name.then_some(form)
}

/// The words of each key that stands more than once.
fn same<'d>(words: usize, key: impl Fn(usize) -> Option<Cow<'d, str>>) -> Vec<Vec<usize>> {
    let mut of = HashMap::<Cow<'d, str>, Vec<usize>>::new();
    for word in 0..words {
        if let Some(key) = key(word) {
            of.entry(key).or_default().push(word);
        }
    }
    // Each word is settled apart from all others: their order is without effect.
    of.into_values().filter(|words| words.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeliest(words: &[(&'static str, [f32; 2])]) -> Vec<usize> {
        let scores: Vec<f32> = words.iter().flat_map(|(_, row)| *row).collect();
        let key = |word: usize| Some(Cow::Borrowed(words[word].0)).filter(|key| !key.is_empty());
        let rows = agreed(&scores, 2, 0.5, key);
        let rows = rows.chunks_exact(2);
        rows.map(|row| usize::from(row[1] > row[0])).collect()
    }

    #[test]
    fn the_many_and_sure_win_over_the_unsure() {
        let sure = ("Azurix", [0.0, 5.0]);
        assert_eq!(likeliest(&[sure, ("Azurix", [0.6, 0.0]), sure]), [1, 1, 1]);
    }

    #[test]
    fn single_words_and_those_without_a_key_stand_alone() {
        let keyless = [("", [0.0, 5.0]), ("", [0.6, 0.0])];
        assert_eq!(likeliest(&keyless), [1, 0]);
        let others = [("Bay", [0.6, 0.0]), ("Azurix", [0.0, 5.0])];
        assert_eq!(likeliest(&others), [0, 1]);
    }

    #[test]
    fn a_single_words_probabilities_are_its_own() {
        let rows = agreed(&[1.0, 1.0, f32::MAX, 0.0], 2, 0.5, |_| None);
        assert!((rows[0].exp() - 0.5).abs() < 1e-6);
        assert!(rows.iter().all(|v| !v.is_nan()));
    }
}
