//! The model with the meaning of its labels, and the way of a story through the stages.

use std::ops::Range;

use encoder::{Mark, Model, Scratch};
use types::{Document, EventType, Problem, Story, TokenRange};

use crate::decode::scores::{argmax, softmax};
use crate::labels::{LabelError, Labels, Polarity};
use crate::seen::Seen;
use crate::settings::Settings;
use crate::stages::{STAGES, Stage, Step, encode, view};
use crate::windows::{Window, plan};

/// Windows that are encoded together: enough to keep the encoder busy, few enough that the vectors fit in memory
/// however long the story is (some 190 words of 384 numbers in each).
const BATCH: usize = 16;

/// Reads stories: a model whose heads are all there, and the settings of the decoders.
pub struct Analyzer {
    pub(crate) model: Model,
    pub(crate) labels: Labels,
    pub(crate) settings: Settings,
}

impl Analyzer {
    /// An analyzer with the shipped settings.
    ///
    /// # Errors
    /// Where the model lacks a head, or a head has labels that this version does not know.
    pub fn new(model: Model) -> Result<Self, LabelError> {
        let labels = Labels::read(|head| labels_of(&model, head))?;
        Ok(Analyzer {
            model,
            labels,
            settings: Settings::default(),
        })
    }

    /// The same with other settings.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Self {
        Analyzer { settings, ..self }
    }

    /// The model inside.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Reads a story: sentences and tokens of the parts that are read, then every layer of annotation.
    /// Sentences that are too long to be read whole are noted in the story's problems (`sentence_cut`).
    pub fn analyze(&self, story: Story) -> Document {
        let document = Document {
            story,
            ..Document::default()
        };
        self.run(document, STAGES)
    }

    /// Annotates a document whose sentences and tokens are given. Layers that it has already are replaced.
    pub fn annotate(&self, mut document: Document) -> Document {
        document.names.clear();
        document.attributions.clear();
        document.triggers.clear();
        let split = |stage: &Stage| matches!(stage.step, Step::Split(_));
        let rest = STAGES.iter().take_while(|stage| split(stage)).count();
        self.run(document, &STAGES[rest..])
    }

    fn run(&self, mut document: Document, stages: &[Stage]) -> Document {
        for stage in stages {
            if let Step::Split(split) = stage.step {
                split(&mut document);
            }
        }
        let windows = self.windows(&document);
        note_cuts(&mut document, &windows);
        let mut scratch = Scratch::default();
        for batch in windows.chunks(BATCH) {
            self.run_batch(&mut document, stages, batch, &mut scratch);
        }
        document
    }

    fn run_batch(
        &self,
        document: &mut Document,
        stages: &[Stage],
        windows: &[Window],
        scratch: &mut Scratch,
    ) {
        let encoding = stages.iter().filter_map(|stage| match stage.step {
            Step::Encode(encode) => Some(encode),
            _ => None,
        });
        for encode in encoding {
            let vectors = encode(&self.model, document, windows, scratch);
            let seen = |(window, vectors)| Seen::new(document, window, self.model.input(vectors));
            let seen: Vec<Seen<'_>> = windows.iter().zip(&vectors).map(seen).collect();
            for stage in stages {
                if let Step::Read(read) = stage.step {
                    for seen in &seen {
                        // Nothing is read of a head that the model lacks; `new` made sure that it has all.
                        let _: Option<()> = read(self, document, seen);
                    }
                }
            }
        }
    }

    /// The windows in which a document is encoded.
    pub fn windows(&self, document: &Document) -> Vec<Window> {
        let pieces = |token: usize| self.model.count_pieces(document.form(token));
        plan(&document.sentences, self.model.window_limit(), pieces)
    }

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
        let window = encoder::Window {
            words,
            marks: &marks,
        };
        let vectors = self.model.encode(&[window], &mut Scratch::default());
        let (Some(head), Some(vectors)) = (self.model.pooled("pair"), vectors.first()) else {
            return Vec::new();
        };
        if vectors.is_empty() {
            return Vec::new();
        }
        let scores = head.scores(&self.model.input(vectors), actor, recipient);
        let types = self.labels.pair.iter().copied().zip(softmax(&scores));
        let mut types: Vec<_> = types.collect();
        types.sort_by(|a, b| b.1.total_cmp(&a.1));
        types
    }

    /// Universal NER's names (`PER`, `ORG`, `LOC`) of a document, in text order.
    pub fn entities(&self, document: &Document) -> Vec<(TokenRange, String)> {
        let scheme = &self.labels.entities;
        self.each_window(document, |seen| {
            let Some(scores) = seen.linear(&self.model, "entities") else {
                return Vec::new();
            };
            let barrier = |word: usize, _| seen.starts[word];
            let found = scheme.decode(view(&scores), self.settings.no_name, barrier);
            let kind = |kind: usize| scheme.kinds()[kind].clone();
            let found = found.into_iter();
            found
                .map(|f| (seen.absolute(&f.words), kind(f.kind)))
                .collect()
        })
    }

    /// Whether the predicate at each of `tokens` holds; those that no window reaches are left out.
    pub fn factuality(&self, document: &Document, tokens: &[usize]) -> Vec<(usize, Polarity)> {
        self.each_window(document, |seen| {
            let Some(scores) = seen.linear(&self.model, "factuality") else {
                return Vec::new();
            };
            let words = seen.absolute(&(0..seen.len()));
            let read = |token: &usize| {
                let label = argmax(scores.row(token - seen.offset));
                (*token, self.labels.factuality[label])
            };
            tokens
                .iter()
                .filter(|t| words.contains(t))
                .map(read)
                .collect()
        })
    }

    fn each_window<T>(&self, document: &Document, read: impl Fn(&Seen<'_>) -> Vec<T>) -> Vec<T> {
        let mut scratch = Scratch::default();
        let mut all = Vec::new();
        for batch in self.windows(document).chunks(BATCH) {
            let vectors = encode(&self.model, document, batch, &mut scratch);
            for (window, vectors) in batch.iter().zip(&vectors) {
                all.extend(read(&Seen::new(
                    document,
                    window,
                    self.model.input(vectors),
                )));
            }
        }
        all
    }
}

/// The labels of a head, where it is of the kind that docs/model-file.md gives it.
fn labels_of<'m>(model: &'m Model, head: &str) -> Option<&'m [String]> {
    match head {
        "arc" | "relation" | "attribution" | "argument" => {
            model.biaffine(head).map(encoder::Biaffine::labels)
        }
        "pair" => model.pooled(head).map(encoder::Pooled::labels),
        _ => model.linear(head).map(encoder::Linear::labels),
    }
}

/// Notes the sentences that do not fit a window.
fn note_cuts(document: &mut Document, windows: &[Window]) {
    for window in windows {
        let sentence = &document.sentences[window.sentences.start];
        if window.tokens.end < sentence.tokens.end {
            let rest = window.tokens.end..sentence.tokens.end;
            let message = format!(
                "The sentence is too long: its last {} words were not analysed.",
                rest.len()
            );
            let problem = Problem {
                kind: "sentence_cut",
                span: Some(document.span(&rest)),
                message,
            };
            document.story.problems.push(problem);
        }
    }
}
