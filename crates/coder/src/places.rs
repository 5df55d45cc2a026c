//! Where events took place, as far as words tell.

use lexicon::StateWord;
use types::{TokenRange, record};

use crate::offsets::Offsets;
use crate::reading::Reading;

/// Places in order of first use; the same words are the same place.
#[derive(Default)]
pub(crate) struct Places {
    found: Vec<record::Place>,
}

impl Places {
    /// Id of the place that `range` names.
    pub(crate) fn add(
        &mut self,
        reading: &Reading,
        offsets: &Offsets,
        range: &TokenRange,
    ) -> Option<String> {
        if !reading.is_sound(range) {
            return None;
        }
        let bare = reading.bare(range);
        let name = reading
            .document
            .words(&bare)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let [start, end] = offsets.range(reading, &bare);
        let mention = record::Stretch { start, end };
        if let Some(known) = self.found.iter_mut().find(|p| p.name == name) {
            if !known.mentions.contains(&mention) {
                known.mentions.push(mention);
            }
            return Some(known.id.clone());
        }
        let id = format!("p{}", self.found.len() + 1);
        self.found.push(record::Place {
            id: id.clone(),
            country: country(reading, &bare, &name),
            name,
            admin1: None,
            latitude: None,
            longitude: None,
            geonames: None,
            mentions: vec![mention],
        });
        Some(id)
    }

    pub(crate) fn finish(mut self) -> Vec<record::Place> {
        for place in &mut self.found {
            place.mentions.sort_by_key(|m| (m.start, m.end));
        }
        self.found
    }
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
