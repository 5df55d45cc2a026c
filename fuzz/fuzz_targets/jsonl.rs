//! Any bytes as a stream of stories: it ends, and every item is a story with text or an error with words.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use rapporteur::source::{Options, Stories};

fuzz_target!(|bytes: &[u8]| {
    let reader = Box::new(Cursor::new(bytes.to_vec()));
    let stories = Stories::of_reader("fuzz", reader, Options::default());
    for item in stories {
        match item {
            Ok(story) => assert!(!story.text.trim().is_empty()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});
