//! What the rules give on sentences of our own, and properties on arbitrary text.

use proptest::prelude::*;
use types::{Part, PartKind, Span};

use super::{items, paragraphs, split};

fn body(text: &str) -> Vec<Part> {
    let span = Span::new(0, text.len());
    vec![Part {
        kind: PartKind::Body,
        span,
    }]
}

/// Sentences on lines of their own, tokens with blanks between.
fn check(text: &str, expect: &[&str]) {
    let (sentences, tokens) = split(text, &body(text));
    let words = |range: std::ops::Range<usize>| {
        tokens[range]
            .iter()
            .map(|t| t.span.of(text))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let found: Vec<String> = sentences.iter().map(|s| words(s.tokens.clone())).collect();
    assert_eq!(found, expect);
}

#[test]
fn clitics_are_words() {
    check(
        "They can't, won’t and cannot say it's Ann's.",
        &["They ca n't , wo n’t and can not say it 's Ann 's ."],
    );
    check(
        "The soldiers' boots, the 1990's.",
        &["The soldiers ' boots , the 1990 's ."],
    );
    check(
        "I'm gonna go; we've gone, he'd go.",
        &["I 'm gon na go ; we 've gone , he 'd go ."],
    );
}

#[test]
fn hyphens_cut_compounds_but_not_prefixes() {
    check(
        "An anti-war, long-term, non-state plan",
        &["An anti-war , long - term , non-state plan"],
    );
    check("The UN-led e-mail", &["The UN - led e-mail"]);
    check(
        "Call 555-3989 on pages 10-12",
        &["Call 555-3989 on pages 10 - 12"],
    );
}

#[test]
fn numbers_keep_their_signs() {
    check(
        "Some 6,000 paid $1.5m, 10% more, on 9/11 at 5:30pm.",
        &["Some 6,000 paid $ 1.5 m , 10 % more , on 9/11 at 5:30 pm ."],
    );
    check(
        "Notes [18,19] on the 5th",
        &["Notes [ 18 , 19 ] on the 5th"],
    );
}

#[test]
fn addresses_are_one_word() {
    check(
        "See www.elm.example/a-b, or write to a.b@elm.example.",
        &["See www.elm.example/a-b , or write to a.b@elm.example ."],
    );
}

#[test]
fn abbreviations_do_not_end_sentences() {
    check(
        "Gen. John F. Brand met Mr. Roe of the U.S. Senate at 5 p.m. on Jan. 5.",
        &["Gen. John F. Brand met Mr. Roe of the U.S. Senate at 5 p.m. on Jan. 5 ."],
    );
    check(
        "He left the U.S. They stayed.",
        &["He left the U.S.", "They stayed ."],
    );
    check(
        "No. 5 won. No. He lost.",
        &["No. 5 won .", "No .", "He lost ."],
    );
    check(
        "He works for Elm Inc. She does not.",
        &["He works for Elm Inc.", "She does not ."],
    );
}

#[test]
fn quotes_and_brackets_close_with_their_sentence() {
    check(
        "“We go.” They went. (It rained.) \"Why?\" he asked.",
        &[
            "“ We go . ”",
            "They went .",
            "( It rained . )",
            "\" Why ? \" he asked .",
        ],
    );
    // Opened with one kind and closed with the other.
    check(
        "'We go together,\" said Roe, \"as one.\" He added that \"it is time.' They went.",
        &[
            "' We go together , \" said Roe , \" as one . \"",
            "He added that \" it is time . '",
            "They went .",
        ],
    );
}

#[test]
fn a_title_in_quotes_stays_in_its_sentence() {
    check(
        "Her book, titled \"Rain. Again,\" sold well.",
        &["Her book , titled \" Rain . Again , \" sold well ."],
    );
    check(
        "He said \"no.\" She said \"yes.\"",
        &["He said \" no . \"", "She said \" yes . \""],
    );
}

#[test]
fn ellipses_and_notes() {
    check(
        "They waited ... and left. Then... Nothing came. [3] It ended.",
        &[
            "They waited ... and left .",
            "Then ...",
            "Nothing came . [ 3 ]",
            "It ended .",
        ],
    );
}

#[test]
fn blank_lines_end_sentences_and_wrapped_lines_do_not() {
    check(
        "A line without end\n\nAnother",
        &["A line without end", "Another"],
    );
    let wrapped =
        "The union of seamen said late on Friday that it had taken\r\nthe offer of the owners.";
    assert_eq!(split(wrapped, &body(wrapped)).0.len(), 1);
    check("Bread\nWine and\nSalt", &["Bread", "Wine and", "Salt"]);
}

#[test]
fn parts_that_are_not_read_have_no_sentences() {
    let text = "Share this. Ships sail.";
    let part = |kind, start, end| Part {
        kind,
        span: Span::new(start, end),
    };
    let parts = [
        part(PartKind::Boilerplate, 0, 11),
        part(PartKind::Headline, 12, 23),
        part(PartKind::Body, 20, 99),
    ];
    let (sentences, tokens) = split(text, &parts);
    assert_eq!(sentences.len(), 1);
    assert_eq!(sentences[0].part, PartKind::Headline);
    assert_eq!(tokens[0].span, Span::new(12, 17));
}

/// Words and signs that the rules look at, so that arbitrary text meets them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,6}",
        "[0-9]{1,4}",
        Just("can't".to_string()),
        Just("U.S.".to_string()),
        Just("www.".to_string()),
        "[ \n.,'’\"“”()\\[\\]!?/:@#$%&*+=_-]",
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn tokens_cover_all_that_is_not_blank(text in pieces()) {
        let (sentences, tokens) = split(&text, &body(&text));
        let mut at = 0;
        for token in &tokens {
            prop_assert!(token.span.start >= at && !token.span.is_empty());
            prop_assert!(text[at..token.span.start].trim().is_empty());
            prop_assert!(!token.span.of(&text).contains(char::is_whitespace));
            at = token.span.end;
        }
        prop_assert!(text[at..].trim().is_empty());
        let mut next = 0;
        for sentence in &sentences {
            prop_assert_eq!(sentence.tokens.start, next);
            prop_assert!(sentence.tokens.end > next);
            next = sentence.tokens.end;
        }
        prop_assert_eq!(next, tokens.len());
    }

    #[test]
    fn items_cover_their_paragraph(text in "[a-z •\r\n-]{0,200}") {
        for paragraph in paragraphs(&text, Span::new(0, text.len())) {
            let items = items(&text, paragraph);
            prop_assert_eq!(items[0].start, paragraph.start);
            prop_assert_eq!(items[items.len() - 1].end, paragraph.end);
            prop_assert!(items.windows(2).all(|w| text[w[0].end..w[1].start].trim().is_empty()));
        }
    }
}

/// Time is linear: shapes that would take minutes were any rule to look further than its neighbourhood.
#[test]
fn long_text_in_odd_shapes_is_split_in_time() {
    let size = 200_000;
    for piece in [
        "word ", "a-", "1-", "1,", "a.", "\"", "' \" ", "[1] ", "www.a", "a@", "_", "😀", "漢",
        "...", "x\n",
    ] {
        let text = piece.repeat(size / piece.len());
        assert!(!split(&text, &body(&text)).1.is_empty());
    }
}
