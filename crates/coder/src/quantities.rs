//! Numbers of people and sums: "at least 90 people", "$5 billion".

use types::{NameKind, Upos, record};

use crate::offsets::Offsets;
use crate::reading::Reading;

/// A quantity and the token of its number.
pub(crate) struct Found {
    pub(crate) token: usize,
    pub(crate) quantity: record::Quantity,
}

/// All quantities in text order. Numbers that are dates, ages or parts of names are none.
pub(crate) fn quantities(reading: &Reading, offsets: &Offsets) -> Vec<Found> {
    let mut found = Vec::new();
    let mut token = 0;
    while token < reading.document.tokens.len() {
        match quantity(reading, offsets, token) {
            Some((quantity, end)) => {
                found.push(Found { token, quantity });
                token = end;
            }
            None => token += 1,
        }
    }
    found
}

fn quantity(
    reading: &Reading,
    offsets: &Offsets,
    token: usize,
) -> Option<(record::Quantity, usize)> {
    if reading.upos(token) != Upos::Num || in_name(reading, token) {
        return None;
    }
    let (value, end) = number(reading, token)?;
    let currency = token
        .checked_sub(1)
        .filter(|b| ["$", "€", "£", "US$"].contains(&reading.form(*b)));
    let noun = reading
        .head(token)
        .filter(|h| reading.relation(token) == "nummod" && *h >= end);
    let noun = noun.filter(|n| reading.sentence(*n) == reading.sentence(token));
    let (what, unit) = what(reading, token, noun, currency)?;
    let (bound, start) = bound(reading, currency.unwrap_or(token));
    let last = noun.map_or(end, |n| if n - end <= 4 { n + 1 } else { end });
    let [start, end_offset] = offsets.range(reading, &(start..last));
    let quantity = record::Quantity {
        start,
        end: end_offset,
        value: Some(value),
        bound: bound.to_owned(),
        unit,
        what: what.to_owned(),
    };
    Some((quantity, end))
}

fn in_name(reading: &Reading, token: usize) -> bool {
    reading
        .name_kind(token)
        .is_some_and(|kind| kind != NameKind::Money)
}

/// The value from `token` on, with "million" and the like, and the token behind it.
fn number(reading: &Reading, token: usize) -> Option<(f64, usize)> {
    let mut value = digits(reading.form(token)).or_else(|| small(reading.form(token)))?;
    let mut end = token + 1;
    while end < reading.document.tokens.len()
        && let Some(times) = scale(reading.form(end))
    {
        value *= times;
        end += 1;
    }
    Some((value, end))
}

fn digits(form: &str) -> Option<f64> {
    let plain: String = form.chars().filter(|c| *c != ',').collect();
    let numeric = plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    if numeric { plain.parse().ok() } else { None }
}

fn small(form: &str) -> Option<f64> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let index = WORDS.iter().position(|w| form.eq_ignore_ascii_case(w))?;
    Some(index as f64 + 1.0)
}

fn scale(form: &str) -> Option<f64> {
    match form.to_ascii_lowercase().as_str() {
        "hundred" => Some(1e2),
        "thousand" => Some(1e3),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    }
}

/// What is counted. A bare number is a quantity only where its verb says of what ("6,000 have been killed").
fn what(
    reading: &Reading,
    token: usize,
    noun: Option<usize>,
    currency: Option<usize>,
) -> Option<(&'static str, Option<String>)> {
    if let Some(sign) = currency {
        return Some(("money", Some(reading.form(sign).to_owned())));
    }
    let head = noun.unwrap_or(token);
    let verb = reading
        .head(head)
        .filter(|_| ["nsubj", "obj"].contains(&reading.relation(head)));
    let done = verb.and_then(|v| fate(reading.lemma(v)));
    let Some(noun) = noun else {
        return Some((done?, Some("people".to_owned())));
    };
    let lemma = reading.lemma(noun).to_lowercase();
    let role = reading.lexicon.agent(&lemma).map(|a| a.role);
    let what = match lemma.as_str() {
        "dollar" | "euro" | "pound" | "ruble" | "yuan" | "yen" => "money",
        "year" | "month" | "week" | "day" | "hour" | "minute" => "duration",
        "refugee" => "displaced",
        _ => done.unwrap_or(match role {
            Some("MIL") => "troops",
            _ => "other",
        }),
    };
    Some((what, Some(lemma)))
}

fn fate(verb: &str) -> Option<&'static str> {
    match verb {
        "kill" | "die" | "execute" | "murder" => Some("killed"),
        "injure" | "wound" | "hurt" => Some("injured"),
        "displace" | "flee" | "uproot" => Some("displaced"),
        "arrest" | "detain" | "jail" | "imprison" => Some("arrested"),
        _ => None,
    }
}

/// "at least", "more than" … before the number, and the token where the quantity begins.
fn bound(reading: &Reading, first: usize) -> (&'static str, usize) {
    let sentence = reading.document.sentences.get(reading.sentence(first));
    let floor = sentence.map_or(first, |s| s.tokens.start);
    let word = |back: usize| first.checked_sub(back).filter(|t| *t >= floor);
    let form = |t: Option<usize>| {
        t.map(|t| reading.form(t).to_ascii_lowercase())
            .unwrap_or_default()
    };
    let pair = format!("{} {}", form(word(2)), form(word(1)));
    let two = match pair.as_str() {
        "at least" => Some("at_least"),
        "at most" | "up to" => Some("at_most"),
        "more than" => Some("more_than"),
        "less than" | "fewer than" => Some("less_than"),
        _ => None,
    };
    if let Some(bound) = two {
        return (bound, first - 2);
    }
    let one = match form(word(1)).as_str() {
        "about" | "around" | "some" | "nearly" | "almost" | "roughly" | "approximately" => {
            Some("about")
        }
        "over" => Some("more_than"),
        "under" => Some("less_than"),
        _ => None,
    };
    one.map_or(("exactly", first), |bound| (bound, first - 1))
}
