//! The mentions of one name, with every place that they may mean.

use std::collections::BTreeMap;

use gazetteer::{Kind, PlaceId, Spelling};

use lexicon::StateWord;

use super::Atlas;
use super::finding::Mention;
use super::words::{ALONE, is_in};

/// Most places that are weighed for one name: there are hundreds of some ("San José").
const MOST: usize = 160;

/// All mentions of one name.
#[derive(Clone, Debug)]
pub(super) struct Sense {
    /// Indices of the mentions, in text order.
    pub(super) mentions: Vec<usize>,
    /// What they may mean; empty where the gazetteer lacks the name.
    pub(super) candidates: Vec<Candidate>,
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) place: PlaceId,
    pub(super) spelling: Spelling,
    pub(super) kind: Kind,
    /// Whether it is a division or county around a seat or capital that bears the name too.
    pub(super) shadowed: bool,
    /// Whether the name stands for the government of its country.
    pub(super) governs: bool,
    /// Whether it is the largest town of a name that news of the world gives without a country.
    pub(super) alone: bool,
    /// Where it is, as a point of the unit sphere.
    pub(super) point: [f32; 3],
    /// Logarithm of one more than its inhabitants.
    pub(super) size: f32,
    /// The county, division and country that it lies in, or is.
    pub(super) county: Option<PlaceId>,
    pub(super) division: Option<PlaceId>,
    pub(super) country: Option<PlaceId>,
}

/// Senses in order of their first mention, and for each mention the index of its sense.
#[derive(Clone, Debug, Default)]
pub(super) struct Senses {
    pub(super) all: Vec<Sense>,
    pub(super) of_mention: Vec<usize>,
}

pub(super) fn gather(atlas: &Atlas, mentions: &[Mention]) -> Senses {
    let mut senses = Senses::default();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate() {
        let sense = *known.entry(&mention.key).or_insert_with(|| {
            senses.all.push(Sense {
                mentions: Vec::new(),
                candidates: candidates(atlas, mention),
            });
            senses.all.len() - 1
        });
        senses.all[sense].mentions.push(index);
        senses.of_mention.push(sense);
    }
    senses
}

fn candidates(atlas: &Atlas, mention: &Mention) -> Vec<Candidate> {
    let of = |m: &gazetteer::Match| candidate(atlas, m.place, m.spelling);
    let mut all: Vec<Candidate> = mention.matches.iter().filter_map(of).collect();
    let seats = all
        .iter()
        .filter(|c| matches!(c.kind, Kind::Capital | Kind::Seat));
    let around: Vec<_> = seats
        .flat_map(|c| [c.county, c.division])
        .flatten()
        .collect();
    let capital = atlas.lexicon.state(&mention.words);
    let capital = capital.filter(|state| state.word == StateWord::Capital);
    for candidate in &mut all {
        let country = atlas.gazetteer.country(candidate.place);
        candidate.shadowed = around.contains(&candidate.place);
        candidate.governs = capital.is_some_and(|state| country == Some(state.country));
    }
    let town = |c: &&mut Candidate| matches!(c.kind, Kind::Town | Kind::Seat | Kind::Capital);
    let towns = all.iter_mut().filter(town);
    let largest = towns.max_by(|a, b| a.size.total_cmp(&b.size));
    if let Some(largest) = largest.filter(|_| is_in(&mention.key, ALONE)) {
        largest.alone = true;
    }
    if all.len() > MOST {
        all.sort_by(|a, b| b.size.total_cmp(&a.size).then(a.place.cmp(&b.place)));
        all.truncate(MOST);
    }
    all
}

fn candidate(atlas: &Atlas, id: PlaceId, spelling: Spelling) -> Option<Candidate> {
    let place = atlas.gazetteer.place(id)?;
    let (lat, lon) = (place.latitude.to_radians(), place.longitude.to_radians());
    let point = [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()];
    let mut found = Candidate {
        place: id,
        spelling,
        kind: place.kind,
        governs: false,
        alone: false,
        shadowed: false,
        point: point.map(|x| x as f32),
        size: (1.0 + place.population).ln() as f32,
        county: None,
        division: None,
        country: None,
    };
    for around in std::iter::once(id).chain(atlas.gazetteer.around(id)) {
        let kind = atlas.gazetteer.place(around).map(|p| p.kind);
        let slot = match kind {
            Some(Kind::County) => &mut found.county,
            Some(Kind::Division) => &mut found.division,
            Some(Kind::Country) => &mut found.country,
            _ => continue,
        };
        slot.get_or_insert(around);
    }
    Some(found)
}
