//! So many days, months or years before or after another day.

use types::{Date, TimeKind};

use super::{Answer, Resolver};
use crate::meaning::Base;
use crate::words::Unit;

impl Resolver {
    /// Business pages compare quarters: "a year earlier" than a quarter is the same quarter of the year before.
    pub(super) fn year_earlier(&self) -> Answer {
        let mut recent = self.mentioned.iter().rev().take(3);
        let quarter = recent.any(|point| point.unit == Unit::Quarter);
        match self.reported_quarter().filter(|_| quarter) {
            Some(quarter) => Answer::at(Unit::Quarter, quarter.plus_months(-12)),
            None => self.shift(Unit::Year, -1, Base::Published),
        }
    }

    pub(super) fn shift(&self, unit: Unit, by: i32, base: Base) -> Answer {
        let Some(from) = self.base(unit, by, base) else {
            return Answer::new(TimeKind::Date, None);
        };
        let by = i64::from(by);
        let months = |each: i64| from.plus_months(by.saturating_mul(each));
        let date = match unit {
            Unit::Second | Unit::Minute => Some(from),
            // From the twelfth hour on it is more likely another day than not.
            Unit::Hour => from.plus_days((by + 12 * by.signum()) / 24),
            Unit::Day => from.plus_days(by),
            Unit::Weekend | Unit::Week => from.plus_days(by.saturating_mul(7)),
            Unit::Fortnight => from.plus_days(by.saturating_mul(14)),
            Unit::Month => months(1),
            Unit::Quarter => months(3),
            Unit::Year => months(12),
            Unit::Decade => months(120),
            Unit::Century => months(1200),
        };
        let answer = Answer::at(unit, date);
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => Answer {
                kind: TimeKind::Time,
                ..answer
            },
            _ => answer,
        }
    }

    /// The day that a shift counts from. "Two days later" means nothing where nothing was spoken of; "the previous day"
    /// and "a year earlier" then count from the day of publication.
    pub(super) fn base(&self, unit: Unit, by: i32, base: Base) -> Option<Date> {
        match base {
            Base::Published => self.published,
            Base::Mentioned => {
                let published = self
                    .published
                    .filter(|_| by < 0 || unit >= Unit::Week && by == 0);
                self.latest(unit.max(Unit::Day)).or(published)
            }
        }
    }
}
