//! How likely two events of a story happened on the same days, whether or not a date stands near them: by the occasions that the
//! encoder gave their triggers, number by number, and by plain facts of the two.
//!
//! The weights (`data/occasions.tsv`) are learned by `training/occasions.py` together with the projection that makes occasions
//! of vectors (`analysis`). Events without an occasion, as in a document that no encoder read, are like no other.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use types::{EventType, Status};

use super::Dater;
use crate::events::Event;

const TABLE: &str = include_str!("../../data/occasions.tsv");

/// Most events to either side that are looked at.
const MOST: usize = 64;

/// Less likely ones tell nothing.
const LEAST_LIKELY: f32 = 0.02;

/// Two events by their order in the text.
struct Couple<'e> {
    later: &'e Event<'e>,
    earlier: &'e Event<'e>,
    /// Sentence of the later and of the earlier one.
    sentences: [usize; 2],
    /// Steps from the one to the other in the list of events.
    steps: usize,
}

impl Couple<'_> {
    /// Sentences between the two.
    fn apart(&self) -> usize {
        self.sentences[0].abs_diff(self.sentences[1])
    }

    fn same_type(&self) -> bool {
        self.later.trigger.event == self.earlier.trigger.event
    }

    fn same_status(&self) -> bool {
        status_name(self.later.verdict.status) == status_name(self.earlier.verdict.status)
    }
}

/// Facts of a couple by the names of the table, 0 to 1 where they are no yes or no.
type Fact = (&'static str, fn(&Couple) -> f32);

const FACTS: &[Fact] = &[
    ("any", |_| 1.0),
    ("same type", |c| yes(c.same_type())),
    ("same status", |c| yes(c.same_status())),
    ("same sentence", |c| yes(c.apart() == 0)),
    ("next sentence", |c| yes(c.apart() == 1)),
    ("next but one", |c| yes(c.apart() == 2)),
    ("sentences", |c| c.apart().min(20) as f32 / 20.0),
    ("log of sentences", |c| (c.apart() as f32).ln_1p() / 3.0),
    ("next event", |c| yes(c.steps == 1)),
    ("events", |c| c.steps.min(20) as f32 / 20.0),
    ("from first sentence", |c| yes(c.sentences[1] == 0)),
    ("from early", |c| yes(c.sentences[1] < 4)),
    ("both early", |c| yes(c.sentences[0] < 4)),
];

/// 1 for what holds.
pub(super) fn yes(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

/// A status by name; a denied event is like a negated one.
pub(super) fn status_name(status: Status) -> &'static str {
    match status {
        Status::Denied => Status::Negated.as_str(),
        other => other.as_str(),
    }
}

/// The table, laid out by what it weighs.
struct Weights {
    /// In the order of [`FACTS`].
    facts: Vec<f32>,
    /// By type, and by the name of the status, of the later and of the earlier event.
    types: [BTreeMap<EventType, f32>; 2],
    statuses: [BTreeMap<&'static str, f32>; 2],
    /// Of the product and of the distance of two occasions, number by number.
    product: Vec<f32>,
    distance: Vec<f32>,
}

impl Weights {
    fn get() -> &'static Self {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| Weights::lay_out(&rows().collect()))
    }

    fn lay_out(rows: &BTreeMap<&'static str, f32>) -> Self {
        let of = |name: &str| rows.get(name).copied().unwrap_or_default();
        let sides = ["later", "earlier"];
        let types = |side| {
            let weight = |t: &EventType| (*t, of(&format!("{side} {t}")));
            EventType::ALL.iter().map(weight).collect()
        };
        let statuses = |side| {
            let names = Status::ALL.iter().map(|status| status_name(*status));
            names.map(|s| (s, of(&format!("{side} {s}")))).collect()
        };
        let numbers = |what| {
            let named = (0..).map(|i| rows.get(format!("{what} {i:02}").as_str()).copied());
            named.map_while(|weight| weight).collect()
        };
        Weights {
            facts: FACTS.iter().map(|fact| of(fact.0)).collect(),
            types: sides.map(types),
            statuses: sides.map(statuses),
            product: numbers("product"),
            distance: numbers("distance"),
        }
    }

    /// How likely the two share their days, 0 to 1; `None` where one of them has no occasion.
    fn likely(&self, couple: &Couple) -> Option<f32> {
        let occasions = [couple.later, couple.earlier].map(|e| &e.trigger.scores.occasion[..]);
        if occasions.iter().any(|o| o.len() != self.product.len()) {
            return None;
        }
        let facts = FACTS.iter().zip(&self.facts);
        let mut sum: f32 = facts.map(|(fact, weight)| weight * (fact.1)(couple)).sum();
        for (side, event) in [couple.later, couple.earlier].into_iter().enumerate() {
            sum += self.types[side].get(&event.trigger.event).unwrap_or(&0.0);
            let status = status_name(event.verdict.status);
            sum += self.statuses[side].get(status).unwrap_or(&0.0);
        }
        let numbers = occasions[0].iter().zip(occasions[1]);
        let weights = self.product.iter().zip(&self.distance);
        for ((a, b), (product, distance)) in numbers.zip(weights) {
            sum += product * a * b + distance * (a - b).abs();
        }
        Some(1.0 / (1.0 + (-sum).exp()))
    }
}

fn rows() -> impl Iterator<Item = (&'static str, f32)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (name, weight) = line.split_once('\t')?;
        Some((name, weight.parse().ok()?))
    })
}

/// The other events that may have happened on an event's days, with how likely each did.
pub(super) fn companions(dater: &Dater, index: usize) -> Vec<(usize, f32)> {
    let weights = Weights::get();
    let around = index.saturating_sub(MOST)..dater.events.len().min(index + MOST + 1);
    let likely = |other: usize| {
        let (later, earlier) = (index.max(other), index.min(other));
        let event = |at: usize| &dater.events[at];
        let couple = Couple {
            later: event(later),
            earlier: event(earlier),
            sentences: [later, earlier].map(|at| dater.reading.sentence(event(at).head)),
            steps: later - earlier,
        };
        let likely = weights.likely(&couple).filter(|p| *p >= LEAST_LIKELY);
        Some((other, likely?))
    };
    around
        .filter(|other| *other != index)
        .filter_map(likely)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_wholly_understood() {
        let lines: Vec<&str> = TABLE.lines().filter(|l| !l.starts_with('#')).collect();
        let weights = Weights::get();
        assert_eq!((weights.product.len(), weights.distance.len()), (32, 32));
        let sides = 2 * (EventType::ALL.len() + Status::ALL.len() - 1);
        assert_eq!(lines.len(), FACTS.len() + sides + 64);
        let known = |name: &str| {
            let side = name
                .strip_prefix("later ")
                .or(name.strip_prefix("earlier "));
            let number = name
                .strip_prefix("product ")
                .or(name.strip_prefix("distance "));
            FACTS.iter().any(|f| f.0 == name)
                || number.is_some_and(|n| n.parse::<usize>().is_ok_and(|n| n < 32))
                || side.is_some_and(|s| {
                    EventType::parse(s).is_some()
                        || Status::ALL.iter().any(|t| status_name(*t) == s)
                })
        };
        assert_eq!(rows().count(), lines.len());
        for (name, _) in rows() {
            assert!(known(name), "{name}");
        }
        assert!(TABLE.starts_with("# Format: ") && TABLE.contains("# Origin: "));
    }
}
