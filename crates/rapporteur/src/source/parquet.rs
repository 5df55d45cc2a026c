//! Stories of a Parquet file: a row a story, in named columns that hold one value each.
//!
//! The columns are read by themselves, a value at a time, so that memory holds a page of each column and one story.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;
use types::Date;

use super::columns::{Cells, Columns, FIELDS, told};
use super::error::SourceError;
use super::story::Given;

/// A row group whose column unpacks to more than this, in bytes, and to more than [`MOST_PACKED`] times what it takes
/// in the file, is made to fill the memory: text packs four to ten times, and no writer makes pages that large.
const LARGEST_COLUMN: i64 = 256 << 20;

/// See [`LARGEST_COLUMN`].
const MOST_PACKED: i64 = 100;

/// A Parquet file that is open.
pub(super) struct Table {
    path: PathBuf,
    /// Bytes of the file.
    size: u64,
    file: SerializedFileReader<File>,
    columns: Columns,
    /// Where each of the fields stands in the file.
    places: [Option<usize>; FIELDS.len()],
    /// The row group whose turn it is next.
    group: usize,
    open: Option<Group>,
    /// The row that was read last, from 1; 0 before the first.
    row: u64,
}

/// A row group that is being read.
struct Group {
    columns: Vec<(usize, Column)>,
    left: i64,
}

impl Table {
    /// Opens a file and finds its columns.
    ///
    /// # Errors
    /// Where the file cannot be read, is no Parquet file, or lacks the column with the text.
    pub fn open(path: &Path, columns: &Columns) -> Result<Self, SourceError> {
        let file = File::open(path).map_err(|source| SourceError::Io {
            path: path.into(),
            source,
        })?;
        let size = file.metadata().map_or(0, |about| about.len());
        let no_table = |message: String| SourceError::NoArticle {
            name: path.display().to_string(),
            message: format!("no Parquet file: {message}"),
        };
        let file = guarded(|| SerializedFileReader::new(file)).map_err(no_table)?;
        let places = places(&file, columns);
        if places[0].is_none() {
            return Err(SourceError::Columns {
                name: path.display().to_string(),
                missing: columns.text().to_owned(),
                found: names(&file),
            });
        }
        Ok(Table {
            path: path.into(),
            size,
            file,
            columns: columns.clone(),
            places,
            group: 0,
            open: None,
            row: 0,
        })
    }

    /// How far the reading is, in bytes of the file, as if all rows had the same length.
    pub fn at(&self) -> u64 {
        let rows = self.file.metadata().file_metadata().num_rows();
        let rows = u64::try_from(rows).unwrap_or(0).max(self.row).max(1);
        let share = self.row as f64 / rows as f64;
        (self.size as f64 * share) as u64
    }

    /// The name of the row that was read last.
    pub fn name(&self) -> String {
        format!("{}:{}", self.path.display(), self.row)
    }

    /// Text of the next row, with what the row knows of it; `None` at the end. Behind a damaged row group the next one
    /// is read.
    pub fn next_row(&mut self) -> Option<Result<(String, Given), SourceError>> {
        loop {
            if let Some(group) = self.open.as_mut().filter(|group| group.left > 0) {
                group.left -= 1;
                self.row += 1;
                let read = guarded(|| cells(&mut group.columns));
                return Some(self.finish(read));
            }
            self.open = None;
            if self.group >= self.file.metadata().num_row_groups() {
                return None;
            }
            let at = self.group;
            self.group += 1;
            match guarded(|| open_group(&self.file, at, &self.places)) {
                Ok(group) => self.open = Some(group),
                Err(message) => {
                    return Some(Err(SourceError::NoArticle {
                        name: format!("{}, row group {}", self.path.display(), at + 1),
                        message,
                    }));
                }
            }
        }
    }

    /// A damaged page ends its row group, for what stands behind it cannot be told apart.
    fn finish(&mut self, read: Result<Row, String>) -> Result<(String, Given), SourceError> {
        let name = self.name();
        let no_story = |message: String| SourceError::NoArticle { name, message };
        match read {
            Ok(Row::Cells(cells)) => told(*cells, &self.columns).map_err(no_story),
            Ok(Row::Bad(message)) => Err(no_story(message)),
            Err(message) => {
                let lost = self.open.take().map_or(0, |group| group.left);
                self.row += u64::try_from(lost).unwrap_or(0);
                Err(no_story(format!("{message}; {} rows are lost", lost + 1)))
            }
        }
    }
}

/// A row, or why it is no story though the file is sound.
enum Row {
    Cells(Box<Cells>),
    Bad(String),
}

/// The library panics on some damaged files; for us they are damaged files.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(outcome) => outcome.map_err(|error| short(&error.to_string())),
        Err(_) => Err("the file is damaged".into()),
    }
}

/// Some of the library's errors hold the bytes that it stumbled upon.
fn short(message: &str) -> String {
    const LONGEST: usize = 200;
    message.chars().take(LONGEST).collect()
}

/// Where the fields stand among the file's columns; only columns at the top are looked at.
fn places(file: &SerializedFileReader<File>, columns: &Columns) -> [Option<usize>; FIELDS.len()] {
    let schema = file.metadata().file_metadata().schema_descr();
    let mut places = [None; FIELDS.len()];
    for (place, name) in places.iter_mut().zip(columns.names()) {
        *place = schema
            .columns()
            .iter()
            .position(|column| column.path().parts() == [name.clone()]);
    }
    places
}

