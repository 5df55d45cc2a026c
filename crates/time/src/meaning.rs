//! What an expression means, before it is known when it was written.

use types::{Modifier, TimeKind};

use crate::numbers::Count;
use crate::words::{Part, Season, Unit};

/// An expression that the grammar found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// The word behind its last.
    pub(crate) end: usize,
    pub(crate) meaning: Meaning,
    pub(crate) modifier: Option<Modifier>,
}

impl Found {
    pub(crate) fn new(end: usize, meaning: Meaning) -> Self {
        Found {
            end,
            meaning,
            modifier: None,
        }
    }

    /// The same length as something that recurs.
    pub(crate) fn into_set(self) -> Self {
        let meaning = match self.meaning {
            Meaning::Duration { count, unit } => Meaning::Recurring { count, unit },
            other => other,
        };
        Found { meaning, ..self }
    }

    pub(crate) fn with(self, modifier: Option<Modifier>) -> Self {
        Found {
            modifier: modifier.or(self.modifier),
            ..self
        }
    }
}

/// Which of many the words point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// No word says it: the nearest, by the tense.
    Bare,
    /// "last Friday": before the day of publication.
    Last,
    /// "this Friday": about the day of publication.
    This,
    /// "next Friday": after it.
    Next,
    /// "the previous Friday": before the day last spoken of.
    Previous,
    /// "that Friday": about the day last spoken of.
    Same,
    /// "the following Friday": after it.
    Following,
}

/// The year that an expression names, as far as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    Open,
    Is(i32),
    /// So many years after the year of publication.
    By(i32),
    /// So many years after the year last spoken of.
    Shifted(i32),
}

/// From where something is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// The day of publication.
    Published,
    /// What was spoken of last.
    Mentioned,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// A year, month or day. A month without a day, a day only with a month.
    Calendar {
        year: Year,
        month: Option<u32>,
        day: Option<u32>,
        which: Which,
    },
    /// Days of one month, "March 3-5".
    Days {
        year: Year,
        month: u32,
        first: u32,
        last: u32,
    },
    Weekday {
        day: u32,
        which: Which,
    },
    /// So many units from a base: "yesterday", "two weeks ago", "next month".
    Shift {
        unit: Unit,
        by: i32,
        base: Base,
    },
    /// "a year earlier", "a year ago": of what was spoken of last.
    YearEarlier,
    Season {
        season: Season,
        year: Year,
        which: Which,
    },
    /// `None`: "the quarter".
    Quarter {
        number: Option<u32>,
        year: Year,
        which: Which,
    },
    Half {
        number: u32,
        year: Year,
    },
    Weekend {
        which: Which,
    },
    /// The week that holds a day.
    WeekOf(Box<Meaning>),
    /// The first year of ten.
    Decade(i32),
    /// The first year of a hundred.
    Century(i32),
    /// A holiday.
    Holiday {
        holiday: Holiday,
        year: Year,
        which: Which,
    },
    /// A part of a day.
    PartOf {
        part: Part,
        day: Box<Meaning>,
    },
    /// A time of the clock; the day last spoken of where none is given.
    Clock {
        hour: u32,
        minute: u32,
        day: Option<Box<Meaning>>,
    },
    /// From the first to the last.
    Span(Box<Meaning>, Box<Meaning>),
    Duration {
        count: Count,
        unit: Unit,
    },
    /// Once in so many units.
    Recurring {
        count: Count,
        unit: Unit,
    },
    /// A value that needs no reckoning.
    Fixed(TimeKind, String),
}

/// Holidays that news dates things by, as the United States and the churches of the west keep them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// Month and day.
    On(u32, u32),
    /// The fourth Thursday of November.
    Thanksgiving,
    /// Days after Easter Sunday.
    Easter(i64),
}
