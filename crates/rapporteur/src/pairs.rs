//! Pairs of an actor and a recipient in a sentence, given by somebody who wants their relation classified.

use std::ops::Range;

use thiserror::Error;
use types::{EventType, Span};

/// Longest sentence of a pair that is read, in bytes: some fifty times a long sentence of news.
pub const LONGEST: usize = 16 << 10;

/// A sentence in which an actor and a recipient are marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The sentence, without marks.
    pub sentence: String,
    /// Bytes of `sentence` that name who acts.
    pub actor: Span,
    /// Bytes of `sentence` that name whom it is done to. May overlap the actor.
    pub recipient: Span,
}

/// How the relation of a pair scores: each PLOVER type with its probability, the best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// Types that the model knows, with probabilities that sum to 1; equal ones in the model's order.
    pub types: Vec<(EventType, f32)>,
}

impl Scores {
    /// The type with the highest probability; `None` where the model has no head for pairs.
    pub fn best(&self) -> Option<(EventType, f32)> {
        self.types.first().copied()
    }
}

/// Why a row is no pair.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PairError {
    /// Blank, or nothing but marks.
    #[error("the sentence is empty")]
    NoSentence,
    /// Over [`LONGEST`].
    #[error("the sentence has {0} bytes, more than {LONGEST}")]
    TooLong(usize),
    /// A mark that is missing, or stands in the wrong place.
    #[error("the sentence must have <{0}>words</{0}> once")]
    Mark(char),
    /// A party that is given as words is not in the sentence.
    #[error("the {party} “{words}” is not in the sentence")]
    NotFound {
        /// `actor` or `recipient`.
        party: &'static str,
        /// The words as given.
        words: String,
    },
    /// A party that is given as words is blank.
    #[error("the {0} is empty")]
    NoParty(&'static str),
}

impl Pair {
    /// From a sentence with `<s>the actor</s>` and `<t>the recipient</t>`, in either order, also nested.
    ///
    /// # Errors
    /// [`PairError::Mark`] where a mark is missing, doubled or turned round.
    pub fn marked(sentence: &str) -> Result<Pair, PairError> {
        let actor = marked_range(sentence, 's')?;
        let recipient = marked_range(sentence, 't')?;
        let mut cuts: Vec<Range<usize>> = Vec::new();
        for (inside, open, close) in [(&actor, "<s>", "</s>"), (&recipient, "<t>", "</t>")] {
            cuts.push(inside.start - open.len()..inside.start);
            cuts.push(inside.end..inside.end + close.len());
        }
        cuts.sort_by_key(|cut| cut.start);
        let mut bare = String::with_capacity(sentence.len());
        let mut from = 0;
        for cut in &cuts {
            bare.push_str(&sentence[from..cut.start]);
            from = cut.end;
        }
        bare.push_str(&sentence[from..]);
        let moved = |at: usize| {
            let before = cuts.iter().filter(|cut| cut.end <= at);
            at - before.map(|cut| cut.len()).sum::<usize>()
        };
        let span = |inside: &Range<usize>| Span::new(moved(inside.start), moved(inside.end));
        Pair {
            actor: span(&actor),
            recipient: span(&recipient),
            sentence: bare,
        }
        .checked()
    }

    /// From a sentence and the words of both parties, each taken where it first stands in the sentence. The
    /// recipient is looked for outside of the actor first. Case counts only where both spellings occur.
    ///
    /// # Errors
    /// [`PairError::NotFound`] where a party's words are not in the sentence.
    pub fn found(sentence: &str, actor: &str, recipient: &str) -> Result<Pair, PairError> {
        let actor = find("actor", sentence, actor, None)?;
        let recipient = find("recipient", sentence, recipient, Some(actor))?;
        Pair {
            sentence: sentence.to_owned(),
            actor,
            recipient,
        }
        .checked()
    }

    fn checked(self) -> Result<Pair, PairError> {
        if self.sentence.trim().is_empty() {
            return Err(PairError::NoSentence);
        }
        if self.sentence.len() > LONGEST {
            return Err(PairError::TooLong(self.sentence.len()));
        }
        let blank = |span: Span| span.of(&self.sentence).trim().is_empty();
        if blank(self.actor) {
            return Err(PairError::NoParty("actor"));
        }
        if blank(self.recipient) {
            return Err(PairError::NoParty("recipient"));
        }
        Ok(self)
    }
}

