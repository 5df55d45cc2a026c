//! Which occurrences a report is compared with.
//!
//! Every occurrence is entered under a few handles: hashes of its type with its parties or its place. A report looks
//! up its own handles within some days of its date, so that the work for one report does not grow with the ledger.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::sketch::Sketch;
use super::{Mention, Party, PlaceFacts};
use crate::days::Day;
use crate::error::Result;
use crate::words;

/// Most occurrences that a report is compared with. They are the nearest in time.
const MOST: usize = 48;

/// Occurrences under one handle within some days, 256 at most. (A kept statement whose limit is bound is planned anew each
/// time it is taken, which takes longer than the question itself.)
const WITHIN: &str =
    "SELECT day, occurrence FROM handle WHERE hash = ?1 AND day BETWEEN ?2 AND ?3 LIMIT 256";

/// Of these, so many are taken: the nearest in time.
const NEAREST: usize = 24;

/// Most parties of a side that make handles; whole lists of states meet at summits.
const MOST_TOKENS: usize = 3;

/// A handle, as it is kept.
fn handle(form: &str, kind: &str, parts: &[u64]) -> i64 {
    let mut bytes = Vec::with_capacity(32);
    bytes.extend_from_slice(form.as_bytes());
    bytes.extend_from_slice(kind.as_bytes());
    parts
        .iter()
        .for_each(|part| bytes.extend_from_slice(&part.to_le_bytes()));
    words::hash(&bytes) as i64
}

fn tokens(parties: &[Party]) -> Vec<u64> {
    let mut found: Vec<u64> = parties.iter().map(Party::token).collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST_TOKENS);
    found
}

/// Pairs of one of each side, the smaller first: either may have been told as the actor.
fn pairs(a: &[u64], b: &[u64]) -> Vec<[u64; 2]> {
    let pair = |x: u64, y: u64| [x.min(y), x.max(y)];
    let mut found: Vec<[u64; 2]> = if b.is_empty() {
        // Both may stand on one side: "A and B met".
        a.iter()
            .enumerate()
            .flat_map(|(i, x)| a[i + 1..].iter().map(move |y| pair(*x, *y)))
            .collect()
    } else {
        a.iter()
            .flat_map(|x| b.iter().map(move |y| pair(*x, *y)))
            .collect()
    };
    found.sort_unstable();
    found.dedup();
    found
}

fn place_token(place: &PlaceFacts) -> u64 {
    match (&place.country, place.level()) {
        (Some(country), 0) => words::hash(country.as_bytes()),
        _ => u64::from(place.name),
    }
}

/// Under what an occurrence is entered.
pub(crate) fn entries(sketch: &Sketch) -> Vec<i64> {
    let kind = sketch.kind.as_str();
    let (a, b) = (tokens(&sketch.actors), tokens(&sketch.recipients));
    let mut found: Vec<i64> = pairs(&a, &b)
        .iter()
        .map(|pair| handle("pair", kind, pair))
        .collect();
    let one_sided = a.is_empty() != b.is_empty();
    for token in a.iter().chain(&b) {
        found.push(handle("side", kind, &[*token]));
        if one_sided {
            found.push(handle("only", kind, &[*token]));
        }
    }
    if a.is_empty() && b.is_empty() {
        found.push(handle("none", kind, &[]));
    }
    for place in &sketch.places {
        found.push(handle("place", kind, &[place_token(place)]));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What a report looks up: its pairs where it names both sides, and occurrences of which one side is told; everything
/// of its one side where it names one; its place.
fn lookups(mention: &Mention) -> Vec<i64> {
    let kind = mention.kind.as_str();
    let (a, b) = (tokens(&mention.actors), tokens(&mention.recipients));
    let both = !a.is_empty() && !b.is_empty();
    let mut found: Vec<i64> = pairs(&a, &b)
        .iter()
        .map(|pair| handle("pair", kind, pair))
        .collect();
    let form = if both { "only" } else { "side" };
    found.extend(
        a.iter()
            .chain(&b)
            .map(|token| handle(form, kind, &[*token])),
    );
    if a.is_empty() && b.is_empty() {
        found.push(handle("none", kind, &[]));
    }
    if let Some(place) = mention.place.as_ref().filter(|_| !both) {
        found.push(handle("place", kind, &[place_token(place)]));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The first and last day on which an occurrence is looked for: reports of an exact day are looked for there, and
/// later, where the day of an occurrence is that of a late report; others before the day of the report.
fn window(mention: &Mention, day: Day) -> (i32, i32) {
    let (before, after) = if mention.days.is_some_and(|days| days.first == day) {
        (3, 7)
    } else {
        (10, 3)
    };
    (day.number() - before, day.number() + after)
}

/// Numbers of the occurrences that a report is compared with, ascending.
pub(crate) fn candidates(connection: &Connection, mention: &Mention) -> Result<BTreeSet<i64>> {
    let mut found = BTreeSet::new();
    // Without any date, an occurrence is known by its handle alone: day 0 stands for none.
    let day = mention.day().unwrap_or(Day::from_number(0));
    let (first, last) = window(mention, day);
    let mut within = connection.prepare_cached(WITHIN)?;
    let mut near: Vec<(u32, i64)> = Vec::new();
    for hash in lookups(mention) {
        near.clear();
        let mut rows = within.query(params![hash, first, last])?;
        while let Some(row) = rows.next()? {
            near.push((day.number().abs_diff(row.get(0)?), row.get(1)?));
        }
        // Sorted here: SQLite would make a table of them for each handle.
        near.sort_unstable();
        for (_, occurrence) in near.iter().take(NEAREST) {
            if found.len() < MOST {
                found.insert(*occurrence);
            }
        }
    }
    Ok(found)
}

/// Enters an occurrence under its handles on its day.
pub(crate) fn enter(
    connection: &Connection,
    occurrence: i64,
    day: Option<Day>,
    handles: &[i64],
) -> Result<()> {
    let day = day.map_or(0, Day::number);
    let mut insert = connection.prepare_cached(
        "INSERT INTO handle (hash, day, occurrence) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    for hash in handles {
        insert.execute(params![hash, day, occurrence])?;
    }
    Ok(())
}
