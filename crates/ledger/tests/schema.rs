//! A ledger of an older schema becomes what a new one is, with all that it holds.

mod common;

use std::path::Path;

use common::{folder, one_number, rows, world};
use rapporteur_ledger::{Ledger, Reader, VERSION};
use rusqlite::Connection;

/// A ledger of version 3 with what `from` holds.
fn third(path: &Path, from: &Path) {
    let connection = Connection::open(path).expect("a new file opens");
    let scripts = [
        include_str!("../src/schema/v1.sql"),
        include_str!("../src/schema/v2.sql"),
        include_str!("../src/schema/v3.sql"),
    ];
    for script in scripts {
        connection.execute_batch(script).expect("it is sound");
    }
    let marks =
        "PRAGMA application_id = 0x52415050; PRAGMA user_version = 3; PRAGMA foreign_keys = OFF";
    connection.execute_batch(marks).expect("marked");
    connection
        .execute("ATTACH ?1 AS new", [from.to_str()])
        .expect("attached");
    // Version 3 has triggers that add up the actors; what is full text is made anew.
    let copied =
        "SELECT name FROM new.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
                  AND name NOT LIKE 'evidence_text%' AND name <> 'actor_sum'";
    let mut tables = connection.prepare(copied).expect("a question");
    let tables = tables.query_map([], |row| row.get::<_, String>(0));
    for table in tables.expect("tables") {
        let table = table.expect("a name");
        connection
            .execute_batch(&format!("INSERT INTO {table} SELECT * FROM new.{table}"))
            .expect(&table);
    }
    connection
        .execute_batch("INSERT INTO evidence_text (evidence_text) VALUES ('rebuild')")
        .expect("full text");
    connection
        .execute_batch(FIRST_OF_VERSION_3)
        .expect("triggers");
}

/// What the first ledgers of version 3 had besides.
const FIRST_OF_VERSION_3: &str = "
    CREATE TRIGGER issue_counted AFTER INSERT ON issue BEGIN
      INSERT INTO issue_sum VALUES (NEW.id, 0, 0);
    END;
    CREATE TRIGGER position_counted AFTER INSERT ON position BEGIN
      UPDATE issue_sum SET positions = positions + 1 WHERE issue = NEW.issue;
    END;
    CREATE TRIGGER event_issue_counted AFTER INSERT ON event_issue BEGIN
      UPDATE issue_sum SET events = events + 1 WHERE issue = NEW.issue;
    END;";

/// Names and definitions of all that is in the schema.
fn definitions(path: &Path) -> Vec<(String, Option<String>)> {
    let connection = Connection::open(path).expect("opens");
    let mut select = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY 1")
        .expect("a question");
    let found = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    found
        .expect("rows")
        .map(|row| row.expect("a row"))
        .collect()
}

#[test]
fn version_three_becomes_what_a_new_ledger_is() {
    let folder = folder("schema");
    let (new, old) = (folder.join("new.db"), folder.join("old.db"));
    let stories = world(31, 60);
    let add = |path: &Path, some: std::ops::Range<usize>| {
        let mut ledger = Ledger::open(path).expect("opens");
        for told in &stories[some] {
            ledger.add(&told.record).expect("added");
        }
    };
    add(&new, 0..30);
    third(&old, &new);
    assert!(
        Reader::open(&old).is_err(),
        "it is to be brought up to date first"
    );
    add(&new, 30..60);
    add(&old, 30..60);
    assert_eq!(one_number(&old, "PRAGMA user_version"), VERSION);
    assert_eq!(definitions(&old), definitions(&new));
    for question in [
        "SELECT event, occurrence FROM report ORDER BY 1",
        "SELECT actor, acts FROM actor_sum ORDER BY 1",
        "SELECT actor, receives FROM actor_sum ORDER BY 1",
        "SELECT issue, positions FROM issue_sum ORDER BY 1",
        "SELECT issue, events FROM issue_sum ORDER BY 1",
        "SELECT occurrence, actor FROM occurrence_party ORDER BY occurrence, side, actor",
        "SELECT rowid, length(text) FROM evidence_text WHERE evidence_text MATCH 'accused' ORDER BY 1",
    ] {
        let found = rows(&old, question);
        assert!(!found.is_empty(), "{question}");
        assert_eq!(found, rows(&new, question), "{question}");
    }
    let connection = Connection::open(&old).expect("opens");
    let sound: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("an answer");
    assert_eq!(sound, "ok");
}

#[test]
fn the_rules_are_held_without_tables_of_lists() {
    let path = folder("schema").join("rules.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    ledger.add(&world(32, 1)[0].record).expect("added");
    drop(ledger);
    let connection = Connection::open(&path).expect("any program may open it");
    let event = |column: &str, value: &str| {
        let columns = "reading, local, evidence, sentence, quad, trigger, rule, confidence";
        let (mut names, mut values) = (String::new(), String::new());
        for other in ["type", "status"].iter().filter(|other| **other != column) {
            names += &format!(", {other}");
            values += &format!(", {other}");
        }
        connection.execute(
            &format!(
                "INSERT INTO event ({columns}, {column}{names})
                 SELECT reading, 'copy of ' || local || '{value}', evidence, sentence, quad, trigger, rule, confidence,
                   '{value}'{values} FROM event LIMIT 1"
            ),
            [],
        )
    };
    for (column, value, allowed) in [
        ("type", "ASSAULT", true),
        ("type", "AGREE", true),
        ("type", "WAR", false),
        ("status", "denied", true),
        ("status", "disputed", false),
    ] {
        let outcome = event(column, value);
        assert_eq!(outcome.is_ok(), allowed, "{column} {value}: {outcome:?}");
    }
    for (table, list) in [
        ("event", "IN ('AGREE'"),
        ("event", "IN ('actual'"),
        ("claim", "IN ('assert'"),
        ("claim", "IN ('direct'"),
        ("occurrence", "IN ('actual'"),
        ("position", "IN ('for'"),
    ] {
        let sql: String = connection
            .query_row(
                "SELECT sql FROM sqlite_schema WHERE name = ?1",
                [table],
                |row| row.get(0),
            )
            .expect(table);
        assert!(!sql.contains(list), "{table} makes a table of {list}");
    }
}
