//! `rapporteur read`: stories in, a brief or a record of each out.

use std::env;
use std::io::{self, IsTerminal};
use std::sync::Arc;

use rapporteur::Reader;
use rapporteur::types::Story;
use rapporteur::types::record::Record;

use crate::args::{ReadArgs, RecordFormat, When};
use crate::brief::{self, Paper};
use crate::lexicon;
use crate::output::{Frame, Output};
use crate::run::{self, Tally};
use crate::stories;

/// Widest page where the user asks for no width: longer lines are hard to read.
const COMFORTABLE: usize = 100;

/// Width where there is no terminal to ask.
const USUAL: usize = 80;

/// Runs the command.
///
/// # Errors
/// Where the model or the inputs cannot be opened, or the output cannot be written.
pub fn read(args: &ReadArgs) -> anyhow::Result<Tally> {
    let format = args.format.unwrap_or_else(|| usual_format(args));
    let paper = paper(args);
    let frame = match format {
        RecordFormat::Brief => Frame::PAGES,
        RecordFormat::Jsonl => Frame::PLAIN,
        RecordFormat::Json => Frame::ARRAY,
    };
    let stories = stories::open(&args.stories)?;
    let own = lexicon::open(&args.lexicon)?;
    let reader = run::open_reader(&args.model)?.with_lexicon(own);
    let output = Arc::new(Output::open(args.output.output.as_deref(), frame)?);
    run::close_on_interrupt(&output)?;
    let jobs = run::jobs(args.stories.jobs);
    stories::each(stories, jobs, &output, |story| {
        written(&reader, story, format, &paper)
    })
}

fn written(
    reader: &Reader,
    story: &Story,
    format: RecordFormat,
    paper: &Paper,
) -> anyhow::Result<String> {
    let record: Record = reader.read(story);
    Ok(match format {
        RecordFormat::Brief => brief::page(&record, paper),
        RecordFormat::Jsonl => serde_json::to_string(&record)? + "\n",
        RecordFormat::Json => serde_json::to_string_pretty(&record)?,
    })
}

/// A brief for a person, a record for a program.
fn usual_format(args: &ReadArgs) -> RecordFormat {
    if args.output.output.is_none() && io::stdout().is_terminal() {
        RecordFormat::Brief
    } else {
        RecordFormat::Jsonl
    }
}

fn paper(args: &ReadArgs) -> Paper {
    let terminal = args.output.output.is_none() && io::stdout().is_terminal();
    // https://no-color.org: any value but the empty one turns colour off.
    let unwanted = || env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = || env::var_os("TERM").is_some_and(|term| term == "dumb");
    let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    Paper {
        width: match args.width {
            Some(width) => usize::from(width),
            None => columns
                .filter(|_| terminal)
                .unwrap_or(USUAL)
                .clamp(20, COMFORTABLE),
        },
        colour: match args.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !unwanted() && !dumb(),
        },
        verbose: args.verbose,
    }
}
