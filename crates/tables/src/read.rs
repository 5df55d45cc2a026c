//! Documents through the reader, to tables of readings.

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use rapporteur::Reader;
use rapporteur::ordered::ordered;
use rapporteur::source::{SourceError, story};
use types::Story;

use crate::TableError;
use crate::documents::{Document, Documents};
use crate::readings::{self, Failure, Reading};

/// Bytes of records after which a batch is given out, whatever its number of rows: one array of Arrow's strings holds
/// no more than 2 GiB, and whoever takes the batch has to hold it.
const MOST_BYTES: usize = 32 << 20;

/// How documents are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Documents read at the same time.
    pub jobs: usize,
    /// Most rows of a batch that is given out.
    pub rows: usize,
    /// Whether stories in another language are left out, with the problem `not_english`, in place of being read badly.
    pub only_english: bool,
}

impl Settings {
    /// So many documents at the same time, all languages, batches of 256 rows.
    pub fn with_jobs(jobs: usize) -> Self {
        Settings {
            jobs: jobs.max(1),
            rows: 256,
            only_english: false,
        }
    }
}

/// Reads the documents of a batch and gives their readings out, in the order of the rows, in one batch or several.
///
/// A document that cannot be read gives a row that says so. Even a fault in rapporteur costs the document alone.
///
/// # Errors
/// Where a thread cannot be started, or what `each` returns.
pub fn read_documents(
    reader: &Reader,
    documents: &Documents,
    settings: Settings,
    each: impl FnMut(RecordBatch) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut sheet = Sheet::new(settings, each);
    ordered(
        0..documents.len(),
        settings.jobs,
        |row| read(documents.get(row), settings, &|story| json(reader, story)),
        |reading| sheet.add(reading),
    )?;
    sheet.give()
}

/// As [`read_documents`], for stories one after the other. Stops when `each` fails.
///
/// # Errors
/// As [`read_documents`].
pub fn read_stories(
    reader: &Reader,
    stories: impl Iterator<Item = Result<Story, SourceError>>,
    settings: Settings,
    each: impl FnMut(RecordBatch) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut sheet = Sheet::new(settings, each);
    ordered(
        stories,
        settings.jobs,
        |story| match story {
            Ok(story) => read_story(story, settings, &|story| json(reader, story)),
            Err(error) => Reading::from(&error),
        },
        |reading| sheet.add(reading),
    )?;
    sheet.give()
}

fn json(reader: &Reader, story: &Story) -> Result<String, Failure> {
    let record = reader.read(story);
    serde_json::to_string(&record)
        .map_err(|error| Failure::new("fault", format!("The record cannot be written: {error}.")))
}

/// What makes a record, as JSON, of a story.
type Work<'w> = &'w dyn Fn(&Story) -> Result<String, Failure>;

fn read(document: Document, settings: Settings, work: Work) -> Reading {
    let given = document.given.clone();
    let found = document.text.and_then(|text| {
        // The layout of a story is foreign text too: a fault there is as much the document's own.
        guarded(|| Ok(story(text, document.given)))
    });
    match found {
        Ok(story) => read_story(story, settings, work),
        Err(failure) => Reading {
            story: None,
            reference: given.reference,
            url: given.url,
            published: given
                .published
                .and_then(|date| rapporteur::source::parse_date(&date)),
            outcome: Err(failure),
        },
    }
}

fn read_story(story: Story, settings: Settings, work: Work) -> Reading {
    let foreign = story.language.as_deref().filter(|code| *code != "en");
    let outcome = match foreign.filter(|_| settings.only_english) {
        Some(code) => Err(Failure::new(
            "not_english",
            format!("The text looks like `{code}`; it was not read."),
        )),
        None => guarded(|| work(&story)),
    };
    Reading {
        story: Some(story.id),
        reference: story.reference,
        url: story.url,
        published: story.published,
        outcome,
    }
}

/// Reading does not fail; should it do so by a mistake of ours, one document is lost and not a night's work.
fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let message = "A fault in rapporteur; please report it with the document.";
        Err(Failure::new("fault", message))
    })
}

/// Gathers readings to batches.
struct Sheet<F> {
    waiting: Vec<Reading>,
    bytes: usize,
    settings: Settings,
    each: F,
}

impl<F: FnMut(RecordBatch) -> Result<(), TableError>> Sheet<F> {
    fn new(settings: Settings, each: F) -> Self {
        Sheet {
            waiting: Vec::new(),
            bytes: 0,
            settings,
            each,
        }
    }

    fn add(&mut self, reading: Reading) -> Result<(), TableError> {
        self.bytes += reading.outcome.as_ref().map_or(0, String::len);
        self.waiting.push(reading);
        if self.waiting.len() >= self.settings.rows.max(1) || self.bytes >= MOST_BYTES {
            self.give()?;
        }
        Ok(())
    }

    fn give(&mut self) -> Result<(), TableError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.bytes = 0;
        let waiting = std::mem::take(&mut self.waiting);
        (self.each)(readings::batch(&waiting)?)
    }
}

#[cfg(test)]
mod tests {
    use rapporteur::source::Given;

    use super::*;

    fn document(text: &str) -> Document {
        Document {
            text: Ok(text.to_owned()),
            given: Given {
                reference: Some("r".into()),
                published: Some("12 May 2015".into()),
                ..Given::default()
            },
        }
    }

    #[test]
    fn a_fault_costs_one_document() {
        let reading = read(document("The king slept."), Settings::with_jobs(1), &|_| {
            panic!("the fault that this test is about")
        });
        assert_eq!(reading.reference.as_deref(), Some("r"));
        assert_eq!(reading.outcome.map_err(|f| f.kind), Err("fault"));
    }

    #[test]
    fn a_document_without_text_keeps_its_name_and_day() {
        let mut empty = document("");
        empty.text = Err(Failure::new("no_text", "The text is null."));
        let reading = read(empty, Settings::with_jobs(1), &|_| Ok(String::new()));
        assert_eq!(reading.story, None);
        assert_eq!(reading.published.as_deref(), Some("2015-05-12"));
    }

    #[test]
    fn other_languages_are_left_out_where_that_is_asked_for() {
        let text = "Der König hat gestern mit den Gesandten der Nachbarn über die Fischerei und über die \
                    Grenze am großen See gesprochen, und beide Seiten wollen sich im Herbst wieder treffen.";
        let all = Settings::with_jobs(1);
        let english = Settings {
            only_english: true,
            ..all
        };
        let outcome = |settings| read(document(text), settings, &|_| Ok("{}".into())).outcome;
        assert_eq!(outcome(all), Ok("{}".to_owned()));
        assert_eq!(outcome(english).map_err(|f| f.kind), Err("not_english"));
    }

    #[test]
    fn batches_are_bounded_and_in_order() {
        let settings = Settings {
            rows: 2,
            ..Settings::with_jobs(1)
        };
        let mut sizes = Vec::new();
        let mut sheet = Sheet::new(settings, |batch: RecordBatch| {
            sizes.push(batch.num_rows());
            Ok(())
        });
        for text in ["a", "b", "c"] {
            let reading = read(document(text), settings, &|_| Ok("{}".into()));
            sheet.add(reading).expect("a batch");
        }
        sheet.give().expect("the last batch");
        assert_eq!(sizes, [2, 1]);
    }
}
