//! Records of annotated events, as if a reader had made no mistake.

use std::collections::BTreeMap;
use std::path::Path;

use lexicon::Lexicon;
use serde_json::Value;
use types::record::{
    Actor, Claim, ClaimSource, Event, EventDate, Place, Record, StoryRecord, Stretch,
};
use types::{EventType, Status};

use crate::Failure;
use crate::options::text;

/// Records of all stories that are annotated, in the order of publication.
pub fn records(stories: &str, folder: &Path) -> Result<Vec<Record>, Failure> {
    let mut found = Vec::new();
    for (number, line) in text(stories)?.lines().enumerate() {
        let story: Value = serde_json::from_str(line).map_err(|error| Failure::Line {
            name: stories.to_owned(),
            line: number + 1,
            message: error.to_string(),
        })?;
        let of = |key: &str| story[key].as_str().unwrap_or("").to_owned();
        let path = folder.join(of("split")).join(of("id") + ".tsv");
        let rows = text(&path.display().to_string())?;
        let mut page = Page::new(&story);
        for row in rows.lines().filter(|row| !row.trim().is_empty()) {
            page.event(&row.split('\t').collect::<Vec<_>>());
        }
        found.push(page.record);
    }
    found.sort_by(|a, b| (&a.story.published, &a.story.id).cmp(&(&b.story.published, &b.story.id)));
    Ok(found)
}

struct Page {
    record: Record,
    lines: Vec<String>,
    /// Where each line starts, in code points.
    starts: Vec<usize>,
    actors: BTreeMap<String, String>,
}

impl Page {
    fn new(story: &Value) -> Self {
        let of = |key: &str| story[key].as_str().map(str::to_owned);
        let lines: Vec<String> = story["lines"]
            .as_array()
            .map(|lines| {
                lines
                    .iter()
                    .map(|line| line.as_str().unwrap_or("").to_owned())
                    .collect()
            })
            .unwrap_or_default();
        let mut at = 0;
        let (mut starts, mut sentences) = (Vec::new(), Vec::new());
        for line in &lines {
            let length = line.chars().count();
            starts.push(at);
            sentences.push(Stretch {
                start: at,
                end: at + length,
            });
            // Lines are joined by an empty line.
            at += length + 2;
        }
        let story = StoryRecord {
            id: of("id").unwrap_or_default(),
            reference: of("id"),
            published: of("published"),
            text: lines.join("\n\n"),
            ..StoryRecord::default()
        };
        let record = Record {
            sentences,
            ..Record::of(story)
        };
        Page {
            record,
            lines,
            starts,
            actors: BTreeMap::new(),
        }
    }

    /// Adds the event of a row; rows that are not understood become events of their own kind nowhere else.
    fn event(&mut self, row: &[&str]) {
        let [
            line,
            trigger,
            kind,
            mode,
            status,
            actor,
            recipient,
            by,
            date,
            place,
        ] = row
        else {
            return;
        };
        let number = self.record.events.len();
        let sentence: usize = line.parse().unwrap_or(0);
        let kind = EventType::parse(kind).unwrap_or(EventType::Consult);
        let status = Status::parse(status).unwrap_or(Status::Actual);
        let lexicon = Lexicon::built_in();
        let trigger = self.trigger(sentence, trigger);
        let actor = self.parties(actor);
        let recipient = self.parties(recipient);
        let according_to = self.claim(by, sentence);
        let place = self.place(place);
        self.record.events.push(Event {
            id: format!("e{number}"),
            event: kind.as_str().into(),
            mode: Some((*mode).to_owned()).filter(|mode| mode != "-"),
            contexts: Vec::new(),
            cameo: None,
            goldstein: None,
            quad: lexicon.quad(kind).into(),
            actor,
            recipient,
            trigger,
            sentence: sentence.min(self.lines.len().saturating_sub(1)),
            date: dated(date),
            place,
            status: status.as_str().into(),
            according_to,
            quantities: Vec::new(),
            issues: Vec::new(),
            rule: "annotated".into(),
            confidence: 1.0,
        });
    }

    fn trigger(&self, sentence: usize, trigger: &str) -> Vec<[usize; 2]> {
        let (words, nth) = match trigger.rsplit_once('#') {
            Some((words, nth)) => (words, nth.parse().unwrap_or(1)),
            None => (trigger, 1usize),
        };
        let line = self.lines.get(sentence).map_or("", String::as_str);
        let found = line
            .match_indices(words)
            .nth(nth - 1)
            .map_or(0, |(at, _)| at);
        let start = self.starts.get(sentence).copied().unwrap_or(0) + line[..found].chars().count();
        vec![[start, start + words.chars().count()]]
    }

