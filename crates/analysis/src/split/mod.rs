//! Sentences and tokens, as the English treebanks of Universal Dependencies (EWT, GUM) have them.
//!
//! Every paragraph is cut at blanks, each piece by the word boundaries of Unicode (UAX 29), and the atoms that this
//! gives are joined (`U.S.`, addresses, prefixed words) or cut further (`do|n't`) by the rules of [`words`]. Sentence
//! ends are then found among the tokens by [`sentences`]. All rules look at a bounded neighbourhood, so that time is
//! linear in the length of the text.

mod abbreviations;
mod cuts;
mod lines;
mod sentences;
mod words;

#[cfg(test)]
mod tests;

pub use cuts::is_clitic;
pub use lines::{items, paragraphs};

use types::{Part, PartKind, Sentence, Span, Token};

/// Splits the parts of `text` that are read into sentences and tokens (syntactic words).
///
/// `parts` are in text order; each is a paragraph, and no sentence runs over its end. A part that holds blank lines is
/// treated as several paragraphs. Tokens do not overlap and cover all of the parts read that is not blank; every
/// sentence has a token or more. Parts that reach outside of the text are passed over.
pub fn split(text: &str, parts: &[Part]) -> (Vec<Sentence>, Vec<Token>) {
    let mut out = Output::default();
    for part in parts.iter().filter(|part| part.kind.is_read()) {
        if text.get(part.span.start..part.span.end).is_none() {
            continue;
        }
        for paragraph in paragraphs(text, part.span) {
            out.add(text, paragraph, part.kind);
        }
    }
    (out.sentences, out.tokens)
}

#[derive(Default)]
struct Output {
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    paragraphs: usize,
}

impl Output {
    fn add(&mut self, text: &str, paragraph: Span, part: PartKind) {
        let words = words::words(text, paragraph);
        let breaks = lines::breaks(text, paragraph);
        let base = self.tokens.len();
        for range in sentences::sentences(text, &words, &breaks) {
            self.sentences.push(Sentence {
                span: Span::new(words[range.start].start, words[range.end - 1].end),
                tokens: base + range.start..base + range.end,
                part,
                paragraph: self.paragraphs,
            });
        }
        self.tokens.extend(words.into_iter().map(|span| Token {
            span,
            ..Token::default()
        }));
        self.paragraphs += 1;
    }
}
