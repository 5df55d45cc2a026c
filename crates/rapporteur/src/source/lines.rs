//! A stream of JSON Lines, or of a form that its first bytes tell.

use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

use super::error::SourceError;
use super::files::{Form, sniffed};
use super::stories::LARGEST;

/// A stream that is read by lines.
pub(super) struct Lines {
    pub name: String,
    reader: BufReader<Box<dyn Read + Send>>,
    /// Number of the line read last, from 1.
    pub line: usize,
}

impl Lines {
    pub fn new(name: &str, reader: Box<dyn Read + Send>) -> Self {
        Lines {
            name: name.into(),
            reader: BufReader::new(reader),
            line: 0,
        }
    }

    fn failed(&self, source: io::Error) -> SourceError {
        SourceError::Io {
            path: PathBuf::from(&self.name),
            source,
        }
    }

    /// What the first buffer looks like; `None` for text. Nobody puts 8 KiB of blanks before a story.
    pub fn form(&mut self) -> io::Result<Option<Form>> {
        Ok(sniffed(self.reader.fill_buf()?))
    }

    /// All that is left, up to one byte over the limit.
    pub fn rest(mut self) -> Result<Vec<u8>, SourceError> {
        let mut bytes = Vec::new();
        let read = self
            .reader
            .by_ref()
            .take(LARGEST as u64 + 1)
            .read_to_end(&mut bytes);
        read.map_err(|source| self.failed(source)).map(|_| bytes)
    }

    /// The next line that is not blank; `None` at the end.
    pub fn next_line(&mut self) -> Result<Option<String>, SourceError> {
        loop {
            let mut bytes = Vec::new();
            let read = self
                .reader
                .by_ref()
                .take(LARGEST as u64 + 1)
                .read_until(b'\n', &mut bytes);
            if read.map_err(|source| self.failed(source))? == 0 {
                return Ok(None);
            }
            self.line += 1;
            if bytes.len() > LARGEST {
                if !bytes.ends_with(b"\n") {
                    self.reader
                        .skip_until(b'\n')
                        .map_err(|source| self.failed(source))?;
                }
                return Err(SourceError::TooLarge {
                    name: format!("{}:{}", self.name, self.line),
                    limit: LARGEST,
                });
            }
            let line = bytes.strip_prefix(MARK).unwrap_or(&bytes);
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let text = std::str::from_utf8(line).map_err(|_| SourceError::Json {
                name: self.name.clone(),
                line: self.line,
                message: "not UTF-8, which JSON must be".into(),
            })?;
            return Ok(Some(text.to_string()));
        }
    }
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";
