//! Days, as far as terms of office need them.

use std::fmt;

/// A day of the calendar. Days compare as they follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

impl Day {
    /// The day of `year`, `month` (1 to 12) and `day` (1 to 31); nothing where the calendar has no such day.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Day> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let sound = (1..=9999).contains(&year) && (1..=length).contains(&day);
        sound.then_some(Day(year * 10_000 + month * 100 + day))
    }

    /// The first day that `text` (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`) covers.
    pub fn first_of(text: &str) -> Option<Day> {
        let [year, month, day] = parts(text)?;
        Day::new(year?, month.unwrap_or(1), day.unwrap_or(1))
    }

    /// The last day that `text` (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`) covers.
    pub fn last_of(text: &str) -> Option<Day> {
        let [year, month, day] = parts(text)?;
        let (year, month) = (year?, month.unwrap_or(12));
        match day {
            Some(day) => Day::new(year, month, day),
            None => (28..=31).rev().find_map(|day| Day::new(year, month, day)),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Year, month and day of a text with one to three numbers between hyphens.
fn parts(text: &str) -> Option<[Option<u32>; 3]> {
    let mut found = [None; 3];
    for (index, part) in text.split('-').enumerate() {
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        let width = part.len() == if index == 0 { 4 } else { 2 };
        *found.get_mut(index)? = Some(part.parse().ok().filter(|_| digits && width)?);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> Option<String> {
        Some(format!("{} {}", Day::first_of(text)?, Day::last_of(text)?))
    }

    #[test]
    fn partial_days_cover_a_month_or_a_year() {
        let expect = |text, days: &str| assert_eq!(both(text).as_deref(), Some(days), "{text}");
        expect("2015-05-12", "2015-05-12 2015-05-12");
        expect("2016-02", "2016-02-01 2016-02-29");
        expect("1900-02", "1900-02-01 1900-02-28");
        expect("1999", "1999-01-01 1999-12-31");
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2015-13",
            "2015-02-29",
            "15-05-12",
            "2015-5-1",
            "2015-05-12-01",
            "+201",
            "0000",
        ] {
            assert_eq!(both(text), None, "{text}");
        }
    }
}
