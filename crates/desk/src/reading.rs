//! A record as it is shown: the text in stretches, and the cards of its events, claims, actors and the rest beside it.

use std::collections::BTreeMap;

use ledger::query::{EventNumbers, Numbers};
use types::CodePoints;
use types::record::{Actor, Claim, Event, Offsets, Record};

use crate::codebook;
use crate::highlight::{Paragraph, paragraphs};

/// A record as it is shown: the text in stretches and the cards beside it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The text.
    pub paragraphs: Vec<Paragraph>,
    /// Events in the order of the text.
    pub events: Vec<EventCard>,
    /// Claims in the order of the text.
    pub claims: Vec<ClaimCard>,
    /// Actors, those who do or say something first.
    pub actors: Vec<ActorCard>,
    /// Times, places and quantities.
    pub others: Vec<OtherCard>,
    /// What could not be read as it should.
    pub problems: Vec<String>,
    /// What made the record.
    pub made: String,
}

/// An event's card.
#[derive(Clone, Debug)]
pub struct EventCard {
    /// The event.
    pub event: Event,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// The words that express it.
    pub words: String,
    /// Who did it, with addresses.
    pub actors: Vec<Named>,
    /// To whom.
    pub recipients: Vec<Named>,
    /// When; empty where that is not known.
    pub when: String,
    /// Where.
    pub place: String,
    /// Who says so; empty where the story does.
    pub by: String,
    /// Figures.
    pub figures: Vec<String>,
    /// Names of the issues that it is about.
    pub issues: Vec<String>,
    /// Its numbers in the ledger.
    pub numbers: Option<EventNumbers>,
    /// Ids of all that lights up with it.
    pub lights: String,
    /// Address of the explanation; empty where there is none.
    pub why: String,
}

/// A claim's card.
#[derive(Clone, Debug)]
pub struct ClaimCard {
    /// The claim.
    pub claim: Claim,
    /// Who says it.
    pub source: Named,
    /// Who is spoken to.
    pub addressee: Option<Named>,
    /// The cue's words.
    pub cue: String,
    /// What is said.
    pub content: String,
    /// How deep it lies in other claims, from 0.
    pub depth: usize,
    /// Its number in the ledger.
    pub number: String,
    /// Ids of all that lights up with it.
    pub lights: String,
    /// Address of the explanation.
    pub why: String,
}

/// An actor's card.
#[derive(Clone, Debug)]
pub struct ActorCard {
    /// The actor.
    pub actor: Actor,
    /// Its page; empty where it has none.
    pub href: String,
}

/// A card of a time, place, quantity or issue.
#[derive(Clone, Debug)]
pub struct OtherCard {
    /// The id that the text's marks have.
    pub id: String,
    /// `time`, `place`, `quantity` or `issue`.
    pub kind: &'static str,
    /// The words.
    pub words: String,
    /// What they mean.
    pub value: String,
    /// An address; empty where there is none.
    pub href: String,
}

/// A name with its page.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Its page; empty where there is none.
    pub href: String,
    /// The country's code.
    pub country: Option<String>,
}

/// A record with what is looked up in it.
pub(crate) struct Lookup<'r> {
    pub record: &'r Record,
    numbers: &'r Numbers,
    actors: BTreeMap<&'r str, &'r Actor>,
    text: CodePoints<'r>,
    story: Option<&'r str>,
}

impl Reading {
    /// Of a record; `story` is its number in the ledger, where it is in one.
    pub fn new(record: &Record, numbers: &Numbers, story: Option<&str>) -> Self {
        let look = Lookup::new(record, numbers, story);
        let problem = |problem: &types::record::ProblemRecord| problem.message.clone();
        Reading {
            paragraphs: paragraphs(record),
            events: record
                .events
                .iter()
                .map(|event| look.event(event))
                .collect(),
            claims: record
                .claims
                .iter()
                .map(|claim| look.claim(claim))
                .collect(),
            actors: look.actor_cards(),
            others: look.others(),
            problems: record.problems.iter().map(problem).collect(),
            made: format!(
                "{}, lexicon {}",
                record.provenance.program, record.provenance.lexicon
            ),
        }
    }
}

