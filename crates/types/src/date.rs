//! Days of the calendar.
//!
//! Small on purpose: the proleptic Gregorian calendar, weeks and nothing else. News is dated to the day, so that no time
//! zone is needed, and with it no database and no dependency. The arithmetic is Howard Hinnant's
//! (howardhinnant.github.io/date_algorithms.html, public domain): days are counted from 1 March, so that the leap day is
//! a year's last.

use std::fmt;

/// A day that exists, of the years 1 to 9999, in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u32,
    day: u32,
}

impl Date {
    /// The day, where it exists.
    ///
    /// ```
    /// # use rapporteur_types::Date;
    /// assert!(Date::new(2016, 2, 29).is_some());
    /// assert!(Date::new(2015, 2, 29).is_none());
    /// ```
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let sound = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        sound.then_some(Date { year, month, day })
    }

    /// Reads `YYYY-MM-DD`; what stands behind, such as a time, is left aside.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let number = |range: std::ops::Range<usize>| -> Option<u32> {
            let digits = bytes.get(range)?;
            let all = digits.iter().all(u8::is_ascii_digit);
            all.then(|| digits.iter().fold(0, |n, d| n * 10 + u32::from(d - b'0')))
        };
        let dashes = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
        let longer = bytes.get(10).is_some_and(u8::is_ascii_digit);
        if !dashes || longer {
            return None;
        }
        Date::new(
            number(0..4)?.try_into().ok()?,
            number(5..7)?,
            number(8..10)?,
        )
    }

    /// The first day that `text` (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`, and nothing behind) covers.
    ///
    /// ```
    /// # use rapporteur_types::Date;
    /// assert_eq!(Date::first_of("2016-02"), Date::new(2016, 2, 1));
    /// assert_eq!(Date::last_of("2016-02"), Date::new(2016, 2, 29));
    /// ```
    pub fn first_of(text: &str) -> Option<Self> {
        let (year, month, day) = parts(text)?;
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1))
    }

    /// The last day that such a text covers.
    pub fn last_of(text: &str) -> Option<Self> {
        let (year, month, day) = parts(text)?;
        let month = month.unwrap_or(12);
        Date::new(
            year,
            month,
            day.unwrap_or_else(|| days_in_month(year, month)),
        )
    }

    /// 1 to 9999.
    pub fn year(self) -> i32 {
        self.year
    }

    /// 1 to 12.
    pub fn month(self) -> u32 {
        self.month
    }

    /// 1 to 31.
    pub fn day(self) -> u32 {
        self.day
    }

    /// Days since 1 January 1970; negative before.
    pub fn days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = i64::from((self.month + 9) % 12);
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day that many days after 1 January 1970; `None` beyond the years 1 to 9999.
    pub fn from_days(days: i64) -> Option<Self> {
        let shifted = days.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Date::new(
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
    }

    /// The day `days` later, or earlier where it is negative; `None` beyond the years 1 to 9999.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Date::from_days(self.days().checked_add(days)?)
    }

    /// The same day `months` later or earlier; the month's last day where it has no such day.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let count = (i64::from(self.year) * 12 + i64::from(self.month) - 1).checked_add(months)?;
        let year: i32 = count.div_euclid(12).try_into().ok()?;
        let month = u32::try_from(count.rem_euclid(12)).ok()? + 1;
        if !(1..=9999).contains(&year) {
            return None;
        }
        Date::new(year, month, self.day.min(days_in_month(year, month)))
    }

    /// 1 Monday to 7 Sunday, as ISO 8601 counts.
    pub fn weekday(self) -> u32 {
        // 1 January 1970 was a Thursday.
        (self.days() + 3).rem_euclid(7) as u32 + 1
    }

    /// Year and number of the ISO 8601 week: that of its Thursday.
    pub fn week(self) -> (i32, u32) {
        let thursday = self.days() + 4 - i64::from(self.weekday());
        let year = Date::from_days(thursday).map_or(self.year, |t| t.year);
        let first = Date::new(year, 1, 1).map_or(thursday, Date::days);
        (year, ((thursday - first) / 7 + 1) as u32)
    }

    /// The Monday of ISO week `week` of `year`; `None` where the year has no such week.
    pub fn of_week(year: i32, week: u32) -> Option<Self> {
        let fourth = Date::new(year, 1, 4)?;
        let monday = fourth.plus_days(1 - i64::from(fourth.weekday()))?;
        let found = monday.plus_days((i64::from(week) - 1) * 7)?;
        (found.week() == (year, week)).then_some(found)
    }

    /// 1 to 4.
    pub fn quarter(self) -> u32 {
        (self.month - 1) / 3 + 1
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Days of a month, 1 to 12; 31 for other numbers.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year, and month and day where there are any, of a text with one to three numbers of four and two figures between hyphens.
fn parts(text: &str) -> Option<(i32, Option<u32>, Option<u32>)> {
    let mut found = [None; 3];
    for (index, part) in text.split('-').enumerate() {
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        let width = part.len() == if index == 0 { 4 } else { 2 };
        *found.get_mut(index)? = Some(part.parse::<u32>().ok().filter(|_| digits && width)?);
    }
    let [year, month, day] = found;
    Some((i32::try_from(year?).ok()?, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn days_go_there_and_back() {
        let mut day = Date::new(1, 1, 1).expect("the first day");
        let mut count = 0;
        while let Some(next) = day.plus_days(1) {
            assert_eq!(Date::from_days(next.days()), Some(next));
            assert_eq!(next.weekday(), day.weekday() % 7 + 1);
            assert!(next > day);
            (day, count) = (next, count + 1);
        }
        assert_eq!((day.to_string().as_str(), count), ("9999-12-31", 3_652_058));
    }

    #[test]
    fn weekdays_and_weeks() {
        assert_eq!(date("2015-05-12").weekday(), 2);
        assert_eq!(date("1970-01-01").weekday(), 4);
        // The days around a new year belong to the week that has their Thursday.
        assert_eq!(date("2016-01-03").week(), (2015, 53));
        assert_eq!(date("2014-12-29").week(), (2015, 1));
        assert_eq!(Date::of_week(2015, 1), Some(date("2014-12-29")));
        assert_eq!(Date::of_week(2014, 53), None);
    }

    #[test]
    fn months_are_shifted_within_their_length() {
        assert_eq!(date("2015-05-31").plus_months(-3), Some(date("2015-02-28")));
        assert_eq!(date("2015-01-31").plus_months(13), Some(date("2016-02-29")));
        assert_eq!(date("2015-05-31").plus_months(i64::MAX), None);
        assert_eq!(date("2015-05-31").plus_days(i64::MIN), None);
    }

    #[test]
    fn only_whole_dates_are_read() {
        for bad in [
            "",
            "2015",
            "2015-5-12",
            "2015-05-32",
            "2015-05-123",
            "20é5-05-12",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        assert_eq!(
            Date::parse("2015-05-12T10:00:00Z"),
            Some(date("2015-05-12"))
        );
    }

    #[test]
    fn partial_days_cover_a_month_or_a_year() {
        let both = |text: &str| {
            Some(format!(
                "{} {}",
                Date::first_of(text)?,
                Date::last_of(text)?
            ))
        };
        let expect = |text, days: &str| assert_eq!(both(text).as_deref(), Some(days), "{text}");
        expect("2015-05-12", "2015-05-12 2015-05-12");
        expect("1900-02", "1900-02-01 1900-02-28");
        expect("1999", "1999-01-01 1999-12-31");
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
