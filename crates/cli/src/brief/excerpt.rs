//! The words of the story that an event or a claim rests on, shortened to what fits the eye.

use std::ops::Range;

use rapporteur::types::record::{Offsets, Record, Stretch};

use super::ink::{Ink, Paper, Text};

/// A record's text with its offsets in code points turned into bytes.
pub struct Source<'r> {
    text: &'r str,
    /// First byte of each code point, then the text's length.
    bytes: Vec<usize>,
}

impl<'r> Source<'r> {
    pub fn new(record: &'r Record) -> Self {
        let text = record.story.text.as_str();
        let starts = text.char_indices().map(|(byte, _)| byte);
        let bytes = starts.chain([text.len()]).collect();
        Source { text, bytes }
    }

    /// The words of a stretch; offsets outside of the text are drawn back to its ends.
    pub fn words(&self, [start, end]: Offsets) -> &'r str {
        &self.text[self.byte_range(start, end)]
    }

    /// The words of several stretches as one, cut to about `limit` characters.
    pub fn joined(&self, spans: &[Offsets], limit: usize) -> String {
        let whole: Vec<&str> = spans.iter().map(|span| self.words(*span).trim()).collect();
        shortened(&whole.join(" … "), limit)
    }

    /// A sentence as a quotation of about `limit` characters around its `triggers`, which are emphasised:
    /// in colour by ink, otherwise between asterisks.
    pub fn quotation(
        &self,
        sentence: Stretch,
        triggers: &[Offsets],
        limit: usize,
        paper: &Paper,
    ) -> Text {
        let range = self.byte_range(sentence.start, sentence.end);
        let marked: Vec<Range<usize>> = triggers
            .iter()
            .map(|[start, end]| self.byte_range(*start, *end))
            .filter(|t| range.start <= t.start && t.end <= range.end && !t.is_empty())
            .collect();
        let words = self.cut(range, &marked);
        let kept = keep(&words, limit);
        // A sentence that is speech from end to end has marks of its own.
        let speech = words.first().is_some_and(|w| w.text.starts_with(QUOTES));
        let (open, close) = if speech { ("", "") } else { ("“", "”") };
        let mut text = Text::new(Ink::Faint, open);
        for (i, word) in words.iter().enumerate() {
            if kept[i] {
                push_word(&mut text, &words, i, word, paper);
            } else if i == 0 || kept[i - 1] {
                text.push(Ink::Faint, if i == 0 { "… " } else { "…" });
                if i > 0 && kept[i..].contains(&true) {
                    text.push(Ink::Faint, " ");
                }
            }
        }
        text.and(Ink::Faint, close)
    }

    /// Pieces of `range`, each either wholly inside of a trigger or wholly outside, with the space after it.
    fn cut(&self, range: Range<usize>, triggers: &[Range<usize>]) -> Vec<Piece<'r>> {
        let mut cuts: Vec<usize> = triggers.iter().flat_map(|t| [t.start, t.end]).collect();
        let text = &self.text[range.clone()];
        let spaces = text.char_indices().filter(|(_, c)| c.is_whitespace());
        cuts.extend(spaces.map(|(at, c)| range.start + at + c.len_utf8()));
        cuts.extend([range.start, range.end]);
        cuts.sort_unstable();
        cuts.dedup();
        let pieces = cuts.windows(2).map(|cut| Piece {
            text: &self.text[cut[0]..cut[1]],
            trigger: triggers
                .iter()
                .any(|t| t.start <= cut[0] && cut[1] <= t.end),
        });
        pieces.filter(|piece| !piece.text.is_empty()).collect()
    }

    fn byte_range(&self, start: usize, end: usize) -> Range<usize> {
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or(self.text.len());
        byte(start)..byte(end).max(byte(start))
    }
}

const QUOTES: [char; 4] = ['"', '“', '”', '„'];

struct Piece<'r> {
    text: &'r str,
    trigger: bool,
}

