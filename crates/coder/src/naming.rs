//! When two names are one: surnames, acronyms.

use std::collections::BTreeMap;

use crate::draft::{Draft, Kind};

/// How well `short` shortens the name `full`: 0 the same, 1 its last word or words, 2 other words of it.
pub(crate) fn shortens(short: &[String], full: &[String]) -> Option<u8> {
    if short == full {
        return Some(0);
    }
    let last = short.last()? == full.last()?;
    let ends = full.ends_with(short);
    let first = || short.len() > 1 && full.len() > 1 && same_first(&short[0], &full[0]);
    if ends || last && first() {
        return Some(1);
    }
    let within = full.windows(short.len()).any(|w| w == short);
    within.then_some(2)
}

/// "J." and "John", "Vlad" and "Vladimir".
fn same_first(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
    a.starts_with(b) || b.starts_with(a)
}

/// Which actor a name belongs to.
#[derive(Default)]
pub(crate) struct Names {
    /// States, organisations, peoples by kind and key.
    keys: BTreeMap<(&'static str, Vec<String>), usize>,
    /// Organisations by the initials of their names ("FSA" for "Free Syrian Army").
    initials: BTreeMap<String, usize>,
    /// Organisations whose name is an acronym.
    acronyms: BTreeMap<String, usize>,
    /// Persons by each word of their names.
    persons: BTreeMap<String, Vec<usize>>,
}

impl Names {
    /// Remembers the name of `actor`; of two actors with one name the first keeps it.
    pub(crate) fn learn(&mut self, draft: &Draft, actor: usize) {
        let key = (draft.kind.as_str(), draft.key.clone());
        self.keys.entry(key).or_insert(actor);
        if draft.kind == Kind::Organisation {
            if let Some(letters) = acronym(&draft.name) {
                self.acronyms.entry(letters).or_insert(actor);
            }
            for initials in initials(&draft.name) {
                self.initials.entry(initials).or_insert(actor);
            }
        }
        if draft.kind == Kind::Person {
            for word in &draft.key {
                let known = self.persons.entry(word.clone()).or_default();
                if !known.contains(&actor) {
                    known.push(actor);
                }
            }
        }
    }

    /// The actor of the same kind with the same key, or of which one name is the acronym of the other.
    pub(crate) fn same(&self, draft: &Draft) -> Option<usize> {
        let key = (draft.kind.as_str(), draft.key.clone());
        if let Some(actor) = self.keys.get(&key) {
            return Some(*actor);
        }
        if draft.kind != Kind::Organisation {
            return None;
        }
        let long = || self.initials.get(&acronym(&draft.name)?).copied();
        let short = || {
            let mut initials = initials(&draft.name).into_iter();
            initials.find_map(|i| self.acronyms.get(&i)).copied()
        };
        long().or_else(short)
    }

    /// Persons with `word` in their names.
    pub(crate) fn persons_with(&self, word: &str) -> &[usize] {
        self.persons.get(word).map_or(&[], Vec::as_slice)
    }
}

/// The letters of a name that has nothing but capitals: "U.N." gives "UN".
fn acronym(name: &str) -> Option<String> {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let capitals = letters.len() >= 2 && letters.chars().all(char::is_uppercase);
    capitals.then_some(letters)
}

/// Initials of a name of several words: of all words, and of the capitalised ones.
fn initials(name: &str) -> Vec<String> {
    if !name.contains(' ') {
        return Vec::new();
    }
    let firsts = || name.split([' ', '-']).filter_map(|w| w.chars().next());
    let all: String = firsts().flat_map(char::to_uppercase).collect();
    let capitals: String = firsts().filter(|c| c.is_uppercase()).collect();
    let mut found = vec![capitals, all];
    found.retain(|i| i.chars().count() >= 2);
    found.dedup();
    found
}
