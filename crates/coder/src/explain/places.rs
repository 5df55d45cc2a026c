//! Where an event took place: which words said so, and which place of the gazetteer they mean.

use lexicon::List;
use types::explain::{Decision, Line, RunnerUp, Words};
use types::{TokenRange, WeighedPlace, record};

use crate::assemble::rounded;
use crate::places::modifiers;

use super::{Marked, Teller, decision, line};

impl Teller<'_, '_> {
    /// The place that the head marked, or else the one of a locative modifier; with the place that came second. Where there
    /// are no others, with `passed_over`, the word that came nearest to being marked.
    pub(super) fn place(
        &self,
        marked: &Marked,
        head: usize,
        coded: &record::Event,
        passed_over: Option<(usize, f32)>,
    ) -> Decision {
        let Some(place) = self.place_of(coded) else {
            return self.nobody("place", passed_over);
        };
        let sound = |at: &usize| self.reading.is_sound(&marked.ranges[*at]);
        let all = || (0..marked.ranges.len()).filter(sound);
        let own = all().find(|at| self.mentions(place, &self.words(&marked.ranges[*at])));
        let decision = match own.or_else(|| all().next()) {
            Some(at) => Decision {
                score: marked.score(at),
                runner_up: self
                    .second_place(marked, at)
                    .or_else(|| self.nearest(passed_over)),
                words: vec![self.words(&marked.ranges[at])],
                lexicon: self.state_line(&marked.ranges[at], place),
                ..decision("places", "place", "head:argument")
            },
            None => Decision {
                runner_up: self.nearest(passed_over),
                words: self.modifier(head, place).into_iter().collect(),
                why: Some("The words of the event have a modifier that says where.".to_owned()),
                ..decision("places", "place", "rule:locative-modifier")
            },
        };
        Decision {
            value: coded.place.clone(),
            label: Some(match &place.country {
                Some(country) => format!("{} ({country})", place.name),
                None => place.name.clone(),
            }),
            ..decision
        }
    }

    /// The other words that the head marked as the place, those with the highest score: the record's place that they name,
    /// or the words.
    fn second_place(&self, marked: &Marked, chosen: usize) -> Option<RunnerUp> {
        let others = (0..marked.ranges.len()).filter(|at| *at != chosen);
        let sound = others.filter(|at| self.reading.is_sound(&marked.ranges[*at]));
        let scored = sound.filter_map(|at| Some((marked.score(at)?, at)));
        let (score, at) = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        let words = self.words(&marked.ranges[at]);
        let mut places = self.record.places.iter();
        let place = places.find(|p| self.mentions(p, &words));
        Some(RunnerUp {
            value: place.map_or(words.words, |p| p.id.clone()),
            score,
        })
    }

    /// Whether the words hold or are a mention of the place.
    fn mentions(&self, place: &record::Place, words: &Words) -> bool {
        let mut mentions = place.mentions.iter();
        mentions.any(|m| m.start < words.end && words.start < m.end)
    }

    /// The line of the lexicon that told the country of a place which the gazetteer lacks.
    fn state_line(&self, range: &TokenRange, place: &record::Place) -> Vec<Line> {
        let bare = self.reading.bare(range);
        let told = List::States.entry(self.reading.document.words(&bare));
        let country = place.country.as_deref();
        told.filter(|_| place.latitude.is_none())
            .filter(|entry| country.is_some_and(|c| entry.text.contains(c)))
            .map(line)
            .into_iter()
            .collect()
    }

    /// The locative modifier of `head` that mentions `place`.
    fn modifier(&self, head: usize, place: &record::Place) -> Option<Words> {
        let here = |words: &Words| self.mentions(place, words);
        let modifiers = modifiers(self.reading, head).into_iter();
        modifiers.map(|m| self.token(m)).find(here)
    }

    /// Which place of the name the words mean, of those that the gazetteer has, with the place that came next.
    pub(super) fn gazetteer(&self, coded: &record::Event) -> Option<Decision> {
        let place = self.place_of(coded)?;
        let [chosen, rivals @ ..] = self.weighed(place)? else {
            return None;
        };
        let why = match rivals {
            [] => "The gazetteer has no other place of this name.".to_owned(),
            [..] => {
                let all = rivals.iter().map(described);
                let all = all.collect::<Vec<_>>().join("; ");
                format!("By size, the words beside and the story's other places. Next: {all}.")
            }
        };
        Some(Decision {
            value: Some(place.id.clone()),
            label: Some(described(chosen)),
            score: Some(rounded(chosen.likely)),
            runner_up: rivals.first().map(|next| RunnerUp {
                value: described(next),
                score: rounded(next.likely),
            }),
            why: Some(why),
            ..decision("places", "gazetteer", "rule:weighed-places")
        })
    }

    fn place_of(&self, coded: &record::Event) -> Option<&record::Place> {
        let id = coded.place.as_ref()?;
        self.record.places.iter().find(|p| p.id == *id)
    }

    /// What the gazetteer had for the name of a place, the chosen one first.
    fn weighed(&self, place: &record::Place) -> Option<&[WeighedPlace]> {
        let first = place.mentions.first()?;
        let text = &self.reading.document.story.text;
        let is = |found: &&types::Place| {
            let sound = |m: &&types::Span| text.get(m.start..m.end).is_some();
            let mention = found.mentions.first().filter(sound);
            mention.map(|m| self.offsets.span(*m)[0]) == Some(first.start)
        };
        let found = self.reading.document.places.iter().find(is)?;
        Some(&found.weighed)
    }
}

/// A place as a reader would tell it from others of its name: `Sochi, Krasnodarskiy Kray, RUS, some 340,000 inhabitants`.
fn described(place: &WeighedPlace) -> String {
    let division = place.division.as_ref().filter(|d| **d != place.name);
    let parts = [Some(&place.name), division, place.country.as_ref()];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    match place.population {
        0 => parts.join(", "),
        people => format!(
            "{}, some {} inhabitants",
            parts.join(", "),
            thousands(people)
        ),
    }
}

/// Two leading digits, which is as exact as the gazetteer is: `340,000`.
fn thousands(people: u64) -> String {
    let unit = 10_u64.pow(people.max(1).ilog10().saturating_sub(1));
    let digits = (people / unit * unit).to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_described_by_what_tells_it_from_others() {
        let mut place = WeighedPlace {
            name: "Weir".to_owned(),
            division: Some("Kansas".to_owned()),
            country: Some("USA".to_owned()),
            population: 1_234_567,
            likely: 0.5,
        };
        let told = "Weir, Kansas, USA, some 1,200,000 inhabitants";
        assert_eq!(described(&place), told);
        place.population = 7;
        assert_eq!(described(&place), "Weir, Kansas, USA, some 7 inhabitants");
        (place.population, place.division) = (0, None);
        assert_eq!(described(&place), "Weir, USA");
    }
}
