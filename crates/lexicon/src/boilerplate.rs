//! Phrases by which a line of a web page is known to be no part of the story on it.

use std::sync::LazyLock;

/// Where in a line a phrase must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Whole,
    Start,
    End,
    Inside,
}

/// One entry of `data/boilerplate.txt`.
#[derive(Debug)]
struct Entry {
    place: Place,
    /// Longest line that the entry holds for, in words.
    words: usize,
    /// The phrase's words, each between blanks: " join now ".
    phrase: String,
}

/// Entries by the first word of their phrase would be faster; lines that are looked up are short and few.
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    include_str!("../data/boilerplate.txt")
        .lines()
        .filter_map(entry)
        .collect()
});

/// The longest line that any entry holds for, in words.
const LONGEST: usize = 40;

fn entry(line: &str) -> Option<Entry> {
    let mut columns = line.split('\t');
    let place = match columns.next()? {
        "whole" => Place::Whole,
        "start" => Place::Start,
        "end" => Place::End,
        "inside" => Place::Inside,
        _ => return None,
    };
    let words = columns.next()?.parse().ok()?;
    Some(Entry {
        place,
        words,
        phrase: normal(columns.next()?)?.0,
    })
}

/// The words of `line` in lower case, each between blanks, and their number; `None` where there are none or too many.
fn normal(line: &str) -> Option<(String, usize)> {
    let mut out = String::from(" ");
    let mut count = 0;
    for word in line
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '©' | '@')))
        .filter(|w| !w.is_empty())
    {
        count += 1;
        if count > LONGEST {
            return None;
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
        out.push(' ');
    }
    (count > 0).then_some((out, count))
}

/// The phrase by which `line` is known as boilerplate: a banner, a link, a credit; `None` where it is not.
/// Matching is by words, without case and punctuation.
pub fn boilerplate(line: &str) -> Option<&'static str> {
    let (line, words) = normal(line)?;
    let fits = |entry: &&Entry| {
        words <= entry.words
            && match entry.place {
                Place::Whole => line == entry.phrase,
                Place::Start => line.starts_with(&entry.phrase),
                Place::End => line.ends_with(&entry.phrase),
                Place::Inside => line.contains(&entry.phrase),
            }
    };
    ENTRIES.iter().find(fits).map(|entry| entry.phrase.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_an_entry() {
        let lines = include_str!("../data/boilerplate.txt").lines();
        let wanted = lines.filter(|line| !line.starts_with('#')).count();
        assert_eq!(ENTRIES.len(), wanted);
        assert!(ENTRIES.iter().all(|entry| entry.words <= LONGEST));
    }

    #[test]
    fn phrases_match_by_words_and_length() {
        assert_eq!(
            boilerplate("The biggest job board for spies - JOIN NOW"),
            Some("join now")
        );
        assert_eq!(boilerplate("Share this story!"), Some("share this"));
        assert_eq!(
            boilerplate("© 2015 Some Paper. All rights reserved."),
            Some("all rights reserved")
        );
        assert_eq!(
            boilerplate("The shared mailing lists of both parties were stolen, officials said."),
            None
        );
        assert_eq!(
            boilerplate(
                "They share on the whole what was promised to the north in the treaty of last year."
            ),
            None
        );
        assert_eq!(boilerplate(""), None);
    }
}
