//! From what an expression means to its value, by the day of publication and what was spoken of before.

use types::{Date, TimeKind};

use crate::meaning::{Base, Holiday, Meaning, Which, Year};
use crate::numbers::Count;
use crate::tense::Lean;
use crate::words::{Part, Season, Unit};

/// A stretch of the calendar that was spoken of, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    unit: Unit,
    date: Date,
}

/// An expression's type and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) kind: TimeKind,
    pub(crate) value: Option<String>,
    /// The value by the other lean, where it differs.
    pub(crate) other: Option<String>,
    point: Option<Point>,
}

impl Answer {
    fn new(kind: TimeKind, value: Option<String>) -> Self {
        Answer {
            kind,
            value,
            other: None,
            point: None,
        }
    }

    /// The stretch of one unit that begins on or holds `date`.
    fn at(unit: Unit, date: Option<Date>) -> Self {
        let point = date.map(|date| Point { unit, date });
        Answer {
            point,
            ..Answer::new(TimeKind::Date, date.map(|date| written(unit, date)))
        }
    }

    /// One of two stretches, and the value of the other.
    fn of_two(unit: Unit, (chosen, other): (Option<Date>, Option<Date>)) -> Self {
        let other = other.filter(|_| other != chosen);
        Answer {
            other: other.map(|date| written(unit, date)),
            ..Answer::at(unit, chosen)
        }
    }
}

/// The TIMEX3 value of the stretch of one unit that holds `date`.
fn written(unit: Unit, date: Date) -> String {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => date.to_string(),
        Unit::Weekend | Unit::Week | Unit::Fortnight => {
            let (year, week) = date.week();
            let end = if unit == Unit::Weekend { "-WE" } else { "" };
            format!("{year:04}-W{week:02}{end}")
        }
        Unit::Month => format!("{:04}-{:02}", date.year(), date.month()),
        Unit::Quarter => format!("{:04}-Q{}", date.year(), date.quarter()),
        Unit::Year => format!("{:04}", date.year()),
        Unit::Decade => format!("{:03}", date.year() / 10),
        Unit::Century => format!("{:02}", date.year() / 100),
    }
}

/// Most stretches that are remembered: words point back a few sentences, not over a story.
const REMEMBERED: usize = 12;

/// Reckons values. What it is asked first counts as said first.
#[derive(Clone, Debug)]
pub(crate) struct Resolver {
    published: Option<Date>,
    mentioned: Vec<Point>,
}

impl Resolver {
    pub(crate) fn new(published: Option<Date>) -> Self {
        Resolver {
            published,
            mentioned: Vec::new(),
        }
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

    fn calendar(
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

    /// The day that "last" or "previous" counts from.
    fn reference(&self, which: Which) -> Option<Date> {
        match which {
            Which::Previous | Which::Same | Which::Following => {
                self.latest(Unit::Month).or(self.published)
            }
            _ => self.published,
        }
    }

    fn days(&self, year: Year, month: u32, first: u32, last: u32, lean: Option<Lean>) -> Answer {
        let one = |day| self.calendar(year, Some(month), Some(day), Which::Bare, lean);
        let (first, last) = (one(first), one(last));
        let joined = |(first, last)| format!("{first}/{last}");
        Answer {
            other: first.other.zip(last.other).map(joined),
            value: first.value.zip(last.value).map(joined),
            ..last
        }
    }

    fn weekday(&self, day: u32, which: Which, lean: Option<Lean>) -> Answer {
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
            (Which::Bare, _) if back == 6 => (future, past),
            (Which::Bare, _) => (past, future),
        };
        Answer::of_two(Unit::Day, choice)
    }

    /// Business pages compare quarters: "a year earlier" than a quarter is the same quarter of the year before.
    fn year_earlier(&self) -> Answer {
        let mut recent = self.mentioned.iter().rev().take(3);
        let quarter = recent.any(|point| point.unit == Unit::Quarter);
        match self.reported_quarter().filter(|_| quarter) {
            Some(quarter) => Answer::at(Unit::Quarter, quarter.plus_months(-12)),
            None => self.shift(Unit::Year, -1, Base::Published),
        }
    }

    /// The quarter that a report is on: the latest of those it spoke of, of which there can be figures.
    fn reported_quarter(&self) -> Option<Date> {
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

    fn shift(&self, unit: Unit, by: i32, base: Base) -> Answer {
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
    fn base(&self, unit: Unit, by: i32, base: Base) -> Option<Date> {
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

    fn season(&self, season: Season, year: Year, which: Which, lean: Option<Lean>) -> Answer {
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

    fn quarter(&self, number: Option<u32>, year: Year, which: Which, lean: Option<Lean>) -> Answer {
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

    fn weekend(&self, which: Which, lean: Option<Lean>) -> Answer {
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

    fn holiday(&self, holiday: Holiday, year: Year, which: Which, lean: Option<Lean>) -> Answer {
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

    fn part(&self, part: Part, day: &Meaning, lean: Option<Lean>) -> Answer {
        let code = part.code();
        let day = self.answer(day, lean);
        let with = |value: String| value + code;
        Answer {
            kind: TimeKind::Time,
            value: day.value.map(with),
            other: day.other.map(with),
            point: day.point,
        }
    }

    fn clock(&self, hour: u32, minute: u32, day: Option<&Meaning>, lean: Option<Lean>) -> Answer {
        let day = match day {
            Some(day) => self.answer(day, lean),
            None => Answer::at(Unit::Day, self.latest(Unit::Day).or(self.published)),
        };
        let with = |value: String| format!("{value}T{hour:02}:{minute:02}");
        let open = || "XXXX-XX-XX".to_owned();
        Answer {
            kind: TimeKind::Time,
            value: Some(with(day.value.unwrap_or_else(open))),
            other: day.other.map(with),
            point: day.point,
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

/// The day or month that returns each year, before or after the day of publication: the one meant, and the other.
fn pick(
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

fn duration(count: Count, unit: Unit) -> String {
    let (prefix, each, letter) = unit.duration();
    if count.vague {
        return format!("{prefix}X{letter}");
    }
    let whole = u64::from(count.whole) * u64::from(each);
    if !count.half {
        return format!("{prefix}{whole}{letter}");
    }
    match unit {
        Unit::Year => format!("P{whole}Y6M"),
        Unit::Hour => format!("PT{whole}H30M"),
        Unit::Minute => format!("PT{whole}M30S"),
        Unit::Day => format!("P{whole}DT12H"),
        Unit::Decade | Unit::Century => format!("P{}Y", whole + u64::from(each) / 2),
        _ => format!("{prefix}{whole}.5{letter}"),
    }
}
