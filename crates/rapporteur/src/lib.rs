//! The public library: open the model, read a story.

pub mod pairs;
pub mod reading;
pub mod source;

pub use encoder::Arithmetic;
pub use reading::{OpenError, Reader};
pub use types;
