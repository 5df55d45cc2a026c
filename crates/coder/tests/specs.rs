//! Runs the literate specs in `specs/*.md`: a hand-made annotation, and what the coder must make of it.
//!
//! A case is a heading, prose, a block of CoNLL-U (see `types::conllu`) and a block `expect` with
//! - one line for each event: `TYPE[/mode] status ACTORS -> RECIPIENTS [according to SOURCE] [at PLACE]`, `-` for nobody,
//!   `?` for a source that the text does not name;
//! - one line for each claim: `claim ID STANCE MANNER SOURCE [to ADDRESSEE] [inside ID]: CONTENT`;
//! - a line for any actor of interest: `actor NAME KIND CODE [(TITLE)]: MENTION | MENTION …`;
//! - a line for the date of any event of interest: `date TRIGGER: FIRST/LAST RULE: WORDS`, or `date TRIGGER: - (WHY)`;
//! - a line for the codes of any event of interest: `cameo TRIGGER: CODE GOLDSTEIN [CONTEXT, CONTEXT …]`;
//! - a line for any quantity of interest: `quantity BOUND [VALUE [TO]] WHAT UNIT [by CLAIM]: TEXT`;
//! - a line for any issue of interest: `issue NAME: MENTION | MENTION …`;
//! - a line for any position of interest: `position ISSUE: ACTORS STANCE-OR-RELATION [by CLAIMS] “WORDS”`, and
//!   `no position` where there must be none.
//!
//! Events and claims must be complete and in order; of the others those given must be there.

use std::fs;
use std::path::Path;

use lexicon::Lexicon;
use types::conllu;
use types::record::{Actor, Claim, Event, Issue, Offsets, Position, Provenance, Quantity, Record};

struct Case {
    name: String,
    line: usize,
    annotation: String,
    expected: Vec<(usize, String)>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut block = None;
    for (index, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case {
                name: name.to_owned(),
                line: index + 1,
                annotation: String::new(),
                expected: Vec::new(),
            });
        }
        let Some(case) = cases.last_mut() else {
            continue;
        };
        match (line.strip_prefix("```"), block) {
            (Some(_), Some(_)) => block = None,
            (Some("conllu"), None) => block = Some("conllu"),
            (Some("expect"), None) => block = Some("expect"),
            (None, Some("conllu")) => {
                case.annotation.push_str(line);
                case.annotation.push('\n');
            }
            (None, Some("expect")) if !line.is_empty() => {
                case.expected.push((index + 1, line.to_owned()));
            }
            _ => {}
        }
    }
    cases
}

fn slice(record: &Record, [start, end]: Offsets) -> String {
    record
        .story
        .text
        .chars()
        .skip(start)
        .take(end - start)
        .collect()
}

fn name<'r>(record: &'r Record, id: &str) -> &'r str {
    let actor = record.actors.iter().find(|a| a.id == id);
    actor.map_or("(no such actor)", |a| &a.name)
}

