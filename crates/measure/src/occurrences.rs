//! `measure occurrences STORIES.jsonl FOLDER ANNOTATION.tsv`: bringing together, on annotated events.
//!
//! The events of the stories come from their annotation (`FOLDER/train`, `FOLDER/dev`), so that reading is not
//! measured, and go into a new ledger in the order of publication. Pairs of reports that the ledger brings together are
//! held against those of the annotation of occurrences. The weights of `likeness` were set on these stories: with the
//! weights set on the others, each pair of stories on one subject scores lower.

mod gold;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::Path;

use ledger::query::{Filter, Reader};
use ledger::{Ledger, LedgerError};

use crate::options::text;
use crate::{Failure, Ratio};

/// An event: its story and its number there.
type Key = (String, usize);

/// Scores the ledger.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let [stories, folder, annotation] = args else {
        return Err(Failure::Usage(
            "measure occurrences STORIES.jsonl FOLDER ANNOTATION.tsv".into(),
        ));
    };
    let annotated = Annotated::read(&text(annotation)?, annotation)?;
    let records = gold::records(stories, Path::new(folder))?;
    let found = together(&records).map_err(|error| Failure::Usage(error.to_string()))?;
    println!("set,measure,precision,recall,f1,command");
    let command = format!("measure occurrences {stories} {folder} {annotation}");
    for (measure, wanted) in [
        ("pairs within a story", Some(false)),
        ("pairs across stories", Some(true)),
        ("pairs", None),
    ] {
        let pick = |all: &BTreeSet<(Key, Key)>| -> BTreeSet<(Key, Key)> {
            let across =
                |pair: &&(Key, Key)| wanted.is_none_or(|wanted| (pair.0.0 != pair.1.0) == wanted);
            all.iter().filter(across).cloned().collect()
        };
        let mut ratio = Ratio::default();
        ratio.add(&pick(&annotated.pairs), &pick(&annotated.of(&found)));
        println!("voa,{measure},{ratio},{command}");
    }
    if env::var_os("OCCURRENCES_WRONG").is_some() {
        annotated.tell(&found);
    }
    Ok(())
}

struct Annotated {
    stories: BTreeSet<String>,
    pairs: BTreeSet<(Key, Key)>,
}

impl Annotated {
    fn read(file: &str, name: &str) -> Result<Self, Failure> {
        let mut annotated = Annotated {
            stories: BTreeSet::new(),
            pairs: BTreeSet::new(),
        };
        for (number, line) in file.lines().enumerate() {
            if let Some(stories) = line.strip_prefix("# stories:") {
                annotated.stories = stories.split_whitespace().map(str::to_owned).collect();
            }
            if line.starts_with('#') {
                continue;
            }
            let keys: Option<Vec<Key>> = line.split('\t').map(key).collect();
            let keys = keys.ok_or_else(|| Failure::Line {
                name: name.to_owned(),
                line: number + 1,
                message: "an event is a story's id, `#` and a number".into(),
            })?;
            annotated.pairs.extend(pairs(keys));
        }
        Ok(annotated)
    }

    /// Pairs that were brought together, of the annotated stories only.
    fn of(&self, found: &BTreeMap<Key, i64>) -> BTreeSet<(Key, Key)> {
        let mut occurrences: BTreeMap<i64, Vec<Key>> = BTreeMap::new();
        for (key, occurrence) in found
            .iter()
            .filter(|(key, _)| self.stories.contains(&key.0))
        {
            occurrences
                .entry(*occurrence)
                .or_default()
                .push(key.clone());
        }
        occurrences.into_values().flat_map(pairs).collect()
    }

    /// Says which pairs are wrong and which are missing, for whoever works on the weights.
    fn tell(&self, found: &BTreeMap<Key, i64>) {
        let ours = self.of(found);
        let show = |((a, i), (b, j)): &(Key, Key)| format!("{a}#{i} {b}#{j}");
        ours.difference(&self.pairs)
            .for_each(|pair| eprintln!("wrong {}", show(pair)));
        self.pairs
            .difference(&ours)
            .for_each(|pair| eprintln!("missing {}", show(pair)));
    }
}

fn key(text: &str) -> Option<Key> {
    let (story, number) = text.trim().rsplit_once('#')?;
    Some((story.to_owned(), number.parse().ok()?))
}

fn pairs(mut keys: Vec<Key>) -> Vec<(Key, Key)> {
    keys.sort();
    let all = keys.iter().enumerate();
    all.flat_map(|(at, one)| {
        keys[at + 1..]
            .iter()
            .map(|other| (one.clone(), other.clone()))
    })
    .collect()
}

/// The occurrence of every event, after all stories went into a ledger.
fn together(records: &[types::record::Record]) -> Result<BTreeMap<Key, i64>, LedgerError> {
    let path = env::temp_dir().join(format!("occurrences-{}.db", std::process::id()));
    let found = in_ledger(records, &path);
    for ending in ["", "-wal", "-shm"] {
        // The file is in the folder for what need not be kept.
        let _ = fs::remove_file(path.with_extension(format!("db{ending}")));
    }
    found
}

fn in_ledger(
    records: &[types::record::Record],
    path: &Path,
) -> Result<BTreeMap<Key, i64>, LedgerError> {
    let mut ledger = Ledger::open(path)?;
    let mut batch = ledger.batch()?;
    for record in records {
        batch.add(record)?;
    }
    batch.commit()?;
    let mut found = BTreeMap::new();
    let reader = Reader::open(path)?;
    let mut stories: BTreeMap<String, String> = BTreeMap::new();
    reader.stories(&Filter::default(), |story| {
        stories.insert(story.id, story.reference.unwrap_or_default());
        Ok(())
    })?;
    reader.reports(&Filter::default(), |report| {
        let number = report.local.trim_start_matches('e').parse().unwrap_or(0);
        let occurrence = report
            .occurrence
            .trim_start_matches('O')
            .parse()
            .unwrap_or(0);
        let story = stories.get(&report.story).cloned().unwrap_or_default();
        found.insert((story, number), occurrence);
        Ok(())
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_a_line() {
        let file = "# stories: a b\na#0\tb#12\ta#3\n";
        let annotated = Annotated::read(file, "test").expect("it is well-formed");
        assert_eq!(annotated.pairs.len(), 3);
        let key = |story: &str, number| (story.to_owned(), number);
        assert!(annotated.pairs.contains(&(key("a", 3), key("b", 12))));
        let found = BTreeMap::from([(key("a", 0), 1), (key("a", 3), 1), (key("c", 0), 1)]);
        assert_eq!(annotated.of(&found).len(), 1);
        assert!(Annotated::read("a#x\n", "test").is_err());
    }
}
