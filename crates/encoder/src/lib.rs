//! Text to subwords to vectors to head scores; weights arrive as bytes.
//!
//! [`Model::from_bytes`] reads a file as `docs/model-file.md` defines it. [`Model::encode`] turns windows of words into
//! one vector a word; [`Model::input`] readies those vectors for the heads, which give scores:
//!
//! ```no_run
//! # fn main() -> Result<(), rapporteur_encoder::ModelError> {
//! use rapporteur_encoder::{Model, Scratch, Window};
//!
//! # let bytes: Vec<u8> = Vec::new();
//! let model = Model::from_bytes(bytes)?;
//! let mut scratch = Scratch::default();
//! let window = Window::of(&["Two", "ministers", "met", "."]);
//! let vectors = &model.encode(&[window], &mut scratch)[0];
//! let input = model.input(vectors);
//! if let Some(upos) = model.linear("upos") {
//!     let scores = upos.scores(&input);
//!     println!("{}", upos.labels()[scores.best(1)]);
//! }
//! if let Some(arc) = model.biaffine("arc") {
//!     let square = arc.project(&input).square(0..4);
//!     println!("head of the second word: {}", square.best(1));
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The linear layers run in 32-bit floats or in 16-bit integers ([`Arithmetic`]); everything else is 32-bit floats.
//! The same model, arithmetic, instructions and window give the same bits, whatever else is in the call.

mod attention;
mod config;
mod error;
mod forward;
mod heads;
mod integers;
mod kernel;
mod loader;
mod math;
mod matrix;
mod model;
mod shape;
mod tensors;
mod window;
mod wordpiece;

pub use error::ModelError;
pub use heads::{Biaffine, Head, HeadInput, Linear, PairScores, Pooled, Projected, Scores};
pub use kernel::{Arithmetic, Instructions};
pub use math::{softmax, softmax_groups};
pub use model::{Model, Scratch};
pub use shape::shape_of;
pub use window::{Mark, Vectors, Window};
pub use wordpiece::WordPiece;
