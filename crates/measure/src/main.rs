//! Scores of every layer on the development sets, and the speed benchmark.
//!
//! Each layer has a file and a row in [`COMMANDS`]. Scores go to standard output as CSV with a header.

mod adding;
mod coreference;
mod dates;
mod error;
mod factuality;
mod gap;
mod gold;
mod heads;
mod names;
mod occurrences;
mod options;
mod peak;
mod place;
mod pronouns;
mod ratio;
mod speed;
mod split;
mod start;
mod table;
mod time;
mod tokens;
mod tree;

use std::process::ExitCode;

pub use error::Failure;
pub use ratio::Ratio;

/// A subcommand: its name, what it does, and the function that gets the arguments behind the name.
type Command = (
    &'static str,
    &'static str,
    fn(&[String]) -> Result<(), Failure>,
);

/// Every subcommand.
const COMMANDS: &[Command] = &[
    (
        "split",
        "JSON Lines `id`, `text` in; `id`, `sentences` (for each its tokens, in code points) out",
        split::run,
    ),
    (
        "tokens",
        "FILE.conllu…: tokens, words and sentences of raw text, CoNLL-18's F1",
        tokens::run,
    ),
    (
        "tree",
        "FILE.conllu…: tags, lemmas and trees on the file's own words, CoNLL-18's measures",
        tree::run,
    ),
    (
        "names",
        "FILE.iob2…: F1 of names, exact in words and kind, on the file's own words",
        names::run,
    ),
    (
        "factuality",
        "FILE.jsonl…: macro F1 of negative, uncertain and positive predicates",
        factuality::run,
    ),
    (
        "gap",
        "FILE.tsv…: F1 of whom ambiguous pronouns mean, in all and by gender (GAP)",
        gap::run,
    ),
    (
        "coreference",
        "FILE.conllu…: mentions brought together on GUM's own trees and names: MUC, B³, CEAFe",
        coreference::run,
    ),
    (
        "pronouns",
        "FILE.tsv… FILE.conllu…: pronouns of GAP and GUM with the features of their candidates, to learn from",
        pronouns::run,
    ),
    (
        "dates",
        "STORIES.jsonl…: events with the facts of all that may date them, to learn from",
        dates::run,
    ),
    (
        "attribution",
        "STORIES.jsonl|FOLDER…: claims as the heads give them, as records for the shared scorer",
        heads::attribution,
    ),
    (
        "events",
        "STORIES.jsonl|FOLDER…: events as the heads give them, as records for the shared scorer",
        heads::events,
    ),
    (
        "records",
        "STORIES.jsonl|FOLDER…: the program's records, for the shared scorers, with settings to try",
        heads::records,
    ),
    (
        "place",
        "FILE.xml…: toponyms found and resolved within 161 km, on LGL and GeoVirus",
        place::run,
    ),
    (
        "occurrences",
        "STORIES.jsonl FOLDER ANNOTATION.tsv: pairs of reports that the ledger brings together",
        occurrences::run,
    ),
    (
        "adding",
        "STORIES.jsonl…: what keeping stories in a ledger costs beside reading them, 5 % at most",
        adding::run,
    ),
    (
        "speed",
        "STORIES.jsonl…: words and pieces a second on one core, and where the time goes",
        speed::run,
    ),
    (
        "time",
        "FOLDER… [--errors]: time expressions of TimeML files, TempEval-3's strict, relaxed and value F1",
        time::run,
    ),
    (
        "start",
        "PROGRAM STORY: wall time, peak memory and size of the program",
        start::run,
    ),
    (
        "table",
        "SET COMMAND: a shared scorer's table from standard input as CSV",
        table::run,
    ),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let found = args
        .first()
        .and_then(|name| COMMANDS.iter().find(|(n, ..)| n == name));
    let Some((_, _, run)) = found else {
        usage();
        return ExitCode::from(2);
    };
    match run(&args[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("measure: {error}");
            ExitCode::from(1)
        }
    }
}

fn usage() {
    eprintln!("usage: measure COMMAND [ARGUMENT…]\n");
    for (name, what, _) in COMMANDS {
        eprintln!("  {name:10} {what}");
    }
}
