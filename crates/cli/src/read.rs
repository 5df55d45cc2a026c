//! `rapporteur read`: stories in, a brief or a record of each out.

use std::sync::Arc;

use rapporteur::Reader;
use rapporteur::types::Story;
use rapporteur::types::record::Record;

use crate::args::{ReadArgs, RecordFormat};
use crate::brief::{self, Paper};
use crate::lexicon;
use crate::output::{Frame, Output};
use crate::paper;
use crate::run::{self, Tally};
use crate::stories;

/// Runs the command.
///
/// # Errors
/// Where the model or the inputs cannot be opened, or the output cannot be written.
pub fn read(args: &ReadArgs) -> anyhow::Result<Tally> {
    let format = args.format.unwrap_or_else(|| usual_format(args));
    let paper = Paper {
        verbose: args.verbose,
        ..paper::paper(args.width, args.color, &args.output)
    };
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
    if paper::is_terminal(&args.output) {
        RecordFormat::Brief
    } else {
        RecordFormat::Jsonl
    }
}
