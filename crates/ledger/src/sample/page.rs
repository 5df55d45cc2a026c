//! A story of the made-up world, written sentence by sentence together with what a reader would make of it.

use types::record::{
    Actor, Claim, ClaimSource, Event, EventDate, Issue, Mention, PartRecord, Place, Position,
    Provenance, Quantity, Record, StoryRecord, Stretch,
};
use types::{EventType, Status};

use super::{COUNTRIES, Chance, Happening, VERBS, word};
use crate::append::QUADS;
use crate::days::Day;
use crate::words;

/// A story while it is written.
pub(super) struct Page {
    record: Record,
}

impl Page {
    pub fn new(number: u64, day: i32) -> Self {
        let text = format!(
            "Dispatch {number} of the {} wire\n\n",
            word(number as usize % 977)
        );
        let published = Day::from_number(day).to_string();
        let story = StoryRecord {
            reference: Some(format!("dispatch-{number}")),
            headline: Some(format!("Dispatch {number}")),
            publisher: Some(format!("The {} Post", word(number as usize % 40))),
            language: Some("en".into()),
            published: Some(published),
            text,
            ..StoryRecord::default()
        };
        let record = Record {
            provenance: Provenance {
                program: "sample 1".into(),
                model: "sha256:none".into(),
                lexicon: "none".into(),
            },
            ..Record::of(story)
        };
        Page { record }
    }

    /// Writes one sentence with one event.
    pub fn tell(&mut self, what: &Happening, chance: &mut Chance) {
        let start = self.record.story.text.len();
        let official = chance.percent(40);
        let actor = self.actor(what.actor, official);
        let recipient = self.actor(what.recipient, false);
        let names = |id: &str| {
            let found = self.record.actors.iter().find(|actor| actor.id == id);
            found.map_or(String::new(), |actor| actor.name.clone())
        };
        let (who, whom) = (names(&actor), names(&recipient));
        let verb = VERBS
            .iter()
            .find(|(kind, _)| *kind == what.kind)
            .map_or("met", |(_, verb)| verb);
        let about: Vec<String> = what.about.iter().map(|n| word(*n)).collect();
        let place = word(what.place + 7_000);
        let claimed = chance.percent(20);
        let denied = what.denied && chance.percent(50);
        let lead = match (denied, claimed) {
            (true, _) => format!("{whom} denied that {who} "),
            (false, true) => format!("{whom} said that {who} "),
            _ => format!("{who} "),
        };
        let sentence = format!(
            "{lead}{verb} {whom} near {place} over the {} {} while {} and {} spoke of {}{}. ",
            about[0],
            about[1],
            about[2],
            about[3],
            about[4],
            what.killed
                .map_or(String::new(), |n| format!(", which killed {n}"))
        );
        self.record.story.text.push_str(&sentence);
        let end = self.record.story.text.len() - 1;
        let trigger = start + lead.len();
        let sentence = self.record.sentences.len();
        self.record.sentences.push(Stretch { start, end });
        let claim =
            (denied || claimed).then(|| self.claim(&recipient, denied, start, end, whom.len()));
        let status = match (denied, claimed) {
            (true, _) => Status::Denied,
            (false, true) => Status::Claimed,
            _ => Status::Actual,
        };
        let place = self.place(what.place, what.recipient);
        let quantities = what.killed.map(|number| self.quantity(number, start, end));
        let dated = chance.percent(70);
        let at = EventType::ALL
            .iter()
            .position(|kind| *kind == what.kind)
            .unwrap_or(0);
        let issue = what.issue().map(|number| self.issue(number));
        if let (Some(issue), Some(claim)) = (&issue, &claim) {
            self.position(issue, &recipient, denied, claim);
        }
        let event = Event {
            id: format!("e{}", self.record.events.len() + 1),
            event: what.kind.as_str().into(),
            mode: None,
            contexts: Vec::new(),
            cameo: Some(format!("{:02}0", at + 3)),
            goldstein: Some(7.0 - at as f64),
            quad: QUADS[QUAD_OF[at]].into(),
            actor: vec![actor],
            recipient: vec![recipient],
            trigger: vec![[
                trigger,
                trigger + verb.split(' ').next().map_or(0, str::len),
            ]],
            sentence,
            date: if dated {
                on(what.day)
            } else {
                EventDate::default()
            },
            place: chance.percent(60).then_some(place),
            status: status.as_str().into(),
            according_to: claim,
            quantities: quantities.into_iter().collect(),
            issues: issue.into_iter().collect(),
            rule: "sample".into(),
            confidence: 0.5 + chance.below(50) as f64 / 100.0,
        };
        self.record.events.push(event);
    }

