//! Records go in whole, once, and their events are brought together.

mod common;

use common::{count, folder, one_number, world};
use rapporteur_ledger::{Added, Ledger, LedgerError, VERSION};
use rusqlite::Connection;

#[test]
fn a_record_is_added_once_and_a_newer_reading_beside_it() {
    let path = folder("adding").join("once.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let mut record = world(1, 1).remove(0).record;
    assert_eq!(ledger.add(&record).expect("added"), Added::Story);
    assert_eq!(ledger.add(&record).expect("known"), Added::Known);
    let reports = one_number(&path, "SELECT count(*) FROM report");
    assert_eq!(reports, record.events.len() as i64);
    record.provenance.program = "sample 2".into();
    record.events.truncate(1);
    assert_eq!(ledger.add(&record).expect("read anew"), Added::Reading);
    assert_eq!(count(&path, "story"), 1);
    assert_eq!(count(&path, "reading"), 2);
    assert_eq!(one_number(&path, "SELECT count(*) FROM report"), 1);
    assert_eq!(one_number(&path, "SELECT sum(reports) FROM occurrence"), 1);
    assert_eq!(one_number(&path, "SELECT sum(number) FROM month_type"), 1);
}

#[test]
fn a_record_that_contradicts_itself_leaves_nothing_and_the_next_one_goes_in() {
    let path = folder("adding").join("broken.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let stories = world(2, 3);
    let mut broken = stories[0].record.clone();
    let last = broken.events.len() - 1;
    broken.events[last].actor = vec!["a99".into()];
    let mut batch = ledger.batch().expect("nobody else writes");
    let error = batch.add(&broken).expect_err("there is no a99");
    assert!(error.is_about_the_record());
    assert!(error.to_string().contains("a99"), "{error}");
    batch.add(&stories[1].record).expect("the next one goes in");
    batch.commit().expect("and stays");
    assert_eq!(count(&path, "story"), 1);
    assert_eq!(count(&path, "event"), stories[1].record.events.len() as i64);
}

#[test]
fn refused_records_take_nothing_of_their_batch_with_them() {
    let stories = world(12, 40);
    let refused = |number: usize| [7, 8, 20, 39].contains(&number);
    let folder = folder("adding");
    let (path, without) = (folder.join("refused.db"), folder.join("without.db"));
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    for (number, some) in stories.chunks(15).enumerate() {
        let mut batch = ledger.batch().expect("nobody else writes");
        for (at, told) in some.iter().enumerate() {
            let mut record = told.record.clone();
            if refused(number * 15 + at) {
                // Much of it is in the tables by then.
                let last = record.events.last_mut().expect("an event");
                last.confidence = 3.0;
                batch.add(&record).expect_err("it is against the rules");
            } else {
                assert_eq!(batch.add(&record).expect("added"), Added::Story);
            }
        }
        batch.commit().expect("written");
    }
    let mut other = Ledger::open(&without).expect("a new ledger opens");
    for (_, told) in stories.iter().enumerate().filter(|(at, _)| !refused(*at)) {
        other.add(&told.record).expect("added");
    }
    for question in [
        "SELECT event, occurrence FROM report ORDER BY 1",
        "SELECT id, reports FROM occurrence ORDER BY 1",
        "SELECT actor, number FROM actor_sum ORDER BY 1",
        "SELECT rowid, length(text) FROM evidence_text WHERE evidence_text MATCH 'accused' ORDER BY 1",
    ] {
        let found = common::rows(&path, question);
        assert!(!found.is_empty(), "{question}");
        assert_eq!(found, common::rows(&without, question), "{question}");
    }
}

#[test]
fn what_another_program_has_written_is_not_forgotten() {
    let stories = world(13, 40);
    let folder = folder("adding");
    let (path, alone) = (folder.join("two.db"), folder.join("alone.db"));
    let mut one = Ledger::open(&path).expect("a new ledger opens");
    let mut two = Ledger::open(&path).expect("and once more");
    let mut only = Ledger::open(&alone).expect("a new ledger opens");
    for (at, told) in stories.iter().enumerate() {
        let writer = if at % 3 == 0 { &mut two } else { &mut one };
        writer.add(&told.record).expect("added");
        only.add(&told.record).expect("added");
    }
    for question in [
        "SELECT event, occurrence FROM report ORDER BY 1",
        "SELECT id, reports FROM occurrence ORDER BY 1",
        "SELECT actor, number FROM actor_sum ORDER BY 1",
    ] {
        let found = common::rows(&path, question);
        assert_eq!(found, common::rows(&alone, question), "{question}");
    }
}

#[test]
fn what_the_tables_forbid_is_the_records_fault() {
    let path = folder("adding").join("forbidden.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let whole = world(3, 1).remove(0).record;
    type Change = Box<dyn Fn(&mut types::record::Record)>;
    let mut changes: Vec<Change> = Vec::new();
    changes.push(Box::new(|r| r.events[0].event = "PARTY".into()));
    changes.push(Box::new(|r| r.events[0].confidence = 2.0));
    changes.push(Box::new(|r| {
        r.events[0].goldstein = Some(f64::NAN.max(11.0))
    }));
    changes.push(Box::new(|r| r.events[0].sentence = 10_000));
    changes.push(Box::new(|r| r.events[0].trigger = vec![[5, 1_000_000]]));
    changes.push(Box::new(|r| r.actors[0].kind = "spirit".into()));
    changes.push(Box::new(|r| r.story.published = Some("yesterday".into())));
    changes.push(Box::new(|r| {
        r.events[0].date.first = Some("2015-02-31".into())
    }));
    changes.push(Box::new(|r| r.story.id = String::new()));
    for (number, change) in changes.iter().enumerate() {
        let mut record = whole.clone();
        record.events[0].date.last = Some("2015-02-28".into());
        record.events[0].date.first = Some("2015-02-28".into());
        change(&mut record);
        let error = ledger.add(&record).expect_err("it is against the rules");
        assert!(error.is_about_the_record(), "{number}: {error}");
        assert_eq!(count(&path, "story"), 0, "{number}");
    }
    ledger.add(&whole).expect("the ledger is as good as before");
}

#[test]
fn the_ledger_only_adds() {
    let path = folder("adding").join("only-adds.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    ledger.add(&world(4, 1)[0].record).expect("added");
    drop(ledger);
    let connection = Connection::open(&path).expect("any program may open it");
    for statement in [
        "UPDATE event SET status = 'actual'",
        "DELETE FROM event",
        "UPDATE story SET text = ''",
        "DELETE FROM reading",
        "DELETE FROM claim",
    ] {
        let error = connection.execute(statement, []).expect_err(statement);
        assert!(error.to_string().contains("only adds"), "{error}");
    }
}

#[test]
fn newer_and_foreign_files_are_refused() {
    let folder = folder("adding");
    let newer = folder.join("newer.db");
    drop(Ledger::open(&newer).expect("a new ledger opens"));
    let connection = Connection::open(&newer).expect("opens");
    connection
        .pragma_update(None, "user_version", VERSION + 1)
        .expect("written");
    drop(connection);
    let error = Ledger::open(&newer).err().expect("it is newer");
    assert!(matches!(error, LedgerError::Newer { .. }), "{error}");
    assert!(error.to_string().contains("update rapporteur"), "{error}");

    let foreign = folder.join("foreign.db");
    let connection = Connection::open(&foreign).expect("opens");
    connection
        .execute_batch("CREATE TABLE shopping (item TEXT)")
        .expect("written");
    drop(connection);
    let error = Ledger::open(&foreign).err().expect("it is somebody else's");
    assert!(matches!(error, LedgerError::Foreign { .. }), "{error}");

    let text = folder.join("text.db");
    std::fs::write(
        &text,
        "This is a letter, and no database at all. ".repeat(50),
    )
    .expect("written");
    let error = Ledger::open(&text).err().expect("it is text");
    assert!(error.to_string().contains("no ledger"), "{error}");
}

#[test]
fn a_batch_that_is_dropped_was_never_there() {
    let path = folder("adding").join("dropped.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let stories = world(5, 6);
    let mut batch = ledger.batch().expect("nobody else writes");
    for told in &stories[..3] {
        batch.add(&told.record).expect("added");
    }
    drop(batch);
    assert_eq!(count(&path, "story"), 0);
    assert_eq!(count(&path, "occurrence"), 0);
    for told in &stories {
        ledger
            .add(&told.record)
            .expect("what was taken back can be added");
    }
    assert_eq!(count(&path, "story"), 6);
}

#[test]
fn the_same_stories_give_the_same_ledger() {
    let stories = world(6, 40);
    let contents = |name: &str, together: usize| {
        let path = folder("adding").join(name);
        let mut ledger = Ledger::open(&path).expect("a new ledger opens");
        for some in stories.chunks(together) {
            let mut batch = ledger.batch().expect("nobody else writes");
            some.iter()
                .for_each(|told| assert_ne!(batch.add(&told.record).expect("added"), Added::Known));
            batch.commit().expect("written");
        }
        drop(ledger);
        common::rows(&path, "SELECT event, occurrence FROM report ORDER BY event")
    };
    assert_eq!(contents("by-one.db", 1), contents("by-seven.db", 7));
}

#[test]
fn an_older_ledger_is_brought_up_to_date_with_what_it_holds() {
    let path = folder("adding").join("older.db");
    let records = world(8, 3);
    {
        let connection = Connection::open(&path).expect("a new file opens");
        let script = include_str!("../src/schema/v1.sql");
        connection
            .execute_batch(script)
            .expect("version 1 is sound");
        let marks = "PRAGMA application_id = 0x52415050; PRAGMA user_version = 1;";
        connection.execute_batch(marks).expect("marked");
    }
    let old = rapporteur_ledger::Reader::open(&path)
        .err()
        .map(|error| error.to_string());
    assert!(old.is_some_and(|error| error.contains("older schema 1")));
    let mut ledger = Ledger::open(&path).expect("it is brought up to date");
    assert_eq!(one_number(&path, "PRAGMA user_version"), VERSION);
    for told in &records {
        assert_eq!(ledger.add(&told.record).expect("added"), Added::Story);
    }
    assert_eq!(count(&path, "visit"), 0);
    assert_eq!(count(&path, "story"), 3);
}
