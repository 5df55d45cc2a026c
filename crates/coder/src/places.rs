//! The places of a story, and which of them an event took place at.

use lexicon::StateWord;
use types::{Span, TokenRange, Trigger, Upos, record};

use crate::offsets::Offsets;
use crate::reading::Reading;

/// Prepositions whose noun is where something happens. "From", "to" and "of" tell of other ways to have to do with it.
const LOCATIVE: &[&str] = &[
    "across",
    "along",
    "around",
    "at",
    "in",
    "inside",
    "near",
    "off",
    "on",
    "outside",
    "over",
    "throughout",
    "within",
];

/// Places in order of first mention, then those that only an event names.
pub(crate) struct Places {
    found: Vec<record::Place>,
    /// Bytes of the mentions, by place.
    spans: Vec<Vec<Span>>,
}

impl Places {
    /// The places that the analysis found.
    pub(crate) fn of(reading: &Reading, offsets: &Offsets) -> Self {
        let mut places = Places {
            found: Vec::new(),
            spans: Vec::new(),
        };
        for place in &reading.document.places {
            let sound = |span: &&Span| {
                reading
                    .document
                    .story
                    .text
                    .get(span.start..span.end)
                    .is_some()
            };
            let spans: Vec<Span> = place.mentions.iter().filter(sound).copied().collect();
            if spans.is_empty() {
                continue;
            }
            let why = "its name is not in the gazetteer, or could mean too much";
            places.found.push(record::Place {
                id: String::new(),
                name: name(reading, place, &spans),
                country: place.country.clone(),
                admin1: place.division.clone(),
                latitude: place.point.map(|(latitude, _)| latitude),
                longitude: place.point.map(|(_, longitude)| longitude),
                geonames: place.geonames,
                why: place.point.is_none().then(|| why.to_owned()),
                mentions: spans.iter().map(|s| stretch(offsets, *s)).collect(),
            });
            places.spans.push(spans);
        }
        places.number();
        places
    }

    /// Id of the place where an event took place: what the head for places says, else a place that the words of the
    /// event are followed or modified by ("fighting in Homs").
    pub(crate) fn of_event(
        &mut self,
        reading: &Reading,
        offsets: &Offsets,
        trigger: &Trigger,
        head: usize,
    ) -> Option<String> {
        let named: Vec<&TokenRange> = trigger
            .roles
            .place
            .iter()
            .filter(|r| reading.is_sound(r) && has_noun(reading, r))
            .collect();
        let inside = |known: bool| {
            let mut found = named.iter().filter_map(|range| self.within(reading, range));
            found.find(|place| !known || self.is_known(*place))
        };
        let beyond = || {
            let mut found = named
                .iter()
                .filter_map(|range| self.within(reading, &whole_phrase(reading, range)));
            found.find(|place| self.is_known(*place))
        };
        let index = inside(true).or_else(beyond).or_else(|| inside(false));
        let index = index.or_else(|| self.around(reading, head));
        match (index, named.first()) {
            (Some(index), _) => Some(self.found[index].id.clone()),
            (None, Some(range)) => Some(self.add(reading, offsets, range)),
            (None, None) => None,
        }
    }

    /// Whether the gazetteer has the place.
    fn is_known(&self, place: usize) -> bool {
        self.found[place].geonames.is_some()
    }

    /// The first place that is mentioned within `range`, by preference one whose point is known: in "the Black Sea town of
    /// Sochi" the town.
    fn within(&self, reading: &Reading, range: &TokenRange) -> Option<usize> {
        let span = reading.span(range);
        let first = |place: usize| {
            let mentions = self.spans[place].iter();
            let start = mentions
                .filter(|m| m.overlaps(span))
                .map(|m| m.start)
                .min()?;
            Some((!self.is_known(place), start))
        };
        let all = (0..self.found.len()).filter_map(|place| Some((first(place)?, place)));
        all.min().map(|(_, place)| place)
    }

    /// The place that a locative modifier of the event names.
    fn around(&self, reading: &Reading, head: usize) -> Option<usize> {
        let mut modifiers = modifiers(reading, head).into_iter();
        modifiers.find_map(|m| self.within(reading, &(m..m + 1)))
    }

