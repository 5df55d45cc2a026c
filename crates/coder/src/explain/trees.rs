//! The sentences that hold what was marked, with their trees.

use std::collections::BTreeSet;

use types::explain::{Node, Tree};

use super::{Marked, Teller};

impl Teller<'_, '_> {
    /// The sentences that share a token with a marked stretch, in text order.
    pub(super) fn sentences(&self, marked: &[Marked]) -> Vec<Tree> {
        let ranges = marked.iter().flat_map(|m| m.ranges);
        let sound = ranges.filter(|r| self.reading.is_sound(r));
        let held: BTreeSet<usize> = sound
            .flat_map(|r| self.reading.sentence(r.start)..=self.reading.sentence(r.end - 1))
            .collect();
        held.into_iter().filter_map(|s| self.tree(s)).collect()
    }

    fn tree(&self, index: usize) -> Option<Tree> {
        let document = self.reading.document;
        let sentence = document.sentences.get(index)?;
        let [start, end] = self.offsets.span(sentence.span);
        let last = sentence.tokens.end.min(document.tokens.len());
        let tokens = sentence.tokens.start..last;
        Some(Tree {
            sentence: index,
            start,
            end,
            text: sentence.span.of(&document.story.text).to_owned(),
            tokens: tokens
                .map(|t| self.node(t, sentence.tokens.start))
                .collect(),
        })
    }

    /// Token `token` of the sentence that begins at token `first`.
    fn node(&self, token: usize, first: usize) -> Node {
        let found = &self.reading.document.tokens[token];
        let [start, end] = self.offsets.span(found.span);
        let head = self
            .reading
            .head(token)
            .filter(|_| !found.deprel.is_empty());
        Node {
            start,
            end,
            form: self.reading.form(token).to_owned(),
            lemma: found.lemma.clone(),
            upos: found.upos.as_str().to_owned(),
            head: head.and_then(|h| h.checked_sub(first)),
            deprel: found.deprel.clone(),
        }
    }
}
