//! The sections of events: what happened, what is claimed, what is denied, what has not happened.

use rapporteur::types::record::{Event, Offsets, Stretch};

use super::ink::{Ink, Text};
use super::names::{UNNAMED, capitalised};
use super::phrases::{Mood, Recipient, say};
use super::{Desk, dates, heading};

/// Characters of a sentence that is quoted as evidence.
const QUOTED: usize = 220;

/// Types in which both sides do the same: "A met B" is "B met A".
const MUTUAL: [&str; 3] = ["CONSULT", "AGREE", "COOPERATE"];

/// A section of the page, by the status of its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Happened,
    Claimed,
    Denied,
    NotYet,
}

impl Section {
    pub const ALL: [Section; 4] = [
        Section::Happened,
        Section::Claimed,
        Section::Denied,
        Section::NotYet,
    ];

    fn title(self) -> &'static str {
        match self {
            Section::Happened => "What happened",
            Section::Claimed => "What is claimed, and by whom",
            Section::Denied => "What is denied",
            Section::NotYet => "Planned, possible, did not happen",
        }
    }

    fn holds(self, status: &str) -> bool {
        match self {
            Section::Happened => status == "actual",
            Section::Claimed => status == "claimed",
            Section::Denied => status == "denied",
            Section::NotYet => !matches!(status, "actual" | "claimed" | "denied"),
        }
    }

    /// The words over the events that one party tells of.
    fn lead(self, claimant: &str) -> Option<String> {
        match self {
            Section::Claimed => Some(format!("According to {claimant}:")),
            Section::Denied => Some(format!("{} denies this:", capitalised(claimant))),
            Section::Happened | Section::NotYet => None,
        }
    }
}

/// An event with the later mentions of the same.
struct Told<'r> {
    event: &'r Event,
    again: usize,
}

/// Writes the section; nothing where it has no events.
pub fn write(desk: &mut Desk, section: Section, page: &mut String) {
    let events = desk.record.events.iter();
    let told = told(events.filter(|event| section.holds(&event.status)));
    if told.is_empty() {
        return;
    }
    heading(desk, section.title(), page);
    for (claimant, told) in by_claimant(desk, section, told) {
        if let Some(lead) = section.lead(&claimant) {
            Text::new(Ink::Name, lead).write(page, &desk.paper, 2, 4);
        }
        write_told(desk, section, &told, page);
    }
}

/// Events in story order, each told once.
fn told<'r>(events: impl Iterator<Item = &'r Event>) -> Vec<Told<'r>> {
    let mut told: Vec<Told> = Vec::new();
    for event in events {
        match told.iter_mut().find(|earlier| same(earlier.event, event)) {
            Some(earlier) => earlier.again += 1,
            None => told.push(Told { event, again: 0 }),
        }
    }
    told
}

/// Whether two mentions tell of the same act, as far as a page needs to know: both sides are known and the same,
/// and neither date nor place speaks against it.
fn same(a: &Event, b: &Event) -> bool {
    let agree = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
    a.event == b.event
        && a.status == b.status
        && a.according_to.is_some() == b.according_to.is_some()
        && same_sides(a, b)
        && agree(&a.mode, &b.mode)
        && agree(&a.date.first, &b.date.first)
        && agree(&a.place, &b.place)
}

fn same_sides(a: &Event, b: &Event) -> bool {
    if MUTUAL.contains(&a.event.as_str()) {
        let sides = |event: &Event| {
            let mut ids: Vec<String> = event
                .actor
                .iter()
                .chain(&event.recipient)
                .cloned()
                .collect();
            ids.sort_unstable();
            ids
        };
        return a.actor.len() + a.recipient.len() > 1 && sides(a) == sides(b);
    }
    !a.actor.is_empty()
        && !a.recipient.is_empty()
        && a.actor == b.actor
        && a.recipient == b.recipient
}

/// Events by who tells them, in order of each teller's first; all together in sections that do not group.
fn by_claimant<'r>(
    desk: &Desk,
    section: Section,
    told: Vec<Told<'r>>,
) -> Vec<(String, Vec<Told<'r>>)> {
    let mut groups: Vec<(String, Vec<Told>)> = Vec::new();
    for item in told {
        let claimant = match section.lead("") {
            Some(_) => claimant(desk, item.event),
            None => String::new(),
        };
        match groups.iter_mut().find(|(name, _)| *name == claimant) {
            Some((_, group)) => group.push(item),
            None => groups.push((claimant, vec![item])),
        }
    }
    groups
}

fn claimant(desk: &Desk, event: &Event) -> String {
    let claim = event
        .according_to
        .as_deref()
        .and_then(|id| desk.names.claim(id));
    desk.names.claimant(claim, &desk.source)
}

