//! The stretches of a story that are encoded at once.

use std::ops::Range;

use types::Sentence;

/// Consecutive whole sentences of a story that fit the encoder together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Indices of the sentences; never empty.
    pub sentences: Range<usize>,
    /// The tokens that are encoded: all of the sentences', or the start of the only sentence where that is too long
    /// (none of it, where already its first word is).
    pub tokens: Range<usize>,
}

/// Cuts a story into windows as the training does: sentences in order, each into the current window where it fits
/// in `limit` pieces, else into a new one; a sentence over the limit stands alone and is cut.
///
/// `pieces` gives the number of word pieces of a token, 1 or more. The limit does not count `[CLS]` and `[SEP]`.
pub fn plan(sentences: &[Sentence], limit: usize, pieces: impl Fn(usize) -> usize) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    let mut used = 0;
    for (i, sentence) in sentences.iter().enumerate() {
        let size: usize = sentence.tokens.clone().map(&pieces).sum();
        match windows.last_mut() {
            Some(window) if used + size <= limit => {
                window.sentences.end = i + 1;
                window.tokens.end = sentence.tokens.end;
                used += size;
            }
            _ => {
                used = size;
                windows.push(Window {
                    sentences: i..i + 1,
                    tokens: cut(sentence.tokens.clone(), limit, &pieces),
                });
            }
        }
    }
    windows
}

/// The start of `tokens` that fits in `limit` pieces.
fn cut(tokens: Range<usize>, limit: usize, pieces: impl Fn(usize) -> usize) -> Range<usize> {
    let mut used = 0;
    let fits = tokens.clone().take_while(|token| {
        used += pieces(*token);
        used <= limit
    });
    tokens.start..tokens.start + fits.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{PartKind, Span};

    /// Sentences of these lengths in tokens, every token one piece.
    fn windows(lengths: &[usize], limit: usize) -> Vec<(Range<usize>, Range<usize>)> {
        let mut start = 0;
        let sentences: Vec<Sentence> = lengths
            .iter()
            .map(|length| {
                let tokens = start..start + length;
                start = tokens.end;
                Sentence {
                    span: Span::default(),
                    tokens,
                    part: PartKind::Body,
                    paragraph: 0,
                }
            })
            .collect();
        let planned = plan(&sentences, limit, |_| 1);
        planned
            .into_iter()
            .map(|w| (w.sentences, w.tokens))
            .collect()
    }

    #[test]
    fn sentences_fill_windows_in_order() {
        assert_eq!(
            windows(&[3, 4, 2, 6], 7),
            [(0..2, 0..7), (2..3, 7..9), (3..4, 9..15)]
        );
        assert_eq!(windows(&[], 7), []);
    }

    #[test]
    fn a_sentence_over_the_limit_stands_alone_and_is_cut() {
        assert_eq!(
            windows(&[2, 12, 2, 2], 7),
            [(0..1, 0..2), (1..2, 2..9), (2..4, 14..18)]
        );
    }

    #[test]
    fn a_word_over_the_limit_leaves_nothing() {
        let sentence = Sentence {
            span: Span::default(),
            tokens: 0..1,
            part: PartKind::Body,
            paragraph: 0,
        };
        let planned = plan(&[sentence], 7, |_| 8);
        assert_eq!(planned[0].tokens, 0..0);
    }
}
