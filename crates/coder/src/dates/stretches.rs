//! The stretches of the calendar that a story names: what an event's date is chosen from.

use types::{Date, Period, TimeExpression, TimeKind, TokenRange};

use crate::reading::Reading;

/// Most stretches, and most expressions of each, that are weighed: more are no story but an archive, and take time.
const MOST: usize = 64;

/// Which way an event looks from the day of publication: "Tuesday" is the last one of what has happened, the next of plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outlook {
    Behind,
    Ahead,
}

/// How an expression names its stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// "in May", "on Tuesday".
    Plain,
    /// "since May": up to the day of publication.
    Since,
    /// "for three years": back from the day of publication.
    Lasting,
    /// "two days after": that long before the day of publication.
    Ago,
    /// "recent days", "the past months": the month or the year of publication.
    Vague,
    /// "Friday and Saturday", "from 2011 to 2013": this expression to the next.
    Joined,
}

/// An expression that names a stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Naming {
    /// Index into the document's times.
    pub(super) time: usize,
    /// Its syntactic head.
    pub(super) head: usize,
    pub(super) sentence: usize,
    pub(super) how: How,
}

/// A stretch of the calendar, with what names it, in text order.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub(super) period: Period,
    /// Days from its beginning to the publication, negative where it lies ahead; `None` where that is not known.
    pub(super) age: Option<i64>,
    pub(super) namings: Vec<Naming>,
}

/// All stretches that the story names, in the order in which they are first named.
pub(super) fn stretches(reading: &Reading, outlook: Outlook) -> Vec<Stretch> {
    let finder = Finder {
        reading,
        published: reading.document.story.published.as_deref(),
        outlook,
    };
    let mut found: Vec<Stretch> = Vec::new();
    let mut last: Option<(Naming, Period)> = None;
    for time in 0..reading.document.times.len() {
        let Some((naming, period)) = finder.naming(time) else {
            continue;
        };
        if let Some((from, joined)) = last
            .as_ref()
            .and_then(|l| finder.joined(l, &naming, &period))
        {
            finder.add(&mut found, from, joined);
        }
        finder.add(&mut found, naming, period.clone());
        last = (naming.how == How::Plain).then_some((naming, period));
    }
    found
}

struct Finder<'r, 'd> {
    reading: &'r Reading<'d>,
    published: Option<&'r str>,
    outlook: Outlook,
}

impl Finder<'_, '_> {
    fn today(&self) -> Option<Date> {
        self.published.and_then(Date::parse)
    }

    /// An expression, and the stretch that it names to an event of this outlook.
    fn naming(&self, time: usize) -> Option<(Naming, Period)> {
        let document = self.reading.document;
        let expression = &document.times[time];
        let words = document.touched(expression.span);
        let head = self.reading.head_of(&words)?;
        let (how, period) = match expression.kind {
            TimeKind::Duration => self.long(expression.value.as_deref()?, &words)?,
            TimeKind::Date | TimeKind::Time => self.plain(expression, words.start)?,
            TimeKind::Set => return None,
        };
        let sentence = self.reading.sentence(head);
        let naming = Naming {
            time,
            head,
            sentence,
            how,
        };
        Some((naming, period))
    }

    /// What a length of time names: a stretch that ends with the day of publication, or a day that long before it.
    fn long(&self, value: &str, words: &TokenRange) -> Option<(How, Period)> {
        let today = self.today().filter(|_| self.outlook == Outlook::Behind)?;
        if self.is_term(words) {
            return None;
        }
        if let Some(period) = vague(value, today) {
            return Some((How::Vague, period));
        }
        let after = self
            .reading
            .document
            .tokens
            .get(words.end)
            .is_some_and(|_| self.reading.form(words.end).eq_ignore_ascii_case("after"));
        let period = lasting(value, today)?;
        if after {
            let first = period.first.clone();
            // A length counts both of its ends, a distance one.
            let first = if value.ends_with('D') {
                Date::parse(&first)?.plus_days(-1)?.to_string()
            } else {
                first
            };
            return Some((
                How::Ago,
                Period {
                    last: first.clone(),
                    first,
                },
            ));
        }
        Some((How::Lasting, period))
    }

    /// Whether a length is that of a punishment, which begins with the act: "sentenced to three years in prison".
    fn is_term(&self, words: &TokenRange) -> bool {
        const HELD: &[&str] = &["prison", "jail", "custody", "detention", "exile", "bars"];
        let sentence = self.reading.sentence(words.start);
        let is = |token: Option<usize>, of: &[&str]| {
            token.is_some_and(|t| {
                t < self.reading.document.tokens.len()
                    && self.reading.sentence(t) == sentence
                    && of
                        .iter()
                        .any(|word| self.reading.form(t).eq_ignore_ascii_case(word))
            })
        };
        is(words.start.checked_sub(1), &["to"]) || is(Some(words.end + 1), HELD)
    }

    fn plain(&self, expression: &TimeExpression, start: usize) -> Option<(How, Period)> {
        let period = Period::of(turned(expression, self.outlook, self.published)?)?;
        let Some(today) = self.today().filter(|_| self.outlook == Outlook::Behind) else {
            return Some((How::Plain, period));
        };
        let since = self.since(start);
        let how = if since { How::Since } else { How::Plain };
        Some((how, until(period, today, since)?))
    }

