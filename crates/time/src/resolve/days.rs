//! Days, months and years that are named, and days of the week.

use types::{Date, TimeKind};

use super::{Answer, Resolver};
use crate::meaning::{Which, Year};
use crate::tense::Lean;
use crate::words::Unit;

impl Resolver {
    pub(super) fn calendar(
        &self,
        year: Year,
        month: Option<u32>,
        day: Option<u32>,
        which: Which,
        lean: Option<Lean>,
    ) -> Answer {
        let unit = match (month, day) {
            (None, _) => Unit::Year,
            (_, None) => Unit::Month,
            _ => Unit::Day,
        };
        let (month, day) = (month.unwrap_or(1), day.unwrap_or(1));
        if let Some(year) = self.year(year) {
            return Answer::at(unit, Date::new(year, month, day));
        }
        let in_year = |year: i32| Date::new(year, month, day);
        match (self.reference(which), unit) {
            (Some(published), _) => {
                Answer::of_two(unit, pick(published, unit, which, lean, in_year))
            }
            (None, Unit::Month) => Answer::new(TimeKind::Date, Some(format!("XXXX-{month:02}"))),
            (None, _) => Answer::new(TimeKind::Date, Some(format!("XXXX-{month:02}-{day:02}"))),
        }
    }

    pub(super) fn days(
        &self,
        year: Year,
        month: u32,
        first: u32,
        last: u32,
        lean: Option<Lean>,
    ) -> Answer {
        let one = |day| self.calendar(year, Some(month), Some(day), Which::Bare, lean);
        let (first, last) = (one(first), one(last));
        let joined = |(first, last)| format!("{first}/{last}");
        Answer {
            other: first.other.zip(last.other).map(joined),
            value: first.value.zip(last.value).map(joined),
            ..last
        }
    }

    pub(super) fn weekday(&self, day: u32, which: Which, lean: Option<Lean>) -> Answer {
        let base = match which {
            Which::Previous | Which::Same | Which::Following => {
                self.latest(Unit::Day).or(self.published)
            }
            _ => self.published,
        };
        let Some(base) = base else {
            return Answer::new(TimeKind::Date, Some(format!("XXXX-WXX-{day}")));
        };
        let back = i64::from((base.weekday() + 7 - day) % 7);
        let ahead = (7 - back) % 7;
        let past = base.plus_days(-back);
        let future = base.plus_days(ahead);
        let choice = match (which, lean) {
            (Which::Last | Which::Previous, _) => {
                (base.plus_days(if back == 0 { -7 } else { -back }), None)
            }
            (Which::Next | Which::Following, _) => {
                (base.plus_days(if ahead == 0 { 7 } else { ahead }), None)
            }
            (Which::Same, _) | (Which::This, Some(Lean::Past)) => (past, None),
            (Which::This, _) => (future, past),
            (Which::Bare, Some(Lean::Future)) => (future, past),
            // Six days back is "last Sunday"; a bare "Sunday" in Saturday's story tells of the morrow: the story was
            // brought up to date, or it is Sunday where it happened.
            (Which::Bare, Some(Lean::Past)) if back == 6 && self.ends_before_morrow => {
                (past, future)
            }
            (Which::Bare, _) if back == 6 => (future, past),
            (Which::Bare, _) => (past, future),
        };
        Answer::of_two(Unit::Day, choice)
    }
}

/// The day or month that returns each year, before or after the day of publication: the one meant, and the other.
pub(super) fn pick(
    published: Date,
    unit: Unit,
    which: Which,
    lean: Option<Lean>,
    in_year: impl Fn(i32) -> Option<Date>,
) -> (Option<Date>, Option<Date>) {
    let this = match unit {
        Unit::Month => Date::new(published.year(), published.month(), 1).unwrap_or(published),
        _ => published,
    };
    let years = [-1, 0, 1].map(|by| in_year(published.year() + by));
    let all = || years.iter().flatten().copied();
    let (past, future) = (all().rfind(|d| *d <= this), all().find(|d| *d >= this));
    let strictly = (all().rfind(|d| *d < this), all().find(|d| *d > this));
    match (which, lean) {
        (Which::Last | Which::Previous, _) => (strictly.0, None),
        (Which::Next | Which::Following, _) => (strictly.1, None),
        (Which::This | Which::Same, _) => (years[1], None),
        (Which::Bare, _) => match is_ahead(this, unit, lean, past, future) {
            true => (future, past),
            false => (past, future),
        },
    }
}

/// Whether a day or month without a year is ahead. The tense tells, but whoever means a time many months off names its
/// year: "payable Dec. 15" in October is ahead, whatever tense stands around. Where the tense does not tell, a day is the
/// nearer one, and a month ahead only if it begins within two.
fn is_ahead(
    this: Date,
    unit: Unit,
    lean: Option<Lean>,
    past: Option<Date>,
    future: Option<Date>,
) -> bool {
    let (Some(past), Some(future)) = (past, future) else {
        return past.is_none();
    };
    let (back, ahead) = (this.days() - past.days(), future.days() - this.days());
    match (lean, unit) {
        (Some(Lean::Past), _) => ahead * 4 < back,
        (Some(Lean::Future), _) => ahead < back * 4,
        (None, Unit::Month) => ahead > 0 && ahead < 62 && back > ahead,
        (None, _) => ahead < back,
    }
}