/// Adds one word; a run of trigger words is emphasised as one.
fn push_word(text: &mut Text, words: &[Piece], i: usize, word: &Piece, paper: &Paper) {
    if !word.trigger {
        text.push(Ink::Faint, word.text);
        return;
    }
    let bare = word.text.trim_end();
    let opens = i == 0 || !words[i - 1].trigger;
    let closes = words.get(i + 1).is_none_or(|next| !next.trigger);
    let star = |wanted: bool| if wanted && !paper.colour { "*" } else { "" };
    text.push(
        Ink::Trigger,
        format!("{}{bare}{}", star(opens), star(closes)),
    );
    let ink = if closes { Ink::Faint } else { Ink::Trigger };
    text.push(ink, &word.text[bare.len()..]);
}

/// Which pieces are shown: the triggers, and words around them, by turns to the left and to the right,
/// until about `limit` characters are used.
fn keep(words: &[Piece], limit: usize) -> Vec<bool> {
    let length = |i: usize| words[i].text.chars().count();
    if (0..words.len()).map(length).sum::<usize>() <= limit {
        return vec![true; words.len()];
    }
    let mut kept: Vec<bool> = words.iter().map(|word| word.trigger).collect();
    if !kept.contains(&true) {
        kept[0] = true;
    }
    let mut used: usize = (0..words.len()).filter(|i| kept[*i]).map(length).sum();
    loop {
        let edges = edges(&kept);
        for i in &edges {
            used += length(*i);
            if used > limit {
                return kept;
            }
            kept[*i] = true;
        }
        if edges.is_empty() {
            return kept;
        }
    }
}

/// Words not yet shown that stand next to one that is.
fn edges(kept: &[bool]) -> Vec<usize> {
    let shown = |i: Option<usize>| i.and_then(|i| kept.get(i)).copied().unwrap_or(false);
    (0..kept.len())
        .filter(|i| !kept[*i] && (shown(i.checked_sub(1)) || shown(i.checked_add(1))))
        .collect()
}

/// The beginning of `text`, white space made single, cut after a whole word at about `limit` characters.
pub fn shortened(text: &str, limit: usize) -> String {
    let mut short = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count() + 1;
        if used > 0 && used + length > limit {
            short.push_str(" …");
            return short;
        }
        if used > 0 {
            short.push(' ');
        }
        short.push_str(word);
        used += length;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::samples::empty_record;

    fn quoted(text: &str, triggers: &[&str], limit: usize) -> String {
        let mut record = empty_record();
        record.story.text = text.to_owned();
        let source = Source::new(&record);
        let at = |word: &str| {
            let byte = text.find(word).expect("the trigger is in the text");
            let start = text[..byte].chars().count();
            [start, start + word.chars().count()]
        };
        let spans: Vec<Offsets> = triggers.iter().map(|word| at(word)).collect();
        let sentence = Stretch {
            start: 0,
            end: text.chars().count(),
        };
        let paper = Paper {
            width: 500,
            colour: false,
            verbose: false,
        };
        let mut page = String::new();
        source
            .quotation(sentence, &spans, limit, &paper)
            .write(&mut page, &paper, 0, 0);
        page.trim_end().to_owned()
    }

    #[test]
    fn a_short_sentence_is_quoted_whole() {
        assert_eq!(
            quoted("Élan: the two ministers met.", &["met"], 100),
            "“Élan: the two ministers *met*.”"
        );
    }

    #[test]
    fn a_long_sentence_is_cut_around_its_triggers() {
        let text = "On a cold morning by the river the guards gunned down the envoy while nobody in the long street looked";
        assert_eq!(
            quoted(text, &["gunned down"], 40),
            "“… river the guards *gunned down* the envoy …”"
        );
        assert_eq!(
            quoted(text, &["cold", "looked"], 30),
            "“On a *cold* … street *looked*”"
        );
    }

    #[test]
    fn offsets_outside_of_the_text_do_no_harm() {
        assert_eq!(quoted("", &[], 10), "“”");
        let mut record = empty_record();
        record.story.text = "abc".to_owned();
        let source = Source::new(&record);
        assert_eq!(source.words([1, 9]), "bc");
        assert_eq!(source.words([7, 2]), "");
    }

    #[test]
    fn words_are_cut_whole() {
        assert_eq!(shortened("one  two\nthree", 9), "one two …");
        assert_eq!(shortened("one two", 90), "one two");
    }
}
