//! Which place each name means: evidence is added up, and what is likely of one name is evidence for the others.

use std::collections::BTreeMap;

use gazetteer::{Kind, Match, PlaceId, Spelling};

use super::Atlas;
use super::beside::Links;
use super::context::Context;
use super::finding::{Mention, Trust};
use super::senses::{Candidate, Sense, Senses};

/// How much each kind of evidence counts, in natural logarithms of odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// For each unit of the logarithm of the inhabitants.
    pub size: f32,
    /// For a country.
    pub country: f32,
    /// For a first-level division of four million or more; less for smaller ones.
    pub division: f32,
    /// For a division or county whose seat is meant by the same name.
    pub shadowed: f32,
    /// For a county or district.
    pub county: f32,
    /// For a capital whose name stands for its government ("Washington").
    pub capital: f32,
    /// For the one city that news of the world means by the name alone.
    pub alone: f32,
    /// For the seat of a division.
    pub seat: f32,
    /// For a part of a town.
    pub quarter: f32,
    /// For a region, water, range or continent.
    pub region: f32,
    /// For a name that is not the place's usual one.
    pub other: f32,
    /// For lying in what the words beside name.
    pub inside: f32,
    /// For holding what the words beside name.
    pub around: f32,
    /// For a story whose other places lie in the same county.
    pub same_county: f32,
    /// For a story whose other places lie in the same division.
    pub same_division: f32,
    /// For a story whose other places lie in the same country.
    pub same_country: f32,
    /// For a division, county or country around it being named.
    pub parent: f32,
    /// For other places near by.
    pub near: f32,
    /// For a country whose people or adjectives are named.
    pub people: f32,
    /// For a publisher of that name, or with a name in the same division.
    pub publisher: f32,
    /// What a name must weigh to be a place that the words around it speak for, and the model does not.
    pub likely: f32,
    /// What a name must weigh to be a place for which nothing but the gazetteer speaks.
    pub weak: f32,
}

impl Weights {
    /// Tuned on two thirds of the articles of LGL and GeoVirus; see `scores/place.csv`.
    pub const SHIPPED: Weights = Weights {
        size: 0.36,
        country: 3.6,
        division: 2.9,
        shadowed: -3.0,
        county: -0.5,
        capital: 3.0,
        alone: 2.5,
        seat: 0.3,
        quarter: -2.0,
        region: 6.6,
        other: -1.8,
        inside: 8.0,
        around: 4.0,
        same_county: 2.6,
        same_division: 2.5,
        same_country: 1.5,
        parent: 2.5,
        near: 2.9,
        people: 1.0,
        publisher: 3.0,
        likely: 4.0,
        weak: 9.6,
    };

    /// The weight of that name, to try another value.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut f32> {
        Some(match name {
            "size" => &mut self.size,
            "country" => &mut self.country,
            "division" => &mut self.division,
            "shadowed" => &mut self.shadowed,
            "county" => &mut self.county,
            "capital" => &mut self.capital,
            "alone" => &mut self.alone,
            "seat" => &mut self.seat,
            "quarter" => &mut self.quarter,
            "region" => &mut self.region,
            "other" => &mut self.other,
            "inside" => &mut self.inside,
            "around" => &mut self.around,
            "same_county" => &mut self.same_county,
            "same_division" => &mut self.same_division,
            "same_country" => &mut self.same_country,
            "parent" => &mut self.parent,
            "near" => &mut self.near,
            "people" => &mut self.people,
            "publisher" => &mut self.publisher,
            "likely" => &mut self.likely,
            "weak" => &mut self.weak,
            _ => return None,
        })
    }
}

/// Rounds in which the names' likely places become evidence for each other; more change next to nothing.
const ROUNDS: usize = 4;
/// Most names that are evidence for the others: bounds the time that a very long story takes.
const WITNESSES: usize = 48;
/// Square of the distance at which nearness counts half, on the unit sphere: 40 km.
const HALF_NEAR: f32 = (40.0 / 6371.0) * (40.0 / 6371.0);

/// What a mention means, with what it could mean instead.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) place: PlaceId,
    /// How likely it is among all candidates, 0 to 1.
    pub(super) likely: f32,
    /// Those that came next, the likeliest first: at most [`RIVALS`].
    pub(super) rivals: Vec<(PlaceId, f32)>,
    /// What it weighs.
    score: f32,
}

/// Most places that are remembered beside the chosen one, for explanations.
const RIVALS: usize = 2;

