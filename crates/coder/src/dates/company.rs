//! Who and what each sentence tells of.

use std::collections::BTreeMap;

use types::Upos;

use crate::cast::Cast;
use crate::reading::Reading;

/// Nouns, names and verbs of each sentence, in lower case, sorted.
pub(super) struct Words {
    of: Vec<Vec<String>>,
}

impl Words {
    pub(super) fn new(reading: &Reading) -> Self {
        let count = reading.document.tokens.len();
        let sentences = reading.document.sentences.iter();
        let of = sentences.map(|sentence| {
            let tokens = sentence.tokens.clone().filter(|t| *t < count);
            let content = tokens
                .filter(|t| matches!(reading.upos(*t), Upos::Noun | Upos::Propn | Upos::Verb));
            let mut words: Vec<String> = content.map(|t| reading.lemma(t).to_lowercase()).collect();
            words.retain(|word| word.len() > 3);
            words.sort();
            words.dedup();
            words
        });
        Words { of: of.collect() }
    }

    /// How many words the two sentences share.
    pub(super) fn shared(&self, one: usize, other: usize) -> usize {
        let (Some(one), Some(other)) = (self.of.get(one), self.of.get(other)) else {
            return 0;
        };
        one.iter()
            .filter(|w| other.binary_search(w).is_ok())
            .count()
    }

    /// Whether the sentence has a word that begins like `word`.
    pub(super) fn has_akin(&self, sentence: usize, word: &str) -> bool {
        let words = self.of.get(sentence);
        words.is_some_and(|words| words.iter().any(|w| akin(w, word)))
    }
}

/// Whether two words begin alike, as a verb and its noun do ("arrest", "arrested"; "invade", "invasion").
pub(super) fn akin(a: &str, b: &str) -> bool {
    let start = |word: &str| {
        word.chars()
            .take(5)
            .flat_map(char::to_lowercase)
            .collect::<Vec<_>>()
    };
    start(a) == start(b)
}

/// Who is told of where.
pub(super) struct Company {
    /// Actors by sentence.
    present: Vec<Vec<usize>>,
    /// Actors by the head of their mentions.
    at: BTreeMap<usize, usize>,
}

impl Company {
    pub(super) fn new(reading: &Reading, cast: &Cast) -> Self {
        let mut company = Company {
            present: vec![Vec::new(); reading.document.sentences.len()],
            at: BTreeMap::new(),
        };
        for (actor, draft) in cast.actors.iter().enumerate() {
            for mention in draft.mentions.iter().map(|m| &cast.mentions.all[*m]) {
                company.at.insert(mention.head, actor);
                let sentence = reading.sentence(mention.head);
                if let Some(present) = company
                    .present
                    .get_mut(sentence)
                    .filter(|p| !p.contains(&actor))
                {
                    present.push(actor);
                }
            }
        }
        company
    }

    pub(super) fn present(&self, sentence: usize) -> &[usize] {
        self.present.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Whether one of the actors is subject of a verb above the token.
    pub(super) fn does(&self, reading: &Reading, token: usize, actors: &[usize]) -> bool {
        let subject = |t: usize| {
            reading
                .related(t, &["nsubj"])
                .any(|s| self.at.get(&s).is_some_and(|a| actors.contains(a)))
        };
        reading.upwards(token).skip(1).take(4).any(subject)
    }
}
