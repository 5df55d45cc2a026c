//! What the rest of a story tells of where it plays: nationalities, and the publisher.

use std::collections::BTreeMap;

use gazetteer::{PlaceId, Spelling, fold};
use lexicon::StateWord;
use types::Document;

use super::Atlas;
use super::finding::is_capitalised;

/// Evidence that is no mention of a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// Countries by ISO code, with how often their people or adjectives are named.
    pub(super) people: BTreeMap<String, f32>,
    /// Places that the publisher's name or address names.
    pub(super) publisher: Vec<PlaceId>,
}

pub(super) fn of(atlas: &Atlas, document: &Document) -> Context {
    let mut context = Context::default();
    for token in 0..document.tokens.len() {
        let form = document.form(token);
        if !is_capitalised(form) {
            continue;
        }
        if let Some(state) = atlas.lexicon.state(form)
            && matches!(
                state.word,
                StateWord::Demonym | StateWord::People | StateWord::Seat
            )
        {
            *context.people.entry(state.country.to_owned()).or_default() += 1.0;
        }
    }
    context.publisher = publisher(atlas, document);
    context
}

/// Places named by the publisher: words of its name ("Richmond Times-Dispatch"), or of the host of its address.
fn publisher(atlas: &Atlas, document: &Document) -> Vec<PlaceId> {
    let story = &document.story;
    let name = story.publisher.as_deref().unwrap_or_default();
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .take(8)
        .collect();
    let mut found = Vec::new();
    for start in 0..words.len() {
        for end in (start + 1..=words.len().min(start + 3)).rev() {
            let matches = atlas
                .gazetteer
                .find_key(&fold(&words[start..end].join(" ")));
            let main = matches.iter().filter(|m| m.spelling == Spelling::Main);
            found.extend(main.map(|m| m.place));
        }
    }
    found
}
