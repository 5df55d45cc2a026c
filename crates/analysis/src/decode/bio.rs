//! Spans from BIO tags: the best sequence in which every I follows a B or an I of its own kind (Viterbi).

use std::ops::Range;

use super::scores::{Scores, softmax};

/// What a label of a BIO head says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// In no span.
    Out,
    /// First word of a span of this kind.
    Begin(usize),
    /// A further word of a span of this kind; of any kind where `None`.
    Inside(Option<usize>),
}

/// The labels of a BIO head, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    tags: Vec<Tag>,
    kinds: Vec<String>,
}

/// A span that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Rows of the score matrix; never empty.
    pub words: Range<usize>,
    /// Index into [`Scheme::kinds`].
    pub kind: usize,
    /// Probability of the first word's label, 0 to 1.
    pub first: f32,
    /// Mean probability of the labels of all its words, 0 to 1.
    pub mean: f32,
    /// What the first word would have been instead: the likeliest of the other kinds and, as `None`, of no span; with its
    /// probability.
    pub second: (Option<usize>, f32),
}

impl Scheme {
    /// Reads labels `O`, `B-KIND`, `I-KIND`, `B`, `I` (a bare `B` has the kind "", a bare `I` continues any kind).
    /// `None` where a label is none of these, there is not exactly one `O`, or an `I-KIND` has no `B-KIND`.
    pub fn parse<S: AsRef<str>>(labels: &[S]) -> Option<Self> {
        let kinds: Vec<String> = labels
            .iter()
            .filter_map(|l| begin(l.as_ref()).map(str::to_owned))
            .collect();
        let tags: Vec<Tag> = labels
            .iter()
            .map(|label| tag(label.as_ref(), &kinds))
            .collect::<Option<_>>()?;
        let out = tags.iter().filter(|t| **t == Tag::Out).count();
        (out == 1).then_some(Scheme { tags, kinds })
    }

    /// Kinds in the order of their B labels.
    pub fn kinds(&self) -> &[String] {
        &self.kinds
    }

    /// Column of the label that begins a span of a kind.
    pub fn begin(&self, kind: usize) -> Option<usize> {
        self.tags.iter().position(|tag| *tag == Tag::Begin(kind))
    }

    /// Number of labels.
    pub fn columns(&self) -> usize {
        self.tags.len()
    }

    /// Column of the label O.
    pub fn out(&self) -> usize {
        self.tags
            .iter()
            .position(|tag| *tag == Tag::Out)
            .unwrap_or(0)
    }

    /// The best spans under `scores`, whose columns are this scheme's labels; in order, not overlapping.
    ///
    /// `out_bias` is added to the score of O at every word: above 0 gives fewer spans, below 0 more.
    /// No span of a kind runs into a word for which `barrier(word, kind)` holds.
    pub fn decode(
        &self,
        scores: Scores<'_>,
        out_bias: f32,
        barrier: impl Fn(usize, usize) -> bool,
    ) -> Vec<Found> {
        if scores.columns() != self.tags.len() {
            return Vec::new();
        }
        let path = self.best_path(scores, out_bias, barrier);
        self.spans(scores, out_bias, &path)
    }

    /// The word outside of `taken` that is likeliest to begin a span of `kind`, with the probability; the first of equals.
    /// `None` where all words are taken.
    pub fn nearest(
        &self,
        scores: Scores<'_>,
        out_bias: f32,
        kind: usize,
        taken: &[Range<usize>],
    ) -> Option<(usize, f32)> {
        let column = self.begin(kind)?;
        if scores.columns() != self.tags.len() {
            return None;
        }
        let mut best: Option<(usize, f32)> = None;
        for word in (0..scores.rows()).filter(|w| !taken.iter().any(|t| t.contains(w))) {
            let p = self.probabilities(scores.row(word), out_bias)[column];
            if best.is_none_or(|(_, top)| p > top) {
                best = Some((word, p));
            }
        }
        best
    }

