//! Flat tables of the examples' golden records.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use rapporteur_tables::{
    Failure, Reading, Table, TableError, flatten, readings, readings_schema, version,
};
use types::record::Record;

fn golden(name: &str) -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/{name}.record.json"));
    let indented = fs::read_to_string(path).expect("the example is there");
    let record: Record = serde_json::from_str(&indented).expect("a record");
    serde_json::to_string(&record).expect("a record is JSON")
}

/// Two stories, and between them a document without one.
fn some() -> (RecordBatch, Vec<Record>) {
    let jsons = [
        golden("talks-at-the-lake"),
        golden("shelling-at-the-crossing"),
    ];
    let failed = Reading {
        story: None,
        reference: Some("broken".into()),
        url: None,
        published: Some("2015-05-12".into()),
        outcome: Err(Failure::new("no_text", "There is no text.")),
    };
    let of = |json: &String| Reading::of_record(json).expect("a record");
    let batch = readings(&[of(&jsons[0]), failed, of(&jsons[1])]).expect("a batch");
    let records = jsons
        .iter()
        .map(|json| serde_json::from_str(json).expect("a record"));
    (batch, records.collect())
}

fn texts(batch: &RecordBatch, column: &str) -> Vec<Option<String>> {
    let column = batch.column_by_name(column).expect("the column is there");
    let column = column.as_string::<i32>();
    column.iter().map(|cell| cell.map(str::to_owned)).collect()
}

#[test]
fn every_event_claim_and_actor_has_its_row() {
    let (batch, records) = some();
    let flat = |table| flatten(table, &batch).expect("a flat table");
    let number = |of: fn(&Record) -> usize| records.iter().map(of).sum::<usize>();
    assert_eq!(flat(Table::Stories).num_rows(), 2);
    assert_eq!(flat(Table::Events).num_rows(), number(|r| r.events.len()));
    assert_eq!(flat(Table::Claims).num_rows(), number(|r| r.claims.len()));
    assert_eq!(flat(Table::Actors).num_rows(), number(|r| r.actors.len()));
    assert_eq!(
        flat(Table::Problems).num_rows(),
        number(|r| r.problems.len()) + 1
    );
    for table in Table::ALL {
        assert_eq!(flat(table).schema(), table.schema(), "{table}");
    }
}

#[test]
fn cells_are_those_of_the_record() {
    let (batch, records) = some();
    let events = flatten(Table::Events, &batch).expect("a flat table");
    let record = &records[0];
    let words: Vec<char> = record.story.text.chars().collect();
    let short = version(&record.provenance);
    let triggers = texts(&events, "trigger");
    let ids = texts(&events, "id");
    let according_to = texts(&events, "according_to");
    for (row, event) in record.events.iter().enumerate() {
        let trigger = event
            .trigger
            .iter()
            .map(|[start, end]| words[*start..*end].iter().collect::<String>());
        assert_eq!(triggers[row], Some(trigger.collect::<Vec<_>>().join(" ")));
        assert_eq!(
            ids[row],
            Some(format!("{}-{short}-{}", record.story.id, event.id))
        );
        assert_eq!(
            according_to[row].is_some(),
            event.according_to.is_some(),
            "{}",
            event.id
        );
    }
    let stories = flatten(Table::Stories, &batch).expect("a flat table");
    assert_eq!(
        texts(&stories, "record")[0],
        Some(golden("talks-at-the-lake"))
    );
    let counts = stories
        .column_by_name("events")
        .expect("a column")
        .as_primitive::<Int64Type>();
    assert_eq!(counts.value(0), record.events.len() as i64);
}

#[test]
fn ids_are_unique_and_the_same_again() {
    let (batch, _) = some();
    for table in [Table::Events, Table::Claims, Table::Actors] {
        let ids = texts(&flatten(table, &batch).expect("a flat table"), "id");
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>().len(),
            ids.len(),
            "{table}"
        );
        let again = flatten(table, &some().0).expect("a flat table");
        assert_eq!(texts(&again, "id"), ids);
    }
}

#[test]
fn a_document_without_a_story_is_a_problem() {
    let (batch, _) = some();
    let problems = flatten(Table::Problems, &batch).expect("a flat table");
    let row = texts(&problems, "story")
        .iter()
        .position(Option::is_none)
        .expect("one without a story");
    assert_eq!(texts(&problems, "ref")[row].as_deref(), Some("broken"));
    assert_eq!(texts(&problems, "kind")[row].as_deref(), Some("no_text"));
    assert!(
        problems
            .column_by_name("version")
            .expect("a column")
            .is_null(row)
    );
    let days = problems
        .column_by_name("published")
        .expect("a column")
        .as_primitive::<Date32Type>();
    assert_eq!(days.value(row), 16_567);
}

#[test]
fn what_is_no_table_of_readings_is_told() {
    let (batch, _) = some();
    let without = batch.project(&[0, 1, 2, 3]).expect("some columns");
    let told = flatten(Table::Events, &without).map_err(|error| error.to_string());
    assert_eq!(
        told.err().as_deref(),
        Some("there is no column `record`; the columns are story, ref, url, published")
    );
    let broken = Reading {
        story: None,
        reference: None,
        url: None,
        published: None,
        outcome: Ok("{}".into()),
    };
    let broken = readings(&[broken]).expect("a batch");
    assert!(matches!(
        flatten(Table::Events, &broken),
        Err(TableError::NoRecord { row: 0, .. })
    ));
    assert!(Reading::of_record("[]").is_err());
    let empty = RecordBatch::new_empty(readings_schema());
    assert_eq!(
        flatten(Table::Events, &empty)
            .map(|batch| batch.num_rows())
            .ok(),
        Some(0)
    );
}

#[test]
fn every_column_has_a_name_of_its_own_and_says_what_it_is() {
    for table in Table::ALL {
        let names: BTreeSet<&str> = table.columns().iter().map(|column| column.name).collect();
        assert_eq!(names.len(), table.columns().len(), "{table}");
        assert_eq!(table.as_str().parse::<Table>(), Ok(table));
        for column in table.columns() {
            let named = column
                .name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            assert!(
                named && !column.about.is_empty() && !column.about.contains('|'),
                "{}",
                column.name
            );
        }
    }
    assert!("event".parse::<Table>().is_err());
}
