//! When an event happened: which of the stretches of the calendar that the story names is its date, if any.
//!
//! Every stretch is weighed against "no date" by plain facts (`facts`): how the expression is tied to the event by the tree
//! (`ties`), how far away it stands, what it is (`stretches`), and what the event is. A second look adds what the first one
//! made of the other events: a story goes on about one day, and tells of one act more than once. `choosing` adds up, with the
//! weights of `data/dates.tsv`, which `derive/dates.py` learned from annotated stories.
//!
//! Beside the facts, the encoder's vectors count: how likely an expression anywhere in the story is the event's (`moments`), and how
//! likely two events happened on the same days (`occasions`), both learned from stories of our own.
//!
//! Each date is an expression of the story. Never the day of publication for want of one: an event without an expression has
//! no date, and `why` says so. The event's `rule` says where the expression stands:
//! - `attached`: it depends on the trigger, or on a word that the trigger depends on;
//! - `clause`: it stands in another clause of the sentence;
//! - `said`: it dates the statement by which an act of speaking is done ("said Monday that it rejects …");
//! - `caption`: it ends a sentence with its year, as captions of pictures do;
//! - `elsewhere`: it stands in another sentence.

mod background;
mod case;
mod choosing;
mod company;
mod facts;
mod moments;
mod occasions;
mod relatives;
mod seen;
mod stretches;
mod ties;
mod weights;

use std::collections::BTreeMap;

use types::record::EventDate;
use types::{EventType, Period, Status, TimeKind, TokenRange};

use crate::cast::Cast;
use crate::events::Event;
use crate::reading::Reading;
use crate::status::spoken;
use case::Case;
use choosing::Choice;
use company::{Company, Words};
use moments::Mention;
use seen::Seen;
use stretches::{How, Naming, Outlook, Stretch, stretches};
use ties::Ties;

/// An event's date, and the rule that gave it.
#[derive(Clone, Debug)]
pub(crate) struct Dating {
    pub(crate) date: EventDate,
    pub(crate) rule: Option<&'static str>,
    /// How likely it is by the weights, 0 to 1; of no date as well.
    pub(crate) odds: f32,
    /// What came second, `None` for no date, with its odds.
    pub(crate) second: (Option<Period>, f32),
}

/// The dates of all events, in their order.
pub(crate) fn dates(reading: &Reading, cast: &Cast, events: &[Event]) -> Vec<Dating> {
    let dater = Dater::new(reading, cast, events);
    let chosen = choosing::choose(&dater);
    let dated = chosen.into_iter().zip(events);
    dated
        .map(|(chosen, event)| dater.dating(event, chosen))
        .collect()
}

/// What events are dated with.
struct Dater<'r, 'd> {
    reading: &'r Reading<'d>,
    events: &'r [Event<'d>],
    ties: Ties<'r, 'd>,
    words: Words,
    /// What each event is about.
    terms: Vec<Vec<String>>,
    company: Company,
    mentions: Vec<Mention<'d>>,
    /// The dates and hours of each sentence.
    expressions: BTreeMap<usize, Vec<Naming>>,
    behind: Vec<Stretch>,
    ahead: Vec<Stretch>,
    /// Where each stretch of `behind` stands in `ahead`, and the other way round.
    turned: [Vec<Option<usize>>; 2],
}

