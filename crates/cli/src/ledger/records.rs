//! Files of records, one a line.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The longest line that is read, in bytes: the record of the longest story is far below.
const LONGEST: u64 = 256 << 20;

/// A line that may be a record.
pub struct Line {
    /// File and line.
    pub name: String,
    pub text: String,
}

/// The lines of files and of standard input, one at a time.
pub struct Lines {
    paths: VecDeque<PathBuf>,
    open: Option<Open>,
}

/// The file whose turn it is.
struct Open {
    path: PathBuf,
    reader: BufReader<Box<dyn Read>>,
    /// The line that was read last, from 1; 0 before the first.
    number: usize,
}

impl Lines {
    /// The lines of `paths`; `-` is standard input.
    pub fn open(paths: &[PathBuf]) -> Self {
        Lines {
            paths: paths.iter().cloned().collect(),
            open: None,
        }
    }

    /// The next line of the file that is open; `None` where it ends.
    fn next_line(&mut self) -> Option<Result<Line, String>> {
        let Open {
            path,
            reader,
            number,
        } = self.open.as_mut()?;
        loop {
            let mut bytes = Vec::new();
            let read = reader
                .by_ref()
                .take(LONGEST + 1)
                .read_until(b'\n', &mut bytes);
            *number += 1;
            let name = format!("{}:{number}", path.display());
            match read {
                Ok(0) => break,
                Err(error) => {
                    self.open = None;
                    return Some(Err(format!("{name}: {error}")));
                }
                Ok(_) if bytes.len() as u64 > LONGEST => {
                    let skipped = reader.skip_until(b'\n');
                    if skipped.is_err() {
                        self.open = None;
                    }
                    return Some(Err(format!("{name}: longer than {} MiB", LONGEST >> 20)));
                }
                Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => {
                    let text = String::from_utf8(bytes).map_err(|_| format!("{name}: not UTF-8"));
                    return Some(text.map(|text| Line { name, text }));
                }
            }
        }
        self.open = None;
        None
    }
}

fn source(path: &Path) -> io::Result<Box<dyn Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    Ok(Box::new(File::open(path)?))
}

impl Iterator for Lines {
    type Item = Result<Line, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(line) = self.next_line() {
                return Some(line);
            }
            let path = self.paths.pop_front()?;
            match source(&path) {
                Ok(reader) => {
                    self.open = Some(Open {
                        path,
                        reader: BufReader::new(reader),
                        number: 0,
                    });
                }
                Err(error) => return Some(Err(format!("{}: {error}", path.display()))),
            }
        }
    }
}
