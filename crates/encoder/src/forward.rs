//! The encoder's forward pass over windows that lie one after the other, without padding.

use std::ops::Range;

use crate::attention::{Attention, Heads};
use crate::kernel::Quantised;
use crate::math::{add, gelu, layer_norm};
use crate::matrix::{Engine, Matrix};
use crate::shape::shape_of;
use crate::tensors::Bytes;
use crate::window::{Mark, Window};
use crate::wordpiece::WordPiece;

/// Numbers of rows that go through the feed-forward layer together: its wide activations stay in the second cache.
const FORWARD_ROWS: usize = 96;

/// Weights of a layer normalisation.
pub(crate) struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
    pub epsilon: f32,
}

impl Norm {
    fn apply(&self, engine: Engine, x: &mut [f32]) {
        layer_norm(engine.on, x, &self.weight, &self.bias, self.epsilon);
    }
}

/// The tables whose rows add up to a piece's input.
pub(crate) struct Embeddings {
    pub hidden: usize,
    /// One row of 8-bit integers a piece.
    pub word: Bytes,
    pub word_scale: Vec<f32>,
    pub position: Vec<f32>,
    pub shape: Vec<f32>,
    pub mark: Vec<f32>,
    pub norm: Norm,
}

/// One transformer layer.
pub(crate) struct Layer {
    pub qkv: Matrix,
    pub out: Matrix,
    pub norm1: Norm,
    pub up: Matrix,
    pub down: Matrix,
    pub norm2: Norm,
}

/// All weights of the encoder.
pub(crate) struct Encoder {
    pub heads: Heads,
    pub embeddings: Embeddings,
    pub layers: Vec<Layer>,
}

/// Memory of a pass, used again by the next.
#[derive(Default)]
pub(crate) struct Buffers {
    pieces: Pieces,
    x: Vec<f32>,
    wide: Vec<f32>,
    narrow: Vec<f32>,
    context: Vec<f32>,
    quantised: Quantised,
    attention: Attention,
}

/// The pieces of a batch of windows.
#[derive(Default)]
struct Pieces {
    ids: Vec<u32>,
    /// Rows of the three tables that are added to a piece's own: position, shape, mark.
    added: Vec<[usize; 3]>,
    /// Rows of each window.
    windows: Vec<Range<usize>>,
    /// Rows of the words' first pieces, over all windows.
    first: Vec<usize>,
    /// Number of words of each window that fit.
    words: Vec<usize>,
}

impl Pieces {
    fn clear(&mut self) {
        self.ids.clear();
        self.added.clear();
        self.windows.clear();
        self.first.clear();
        self.words.clear();
    }

    /// Adds a window of at most `limit` pieces.
    fn push(&mut self, vocabulary: &WordPiece, window: &Window<'_>, limit: usize) {
        let start = self.ids.len();
        let words_before = self.first.len();
        self.ids.push(vocabulary.start());
        self.added.push([0, 0, 0]);
        for (i, word) in window.words.iter().enumerate() {
            let at = self.ids.len();
            vocabulary.split(word, &mut self.ids);
            if self.ids.len() - start + 1 > limit {
                // A first word that alone is too long is cut, so that no window of words is without a vector.
                self.ids
                    .truncate(if i == 0 { start + limit - 1 } else { at });
            }
            if self.ids.len() == at {
                break;
            }
            self.first.push(at);
            let mark = window.marks.get(i).map_or(0, |&mark| match mark {
                Mark::None => 0,
                Mark::Actor => 1,
                Mark::Recipient => 2,
            });
            let shape = shape_of(word);
            self.added
                .extend((at..self.ids.len()).map(|row| [row - start, shape, mark]));
        }
        self.added.push([self.ids.len() - start, 0, 0]);
        self.ids.push(vocabulary.end());
        self.windows.push(start..self.ids.len());
        self.words.push(self.first.len() - words_before);
    }
}

impl Embeddings {
    fn row<'t>(&self, table: &'t [f32], row: usize) -> &'t [f32] {
        &table[row * self.hidden..(row + 1) * self.hidden]
    }

    fn apply(&self, engine: Engine, pieces: &Pieces, x: &mut Vec<f32>) {
        x.clear();
        for (&id, &[position, shape, mark]) in pieces.ids.iter().zip(&pieces.added) {
            let id = id as usize;
            let word = &self.word[id * self.hidden..(id + 1) * self.hidden];
            let scale = self.word_scale[id];
            let others = self
                .row(&self.position, position)
                .iter()
                .zip(self.row(&self.shape, shape));
            let others = others.zip(self.row(&self.mark, mark));
            x.extend(
                word.iter()
                    .zip(others)
                    .map(|(&w, ((p, s), m))| f32::from(w as i8) * scale + p + s + m),
            );
        }
        self.norm.apply(engine, x);
    }
}

impl Layer {
    /// Runs the layer; with `keep`, only those rows come out.
    fn run(&self, engine: Engine, heads: Heads, keep: Option<&[usize]>, b: &mut Buffers) {
        let hidden = heads.hidden;
        self.qkv.apply(
            engine,
            engine.input(&b.x, hidden, &mut b.quantised),
            &mut b.wide,
        );
        b.attention
            .run(engine.on, heads, &b.wide, &b.pieces.windows, &mut b.context);
        if let Some(keep) = keep {
            keep_rows(&mut b.x, hidden, keep);
            keep_rows(&mut b.context, hidden, keep);
        }
        self.out.apply(
            engine,
            engine.input(&b.context, hidden, &mut b.quantised),
            &mut b.narrow,
        );
        add(engine.on, &mut b.x, &b.narrow);
        self.norm1.apply(engine, &mut b.x);
        for x in b.x.chunks_mut(FORWARD_ROWS * hidden) {
            self.up.apply(
                engine,
                engine.input(x, hidden, &mut b.quantised),
                &mut b.wide,
            );
            gelu(engine.on, &mut b.wide);
            let input = engine.input(&b.wide, self.down.inputs, &mut b.quantised);
            self.down.apply(engine, input, &mut b.narrow);
            add(engine.on, x, &b.narrow);
            self.norm2.apply(engine, x);
        }
    }
}

/// Moves the rows `keep`, in increasing order, to the front and drops the others.
fn keep_rows(x: &mut Vec<f32>, width: usize, keep: &[usize]) {
    for (to, &from) in keep.iter().enumerate() {
        x.copy_within(from * width..(from + 1) * width, to * width);
    }
    x.truncate(keep.len() * width);
}

impl Encoder {
    /// Runs the windows and calls `give` with each window's vectors, one row a word.
    pub fn run(
        &self,
        engine: Engine,
        vocabulary: &WordPiece,
        windows: &[Window<'_>],
        limit: usize,
        b: &mut Buffers,
        mut give: impl FnMut(&[f32]),
    ) {
        b.pieces.clear();
        for window in windows {
            b.pieces.push(vocabulary, window, limit);
        }
        self.embeddings.apply(engine, &b.pieces, &mut b.x);
        let first = std::mem::take(&mut b.pieces.first);
        for (i, layer) in self.layers.iter().enumerate() {
            // Nothing reads the other pieces after the last layer's attention.
            let keep = (i + 1 == self.layers.len()).then_some(first.as_slice());
            layer.run(engine, self.heads, keep, b);
        }
        b.pieces.first = first;
        let mut at = 0;
        for &words in &b.pieces.words {
            let end = at + words * self.heads.hidden;
            give(&b.x[at..end]);
            at = end;
        }
    }
}
