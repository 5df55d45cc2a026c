//! The command line: every flag, with its help. Help, man page and completions are all made from this.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use rapporteur::source::{Columns, Options};

const EXIT_CODES: &str = "\
Exit codes:
  0    everything was read
  1    some stories or rows could not be read; the others were
  2    could not run: bad arguments, no model, nothing to read, nowhere to write
  130  stopped with Ctrl-C; what was finished by then is written";

const READ_EXAMPLES: &str = "\
Examples:
  rapporteur read story.txt                        a brief, on a terminal
  rapporteur read story.txt --verbose              with confidence and what decided
  rapporteur read stories/ --jobs 8 > records.jsonl
  rapporteur read feed.jsonl --format jsonl -o records.jsonl
  curl -s … | rapporteur read - --published 2015-05-12

A .jsonl file holds one story a line: {\"id\": …, \"text\": …} and, where known,
\"published\", \"headline\", \"byline\", \"publisher\", \"url\".";

const LEXICON_EXAMPLES: &str = "\
Examples:
  rapporteur lexicon check actors.tsv Phoenix.Countries.actors.txt
  rapporteur lexicon unknown records.jsonl > unknown.tsv
  rapporteur lexicon unknown stories/ --lexicon actors.tsv

docs/lexicon.md describes the format of a lexicon of your own; dictionaries of PETRARCH
and TABARI are read as they are.";

const PARSE_EXAMPLES: &str = "\
Examples:
  rapporteur parse story.txt > story.conllu
  rapporteur parse stories/ --format conllu -o stories.conllu";

const RELATE_EXAMPLES: &str = "\
Examples:
  rapporteur relate pairs.tsv > types.tsv
  rapporteur relate pairs.tsv --only-type          one type a line, nothing else
  rapporteur relate pairs.tsv --format jsonl       with the scores of all types

The first line names the columns. Either `marked_sentence` with <s>the actor</s> and
<t>the recipient</t>, or `sentence`, `actor` (or `source`) and `recipient` (or `target`).
One of the two may be missing. There is one row out for each row in; a row that cannot
be read has type `-` and says why.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  rapporteur explain story.txt                     which events and claims there are
  rapporteur explain story.txt --event e3
  rapporteur explain story.txt --event e1,e2 --claim c4
  rapporteur explain feed.jsonl --story 2018-11-12-crossing --claim c2
  rapporteur explain story.txt --event e3 --format json | jq '.explanations[0].decisions'

Ids are those of the record that `rapporteur read` writes with the same options. The JSON
is described by docs/explain.schema.json.

Exit codes:
  0    explained
  2    could not: no such story, event or claim, bad arguments, no model";

/// Reads world news and keeps an attributed record: who did what to whom, and who says so.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read stories; write a brief or a record of each
    Read(ReadArgs),
    /// Write the analysis of stories: sentences, tags, trees, names, attributions, triggers
    Parse(ParseArgs),
    /// Classify given pairs of actor and recipient by PLOVER event type
    Relate(RelateArgs),
    /// Show why an event or claim of a story is coded as it is
    Explain(ExplainArgs),
    /// Check a lexicon of your own, or list the names that none knows
    Lexicon(LexiconArgs),
    #[command(flatten)]
    Ledger(crate::ledger::args::LedgerCommand),
    /// Serve a ledger as web pages and JSON
    Desk(crate::desk::DeskArgs),
    /// Write completions for a shell to standard output
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page (roff) to standard output
    Man,
}

/// Where stories come from and how many are read at a time.
#[derive(Clone, Debug, Args)]
pub struct StoryArgs {
    /// Files of text, .jsonl, .parquet, .html, .rss, .xml, .warc.gz, folders of these, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub tables: TableArgs,

    /// Stories read at the same time [default: one for each core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

/// What is said of the stories beside their texts.
#[derive(Clone, Debug, Args)]
pub struct TableArgs {
    /// Publication date of all stories (YYYY-MM-DD), in place of what they say
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,

    /// Names of the columns of .jsonl and .parquet files, where they are others than text, id, url, publisher,
    /// headline, byline and published: text=body,published=day
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',')]
    pub columns: Vec<String>,
}

impl TableArgs {
    /// As the readers of stories take it.
    ///
    /// # Errors
    /// Where the date is none, or a field is not known.
    pub fn options(&self) -> anyhow::Result<Options> {
        let mut columns = Columns::default();
        for given in &self.columns {
            let (field, name) = given
                .split_once('=')
                .with_context(|| format!("--columns: `{given}` has no `=`; give text=NAME"))?;
            columns
                .name(field.trim(), name.trim())
                .context("--columns")?;
        }
        let options = Options::default().columns(columns);
        match &self.published {
            Some(date) => options.published(date).context("--published"),
            None => Ok(options),
        }
    }
}

