//! `rapporteur add`: stories in, records kept.

mod fetching;
mod keeper;
mod watch;
mod work;

use std::cell::RefCell;
use std::path::PathBuf;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use ledger::Ledger;
use rapporteur::Reader;
use rapporteur::fetch::is_address;
use rapporteur::ordered::ordered;
use rapporteur::source::{SourceError, Stories};

use super::args::{AddArgs, ReadingArgs};
use super::records::Lines;
use crate::run::{self, Tally};
use fetching::{Fetching, Wanted};
use keeper::Keeper;
pub use watch::watch;
use work::{Item, Outcome};

/// Exit code when stopped with Ctrl-C: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// Runs the command.
///
/// # Errors
/// Where the ledger, the model or the inputs cannot be opened, or the ledger cannot be written.
pub fn add(args: &AddArgs) -> anyhow::Result<Tally> {
    let ledger = RefCell::new(Ledger::open(&args.ledger)?);
    let stop = stop_on_interrupt()?;
    let mut keeper = Keeper::new(&ledger, args.reading.verbose);
    if args.records {
        let lines = Lines::open(&args.inputs);
        keeper.start(None);
        let items = lines.map(|line| line.map_or_else(Item::Failed, Item::Line));
        keep(
            items,
            run::jobs(args.reading.jobs),
            &stop,
            work::parsed,
            &mut keeper,
        )?;
    } else {
        let adding = Adding::new(&args.reading, &ledger, Arc::clone(&stop))?;
        let (addresses, paths) = split(&args.inputs);
        let leads = adding.files(&paths, !args.offline, &mut keeper)?;
        let wanted: Vec<Wanted> = addresses.into_iter().chain(leads).collect();
        if !wanted.is_empty() {
            let mut fetching =
                Fetching::start(&args.ledger, &args.fetch, args.reading.tables.options()?)?;
            wanted.into_iter().for_each(|one| fetching.want(one));
            keeper.start(None);
            adding.fetched(&mut fetching, &mut keeper)?;
        }
    }
    ledger.borrow().tidy()?;
    let tally = keeper.tell("");
    if stop.load(Ordering::SeqCst) {
        eprintln!("rapporteur: stopped; run it again to go on");
        process::exit(INTERRUPTED);
    }
    Ok(tally)
}

/// Addresses, and what else there is.
fn split(inputs: &[PathBuf]) -> (Vec<Wanted>, Vec<PathBuf>) {
    let (mut addresses, mut paths) = (Vec::new(), Vec::new());
    for input in inputs {
        match input.to_str().filter(|input| is_address(input)) {
            Some(address) => addresses.push(Wanted::Address(address.to_owned())),
            None => paths.push(input.clone()),
        }
    }
    (addresses, paths)
}

/// What reading stories into a ledger takes.
struct Adding<'a> {
    args: &'a ReadingArgs,
    ledger: &'a RefCell<Ledger>,
    reader: Arc<Reader>,
    stop: Arc<AtomicBool>,
}

impl<'a> Adding<'a> {
    fn new(
        args: &'a ReadingArgs,
        ledger: &'a RefCell<Ledger>,
        stop: Arc<AtomicBool>,
    ) -> anyhow::Result<Self> {
        Ok(Adding {
            args,
            ledger,
            reader: Arc::new(run::open_reader(&args.model)?),
            stop,
        })
    }

    /// Adds the stories of files; gives the leads whose stories are to be fetched, where they are.
    fn files(
        &self,
        paths: &[PathBuf],
        fetch: bool,
        keeper: &mut Keeper,
    ) -> anyhow::Result<Vec<Wanted>> {
        let stories = Stories::open(paths, self.args.tables.options()?);
        keeper.start(stories.meter());
        let mut leads = Vec::new();
        let items = stories.filter_map(|story| match story {
            Err(SourceError::Lead { lead, .. }) if fetch && lead.url.is_some() => {
                leads.push(Wanted::Lead(lead));
                None
            }
            story => Some(work::item(story, self.ledger, &self.reader)),
        });
        self.keep(items, keeper)?;
        Ok(leads)
    }

    /// Adds the stories of all addresses that are wanted.
    fn fetched(&self, fetching: &mut Fetching, keeper: &mut Keeper) -> anyhow::Result<()> {
        let arriving = fetching.arriving(&self.stop);
        let items = arriving.map(|arrival| arrival.item(self.ledger, &self.reader));
        self.keep(items, keeper)
    }

    fn keep(&self, items: impl Iterator<Item = Item>, keeper: &mut Keeper) -> anyhow::Result<()> {
        let limit = Duration::from_secs(self.args.time_limit);
        let reader = &self.reader;
        let work = |item| work::read(item, reader, limit);
        keep(items, run::jobs(self.args.jobs), &self.stop, work, keeper)
    }
}

/// Takes the items through `work`, on `jobs` threads, to the keeper.
fn keep(
    items: impl Iterator<Item = Item>,
    jobs: usize,
    stop: &AtomicBool,
    work: impl Fn(Item) -> Outcome + Sync,
    keeper: &mut Keeper,
) -> anyhow::Result<()> {
    let items = items.take_while(|_| !stop.load(Ordering::SeqCst));
    ordered(items, jobs, work, |outcome| keeper.take(outcome))?;
    keeper.flush()
}

/// The first Ctrl-C asks to stop; the second one stops.
fn stop_on_interrupt() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::SeqCst) {
            process::exit(INTERRUPTED);
        }
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(stop)
}
