//! Any text as a lexicon of one's own: lines are taken or named, and what was taken is found again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use lexicon::Lexicon;
use types::Date;

fuzz_target!(|text: &str| {
    let mut lexicon = Lexicon::default();
    let lines = text.lines().count();
    let problems = lexicon.add(text);
    assert!(problems.iter().all(|problem| (1..=lines).contains(&problem.line)));
    for word in text.split(['\t', '\n', '_', '+']) {
        let _ = lexicon.own_actor(word, Date::first_of("2015-05-12"));
        let _ = lexicon.agent(word);
    }
});
