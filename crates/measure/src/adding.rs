//! `measure adding STORIES.jsonl [--limit 200]`: what keeping a story costs beside reading it.
//!
//! CPU time of one thread, as in `measure speed`. *read* is everything from a story's text to its record; *add* is
//! everything from the record to the ledger on disk: its tables, full text, bringing together, and committing 64 at a
//! time, as `rapporteur add` does. The ledger is a new one in the folder for what need not be kept.

use std::env;
use std::fs;
use std::path::Path;
use std::time::Duration;

use cpu_time::ThreadTime;
use ledger::{Ledger, LedgerError};
use types::Story;
use types::record::Record;

use crate::Failure;
use crate::options::{Options, set};

/// Stories in a transaction.
const BATCH: usize = 64;

/// The most that adding may cost, in hundredths of reading.
const MOST: f64 = 5.0;

/// Prints what each took, and fails where adding costs more than it may.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("adding", args)?;
    let reader = options.reader()?;
    println!("set,measure,value,command");
    let mut dear = None;
    for file in &options.files {
        let stories = options.stories(file)?;
        let (records, read) = timed(|| -> Vec<Record> {
            stories
                .iter()
                .map(|story: &Story| reader.read(story))
                .collect()
        });
        let path = env::temp_dir().join(format!("adding-{}.db", std::process::id()));
        let added = add(&records, &path);
        for ending in ["db", "db-wal", "db-shm"] {
            // What cannot be removed is in the folder for what need not be kept.
            let _ = fs::remove_file(path.with_extension(ending));
        }
        let add = added.map_err(|error| Failure::Usage(error.to_string()))?;
        let share = 100.0 * add.as_secs_f64() / read.as_secs_f64();
        let events: usize = records.iter().map(|record| record.events.len()).sum();
        let each = |time: Duration| time.as_secs_f64() * 1e3 / stories.len().max(1) as f64;
        for (measure, value) in [
            ("stories", stories.len() as f64),
            ("events", events as f64),
            ("read (ms a story)", each(read)),
            ("add (ms a story)", each(add)),
            ("add beside reading (%)", share),
        ] {
            println!(
                "{},{measure},{value:.2},{}",
                set(file),
                options.command(file)
            );
        }
        if share > MOST {
            dear = Some(share);
        }
    }
    match dear {
        Some(share) => Err(Failure::Usage(format!(
            "adding costs {share:.1} % of reading; {MOST} % are allowed"
        ))),
        None => Ok(()),
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = ThreadTime::now();
    let done = work();
    (done, start.elapsed())
}

/// CPU time of adding the records to a new ledger.
fn add(records: &[Record], path: &Path) -> Result<Duration, LedgerError> {
    let mut ledger = Ledger::open(path)?;
    let (done, took) = timed(|| -> Result<(), LedgerError> {
        for together in records.chunks(BATCH) {
            let mut batch = ledger.batch()?;
            for record in together {
                batch.add(record)?;
            }
            batch.commit()?;
        }
        ledger.tidy()
    });
    done.map(|()| took)
}
