//! The flags of the commands that work on a ledger.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use ledger::Filter;
use ledger::query::By;

use crate::args::{ModelArgs, OutputArgs};

const ADD_EXAMPLES: &str = "\
Examples:
  rapporteur add world.db stories/ archive.jsonl
  rapporteur add world.db -                        stories from standard input
  rapporteur read stories/ --format jsonl | rapporteur add world.db - --records

Run it again at any time: what is in the ledger is skipped. Ctrl-C stops it; every story
reported as added is in, whole.";

const FILTER_HELP: &str = "\
Who is meant by --actor, --recipient and --according-to: a country (RUS), a CAMEO code
(RUSGOV), a number of `rapporteur actors` (A12), the name of a state, which stands for
whoever acts for it, or words of a name.";

/// The commands that work on a ledger.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Read stories and keep their records in a ledger
    Add(AddArgs),
    /// Add the records of a finished run of `python -m rapporteur.spark` to a ledger
    Import(super::import::ImportArgs),
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
    /// Give out a ledger in the columns of GDELT, ICEWS, POLECAT, Phoenix or our own
    Export(ExportArgs),
    /// Accept, correct or reject events; merge and split occurrences
    Review(ReviewArgs),
}

/// Stories in, records kept.
#[derive(Debug, Args)]
#[command(after_help = ADD_EXAMPLES)]
pub struct AddArgs {
    /// The ledger; it is made where it is missing
    #[arg(value_name = "LEDGER.db")]
    pub ledger: PathBuf,

    /// Text files, .jsonl files, folders of both, or - for standard input
    #[arg(required = true, value_name = "SOURCE|-")]
    pub inputs: Vec<PathBuf>,

    /// The sources are records, one a line, as `rapporteur read --format jsonl` writes them
    #[arg(long)]
    pub records: bool,

    /// Publication date of all stories (YYYY-MM-DD), in place of what they say
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,

    /// Stories read at the same time [default: one for each core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,

    /// Give up a story after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    pub time_limit: u64,

    /// Say of each story what became of it, on standard output
    #[arg(long, short)]
    pub verbose: bool,

    #[command(flatten)]
    pub model: ModelArgs,
}

/// What is to be shown.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct FilterArgs {
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

    /// From the first day of YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,

    /// To the last day of YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,

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

    /// Most rows; 0 for all
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: u64,
}

impl FilterArgs {
    /// As the ledger takes it.
    pub fn filter(&self) -> Filter {
        Filter {
            actor: self.actor.clone(),
            recipient: self.recipient.clone(),
            types: self.types.clone(),
            status: self.status.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
            place: self.place.clone(),
            issue: self.issue.clone(),
            according_to: self.according_to.clone(),
            text: self.text.clone(),
            limit: (self.limit > 0).then_some(self.limit),
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
    /// The ledger
    #[arg(value_name = "LEDGER.db")]
    pub ledger: PathBuf,

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
pub struct SearchArgs {
    /// The ledger
    #[arg(value_name = "LEDGER.db")]
    pub ledger: PathBuf,

    /// Words that must all stand in a sentence
    #[arg(required = true, value_name = "WORD")]
    pub words: Vec<String>,

    /// Published since
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,

    /// Published until
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,

    /// Most rows; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u64,

    #[command(flatten)]
    pub show: ShowArgs,
}

/// `relations`.
#[derive(Debug, Args)]
#[command(
    after_help = "The index runs from -100 to 100: docs/ledger.md explains it and its uncertainty."
)]
pub struct RelationsArgs {
    /// The ledger
    #[arg(value_name = "LEDGER.db")]
    pub ledger: PathBuf,

    /// A country: its code or the name of the state
    pub one: String,

    /// The other
    pub other: String,

    /// How long a period is
    #[arg(long, value_enum, default_value_t = Period::Month)]
    pub by: Period,

    /// PLOVER types (CONSULT,ASSAULT …)
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub types: Vec<String>,

    /// Of which status [default: actual]
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub status: Vec<String>,

    /// From this month
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,

    /// To this month
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,

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
    /// The ledger
    #[arg(value_name = "LEDGER.db")]
    pub ledger: PathBuf,

    /// A country: its code or the name of the state
    pub one: String,

    /// The other
    pub other: String,

    /// From the first day of YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,

    /// To the last day of YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,

    /// Most occurrences in a section
    #[arg(long, value_name = "N", default_value_t = 12)]
    pub limit: u64,

