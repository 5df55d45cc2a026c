//! `rapporteur export`: a ledger in the columns that the field's tools read.

use ledger::LedgerError;
use ledger::export::{Export, Form};
use ledger::query::Reader;

use super::args::{As, ExportArgs, Format, ShowArgs};
use super::show::Sheet;
use crate::args::OutputArgs;
use crate::output::{Frame, Output};

/// Runs the command.
///
/// # Errors
/// Where the ledger cannot be asked, or the rows cannot be written.
pub fn export(args: &ExportArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&args.ledger)?;
    let form = match args.form {
        As::Csv => return reports(&reader, args, Format::Csv),
        As::Jsonl => return reports(&reader, args, Format::Jsonl),
        As::Records => return records(&reader, args),
        As::Gdelt => Form::Gdelt,
        As::Mentions => Form::Mentions,
        As::Icews => Form::Icews,
        As::Polecat => Form::Polecat,
        As::Phoenix => Form::Phoenix,
    };
    let what = Export {
        filter: args.filter.filter(),
        with_status: args.with_status,
    };
    let output = Output::open(args.output.output.as_deref(), Frame::PLAIN)?;
    let write = |line: &str| -> Result<(), LedgerError> { Ok(output.write(&format!("{line}\n"))?) };
    reader.export(form, &what, write)?;
    output.close()?;
    Ok(())
}

/// Our own columns: a row a report.
fn reports(reader: &Reader, args: &ExportArgs, format: Format) -> anyhow::Result<()> {
    let show = ShowArgs {
        format,
        output: OutputArgs {
            output: args.output.output.clone(),
        },
    };
    let mut sheet = Sheet::open(&show, &[])?;
    reader.reports(&args.filter.filter(), |row| Ok(sheet.row(&row)?))?;
    sheet.finish()
}

/// The records, as they were added.
fn records(reader: &Reader, args: &ExportArgs) -> anyhow::Result<()> {
    let output = Output::open(args.output.output.as_deref(), Frame::PLAIN)?;
    reader.records(|record| {
        let line = serde_json::to_string(&record).map_err(std::io::Error::from)?;
        Ok(output.write(&(line + "\n"))?)
    })?;
    output.close()?;
    Ok(())
}
