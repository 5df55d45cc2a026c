//! `rapporteur brief`: one page on two countries, from the ledger, in Markdown. Each sentence cites its stories.

use std::collections::BTreeMap;

use ledger::query::{By, Figure, Occurrence, Period, Reader, Trend};
use ledger::{Filter, LedgerError};

use super::args::BriefArgs;
use crate::output::{Frame, Output};

/// A section: its heading, and the types and statuses that it tells of.
struct Section {
    heading: &'static str,
    types: &'static [&'static str],
    status: &'static [&'static str],
}

const HAPPENED: &[&str] = &["actual", "claimed", "disputed"];

const SECTIONS: &[Section] = &[
    Section {
        heading: "Meetings",
        types: &["CONSULT", "COOPERATE"],
        status: HAPPENED,
    },
    Section {
        heading: "Agreements and help",
        types: &["AGREE", "SUPPORT", "CONCEDE", "AID", "RETREAT"],
        status: HAPPENED,
    },
    Section {
        heading: "Disagreements",
        types: &["REQUEST", "REJECT", "THREATEN", "SANCTION"],
        status: HAPPENED,
    },
    Section {
        heading: "Accusations",
        types: &["ACCUSE"],
        status: HAPPENED,
    },
    Section {
        heading: "Violence and pressure",
        types: &["ASSAULT", "COERCE", "MOBILIZE", "PROTEST"],
        status: HAPPENED,
    },
    Section {
        heading: "Planned or possible",
        types: &[],
        status: &["planned", "possible"],
    },
    Section {
        heading: "Denied, or did not happen",
        types: &[],
        status: &["denied", "negated"],
    },
];

/// Runs the command.
///
/// # Errors
/// Where the ledger cannot be asked, or the page cannot be written.
pub fn brief(args: &BriefArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&args.ledger.path)?;
    let page = page(&reader, args)?;
    let output = Output::open(args.output.output.as_deref(), Frame::PLAIN)?;
    output.write(&page)?;
    output.close()?;
    Ok(())
}

/// The stories that are cited, by their numbers, with the numbers that they have on the page.
#[derive(Default)]
struct Cited {
    numbers: BTreeMap<String, usize>,
    lines: Vec<String>,
}

impl Cited {
    /// `[1][3]` for the stories of an occurrence.
    fn cite(&mut self, occurrence: &Occurrence) -> String {
        let mut marks = String::new();
        for said in &occurrence.evidence {
            let next = self.numbers.len() + 1;
            let number = *self.numbers.entry(said.story.clone()).or_insert(next);
            if number == next {
                let outlet = said.publisher.as_deref().unwrap_or("unnamed outlet");
                let day = said.published.as_deref().unwrap_or("undated");
                self.lines
                    .push(format!("{number}. {outlet}, {day} ({})", said.story));
            }
            let mark = format!("[{number}]");
            if !marks.contains(&mark) {
                marks += &mark;
            }
        }
        marks
    }
}

fn page(reader: &Reader, args: &BriefArgs) -> Result<String, LedgerError> {
    let (one, other) = (&args.dyad.one, &args.dyad.other);
    let mut page = format!("# {one} and {other}\n\n{}", span(args));
    page += &trend(&reader.relations(one, other, By::Month, &args.which.filter())?);
    let mut cited = Cited::default();
    for section in SECTIONS {
        let found = between(reader, args, section)?;
        if found.is_empty() {
            continue;
        }
        page += &format!("\n## {}\n\n", section.heading);
        let shown = usize::try_from(args.limit).unwrap_or(usize::MAX);
        for occurrence in found.iter().take(shown) {
            page += &format!("- {} {}\n", sentence(occurrence), cited.cite(occurrence));
        }
        if found.len() > shown {
            page += &format!("- and {} more\n", found.len() - shown);
        }
    }
    if cited.lines.is_empty() {
        return Ok(page + "\nThe ledger has nothing on these two in this time.\n");
    }
    page += &format!("\n## Stories\n\n{}\n", cited.lines.join("\n"));
    Ok(page)
}

fn span(args: &BriefArgs) -> String {
    match (&args.which.days.since, &args.which.days.until) {
        (None, None) => String::new(),
        (Some(since), None) => format!("Since {since}.\n"),
        (None, Some(until)) => format!("Until {until}.\n"),
        (Some(since), Some(until)) => format!("From {since} to {until}.\n"),
    }
}

/// Occurrences of a section in either direction or together, the earliest first.
fn between(
    reader: &Reader,
    args: &BriefArgs,
    section: &Section,
) -> Result<Vec<Occurrence>, LedgerError> {
    let asked = args.which.filter();
    let (Some(types), Some(status)) = (
        both(section.types, &asked.types),
        both(section.status, &asked.status),
    ) else {
        return Ok(Vec::new());
    };
    let filter = Filter {
        types,
        status,
        ..asked
    };
    let mut found: Vec<Occurrence> = Vec::new();
    reader.between(&args.dyad.one, &args.dyad.other, &filter, |occurrence| {
        found.push(occurrence);
        Ok(())
    })?;
    found.sort_by(|a, b| (&a.day, &a.id).cmp(&(&b.day, &b.id)));
    Ok(found)
}

