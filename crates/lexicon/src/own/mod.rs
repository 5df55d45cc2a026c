//! A user's own lexicon, which goes before the built-in one: our own format and the dictionaries of PETRARCH and TABARI.
//!
//! `docs/lexicon.md` describes both. Lines with errors are named and left out; the others hold.

mod ours;
mod petrarch;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use crate::code::ActorCode;
use crate::entries::{ActorKind, Number};
use crate::fold::key;
use types::Date;

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineProblem {
    /// Counted from 1.
    pub line: usize,
    /// Why the line, or a part of it, was left out.
    pub reason: String,
}

impl fmt::Display for LineProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// Names, codes and role nouns of a user.
#[derive(Clone, Debug, Default)]
pub struct Own {
    entries: Vec<Entry>,
    /// Entry by [`key`] of each of its names.
    names: BTreeMap<String, usize>,
    /// Role nouns in singular and plural, lower case.
    agents: BTreeMap<String, OwnAgent>,
}

/// Somebody with a name and a code that may change with time.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) kind: Option<ActorKind>,
    pub(crate) codes: Vec<DatedCode>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DatedCode {
    pub(crate) code: ActorCode,
    /// First day on which the code holds; always before where there is none.
    pub(crate) from: Option<Date>,
    /// Last day on which the code holds; still where there is none.
    pub(crate) to: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnAgent {
    pub(crate) role: String,
    pub(crate) number: Number,
}

impl DatedCode {
    fn holds(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => {
                self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
            }
            // Of a story without a date it is not known which of several terms it belongs to.
            None => self.from.is_none() && self.to.is_none(),
        }
    }
}

impl Own {
    /// Takes in the text of one file: in our own format where its first entry is of that, else as PETRARCH has it. What
    /// an earlier file says goes before. Gives the lines that were left out, in order.
    pub fn read(&mut self, text: &str, is_country: &dyn Fn(&str) -> bool) -> Vec<LineProblem> {
        let mut problems = if ours::is_ours(text) {
            ours::read(self, text, is_country)
        } else {
            petrarch::read(self, text, is_country)
        };
        problems.sort_by_key(|problem| problem.line);
        problems
    }

    /// Names, with all synonyms, and role nouns.
    pub fn len(&self) -> usize {
        self.names.len() + self.agents.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry of that name and its code on that day: the first that holds.
    pub(crate) fn actor(&self, name: &str, day: Option<Date>) -> Option<(&Entry, &ActorCode)> {
        if self.names.is_empty() {
            return None;
        }
        let entry = &self.entries[*self.names.get(&key(name))?];
        let dated = entry.codes.iter().find(|code| code.holds(day))?;
        Some((entry, &dated.code))
    }

    pub(crate) fn agent(&self, lemma: &str) -> Option<&OwnAgent> {
        if self.agents.is_empty() {
            return None;
        }
        self.agents.get(&key(lemma))
    }

    /// Adds an entry under all its names; names that are known already keep their entry.
    fn add(&mut self, entry: Entry, names: &[String]) {
        let index = self.entries.len();
        for name in names {
            let key = key(name);
            if !key.is_empty() {
                self.names.entry(key).or_insert(index);
            }
        }
        self.entries.push(entry);
    }

    fn add_agent(&mut self, noun: &str, role: String, number: Number) {
        let noun = key(noun);
        if !noun.is_empty() {
            self.agents.entry(noun).or_insert(OwnAgent { role, number });
        }
    }
}
