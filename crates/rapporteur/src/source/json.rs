//! A line of JSON Lines.

use serde::Deserialize;
use serde_json::Value;

use super::story::Given;

/// The fields of a line that are read; all others are passed over.
#[derive(Deserialize)]
struct Fields {
    text: Option<String>,
    id: Option<Value>,
    url: Option<String>,
    publisher: Option<String>,
    headline: Option<String>,
    byline: Option<String>,
    published: Option<String>,
}

/// A story's text and what the line says of it.
///
/// # Errors
/// What is wrong with the line, for a person: no JSON, no object, no `text`, a field that is no string.
pub(super) fn parse(line: &str) -> Result<(String, Given), String> {
    // A list would do for the fields in their order, which nobody means.
    if !line.trim_start().starts_with('{') {
        return Err("no JSON object".into());
    }
    let fields: Fields = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let text = fields.text.ok_or("there is no `text`")?;
    let given = Given {
        reference: fields.id.and_then(name),
        url: filled(fields.url),
        publisher: filled(fields.publisher),
        headline: filled(fields.headline),
        byline: filled(fields.byline),
        published: filled(fields.published),
    };
    Ok((text, given))
}

/// An id is a string or a number.
fn name(id: Value) -> Option<String> {
    match id {
        Value::String(text) => filled(Some(text)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An empty string says as much as a missing one.
fn filled(field: Option<String>) -> Option<String> {
    field.filter(|text| !text.trim().is_empty())
}
