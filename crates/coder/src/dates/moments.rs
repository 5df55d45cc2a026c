//! How likely a time expression is the date of an event, wherever in the story it stands: by what the encoder makes of both, and by
//! plain facts of the way from the one to the other.
//!
//! The weights (`data/moments.tsv`) are learned by `training/occasions.py` together with the projections of the encoder's vectors
//! (`analysis`). Where no encoder read the story, nothing is said.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Dater;
use super::occasions::{status_name, yes};
use super::stretches::{How, Stretch};
use crate::events::Event;
use crate::reading::Reading;

const TABLE: &str = include_str!("../../data/moments.tsv");

/// Most expressions that are looked at, the nearest ones.
const MOST: usize = 25;

/// How likely any one of them is the event's: what is less likely counts against it.
const EXPECTED: f32 = 0.12;

/// Least and most that an expression is more likely than that, as a logarithm of odds.
const BOUNDS: [f32; 2] = [-2.5, 4.0];

/// An expression that names a day, week, month or year.
pub(super) struct Mention<'d> {
    /// Index into the document's times.
    time: usize,
    /// Its first word.
    start: usize,
    sentence: usize,
    /// Its TIMEX3 value without the time of the day.
    value: &'d str,
    /// What the encoder makes of it.
    numbers: &'d [f32],
}

/// The expressions of a story that are weighed, in text order.
pub(super) fn mentions<'d>(reading: &Reading<'d>) -> Vec<Mention<'d>> {
    let document = reading.document;
    let moments: BTreeMap<_, _> = document
        .moments
        .iter()
        .map(|m| (m.span.start, &m.numbers))
        .collect();
    let mention = |(time, expression): (usize, &'d types::TimeExpression)| {
        let value = expression.value.as_deref()?.split('T').next()?;
        let start = document.touched(expression.span).start;
        Some(Mention {
            time,
            start,
            sentence: reading.sentence(start),
            value: Some(value).filter(|v| v.starts_with(['1', '2']))?,
            numbers: moments.get(&expression.span.start)?,
        })
    };
    let times = document.times.iter().enumerate();
    times
        .filter_map(mention)
        .filter(|m| !m.numbers.is_empty())
        .collect()
}

/// An event and an expression.
struct Way<'w> {
    event: &'w Event<'w>,
    /// The event's sentence.
    sentence: usize,
    mention: &'w Mention<'w>,
    /// Those around the event, with the mention itself.
    near: &'w [&'w Mention<'w>],
    /// How many the story has.
    count: usize,
    published: Option<&'w str>,
}

impl Way<'_> {
    fn here(&self) -> bool {
        self.mention.sentence == self.sentence
    }

    /// Sentences back to the mention, where it stands before.
    fn back(&self) -> usize {
        self.sentence.saturating_sub(self.mention.sentence)
    }

    /// Sentences on to the mention, where it stands behind.
    fn on(&self) -> usize {
        self.mention.sentence.saturating_sub(self.sentence)
    }

    fn away(&self) -> f32 {
        (self.back() + self.on()) as f32
    }

    fn words(&self) -> usize {
        self.mention.start.abs_diff(self.event.trigger.tokens.start)
    }

    /// Mentions in the event's sentence.
    fn beside(&self) -> usize {
        self.near
            .iter()
            .filter(|m| m.sentence == self.sentence)
            .count()
    }

    fn long(&self, length: usize) -> f32 {
        yes(self.mention.value.len() == length)
    }

    fn named_again(&self) -> bool {
        let same = self.near.iter().filter(|m| m.value == self.mention.value);
        same.count() > 1
    }

    /// Whether another mention stands in a sentence between the two, or in the event's own.
    fn another_between(&self) -> bool {
        let (own, theirs) = (self.sentence, self.mention.sentence);
        let between = |at: usize| {
            if theirs < own {
                theirs < at && at <= own
            } else {
                own <= at && at < theirs
            }
        };
        !self.here() && self.near.iter().any(|m| between(m.sentence))
    }
}