    /// Viterbi's search. States: 0 is outside, `1 + kind` is inside of a span of that kind.
    fn best_path(
        &self,
        scores: Scores<'_>,
        out_bias: f32,
        barrier: impl Fn(usize, usize) -> bool,
    ) -> Vec<Step> {
        let states = self.kinds.len() + 1;
        let mut best = vec![f64::NEG_INFINITY; states];
        best[0] = 0.0;
        let mut steps: Vec<Step> = Vec::with_capacity(scores.rows() * states);
        for word in 0..scores.rows() {
            let mut row: Vec<f64> = scores.row(word).iter().map(|s| clean(*s)).collect();
            row[self.out()] += f64::from(out_bias);
            let next = self.advance(&best, &row, |kind| barrier(word, kind));
            best = next.iter().map(|(score, _)| *score).collect();
            steps.extend(next.into_iter().map(|(_, step)| step));
        }
        trace(&steps, states, top(&best))
    }

    /// The best way into each state at a word with the scores `row`, after a word with the states `best`.
    fn advance(
        &self,
        best: &[f64],
        row: &[f64],
        barrier: impl Fn(usize) -> bool,
    ) -> Vec<(f64, Step)> {
        let from = top(best);
        let label = self.out();
        let mut next = vec![(f64::NEG_INFINITY, Step { from: 0, label }); best.len()];
        for (label, tag) in self.tags.iter().enumerate() {
            match *tag {
                Tag::Out => offer(&mut next[0], best[from] + row[label], from, label),
                Tag::Begin(kind) => {
                    offer(&mut next[1 + kind], best[from] + row[label], from, label)
                }
                Tag::Inside(own) => {
                    let kinds = own.map_or(0..self.kinds.len(), |kind| kind..kind + 1);
                    for state in kinds.filter(|kind| !barrier(*kind)).map(|kind| 1 + kind) {
                        offer(&mut next[state], best[state] + row[label], state, label);
                    }
                }
            }
        }
        next
    }

    fn spans(&self, scores: Scores<'_>, out_bias: f32, path: &[Step]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for (word, step) in path.iter().enumerate() {
            if self.tags[step.label] == Tag::Out {
                continue;
            }
            let all = self.probabilities(scores.row(word), out_bias);
            let p = all[step.label];
            match (self.tags[step.label], found.last_mut()) {
                (Tag::Begin(kind), _) => found.push(Found {
                    words: word..word + 1,
                    kind,
                    first: p,
                    mean: p,
                    second: self.second(&all, kind),
                }),
                (Tag::Inside(_), Some(last)) => {
                    last.words.end = word + 1;
                    last.mean += p;
                }
                _ => {}
            }
        }
        for span in &mut found {
            span.mean /= span.words.len() as f32;
        }
        found
    }

    fn probabilities(&self, row: &[f32], out_bias: f32) -> Vec<f32> {
        let mut row = row.to_vec();
        for (score, tag) in row.iter_mut().zip(&self.tags) {
            *score += if *tag == Tag::Out { out_bias } else { 0.0 };
        }
        softmax(&row)
    }

    /// The likeliest that a word which begins a span of `kind` could have been instead; the first of equals.
    fn second(&self, probabilities: &[f32], kind: usize) -> (Option<usize>, f32) {
        let mut best = (None, 0.0);
        for (tag, p) in self.tags.iter().zip(probabilities) {
            let other = match *tag {
                Tag::Out => None,
                Tag::Begin(other) if other != kind => Some(other),
                _ => continue,
            };
            if *p > best.1 {
                best = (other, *p);
            }
        }
        best
    }
}

/// Where a state came from and by which label.
#[derive(Clone, Copy, Debug)]
struct Step {
    from: usize,
    label: usize,
}

fn begin(label: &str) -> Option<&str> {
    match label {
        "B" => Some(""),
        _ => label.strip_prefix("B-"),
    }
}

