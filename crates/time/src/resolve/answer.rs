//! Values as TIMEX3 writes them.

use types::{Date, TimeKind};

use crate::numbers::Count;
use crate::words::Unit;

/// A stretch of the calendar that was spoken of, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) unit: Unit,
    pub(super) date: Date,
}

/// An expression's type and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) kind: TimeKind,
    pub(crate) value: Option<String>,
    /// The value by the other lean, where it differs.
    pub(crate) other: Option<String>,
    pub(super) point: Option<Point>,
}

impl Answer {
    pub(super) fn new(kind: TimeKind, value: Option<String>) -> Self {
        Answer {
            kind,
            value,
            other: None,
            point: None,
        }
    }

    /// The stretch of one unit that begins on or holds `date`.
    pub(super) fn at(unit: Unit, date: Option<Date>) -> Self {
        let point = date.map(|date| Point { unit, date });
        Answer {
            point,
            ..Answer::new(TimeKind::Date, date.map(|date| written(unit, date)))
        }
    }

    /// One of two stretches, and the value of the other.
    pub(super) fn of_two(unit: Unit, (chosen, other): (Option<Date>, Option<Date>)) -> Self {
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

/// A length of time.
pub(super) fn duration(count: Count, unit: Unit) -> String {
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
