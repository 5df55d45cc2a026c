//! Giving out: the reports of a ledger in the columns that the field's tools read.
//!
//! Where a format has no place for what is not known, the cell is empty. Where it cannot say that something is only
//! claimed, planned or denied, only what is actual is given out, unless the caller asks for all with two more columns
//! that say it.

mod gdelt;
mod icews;
mod load;
mod parquet;
mod phoenix;
mod polecat;
mod tables;

pub use tables::{Column, Kind, Table, cell};

use crate::error::Result;
use crate::query::{Filter, Reader};

/// The forms in which a ledger is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// GDELT 2.0 Events: 61 columns, tabs, no heading; a row a dyad of an occurrence.
    Gdelt,
    /// GDELT 2.0 Mentions: 16 columns, tabs, no heading; a row a dyad of a report.
    Mentions,
    /// ICEWS: 20 columns, tabs, heading; a row a dyad of a report, symmetric ones twice.
    Icews,
    /// POLECAT: 40 columns, tabs, heading; a row a report.
    Polecat,
    /// Phoenix: 26 columns, tabs, no heading; a row a dyad of an occurrence.
    Phoenix,
}

/// What is given out.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// Which occurrences. Where no status is asked for, those that are actual, or all with `with_status`.
    pub filter: Filter,
    /// Adds the columns `status` and `according_to`.
    pub with_status: bool,
}

impl Reader {
    /// Gives out rows as lines without their ends: the heading first, where the form has one.
    ///
    /// # Errors
    /// Where the filter cannot be understood, the file cannot be read, or what `each` returns.
    pub fn export(
        &self,
        form: Form,
        what: &Export,
        mut each: impl FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        let heading = match form {
            Form::Icews => Some(&icews::COLUMNS[..]),
            Form::Polecat => Some(&polecat::COLUMNS[..]),
            Form::Gdelt | Form::Mentions | Form::Phoenix => None,
        };
        let more: &[&str] = if what.with_status {
            &["Status", "According To"]
        } else {
            &[]
        };
        if let Some(columns) = heading {
            each(&[columns, more].concat().join("\t"))?;
        }
        let mut filter = what.filter.clone();
        if filter.status.is_empty() && !what.with_status {
            filter.status = vec!["actual".into()];
        }
        let mut write = |cells: Vec<String>, status: &str, by: &str| {
            let cells: Vec<String> = cells.iter().map(|cell| clean(cell)).collect();
            let mut line = cells.join("\t");
            if what.with_status {
                line += &format!("\t{}\t{}", clean(status), clean(by));
            }
            each(&line)
        };
        match form {
            Form::Gdelt => gdelt::events(self, &filter, &mut write),
            Form::Mentions => gdelt::mentions(self, &filter, &mut write),
            Form::Icews => icews::rows(self, &filter, &mut write),
            Form::Polecat => polecat::rows(self, &filter, &mut write),
            Form::Phoenix => phoenix::rows(self, &filter, &mut write),
        }
    }
}

/// Takes the cells of a row, its status, and who says so.
type Write<'w> = &'w mut dyn FnMut(Vec<String>, &str, &str) -> Result<()>;

/// Tabs and line ends would break the row: no format quotes them.
fn clean(cell: &str) -> String {
    if cell.contains(['\t', '\n', '\r']) {
        cell.split(['\t', '\n', '\r']).collect::<Vec<_>>().join(" ")
    } else {
        cell.to_owned()
    }
}

/// A number as text; nothing for none.
fn number<T: std::fmt::Display>(number: Option<T>) -> String {
    number.map_or(String::new(), |number| number.to_string())
}

fn text(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

/// Year, month and day of `YYYY-MM-DD`, as text.
fn ymd(day: &str) -> (&str, &str, &str) {
    (
        day.get(..4).unwrap_or(""),
        day.get(5..7).unwrap_or(""),
        day.get(8..10).unwrap_or(""),
    )
}

/// `YYYYMMDD`.
fn compact(day: &str) -> String {
    day.replace('-', "")
}

/// The root of a CAMEO code: its first two digits.
fn root(code: &str) -> &str {
    code.get(..2).unwrap_or(code)
}

/// CAMEO's quad class of a root, 1 to 4.
fn quad(root: &str) -> &'static str {
    match root.parse::<u8>() {
        Ok(1..=5) => "1",
        Ok(6..=8) => "2",
        Ok(9..=13) => "3",
        Ok(14..=20) => "4",
        _ => "",
    }
}
