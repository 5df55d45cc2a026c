//! Days, and the stretches of days that dates stand for.

use std::fmt;

/// A day of the Gregorian calendar, as the number of days since 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The day `YYYY-MM-DD`; `None` where that is none, or its year is not of four digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month, day) = fields(text)?;
        let (month, day) = (month?, day?);
        (day <= last_of(year, month)).then(|| Day(number(year, month, day)))
    }

    /// Days since 1 January 1970.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day that many days since 1 January 1970.
    pub fn from_number(number: i32) -> Self {
        Day(number)
    }
}

impl fmt::Display for Day {
    /// As `YYYY-MM-DD`, after Hinnant, "chrono-compatible low-level date algorithms" (2014).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let z = i64::from(self.0) + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year + era * 400 + i64::from(month <= 2);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn number(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted = if month > 2 { month - 3 } else { month + 9 } as i32;
    let of_year = (153 * shifted + 2) / 5 + day as i32 - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn last_of(year: i32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year, month and day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn fields(text: &str) -> Option<(i32, Option<u32>, Option<u32>)> {
    let mut parts = text.split('-');
    let mut next = |length: usize| match parts.next() {
        None => Some(None),
        Some(digits) if digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit()) => {
            digits.parse().ok().map(Some)
        }
        Some(_) => None,
    };
    let (year, month, day): (Option<u32>, _, _) = (next(4)?, next(2)?, next(2)?);
    let month = month.map(|m: u32| (1..=12).contains(&m).then_some(m));
    let day = day.map(|d: u32| (1..=31).contains(&d).then_some(d));
    if parts.next().is_some() || month == Some(None) || day == Some(None) {
        return None;
    }
    Some((year? as i32, month.flatten(), day.flatten()))
}

/// The days from the first to the last on which something may have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first of them.
    pub first: Day,
    /// The last, not before the first.
    pub last: Day,
}

impl Days {
    /// The days of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month, day) = fields(text)?;
        if day.is_some() {
            let day = Day::parse(text)?;
            return Some(Days {
                first: day,
                last: day,
            });
        }
        let (from, to) = month.map_or((1, 12), |month| (month, month));
        Some(Days {
            first: Day(number(year, from, 1)),
            last: Day(number(year, to, last_of(year, to))),
        })
    }

    /// The days from the start of `first` to the end of `last`; `None` where one is no date, or they are in disorder.
    pub fn between(first: &str, last: &str) -> Option<Self> {
        let days = Days {
            first: Days::parse(first)?.first,
            last: Days::parse(last)?.last,
        };
        (days.first <= days.last).then_some(days)
    }

    /// The days that are in both; `None` where there are none.
    pub fn common(self, other: Self) -> Option<Self> {
        let both = Days {
            first: self.first.max(other.first),
            last: self.last.min(other.last),
        };
        (both.first <= both.last).then_some(both)
    }

    /// How many days these are, at least 1.
    pub fn length(self) -> i32 {
        self.last.0 - self.first.0 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Option<String> {
        Days::parse(text).map(|d| format!("{}/{}", d.first, d.last))
    }

    #[test]
    fn dates_are_stretches_of_days() {
        assert_eq!(days("2015-05-12").as_deref(), Some("2015-05-12/2015-05-12"));
        assert_eq!(days("2016-02").as_deref(), Some("2016-02-01/2016-02-29"));
        assert_eq!(days("1999").as_deref(), Some("1999-01-01/1999-12-31"));
        for wrong in [
            "",
            "15",
            "2015-13",
            "2015-02-30",
            "2015-5-1",
            "2015-05-12T10",
            "soon",
            "2015-05-12-1",
        ] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_day_is_read_as_it_is_written() {
        for number in (-200_000..200_000).step_by(37) {
            let day = Day(number);
            assert_eq!(Day::parse(&day.to_string()), Some(day));
        }
        assert_eq!(Day(0).to_string(), "1970-01-01");
    }

    #[test]
    fn what_two_stretches_share() {
        let may = Days::parse("2015-05").expect("a month");
        let day = Days::parse("2015-05-12").expect("a day");
        assert_eq!(may.common(day), Some(day));
        assert_eq!(day.common(Days::parse("2015-06").expect("a month")), None);
        assert_eq!(may.length(), 31);
        assert_eq!(Days::between("2015-06", "2015-05"), None);
    }
}
