//! Any text as CoNLL-U: refused, or read and written and read back as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use types::conllu;

fuzz_target!(|text: &str| {
    let Ok(documents) = conllu::read(text) else {
        return;
    };
    for document in documents {
        let written = conllu::write(&document);
        let again = conllu::read(&written).expect("what we write, we read");
        let tokens: usize = again.iter().map(|document| document.tokens.len()).sum();
        assert_eq!(tokens, document.tokens.len());
    }
});