/// What a section and the asker both want, where nothing stands for everything; `None` where they have nothing in
/// common.
fn both(section: &[&str], asked: &[String]) -> Option<Vec<String>> {
    let wanted = |name: &&&str| asked.iter().any(|asked| asked.eq_ignore_ascii_case(name));
    match (section.is_empty(), asked.is_empty()) {
        (true, _) => Some(asked.to_vec()),
        (_, true) => Some(section.iter().map(|name| (*name).to_owned()).collect()),
        _ => {
            let common: Vec<&&str> = section.iter().filter(wanted).collect();
            let owned = common.iter().map(|name| (**name).to_owned()).collect();
            (!common.is_empty()).then_some(owned)
        }
    }
}

/// One occurrence in one sentence: when, who, what, to whom, where; who says so and who denies it; figures.
fn sentence(what: &Occurrence) -> String {
    let mut said = String::new();
    match (&what.first, &what.last, &what.reported_first) {
        (Some(first), Some(last), _) if first == last => said += &format!("{first}: "),
        (Some(first), Some(last), _) => said += &format!("between {first} and {last}: "),
        (_, _, Some(reported)) => said += &format!("reported {reported}: "),
        _ => {}
    }
    said += &match together(what) {
        Some(verb) => format!("{} {verb}", names(&what.actor)),
        None => {
            let recipient = names(&what.recipient);
            format!("{} {} {recipient}", names(&what.actor), verb(&what.kind))
        }
    };
    if let Some(place) = &what.place {
        said += &format!(" ({place})");
    }
    said += &standing(what);
    let figures: Vec<String> = what.figures.iter().map(figure).collect();
    if !figures.is_empty() {
        said += &format!("; {}", figures.join(", "));
    }
    said + "."
}

/// What several did with each other, and with nobody else.
fn together(what: &Occurrence) -> Option<&'static str> {
    let alone = what.recipient.is_empty() && what.actor.len() > 1;
    match what.kind.as_str() {
        "CONSULT" if alone => Some("met or talked"),
        "AGREE" if alone => Some("agreed"),
        "COOPERATE" if alone => Some("worked together"),
        _ => None,
    }
}

fn names(names: &[String]) -> String {
    match names {
        [] => "somebody".to_owned(),
        [one] => one.clone(),
        [first, second] => format!("{first} and {second}"),
        [first, second, rest @ ..] => format!("{first}, {second} and {} more", rest.len()),
    }
}

/// Who says so, unless stories report it as a fact and nobody contradicts.
fn standing(what: &Occurrence) -> String {
    let mut parts = Vec::new();
    if what.reported_as_fact > 0 && what.status == "disputed" {
        let stories = what.reported_as_fact;
        parts.push(format!(
            "reported as a fact by {stories} {}",
            if stories == 1 { "story" } else { "stories" }
        ));
    }
    if what.reported_as_fact == 0 && !what.claimed_by.is_empty() {
        parts.push(format!("according to {}", what.claimed_by.join(", ")));
    }
    if !what.denied_by.is_empty() {
        parts.push(format!("denied by {}", what.denied_by.join(", ")));
    }
    if matches!(what.status.as_str(), "planned" | "possible" | "negated") {
        parts.push(if what.status == "negated" {
            "did not happen".into()
        } else {
            what.status.clone()
        });
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!(", {}", parts.join(", "))
    }
}

fn figure(figure: &Figure) -> String {
    let bound = match figure.bound.as_str() {
        "exactly" => "",
        "about" => "about ",
        "at_least" => "at least ",
        "at_most" => "at most ",
        "more_than" => "more than ",
        "less_than" => "fewer than ",
        _ => "several ",
    };
    let value = figure
        .value
        .map_or(String::new(), |value| format!("{value} "));
    format!(
        "{bound}{value}{} according to {}",
        figure.what, figure.according_to
    )
}

/// What a type says in a sentence between two names.
fn verb(kind: &str) -> &'static str {
    match kind {
        "AGREE" => "agreed with, or promised something to,",
        "CONSULT" => "met or talked with",
        "SUPPORT" => "spoke up for",
        "CONCEDE" => "made a concession to",
        "COOPERATE" => "worked together with",
        "AID" => "helped",
        "RETREAT" => "gave way to, or released something to,",
        "REQUEST" => "asked or demanded something of",
        "ACCUSE" => "criticised or accused",
        "REJECT" => "refused",
        "THREATEN" => "threatened",
        "PROTEST" => "protested against",
        "SANCTION" => "imposed sanctions on, or cut relations with,",
        "MOBILIZE" => "moved forces against",
        "COERCE" => "coerced",
        "ASSAULT" => "attacked",
        _ => "did something to",
    }
}

/// The first and the last index, and how often it turned.
fn trend(periods: &[Period]) -> String {
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else {
        return String::new();
    };
    let turns: Vec<String> = periods
        .iter()
        .filter_map(|period| match period.trend {
            Trend::Thaw => Some(format!("thaw in {}", period.period)),
            Trend::Chill => Some(format!("chill in {}", period.period)),
            Trend::Steady | Trend::First => None,
        })
        .collect();
    let turns = if turns.is_empty() {
        "no clear turn".to_owned()
    } else {
        turns.join(", ")
    };
    let occurrences: i64 = periods.iter().map(|period| period.occurrences).sum();
    format!(
        "\n{occurrences} occurrences reported as facts. Index of cooperation: {:.0} ± {:.0} in {}, {:.0} ± {:.0} in {}; {turns}.\n",
        first.index, first.uncertainty, first.period, last.index, last.uncertainty, last.period
    )
}
