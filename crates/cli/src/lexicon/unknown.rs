//! Names of actors without a code, by frequency: what a lexicon of one's own should have next.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Context;
use rapporteur::types::record::Record;

use crate::args::UnknownArgs;
use crate::output::{Frame, Output};
use crate::run::{self, Tally};
use crate::{lexicon, stories};

/// How often a name was met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Met {
    mentions: usize,
    stories: usize,
    kind: String,
}

/// Names in any number of records.
#[derive(Default)]
struct Names(BTreeMap<String, Met>);

impl Names {
    fn add(&mut self, record: &Record) {
        for actor in record.actors.iter().filter(|a| a.code.is_none()) {
            let named = actor.mentions.iter().any(|m| m.form == "named");
            if !named || actor.kind == "place-as-state" {
                continue;
            }
            let met = self.0.entry(actor.name.clone()).or_default();
            met.mentions += actor.mentions.len();
            met.stories += 1;
            met.kind.clone_from(&actor.kind);
        }
    }

    /// A table: mentions, stories, kind, name; the most frequent first, then by name.
    fn table(self) -> String {
        let mut names: Vec<(String, Met)> = self.0.into_iter().collect();
        names.sort_by(|(a, x), (b, y)| (y.mentions, y.stories, a).cmp(&(x.mentions, x.stories, b)));
        let mut table = "mentions\tstories\tkind\tname\n".to_owned();
        for (name, met) in names {
            table += &format!("{}\t{}\t{}\t{name}\n", met.mentions, met.stories, met.kind);
        }
        table
    }
}

/// Runs the command on records where the inputs are records, else on stories, which are read for it.
///
/// # Errors
/// Where an input or the model cannot be opened, or the output cannot be written.
pub fn unknown(args: &UnknownArgs) -> anyhow::Result<Tally> {
    let (records, others) = parted(&args.stories.inputs);
    let mut names = Names::default();
    let mut tally = Tally::default();
    for path in &records {
        tally.add(read_records(path, &mut names)?);
    }
    if !others.is_empty() {
        tally.add(read_stories(args, others, &mut names)?);
    }
    let output = Output::open(args.output.output.as_deref(), Frame::PLAIN)?;
    output.write(&names.table())?;
    output.close()?;
    Ok(tally)
}

/// Files of records, which `read --format jsonl` has written, and all other inputs.
fn parted(inputs: &[PathBuf]) -> (Vec<PathBuf>, Vec<PathBuf>) {
    inputs.iter().cloned().partition(|path| holds_records(path))
}

fn holds_records(path: &Path) -> bool {
    let jsonl = path.extension().is_some_and(|e| e == "jsonl") && path.is_file();
    let first = || BufReader::new(File::open(path).ok()?).lines().next()?.ok();
    jsonl && first().is_some_and(|line| serde_json::from_str::<Record>(&line).is_ok())
}

fn read_records(path: &Path, names: &mut Names) -> anyhow::Result<Tally> {
    let name = path.display();
    let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
    let mut tally = Tally::default();
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("cannot read {name}"))?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(&line) {
            Ok(record) => names.add(&record),
            Err(error) => eprintln!("rapporteur: {name}:{}: no record: {error}", index + 1),
        }
        tally.count(serde_json::from_str::<Record>(&line).is_ok());
    }
    Ok(tally)
}

fn read_stories(
    args: &UnknownArgs,
    inputs: Vec<PathBuf>,
    names: &mut Names,
) -> anyhow::Result<Tally> {
    let mut story_args = args.stories.clone();
    story_args.inputs = inputs;
    let stories = stories::open(&story_args)?;
    let own = lexicon::open(&args.lexicon)?;
    let reader = run::open_reader(&args.model)?.with_lexicon(own);
    let found = Mutex::new(names);
    let nothing = Output::open(None, Frame::PLAIN)?;
    stories::each(stories, run::jobs(args.stories.jobs), &nothing, |story| {
        let record = reader.read(story);
        // Sums do not depend on the order in which threads come here.
        if let Ok(mut names) = found.lock() {
            names.add(&record);
        }
        Ok(String::new())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(actors: serde_json::Value) -> Record {
        let mut record = serde_json::json!({
            "schema": 1, "sentences": [], "places": [], "times": [], "quantities": [], "claims": [], "events": [],
            "issues": [], "positions": [], "problems": [],
            "story": {"id": "", "ref": null, "url": null, "headline": null, "byline": null, "publisher": null,
                      "section": null, "language": null, "published": null, "text": "", "parts": []},
            "provenance": {"program": "", "model": "", "lexicon": ""},
        });
        record["actors"] = actors;
        serde_json::from_value(record).expect("a record")
    }

    fn actor(
        name: &str,
        kind: &str,
        code: Option<&str>,
        form: &str,
        mentions: usize,
    ) -> serde_json::Value {
        let mentions = vec![serde_json::json!({"start": 0, "end": 1, "form": form}); mentions];
        serde_json::json!({"id": "a1", "name": name, "kind": kind, "code": code, "country": null, "roles": [],
                           "title": null, "wikidata": null, "mentions": mentions})
    }

    #[test]
    fn names_without_a_code_are_counted() {
        let mut names = Names::default();
        for _ in 0..2 {
            names.add(&record(serde_json::json!([
                actor("Eva Lund", "person", None, "named", 1),
                actor("Blue Front", "organisation", None, "named", 3),
                actor("Omar Bello", "person", Some("NGAGOV"), "named", 9),
                actor("the men", "group", None, "nominal", 9),
                actor("Harbour Town", "place-as-state", None, "named", 9),
            ])));
        }
        names.add(&record(serde_json::json!([actor(
            "Ann Roe", "person", None, "named", 2
        )])));
        assert_eq!(
            names.table(),
            "mentions\tstories\tkind\tname\n6\t2\torganisation\tBlue Front\n2\t2\tperson\tEva Lund\n2\t1\tperson\tAnn Roe\n"
        );
    }
}
