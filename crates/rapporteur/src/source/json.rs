//! A line of JSON Lines.

use serde_json::{Map, Value};

use super::columns::{Cells, Columns, told};
use super::story::Given;

/// A story's text and what the line says of it; fields that `columns` does not name are passed over.
///
/// # Errors
/// What is wrong with the line, for a person: no JSON, no object, no text, a field that is no string.
pub(super) fn parse(line: &str, columns: &Columns) -> Result<(String, Given), String> {
    if !line.trim_start().starts_with('{') {
        return Err("no JSON object".into());
    }
    let mut fields: Map<String, Value> =
        serde_json::from_str(line).map_err(|error| error.to_string())?;
    let mut cells = Cells::default();
    for (cell, name) in cells.iter_mut().zip(columns.names()) {
        *cell = match fields.remove(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            // Ids are often numbers.
            Some(Value::Number(number)) => Some(number.to_string()),
            Some(_) => return Err(format!("`{name}` is no text")),
        };
    }
    told(cells, columns)
}
