//! `rapporteur add`: stories in, records kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use ledger::{Added, Ledger, LeftOut};
use rapporteur::Reader;
use rapporteur::ordered::ordered;
use rapporteur::source::{Options, SourceError, Stories};
use rapporteur::types::Story;
use rapporteur::types::record::{Record, StoryRecord};

use super::args::AddArgs;
use super::records::{Line, Lines};
use crate::run::{self, Tally};

/// Records that are put on disk together, and the longest that the first of them waits.
const TOGETHER: usize = 64;
const PATIENCE: Duration = Duration::from_secs(1);

/// Exit code when stopped with Ctrl-C: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// Stack of a thread that reads one story: long stories nest deep sentences.
const STACK: usize = 16 << 20;

/// Something to be added.
enum Item {
    Story(Box<Story>),
    Line(Line),
    /// The ledger has it.
    Known(String),
    Failed(String),
}

/// What became of it.
enum Outcome {
    Record(Box<Record>),
    Known(String),
    LeftOut(Box<StoryRecord>, LeftOut),
    Failed(String),
}

/// Runs the command.
///
/// # Errors
/// Where the ledger, the model or the inputs cannot be opened, or the ledger cannot be written.
pub fn add(args: &AddArgs) -> anyhow::Result<Tally> {
    let ledger = RefCell::new(Ledger::open(&args.ledger)?);
    let stop = stop_on_interrupt()?;
    let jobs = run::jobs(args.jobs);
    let mut keeper = Keeper::new(&ledger, args.verbose);
    if args.records {
        let lines = Lines::open(&args.inputs);
        keeper.start(None);
        let items = lines.map(|line| line.map_or_else(Item::Failed, Item::Line));
        keep(items, jobs, &stop, parsed, &mut keeper)?;
    } else {
        let mut options = Options::default();
        if let Some(date) = &args.published {
            options = options.published(date).context("--published")?;
        }
        let reader = Arc::new(run::open_reader(&args.model)?);
        let stories = Stories::open(&args.inputs, options);
        keeper.start(stories.total());
        let limit = Duration::from_secs(args.time_limit);
        let items = stories.map(|story| item(story, &ledger, &reader));
        keep(
            items,
            jobs,
            &stop,
            |item| read(item, &reader, limit),
            &mut keeper,
        )?;
    }
    ledger.borrow().tidy()?;
    keeper.tell();
    if stop.load(Ordering::SeqCst) {
        eprintln!("rapporteur: stopped; run it again to go on");
        process::exit(INTERRUPTED);
    }
    Ok(keeper.tally())
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

/// A story that the ledger has need not be read.
fn item(story: Result<Story, SourceError>, ledger: &RefCell<Ledger>, reader: &Reader) -> Item {
    match story {
        Err(error) => Item::Failed(error.to_string()),
        Ok(story) => match ledger.borrow().has(&story.id, reader.provenance()) {
            Ok(true) => Item::Known(story.id),
            Ok(false) => Item::Story(Box::new(story)),
            Err(error) => Item::Failed(error.to_string()),
        },
    }
}

fn read(item: Item, reader: &Arc<Reader>, limit: Duration) -> Outcome {
    let story = match item {
        Item::Story(story) => story,
        Item::Known(id) => return Outcome::Known(id),
        Item::Failed(why) => return Outcome::Failed(why),
        Item::Line(line) => return Outcome::Failed(format!("{}: no story", line.name)),
    };
    if story
        .language
        .as_deref()
        .is_some_and(|language| language != "en")
    {
        return Outcome::LeftOut(Box::new(described(&story)), LeftOut::NotEnglish);
    }
    let about = described(&story);
    let name = about.reference.clone().unwrap_or_else(|| about.id.clone());
    match within(limit, Arc::clone(reader), story) {
        Reading::Done(record) => Outcome::Record(record),
        Reading::Late => Outcome::LeftOut(Box::new(about), LeftOut::TooLong),
        Reading::Broken => Outcome::Failed(format!(
            "{name}: a fault in rapporteur; please report it with the story"
        )),
    }
}

enum Reading {
    Done(Box<Record>),
    Late,
    Broken,
}

/// Reads on a thread of its own, which is left to itself when the time is over: it ends by itself, because a story's
/// length is bounded.
fn within(limit: Duration, reader: Arc<Reader>, story: Box<Story>) -> Reading {
    let (to_us, record) = mpsc::channel();
    let started = thread::Builder::new().stack_size(STACK).spawn(move || {
        // Nobody listens any more where it was too late.
        let _ = to_us.send(reader.read(&story));
    });
    if started.is_err() {
        return Reading::Broken;
    }
    match record.recv_timeout(limit) {
        Ok(record) => Reading::Done(Box::new(record)),
        Err(mpsc::RecvTimeoutError::Timeout) => Reading::Late,
        // The thread has panicked: by a mistake of ours one story is lost, not a night's work.
        Err(mpsc::RecvTimeoutError::Disconnected) => Reading::Broken,
    }
}

fn parsed(item: Item) -> Outcome {
    match item {
        Item::Line(line) => match serde_json::from_str::<Record>(&line.text) {
            Ok(record) => Outcome::Record(Box::new(record)),
            Err(error) => Outcome::Failed(format!("{}: no record: {error}", line.name)),
        },
        Item::Known(id) => Outcome::Known(id),
        Item::Failed(why) => Outcome::Failed(why),
        Item::Story(story) => Outcome::Failed(format!("{}: no record", story.id)),
    }
}

/// What the ledger keeps of a story that it leaves out.
fn described(story: &Story) -> StoryRecord {
    StoryRecord {
        id: story.id.clone(),
        reference: story.reference.clone(),
        url: story.url.clone(),
        publisher: story.publisher.clone(),
        published: story.published.clone(),
        language: story.language.clone(),
        ..StoryRecord::default()
    }
}

/// Puts records into the ledger, some at a time, and counts.
struct Keeper<'k> {
    ledger: &'k RefCell<Ledger>,
    verbose: bool,
    progress: ProgressBar,
    waiting: Vec<Record>,
    since: Instant,
    added: usize,
    events: usize,
    known: usize,
    failed: usize,
    late: usize,
    /// Stories left out, by language.
    foreign: BTreeMap<String, usize>,
}

