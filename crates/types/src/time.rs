//! Time expressions, as TIMEX3 describes them (TimeML 1.2.1), and the days that a value stands for.

use crate::Span;
use crate::date::{Date, days_in_month};

/// Words that say when, how long or how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value: `2015-05-12`, `2015-W19`, `P3D`, `PAST_REF`, with `X` for what the words leave open
    /// (`XXXX-WXX-2`); `None` where the words mean a day only together with a date that is not known.
    pub value: Option<String>,
    /// TIMEX3 mod, what the value leaves out.
    pub modifier: Option<Modifier>,
    /// The value that the words have if they look the other way: "Tuesday" in a report is the last one, in a plan the
    /// next. `None` where the words leave no choice.
    pub other: Option<String>,
}

/// TIMEX3's types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A day or a longer stretch of the calendar.
    Date,
    /// A part of a day, or a time of the clock.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

impl TimeKind {
    /// Kinds with TIMEX3's names.
    pub const NAMES: [(TimeKind, &'static str); 4] = [
        (TimeKind::Date, "DATE"),
        (TimeKind::Time, "TIME"),
        (TimeKind::Duration, "DURATION"),
        (TimeKind::Set, "SET"),
    ];

    /// TIMEX3's name.
    pub fn as_str(self) -> &'static str {
        let name = Self::NAMES.iter().find(|(kind, _)| *kind == self);
        name.map_or("DATE", |(_, name)| name)
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        let kind = Self::NAMES.iter().find(|(_, n)| *n == name);
        kind.map(|(kind, _)| *kind)
    }
}

/// TIMEX3's modifiers, as far as words of news have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modifier {
    /// "early March".
    Start,
    /// "mid-March".
    Mid,
    /// "the end of March".
    End,
    /// "about two years".
    Approx,
    /// "nearly two years".
    LessThan,
    /// "more than two years".
    MoreThan,
    /// "up to two years".
    EqualOrLess,
    /// "at least two years".
    EqualOrMore,
}

impl Modifier {
    /// Modifiers with TIMEX3's names.
    pub const NAMES: [(Modifier, &'static str); 8] = [
        (Modifier::Start, "START"),
        (Modifier::Mid, "MID"),
        (Modifier::End, "END"),
        (Modifier::Approx, "APPROX"),
        (Modifier::LessThan, "LESS_THAN"),
        (Modifier::MoreThan, "MORE_THAN"),
        (Modifier::EqualOrLess, "EQUAL_OR_LESS"),
        (Modifier::EqualOrMore, "EQUAL_OR_MORE"),
    ];

    /// TIMEX3's name.
    pub fn as_str(self) -> &'static str {
        let name = Self::NAMES.iter().find(|(modifier, _)| *modifier == self);
        name.map_or("APPROX", |(_, name)| name)
    }

    /// The modifier of that name.
    pub fn parse(name: &str) -> Option<Self> {
        let modifier = Self::NAMES.iter().find(|(_, n)| *n == name);
        modifier.map(|(modifier, _)| *modifier)
    }
}

/// A stretch of the calendar as the record writes it: both ends `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, included, and alike in
/// form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day, month or year.
    pub first: String,
    /// The last; the same as `first` for one day, month or year.
    pub last: String,
}

impl Period {
    /// The stretch that a TIMEX3 value stands for. `None` for durations, sets, references such as `PAST_REF`, and values
    /// that leave the year open. A value of two joined by `/` runs from the first to the last.
    ///
    /// ```
    /// # use rapporteur_types::Period;
    /// let week = Period::of("2015-W19").unwrap();
    /// assert_eq!((week.first.as_str(), week.last.as_str()), ("2015-05-04", "2015-05-10"));
    /// assert_eq!(Period::of("P3D"), None);
    /// ```
    pub fn of(value: &str) -> Option<Self> {
        if let Some((from, to)) = value.split_once('/') {
            let (from, to) = (Period::of(from)?, Period::of(to)?);
            let alike = from.first.len() == to.last.len() && from.first <= to.last;
            return alike.then_some(Period {
                first: from.first,
                last: to.last,
            });
        }
        let day = value.split('T').next()?;
        let mut parts = day.split('-');
        let year = parts.next()?;
        let parts: Vec<&str> = parts.filter(|part| !part.starts_with("XX")).collect();
        if !year.bytes().all(|b| b.is_ascii_digit()) {
            return decade(year.strip_suffix('X')?);
        }
        match (year.len(), parts.as_slice()) {
            (4, []) => Some(Period::both(year.to_owned())),
            (4, [part]) => within(year, part),
            (4, [week, "WE"]) => weekend(year, week),
            (4, [_, _]) => Date::parse(day).map(|d| Period::both(d.to_string())),
            (3, []) => decade(year),
            (2, []) => Some(Period {
                first: format!("{year}00"),
                last: format!("{year}99"),
            }),
            _ => None,
        }
    }

