//! Documents of which the words are given.

use types::{Document, Part, PartKind, Sentence, Span, Story, Token};

/// A document of these sentences of words, joined by blanks, as one paragraph of body.
pub fn document<S: AsRef<str>>(sentences: &[Vec<S>]) -> Document {
    let mut document = Document::default();
    for words in sentences.iter().filter(|words| !words.is_empty()) {
        let first = document.tokens.len();
        let text = &mut document.story.text;
        for word in words {
            if !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word.as_ref());
            document.tokens.push(Token {
                span: Span::new(start, text.len()),
                ..Token::default()
            });
        }
        let tokens = first..document.tokens.len();
        document.sentences.push(Sentence {
            span: document.span(&tokens),
            tokens,
            part: PartKind::Body,
            paragraph: 0,
        });
    }
    document.story.parts.push(Part {
        kind: PartKind::Body,
        span: Span::new(0, document.story.text.len()),
    });
    document
}

/// The story of a plain text, all of it body.
pub fn story(text: &str) -> Story {
    Story {
        text: text.to_owned(),
        parts: crate::split::body(text),
        ..Story::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places() {
        let document = document(&[vec!["Two", "met", "."], vec![], vec!["Été"]]);
        assert_eq!(document.story.text, "Two met . Été");
        let words: Vec<&str> = (0..4).map(|t| document.form(t)).collect();
        assert_eq!(words, ["Two", "met", ".", "Été"]);
        assert_eq!(document.sentences.len(), 2);
        assert_eq!(document.sentences[1].span.of(&document.story.text), "Été");
    }
}
