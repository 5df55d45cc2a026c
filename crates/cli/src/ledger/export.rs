//! `rapporteur export`: a ledger in the columns that the field's tools read.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use ledger::LedgerError;
use ledger::export::{Export, Form, Table};
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
    let reader = Reader::open(&args.ledger.path)?;
    let form = match args.form {
        As::Csv => {
            return tables(args, "csv", |table, to| {
                rows(&reader, args, Format::Csv, table, to)
            });
        }
        As::Jsonl => {
            return tables(args, "jsonl", |table, to| {
                rows(&reader, args, Format::Jsonl, table, to)
            });
        }
        As::Parquet => {
            return tables(args, "parquet", |table, to| {
                parquet(&reader, args, table, to)
            });
        }
        As::Records => return records(&reader, args),
        As::Gdelt => Form::Gdelt,
        As::Mentions => Form::Mentions,
        As::Icews => Form::Icews,
        As::Polecat => Form::Polecat,
        As::Phoenix => Form::Phoenix,
    };
    let what = Export {
        filter: args.filter(),
        with_status: args.with_status,
    };
    let output = Output::open(args.output.output.as_deref(), Frame::PLAIN)?;
    let write = |line: &str| -> Result<(), LedgerError> { Ok(output.write(&format!("{line}\n"))?) };
    reader.export(form, &what, write)?;
    output.close()?;
    Ok(())
}

/// One of our tables, or all of them where the output is a folder: a file for each, called by its name.
fn tables(
    args: &ExportArgs,
    ending: &str,
    mut write: impl FnMut(Table, Option<PathBuf>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let to = args.output.output.as_deref();
    let Some(folder) = to.filter(|path| is_folder(path)) else {
        let table = args.table.map_or(Table::Reports, Table::from);
        return write(table, to.map(Path::to_path_buf));
    };
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let one = args.table.map(Table::from);
    let wanted = Table::ALL
        .into_iter()
        .filter(|table| one.is_none_or(|one| one == *table));
    for table in wanted {
        write(
            table,
            Some(folder.join(format!("{}.{ending}", table.name()))),
        )?;
    }
    Ok(())
}

/// Whether a path is a folder, or ends as one does that is still to be made.
fn is_folder(path: &Path) -> bool {
    path.is_dir()
        || path
            .to_string_lossy()
            .ends_with(['/', std::path::MAIN_SEPARATOR])
}

fn rows(
    reader: &Reader,
    args: &ExportArgs,
    format: Format,
    table: Table,
    output: Option<PathBuf>,
) -> anyhow::Result<()> {
    let show = ShowArgs {
        format,
        output: OutputArgs { output },
    };
    let mut sheet = Sheet::open(&show, &[])?;
    reader.table(table, &args.filter(), |row| Ok(sheet.row(&row)?))?;
    sheet.finish()
}

fn parquet(
    reader: &Reader,
    args: &ExportArgs,
    table: Table,
    output: Option<PathBuf>,
) -> anyhow::Result<()> {
    let Some(path) = output else {
        if io::stdout().is_terminal() {
            anyhow::bail!("Parquet is no text for a terminal; give a file or a folder with -o");
        }
        // A buffer of our own: the one of standard output ends with each line.
        let mut out = io::BufWriter::new(io::stdout());
        reader.parquet(table, &args.filter(), &mut out)?;
        return Ok(out.flush()?);
    };
    let cannot = || format!("cannot write {}", path.display());
    let file = File::create(&path).with_context(cannot)?;
    reader
        .parquet(table, &args.filter(), file)
        .with_context(cannot)
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
