//! `rapporteur import`: a finished run on Spark into a ledger, one part after the other.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use ledger::{Added, Ledger};
use parquet::column::reader::ColumnReader;
use parquet::data_type::ByteArray;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use rapporteur::types::record::Record;

use crate::run::Tally;

const IMPORT_EXAMPLES: &str = "\
Examples:
  python -m rapporteur.spark --in CC-NEWS-2019-05/ --out may/
  rapporteur import world.db may/

Each part is added in one transaction. Run it again at any time: what is in the ledger
is skipped.";

/// Records that are taken from a part at a time.
const AT_A_TIME: usize = 64;

/// A finished run, and where it goes.
#[derive(Debug, Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub struct ImportArgs {
    /// The ledger; it is made where it is missing
    #[arg(value_name = "LEDGER.db")]
    pub ledger: PathBuf,

    /// The folder that `python -m rapporteur.spark --out` has written
    #[arg(value_name = "DIR")]
    pub run: PathBuf,

    /// Say of each part what became of it, on standard output
    #[arg(long, short)]
    pub verbose: bool,
}

/// What became of the records of some parts.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    added: usize,
    known: usize,
    failed: usize,
}

/// Runs the command.
///
/// # Errors
/// Where the folder is no finished run, a part cannot be read, or the ledger cannot be written. The parts before are in.
pub fn import(args: &ImportArgs) -> anyhow::Result<Tally> {
    let parts = parts(&args.run)?;
    let mut ledger = Ledger::open(&args.ledger)?;
    let mut sums = Sums::default();
    for part in &parts {
        let of_part = import_part(&mut ledger, part)
            .with_context(|| format!("cannot import {}", part.display()))?;
        if args.verbose {
            println!(
                "{}\t{} added\t{} known",
                part.display(),
                of_part.added,
                of_part.known
            );
        }
        sums.added += of_part.added;
        sums.known += of_part.known;
        sums.failed += of_part.failed;
    }
    ledger.tidy()?;
    let (added, known, parts) = (sums.added, sums.known, parts.len());
    eprintln!("rapporteur: added {added} stories of {parts} parts; {known} known");
    Ok(Tally {
        read: sums.added + sums.known,
        failed: sums.failed,
    })
}

/// The parts of the table of stories, in the order of their paths.
///
/// # Errors
/// Where the folder is none, or holds no run that was finished.
fn parts(run: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !run.join("_SUCCESS").is_file() {
        bail!(
            "{}: no finished run; `_SUCCESS` is missing (is it the folder that was given as --out?)",
            run.display()
        );
    }
    let mut found = Vec::new();
    let mut open = vec![run.join("stories")];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
        for entry in entries {
            let path = entry.with_context(|| folder.display().to_string())?.path();
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let name = name.unwrap_or_default();
            if path.is_dir() {
                open.push(path);
            } else if name.ends_with(".parquet") && !name.starts_with(['_', '.']) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Adds the records of a part in one transaction.
fn import_part(ledger: &mut Ledger, part: &Path) -> anyhow::Result<Sums> {
    let file = SerializedFileReader::new(File::open(part)?)?;
    let schema = file.metadata().file_metadata().schema_descr_ptr();
    let columns = schema.columns().iter();
    let Some(column) = columns
        .clone()
        .position(|column| column.path().string() == "record")
    else {
        let names: Vec<String> = columns.map(|column| column.path().string()).collect();
        bail!(
            "there is no column `record`; the columns are {}",
            names.join(", ")
        );
    };
    let mut sums = Sums::default();
    let mut batch = ledger.batch()?;
    for group in 0..file.num_row_groups() {
        each_record(&*file.get_row_group(group)?, column, |json| {
            let record: Record = serde_json::from_slice(json.data()).context("no record")?;
            match batch.add(&record) {
                Ok(Added::Known) => sums.known += 1,
                Ok(_) => sums.added += 1,
                Err(error) if error.is_about_the_record() => {
                    eprintln!("rapporteur: {error}");
                    sums.failed += 1;
                }
                Err(error) => return Err(error.into()),
            }
            Ok(())
        })?;
    }
    batch.commit()?;
    Ok(sums)
}

/// Calls `each` on the cells of a column of text, some of which are in memory at a time.
fn each_record(
    group: &dyn RowGroupReader,
    column: usize,
    mut each: impl FnMut(&ByteArray) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let ColumnReader::ByteArrayColumnReader(mut cells) = group.get_column_reader(column)? else {
        bail!("the column `record` holds no text");
    };
    loop {
        let (mut values, mut levels) = (Vec::with_capacity(AT_A_TIME), Vec::new());
        let (rows, _, _) = cells.read_records(AT_A_TIME, Some(&mut levels), None, &mut values)?;
        if rows == 0 {
            return Ok(());
        }
        values.iter().try_for_each(&mut each)?;
    }
}
