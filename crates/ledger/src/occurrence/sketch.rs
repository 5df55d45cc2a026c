//! What an occurrence remembers of its reports, and how that is kept.

use types::EventType;

use super::{Mention, Party, PlaceFacts};
use crate::days::{Day, Days};

/// What a new report is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sketch {
    pub kind: EventType,
    pub mode: Option<String>,
    /// Whether no report tells of it as something that has happened, or has not.
    pub ahead: bool,
    /// The days that all reports allow.
    pub days: Option<Days>,
    /// When the first report was published.
    pub published: Option<Day>,
    /// The places of the reports, of which no two are apart.
    pub places: Vec<PlaceFacts>,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    /// Sorted.
    pub triggers: Vec<u32>,
    /// Sorted.
    pub words: Vec<u32>,
    pub figures: Vec<(u32, f64)>,
    /// The last tellings that report it.
    pub tellings: Vec<i64>,
}

/// Bounds of what is remembered, so that a war of a thousand reports is compared as fast as a meeting of one.
const MOST_PARTIES: usize = 12;
pub(super) const MOST_PLACES: usize = 6;
const MOST_TRIGGERS: usize = 8;
const MOST_WORDS: usize = 48;
const MOST_FIGURES: usize = 8;
const MOST_TELLINGS: usize = 8;

impl Sketch {
    /// Of a first report.
    pub fn of(mention: &Mention) -> Self {
        let mut sketch = Sketch {
            kind: mention.kind,
            mode: None,
            ahead: true,
            days: None,
            published: mention.published,
            places: Vec::new(),
            actors: Vec::new(),
            recipients: Vec::new(),
            triggers: Vec::new(),
            words: Vec::new(),
            figures: Vec::new(),
            tellings: Vec::new(),
        };
        sketch.absorb(mention);
        sketch
    }

    /// Takes in one more report. Where it contradicts (a person has merged them), the older date and place stay.
    pub fn absorb(&mut self, mention: &Mention) {
        self.ahead &= mention.is_ahead();
        self.mode = self.mode.take().or_else(|| mention.mode.clone());
        self.days = match (self.days, mention.days) {
            (Some(a), Some(b)) => a.common(b).or(Some(a)),
            (a, b) => a.or(b),
        };
        self.published = match (self.published, mention.published) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        if let Some(place) = &mention.place
            && self.places.len() < MOST_PLACES
            && !self.places.contains(place)
        {
            self.places.push(place.clone());
        }
        add_parties(&mut self.actors, &mention.actors);
        add_parties(&mut self.recipients, &mention.recipients);
        add_sorted(&mut self.triggers, &mention.triggers, MOST_TRIGGERS);
        add_sorted(&mut self.words, &mention.words, MOST_WORDS);
        for figure in &mention.figures {
            if self.figures.len() < MOST_FIGURES && !self.figures.contains(figure) {
                self.figures.push(*figure);
            }
        }
        if !self.tellings.contains(&mention.telling) {
            if self.tellings.len() == MOST_TELLINGS {
                self.tellings.remove(0);
            }
            self.tellings.push(mention.telling);
        }
    }

    /// The most exact place of the reports, the first of several.
    pub fn place(&self) -> Option<&PlaceFacts> {
        let exact = |best: &'_ PlaceFacts, place: &'_ PlaceFacts| place.level() > best.level();
        self.places
            .iter()
            .reduce(|best, place| if exact(best, place) { place } else { best })
    }

    /// The day that it is sorted by: its first, or the day of the first report.
    pub fn day(&self) -> Option<Day> {
        self.days.map(|days| days.first).or(self.published)
    }

