//! A story of a text.

use sha2::{Digest, Sha256};
use types::{PartKind, Problem, Story};

use super::dates::parse_date;
use super::language::language;
use super::parts::layout;

/// What the giver of a text knows of the story; all may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The giver's own name for it: a file name, an id.
    pub reference: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// The headline, which may or may not stand in the text.
    pub headline: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Date of publication, in any form that [`parse_date`] reads.
    pub published: Option<String>,
}

/// Makes a story of `text`: finds its parts, its language and, where `given` lacks them, headline, author and date of
/// publication. What is given wins over what is found.
///
/// Never fails; the story's problems are `blank` (no text at all), `bad_date` (a given date that is none) and
/// `not_english`.
pub fn story(text: String, given: Given) -> Story {
    let layout = layout(&text, given.headline.as_deref());
    let found = |kind| {
        layout
            .first(&text, kind)
            .map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let (headline, section) = (found(PartKind::Headline), found(PartKind::Section));
    let mut problems = Vec::new();
    let published = given.published.and_then(|date| dated(&date, &mut problems));
    let mut story = Story {
        id: id(&text),
        reference: given.reference,
        url: given.url,
        publisher: given.publisher,
        headline: given.headline.or(headline),
        byline: given.byline.or(layout.author),
        section,
        published: published.or(layout.published),
        parts: layout.parts,
        problems,
        text,
        ..Story::default()
    };
    find_language(&mut story);
    story
}

/// The first 32 hexadecimal digits of the SHA-256 of `text`.
fn id(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn dated(date: &str, problems: &mut Vec<Problem>) -> Option<String> {
    let parsed = parse_date(date);
    if parsed.is_none() {
        problems.push(problem(
            "bad_date",
            format!("`{date}` is no date; give YYYY-MM-DD."),
        ));
    }
    parsed
}

fn find_language(story: &mut Story) {
    if story.parts.is_empty() {
        story
            .problems
            .push(problem("blank", "There is no text.".into()));
        return;
    }
    let code = language(&read_text(story));
    if let Some(code) = code.filter(|code| *code != "en") {
        let message = format!(
            "The text is not English (it looks like `{code}`); what is read of it is not to be relied on."
        );
        story.problems.push(problem("not_english", message));
    }
    story.language = code.map(str::to_string);
}

/// Enough of the parts that are read to tell their language by.
fn read_text(story: &Story) -> String {
    const ENOUGH: usize = 8_000;
    let mut text = String::new();
    for part in story.parts.iter().filter(|part| part.kind.is_read()) {
        let words = part.span.of(&story.text);
        text.extend(words.chars().take(ENOUGH));
        text.push('\n');
        if text.len() >= ENOUGH {
            break;
        }
    }
    text
}

fn problem(kind: &'static str, message: String) -> Problem {
    Problem {
        kind,
        span: None,
        message,
    }
}