impl<'r, 'd> Dater<'r, 'd> {
    fn new(reading: &'r Reading<'d>, cast: &Cast, events: &'r [Event<'d>]) -> Self {
        let [behind, ahead] = [Outlook::Behind, Outlook::Ahead].map(|o| stretches(reading, o));
        Dater {
            reading,
            events,
            ties: Ties::new(reading, events),
            words: Words::new(reading),
            terms: events
                .iter()
                .map(|e| relatives::terms(reading, e))
                .collect(),
            company: Company::new(reading, cast),
            mentions: moments::mentions(reading),
            expressions: expressions(reading),
            turned: [places(&behind, &ahead), places(&ahead, &behind)],
            behind,
            ahead,
        }
    }

    /// The way that the event looks.
    fn outlook(&self, event: &Event) -> Outlook {
        match event.verdict.status {
            Status::Planned | Status::Possible => Outlook::Ahead,
            _ => Outlook::Behind,
        }
    }

    /// The stretches that may date the event.
    fn stretches(&self, event: &Event) -> &[Stretch] {
        match self.outlook(event) {
            Outlook::Ahead => &self.ahead,
            Outlook::Behind => &self.behind,
        }
    }

    /// Whether an expression is the date of a picture: with day and year, at the end of its sentence.
    fn caption(&self, time: usize, sentence: usize) -> bool {
        let document = self.reading.document;
        let time = &document.times[time];
        let words = document
            .story
            .text
            .get(time.span.start..time.span.end)
            .unwrap_or_default();
        let whole = words.len() > 8 && words.ends_with(|c: char| c.is_ascii_digit());
        let day = time.value.as_ref().is_some_and(|value| value.len() == 10);
        let end = document.sentences.get(sentence).map_or(0, |s| s.span.end);
        whole && day && end.saturating_sub(time.span.end) < 30
    }

    /// Where the expression stands that gives an event its date.
    fn rule(&self, event: &Event, case: &Case) -> &'static str {
        let here = |n: &Naming| n.sentence == case.seen.sentence;
        if !case.stretch.namings.iter().any(here) {
            return "elsewhere";
        }
        let Some(tie) = &case.tie else {
            return "clause";
        };
        let own = self.ties.own_relation(tie);
        if self.caption(tie.naming.time, tie.naming.sentence) {
            "caption"
        } else if matches!(own, "ccomp" | "parataxis") && spoken(event.trigger.event) {
            "said"
        } else if self.ties.in_clause(tie)
            || matches!(own, "ccomp" | "parataxis" | "acl" | "advcl" | "conj")
        {
            "clause"
        } else {
            "attached"
        }
    }

    fn dating(&self, event: &Event, choice: Choice) -> Dating {
        let rule = choice.chosen.as_ref().map(|c| c.rule);
        let date = match choice.chosen {
            None => EventDate {
                why: Some(self.why(event)),
                ..EventDate::default()
            },
            Some(chosen) => EventDate {
                first: Some(chosen.period.first),
                last: Some(chosen.period.last),
                time: Some(chosen.time),
                why: None,
            },
        };
        Dating {
            date,
            rule,
            odds: choice.odds,
            second: choice.second,
        }
    }

    /// Why an event has no date.
    fn why(&self, event: &Event) -> String {
        if let Some(words) = self.unresolved(event) {
            return format!("\"{words}\" counts from a day that the story does not give");
        }
        let reason = match event.verdict.status {
            Status::Possible => "it has not happened yet, and no day is named",
            Status::Negated => "it did not happen, and no day is named",
            _ => "the story names no day for it",
        };
        reason.to_owned()
    }

    /// The words of an expression that depends on the event or what it depends on, but whose day is not known.
    fn unresolved(&self, event: &Event) -> Option<&'d str> {
        let open = |value: Option<&str>| value.is_none_or(|v| v.starts_with("XXXX"));
        let document = self.reading.document;
        let span = document.times[self.own_expression(event, open)?.time].span;
        document.story.text.get(span.start..span.end)
    }

    /// The first date or hour with such a value that depends on the event or what it depends on.
    fn own_expression(
        &self,
        event: &Event,
        fits: impl Fn(Option<&str>) -> bool,
    ) -> Option<&Naming> {
        let sentence = self.reading.sentence(event.head);
        let mut named = self.expressions.get(&sentence).into_iter().flatten();
        named.find(|naming| {
            let value = self.reading.document.times[naming.time].value.as_deref();
            let tie = fits(value).then(|| self.ties.tie(event, naming)).flatten();
            tie.is_some_and(|tie| !self.ties.taken(&tie) && tie.own.len() < 2)
        })
    }
}

/// The dates and hours of each sentence, resolved or not, in text order.
fn expressions(reading: &Reading) -> BTreeMap<usize, Vec<Naming>> {
    let mut found: BTreeMap<usize, Vec<Naming>> = BTreeMap::new();
    for (time, expression) in reading.document.times.iter().enumerate() {
        let dates = matches!(expression.kind, TimeKind::Date | TimeKind::Time);
        let words = reading.document.touched(expression.span);
        if let Some(head) = reading.head_of(&words).filter(|_| dates) {
            let (sentence, how) = (reading.sentence(head), How::Plain);
            let naming = Naming {
                time,
                head,
                sentence,
                how,
            };
            found.entry(sentence).or_default().push(naming);
        }
    }
    found
}

/// Where each of `some` stands among `others`.
fn places(some: &[Stretch], others: &[Stretch]) -> Vec<Option<usize>> {
    let place = |s: &Stretch| others.iter().position(|o| o.period == s.period);
    some.iter().map(place).collect()
}

fn shares(a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|x| b.contains(x))
}

/// An event with all that may be its date: what weights are learned from.
#[derive(Clone, Debug)]
pub struct DateChoice {
    /// Its trigger's words.
    pub trigger: TokenRange,
    /// Its type.
    pub event: EventType,
    /// Names of the facts of the event.
    pub facts: Vec<&'static str>,
    /// The stretches of the calendar, in the order in which the story names them.
    pub candidates: Vec<DateCandidate>,
    /// Other events by the relation in which they stand, as indices into the list of choices.
    pub relatives: Vec<(&'static str, Vec<usize>)>,
}

/// A stretch of the calendar that may date an event.
#[derive(Clone, Debug)]
pub struct DateCandidate {
    /// First day, month or year.
    pub first: String,
    /// The last one.
    pub last: String,
    /// Names of the facts of the stretch, as seen from the event.
    pub facts: Vec<&'static str>,
}

/// The choices that the coder has for the date of each event.
pub(crate) fn choices(reading: &Reading, cast: &Cast, events: &[Event]) -> Vec<DateChoice> {
    let dater = Dater::new(reading, cast, events);
    (0..events.len()).map(|index| dater.choice(index)).collect()
}

impl Dater<'_, '_> {
    fn choice(&self, index: usize) -> DateChoice {
        let event = &self.events[index];
        let seen = Seen::new(self, event);
        let all = self.stretches(event);
        let candidate = |stretch| {
            let case = Case::new(&seen, all, stretch);
            let facts = facts::of_stretch(&case).into_iter();
            DateCandidate {
                first: case.stretch.period.first.clone(),
                last: case.stretch.period.last.clone(),
                facts: facts.map(|f| facts::OF_STRETCH[f].0).collect(),
            }
        };
        let facts = facts::of_event(&seen).into_iter();
        DateChoice {
            trigger: event.trigger.tokens.clone(),
            event: event.trigger.event,
            facts: facts.map(|f| facts::OF_EVENT[f].0).collect(),
            candidates: all.iter().map(candidate).collect(),
            relatives: relatives::relatives(self, index).into_iter().collect(),
        }
    }
}
