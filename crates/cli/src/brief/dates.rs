//! Dates as a person writes them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Saturday",
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
];

/// `2015-05-12` as "12 May 2015", `2015-05` as "May 2015"; anything else as it is.
pub fn date(value: &str) -> String {
    match parts(value) {
        Some((year, Some(month), Some(day))) => format!("{day} {} {year}", MONTHS[month - 1]),
        Some((year, Some(month), None)) => format!("{} {year}", MONTHS[month - 1]),
        _ => value.to_owned(),
    }
}

/// A full date with its weekday before it.
pub fn date_with_weekday(value: &str) -> String {
    match parts(value) {
        Some((year, Some(month), Some(day))) => {
            format!("{} {}", DAYS[weekday(year, month, day)], date(value))
        }
        _ => date(value),
    }
}

/// A stretch of days; one date where both are the same.
pub fn period(first: &str, last: &str) -> String {
    if first == last {
        date(first)
    } else {
        format!("{} to {}", date(first), date(last))
    }
}

fn parts(value: &str) -> Option<(usize, Option<usize>, Option<usize>)> {
    let mut fields = value.split('-');
    let year = fields.next()?.parse().ok()?;
    let mut number = |most: usize| -> Option<Option<usize>> {
        match fields.next() {
            None => Some(None),
            Some(field) => {
                let number = field.parse().ok()?;
                (1..=most).contains(&number).then_some(Some(number))
            }
        }
    };
    Some((year, number(12)?, number(31)?))
}

/// Zeller's congruence: 0 is Saturday.
fn weekday(year: usize, month: usize, day: usize) -> usize {
    let (year, month) = if month < 3 {
        (year.saturating_sub(1), month + 12)
    } else {
        (year, month)
    };
    (day + 13 * (month + 1) / 5 + year + year / 4 + year / 400 + 6 * (year / 100)) % 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_grains() {
        assert_eq!(date("2015-05-12"), "12 May 2015");
        assert_eq!(date("2015-05"), "May 2015");
        assert_eq!(date("2015"), "2015");
        assert_eq!(date("last spring"), "last spring");
        assert_eq!(date("2015-13-40"), "2015-13-40");
        assert_eq!(
            period("2013-09-20", "2013-09-27"),
            "20 September 2013 to 27 September 2013"
        );
        assert_eq!(period("2013", "2013"), "2013");
    }

    #[test]
    fn weekdays() {
        assert_eq!(date_with_weekday("2015-05-12"), "Tuesday 12 May 2015");
        assert_eq!(date_with_weekday("2000-01-01"), "Saturday 1 January 2000");
        assert_eq!(date_with_weekday("2024-02-29"), "Thursday 29 February 2024");
        assert_eq!(date_with_weekday("2024-02"), "February 2024");
    }
}
