//! What people said of a reading holds for a newer one; and the same text in two outlets.

mod common;

use std::path::PathBuf;

use common::{count, folder, one_number, world};
use rapporteur_ledger::query::{Reader, Report};
use rapporteur_ledger::{
    Added, Change, Filter, Ledger, Origin, Outcome, Review, ReviewRow, Reviewed, Visit,
};
use types::record::Record;

/// A ledger of some stories, the first of which has at least three events; gives that one's record.
fn filled(name: &str) -> (PathBuf, Ledger, Record) {
    let path = folder("carrying").join(name);
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let mut told = world(41, 12);
    let at = told
        .iter()
        .position(|told| told.record.events.len() >= 3)
        .expect("some story has three events");
    told.swap(0, at);
    for one in &told {
        ledger.add(&one.record).expect("added");
    }
    (path, ledger, told.swap_remove(0).record)
}

fn reports(path: &PathBuf, record: &Record) -> Vec<Report> {
    let reader = Reader::open(path).expect("opens");
    let mut found = Vec::new();
    reader
        .reports(&Filter::default(), |report| {
            found.push(report);
            Ok(())
        })
        .expect("answers");
    let mut stories = Vec::new();
    reader
        .stories(&Filter::default(), |story| {
            stories.push((story.id, story.hash));
            Ok(())
        })
        .expect("answers");
    found.retain(|report| stories.contains(&(report.story.clone(), record.story.id.clone())));
    found.sort_by_key(|report| report.id[1..].parse::<i64>().expect("a number"));
    found
}

fn reviews(path: &PathBuf) -> Vec<ReviewRow> {
    let reader = Reader::open(path).expect("opens");
    let mut rows = Vec::new();
    reader
        .reviews(|row| {
            rows.push(row);
            Ok(())
        })
        .expect("answers");
    rows
}

fn newer(record: &Record, version: &str) -> Record {
    let mut record = record.clone();
    record.provenance.program = version.into();
    record
}

fn ada() -> Reviewed {
    Reviewed {
        by: Some("Ada".into()),
        note: Some("seen".into()),
        ..Reviewed::default()
    }
}

#[test]
fn what_was_rejected_and_corrected_is_so_in_every_newer_reading() {
    let (path, mut ledger, record) = filled("rejected.db");
    let first = reports(&path, &record);
    let by = ada();
    let reject = Review::Reject {
        event: first[0].id.clone(),
    };
    ledger.review(&reject, &by).expect("rejected");
    let change = |kind: Option<&str>, date: Option<&str>| Change {
        kind: kind.map(str::to_owned),
        date: date.map(str::to_owned),
        ..Change::default()
    };
    let correct = |event: &str, change| Review::Correct {
        event: event.into(),
        change,
    };
    let once = ledger
        .review(&correct(&first[1].id, change(Some("SANCTION"), None)), &by)
        .expect("corrected");
    ledger
        .review(&correct(&once, change(None, Some("2011-03"))), &by)
        .expect("corrected again");
    for version in ["sample 2", "sample 3"] {
        assert_eq!(
            ledger.add(&newer(&record, version)).expect("read anew"),
            Added::Reading
        );
        let now = reports(&path, &record);
        assert_eq!(now.len(), first.len() - 1, "{version}");
        assert!(now.iter().all(|report| report.local != first[0].local));
        let corrected = now
            .iter()
            .find(|report| report.local == first[1].local)
            .expect("it is there");
        assert_eq!(corrected.kind, "SANCTION");
        assert_eq!(corrected.first.as_deref(), Some("2011-03-01"));
        assert!(corrected.rule.starts_with("review:"));
    }
    let rows = reviews(&path);
    let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "reject", "correct", "correct", "reject", "correct", "reject", "correct"
        ]
    );
    let carried: Vec<Option<&str>> = rows.iter().map(|row| row.carried.as_deref()).collect();
    assert_eq!(carried[..3], [None; 3]);
    assert_eq!(
        carried[3..],
        [Some("R1"), Some("R3"), Some("R4"), Some("R5")]
    );
    assert!(
        rows.iter()
            .all(|row| row.reviewer.as_deref() == Some("Ada"))
    );
    let sums = one_number(&path, "SELECT sum(number) FROM month_type");
    let told = one_number(
        &path,
        "SELECT count(*) FROM occurrence WHERE reports > 0 AND day IS NOT NULL",
    );
    assert_eq!(sums, told);
}

