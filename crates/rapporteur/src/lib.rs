//! The public library: open the model, read a story.

pub mod fetch;
pub mod ordered;
pub mod pairs;
pub mod reading;
pub mod source;
mod user_lexicon;

pub use encoder::Arithmetic;
pub use reading::{OpenError, Reader};
pub use types;
pub use user_lexicon::{LexiconError, LineProblem, UserLexicon};
