//! How an issue is called: as the story words it first, with its country or what else tells which one it is.

use types::Upos;

use super::countries;
use crate::reading::Reading;

/// "Iran's nuclear program", "conflict in Syria".
pub(super) fn with_place(
    reading: &Reading,
    noun: usize,
    place: usize,
    qualifiers: &[String],
) -> String {
    let mut words: Vec<&str> = qualifiers.iter().map(String::as_str).collect();
    words.push(reading.form(noun));
    let thing = match qualifiers {
        // A single noun in the plural only because it stands for two: "the conflicts in Syria and Ukraine".
        [] if reading.is_plural(noun) && countries(reading, noun).len() > 1 => {
            reading.lemma(noun).to_owned()
        }
        _ => words.join(" ").to_lowercase(),
    };
    let phrase = reading.bare(&reading.noun_phrase(place));
    let place_name = reading.document.words(&phrase);
    let owns = |t: usize| reading.has_case(t, &["'s", "’s", "'", "’"]);
    match reading.full_relation(place) {
        _ if owns(place) => format!("{place_name}'s {thing}"),
        "nmod:poss" => format!("{place_name}'s {thing}"),
        "amod" | "compound" => format!("{place_name} {thing}"),
        _ => {
            let first = reading
                .head(place)
                .filter(|h| reading.relation(place) == "conj" && *h != noun);
            let mut cases = reading.related(first.unwrap_or(place), &["case"]);
            let case = cases.next().map_or("in", |c| reading.form(c));
            format!("{thing} {} {place_name}", case.to_lowercase())
        }
    }
}

/// "Verdict", "conviction of Irakli Lomidze".
pub(super) fn without_place(reading: &Reading, noun: usize, behind: Option<usize>) -> String {
    let thing = short(reading, noun);
    let Some(behind) = behind else {
        return thing;
    };
    let mut cases = reading.related(behind, &["case"]);
    let case = cases
        .next()
        .map_or("of".to_owned(), |c| reading.form(c).to_lowercase());
    let names = match reading.upos(behind) {
        Upos::Propn => reading
            .document
            .words(&reading.bare(&reading.noun_phrase(behind)))
            .to_owned(),
        _ => short(reading, behind),
    };
    format!("{thing} {case} {names}")
}

/// A noun with the words before it that belong to what it names: not "the latest" verdict, "these" cases.
fn short(reading: &Reading, noun: usize) -> String {
    const IDLE: &[&str] = &[
        "any", "certain", "current", "few", "former", "last", "late", "latest", "many", "more",
        "new", "next", "other", "own", "possible", "recent", "several", "such",
    ];
    let telling = |t: usize| match reading.relation(t) {
        "compound" | "flat" | "fixed" => true,
        "amod" => reading.upos(t) != Upos::Verb && !reading.lemma_is(t, IDLE),
        _ => false,
    };
    let own = reading.noun_phrase(noun);
    let words = own.filter(|t| *t == noun || reading.head(*t) == Some(noun) && telling(*t));
    // Capitals of a headline and of a sentence's first word say nothing.
    let sentence = reading.sentence(noun);
    let first = reading
        .document
        .sentences
        .get(sentence)
        .map(|s| s.tokens.start);
    let word = |t: usize| {
        let idle = sentence == 0 || first == Some(t);
        match reading.upos(t) {
            Upos::Propn => reading.form(t).to_owned(),
            _ if idle => reading.form(t).to_lowercase(),
            _ => reading.form(t).to_owned(),
        }
    };
    words.map(word).collect::<Vec<_>>().join(" ")
}

/// "Conflict between Armenia and Azerbaijan", "Israeli-Palestinian dispute": an issue of several countries; `None` where the
/// countries are each another one's.
pub(super) fn between(reading: &Reading, noun: usize, places: &[(usize, &str)]) -> Option<String> {
    let [first, .., last] = places else {
        return None;
    };
    let before = places.iter().all(|(t, _)| *t < noun);
    let hyphen = (first.0..last.0).any(|t| matches!(reading.form(t), "-" | "–"));
    if before && hyphen {
        let own = reading.bare(&reading.noun_phrase(noun));
        return Some(reading.document.words(&own).to_owned());
    }
    let joint = |t: usize| reading.has_case(t, &["between", "among"]);
    let joint = places.iter().any(|(t, _)| joint(*t));
    joint.then(|| {
        let name = |t: usize| {
            reading
                .document
                .words(&reading.bare(&reading.noun_phrase(t)))
        };
        let names: Vec<&str> = places.iter().map(|(t, _)| name(*t)).collect();
        let thing = reading.form(noun).to_lowercase();
        format!("{thing} between {}", names.join(" and "))
    })
}

/// The name or noun behind a noun, or its possessor, that tells which one it is: "the use *of force*", "*her* detention".
pub(super) fn complement(reading: &Reading, noun: usize) -> Option<usize> {
    const CASES: &[&str] = &["of", "on", "at", "against", "for", "in", "to"];
    let telling = |t: &usize| {
        let named = matches!(reading.upos(*t), Upos::Propn | Upos::Noun);
        named && !reading.is_dated(*t) && reading.has_case(*t, CASES)
    };
    let mut behind = reading.related(noun, &["nmod"]).filter(|t| *t > noun);
    behind.find(telling)
}
