//! Words with a meaning for the eye, wrapped to a width and painted or left plain.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

/// What a run of words is on the page; decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    Plain,
    /// The story's headline.
    Title,
    /// The heading of a section.
    Heading,
    /// People and parties.
    Name,
    /// Evidence and details.
    Faint,
    /// What was done, by quad class.
    VerbalCooperation,
    MaterialCooperation,
    VerbalConflict,
    MaterialConflict,
    /// The words of the story that express an event.
    Trigger,
    /// The parts of an event or claim, where all are marked: a claim's source is a reporter, its cue a trigger.
    Actor,
    Recipient,
    Reporter,
    Place,
    Content,
    Problem,
}

impl Ink {
    /// The colour of one of the record's quad classes; plain for a class that is not known.
    pub fn of_quad(quad: &str) -> Self {
        match quad {
            "verbal cooperation" => Ink::VerbalCooperation,
            "material cooperation" => Ink::MaterialCooperation,
            "verbal conflict" => Ink::VerbalConflict,
            "material conflict" => Ink::MaterialConflict,
            _ => Ink::Plain,
        }
    }

    fn style(self) -> Style {
        let colour = |c: AnsiColor| Style::new().fg_color(Some(c.into()));
        match self {
            Ink::Plain => Style::new(),
            Ink::Title => Style::new().bold(),
            Ink::Heading => Style::new().bold().underline(),
            Ink::Name => Style::new().bold(),
            Ink::Faint => Style::new().dimmed(),
            Ink::VerbalCooperation => colour(AnsiColor::Green),
            Ink::MaterialCooperation => colour(AnsiColor::Cyan),
            Ink::VerbalConflict => colour(AnsiColor::Yellow),
            Ink::MaterialConflict => colour(AnsiColor::Red),
            Ink::Trigger => Style::new().bold().italic(),
            Ink::Actor => colour(AnsiColor::Green).bold(),
            Ink::Recipient => colour(AnsiColor::Yellow).bold(),
            Ink::Reporter => colour(AnsiColor::Cyan).bold(),
            Ink::Place => colour(AnsiColor::Blue).bold(),
            Ink::Content => Style::new().italic(),
            Ink::Problem => colour(AnsiColor::Magenta),
        }
    }
}

/// What the page is written on.
#[derive(Clone, Copy, Debug)]
pub struct Paper {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether escape sequences for colour are written.
    pub colour: bool,
    /// Whether confidence, rule and identifiers are written.
    pub verbose: bool,
}

/// One paragraph: runs of words, each in its ink.
#[derive(Clone, Debug, Default)]
pub struct Text {
    runs: Vec<(Ink, String)>,
}

impl Text {
    pub fn new(ink: Ink, words: impl Into<String>) -> Self {
        Text::default().and(ink, words)
    }

    /// Adds words; a space that is to stand between two runs belongs to one of them.
    pub fn and(mut self, ink: Ink, words: impl Into<String>) -> Self {
        self.push(ink, words);
        self
    }

    pub fn push(&mut self, ink: Ink, words: impl Into<String>) {
        self.runs.push((ink, visible(&words.into())));
    }

    pub fn extend(&mut self, other: Text) {
        self.runs.extend(other.runs);
    }

    /// Writes the paragraph, its first line after `first` columns and the others after `rest`.
    pub fn write(&self, page: &mut String, paper: &Paper, first: usize, rest: usize) {
        let mut line = Line::default();
        let mut indent = first;
        for word in self.words() {
            if !line.is_empty() && indent + line.width + 1 + width(&word) > paper.width {
                line.write(page, paper, indent);
                line = Line::default();
                indent = rest;
            }
            line.push(word);
        }
        line.write(page, paper, indent);
    }

    /// Writes the runs in one line as they are, spaces and all: for drawings.
    pub fn write_as_is(&self, page: &mut String, paper: &Paper) {
        let line = Line {
            runs: self.runs.clone(),
            width: 0,
        };
        line.write(page, paper, 0);
    }

    /// The paragraph cut at white space. A word may change its ink inside (“ and the word after it).
    fn words(&self) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut open = false;
        for (ink, run) in &self.runs {
            for piece in run.split_inclusive(char::is_whitespace) {
                let letters = piece.trim_end();
                if !letters.is_empty() {
                    if !open {
                        words.push(Word::new());
                    }
                    if let Some(word) = words.last_mut() {
                        word.push((*ink, letters.to_owned()));
                    }
                }
                open = letters.len() == piece.len();
            }
        }
        words
    }
}

type Word = Vec<(Ink, String)>;

fn width(word: &Word) -> usize {
    word.iter().map(|(_, letters)| letters.width()).sum()
}

/// A line being filled.
#[derive(Default)]
struct Line {
    runs: Vec<(Ink, String)>,
    width: usize,
}

impl Line {
    fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    fn push(&mut self, word: Word) {
        self.width += width(&word) + usize::from(!self.is_empty());
        for (i, (ink, letters)) in word.into_iter().enumerate() {
            let between = if i == 0 && !self.is_empty() { " " } else { "" };
            match self.runs.last_mut() {
                Some((last, run)) if *last == ink => {
                    run.push_str(between);
                    run.push_str(&letters);
                }
                _ => {
                    if !between.is_empty() {
                        self.runs.push((Ink::Plain, between.to_owned()));
                    }
                    self.runs.push((ink, letters));
                }
            }
        }
    }

    fn write(&self, page: &mut String, paper: &Paper, indent: usize) {
        page.extend(std::iter::repeat_n(' ', indent));
        for (ink, run) in &self.runs {
            let style = ink.style();
            if paper.colour && !style.is_plain() {
                page.push_str(&format!("{style}{run}{style:#}"));
            } else {
                page.push_str(run);
            }
        }
        page.push('\n');
    }
}

/// `text` without anything that could move the cursor, recolour the terminal or turn the writing direction:
/// a story is somebody else's text.
pub fn visible(text: &str) -> String {
    let direction = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|c| !direction(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(width: usize, colour: bool) -> Paper {
        Paper {
            width,
            colour,
            verbose: false,
        }
    }

    fn written(text: &Text, paper: &Paper) -> String {
        let mut page = String::new();
        text.write(&mut page, paper, 0, 2);
        page
    }

    #[test]
    fn lines_keep_to_the_width_and_hang() {
        let text = Text::new(Ink::Plain, "one two three four five");
        assert_eq!(
            written(&text, &paper(9, false)),
            "one two\n  three\n  four\n  five\n"
        );
    }

    #[test]
    fn a_wide_character_takes_two_columns() {
        let text = Text::new(Ink::Plain, "北京 北京");
        assert_eq!(written(&text, &paper(9, false)), "北京 北京\n");
        assert_eq!(written(&text, &paper(8, false)), "北京\n  北京\n");
    }

    #[test]
    fn ink_may_change_inside_a_word() {
        let text = Text::new(Ink::Faint, "“they ")
            .and(Ink::Trigger, "met")
            .and(Ink::Faint, "” there");
        assert_eq!(written(&text, &paper(80, false)), "“they met” there\n");
        let painted = written(&text, &paper(80, true));
        assert!(
            painted.contains("\u{1b}[1m\u{1b}[3mmet\u{1b}[0m"),
            "{painted:?}"
        );
    }

    #[test]
    fn a_story_cannot_drive_the_terminal() {
        let text = Text::new(Ink::Plain, "a\u{1b}[2Jb\u{202E}c\r\nd");
        assert_eq!(written(&text, &paper(80, true)), "a [2Jbc d\n");
    }
}
