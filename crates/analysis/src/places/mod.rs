//! Places: which words name one, and which place of the world each means.
//!
//! `finding` looks for mentions, by the names that the model gave and by the gazetteer, with `lookup` and `standing`; `senses` gathers the mentions of one
//! name, with every place that bears it; `beside` sees which names explain each other ("Sochi, Russia"); `context` is
//! what the rest of the story tells; `weighing` decides. One name means one place in a story, unless the words beside a
//! mention say otherwise. A name that the gazetteer lacks stays a place without coordinates: it never gets its
//! country's.

mod beside;
mod context;
mod finding;
mod lookup;
mod senses;
mod standing;
mod weighing;
mod words;

#[cfg(test)]
mod tests;

use finding::Trust;
use gazetteer::{Gazetteer, Kind, Match, PlaceId, Spelling};
use lexicon::Lexicon;
use types::{Document, Place, TokenRange, WeighedPlace};

use weighing::Choice;
pub use weighing::Weights;

/// What places are found with.
pub struct Atlas<'a> {
    /// Names and places.
    pub gazetteer: Gazetteer<'a>,
    /// Demonyms, titles and first names.
    pub lexicon: &'a Lexicon,
    /// How much each kind of evidence counts.
    pub weights: Weights,
}

impl Atlas<'static> {
    /// The shipped gazetteer, lexicon and weights.
    pub fn built_in() -> Self {
        Atlas {
            gazetteer: Gazetteer::built_in(),
            lexicon: Lexicon::built_in(),
            weights: Weights::SHIPPED,
        }
    }
}

impl Atlas<'_> {
    /// Finds and resolves the places of a document, in order of their first mention. Reads tokens, and tags and names where
    /// there are any.
    pub fn places(&self, document: &Document) -> Vec<Place> {
        let mentions = finding::mentions(self, document);
        let chosen = self.resolve(document, &mentions);
        let mut places: Vec<(Option<PlaceId>, String, Place)> = Vec::new();
        for (mention, choice) in mentions.into_iter().zip(chosen) {
            if choice.is_none() && mention.trust < Trust::Sure {
                continue;
            }
            let words = mention.span.of(&document.story.text).split_whitespace();
            let words = words.collect::<Vec<_>>().join(" ");
            let key = match choice {
                Some(_) => String::new(),
                None => mention.key,
            };
            let chosen = choice.as_ref().map(|c| c.place);
            let known = places
                .iter_mut()
                .find(|(id, name, _)| *id == chosen && *name == key);
            match known {
                Some((.., place)) => place.mentions.push(mention.span),
                None => {
                    let mut place = self.describe(chosen, words.clone());
                    place.weighed = choice.map(|c| self.weighed(&c)).unwrap_or_default();
                    if chosen.is_some_and(|id| self.is_local(id, &mention.matches)) {
                        place.name = words;
                    }
                    place.mentions.push(mention.span);
                    places.push((chosen, key, place));
                }
            }
        }
        places.into_iter().map(|(.., place)| place).collect()
    }

    /// The places that given mentions mean, one for each; `None` where the gazetteer knows no such name.
    pub fn resolve_given(
        &self,
        document: &Document,
        mentions: &[TokenRange],
    ) -> Vec<Option<Place>> {
        let mentions: Vec<finding::Mention> = mentions
            .iter()
            .map(|tokens| finding::given(self, document, tokens))
            .collect();
        let chosen = self.resolve(document, &mentions);
        let place = |id| self.describe(Some(id), String::new());
        let chosen = chosen.into_iter();
        chosen.map(|c| c.map(|c| place(c.place))).collect()
    }

    fn resolve(&self, document: &Document, mentions: &[finding::Mention]) -> Vec<Option<Choice>> {
        let senses = senses::gather(self, mentions);
        let beside = beside::links(document, mentions, &senses);
        let context = context::of(self, document);
        weighing::decide(self, mentions, &senses, &beside, &context)
    }

    /// Whether the gazetteer's name of a division is that of its own language, and the story's another: "Crimea".
    fn is_local(&self, id: PlaceId, matches: &[Match]) -> bool {
        let division = self
            .gazetteer
            .place(id)
            .is_some_and(|p| p.kind == Kind::Division);
        let other = |m: &Match| m.place == id && m.spelling == Spelling::Other;
        division
            && matches.iter().any(other)
            && !matches
                .iter()
                .any(|m| m.place == id && m.spelling == Spelling::Main)
    }

    fn describe(&self, choice: Option<PlaceId>, words: String) -> Place {
        let known = choice.and_then(|id| Some((id, self.gazetteer.place(id)?)));
        let Some((id, place)) = known else {
            return Place {
                name: words,
                ..Place::default()
            };
        };
        let division = self.gazetteer.division(id).filter(|d| *d != id);
        Place {
            name: self.gazetteer.name(id),
            country: self.gazetteer.country(id).map(str::to_owned),
            division: division.map(|d| self.gazetteer.name(d)),
            point: Some((rounded(place.latitude), rounded(place.longitude))),
            geonames: place.geonames.map(u64::from),
            mentions: Vec::new(),
            weighed: Vec::new(),
        }
    }

    /// The place that was chosen, then its rivals.
    fn weighed(&self, choice: &Choice) -> Vec<WeighedPlace> {
        let of = |(id, likely): (PlaceId, f32)| {
            let division = self.gazetteer.division(id).filter(|d| *d != id);
            let population = self.gazetteer.place(id).map_or(0.0, |p| p.population);
            WeighedPlace {
                name: self.gazetteer.name(id),
                division: division.map(|d| self.gazetteer.name(d)),
                country: self.gazetteer.country(id).map(str::to_owned),
                population: population.round() as u64,
                likely,
            }
        };
        let own = (choice.place, choice.likely);
        let all = std::iter::once(own).chain(choice.rivals.iter().copied());
        all.map(of).collect()
    }
}

/// Four decimals, some 10 m: the gazetteer has no more.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}
