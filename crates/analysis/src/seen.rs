//! A window after the encoder: what the stages that read heads start from.

use std::ops::Range;

use encoder::{HeadInput, Model, Scores};
use types::{Document, TokenRange};

use crate::windows::Window;

/// A window with the vectors of its words, readied for the heads.
pub struct Seen<'v> {
    /// First token of the window: word i of the window is token `offset + i`.
    pub offset: usize,
    /// Tokens of the window's sentences. The last words of a sentence that was cut have no vector.
    pub sentences: Vec<TokenRange>,
    /// For each word that was read: whether a sentence begins there.
    pub starts: Vec<bool>,
    /// What the heads read.
    pub input: HeadInput<'v>,
}

impl<'v> Seen<'v> {
    /// The window `window` of `document`, which gave `input`.
    pub fn new(document: &Document, window: &Window, input: HeadInput<'v>) -> Self {
        let offset = window.tokens.start;
        let sentences = document.sentences[window.sentences.clone()].iter();
        let sentences: Vec<TokenRange> = sentences.map(|s| s.tokens.clone()).collect();
        let mut starts = vec![false; input.len()];
        for sentence in &sentences {
            if let Some(start) = starts.get_mut(sentence.start - offset) {
                *start = true;
            }
        }
        Seen {
            offset,
            sentences,
            starts,
            input,
        }
    }

    /// Number of words that were read.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether no word was read.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Words of the window as tokens of the document.
    pub fn absolute(&self, words: &Range<usize>) -> TokenRange {
        self.offset + words.start..self.offset + words.end
    }

    /// Scores of a linear head: a row for each word that was read. `None` where the model has no such head.
    pub fn linear(&self, model: &Model, head: &str) -> Option<Scores> {
        model.linear(head).map(|head| head.scores(&self.input))
    }
}
