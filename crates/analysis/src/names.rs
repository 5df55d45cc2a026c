//! Names: what the head finds, then made whole by the tree and the spelling.

mod whole;

use types::{Name, NameKind};

use crate::decode::bio::Scheme;
use crate::decode::scores::Scores;

pub use whole::whole;

/// Names in a window whose first word is token `offset`; `starts` marks the first word of each sentence.
/// `bias` is added to the score of "no name".
pub fn find(
    (scheme, kinds): &(Scheme, Vec<NameKind>),
    scores: Scores<'_>,
    starts: &[bool],
    offset: usize,
    bias: f32,
) -> Vec<Name> {
    let barrier = |word: usize, _| starts[word];
    let found = scheme.decode(scores, bias, barrier).into_iter();
    found
        .map(|span| Name {
            tokens: offset + span.words.start..offset + span.words.end,
            kind: kinds[span.kind],
            confidence: span.mean,
            second: Some((span.second.0.map(|kind| kinds[kind]), span.second.1)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_with_its_sentence() {
        let scheme = Scheme::parse(&["O", "B-Person", "I-Person", "B-Date", "I-Date"]);
        let labels = (
            scheme.expect("labels"),
            vec![NameKind::Person, NameKind::Date],
        );
        let row = |at: usize| std::array::from_fn::<f32, 5, _>(|i| if i == at { 5.0 } else { 0.0 });
        let values = [row(1), row(2), row(2), row(0), row(3)].concat();
        let starts = [true, false, true, false, false];
        let names = find(&labels, Scores::new(&values, 5), &starts, 10, 0.0);
        let read: Vec<_> = names.iter().map(|n| (n.tokens.clone(), n.kind)).collect();
        assert_eq!(read[0], (10..12, NameKind::Person));
        assert_eq!(read[read.len() - 1], (14..15, NameKind::Date));
        assert!(read.iter().all(|(t, _)| !(t.start < 12 && t.end > 12)));
        assert!(names[0].confidence > 0.9);
    }
}
