//! Documents in the rows of an Arrow table.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use rapporteur::source::{Given, decode};
use types::Date;

use crate::TableError;
use crate::readings::Failure;

/// The names of the columns that hold what is read. `text` must be there. The others are looked for under these names,
/// and passed over where they are missing, unless the caller has named them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Names {
    pub text: String,
    pub id: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub headline: Option<String>,
    pub byline: Option<String>,
    pub published: Option<String>,
}

impl Default for Names {
    fn default() -> Self {
        Names {
            text: "text".into(),
            id: None,
            url: None,
            publisher: None,
            headline: None,
            byline: None,
            published: None,
        }
    }
}

/// A batch of documents. Text is read where it stands: nothing is copied before a row's turn.
pub struct Documents {
    text: Texts,
    id: Option<Texts>,
    url: Option<Texts>,
    publisher: Option<Texts>,
    headline: Option<Texts>,
    byline: Option<Texts>,
    published: Option<Days>,
    rows: usize,
}

/// A document of a row: its text, if it has one, and what is known of it.
pub(crate) struct Document {
    pub text: Result<String, Failure>,
    pub given: Given,
}

impl Documents {
    /// Finds the columns.
    ///
    /// # Errors
    /// Where a column that is needed, or was named, is missing or holds something else than text or days.
    pub fn of(batch: &RecordBatch, names: &Names) -> Result<Self, TableError> {
        let find = |name: &str| {
            batch
                .column_by_name(name)
                .ok_or_else(|| missing(batch, name))
        };
        let text = |named: &Option<String>, usual: &str| -> Result<Option<Texts>, TableError> {
            match (named, batch.column_by_name(usual)) {
                (Some(name), _) => Texts::of(name, find(name)?).map(Some),
                // A column that happens to have this name and holds something else is not ours.
                (None, Some(column)) => Ok(Texts::of(usual, column).ok()),
                (None, None) => Ok(None),
            }
        };
        let published = match (&names.published, batch.column_by_name("published")) {
            (Some(name), _) => Some(Days::of(name, find(name)?)?),
            (None, Some(column)) => Days::of("published", column).ok(),
            (None, None) => None,
        };
        Ok(Documents {
            text: Texts::of(&names.text, find(&names.text)?)?,
            id: text(&names.id, "id")?,
            url: text(&names.url, "url")?,
            publisher: text(&names.publisher, "publisher")?,
            headline: text(&names.headline, "headline")?,
            byline: text(&names.byline, "byline")?,
            published,
            rows: batch.num_rows(),
        })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The document of a row.
    pub(crate) fn get(&self, row: usize) -> Document {
        let filled = |column: &Option<Texts>| {
            let cell = column.as_ref()?.get(row)?.ok()?;
            (!cell.trim().is_empty()).then_some(cell)
        };
        let text = match self.text.get(row) {
            None => Err(Failure::new("no_text", "The text is null.")),
            Some(Ok(text)) if text.trim().is_empty() => {
                Err(Failure::new("no_text", "There is no text."))
            }
            Some(text) => text,
        };
        Document {
            text,
            given: Given {
                reference: filled(&self.id),
                url: filled(&self.url),
                publisher: filled(&self.publisher),
                headline: filled(&self.headline),
                byline: filled(&self.byline),
                published: self.published.as_ref().and_then(|days| days.get(row)),
            },
        }
    }
}

fn missing(batch: &RecordBatch, wanted: &str) -> TableError {
    let schema = batch.schema();
    let names = schema.fields().iter().map(|field| field.name().as_str());
    TableError::NoColumn {
        wanted: wanted.to_owned(),
        found: names.collect::<Vec<_>>().join(", "),
    }
}

/// A column of text, in one of Arrow's layouts, of bytes that may be text, or of numbers that serve as names.
struct Texts(ArrayRef);

impl Texts {
    fn of(name: &str, column: &ArrayRef) -> Result<Self, TableError> {
        use DataType::*;
        match column.data_type() {
            Utf8 | LargeUtf8 | Utf8View | Binary | LargeBinary | BinaryView | Null => {}
            // Only names may be numbers.
            Int32 | Int64 if name != "text" => {}
            other => {
                return Err(TableError::WrongType {
                    name: name.to_owned(),
                    found: other.to_string(),
                    wanted: "text",
                });
            }
        }
        Ok(Texts(column.clone()))
    }

    /// The cell; `None` where it is null.
    fn get(&self, row: usize) -> Option<Result<String, Failure>> {
        let column = &*self.0;
        if column.is_null(row) {
            return None;
        }
        Some(match column.data_type() {
            DataType::Utf8 => Ok(column.as_string::<i32>().value(row).to_owned()),
            DataType::LargeUtf8 => Ok(column.as_string::<i64>().value(row).to_owned()),
            DataType::Utf8View => Ok(column.as_string_view().value(row).to_owned()),
            DataType::Binary => decoded(column.as_binary::<i32>().value(row)),
            DataType::LargeBinary => decoded(column.as_binary::<i64>().value(row)),
            DataType::BinaryView => decoded(column.as_binary_view().value(row)),
            DataType::Int32 => Ok(column.as_primitive::<Int32Type>().value(row).to_string()),
            DataType::Int64 => Ok(column.as_primitive::<Int64Type>().value(row).to_string()),
            _ => return None,
        })
    }
}

fn decoded(bytes: &[u8]) -> Result<String, Failure> {
    match decode(bytes.to_vec()) {
        Ok(decoded) => Ok(decoded.text),
        Err(reason) => Err(Failure::new("not_text", format!("Not text: {reason}."))),
    }
}

/// A column of days: text, dates, or points in time in UTC.
enum Days {
    Texts(Texts),
    Days(ArrayRef),
}

impl Days {
    fn of(name: &str, column: &ArrayRef) -> Result<Self, TableError> {
        use DataType::*;
        match column.data_type() {
            Utf8 | LargeUtf8 | Utf8View | Null => Ok(Days::Texts(Texts::of(name, column)?)),
            Date32 | Date64 | Timestamp(_, _) => Ok(Days::Days(column.clone())),
            other => Err(TableError::WrongType {
                name: name.to_owned(),
                found: other.to_string(),
                wanted: "text, dates or times",
            }),
        }
    }

