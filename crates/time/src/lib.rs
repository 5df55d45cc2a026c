//! Time expressions of English news: found in a text, and brought to TIMEX3 values.
//!
//! ```
//! use rapporteur_time::find;
//!
//! let published = "2015-05-12".parse_date();
//! # trait P { fn parse_date(&self) -> Option<rapporteur_time::Date>; }
//! # impl P for str { fn parse_date(&self) -> Option<rapporteur_time::Date> { rapporteur_time::Date::parse(self) } }
//! let text = "He was shot in February. Two days later, thousands marched.";
//! let times = find(text, published);
//! assert_eq!(times[0].span.of(text), "February");
//! assert_eq!(times[0].value.as_deref(), Some("2015-02"));
//! ```

mod grammar;
mod meaning;
mod numbers;
mod resolve;
mod scan;
mod tense;
mod words;

pub use tense::Lean;
pub use types::{Date, Modifier, Period, Span, TimeExpression, TimeKind};

use resolve::Resolver;
use scan::Words;

/// The time expressions of `text`, in text order, not overlapping, by the day of publication where it is known.
pub fn find(text: &str, published: Option<Date>) -> Vec<TimeExpression> {
    Finder::new(published).read(text)
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
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some(expression) = grammar::expression(&words, at) else {
                at += 1;
                continue;
            };
            let span = words.span(at, expression.end);
            let lean = tense::preposition(&words, at)
                .or_else(|| lean(span))
                .or_else(|| tense::lean(&words, at, expression.end));
            let answer = self.resolver.resolve(&expression.meaning, lean);
            found.push(TimeExpression {
                span,
                kind: answer.kind,
                value: answer.value,
                modifier: expression.modifier,
                other: answer.other,
            });
            at = expression.end;
        }
        found
    }
}
