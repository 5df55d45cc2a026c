//! How things are written on pages.

use ledger::query::Party;

/// A stretch of a sentence, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// `t` for a trigger, `w` for words that were searched for, empty for the rest.
    pub mark: &'static str,
}

/// A sentence in pieces: its blanks made one, the trigger and the words searched for marked. The trigger is looked
/// for as whole words; where it stands twice, the first one is marked.
pub fn marked(sentence: &str, trigger: &str, sought: &str) -> Vec<Piece> {
    let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut spans: Vec<(usize, usize, &'static str)> = Vec::new();
    for part in trigger.split(['…', '|']).map(str::trim) {
        spans.extend(find_words(&sentence, part, 0).map(|(from, to)| (from, to, "t")));
    }
    for word in sought
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
    {
        let mut from = 0;
        while let Some((start, end)) = find_beginning(&sentence, word, from) {
            spans.push((start, end, "w"));
            from = end;
        }
    }
    spans.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (from, to, mark) in spans {
        if from < at {
            continue;
        }
        push(&mut pieces, &sentence[at..from], "");
        push(&mut pieces, &sentence[from..to], mark);
        at = to;
    }
    push(&mut pieces, &sentence[at..], "");
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str, mark: &'static str) {
    if !text.is_empty() {
        pieces.push(Piece {
            text: text.to_owned(),
            mark,
        });
    }
}

/// The first place of `words` in `text` from `from` on, with no letter or digit on either side.
fn find_words(text: &str, words: &str, from: usize) -> Option<(usize, usize)> {
    if words.is_empty() {
        return None;
    }
    let hits = text.get(from..)?.match_indices(words);
    hits.map(|(at, _)| (from + at, from + at + words.len()))
        .find(|(start, end)| {
            let before = text[..*start].chars().next_back();
            let after = text[*end..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}

/// The next word that begins with `word`, whatever its case, to its end.
fn find_beginning(text: &str, word: &str, from: usize) -> Option<(usize, usize)> {
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(begin), false) => {
                start = None;
                if begin >= from && begins(&text[begin..at], word) {
                    return Some((begin, at));
                }
            }
            _ => {}
        }
    }
    None
}

fn begins(word: &str, start: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    start
        .chars()
        .flat_map(char::to_lowercase)
        .all(|c| letters.next() == Some(c))
}

/// The days of something: a day, a month, a year or a stretch; empty where nothing is known.
pub fn when(first: &Option<String>, last: &Option<String>) -> String {
    let (Some(first), Some(last)) = (first, last) else {
        return String::new();
    };
    if first == last {
        return first.clone();
    }
    let whole = |text: &str| {
        ledger::Days::parse(text).map(|days| (days.first.to_string(), days.last.to_string()))
    };
    for length in [7, 4] {
        let short = first.get(..length).unwrap_or(first);
        if whole(short) == Some((first.clone(), last.clone())) {
            return short.to_owned();
        }
    }
    format!("{first} – {last}")
}

/// A number with commas: 12,345.
pub fn number(number: impl std::fmt::Display) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && out != "-" {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with what it counts: `1 story`, `2 stories`.
pub fn count(number_of: u64, what: &str) -> String {
    let number = number(number_of);
    match (number_of, what.strip_suffix('y')) {
        (1, _) => format!("{number} {what}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {what}s"),
    }
}

/// Of a hundred, without a fraction.
pub fn percent(share: &f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// Names with commas; a dash for nobody.
pub fn names(parties: &[Party]) -> String {
    match parties {
        [] => "—".to_owned(),
        parties => parties
            .iter()
            .map(|party| party.name.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// Names with commas; a dash for nobody.
pub fn listed(names: &[String]) -> String {
    if names.is_empty() {
        "—".to_owned()
    } else {
        names.join(", ")
    }
}

/// The text, or what stands for none.
pub fn or<'t>(text: &'t Option<String>, none: &'t str) -> &'t str {
    text.as_deref()
        .filter(|text| !text.is_empty())
        .unwrap_or(none)
}

/// A stretch of a bar: class, start and width of a hundred.
pub type Stretch = (usize, String, String);

/// The four classes as stretches of a bar of length 100.
pub fn bar(quads: &[u64; 4]) -> Vec<Stretch> {
    let all = quads.iter().sum::<u64>().max(1) as f64;
    let mut at = 0.0;
    let mut stretches = Vec::new();
    for (index, number) in quads.iter().enumerate() {
        let width = *number as f64 * 100.0 / all;
        if *number > 0 {
            stretches.push((index + 1, format!("{at:.2}"), format!("{width:.2}")));
        }
        at += width;
    }
    stretches
}

/// An address that is safe to lead to: only of the web. Anything else (`javascript:` …) gives nothing.
pub fn web(url: &Option<String>) -> Option<&str> {
    let url = url.as_deref()?;
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triggers_and_words_are_marked() {
        let pieces = marked("They  met, and unmet needs Met again", "met", "needs aga");
        let shown: Vec<(&str, &str)> = pieces
            .iter()
            .map(|piece| (piece.text.as_str(), piece.mark))
            .collect();
        assert_eq!(
            shown,
            [
                ("They ", ""),
                ("met", "t"),
                (", and unmet ", ""),
                ("needs", "w"),
                (" Met ", ""),
                ("again", "w")
            ]
        );
        assert_eq!(marked("", "met", "é").len(), 0);
    }

    #[test]
    fn days_are_written_as_short_as_they_are() {
        let when = |first: &str, last: &str| when(&Some(first.into()), &Some(last.into()));
        assert_eq!(when("2015-05-12", "2015-05-12"), "2015-05-12");
        assert_eq!(when("2015-05-01", "2015-05-31"), "2015-05");
        assert_eq!(when("2015-01-01", "2015-12-31"), "2015");
        assert_eq!(when("2015-01-01", "2015-12-30"), "2015-01-01 – 2015-12-30");
    }

    #[test]
    fn only_the_web_is_led_to() {
        let web = |url: &str| web(&Some(url.into())).is_some();
        assert!(web("https://example.org/") && web("HTTP://example.org"));
        assert!(
            !web("javascript:alert(1)") && !web("data:text/html,x") && !web("//x") && !web("é")
        );
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(number(-123_456), "-123,456");
        assert_eq!(count(1, "story"), "1 story");
        assert_eq!(count(2_000, "story"), "2,000 stories");
    }
}