fn tag(label: &str, kinds: &[String]) -> Option<Tag> {
    let index = |kind: &str| kinds.iter().position(|k| k == kind);
    match (label, begin(label), label.strip_prefix("I-")) {
        ("O", ..) => Some(Tag::Out),
        ("I", ..) => Some(Tag::Inside(None)),
        (_, Some(kind), _) => index(kind).map(Tag::Begin),
        (_, _, Some(kind)) => index(kind).map(|k| Tag::Inside(Some(k))),
        _ => None,
    }
}

/// Scores as the search sums them: −∞ forbids a label, any other score is finite.
fn clean(score: f32) -> f64 {
    const FAR: f64 = 1e6;
    match score {
        f32::NEG_INFINITY => f64::NEG_INFINITY,
        _ if score.is_nan() => -FAR,
        _ => f64::from(score).clamp(-FAR, FAR),
    }
}

fn top(best: &[f64]) -> usize {
    let better = |top: usize, state: usize| if best[state] > best[top] { state } else { top };
    (0..best.len()).fold(0, better)
}

/// Keeps the better of what a state has and what is offered; the first of equals.
fn offer(state: &mut (f64, Step), score: f64, from: usize, label: usize) {
    if score > state.0 {
        *state = (score, Step { from, label });
    }
}

