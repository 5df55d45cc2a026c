//! Stories of our own, without a model: names are found by the gazetteer alone.

use proptest::prelude::*;
use types::{Document, Name, NameKind, Part, PartKind, Place, Span, Story};

use super::Atlas;
use crate::split::{paragraphs, split};

fn document(text: &str) -> Document {
    let parts = paragraphs(text, Span::new(0, text.len())).into_iter();
    let parts = parts.map(|span| Part {
        kind: PartKind::Body,
        span,
    });
    let story = Story {
        text: text.to_owned(),
        parts: parts.collect(),
        ..Story::default()
    };
    let (sentences, tokens) = split(&story.text, &story.parts);
    Document {
        story,
        sentences,
        tokens,
        ..Document::default()
    }
}

/// The document with these words as names.
fn named(text: &str, names: &[(&str, NameKind)]) -> Document {
    let mut document = document(text);
    for (words, kind) in names {
        let start = text.find(words).expect("words of the text");
        let inside = |t: &types::Token| t.span.start >= start && t.span.end <= start + words.len();
        let tokens: Vec<usize> = (0..document.tokens.len())
            .filter(|t| inside(&document.tokens[*t]))
            .collect();
        let tokens = tokens[0]..tokens[tokens.len() - 1] + 1;
        document.names.push(Name {
            tokens,
            kind: *kind,
            confidence: 1.0,
            second: None,
        });
    }
    document.names.sort_by_key(|n| n.tokens.start);
    document
}

/// Each place as `words: name, division, country`, with the words of all mentions.
fn told(document: &Document) -> Vec<String> {
    let line = |place: &Place| {
        let words: Vec<&str> = place
            .mentions
            .iter()
            .map(|m| m.of(&document.story.text))
            .collect();
        let or = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
        format!(
            "{}: {}, {}, {}",
            words.join("+"),
            place.name,
            or(&place.division),
            or(&place.country)
        )
    };
    Atlas::built_in()
        .places(document)
        .iter()
        .map(line)
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(told(&document(text)), expected, "{text}");
}

#[test]
fn names_are_those_of_english() {
    let told = told(&document("Troops from Russia and Ukraine met in Crimea."));
    assert!(
        told.iter().any(|line| line.starts_with("Crimea: Crimea, ")),
        "{told:?}"
    );
}

#[test]
fn cities_that_need_no_country() {
    let told = told(&document(
        "The United States and Russia signed the agreement in Geneva, the American envoy said.",
    ));
    assert!(
        told.iter()
            .any(|line| line.starts_with("Geneva: ") && line.ends_with(" CHE")),
        "{told:?}"
    );
}

#[test]
fn a_direction_alone_is_no_place_on_the_map() {
    let read = named("He warned the West again.", &[("West", NameKind::Location)]);
    assert_eq!(told(&read), ["West: West, -, -"]);
}

#[test]
fn words_beside_a_name_explain_it() {
    check(
        "He flew to Paris, Texas.",
        &["Paris: Paris, Texas, USA", "Texas: Texas, -, USA"],
    );
    check("He flew to Paris.", &["Paris: Paris, Île-de-France, FRA"]);
    check(
        "They met in Macon, Ga., on Friday.",
        &["Macon: Macon, Georgia, USA", "Ga.: Georgia, -, USA"],
    );
    check(
        "Soldiers entered Syria's Aleppo.",
        &["Syria: Syria, -, SYR", "Aleppo: Aleppo, Ḩalab, SYR"],
    );
}

#[test]
fn one_name_is_one_place_unless_the_words_beside_it_say_otherwise() {
    check(
        "A bridge in Athens, Ohio, was closed. People in Athens were angry. In Athens, Greece, nobody cared.",
        &[
            "Athens+Athens: Athens, Ohio, USA",
            "Ohio: Ohio, -, USA",
            "Athens: Athens, Attikí, GRC",
            "Greece: Greece, -, GRC",
        ],
    );
}

