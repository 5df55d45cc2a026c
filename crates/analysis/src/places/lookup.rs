//! From words to the places that bear their name.

use gazetteer::{Kind, Match, Spelling, fold};
use lexicon::StateWord;
use types::{Document, TokenRange};

use super::Atlas;

/// A key of the gazetteer and the places that bear it.
pub(super) type Found = (String, Vec<Match>);

/// The key of the words and the places that bear it; no place for nationalities. Where the gazetteer lacks the whole, it is
/// looked up without words that say what sort of place it is ("Sochi region", "downtown Richmond").
pub(super) fn look_up(atlas: &Atlas, document: &Document, part: &TokenRange) -> Found {
    let words = document.words(part);
    let key = fold(words);
    if part.len() == 1 && is_people(atlas, words) {
        return (key, Vec::new());
    }
    if in_list_of_counties(document, part) {
        let county = format!("{key} county");
        let matches = atlas.gazetteer.find_key(&county);
        if !matches.is_empty() {
            return (county, matches);
        }
    }
    let mut matches = atlas.gazetteer.find_key(&key);
    if matches.is_empty()
        && let Some(inner) = without_kind(&key)
    {
        matches = atlas.gazetteer.find_key(inner);
        if !matches.is_empty() {
            return (inner.to_owned(), matches);
        }
    }
    let abbreviated = is_abbreviated(words);
    matches.retain(|m| match m.spelling {
        Spelling::Short => abbreviated || words.len() > 4,
        _ => key.len() > 3 || abbreviated || m.spelling == Spelling::Main,
    });
    if is_acronym(words) {
        matches.retain(|m| m.spelling == Spelling::Short || is_large(atlas, m));
    }
    (key, matches)
}

/// Whether the words are one of "Clay, Douglas and Swift counties".
fn in_list_of_counties(document: &Document, part: &TokenRange) -> bool {
    /// Most tokens of a list that is followed.
    const FARTHEST: usize = 24;
    let tokens = (part.end..document.tokens.len()).take(FARTHEST);
    let mut forms = tokens.map(|t| document.form(t));
    let joins = |f: &&str| matches!(*f, "," | "and" | "or") || f.starts_with(char::is_uppercase);
    let after = forms.by_ref().find(|f| !joins(f));
    after == Some("counties")
}

/// The state that a nationality belongs to, for words that are given as a mention.
pub(super) fn of_people(atlas: &Atlas, document: &Document, part: &TokenRange) -> Option<Found> {
    let words = document.words(part);
    let state = atlas.lexicon.state(words)?;
    let matches = atlas
        .gazetteer
        .country_of(state.country)
        .map(|place| Match {
            place,
            spelling: Spelling::Main,
        });
    Some((fold(words), vec![matches?]))
}

fn is_people(atlas: &Atlas, words: &str) -> bool {
    let state = atlas.lexicon.state(words);
    state.is_some_and(|s| matches!(s.word, StateWord::Demonym | StateWord::People))
}

/// "Ga.", "N.Y.", "US": with a full stop, or in capitals throughout.
pub(super) fn is_abbreviated(words: &str) -> bool {
    words.contains('.') || is_upper(words)
}

/// Up to four capitals and nothing else: a town would be written so only where everything is.
fn is_acronym(words: &str) -> bool {
    words.len() <= 4 && is_upper(words)
}

pub(super) fn is_upper(words: &str) -> bool {
    words.chars().any(char::is_uppercase) && !words.chars().any(char::is_lowercase)
}

fn is_large(atlas: &Atlas, found: &Match) -> bool {
    let kind = atlas.gazetteer.place(found.place).map(|p| p.kind);
    matches!(kind, Some(Kind::Country | Kind::Division | Kind::Region))
}

/// The name inside of "Sochi region", "city of Homs", "northern Mali".
fn without_kind(key: &str) -> Option<&str> {
    const BEFORE: &[&str] = &[
        "central ",
        "city of ",
        "downtown ",
        "east ",
        "eastern ",
        "greater ",
        "inner ",
        "mainland ",
        "metro ",
        "metropolitan ",
        "north ",
        "northeast ",
        "northeastern ",
        "northern ",
        "northwest ",
        "northwestern ",
        "province of ",
        "rural ",
        "south ",
        "southeast ",
        "southeastern ",
        "southern ",
        "southwest ",
        "southwestern ",
        "state of ",
        "suburban ",
        "town of ",
        "upstate ",
        "village of ",
        "west ",
        "western ",
        "republic of ",
    ];
    const BEHIND: &[&str] = &[
        " area",
        " city",
        " district",
        " governorate",
        " municipality",
        " oblast",
        " prefecture",
        " province",
        " region",
        " state",
    ];
    let before = || BEFORE.iter().find_map(|b| key.strip_prefix(b));
    let behind = || BEHIND.iter().find_map(|b| key.strip_suffix(b));
    before().or_else(behind)
}