#[test]
fn what_was_accepted_stays_as_it_was_accepted() {
    let (path, mut ledger, record) = filled("accepted.db");
    let first = reports(&path, &record);
    for report in &first[..2] {
        let accept = Review::Accept {
            event: report.id.clone(),
        };
        ledger.review(&accept, &ada()).expect("accepted");
    }
    // The newer reading has another status for the first event, and has lost the second one.
    let mut other = newer(&record, "sample 2");
    let at = |local: &str| record.events.iter().position(|event| event.id == local);
    let changed = at(&first[0].local).expect("it is in the record");
    let status = if first[0].status == "possible" {
        "actual"
    } else {
        "possible"
    };
    other.events[changed].status = status.into();
    other.events[changed].according_to = None;
    let lost = at(&first[1].local).expect("it is in the record");
    other.events.remove(lost);
    ledger.add(&other).expect("read anew");
    let now = reports(&path, &record);
    assert_eq!(now.len(), first.len());
    let kept = now
        .iter()
        .find(|report| report.local == first[0].local)
        .expect("it is there");
    assert_eq!(kept.status, first[0].status);
    let copied = now
        .iter()
        .find(|report| report.local.starts_with("review:"))
        .expect("it is copied");
    assert_eq!(
        (
            &copied.trigger,
            &copied.sentence,
            &copied.actor,
            &copied.kind
        ),
        (
            &first[1].trigger,
            &first[1].sentence,
            &first[1].actor,
            &first[1].kind
        )
    );
    // It goes on into the reading behind, and gives way to the event itself where that is read again.
    other.provenance.program = "sample 3".into();
    ledger.add(&other).expect("read anew");
    assert_eq!(reports(&path, &record).len(), first.len());
    ledger.add(&newer(&record, "sample 4")).expect("read anew");
    let last = reports(&path, &record);
    assert_eq!(last.len(), first.len());
    assert!(
        last.iter()
            .all(|report| !report.local.starts_with("review:"))
    );
}

#[test]
fn what_was_split_and_merged_by_hand_stays_so() {
    let (path, mut ledger, record) = filled("split.db");
    let first = reports(&path, &record);
    let split = Review::Split {
        event: first[0].id.clone(),
    };
    let alone = ledger.review(&split, &ada()).expect("split");
    let merge = Review::Merge {
        occurrence: first[2].occurrence.clone(),
        other: reports(&path, &record)[1].occurrence.clone(),
    };
    let together = ledger.review(&merge, &ada());
    ledger.add(&newer(&record, "sample 2")).expect("read anew");
    let now = reports(&path, &record);
    assert_eq!(now[0].occurrence, alone);
    if let Ok(together) = together {
        assert_eq!(now[1].occurrence, together);
        assert_eq!(now[2].occurrence, together);
    }
}

#[test]
fn the_same_text_in_two_outlets_is_two_stories_and_one_telling() {
    let path = folder("carrying").join("outlets.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let mut record = world(42, 1).remove(0).record;
    record.story.publisher = Some("The Daily Quay".into());
    record.story.published = Some("2010-03-01".into());
    assert_eq!(ledger.add(&record).expect("added"), Added::Story);
    let mut copy = record.clone();
    copy.story.publisher = Some("The Evening Sluice".into());
    copy.story.url = Some("https://sluice.example/1".into());
    copy.story.published = Some("2010-03-02".into());
    let origin = |record: &Record, publisher: Option<&'static str>| {
        let origin = Origin {
            hash: &record.story.id,
            publisher,
            url: None,
        };
        ledger
            .has_from(&origin, &record.provenance)
            .expect("answers")
    };
    assert!(origin(&record, Some("the daily quay")));
    assert!(origin(&record, None));
    assert!(!origin(&record, Some("The Evening Sluice")));
    assert_eq!(ledger.add(&copy).expect("added"), Added::Story);
    assert_eq!(ledger.add(&copy).expect("known"), Added::Known);
    let mut unnamed = record.clone();
    unnamed.story.publisher = None;
    unnamed.story.url = None;
    assert_eq!(ledger.add(&unnamed).expect("known"), Added::Known);
    assert_eq!(count(&path, "story"), 2);
    assert_eq!(one_number(&path, "SELECT max(tellings) FROM occurrence"), 1);
    assert_eq!(
        one_number(
            &path,
            "SELECT max(max(actual, planned, possible, negated, claimed, denied)) FROM occurrence"
        ),
        1
    );
    let found = reports(&path, &record);
    assert_eq!(found.len(), 2 * record.events.len());
    let publishers: Vec<&str> = found
        .iter()
        .filter_map(|report| report.publisher.as_deref())
        .collect();
    assert!(publishers.contains(&"The Daily Quay") && publishers.contains(&"The Evening Sluice"));
    let mut rows = Vec::new();
    let reader = Reader::open(&path).expect("opens");
    reader
        .stories(&Filter::default(), |row| {
            rows.push((row.hash, row.copy_of));
            Ok(())
        })
        .expect("answers");
    let id = record.story.id.clone();
    assert_eq!(rows, [(id.clone(), Some("S1".to_owned())), (id, None)]);
}

#[test]
fn visits_are_kept_with_the_stories_that_they_gave() {
    let path = folder("carrying").join("visits.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let mut visit = Visit {
        address: "https://weir.example/rss".into(),
        outcome: Outcome::Feed,
        etag: Some("\"a1\"".into()),
        modified: None,
    };
    let mut batch = ledger.batch().expect("begins");
    batch.visited(&visit).expect("noted");
    drop(batch);
    let reader = Reader::open(&path).expect("opens");
    assert_eq!(reader.visit(&visit.address).expect("answers"), None);
    for etag in ["\"a1\"", "\"a2\""] {
        visit.etag = Some(etag.into());
        let mut batch = ledger.batch().expect("begins");
        batch.visited(&visit).expect("noted");
        batch.commit().expect("on disk");
        let found = reader.visit(&visit.address).expect("answers");
        assert_eq!(found.as_ref(), Some(&visit));
    }
}
