//! The examples' records, as they were when somebody last looked at them. `UPDATE_GOLDEN=1` writes them anew.
//!
//! They are `.record.json`, one indented object each: a diff of one long line says nothing, and the ending `.jsonl` would
//! make them stories when the folder is read.

mod common;

use std::env;
use std::fs;

use common::{examples, rapporteur, records, text};

#[test]
fn examples_give_their_golden_records() {
    needs_model!();
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    for path in examples() {
        let run = rapporteur(&["read", "--format", "jsonl", &text(&path)]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let record = &records(&run)[0];
        let found = serde_json::to_string_pretty(record).expect("a record is JSON") + "\n";
        let golden = path.with_extension("record.json");
        if update {
            fs::write(&golden, &found).expect("the golden record is written");
            continue;
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert!(
            expected == found,
            "{} has changed; look at it (`just golden`, then the diff) and commit it if it is better",
            golden.display()
        );
    }
}