    #[command(flatten)]
    pub output: OutputArgs,
}

const EXPORT_HELP: &str = "\
Formats that cannot say that something is only claimed, planned or denied are given what is
actual, unless --with-status adds the columns that say it, or --status asks for others.";

/// `export`.
#[derive(Debug, Args)]
#[command(after_help = EXPORT_HELP)]
pub struct ExportArgs {
    /// The ledger
    #[arg(value_name = "LEDGER.db")]
    pub ledger: PathBuf,

    /// In whose columns
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub form: As,

    /// Add the columns Status and According To, and give out all statuses
    #[arg(long)]
    pub with_status: bool,

    #[command(flatten)]
    pub filter: ExportFilterArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// The forms of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum As {
    /// Our own columns, a row a report
    Csv,
    /// The same, one JSON object a row
    Jsonl,
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

/// The filters of an export: all rows, where no limit is given.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct ExportFilterArgs {
    /// Who did it
    #[arg(long, value_name = "WHO")]
    pub actor: Vec<String>,

    /// To whom
    #[arg(long, value_name = "WHO")]
    pub recipient: Vec<String>,

    /// PLOVER types (CONSULT,ASSAULT …)
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub types: Vec<String>,

    /// actual, planned, possible, negated, claimed, denied
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub status: Vec<String>,

    /// From the first day of YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,

    /// To the last day of YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,

    /// A country, or words of a place's name
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
}

impl ExportFilterArgs {
    /// As the ledger takes it.
    pub fn filter(&self) -> Filter {
        Filter {
            actor: self.actor.clone(),
            recipient: self.recipient.clone(),
            types: self.types.clone(),
            status: self.status.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
            place: self.place.clone(),
            ..Filter::default()
        }
    }
}

const REVIEW_EXAMPLES: &str = "\
Examples:
  rapporteur review world.db E12 E13 --accept
  rapporteur review world.db E12 --reject --note \"a film review\"
  rapporteur review world.db E12 --correct --type ACCUSE --status claimed --actor A3
  rapporteur review world.db O4 O9 --merge
  rapporteur review world.db E12 --split
  rapporteur review world.db --ask --type ASSAULT       one event after the other, on a terminal
  rapporteur review world.db --list --format jsonl      all reviews, to train on";

/// `review`.
#[derive(Debug, Args)]
#[command(after_help = REVIEW_EXAMPLES)]
#[command(group = clap::ArgGroup::new("what").required(true).args(
    ["accept", "reject", "correct", "merge", "split", "ask", "list"]))]
pub struct ReviewArgs {
    /// The ledger
    #[arg(value_name = "LEDGER.db")]
    pub ledger: PathBuf,

    /// Numbers of events (E12) or, for --merge, of two occurrences (O4 O9)
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// The events are as they were read
    #[arg(long)]
    pub accept: bool,

    /// There are no such events
    #[arg(long)]
    pub reject: bool,

    /// The event is another: say what with --type, --mode, --status, --actor, --recipient, --date
    #[arg(long)]
    pub correct: bool,

    /// The two occurrences are one
    #[arg(long)]
    pub merge: bool,

    /// The event is an occurrence of its own
    #[arg(long)]
    pub split: bool,

    /// Show events without a review one by one, the least sure first, and ask
    #[arg(long)]
    pub ask: bool,

    /// Write all reviews
    #[arg(long)]
    pub list: bool,

    /// PLOVER type; with --ask: only this type
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,

    /// PLOVER mode; "" for none
    #[arg(long)]
    pub mode: Option<String>,

    /// Status; with --ask: only this status
    #[arg(long)]
    pub status: Option<String>,

    /// Numbers of the actors (A12)
    #[arg(long, value_name = "A12", value_delimiter = ',')]
    pub actor: Option<Vec<String>>,

    /// Numbers of the recipients (A12)
    #[arg(long, value_name = "A12", value_delimiter = ',')]
    pub recipient: Option<Vec<String>>,

    /// YYYY, YYYY-MM, YYYY-MM-DD or two of them with a slash between; "" for none
    #[arg(long)]
    pub date: Option<String>,

    /// Who reviews
    #[arg(long, value_name = "NAME")]
    pub reviewer: Option<String>,

    /// When it was reviewed, as you write it
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,

    /// Anything to keep with the review
    #[arg(long, value_name = "WORDS")]
    pub note: Option<String>,

    #[command(flatten)]
    pub show: ShowArgs,
}
