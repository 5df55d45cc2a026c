//! Bringing together, on the generated world where it is known what is the same.

mod common;

use std::collections::{BTreeMap, HashMap};

use common::{folder, one_number, rows, world};
use rapporteur_ledger::{Added, Ledger};

/// Pairs of reports that are of one thing: found and right, found, and there.
fn pairs(found: &[(i64, u64)]) -> (usize, usize, usize) {
    let two = |n: &usize| n * n.saturating_sub(1) / 2;
    let mut both: HashMap<(i64, u64), usize> = HashMap::new();
    let (mut ours, mut theirs) = (HashMap::new(), HashMap::new());
    for (occurrence, truth) in found {
        *both.entry((*occurrence, *truth)).or_default() += 1;
        *ours.entry(*occurrence).or_insert(0usize) += 1;
        *theirs.entry(*truth).or_insert(0usize) += 1;
    }
    (
        both.values().map(two).sum(),
        ours.values().map(two).sum(),
        theirs.values().map(two).sum(),
    )
}

#[test]
fn what_is_told_often_is_one_occurrence() {
    let path = folder("together").join("world.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let stories = world(7, 400);
    let mut batch = ledger.batch().expect("nobody else writes");
    stories
        .iter()
        .for_each(|told| assert_ne!(batch.add(&told.record).expect("added"), Added::Known));
    batch.commit().expect("written");
    let truth = stories.iter().flat_map(|told| told.truth.iter().copied());
    let reports = rows(&path, "SELECT event, occurrence FROM report ORDER BY event");
    let found: Vec<(i64, u64)> = reports
        .iter()
        .map(|(_, occurrence)| *occurrence)
        .zip(truth)
        .collect();
    let (right, ours, theirs) = pairs(&found);
    let (precision, recall) = (right as f64 / ours as f64, right as f64 / theirs as f64);
    assert!(theirs > 1_000, "{theirs}");
    assert!(precision > 0.97, "precision {precision}");
    assert!(recall > 0.90, "recall {recall}");
}

#[test]
fn no_occurrence_holds_a_contradiction() {
    let path = folder("together").join("contradictions.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    for told in world(8, 200) {
        ledger.add(&told.record).expect("added");
    }
    // Two reports whose days do not meet, or which are in different towns of the generated world, where no two are
    // near each other.
    let apart = one_number(
        &path,
        "SELECT count(*) FROM report a JOIN report b USING (occurrence) JOIN event x ON x.id = a.event
         JOIN event y ON y.id = b.event
         WHERE x.first > y.last OR x.place <> y.place OR x.type <> y.type",
    );
    assert_eq!(apart, 0);
    assert!(one_number(&path, "SELECT max(reports) FROM occurrence") > 3);
}

#[test]
fn counts_and_sums_are_those_of_the_reports() {
    let path = folder("together").join("counts.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    for mut told in world(9, 60) {
        ledger.add(&told.record).expect("added");
        if told.record.events.len() % 3 == 0 {
            told.record.provenance.lexicon = "newer".into();
            told.record.events.pop();
            ledger.add(&told.record).expect("read anew");
        }
    }
    let differing = one_number(
        &path,
        "SELECT count(*) FROM occurrence o WHERE reports <> (SELECT count(*) FROM report WHERE occurrence = o.id)
            OR tellings <> (SELECT count(DISTINCT story.telling) FROM report JOIN event ON event.id = report.event
                 JOIN reading ON reading.id = event.reading JOIN story ON story.id = reading.story
                 WHERE report.occurrence = o.id)
            OR actual <> (SELECT count(DISTINCT story.telling) FROM report JOIN event ON event.id = report.event
                 JOIN reading ON reading.id = event.reading JOIN story ON story.id = reading.story
                 WHERE report.occurrence = o.id AND event.status = 'actual')",
    );
    assert_eq!(differing, 0);
    let from_rows: BTreeMap<i64, i64> = rows(
        &path,
        "SELECT cast(replace(substr(day, 1, 7), '-', '') AS INTEGER), count(*) FROM occurrence WHERE reports > 0 GROUP BY 1",
    )
    .into_iter()
    .collect();
    let from_sums: BTreeMap<i64, i64> = rows(
        &path,
        "SELECT cast(replace(month, '-', '') AS INTEGER), sum(number) FROM month_type GROUP BY 1 HAVING sum(number) > 0",
    )
    .into_iter()
    .collect();
    assert_eq!(from_rows, from_sums);
}

#[test]
fn a_copy_is_no_second_telling() {
    let path = folder("together").join("copies.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let original = world(10, 8)
        .into_iter()
        .max_by_key(|told| told.record.events.len())
        .expect("eight")
        .record;
    let mut copy = original.clone();
    copy.story.id = "another".into();
    copy.story
        .text
        .push_str("\nThis report was distributed by an agency to its customers.");
    let mut other = world(11, 1).remove(0).record;
    other.story.id = "third".into();
    for record in [&original, &copy, &other] {
        ledger.add(record).expect("added");
    }
    assert_eq!(
        rows(&path, "SELECT id, telling FROM story"),
        [(1, 1), (2, 1), (3, 3)]
    );
    let of_copy = one_number(
        &path,
        "SELECT count(*) FROM occurrence WHERE reports >= 2 AND tellings = 1",
    );
    assert!(of_copy > 0);
    assert_eq!(
        one_number(&path, "SELECT count(*) FROM occurrence WHERE tellings > 1"),
        0
    );
}
