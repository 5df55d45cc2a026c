//! What a single word can mean for time.

use types::numerals;

/// What a word is, whatever stands around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Nothing that the grammar looks up by class.
    Other,
    /// 1 to 12; `true` for a short form, which may be followed by a full stop.
    Month(u32, bool),
    /// 1 Monday to 7 Sunday; `true` for a short form.
    Weekday(u32, bool),
    /// "Mondays".
    Weekdays(u32),
    /// A number in words, 0 to 99.
    Cardinal(u32),
    /// "hundred" and "thousand".
    Scale(u32),
    /// "third", "twentieth", 1 to 90.
    Ordinal(u32),
    /// A unit of time; `true` in the plural.
    Unit(Unit, bool),
    Season(Season),
    Part(Part),
    /// Figures; how many, and what they are worth.
    Digits(usize, u32),
}

/// Units, the finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// How a duration of one is written, less its number: prefix, letter, and how many of them.
    pub(crate) fn duration(self) -> (&'static str, u32, char) {
        match self {
            Unit::Second => ("PT", 1, 'S'),
            Unit::Minute => ("PT", 1, 'M'),
            Unit::Hour => ("PT", 1, 'H'),
            Unit::Day => ("P", 1, 'D'),
            Unit::Weekend => ("P", 1, 'W'),
            Unit::Week => ("P", 1, 'W'),
            Unit::Fortnight => ("P", 2, 'W'),
            Unit::Month => ("P", 1, 'M'),
            Unit::Quarter => ("P", 1, 'Q'),
            Unit::Year => ("P", 1, 'Y'),
            Unit::Decade => ("P", 10, 'Y'),
            Unit::Century => ("P", 100, 'Y'),
        }
    }
}

/// TIMEX3's seasons, by the northern year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// Its first month.
    pub(crate) fn month(self) -> u32 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}

/// TIMEX3's parts of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

impl Part {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Part::Morning => "TMO",
            Part::Midday => "TMI",
            Part::Afternoon => "TAF",
            Part::Evening => "TEV",
            Part::Night => "TNI",
        }
    }
}

/// The class of a word in lower case.
pub(crate) fn class(word: &str) -> Class {
    // All words of the table have 3 to 11 letters.
    if !(3..=11).contains(&word.len()) {
        return Class::Other;
    }
    calendar(word)
        .or_else(|| number(word))
        .or_else(|| unit(word))
        .unwrap_or(Class::Other)
}

fn calendar(word: &str) -> Option<Class> {
    use Class::{Month, Weekday, Weekdays};
    Some(match word {
        "january" => Month(1, false),
        "february" => Month(2, false),
        "march" => Month(3, false),
        "april" => Month(4, false),
        "may" => Month(5, false),
        "june" => Month(6, false),
        "july" => Month(7, false),
        "august" => Month(8, false),
        "september" => Month(9, false),
        "october" => Month(10, false),
        "november" => Month(11, false),
        "december" => Month(12, false),
        "jan" => Month(1, true),
        "feb" => Month(2, true),
        "mar" => Month(3, true),
        "apr" => Month(4, true),
        "jun" => Month(6, true),
        "jul" => Month(7, true),
        "aug" => Month(8, true),
        "sep" | "sept" => Month(9, true),
        "oct" => Month(10, true),
        "nov" => Month(11, true),
        "dec" => Month(12, true),
        "monday" => Weekday(1, false),
        "tuesday" => Weekday(2, false),
        "wednesday" => Weekday(3, false),
        "thursday" => Weekday(4, false),
        "friday" => Weekday(5, false),
        "saturday" => Weekday(6, false),
        "sunday" => Weekday(7, false),
        "mon" => Weekday(1, true),
        "tue" | "tues" => Weekday(2, true),
        "wed" => Weekday(3, true),
        "thu" | "thur" | "thurs" => Weekday(4, true),
        "fri" => Weekday(5, true),
        "sat" => Weekday(6, true),
        "sun" => Weekday(7, true),
        "mondays" => Weekdays(1),
        "tuesdays" => Weekdays(2),
        "wednesdays" => Weekdays(3),
        "thursdays" => Weekdays(4),
        "fridays" => Weekdays(5),
        "saturdays" => Weekdays(6),
        "sundays" => Weekdays(7),
        _ => return None,
    })
}

const ORDINALS: [&str; 21] = [
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

fn number(word: &str) -> Option<Class> {
    let scale = || match numerals::scale(word)? {
        // More units of time than thousands nobody counts.
        times @ (100 | 1000) => u32::try_from(times).ok().map(Class::Scale),
        _ => None,
    };
    let ordinal = || match word {
        "thirtieth" => Some(Class::Ordinal(30)),
        _ => ORDINALS
            .iter()
            .position(|w| *w == word)
            .map(|n| Class::Ordinal(n as u32)),
    };
    let cardinal = numerals::cardinal(word).map(Class::Cardinal);
    cardinal.or_else(scale).or_else(ordinal)
}

fn unit(word: &str) -> Option<Class> {
    use Class::Unit as U;
    Some(match word {
        // "second" is an ordinal; the grammar takes it for a unit behind a number.
        "seconds" => U(Unit::Second, true),
        "minute" => U(Unit::Minute, false),
        "minutes" => U(Unit::Minute, true),
        "hour" => U(Unit::Hour, false),
        "hours" => U(Unit::Hour, true),
        "day" => U(Unit::Day, false),
        "days" => U(Unit::Day, true),
        "weekend" => U(Unit::Weekend, false),
        "weekends" => U(Unit::Weekend, true),
        "week" => U(Unit::Week, false),
        "weeks" => U(Unit::Week, true),
        "fortnight" => U(Unit::Fortnight, false),
        "month" => U(Unit::Month, false),
        "months" => U(Unit::Month, true),
        "quarter" => U(Unit::Quarter, false),
        "quarters" => U(Unit::Quarter, true),
        "year" => U(Unit::Year, false),
        "years" => U(Unit::Year, true),
        "decade" => U(Unit::Decade, false),
        "decades" => U(Unit::Decade, true),
        "century" => U(Unit::Century, false),
        "centuries" => U(Unit::Century, true),
        "spring" => Class::Season(Season::Spring),
        "summer" | "summers" => Class::Season(Season::Summer),
        "autumn" | "fall" => Class::Season(Season::Autumn),
        "winter" | "winters" => Class::Season(Season::Winter),
        "dawn" | "morning" | "mornings" => Class::Part(Part::Morning),
        "noon" | "midday" => Class::Part(Part::Midday),
        "afternoon" | "afternoons" => Class::Part(Part::Afternoon),
        "dusk" | "evening" | "evenings" => Class::Part(Part::Evening),
        "night" | "nights" => Class::Part(Part::Night),
        _ => return None,
    })
}
