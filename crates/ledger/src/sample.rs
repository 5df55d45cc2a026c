//! Records of a world that never was, for tests and for measuring speed: the same seed gives the same records.
//!
//! Days pass, things happen between sixty countries, and stories tell of what happened in the last days, several of
//! them of the same. Each event comes with the number of what it tells of, so that bringing together can be held
//! against it.

use types::record::{
    Actor, Claim, ClaimSource, Event, EventDate, Mention, PartRecord, Place, Provenance, Quantity,
    Record, SCHEMA, StoryRecord, Stretch,
};
use types::{EventType, Status};

use crate::append::QUADS;
use crate::days::Day;
use crate::words;

/// A story and, for each of its events in order, the number of the occurrence that it tells of.
pub struct Told {
    /// What a reader would have made of the story.
    pub record: Record,
    /// One for each event.
    pub truth: Vec<u64>,
}

/// Splitmix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
#[derive(Clone, Debug)]
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Small numbers often, large ones seldom, as countries are in the news.
    fn skewed(&mut self, end: usize) -> usize {
        let (a, b) = (self.below(end), self.below(end));
        a.min(b)
    }

    fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
struct Happening {
    number: u64,
    kind: EventType,
    actor: usize,
    recipient: usize,
    place: usize,
    day: i32,
    /// Words that only this one has.
    about: [usize; 5],
    killed: Option<u32>,
    denied: bool,
}

/// The world.
pub struct World {
    chance: Chance,
    day: i32,
    stories: u64,
    number: u64,
    recent: Vec<Happening>,
    stories_a_day: u64,
    events: usize,
}

const COUNTRIES: [&str; 60] = [
    "USA", "RUS", "CHN", "SYR", "IRN", "ISR", "GBR", "FRA", "DEU", "TUR", "UKR", "IRQ", "AFG",
    "PAK", "IND", "PRK", "KOR", "JPN", "SAU", "EGY", "LBY", "YEM", "SOM", "NGA", "KEN", "ETH",
    "SDN", "SSD", "COD", "ZAF", "VEN", "COL", "CUB", "MEX", "BRA", "ARG", "CHL", "PER", "ESP",
    "ITA", "GRC", "POL", "HUN", "SRB", "NOR", "SWE", "FIN", "EST", "GEO", "ARM", "AZE", "KAZ",
    "UZB", "THA", "MMR", "VNM", "PHL", "IDN", "AUS", "CAN",
];

const VERBS: [(EventType, &str); 16] = [
    (EventType::Agree, "promised help to"),
    (EventType::Consult, "met"),
    (EventType::Support, "praised"),
    (EventType::Concede, "apologised to"),
    (EventType::Cooperate, "traded prisoners with"),
    (EventType::Aid, "sent food to"),
    (EventType::Retreat, "withdrew from"),
    (EventType::Request, "appealed to"),
    (EventType::Accuse, "accused"),
    (EventType::Reject, "turned down"),
    (EventType::Threaten, "threatened"),
    (EventType::Protest, "marched against"),
    (EventType::Sanction, "imposed sanctions on"),
    (EventType::Mobilize, "moved troops towards"),
    (EventType::Coerce, "arrested envoys of"),
    (EventType::Assault, "shelled"),
];

/// First day of the world: 1 January 2010.
const START: i32 = 14_610;

impl World {
    /// A world in which so many stories appear a day, each with about so many events.
    pub fn new(seed: u64, stories_a_day: u64, events: usize) -> Self {
        World {
            chance: Chance(seed),
            day: START,
            stories: 0,
            number: 0,
            recent: Vec::new(),
            stories_a_day: stories_a_day.max(1),
            events: events.max(1),
        }
    }

    /// The next story.
    pub fn tell(&mut self) -> Told {
        if self.stories.is_multiple_of(self.stories_a_day) {
            self.pass_a_day();
        }
        self.stories += 1;
        let many = 1 + self.chance.below(2 * self.events);
        let mut page = Page::new(self.stories, self.day);
        let mut truth = Vec::with_capacity(many);
        while truth.len() < many {
            let at = self.chance.skewed(self.recent.len());
            let happening = self.recent[self.recent.len() - 1 - at].clone();
            page.tell(&happening, &mut self.chance);
            truth.push(happening.number);
        }
        Told {
            record: page.finish(),
            truth,
        }
    }

    /// Some things happen; what is older than three days is no news.
    fn pass_a_day(&mut self) {
        self.day += 1;
        let day = self.day;
        self.recent.retain(|happening| happening.day + 3 > day);
        let many = (self.stories_a_day as usize * self.events / 4).max(4);
        for _ in 0..many {
            self.number += 1;
            let happening = self.happen();
            self.recent.push(happening);
        }
    }

    fn happen(&mut self) -> Happening {
        let chance = &mut self.chance;
        let actor = chance.skewed(COUNTRIES.len());
        let recipient = (actor + 1 + chance.skewed(COUNTRIES.len() - 1)) % COUNTRIES.len();
        let kind = VERBS[chance.below(VERBS.len())].0;
        let killed = (kind == EventType::Assault).then(|| 1 + chance.below(200) as u32);
        Happening {
            number: self.number,
            kind,
            actor,
            recipient,
            place: recipient * 8 + chance.below(8),
            day: self.day,
            about: std::array::from_fn(|_| chance.below(4_000)),
            killed,
            denied: chance.percent(8),
        }
    }
}

/// A word that means nothing, of number `n`.
fn word(n: usize) -> String {
    const FIRST: [&str; 16] = [
        "bra", "cor", "del", "fan", "gol", "hev", "jor", "kal", "lum", "mir", "nor", "pel", "ras",
        "sul", "tam", "vor",
    ];
    const LAST: [&str; 16] = [
        "bek", "dan", "fil", "gar", "hon", "jin", "kov", "lem", "mar", "nex", "pol", "rim", "sta",
        "tur", "vin", "zor",
    ];
    let middle = (b'a' + (n / 256 % 26) as u8) as char;
    format!("{}{}{}", FIRST[n % 16], middle, LAST[n / 16 % 16])
}

/// A story while it is written.
struct Page {
    record: Record,
}

impl Page {
    fn new(number: u64, day: i32) -> Self {
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
            schema: SCHEMA,
            story,
            sentences: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            times: Vec::new(),
            quantities: Vec::new(),
            claims: Vec::new(),
            events: Vec::new(),
            issues: Vec::new(),
            positions: Vec::new(),
            problems: Vec::new(),
            provenance: Provenance {
                program: "sample 1".into(),
                model: "sha256:none".into(),
                lexicon: "none".into(),
            },
        };
        Page { record }
    }

    /// Writes one sentence with one event.
    fn tell(&mut self, what: &Happening, chance: &mut Chance) {
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
            issues: Vec::new(),
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

    fn finish(mut self) -> Record {
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
