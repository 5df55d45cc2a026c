//! `rapporteur explain`: why an event or claim of one story is coded as it is.

mod page;
mod tree;

use std::sync::Arc;

use anyhow::{Context, bail};
use rapporteur::source::{Options, Stories};
use rapporteur::types::Story;
use rapporteur::types::explain::Explained;

use crate::args::{ExplainArgs, ExplainFormat};
use crate::output::{Frame, Output};
use crate::paper;
use crate::run::{self, Tally};

/// Most references or ids that an error lists.
const LISTED: usize = 100;

/// Runs the command.
///
/// # Errors
/// Where the story, the model or an id is not there, or the output cannot be written.
pub fn explain(args: &ExplainArgs) -> anyhow::Result<Tally> {
    let story = one_story(args)?;
    let reader = run::open_reader(&args.model)?;
    let explained = chosen(reader.explain(&story), args)?;
    let written = match args.format {
        ExplainFormat::Json => serde_json::to_string_pretty(&explained)? + "\n",
        ExplainFormat::Text => {
            let paper = paper::paper(args.width, args.color, &args.output);
            if args.event.is_empty() && args.claim.is_empty() {
                page::list(&explained, &paper)
            } else {
                page::page(&explained, &paper)
            }
        }
    };
    let output = Arc::new(Output::open(args.output.output.as_deref(), Frame::PLAIN)?);
    output.write(&written)?;
    output.close()?;
    Ok(Tally { read: 1, failed: 0 })
}

/// The story that is meant: the only one of the input, or the one that `--story` names.
fn one_story(args: &ExplainArgs) -> anyhow::Result<Story> {
    let mut options = Options::default();
    if let Some(date) = &args.published {
        options = options.published(date).context("--published")?;
    }
    let stories = Stories::open(std::slice::from_ref(&args.input), options);
    match &args.story {
        Some(wanted) => named(stories, wanted),
        None => only(stories),
    }
}

/// The first story with that reference or id. Lines and files that cannot be read are passed over: they are not meant.
fn named(stories: Stories, wanted: &str) -> anyhow::Result<Story> {
    let mut others = Vec::new();
    for story in stories.flatten() {
        if story.reference.as_deref() == Some(wanted) || story.id == wanted {
            return Ok(story);
        }
        others.push(name(&story));
    }
    bail!(
        "--story {wanted}: there is no such story; there are: {}",
        listed(&others)
    )
}

fn only(mut stories: Stories) -> anyhow::Result<Story> {
    let Some(first) = stories.next() else {
        bail!("there is no story to explain");
    };
    // The error's own words name its cause; its chain would say it twice.
    let first = first.map_err(|error| anyhow::Error::msg(error.to_string()))?;
    let more: Vec<String> = stories
        .take(LISTED + 1)
        .flatten()
        .map(|s| name(&s))
        .collect();
    if more.is_empty() {
        return Ok(first);
    }
    let all: Vec<String> = std::iter::once(name(&first)).chain(more).collect();
    bail!(
        "there are several stories; choose one with --story: {}",
        listed(&all)
    )
}

fn name(story: &Story) -> String {
    story.reference.clone().unwrap_or_else(|| story.id.clone())
}

/// `all` with commas, the first [`LISTED`] of them.
fn listed(all: &[String]) -> String {
    match all {
        [] => "none".to_owned(),
        all if all.len() > LISTED => format!("{}, …", all[..LISTED].join(", ")),
        all => all.join(", "),
    }
}

/// `explained` with the explanations that were asked for and no others.
fn chosen(mut explained: Explained, args: &ExplainArgs) -> anyhow::Result<Explained> {
    for (kind, ids) in [("event", &args.event), ("claim", &args.claim)] {
        let there: Vec<String> = explained
            .items
            .iter()
            .filter(|item| item.kind == kind)
            .map(|item| item.id.clone())
            .collect();
        if let Some(missing) = ids.iter().find(|id| !there.contains(id)) {
            bail!(
                "--{kind} {missing}: the story has no such {kind}; there are: {}",
                listed(&there)
            );
        }
    }
    explained.explanations.retain(|e| {
        let ids = if e.kind == "event" {
            &args.event
        } else {
            &args.claim
        };
        ids.contains(&e.id)
    });
    Ok(explained)
}