    /// As bytes: a version, then the fields in order, lists with their lengths, numbers with their low byte first.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Bytes(Vec::with_capacity(256));
        out.byte(VERSION);
        let kind = EventType::ALL.iter().position(|kind| *kind == self.kind);
        out.byte(kind.unwrap_or(0) as u8);
        out.text(self.mode.as_deref());
        out.byte(u8::from(self.ahead));
        out.optional(self.days.map(|days| days.first.number()));
        out.optional(self.days.map(|days| days.last.number()));
        out.optional(self.published.map(Day::number));
        out.byte(self.places.len() as u8);
        self.places.iter().for_each(|place| out.place(place));
        for parties in [&self.actors, &self.recipients] {
            out.byte(parties.len() as u8);
            for party in parties {
                out.put(&party.actor.to_le_bytes());
                out.byte(u8::from(party.person));
                out.text(party.country.as_deref());
            }
        }
        for list in [&self.triggers, &self.words] {
            out.byte(list.len() as u8);
            list.iter().for_each(|hash| out.put(&hash.to_le_bytes()));
        }
        out.byte(self.figures.len() as u8);
        for (what, value) in &self.figures {
            out.put(&what.to_le_bytes());
            out.put(&value.to_le_bytes());
        }
        out.byte(self.tellings.len() as u8);
        self.tellings
            .iter()
            .for_each(|id| out.put(&id.to_le_bytes()));
        out.0
    }

    /// Of bytes as [`Sketch::encode`] makes them; `None` for others.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader(bytes);
        if from.byte()? != VERSION {
            return None;
        }
        let kind = *EventType::ALL.get(usize::from(from.byte()?))?;
        let mode = from.text()?.map(str::to_owned);
        let ahead = from.byte()? != 0;
        let (first, last) = (from.optional()?, from.optional()?);
        let days = match (first, last) {
            (Some(first), Some(last)) => Some(Days {
                first: Day::from_number(first),
                last: Day::from_number(last),
            }),
            _ => None,
        };
        let published = from.optional()?.map(Day::from_number);
        Some(Sketch {
            kind,
            mode,
            ahead,
            days,
            published,
            places: from.list(|from| from.place())?,
            actors: from.list(|from| from.party())?,
            recipients: from.list(|from| from.party())?,
            triggers: from.list(|from| from.take().map(u32::from_le_bytes))?,
            words: from.list(|from| from.take().map(u32::from_le_bytes))?,
            figures: from.list(|from| {
                Some((
                    from.take().map(u32::from_le_bytes)?,
                    from.take().map(f64::from_le_bytes)?,
                ))
            })?,
            tellings: from.list(|from| from.take().map(i64::from_le_bytes))?,
        })
    }

    /// The countries of actors and of recipients in such bytes, each once, in the order of the alphabet: for those who look
    /// at thousands and need nothing else.
    pub fn countries(bytes: &[u8]) -> Option<[Vec<&str>; 2]> {
        let mut from = Reader(bytes);
        if from.byte()? != VERSION {
            return None;
        }
        from.byte()?;
        from.text()?;
        from.byte()?;
        from.take::<12>()?;
        from.list(|from| from.place())?;
        let mut side = || {
            let all = from.list(|from| from.party_facts())?;
            let mut countries: Vec<&str> = all.into_iter().filter_map(|(.., code)| code).collect();
            countries.sort_unstable();
            countries.dedup();
            Some(countries)
        };
        Some([side()?, side()?])
    }
}

/// Version of the bytes of a sketch.
const VERSION: u8 = 1;

fn add_parties(known: &mut Vec<Party>, more: &[Party]) {
    for party in more {
        let new = known.iter().all(|old| old.actor != party.actor);
        if new && known.len() < MOST_PARTIES {
            known.push(party.clone());
        }
    }
}

fn add_sorted(known: &mut Vec<u32>, more: &[u32], most: usize) {
    for hash in more {
        if known.len() >= most {
            return;
        }
        if let Err(at) = known.binary_search(hash) {
            known.insert(at, *hash);
        }
    }
}

struct Bytes(Vec<u8>);

impl Bytes {
    fn put(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// At most 254 bytes of text; 255 stands for none.
    fn text(&mut self, text: Option<&str>) {
        match text {
            Some(text) => {
                let mut end = text.len().min(254);
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                self.byte(end as u8);
                self.put(&text.as_bytes()[..end]);
            }
            None => self.byte(255),
        }
    }

    fn optional(&mut self, number: Option<i32>) {
        self.put(&number.unwrap_or(i32::MIN).to_le_bytes());
    }

    fn place(&mut self, place: &PlaceFacts) {
        self.byte(u8::from(place.admin1.is_some()) | u8::from(place.at.is_some()) << 1);
        self.put(&place.id.to_le_bytes());
        self.put(&place.name.to_le_bytes());
        self.text(place.country.as_deref());
        self.put(&place.admin1.unwrap_or(0).to_le_bytes());
        let (latitude, longitude) = place.at.unwrap_or((0.0, 0.0));
        self.put(&latitude.to_le_bytes());
        self.put(&longitude.to_le_bytes());
    }
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn text(&mut self) -> Option<Option<&'b str>> {
        let length = self.byte()?;
        if length == 255 {
            return Some(None);
        }
        let (taken, rest) = self.0.split_at_checked(usize::from(length))?;
        self.0 = rest;
        Some(Some(std::str::from_utf8(taken).ok()?))
    }

    fn optional(&mut self) -> Option<Option<i32>> {
        let number = i32::from_le_bytes(self.take()?);
        Some((number != i32::MIN).then_some(number))
    }

    /// Number, whether it is one person, and country.
    fn party_facts(&mut self) -> Option<(i64, bool, Option<&'b str>)> {
        let actor = i64::from_le_bytes(self.take()?);
        Some((actor, self.byte()? != 0, self.text()?))
    }

    fn party(&mut self) -> Option<Party> {
        let (actor, person, country) = self.party_facts()?;
        Some(Party {
            actor,
            person,
            country: country.map(str::to_owned),
        })
    }

    fn place(&mut self) -> Option<PlaceFacts> {
        let parts = self.byte()?;
        let id = i64::from_le_bytes(self.take()?);
        let name = u32::from_le_bytes(self.take()?);
        let country = self.text()?.map(str::to_owned);
        let admin1 = u32::from_le_bytes(self.take()?);
        let at = (
            f32::from_le_bytes(self.take()?),
            f32::from_le_bytes(self.take()?),
        );
        Some(PlaceFacts {
            id,
            name,
            country,
            admin1: (parts & 1 != 0).then_some(admin1),
            at: (parts & 2 != 0).then_some(at),
        })
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.byte()?;
        (0..length).map(|_| one(self)).collect()
    }
}
