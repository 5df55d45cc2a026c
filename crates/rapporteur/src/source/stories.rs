//! Stories one after the other, from any number of inputs.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use types::{Problem, Story};

use super::dates::parse_date;
use super::decode::decode;
use super::error::SourceError;
use super::files::{Input, inputs};
use super::json;
use super::story::{Given, story};
use super::warc::Warc;
use super::web;

/// The largest text file, and the longest line of JSON Lines, that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// What holds for all stories of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    published: Option<String>,
}

/// A date that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date; give YYYY-MM-DD")]
pub struct BadDate(String);

impl Options {
    /// Gives every story this date of publication, whatever it says itself.
    ///
    /// # Errors
    /// Where `date` is none that [`parse_date`] reads.
    pub fn published(mut self, date: &str) -> Result<Self, BadDate> {
        self.published = Some(parse_date(date).ok_or_else(|| BadDate(date.into()))?);
        Ok(self)
    }
}

/// The stories of files, folders and standard input, each read when it is asked for. An item is an error where a file
/// or a line gives no story; the iterator goes on behind it.
pub struct Stories {
    inputs: VecDeque<Input>,
    lines: Option<Lines>,
    warc: Option<Warc>,
    /// Stories of a feed that are still to be given.
    entries: VecDeque<Result<Story, SourceError>>,
    options: Options,
    total: Option<usize>,
}

impl Stories {
    /// Stories of `paths`: files of text or, by their endings, of JSON Lines (.jsonl, .ndjson), web pages (.html, .htm,
    /// .xhtml), feeds (.rss, .atom, .xml) and WARC (.warc, .warc.gz); folders, of which all files with one of these
    /// endings or .txt are read in the order of their paths; `-` for standard input, which is
    /// JSON Lines where its first character is `{`. What cannot be opened becomes an error among the stories.
    pub fn open<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, options: Options) -> Self {
        let inputs: VecDeque<Input> = paths
            .into_iter()
            .flat_map(|path| inputs(path.as_ref()))
            .collect();
        let known = inputs
            .iter()
            .all(|input| matches!(input, Input::Text(_) | Input::Page(_) | Input::Failed(_)));
        let total = known.then_some(inputs.len());
        Stories::of(inputs, options, total)
    }

    /// Stories of one stream, read as standard input is; `name` stands in errors.
    pub fn of_reader(name: &str, reader: Box<dyn Read + Send>, options: Options) -> Self {
        let inputs = VecDeque::from([Input::Stream(name.into(), reader)]);
        Stories::of(inputs, options, None)
    }

    /// Stories of a WARC file that is open.
    pub(super) fn of_warc(warc: Warc, options: Options) -> Self {
        Stories {
            warc: Some(warc),
            ..Stories::of(VecDeque::new(), options, None)
        }
    }

    /// Stories of lines of JSON; `name` stands in errors.
    pub(super) fn of_lines(name: &str, lines: Box<dyn Read + Send>, options: Options) -> Self {
        Stories {
            lines: Some(Lines::new(name, lines)),
            ..Stories::of(VecDeque::new(), options, None)
        }
    }

    fn of(inputs: VecDeque<Input>, options: Options, total: Option<usize>) -> Self {
        Stories {
            inputs,
            lines: None,
            warc: None,
            entries: VecDeque::new(),
            options,
            total,
        }
    }

    /// The number of items in all, where it is known before they are read: not with JSON Lines or standard input.
    pub fn total(&self) -> Option<usize> {
        self.total
    }

    pub(super) fn finish(
        &self,
        text: String,
        given: Given,
        name: &str,
    ) -> Result<Story, SourceError> {
        if text.trim().is_empty() {
            return Err(SourceError::Blank { name: name.into() });
        }
        let published = self.options.published.clone().or(given.published.clone());
        Ok(story(text, Given { published, ..given }))
    }

    fn of_bytes(&self, bytes: Vec<u8>, given: Given, name: &str) -> Result<Story, SourceError> {
        if bytes.len() > LARGEST {
            return Err(SourceError::TooLarge {
                name: name.into(),
                limit: LARGEST,
            });
        }
        let decoded = decode(bytes).map_err(|reason| SourceError::NotText {
            name: name.into(),
            reason,
        })?;
        let mut story = self.finish(decoded.text, given, name)?;
        if decoded.damaged {
            let message = format!(
                "Some bytes are no {}; U+FFFD stands for them.",
                decoded.encoding
            );
            story.problems.push(Problem {
                kind: "damaged_text",
                span: None,
                message,
            });
        }
        Ok(story)
    }

    fn text_file(&self, path: &Path) -> Result<Story, SourceError> {
        self.of_bytes(bytes_of(path)?, named(path), &path.display().to_string())
    }

    /// Opens a stream of unknown form: gives the story where it is text, and gets ready for lines where it is not.
    fn start_stream(
        &mut self,
        name: &str,
        reader: Box<dyn Read + Send>,
    ) -> Option<Result<Story, SourceError>> {
        let mut lines = Lines::new(name, reader);
        match lines.starts_with_object() {
            Ok(true) => self.lines = Some(lines),
            Ok(false) => {
                let bytes = lines.rest();
                return Some(bytes.and_then(|bytes| self.of_bytes(bytes, Given::default(), name)));
            }
            Err(source) => {
                return Some(Err(SourceError::Io {
                    path: name.into(),
                    source,
                }));
            }
        }
        None
    }

    fn start(&mut self, input: Input) -> Option<Result<Story, SourceError>> {
        match input {
            Input::Text(path) => Some(self.text_file(&path)),
            Input::Lines(path) => match File::open(&path) {
                Ok(file) => {
                    self.lines = Some(Lines::new(&path.display().to_string(), Box::new(file)));
                    None
                }
                Err(source) => Some(Err(SourceError::Io { path, source })),
            },
            Input::Stream(name, reader) => self.start_stream(&name, reader),
            Input::Page(path) => Some(web::page(self, &path)),
            Input::Feed(path) => match web::feed(self, &path) {
                Ok(entries) => {
                    self.entries.extend(entries);
                    None
                }
                Err(error) => Some(Err(error)),
            },
            Input::Warc(path) => match Warc::open(&path) {
                Ok(warc) => {
                    self.warc = Some(warc);
                    None
                }
                Err(source) => Some(Err(SourceError::Io { path, source })),
            },
            Input::Failed(error) => Some(Err(error)),
        }
    }

    /// The next story of the WARC file that is open; `None` where it ends.
    fn next_page(&mut self) -> Option<Result<Story, SourceError>> {
        let mut warc = self.warc.take()?;
        let next = web::next(self, &mut warc)?;
        // A file that fails once does not recover; a damaged record is one record.
        if !matches!(next, Err(SourceError::Io { .. })) {
            self.warc = Some(warc);
        }
        Some(next)
    }

    /// The next story of the lines that are open; `None` where they end.
    fn next_line(&mut self) -> Option<Result<Story, SourceError>> {
        let lines = self.lines.as_mut()?;
        let next = lines.next_line();
        let place = format!("{}:{}", lines.name, lines.line);
        let (name, line) = (lines.name.clone(), lines.line);
        match next {
            Ok(Some(text)) => Some(match json::parse(&text) {
                Ok((text, given)) => self.finish(text, given, &place),
                Err(message) => Err(SourceError::Json {
                    name,
                    line,
                    message,
                }),
            }),
            Ok(None) => {
                self.lines = None;
                None
            }
            Err(error) => {
                // A stream that fails once does not recover; a line that is too long or no text is one line.
                if matches!(error, SourceError::Io { .. }) {
                    self.lines = None;
                }
                Some(Err(error))
            }
        }
    }
}

