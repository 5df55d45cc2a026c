//! A loaded model: words in, vectors and heads out.

use std::borrow::Cow;

use crate::error::ModelError;
use crate::forward::Buffers;
use crate::heads::{Biaffine, Head, HeadInput, Linear, Pooled};
use crate::kernel::{Arithmetic, Instructions, Quantised};
use crate::loader::Parts;
use crate::matrix::{Engine, Input};
use crate::window::{Vectors, Window};

/// Pieces in one pass, more or less: enough for whole tiles, few enough for the caches.
const PASS: usize = 384;

/// Encoder and heads. Reading a model packs nothing yet: each layer is packed when it is first used.
pub struct Model {
    parts: Parts,
    engine: Engine,
}

/// Memory that [`Model::encode`] uses again from call to call; one for each thread.
#[derive(Default)]
pub struct Scratch {
    buffers: Buffers,
}

impl Model {
    /// Reads a model file (`docs/model-file.md`). Static bytes are not copied.
    ///
    /// # Errors
    /// If the file is damaged, of another format, or lacks or adds a tensor.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let parts = Parts::load(bytes.into())?;
        let engine = Engine {
            arithmetic: Arithmetic::best(),
            on: Instructions::best(),
        };
        Ok(Self { parts, engine })
    }

    /// The same model with another arithmetic than the fastest.
    #[must_use]
    pub fn with_arithmetic(mut self, arithmetic: Arithmetic) -> Self {
        self.engine.arithmetic = arithmetic;
        self
    }

    /// The same model with other instructions than the fastest.
    #[must_use]
    pub fn with_instructions(mut self, instructions: Instructions) -> Self {
        self.engine.on = instructions;
        self
    }

    /// The arithmetic of the linear layers.
    pub fn arithmetic(&self) -> Arithmetic {
        self.engine.arithmetic
    }

    /// The model's name and version, such as `rapporteur-0.1`.
    pub fn name(&self) -> &str {
        &self.parts.config.name
    }

    /// SHA-256 of the model's tensors, lower-case hex.
    pub fn digest(&self) -> &str {
        &self.parts.config.digest
    }

    /// Numbers in one vector.
    pub fn hidden(&self) -> usize {
        self.parts.config.encoder.hidden
    }

    /// Most pieces of words in one window; the two that start and end it are not counted.
    pub fn window_limit(&self) -> usize {
        self.parts.config.window - 2
    }

    /// Number of pieces of a word; at least one. Words of a window add up to [`window_limit`](Self::window_limit).
    pub fn count_pieces(&self, word: &str) -> usize {
        let mut pieces = Vec::with_capacity(8);
        self.parts.vocabulary.split(word, &mut pieces);
        pieces.len()
    }

    /// Adds the ids of a word's pieces to `out`; at least one.
    pub fn split(&self, word: &str, out: &mut Vec<u32>) {
        self.parts.vocabulary.split(word, out);
    }

    /// Vectors of the windows' words, in order. Words that do not fit a window have none, see [`Vectors::len`].
    pub fn encode(&self, windows: &[Window<'_>], scratch: &mut Scratch) -> Vec<Vectors> {
        let (parts, hidden) = (&self.parts, self.hidden());
        let mut all = Vec::with_capacity(windows.len());
        let mut rest = windows;
        while !rest.is_empty() {
            let (pass, after) = rest.split_at(self.windows_of_one_pass(rest));
            let give = |values: &[f32]| {
                all.push(Vectors {
                    hidden,
                    values: values.to_vec(),
                })
            };
            let limit = parts.config.window;
            parts.encoder.run(
                self.engine,
                &parts.vocabulary,
                pass,
                limit,
                &mut scratch.buffers,
                give,
            );
            rest = after;
        }
        all
    }

    /// How many of the first windows make up a pass, estimated by words: at least one.
    fn windows_of_one_pass(&self, windows: &[Window<'_>]) -> usize {
        let mut pieces = 0;
        let fits = |window: &Window<'_>| {
            // News has some 1.2 pieces a word.
            pieces += (window.words.len() * 6 / 5 + 2).min(self.parts.config.window);
            pieces <= PASS
        };
        windows.iter().copied().take_while(fits).count().max(1)
    }

    /// Readies vectors for the heads; what heads have in common is done once.
    ///
    /// # Panics
    /// If the vectors are of a model with another size.
    pub fn input<'a>(&self, vectors: &'a Vectors) -> HeadInput<'a> {
        assert_eq!(
            vectors.hidden,
            self.hidden(),
            "vectors and heads are of one model"
        );
        let mut quantised = Quantised::default();
        let _: Input<'_> = self
            .engine
            .input(&vectors.values, vectors.hidden, &mut quantised);
        HeadInput {
            vectors,
            quantised,
            engine: self.engine,
        }
    }

    /// All heads with their names, in the file's order.
    pub fn heads(&self) -> impl Iterator<Item = (&str, &Head)> {
        self.parts
            .heads
            .iter()
            .map(|(name, head)| (name.as_str(), head))
    }

    /// The head of this name.
    pub fn head(&self, name: &str) -> Option<&Head> {
        self.heads()
            .find(|(own, _)| *own == name)
            .map(|(_, head)| head)
    }

    /// The linear head of this name.
    pub fn linear(&self, name: &str) -> Option<&Linear> {
        if let Some(Head::Linear(head)) = self.head(name) {
            Some(head)
        } else {
            None
        }
    }

    /// The biaffine head of this name.
    pub fn biaffine(&self, name: &str) -> Option<&Biaffine> {
        if let Some(Head::Biaffine(head)) = self.head(name) {
            Some(head)
        } else {
            None
        }
    }

    /// The pooled head of this name.
    pub fn pooled(&self, name: &str) -> Option<&Pooled> {
        if let Some(Head::Pooled(head)) = self.head(name) {
            Some(head)
        } else {
            None
        }
    }
}
