//! Records of a world that never was, for tests and for measuring speed: the same seed gives the same records.
//!
//! Days pass, things happen between sixty countries, and stories tell of what happened in the last days, several of
//! them of the same. Each event comes with the number of what it tells of, so that bringing together can be held
//! against it.

mod page;

use page::Page;
use types::EventType;
use types::record::Record;

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

/// Matters that are argued about.
const ISSUES: u64 = 150;

impl Happening {
    /// The matter that it is about, if it is about one: three of ten are.
    fn issue(&self) -> Option<usize> {
        let about = (self.number / 10) % ISSUES;
        (self.number % 10 < 3).then_some(about as usize)
    }
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