#[test]
fn the_rest_of_the_story_tells_which() {
    let text = "Officials in Tbilisi, Batumi and Gori said that Georgia would not wait.";
    assert!(told(&document(text)).contains(&"Georgia: Georgia, -, GEO".to_owned()));
    let text = "Officials in Atlanta, Savannah and Macon said that Georgia would not wait.";
    assert!(told(&document(text)).contains(&"Georgia: Georgia, -, USA".to_owned()));
}

#[test]
fn lists_of_states_are_no_towns_in_states() {
    let places = told(&document("It snowed in Kansas, Illinois and Missouri."));
    assert_eq!(places[0], "Kansas: Kansas, -, USA");
}

#[test]
fn what_is_no_place_is_none() {
    check("Mr. London thanked Paris Hilton.", &[]);
    check("The Russian minister praised American farmers.", &[]);
    check(
        "He lives on Richmond Street and reads the Washington Post.",
        &[],
    );
    let person = named(
        "Austin Hill lost. Hill said so.",
        &[("Austin Hill", NameKind::Person)],
    );
    assert!(told(&person).is_empty());
}

#[test]
fn a_name_that_the_gazetteer_lacks_has_no_coordinates() {
    let document = named(
        "The army took Qarmunab in Syria.",
        &[
            ("Qarmunab", NameKind::Location),
            ("Syria", NameKind::Location),
        ],
    );
    let places = Atlas::built_in().places(&document);
    assert_eq!(places[0].name, "Qarmunab");
    assert_eq!(
        (
            places[0].point,
            places[0].country.clone(),
            places[0].geonames
        ),
        (None, None, None)
    );
    assert_eq!(places[1].country.as_deref(), Some("SYR"));
}

#[test]
fn organisations_named_after_places() {
    let text = "The Gainesville Police Department warned Ford Motor Company.";
    let document = named(
        text,
        &[
            ("Gainesville Police Department", NameKind::Organization),
            ("Ford Motor Company", NameKind::Organization),
        ],
    );
    assert_eq!(told(&document), ["Gainesville: Gainesville, Florida, USA"]);
}

#[test]
fn datelines_are_places() {
    let text = "SOCHI, Russia — The ministers met.";
    let mut document = document(&text[17..]);
    let at = "SOCHI, Russia — ".len();
    document = {
        let story = Story {
            text: text.to_owned(),
            parts: vec![
                Part {
                    kind: PartKind::Dateline,
                    span: Span::new(0, at),
                },
                Part {
                    kind: PartKind::Body,
                    span: Span::new(at, text.len()),
                },
            ],
            ..document.story
        };
        let (sentences, tokens) = split(&story.text, &story.parts);
        Document {
            story,
            sentences,
            tokens,
            ..Document::default()
        }
    };
    let places = told(&document);
    assert_eq!(places.len(), 2);
    assert!(
        places[0].starts_with("SOCHI: Sochi, Krasnodar"),
        "{places:?}"
    );
    assert_eq!(places[1], "Russia: Russia, -, RUS");
}

#[test]
fn the_publisher_tells_where_a_paper_is_read() {
    let mut document = document("A man from Richmond was arrested.");
    assert!(told(&document)[0].ends_with("Virginia, USA"));
    document.story.publisher = Some("Richmond Register, Kentucky".to_owned());
    assert!(told(&document)[0].ends_with("Kentucky, USA"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_is_read(text in "(([A-Z][a-z]{0,6}|Paris|Ga\\.|U\\.S\\.|,|'s|\\PC{0,4}) ?){0,40}") {
        let document = document(&text);
        let atlas = Atlas::built_in();
        let places = atlas.places(&document);
        prop_assert_eq!(&places, &atlas.places(&document));
        for mention in places.iter().flat_map(|p| &p.mentions) {
            prop_assert!(!mention.of(&text).trim().is_empty());
        }
    }
}
