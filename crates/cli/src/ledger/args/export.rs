//! The flags of `export`.

use clap::{Args, ValueEnum};
use ledger::Filter;
use ledger::export::Table;

use super::{LedgerArgs, WhichArgs};
use crate::args::OutputArgs;

const EXPORT_HELP: &str = "\
Formats that cannot say that something is only claimed, planned or denied are given what is
actual, unless --with-status adds the columns that say it, or --status asks for others.";

/// `export`.
#[derive(Debug, Args)]
#[command(after_help = EXPORT_HELP)]
pub struct ExportArgs {
    #[command(flatten)]
    pub ledger: LedgerArgs,

    /// In whose columns
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub form: As,

    /// Add the columns Status and According To, and give out all statuses
    #[arg(long)]
    pub with_status: bool,

    /// Which table of `csv`, `jsonl` and `parquet` [default: reports; all where -o is a folder]
    #[arg(long, value_enum, value_name = "TABLE")]
    pub table: Option<Which>,

    #[command(flatten)]
    pub which: WhichArgs,

    /// Most rows [default: all]
    #[arg(long, value_name = "N", help_heading = "Filters")]
    pub limit: Option<u64>,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// The forms of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum As {
    /// Our own columns, a row a report, or what --table says
    Csv,
    /// The same, one JSON object a row
    Jsonl,
    /// The same in Parquet, with a type for each column
    Parquet,
    /// The records of all stories, whole, as `add --records` takes them; filters do not apply
    Records,
    /// GDELT 2.0 Events, 61 columns
    Gdelt,
    /// GDELT 2.0 Mentions, 16 columns
    Mentions,
    /// ICEWS, 20 columns
    Icews,
    /// POLECAT, 40 columns
    Polecat,
    /// Phoenix, 26 columns
    Phoenix,
}

/// Our own tables: docs/ledger.md lists their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// A row an event in a story
    Reports,
    /// A row an occurrence
    Events,
    /// A row a claim
    Claims,
    /// A row a story
    Stories,
    /// A row an actor
    Actors,
}

impl From<Which> for Table {
    fn from(which: Which) -> Table {
        match which {
            Which::Reports => Table::Reports,
            Which::Events => Table::Events,
            Which::Claims => Table::Claims,
            Which::Stories => Table::Stories,
            Which::Actors => Table::Actors,
        }
    }
}

impl ExportArgs {
    /// As the ledger takes it.
    pub fn filter(&self) -> Filter {
        Filter {
            limit: self.limit,
            ..self.which.filter()
        }
    }
}
