//! What is done with one story, on whatever thread.

use std::cell::RefCell;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use ledger::{Ledger, LeftOut, Origin, Visit};
use rapporteur::Reader;
use rapporteur::source::SourceError;
use rapporteur::types::Story;
use rapporteur::types::record::{Record, StoryRecord};

use crate::ledger::records::Line;

/// Stack of a thread that reads one story: long stories nest deep sentences.
const STACK: usize = 16 << 20;

/// Something to be added.
pub enum Item {
    Story(Box<Story>),
    Line(Line),
    /// The ledger has it.
    Known(String),
    /// An address was fetched, and all its stories came before.
    Visited(Visit),
    Failed(String),
}

/// What became of it.
pub enum Outcome {
    Record(Box<Record>),
    Known(String),
    LeftOut(Box<StoryRecord>, LeftOut),
    Visited(Visit),
    Failed(String),
}

/// A story that the ledger has need not be read.
pub fn item(story: Result<Story, SourceError>, ledger: &RefCell<Ledger>, reader: &Reader) -> Item {
    match story {
        Err(error) => Item::Failed(error.to_string()),
        Ok(story) => match ledger
            .borrow()
            .has_from(&origin(&story), reader.provenance())
        {
            Ok(true) => Item::Known(story.id),
            Ok(false) => Item::Story(Box::new(story)),
            Err(error) => Item::Failed(error.to_string()),
        },
    }
}

fn origin(story: &Story) -> Origin<'_> {
    Origin {
        hash: &story.id,
        publisher: story.publisher.as_deref(),
        url: story.url.as_deref(),
    }
}

/// Reads a story, unless it is in another language.
pub fn read(item: Item, reader: &Arc<Reader>, limit: Duration) -> Outcome {
    let story = match item {
        Item::Story(story) => story,
        Item::Known(id) => return Outcome::Known(id),
        Item::Visited(visit) => return Outcome::Visited(visit),
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

/// The record of a line.
pub fn parsed(item: Item) -> Outcome {
    match item {
        Item::Line(line) => match serde_json::from_str::<Record>(&line.text) {
            Ok(record) => Outcome::Record(Box::new(record)),
            Err(error) => Outcome::Failed(format!("{}: no record: {error}", line.name)),
        },
        Item::Known(id) => Outcome::Known(id),
        Item::Visited(visit) => Outcome::Visited(visit),
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
