//! `rapporteur parse`: stories in, their analysis out.

use std::sync::Arc;

use rapporteur::types::conllu;

use crate::args::{ParseArgs, ParseFormat};
use crate::output::{Frame, Output};
use crate::run::{self, Tally};
use crate::stories;

/// Runs the command.
///
/// # Errors
/// Where the model or the inputs cannot be opened, or the output cannot be written.
pub fn parse(args: &ParseArgs) -> anyhow::Result<Tally> {
    let ParseFormat::Conllu = args.format;
    let stories = stories::open(&args.stories)?;
    let reader = run::open_reader(&args.model)?;
    let output = Arc::new(Output::open(args.output.output.as_deref(), Frame::PLAIN)?);
    run::close_on_interrupt(&output)?;
    stories::each(stories, run::jobs(args.stories.jobs), &output, |story| {
        Ok(conllu::write(&reader.parse(story)))
    })
}
