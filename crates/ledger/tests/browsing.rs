//! Lists page by page, profiles and queues, held against the plain questions.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_ledger::query::{Cursor, Listing, Order, Reader};
use rapporteur_ledger::sample::World;
use rapporteur_ledger::{Filter, Ledger, Review, Reviewed};
use rusqlite::Connection;
use rusqlite::types::Value;

/// A ledger of a generated world; each test has its own.
fn world(test: &str, stories: usize) -> std::path::PathBuf {
    let path = common::folder("browsing").join(&format!("{test}.db"));
    let mut ledger = Ledger::open(&path).expect("a new ledger");
    let mut world = World::new(11, 3, 9);
    let mut batch = ledger.batch().expect("a batch");
    for _ in 0..stories {
        batch.add(&world.tell().record).expect("a record is added");
    }
    batch.commit().expect("the batch is written");
    path
}

fn all(reader: &Reader, filter: &Filter) -> Vec<String> {
    let mut ids = Vec::new();
    reader
        .events(filter, |row| {
            ids.push(row.id);
            Ok(())
        })
        .expect("the ledger is asked");
    ids
}

#[test]
fn pages_are_the_list_in_pieces() {
    let path = world("pages_are_the_list_in_pieces", 60);
    let reader = Reader::open(&path).expect("a reader");
    let filters = [
        Filter::default(),
        Filter {
            actor: vec!["USA".into()],
            ..Filter::default()
        },
        Filter {
            types: vec!["assault".into()],
            since: Some("2010".into()),
            ..Filter::default()
        },
        Filter {
            text: Some("accused".into()),
            ..Filter::default()
        },
    ];
    for filter in filters {
        let whole = all(&reader, &filter);
        let mut listing = Listing {
            filter: filter.clone(),
            ..Listing::default()
        };
        let mut seen = Vec::new();
        loop {
            let page = reader.listing(&listing, 23).expect("a page");
            assert_eq!(
                page,
                reader.browse(&listing, 23).expect("the same page").entries
            );
            let Some(last) = page.last() else { break };
            listing.after = last.cursor();
            seen.extend(page.into_iter().map(|entry| entry.id));
        }
        assert_eq!(seen, whole, "{filter:?}");
        listing.after = None;
        listing.order = Order::Earliest;
        let backwards: Vec<String> = reader
            .listing(&listing, usize::MAX >> 1)
            .expect("all")
            .into_iter()
            .map(|entry| entry.id)
            .collect();
        assert!(backwards.iter().eq(whole.iter().rev()), "{filter:?}");
    }
}

#[test]
fn counts_are_those_of_the_rows() {
    let path = world("counts_are_those_of_the_rows", 60);
    let reader = Reader::open(&path).expect("a reader");
    let listing = Listing {
        filter: Filter {
            recipient: vec!["RUS".into()],
            ..Filter::default()
        },
        ..Listing::default()
    };
    let browsed = reader.browse(&listing, 10_000).expect("a page");
    let mut types: BTreeMap<String, u64> = BTreeMap::new();
    let mut actors: BTreeMap<String, u64> = BTreeMap::new();
    for entry in &browsed.entries {
        *types.entry(entry.kind.clone()).or_default() += 1;
        let countries: BTreeSet<&String> = entry
            .actor
            .iter()
            .filter_map(|party| party.country.as_ref())
            .collect();
        countries
            .into_iter()
            .for_each(|code| *actors.entry(code.clone()).or_default() += 1);
    }
    let facets = browsed.facets;
    assert_eq!(facets.counted, browsed.entries.len() as u64);
    assert_eq!(
        facets.types.iter().cloned().collect::<BTreeMap<_, _>>(),
        types
    );
    assert!(facets.types.is_sorted_by(|a, b| a.1 >= b.1));
    assert!(
        facets
            .actors
            .iter()
            .all(|(code, number)| actors[code] == *number)
    );
    assert_eq!(
        reader.total(&Listing::default()).expect("a total"),
        all(&reader, &Filter::default()).len() as u64
    );
    let quads = Listing {
        quad: vec![4],
        ..Listing::default()
    };
    let material = reader.listing(&quads, 100_000).expect("rows");
    assert!(material.iter().all(|entry| entry.quad == 4));
    assert_eq!(
        reader.total(&quads).expect("a total"),
        material.len() as u64
    );
}

