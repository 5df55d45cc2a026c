//! Numbers, in figures and in words.

use types::numerals::follows;

use crate::scan::Words;
use crate::words::Class;

/// How many units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    /// Whole units; 0 where nobody knows.
    pub(crate) whole: u32,
    /// And a half.
    pub(crate) half: bool,
    /// "several", "a few": TIMEX3 writes `X`.
    pub(crate) vague: bool,
}

impl Count {
    pub(crate) const ONE: Count = Count::of(1);
    pub(crate) const VAGUE: Count = Count {
        whole: 0,
        half: false,
        vague: true,
    };

    pub(crate) const fn of(whole: u32) -> Self {
        Count {
            whole,
            half: false,
            vague: false,
        }
    }
}

/// Highest number of units that is read; more is a count of something else.
const MOST: u32 = 100_000;

/// A number of units that begins at `i`, and where it ends. Of a range ("two to three") the first end counts.
pub(crate) fn count(w: &Words, i: usize) -> Option<(Count, usize)> {
    let (count, mut end) = vague(w, i).or_else(|| exact(w, i))?;
    if let Some((_, after)) = range(w, end) {
        end = after;
    }
    // "two more weeks", "three straight days".
    const BESIDE: &[&str] = &[
        "more",
        "additional",
        "other",
        "full",
        "whole",
        "consecutive",
        "straight",
        "successive",
        "extra",
        "long",
        "short",
        "trading",
        "business",
        "working",
        "calendar",
        "odd",
        "solid",
    ];
    if w.any(end, BESIDE) && !w.any(i, &["a", "an"]) {
        end += 1;
    }
    Some((count, end))
}

fn vague(w: &Words, i: usize) -> Option<(Count, usize)> {
    const PHRASES: &[&str] = &[
        "several",
        "a few",
        "few",
        "many",
        "a number of",
        "dozens of",
        "hundreds of",
        "thousands of",
        "countless",
        "some",
    ];
    if let Some(end) = w
        .phrase(i, "a couple of")
        .or_else(|| w.phrase(i, "couple of"))
    {
        return Some((Count::of(2), end));
    }
    let end = PHRASES.iter().find_map(|phrase| w.phrase(i, phrase))?;
    Some((Count::VAGUE, end))
}

fn exact(w: &Words, i: usize) -> Option<(Count, usize)> {
    if w.any(i, &["another", "an", "a"]) && !matches!(w.class(i + 1), Class::Scale(_)) {
        let more = w.any(i + 1, &["additional", "extra", "full", "whole", "entire"]);
        let start = i + 1 + usize::from(more);
        // "another two years": the number follows.
        let number = if w.is(i, "another") {
            number(w, start)
        } else {
            None
        };
        return Some(number.map_or((Count::ONE, start), |(n, end)| (Count::of(n), end)));
    }
    let (whole, end) = number(w, i)?;
    let half = fraction(w, end);
    let count = Count {
        half: half.is_some(),
        ..Count::of(whole)
    };
    Some((count, half.unwrap_or(end)))
}

/// " 1/2", "½", ".5", "and a half" behind a number.
fn fraction(w: &Words, i: usize) -> Option<usize> {
    if w.is(i, "½") {
        return Some(i + 1);
    }
    let j = w.past_hyphen(i);
    if w.digits(j) == Some((1, 1)) && w.is(j + 1, "/") && w.digits(j + 2) == Some((1, 2)) {
        return Some(j + 3);
    }
    if w.is(i, ".") && w.glued(i) && w.digits(i + 1) == Some((1, 5)) && w.glued(i + 1) {
        return Some(i + 2);
    }
    w.phrase(i, "and a half")
        .or_else(|| w.phrase(i, "and one half"))
}

/// " to three", "-10", " or six" behind a number.
fn range(w: &Words, i: usize) -> Option<(u32, usize)> {
    let j = match w.past_hyphen(i) {
        j if j > i => j,
        _ if w.any(i, &["to", "or", "and"]) => i + 1,
        _ => return None,
    };
    let (second, end) = number(w, j)?;
    // Only where a unit follows: "between two and three years", but not "two and 300 others".
    (w.unit(w.past_hyphen(end)).is_some()).then_some((second, end))
}

/// A whole number at `i`.
pub(crate) fn number(w: &Words, i: usize) -> Option<(u32, usize)> {
    if w.digits(i).is_some() {
        return figures(w, i);
    }
    in_words(w, i)
}

