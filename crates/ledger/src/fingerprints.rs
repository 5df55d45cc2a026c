//! Copies of a story: which stories are one telling.
//!
//! After Manber, "Finding similar files in a large file system" (USENIX 1994): of the hashes of all runs of five
//! words, those that are divisible by [`SAMPLE`] are kept. They are the same in a copy, whatever was cut off, put
//! before or set differently, so that the share that two stories have in common says how much text they share.

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::words;

/// Words in a run. Runs of five are hardly ever the same by chance; in quotations of the same speech they are.
const RUN: usize = 5;

/// One hash in so many is kept: some 30 for a story of 500 words, so that the share of a copy of which nine tenths are
/// the same is estimated to within a tenth.
const SAMPLE: u64 = 16;

/// The share of the shorter one's fingerprints that a copy has in common with what it was copied from. Two reports of
/// one event that quote the same words share a tenth; a cut and lightly edited copy nearly all.
const ENOUGH: f64 = 0.5;

/// Fewest common fingerprints: below, it may be a quotation that both have.
const FEWEST: usize = 4;

/// Tellings with a fingerprint. Twelve at most: phrases that stand in more stories say nothing. (A kept statement
/// whose limit is bound is planned anew each time it is taken, which takes longer than the question itself.)
const WITH: &str = "SELECT telling FROM fingerprint WHERE hash = ?1 LIMIT 12";

/// The fingerprints of a text, sorted, each once.
pub(crate) fn fingerprints(text: &str) -> Vec<i64> {
    let hashes: Vec<u64> = words::words(text)
        .map(|word| words::hash(word.as_bytes()))
        .collect();
    let mut kept: Vec<i64> = hashes
        .windows(RUN)
        .map(run_hash)
        .filter(|hash| hash % SAMPLE == 0)
        .map(|hash| hash as i64)
        .collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

fn run_hash(run: &[u64]) -> u64 {
    let mixed = run.iter().fold(0u64, |sum, hash| {
        sum.rotate_left(13).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ hash
    });
    // The upper bits are mixed best.
    mixed ^ (mixed >> 32)
}

/// The telling that a story with these fingerprints is a copy of: the one that shares most, and of these the first.
pub(crate) fn telling(connection: &Connection, prints: &[i64]) -> Result<Option<i64>> {
    let mut counts = std::collections::BTreeMap::new();
    let mut with = connection.prepare_cached(WITH)?;
    for print in prints {
        let mut rows = with.query([print])?;
        while let Some(row) = rows.next()? {
            *counts.entry(row.get::<_, i64>(0)?).or_insert(0usize) += 1;
        }
    }
    let mut size = connection.prepare_cached("SELECT prints FROM story WHERE id = ?1")?;
    let mut best: Option<(f64, i64)> = None;
    for (telling, common) in counts {
        if common < FEWEST {
            continue;
        }
        let other: usize = size.query_row([telling], |row| row.get(0))?;
        let share = common as f64 / prints.len().min(other).max(1) as f64;
        if share >= ENOUGH && best.is_none_or(|(most, _)| share > most) {
            best = Some((share, telling));
        }
    }
    Ok(best.map(|(_, telling)| telling))
}

/// Keeps the fingerprints of the first story of a telling.
pub(crate) fn keep(connection: &Connection, telling: i64, prints: &[i64]) -> Result<()> {
    let mut insert =
        connection.prepare_cached("INSERT INTO fingerprint (hash, telling) VALUES (?1, ?2)")?;
    for print in prints {
        insert.execute(params![print, telling])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of numbers written out, all different.
    fn text(from: usize, sentences: usize) -> String {
        (from..from + sentences)
            .map(|n| {
                format!(
                    "Envoy {n} of province {} met mayor {} on road {}. ",
                    n * 7,
                    n * 13,
                    n * 17
                )
            })
            .collect()
    }

    #[test]
    fn a_cut_copy_shares_most_and_another_story_nothing() {
        let whole = fingerprints(&text(0, 40));
        let cut = fingerprints(&format!(
            "ALL RIGHTS RESERVED\n{}",
            text(0, 25).to_uppercase()
        ));
        let other = fingerprints(&text(500, 40));
        assert!(whole.len() > 10, "{}", whole.len());
        assert!(words::shared(&whole, &cut) * 10 >= cut.len() * 8);
        assert_eq!(words::shared(&whole, &other), 0);
    }

    #[test]
    fn little_text_has_no_fingerprints() {
        assert!(fingerprints("Four words, no more").is_empty());
        assert!(fingerprints("").is_empty());
    }
}
