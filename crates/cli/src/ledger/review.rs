//! `rapporteur review`: what a person says of what was read.

use std::io::{self, BufRead, Write};

use anyhow::{Context, bail};
use ledger::query::{Reader, Report};
use ledger::{Change, Filter, Ledger, Review, Reviewed};

use super::args::ReviewArgs;
use super::show::{Column, Sheet};

const REVIEWS: &[Column] = &[
    ("id", "id", 8),
    ("kind", "kind", 8),
    ("event", "event", 9),
    ("of", "occurrence", 9),
    ("other", "other", 9),
    ("change", "change", 40),
    ("by", "reviewer", 16),
    ("note", "note", 30),
    ("sentence", "sentence", usize::MAX),
];

/// Runs the command.
///
/// # Errors
/// Where the ledger cannot be opened or written, a number is not known, or a value is none.
pub fn review(args: &ReviewArgs) -> anyhow::Result<()> {
    if args.list {
        let reader = Reader::open(&args.ledger.path)?;
        let mut sheet = Sheet::open(&args.show, REVIEWS)?;
        reader.reviews(|row| Ok(sheet.row(&row)?))?;
        return sheet.finish();
    }
    // A mistyped name must not make a ledger.
    let reader = Reader::open(&args.ledger.path)?;
    let mut ledger = Ledger::open(&args.ledger.path)?;
    if args.ask {
        return ask(&reader, &mut ledger, args);
    }
    for review in reviews(args)? {
        let now = ledger.review(&review, &reviewed(args))?;
        println_now(&now)?;
    }
    Ok(())
}

fn println_now(id: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{id}")
}

fn reviewed(args: &ReviewArgs) -> Reviewed {
    Reviewed {
        by: args.reviewer.clone(),
        at: args.at.clone(),
        note: args.note.clone(),
    }
}

fn reviews(args: &ReviewArgs) -> anyhow::Result<Vec<Review>> {
    if args.ids.is_empty() {
        bail!("give the number of an event (E12), or of two occurrences for --merge (O4 O9)");
    }
    if args.merge {
        let [occurrence, other] = &args.ids[..] else {
            bail!("--merge takes the numbers of two occurrences (O4 O9)");
        };
        return Ok(vec![Review::Merge {
            occurrence: occurrence.clone(),
            other: other.clone(),
        }]);
    }
    let change = change(args);
    let one = |event: &String| {
        let event = event.clone();
        if args.accept {
            Review::Accept { event }
        } else if args.reject {
            Review::Reject { event }
        } else if args.split {
            Review::Split { event }
        } else {
            let change = change.clone();
            Review::Correct { event, change }
        }
    };
    Ok(args.ids.iter().map(one).collect())
}

fn change(args: &ReviewArgs) -> Change {
    Change {
        kind: args.kind.clone(),
        mode: args.mode.clone(),
        status: args.status.clone(),
        actor: args.actor.clone(),
        recipient: args.recipient.clone(),
        date: args.date.clone(),
    }
}

/// Most events that are asked about in one sitting.
const SITTING: usize = 200;

/// Shows events without a review, the least sure first, and asks about each.
fn ask(reader: &Reader, ledger: &mut Ledger, args: &ReviewArgs) -> anyhow::Result<()> {
    let filter = Filter {
        types: args.kind.iter().cloned().collect(),
        status: args.status.iter().cloned().collect(),
        ..Filter::default()
    };
    let mut answers = io::stdin().lock().lines();
    let reports = reader.unreviewed(&filter, SITTING)?;
    for (number, report) in reports.iter().enumerate() {
        show(report, number + 1, reports.len())?;
        loop {
            print_now("a accept, r reject, t TYPE, s STATUS, n next, q quit > ")?;
            let Some(answer) = answers.next() else {
                return Ok(());
            };
            let answer = answer.context("cannot read the answer")?;
            let mut words = answer.split_whitespace();
            let event = report.id.clone();
            let review = match (words.next(), words.next()) {
                (Some("a"), None) => Review::Accept { event },
                (Some("r"), None) => Review::Reject { event },
                (Some("t"), Some(kind)) => {
                    corrected(event, |change| change.kind = Some(kind.to_uppercase()))
                }
                (Some("s"), Some(status)) => {
                    corrected(event, |change| change.status = Some(status.to_lowercase()))
                }
                (Some("n") | None, None) => break,
                (Some("q"), None) => return Ok(()),
                _ => continue,
            };
            match ledger.review(&review, &reviewed(args)) {
                Ok(_) => break,
                Err(error) => eprintln!("rapporteur: {error}"),
            }
        }
    }
    Ok(())
}

fn corrected(event: String, set: impl FnOnce(&mut Change)) -> Review {
    let mut change = Change::default();
    set(&mut change);
    Review::Correct { event, change }
}

fn show(report: &Report, number: usize, all: usize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let who = |names: &[String]| {
        if names.is_empty() {
            "-".to_owned()
        } else {
            names.join(", ")
        }
    };
    writeln!(
        out,
        "\n{number} of {all}  {}  {}  confidence {:.2}",
        report.id, report.story, report.confidence
    )?;
    writeln!(
        out,
        "  {}",
        report
            .sentence
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    )?;
    writeln!(
        out,
        "  “{}”  {} {}  {} → {}  {}{}",
        report.trigger,
        report.kind,
        report.status,
        who(&report.actor),
        who(&report.recipient),
        report.first.as_deref().unwrap_or(""),
        report
            .according_to
            .as_ref()
            .map_or(String::new(), |by| format!("  according to {by}"))
    )
}

fn print_now(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
