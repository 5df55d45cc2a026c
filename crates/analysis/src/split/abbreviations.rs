//! Words that are written with a full stop.

/// What an abbreviation says of the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// A title or the like: a word follows that belongs to it ("Mr.", "Gen.", "No.").
    Before,
    /// May stand at the end of a sentence as well as inside ("Inc.", "p.m.", "U.S.").
    Either,
}

/// Abbreviations before a name or a number, lower case, sorted.
const BEFORE: &[&str] = &[
    "adm", "assn", "asst", "att", "attn", "atty", "ave", "brig", "capt", "cf", "cmdr", "col",
    "comdr", "cpl", "dept", "det", "dr", "e.g", "esp", "eq", "fig", "figs", "fr", "ft", "gen",
    "gov", "govs", "hon", "i.e", "insp", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms",
    "msgr", "mt", "ph", "pp", "pres", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sgt",
    "spc", "st", "supt", "univ", "v", "viz", "vol", "vols", "vs",
];

/// Abbreviations that may end a sentence, lower case, sorted.
const EITHER: &[&str] = &[
    "a.k.a", "aka", "al", "apr", "approx", "ariz", "ark", "aug", "blvd", "bros", "calif", "co",
    "colo", "conn", "corp", "ct", "dec", "del", "etc", "ext", "feb", "fla", "fri", "ga", "ill",
    "inc", "ind", "jan", "jr", "jul", "kan", "ky", "la", "ltd", "m.sc", "mass", "md", "messrs",
    "mich", "minn", "miss", "mo", "mont", "n.d", "neb", "nev", "nov", "oct", "okla", "ore", "pa",
    "ph.d", "rd", "sept", "sep", "sr", "tenn", "tex", "thur", "thurs", "tue", "tues", "va", "vt",
    "wash", "wed", "wis", "wyo", "yrs",
];

/// Abbreviations only before a digit, or they are words: "No. 5", "p. 12", "Sat. 3".
const BEFORE_DIGIT: &[&str] = &[
    "art", "c", "ca", "ch", "jun", "mar", "no", "nos", "p", "para", "sec", "sat", "sun", "mon",
];

/// Words in both upper and lower case that are abbreviations only as capitalised ("Miss." no, "Mass." yes).
const CAPITALISED: &[&str] = &[
    "ark", "col", "conn", "dec", "del", "fig", "fri", "ga", "gen", "hon", "ill", "ind", "jan",
    "kan", "la", "mar", "mass", "md", "miss", "mo", "mont", "mt", "ore", "pa", "pres", "rep",
    "reps", "rev", "sen", "sun", "tex", "va", "wash", "wed", "fr", "ft", "st", "ms", "ct", "rd",
    "det",
];

/// What `word`, written without its last full stop, is as an abbreviation; `None` where the full stop ends a sentence.
/// `next` is the text behind the full stop and the blanks that follow.
pub(super) fn kind(word: &str, next: &str) -> Option<Stop> {
    if is_letters_with_stops(word) {
        let before = matches!(word, "e.g" | "i.e" | "E.g" | "I.e");
        return Some(if before { Stop::Before } else { Stop::Either });
    }
    if word.len() > 8 || !word.is_ascii() {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let lower = lower.as_str();
    let capital = word.starts_with(|c: char| c.is_uppercase());
    if CAPITALISED.contains(&lower) && !capital {
        return None;
    }
    if BEFORE_DIGIT.contains(&lower) {
        return next
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(Stop::Before);
    }
    if BEFORE.contains(&lower) {
        return Some(Stop::Before);
    }
    EITHER.contains(&lower).then_some(Stop::Either)
}

/// Whether `word` is single letters with full stops between ("U.S", "a.m", "D.C"), two or more.
fn is_letters_with_stops(word: &str) -> bool {
    let mut parts = 0;
    for part in word.split('.') {
        let mut chars = part.chars();
        if !(chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()) {
            return false;
        }
        parts += 1;
    }
    parts >= 2
}
