//! When two names are one: surnames, acronyms.

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

pub(crate) fn same_name(known: &Draft, new: &Draft) -> bool {
    if known.kind != new.kind {
        return false;
    }
    known.key == new.key
        || known.kind == Kind::Organisation
            && (is_acronym(&known.name, &new.name) || is_acronym(&new.name, &known.name))
}

/// Whether `short` consists of the initials of the capitalised words of `full`: "FSA", "Free Syrian Army".
fn is_acronym(short: &str, full: &str) -> bool {
    let letters: String = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let initials = |skip_small: bool| -> String {
        full.split([' ', '-'])
            .filter_map(|w| w.chars().next())
            .filter(|c| !skip_small || c.is_uppercase())
            .flat_map(char::to_uppercase)
            .collect()
    };
    letters.len() >= 2
        && letters.chars().all(char::is_uppercase)
        && full.contains(' ')
        && (letters == initials(true) || letters == initials(false))
}
