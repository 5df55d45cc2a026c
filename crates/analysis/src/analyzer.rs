//! The model with the meaning of its labels, and the way of a story through the stages.

use encoder::{Model, Scratch};
use types::{Document, Problem, Story};

use crate::decode::scores::argmax;
use crate::labels::{LabelError, Labels, Polarity};
use crate::places::Atlas;
use crate::seen::Seen;
use crate::settings::Settings;
use crate::stages::{STAGES, Stage, Step, encode};
use crate::windows::{Window, plan};

/// Windows that are encoded together: enough to keep the encoder busy, few enough that the vectors fit in memory
/// however long the story is (some 190 words of 384 numbers in each).
pub const BATCH: usize = 16;

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

    /// What places are found with: the shipped data, and the weights of the settings.
    pub fn atlas(&self) -> Atlas<'static> {
        Atlas {
            weights: self.settings.places.clone(),
            ..Atlas::built_in()
        }
    }

    /// The model inside.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Reads a story: sentences and tokens of the parts that are read, then every layer of annotation.
    /// Sentences that are too long to be read whole are noted in the story's problems (`sentence_cut`).
    pub fn analyze(&self, story: Story) -> Document {
        self.analyze_watched(story, &mut |_| ())
    }

    /// As [`Analyzer::analyze`]. `watch` is called with the name of a stage whenever it begins to work, which for those that
    /// read windows is once for each batch: with a clock it can tell where the time goes.
    pub fn analyze_watched(&self, story: Story, watch: &mut dyn FnMut(&'static str)) -> Document {
        let document = Document {
            story,
            ..Document::default()
        };
        self.run(document, STAGES, watch)
    }

    /// Annotates a document whose sentences and tokens are given. Layers that it has already are replaced.
    pub fn annotate(&self, mut document: Document) -> Document {
        document.names.clear();
        document.attributions.clear();
        document.triggers.clear();
        document.times.clear();
        document.moments.clear();
        document.places.clear();
        let given = |stage: &&Stage| stage.writes.contains(&"tokens");
        let rest = STAGES.iter().take_while(given).count();
        self.run(document, &STAGES[rest..], &mut |_| ())
    }

    fn run(
        &self,
        mut document: Document,
        stages: &[Stage],
        watch: &mut dyn FnMut(&'static str),
    ) -> Document {
        for stage in stages {
            if let Step::Split(split) = stage.step {
                watch(stage.name);
                split(&mut document);
            }
        }
        let windows = self.windows(&document);
        note_cuts(&mut document, &windows);
        let mut scratch = Scratch::default();
        for batch in windows.chunks(BATCH) {
            self.run_batch(&mut document, stages, batch, &mut scratch, watch);
        }
        for stage in stages {
            if let Step::Whole(finish) = stage.step {
                watch(stage.name);
                finish(self, &mut document);
            }
        }
        document
    }

    fn run_batch(
        &self,
        document: &mut Document,
        stages: &[Stage],
        windows: &[Window],
        scratch: &mut Scratch,
        watch: &mut dyn FnMut(&'static str),
    ) {
        let encoding = stages.iter().filter_map(|stage| match stage.step {
            Step::Encode(encode) => Some((stage.name, encode)),
            _ => None,
        });
        for (name, encode) in encoding {
            watch(name);
            let vectors = encode(&self.model, document, windows, scratch);
            let seen = |(window, vectors)| Seen::new(document, window, self.model.input(vectors));
            let seen: Vec<Seen<'_>> = windows.iter().zip(&vectors).map(seen).collect();
            for stage in stages {
                // Nothing is read of a head that the model lacks; `new` made sure that it has all.
                match stage.step {
                    Step::Read(read) => {
                        watch(stage.name);
                        for seen in &seen {
                            let _: Option<()> = read(self, document, seen);
                        }
                    }
                    Step::Together(read) => {
                        watch(stage.name);
                        let _: Option<()> = read(self, document, &seen);
                    }
                    _ => {}
                }
            }
        }
    }

    /// The windows in which a document is encoded.
    pub fn windows(&self, document: &Document) -> Vec<Window> {
        let pieces = |token: usize| self.model.count_pieces(document.form(token));
        plan(&document.sentences, self.model.window_limit(), pieces)
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

    pub(crate) fn each_window<T>(
        &self,
        document: &Document,
        read: impl Fn(&Seen<'_>) -> Vec<T>,
    ) -> Vec<T> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::noise::Noise;
    use crate::random_model::{bytes, model};
    use types::{Part, PartKind, Span};

    fn story(text: &str) -> Story {
        let part = Part {
            kind: PartKind::Body,
            span: Span::new(0, text.len()),
        };
        Story {
            text: text.to_owned(),
            parts: vec![part],
            ..Story::default()
        }
    }

    /// Texts of any characters, with sentences short and longer than a window.
    fn texts() -> Vec<String> {
        let mut noise = Noise(17);
        let signs = [
            "the ",
            "said ",
            "\"",
            "Rita ",
            ", ",
            ". ",
            "T-72 ",
            "é",
            "“",
            "\n\n",
            "東 ",
            "1,250 ",
            "\u{1F642}",
            " ",
        ];
        let mut one = |length: usize| {
            let pick =
                |noise: &mut Noise| signs[((noise.next() + 5.0) * 1.399) as usize % signs.len()];
            (0..length).map(|_| pick(&mut noise)).collect::<String>()
        };
        let mut all: Vec<String> = (0..40).map(|n| one(n * 5)).collect();
        all.push("word ".repeat(60));
        all.push(format!("{}.", "a".repeat(50)));
        all
    }

    fn check(document: &Document) {
        for sentence in &document.sentences {
            let tokens = &document.tokens[sentence.tokens.clone()];
            let roots = tokens.iter().filter(|t| t.head.is_none()).count();
            assert_eq!(roots, 1, "{:?}", sentence.span.of(&document.story.text));
            assert!(
                tokens
                    .iter()
                    .all(|t| t.head.is_none_or(|h| sentence.tokens.contains(&h)))
            );
            assert!(tokens.iter().all(|t| !t.deprel.is_empty()));
        }
        let inside = |range: &types::TokenRange| {
            assert!(
                range.start < range.end && range.end <= document.tokens.len(),
                "{range:?}"
            );
        };
        for name in &document.names {
            inside(&name.tokens);
            assert_eq!(
                document.sentence_of(name.tokens.start),
                document.sentence_of(name.tokens.end - 1)
            );
        }
        for one in &document.attributions {
            assert!(!one.content.is_empty());
            one.source
                .iter()
                .chain(&one.cue)
                .chain(&one.content)
                .for_each(inside);
        }
        for trigger in &document.triggers {
            inside(&trigger.tokens);
            let roles = &trigger.roles;
            let all = [
                &roles.actor,
                &roles.recipient,
                &roles.reporter,
                &roles.place,
            ];
            all.into_iter().flatten().for_each(inside);
        }
        assert!(document.triggers.is_sorted_by_key(|t| t.tokens.start));
        assert!(document.names.is_sorted_by_key(|n| n.tokens.start));
    }

    #[test]
    fn any_text_gives_a_well_formed_document_and_the_same_twice() {
        let analyzer = Analyzer::new(model()).expect("all heads");
        for text in texts() {
            let document = analyzer.analyze(story(&text));
            check(&document);
            assert_eq!(document, analyzer.analyze(story(&text)), "{text:?}");
        }
    }

    #[test]
    fn annotating_given_tokens_is_reading_without_the_split() {
        let analyzer = Analyzer::new(model()).expect("all heads");
        for text in texts().iter().rev().take(5) {
            let read = analyzer.analyze(story(text));
            let mut given = read.clone();
            given.story.problems.clear();
            given
                .tokens
                .iter_mut()
                .for_each(|t| (t.head, t.lemma) = (None, String::new()));
            assert_eq!(analyzer.annotate(given), read);
        }
    }

    #[test]
    fn a_sentence_beyond_the_window_is_noted() {
        let analyzer = Analyzer::new(model()).expect("all heads");
        let document = analyzer.analyze(story(&"the ".repeat(30)));
        let problem = &document.story.problems[0];
        assert_eq!(problem.kind, "sentence_cut");
        // 22 words are read: the rest begins at byte 88.
        assert_eq!(problem.span, Some(Span::new(88, 119)));
        assert!(document.tokens[22..].iter().all(|t| t.deprel == "dep"));
        check(&document);
    }

    #[test]
    fn a_pair_gets_all_types_the_best_first() {
        let analyzer = Analyzer::new(model()).expect("all heads");
        let words = ["Rita", "said", "the", "lord", "."];
        let types = analyzer.relate(&words, 0..1, 2..4);
        assert_eq!(types.len(), types::EventType::ALL.len());
        assert!(types.is_sorted_by(|a, b| a.1 >= b.1));
        assert!((types.iter().map(|t| t.1).sum::<f32>() - 1.0).abs() < 1e-5);
        let swapped = analyzer.relate(&words, 2..4, 0..1);
        assert_ne!(types, swapped, "the marks tell the parties apart");
        assert!(analyzer.relate(&[], 0..0, 0..0).is_empty());
        // Ranges beyond the words are no reason to panic.
        assert_eq!(analyzer.relate(&words, 7..9, 4..90).len(), 16);
    }

    #[test]
    fn a_model_without_a_head_is_refused() {
        for head in [
            "upos", "arc", "relation", "argument", "pair", "status", "entities",
        ] {
            let model = Model::from_bytes(bytes(Some(head))).expect("a sound model");
            let error = Analyzer::new(model).err();
            assert_eq!(error, Some(LabelError::Missing(head)));
        }
    }
}