impl<'k> Keeper<'k> {
    fn new(ledger: &'k RefCell<Ledger>, verbose: bool) -> Self {
        Keeper {
            ledger,
            verbose,
            progress: ProgressBar::hidden(),
            waiting: Vec::with_capacity(TOGETHER),
            since: Instant::now(),
            added: 0,
            events: 0,
            known: 0,
            failed: 0,
            late: 0,
            foreign: BTreeMap::new(),
        }
    }

    fn start(&mut self, total: Option<usize>) {
        if !io::stderr().is_terminal() {
            return;
        }
        let (bar, template) = match total {
            Some(total) => (
                ProgressBar::new(total as u64),
                "{wide_bar} {human_pos} of {human_len} stories, {per_sec}, {eta} left{msg}",
            ),
            None => (
                ProgressBar::no_length(),
                "{spinner} {human_pos} stories, {per_sec}, {elapsed}{msg}",
            ),
        };
        // A template that indicatif does not like costs the looks, not the work.
        let style = ProgressStyle::with_template(template);
        self.progress = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    }

    fn take(&mut self, outcome: Outcome) -> anyhow::Result<()> {
        self.progress.inc(1);
        match outcome {
            Outcome::Record(record) => {
                if self.waiting.is_empty() {
                    self.since = Instant::now();
                }
                self.waiting.push(*record);
            }
            Outcome::Known(id) => {
                self.known += 1;
                self.say("known", &id)?;
            }
            Outcome::LeftOut(story, reason) => self.leave_out(&story, reason)?,
            Outcome::Failed(why) => self.fail(&why),
        }
        if self.waiting.len() >= TOGETHER
            || !self.waiting.is_empty() && self.since.elapsed() >= PATIENCE
        {
            self.flush()?;
        }
        Ok(())
    }

    fn leave_out(&mut self, story: &StoryRecord, reason: LeftOut) -> anyhow::Result<()> {
        self.ledger.borrow().leave_out(story, reason)?;
        let name = story.reference.as_deref().unwrap_or(&story.id);
        if reason == LeftOut::TooLong {
            self.late += 1;
            self.fail(&format!("{name}: reading it took too long (--time-limit)"));
        } else {
            let language = story.language.clone().unwrap_or_default();
            *self.foreign.entry(language).or_default() += 1;
        }
        self.say("left-out", &story.id)
    }

    fn fail(&mut self, why: &str) {
        self.failed += 1;
        self.progress
            .set_message(format!(", {} problems", self.failed));
        self.progress.suspend(|| eprintln!("rapporteur: {why}"));
    }

    /// Puts on disk what waits; only then says that it is added.
    fn flush(&mut self) -> anyhow::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let mut outcomes = Vec::with_capacity(waiting.len());
        {
            let mut ledger = self.ledger.borrow_mut();
            let mut batch = ledger.batch()?;
            for record in &waiting {
                match batch.add(record) {
                    Err(error) if !error.is_about_the_record() => return Err(error.into()),
                    outcome => outcomes.push(outcome),
                }
            }
            batch.commit()?;
        }
        for (record, outcome) in waiting.iter().zip(outcomes) {
            match outcome {
                Ok(Added::Known) => {
                    self.known += 1;
                    self.say("known", &record.story.id)?;
                }
                Ok(_) => {
                    self.added += 1;
                    self.events += record.events.len();
                    self.say("added", &record.story.id)?;
                }
                Err(error) => self.fail(&error.to_string()),
            }
        }
        Ok(())
    }

    fn say(&self, what: &str, id: &str) -> anyhow::Result<()> {
        if self.verbose {
            let mut out = io::stdout().lock();
            writeln!(out, "{what}\t{id}")?;
            out.flush()?;
        }
        Ok(())
    }

    /// Says what became of all.
    fn tell(&self) {
        self.progress.finish_and_clear();
        let mut said = format!(
            "added {} with {}",
            count(self.added, "story"),
            count(self.events, "event")
        );
        if self.known > 0 {
            said += &format!("; {} known", self.known);
        }
        if self.failed > 0 {
            said += &format!("; {} failed", self.failed);
        }
        let foreign: usize = self.foreign.values().sum();
        if foreign > 0 {
            let languages = self
                .foreign
                .iter()
                .map(|(language, number)| format!("{language} {number}"));
            let languages: Vec<String> = languages.collect();
            said += &format!("; {foreign} not English ({})", languages.join(", "));
        }
        eprintln!("rapporteur: {said}");
    }

    /// What is left out because of its language is no failure.
    fn tally(&self) -> Tally {
        let foreign: usize = self.foreign.values().sum();
        Tally {
            read: self.added + self.known + foreign,
            failed: self.failed,
        }
    }
}

fn count(number: usize, what: &str) -> String {
    match (number, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {what}s"),
    }
}
