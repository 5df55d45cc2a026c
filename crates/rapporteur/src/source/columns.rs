//! Tables of stories: which column holds what, whether the table is JSON Lines or Parquet.

use super::story::Given;

/// What a column of a table may hold; `text` must be there, the others may.
pub const FIELDS: [&str; 7] = [
    "text",
    "id",
    "url",
    "publisher",
    "headline",
    "byline",
    "published",
];

/// The names under which a table has the [`FIELDS`]: those of the fields themselves, where nothing else is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns([String; FIELDS.len()]);

/// A field that no table has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{field}` is nothing that a column can hold; there are {}", FIELDS.join(", "))]
pub struct BadColumn {
    field: String,
}

impl Default for Columns {
    fn default() -> Self {
        Columns(FIELDS.map(str::to_owned))
    }
}

impl Columns {
    /// Says that `field` stands in the column called `name`.
    ///
    /// # Errors
    /// Where `field` is none of [`FIELDS`].
    pub fn name(&mut self, field: &str, name: &str) -> Result<(), BadColumn> {
        let at = FIELDS.iter().position(|known| *known == field);
        let at = at.ok_or_else(|| BadColumn {
            field: field.into(),
        })?;
        name.clone_into(&mut self.0[at]);
        Ok(())
    }

    /// The name of the column with the text.
    pub(super) fn text(&self) -> &str {
        &self.0[0]
    }

    /// The names, in the order of [`FIELDS`].
    pub(super) fn names(&self) -> &[String] {
        &self.0
    }
}

/// The cells of a row in the order of [`FIELDS`]; `None` where the row has nothing.
pub(super) type Cells = [Option<String>; FIELDS.len()];

/// The text of a row and what the row knows of it.
///
/// # Errors
/// Where there is no text, for a person.
pub(super) fn told(cells: Cells, columns: &Columns) -> Result<(String, Given), String> {
    let [text, id, url, publisher, headline, byline, published] = cells;
    let text = text.ok_or_else(|| format!("there is no `{}`", columns.text()))?;
    let given = Given {
        reference: filled(id),
        url: filled(url),
        publisher: filled(publisher),
        headline: filled(headline),
        byline: filled(byline),
        published: filled(published),
    };
    Ok((text, given))
}

/// An empty string says as much as a missing one.
fn filled(cell: Option<String>) -> Option<String> {
    cell.filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_the_user_says() {
        let mut columns = Columns::default();
        assert_eq!(columns.text(), "text");
        columns.name("text", "body").expect("a field");
        assert_eq!(columns.text(), "body");
        let wrong = columns
            .name("weather", "body")
            .expect_err("no field")
            .to_string();
        assert!(
            wrong.contains("weather") && wrong.contains("published"),
            "{wrong}"
        );
    }
}
