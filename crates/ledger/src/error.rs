//! Why the ledger cannot do what it is asked.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What keeps the ledger from being opened, written or asked.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file cannot be opened, written or read.
    #[error("{}: {}", path.display(), told(said))]
    Store {
        /// The ledger's file.
        path: PathBuf,
        /// What SQLite says. It is part of the message: as its source it would be told twice.
        said: rusqlite::Error,
    },
    /// The same, before it is known of which file.
    #[error("{}", told(.0))]
    Sql(rusqlite::Error),
    /// A database of some other program.
    #[error("{}: this is a database, but no ledger of rapporteur", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A ledger that a newer version of the program has written.
    #[error(
        "{}: this ledger has schema {found}, which is newer than the {known} that this version knows; update rapporteur",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this version knows.
        known: i64,
    },
    /// A record that contradicts itself or the rules of the tables.
    #[error("the record of story {story} cannot be kept: {what}")]
    Record {
        /// The story's id.
        story: String,
        /// What is wrong with it.
        what: String,
    },
    /// A question that cannot be understood.
    #[error("{0}")]
    Question(String),
    /// A number that nothing in the ledger has.
    #[error("{0}: nothing in this ledger has that number")]
    Unknown(String),
    /// A kept record that cannot be opened again.
    #[error("the kept record of reading {reading} is damaged: {what}")]
    Damaged {
        /// Number of the reading.
        reading: i64,
        /// How that shows.
        what: String,
    },
    /// What the receiver of an answer says, such as a pipe that was closed.
    #[error("the answer cannot be written")]
    Receiver(#[from] std::io::Error),
}

impl LedgerError {
    /// The same error, with the file that it is about.
    pub(crate) fn at(self, path: &Path) -> Self {
        match self {
            LedgerError::Sql(said) => LedgerError::Store {
                path: path.into(),
                said,
            },
            other => other,
        }
    }

    /// Whether the ledger is whole and only this record is not taken: the next one may be.
    pub fn is_about_the_record(&self) -> bool {
        matches!(self, LedgerError::Record { .. })
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(said: rusqlite::Error) -> Self {
        LedgerError::Sql(said)
    }
}

/// What SQLite says, and what to do about it.
fn told(error: &rusqlite::Error) -> String {
    let advice = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            "the disk is full; make room and run it again: what was added is kept"
        }
        Some(ErrorCode::ReadOnly) => "it cannot be written; it or its folder is read-only",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program is writing to it; wait until that is done"
        }
        Some(ErrorCode::CannotOpen) => "it cannot be opened; look at its path and permissions",
        Some(ErrorCode::NotADatabase) => "this is no ledger",
        Some(ErrorCode::DatabaseCorrupt) => "the file is damaged; use a copy of it",
        Some(ErrorCode::SystemIoFailure) => "the disk cannot be read or written",
        _ => return error.to_string(),
    };
    format!("{advice} ({error})")
}

/// The result of most functions here.
pub(crate) type Result<T> = std::result::Result<T, LedgerError>;