fn trace(steps: &[Step], states: usize, last: usize) -> Vec<Step> {
    let words = steps.len() / states;
    let (mut path, mut state) = (Vec::with_capacity(words), last);
    for word in (0..words).rev() {
        let step = steps[word * states + state];
        path.push(step);
        state = step.from;
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(_: usize, _: usize) -> bool {
        false
    }

    fn spans(labels: &[&str], rows: &[&[f32]]) -> Vec<(Range<usize>, usize)> {
        let scheme = Scheme::parse(labels).expect("labels");
        let values = rows.concat();
        let found = scheme.decode(Scores::new(&values, labels.len()), 0.0, open);
        found.into_iter().map(|f| (f.words, f.kind)).collect()
    }

    #[test]
    fn an_inside_without_its_begin_is_repaired() {
        // The middle word prefers I-b, but only I-a may follow the certain B-a; alone, it becomes a B.
        let labels = ["O", "B-a", "I-a", "B-b", "I-b"];
        let sure: &[f32] = &[0.0, 9.0, 0.0, 0.0, 0.0];
        let torn: &[f32] = &[0.0, 0.0, 2.0, 0.0, 3.0];
        assert_eq!(spans(&labels, &[sure, torn]), [(0..2, 0)]);
        let lone: &[f32] = &[0.0, 1.0, 0.0, 2.0, 3.0];
        assert_eq!(spans(&labels, &[lone]), [(0..1, 1)]);
    }

    #[test]
    fn a_bare_inside_continues_any_kind() {
        let labels = ["O", "B-MEET", "B-FIGHT", "I"];
        let fight: &[f32] = &[0.0, 0.0, 5.0, 0.0];
        let inside: &[f32] = &[0.0, 0.0, 0.0, 5.0];
        let out: &[f32] = &[5.0, 0.0, 0.0, 0.0];
        assert_eq!(
            spans(&labels, &[fight, inside, out, fight]),
            [(0..2, 1), (3..4, 1)]
        );
    }

    #[test]
    fn a_barrier_ends_a_span() {
        let scheme = Scheme::parse(&["O", "B", "I"]).expect("labels");
        let values = [0.0, 4.0, 0.0, 0.0, 1.0, 4.0, 0.0, 0.0, 4.0];
        let scores = Scores::new(&values, 3);
        let whole = scheme.decode(scores, 0.0, open);
        assert_eq!(whole.len(), 1);
        assert_eq!(whole[0].words, 0..3);
        let cut = scheme.decode(scores, 0.0, |word, _| word == 1);
        let cut: Vec<_> = cut.into_iter().map(|f| f.words).collect();
        assert_eq!(cut, [0..1, 1..3]);
    }

    #[test]
    fn the_bias_moves_the_threshold() {
        let scheme = Scheme::parse(&["O", "B", "I"]).expect("labels");
        let scores = Scores::new(&[1.0, 0.5, -9.0], 3);
        assert!(scheme.decode(scores, 0.0, open).is_empty());
        let found = scheme.decode(scores, -1.0, open);
        assert_eq!(found[0].words, 0..1);
        assert!((found[0].first - 0.6225).abs() < 1e-3, "{found:?}");
        assert!((found[0].second.1 - 0.3775).abs() < 1e-3, "{found:?}");
    }

    #[test]
    fn what_came_second_is_another_kind_or_no_span() {
        let scheme = Scheme::parse(&["O", "B-a", "I-a", "B-b", "I-b"]).expect("labels");
        let second = |row: [f32; 5]| scheme.decode(Scores::new(&row, 5), 0.0, open)[0].second.0;
        assert_eq!(second([0.0, 9.0, 8.0, 3.0, 7.0]), Some(1));
        assert_eq!(second([1.0, 9.0, 8.0, 0.0, 7.0]), None);
        assert_eq!(second([1.0, 2.0, 0.0, 9.0, 0.0]), Some(0));
    }

    #[test]
    fn labels_that_are_no_scheme_are_refused() {
        assert!(Scheme::parse(&["B", "I"]).is_none());
        assert!(Scheme::parse(&["O", "I-a"]).is_none());
        assert!(Scheme::parse(&["O", "O"]).is_none());
        assert!(Scheme::parse(&["O", "X-a"]).is_none());
    }

    #[test]
    fn scores_that_are_no_numbers_give_no_spans() {
        let scheme = Scheme::parse(&["O", "B", "I"]).expect("labels");
        let values = [f32::NAN; 6];
        assert!(scheme.decode(Scores::new(&values, 3), 0.0, open).is_empty());
        assert!(scheme.decode(Scores::new(&values, 2), 0.0, open).is_empty());
        assert!(scheme.decode(Scores::new(&[], 3), 0.0, open).is_empty());
    }

    #[test]
    fn spans_of_any_scores_are_in_order_and_keep_the_barriers() {
        use crate::decode::noise::Noise;
        let scheme = Scheme::parse(&["O", "B-a", "I-a", "B-b", "I-b", "I"]).expect("labels");
        let mut noise = Noise(5);
        for round in 0..300 {
            let values = noise.scores(6 * (round % 40), round % 2 == 0);
            let wall = |word: usize| word % 5 == round % 5;
            let found = scheme.decode(Scores::new(&values, 6), noise.next(), |word, _| wall(word));
            let mut end = 0;
            for span in found {
                assert!(end <= span.words.start && span.words.start < span.words.end);
                assert!(
                    !(span.words.start + 1..span.words.end).any(wall),
                    "{span:?}"
                );
                assert!(
                    (0.0..=1.0).contains(&span.first) && (0.0..=1.0).contains(&span.mean),
                    "{span:?}"
                );
                end = span.words.end;
            }
            assert!(end <= round % 40);
        }
    }

    #[test]
    fn no_other_sequence_scores_better() {
        use crate::decode::noise::Noise;
        // Labels O, B, I over four words: every allowed sequence is tried.
        let scheme = Scheme::parse(&["O", "B", "I"]).expect("labels");
        let mut noise = Noise(11);
        for _ in 0..200 {
            let values = noise.scores(12, false);
            let all = (0..81usize).map(|code| [0, 1, 2, 3].map(|i| code / 3usize.pow(i) % 3));
            let allowed = all.filter(|s| (0..4).all(|i| s[i] != 2 || i > 0 && s[i - 1] != 0));
            let score = |s: &[usize; 4]| (0..4).map(|i| values[3 * i + s[i]]).sum::<f32>();
            let best = allowed
                .max_by(|a, b| score(a).total_cmp(&score(b)))
                .expect("some");
            let mut labels = [0; 4];
            for span in scheme.decode(Scores::new(&values, 3), 0.0, open) {
                labels[span.words.clone()].fill(2);
                labels[span.words.start] = 1;
            }
            assert_eq!(labels, best, "{values:?}");
        }
    }
}