impl<'r> Lookup<'r> {
    /// Of a record; `story` is its number in the ledger, where it is in one.
    pub fn new(record: &'r Record, numbers: &'r Numbers, story: Option<&'r str>) -> Self {
        let actors = record.actors.iter();
        Lookup {
            record,
            numbers,
            actors: actors.map(|actor| (actor.id.as_str(), actor)).collect(),
            text: CodePoints::new(&record.story.text),
            story,
        }
    }

    /// The actor with that id in the record.
    pub fn actor(&self, id: &str) -> Option<&'r Actor> {
        self.actors.get(id).copied()
    }

    /// The words at these places.
    pub fn words(&self, spans: &[Offsets]) -> String {
        let word = |[start, end]: &Offsets| -> Option<String> {
            let words = self.text.get(*start, *end)?.split_whitespace();
            Some(words.collect::<Vec<_>>().join(" "))
        };
        spans
            .iter()
            .filter_map(word)
            .collect::<Vec<_>>()
            .join(" … ")
    }

    /// An actor's name with its page.
    pub fn named(&self, id: &str) -> Named {
        let actor = self.actors.get(id);
        Named {
            name: actor.map_or_else(|| id.to_owned(), |actor| actor.name.clone()),
            href: self
                .numbers
                .actors
                .get(id)
                .map_or(String::new(), |number| format!("/actors/{number}")),
            country: actor.and_then(|actor| actor.country.clone()),
        }
    }

    fn why(&self, id: &str) -> String {
        self.story
            .map_or(String::new(), |story| format!("/stories/{story}/why/{id}"))
    }

    /// The card of an event.
    pub fn event(&self, event: &Event) -> EventCard {
        let record = self.record;
        let mut lights = vec![event.id.clone()];
        lights.extend(event.actor.iter().chain(&event.recipient).cloned());
        lights.extend(event.date.time.map(|time| format!("t{time}")));
        lights.extend(event.place.clone());
        lights.extend(event.quantities.iter().map(|at| format!("q{at}")));
        lights.extend(event.issues.iter().cloned());
        let place = record
            .places
            .iter()
            .find(|place| Some(&place.id) == event.place.as_ref());
        let claim = record
            .claims
            .iter()
            .find(|claim| Some(&claim.id) == event.according_to.as_ref());
        let figures = event
            .quantities
            .iter()
            .filter_map(|at| record.quantities.get(*at));
        let issues = record
            .issues
            .iter()
            .filter(|issue| event.issues.contains(&issue.id));
        EventCard {
            quad: codebook::quad_of(&event.event),
            words: self.words(&event.trigger),
            actors: event.actor.iter().map(|id| self.named(id)).collect(),
            recipients: event.recipient.iter().map(|id| self.named(id)).collect(),
            when: dates(event),
            place: place.map_or(String::new(), |place| place.name.clone()),
            by: claim.map_or(String::new(), |claim| self.source(claim).name),
            figures: figures
                .map(|q| counted(&self.words(&[[q.start, q.end]]), &q.what))
                .collect(),
            issues: issues.map(|issue| issue.name.clone()).collect(),
            numbers: self.numbers.events.get(&event.id).cloned(),
            lights: lights.join(" "),
            why: self.why(&event.id),
            event: event.clone(),
        }
    }

    fn source(&self, claim: &Claim) -> Named {
        match &claim.source {
            None => Named {
                name: "(nobody named)".into(),
                ..Named::default()
            },
            Some(source) => match &source.actor {
                Some(id) => self.named(id),
                None => Named {
                    name: self.words(&source.spans),
                    ..Named::default()
                },
            },
        }
    }

    /// The card of a claim.
    pub fn claim(&self, claim: &Claim) -> ClaimCard {
        let mut depth = 0;
        let mut around = claim.inside.as_ref();
        while let Some(id) = around
            && depth < 3
        {
            depth += 1;
            let outer = self.record.claims.iter().find(|other| other.id == *id);
            around = outer.and_then(|other| other.inside.as_ref());
        }
        let mut lights = vec![claim.id.clone()];
        lights.extend(
            claim
                .source
                .iter()
                .filter_map(|source| source.actor.clone()),
        );
        ClaimCard {
            source: self.source(claim),
            addressee: claim.addressee.as_ref().map(|id| self.named(id)),
            cue: self.words(&claim.cue),
            content: self.words(&claim.content),
            depth,
            number: self
                .numbers
                .claims
                .get(&claim.id)
                .cloned()
                .unwrap_or_default(),
            lights: lights.join(" "),
            why: self.why(&claim.id),
            claim: claim.clone(),
        }
    }

    /// Those who take part in events or speak first; the rest in the order of the text.
    fn actor_cards(&self) -> Vec<ActorCard> {
        let record = self.record;
        let active = |id: &String| {
            record
                .events
                .iter()
                .any(|event| event.actor.contains(id) || event.recipient.contains(id))
                || record
                    .claims
                    .iter()
                    .any(|c| c.source.as_ref().and_then(|s| s.actor.as_ref()) == Some(id))
        };
        let mut actors: Vec<&Actor> = record.actors.iter().collect();
        actors.sort_by_key(|actor| !active(&actor.id));
        let card = |actor: &Actor| ActorCard {
            href: self.named(&actor.id).href,
            actor: actor.clone(),
        };
        actors.into_iter().map(card).collect()
    }

    fn others(&self) -> Vec<OtherCard> {
        let record = self.record;
        let mut cards = Vec::new();
        for (at, time) in record.times.iter().enumerate() {
            cards.push(OtherCard {
                id: format!("t{at}"),
                kind: "time",
                words: self.words(&[[time.start, time.end]]),
                value: time.value.clone().unwrap_or_else(|| "not resolved".into()),
                href: String::new(),
            });
        }
        for place in &record.places {
            let at = place
                .latitude
                .zip(place.longitude)
                .map(|(n, e)| format!(" ({n:.2}, {e:.2})"));
            let country = place
                .country
                .as_deref()
                .map(codebook::country)
                .unwrap_or_default();
            cards.push(OtherCard {
                id: place.id.clone(),
                kind: "place",
                words: place.name.clone(),
                value: country + &at.unwrap_or_else(|| " not in the gazetteer".into()),
                href: String::new(),
            });
        }
        for (at, quantity) in record.quantities.iter().enumerate() {
            let value = quantity
                .value
                .map_or("several".to_owned(), |value| value.to_string());
            let bound = quantity.bound.replace('_', " ");
            let unit = quantity.unit.clone().unwrap_or_default();
            cards.push(OtherCard {
                id: format!("q{at}"),
                kind: "quantity",
                words: self.words(&[[quantity.start, quantity.end]]),
                value: counted(&format!("{bound} {value} {unit}"), &quantity.what),
                href: String::new(),
            });
        }
        for issue in &record.issues {
            let number = self.numbers.issues.get(&issue.name);
            cards.push(OtherCard {
                id: issue.id.clone(),
                kind: "issue",
                words: issue.name.clone(),
                value: String::new(),
                href: number.map_or(String::new(), |number| format!("/issues/{number}")),
            });
        }
        cards
    }
}

/// A figure and what is counted, where that is known.
fn counted(figure: &str, what: &str) -> String {
    match what {
        "other" => figure.trim().to_owned(),
        what => format!("{} ({what})", figure.trim()),
    }
}

fn dates(event: &Event) -> String {
    match (&event.date.first, &event.date.last) {
        (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
        (Some(first), _) => first.clone(),
        _ => String::new(),
    }
}
