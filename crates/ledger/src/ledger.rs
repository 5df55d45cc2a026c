//! A ledger that is open to be written.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};
use types::record::{Provenance, Record, StoryRecord};

use crate::append::{self, Added, Appended, FullText};
use crate::cast::Known;
use crate::error::{LedgerError, Result};
use crate::kept::{self, Packer};
use crate::occurrence::gather::{Gathering, Remembered};
use crate::outlet::{self, Origin, Place};
use crate::review::carry;
use crate::schema;

/// A ledger, open to be written. Only one can be open at a time for a file; readers are not disturbed.
pub struct Ledger {
    pub(crate) path: PathBuf,
    pub(crate) connection: Connection,
    pub(crate) known: Known,
    pub(crate) remembered: Remembered,
    packer: Packer,
    /// Of the batch that is open.
    full_text: FullText,
    /// SQLite's count of what other programs have written, at the begin of the last batch.
    others: Option<i64>,
    /// Whether the last records had refused ones among them, so that there may be more.
    careful: bool,
}

impl Ledger {
    /// Opens the file, makes it where there is none, and brings an older one to this version's schema.
    ///
    /// # Errors
    /// Where the file cannot be opened or written, is no ledger, or was written by a newer version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let connection = schema::open_writer(path).map_err(|error| error.at(path))?;
        Ok(Ledger {
            path: path.into(),
            connection,
            known: Known::default(),
            remembered: Remembered::default(),
            packer: Packer::default(),
            full_text: FullText::new(),
            others: None,
            careful: false,
        })
    }

    /// Whether the story with this hash has been read by these versions.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn has(&self, story: &str, made: &Provenance) -> Result<bool> {
        let find = || -> Result<bool> {
            let mut select = self.connection.prepare_cached(
                "SELECT 1 FROM reading JOIN story ON story.id = reading.story
                 WHERE story.hash = ?1 AND program = ?2 AND model = ?3 AND lexicon = ?4",
            )?;
            Ok(select.exists(params![story, made.program, made.model, made.lexicon])?)
        };
        find().map_err(|error| error.at(&self.path))
    }

    /// Whether this outlet's story has been read by these versions. The same text in another outlet is another story,
    /// unless one of the outlets is not known.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn has_from(&self, origin: &Origin, made: &Provenance) -> Result<bool> {
        let find = || -> Result<bool> {
            let Place::In { id, .. } = outlet::find(&self.connection, origin)? else {
                return Ok(false);
            };
            let mut select = self.connection.prepare_cached(
                "SELECT 1 FROM reading WHERE story = ?1 AND program = ?2 AND model = ?3 AND lexicon = ?4",
            )?;
            Ok(select.exists(params![id, made.program, made.model, made.lexicon])?)
        };
        find().map_err(|error| error.at(&self.path))
    }

    /// Whether the ledger has the story with this hash, read by whatever version.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn has_story(&self, story: &str) -> Result<bool> {
        let find = || -> Result<bool> {
            let mut select = self
                .connection
                .prepare_cached("SELECT 1 FROM story WHERE hash = ?1")?;
            Ok(select.exists([story])?)
        };
        find().map_err(|error| error.at(&self.path))
    }

    /// Adds one record, whole, and is on disk when this returns.
    ///
    /// # Errors
    /// Where the record contradicts itself, or the file cannot be written; nothing of it was added then.
    pub fn add(&mut self, record: &Record) -> Result<Added> {
        let mut batch = self.batch()?;
        let added = batch.add(record)?;
        batch.commit()?;
        Ok(added)
    }

    /// Notes that a story was not read, and in which language it is; once for each story.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn leave_out(&self, story: &StoryRecord, reason: LeftOut) -> Result<()> {
        let insert = || -> Result<()> {
            let mut insert = self.connection.prepare_cached(
                "INSERT INTO left_out (hash, ref, url, publisher, published, language, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            )?;
            insert.execute(params![
                story.id,
                story.reference,
                story.url,
                story.publisher,
                story.published,
                story.language,
                reason.as_str()
            ])?;
            Ok(())
        };
        insert().map_err(|error| error.at(&self.path))
    }

    /// Begins a transaction for many records. Each is in it whole or not at all; all are on disk when it is
    /// committed, and none if it is dropped.
    ///
    /// # Errors
    /// Where another program is writing, or the file cannot be written.
    pub fn batch(&mut self) -> Result<Batch<'_>> {
        self.begin().map_err(|error| error.at(&self.path))?;
        Ok(Batch {
            ledger: self,
            open: true,
            added: Vec::new(),
            refused: false,
        })
    }

    fn begin(&mut self) -> Result<()> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let others = self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0))?;
        // What is remembered may be out of date when another program has written.
        if self.others.replace(others) != Some(others) {
            self.forget();
        }
        Ok(())
    }

    /// Lets SQLite bring its statistics up to date and write its log back; worth it after many stories.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn tidy(&self) -> Result<()> {
        self.connection
            .execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)")
            .map_err(|error| LedgerError::from(error).at(&self.path))
    }

    pub(crate) fn forget(&mut self) {
        self.known.forget();
        self.remembered.forget();
    }
}

