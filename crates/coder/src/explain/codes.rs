//! How actors got their codes: the lexicon's code for the whole name, or a country and a role from the words of mentions.

use std::collections::BTreeSet;

use lexicon::{Entry, List};
use types::TokenRange;
use types::explain::Decision;

use crate::draft::{Draft, Kind};

use super::{Teller, decision, line};

impl Teller<'_, '_> {
    /// A decision on the code of each of `actors` that is in the record, each once.
    pub(super) fn codes<'a>(&self, actors: impl Iterator<Item = &'a usize>) -> Vec<Decision> {
        let mut told = BTreeSet::new();
        let first = actors.filter(|a| told.insert(**a)).copied();
        first.filter_map(|actor| self.code(actor)).collect()
    }

    fn code(&self, actor: usize) -> Option<Decision> {
        let id = self.actor_id(actor)?;
        let coded = self.record.actors.iter().find(|a| a.id == id)?;
        let draft = &self.cast.actors[actor];
        let by = match (draft.code, &coded.code) {
            (Some(_), _) => "rule:code-of-name",
            (None, Some(_)) => "rule:country-and-role",
            (None, None) => "rule:no-country",
        };
        let (entries, found) = self.entries(draft);
        let why = match (draft.code, draft.country) {
            (Some(_), _) => "The lexicon has a code for the name.",
            (None, Some(_)) if !found && draft.kind == Kind::PlaceAsState => {
                "The country that the gazetteer has the place in; a place is no government."
            }
            (None, Some(_)) if !found => {
                "Country and first role; the country is not in the actor's own words, but taken over from what is around them."
            }
            (None, Some(_)) => "Country and first role, from the words of the mentions.",
            (None, None) => "No code without a country.",
        };
        Some(Decision {
            value: coded.code.clone(),
            label: Some(coded.name.clone()),
            lexicon: entries.into_iter().map(line).collect(),
            why: Some(why.to_owned()),
            ..decision("codes", "code", by)
        })
    }

    /// The lines that give code, country and roles to words of the actor's mentions, each once; and whether one gives the
    /// country.
    fn entries(&self, draft: &Draft) -> (Vec<Entry>, bool) {
        let (mut found, mut country) = (Vec::new(), false);
        let mut add = |entry: Option<Entry>, column: &str| {
            let fits = entry.filter(|e| e.text.split('\t').skip(1).any(|c| c == column));
            let new = fits.filter(|e| !found.contains(e));
            found.extend(new);
            fits.is_some()
        };
        for range in self.own_words(draft) {
            let words = self.reading.document.words(&self.reading.bare(&range));
            if let Some(code) = draft.code {
                add(List::Organisations.entry(words), code);
            }
            if let Some(own) = draft.country {
                country |= add(List::States.entry(words), own);
                country |= add(List::Territories.entry(words), own);
                for token in range.clone() {
                    country |= add(List::States.entry(self.reading.form(token)), own);
                }
            }
            for role in &draft.roles {
                for lemmas in lemmas(self, &range) {
                    add(List::Agents.entry(&lemmas), role);
                }
            }
        }
        (found, country)
    }

    /// The words of the actor's mentions, and of the titles before them.
    fn own_words(&self, draft: &Draft) -> Vec<TokenRange> {
        let mentions = draft.mentions.iter().map(|m| &self.cast.mentions.all[*m]);
        let titles = draft.titles.iter().map(|t| t.tokens.clone());
        let all = titles.chain(mentions.map(|m| m.tokens.clone()));
        all.filter(|r| self.reading.is_sound(r)).collect()
    }
}

/// Dictionary forms of the words of `range`, and of each two in a row.
fn lemmas(teller: &Teller, range: &TokenRange) -> Vec<String> {
    let lemma = |t: usize| teller.reading.lemma(t).to_owned();
    let pairs = range
        .clone()
        .skip(1)
        .map(|t| format!("{} {}", lemma(t - 1), lemma(t)));
    pairs.chain(range.clone().map(lemma)).collect()
}
