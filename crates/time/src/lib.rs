//! Time expressions of English news: found in a text, and brought to TIMEX3 values (TimeML 1.2.1).
//!
//! Plain rules, without a model and without dependencies but for the types: usable alone on a string and the day that it
//! was published.
//!
//! ```
//! use rapporteur_time::{Date, find};
//!
//! let text = "He was shot on March 3. Two days later, thousands marched.";
//! let times = find(text, Date::new(2015, 5, 12));
//! let values: Vec<_> = times.iter().map(|time| time.value.as_deref().unwrap()).collect();
//! assert_eq!(values, ["2015-03-03", "2015-03-05"]);
//! ```
//!
//! # How it works
//! The text is cut into words once (`scan`), each with a class that does not depend on its neighbours (`words`). At words
//! with which an expression can begin, the `grammar` is asked for the longest one, which gives its `meaning`: "so many days
//! before the publication", "a Friday". `resolve` reckons the value from the day of publication, from what was spoken of
//! last ("two days later", "the same month"), and from the `tense` of the words around. Time grows with the length of the
//! text alone.
//!
//! # Which day is meant
//! - A weekday, month or day without a year is the nearest one by the tense: in a report the last, in a plan the next.
//!   [`TimeExpression::other`] keeps the other reading. A weekday six days back is taken for the next day instead: stories
//!   are brought up to date, and print ahead of the place that they tell of. Not where the story speaks of that next day as
//!   one to come.
//! - In the caption of a picture, which ends in a date with its year, the rest counts from that date.
//! - "a year earlier" is the same quarter of the year before where a quarter was spoken of.
//! - Words without a calendar day ("now", "recently", "soon") get `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`; which of them
//!   count follows the practice of TimeBank.
//!
//! # Without a day of publication
//! Weekdays, months, days and seasons keep a value that leaves the year open (`XXXX-WXX-2`, `XXXX-02`, `XXXX-02-03`,
//! `XXXX-WI`). What has no meaning without a day ("yesterday", "last month", "two weeks ago") has no value.
//!
//! # Values beyond TIMEX3
//! Two values joined by `/` are the ends of a stretch ("March 3-5", "1975-79"). [`Period`] says which days a value stands
//! for. Decades are written with three digits, centuries with two, as in TimeBank.

mod grammar;
mod meaning;
mod numbers;
mod resolve;
mod scan;
mod tense;
mod words;

pub use tense::Lean;
pub use types::{Date, Modifier, Period, Span, TimeExpression, TimeKind};

use meaning::{Found, Meaning, Year};
use resolve::Resolver;
use scan::Words;

/// The time expressions of `text`, in text order, not overlapping, by the day of publication where it is known.
pub fn find(text: &str, published: Option<Date>) -> Vec<TimeExpression> {
    let mut finder = Finder::new(published);
    let found = finder.read(text);
    match finder.again() {
        Some(mut finder) => finder.read(text),
        None => found,
    }
}

/// Finds time expressions in the parts of one story, one after the other, and remembers what day was spoken of last.
#[derive(Clone, Debug)]
pub struct Finder {
    resolver: Resolver,
}

impl Finder {
    /// A finder for a story of that day; `None` where the day is not known.
    pub fn new(published: Option<Date>) -> Self {
        Finder {
            resolver: Resolver::new(published),
        }
    }

    /// A finder that knows from the start what this one found out on its way, where that makes a difference: then the parts are
    /// to be read once more. Who says on Monday what will be "on Tuesday" does not tell on Tuesday what was.
    pub fn again(&self) -> Option<Finder> {
        let mut resolver = Resolver::new(self.resolver.published());
        resolver.ends_before_morrow = true;
        let new = self.resolver.morrow_seen_ahead && !self.resolver.ends_before_morrow;
        new.then_some(Finder { resolver })
    }

    /// The expressions of the next part of the story, in text order, not overlapping. Spans count from its start.
    pub fn read(&mut self, text: &str) -> Vec<TimeExpression> {
        self.read_with(text, |_| None)
    }

    /// As [`Finder::read`], with what the caller knows of the tense at each expression: `Some` overrules the words around, but
    /// for a preposition such as "until".
    pub fn read_with(
        &mut self,
        text: &str,
        lean: impl Fn(Span) -> Option<Lean>,
    ) -> Vec<TimeExpression> {
        let words = Words::of(text);
        let spoken = expressions(&words);
        let mut found = Vec::with_capacity(spoken.len());
        for (index, (at, expression)) in spoken.iter().enumerate() {
            let span = words.span(*at, expression.end);
            let lean = tense::preposition(&words, *at)
                .or_else(|| lean(span))
                .or_else(|| tense::lean(&words, *at, expression.end));
            let caption = caption(&words, &spoken[index..]);
            let answer = self.resolver.resolve(&expression.meaning, lean, caption);
            found.push(TimeExpression {
                span,
                kind: answer.kind,
                value: answer.value,
                modifier: expression.modifier,
                other: answer.other,
            });
        }
        found
    }
}

/// All expressions with the words at which they begin.
fn expressions(words: &Words) -> Vec<(usize, Found)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match grammar::expression(words, at) {
            Some(expression) => {
                let end = expression.end;
                found.push((at, expression));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The day of a picture's caption, which ends in a whole date: "Police guard the square after Monday's riot, July 21,
/// 2015." What else its sentence says counts from that day. `rest` begins with the expression in question.
fn caption(words: &Words, rest: &[(usize, Found)]) -> Option<Date> {
    let (_, first) = rest.first()?;
    let (at, last) = rest.get(1)?;
    let ends = words.ends_sentence(last.end)
        || last.end + 1 >= words.len()
        || words.word(last.end).is_empty();
    let comma = *at > 0 && words.is(at - 1, ",");
    let one = !(first.end..*at).any(|i| words.ends_sentence(i) || words.word(i).is_empty());
    match last.meaning {
        Meaning::Calendar {
            year: Year::Is(year),
            month: Some(month),
            day: Some(day),
            ..
        } if ends && comma && one => Date::new(year, month, day),
        _ => None,
    }
}
