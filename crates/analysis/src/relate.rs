//! What an actor and a recipient that somebody has marked in a sentence do to each other.

use std::ops::Range;

use encoder::{Mark, Scratch, Window};
use types::EventType;

use crate::analyzer::Analyzer;
use crate::decode::scores::softmax;

impl Analyzer {
    /// Probabilities of the PLOVER types for an actor and a recipient, given as ranges of `words`: best first, equal
    /// ones in the order of the model's labels. Words that both share count as the actor's.
    /// Words beyond the model's window are not seen. Empty where there are no words.
    pub fn relate(
        &self,
        words: &[&str],
        actor: Range<usize>,
        recipient: Range<usize>,
    ) -> Vec<(EventType, f32)> {
        let mark = |i: usize| match (actor.contains(&i), recipient.contains(&i)) {
            (true, _) => Mark::Actor,
            (_, true) => Mark::Recipient,
            _ => Mark::None,
        };
        let marks: Vec<Mark> = (0..words.len()).map(mark).collect();
        let marks = &marks;
        let vectors = self
            .model
            .encode(&[Window { words, marks }], &mut Scratch::default());
        let (Some(head), Some(marked)) = (self.model.pooled("pair"), vectors.first()) else {
            return Vec::new();
        };
        if marked.is_empty() {
            return Vec::new();
        }
        let scores = head.scores(&self.model.input(marked), actor, recipient);
        let types = self.labels.pair.iter().copied().zip(softmax(&scores));
        let mut types: Vec<_> = types.collect();
        types.sort_by(|a, b| b.1.total_cmp(&a.1));
        types
    }
}