    fn parties(&mut self, cell: &str) -> Vec<String> {
        let names: Vec<String> = names(cell);
        let mut ids: Vec<String> = Vec::new();
        for name in names {
            let id = self.actor(&name);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// The actor of a name: one whose name ends with the same word is the same, as "Kerry" is "John Kerry".
    fn actor(&mut self, name: &str) -> String {
        let last = name.rsplit(' ').next().unwrap_or(name).to_owned();
        let capital = last.starts_with(char::is_uppercase);
        let key = if capital { last } else { name.to_owned() };
        if let Some(id) = self.actors.get(&key) {
            return id.clone();
        }
        let id = format!("a{}", self.record.actors.len() + 1);
        let country = country(name);
        let whole = Lexicon::built_in().state(name).is_some();
        let kind = match (whole, capital) {
            (true, _) => "state",
            (false, true) => "person",
            (false, false) => "group",
        };
        self.record.actors.push(Actor {
            id: id.clone(),
            name: if capital && !whole {
                key.clone()
            } else {
                name.to_owned()
            },
            kind: kind.into(),
            code: None,
            country,
            roles: Vec::new(),
            title: None,
            wikidata: None,
            mentions: Vec::new(),
        });
        self.actors.insert(key, id.clone());
        id
    }

    fn claim(&mut self, cell: &str, sentence: usize) -> Option<String> {
        if cell == "-" {
            return None;
        }
        let source = names(cell)
            .into_iter()
            .find(|name| name != "?")
            .map(|name| self.actor(&name));
        let id = format!("c{}", self.record.claims.len() + 1);
        let at = self.starts.get(sentence).copied().unwrap_or(0);
        self.record.claims.push(Claim {
            id: id.clone(),
            source: source.map(|actor| ClaimSource {
                actor: Some(actor),
                spans: Vec::new(),
            }),
            cue: vec![[at, at]],
            content: Vec::new(),
            manner: "indirect".into(),
            stance: "assert".into(),
            addressee: None,
            inside: None,
            confidence: 1.0,
        });
        Some(id)
    }

    fn place(&mut self, cell: &str) -> Option<String> {
        let parts = names(cell);
        let first = parts.first()?.clone();
        let country = parts.iter().find_map(|part| country(part));
        let is_state = Lexicon::built_in().state(&first).is_some();
        let id = format!("p{}", self.record.places.len() + 1);
        self.record.places.push(Place {
            id: id.clone(),
            name: first,
            admin1: country
                .is_some()
                .then(|| "unknown".to_owned())
                .filter(|_| !is_state),
            country,
            latitude: None,
            longitude: None,
            geonames: None,
            why: None,
            mentions: Vec::new(),
        });
        Some(id)
    }
}

/// The names in a cell: what a pronoun means in its place, without the number of another line, without articles.
fn names(cell: &str) -> Vec<String> {
    let name = |part: &str| -> Option<String> {
        let part = part.trim();
        let part = match part.strip_prefix('@').and_then(|rest| rest.split_once(':')) {
            Some((_, rest)) => rest,
            None => part,
        };
        let part = part.split_once('=').map_or(part, |(_, means)| means);
        let bare = ["the ", "The ", "a ", "A "]
            .iter()
            .find_map(|article| part.strip_prefix(article));
        let name = bare.unwrap_or(part).trim();
        (!name.is_empty() && name != "-").then(|| name.to_owned())
    };
    let all = cell.split(" ; ").flat_map(|part| part.split(" and "));
    all.filter_map(name).collect()
}

/// The country that a name says: the first one to three words that the lexicon has as a state.
fn country(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    for start in 0..words.len() {
        for length in (1..=3.min(words.len() - start)).rev() {
            let form = words[start..start + length].join(" ");
            let form = form.trim_end_matches("’s").trim_end_matches("'s");
            if let Some(state) = Lexicon::built_in().state(form) {
                return Some(state.country.to_owned());
            }
        }
    }
    None
}

fn dated(cell: &str) -> EventDate {
    let (first, last) = cell.split_once('/').unwrap_or((cell, cell));
    if first == "-" {
        return EventDate::default();
    }
    EventDate {
        first: Some(first.to_owned()),
        last: Some(last.to_owned()),
        time: None,
        why: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_names() {
        assert_eq!(
            names("he=Dragan Petrovic ; @3:the rebels"),
            ["Dragan Petrovic", "rebels"]
        );
        assert!(names("-").is_empty());
    }

    #[test]
    fn names_tell_their_country() {
        assert_eq!(country("Serbian border police").as_deref(), Some("SRB"));
        assert_eq!(country("rebels"), None);
    }
}
