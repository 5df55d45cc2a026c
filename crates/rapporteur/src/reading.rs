//! The model, opened once and shared by all threads, and what it is asked.

use std::borrow::Cow;
use std::ops::Range;

use analysis::split::split;
use analysis::{Analyzer, LabelError, Settings};
use encoder::{Arithmetic, Model, ModelError};
use lexicon::Lexicon;
use thiserror::Error;
use types::explain::Explained;
use types::record::{Provenance, Record};
use types::{Document, Part, PartKind, Problem, Span, Story, Token};

use crate::pairs::{Pair, Scores};
use crate::user_lexicon::UserLexicon;

/// Most bytes of a story's headline, subheads and body that are read: some 150,000 words, more than a book. What
/// comes behind is noted as `story_cut`, so that time and memory for one story are bounded whatever the file holds.
pub const LONGEST_STORY: usize = 1 << 20;

/// The model inside of the program; `models/` has its card, and `training/` says how it was made.
static SHIPPED: &[u8] = include_bytes!("../../../models/rapporteur.safetensors");

/// Words that are kept before the first party of a pair whose sentence does not fit the model's window.
const CONTEXT: usize = 20;

/// Reads stories. One reader serves any number of threads.
pub struct Reader {
    analyzer: Analyzer,
    lexicon: Lexicon,
    provenance: Provenance,
}

/// Why a model cannot be used.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The bytes are no model file, or a damaged one.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The file is sound, but its heads are not those that this version reads.
    #[error("the model does not fit this version: {0}")]
    Labels(#[from] LabelError),
}

impl Reader {
    /// Opens the model inside of the program with the fastest arithmetic of this machine.
    ///
    /// # Errors
    /// Where the program was built with a model file that is damaged or of another version.
    pub fn built_in() -> Result<Self, OpenError> {
        Self::open(SHIPPED)
    }

    /// As [`Reader::built_in`], with an arithmetic of the caller's choice.
    ///
    /// # Errors
    /// As [`Reader::built_in`].
    pub fn built_in_with(arithmetic: Arithmetic) -> Result<Self, OpenError> {
        Self::open_with(SHIPPED, arithmetic)
    }

    /// Opens a model file (`docs/model-file.md`) with the fastest arithmetic of this machine.
    ///
    /// # Errors
    /// Where the file is damaged, or is a model of another kind.
    pub fn open(model: impl Into<Cow<'static, [u8]>>) -> Result<Self, OpenError> {
        Self::with_model(Model::from_bytes(model)?)
    }

    /// As [`Reader::open`], with an arithmetic of the caller's choice.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn open_with(
        model: impl Into<Cow<'static, [u8]>>,
        arithmetic: Arithmetic,
    ) -> Result<Self, OpenError> {
        Self::with_model(Model::from_bytes(model)?.with_arithmetic(arithmetic))
    }

    fn with_model(model: Model) -> Result<Self, OpenError> {
        let (lexicon, version) = UserLexicon::default().into_parts();
        let provenance = Provenance {
            program: concat!("rapporteur ", env!("CARGO_PKG_VERSION")).to_owned(),
            model: format!("sha256:{}", model.digest()),
            lexicon: version,
        };
        Ok(Reader {
            analyzer: Analyzer::new(model)?,
            lexicon,
            provenance,
        })
    }

    /// The same reader with a user's own lexicon before the built-in one.
    pub fn with_lexicon(mut self, own: UserLexicon) -> Self {
        (self.lexicon, self.provenance.lexicon) = own.into_parts();
        self
    }

    /// The same reader with other thresholds than the shipped ones, to try them.
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.analyzer = self.analyzer.with_settings(settings);
        self
    }

    /// What stands in the records that this reader makes.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// Reads a story and codes it. Never fails: what could not be read is in the record's `problems`.
    pub fn read(&self, story: &Story) -> Record {
        coder::code(&self.parse(story), &self.lexicon, self.provenance.clone())
    }

    /// Explains the record that [`Reader::read`] makes of a story: for each of its events and claims the trees, the marked
    /// words, and what was decided by what. Takes the time of reading twice over; never fails.
    pub fn explain(&self, story: &Story) -> Explained {
        coder::explain(&self.parse(story), &self.lexicon, self.provenance.clone())
    }

    /// Reads a story without coding it: sentences, tokens and every layer of annotation.
    pub fn parse(&self, story: &Story) -> Document {
        let mut document = self.analyzer.analyze(within_limit(story));
        // The parts behind the limit stay marked, though they were not read.
        document.story.parts.clone_from(&story.parts);
        document
    }

    /// Classifies pairs, one answer for each in their order.
    pub fn relate(&self, pairs: &[Pair]) -> Vec<Scores> {
        pairs.iter().map(|pair| self.relate_one(pair)).collect()
    }

    fn relate_one(&self, pair: &Pair) -> Scores {
        let whole = Part {
            kind: PartKind::Body,
            span: Span::new(0, pair.sentence.len()),
        };
        let (_, tokens) = split(&pair.sentence, &[whole]);
        let words: Vec<&str> = tokens.iter().map(|t| t.span.of(&pair.sentence)).collect();
        let party = |span: Option<Span>| span.map_or(0..0, |span| touched(&tokens, span));
        let (actor, recipient) = (party(pair.actor), party(pair.recipient));
        let named = [&actor, &recipient]
            .into_iter()
            .filter(|party| !party.is_empty());
        let first = named.map(|party| party.start).min().unwrap_or(0);
        let from = self.first_word(&words, first);
        let moved = |r: Range<usize>| r.start.saturating_sub(from)..r.end.saturating_sub(from);
        let types = self
            .analyzer
            .relate(&words[from..], moved(actor), moved(recipient));
        Scores { types }
    }

    /// Where to begin so that the parties, the first of which is at `party`, are within the model's window: at the
    /// beginning, if all fits.
    fn first_word(&self, words: &[&str], party: usize) -> usize {
        let model = self.analyzer.model();
        let pieces: usize = words.iter().map(|word| model.count_pieces(word)).sum();
        if pieces <= model.window_limit() {
            0
        } else {
            party.saturating_sub(CONTEXT)
        }
    }
}