#[test]
fn other_orders_sort_and_skip() {
    let path = world("other_orders_sort_and_skip", 60);
    let reader = Reader::open(&path).expect("a reader");
    let mut listing = Listing {
        order: Order::MostTold,
        ..Listing::default()
    };
    let top = reader.listing(&listing, 40).expect("rows");
    assert!(top.is_sorted_by(|a, b| a.tellings >= b.tellings));
    listing.skip = 15;
    assert_eq!(reader.listing(&listing, 25).expect("rows"), top[15..]);
    listing.order = Order::Conflict;
    let worst = reader.listing(&listing, 40).expect("rows");
    assert!(worst.is_sorted_by(|a, b| a.goldstein <= b.goldstein));
}

#[test]
fn a_pair_is_looked_at_from_both_sides() {
    let path = world("a_pair_is_looked_at_from_both_sides", 60);
    let reader = Reader::open(&path).expect("a reader");
    let between = |one: &str, other: &str| {
        let listing = Listing {
            between: Some((one.into(), other.into())),
            ..Listing::default()
        };
        reader.listing(&listing, 10_000).expect("rows")
    };
    let pair = reader.busiest_pairs(5_000, 1).expect("pairs").remove(0);
    let (one, other) = (pair.one.as_str(), pair.other.as_str());
    let rows = between(one, other);
    assert_eq!(rows.len() as u64, pair.occurrences);
    assert_eq!(rows, between(other, one));
    for entry in &rows {
        let sides = [&entry.actor, &entry.recipient].map(|side| {
            side.iter()
                .filter_map(|party| party.country.as_deref())
                .collect::<BTreeSet<_>>()
        });
        let [a, b] = sides;
        let apart = a.contains(one) && b.contains(other) || a.contains(other) && b.contains(one);
        let together = b.is_empty() && a.contains(one) && a.contains(other);
        assert!(apart || together, "{}", entry.id);
    }
}

#[test]
fn an_actor_is_known_by_what_it_did() {
    let path = world("an_actor_is_known_by_what_it_did", 60);
    let reader = Reader::open(&path).expect("a reader");
    let first = reader
        .actor_list(None, None, None, 0, 1)
        .expect("actors")
        .remove(0);
    let profile = reader.profile(&first.who.id).expect("a profile");
    assert_eq!(
        (profile.acts, profile.receives),
        (first.acts, first.receives)
    );
    let listing = Listing {
        party: vec![first.who.id.clone()],
        ..Listing::default()
    };
    let rows = reader.listing(&listing, 10_000).expect("rows");
    let acts = rows
        .iter()
        .filter(|row| row.actor.contains(&first.who))
        .count() as u64;
    assert_eq!(acts, profile.acts);
    let months: u64 = reader
        .months_of(&first.who.id)
        .expect("months")
        .iter()
        .flat_map(|month| month.quads)
        .sum();
    assert_eq!(months, profile.acts + profile.receives);
    let others = reader.counterparts(&first.who.id, 5).expect("counterparts");
    assert!(
        others
            .iter()
            .all(|other| other.quads.iter().sum::<u64>() == other.towards + other.from)
    );
    let ids: Vec<String> = others.iter().map(|other| other.who.id.clone()).collect();
    assert!(
        reader
            .ties(&ids)
            .expect("ties")
            .iter()
            .all(|tie| ids.contains(&tie.one) && ids.contains(&tie.other))
    );
    for claim in reader.last_claims(&first.who.id, 5).expect("claims") {
        assert_eq!(reader.claim(&claim.id).expect("the claim").0, claim);
    }
}

#[test]
fn the_parts_of_a_story_have_their_numbers() {
    let path = world("the_parts_of_a_story_have_their_numbers", 8);
    let reader = Reader::open(&path).expect("a reader");
    let story = reader.story("S3").expect("a story");
    assert_eq!(reader.story(&story.hash).expect("by its hash"), story);
    let record = reader.record("S3").expect("its record");
    let numbers = reader.numbers("S3").expect("numbers");
    assert_eq!(numbers.events.len(), record.events.len());
    for event in &record.events {
        let report = reader
            .report(&numbers.events[&event.id].event)
            .expect("a report");
        assert_eq!(
            (report.local, report.kind),
            (event.id.clone(), event.event.clone())
        );
        assert_eq!(report.occurrence, numbers.events[&event.id].occurrence);
    }
    assert_eq!(numbers.actors.len(), record.actors.len());
    assert_eq!(numbers.claims.len(), record.claims.len());
    assert!(
        reader.story("S999").is_err()
            && reader.profile("A999999").is_err()
            && reader.issue("I9").is_err()
    );
}

