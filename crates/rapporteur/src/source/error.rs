//! Why an input gives no story.

use std::io;
use std::path::PathBuf;

use super::decode::NotText;

/// Why an input, or a line of it, gives no story. The inputs after it are read all the same.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A file or folder that is missing or cannot be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file that is no text.
    #[error("{name}: {reason}")]
    NotText {
        /// File, or `file:line`.
        name: String,
        /// How that shows.
        reason: NotText,
    },
    /// More text than a story has.
    #[error("{name}: larger than {} MiB, which is no single story", limit >> 20)]
    TooLarge {
        /// File, or `file:line`.
        name: String,
        /// The most that is read, in bytes.
        limit: usize,
    },
    /// Nothing but blanks.
    #[error("{name}: there is no text")]
    Blank {
        /// File, or `file:line`.
        name: String,
    },
    /// A folder in which no file has the ending of a form that is read.
    #[error("{}: no .txt, .jsonl, .html, .rss, .xml or .warc file in this folder", path.display())]
    NoStories {
        /// The folder.
        path: PathBuf,
    },
    /// A page, an entry of a feed or a record of a WARC file that gives no story.
    #[error("{name}: {message}")]
    NoArticle {
        /// File, with what tells the entry or record in it.
        name: String,
        /// What is wrong with it.
        message: String,
    },
    /// A line of JSON Lines that is no story.
    #[error("{name}:{line}: {message}")]
    Json {
        /// File.
        name: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
}
