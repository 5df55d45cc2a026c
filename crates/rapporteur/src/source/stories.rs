//! Stories one after the other, from any number of inputs.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use types::{Problem, Story};

use super::columns::Columns;
use super::dates::parse_date;
use super::decode::decode;
use super::error::SourceError;
use super::files::{Form, Input, inputs};
use super::json;
use super::lines::Lines;
use super::meter::{Meter, Metered};
use super::parquet::Table;
use super::story::{Given, story};
use super::warc::Warc;
use super::web;

/// The largest text file, and the longest line of JSON Lines, that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// What holds for all stories of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    published: Option<String>,
    columns: Columns,
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

    /// Says under which names tables (JSON Lines, Parquet) have what is read.
    pub fn columns(mut self, columns: Columns) -> Self {
        self.columns = columns;
        self
    }

    /// The story of a text with what is known of it.
    pub(super) fn finish(
        &self,
        text: String,
        given: Given,
        name: &str,
    ) -> Result<Story, SourceError> {
        if text.len() > LARGEST {
            return Err(SourceError::TooLarge {
                name: name.into(),
                limit: LARGEST,
            });
        }
        if text.trim().is_empty() {
            return Err(SourceError::Blank { name: name.into() });
        }
        let published = self.published.clone().or(given.published.clone());
        Ok(story(text, Given { published, ..given }))
    }
}

/// The stories of files, folders and standard input, each read when it is asked for. An item is an error where a file
/// or a line gives no story; the iterator goes on behind it.
pub struct Stories {
    inputs: VecDeque<Input>,
    lines: Option<Lines>,
    warc: Option<Warc>,
    table: Option<Table>,
    /// Stories of a feed that are still to be given.
    entries: VecDeque<Result<Story, SourceError>>,
    options: Options,
    total: Option<usize>,
    meter: Meter,
}