    /// A place that the analysis did not find: the words alone, and the country that they tell.
    fn add(&mut self, reading: &Reading, offsets: &Offsets, range: &TokenRange) -> String {
        let bare = reading.bare(range);
        let words = reading.document.words(&bare).split_whitespace();
        let name = words.collect::<Vec<_>>().join(" ");
        let span = reading.span(&bare);
        let same = |place: &record::Place| place.name == name && place.latitude.is_none();
        let index = self.found.iter().position(same).unwrap_or_else(|| {
            self.found.push(record::Place {
                id: String::new(),
                country: country(reading, &bare, &name),
                name,
                admin1: None,
                latitude: None,
                longitude: None,
                geonames: None,
                why: Some("no name of a place that the gazetteer has".to_owned()),
                mentions: Vec::new(),
            });
            self.spans.push(Vec::new());
            self.found.len() - 1
        });
        if !self.spans[index].contains(&span) {
            self.spans[index].push(span);
            self.found[index].mentions.push(stretch(offsets, span));
        }
        self.number();
        self.found[index].id.clone()
    }

    fn number(&mut self) {
        for (index, place) in self.found.iter_mut().enumerate() {
            place.id = format!("p{}", index + 1);
        }
    }

    pub(crate) fn finish(mut self) -> Vec<record::Place> {
        for place in &mut self.found {
            place.mentions.sort_by_key(|m| (m.start, m.end));
        }
        self.found
    }
}

/// The name of a place in English: the lexicon's for a state, and the story's own words where the gazetteer has only a
/// transliteration that no mention uses ("Kobani" for "‘Ayn al ‘Arab").
fn name(reading: &Reading, place: &types::Place, mentions: &[Span]) -> String {
    let text = &reading.document.story.text;
    let words = || mentions.iter().filter_map(|m| text.get(m.start..m.end));
    let state = |words: &str| {
        let state = reading.lexicon.state(words)?;
        let own = state.word == StateWord::Name && Some(state.country) == place.country.as_deref();
        own.then(|| reading.lexicon.country(state.country))?
    };
    if place.division.is_none()
        && let Some(english) = words().find_map(state)
    {
        return english.to_owned();
    }
    let plain = |name: &str| lexicon::fold::plain(name);
    let used = words().any(|w| plain(w) == plain(&place.name));
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    match words().find(capital) {
        Some(words) if !place.name.is_ascii() && !used => words.to_owned(),
        _ => place.name.clone(),
    }
}

/// Whether the words can name a place at all.
fn has_noun(reading: &Reading, range: &TokenRange) -> bool {
    let tokens = &reading.document.tokens[range.clone()];
    tokens
        .iter()
        .any(|t| matches!(t.upos, Upos::Noun | Upos::Propn))
}

/// The words of `range` with all that hangs on its head: "his residence" in "his residence in the town of Sochi".
fn whole_phrase(reading: &Reading, range: &TokenRange) -> TokenRange {
    let head = reading.head_of(range).unwrap_or(range.start);
    let tree = reading.subtree(head);
    let last = tree.last().map_or(range.end, |last| last + 1);
    range.start..last.max(range.end)
}

fn stretch(offsets: &Offsets, span: Span) -> record::Stretch {
    let [start, end] = offsets.span(span);
    record::Stretch { start, end }
}

/// Locative modifiers of `head`, then of the verb that `head` is an object of ("carried out attacks in").
pub(crate) fn modifiers(reading: &Reading, head: usize) -> Vec<usize> {
    let verb = reading
        .head(head)
        .filter(|_| reading.relation(head) == "obj" && reading.upos(head) == Upos::Noun);
    let tops = [Some(head), verb].into_iter().flatten();
    let all = tops.flat_map(|top| reading.related(top, &["obl", "nmod"]));
    all.filter(|m| is_locative(reading, *m)).collect()
}

fn is_locative(reading: &Reading, noun: usize) -> bool {
    reading.has_case(noun, LOCATIVE)
}

/// The country that the words are, have as capital, or name behind a comma ("Aleppo, Syria") or with an adjective.
fn country(reading: &Reading, range: &TokenRange, name: &str) -> Option<String> {
    let whole = reading.lexicon.state(name);
    let parts = || {
        let words = range.clone().rev();
        words.filter_map(|t| reading.lexicon.state(reading.form(t)))
    };
    let found =
        whole.or_else(|| parts().find(|s| s.word != StateWord::Capital || range.len() == 1));
    found.map(|state| state.country.to_owned())
}
