//! Why an input gives no story.

use std::io;
use std::path::PathBuf;

use super::decode::NotText;
use super::story::Given;

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
    /// A table without the column that holds the text.
    #[error(
        "{name}: there is no column `{missing}`; there are {}; --columns text=NAME says which one holds the text",
        named(found)
    )]
    Columns {
        /// File.
        name: String,
        /// The column that was looked for.
        missing: String,
        /// The columns that there are.
        found: Vec<String>,
    },
    /// A folder in which no file has the ending of a form that is read.
    #[error("{}: no .txt, .jsonl, .parquet, .html, .rss, .xml or .warc file in this folder", path.display())]
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
    /// An entry of a feed with only the lead of its story, which has to be fetched.
    #[error(
        "{name}: {}: the feed has only the lead of this story",
        lead.url.as_deref().or(lead.reference.as_deref()).unwrap_or("an entry")
    )]
    Lead {
        /// The feed.
        name: String,
        /// What the feed says of the story: its address before all, where it has one.
        lead: Box<Given>,
    },
    /// An address of the web, where files are read.
    #[error("{address}: an address, not a file; `rapporteur add` fetches it")]
    Address {
        /// The address.
        address: String,
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

/// Names for a person.
fn named(columns: &[String]) -> String {
    if columns.is_empty() {
        return "none".into();
    }
    let names: Vec<String> = columns.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
