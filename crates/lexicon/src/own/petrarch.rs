//! Dictionaries of actors and agents as PETRARCH, TABARI and Phoenix have them.
//!
//! Format: `NAME_WITH_UNDERSCORES_ [CODE dates]`, `+SYNONYM_`, codes on lines of their own below (indented), `#` and `;`
//! before a comment. Dates are `begin-end`, `<end`, `>begin`, each `YYYYMMDD` or `YYMMDD`. An agent's code begins with `~`;
//! `{PLURAL}` gives its plural and `!SET! = A, B` a set of words to put into other lines.

use std::collections::BTreeMap;

use super::{DatedCode, Entry, LineProblem, Own};
use crate::code::ActorCode;
use crate::entries::{ActorKind, Number};
use types::Date;

/// Most words that a line may stand for by its sets, so that a file cannot blow up the memory.
const MOST: usize = 64;

/// Reads `text` into `own`.
pub(super) fn read(
    own: &mut Own,
    text: &str,
    is_country: &dyn Fn(&str) -> bool,
) -> Vec<LineProblem> {
    let mut file = File {
        own,
        is_country,
        sets: BTreeMap::new(),
        open: None,
        problems: Vec::new(),
    };
    for (index, line) in text.lines().enumerate() {
        file.line(index + 1, line);
    }
    file.close();
    file.problems
}

/// A head with its synonyms and codes, until the next head begins.
struct Open {
    line: usize,
    names: Vec<String>,
    codes: Vec<DatedCode>,
    /// Whether a code was read, be it a good one.
    has_code: bool,
}

struct File<'f> {
    own: &'f mut Own,
    is_country: &'f dyn Fn(&str) -> bool,
    sets: BTreeMap<String, Vec<String>>,
    open: Option<Open>,
    problems: Vec<LineProblem>,
}

impl File<'_> {
    fn line(&mut self, number: usize, line: &str) {
        let line = line.split(['#', ';']).next().unwrap_or_default().trim();
        if line.is_empty() {
            return;
        }
        let result = if line.starts_with('!') && line.contains('=') {
            self.set(line)
        } else if line.contains("[~") {
            self.agent(line)
        } else {
            self.actor(number, line)
        };
        if let Err(reason) = result {
            self.problem(number, reason);
        }
    }

    fn problem(&mut self, line: usize, reason: String) {
        self.problems.push(LineProblem { line, reason });
    }

    /// `!PERSON! = MAN, MEN, WOMAN`.
    fn set(&mut self, line: &str) -> Result<(), String> {
        let (name, words) = line.split_once('=').unwrap_or_default();
        let name = name.trim();
        if name.len() < 3 || !name.ends_with('!') {
            return Err(format!("{name}: a set is written !NAME!"));
        }
        let words = words
            .split(',')
            .map(|w| w.trim().to_owned())
            .filter(|w| !w.is_empty());
        self.sets.insert(name.to_owned(), words.collect());
        Ok(())
    }

    /// `RANCHER [~AGR]`, `CHAMBER_OF_COMMERCE {CHAMBERS_OF_COMMERCE} [~BUS]`.
    fn agent(&mut self, line: &str) -> Result<(), String> {
        let (noun, code) = line.split_once("[~").unwrap_or_default();
        let code = code.split(']').next().unwrap_or_default().trim();
        let code = ActorCode::parse(code, |_| false).map_err(|e| format!("{code}: {e}"))?;
        let (noun, plural) = match noun.split_once('{') {
            Some((noun, plural)) => (noun, plural.split('}').next()),
            None => (noun, None),
        };
        let plural = plural.map(str::trim).filter(|p| !p.is_empty());
        let role = code.roles().next().unwrap_or_default().to_owned();
        for noun in self
            .expanded(noun.trim())?
            .iter()
            .map(String::as_str)
            .chain(plural)
        {
            self.own.add_agent(noun, role.clone(), Number::Person);
        }
        Ok(())
    }

    /// The nouns of a line, each set in it put in.
    fn expanded(&self, noun: &str) -> Result<Vec<String>, String> {
        let mut found = vec![noun.to_owned()];
        while let Some(at) = found.iter().position(|n| n.contains('!')) {
            let whole = found.remove(at);
            let set = whole.split('!').nth(1).map(|name| format!("!{name}!"));
            let set = set.filter(|name| whole.contains(name.as_str()));
            let words = set.as_ref().and_then(|name| self.sets.get(name));
            let (Some(set), Some(words)) = (set, words) else {
                return Err(format!("{noun}: no such set of words"));
            };
            // A set that holds a set's mark would never end.
            let plain = words.iter().filter(|word| !word.contains('!'));
            found.extend(plain.map(|word| whole.replacen(set.as_str(), word, 1)));
            if found.len() > MOST {
                return Err(format!("{noun}: stands for more than {MOST} nouns"));
            }
        }
        Ok(found)
    }

    fn actor(&mut self, number: usize, line: &str) -> Result<(), String> {
        let (name, codes) = line.split_at(line.find('[').unwrap_or(line.len()));
        let name = name.trim();
        if let Some(synonym) = name.strip_prefix('+') {
            let open = self
                .open
                .as_mut()
                .ok_or("a synonym without a name above it")?;
            open.names.push(synonym.to_owned());
        } else if !name.is_empty() {
            self.head(number, name);
        }
        self.codes(codes)
    }

    /// A new head. One without a code is a synonym of the next, as in `THE_UNITED_NATIONS_`, `UN_`, `[IGOUNO]`.
    fn head(&mut self, line: usize, name: &str) {
        if let Some(open) = self.open.as_mut().filter(|open| !open.has_code) {
            open.names.push(name.to_owned());
            return;
        }
        self.close();
        self.open = Some(Open {
            line,
            names: vec![name.to_owned()],
            codes: Vec::new(),
            has_code: false,
        });
    }

    /// `[RUSGOV 20000507-20080507] [RUSELI]`.
    fn codes(&mut self, text: &str) -> Result<(), String> {
        let mut first = Ok(());
        for part in text.split('[').skip(1) {
            let Some(open) = self.open.as_mut() else {
                return Err("a code without a name above it".to_owned());
            };
            open.has_code = true;
            let inner = match part.split_once(']') {
                Some((inner, _)) => inner.trim(),
                None => return Err(format!("[{part}: the bracket is not closed")),
            };
            // "[---]" is how TABARI says that a name has no code.
            if inner == "---" {
                continue;
            }
            match dated(inner, self.is_country) {
                Ok(code) => open.codes.push(code),
                Err(reason) => first = first.and(Err(reason)),
            }
        }
        first
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        if !open.has_code {
            self.problem(
                open.line,
                format!("{}: a name without a code", open.names[0]),
            );
        }
        if open.codes.is_empty() {
            return;
        }
        // A code without dates holds when none with dates does, wherever it stands.
        open.codes
            .sort_by_key(|code| code.from.is_none() && code.to.is_none());
        let name = readable(&open.names[0]);
        let state = |code: &DatedCode| code.code.country() == Some(code.code.as_str());
        let kind = open.codes.iter().all(state).then_some(ActorKind::State);
        self.own.add(
            Entry {
                name,
                kind,
                codes: open.codes,
            },
            &open.names,
        );
    }
}

