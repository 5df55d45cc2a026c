//! The flags of the commands that work on a ledger.

mod add;
mod export;
mod review;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use ledger::Filter;
use ledger::query::By;

use crate::args::OutputArgs;
pub use add::{AddArgs, FetchArgs, ReadingArgs, WatchArgs};
pub use export::{As, ExportArgs};
pub use review::ReviewArgs;

const FILTER_HELP: &str = "\
Who is meant by --actor, --recipient and --according-to: a country (RUS), a CAMEO code
(RUSGOV), a number of `rapporteur actors` (A12), the name of a state, which stands for
whoever acts for it, or words of a name.";

const SEARCH_HELP: &str = "\
--since and --until are days of publication; the other filters are about the occurrences
that a sentence is evidence of.";

/// The commands that work on a ledger.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Read stories and keep their records in a ledger
    Add(AddArgs),
    /// Add the records of a finished run of `python -m rapporteur.spark` to a ledger
    Import(super::import::ImportArgs),
    /// Keep on polling feeds and add their new stories, until Ctrl-C
    Watch(WatchArgs),
    /// What happened: one row an occurrence, however often it is told
    Events(EventsArgs),
    /// What is said, and by whom
    Claims(ClaimsArgs),
    /// The stories of a ledger
    Stories(AskArgs),
    /// Who is in a ledger
    Actors(AskArgs),
    /// Full text of the evidence, the best first
    Search(SearchArgs),
    /// Cooperation and conflict between two countries over time
    Relations(RelationsArgs),
    /// Who stands where on an issue, who agrees with whom, and how it changed
    Positions(AskArgs),
    /// What one side asserts and the other denies
    Disputed(AskArgs),
    /// One page on two countries, in Markdown; each sentence cites its stories
    Brief(BriefArgs),
    /// Give out a ledger in the columns of GDELT, ICEWS, POLECAT, Phoenix or our own; Parquet
    Export(ExportArgs),
    /// Accept, correct or reject events; merge and split occurrences
    Review(ReviewArgs),
}

/// The ledger that is asked.
#[derive(Debug, Args)]
pub struct LedgerArgs {
    /// The ledger
    #[arg(id = "ledger", value_name = "LEDGER.db")]
    pub path: PathBuf,
}

/// Days between which something was.
#[derive(Clone, Debug, Default, Args)]
pub struct DaysArgs {
    /// From the first day of YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,

    /// To the last day of YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
}

impl DaysArgs {
    /// As the ledger takes it.
    pub fn filter(&self) -> Filter {
        Filter {
            since: self.since.clone(),
            until: self.until.clone(),
            ..Filter::default()
        }
    }
}

/// Two countries.
#[derive(Clone, Debug, Args)]
pub struct DyadArgs {
    /// A country: its code or the name of the state
    pub one: String,

    /// The other
    pub other: String,
}

/// Which occurrences.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct WhichArgs {
    /// Who did it
    #[arg(long, value_name = "WHO")]
    pub actor: Vec<String>,

    /// To whom
    #[arg(long, value_name = "WHO")]
    pub recipient: Vec<String>,

    /// PLOVER types (CONSULT,ASSAULT …)
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub types: Vec<String>,

    /// actual, planned, possible, negated, claimed, denied, disputed
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub status: Vec<String>,

    #[command(flatten)]
    pub days: DaysArgs,

    /// A country, or words of a place's name
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,

    /// Words of an issue's name
    #[arg(long, value_name = "WORDS")]
    pub issue: Option<String>,

    /// Who says so
    #[arg(long, value_name = "WHO")]
    pub according_to: Vec<String>,

    /// Words of the evidence; "words in quotation marks" stand together; end* for any ending
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
}

impl WhichArgs {
    /// As the ledger takes it.
    pub fn filter(&self) -> Filter {
        Filter {
            actor: self.actor.clone(),
            recipient: self.recipient.clone(),
            types: self.types.clone(),
            status: self.status.clone(),
            place: self.place.clone(),
            issue: self.issue.clone(),
            according_to: self.according_to.clone(),
            text: self.text.clone(),
            ..self.days.filter()
        }
    }
}

/// What is to be shown, and how much of it.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct FilterArgs {
    #[command(flatten)]
    pub which: WhichArgs,

    /// Most rows; 0 for all
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: u64,
}

impl FilterArgs {
    /// As the ledger takes it.
    pub fn filter(&self) -> Filter {
        Filter {
            limit: (self.limit > 0).then_some(self.limit),
            ..self.which.filter()
        }
    }
}

/// How rows are written.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// How to write the rows
    #[arg(long, short, value_enum, default_value_t = Format::Table)]
    pub format: Format,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// Forms of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for a person, cut to the terminal's width
    Table,
    /// All rows in one JSON array
    Json,
    /// One JSON object a row
    Jsonl,
    /// Comma-separated values with a heading
    Csv,
}

/// A question with the usual filters.
#[derive(Debug, Args)]
#[command(after_help = FILTER_HELP)]
pub struct AskArgs {
    #[command(flatten)]
    pub ledger: LedgerArgs,

    #[command(flatten)]
    pub filter: FilterArgs,

    #[command(flatten)]
    pub show: ShowArgs,
}

/// `events`.
#[derive(Debug, Args)]
pub struct EventsArgs {
    #[command(flatten)]
    pub ask: AskArgs,

    /// One row a report: each event in each story
    #[arg(long)]
    pub reports: bool,
}

/// `claims`.
#[derive(Debug, Args)]
pub struct ClaimsArgs {
    #[command(flatten)]
    pub ask: AskArgs,

    /// assert, deny, accuse, promise, threaten, demand, ask, acknowledge, doubt, believe, intend
    #[arg(long, value_name = "STANCE", value_delimiter = ',')]
    pub stance: Vec<String>,
}

/// `search`.
#[derive(Debug, Args)]
#[command(after_help = SEARCH_HELP)]
pub struct SearchArgs {
    #[command(flatten)]
    pub ledger: LedgerArgs,

    /// Words that must all stand in a sentence
    #[arg(required = true, value_name = "WORD")]
    pub words: Vec<String>,

    #[command(flatten)]
    pub which: WhichArgs,

    /// Most rows; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20, help_heading = "Filters")]
    pub limit: u64,

    #[command(flatten)]
    pub show: ShowArgs,
}

/// `relations`.
#[derive(Debug, Args)]
#[command(
    after_help = "Without --status, what is actual counts. The index runs from -100 to 100: docs/ledger.md explains it\nand its uncertainty."
)]
pub struct RelationsArgs {
    #[command(flatten)]
    pub ledger: LedgerArgs,

    #[command(flatten)]
    pub dyad: DyadArgs,

    /// How long a period is
    #[arg(long, value_enum, default_value_t = Period::Month)]
    pub by: Period,

    #[command(flatten)]
    pub which: WhichArgs,

    #[command(flatten)]
    pub show: ShowArgs,
}

/// Lengths of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Period {
    Month,
    Quarter,
    Year,
}

impl From<Period> for By {
    fn from(period: Period) -> By {
        match period {
            Period::Month => By::Month,
            Period::Quarter => By::Quarter,
            Period::Year => By::Year,
        }
    }
}

/// `brief`.
#[derive(Debug, Args)]
pub struct BriefArgs {
    #[command(flatten)]
    pub ledger: LedgerArgs,

    #[command(flatten)]
    pub dyad: DyadArgs,

    #[command(flatten)]
    pub which: WhichArgs,

    /// Most occurrences in a section
    #[arg(long, value_name = "N", default_value_t = 12)]
    pub limit: u64,

    #[command(flatten)]
    pub output: OutputArgs,
}
