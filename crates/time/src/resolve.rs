//! From what an expression means to its value, by the day of publication and what was spoken of before.
//!
//! `answer` has the values; `days`, `seasons`, `clock` and `shifts` reckon them for one kind of meaning each.

mod answer;
mod clock;
mod days;
mod seasons;
mod shifts;

use types::{Date, TimeKind};

use crate::meaning::{Meaning, Which, Year};
use crate::tense::Lean;
use crate::words::Unit;
use answer::{Answer, Point, duration};

/// Most stretches that are remembered: words point back a few sentences, not over a story.
const REMEMBERED: usize = 12;

/// Reckons values. What it is asked first counts as said first.
#[derive(Clone, Debug)]
pub(crate) struct Resolver {
    published: Option<Date>,
    mentioned: Vec<Point>,
    /// Whether the day after publication was spoken of as one to come.
    pub(crate) morrow_seen_ahead: bool,
    /// Whether it is known from the start that the story does so: then it was not brought up to date on that day.
    pub(crate) ends_before_morrow: bool,
}

impl Resolver {
    pub(crate) fn new(published: Option<Date>) -> Self {
        Resolver {
            published,
            mentioned: Vec::new(),
            morrow_seen_ahead: false,
            ends_before_morrow: false,
        }
    }

    pub(crate) fn published(&self) -> Option<Date> {
        self.published
    }

    /// The value of an expression, which is what was spoken of last from now on. It counts from `day` where one is given,
    /// else from the day of publication.
    pub(crate) fn resolve(
        &mut self,
        meaning: &Meaning,
        lean: Option<Lean>,
        day: Option<Date>,
    ) -> Answer {
        let published = self.published;
        self.published = day.or(published);
        let answer = self.answer(meaning, lean);
        self.published = published;
        let morrow = published.and_then(|day| day.plus_days(1));
        let weekday = matches!(meaning, Meaning::Weekday { .. });
        let ahead = lean == Some(Lean::Future) && day.is_none();
        self.morrow_seen_ahead |= weekday && ahead && answer.point.map(|p| p.date) == morrow;
        if let Some(point) = answer.point {
            if self.mentioned.len() == REMEMBERED {
                self.mentioned.remove(0);
            }
            self.mentioned.push(point);
        }
        answer
    }

    fn answer(&self, meaning: &Meaning, lean: Option<Lean>) -> Answer {
        match meaning {
            Meaning::Calendar {
                year,
                month,
                day,
                which,
            } => self.calendar(*year, *month, *day, *which, lean),
            Meaning::Days {
                year,
                month,
                first,
                last,
            } => self.days(*year, *month, *first, *last, lean),
            Meaning::Weekday { day, which } => self.weekday(*day, *which, lean),
            Meaning::Shift { unit, by, base } => self.shift(*unit, *by, *base),
            Meaning::YearEarlier => self.year_earlier(),
            Meaning::Season {
                season,
                year,
                which,
            } => self.season(*season, *year, *which, lean),
            Meaning::Quarter {
                number,
                year,
                which,
            } => self.quarter(*number, *year, *which, lean),
            Meaning::Half { number, year } => {
                let year = self.year(*year);
                let value = year.map(|year| format!("{year:04}-H{number}"));
                Answer::new(TimeKind::Date, value)
            }
            Meaning::Weekend { which } => self.weekend(*which, lean),
            Meaning::WeekOf(day) => {
                let point = self.answer(day, lean).point;
                Answer::at(Unit::Week, point.map(|point| point.date))
            }
            Meaning::Decade(first) => Answer::at(Unit::Decade, Date::new(*first, 1, 1)),
            Meaning::Century(first) => Answer::at(Unit::Century, Date::new((*first).max(1), 1, 1)),
            Meaning::Holiday {
                holiday,
                year,
                which,
            } => self.holiday(*holiday, *year, *which, lean),
            Meaning::PartOf { part, day } => self.part(*part, day, lean),
            Meaning::Clock { hour, minute, day } => {
                self.clock(*hour, *minute, day.as_deref(), lean)
            }
            Meaning::Span(first, last) => {
                let (first, last) = (self.answer(first, lean), self.answer(last, lean));
                let joined = |(first, last)| format!("{first}/{last}");
                Answer::new(first.kind, first.value.zip(last.value).map(joined))
            }
            Meaning::Duration { count, unit } => {
                Answer::new(TimeKind::Duration, Some(duration(*count, *unit)))
            }
            Meaning::Recurring { count, unit } => {
                Answer::new(TimeKind::Set, Some(duration(*count, *unit)))
            }
            Meaning::Fixed(kind, value) => Answer::new(*kind, Some(value.clone())),
        }
    }

    /// The latest stretch that was spoken of and is no longer than `unit`.
    fn latest(&self, unit: Unit) -> Option<Date> {
        let mut recent = self.mentioned.iter().rev();
        recent
            .find(|point| point.unit <= unit)
            .map(|point| point.date)
    }

    fn year(&self, year: Year) -> Option<i32> {
        match year {
            Year::Open => None,
            Year::Is(year) => Some(year),
            Year::By(by) => self.published.map(|date| date.year() + by),
            Year::Shifted(by) => {
                let base = self.latest(Unit::Year).or(self.published);
                base.map(|date| date.year() + by)
            }
        }
    }

    /// The day that "last" or "previous" counts from.
    fn reference(&self, which: Which) -> Option<Date> {
        match which {
            Which::Previous | Which::Same | Which::Following => {
                self.latest(Unit::Month).or(self.published)
            }
            _ => self.published,
        }
    }
}
