//! The three kinds of heads; their formulas are in `docs/model-file.md`.

use std::ops::Range;

use crate::kernel::Quantised;
use crate::math::{dot, gelu};
use crate::matrix::{Engine, Input, Matrix};
use crate::window::Vectors;

/// Distances that a biaffine head tells apart: −32 to 32 words.
pub(crate) const DISTANCES: usize = 65;
/// Slope of the leaky ReLU below zero.
const LEAK: f32 = 0.1;

/// A head of any kind.
#[expect(clippy::large_enum_variant, reason = "a model has some fifteen heads")]
pub enum Head {
    /// Scores of each word.
    Linear(Linear),
    /// Scores of pairs of words.
    Biaffine(Biaffine),
    /// Scores of a whole window with a marked pair.
    Pooled(Pooled),
}

impl Head {
    /// The labels, in the order of the scores.
    pub fn labels(&self) -> &[String] {
        match self {
            Self::Linear(head) => &head.labels,
            Self::Biaffine(head) => &head.labels,
            Self::Pooled(head) => &head.labels,
        }
    }
}

/// Vectors of one window as heads read them, made by [`Model::input`](crate::Model::input).
pub struct HeadInput<'a> {
    pub(crate) vectors: &'a Vectors,
    pub(crate) quantised: Quantised,
    pub(crate) engine: Engine,
}

impl HeadInput<'_> {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.vectors.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }

    /// The encoder's vector of word `i`.
    ///
    /// # Panics
    /// If `i` is not below [`len`](Self::len).
    pub fn vector(&self, i: usize) -> &[f32] {
        self.vectors.row(i)
    }

    fn apply(&self, matrix: &Matrix) -> Vec<f32> {
        let input = match self.engine.arithmetic {
            crate::Arithmetic::F32 => Input::Float(&self.vectors.values),
            crate::Arithmetic::Int16 => Input::Int(&self.quantised),
        };
        let mut out = Vec::new();
        matrix.apply(self.engine, input, &mut out);
        out
    }
}

/// A table of scores: unnormalised, any finite number; [`softmax`](crate::softmax) of a row gives probabilities.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    columns: usize,
    values: Vec<f32>,
}

impl Scores {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len() / self.columns.max(1)
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Numbers in a row: the head's labels, or the words of a [`square`](Projected::square).
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One row.
    ///
    /// # Panics
    /// If `i` is not below [`len`](Self::len).
    pub fn row(&self, i: usize) -> &[f32] {
        &self.values[i * self.columns..(i + 1) * self.columns]
    }

    /// The column with the highest score of a row, the first of equals.
    ///
    /// # Panics
    /// If `i` is not below [`len`](Self::len).
    pub fn best(&self, i: usize) -> usize {
        let row = self.row(i);
        (1..row.len()).fold(0, |best, j| if row[j] > row[best] { j } else { best })
    }

    /// All rows, one after the other.
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

/// A linear head: scores of each word.
pub struct Linear {
    pub(crate) labels: Vec<String>,
    pub(crate) matrix: Matrix,
}

impl Linear {
    /// The labels, in the order of the scores.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// One row a word, one column a label.
    pub fn scores(&self, input: &HeadInput<'_>) -> Scores {
        Scores {
            columns: self.labels.len(),
            values: input.apply(&self.matrix),
        }
    }
}

/// A biaffine head: scores of pairs of words, a left and a right one.
pub struct Biaffine {
    pub(crate) labels: Vec<String>,
    pub(crate) groups: Vec<usize>,
    pub(crate) size: usize,
    pub(crate) left: Matrix,
    pub(crate) right: Matrix,
    pub(crate) bilinear: Matrix,
    pub(crate) distance: Vec<f32>,
}

impl Biaffine {
    /// The labels, in the order of the scores.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Sizes of the runs of labels that exclude each other, see [`softmax_groups`](crate::softmax_groups).
    pub fn groups(&self) -> &[usize] {
        &self.groups
    }

    /// The words of a window as the left and as the right of pairs.
    pub fn project(&self, input: &HeadInput<'_>) -> Projected<'_> {
        let side = |matrix: &Matrix| {
            let values = input.apply(matrix);
            let leaky = |v: &f32| if *v < 0.0 { v * LEAK } else { *v };
            let rows = values.chunks_exact(self.size);
            rows.flat_map(|row| row.iter().map(leaky).chain([1.0]))
                .collect()
        };
        Projected {
            head: self,
            left: side(&self.left),
            right: side(&self.right),
            engine: input.engine,
        }
    }
}

/// A window's words in a biaffine head. Word indices count the window's words.
pub struct Projected<'h> {
    head: &'h Biaffine,
    /// Words × (size + 1): each row ends with a one.
    left: Vec<f32>,
    right: Vec<f32>,
    engine: Engine,
}

/// Scores of one left word with a range of right words.
#[derive(Debug, Clone, PartialEq)]
pub struct PairScores {
    rights: Range<usize>,
    scores: Scores,
}

impl PairScores {
    /// The right words, as indices of the window.
    pub fn rights(&self) -> Range<usize> {
        self.rights.clone()
    }

    /// Scores of all labels for the right word `j` of the window; none if it is not in the range.
    pub fn get(&self, j: usize) -> Option<&[f32]> {
        self.rights
            .contains(&j)
            .then(|| self.scores.row(j - self.rights.start))
    }

