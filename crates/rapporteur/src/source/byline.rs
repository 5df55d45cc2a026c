//! Author lines: "by Daniel Smith May 12, 2015", "Jane Doe | The Paper", "From John Roe in Cairo".

use super::dates::{self, Found};

/// What an author line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Byline {
    /// Who wrote the story, without "by" and the date.
    pub author: String,
    /// The date that shares the line.
    pub date: Option<Found>,
}

/// Words that start an author line, lower case.
const STARTS: &[&str] = &[
    "by",
    "from",
    "story by",
    "text by",
    "posted by",
    "published by",
    "written by",
    "authored by",
];

/// Longest author line, in words.
const MOST_WORDS: usize = 20;

/// Reads `line` as an author line; `None` where it is none.
pub(super) fn byline(line: &str) -> Option<Byline> {
    let words = line.split_whitespace().count();
    if !(2..=MOST_WORDS).contains(&words) || line.ends_with(['?', '!', ':', '"', '”']) {
        return None;
    }
    let date = dates::find_date(line);
    let rest = after_start(line);
    // Without "by" only the bar between name and outlet tells an author line from a short sentence.
    let barred = || line.contains(" | ") || line.contains(" • ");
    if rest.is_none() && !barred() {
        return None;
    }
    let offset = line.len() - rest.unwrap_or(line).len();
    let end = date
        .filter(|d| d.span.start > offset)
        .map_or(line.len(), |d| d.span.start);
    let author =
        line[offset..end].trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '.');
    let author = without_words_of_date(author).to_string();
    is_names(&author).then_some(Byline { author, date })
}

/// What follows "by" or another start; `None` where the line starts otherwise.
fn after_start(line: &str) -> Option<&str> {
    STARTS.iter().find_map(|start| {
        let head = line.get(..start.len())?;
        let rest = line[start.len()..].trim_start_matches(':');
        (head.eq_ignore_ascii_case(start) && rest.starts_with(char::is_whitespace))
            .then(|| rest.trim_start())
    })
}

/// Cuts what belongs to the date off the author's end: "Jane Doe, Published on", "John Roe Tuesday".
fn without_words_of_date(author: &str) -> &str {
    const WORDS: &[&str] = &[
        "published",
        "updated",
        "posted",
        "on",
        "last",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ];
    let mut author = author;
    loop {
        let trimmed =
            author.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
        let last = trimmed.rsplit(char::is_whitespace).next().unwrap_or("");
        if last.is_empty() || !WORDS.contains(&last.trim_matches(',').to_lowercase().as_str()) {
            return trimmed;
        }
        author = &trimmed[..trimmed.len() - last.len()];
    }
}

/// Whether the words are those of names: capitals, but for small words that join or locate them, and no sentence's end.
fn is_names(author: &str) -> bool {
    const SMALL: &[&str] = &[
        "and",
        "for",
        "in",
        "of",
        "the",
        "with",
        "at",
        "de",
        "van",
        "von",
        "der",
        "den",
        "al",
        "bin",
        "da",
        "du",
        "la",
        "le",
        "el",
        "ibn",
        "staff",
        "writer",
        "correspondent",
        "reporter",
        "editor",
        "special",
        "to",
        "ben",
        "abu",
    ];
    let mut capitals = 0;
    for word in author.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = bare.starts_with(char::is_uppercase) || bare.contains(['@', '-']);
        if !capital && !bare.is_empty() && !SMALL.contains(&bare.to_lowercase().as_str()) {
            return false;
        }
        capitals += usize::from(capital);
    }
    let sentence = author.ends_with('.')
        && author
            .split_whitespace()
            .next_back()
            .is_some_and(|w| w.len() > 4);
    capitals > 0 && !sentence
}