/// `RUSGOV 20000507-20080507`, `RUSGOV >20000507`, `RUSELI`.
fn dated(text: &str, is_country: &dyn Fn(&str) -> bool) -> Result<DatedCode, String> {
    let (code, dates) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let code = ActorCode::parse(code, is_country).map_err(|e| format!("[{text}]: {e}"))?;
    let dates: String = dates.split_whitespace().collect();
    let bad = || format!("[{text}]: dates are BEGIN-END, <END or >BEGIN, each YYYYMMDD or YYMMDD");
    let day = |digits: &str| day(digits).ok_or_else(bad);
    let (from, to) = match (
        dates.strip_prefix('>'),
        dates.strip_prefix('<'),
        dates.split_once('-'),
    ) {
        _ if dates.is_empty() => (None, None),
        (Some(begin), ..) => (Some(day(begin)?), None),
        (_, Some(end), _) => (None, Some(day(end)?)),
        (.., Some((begin, end))) => (Some(day(begin)?), Some(day(end)?)),
        // A single day.
        _ => (Some(day(&dates)?), Some(day(&dates)?)),
    };
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(format!("[{text}]: begins after it ends")),
        _ => Ok(DatedCode { code, from, to }),
    }
}

/// `YYYYMMDD` or `YYMMDD`, in which years up to 30 are of this century, as PETRARCH reads them. Days that a month does
/// not have are its last: the dictionaries have many a 31 June.
fn day(digits: &str) -> Option<Date> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
    let (year, month, day) = match digits.len() {
        8 => (number(0..4)?, number(4..6)?, number(6..8)?),
        6 => match number(0..2)? {
            short @ 0..=30 => (2000 + short, number(2..4)?, number(4..6)?),
            short => (1900 + short, number(2..4)?, number(4..6)?),
        },
        _ => return None,
    };
    let day = day.clamp(1, 31);
    (28..=day.max(28))
        .rev()
        .find_map(|d| Date::new(i32::try_from(year).ok()?, month.clamp(1, 12), d.min(day)))
}

/// "VLADIMIR_PUTIN_" as "Vladimir Putin"; a single short word in capitals is an acronym and stays so.
fn readable(name: &str) -> String {
    let words: Vec<&str> = name
        .split(['_', ' '])
        .filter(|word| !word.is_empty())
        .collect();
    let acronym = words.len() == 1 && words[0].chars().count() <= 4;
    let cased = words.iter().map(|word| {
        let lower = word.chars().any(char::is_lowercase);
        if lower || acronym || word.contains('.') {
            return (*word).to_owned();
        }
        let mut start = true;
        let case = |c: char| -> String {
            let first = std::mem::replace(&mut start, !c.is_alphabetic() && c != '\'');
            if first {
                c.to_string()
            } else {
                c.to_lowercase().collect()
            }
        };
        word.chars().map(case).collect()
    });
    cased.collect::<Vec<_>>().join(" ")
}
