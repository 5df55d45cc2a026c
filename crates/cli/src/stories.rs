//! Stories from the command line's inputs, each worked on and written in order.

use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};

use indicatif::{ProgressBar, ProgressStyle};
use rapporteur::ordered::ordered;
use rapporteur::source::{SourceError, Stories};
use rapporteur::types::Story;

use crate::args::StoryArgs;
use crate::output::Output;
use crate::run::Tally;

/// Fewest stories that are worth a progress bar.
const MANY: usize = 4;

/// What a story became, or why it did not.
type Outcome = Result<String, String>;

/// Opens the inputs.
///
/// # Errors
/// Where `--published` is no date or `--columns` names no field.
pub fn open(args: &StoryArgs) -> anyhow::Result<Stories> {
    Ok(Stories::open(&args.inputs, args.tables.options()?))
}

/// Works on each story and writes what it became, in the order of the stories. What cannot be read is told on
/// standard error, and the others are read on.
///
/// # Errors
/// Where the output cannot be written.
pub fn each(
    stories: Stories,
    jobs: usize,
    output: &Output,
    work: impl Fn(&Story) -> anyhow::Result<String> + Sync,
) -> anyhow::Result<Tally> {
    let progress = progress(stories.total());
    let mut tally = Tally::default();
    let attempt = |story: Result<Story, SourceError>| attempt(story, &work);
    let done = ordered(stories, jobs, attempt, |outcome| {
        tally.count(outcome.is_ok());
        progress.inc(1);
        match outcome {
            Ok(written) => output.write(&written)?,
            Err(reason) => progress.suspend(|| eprintln!("rapporteur: {reason}")),
        }
        anyhow::Ok(())
    });
    progress.finish_and_clear();
    done?;
    output.close()?;
    Ok(tally)
}

fn attempt(
    story: Result<Story, SourceError>,
    work: &impl Fn(&Story) -> anyhow::Result<String>,
) -> Outcome {
    let story = story.map_err(|error| error.to_string())?;
    let name = story.reference.as_deref().unwrap_or(&story.id);
    // Reading does not fail; should it do so by a mistake of ours, one story is lost and not a night's work.
    match catch_unwind(AssertUnwindSafe(|| work(&story))) {
        Ok(Ok(written)) => Ok(written),
        Ok(Err(error)) => Err(format!("{name}: {error:#}")),
        Err(_) => Err(format!(
            "{name}: a fault in rapporteur; please report it with the story"
        )),
    }
}

/// A bar or a count on the terminal where there are many stories, unless the stories themselves are shown there.
fn progress(total: Option<usize>) -> ProgressBar {
    let few = total.is_some_and(|total| total < MANY);
    if few || !io::stderr().is_terminal() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match total {
        Some(total) => (
            ProgressBar::new(total as u64),
            "{wide_bar} {human_pos} of {human_len} stories, {per_sec}, {eta} left",
        ),
        None => (
            ProgressBar::no_length(),
            "{spinner} {human_pos} stories, {per_sec}, {elapsed}",
        ),
    };
    // A template that indicatif does not like costs the looks, not the work.
    bar.with_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}