    fn actor(&mut self, country: usize, official: bool) -> String {
        let code = COUNTRIES[country];
        let name = if official {
            format!("{} {}", word(country * 3), word(country * 5 + 1))
        } else {
            format!("{}land", word(country + 3_000))
        };
        let known = self.record.actors.iter().find(|actor| actor.name == name);
        if let Some(actor) = known {
            return actor.id.clone();
        }
        let id = format!("a{}", self.record.actors.len() + 1);
        self.record.actors.push(Actor {
            id: id.clone(),
            name,
            kind: if official { "person" } else { "state" }.into(),
            code: Some(if official {
                format!("{code}GOV")
            } else {
                code.into()
            }),
            country: Some(code.into()),
            roles: if official {
                vec!["GOV".into()]
            } else {
                Vec::new()
            },
            title: official.then(|| "minister".into()),
            wikidata: None,
            mentions: vec![Mention {
                start: 0,
                end: 8,
                form: "named".into(),
            }],
        });
        id
    }

    fn place(&mut self, number: usize, country: usize) -> String {
        let name = word(number + 7_000);
        if let Some(place) = self.record.places.iter().find(|place| place.name == name) {
            return place.id.clone();
        }
        let id = format!("p{}", self.record.places.len() + 1);
        self.record.places.push(Place {
            id: id.clone(),
            name,
            country: Some(COUNTRIES[country].into()),
            admin1: Some(format!("province {}", number % 3)),
            // Far enough apart that no two are near each other.
            latitude: Some((number % 160) as f64 - 80.0),
            longitude: Some((number / 160 * 40) as f64 - 160.0),
            geonames: Some(number as u64 + 1),
            why: None,
            mentions: Vec::new(),
        });
        id
    }

    fn claim(&mut self, by: &str, denies: bool, start: usize, end: usize, name: usize) -> String {
        let id = format!("c{}", self.record.claims.len() + 1);
        let cue = if denies { "denied" } else { "said" };
        self.record.claims.push(Claim {
            id: id.clone(),
            source: Some(ClaimSource {
                actor: Some(by.into()),
                spans: vec![[start, start + name]],
            }),
            cue: vec![[start + name + 1, start + name + 1 + cue.len()]],
            content: vec![[start + name + 2 + cue.len(), end]],
            manner: "indirect".into(),
            stance: if denies { "deny" } else { "assert" }.into(),
            addressee: None,
            inside: None,
            confidence: 0.9,
        });
        id
    }

    fn issue(&mut self, number: usize) -> String {
        let name = format!("{} question", word(number + 9_000));
        if let Some(issue) = self.record.issues.iter().find(|issue| issue.name == name) {
            return issue.id.clone();
        }
        let id = format!("i{}", self.record.issues.len() + 1);
        self.record.issues.push(Issue {
            id: id.clone(),
            name,
            mentions: Vec::new(),
        });
        id
    }

    /// Whoever denies a thing is against what it is about, in this world.
    fn position(&mut self, issue: &str, actor: &str, against: bool, claim: &str) {
        self.record.positions.push(Position {
            issue: issue.into(),
            actor: Some(actor.into()),
            actors: Vec::new(),
            stance: Some(if against { "against" } else { "for" }.into()),
            relation: None,
            claims: vec![claim.into()],
            evidence: Vec::new(),
        });
    }

    fn quantity(&mut self, number: u32, start: usize, end: usize) -> usize {
        let digits = number.to_string().len();
        self.record.quantities.push(Quantity {
            start: end.saturating_sub(digits + 1).max(start),
            end: end.saturating_sub(1),
            value: Some(f64::from(number)),
            to: None,
            bound: "exactly".into(),
            unit: Some("people".into()),
            what: "killed".into(),
            according_to: None,
        });
        self.record.quantities.len() - 1
    }

    pub fn finish(mut self) -> Record {
        let text = &self.record.story.text;
        self.record.story.id = format!(
            "{:016x}{:016x}",
            words::hash(text.as_bytes()),
            words::hash(format!("{text}\0").as_bytes())
        );
        self.record.story.parts = vec![PartRecord {
            kind: "body".into(),
            start: 0,
            end: text.len(),
        }];
        self.record
    }
}

/// Quad class of each type, in the order of [`EventType::ALL`], as an index into [`QUADS`].
const QUAD_OF: [usize; 16] = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3];

fn on(day: i32) -> EventDate {
    let day = Day::from_number(day).to_string();
    EventDate {
        first: Some(day.clone()),
        last: Some(day),
        time: None,
        why: None,
    }
}
