//! Puts records into the ledger, and counts.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use ledger::{Added, Ledger, LedgerError, LeftOut, Visit};
use rapporteur::source::Meter;
use rapporteur::types::record::{Record, StoryRecord};

use super::work::Outcome;
use crate::run::Tally;

/// Records that are put on disk together, and the longest that the first of them waits.
const TOGETHER: usize = 64;
const PATIENCE: Duration = Duration::from_secs(1);

/// Something that is to be put on disk.
enum Waiting {
    Record(Box<Record>),
    /// Behind the stories that it gave.
    Visit(Visit),
}

/// Puts records into the ledger, some at a time, and counts.
pub struct Keeper<'k> {
    ledger: &'k RefCell<Ledger>,
    verbose: bool,
    progress: ProgressBar,
    meter: Option<Meter>,
    started: Instant,
    /// Stories of which is known what became of them.
    taken: usize,
    waiting: Vec<Waiting>,
    since: Instant,
    counts: Counts,
}

impl<'k> Keeper<'k> {
    /// A keeper of `ledger`; `verbose` says of each story what became of it.
    pub fn new(ledger: &'k RefCell<Ledger>, verbose: bool) -> Self {
        Keeper {
            ledger,
            verbose,
            progress: ProgressBar::hidden(),
            meter: None,
            started: Instant::now(),
            taken: 0,
            waiting: Vec::with_capacity(TOGETHER),
            since: Instant::now(),
            counts: Counts::default(),
        }
    }

    /// Shows how the work goes on, on a terminal: stories a second, problems, and where it can be told from `meter`, when
    /// it will be done.
    pub fn start(&mut self, meter: Option<Meter>) {
        if !io::stderr().is_terminal() {
            return;
        }
        let (bar, template) = match &meter {
            Some(meter) => (
                ProgressBar::new(meter.all()),
                "{wide_bar} {percent} % {msg}, {eta} left",
            ),
            None => (ProgressBar::no_length(), "{spinner} {msg}, {elapsed}"),
        };
        // A template that indicatif does not like costs the looks, not the work.
        let style = ProgressStyle::with_template(template);
        self.progress = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.meter = meter;
        self.started = Instant::now();
    }

    /// Shows one more story.
    fn show(&mut self) {
        self.taken += 1;
        if self.progress.is_hidden() {
            return;
        }
        match &self.meter {
            Some(meter) => self.progress.set_position(meter.done()),
            None => self.progress.tick(),
        }
        let seconds = self.started.elapsed().as_secs_f64().max(0.001);
        let rate = self.taken as f64 / seconds;
        let problems = match self.counts.failed {
            0 => String::new(),
            failed => format!(", {}", count(failed, "problem")),
        };
        let stories = count(self.taken, "story");
        self.progress
            .set_message(format!("{stories}, {rate:.1}/s{problems}"));
    }

    /// Takes what became of an item.
    ///
    /// # Errors
    /// Where the ledger cannot be written.
    pub fn take(&mut self, outcome: Outcome) -> anyhow::Result<()> {
        if !matches!(outcome, Outcome::Visited(_)) {
            self.show();
        }
        match outcome {
            Outcome::Record(record) => self.wait(Waiting::Record(record)),
            Outcome::Known(id) => {
                self.counts.known += 1;
                self.say("known", &id)?;
            }
            Outcome::LeftOut(story, reason) => self.leave_out(&story, reason)?,
            Outcome::Visited(visit) => self.wait(Waiting::Visit(visit)),
            Outcome::Failed(why) => self.fail(&why),
        }
        if self.waiting.len() >= TOGETHER
            || !self.waiting.is_empty() && self.since.elapsed() >= PATIENCE
        {
            self.flush()?;
        }
        Ok(())
    }

    fn wait(&mut self, one: Waiting) {
        if self.waiting.is_empty() {
            self.since = Instant::now();
        }
        self.waiting.push(one);
    }