impl Stories {
    /// Stories of `paths`: files of text or, by their endings, of JSON Lines (.jsonl, .ndjson), Parquet (.parquet, .pq), web pages (.html, .htm,
    /// .xhtml), feeds (.rss, .atom, .xml) and WARC (.warc, .warc.gz); folders, of which all files with one of these
    /// endings or .txt are read in the order of their paths; `-` for standard input, which is JSON
    /// Lines where its first character is `{`, a feed or a page where it begins as these do, and text otherwise. What cannot be opened becomes an error among the stories.
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
        let meter = Meter::new(inputs.iter().map(Input::size).sum());
        Stories {
            inputs,
            lines: None,
            warc: None,
            table: None,
            entries: VecDeque::new(),
            options,
            total,
            meter,
        }
    }

    /// The number of items in all, where it is known before they are read: not with JSON Lines or standard input.
    pub fn total(&self) -> Option<usize> {
        self.total
    }

    fn text_file(&self, path: &Path) -> Result<Story, SourceError> {
        of_bytes(
            &self.options,
            bytes_of(path)?,
            named(path),
            &path.display().to_string(),
        )
    }

    /// How far the reading is, in bytes; `None` where that cannot be told, because a stream is among the inputs.
    pub fn meter(&self) -> Option<Meter> {
        let stream = |input: &Input| matches!(input, Input::Stream(..));
        (!self.inputs.iter().any(stream)).then(|| self.meter.clone())
    }

    /// Opens a stream of unknown form: gives the story where it is text, and gets ready for lines where it is not.
    fn start_stream(
        &mut self,
        name: &str,
        reader: Box<dyn Read + Send>,
    ) -> Option<Result<Story, SourceError>> {
        let mut lines = Lines::new(name, reader);
        let form = match lines.form() {
            Ok(form) => form,
            Err(source) => {
                return Some(Err(SourceError::Io {
                    path: name.into(),
                    source,
                }));
            }
        };
        if form == Some(Form::Lines) {
            self.lines = Some(lines);
            return None;
        }
        let bytes = match lines.rest() {
            Ok(bytes) => bytes,
            Err(error) => return Some(Err(error)),
        };
        let options = &self.options;
        match form {
            Some(Form::Page) => Some(web::page_of(options, bytes, Given::default(), name)),
            Some(Form::Feed) => match web::feed_of(options, &bytes, name) {
                Ok(entries) => {
                    self.entries.extend(entries);
                    None
                }
                Err(error) => Some(Err(error)),
            },
            _ => Some(of_bytes(options, bytes, Given::default(), name)),
        }
    }

    fn start(&mut self, input: Input) -> Option<Result<Story, SourceError>> {
        if input.is_read_at_once() {
            self.meter.add(input.size());
        }
        match input {
            Input::Text(path) => Some(self.text_file(&path)),
            Input::Lines(path) => match File::open(&path) {
                Ok(stream) => {
                    let meter = self.meter.clone();
                    let file = Metered { stream, meter };
                    self.lines = Some(Lines::new(&path.display().to_string(), Box::new(file)));
                    None
                }
                Err(source) => Some(Err(SourceError::Io { path, source })),
            },
            Input::Stream(name, reader) => self.start_stream(&name, reader),
            Input::Page(path) => Some(web::page(&self.options, &path)),
            Input::Feed(path) => match web::feed(&self.options, &path) {
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
            Input::Table(path) => match Table::open(&path, &self.options.columns) {
                Ok(table) => {
                    self.table = Some(table);
                    None
                }
                Err(error) => Some(Err(error)),
            },
            Input::Failed(error) => Some(Err(error)),
        }
    }

    /// The next story of the WARC file that is open; `None` where it ends.
    fn next_page(&mut self) -> Option<Result<Story, SourceError>> {
        let mut warc = self.warc.take()?;
        let before = warc.at();
        let next = web::next(&self.options, &mut warc);
        self.meter.add(warc.at().saturating_sub(before));
        let next = next?;
        // A file that fails once does not recover; a damaged record is one record.
        if !matches!(next, Err(SourceError::Io { .. })) {
            self.warc = Some(warc);
        }
        Some(next)
    }

    /// The story of the next row of the table that is open; `None` where it ends.
    fn next_row(&mut self) -> Option<Result<Story, SourceError>> {
        let mut table = self.table.take()?;
        let before = table.at();
        let next = table.next_row()?;
        self.meter.add(table.at().saturating_sub(before));
        let story = next.and_then(|(text, given)| self.options.finish(text, given, &table.name()));
        self.table = Some(table);
        Some(story)
    }

    /// The next story of the lines that are open; `None` where they end.
    fn next_line(&mut self) -> Option<Result<Story, SourceError>> {
        let lines = self.lines.as_mut()?;
        let next = lines.next_line();
        let place = format!("{}:{}", lines.name, lines.line);
        let (name, line) = (lines.name.clone(), lines.line);
        match next {
            Ok(Some(text)) => Some(match json::parse(&text, &self.options.columns) {
                Ok((text, given)) => self.options.finish(text, given, &place),
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
            let open = open.or_else(|| self.next_page());
            if let Some(item) = open.or_else(|| self.next_row()) {
                return Some(item);
            }
            let input = self.inputs.pop_front()?;
            if let Some(item) = self.start(input) {
                return Some(item);
            }
        }
    }
}

/// The story of the bytes of a text file.
pub(super) fn of_bytes(
    options: &Options,
    bytes: Vec<u8>,
    given: Given,
    name: &str,
) -> Result<Story, SourceError> {
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
    let mut story = options.finish(decoded.text, given, name)?;
    if decoded.damaged {
        story.problems.push(damaged(decoded.encoding));
    }
    Ok(story)
}

/// Says that bytes are no text in the encoding in which they were read.
pub(super) fn damaged(encoding: &str) -> Problem {
    Problem {
        kind: "damaged_text",
        span: None,
        message: format!("Some bytes are no {encoding}; U+FFFD stands for them."),
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
