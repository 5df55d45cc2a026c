//! The readers as a whole.

mod inputs;
mod layout;