#[test]
fn what_is_kept_for_pages_is_what_can_be_counted() {
    let path = world("what_is_kept_for_pages", 60);
    let kept = |question: &str| {
        let connection = Connection::open(&path).expect("the ledger opens");
        let mut select = connection.prepare(question).expect(question);
        let width = select.column_count();
        let rows = select.query_map([], |row| {
            (0..width).map(|at| row.get::<_, Value>(at)).collect()
        });
        rows.expect(question)
            .collect::<rusqlite::Result<Vec<Vec<Value>>>>()
            .expect(question)
    };
    // What version 3 of the schema fills an older ledger with must be what is kept as stories come.
    let script = include_str!("../src/schema/v3.sql");
    let filled = |table: &str| {
        let from = script.find(&format!("INSERT INTO {table}")).expect(table);
        let statement = script[from..].split(';').next().unwrap_or_default();
        statement[statement.find("SELECT").unwrap_or(0)..].to_owned()
    };
    for (table, order) in [
        ("dyad_occurrence", "1, 2, 3, 4"),
        ("actor_sum", "1"),
        ("issue_sum", "1"),
    ] {
        let anew = filled(table).replace("ORDER BY 1, 2, 3, 4", "");
        let anew = kept(&format!("SELECT * FROM ({anew}) ORDER BY {order}"));
        let width = anew.first().map_or(0, Vec::len);
        let mut now = kept(&format!("SELECT * FROM {table} ORDER BY {order}"));
        now.iter_mut().for_each(|row| row.truncate(width));
        assert!(!anew.is_empty());
        assert_eq!(now, anew, "{table}");
    }
}

#[test]
fn the_queue_forgets_what_was_reviewed() {
    let path = world("the_queue_forgets_what_was_reviewed", 8);
    let reader = Reader::open(&path).expect("a reader");
    let before = reader.queue(&Listing::default(), 10_000).expect("a queue");
    assert!(before.is_sorted_by(|a, b| a.confidence <= b.confidence));
    let event = before[0].id.clone();
    let mut ledger = Ledger::open(&path).expect("the writer");
    let review = Review::Accept {
        event: event.clone(),
    };
    ledger
        .review(&review, &Reviewed::default())
        .expect("it is reviewed");
    let after = reader.queue(&Listing::default(), 10_000).expect("a queue");
    assert_eq!(after, before[1..]);
    assert_eq!(reader.state().expect("a state").review, 1);
}

#[test]
fn words_are_looked_for_in_the_last_sentences() {
    let path = world("words_are_looked_for_in_the_last_sentences", 60);
    let reader = Reader::open(&path).expect("a reader");
    let filter = Filter {
        text: Some("accused".into()),
        ..Filter::default()
    };
    let whole = all(&reader, &filter).len();
    let listing = Listing {
        filter: filter.clone(),
        sentences: Some(3),
        ..Listing::default()
    };
    let few = reader.browse(&listing, 100).expect("a page");
    assert!(few.entries.len() <= 3 && whole > 3 && few.facets.more);
    let hits = reader
        .search_latest("accused", &Filter::default(), 3)
        .expect("hits");
    assert_eq!(hits.len(), 3);
    let mut every = Vec::new();
    reader
        .search("accused", &Filter::default(), |hit| {
            every.push(hit);
            Ok(())
        })
        .expect("hits");
    assert_eq!(
        reader
            .search_latest("accused", &Filter::default(), 100_000)
            .expect("hits"),
        every
    );
}

#[test]
fn a_question_can_be_stopped() {
    let path = world("a_question_can_be_stopped", 60);
    let reader = Reader::open(&path).expect("a reader");
    let stopper = reader.stopper();
    let mut rows = 0;
    let outcome = reader.events(&Filter::default(), |_| {
        rows += 1;
        stopper.stop();
        Ok(())
    });
    assert!(outcome.is_err() && rows < 5, "{rows}");
    assert!(reader.totals().expect("the reader goes on").occurrences > 100);
    assert_eq!(Cursor::parse("x"), None);
}
