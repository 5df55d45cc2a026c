//! Universal NER's names (`PER`, `ORG`, `LOC`): what the head finds, put right where the lexicon and the gazetteer know better.
//!
//! The head reads words; it has seen few of the world's names. An organisation or a state of the lexicon keeps its kind
//! whatever the words around it suggest; "Austin Texas" are two places; "Halvorsen, Ingrid" in the head of a letter is one
//! person.

use std::borrow::Cow;
use std::collections::HashSet;

use gazetteer::{Gazetteer, Kind};
use lexicon::{Lexicon, StateWord};
use types::{Document, TokenRange};

use crate::agreement::{agreed, spelling};
use crate::analyzer::Analyzer;
use crate::decode::scores::Scores;

/// Score of no name for words that were cut off.
const UNSEEN: f32 = 20.0;

const PERSON: &str = "PER";
const ORGANISATION: &str = "ORG";
const LOCATION: &str = "LOC";

/// A name: its words and its kind.
type Entity = (TokenRange, String);

impl Analyzer {
    /// Universal NER's names (`PER`, `ORG`, `LOC`) of a document, in text order.
    pub fn entities(&self, document: &Document) -> Vec<Entity> {
        let scheme = &self.labels.entities;
        let columns = scheme.columns();
        // What a window did not reach is no name.
        let mut scores = vec![0.0; document.tokens.len() * columns];
        scores
            .chunks_exact_mut(columns)
            .for_each(|row| row[scheme.out()] = UNSEEN);
        let read = self.each_window(document, |seen| {
            let own = seen.linear(&self.model, "entities");
            Vec::from_iter(own.map(|own| (seen.offset * columns, own.values().to_vec())))
        });
        for (at, own) in read {
            scores[at..at + own.len()].copy_from_slice(&own);
        }
        let spelling = |token| spelling(document.form(token)).map(Cow::Borrowed);
        let scores = agreed(&scores, columns, self.settings.agree_names, spelling);
        let starts: HashSet<usize> = document.sentences.iter().map(|s| s.tokens.start).collect();
        let barrier = |token: usize, _| starts.contains(&token);
        let found = scheme.decode(
            Scores::new(&scores, columns),
            self.settings.no_name,
            barrier,
        );
        let kind = |kind: usize| scheme.kinds()[kind].clone();
        let found = found.into_iter().map(|f| (f.words, kind(f.kind))).collect();
        settled(document, found)
    }
}

/// The names with their kinds and ends put right.
fn settled(document: &Document, found: Vec<Entity>) -> Vec<Entity> {
    let places = Gazetteer::built_in();
    let mut all: Vec<Entity> = Vec::with_capacity(found.len());
    for (words, kind) in found {
        let kind = known_kind(&form(document, &words)).map_or(kind, str::to_owned);
        let next = (words.clone(), kind.clone());
        let joins = |last: &Entity| {
            is_turned_name(document, last, &next) || is_cut_name(document, last, &next)
        };
        if all.last().is_some_and(joins) {
            if let Some((before, _)) = all.last_mut() {
                before.end = words.end;
            }
            continue;
        }
        match division_behind(document, &places, &words).filter(|_| kind == LOCATION) {
            Some(at) => all.extend([(words.start..at, kind.clone()), (at..words.end, kind)]),
            None => all.push((words, kind)),
        }
    }
    all
}

/// The words of a name as the lexicon writes them: without an article, hyphens and possessives closed up.
fn form(document: &Document, words: &TokenRange) -> String {
    let text = document.words(words);
    let text = text.replace(" - ", "-").replace(" 's", "'s");
    let article = text
        .split_once(' ')
        .filter(|(first, _)| first.eq_ignore_ascii_case("the"));
    article.map_or(text.clone(), |(_, rest)| rest.to_owned())
}

/// What the lexicon says a name is.
fn known_kind(form: &str) -> Option<&'static str> {
    let lexicon = Lexicon::built_in();
    let state = lexicon.state(form);
    if state.is_none() && lexicon.organisation(form).is_some() {
        return Some(ORGANISATION);
    }
    let place = |word| matches!(word, StateWord::Name | StateWord::Capital);
    state.filter(|s| place(s.word)).map(|_| LOCATION)
}

/// Where the division or country begins that stands right behind a town in one name ("Austin Texas"); `None` where the
/// whole is a place's name ("West Virginia") or the words before are none.
fn division_behind(document: &Document, places: &Gazetteer, words: &TokenRange) -> Option<usize> {
    let is = |words: TokenRange, fits: fn(Kind) -> bool| {
        let found = places.find(&form(document, &words));
        found
            .iter()
            .any(|m| places.place(m.place).is_some_and(|p| fits(p.kind)))
    };
    if words.len() < 2 || is(words.clone(), |_| true) {
        return None;
    }
    (words.start + 1..words.end).find(|at| {
        is(*at..words.end, |kind| {
            matches!(kind, Kind::Division | Kind::Country)
        }) && is(words.start..*at, Kind::is_town)
    })
}

