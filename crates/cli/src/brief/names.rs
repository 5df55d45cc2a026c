//! What the parties of a record are called on the page.

use std::collections::{HashMap, HashSet};

use rapporteur::types::record::{Actor, Claim, Record};

use super::excerpt::{Source, shortened};
use super::ink::{Ink, Text};

/// Said of a party that the text does not name.
pub const UNNAMED: &str = "someone unnamed";

/// Most parties that are listed by name.
const LISTED: usize = 4;

/// Characters of a party's name: some are whole noun phrases.
const LONGEST: usize = 60;

/// Looks up parties and claims, and remembers whose title the page has given already.
pub struct Names<'r> {
    actors: HashMap<&'r str, &'r Actor>,
    claims: HashMap<&'r str, &'r Claim>,
    introduced: HashSet<String>,
}

impl<'r> Names<'r> {
    pub fn new(record: &'r Record) -> Self {
        Names {
            actors: record.actors.iter().map(|a| (a.id.as_str(), a)).collect(),
            claims: record.claims.iter().map(|c| (c.id.as_str(), c)).collect(),
            introduced: HashSet::new(),
        }
    }

    pub fn claim(&self, id: &str) -> Option<&'r Claim> {
        self.claims.get(id).copied()
    }

    /// "Ada Holm (envoy), the rebels and 3 others"; `None` where there are none. `opening` a line, it has a capital.
    pub fn list(&mut self, ids: &[String], opening: bool) -> Option<Text> {
        let shown = if ids.len() > LISTED + 1 {
            LISTED
        } else {
            ids.len()
        };
        let first = self.introduce(ids.first()?);
        let first = if opening { capitalised(&first) } else { first };
        let mut text = Text::new(Ink::Name, first);
        for (i, id) in ids[..shown].iter().enumerate().skip(1) {
            let last = i + 1 == ids.len();
            text.push(Ink::Plain, if last { " and " } else { ", " });
            text.push(Ink::Name, self.introduce(id));
        }
        if shown < ids.len() {
            text.push(Ink::Plain, format!(" and {} others", ids.len() - shown));
        }
        Some(text)
    }

    /// An actor's name, with the title where the page names the actor for the first time.
    pub fn introduce(&mut self, id: &str) -> String {
        let Some(actor) = self.actors.get(id).copied() else {
            return UNNAMED.to_owned();
        };
        let name = shortened(&actor.name, LONGEST);
        match &actor.title {
            Some(title)
                if self.introduced.insert(id.to_owned()) && !name.contains(title.as_str()) =>
            {
                format!("{name} ({})", shortened(title, LONGEST))
            }
            _ => name,
        }
    }

    /// Who a claim comes from, without a title.
    pub fn claimant(&self, claim: Option<&Claim>, source: &Source) -> String {
        let Some(speaker) = claim.and_then(|claim| claim.source.as_ref()) else {
            return UNNAMED.to_owned();
        };
        let actor = speaker.actor.as_deref().and_then(|id| self.actors.get(id));
        match actor {
            Some(actor) => shortened(&actor.name, LONGEST),
            None if speaker.spans.is_empty() => UNNAMED.to_owned(),
            None => source.joined(&speaker.spans, LONGEST),
        }
    }
}

/// `words` with a capital at the beginning, for the start of a line.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
