//! Any bytes as a table of pairs: every row is a pair whose parties lie in its sentence, or says why it is none.
#![no_main]

use csv::ReaderBuilder;
use libfuzzer_sys::fuzz_target;

#[path = "../../crates/cli/src/relate/columns.rs"]
mod columns;

fuzz_target!(|bytes: &[u8]| {
    let mut table = ReaderBuilder::new()
        .delimiter(b'\t')
        .flexible(true)
        .from_reader(bytes);
    let Ok(header) = table.byte_headers().cloned() else {
        return;
    };
    let Ok(columns) = columns::Columns::of(&header) else {
        return;
    };
    for row in table.into_byte_records() {
        let Ok(row) = row else { return };
        match columns.pair(&row) {
            Ok(pair) => {
                assert!(pair.actor.is_some() || pair.recipient.is_some());
                for party in [pair.actor, pair.recipient].into_iter().flatten() {
                    assert!(!party.of(&pair.sentence).is_empty());
                }
            }
            Err(reason) => assert!(!reason.is_empty()),
        }
    }
});
