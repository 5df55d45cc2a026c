//! Dates of publication, as outlets write them.

use types::Span;

/// The date in `text`, as `YYYY-MM-DD`: ISO 8601 with or without a time, or written out ("May 12, 2015",
/// "Tuesday, 12th May 2015, 10:30 GMT"), or in figures ("5/12/2015", "13.5.2015" and "13/5/2015" are all in May: with slashes
/// the month comes first where it can).
/// `None` where there is no complete, valid date.
pub fn parse_date(text: &str) -> Option<String> {
    let found = find_date(text)?;
    found.date.map(|date| date.to_string())
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Date {
    /// A day that exists, from 1700 (before which there are no news) to 2199.
    fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let valid = (1700..2200).contains(&year) && (1..=last).contains(&day);
        valid.then_some(Date {
            year: year as u16,
            month: month as u8,
            day: day as u8,
        })
    }
}

/// A date found in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its words.
    pub span: Span,
    /// `None` where the year is missing ("May 12") or the day does not exist.
    pub date: Option<Date>,
}

/// A run of letters or of digits in a line.
#[derive(Clone, Copy)]
struct Item<'t> {
    text: &'t str,
    span: Span,
}

impl Item<'_> {
    fn number(&self) -> Option<u32> {
        let digits = self
            .text
            .trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ordinal = matches!(
            &self.text[digits.len()..],
            "" | "st" | "nd" | "rd" | "th" | "T"
        );
        if ordinal && digits.len() <= 8 {
            digits.parse().ok()
        } else {
            None
        }
    }

    fn year(&self) -> Option<u32> {
        self.number()
            .filter(|_| self.text.trim_end_matches('T').len() == 4)
    }

    fn day(&self) -> Option<u32> {
        self.number().filter(|n| (1..=31).contains(n))
    }

    fn month(&self) -> Option<u32> {
        let lower = self.text.to_ascii_lowercase();
        let at = MONTHS
            .iter()
            .position(|month| *month == lower || lower.len() >= 3 && month.starts_with(&lower))?;
        Some(at as u32 + 1).filter(|_| lower.len() <= 4 || MONTHS[at] == lower)
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The first date in `line`, with a year where one can be found.
pub(super) fn find_date(line: &str) -> Option<Found> {
    let items = items(line);
    let found = (0..items.len()).find_map(|i| date_at(line, &items[i..]));
    found.or_else(|| (0..items.len()).find_map(|i| day_and_month(&items[i..])))
}

/// The first items of a line: a date that says when a story was published stands in a short line.
fn items(line: &str) -> Vec<Item<'_>> {
    const MOST: usize = 40;
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(Item {
                    text: &line[from..at],
                    span: Span::new(from, at),
                });
                start = None;
            }
            _ => {}
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

fn date_at(line: &str, items: &[Item]) -> Option<Found> {
    let [a, rest @ ..] = items else { return None };
    if let Some(found) = compact(a) {
        return Some(found);
    }
    let [b, c, ..] = rest else { return None };
    let span = a.span.cover(c.span);
    let found = |date| Some(Found { span, date });
    if let (Some(month), Some(day), Some(year)) = (a.month(), b.day(), c.year()) {
        return found(Date::new(year, month, day));
    }
    if let (Some(day), Some(month), Some(year)) = (a.day(), b.month(), c.year()) {
        return found(Date::new(year, month, day));
    }
    // ISO times are glued on with a T: "2015-05-12T10:00:00Z".
    let last = c.text.split('T').next().and_then(|day| day.parse().ok());
    let figures = |sign: &str| {
        &line[a.span.end..b.span.start] == sign && &line[b.span.end..c.span.start] == sign
    };
    if let (Some(year), Some(month), Some(day)) = (a.year(), b.number(), last)
        && ["-", "/", "."].into_iter().any(figures)
    {
        return found(Date::new(year, month, day));
    }
    let (first, second, year) = (a.number()?, b.number()?, c.year()?);
    if figures("/") && first <= 12 {
        return found(Date::new(year, first, second));
    }
    if ["/", ".", "-"].into_iter().any(figures) {
        return found(Date::new(year, second, first));
    }
    None
}

/// "20150512".
fn compact(item: &Item) -> Option<Found> {
    let digits = item.text;
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| digits[range].parse().ok();
    let date = Date::new(part(0..4)?, part(4..6)?, part(6..8)?)?;
    Some(Found {
        span: item.span,
        date: Some(date),
    })
}

/// "May 12", "12 May": a date without its year.
fn day_and_month(items: &[Item]) -> Option<Found> {
    let [a, b, ..] = items else { return None };
    let capital = |item: &Item| item.text.starts_with(char::is_uppercase);
    let found = a.month().is_some() && capital(a) && b.day().is_some()
        || a.day().is_some() && b.month().is_some() && capital(b);
    found.then_some(Found {
        span: a.span.cover(b.span),
        date: None,
    })
}

/// Words that stand beside a date in a line that says no more than when a story was published, lower case, sorted.
const BESIDE: &[&str] = &[
    "a",
    "ago",
    "am",
    "at",
    "bst",
    "cest",
    "cet",
    "cst",
    "date",
    "dated",
    "day",
    "edt",
    "est",
    "et",
    "fri",
    "friday",
    "from",
    "gmt",
    "h",
    "hours",
    "hrs",
    "ist",
    "last",
    "local",
    "m",
    "min",
    "modified",
    "mon",
    "monday",
    "on",
    "p",
    "pdt",
    "pm",
    "posted",
    "pst",
    "publication",
    "published",
    "pt",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "t",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "time",
    "tue",
    "tues",
    "tuesday",
    "update",
    "updated",
    "utc",
    "wed",
    "wednesday",
    "z",
];

/// The date of a line that holds nothing else but a weekday, a time and the like; `None` for other lines.
pub(super) fn date_line(line: &str) -> Option<Found> {
    if line.len() > 160 {
        return None;
    }
    let found = find_date(line)?;
    let beside = |word: &str| {
        word.bytes().all(|b| b.is_ascii_digit())
            || BESIDE.contains(
                &word
                    .to_ascii_lowercase()
                    .trim_start_matches(|c: char| c.is_ascii_digit()),
            )
            || find_date(word).is_some()
            || word.chars().all(|c| !c.is_alphanumeric())
    };
    let other = [&line[..found.span.start], &line[found.span.end..]];
    // A second date may follow: "Published May 12, 2015; updated May 13, 2015".
    let rest = other.concat();
    let rest = match find_date(other[1]) {
        Some(second) => [
            other[0],
            &other[1][..second.span.start],
            &other[1][second.span.end..],
        ]
        .concat(),
        None => rest,
    };
    rest.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(beside)
        .then_some(found)
}
