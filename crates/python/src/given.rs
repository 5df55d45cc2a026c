//! What a caller gives of a story: its text and what is known of it.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use rapporteur::source::{Given, parse_date};

/// A story's text with what its giver knows of it: a `str`, or a mapping with `text` and, where known, `id`, `url`,
/// `publisher`, `headline`, `byline` and `published`.
///
/// # Errors
/// `TypeError` for anything else and for fields that are no strings, `ValueError` for a mapping without a text.
pub fn item(item: &Bound<PyAny>) -> PyResult<(String, Given)> {
    if let Ok(text) = item.cast::<PyString>() {
        return Ok((text.to_cow()?.into_owned(), Given::default()));
    }
    let Ok(fields) = item.cast::<PyDict>() else {
        return Err(PyTypeError::new_err(format!(
            "a story is a str or a dict with 'text', not {}",
            item.get_type().name()?
        )));
    };
    let text = field(fields, "text")?;
    let text = text.ok_or_else(|| PyValueError::new_err("the dict has no 'text'"))?;
    let given = Given {
        reference: name(fields)?,
        url: field(fields, "url")?,
        publisher: field(fields, "publisher")?,
        headline: field(fields, "headline")?,
        byline: field(fields, "byline")?,
        published: published(fields.get_item("published")?.as_ref())?,
    };
    Ok((text, given))
}

fn field(fields: &Bound<PyDict>, name: &str) -> PyResult<Option<String>> {
    match fields.get_item(name)?.filter(|value| !value.is_none()) {
        None => Ok(None),
        Some(value) => match value.extract::<String>() {
            Ok(text) => Ok(Some(text).filter(|text| name == "text" || !text.trim().is_empty())),
            Err(_) => Err(PyTypeError::new_err(format!(
                "'{name}' must be a str, not {}",
                value.get_type().name()?
            ))),
        },
    }
}

/// An id is a string or a number.
fn name(fields: &Bound<PyDict>) -> PyResult<Option<String>> {
    match fields.get_item("id")?.map(|id| id.extract::<i64>()) {
        Some(Ok(number)) => Ok(Some(number.to_string())),
        _ => field(fields, "id"),
    }
}

/// A day of publication: a `str` in any form that is read, a `datetime.date` or a `datetime.datetime`.
///
/// # Errors
/// `TypeError` for anything else, `ValueError` for text that is no date.
pub fn published(date: Option<&Bound<PyAny>>) -> PyResult<Option<String>> {
    let Some(date) = date.filter(|date| !date.is_none()) else {
        return Ok(None);
    };
    let text = match date.extract::<String>() {
        Ok(text) => text,
        Err(_) if date.hasattr("isoformat")? => {
            let text: String = date.call_method0("isoformat")?.extract()?;
            text.get(..10).unwrap_or(&text).to_owned()
        }
        Err(_) => return Err(wrong("published", "a str or a date", date)),
    };
    match parse_date(&text) {
        Some(date) => Ok(Some(date)),
        None => Err(PyValueError::new_err(format!(
            "argument 'published': `{text}` is no date; give YYYY-MM-DD"
        ))),
    }
}

/// The exception for an argument of another type. PyO3's own keeps the argument's name in a note beside its message.
pub fn wrong(argument: &str, wanted: &str, value: &Bound<PyAny>) -> PyErr {
    match value.get_type().name() {
        Ok(name) => PyTypeError::new_err(format!(
            "argument '{argument}': must be {wanted}, not {name}"
        )),
        Err(error) => error,
    }
}
