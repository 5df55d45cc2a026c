//! Whether what stands around a name lets it be a place.

use std::collections::BTreeSet;

use types::{Document, NameKind, TokenRange, Upos};

use super::Atlas;
use super::finding::{Names, Trust, is_capitalised};
use super::lookup::is_upper;
use super::words::{CIVIC, LOCATIVE, PEOPLE, THINGS, is_in};

/// What is known of a story's words before its places are looked for.
pub(super) struct Story<'d> {
    pub(super) document: &'d Document,
    pub(super) names: Names<'d>,
    /// Last words of the names of persons.
    persons: BTreeSet<&'d str>,
    /// Words that stand in lower case somewhere.
    lower: BTreeSet<&'d str>,
}

impl<'d> Story<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let persons = document.names.iter().filter(|n| n.kind == NameKind::Person);
        let last =
            |n: &types::Name| (n.tokens.end <= document.tokens.len()).then_some(n.tokens.end - 1);
        let persons = persons.filter(|n| !n.tokens.is_empty()).filter_map(last);
        let forms = (0..document.tokens.len()).map(|t| document.form(t));
        Story {
            names: Names::of(document),
            persons: persons.map(|t| document.form(t)).collect(),
            lower: forms
                .filter(|f| f.starts_with(char::is_lowercase))
                .collect(),
            document,
        }
    }

    /// How far words that the gazetteer knows, and the model does not take for a place, may be trusted to name one; `None`
    /// where they may not.
    pub(super) fn trust(&self, atlas: &Atlas, part: &TokenRange) -> Option<Trust> {
        let (before, behind) = self.around(part);
        let first = self.document.form(part.start);
        let bare = |word: &str| word.trim_end_matches('.').to_lowercase();
        if behind.is_some_and(|b| is_capitalised(b) && is_in(&bare(b), THINGS)) {
            return None;
        }
        let civic = behind.is_some_and(|b| is_in(&bare(b), CIVIC) || is_in(&bare(b), PEOPLE));
        let person = before.is_some_and(|b| is_personal(atlas, b));
        let alone = part.len() == 1;
        let common = alone
            && (self.lower.contains(first.to_lowercase().as_str())
                || self.is_tagged_otherwise(part));
        let known_person = alone && self.persons.contains(first);
        if person || common || known_person && !civic {
            return None;
        }
        if civic
            || before.is_some_and(|b| is_in(&b.to_lowercase(), LOCATIVE))
            || self.begins_dateline(part)
        {
            return Some(Trust::Likely);
        }
        let joined = [before, behind]
            .into_iter()
            .flatten()
            .any(|w| is_capitalised(w) && !w.ends_with('.'));
        let named = alone && atlas.lexicon.first_name(first).is_some();
        (!(named || joined && alone)).then_some(Trust::Weak)
    }

    /// The words before and behind, in the same sentence. A capital at the beginning of a sentence tells nothing.
    fn around(&self, part: &TokenRange) -> (Option<&'d str>, Option<&'d str>) {
        let sentence = self.document.sentence_of(part.start);
        let tokens = sentence
            .map(|s| self.document.sentences[s].tokens.clone())
            .unwrap_or_default();
        let form = |t: usize| tokens.contains(&t).then(|| self.document.form(t));
        (part.start.checked_sub(1).and_then(form), form(part.end))
    }

    /// "CROMWELL — Police …" in the middle of a text.
    fn begins_dateline(&self, part: &TokenRange) -> bool {
        let dash = self
            .around(part)
            .1
            .is_some_and(|b| matches!(b, "—" | "–" | "--"));
        dash && is_upper(self.document.words(part))
    }

    /// "R-London", "D-Charleston": the home of a member of parliament.
    pub(super) fn behind_party(&self, token: usize) -> bool {
        let Some(party) = token.checked_sub(2) else {
            return false;
        };
        self.document.form(party + 1) == "-" && matches!(self.document.form(party), "R" | "D")
    }

    /// Whether the tagger, where it ran, takes the only word for no name.
    fn is_tagged_otherwise(&self, part: &TokenRange) -> bool {
        let upos = self.document.tokens[part.start].upos;
        !matches!(upos, Upos::X | Upos::Propn)
    }
}

/// Words before the name of a person: a title, a first name, an initial.
fn is_personal(atlas: &Atlas, word: &str) -> bool {
    let bare = word.trim_end_matches('.').to_lowercase();
    let initial = word.len() == 2 && word.ends_with('.');
    is_capitalised(word)
        && (initial
            || atlas.lexicon.title(&bare).is_some()
            || atlas.lexicon.first_name(word).is_some())
}