    /// One row for each right word, one column a label.
    pub fn scores(&self) -> &Scores {
        &self.scores
    }
}

impl Projected<'_> {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.left.len() / self.width()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// Scores of each of the words `lefts` with all of `rights`; words beyond the window's are left out.
    pub fn rows(&self, lefts: &[usize], rights: Range<usize>) -> Vec<PairScores> {
        let n = self.len();
        let rights = rights.start.min(n)..rights.end.min(n);
        let lefts: Vec<usize> = lefts.iter().copied().filter(|&i| i < n).collect();
        if lefts.is_empty() {
            return Vec::new();
        }
        let mixed = self.mixed(rights.clone());
        let columns = self.head.labels.len();
        let row = |&i: &usize| {
            let pairs = rights.clone().zip(self.split(&mixed));
            let values = pairs
                .flat_map(|(j, mixed)| self.scores(mixed, i, j))
                .collect();
            PairScores {
                rights: rights.clone(),
                scores: Scores { columns, values },
            }
        };
        lefts.iter().map(row).collect()
    }

    /// Scores of given pairs of a left and a right word: one row a pair, one column a label.
    ///
    /// # Panics
    /// If a word is not below [`len`](Self::len).
    pub fn pairs(&self, pairs: &[(usize, usize)]) -> Scores {
        let mixed = self.mixed(pairs.iter().map(|&(_, j)| j));
        let rows = pairs.iter().zip(self.split(&mixed));
        let values = rows
            .flat_map(|(&(i, j), mixed)| self.scores(mixed, i, j))
            .collect();
        Scores {
            columns: self.head.labels.len(),
            values,
        }
    }

    /// Scores of the first label between all words of a range, such as a sentence: row = left, column = right, both
    /// counted from the range's start. For heads with one label.
    pub fn square(&self, words: Range<usize>) -> Scores {
        let n = self.len();
        let words = words.start.min(n)..words.end.min(n);
        let mixed = self.mixed(words.clone());
        let rights = || words.clone().zip(self.split(&mixed));
        let row = |i| rights().map(move |(j, mixed)| self.score(mixed, 0, i, j));
        Scores {
            columns: words.len(),
            values: words.clone().flat_map(row).collect(),
        }
    }

    fn width(&self) -> usize {
        self.head.size + 1
    }

    /// `U [r; 1]` for each of the words `rights`: labels × (size + 1) numbers each.
    fn mixed(&self, rights: impl Iterator<Item = usize>) -> Vec<f32> {
        let width = self.width();
        let rows: Vec<f32> = rights
            .flat_map(|j| &self.right[j * width..(j + 1) * width])
            .copied()
            .collect();
        let (mut quantised, mut out) = (Quantised::default(), Vec::new());
        self.head.bilinear.apply(
            self.engine,
            self.engine.input(&rows, width, &mut quantised),
            &mut out,
        );
        out
    }

    /// The parts of [`mixed`](Self::mixed), one a word.
    fn split<'m>(&self, mixed: &'m [f32]) -> std::slice::ChunksExact<'m, f32> {
        mixed.chunks_exact(self.head.labels.len() * self.width())
    }

    /// Scores of all labels for the pair (i, j), where `mixed` is that of `j`.
    fn scores(&self, mixed: &[f32], i: usize, j: usize) -> impl Iterator<Item = f32> {
        (0..self.head.labels.len()).map(move |k| self.score(mixed, k, i, j))
    }

    /// Score of label `k` for the pair (i, j), where `mixed` is that of `j`.
    fn score(&self, mixed: &[f32], k: usize, i: usize, j: usize) -> f32 {
        let width = self.width();
        let left = &self.left[i * width..(i + 1) * width];
        let reach = DISTANCES / 2;
        let distance = (j + reach).saturating_sub(i).min(DISTANCES - 1);
        dot(&mixed[k * width..(k + 1) * width], left) + self.head.distance[k * DISTANCES + distance]
    }
}

/// A pooled head: scores of a window in which an actor and a recipient were marked.
pub struct Pooled {
    pub(crate) labels: Vec<String>,
    pub(crate) hidden: Matrix,
    pub(crate) out: Matrix,
}

impl Pooled {
    /// The labels, in the order of the scores.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// One score a label. Words beyond the window's are left out; the mean of no words is zero.
    pub fn scores(
        &self,
        input: &HeadInput<'_>,
        actor: Range<usize>,
        recipient: Range<usize>,
    ) -> Vec<f32> {
        let (vectors, engine) = (input.vectors, input.engine);
        let mut x = mean(vectors, actor);
        x.extend(mean(vectors, recipient));
        x.extend(mean(vectors, 0..vectors.len()));
        let (mut quantised, mut inner, mut out) = (Quantised::default(), Vec::new(), Vec::new());
        self.hidden.apply(
            engine,
            engine.input(&x, x.len(), &mut quantised),
            &mut inner,
        );
        gelu(engine.on, &mut inner);
        self.out.apply(
            engine,
            engine.input(&inner, inner.len(), &mut quantised),
            &mut out,
        );
        out
    }
}

/// Mean of the vectors of a range of words, as far as the window has them.
fn mean(vectors: &Vectors, words: Range<usize>) -> Vec<f32> {
    let words = words.start.min(vectors.len())..words.end.min(vectors.len());
    let mut sum = vec![0.0; vectors.hidden];
    for i in words.clone() {
        for (s, v) in sum.iter_mut().zip(vectors.row(i)) {
            *s += v;
        }
    }
    let n = words.len().max(1) as f32;
    sum.iter_mut().for_each(|s| *s /= n);
    sum
}
