//! How fast a ledger is: `ledger_speed FILE [EVENTS]` writes a ledger of that many generated events (one million),
//! asks it, and prints what each took, in CPU time of this thread, so that the numbers hold on a shared machine. FILE
//! is made anew and stays.
//!
//! The bounds are those that the ledger was built for; a line that breaks one says so, and the exit code is 1.

use std::env;
use std::fs;
use std::process::ExitCode;
use std::time::Duration;

use cpu_time::ThreadTime;
use rapporteur_ledger::query::{By, Filter, Reader};
use rapporteur_ledger::sample::World;
use rapporteur_ledger::{Ledger, LedgerError};

/// Stories in a transaction.
const BATCH: usize = 256;

/// Questions are asked so often; the median counts.
const TIMES: usize = 9;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let path = arguments
        .next()
        .ok_or("usage: ledger_speed FILE [EVENTS]")?;
    let events: usize = arguments.next().map_or(Ok(1_000_000), |n| n.parse())?;
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{path}{ending}"));
    }
    println!("measure,value,unit,bound,command");
    let mut sound = fill(&path, events)?;
    sound &= ask(&path)?;
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// Prints a line; gives whether the value keeps its bound.
fn line(measure: &str, value: f64, unit: &str, bound: Option<(char, f64)>) -> bool {
    let keeps = match bound {
        Some(('<', most)) => value <= most,
        Some((_, least)) => value >= least,
        None => true,
    };
    let bound = bound.map_or(String::new(), |(sign, bound)| format!("{sign}= {bound}"));
    let broken = if keeps { "" } else { " BROKEN" };
    println!("{measure},{value:.3},{unit},{bound}{broken},just bench-ledger");
    keeps
}

#[derive(Default)]
struct Times {
    stories: usize,
    events: usize,
    appending: Duration,
    gathering: Duration,
    committing: Duration,
    /// Bringing together the last tenth of the stories, when the ledger is large.
    late: Vec<f64>,
}

fn fill(path: &str, events: usize) -> Result<bool, LedgerError> {
    let mut ledger = Ledger::open(path)?;
    let mut world = World::new(1, 12, 25);
    let mut times = Times::default();
    while times.events < events {
        let stories: Vec<_> = (0..BATCH).map(|_| world.tell().record).collect();
        let mut batch = ledger.batch()?;
        for record in &stories {
            let start = ThreadTime::now();
            let appended = batch.append(record)?;
            times.appending += start.elapsed();
            let start = ThreadTime::now();
            if let Some(appended) = appended {
                batch.gather(appended)?;
            }
            let took = start.elapsed();
            times.gathering += took;
            times.stories += 1;
            times.events += record.events.len();
            if times.events * 10 > events * 9 {
                times.late.push(took.as_secs_f64() * 1e3);
            }
        }
        let start = ThreadTime::now();
        batch.commit()?;
        times.committing += start.elapsed();
    }
    ledger.tidy()?;
    Ok(told(times))
}

fn told(mut times: Times) -> bool {
    let inserting = times.appending + times.committing;
    let all = inserting + times.gathering;
    let late = times.late.iter().sum::<f64>() / times.late.len().max(1) as f64;
    times.late.sort_by(f64::total_cmp);
    let slow = times
        .late
        .get(times.late.len() * 99 / 100)
        .copied()
        .unwrap_or(0.0);
    line("stories", times.stories as f64, "", None);
    line("events", times.events as f64, "", None);
    let mut sound = line(
        "insert with full text",
        times.events as f64 / inserting.as_secs_f64(),
        "events/s",
        Some(('>', 15_000.0)),
    );
    sound &= line(
        "bring together a story of the last tenth",
        late,
        "ms",
        Some(('<', 2.0)),
    );
    line("the same, 99th of 100", slow, "ms", None);
    line(
        "insert and bring together",
        times.events as f64 / all.as_secs_f64(),
        "events/s",
        None,
    );
    line(
        "all of it, a story",
        all.as_secs_f64() * 1e3 / times.stories.max(1) as f64,
        "ms",
        None,
    );
    sound &= line("peak memory", peak_memory(), "MiB", Some(('<', 1024.0)));
    sound
}

/// Most memory that this process had, from /proc; 0 where there is none.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|rest| rest.trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

/// Median CPU time of a question in milliseconds.
fn median(
    mut question: impl FnMut() -> Result<usize, LedgerError>,
) -> Result<(f64, usize), LedgerError> {
    let mut times = Vec::with_capacity(TIMES);
    let mut rows = 0;
    for _ in 0..TIMES {
        let start = ThreadTime::now();
        rows = question()?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok((times[TIMES / 2], rows))
}

fn ask(path: &str) -> Result<bool, LedgerError> {
    let reader = Reader::open(path)?;
    let count = |filter: &Filter| {
        let mut rows = 0;
        reader.events(filter, |_| {
            rows += 1;
            Ok(())
        })?;
        Ok(rows)
    };
    let mut sound = true;
    let mut told = |name: &str, bound: f64, (took, rows): (f64, usize)| {
        sound &= line(
            &format!("{name} ({rows} rows)"),
            took,
            "ms",
            Some(('<', bound)),
        );
    };
    let all = Filter::default();
    told(
        "two countries by month",
        20.0,
        median(|| Ok(reader.relations("USA", "RUS", By::Month, &all)?.len()))?,
    );
    let filter = Filter {
        actor: vec!["IRN".into()],
        since: Some("2012-03".into()),
        until: Some("2012-03".into()),
        limit: Some(100),
        ..Filter::default()
    };
    told("filter by actor and date", 20.0, median(|| count(&filter))?);
    let recent = Filter {
        limit: Some(100),
        ..Filter::default()
    };
    told("the latest hundred", 20.0, median(|| count(&recent))?);
    let word = rare_word(&reader)?;
    let twenty = Filter {
        limit: Some(20),
        ..Filter::default()
    };
    let search = || {
        let mut rows = 0;
        reader.search(&word, &twenty, |_| {
            rows += 1;
            Ok(())
        })?;
        Ok(rows)
    };
    told("full text of a rare term", 10.0, median(search)?);
    told(
        "counts by type and month over everything",
        300.0,
        median(|| Ok(reader.months()?.len()))?,
    );
    let size = fs::metadata(path).map_or(0.0, |file| file.len() as f64 / (1 << 20) as f64);
    line("size of the file", size, "MiB", None);
    Ok(sound)
}

/// A word of the evidence of few occurrences: a number of people killed.
fn rare_word(reader: &Reader) -> Result<String, LedgerError> {
    let filter = Filter {
        types: vec!["ASSAULT".into()],
        limit: Some(1),
        ..Filter::default()
    };
    let mut words = String::new();
    reader.events(&filter, |row| {
        let sentence = row
            .evidence
            .first()
            .map(|said| said.sentence.clone())
            .unwrap_or_default();
        let about: Vec<&str> = sentence.split_whitespace().collect();
        let at = about.iter().position(|word| *word == "over").unwrap_or(0);
        words = about
            .get(at + 2..at + 4)
            .map_or("killed".into(), |pair| pair.join(" "));
        Ok(())
    })?;
    Ok(words)
}
