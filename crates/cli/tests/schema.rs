//! Real records against the schema, and what a schema cannot say: that offsets and ids lead somewhere.

mod common;

use std::collections::HashSet;
use std::fs;

use common::{examples, rapporteur, records, root, text, with_input};
use serde_json::Value;

fn some_records() -> Vec<Value> {
    let mut all = Vec::new();
    for path in examples() {
        all.extend(records(&rapporteur(&["read", &text(&path)])));
    }
    let odd = [
        "No headline, one line — “a quote, 'nested”, and 北京 😀 é.",
        "\u{feff}A\r\n\r\nB said on Monday:\r\n\r\n\"C did not attack D,\" E denied.",
    ];
    for story in odd {
        all.extend(records(&with_input(&["read", "-"], story.as_bytes())));
    }
    assert_eq!(all.len(), examples().len() + odd.len());
    all
}

#[test]
fn records_keep_to_the_schema() {
    let schema =
        fs::read_to_string(root().join("docs/record.schema.json")).expect("the schema is there");
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    jsonschema::meta::validate(&schema).expect("the schema is a schema");
    let validator = jsonschema::validator_for(&schema).expect("the schema compiles");
    for record in some_records() {
        let errors: Vec<String> = validator
            .iter_errors(&record)
            .map(|error| format!("{}: {error}", error.instance_path))
            .collect();
        assert!(
            errors.is_empty(),
            "{}: {errors:#?}",
            record["story"]["headline"]
        );
    }
}

#[test]
fn the_schema_refuses_what_it_should() {
    let schema =
        fs::read_to_string(root().join("docs/record.schema.json")).expect("the schema is there");
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema compiles");
    let record = &some_records()[0];
    let changes: [(&str, Value); 6] = [
        ("/schema", 2.into()),
        ("/story/published", "last week".into()),
        ("/events/0/type", "DANCE".into()),
        ("/events/0/confidence", 1.5.into()),
        ("/events/0/trigger", Value::Array(Vec::new())),
        ("/provenance/model", "unknown".into()),
    ];
    for (place, value) in changes {
        let mut changed = record.clone();
        *changed
            .pointer_mut(place)
            .expect("the example has an event") = value;
        assert!(!validator.is_valid(&changed), "{place}");
    }
}

#[test]
fn offsets_and_ids_lead_somewhere() {
    for record in some_records() {
        let length = record["story"]["text"]
            .as_str()
            .expect("text is text")
            .chars()
            .count();
        check_offsets(&record, length as u64, "");
        for list in ["actors", "places", "claims", "events", "issues"] {
            let ids = ids(&record, list);
            let unique: HashSet<&str> = ids.iter().copied().collect();
            assert_eq!(unique.len(), ids.len(), "{list} have ids of their own");
        }
        for event in record["events"].as_array().expect("events are a list") {
            check_event(&record, event);
        }
        for claim in record["claims"].as_array().expect("claims are a list") {
            resolves(&record, "actors", &claim["source"]["actor"]);
            resolves(&record, "actors", &claim["addressee"]);
            resolves(&record, "claims", &claim["inside"]);
        }
    }
}

fn check_event(record: &Value, event: &Value) {
    for party in ["actor", "recipient"] {
        for id in event[party].as_array().expect("parties are a list") {
            resolves(record, "actors", id);
        }
    }
    resolves(record, "places", &event["place"]);
    resolves(record, "claims", &event["according_to"]);
    let sentence = &record["sentences"][event["sentence"].as_u64().expect("an index") as usize];
    for trigger in event["trigger"].as_array().expect("triggers are a list") {
        assert!(sentence["start"].as_u64() <= trigger[0].as_u64(), "{event}");
        assert!(trigger[1].as_u64() <= sentence["end"].as_u64(), "{event}");
    }
    if let Some(time) = event["date"]["time"].as_u64() {
        assert!(!record["times"][time as usize].is_null(), "{event}");
    }
    let dates = (
        event["date"]["first"].as_str(),
        event["date"]["last"].as_str(),
    );
    assert!(
        dates.0.is_some() == dates.1.is_some() && dates.0 <= dates.1,
        "{event}"
    );
    for quantity in event["quantities"]
        .as_array()
        .expect("quantities are a list")
    {
        let at = quantity.as_u64().expect("an index") as usize;
        assert!(!record["quantities"][at].is_null(), "{event}");
    }
}

fn ids<'r>(record: &'r Value, list: &str) -> Vec<&'r str> {
    let items = record[list].as_array().expect("it is a list");
    items
        .iter()
        .filter_map(|item| item["id"].as_str())
        .collect()
}

fn resolves(record: &Value, list: &str, id: &Value) {
    if let Some(id) = id.as_str() {
        assert!(
            ids(record, list).contains(&id),
            "{id} is not among the {list}"
        );
    }
}

/// Every `start` and `end`, and every pair of numbers, lies in order inside of the text.
fn check_offsets(value: &Value, length: u64, path: &str) {
    let within = |start: &Value, end: &Value| {
        if let (Some(start), Some(end)) = (start.as_u64(), end.as_u64()) {
            assert!(
                start <= end && end <= length,
                "{path}: {start}..{end} of {length}"
            );
        }
    };
    match value {
        Value::Object(fields) => {
            within(&value["start"], &value["end"]);
            for (name, field) in fields {
                check_offsets(field, length, &format!("{path}/{name}"));
            }
        }
        Value::Array(items) => {
            if let [start, end] = items.as_slice()
                && !path.ends_with("/quantities")
            {
                within(start, end);
            }
            for item in items {
                check_offsets(item, length, path);
            }
        }
        _ => {}
    }
}
