//! `measure tree FILE.conllu…`: tags and trees on the treebank's own words, by CoNLL-18's measures.
//!
//! With gold words every measure is the share of words that are right. As CoNLL-18 has it, features that are not
//! universal do not count, subtypes of relations do not, and a gold lemma `_` is matched by any lemma.

use analysis::Analyzer;
use types::{Document, Token};

use crate::options::{Options, set, text};
use crate::{Failure, Ratio};

/// The measures, in the order of the rows.
const MEASURES: [&str; 5] = ["UPOS", "UFeats", "Lemma", "UAS", "LAS"];

/// The features that CoNLL-18 compares.
const UNIVERSAL: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number",
    "Case", "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident",
    "Polarity", "Person", "Polite",
];

/// Scores every file, and apart from it the documents of news in it (`_news_` in their ids).
pub fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("tree", args)?;
    let analyzer = options.analyzer()?;
    println!("set,measure,value,command");
    for file in &options.files {
        let bad = |e: types::conllu::ConlluError| Failure::Line {
            name: file.clone(),
            line: e.line,
            message: e.reason,
        };
        let gold = types::conllu::read(&text(file)?).map_err(bad)?;
        let (mut all, mut news) = (Counts::default(), Counts::default());
        for document in gold {
            let counts = compare(&analyzer, &document);
            all.add(&counts);
            if document.story.id.contains("_news_") {
                news.add(&counts);
            }
        }
        all.print(&set(file), &options.command(file));
        if news.words > 0 {
            news.print(&format!("{} news", set(file)), &options.command(file));
        }
    }
    Ok(())
}

/// Words, and how many of them are right by each measure.
#[derive(Clone, Debug, Default, PartialEq)]
struct Counts {
    words: usize,
    right: [usize; 5],
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.words += other.words;
        for (sum, count) in self.right.iter_mut().zip(other.right) {
            *sum += count;
        }
    }

    fn print(&self, set: &str, command: &str) {
        for (measure, right) in MEASURES.iter().zip(self.right) {
            let share = Ratio {
                right,
                found: self.words,
                gold: self.words,
            };
            println!("{set},{measure},{:.2},{command}", 100.0 * share.recall());
        }
    }
}

fn compare(analyzer: &Analyzer, gold: &Document) -> Counts {
    let mut bare = gold.clone();
    for token in &mut bare.tokens {
        *token = Token {
            span: token.span,
            ..Token::default()
        };
    }
    tally(gold, &analyzer.annotate(bare))
}

fn tally(gold: &Document, read: &Document) -> Counts {
    let mut counts = Counts::default();
    for (gold, read) in gold.tokens.iter().zip(&read.tokens) {
        counts.add(&right(gold, read));
    }
    counts
}

fn right(gold: &Token, read: &Token) -> Counts {
    let attached = gold.head == read.head;
    let labelled = attached && universal(&gold.deprel) == universal(&read.deprel);
    let right = [
        gold.upos == read.upos,
        features(&gold.feats).eq(features(&read.feats)),
        gold.lemma == read.lemma || gold.lemma == "_",
        attached,
        labelled,
    ];
    Counts {
        words: 1,
        right: right.map(usize::from),
    }
}

/// A relation without its subtype.
fn universal(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

/// The universal ones of a word's features, which CoNLL-U gives in order.
fn features(feats: &str) -> impl Iterator<Item = &str> {
    feats.split('|').filter(|feature| {
        let name = feature.split('=').next().unwrap_or(feature);
        UNIVERSAL.contains(&name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::Upos;

    #[test]
    fn a_word_is_right_by_each_measure_for_itself() {
        let gold = Token {
            upos: Upos::Noun,
            feats: "ExtPos=ADP|Number=Sing".into(),
            lemma: "talk".into(),
            head: Some(3),
            deprel: "nsubj:pass".into(),
            ..Token::default()
        };
        let read = Token {
            feats: "Number=Sing".into(),
            deprel: "nsubj".into(),
            lemma: "talks".into(),
            ..gold.clone()
        };
        assert_eq!(right(&gold, &read).right, [1, 1, 0, 1, 1]);
        let wrong = Token {
            head: None,
            upos: Upos::Verb,
            ..read
        };
        assert_eq!(right(&gold, &wrong).right, [0, 1, 0, 0, 0]);
    }

    #[test]
    fn the_treebanks_are_right_by_their_own_measure() {
        for file in ["en_ewt-dev", "en_gum-dev"] {
            let Some(text) = crate::options::shared(&format!("data/ud/{file}.conllu")) else {
                continue;
            };
            let is_word = |line: &&str| {
                let number = line.split('\t').next().unwrap_or_default();
                number.parse::<usize>().is_ok()
            };
            let mut counts = Counts::default();
            for document in types::conllu::read(&text).expect(file) {
                counts.add(&tally(&document, &document));
            }
            assert_eq!(counts.words, text.lines().filter(is_word).count());
            assert_eq!(counts.right, [counts.words; 5]);
        }
    }
}