    fn both(one: String) -> Self {
        Period {
            first: one.clone(),
            last: one,
        }
    }

    fn days(first: Date, last: Date) -> Self {
        Period {
            first: first.to_string(),
            last: last.to_string(),
        }
    }

    /// The first and the last day; `None` where the ends are not written as [`Period`] says.
    pub fn bounds(&self) -> Option<(Date, Date)> {
        let number = |text: Option<&str>| text.and_then(|t| t.parse::<u32>().ok());
        let parts = |end: &str| {
            let mut parts = end.split('-');
            let year = number(parts.next())? as i32;
            Some((year, number(parts.next()), number(parts.next())))
        };
        let (year, month, day) = parts(&self.first)?;
        let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1))?;
        let (year, month, day) = parts(&self.last)?;
        let month = month.unwrap_or(12);
        let last = Date::new(
            year,
            month,
            day.unwrap_or_else(|| days_in_month(year, month)),
        )?;
        Some((first, last))
    }
}

fn decade(digits: &str) -> Option<Period> {
    let sound = digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| Period {
        first: format!("{digits}0"),
        last: format!("{digits}9"),
    })
}

/// Month, week, season, quarter or half of a year. Winter is the one that begins in the year.
fn within(year: &str, part: &str) -> Option<Period> {
    let number: i32 = year.parse().ok()?;
    let months = |from: u32, to: u32| {
        Some(Period {
            first: format!("{year}-{from:02}"),
            last: format!("{year}-{to:02}"),
        })
    };
    match part {
        "SP" => months(3, 5),
        "SU" => months(6, 8),
        "FA" => months(9, 11),
        "WI" => Some(Period {
            first: format!("{year}-12"),
            last: format!("{:04}-02", number + 1),
        }),
        "H1" => months(1, 6),
        "H2" => months(7, 12),
        "Q1" => months(1, 3),
        "Q2" => months(4, 6),
        "Q3" => months(7, 9),
        "Q4" => months(10, 12),
        _ if part.starts_with('W') => {
            let monday = Date::of_week(number, part[1..].parse().ok()?)?;
            Some(Period::days(monday, monday.plus_days(6)?))
        }
        _ => {
            let month: u32 = part.parse().ok()?;
            let sound = part.len() == 2 && (1..=12).contains(&month);
            sound.then(|| Period::both(format!("{year}-{part}")))
        }
    }
}

fn weekend(year: &str, week: &str) -> Option<Period> {
    let week = week.strip_prefix('W')?.parse().ok()?;
    let monday = Date::of_week(year.parse().ok()?, week)?;
    Some(Period::days(monday.plus_days(5)?, monday.plus_days(6)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: Option<(&str, &str)>) {
        let found = Period::of(value);
        let found = found.as_ref().map(|p| (p.first.as_str(), p.last.as_str()));
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn values_as_periods() {
        check("2015", Some(("2015", "2015")));
        check("2015-02", Some(("2015-02", "2015-02")));
        check("2015-02-28", Some(("2015-02-28", "2015-02-28")));
        check("2015-02-27TNI", Some(("2015-02-27", "2015-02-27")));
        check("2015-02-27T23:30", Some(("2015-02-27", "2015-02-27")));
        check("2015-W09-WE", Some(("2015-02-28", "2015-03-01")));
        check("2015-Q3", Some(("2015-07", "2015-09")));
        check("2015-H2", Some(("2015-07", "2015-12")));
        check("2014-WI", Some(("2014-12", "2015-02")));
        check("199", Some(("1990", "1999")));
        check("199X", Some(("1990", "1999")));
        check("19", Some(("1900", "1999")));
        check("2015-03-03/2015-03-05", Some(("2015-03-03", "2015-03-05")));
        check("2013/2014", Some(("2013", "2014")));
        check("2013-XX-XX", Some(("2013", "2013")));
    }

    #[test]
    fn values_that_are_no_period() {
        for value in [
            "",
            "P3D",
            "PXY",
            "PAST_REF",
            "XXXX-WXX-2",
            "XXXX-02",
            "T12:00",
            "2015-13",
            "2015-02-30",
            "2015-W60",
            "2015-é",
            "-",
            "/",
            "2014/2013",
            "2014/2015-02",
            "20155",
            "9999-WI-é",
        ] {
            check(value, None);
        }
    }

    #[test]
    fn bounds_are_first_and_last_day() {
        let days = |value: &str| {
            let bounds = Period::of(value).and_then(|p| p.bounds());
            bounds.map(|(first, last)| format!("{first} {last}"))
        };
        assert_eq!(days("2016-02").as_deref(), Some("2016-02-01 2016-02-29"));
        assert_eq!(days("2016").as_deref(), Some("2016-01-01 2016-12-31"));
        assert_eq!(days("2014-WI").as_deref(), Some("2014-12-01 2015-02-28"));
    }
}
