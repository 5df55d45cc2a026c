//! Any bytes as a story: refused, or a story whose parts, sentences and tokens lie in order on character boundaries.
#![no_main]

use analysis::split::split;
use libfuzzer_sys::fuzz_target;
use rapporteur::source::{Given, decode, story};

fuzz_target!(|bytes: &[u8]| {
    let Ok(decoded) = decode(bytes.to_vec()) else {
        return;
    };
    let story = story(decoded.text, Given::default());
    let mut end = 0;
    for part in &story.parts {
        assert!(end <= part.span.start && part.span.start <= part.span.end);
        end = part.span.end;
        let _: &str = part.span.of(&story.text);
    }
    let (sentences, tokens) = split(&story.text, &story.parts);
    for pair in tokens.windows(2) {
        assert!(pair[0].span.start <= pair[1].span.start);
    }
    for sentence in &sentences {
        let words: &str = sentence.span.of(&story.text);
        assert!(!words.trim().is_empty());
    }
});
