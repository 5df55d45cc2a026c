//! Pairs of an actor and a recipient in a sentence, given by somebody who wants their relation classified.

use thiserror::Error;
use types::{EventType, Span};

/// Longest sentence of a pair that is read, in bytes: some fifty times a long sentence of news.
pub const LONGEST: usize = 16 << 10;

/// A sentence in which an actor, a recipient or both are marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The sentence, without marks.
    pub sentence: String,
    /// Bytes of `sentence` that name who acts; `None` where it names nobody ("was gunned down").
    pub actor: Option<Span>,
    /// Bytes of `sentence` that name whom it is done to. May overlap the actor. `None` where it names nobody.
    pub recipient: Option<Span>,
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
    /// A mark that is opened and not closed, or the other way round.
    #[error("<{0}> and </{0}> do not stand around words")]
    Mark(char),
    /// Neither actor nor recipient.
    #[error("neither <s>an actor</s> nor <t>a recipient</t> is marked")]
    NoMarks,
    /// Neither actor nor recipient is given.
    #[error("neither the actor nor the recipient is given")]
    NoParties,
    /// A party that is given as words is not in the sentence.
    #[error("the {party} “{words}” is not in the sentence")]
    NotFound {
        /// `actor` or `recipient`.
        party: &'static str,
        /// The words as given.
        words: String,
    },
}

impl Pair {
    /// From a sentence with `<s>the actor</s>` and `<t>the recipient</t>`, in either order, also nested. One of them
    /// may be missing; of several with the same mark the last counts.
    ///
    /// # Errors
    /// [`PairError::Mark`] where marks do not close each other, [`PairError::NoMarks`] where there are none.
    pub fn marked(sentence: &str) -> Result<Pair, PairError> {
        let mut bare = String::with_capacity(sentence.len());
        let mut marks = [Mark::new('s'), Mark::new('t')];
        let mut rest = sentence;
        while let Some(at) = rest.find('<') {
            bare.push_str(&rest[..at]);
            rest = &rest[at..];
            rest = match marks
                .iter_mut()
                .find_map(|mark| mark.read(rest, bare.len()))
            {
                Some(after) => after?,
                None => {
                    bare.push('<');
                    &rest[1..]
                }
            };
        }
        bare.push_str(rest);
        let [actor, recipient] = marks;
        let (actor, recipient) = (actor.words()?, recipient.words()?);
        if actor.is_none() && recipient.is_none() {
            return Err(PairError::NoMarks);
        }
        checked(bare, actor, recipient)
    }

    /// From a sentence and the words of both parties, each taken where it first stands in the sentence. The
    /// recipient is looked for outside of the actor first. Case counts only where both spellings occur. One of the
    /// parties may be blank.
    ///
    /// # Errors
    /// [`PairError::NotFound`] where a party's words are not in the sentence.
    pub fn found(sentence: &str, actor: &str, recipient: &str) -> Result<Pair, PairError> {
        let actor = find("actor", sentence, actor, None)?;
        let recipient = find("recipient", sentence, recipient, actor)?;
        if actor.is_none() && recipient.is_none() {
            return Err(PairError::NoParties);
        }
        checked(sentence.to_owned(), actor, recipient)
    }
}

fn checked(
    sentence: String,
    actor: Option<Span>,
    recipient: Option<Span>,
) -> Result<Pair, PairError> {
    if sentence.trim().is_empty() {
        return Err(PairError::NoSentence);
    }
    if sentence.len() > LONGEST {
        return Err(PairError::TooLong(sentence.len()));
    }
    Ok(Pair {
        sentence,
        actor,
        recipient,
    })
}

/// What was read so far of one kind of mark.
struct Mark {
    letter: char,
    /// Where the words begin, while the mark is open.
    open: Option<usize>,
    words: Option<Span>,
}

impl Mark {
    fn new(letter: char) -> Self {
        Mark {
            letter,
            open: None,
            words: None,
        }
    }

    /// Takes this mark off the beginning of `rest`, at byte `at` of the bare sentence; `None` where it is none.
    fn read<'t>(&mut self, rest: &'t str, at: usize) -> Option<Result<&'t str, PairError>> {
        let wrong = Some(Err(PairError::Mark(self.letter)));
        let (closes, after) = match rest.strip_prefix("</") {
            Some(after) => (true, after),
            None => (false, rest.strip_prefix('<')?),
        };
        let after = after.strip_prefix(self.letter)?.strip_prefix('>')?;
        match (closes, self.open) {
            (false, None) => self.open = Some(at),
            (true, Some(start)) if start < at => {
                self.words = Some(Span::new(start, at));
                self.open = None;
            }
            _ => return wrong,
        }
        Some(Ok(after))
    }

    fn words(self) -> Result<Option<Span>, PairError> {
        match self.open {
            None => Ok(self.words),
            Some(_) => Err(PairError::Mark(self.letter)),
        }
    }
}

/// Where a party's words stand, `None` for no words: at word boundaries before anywhere, as written before in any case.
fn find(
    party: &'static str,
    sentence: &str,
    words: &str,
    taken: Option<Span>,
) -> Result<Option<Span>, PairError> {
    let words = words.trim();
    if words.is_empty() {
        return Ok(None);
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
        .map(Some)
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
        let words = |span: Option<Span>| span.map_or("", |span| span.of(&pair.sentence));
        (words(pair.actor), words(pair.recipient))
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
    fn one_party_may_be_missing_and_the_last_mark_counts() {
        let pair = Pair::marked("5 < 6, said <s>the clerk</s>.").expect("the actor is marked");
        assert_eq!(pair.sentence, "5 < 6, said the clerk.");
        assert_eq!((parties(&pair).0, pair.recipient), ("the clerk", None));
        let pair = Pair::marked("<t>A</t> or <t>B</t> was robbed.").expect("recipients are marked");
        assert_eq!((pair.actor, parties(&pair).1), (None, "B"));
        let pair = Pair::found("The clerk slept.", "the clerk", " ").expect("the actor is there");
        assert_eq!(pair.recipient, None);
    }

    #[test]
    fn bad_marks_are_named() {
        let error = |sentence: &str| Pair::marked(sentence).expect_err("the marks are bad");
        assert_eq!(error("no marks"), PairError::NoMarks);
        assert_eq!(error("<s>a</s> and <t>b"), PairError::Mark('t'));
        assert_eq!(error("</s>a<s> <t>b</t>"), PairError::Mark('s'));
        assert_eq!(error("<s>a<s>b</s></s>"), PairError::Mark('s'));
        assert_eq!(error("x <s></s> <t>b</t>"), PairError::Mark('s'));
    }

    #[test]
    fn words_are_found_whole_and_apart() {
        let pair = Pair::found("Iranians told Iran that Iran must wait.", "Iran", "Iran");
        let pair = pair.expect("both are there");
        assert_eq!(pair.actor, Some(Span::new(14, 18)));
        assert_eq!(pair.recipient, Some(Span::new(24, 28)));
        let pair = Pair::found("The king met The Guild.", "the king", "the guild");
        assert_eq!(
            pair.map(|p| p.recipient.map(|span| span.start)),
            Ok(Some(13)),
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
            Pair::found("The king slept.", "", " ").map_err(|e| e.to_string()),
            Err("neither the actor nor the recipient is given".to_owned())
        );
    }
}
