//! Files of a test's own, and looks into them.
#![allow(dead_code, reason = "every test file uses some of it")]

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur_ledger::Ledger;
use rapporteur_ledger::query::{Filter, Occurrence, Reader};
use rapporteur_ledger::sample::{Told, World};
use rusqlite::Connection;

/// A folder for one test file; what an earlier run left in it goes when a ledger of that name is made anew.
pub fn folder(name: &str) -> Folder {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("ledger")
        .join(name);
    fs::create_dir_all(&folder).expect("the folder is made");
    Folder(folder)
}

pub struct Folder(PathBuf);

impl Folder {
    /// A file that is not there yet.
    pub fn join(&self, name: &str) -> PathBuf {
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(self.0.join(format!("{name}{ending}")));
        }
        self.0.join(name)
    }
}

/// The first stories of a world.
pub fn world(seed: u64, stories: usize) -> Vec<Told> {
    let mut world = World::new(seed, 10, 8);
    (0..stories).map(|_| world.tell()).collect()
}

pub fn one_number(path: &Path, question: &str) -> i64 {
    let connection = Connection::open(path).expect("the ledger opens");
    connection
        .query_row(question, [], |row| row.get(0))
        .expect(question)
}

pub fn count(path: &Path, table: &str) -> i64 {
    one_number(path, &format!("SELECT count(*) FROM {table}"))
}

/// Pairs of numbers.
pub fn rows(path: &Path, question: &str) -> Vec<(i64, i64)> {
    let connection = Connection::open(path).expect("the ledger opens");
    let mut select = connection.prepare(question).expect(question);
    let rows = select
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect(question);
    rows.map(|row| row.expect(question)).collect()
}

/// A ledger of the first stories of a world.
pub fn filled(path: PathBuf, seed: u64, stories: usize) -> PathBuf {
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let mut batch = ledger.batch().expect("nobody else writes");
    for told in world(seed, stories) {
        batch.add(&told.record).expect("added");
    }
    batch.commit().expect("written");
    path
}

/// All occurrences that a filter lets through.
pub fn events(reader: &Reader, filter: &Filter) -> Vec<Occurrence> {
    let mut found = Vec::new();
    reader
        .events(filter, |row| {
            found.push(row);
            Ok(())
        })
        .expect("the ledger answers");
    found
}

/// A filter's one value.
pub fn of(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}