/// One line an event; events of one sentence that follow each other share their evidence.
fn write_told(desk: &mut Desk, section: Section, told: &[Told], page: &mut String) {
    for run in told.chunk_by(|a, b| a.event.sentence == b.event.sentence) {
        for item in run {
            line(desk, section, item).write(page, &desk.paper, 2, 4);
        }
        let triggers: Vec<Offsets> = run.iter().flat_map(|t| t.event.trigger.clone()).collect();
        let sentence = desk.record.sentences.get(run[0].event.sentence);
        if let Some(sentence) = sentence.copied().or_else(|| around(&triggers)) {
            desk.source
                .quotation(sentence, &triggers, QUOTED, &desk.paper)
                .write(page, &desk.paper, 4, 5);
        }
    }
}

/// The triggers alone, where an event points at no sentence.
fn around(triggers: &[Offsets]) -> Option<Stretch> {
    let start = triggers.iter().map(|t| t[0]).min()?;
    let end = triggers.iter().map(|t| t[1]).max()?;
    Some(Stretch { start, end })
}

/// "• Ada Holm (envoy) met Igor Brandt · Brod · 12 May 2015"
fn line(desk: &mut Desk, section: Section, told: &Told) -> Text {
    let event = told.event;
    let mut text = Text::new(Ink::of_quad(&event.quad), "• ");
    text.extend(sentence(desk, event));
    for detail in details(desk, section, told) {
        text.push(Ink::Faint, format!(" · {detail}"));
    }
    text
}

/// Who did what to whom.
fn sentence(desk: &mut Desk, event: &Event) -> Text {
    let quad = Ink::of_quad(&event.quad);
    let actor = desk.names.list(&event.actor, true);
    let recipient = desk.names.list(&event.recipient, false);
    let named = match recipient {
        Some(_) => Recipient::Named,
        None => Recipient::Missing,
    };
    let (before, after) = said(event, named);
    let mut text = actor.unwrap_or_else(|| Text::new(Ink::Plain, capitalised(UNNAMED)));
    text.push(quad, format!(" {before}"));
    if let Some(recipient) = recipient {
        text.push(Ink::Plain, " ");
        text.extend(recipient);
    }
    if !after.is_empty() {
        text.push(quad, format!(" {after}"));
    }
    text
}

fn said(event: &Event, recipient: Recipient) -> (String, String) {
    let mood = match event.status.as_str() {
        "planned" => Mood::Planned,
        "possible" => Mood::Possible,
        "negated" => Mood::Negated,
        _ => Mood::Happened,
    };
    // Several who met are not "holding talks" with nobody.
    if event.event == "CONSULT" && event.actor.len() > 1 && event.mode.is_none() {
        let (verb, _) = say("CONSULT", None, mood, Recipient::Named);
        if recipient == Recipient::Missing {
            return (verb, String::new());
        }
    }
    say(&event.event, event.mode.as_deref(), mood, recipient)
}

/// Where, when, how many, who says so, how often; with `--verbose` what decided it.
fn details(desk: &Desk, section: Section, told: &Told) -> Vec<String> {
    let event = told.event;
    let mut details = Vec::new();
    details.extend(place(desk, event));
    if let (Some(first), Some(last)) = (&event.date.first, &event.date.last) {
        details.push(dates::period(first, last));
    }
    details.extend(quantities(desk, event));
    if section.lead("").is_none() && told_by_another(desk, event) {
        details.push(format!("according to {}", claimant(desk, event)));
    }
    match told.again {
        0 => {}
        1 => details.push("told twice".to_owned()),
        n => details.push(format!("told {} times", n + 1)),
    }
    if desk.paper.verbose {
        details.push(decision(event));
    }
    details
}

/// Whether somebody in the story tells of the event who is not its actor: what one says of oneself needs no second name.
fn told_by_another(desk: &Desk, event: &Event) -> bool {
    let Some(claim) = &event.according_to else {
        return false;
    };
    let source = desk.names.claim(claim).and_then(|c| c.source.as_ref());
    let teller = source.and_then(|source| source.actor.as_ref());
    teller.is_none_or(|teller| !event.actor.contains(teller))
}

fn place(desk: &Desk, event: &Event) -> Option<String> {
    let id = event.place.as_deref()?;
    let place = desk.record.places.iter().find(|place| place.id == id)?;
    Some(place.name.clone())
}

/// The numbers as the text has them.
fn quantities(desk: &Desk, event: &Event) -> Vec<String> {
    let found = event
        .quantities
        .iter()
        .filter_map(|i| desk.record.quantities.get(*i));
    found
        .map(|quantity| desk.source.words([quantity.start, quantity.end]).to_owned())
        .collect()
}

/// "[e1 CONSULT/visit 042, verbal cooperation, actual, 0.87, by trigger + status]"
fn decision(event: &Event) -> String {
    let mode = event
        .mode
        .as_deref()
        .map(|mode| format!("/{mode}"))
        .unwrap_or_default();
    let cameo = event
        .cameo
        .as_deref()
        .map(|code| format!(" {code}"))
        .unwrap_or_default();
    let contexts: String = event.contexts.iter().map(|c| format!(", {c}")).collect();
    // With room to break the line between two that decided.
    let rule = event.rule.replace('+', " + ");
    format!(
        "[{} {}{mode}{cameo}, {}{contexts}, {}, {:.2}, by {rule}]",
        event.id, event.event, event.quad, event.status, event.confidence
    )
}