fn names(record: &Record, ids: &[String]) -> String {
    match ids {
        [] => "-".to_owned(),
        ids => ids
            .iter()
            .map(|id| name(record, id))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn source(record: &Record, claim: &Claim) -> String {
    match claim.source.as_ref() {
        None => "?".to_owned(),
        Some(source) => match &source.actor {
            Some(actor) => name(record, actor).to_owned(),
            None => "(nobody)".to_owned(),
        },
    }
}

fn event_line(record: &Record, event: &Event) -> String {
    let mode = event
        .mode
        .as_ref()
        .map(|m| format!("/{m}"))
        .unwrap_or_default();
    let mut line = format!(
        "{}{mode} {} {} -> {}",
        event.event,
        event.status,
        names(record, &event.actor),
        names(record, &event.recipient),
    );
    if let Some(id) = &event.according_to {
        let claim = record
            .claims
            .iter()
            .find(|c| c.id == *id)
            .expect("claim ids resolve");
        line += &format!(" according to {}", source(record, claim));
    }
    if let Some(id) = &event.place {
        let place = record
            .places
            .iter()
            .find(|p| p.id == *id)
            .expect("place ids resolve");
        line += &format!(" at {}", place.name);
    }
    line
}

fn claim_line(record: &Record, claim: &Claim) -> String {
    let mut line = format!(
        "claim {} {} {} {}",
        claim.id,
        claim.stance,
        claim.manner,
        source(record, claim)
    );
    if let Some(id) = &claim.addressee {
        line += &format!(" to {}", name(record, id));
    }
    if let Some(id) = &claim.inside {
        line += &format!(" inside {id}");
    }
    let content: Vec<_> = claim.content.iter().map(|c| slice(record, *c)).collect();
    line + ": " + &content.join(" … ").replace("\n\n", " ¶ ")
}

fn actor_line(record: &Record, actor: &Actor) -> String {
    let code = actor.code.as_deref().unwrap_or("-");
    let title = actor
        .title
        .as_ref()
        .map(|t| format!(" ({t})"))
        .unwrap_or_default();
    let mentions: Vec<_> = actor
        .mentions
        .iter()
        .map(|m| slice(record, [m.start, m.end]))
        .collect();
    format!(
        "actor {} {} {code}{title}: {}",
        actor.name,
        actor.kind,
        mentions.join(" | ")
    )
}

fn date_line(record: &Record, event: &Event) -> String {
    let trigger = slice(record, event.trigger[0]);
    let date = &event.date;
    let (Some(first), Some(last), Some(time)) = (&date.first, &date.last, date.time) else {
        return format!(
            "date {trigger}: - ({})",
            date.why.as_deref().unwrap_or_default()
        );
    };
    let rule = event.rule.split("+date:").nth(1).unwrap_or_default();
    let time = &record.times[time];
    let words = slice(record, [time.start, time.end]);
    format!("date {trigger}: {first}/{last} {rule}: {words}")
}

fn cameo_line(record: &Record, event: &Event) -> String {
    let mut line = format!(
        "cameo {}: {} {:+.1}",
        slice(record, event.trigger[0]),
        event.cameo.as_deref().unwrap_or("-"),
        event.goldstein.unwrap_or_default()
    );
    if !event.contexts.is_empty() {
        line = format!("{line} {}", event.contexts.join(", "));
    }
    line
}

fn quantity_line(record: &Record, quantity: &Quantity) -> String {
    let number = |value: Option<f64>| value.map(|v| format!(" {v}")).unwrap_or_default();
    let (unit, giver) = (quantity.unit.as_deref(), quantity.according_to.as_deref());
    let giver = giver
        .map(|claim| format!(" by {claim}"))
        .unwrap_or_default();
    format!(
        "quantity {}{}{} {} {}{giver}: {}",
        quantity.bound,
        number(quantity.value),
        number(quantity.to),
        quantity.what,
        unit.unwrap_or("-"),
        slice(record, [quantity.start, quantity.end])
    )
}

fn issue_line(record: &Record, issue: &Issue) -> String {
    let mentions: Vec<_> = issue.mentions.iter().map(|m| slice(record, *m)).collect();
    format!("issue {}: {}", issue.name, mentions.join(" | "))
}

fn position_line(record: &Record, position: &Position) -> String {
    let issue = record.issues.iter().find(|i| i.id == position.issue);
    let issue = issue.expect("issue ids resolve");
    let own = position.actor.iter().chain(&position.actors).cloned();
    let says = position.stance.iter().chain(&position.relation);
    let mut line = format!(
        "position {}: {} {}",
        issue.name,
        names(record, &own.collect::<Vec<_>>()),
        says.cloned().collect::<String>()
    );
    if !position.claims.is_empty() {
        line += &format!(" by {}", position.claims.join(", "));
    }
    let words: Vec<_> = position
        .evidence
        .iter()
        .map(|e| slice(record, *e))
        .collect();
    line + &format!(" “{}”", words.join(" … "))
}

/// Lines of the record: those of which a case must have all, and those of which it may have some.
fn lines(record: &Record) -> (Vec<String>, Vec<String>) {
    let events = record.events.iter().map(|e| event_line(record, e));
    let claims = record.claims.iter().map(|c| claim_line(record, c));
    let actors = record.actors.iter().map(|a| actor_line(record, a));
    let quantities = record.quantities.iter().map(|q| quantity_line(record, q));
    let issues = record.issues.iter().map(|i| issue_line(record, i));
    let positions = record.positions.iter().map(|p| position_line(record, p));
    let none = record
        .positions
        .is_empty()
        .then(|| "no position".to_owned());
    let topics = issues.chain(positions).chain(none);
    let dates = record.events.iter().map(|e| date_line(record, e));
    let codes = record.events.iter().map(|e| cameo_line(record, e));
    let others = actors
        .chain(quantities)
        .chain(dates)
        .chain(codes)
        .chain(topics);
    (events.chain(claims).collect(), others.collect())
}

/// Kinds of lines of which a case names only those of interest.
const SOME: [&str; 7] = [
    "actor ",
    "cameo ",
    "date ",
    "quantity ",
    "issue ",
    "position ",
    "no position",
];

/// What is wrong with the case, each with its line; empty where all is as expected.
fn check(case: &Case) -> Vec<(usize, String)> {
    let document = match conllu::read(&case.annotation) {
        Ok(documents) if documents.len() == 1 => documents.into_iter().next().expect("one"),
        Ok(documents) => return vec![(case.line, format!("{} documents", documents.len()))],
        Err(error) => return vec![(case.line, format!("annotation: {error}"))],
    };
    let record = rapporteur_coder::code(&document, Lexicon::built_in(), Provenance::default());
    let (complete, others) = lines(&record);
    let mut wrong = Vec::new();
    let mut left = complete.iter();
    for (line, expected) in &case.expected {
        if SOME.iter().any(|kind| expected.starts_with(kind)) {
            if !others.contains(expected) {
                let found = others.join("\n      ");
                wrong.push((*line, format!("expected {expected}\n  got {found}")));
            }
        } else {
            let got = left.next().map_or("nothing", String::as_str);
            if got != expected {
                wrong.push((*line, format!("expected {expected}\n  got      {got}")));
            }
        }
    }
    wrong.extend(left.map(|l| (case.line, format!("not expected: {l}"))));
    wrong
}

#[test]
fn specs_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    let (mut count, mut failures) = (0, Vec::new());
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let file = file.file_name().unwrap().to_string_lossy().into_owned();
        for case in cases(&text) {
            count += 1;
            assert!(
                !case.expected.is_empty(),
                "specs/{file}:{}: nothing expected",
                case.line
            );
            for (line, what) in check(&case) {
                failures.push(format!("specs/{file}:{line}: {}: {what}", case.name));
            }
        }
    }
    assert!(count >= 25, "only {count} cases");
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}
