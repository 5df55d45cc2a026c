//! What keeps a score from being made.

use std::path::PathBuf;

/// Why a subcommand could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file could not be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Standard input or output failed.
    #[error("standard input or output: {0}")]
    Stream(#[from] std::io::Error),
    /// A line is not what the format asks for.
    #[error("{name}:{line}: {message}")]
    Line {
        /// File name, `-` for standard input.
        name: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// The model file is no model for this version.
    #[error("{}: {message}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// Arguments that make no sense.
    #[error("{0}")]
    Usage(String),
}