    /// The day as the column has it; `None` where it is null, or beyond the calendar.
    fn get(&self, row: usize) -> Option<String> {
        let column = match self {
            Days::Texts(texts) => return texts.get(row)?.ok(),
            Days::Days(column) if column.is_null(row) => return None,
            Days::Days(column) => &**column,
        };
        const DAY: i64 = 86_400;
        let days = match column.data_type() {
            DataType::Date32 => column.as_primitive::<Date32Type>().value(row).into(),
            DataType::Date64 => {
                let value = column.as_primitive::<Date64Type>().value(row);
                value.div_euclid(DAY * 1_000)
            }
            DataType::Timestamp(unit, _) => seconds(column, *unit, row).div_euclid(DAY),
            _ => return None,
        };
        Date::from_days(days).map(|date| date.to_string())
    }
}

fn seconds(column: &dyn Array, unit: TimeUnit, row: usize) -> i64 {
    match unit {
        TimeUnit::Second => column.as_primitive::<TimestampSecondType>().value(row),
        TimeUnit::Millisecond => {
            let value = column.as_primitive::<TimestampMillisecondType>().value(row);
            value.div_euclid(1_000)
        }
        TimeUnit::Microsecond => {
            let value = column.as_primitive::<TimestampMicrosecondType>().value(row);
            value.div_euclid(1_000_000)
        }
        TimeUnit::Nanosecond => {
            let value = column.as_primitive::<TimestampNanosecondType>().value(row);
            value.div_euclid(1_000_000_000)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{
        BinaryArray, Date32Array, Int64Array, LargeStringArray, StringArray, StringViewArray,
        TimestampNanosecondArray,
    };

    use super::*;

    fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter(columns).expect("columns of one length")
    }

    fn texts(column: ArrayRef) -> Vec<Option<String>> {
        let batch = batch(vec![("text", column)]);
        let documents = Documents::of(&batch, &Names::default()).expect("a column of text");
        (0..documents.len())
            .map(|row| documents.get(row).text.ok())
            .collect()
    }

    #[test]
    fn text_comes_in_every_layout() {
        let expected = vec![Some("a".to_owned()), None, None];
        let cells = vec![Some("a"), None, Some(" ")];
        assert_eq!(texts(Arc::new(StringArray::from(cells.clone()))), expected);
        assert_eq!(
            texts(Arc::new(LargeStringArray::from(cells.clone()))),
            expected
        );
        assert_eq!(
            texts(Arc::new(StringViewArray::from(cells.clone()))),
            expected
        );
        let cells: Vec<Option<&[u8]>> = vec![Some(b"a"), None, Some(b"\0\x01")];
        assert_eq!(texts(Arc::new(BinaryArray::from(cells))), expected);
    }

    #[test]
    fn a_wrong_column_is_told_with_those_that_there_are() {
        let ids: ArrayRef = Arc::new(Int64Array::from(vec![1]));
        let told = |columns, names: &Names| {
            let error = Documents::of(&batch(columns), names).err();
            error.map(|error| error.to_string()).unwrap_or_default()
        };
        let body: ArrayRef = Arc::new(StringArray::from(vec!["a"]));
        assert_eq!(
            told(
                vec![("id", ids.clone()), ("body", body.clone())],
                &Names::default()
            ),
            "there is no column `text`; the columns are id, body"
        );
        assert_eq!(
            told(vec![("text", ids.clone())], &Names::default()),
            "column `text` holds Int64, not text"
        );
        let names = Names {
            published: Some("when".into()),
            ..Names::default()
        };
        assert_eq!(
            told(vec![("text", body)], &names),
            "there is no column `when`; the columns are text"
        );
    }

    #[test]
    fn days_come_as_dates_and_as_times() {
        let day = |column: ArrayRef| {
            let text: ArrayRef = Arc::new(StringArray::from(vec!["a"]));
            let batch = batch(vec![("text", text), ("published", column)]);
            let documents = Documents::of(&batch, &Names::default()).expect("columns");
            documents.get(0).given.published
        };
        let expected = Some("1970-01-03".to_owned());
        assert_eq!(day(Arc::new(Date32Array::from(vec![2]))), expected);
        let nanoseconds = 2 * 86_400_000_000_000 + 1;
        assert_eq!(
            day(Arc::new(TimestampNanosecondArray::from(vec![nanoseconds]))),
            expected
        );
        assert_eq!(
            day(Arc::new(StringArray::from(vec!["1970-01-03"]))),
            expected
        );
        assert_eq!(day(Arc::new(Int64Array::from(vec![2]))), None);
    }

    #[test]
    fn numbers_serve_as_names() {
        let text: ArrayRef = Arc::new(StringArray::from(vec!["a"]));
        let ids: ArrayRef = Arc::new(Int64Array::from(vec![17]));
        let batch = batch(vec![("text", text), ("id", ids)]);
        let documents = Documents::of(&batch, &Names::default()).expect("columns");
        assert_eq!(documents.get(0).given.reference.as_deref(), Some("17"));
    }
}
