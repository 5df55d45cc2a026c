//! Quotations: stretches between quotation marks, of whatever kind.

use types::{Document, Span};

/// The quoted stretches of a story in text order, marks included, not overlapping.
#[derive(Debug, Default)]
pub(crate) struct Quotes {
    spans: Vec<Span>,
}

/// What a quotation mark can be where it stands.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Opens,
    Closes,
    Either,
}

impl Quotes {
    /// Finds quotations paragraph by paragraph. News quotes open with one kind of mark and close with another often
    /// enough that kinds are not compared. A quotation that a paragraph leaves open ends with the paragraph; where the
    /// next one opens again, it is a stretch of its own.
    pub(crate) fn of(document: &Document) -> Self {
        let mut spans = Vec::new();
        let mut index = 0;
        while let Some(first) = document.sentences.get(index) {
            let mut paragraph = first.span;
            while let Some(next) = document.sentences.get(index)
                && next.paragraph == first.paragraph
            {
                paragraph.end = paragraph.end.max(next.span.end);
                index += 1;
            }
            find(&document.story.text, paragraph, &mut spans);
        }
        Quotes { spans }
    }

    /// The quotation that holds byte `at`.
    pub(crate) fn around(&self, at: usize) -> Option<Span> {
        let after = self.spans.partition_point(|s| s.start <= at);
        let span = *self.spans.get(after.checked_sub(1)?)?;
        (at < span.end).then_some(span)
    }
}

fn find(text: &str, paragraph: Span, spans: &mut Vec<Span>) {
    let Some(body) = text.get(paragraph.start..paragraph.end) else {
        return;
    };
    let mut open: Option<usize> = None;
    let mut before: Option<char> = None;
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let mark = mark(c, before, after);
        before = Some(c);
        match (mark, open) {
            (Some(Mark::Opens | Mark::Either), None) => open = Some(at),
            (Some(Mark::Closes | Mark::Either), Some(start)) => {
                let end = paragraph.start + at + c.len_utf8();
                spans.push(Span::new(paragraph.start + start, end));
                open = None;
            }
            // A mark that can only open: the quotation before it was never closed, and ends here.
            (Some(Mark::Opens), Some(start)) if "\"“".contains(c) => {
                spans.push(Span::new(paragraph.start + start, paragraph.start + at));
                open = Some(at);
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        spans.push(Span::new(paragraph.start + start, paragraph.end));
    }
}

fn mark(c: char, before: Option<char>, after: Option<char>) -> Option<Mark> {
    let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '“' | '«' | '„' | '‘' => Some(Mark::Opens),
        '”' | '»' => Some(Mark::Closes),
        '"' => match (
            solid(before) && before != Some('(') && before != Some('—'),
            solid(after),
        ) {
            (false, true) => Some(Mark::Opens),
            (true, false) => Some(Mark::Closes),
            _ if word(after) && !word(before) => Some(Mark::Opens),
            _ if solid(before) && !word(after) => Some(Mark::Closes),
            _ => Some(Mark::Either),
        },
        // An apostrophe is a mark only where it cannot be one of elision or of a plural's genitive.
        '\'' | '’' => {
            let closes = before.is_some_and(|c| ".,!?…".contains(c));
            let opens = c == '\'' && !solid(before) && word(after);
            match (closes, opens) {
                (true, _) => Some(Mark::Closes),
                (_, true) => Some(Mark::Opens),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        find(text, Span::new(0, text.len()), &mut spans);
        spans.into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn kinds_may_differ() {
        assert_eq!(
            quoted("'We met,\" said Ann. \"It went well.'"),
            ["'We met,\"", "\"It went well.'"]
        );
        assert_eq!(quoted("“We met,” said Ann."), ["“We met,”"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert!(quoted("The workers' union didn't strike in '98, Ann's friends say").len() <= 1);
        assert_eq!(quoted("The workers' union isn't there."), [""; 0]);
        assert_eq!(
            quoted("\"They don't like the workers' union,\" he said."),
            ["\"They don't like the workers' union,\""]
        );
    }

    #[test]
    fn an_open_quotation_ends_with_its_paragraph() {
        assert_eq!(
            quoted("He said: “We met. It went well."),
            ["“We met. It went well."]
        );
    }
}
