//! Addresses to stories, on a thread of its own: it waits for its hosts while stories are read.

use std::cell::RefCell;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread;
use std::time::Duration;

use anyhow::Context;
use ledger::{Ledger, Outcome, Visit};
use rapporteur::Reader;
use rapporteur::fetch::{FetchError, Fetched, Fetcher, Settings, Validators};
use rapporteur::source::{Contents, Given, Options, SourceError};
use rapporteur::types::Story;

use super::work::{Item, item};
use crate::ledger::args::FetchArgs;

/// Stories that are fetched before they are read, so that memory does not grow where reading is slower.
const AHEAD: usize = 8;

/// Failures to reach a feed's stories after which the rest of them waits for the next time.
const ENOUGH: usize = 3;

/// Something to be fetched.
pub enum Wanted {
    /// A feed or a page.
    Address(String),
    /// The story of which a feed has only the lead.
    Lead(Box<Given>),
}

/// What came from the web.
pub enum Arrival {
    Story(Result<Box<Story>, SourceError>),
    Known(String),
    Visited(Visit),
    Failed(String),
    /// All of one thing that was wanted has come.
    Done(Polled),
}

/// How asking for an address went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polled {
    /// It answered.
    Well,
    /// It did not; how long its host asks to be left alone.
    Badly(Option<Duration>),
}

impl Arrival {
    /// As what the others are that are added.
    pub fn item(self, ledger: &RefCell<Ledger>, reader: &Reader) -> Item {
        match self {
            Arrival::Story(story) => item(story.map(|story| *story), ledger, reader),
            Arrival::Known(name) => Item::Known(name),
            Arrival::Visited(visit) => Item::Visited(visit),
            Arrival::Failed(why) => Item::Failed(why),
            Arrival::Done(_) => Item::Failed("an end without a beginning".into()),
        }
    }
}

/// The thread that fetches.
pub struct Fetching {
    wanted: Sender<Wanted>,
    arrivals: Receiver<Arrival>,
    /// How many things are wanted and not done.
    open: usize,
    /// How the one that was done last went.
    pub polled: Polled,
}

impl Fetching {
    /// Starts the thread; it looks into the ledger for what was fetched before.
    ///
    /// # Errors
    /// Where the ledger cannot be read, or no thread can be started.
    pub fn start(ledger: &Path, args: &FetchArgs, options: Options) -> anyhow::Result<Self> {
        let (wanted, queue) = mpsc::channel();
        let (out, arrivals) = mpsc::sync_channel(AHEAD);
        let hand = Hand {
            fetcher: Fetcher::new(Settings {
                delay: args.delay,
                timeout: args.timeout,
                ..Settings::default()
            }),
            ledger: ledger::Reader::open(ledger)?,
            options,
            out,
        };
        // Not waited for: when the program has been told to stop, it need not wait for a slow host.
        thread::Builder::new()
            .name("fetching".into())
            .spawn(move || hand.work(&queue))
            .context("cannot start a thread")?;
        Ok(Fetching {
            wanted,
            arrivals,
            open: 0,
            polled: Polled::Well,
        })
    }

    /// Asks for something.
    pub fn want(&mut self, wanted: Wanted) {
        // Where the thread is gone, `arriving` ends at once.
        if self.wanted.send(wanted).is_ok() {
            self.open += 1;
        }
    }

    /// What comes, until all that is wanted has come or `stop` is set.
    pub fn arriving<'f>(&'f mut self, stop: &'f AtomicBool) -> impl Iterator<Item = Arrival> + 'f {
        std::iter::from_fn(move || self.next(stop))
    }

