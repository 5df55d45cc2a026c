//! The examples' records, as they were when somebody last looked at them. `UPDATE_GOLDEN=1` writes them anew.
//!
//! They are `.record.json`, one indented object each: a diff of one long line says nothing, and the ending `.jsonl` would
//! make them stories when the folder is read.

mod common;

use std::env;
use std::fs;
use std::path::Path;

use common::{examples, rapporteur, records, text};
use serde_json::Value;

/// How far a confidence may move: machines with other instructions round sums in another order.
const NOISE: f64 = 0.01;

#[test]
fn examples_give_their_golden_records() {
    for path in examples() {
        let run = rapporteur(&[
            "read",
            "--format",
            "jsonl",
            "--arithmetic",
            "int16",
            &text(&path),
        ]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let found = &records(&run)[0];
        let golden = path.with_extension("record.json");
        if env::var_os("UPDATE_GOLDEN").is_some() {
            let written = serde_json::to_string_pretty(found).expect("a record is JSON") + "\n";
            fs::write(&golden, written).expect("the golden record is written");
        } else {
            compare(&golden, found);
        }
    }
}

fn compare(golden: &Path, found: &Value) {
    let expected = fs::read_to_string(golden).unwrap_or_default();
    let expected: Value = serde_json::from_str(&expected).unwrap_or_default();
    if let Some(place) = difference(&expected, found, "") {
        panic!(
            "{} has changed at {place}; write it anew (`just golden`), read the diff, and commit it if it is better",
            golden.display()
        );
    }
}

/// The first place at which the two differ.
fn difference(expected: &Value, found: &Value, path: &str) -> Option<String> {
    let other = || (expected != found).then(|| format!("{path}: {expected} is now {found}"));
    match (expected, found) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => a
            .iter()
            .find_map(|(name, value)| difference(value, &b[name], &format!("{path}/{name}"))),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(i, (a, b))| difference(a, b, &format!("{path}/{i}"))),
        (Value::Number(a), Value::Number(b)) if path.ends_with("/confidence") => {
            let distance = a.as_f64().zip(b.as_f64()).map(|(a, b)| (a - b).abs());
            other().filter(|_| distance.is_none_or(|distance| distance > NOISE))
        }
        _ => other(),
    }
}

#[test]
fn differences_are_found() {
    let record = |confidence: f64, name: &str| serde_json::json!({"events": [{"confidence": confidence, "name": name}]});
    let found = |a, b| difference(&record(0.5, "x"), &record(a, b), "");
    assert_eq!(found(0.5, "x"), None);
    assert_eq!(found(0.505, "x"), None);
    assert!(found(0.6, "x").is_some());
    assert_eq!(
        found(0.5, "y").as_deref(),
        Some("/events/0/name: \"x\" is now \"y\"")
    );
    assert!(difference(&Value::Null, &record(0.5, "x"), "").is_some());
}
