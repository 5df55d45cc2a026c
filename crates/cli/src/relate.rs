//! `rapporteur relate`: a table of pairs in, the same table with types out.

mod columns;
mod rows;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use csv::{ByteRecord, ReaderBuilder};
use rapporteur::Reader;
use rapporteur::ordered::ordered;

use crate::args::{RelateArgs, RelateFormat};
use crate::output::{Frame, Output};
use crate::run::{self, Tally};
use columns::Columns;
use rows::{Answer, Shape};

/// Rows that are classified together: enough to fill the encoder's windows.
const BATCH: usize = 32;

/// Runs the command.
///
/// # Errors
/// Where the table or the model cannot be opened, the table lacks its columns, or the output cannot be written.
pub fn relate(args: &RelateArgs) -> anyhow::Result<Tally> {
    let mut table = ReaderBuilder::new()
        .delimiter(b'\t')
        .flexible(true)
        .from_reader(open(&args.input)?);
    let name = args.input.display();
    let header = table
        .byte_headers()
        .with_context(|| format!("cannot read {name}"))?
        .clone();
    let columns = match Columns::of(&header) {
        Ok(columns) => columns,
        Err(missing) => bail!("{name}: {missing}"),
    };
    let reader = run::open_reader(&args.model)?;
    let shape = if args.only_type {
        Shape::TypeOnly
    } else {
        match args.format {
            RelateFormat::Tsv => Shape::Tsv,
            RelateFormat::Jsonl => Shape::Jsonl,
        }
    };
    let output = Arc::new(Output::open(args.output.output.as_deref(), Frame::PLAIN)?);
    run::close_on_interrupt(&output)?;
    output.write(&shape.heading(&header)?)?;
    let mut tally = Tally::default();
    let work = |batch: csv::Result<Vec<ByteRecord>>| -> anyhow::Result<(String, Tally)> {
        answer(&reader, &columns, shape, header.len(), &batch?)
    };
    let batches = Batches(table.into_byte_records());
    ordered(batches, run::jobs(args.jobs), work, |answered| {
        let (rows, counted) = answered?;
        tally.add(counted);
        output.write(&rows)?;
        anyhow::Ok(())
    })?;
    output.close()?;
    Ok(tally)
}

fn open(path: &Path) -> anyhow::Result<Box<dyn Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    Ok(Box::new(file))
}

/// Rows, some at a time.
struct Batches<R: Read>(csv::ByteRecordsIntoIter<R>);

impl<R: Read> Iterator for Batches<R> {
    type Item = csv::Result<Vec<ByteRecord>>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch: csv::Result<Vec<ByteRecord>> = self.0.by_ref().take(BATCH).collect();
        match batch {
            Ok(rows) if rows.is_empty() => None,
            other => Some(other),
        }
    }
}

/// The rows of a batch as they are written, and how many of them could be classified.
fn answer(
    reader: &Reader,
    columns: &Columns,
    shape: Shape,
    width: usize,
    batch: &[ByteRecord],
) -> anyhow::Result<(String, Tally)> {
    let read: Vec<_> = batch.iter().map(|row| columns.pair(row)).collect();
    let pairs: Vec<_> = read.iter().flatten().cloned().collect();
    let mut scores = reader.relate(&pairs).into_iter();
    let mut tally = Tally::default();
    let mut written = String::new();
    for (row, pair) in batch.iter().zip(read) {
        let answer = match pair {
            Ok(_) => Answer::of(scores.next().unwrap_or_default()),
            Err(error) => Answer::failed(error),
        };
        tally.count(answer.error.is_none());
        written.push_str(&shape.row(row, width, &answer)?);
    }
    Ok((written, tally))
}