/// The tokens that share a byte with `span`.
fn touched(tokens: &[Token], span: Span) -> Range<usize> {
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let last = tokens.partition_point(|token| token.span.start < span.end);
    first..last.max(first)
}

/// The story with no more parts than are read, and a problem where that cuts it.
fn within_limit(story: &Story) -> Story {
    let mut short = story.clone();
    let mut left = LONGEST_STORY;
    short.parts.clear();
    for part in &story.parts {
        if !part.kind.is_read() {
            short.parts.push(*part);
        } else if part.span.len() <= left {
            left -= part.span.len();
            short.parts.push(*part);
        } else {
            let limit = part.span.start + left;
            let starts = story.text.char_indices().map(|(start, _)| start);
            let end = starts.take_while(|start| *start <= limit).last();
            let end = end.unwrap_or(part.span.start);
            let span = Span::new(part.span.start, end);
            short.parts.push(Part { span, ..*part });
            short.problems.push(cut_at(end, story));
            return short;
        }
    }
    short
}

fn cut_at(end: usize, story: &Story) -> Problem {
    let last = story
        .parts
        .last()
        .map_or(end, |part| part.span.end.max(end));
    Problem {
        kind: "story_cut",
        span: Some(Span::new(end, last)),
        message: format!("The story is too long: only its first {LONGEST_STORY} bytes were read."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Readers are shared by threads; this stands or falls when it is compiled.
    const _: fn() = || {
        fn shared<T: Send + Sync>() {}
        shared::<Reader>();
    };

    fn part(kind: PartKind, start: usize, end: usize) -> Part {
        let span = Span::new(start, end);
        Part { kind, span }
    }

    #[test]
    fn a_story_within_the_limit_is_left_alone() {
        let story = Story {
            text: "One.".to_owned(),
            parts: vec![part(PartKind::Body, 0, 4)],
            ..Story::default()
        };
        assert_eq!(within_limit(&story), story);
    }

    #[test]
    fn a_long_story_is_cut_between_characters() {
        let text = "é".repeat(LONGEST_STORY);
        let parts = vec![
            part(PartKind::Boilerplate, 0, 2),
            part(PartKind::Headline, 2, 3 + 2),
            part(PartKind::Body, 6, text.len() - 10),
            part(PartKind::Body, text.len() - 10, text.len()),
        ];
        let story = Story {
            text,
            parts,
            ..Story::default()
        };
        let short = within_limit(&story);
        assert_eq!(short.parts.len(), 3);
        let end = short.parts[2].span.end;
        assert!(story.text.is_char_boundary(end));
        assert!((LONGEST_STORY..LONGEST_STORY + 6).contains(&end), "{end}");
        assert_eq!(short.problems.len(), 1);
        assert_eq!(short.problems[0].kind, "story_cut");
        assert_eq!(
            short.problems[0].span,
            Some(Span::new(end, story.text.len()))
        );
    }

    #[test]
    fn tokens_of_a_party() {
        let text = "The old king slept.";
        let (_, tokens) = split(text, &[part(PartKind::Body, 0, text.len())]);
        assert_eq!(touched(&tokens, Span::new(0, 12)), 0..3);
        assert_eq!(touched(&tokens, Span::new(5, 9)), 1..3);
        assert_eq!(touched(&tokens, Span::new(18, 19)), 4..5);
    }
}
