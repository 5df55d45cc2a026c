//! Pages of text: their parts, what they say of themselves, and properties on arbitrary ones.

use proptest::prelude::*;
use types::{PartKind, Story};

use super::inputs::stream;
use crate::source::{Given, Options, Stories, decode, parse_date, story};

fn read(text: &str) -> Story {
    story(text.to_string(), Given::default())
}

/// The parts of `text`, one a line: kind, and words with blanks made single.
fn parts(text: &str) -> Vec<String> {
    let story = read(text);
    let words = |part: &types::Part| {
        part.span
            .of(&story.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    story
        .parts
        .iter()
        .map(|part| format!("{}: {}", part.kind.as_str(), words(part)))
        .collect()
}

const PAGE: &str = "The Best Board for Jobs at Sea - JOIN NOW\n\nFisheries (FSH)\n\nNorland and Sudland Talk Cod, but Sign Nothing\n\n\
by Ann Berg March 3, 2014\n\nPORT ELM, Norland — The ministers of both states met for two hours on Monday.\n\n\
'Open waters'\n\n'We have seen what happens when both work together,\" said Mr. Ole Brand.\n\nStill at odds?\n\n\
No date was set for another meeting, officials said.\n\nJoin the mailing list";

#[test]
fn the_parts_of_a_page_are_told_apart() {
    assert_eq!(
        parts(PAGE),
        [
            "boilerplate: The Best Board for Jobs at Sea - JOIN NOW",
            "section: Fisheries (FSH)",
            "headline: Norland and Sudland Talk Cod, but Sign Nothing",
            "byline: by Ann Berg March 3, 2014",
            "dateline: PORT ELM, Norland —",
            "body: The ministers of both states met for two hours on Monday.",
            "subhead: 'Open waters'",
            "body: 'We have seen what happens when both work together,\" said Mr. Ole Brand.",
            "subhead: Still at odds?",
            "body: No date was set for another meeting, officials said.",
            "boilerplate: Join the mailing list",
        ]
    );
}

#[test]
fn one_sentence_is_body_and_one_line_is_a_headline() {
    assert_eq!(
        parts("Ships sail again on Friday."),
        ["body: Ships sail again on Friday."]
    );
    assert_eq!(parts("Ships sail again"), ["headline: Ships sail again"]);
    assert_eq!(parts(" \n"), [""; 0]);
}

#[test]
fn a_page_gives_headline_author_section_and_date() {
    let story = read(PAGE);
    assert_eq!(
        story.headline.as_deref(),
        Some("Norland and Sudland Talk Cod, but Sign Nothing")
    );
    assert_eq!(story.byline.as_deref(), Some("Ann Berg"));
    assert_eq!(story.section.as_deref(), Some("Fisheries (FSH)"));
    assert_eq!(story.published.as_deref(), Some("2014-03-03"));
    assert_eq!(story.language.as_deref(), Some("en"));
    assert_eq!(story.problems, []);
    assert_eq!(story.text, PAGE);
}

#[test]
fn line_ends_and_wraps_do_not_change_the_parts() {
    assert_eq!(parts(&PAGE.replace('\n', "\r\n")), parts(PAGE));
    // Wrapped by hand at some 60 characters.
    let wrapped = "Ferry Strike Ends After Nine Days of Talks\n\nBy Jo Roe\n\nThe union of seamen said late on Friday that it had taken\n\
        the offer of the three owners and would go back to work on\nSaturday.\n\nShips sail again.";
    let expected = "body: The union of seamen said late on Friday that it had taken the offer of the three owners and \
        would go back to work on Saturday.";
    assert_eq!(parts(wrapped)[2], expected);
    // A paragraph a line, without blank lines.
    let long = "Nobody in the harbour had seen a strike of that length since the owners sold the old fleet, the oldest of the \
        pilots told this paper.";
    let tight = format!("Ferry Strike Ends After Nine Days of Talks\nBy Jo Roe\n{long}\n{long}");
    let kinds: Vec<PartKind> = read(&tight).parts.iter().map(|p| p.kind).collect();
    assert_eq!(
        kinds,
        [
            PartKind::Headline,
            PartKind::Byline,
            PartKind::Body,
            PartKind::Body
        ]
    );
}

#[test]
fn author_lines_come_in_many_forms() {
    let author = |line: &str| {
        read(&format!("Ferry Strike Ends After Nine Days\n\n{line}\n\nIt ended on Friday, the union told this paper.")).byline
    };
    for (line, wanted) in [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE AND JOHN VAN ROE", "JANE DOE AND JOHN VAN ROE"),
        ("By Jane Doe | The Elm Paper", "Jane Doe | The Elm Paper"),
        (
            "By Jane Doe, Elm Press, Published on May 3, 2014",
            "Jane Doe, Elm Press",
        ),
        ("Posted by Jane Doe", "Jane Doe"),
        ("Jane Doe\n\n3 May 2014", "Jane Doe"),
    ] {
        assert_eq!(author(line).as_deref(), Some(wanted), "{line}");
    }
    assert_eq!(author("By Friday the ships were back at sea."), None);
}

#[test]
fn dates_come_in_many_forms() {
    for text in [
        "2014-05-03",
        "2014-05-03T10:00:00Z",
        "2014/05/03",
        "20140503",
        "May 3, 2014",
        "Saturday, May 3rd, 2014 10:30 AM EDT",
        "3 May 2014",
        "3rd May 2014",
        "Published: 03-May-2014",
        "5/3/2014",
        "3.5.2014",
        "May 03 2014",
    ] {
        assert_eq!(parse_date(text).as_deref(), Some("2014-05-03"), "{text}");
    }
    assert_eq!(parse_date("13/5/2014").as_deref(), Some("2014-05-13"));
    assert_eq!(parse_date("Sept. 5, 2016").as_deref(), Some("2016-09-05"));
    assert_eq!(
        parse_date("29 February 2016").as_deref(),
        Some("2016-02-29")
    );
    for text in [
        "",
        "tomorrow",
        "2014-02-30",
        "29 February 2015",
        "May 3",
        "99",
    ] {
        assert_eq!(parse_date(text), None, "{text}");
    }
}

#[test]
fn a_line_of_a_date_alone_dates_the_story() {
    let text = "Ferry Strike Ends After Nine Days\n\nUpdated: Saturday, May 3, 2014 at 10:30 GMT\n\nIt ended on Friday, the union told us.";
    assert!(parts(text)[1].starts_with("date: Updated"));
    assert_eq!(read(text).published.as_deref(), Some("2014-05-03"));
}

#[test]
fn datelines_come_in_many_forms() {
    let line = |start: &str| {
        let story = read(&format!(
            "Ferry Strike Ends After Nine Days\n\n{start} The strike of the seamen has ended, the union said."
        ));
        let part = story.parts.iter().find(|p| p.kind == PartKind::Dateline)?;
        Some(part.span.of(&story.text).to_string())
    };
    for start in [
        "PORT ELM —",
        "PORT ELM, Norland —",
        "PORT ELM (AP) -",
        "PORT ELM, May 3 (Reuters) –",
        "Port Elm (Reuters) -",
        "ELM/ASH --",
    ] {
        assert_eq!(line(start).as_deref(), Some(start));
    }
    for start in ["FILE -", "The strike —", "In Port Elm -", "IT -"] {
        assert_eq!(line(start), None, "{start}");
    }
}

#[test]
fn a_given_headline_is_looked_for_in_the_text() {
    let given = |headline: &str| Given {
        headline: Some(headline.into()),
        ..Given::default()
    };
    let text = "Ferry strike ends\n\nThe strike of the seamen has ended, the union said on Friday.";
    let inside = story(text.into(), given("FERRY STRIKE ENDS"));
    assert_eq!(inside.parts[0].kind, PartKind::Headline);
    let outside = story(text.into(), given("Ships sail again"));
    assert!(outside.parts.iter().all(|p| p.kind != PartKind::Headline));
    assert_eq!(outside.headline.as_deref(), Some("Ships sail again"));
}

#[test]
fn what_is_given_wins_and_a_bad_date_is_a_problem() {
    let given = Given {
        published: Some("2020-01-02".into()),
        byline: Some("Al".into()),
        ..Given::default()
    };
    let made = story(PAGE.into(), given);
    assert_eq!(
        (made.published.as_deref(), made.byline.as_deref()),
        (Some("2020-01-02"), Some("Al"))
    );
    let bad = story(
        PAGE.into(),
        Given {
            published: Some("soon".into()),
            ..Given::default()
        },
    );
    assert_eq!(bad.problems[0].kind, "bad_date");
    assert_eq!(bad.published.as_deref(), Some("2014-03-03"));
}

#[test]
fn other_languages_are_a_problem() {
    let german = "Die Gewerkschaft der Seeleute hat am Freitag erklärt, dass sie das Angebot der Reeder annimmt und die Arbeit wieder \
        aufnehmen wird. Der Streik hatte neun Tage gedauert, und kein Schiff hatte den Hafen verlassen.";
    let story = read(german);
    assert_eq!(story.language.as_deref(), Some("de"));
    assert_eq!(story.problems[0].kind, "not_english");
    assert_eq!(read("Too short").language, None);
}

#[test]
fn the_seed_story_is_laid_out_right() {
    let shared = std::env::var("RAPPORTEUR_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    let path = std::path::Path::new(&shared).join("stories/000_574d78f9c76da2b6.txt");
    if !path.exists() {
        println!("skipped: {} is not here", path.display());
        return;
    }
    let story = Stories::open([path], Options::default())
        .next()
        .unwrap()
        .unwrap();
    let kinds: Vec<&str> = story
        .parts
        .iter()
        .map(|p| p.kind.as_str())
        .filter(|k| *k != "body")
        .collect();
    assert_eq!(
        kinds,
        [
            "boilerplate",
            "section",
            "headline",
            "byline",
            "subhead",
            "subhead",
            "boilerplate"
        ]
    );
    assert_eq!(story.byline.as_deref(), Some("Daniel Schearf"));
    assert_eq!(story.published.as_deref(), Some("2015-05-12"));
}

/// Lines that pages are made of, so that arbitrary pages are not all noise.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[A-Za-z’'\"“ .,?!-]{0,60}",
        Just("By Jane Doe May 3, 2014".to_string()),
        Just("PORT ELM — The strike has ended, they said on Friday.".to_string()),
        Just("Join the mailing list".to_string()),
        Just(String::new()),
        any::<String>(),
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn parts_are_in_order_and_cover_all_that_is_not_blank(text in lines()) {
        let story = read(&text);
        let mut at = 0;
        for part in &story.parts {
            prop_assert!(part.span.start >= at && part.span.start < part.span.end);
            prop_assert!(text[at..part.span.start].trim().is_empty());
            prop_assert!(text.is_char_boundary(part.span.end));
            at = part.span.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode(bytes.clone());
        let _ = stream(&bytes);
    }

    #[test]
    fn dates_that_are_read_are_dates(text in "[0-9A-Za-z ,./-]{0,30}") {
        if let Some(date) = parse_date(&text) {
            prop_assert_eq!(parse_date(&date), Some(date.clone()));
        }
    }
}

#[test]
fn much_text_in_odd_shapes_is_laid_out_in_time() {
    for text in [
        "word ".repeat(400_000),
        "\"".repeat(100_000),
        "x\n".repeat(200_000),
        "May 3, 2014\n\n".repeat(20_000),
    ] {
        let story = read(&text);
        assert!(!story.parts.is_empty());
    }
}
