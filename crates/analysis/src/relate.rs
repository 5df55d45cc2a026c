//! What an actor and a recipient that somebody has marked in a sentence do to each other.
//!
//! Two readings of the sentence are multiplied: that of the head for pairs, which sees the marks, and that of the heads for
//! events, which do not: how likely it is that some word tells an event of a type with these two as its parties. The heads
//! for events were taught by whole stories, that for pairs by marked sentences; they err in different places.

use std::ops::Range;

use encoder::{Mark, PairScores, Scratch, Vectors, Window};
use types::EventType;

use crate::analyzer::Analyzer;
use crate::decode::scores::softmax;
use crate::labels::EventLabels;

/// How likely a word must be to tell an event for its parties to be looked at; less adds nothing to the sum.
const LEAST: f32 = 0.02;
/// What the likelihood of a party is where the head for arguments sees none: parties stand where they were never taught.
const UNSEEN: f32 = 0.05;
/// The likelihood of a party that the sentence does not name.
const UNNAMED: f32 = 0.3;

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
        let plain = vec![Mark::None; words.len()];
        let windows = [&marks, &plain].map(|marks| Window { words, marks });
        let vectors = self.model.encode(&windows, &mut Scratch::default());
        let (Some(head), [marked, plain]) = (self.model.pooled("pair"), &vectors[..]) else {
            return Vec::new();
        };
        if marked.is_empty() {
            return Vec::new();
        }
        let mut scores =
            softmax(&head.scores(&self.model.input(marked), actor.clone(), recipient.clone()));
        let weight = self.settings.pair_events;
        let told = self.told(plain, &actor, &recipient).unwrap_or_default();
        for (score, event) in scores.iter_mut().zip(&self.labels.pair) {
            let evidence = told.get(*event as usize).copied().unwrap_or(1.0);
            *score = score.max(f32::MIN_POSITIVE).ln() + weight * evidence.max(1e-6).ln();
        }
        let types = self.labels.pair.iter().copied().zip(softmax(&scores));
        let mut types: Vec<_> = types.collect();
        types.sort_by(|a, b| b.1.total_cmp(&a.1));
        types
    }

    /// For each type, in the order of `EventType::ALL`: the sum over the words of the probability that a word tells an
    /// event of the type, times how likely its parties are the two. `None` where the model lacks a head.
    fn told(
        &self,
        vectors: &Vectors,
        actor: &Range<usize>,
        recipient: &Range<usize>,
    ) -> Option<Vec<f32>> {
        let input = self.model.input(vectors);
        let labels = &self.labels.events;
        let trigger = self.model.linear("trigger")?.scores(&input);
        let arguments = self.model.biaffine("argument")?.project(&input);
        let chances: Vec<Vec<f32>> = (0..trigger.len())
            .map(|word| labels.type_chances(trigger.row(word)))
            .collect();
        let telling = |word: &usize| chances[*word].iter().sum::<f32>() > LEAST;
        let telling: Vec<usize> = (0..chances.len()).filter(telling).collect();
        let mut told = vec![0.0; EventType::ALL.len()];
        for (word, rows) in telling
            .iter()
            .zip(arguments.rows(&telling, 0..arguments.len()))
        {
            let fit =
                party_chance(labels, &rows, 0, actor) * party_chance(labels, &rows, 1, recipient);
            for (sum, chance) in told.iter_mut().zip(&chances[*word]) {
                *sum += chance * fit;
            }
        }
        Some(told)
    }
}

/// How likely the words of `party` fill `role` (0 actor, 1 recipient) of an event: the mean over its words.
fn party_chance(labels: &EventLabels, rows: &PairScores, role: usize, party: &Range<usize>) -> f32 {
    let at = labels.roles[role];
    let seen = party.clone().filter_map(|word| rows.get(word));
    let chances: Vec<f32> = seen
        .filter_map(|row| row.get(at..at + 3))
        .map(|own| 1.0 - softmax(own)[0])
        .collect();
    if chances.is_empty() {
        return UNNAMED + UNSEEN;
    }
    chances.iter().sum::<f32>() / chances.len() as f32 + UNSEEN
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random_model::model;
    use crate::settings::Settings;

    const WORDS: [&str; 6] = ["the", "king", "of", "norway", "said", "."];

    fn reader(weight: f32) -> Analyzer {
        let settings = Settings {
            pair_events: weight,
            ..Settings::default()
        };
        let analyzer = Analyzer::new(model()).expect("all heads");
        analyzer.with_settings(settings)
    }

    fn of_type(types: &[(EventType, f32)], event: EventType) -> f32 {
        types.iter().find(|(e, _)| *e == event).map_or(0.0, |t| t.1)
    }

    #[test]
    fn without_weight_the_head_for_pairs_decides_alone() {
        let (alone, both) = (reader(0.0), reader(1.0));
        let vectors = {
            let marks = [
                Mark::Actor,
                Mark::Actor,
                Mark::None,
                Mark::Recipient,
                Mark::None,
                Mark::None,
            ];
            let window = Window {
                words: &WORDS,
                marks: &marks,
            };
            alone.model().encode(&[window], &mut Scratch::default())
        };
        let head = alone.model().pooled("pair").expect("a head for pairs");
        let plain = softmax(&head.scores(&alone.model().input(&vectors[0]), 0..2, 3..4));
        let read = alone.relate(&WORDS, 0..2, 3..4);
        for (event, chance) in alone.labels.pair.iter().zip(&plain) {
            assert!((of_type(&read, *event) - chance).abs() < 1e-5);
        }
        assert_ne!(read, both.relate(&WORDS, 0..2, 3..4));
    }

    #[test]
    fn the_events_told_of_the_two_count_by_their_weight() {
        let (alone, both) = (reader(0.0), reader(1.0));
        let plain = vec![Mark::None; WORDS.len()];
        let window = Window {
            words: &WORDS,
            marks: &plain,
        };
        let vectors = both.model().encode(&[window], &mut Scratch::default());
        let told = both
            .told(&vectors[0], &(0..2), &(3..4))
            .expect("heads for events");
        let (before, after) = (
            alone.relate(&WORDS, 0..2, 3..4),
            both.relate(&WORDS, 0..2, 3..4),
        );
        let gain = |event: EventType| of_type(&after, event) / of_type(&before, event);
        let (a, b) = (EventType::ALL[0], EventType::ALL[1]);
        let expected = told[0].max(1e-6) / told[1].max(1e-6);
        assert!((gain(a) / gain(b) / expected - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_party_without_words_counts_as_unnamed() {
        let analyzer = reader(1.0);
        let plain = vec![Mark::None; WORDS.len()];
        let window = Window {
            words: &WORDS,
            marks: &plain,
        };
        let vectors = analyzer.model().encode(&[window], &mut Scratch::default());
        let head = analyzer
            .model()
            .biaffine("argument")
            .expect("a head for arguments");
        let rows = head
            .project(&analyzer.model().input(&vectors[0]))
            .rows(&[4], 0..6);
        let labels = &analyzer.labels.events;
        assert_eq!(party_chance(labels, &rows[0], 0, &(0..0)), UNNAMED + UNSEEN);
        assert_eq!(
            party_chance(labels, &rows[0], 0, &(9..12)),
            UNNAMED + UNSEEN
        );
        let named = party_chance(labels, &rows[0], 1, &(0..2));
        assert!((UNSEEN..=1.0 + UNSEEN).contains(&named));
    }
}