fn figures(w: &Words, i: usize) -> Option<(u32, usize)> {
    let (count, mut value) = w.digits(i).filter(|_| w.opens(i))?;
    let mut end = i + 1;
    let thousands = |at: usize| {
        let comma = w.is(at, ",") && w.glued(at) && w.glued(at + 1);
        w.digits(at + 1).filter(|(count, _)| comma && *count == 3)
    };
    if count <= 3 {
        while let Some((_, next)) = thousands(end) {
            value = value.checked_mul(1000)?.checked_add(next)?;
            end += 2;
        }
    }
    let number = value <= MOST && !(w.glued(end) && w.digits(end).is_some());
    number.then_some((value, end))
}

/// "twenty-five", "two hundred and ten", "a hundred", "nineteen".
fn in_words(w: &Words, i: usize) -> Option<(u32, usize)> {
    let mut at = i;
    let (mut total, mut part, mut any) = (0u32, 0u32, false);
    if w.is(i, "a") && matches!(w.class(i + 1), Class::Scale(_)) {
        (part, at) = (1, i + 1);
    }
    loop {
        let joined = w.is(at, "and") && any && matches!(w.class(at + 1), Class::Cardinal(_));
        let next = if joined && part >= 100 {
            at + 1
        } else {
            w.past_hyphen(at)
        };
        match w.class(next) {
            Class::Cardinal(n) if !any || follows(part, n) => part += n,
            Class::Scale(100) if part > 0 && part < 100 => part *= 100,
            Class::Scale(1000) if part > 0 && total == 0 => {
                total = part.checked_mul(1000)?;
                part = 0;
            }
            _ => break,
        }
        (at, any) = (next + 1, true);
    }
    let value = total + part;
    (any && value <= MOST).then_some((value, at))
}

/// An ordinal at `i`: "third", "21st", "twenty-first".
pub(crate) fn ordinal(w: &Words, i: usize) -> Option<(u32, usize)> {
    if let Some((count, value)) = w.digits(i) {
        let suffix = w.any(i + 1, &["st", "nd", "rd", "th"]) && w.glued(i + 1);
        return (suffix && count <= 2 && w.opens(i)).then_some((value, i + 2));
    }
    match w.class(i) {
        Class::Ordinal(n) => Some((n, i + 1)),
        Class::Cardinal(tens) if tens >= 20 && tens.is_multiple_of(10) => {
            match w.class(w.past_hyphen(i + 1)) {
                Class::Ordinal(n) if n < 10 => Some((tens + n, w.past_hyphen(i + 1) + 1)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A year at `i`: "1998", "'98", "nineteen ninety-four", "two thousand and eight". Any number of four figures from 1000
/// to 2199: whether it is meant as a year, the grammar decides.
pub(crate) fn year(w: &Words, i: usize) -> Option<(i32, usize)> {
    if let Some((4, value)) = w.digits(i) {
        let sound = (1000..2200).contains(&value) && w.opens(i) && w.closes(i + 1);
        return sound.then_some((value as i32, i + 1));
    }
    if w.any(i, &["'", "’", "‘", "`"]) {
        return short(w, i);
    }
    let (century, end) = match w.class(i) {
        Class::Cardinal(n) if (16..=20).contains(&n) => (n as i32 * 100, w.past_hyphen(i + 1)),
        _ => return spoken_thousands(w, i),
    };
    // "twenty sixteen", but not "twenty six".
    let (rest, end) = in_words(w, end)?;
    ((10..100).contains(&rest)).then_some((century + rest as i32, end))
}

/// "'98": of this century up to 30, else of the last.
fn short(w: &Words, i: usize) -> Option<(i32, usize)> {
    let (2, value) = w.digits(i + 1)? else {
        return None;
    };
    let sound = w.glued(i + 1) && !w.glued(i) && w.closes(i + 2);
    let year = if value <= 30 { 2000 } else { 1900 } + value as i32;
    sound.then_some((year, i + 2))
}

/// "two thousand", "two thousand and eight".
fn spoken_thousands(w: &Words, i: usize) -> Option<(i32, usize)> {
    let end = w.phrase(i, "two thousand")?;
    let next = if w.is(end, "and") { end + 1 } else { end };
    let rest = in_words(w, next).filter(|(n, _)| *n < 100);
    Some(rest.map_or((2000, end), |(n, end)| (2000 + n as i32, end)))
}