/// "Halvorsen, Ingrid" where nothing but signs stands around it, as in the head of a letter.
fn is_turned_name(document: &Document, last: &Entity, next: &Entity) -> bool {
    let (surname, first) = (&last.0, &next.0);
    let comma = surname.end + 1 == first.start && document.form(surname.end) == ",";
    let is_sign = |token: Option<usize>| {
        let form = token
            .filter(|t| *t < document.tokens.len())
            .map(|t| document.form(t));
        form.is_none_or(|form| matches!(form, "\"" | "“" | "”" | "<" | ">" | ";" | "@" | "/" | "("))
    };
    let alone = is_sign(surname.start.checked_sub(1)) && is_sign(Some(first.end));
    last.1 == PERSON && next.1 == PERSON && surname.len() == 1 && comma && alone
}

/// "R." and "Moreau", "Ingrid" and "Moreau": one person whose name was cut behind an initial or a first name.
fn is_cut_name(document: &Document, last: &Entity, next: &Entity) -> bool {
    let adjacent = last.0.end == next.0.start && !starts_sentence(document, next.0.start);
    let ending = document.form(last.0.end - 1);
    let initial = ending.len() == 2 && ending.ends_with('.');
    let first = Lexicon::built_in().first_name(ending).is_some() && last.0.len() == 1;
    last.1 == PERSON && next.1 == PERSON && adjacent && (initial || first)
}

fn starts_sentence(document: &Document, token: usize) -> bool {
    document.sentences.iter().any(|s| s.tokens.start == token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::split;
    use types::{Part, PartKind, Span, Story};

    fn document(text: &str) -> Document {
        let whole = Part {
            kind: PartKind::Body,
            span: Span::new(0, text.len()),
        };
        let (sentences, tokens) = split(text, &[whole]);
        Document {
            story: Story {
                text: text.to_owned(),
                ..Story::default()
            },
            sentences,
            tokens,
            ..Document::default()
        }
    }

    /// The names of `text` after it was put right; `found` has first token, token after the last and kind.
    fn names(text: &str, found: &[(usize, usize, &str)]) -> Vec<(String, String)> {
        let document = document(text);
        let found = found
            .iter()
            .map(|(a, b, kind)| (*a..*b, (*kind).to_owned()));
        let settled = settled(&document, found.collect());
        let words = |(words, kind): Entity| (document.words(&words).to_owned(), kind);
        settled.into_iter().map(words).collect()
    }

    fn pair(words: &str, kind: &str) -> (String, String) {
        (words.to_owned(), kind.to_owned())
    }

    #[test]
    fn the_lexicon_knows_organisations_and_states() {
        let found = names(
            "Hamas left Kenya to Ingrid.",
            &[(0, 1, "LOC"), (2, 3, "PER"), (4, 5, "PER")],
        );
        assert_eq!(
            found,
            [
                pair("Hamas", "ORG"),
                pair("Kenya", "LOC"),
                pair("Ingrid", "PER")
            ]
        );
    }

    #[test]
    fn a_town_and_its_division_are_two() {
        let found = names("She lives in Austin Texas now.", &[(3, 5, "LOC")]);
        assert_eq!(found, [pair("Austin", "LOC"), pair("Texas", "LOC")]);
        let whole = names("She lives in West Virginia now.", &[(3, 5, "LOC")]);
        assert_eq!(whole, [pair("West Virginia", "LOC")]);
        let street = names("He owns Austin Street.", &[(2, 4, "LOC")]);
        assert_eq!(street, [pair("Austin Street", "LOC")]);
    }

    #[test]
    fn a_name_cut_behind_an_initial_or_a_first_name() {
        let one = |text: &str, at: usize| names(text, &[(0, at, "PER"), (at, at + 1, "PER")]);
        assert_eq!(one("R. Moreau left.", 1), [pair("R. Moreau", "PER")]);
        assert_eq!(
            one("Ingrid Moreau left.", 1),
            [pair("Ingrid Moreau", "PER")]
        );
        assert_eq!(one("Ingrid Moreau Petrovic left.", 2).len(), 2);
    }

    #[test]
    fn a_surname_before_its_first_name() {
        let text = "\"Halvorsen, Ingrid\" <ih@weir.example>";
        let found = names(text, &[(1, 2, "PER"), (3, 4, "PER")]);
        assert_eq!(found, [pair("Halvorsen, Ingrid", "PER")]);
        let listed = names(
            "I met Halvorsen, Petrovic and Moreau.",
            &[(2, 3, "PER"), (4, 5, "PER"), (6, 7, "PER")],
        );
        assert_eq!(listed.len(), 3);
    }
}
