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
        let decoded = decode(without_strays(bytes)).map_err(|reason| LexiconError::NotText {
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

/// One stray control character in as many bytes is damage; more is another sort of file.
const STRAY: usize = 1000;

/// `bytes` less a few zeros and other control characters, which old dictionaries have where names were damaged. Text with
/// a byte order mark, in which zeros are half of the letters, and what has many of them stay as they are.
fn without_strays(mut bytes: Vec<u8>) -> Vec<u8> {
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let stray = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r');
    let strays = bytes.iter().filter(|byte| stray(byte)).count();
    if !marked && strays.saturating_mul(STRAY) <= bytes.len() {
        bytes.retain(|byte| !stray(byte));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stray_zero_is_left_out_and_a_binary_file_stays_one() {
        let mut text = b"EVA_LUND_ [DNKGOV]\n".repeat(100);
        text.insert(3, 0);
        assert_eq!(without_strays(text), b"EVA_LUND_ [DNKGOV]\n".repeat(100));
        let binary = vec![0, 1, 2, 65];
        assert_eq!(without_strays(binary.clone()), binary);
    }
}