/// The place of each mention; `None` where the gazetteer lacks the name, or a short form stands alone.
pub(super) fn decide(
    atlas: &Atlas,
    mentions: &[Mention],
    senses: &Senses,
    links: &Links,
    context: &Context,
) -> Vec<Option<Choice>> {
    let weighing = Weighing {
        atlas,
        senses,
        context,
    };
    let own: Vec<Vec<f32>> = senses
        .all
        .iter()
        .map(|s| weighing.alone(s, links))
        .collect();
    let mut scores = own.clone();
    for _ in 0..ROUNDS {
        let story = weighing.story(&scores);
        for (index, sense) in senses.all.iter().enumerate() {
            for (c, candidate) in sense.candidates.iter().enumerate() {
                scores[index][c] = own[index][c] + weighing.together(index, candidate, &story);
            }
        }
    }
    // What the words beside the last mention of a name spoke for holds until others speak.
    let mut explained: Vec<Option<Choice>> = vec![None; senses.all.len()];
    let mut chosen = Vec::with_capacity(mentions.len());
    for (index, mention) in mentions.iter().enumerate() {
        let sense = senses.of_mention[index];
        let beside = !links.inside[index].is_empty();
        let choice = explained[sense].clone().filter(|_| !beside);
        let choice = choice.or_else(|| weighing.choose(index, &scores[sense], links));
        if beside {
            explained[sense].clone_from(&choice);
        }
        chosen.push(choice.filter(|choice| {
            let stands = beside
                || weighing.stands(mention, sense, mentions)
                || choice.score >= weighing.least(mention.trust);
            stands && weighing.may_be_short(mentions, index, links)
        }));
    }
    chosen
}

struct Weighing<'w> {
    atlas: &'w Atlas<'w>,
    senses: &'w Senses,
    context: &'w Context,
}

/// What the names of a story, as they stand now, say of where it plays.
#[derive(Default)]
struct Story {
    /// How much of the story lies in each county, division and country, by sense.
    areas: BTreeMap<PlaceId, f32>,
    /// How often each area itself is meant.
    named: BTreeMap<PlaceId, f32>,
    /// Likely places: sense, weight, candidate.
    likely: Vec<(usize, f32, Candidate)>,
    /// What each sense added to `areas` and `named`, so that it is no evidence for itself.
    shares: Vec<Vec<(PlaceId, f32)>>,
    names: Vec<Vec<(PlaceId, f32)>>,
}