    /// Whether "since" stands before the token, with no more than "at least", "about", "the" between.
    fn since(&self, start: usize) -> bool {
        let first = start.saturating_sub(3).max(
            self.reading
                .document
                .sentences
                .get(self.reading.sentence(start))
                .map_or(0, |s| s.tokens.start),
        );
        let near = (first..start).rev().find(|t| !self.loose(*t));
        near.is_some_and(|t| self.reading.form(t).eq_ignore_ascii_case("since"))
    }

    fn loose(&self, token: usize) -> bool {
        const LOOSE: &[&str] = &["about", "around", "at", "early", "late", "least", "the"];
        let form = self.reading.form(token);
        LOOSE.iter().any(|word| form.eq_ignore_ascii_case(word))
    }

    /// The stretch from the one expression to the next, where they are joined.
    fn joined(
        &self,
        (from, first): &(Naming, Period),
        to: &Naming,
        last: &Period,
    ) -> Option<(Naming, Period)> {
        const JOINS: &[&str] = &["and", "to", "through", "until", "till", "-", "–", "—"];
        let document = self.reading.document;
        let between = document.touched(document.times[from.time].span).end
            ..document.touched(document.times[to.time].span).start;
        let joins = |t: usize| {
            JOINS
                .iter()
                .any(|word| self.reading.form(t).eq_ignore_ascii_case(word))
        };
        let near = from.sentence == to.sentence
            && to.how == How::Plain
            && (1..=2).contains(&between.len());
        let alike = first.first.len() == last.last.len() && first.first < last.last;
        let joined = near && alike && between.clone().next().is_some_and(joins);
        joined.then(|| {
            let period = Period {
                first: first.first.clone(),
                last: last.last.clone(),
            };
            (
                Naming {
                    how: How::Joined,
                    ..*from
                },
                period,
            )
        })
    }

    fn add(&self, to: &mut Vec<Stretch>, naming: Naming, period: Period) {
        let Some((first, _)) = period.bounds() else {
            return;
        };
        let at = to
            .iter()
            .position(|s| s.period == period)
            .unwrap_or(to.len());
        if at == to.len() && at < MOST {
            to.push(Stretch {
                age: self.today().map(|day| day.days() - first.days()),
                period,
                namings: Vec::new(),
            });
        }
        if let Some(stretch) = to.get_mut(at).filter(|s| s.namings.len() < MOST) {
            stretch.namings.push(naming);
        }
    }
}

/// What has happened lies before the story: the stretch as far as the day of publication, or from its beginning to that
/// day behind "since". `None` where it lies ahead altogether, but for the day after, when a story may be brought up to date.
fn until(period: Period, today: Date, since: bool) -> Option<Period> {
    let (first, last) = period.bounds()?;
    if first.days() > today.days() + 1 {
        return None;
    }
    let day = today.to_string();
    // The end is written as finely as the beginning.
    let today = day.get(..period.first.len()).unwrap_or(&day).to_owned();
    let week = period.first.len() == 10 && last.days() > first.days() + 1 && last.to_string() > day;
    let last = if (since || week) && today >= period.first {
        today
    } else {
        period.last
    };
    Some(Period { last, ..period })
}

/// The stretch of that length that ends with the day of publication, in the unit of the length.
fn lasting(value: &str, today: Date) -> Option<Period> {
    let length = value.strip_prefix('P')?;
    let digits = length.bytes().take_while(u8::is_ascii_digit).count();
    let count: i64 = length
        .get(..digits)?
        .parse()
        .ok()
        .filter(|n| (1..=1000).contains(n))?;
    let (first, grain) = match length.get(digits..)?.bytes().next()? {
        b'Y' => {
            // "four and a half years".
            let months = length
                .get(digits + 1..)?
                .strip_suffix('M')
                .and_then(|m| m.parse().ok())
                .unwrap_or(0i64);
            (today.plus_months(-12 * count - months.clamp(0, 11))?, 4)
        }
        b'M' => (today.plus_months(-count)?, 7),
        b'W' => (today.plus_days(-7 * count)?, 10),
        b'D' => (today.plus_days(1 - count)?, 10),
        _ => return None,
    };
    let end = |day: Date| day.to_string().get(..grain).map(str::to_owned);
    Some(Period {
        first: end(first)?,
        last: end(today)?,
    })
}

/// What "recent days" and "the past months" come to.
fn vague(value: &str, today: Date) -> Option<Period> {
    let grain = match value {
        "PXD" | "PXW" => 7,
        "PXM" => 4,
        _ => return None,
    };
    let day = today.to_string();
    let one = day.get(..grain)?.to_owned();
    Some(Period {
        first: one.clone(),
        last: one,
    })
}

/// The value of a time expression as an event of this outlook reads it.
fn turned<'t>(
    time: &'t TimeExpression,
    outlook: Outlook,
    published: Option<&str>,
) -> Option<&'t str> {
    let value = time.value.as_deref()?;
    let (Some(other), Some(published)) = (time.other.as_deref(), published) else {
        return Some(value);
    };
    // A story may be brought up to date the day after it was first published.
    let morrow = Date::parse(published)?.plus_days(1)?;
    let first = |value: &str| Some(Period::of(value)?.bounds()?.0);
    let ahead = |value: &str| first(value).is_some_and(|day| day > morrow);
    let days = |v: &str| v.get(..10).and_then(Date::parse).map(Date::days);
    let weekday = days(value)
        .zip(days(other))
        .is_some_and(|(a, b)| a.abs_diff(b) == 7);
    let turn = match outlook {
        Outlook::Ahead => weekday && !ahead(value) && ahead(other),
        Outlook::Behind => ahead(value) && !ahead(other),
    };
    Some(if turn { other } else { value })
}
