//! A table as a Parquet file.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use serde_json::Value;

use super::tables::{Column, Kind, Table, cell};
use crate::days::Day;
use crate::error::{LedgerError, Result};
use crate::query::{Filter, Reader};

/// Most rows of a row group, and the most text, in bytes, that waits for one to be written.
const MOST_ROWS: usize = 50_000;
const MOST_TEXT: usize = 32 << 20;

impl Reader {
    /// Writes a table as a Parquet file, compressed with zstd. Memory holds one row group, some 100 MB at most.
    ///
    /// # Errors
    /// Where the filter cannot be understood, or a file cannot be read or written.
    pub fn parquet(&self, table: Table, filter: &Filter, out: impl Write + Send) -> Result<()> {
        let mut file = File::open(table.columns(), out).map_err(told)?;
        self.table(table, filter, |row| file.row(&row).map_err(told))?;
        file.close().map_err(told)
    }
}

/// What the writer of the file says is about its receiver.
fn told(error: ParquetError) -> LedgerError {
    LedgerError::Receiver(match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(source) => *source,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    })
}

type Written<T> = std::result::Result<T, ParquetError>;

/// A file that is being written.
struct File<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: &'static [Column],
    /// Cells of each column that wait for their row group.
    waiting: Vec<Cells>,
    rows: usize,
    text: usize,
}

/// Cells of a column: the values that are there, and for each row whether one is.
#[derive(Default)]
struct Cells {
    texts: Vec<ByteArray>,
    numbers: Vec<i64>,
    reals: Vec<f64>,
    days: Vec<i32>,
    there: Vec<i16>,
}

impl<W: Write + Send> File<W> {
    fn open(columns: &'static [Column], out: W) -> Written<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("rapporteur ", env!("CARGO_PKG_VERSION")).into())
            .build();
        Ok(File {
            writer: SerializedFileWriter::new(out, schema(columns)?, Arc::new(properties))?,
            columns,
            waiting: columns.iter().map(|_| Cells::default()).collect(),
            rows: 0,
            text: 0,
        })
    }

    fn row(&mut self, row: &Value) -> Written<()> {
        for ((name, kind), cells) in self.columns.iter().zip(&mut self.waiting) {
            self.text += cells.push(*kind, &row[*name]);
        }
        self.rows += 1;
        if self.rows >= MOST_ROWS || self.text >= MOST_TEXT {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes what waits as a row group.
    fn flush(&mut self) -> Written<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for ((_, kind), cells) in self.columns.iter().zip(&mut self.waiting) {
            let Some(mut column) = group.next_column()? else {
                break;
            };
            std::mem::take(cells).write(*kind, &mut column)?;
            column.close()?;
        }
        group.close()?;
        (self.rows, self.text) = (0, 0);
        Ok(())
    }

    fn close(mut self) -> Written<()> {
        self.flush()?;
        self.writer.close()?;
        Ok(())
    }
}

impl Cells {
    /// Takes a cell; gives the bytes of its text.
    fn push(&mut self, kind: Kind, value: &Value) -> usize {
        let mut bytes = 0;
        let there = match kind {
            Kind::Text => {
                let text = Some(cell(value)).filter(|_| !value.is_null());
                bytes = text.as_ref().map_or(0, String::len);
                put(
                    &mut self.texts,
                    text.map(|text| ByteArray::from(text.into_bytes())),
                )
            }
            Kind::Number => put(&mut self.numbers, value.as_i64()),
            Kind::Real => put(&mut self.reals, value.as_f64()),
            Kind::Day => {
                let day = value.as_str().and_then(Day::parse);
                put(&mut self.days, day.map(Day::number))
            }
        };
        self.there.push(i16::from(there));
        bytes
    }

    fn write(self, kind: Kind, column: &mut SerializedColumnWriter) -> Written<()> {
        let there = Some(&self.there[..]);
        match kind {
            Kind::Text => column
                .typed::<ByteArrayType>()
                .write_batch(&self.texts, there, None)?,
            Kind::Number => column
                .typed::<Int64Type>()
                .write_batch(&self.numbers, there, None)?,
            Kind::Real => column
                .typed::<DoubleType>()
                .write_batch(&self.reals, there, None)?,
            Kind::Day => column
                .typed::<Int32Type>()
                .write_batch(&self.days, there, None)?,
        };
        Ok(())
    }
}

fn put<T>(values: &mut Vec<T>, value: Option<T>) -> bool {
    let there = value.is_some();
    values.extend(value);
    there
}

fn schema(columns: &[Column]) -> Written<Arc<Type>> {
    let fields = columns.iter().map(|(name, kind)| {
        let (physical, logical) = match kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Number => (Physical::INT64, None),
            Kind::Real => (Physical::DOUBLE, None),
            Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        Ok(Arc::new(field.build()?))
    });
    let fields = fields.collect::<Written<Vec<_>>>()?;
    let root = Type::group_type_builder("rapporteur").with_fields(fields);
    Ok(Arc::new(root.build()?))
}
