//! `rapporteur explain`: what it shows of real stories, its JSON against the schema, and what it says of wrong ids.

mod common;

use std::fs;

use common::{Run, examples, file, folder, rapporteur, records, root, text, with_input};
use serde_json::Value;

fn explain(arguments: &[&str]) -> Run {
    rapporteur(&[&["explain"], arguments].concat())
}

fn json(arguments: &[&str]) -> Value {
    let run = explain(&[&["--format", "json"], arguments].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    serde_json::from_str(&run.out).expect("it is JSON")
}

fn ids<'v>(value: &'v Value, list: &str) -> Vec<&'v str> {
    let items = value[list].as_array().expect("it is a list");
    items
        .iter()
        .filter_map(|item| item["id"].as_str())
        .collect()
}

/// Flags for every event and claim of a story.
fn all_of(record: &Value) -> [String; 4] {
    [
        "--event".to_owned(),
        ids(record, "events").join(","),
        "--claim".to_owned(),
        ids(record, "claims").join(","),
    ]
}

#[test]
fn everything_explained_keeps_to_the_schema_and_to_the_record() {
    let schema =
        fs::read_to_string(root().join("docs/explain.schema.json")).expect("the schema is there");
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    jsonschema::meta::validate(&schema).expect("the schema is a schema");
    let validator = jsonschema::validator_for(&schema).expect("the schema compiles");
    for path in examples() {
        let story = text(&path);
        let record = &records(&rapporteur(&["read", &story]))[0];
        let flags = all_of(record);
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        let told = json(&[&[story.as_str()], flags.as_slice()].concat());
        let errors: Vec<String> = validator
            .iter_errors(&told)
            .map(|error| format!("{}: {error}", error.instance_path))
            .collect();
        assert!(errors.is_empty(), "{story}: {errors:#?}");
        let both = [ids(record, "events"), ids(record, "claims")].concat();
        assert_eq!(ids(&told, "items"), both);
        assert_eq!(ids(&told, "explanations"), both);
        agrees(record, &told);
        let mut changed = told.clone();
        changed["explanations"][0]["decisions"][0]["by"] = "a guess".into();
        assert!(
            !validator.is_valid(&changed),
            "the schema refuses what it should"
        );
    }
}

/// Values, heads and marks of the explanations are those of the record.
fn agrees(record: &Value, told: &Value) {
    let letters: Vec<char> = record["story"]["text"]
        .as_str()
        .expect("text")
        .chars()
        .collect();
    for explanation in told["explanations"].as_array().expect("a list") {
        for mark in explanation["marks"].as_array().expect("a list") {
            let at = |end: &str| mark[end].as_u64().expect("an offset") as usize;
            let words: String = letters[at("start")..at("end")].iter().collect();
            assert_eq!(mark["words"], words.as_str());
        }
        let event = record["events"].as_array().expect("a list").iter();
        let Some(event) = event.clone().find(|e| e["id"] == explanation["id"]) else {
            continue;
        };
        for field in ["type", "mode", "status", "according_to", "cameo"] {
            assert_eq!(
                decision(explanation, field)["value"],
                event[field],
                "{field} of {event}"
            );
        }
        let kind = decision(explanation, "type");
        assert!(
            kind["score"].is_number() && kind["runner_up"]["score"].is_number(),
            "{kind}"
        );
    }
}

fn decision<'v>(explanation: &'v Value, field: &str) -> &'v Value {
    let decisions = explanation["decisions"].as_array().expect("a list");
    let found = decisions.iter().find(|d| d["field"] == field);
    found.unwrap_or_else(|| panic!("nothing is told of {field}"))
}

#[test]
fn a_page_marks_the_words_draws_the_tree_and_fits_its_width() {
    let story = text(&examples()[0]);
    let run = explain(&[&story, "--event", "e1", "--width", "60"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.starts_with("e1 "), "{}", run.out);
    for part in [
        "]trigger",
        "├─ ",
        "  type ",
        " by head:trigger 0.",
        "plover.tsv:",
    ] {
        assert!(run.out.contains(part), "no {part} in\n{}", run.out);
    }
    assert!(!run.out.contains('\u{1b}'), "no colour in a pipe");
    for line in run.out.lines() {
        assert!(line.chars().count() <= 60, "{line}");
    }
    let painted = explain(&[&story, "--event", "e1", "--color", "always"]);
    assert!(
        painted.out.contains("\u{1b}[1m"),
        "colour where it is asked for"
    );
    assert_eq!(run.out, explain(&[&story, "-e", "e1", "--width", "60"]).out);
}

#[test]
fn without_an_id_those_that_there_are_are_listed() {
    let story = text(&examples()[0]);
    let record = &records(&rapporteur(&["read", &story]))[0];
    let run = explain(&[&story]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for id in [ids(record, "events"), ids(record, "claims")].concat() {
        assert!(
            run.out.lines().any(|l| l.starts_with(&format!("{id} "))),
            "{id}:\n{}",
            run.out
        );
    }
    let told = json(&[&story]);
    assert_eq!(ids(&told, "explanations"), [""; 0]);
    assert_eq!(told["story"]["headline"], record["story"]["headline"]);
    let empty = with_input(&["explain", "-"], b"Nothing happened here.\n");
    assert_eq!(empty.code, Some(0), "{}", empty.err);
}

#[test]
fn wrong_ids_are_told_with_those_that_there_are() {
    let story = text(&examples()[0]);
    for (flag, id, known) in [("--event", "e999", "e1, e2"), ("--claim", "e1", "c1")] {
        let run = explain(&[&story, flag, id]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(run.err.contains(&format!("{flag} {id}")), "{}", run.err);
        assert!(run.err.contains(known), "{}", run.err);
    }
    let none = explain(&["no/such/story.txt", "--event", "e1"]);
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("no/such/story.txt"), "{}", none.err);
}

#[test]
fn one_of_several_stories_is_chosen_by_its_reference() {
    let line =
        |id: &str, words: &str| format!("{}\n", serde_json::json!({"id": id, "text": words}));
    let lines = [
        line("first", "Police arrested ten people in Lima on Monday."),
        line("second", "France condemned the attack.\n"),
    ];
    let feed = file(&folder("explain-several"), "feed.jsonl", lines.concat());
    let several = explain(&[&feed, "--event", "e1"]);
    assert_eq!(several.code, Some(2));
    assert!(
        several.err.contains("--story: first, second"),
        "{}",
        several.err
    );
    let second = json(&[&feed, "--story", "second"]);
    assert_eq!(second["story"]["ref"], "second");
    let by_id = second["story"]["id"].as_str().expect("an id");
    assert_eq!(json(&[&feed, "--story", by_id]), second);
    let none = explain(&[&feed, "--story", "third"]);
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("first, second"), "{}", none.err);
}