    fn leave_out(&mut self, story: &StoryRecord, reason: LeftOut) -> anyhow::Result<()> {
        self.ledger.borrow().leave_out(story, reason)?;
        let name = story.reference.as_deref().unwrap_or(&story.id);
        if reason == LeftOut::TooLong {
            self.fail(&format!("{name}: reading it took too long (--time-limit)"));
        } else {
            let language = story.language.clone().unwrap_or_default();
            *self.counts.foreign.entry(language).or_default() += 1;
        }
        self.say("left-out", &story.id)
    }

    fn fail(&mut self, why: &str) {
        self.counts.failed += 1;
        self.progress.suspend(|| eprintln!("rapporteur: {why}"));
    }

    /// Puts on disk what waits; only then says that it is added.
    ///
    /// # Errors
    /// Where the ledger cannot be written.
    pub fn flush(&mut self) -> anyhow::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        for (record, outcome) in self.write(&waiting)? {
            self.written(record, outcome)?;
        }
        Ok(())
    }

    /// Writes what waits, in one transaction; gives what became of each record.
    fn write<'w>(
        &self,
        waiting: &'w [Waiting],
    ) -> anyhow::Result<Vec<(&'w Record, Result<Added, LedgerError>)>> {
        let mut outcomes = Vec::with_capacity(waiting.len());
        let mut ledger = self.ledger.borrow_mut();
        let mut batch = ledger.batch()?;
        for one in waiting {
            match one {
                Waiting::Visit(visit) => batch.visited(visit)?,
                Waiting::Record(record) => match batch.add(record) {
                    Err(error) if !error.is_about_the_record() => return Err(error.into()),
                    outcome => outcomes.push((&**record, outcome)),
                },
            }
        }
        batch.commit()?;
        Ok(outcomes)
    }

    fn written(
        &mut self,
        record: &Record,
        outcome: Result<Added, LedgerError>,
    ) -> anyhow::Result<()> {
        match outcome {
            Ok(Added::Known) => {
                self.counts.known += 1;
                self.say("known", &record.story.id)
            }
            Ok(_) => {
                self.counts.added += 1;
                self.counts.events += record.events.len();
                self.say("added", &record.story.id)
            }
            Err(error) => {
                self.fail(&error.to_string());
                Ok(())
            }
        }
    }

    fn say(&self, what: &str, id: &str) -> anyhow::Result<()> {
        if self.verbose {
            let mut out = io::stdout().lock();
            writeln!(out, "{what}\t{id}")?;
            out.flush()?;
        }
        Ok(())
    }

    /// Says what became of all, and forgets the count.
    pub fn tell(&mut self, about: &str) -> Tally {
        self.progress.finish_and_clear();
        let counts = std::mem::take(&mut self.counts);
        eprintln!("rapporteur: {about}{counts}");
        counts.tally()
    }

    /// As [`Keeper::tell`], but silent where nothing came that was not known.
    pub fn tell_news(&mut self, about: &str) -> Tally {
        if self.counts.added > 0 || self.counts.failed > 0 || !self.counts.foreign.is_empty() {
            return self.tell(about);
        }
        std::mem::take(&mut self.counts).tally()
    }
}

/// What became of stories.
#[derive(Default)]
struct Counts {
    added: usize,
    events: usize,
    known: usize,
    failed: usize,
    /// Stories left out, by language.
    foreign: BTreeMap<String, usize>,
}

impl Counts {
    /// What is left out because of its language is no failure.
    fn tally(&self) -> Tally {
        let foreign: usize = self.foreign.values().sum();
        Tally {
            read: self.added + self.known + foreign,
            failed: self.failed,
        }
    }
}

impl Display for Counts {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (stories, events) = (count(self.added, "story"), count(self.events, "event"));
        write!(f, "added {stories} with {events}")?;
        if self.known > 0 {
            write!(f, "; {} known", self.known)?;
        }
        if self.failed > 0 {
            write!(f, "; {} failed", self.failed)?;
        }
        let foreign: usize = self.foreign.values().sum();
        if foreign > 0 {
            let languages = self.foreign.iter();
            let languages: Vec<String> = languages
                .map(|(language, number)| format!("{language} {number}"))
                .collect();
            write!(f, "; {foreign} not English ({})", languages.join(", "))?;
        }
        Ok(())
    }
}

fn count(number: usize, what: &str) -> String {
    match (number, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {what}s"),
    }
}
