//! How fast a ledger is: `ledger_speed FILE [EVENTS]` writes a ledger of that many generated events (one million),
//! and prints how long adding took. FILE is made anew and stays.

use std::env;
use std::fs;
use std::time::{Duration, Instant};

use rapporteur_ledger::sample::World;
use rapporteur_ledger::{Ledger, LedgerError};

const BATCH: usize = 256;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let path = arguments
        .next()
        .ok_or("usage: ledger_speed FILE [EVENTS]")?;
    let events: usize = arguments.next().map_or(Ok(1_000_000), |n| n.parse())?;
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{path}{ending}"));
    }
    let mut ledger = Ledger::open(&path)?;
    let times = fill(&mut ledger, events)?;
    times.print();
    Ok(())
}

#[derive(Default)]
struct Times {
    stories: usize,
    events: usize,
    making: Duration,
    appending: Duration,
    gathering: Duration,
    /// Of the last tenth of the stories.
    late: Duration,
    late_stories: usize,
    slowest: Duration,
    committing: Duration,
}

impl Times {
    fn print(&self) {
        let adding = self.appending + self.committing;
        println!("stories                    {:>10}", self.stories);
        println!("events                     {:>10}", self.events);
        println!(
            "making, s                  {:>10.2}",
            self.making.as_secs_f64()
        );
        println!(
            "appending, s               {:>10.2}",
            self.appending.as_secs_f64()
        );
        println!(
            "committing, s              {:>10.2}",
            self.committing.as_secs_f64()
        );
        println!(
            "bringing together, s       {:>10.2}",
            self.gathering.as_secs_f64()
        );
        println!(
            "inserted events/s          {:>10.0}",
            self.events as f64 / adding.as_secs_f64()
        );
        println!(
            "together, ms a story, last {:>10.3}",
            self.late.as_secs_f64() * 1e3 / self.late_stories.max(1) as f64
        );
        println!(
            "together, ms, slowest      {:>10.3}",
            self.slowest.as_secs_f64() * 1e3
        );
    }
}

fn fill(ledger: &mut Ledger, events: usize) -> Result<Times, LedgerError> {
    let mut world = World::new(1, 12, 25);
    let mut times = Times::default();
    while times.events < events {
        let start = Instant::now();
        let stories: Vec<_> = (0..BATCH).map(|_| world.tell().record).collect();
        times.making += start.elapsed();
        let mut batch = ledger.batch()?;
        for record in &stories {
            let start = Instant::now();
            let appended = batch.append(record)?;
            times.appending += start.elapsed();
            let start = Instant::now();
            if let Some(appended) = appended {
                batch.gather(appended)?;
            }
            let took = start.elapsed();
            times.gathering += took;
            times.stories += 1;
            times.events += record.events.len();
            if times.events * 10 > events * 9 {
                times.late += took;
                times.late_stories += 1;
                times.slowest = times.slowest.max(took);
            }
        }
        let start = Instant::now();
        batch.commit()?;
        times.committing += start.elapsed();
    }
    Ok(times)
}