/// The bytes between `<m>` and `</m>`, each of which must occur once.
fn marked_range(sentence: &str, mark: char) -> Result<Range<usize>, PairError> {
    let once = |tag: &str| {
        let mut places = sentence.match_indices(tag).map(|(at, _)| at);
        match (places.next(), places.next()) {
            (Some(at), None) => Ok(at),
            _ => Err(PairError::Mark(mark)),
        }
    };
    let start = once(&format!("<{mark}>"))? + "<m>".len();
    let end = once(&format!("</{mark}>"))?;
    if start > end {
        return Err(PairError::Mark(mark));
    }
    Ok(start..end)
}

/// Where a party's words stand: at word boundaries before anywhere, as written before in any case.
fn find(
    party: &'static str,
    sentence: &str,
    words: &str,
    taken: Option<Span>,
) -> Result<Span, PairError> {
    let words = words.trim();
    if words.is_empty() {
        return Err(PairError::NoParty(party));
    }
    let exact = places(sentence, words);
    let any_case = places(&sentence.to_ascii_lowercase(), &words.to_ascii_lowercase());
    let all = || exact.iter().chain(&any_case).copied();
    let whole = |span: &Span| is_whole(sentence, *span);
    let free = |span: &Span| taken.is_none_or(|taken| !taken.overlaps(*span));
    all()
        .find(|span| free(span) && whole(span))
        .or_else(|| all().find(free))
        .or_else(|| all().find(whole))
        .or_else(|| all().next())
        .ok_or_else(|| PairError::NotFound {
            party,
            words: words.to_owned(),
        })
}

/// Lower-casing ASCII keeps every byte in its place, so that places of one spelling hold for the other.
fn places(sentence: &str, words: &str) -> Vec<Span> {
    let found = sentence.match_indices(words);
    found
        .map(|(start, words)| Span::new(start, start + words.len()))
        .collect()
}

fn is_whole(sentence: &str, span: Span) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(sentence[..span.start].chars().next_back())
        && !letter(sentence[span.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties(pair: &Pair) -> (&str, &str) {
        (
            pair.actor.of(&pair.sentence),
            pair.recipient.of(&pair.sentence),
        )
    }

    #[test]
    fn marks_are_taken_out() {
        let pair = Pair::marked("Then <t>the É guild</t> was fined by <s>the king</s>.");
        let pair = pair.expect("both parties are marked");
        assert_eq!(pair.sentence, "Then the É guild was fined by the king.");
        assert_eq!(parties(&pair), ("the king", "the É guild"));
    }

    #[test]
    fn marks_may_nest() {
        let pair = Pair::marked("<s>The <t>Ruritanian</t> army</s> fled.");
        let pair = pair.expect("both parties are marked");
        assert_eq!(pair.sentence, "The Ruritanian army fled.");
        assert_eq!(parties(&pair), ("The Ruritanian army", "Ruritanian"));
    }

    #[test]
    fn bad_marks_are_named() {
        let error = |sentence: &str| Pair::marked(sentence).expect_err("the marks are bad");
        assert_eq!(error("no marks"), PairError::Mark('s'));
        assert_eq!(error("<s>a</s> and <t>b"), PairError::Mark('t'));
        assert_eq!(error("</s>a<s> <t>b</t>"), PairError::Mark('s'));
        assert_eq!(error("<s>a</s><s>b</s><t>c</t>"), PairError::Mark('s'));
        assert_eq!(error("x <s></s> <t>b</t>"), PairError::NoParty("actor"));
    }

    #[test]
    fn words_are_found_whole_and_apart() {
        let pair = Pair::found("Iranians told Iran that Iran must wait.", "Iran", "Iran");
        let pair = pair.expect("both are there");
        assert_eq!(pair.actor, Span::new(14, 18));
        assert_eq!(pair.recipient, Span::new(24, 28));
        let pair = Pair::found("The king met The Guild.", "the king", "the guild");
        assert_eq!(
            pair.map(|p| p.recipient.start),
            Ok(13),
            "case is overlooked where it must be"
        );
    }

    #[test]
    fn words_that_are_not_there_are_named() {
        let error = Pair::found("The king slept.", "the king", "the queen");
        assert_eq!(
            error.map_err(|e| e.to_string()),
            Err("the recipient “the queen” is not in the sentence".to_owned())
        );
        assert_eq!(
            Pair::found(" ", "a", " ").map_err(|e| e.to_string()),
            Err("the actor “a” is not in the sentence".to_owned())
        );
    }
}
