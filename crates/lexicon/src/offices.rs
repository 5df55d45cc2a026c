//! Who held which office when: heads of state and of government, ministers of foreign affairs and of defence.

use crate::lines::Lines;
use types::Date;

pub(crate) const OFFICES: &str = include_str!("../data/offices.tsv");
pub(crate) const SURNAMES: &str = include_str!("../data/surnames.tsv");

/// What sort of office it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Office {
    HeadOfState,
    HeadOfGovernment,
    /// Who in fact leads the state, whatever the office is called (REIGN).
    Leader,
    Foreign,
    Defence,
    /// Another seat in the government.
    Government,
    /// Head of an international body.
    International,
}

impl Office {
    /// Every office.
    pub const ALL: [Office; 7] = [
        Office::HeadOfState,
        Office::HeadOfGovernment,
        Office::Leader,
        Office::Foreign,
        Office::Defence,
        Office::Government,
        Office::International,
    ];

    /// The word that the data file uses for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Office::HeadOfState => "head-of-state",
            Office::HeadOfGovernment => "head-of-government",
            Office::Leader => "leader",
            Office::Foreign => "foreign",
            Office::Defence => "defence",
            Office::Government => "government",
            Office::International => "international",
        }
    }

    /// CAMEO roles of whoever holds it, the first the most telling.
    pub fn roles(self) -> &'static [&'static str] {
        match self {
            Office::Defence => &["GOV", "MIL"],
            Office::International => &["IGO"],
            _ => &["GOV"],
        }
    }

    fn parse(text: &str) -> Option<Office> {
        Office::ALL
            .into_iter()
            .find(|office| office.as_str() == text)
    }
}

/// One term of office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term<'l> {
    /// ISO 3166-1 alpha-3; nothing for an international body.
    pub country: Option<&'l str>,
    /// CAMEO actor code of the body or government.
    pub code: &'l str,
    /// The office.
    pub office: Office,
    /// First day.
    pub from: Date,
    /// The day on which it ended, on which the next one may have begun. Nothing where it has not ended.
    pub to: Option<Date>,
    /// Whether `to` is only the last day of which the source knows.
    pub last_known: bool,
}

/// How a day lies to the terms of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tenure<'l> {
    /// In office on that day.
    InOffice(Term<'l>),
    /// All terms had ended; the last of them.
    After(Term<'l>),
    /// None had begun; the first of them.
    Before(Term<'l>),
    /// The source does not reach that day.
    Unknown(Term<'l>),
}

/// A person who holds or held office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeHolder<'l> {
    /// Usual English name.
    pub name: &'l str,
    /// Whether the name that was looked up is this one's for certain, as a whole name or a surname that nobody else
    /// of note has; else it is one with that surname.
    pub certain: bool,
    /// Terms by first day.
    pub terms: Vec<Term<'l>>,
}

impl<'l> OfficeHolder<'l> {
    /// Where `day` lies.
    pub fn on(&self, day: Date) -> Option<Tenure<'l>> {
        let holds = |t: &&Term| t.from <= day && t.to.is_none_or(|to| day < to);
        // Of two offices at a time the one that counts most: president before minister.
        if let Some(term) = self.terms.iter().filter(holds).min_by_key(|t| t.office) {
            return Some(Tenure::InOffice(*term));
        }
        let ended = self
            .terms
            .iter()
            .filter(|t| t.to.is_some_and(|to| to <= day));
        match ended.max_by_key(|t| t.to) {
            Some(term) if term.last_known => Some(Tenure::Unknown(*term)),
            Some(term) => Some(Tenure::After(*term)),
            None => self.terms.first().map(|t| Tenure::Before(*t)),
        }
    }
}

/// The table, looked up where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offices {
    /// Terms by the folded name, last word first.
    terms: Lines,
    /// Single words that mean one person, and other spellings: folded, last word first; key in `terms`.
    names: Lines,
}

impl Offices {
    pub(crate) fn built_in() -> Offices {
        Offices {
            terms: Lines::new(OFFICES),
            names: Lines::new(SURNAMES),
        }
    }

    pub(crate) fn holders(&self, name: &[String]) -> Vec<OfficeHolder<'static>> {
        let Some((last, given)) = name.split_last() else {
            return Vec::new();
        };
        let mut words = vec![last.as_str()];
        words.extend(given.iter().map(String::as_str));
        let known = self.names.with_key(&words.join(" ")).next();
        let alias = known.and_then(|line| line.split('\t').nth(1));
        if let Some(key) = alias {
            return collected(self.terms.with_key(key), |_| true);
        }
        let exact = collected(self.terms.with_key(&words.join(" ")), |_| !given.is_empty());
        if !exact.is_empty() && !given.is_empty() {
            return exact;
        }
        let given: Vec<&str> = words.split_off(1);
        let fits = |line: &&str| {
            let key = line.split('\t').next().unwrap_or_default();
            let full: Vec<&str> = key.split(' ').skip(1).collect();
            given.is_empty() || same_person(&given, &full)
        };
        collected(self.terms.with_first_word(last).filter(fits), |_| {
            !given.is_empty()
        })
    }
}

/// Whether given names may be the same person's: the first ones agree, and one list holds the other.
fn same_person(a: &[&str], b: &[&str]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (Some(first), Some(other)) = (short.first(), long.first()) else {
        return false;
    };
    let within = |word: &&str| long.iter().any(|w| alike(word, w));
    alike(first, other) && short.iter().all(within)
}

/// The same word, an initial of it, or a spelling of it with y for i.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let initial = short.chars().count() == 1 && long.starts_with(short);
    let spelt = |w: &str| w.replace('y', "i").replace("ii", "i");
    initial || spelt(a) == spelt(b)
}

/// Terms by person; lines of one person stand together. One whole name is one person, who may have served a state and
/// an international body; one surname alone is another person in each country.
fn collected(
    lines: impl Iterator<Item = &'static str>,
    certain: impl Fn(&str) -> bool,
) -> Vec<OfficeHolder<'static>> {
    let mut holders: Vec<(&str, OfficeHolder)> = Vec::new();
    for (key, name, term) in lines.filter_map(row) {
        let same = |(known, holder): &&mut (&str, OfficeHolder)| {
            *known == key && (key.contains(' ') || holder.terms.iter().any(|t| t.code == term.code))
        };
        if let Some((_, holder)) = holders.iter_mut().find(|h| same(h)) {
            holder.terms.push(term);
        } else {
            let certain = certain(key);
            let terms = vec![term];
            holders.push((
                key,
                OfficeHolder {
                    name,
                    certain,
                    terms,
                },
            ));
        }
    }
    let mut holders: Vec<OfficeHolder> = holders.into_iter().map(|(_, holder)| holder).collect();
    for holder in &mut holders {
        holder.terms.sort_by_key(|term| (term.from, term.office));
    }
    holders
}

/// `putin vladimir`, `Vladimir Putin`, `RUS`, `head-of-state`, `2012-05-07`, `-`.
pub(crate) fn row(line: &'static str) -> Option<(&'static str, &'static str, Term<'static>)> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let [key, name, code, office, from, to] = columns.as_slice() else {
        return None;
    };
    let office = Office::parse(office)?;
    let last_known = to.ends_with('~');
    let to = match to.trim_end_matches('~') {
        "-" => None,
        day => Some(Date::first_of(day)?),
    };
    let country = (office != Office::International).then_some(*code);
    let from = Date::first_of(from)?;
    Some((
        key,
        name,
        Term {
            country,
            code,
            office,
            from,
            to,
            last_known,
        },
    ))
}

#[cfg(test)]
mod tests;
