//! Rows as a table for a person, as JSON, or as CSV.

use std::io::{self, IsTerminal};

use anyhow::Context;
use ledger::export::cell;
use serde::Serialize;
use serde_json::Value;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::args::{Format, ShowArgs};
use crate::output::{Frame, Output};

/// A column of the table: heading, key of the row, and how wide it may be.
pub type Column = (&'static str, &'static str, usize);

/// Rows that are looked at before the widths of a table are set.
const LOOKED_AT: usize = 200;

/// Width where there is no terminal to ask.
const USUAL: usize = 160;

/// Narrowest last column.
const NARROWEST: usize = 20;

/// Where rows go.
pub struct Sheet {
    format: Format,
    output: Output,
    columns: &'static [Column],
    width: usize,
    /// Rows of a table whose widths are not set yet.
    waiting: Vec<Vec<String>>,
    widths: Vec<usize>,
    headed: bool,
    rows: usize,
}

impl Sheet {
    /// Opens the output.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn open(args: &ShowArgs, columns: &'static [Column]) -> anyhow::Result<Self> {
        let frame = match args.format {
            Format::Json => Frame::ARRAY,
            _ => Frame::PLAIN,
        };
        let terminal = args.output.output.is_none() && io::stdout().is_terminal();
        let asked = terminal_size::terminal_size().filter(|_| terminal);
        Ok(Sheet {
            format: args.format,
            output: Output::open(args.output.output.as_deref(), frame)?,
            columns,
            width: asked.map_or(USUAL, |(width, _)| usize::from(width.0)),
            waiting: Vec::new(),
            widths: Vec::new(),
            headed: false,
            rows: 0,
        })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn row(&mut self, row: &impl Serialize) -> io::Result<()> {
        self.rows += 1;
        match self.format {
            Format::Json => self.output.write(&serde_json::to_string_pretty(row)?),
            Format::Jsonl => self.output.write(&(serde_json::to_string(row)? + "\n")),
            Format::Csv => self.csv(&serde_json::to_value(row)?),
            Format::Table => self.table(&serde_json::to_value(row)?),
        }
    }

    /// Writes what is still to be written.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn finish(mut self) -> anyhow::Result<()> {
        if self.format == Format::Table {
            self.flush()?;
            if self.rows == 0 {
                self.output.write("nothing\n")?;
            }
        }
        self.output.close().context("cannot write the answer")?;
        Ok(())
    }

    /// Ends this table and begins another one below it.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn next(mut self, columns: &'static [Column]) -> io::Result<Sheet> {
        self.flush()?;
        self.output
            .write(if self.rows == 0 { "nothing\n" } else { "\n" })?;
        Ok(Sheet {
            columns,
            widths: Vec::new(),
            headed: false,
            rows: 0,
            ..self
        })
    }

    fn csv(&mut self, row: &Value) -> io::Result<()> {
        let Some(fields) = row.as_object() else {
            return Ok(());
        };
        if !self.headed {
            self.headed = true;
            self.output
                .write(&csv_line(fields.keys().map(String::as_str))?)?;
        }
        let cells: Vec<String> = fields.values().map(cell).collect();
        self.output
            .write(&csv_line(cells.iter().map(String::as_str))?)
    }

    fn table(&mut self, row: &Value) -> io::Result<()> {
        let cells = self
            .columns
            .iter()
            .map(|(_, key, _)| one_line(&cell(&row[*key])));
        let cells: Vec<String> = cells.collect();
        if self.headed {
            return self.output.write(&self.line(&cells));
        }
        self.waiting.push(cells);
        if self.waiting.len() >= LOOKED_AT {
            self.flush()?;
        }
        Ok(())
    }

    /// Sets the widths and writes what waits for them.
    fn flush(&mut self) -> io::Result<()> {
        if self.headed || self.waiting.is_empty() {
            return Ok(());
        }
        self.headed = true;
        let headings: Vec<String> = self
            .columns
            .iter()
            .map(|(heading, _, _)| (*heading).to_owned())
            .collect();
        for (at, (heading, _, most)) in self.columns.iter().enumerate() {
            let widest = self
                .waiting
                .iter()
                .map(|row| row[at].width())
                .max()
                .unwrap_or(0);
            self.widths.push(widest.max(heading.width()).min(*most));
        }
        let last = self.widths.len() - 1;
        let before: usize = self.widths[..last].iter().map(|width| width + 2).sum();
        self.widths[last] = self.widths[last].min(self.width.saturating_sub(before).max(NARROWEST));
        self.output.write(&self.line(&headings))?;
        for row in std::mem::take(&mut self.waiting) {
            self.output.write(&self.line(&row))?;
        }
        Ok(())
    }

    fn line(&self, cells: &[String]) -> String {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(&self.widths) {
            let cut = cut(cell, *width);
            let blanks = width.saturating_sub(cut.width()) + 2;
            line += &cut;
            line.extend(std::iter::repeat_n(' ', blanks));
        }
        line.truncate(line.trim_end().len());
        line + "\n"
    }
}

fn csv_line<'c>(cells: impl Iterator<Item = &'c str>) -> io::Result<String> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(cells).map_err(io::Error::other)?;
    let bytes = writer
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text in so many columns, with an ellipsis where it is cut.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut taken = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        taken.push(c);
    }
    taken + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_values() {
        let value = serde_json::json!({"a": ["x", "y"], "b": null, "c": 1.5, "d": [{"e": 1}]});
        let cells: Vec<String> = value
            .as_object()
            .expect("an object")
            .values()
            .map(cell)
            .collect();
        assert_eq!(cells, ["x; y", "", "1.5", "[{\"e\":1}]"]);
    }

    #[test]
    fn long_cells_are_cut_by_columns() {
        assert_eq!(cut("sanctions", 9), "sanctions");
        assert_eq!(cut("sanctions", 5), "sanc…");
        assert_eq!(cut("東京タワー", 5), "東京…");
    }

    #[test]
    fn cells_with_commas_are_quoted() {
        let line = csv_line(["a,b", "say \"no\""].into_iter()).expect("memory takes it");
        assert_eq!(line, "\"a,b\",\"say \"\"no\"\"\"\n");
    }
}
