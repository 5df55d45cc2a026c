//! Seasons, quarters, weekends and holidays.

use types::{Date, TimeKind};

use super::days::pick;
use super::{Answer, Resolver};
use crate::meaning::{Holiday, Which, Year};
use crate::tense::Lean;
use crate::words::{Season, Unit};

impl Resolver {
    pub(super) fn season(
        &self,
        season: Season,
        year: Year,
        which: Which,
        lean: Option<Lean>,
    ) -> Answer {
        let code = season.code();
        let value = |year: i32| format!("{year:04}-{code}");
        if let Some(year) = self.year(year) {
            return Answer::new(TimeKind::Date, Some(value(year)));
        }
        let Some(published) = self.published else {
            return Answer::new(TimeKind::Date, Some(format!("XXXX-{code}")));
        };
        // Months since the latest beginning of that season, 0 to 11: it lasts three.
        let since = (published.month() + 12 - season.month()) % 12;
        let latest = published.year() - i32::from(season.month() > published.month());
        let running = since < 3;
        let (chosen, other) = match (which, lean) {
            (Which::Last | Which::Previous, _) => (latest - i32::from(running), None),
            (Which::Next | Which::Following, _) => (latest + 1, None),
            (Which::This, _) if running => (latest, None),
            // "this summer" is the year's, in spring and in autumn.
            (Which::This, _) => (published.year(), None),
            (_, Some(Lean::Future)) if !running => (latest + 1, Some(latest)),
            _ => (latest, Some(latest + 1)),
        };
        Answer {
            other: other.map(value),
            ..Answer::new(TimeKind::Date, Some(value(chosen)))
        }
    }

    pub(super) fn quarter(
        &self,
        number: Option<u32>,
        year: Year,
        which: Which,
        lean: Option<Lean>,
    ) -> Answer {
        let quarters = self.mentioned.iter().rev();
        let known = quarters
            .clone()
            .find(|p| p.unit == Unit::Quarter)
            .map(|p| p.date);
        let begin = |year: i32, number: u32| Date::new(year, number * 3 - 2, 1);
        let number = number.or_else(|| match (year, which) {
            (Year::Open, _) => None,
            _ => known.map(Date::quarter),
        });
        let moved = |by: i64| {
            let date = match which {
                Which::Previous | Which::Same | Which::Following => known.or(self.published),
                _ => self.published,
            };
            date.and_then(|date| date.plus_months(3 * by))
        };
        let date = match (self.year(year), number, which) {
            (Some(year), Some(number), _) => begin(year, number),
            (Some(year), None, _) => {
                return Answer::new(TimeKind::Date, Some(format!("{year:04}-QX")));
            }
            (None, Some(number), _) => {
                let Some(published) = self.published else {
                    return Answer::new(TimeKind::Date, Some(format!("XXXX-Q{number}")));
                };
                begin(quarter_year(published, number, lean), number)
            }
            (None, None, Which::Bare) => self.reported_quarter().or_else(|| moved(-1)),
            (None, None, Which::Last | Which::Previous) => moved(-1),
            (None, None, Which::Next | Which::Following) => moved(1),
            (None, None, Which::This | Which::Same) => moved(0),
        };
        Answer::at(Unit::Quarter, date)
    }

    /// The quarter that a report is on: the latest of those it spoke of, of which there can be figures.
    pub(super) fn reported_quarter(&self) -> Option<Date> {
        let quarters = self
            .mentioned
            .iter()
            .filter(|point| point.unit == Unit::Quarter);
        let dates = || quarters.clone().map(|point| point.date);
        let over = |date: &Date| match (self.published, date.plus_months(3)) {
            (Some(published), Some(end)) => end <= published,
            _ => true,
        };
        let begun = |date: &Date| self.published.is_none_or(|published| *date <= published);
        dates()
            .filter(over)
            .max()
            .or_else(|| dates().filter(begun).max())
    }

    pub(super) fn weekend(&self, which: Which, lean: Option<Lean>) -> Answer {
        let Some(published) = self.published else {
            return Answer::new(TimeKind::Date, Some("XXXX-WXX-WE".to_owned()));
        };
        let running = published.weekday() > 5;
        let ahead = lean == Some(Lean::Future);
        let weeks = match which {
            Which::Last | Which::Previous => -1,
            Which::Next | Which::Following => 1,
            Which::This => -i64::from(!running && lean == Some(Lean::Past)),
            Which::Bare | Which::Same => -i64::from(!running && !ahead),
        };
        let saturday = published.plus_days(6 - i64::from(published.weekday()) + 7 * weeks);
        Answer::at(Unit::Weekend, saturday)
    }

    pub(super) fn holiday(
        &self,
        holiday: Holiday,
        year: Year,
        which: Which,
        lean: Option<Lean>,
    ) -> Answer {
        let in_year = |year: i32| holiday_of(holiday, year);
        if let Some(year) = self.year(year) {
            return Answer::at(Unit::Day, in_year(year));
        }
        match (self.reference(which), holiday) {
            (Some(published), _) => {
                Answer::of_two(Unit::Day, pick(published, Unit::Day, which, lean, in_year))
            }
            (None, Holiday::On(month, day)) => {
                Answer::new(TimeKind::Date, Some(format!("XXXX-{month:02}-{day:02}")))
            }
            (None, _) => Answer::new(TimeKind::Date, None),
        }
    }
}

/// The year of a numbered quarter. A quarter that has begun is this year's; one further ahead than the next is last
/// year's, unless the words speak of what is to come.
fn quarter_year(published: Date, number: u32, lean: Option<Lean>) -> i32 {
    let current = published.quarter();
    let last_year =
        number > current + 1 || number == current + 1 && lean == Some(Lean::Past) && current < 3;
    match lean {
        Some(Lean::Future) if number < current => {
            published.year() + i32::from(current - number > 1)
        }
        Some(Lean::Future) => published.year(),
        _ => published.year() - i32::from(last_year),
    }
}

fn holiday_of(holiday: Holiday, year: i32) -> Option<Date> {
    match holiday {
        Holiday::On(month, day) => Date::new(year, month, day),
        Holiday::Thanksgiving => {
            let first = Date::new(year, 11, 1)?;
            let to_thursday = (4 + 7 - i64::from(first.weekday())) % 7;
            first.plus_days(to_thursday + 21)
        }
        Holiday::Easter(days) => easter(year)?.plus_days(days),
    }
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(
        year,
        (n / 31).try_into().ok()?,
        (n % 31 + 1).try_into().ok()?,
    )
}