fn names(file: &SerializedFileReader<File>) -> Vec<String> {
    let schema = file.metadata().file_metadata().schema_descr();
    let all = schema.columns().iter();
    all.map(|column| column.path().string()).collect()
}

fn open_group(
    file: &SerializedFileReader<File>,
    at: usize,
    places: &[Option<usize>],
) -> Result<Group, ParquetError> {
    let about = file.metadata().row_group(at);
    refuse_bombs(about, places)?;
    let group = file.get_row_group(at)?;
    let mut columns = Vec::new();
    for (field, place) in places.iter().enumerate() {
        let Some(place) = *place else { continue };
        let schema = about.schema_descr().column(place);
        columns.push((
            field,
            Column::new(group.get_column_reader(place)?, &schema)?,
        ));
    }
    Ok(Group {
        columns,
        left: about.num_rows(),
    })
}

fn refuse_bombs(about: &RowGroupMetaData, places: &[Option<usize>]) -> Result<(), ParquetError> {
    for place in places.iter().flatten() {
        let column = about.column(*place);
        let (packed, whole) = (column.compressed_size(), column.uncompressed_size());
        if whole > LARGEST_COLUMN && whole / packed.max(1) > MOST_PACKED {
            return Err(ParquetError::General(format!(
                "{packed} bytes that unpack to {} MiB",
                whole >> 20
            )));
        }
    }
    Ok(())
}

fn cells(columns: &mut [(usize, Column)]) -> Result<Row, ParquetError> {
    let mut cells = Box::<Cells>::default();
    let mut bad = None;
    // All columns go on by one row, even where one of them holds what is no text.
    for (field, column) in columns {
        match column.next()? {
            Ok(cell) => cells[*field] = cell,
            Err(what) => bad = Some(format!("`{}` is {what}", FIELDS[*field])),
        }
    }
    Ok(bad.map_or(Row::Cells(cells), Row::Bad))
}

/// A column of a row group.
struct Column {
    reader: ColumnReader,
    /// Definition level of a value that is there.
    there: i16,
    /// How many of its numbers make a day, where they are times.
    a_day: Option<i64>,
}

impl Column {
    fn new(reader: ColumnReader, about: &ColumnDescriptor) -> Result<Self, ParquetError> {
        let text = matches!(
            reader,
            ColumnReader::ByteArrayColumnReader(_)
                | ColumnReader::Int32ColumnReader(_)
                | ColumnReader::Int64ColumnReader(_)
                | ColumnReader::Int96ColumnReader(_)
        );
        if !text || about.max_rep_level() > 0 {
            return Err(ParquetError::General(format!(
                "the column `{}` holds neither text nor numbers nor days",
                about.name()
            )));
        }
        Ok(Column {
            reader,
            there: about.max_def_level(),
            a_day: a_day(about),
        })
    }

    /// The next cell, or what it is instead of text.
    fn next(&mut self) -> Result<Result<Option<String>, &'static str>, ParquetError> {
        let there = self.there;
        let number = match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => {
                let Some(bytes) = value(reader, there)? else {
                    return Ok(Ok(None));
                };
                let text = String::from_utf8(bytes.data().to_vec());
                return Ok(text.map(Some).map_err(|_| "not UTF-8"));
            }
            ColumnReader::Int32ColumnReader(reader) => value(reader, there)?.map(i64::from),
            ColumnReader::Int64ColumnReader(reader) => value(reader, there)?,
            // The old form of a time: nanoseconds and a Julian day.
            ColumnReader::Int96ColumnReader(reader) => {
                value(reader, there)?.map(|time| time.to_seconds())
            }
            _ => None,
        };
        Ok(Ok(number.and_then(|number| match self.a_day {
            None => Some(number.to_string()),
            Some(a_day) => Date::from_days(number.div_euclid(a_day)).map(|day| day.to_string()),
        })))
    }
}

/// The next value; `None` where there is none in this row.
fn value<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    there: i16,
) -> Result<Option<T::T>, ParquetError> {
    let (mut levels, mut values) = (Vec::with_capacity(1), Vec::with_capacity(1));
    let (rows, _, _) = reader.read_records(1, Some(&mut levels), None, &mut values)?;
    if rows == 0 {
        return Err(ParquetError::EOF("the column ends too early".into()));
    }
    let is_there = levels.first().is_none_or(|level| *level == there);
    Ok(values.into_iter().next().filter(|_| is_there))
}

/// How many of a column's numbers make a day; `None` where they are just numbers.
fn a_day(about: &ColumnDescriptor) -> Option<i64> {
    const SECONDS: i64 = 86_400;
    match about.logical_type_ref() {
        Some(LogicalType::Date) => return Some(1),
        Some(LogicalType::Timestamp(time)) => {
            return Some(match time.unit {
                TimeUnit::MILLIS => SECONDS * 1_000,
                TimeUnit::MICROS => SECONDS * 1_000_000,
                TimeUnit::NANOS => SECONDS * 1_000_000_000,
            });
        }
        _ => {}
    }
    match about.converted_type() {
        ConvertedType::DATE => Some(1),
        ConvertedType::TIMESTAMP_MILLIS => Some(SECONDS * 1_000),
        ConvertedType::TIMESTAMP_MICROS => Some(SECONDS * 1_000_000),
        _ if about.physical_type() == parquet::basic::Type::INT96 => Some(SECONDS),
        _ => None,
    }
}