/// Why a story is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It is in another language.
    NotEnglish,
    /// Reading it took longer than is allowed.
    TooLong,
    /// There is no text in it.
    NoText,
}

impl LeftOut {
    fn as_str(self) -> &'static str {
        match self {
            LeftOut::NotEnglish => "not_english",
            LeftOut::TooLong => "too_long",
            LeftOut::NoText => "no_text",
        }
    }
}

/// Records that are being added together.
pub struct Batch<'l> {
    pub(crate) ledger: &'l mut Ledger,
    open: bool,
    /// What was added, to add it once more after a record that was refused.
    added: Vec<Kept>,
    refused: bool,
}

/// A record that was added: packed, and the text of its story.
struct Kept(Vec<u8>, String);

impl Batch<'_> {
    /// Adds a record and brings its events together with the others.
    ///
    /// # Errors
    /// Where the record contradicts itself ([`crate::LedgerError::is_about_the_record`]): the others of the batch are
    /// not touched. Where the file cannot be written, the batch is lost.
    pub fn add(&mut self, record: &Record) -> Result<Added> {
        match self.append(record)? {
            None => Ok(Added::Known),
            Some(appended) => {
                let added = appended.added;
                self.gather(appended)?;
                Ok(added)
            }
        }
    }

    /// The first half of [`Batch::add`]: writes the record into the tables; `None` where the ledger has it. The second half
    /// comes before the next record.
    ///
    /// # Errors
    /// As [`Batch::add`].
    pub fn append(&mut self, record: &Record) -> Result<Option<Appended>> {
        // A savepoint for each record would copy every page that the record changes, a tenth of the time of adding; refused
        // records are rare, but seldom come alone.
        let outcome = if self.ledger.careful {
            self.append_apart(record)
        } else {
            self.append_now(record)
        };
        match outcome {
            Ok(Some(mut appended)) => {
                let packed = std::mem::take(&mut appended.packed);
                self.added.push(Kept(packed, record.story.text.clone()));
                Ok(Some(appended))
            }
            Ok(None) => Ok(None),
            Err(error) => {
                self.refused = true;
                let taken_back = self.ledger.careful || self.add_again(&error);
                if !taken_back {
                    self.take_back();
                }
                Err(error.at(&self.ledger.path))
            }
        }
    }

    fn append_now(&mut self, record: &Record) -> Result<Option<Appended>> {
        let ledger = &mut *self.ledger;
        append::append(
            &ledger.connection,
            &mut ledger.known,
            &mut ledger.packer,
            &mut ledger.full_text,
            record,
        )
    }

    /// Within a savepoint, so that a record that is refused leaves nothing behind.
    fn append_apart(&mut self, record: &Record) -> Result<Option<Appended>> {
        let before = self.ledger.full_text.len();
        self.ledger.connection.execute_batch("SAVEPOINT record")?;
        let outcome = self.append_now(record);
        let end = match &outcome {
            Ok(_) => "RELEASE record",
            Err(_) => "ROLLBACK TO record; RELEASE record",
        };
        let ended = self.ledger.connection.execute_batch(end);
        if outcome.is_err() {
            self.ledger.full_text.truncate(before);
            self.ledger.forget();
        }
        let appended = outcome?;
        ended?;
        Ok(appended)
    }

    /// Takes the transaction back with what a refused record has left in it, and adds what came before once more; the next
    /// records get savepoints. Gives whether this could be done.
    fn add_again(&mut self, refusal: &LedgerError) -> bool {
        self.ledger.careful = true;
        let mut again = || -> Result<()> {
            self.ledger.connection.execute_batch("ROLLBACK")?;
            self.ledger.full_text.clear();
            self.ledger.forget();
            self.ledger.begin()?;
            for Kept(packed, text) in std::mem::take(&mut self.added) {
                let record = kept::unpack(0, &packed, text)?;
                self.add(&record)?;
            }
            Ok(())
        };
        refusal.is_about_the_record() && again().is_ok()
    }

    /// The second half: brings the events together with those of other stories.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn gather(&mut self, appended: Appended) -> Result<()> {
        let ledger = &mut *self.ledger;
        let mut gathering = Gathering::new(&ledger.connection, &mut ledger.remembered);
        let mut gather = || -> Result<()> {
            let Some(old) = appended.replaced else {
                return appended
                    .mentions
                    .iter()
                    .try_for_each(|mention| gathering.join(mention).map(drop));
            };
            let said = carry::said_of(&ledger.connection, old)?;
            withdraw(&ledger.connection, &mut gathering, old)?;
            carry::over(&ledger.connection, &mut gathering, said, &appended)
        };
        let outcome = gather().and_then(|()| gathering.finish());
        if outcome.is_err() {
            // Half of the record is in: the batch must not be committed.
            self.take_back();
        }
        outcome.map_err(|error| error.at(&self.ledger.path))
    }

    fn take_back(&mut self) {
        if std::mem::take(&mut self.open) {
            // The file is as it was whether or not this can be said to SQLite.
            let _ = self.ledger.connection.execute_batch("ROLLBACK");
            self.ledger.full_text.clear();
            self.ledger.forget();
        }
    }

    /// Puts the batch on disk.
    ///
    /// # Errors
    /// Where the file cannot be written; nothing of the batch was added then.
    pub fn commit(mut self) -> Result<()> {
        let ledger = &mut *self.ledger;
        let commit = || -> Result<()> {
            append::enter_full_text(&ledger.connection, &ledger.full_text)?;
            Ok(ledger.connection.execute_batch("COMMIT")?)
        };
        let done = commit();
        self.open = done.is_err();
        if done.is_ok() {
            ledger.full_text.clear();
            ledger.careful = self.refused;
        }
        done.map_err(|error| error.at(&self.ledger.path))
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        self.take_back();
    }
}

/// Takes the reports of a reading that no longer counts out of their occurrences.
fn withdraw(connection: &Connection, gathering: &mut Gathering, reading: i64) -> Result<()> {
    let mut select = connection.prepare_cached(
        "SELECT DISTINCT report.occurrence FROM report JOIN event ON event.id = report.event
         WHERE event.reading = ?1 ORDER BY 1",
    )?;
    let occurrences: Vec<i64> = select
        .query_map([reading], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    connection
        .prepare_cached(
            "DELETE FROM report WHERE event IN (SELECT id FROM event WHERE reading = ?1)",
        )?
        .execute([reading])?;
    occurrences
        .into_iter()
        .try_for_each(|occurrence| gathering.remake(occurrence))
}

/// The occurrence that an event is a report of.
pub(crate) fn occurrence_of(connection: &Connection, event: i64) -> Result<Option<i64>> {
    let mut select = connection.prepare_cached("SELECT occurrence FROM report WHERE event = ?1")?;
    Ok(select.query_row([event], |row| row.get(0)).optional()?)
}
