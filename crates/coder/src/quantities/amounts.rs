//! Numbers as they stand in a text.

use types::{TokenRange, Upos, numerals};

use crate::reading::Reading;

/// A number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    /// Its words.
    pub(super) tokens: TokenRange,
    /// The word of them on which it hangs in the tree.
    pub(super) head: usize,
    /// `None` where it is only known that there are several: "dozens".
    pub(super) value: Option<f64>,
    /// The higher end of "20 to 30".
    pub(super) to: Option<f64>,
    /// Whether "between" stands before it.
    pub(super) between: bool,
}

/// Plurals that tell a size and no number.
const VAGUE: &[&str] = &[
    "dozens",
    "scores",
    "tens",
    "hundreds",
    "thousands",
    "millions",
    "billions",
    "trillions",
];

/// The number that begins at `token`, in one sentence.
pub(super) fn amount(reading: &Reading, token: usize) -> Option<Amount> {
    let text = Text {
        reading,
        end: sentence_end(reading, token),
    };
    let between = text.is(token, "between");
    let start = if between { token + 1 } else { token };
    let found = text.vague(start).map(|end| (None, None, end));
    let (value, to, end) = match found {
        Some(found) => found,
        None => {
            let (value, end) = text.number(start)?;
            match text.range(start, end, between) {
                Some((to, end)) if to > value => {
                    // "20 to 30 million": the millions count for both.
                    let times = text
                        .word(end - 1)
                        .and_then(|w| numerals::scale(&w))
                        .map_or(1.0, |n| n as f64);
                    let low = if value * times < to {
                        value * times
                    } else {
                        value
                    };
                    (Some(low), Some(to), end)
                }
                _ if between => return None,
                _ => (Some(value), None, end),
            }
        }
    };
    let tokens = start..end;
    let head = reading.document.head_of(&tokens)?;
    Some(Amount {
        tokens,
        head,
        value,
        to,
        between,
    })
}

fn sentence_end(reading: &Reading, token: usize) -> usize {
    let sentence = reading.document.sentences.get(reading.sentence(token));
    let count = reading.document.tokens.len();
    sentence.map_or(count, |s| s.tokens.end.min(count))
}

struct Text<'r, 'd> {
    reading: &'r Reading<'d>,
    end: usize,
}

impl Text<'_, '_> {
    fn word(&self, at: usize) -> Option<String> {
        (at < self.end).then(|| self.reading.form(at).to_lowercase())
    }

    fn is(&self, at: usize, word: &str) -> bool {
        at < self.end && self.reading.form(at).eq_ignore_ascii_case(word)
    }

    /// "dozens", "tens of thousands", "several hundred", "a few": where it ends.
    fn vague(&self, at: usize) -> Option<usize> {
        let is_vague = |at: usize| self.word(at).is_some_and(|w| VAGUE.contains(&w.as_str()));
        if is_vague(at) {
            let more = self.is(at + 1, "of") && is_vague(at + 2);
            return Some(if more { at + 3 } else { at + 1 });
        }
        let few = self.is(at, "several").then_some(at + 1);
        let some = |word: &str| (self.is(at, "a") && self.is(at + 1, word)).then_some(at + 2);
        if let Some(end) = some("handful") {
            return Some(end);
        }
        let few = few.or_else(|| some("few"))?;
        let scaled = self
            .word(few)
            .is_some_and(|w| w == "dozen" || numerals::scale(&w).is_some());
        Some(if scaled { few + 1 } else { few })
    }

    /// The number at `at`, and where it ends.
    fn number(&self, at: usize) -> Option<(f64, usize)> {
        if self.is(at, "half") && self.is(at + 1, "a") {
            let times = numerals::scale(&self.word(at + 2)?)?;
            return Some((times as f64 / 2.0, at + 3));
        }
        // "a dozen", "a hundred"; but "a" alone is no number.
        if self.is(at, "a") {
            let next = self.word(at + 1)?;
            let value = match numerals::scale(&next) {
                Some(times) => times as f64,
                None => f64::from(numerals::cardinal(&next).filter(|n| *n == 12)?),
            };
            return Some(self.scaled(value, at + 2));
        }
        let (value, end) = self.figures(at).or_else(|| self.in_words(at))?;
        Some(self.scaled(value, end))
    }

    fn is_number(&self, at: usize) -> bool {
        at < self.end && self.reading.upos(at) == Upos::Num
    }

    fn figures(&self, at: usize) -> Option<(f64, usize)> {
        let form = self.word(at).filter(|_| self.is_number(at))?;
        let plain: String = form.chars().filter(|c| *c != ',').collect();
        let numeric = plain.starts_with(|c: char| c.is_ascii_digit())
            && plain.chars().all(|c| c.is_ascii_digit() || c == '.');
        Some((plain.parse().ok().filter(|_| numeric)?, at + 1))
    }

    /// "twenty-five", "two hundred and ten".
    fn in_words(&self, at: usize) -> Option<(f64, usize)> {
        let cardinal = |at: usize| numerals::cardinal(&self.word(at)?);
        let mut part = cardinal(at).filter(|_| self.is_number(at))?;
        let mut end = at + 1;
        loop {
            let next = if self.is(end, "-") || part >= 100 && self.is(end, "and") {
                end + 1
            } else {
                end
            };
            match (cardinal(next), self.word(next).as_deref()) {
                (Some(n), _) if numerals::follows(part, n) => part += n,
                (_, Some("hundred")) if (1..100).contains(&part) => part *= 100,
                _ => break,
            }
            end = next + 1;
        }
        Some((f64::from(part), end))
    }

    /// "million" and the like behind a number; "dozen" as well.
    fn scaled(&self, mut value: f64, mut end: usize) -> (f64, usize) {
        loop {
            let next = if self.is(end, "-") { end + 1 } else { end };
            let times = self.word(next).and_then(|w| match w.as_str() {
                "dozen" => Some(12),
                w => numerals::scale(w),
            });
            let Some(times) = times else {
                return (value, end);
            };
            value *= times as f64;
            end = next + 1;
        }
    }

    /// Whether `to` is hardly more than the number at `at`: twice at most.
    fn upto(&self, at: usize, to: f64) -> bool {
        self.number(at).is_some_and(|(from, _)| to <= 2.0 * from)
    }

    /// The second number of a range behind the first.
    fn range(&self, start: usize, at: usize, between: bool) -> Option<(f64, usize)> {
        // "rose from 20 to 30" tells of two numbers.
        if start > 0 && self.is(start - 1, "from") {
            return None;
        }
        let joins: &[&str] = if between {
            &["and"]
        } else {
            &["to", "or", "-", "–"]
        };
        let joined = joins.iter().any(|word| self.is(at, word));
        let second = joined.then(|| self.number(at + 1)).flatten()?;
        // "Three or four" is a range; of "400 or one in ten" the second is another number.
        let beside = !self.is(at, "or") || self.is_number(start) && self.upto(start, second.0);
        beside.then_some(second)
    }
}