/// Where the output goes.
#[derive(Debug, Args)]
pub struct OutputArgs {
    /// Write to FILE in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What reads.
#[derive(Debug, Args)]
pub struct ModelArgs {
    /// Use this model file in place of the one inside the program
    #[arg(long, value_name = "FILE", hide = true)]
    pub model: Option<PathBuf>,

    /// Which arithmetic the encoder uses, in place of the fastest that this machine has
    #[arg(long, value_enum, hide = true)]
    pub arithmetic: Option<Arithmetic>,
}

#[derive(Debug, Args)]
#[command(after_help = READ_EXAMPLES)]
pub struct ReadArgs {
    #[command(flatten)]
    pub stories: StoryArgs,

    /// What to write [default: brief on a terminal, jsonl elsewhere]
    #[arg(long, short, value_enum)]
    pub format: Option<RecordFormat>,

    /// A lexicon of your own, which goes before the built-in one; may be given again
    #[arg(long, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,

    /// In a brief: say how sure, and what decided
    #[arg(long, short)]
    pub verbose: bool,

    /// Colour in a brief
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub color: When,

    /// Columns of a brief [default: the terminal's, at most 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    pub width: Option<u16>,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub model: ModelArgs,
}

#[derive(Debug, Args)]
#[command(after_help = LEXICON_EXAMPLES)]
pub struct LexiconArgs {
    #[command(subcommand)]
    pub command: LexiconCommand,
}

#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Name each line with an error; exit with 1 if there is one
    Check {
        /// Lexicon files: our own format, or dictionaries of PETRARCH and TABARI
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// List names of actors without a code, the most frequent first
    Unknown(UnknownArgs),
}

#[derive(Debug, Args)]
pub struct UnknownArgs {
    #[command(flatten)]
    pub stories: StoryArgs,

    /// A lexicon of your own, whose names are known; may be given again
    #[arg(long, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub model: ModelArgs,
}

#[derive(Debug, Args)]
#[command(after_help = PARSE_EXAMPLES)]
pub struct ParseArgs {
    #[command(flatten)]
    pub stories: StoryArgs,

    /// What to write
    #[arg(long, short, value_enum, default_value_t = ParseFormat::Conllu)]
    pub format: ParseFormat,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub model: ModelArgs,
}

#[derive(Debug, Args)]
#[command(after_help = RELATE_EXAMPLES)]
pub struct RelateArgs {
    /// A table with tabs between the columns, or - for standard input
    #[arg(value_name = "FILE.tsv|-")]
    pub input: PathBuf,

    /// What to write
    #[arg(long, short, value_enum, default_value_t = RelateFormat::Tsv)]
    pub format: RelateFormat,

    /// Write only the type of each row, one a line, without a heading
    #[arg(long, conflicts_with = "format")]
    pub only_type: bool,

    /// Pairs classified at the same time [default: one for each core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub model: ModelArgs,
}

#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct ExplainArgs {
    /// A text file, a .jsonl file, a folder, or - for standard input
    #[arg(value_name = "STORY|-")]
    pub input: PathBuf,

    /// Which story, by `story.ref` or `story.id` of its record, where there are several
    #[arg(long, value_name = "REF")]
    pub story: Option<String>,

    /// Publication date of the story (YYYY-MM-DD), in place of what it says
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,

    /// Explain this event; may be given again [default: list the ids]
    #[arg(long, short, value_name = "ID", value_delimiter = ',')]
    pub event: Vec<String>,

    /// Explain this claim; may be given again [default: list the ids]
    #[arg(long, short, value_name = "ID", value_delimiter = ',')]
    pub claim: Vec<String>,

    /// What to write
    #[arg(long, short, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,

    /// Colour in text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub color: When,

    /// Columns of text [default: the terminal's, at most 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    pub width: Option<u16>,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub model: ModelArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// Pages for a person
    Text,
    /// One JSON object, indented (docs/explain.schema.json)
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RecordFormat {
    /// A page for a person
    Brief,
    /// One record a line (docs/record.schema.json)
    Jsonl,
    /// All records in one JSON array, indented
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ParseFormat {
    /// CoNLL-U, with our layers in MISC and in comments
    Conllu,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RelateFormat {
    /// The columns that came in, then type, score and error
    Tsv,
    /// One object a row: type, the score of each type, error
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Arithmetic {
    /// 32-bit floating point
    F32,
    /// 16-bit integers
    Int16,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_table_of_flags_is_sound() {
        super::Cli::command().debug_assert();
    }
}
