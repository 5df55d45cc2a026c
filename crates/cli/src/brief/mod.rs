//! The brief: one record as a page for a person.

mod claims;
mod dates;
mod events;
pub mod excerpt;
pub mod ink;
mod names;
mod phrases;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use rapporteur::types::record::Record;

pub use ink::Paper;

use events::Section;
use excerpt::Source;
use ink::{Ink, Text};
use names::Names;

/// Everything that a line of the page is made from.
struct Desk<'r> {
    record: &'r Record,
    source: Source<'r>,
    names: Names<'r>,
    paper: Paper,
}

/// `record` as a page that ends in a line break.
pub fn page(record: &Record, paper: &Paper) -> String {
    let mut desk = Desk {
        record,
        source: Source::new(record),
        names: Names::new(record),
        paper: *paper,
    };
    let mut page = String::new();
    masthead(&desk, &mut page);
    for section in Section::ALL {
        events::write(&mut desk, section, &mut page);
    }
    if record.events.is_empty() {
        heading(&desk, "No political events found", &mut page);
    }
    claims::write(&mut desk, &mut page);
    problems(&desk, &mut page);
    if paper.verbose {
        provenance(&desk, &mut page);
    }
    page
}

/// Headline, then publisher, author and date.
fn masthead(desk: &Desk, page: &mut String) {
    let story = &desk.record.story;
    let title = story.headline.as_deref().or(story.reference.as_deref());
    Text::new(Ink::Title, title.unwrap_or("A story without a headline")).write(
        page,
        &desk.paper,
        0,
        0,
    );
    let date = story.published.as_deref().map(dates::date_with_weekday);
    let known = [
        story.publisher.clone(),
        story.section.clone(),
        story.byline.clone(),
        date.or_else(|| Some("date not known".to_owned())),
    ];
    let line: Vec<String> = known.into_iter().flatten().collect();
    Text::new(Ink::Faint, line.join(" · ")).write(page, &desk.paper, 0, 0);
}

/// A section's heading, with a rule to the edge of the page.
fn heading(desk: &Desk, words: &str, page: &mut String) {
    page.push('\n');
    let rule = desk.paper.width.saturating_sub(words.chars().count() + 1);
    Text::new(Ink::Heading, words)
        .and(Ink::Plain, " ")
        .and(Ink::Faint, "─".repeat(rule))
        .write(page, &desk.paper, 0, 0);
}

fn problems(desk: &Desk, page: &mut String) {
    if desk.record.problems.is_empty() {
        return;
    }
    heading(desk, "Problems", page);
    for problem in &desk.record.problems {
        Text::new(Ink::Problem, "• ")
            .and(Ink::Plain, &problem.message)
            .and(Ink::Faint, format!(" ({})", problem.kind))
            .write(page, &desk.paper, 2, 4);
    }
}

fn provenance(desk: &Desk, page: &mut String) {
    let made_by = &desk.record.provenance;
    page.push('\n');
    let line = format!(
        "{} · model {} · lexicon {} · story {}",
        made_by.program, made_by.model, made_by.lexicon, desk.record.story.id
    );
    Text::new(Ink::Faint, line).write(page, &desk.paper, 0, 0);
}