impl Weighing<'_> {
    /// What speaks for each candidate of a name without the rest of the story.
    fn alone(&self, sense: &Sense, links: &Links) -> Vec<f32> {
        let w = &self.atlas.weights;
        let mut scores: Vec<f32> = sense.candidates.iter().map(|c| self.prior(c)).collect();
        for (weight, links) in [(w.inside, &links.inside), (w.around, &links.around)] {
            let mut spoken = vec![false; scores.len()];
            for c in sense.mentions.iter().flat_map(|m| &links[*m]) {
                spoken[*c] = true;
            }
            for (score, _) in scores.iter_mut().zip(&spoken).filter(|(_, s)| **s) {
                *score += weight;
            }
        }
        scores
    }

    fn prior(&self, c: &Candidate) -> f32 {
        let w = &self.atlas.weights;
        let kind = match c.kind {
            Kind::Country => w.country,
            // From no weight at 200,000 to all of it at four million inhabitants: those of small states are less known.
            Kind::Division => w.division * ((c.size - 12.2) / 3.0).clamp(0.0, 1.0),
            Kind::County => w.county,
            Kind::Capital if c.governs => w.capital,
            Kind::Seat => w.seat,
            Kind::Town | Kind::Capital => 0.0,
            Kind::Quarter => w.quarter,
            Kind::Region | Kind::Water | Kind::Land | Kind::Continent => w.region,
        };
        let spelling = if c.spelling == Spelling::Main {
            0.0
        } else {
            w.other
        };
        let people = c.country.and_then(|id| self.atlas.gazetteer.country(id));
        let people = people
            .and_then(|iso| self.context.people.get(iso))
            .copied()
            .unwrap_or(0.0);
        let publisher = &self.context.publisher;
        let named = |place: PlaceId| if publisher.contains(&place) { 0.5 } else { 0.0 };
        let division = c.division.filter(|d| *d != c.place);
        let published = named(c.place) + division.map_or(0.0, named);
        let shadow = if c.shadowed { w.shadowed } else { 0.0 };
        let alone = if c.alone { w.alone } else { 0.0 };
        w.size * c.size
            + shadow
            + alone
            + kind
            + spelling
            + w.people * saturated(people)
            + w.publisher * published
    }

    /// What the names tell of the story, each by how likely its candidates are now.
    fn story(&self, scores: &[Vec<f32>]) -> Story {
        let mut story = Story::default();
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by_key(|s| std::cmp::Reverse(self.senses.all[*s].mentions.len()));
        let mut witness = vec![false; scores.len()];
        order
            .iter()
            .take(WITNESSES)
            .for_each(|s| witness[*s] = true);
        for (index, sense) in self.senses.all.iter().enumerate() {
            let (mut shares, mut names) = (Vec::new(), Vec::new());
            if witness[index] {
                let weight = 1.0 + (sense.mentions.len() as f32).ln();
                for (candidate, p) in sense.candidates.iter().zip(likelihoods(&scores[index])) {
                    if p < 0.02 {
                        continue;
                    }
                    let amount = weight * p;
                    for area in [candidate.county, candidate.division, candidate.country]
                        .into_iter()
                        .flatten()
                    {
                        shares.push((area, amount));
                        *story.areas.entry(area).or_default() += amount;
                    }
                    if candidate.kind.is_administrative() {
                        names.push((candidate.place, amount));
                        *story.named.entry(candidate.place).or_default() += amount;
                    }
                    if p > 0.2 && !matches!(candidate.kind, Kind::Country | Kind::Continent) {
                        story.likely.push((index, amount, *candidate));
                    }
                }
            }
            story.shares.push(shares);
            story.names.push(names);
        }
        story
    }

    /// What the rest of the story says for a candidate of the sense `index`.
    fn together(&self, index: usize, c: &Candidate, story: &Story) -> f32 {
        let w = &self.atlas.weights;
        let share = |area: Option<PlaceId>| {
            let Some(area) = area else { return 0.0 };
            let own: f32 = story.shares[index]
                .iter()
                .filter(|(a, _)| *a == area)
                .map(|(_, x)| x)
                .sum();
            saturated(story.areas.get(&area).copied().unwrap_or(0.0) - own)
        };
        let named = |area: Option<PlaceId>| {
            let Some(area) = area.filter(|a| *a != c.place) else {
                return 0.0;
            };
            let own: f32 = story.names[index]
                .iter()
                .filter(|(a, _)| *a == area)
                .map(|(_, x)| x)
                .sum();
            story.named.get(&area).copied().unwrap_or(0.0) - own
        };
        let parents = named(c.county) + named(c.division);
        let mut near = 0.0;
        for (other, weight, place) in &story.likely {
            if *other != index {
                let apart: f32 = c
                    .point
                    .iter()
                    .zip(&place.point)
                    .map(|(a, b)| (a - b) * (a - b))
                    .sum();
                near += weight / (1.0 + apart / HALF_NEAR);
            }
        }
        w.same_county * share(c.county)
            + w.same_division * share(c.division)
            + w.same_country * share(c.country)
            + w.parent * saturated(parents)
            + w.near * saturated(near)
    }

    /// The best candidate of a mention: of those that the words beside speak for, if they speak.
    fn choose(&self, mention: usize, scores: &[f32], links: &Links) -> Option<Choice> {
        let candidates = &self.senses.all[self.senses.of_mention[mention]].candidates;
        let best = |indices: &mut dyn Iterator<Item = usize>| {
            let order = |a: &usize, b: &usize| {
                let place = |c: &usize| candidates[*c].place;
                scores[*a]
                    .total_cmp(&scores[*b])
                    .then(place(b).cmp(&place(a)))
            };
            indices.max_by(order)
        };
        let inside = best(&mut links.inside[mention].iter().copied());
        let chosen = inside.or_else(|| best(&mut (0..candidates.len())))?;
        let likely = likelihoods(scores);
        let mut others: Vec<usize> = (0..candidates.len()).filter(|c| *c != chosen).collect();
        others.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        others.truncate(RIVALS);
        Some(Choice {
            place: candidates[chosen].place,
            likely: likely[chosen],
            rivals: Vec::from_iter(others.iter().map(|c| (candidates[*c].place, likely[*c]))),
            score: scores[chosen],
        })
    }

    /// Whether the same name is surely a place elsewhere in the story.
    fn stands(&self, mention: &Mention, sense: usize, mentions: &[Mention]) -> bool {
        let mut same = self.senses.all[sense].mentions.iter();
        mention.trust == Trust::Sure || same.any(|m| mentions[*m].trust == Trust::Sure)
    }

    /// What a name must weigh to be a place.
    fn least(&self, trust: Trust) -> f32 {
        match trust {
            Trust::Sure => f32::NEG_INFINITY,
            Trust::Likely => self.atlas.weights.likely,
            Trust::Weak => self.atlas.weights.weak,
        }
    }

    /// Whether a short form is one here: behind a place that lies in it ("Macon, Ga."), of initials ("N.Y."), or after the
    /// full name ("Clarke" for Clarke County).
    fn may_be_short(&self, mentions: &[Mention], index: usize, links: &Links) -> bool {
        let mention = &mentions[index];
        let short = mention
            .matches
            .iter()
            .all(|m| m.spelling == Spelling::Short);
        let full = |m: &Match| {
            m.spelling != Spelling::Short && mention.matches.iter().any(|own| own.place == m.place)
        };
        !short
            || mention.initials
            || !links.around[index].is_empty()
            || mentions.iter().any(|other| other.matches.iter().any(full))
    }
}

/// From 0 to 1: the first pieces of evidence of a kind count most.
fn saturated(amount: f32) -> f32 {
    1.0 - (-amount.max(0.0)).exp()
}

/// Scores as shares of 1.
fn likelihoods(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers
        .iter()
        .map(|p| p / sum.max(f32::MIN_POSITIVE))
        .collect()
}