    fn next(&mut self, stop: &AtomicBool) -> Option<Arrival> {
        /// How often a stop is looked for, while nothing comes.
        const LOOK: Duration = Duration::from_millis(100);
        while self.open > 0 && !stop.load(Ordering::SeqCst) {
            match self.arrivals.recv_timeout(LOOK) {
                Ok(Arrival::Done(polled)) => {
                    self.open -= 1;
                    self.polled = polled;
                }
                Ok(arrival) => return Some(arrival),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        None
    }
}

/// Nobody wants what is fetched any more.
struct Unwanted;

/// What the thread works with.
struct Hand {
    fetcher: Fetcher,
    ledger: ledger::Reader,
    options: Options,
    out: SyncSender<Arrival>,
}

impl Hand {
    fn work(mut self, queue: &Receiver<Wanted>) {
        while let Ok(wanted) = queue.recv() {
            let polled = match wanted {
                Wanted::Address(address) => self.address(&address),
                Wanted::Lead(lead) => self.lead(&lead).map(|()| Polled::Well),
            };
            let Ok(polled) = polled else { return };
            if self.send(Arrival::Done(polled)).is_err() {
                return;
            }
        }
    }

    fn send(&self, arrival: Arrival) -> Result<(), Unwanted> {
        self.out.send(arrival).map_err(|_| Unwanted)
    }

    fn visit(&self, address: &str) -> Option<Visit> {
        // A ledger that cannot be read just now costs a second look at the page; writing to it will tell.
        self.ledger.visit(address).ok().flatten()
    }

    fn visited(
        &self,
        address: &str,
        outcome: Outcome,
        validators: Validators,
    ) -> Result<(), Unwanted> {
        self.send(Arrival::Visited(Visit {
            address: address.to_owned(),
            outcome,
            etag: validators.etag,
            modified: validators.modified,
        }))
    }

    /// A feed or a page that somebody asked for: it is asked for each time, with what its host gave to ask with.
    fn address(&mut self, address: &str) -> Result<Polled, Unwanted> {
        let known = self
            .visit(address)
            .map_or(Validators::default(), |visit| Validators {
                etag: visit.etag,
                modified: visit.modified,
            });
        let document = match self.fetcher.fetch(address, &known) {
            Ok(Fetched::Document(document)) => document,
            Ok(Fetched::Unchanged) => {
                self.send(Arrival::Known(address.to_owned()))?;
                return Ok(Polled::Well);
            }
            Err(error) => {
                self.send(Arrival::Failed(error.to_string()))?;
                return Ok(Polled::Badly(error.retry_after()));
            }
        };
        let validators = document.validators.clone();
        match document.contents(&self.options, Given::default()) {
            Err(error) => {
                self.send(Arrival::Failed(error.to_string()))?;
                Ok(Polled::Badly(None))
            }
            Ok(Contents::Page(story)) => {
                let sound = story.is_ok();
                self.send(Arrival::Story(story))?;
                if sound {
                    self.visited(address, Outcome::Story, validators)?;
                }
                Ok(Polled::Well)
            }
            Ok(Contents::Feed(entries)) => {
                // A feed of which some stories could not be fetched is to come whole the next time.
                let whole = self.entries(entries)?;
                let validators = if whole {
                    validators
                } else {
                    Validators::default()
                };
                self.visited(address, Outcome::Feed, validators)?;
                Ok(Polled::Well)
            }
        }
    }

    /// Gives the entries of a feed, and fetches those of which it has only the lead; whether all were to be had.
    fn entries(&mut self, entries: Vec<Result<Story, SourceError>>) -> Result<bool, Unwanted> {
        let mut failures = 0;
        for entry in entries {
            match entry {
                Err(SourceError::Lead { lead, .. }) if lead.url.is_some() => {
                    if failures >= ENOUGH {
                        continue;
                    }
                    if let Some(error) = self.try_lead(&lead)? {
                        // A host that says when to come again is not asked before.
                        let asked = error.retry_after().is_some();
                        failures += if asked { ENOUGH } else { 1 };
                    }
                }
                other => self.send(Arrival::Story(other.map(Box::new)))?,
            }
        }
        Ok(failures == 0)
    }

    fn lead(&mut self, lead: &Given) -> Result<(), Unwanted> {
        self.try_lead(lead).map(drop)
    }

    /// Fetches the story that a lead leads to; gives the error where it is worth another try.
    fn try_lead(&mut self, lead: &Given) -> Result<Option<FetchError>, Unwanted> {
        let address = lead.url.clone().unwrap_or_default();
        if self.visit(&address).is_some() {
            self.send(Arrival::Known(address))?;
            return Ok(None);
        }
        let document = match self.fetcher.fetch(&address, &Validators::default()) {
            Ok(Fetched::Document(document)) => document,
            Ok(Fetched::Unchanged) => return Ok(None),
            Err(error) => {
                self.send(Arrival::Failed(error.to_string()))?;
                if error.is_lasting() {
                    self.visited(&address, Outcome::Nothing, Validators::default())?;
                    return Ok(None);
                }
                return Ok(Some(error));
            }
        };
        let validators = document.validators.clone();
        let outcome = match document.contents(&self.options, lead.clone()) {
            Ok(Contents::Page(story)) => {
                let outcome = if story.is_ok() {
                    Outcome::Story
                } else {
                    Outcome::Nothing
                };
                self.send(Arrival::Story(story))?;
                outcome
            }
            Ok(Contents::Feed(_)) => {
                let why = format!("{address}: a feed, where a story was to be");
                self.send(Arrival::Failed(why))?;
                Outcome::Nothing
            }
            Err(error) => {
                self.send(Arrival::Failed(error.to_string()))?;
                Outcome::Nothing
            }
        };
        self.visited(&address, outcome, validators)?;
        Ok(None)
    }
}
