//! The flags of `review`.

use clap::Args;

use super::{LedgerArgs, ShowArgs};

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
    #[command(flatten)]
    pub ledger: LedgerArgs,

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
