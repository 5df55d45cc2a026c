//! A user's own lexicon from files.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use lexicon::Lexicon;
pub use lexicon::LineProblem;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::source::{NotText, decode};

/// The built-in lexicon with a user's own files before it. What an earlier file says goes before a later one.
///
/// ```
/// let mut own = rapporteur::UserLexicon::default();
/// let problems = own.add("actor\tFree Harbour Front\tUKRREB\torganisation\nactor\tno code");
/// assert_eq!(problems.len(), 1);
/// assert_eq!(problems[0].line, 2);
/// assert_eq!(own.entries(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct UserLexicon {
    lexicon: Lexicon,
    digest: Sha256,
    files: usize,
}

/// Why a lexicon file cannot be used at all.
#[derive(Debug, Error)]
pub enum LexiconError {
    /// It cannot be read.
    #[error("cannot read the lexicon {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is no text.
    #[error("cannot use the lexicon {path}: {reason}")]
    NotText {
        /// The file.
        path: PathBuf,
        /// How one can tell.
        reason: NotText,
    },
}

impl UserLexicon {
    /// Takes in a file: UTF-8, or Windows-1252 as the older dictionaries are. Gives the lines that were left out.
    ///
    /// # Errors
    /// Where the file cannot be read or is no text. Lines with errors are no error: the others hold.
    pub fn add_file(&mut self, path: &Path) -> Result<Vec<LineProblem>, LexiconError> {
        let bytes = std::fs::read(path).map_err(|source| LexiconError::File {
            path: path.into(),
            source,
        })?;
        let decoded = decode(bytes).map_err(|reason| LexiconError::NotText {
            path: path.into(),
            reason,
        })?;
        Ok(self.add(&decoded.text))
    }

    /// Takes in the text of a file. Gives the lines that were left out.
    pub fn add(&mut self, text: &str) -> Vec<LineProblem> {
        self.digest.update((text.len() as u64).to_le_bytes());
        self.digest.update(text);
        self.files += 1;
        self.lexicon.add(text)
    }

    /// Names and role nouns taken in, counted with their synonyms.
    pub fn entries(&self) -> usize {
        self.lexicon.own_entries()
    }

    /// The lexicon and its version, which tells the user's files by their digest.
    pub(crate) fn into_parts(self) -> (Lexicon, String) {
        let mut version = Lexicon::VERSION.to_owned();
        if self.files > 0 {
            let digest = self.digest.finalize();
            // Eight bytes are enough to tell two lexicons of one user apart.
            version.push_str("+sha256:");
            for byte in &digest[..8] {
                let _ = write!(version, "{byte:02x}");
            }
        }
        (self.lexicon, version)
    }
}
