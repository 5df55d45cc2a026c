//! The public library: open the model, read a story
