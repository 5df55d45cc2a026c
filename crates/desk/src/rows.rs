//! Rows of a page as CSV and as JSON Lines.

use serde_json::{Map, Value};

/// A table with a heading. Columns are those of the first row's fields that hold a value or a list of values; of a
/// list of objects their names stand joined by `; `.
pub fn csv(rows: &[Value]) -> String {
    let mut out = String::new();
    let columns = rows.first().map(columns).unwrap_or_default();
    line(&mut out, columns.iter().map(String::as_str));
    for row in rows {
        add(&mut out, row, &columns);
    }
    out
}

/// The names of a row's columns.
pub fn columns(row: &Value) -> Vec<String> {
    let fields = row.as_object().map(Map::keys).into_iter().flatten();
    fields.cloned().collect()
}

/// Adds one row to a table with these columns.
pub fn add(out: &mut String, row: &Value, columns: &[String]) {
    let cells: Vec<String> = columns.iter().map(|name| cell(row.get(name))).collect();
    line(out, cells.iter().map(String::as_str));
}

/// One object a line.
pub fn lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

/// Writes the heading of a table.
pub fn line<'c>(out: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        quote(out, cell);
    }
    out.push_str("\r\n");
}

/// After RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it: story text is
/// foreign.
fn quote(out: &mut String, cell: &str) {
    let number = cell.parse::<f64>().is_ok();
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
    let guard = if formula { "'" } else { "" };
    if cell.contains(['"', ',', '\n', '\r']) {
        out.push('"');
        out.push_str(guard);
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(guard);
        out.push_str(cell);
    }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            let items: Vec<String> = items.iter().map(|item| cell(Some(item))).collect();
            items.join("; ")
        }
        Some(Value::Object(fields)) => {
            let spoken = ["name", "sentence", "value", "id"]
                .iter()
                .find_map(|name| fields.get(*name));
            cell(spoken)
        }
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_are_quoted_and_formulas_are_not_run() {
        let rows = [
            json!({"id": "O1", "actor": [{"name": "A, B"}, {"name": "C"}], "say": "=1+1", "weight": -2.5, "none": null}),
        ];
        assert_eq!(
            csv(&rows),
            "id,actor,say,weight,none\r\nO1,\"A, B; C\",'=1+1,-2.5,\r\n"
        );
        assert_eq!(csv(&[]), "\r\n");
        assert_eq!(lines(&[json!({"a": 1})]), "{\"a\":1}\n");
    }
}
