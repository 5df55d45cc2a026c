//! Our own format: lines of `actor`, `alias` and `agent`, with tabs between the columns.

use std::collections::BTreeMap;

use super::{DatedCode, Entry, LineProblem, Own};
use crate::code::ActorCode;
use crate::entries::{ActorKind, Number};
use crate::fold::key;
use types::Date;

const WORDS: [&str; 3] = ["actor", "alias", "agent"];

/// Whether the first entry of `text` is one of ours.
pub(super) fn is_ours(text: &str) -> bool {
    let first = text
        .lines()
        .map(str::trim_end)
        .find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        line.split('\t')
            .next()
            .is_some_and(|word| WORDS.contains(&word))
    })
}

/// Reads `text` into `own`.
pub(super) fn read(
    own: &mut Own,
    text: &str,
    is_country: &dyn Fn(&str) -> bool,
) -> Vec<LineProblem> {
    let mut file = File {
        own,
        is_country,
        known: BTreeMap::new(),
        aliases: Vec::new(),
    };
    let mut problems = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err(reason) = file.line(index + 1, line) {
            problems.push(LineProblem {
                line: index + 1,
                reason,
            });
        }
    }
    problems.extend(file.close());
    problems
}

struct File<'f> {
    own: &'f mut Own,
    is_country: &'f dyn Fn(&str) -> bool,
    /// Actors of this file by key: a second line of one name is another term.
    known: BTreeMap<String, Entry>,
    /// Line, other name, name.
    aliases: Vec<(usize, String, String)>,
}

impl File<'_> {
    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        match columns.as_slice() {
            ["actor", name, code, rest @ ..] if rest.len() <= 2 => self.actor(name, code, rest),
            ["alias", other, name] => {
                filled(other)?;
                self.aliases
                    .push((number, (*other).to_owned(), (*name).to_owned()));
                Ok(())
            }
            ["agent", noun, role, rest @ ..] if rest.len() <= 1 => self.agent(noun, role, rest),
            ["actor", ..] => Err(
                "actor takes name, code, and maybe kind and dates, with tabs between".to_owned(),
            ),
            ["alias", ..] => {
                Err("alias takes another name and the actor's name, with tabs between".to_owned())
            }
            ["agent", ..] => Err(
                "agent takes a noun, a role, and maybe person or group, with tabs between"
                    .to_owned(),
            ),
            _ => Err("a line begins with actor, alias or agent and a tab".to_owned()),
        }
    }

    fn actor(&mut self, name: &str, code: &str, rest: &[&str]) -> Result<(), String> {
        filled(name)?;
        let code =
            ActorCode::parse_known(code, self.is_country).map_err(|e| format!("{code}: {e}"))?;
        let kind = match rest.first().copied().unwrap_or("-") {
            "-" | "" => None,
            word => Some(ActorKind::parse(word).ok_or_else(|| {
                format!("{word}: a kind is person, state, organisation, group or -")
            })?),
        };
        let (from, to) = dates(rest.get(1).copied().unwrap_or("-"))?;
        let term = DatedCode { code, from, to };
        let entry = self.known.entry(key(name)).or_insert_with(|| Entry {
            name: name.to_owned(),
            kind: None,
            codes: Vec::new(),
        });
        if let Some(other) = entry.codes.iter().find(|other| overlaps(other, &term)) {
            return Err(format!(
                "{name} is {} on some of these days already",
                other.code.as_str()
            ));
        }
        entry.kind = entry.kind.or(kind);
        entry.codes.push(term);
        Ok(())
    }

    fn agent(&mut self, noun: &str, role: &str, rest: &[&str]) -> Result<(), String> {
        filled(noun)?;
        let known = role.len() == 3 && crate::code::is_role(role);
        if !known {
            return Err(format!(
                "{role}: a role is one of CAMEO's, such as GOV, MIL or REB"
            ));
        }
        let number = match rest.first().copied().unwrap_or("person") {
            "person" | "-" => Number::Person,
            "group" => Number::Group,
            word => return Err(format!("{word}: one such noun names a person or a group")),
        };
        if self.own.agents.contains_key(&key(noun)) {
            return Err(format!("{noun} has a role already"));
        }
        self.own.add_agent(noun, role.to_owned(), number);
        Ok(())
    }

    /// Takes in the actors with their aliases, now that all lines are read.
    fn close(self) -> Vec<LineProblem> {
        let mut problems = Vec::new();
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (line, other, name) in self.aliases {
            let target = key(&name);
            let reason = if !self.known.contains_key(&target) {
                format!("{name}: no actor of this file has that name")
            } else if self.known.contains_key(&key(&other)) {
                format!("{other} is an actor of its own")
            } else {
                names.entry(target).or_default().push(other);
                continue;
            };
            problems.push(LineProblem { line, reason });
        }
        for (key, mut entry) in self.known {
            // Terms with dates go before what holds at any other time.
            entry
                .codes
                .sort_by_key(|code| code.from.is_none() && code.to.is_none());
            let mut all = vec![entry.name.clone()];
            all.extend(names.remove(&key).unwrap_or_default());
            self.own.add(entry, &all);
        }
        problems
    }
}

fn filled(name: &str) -> Result<(), String> {
    match key(name).is_empty() {
        true => Err("the name is empty".to_owned()),
        false => Ok(()),
    }
}

/// Two terms with dates that share a day, or two without dates.
fn overlaps(a: &DatedCode, b: &DatedCode) -> bool {
    let dated = |c: &DatedCode| c.from.is_some() || c.to.is_some();
    let before = |a: &DatedCode, b: &DatedCode| matches!((a.to, b.from), (Some(to), Some(from)) if to < from);
    dated(a) == dated(b) && !before(a, b) && !before(b, a)
}

/// `2012-05-07..2018`, with either side open, or `-` for always.
fn dates(text: &str) -> Result<(Option<Date>, Option<Date>), String> {
    if matches!(text, "-" | "") {
        return Ok((None, None));
    }
    let bad =
        || format!("{text}: dates are FIRST..LAST, each YYYY-MM-DD, YYYY-MM, YYYY or nothing");
    let (first, last) = text.split_once("..").ok_or_else(bad)?;
    let from = (!first.is_empty())
        .then(|| Date::first_of(first).ok_or_else(bad))
        .transpose()?;
    let to = (!last.is_empty())
        .then(|| Date::last_of(last).ok_or_else(bad))
        .transpose()?;
    match (from, to) {
        (Some(from), Some(to)) if from > to => {
            Err(format!("{text}: the first day comes after the last"))
        }
        _ => Ok((from, to)),
    }
}