impl Iterator for Stories {
    type Item = Result<Story, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let open = self.entries.pop_front().or_else(|| self.next_line());
            if let Some(item) = open.or_else(|| self.next_page()) {
                return Some(item);
            }
            let input = self.inputs.pop_front()?;
            if let Some(item) = self.start(input) {
                return Some(item);
            }
        }
    }
}

/// A file's bytes, up to one over the limit.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, SourceError> {
    let failed = |source| SourceError::Io {
        path: path.into(),
        source,
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(LARGEST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

/// What is known of a story in a file: the file's name.
pub(super) fn named(path: &Path) -> Given {
    let name = path.file_name();
    Given {
        reference: name.map(|name| name.to_string_lossy().into_owned()),
        ..Given::default()
    }
}

/// A stream that is read by lines.
struct Lines {
    name: String,
    reader: BufReader<Box<dyn Read + Send>>,
    /// Number of the line read last, from 1.
    line: usize,
}

impl Lines {
    fn new(name: &str, reader: Box<dyn Read + Send>) -> Self {
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

    /// Whether the first character that is not blank is `{`. Looks at the first buffer only: nobody puts 8 KiB of
    /// blanks before a story.
    fn starts_with_object(&mut self) -> io::Result<bool> {
        let start = self.reader.fill_buf()?;
        let start = start.strip_prefix(MARK).unwrap_or(start);
        Ok(start.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{'))
    }

    /// All that is left, up to one byte over the limit.
    fn rest(mut self) -> Result<Vec<u8>, SourceError> {
        let mut bytes = Vec::new();
        let read = self
            .reader
            .by_ref()
            .take(LARGEST as u64 + 1)
            .read_to_end(&mut bytes);
        read.map_err(|source| self.failed(source)).map(|_| bytes)
    }

    /// The next line that is not blank; `None` at the end.
    fn next_line(&mut self) -> Result<Option<String>, SourceError> {
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