type Fact = (&'static str, fn(&Way) -> f32);

const FACTS: &[Fact] = &[
    ("any", |_| 1.0),
    ("here", |w| yes(w.here())),
    ("here next words", |w| yes(w.here() && w.words() < 5)),
    ("here near words", |w| yes(w.here() && w.words() < 12)),
    ("here behind", |w| {
        yes(w.here() && w.mention.start > w.event.trigger.tokens.start)
    }),
    ("here alone", |w| yes(w.here() && w.beside() == 1)),
    ("last sentence", |w| yes(w.back() == 1)),
    ("next sentence", |w| yes(w.on() == 1)),
    ("some sentences back", |w| yes((2..4).contains(&w.back()))),
    ("some sentences on", |w| yes((2..4).contains(&w.on()))),
    ("back", |w| yes(w.back() > 0)),
    ("on", |w| yes(w.on() > 0)),
    ("sentences", |w| w.away().min(20.0) / 20.0),
    ("log of sentences", |w| w.away().ln_1p() / 3.0),
    ("in first sentence", |w| yes(w.mention.sentence == 0)),
    ("early", |w| yes(w.mention.sentence < 4)),
    ("day", |w| w.long(10)),
    ("month", |w| w.long(7)),
    ("year", |w| w.long(4)),
    ("week", |w| yes(w.mention.value.contains('W'))),
    ("of publication", |w| {
        yes(w.published == Some(w.mention.value))
    }),
    ("undated sentence", |w| yes(w.beside() == 0)),
    ("sentence of two dates", |w| yes(w.beside() > 1)),
    ("share", |w| 1.0 / w.count as f32),
    ("named again", |w| yes(w.named_again())),
    ("another between", |w| yes(w.another_between())),
];

/// The table: a layer of hidden numbers, of which the positive ones are weighed.
struct Weights {
    /// Of facts, types and statuses by name, for each hidden number.
    of: BTreeMap<&'static str, Vec<f32>>,
    /// Of the hidden numbers, and what is added.
    out: Vec<f32>,
}

impl Weights {
    fn get() -> &'static Self {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| {
            let mut of: BTreeMap<_, _> = rows().collect();
            let out = of.remove("out").unwrap_or_default();
            Weights { of, out }
        })
    }

    /// The logarithm of the odds that the mention is the event's date.
    fn odds(&self, way: &Way) -> f32 {
        let (kind, status) = (
            way.event.trigger.event,
            status_name(way.event.verdict.status),
        );
        let mut hidden = vec![0.0; self.out.len().saturating_sub(1)];
        let mut add = |name: &str, value: f32| {
            let weights = self.of.get(name).filter(|_| value != 0.0);
            for (sum, weight) in hidden.iter_mut().zip(weights.into_iter().flatten()) {
                *sum += weight * value;
            }
        };
        for (name, fact) in FACTS {
            add(name, fact(way));
        }
        add(kind.as_str(), 1.0);
        add(status, 1.0);
        if way.here() {
            add(&format!("here {status}"), 1.0);
        }
        let told = hidden.iter().zip(&self.out).map(|(h, w)| h.max(0.0) * w);
        let sought = way.event.trigger.scores.sought.iter();
        let alike: f32 = sought.zip(way.mention.numbers).map(|(a, b)| a * b).sum();
        told.sum::<f32>() + self.out.last().unwrap_or(&0.0) + alike
    }
}

fn rows() -> impl Iterator<Item = (&'static str, Vec<f32>)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (name, weights) = line.split_once('\t')?;
        let weights = weights.split(' ').filter_map(|w| w.parse().ok());
        Some((name, weights.collect()))
    })
}

/// By how much each expression near an event is more likely its date than any, by its index into the document's times.
pub(super) struct Moments {
    leads: BTreeMap<usize, f32>,
}

impl Moments {
    pub(super) fn of(dater: &Dater, event: &Event) -> Self {
        let weights = Weights::get();
        let own = event.trigger.tokens.start;
        let all = &dater.mentions;
        let at = all.partition_point(|m| m.start < own);
        let mut near: Vec<&Mention> = all[at.saturating_sub(MOST)..all.len().min(at + MOST)]
            .iter()
            .collect();
        near.sort_by_key(|m| m.start.abs_diff(own));
        let expected = (EXPECTED / (1.0 - EXPECTED)).ln();
        let lead = |mention: &&Mention| {
            let way = Way {
                event,
                sentence: dater.reading.sentence(event.head),
                mention,
                near: &near,
                count: all.len(),
                published: dater.reading.document.story.published.as_deref(),
            };
            let lead = weights.odds(&way) - expected;
            (mention.time, lead.clamp(BOUNDS[0], BOUNDS[1]))
        };
        let asked = !event.trigger.scores.sought.is_empty();
        let leads = near.iter().take(MOST).filter(|_| asked).map(lead).collect();
        Moments { leads }
    }

    /// Of the likeliest expression that names just this day, month or year; 0 where none does, of which nothing is known.
    pub(super) fn lead(&self, stretch: &Stretch) -> f32 {
        if stretch.period.first != stretch.period.last {
            return 0.0;
        }
        let plain = stretch.namings.iter().filter(|n| n.how == How::Plain);
        let leads = plain.filter_map(|n| self.leads.get(&n.time).copied());
        leads.reduce(f32::max).unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{EventType, Status};

    #[test]
    fn the_table_is_wholly_understood() {
        let lines: Vec<&str> = TABLE.lines().filter(|l| !l.starts_with('#')).collect();
        let all: BTreeMap<_, _> = rows().collect();
        let statuses = Status::ALL.len() - 1;
        let known = FACTS.len() + EventType::ALL.len() + 2 * statuses + 1;
        assert_eq!((lines.len(), all.len()), (known, known));
        let hidden = all["out"].len() - 1;
        for (name, weights) in &all {
            let fact = FACTS.iter().any(|f| f.0 == *name);
            let status = name.strip_prefix("here ").unwrap_or(name);
            let status = Status::ALL.iter().any(|s| status_name(*s) == status);
            let kind = EventType::parse(name).is_some();
            assert!(fact || status || kind || *name == "out", "{name}");
            assert!(*name == "out" || weights.len() == hidden, "{name}");
        }
        assert!(TABLE.starts_with("# Format: ") && TABLE.contains("# Origin: "));
    }
}
