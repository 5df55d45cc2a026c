//! Tokens cut into the syntactic words of Universal Dependencies: "cannot", "don't", "10am".

use super::words::is_digits;

/// Where a token is cut into syntactic words, as byte offsets inside of it; mostly nowhere.
pub(super) fn cuts(token: &str) -> Vec<usize> {
    if token.starts_with(|c: char| c.is_ascii_digit()) {
        return unit_at(token).map_or_else(|| list_cuts(token), |at| vec![at]);
    }
    let lower = token.to_lowercase().replace('’', "'");
    let from_end = |chars: usize| {
        token
            .char_indices()
            .rev()
            .nth(chars - 1)
            .map(|(i, _)| i)
            .filter(|i| *i > 0)
    };
    let cut = match lower.as_str() {
        "cannot" | "gonna" | "gotta" | "wanna" | "gimme" | "lemme" | "outta" => Some(3),
        "dunno" => return vec![2, 3],
        "alot" | "im" | "ive" => Some(1),
        _ if lower.starts_with('\'') => None,
        _ if lower.ends_with("n't") => from_end(3),
        _ if ["'re", "'ve", "'ll"].iter().any(|c| lower.ends_with(c)) => from_end(3),
        _ if ["'s", "'m", "'d", "`s"].iter().any(|c| lower.ends_with(c)) => from_end(2),
        _ if BARE_NEGATIONS.contains(&lower.as_str()) => from_end(2),
        "thats" | "theres" | "whats" => from_end(1),
        "youre" | "theyre" | "youve" | "theyve" | "youll" => from_end(2),
        _ => None,
    };
    cut.into_iter().collect()
}

/// Negations written without their apostrophe, lower case.
const BARE_NEGATIONS: &[&str] = &[
    "aint", "arent", "cant", "couldnt", "didnt", "doesnt", "dont", "hasnt", "havent", "isnt",
    "shouldnt", "wasnt", "werent", "wont", "wouldnt",
];

/// Where the unit starts in a number with a unit: "10am", "5:30pm", "35mm", "2.5bn".
pub(super) fn unit_at(token: &str) -> Option<usize> {
    const UNITS: &[&str] = &[
        "am", "b", "bn", "cm", "ft", "ghz", "hr", "hrs", "hz", "k", "kg", "khz", "km", "kw", "lb",
        "lbs", "m", "mb", "mhz", "min", "mins", "mm", "mn", "mph", "mw", "pm", "sqft", "tn",
    ];
    let at = token.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))?;
    UNITS
        .contains(&token[at..].to_ascii_lowercase().as_str())
        .then_some(at)
}

/// Cuts at the commas of a list of numbers that was written without blanks ("18,19,20"), but not in "6,000".
fn list_cuts(token: &str) -> Vec<usize> {
    let thousands = token
        .split('.')
        .next()
        .unwrap_or("")
        .split(',')
        .skip(1)
        .all(|group| group.len() >= 3);
    if thousands || !is_digits(token) {
        return Vec::new();
    }
    token
        .match_indices(',')
        .flat_map(|(at, _)| [at, at + 1])
        .collect()
}

/// Whether the word `this`, which follows `before` without a blank, is written as one word with it: "n't", "'s".
/// Universal Dependencies calls the two a multiword token.
pub fn is_clitic(before: &str, this: &str) -> bool {
    let lower = this.to_lowercase().replace(['’', '`'], "'");
    let (word, before) = (
        before.ends_with(|c: char| c.is_alphanumeric() || c == '.'),
        before.to_lowercase(),
    );
    match lower.as_str() {
        "n't" | "nt" | "'s" | "'m" | "'re" | "'ve" | "'ll" | "'d" => word,
        "'" => before.ends_with('s'),
        "not" => before == "can",
        "na" => before == "gon" || before == "wan",
        "ta" => before == "got" || before == "out",
        "me" => before == "gim" || before == "lem",
        "re" | "ve" | "ll" => before == "you" || before == "they" || before == "i",
        "s" => matches!(before.as_str(), "that" | "there" | "what"),
        "m" => before == "i",
        "n" => before == "du",
        "no" => before == "n",
        "lot" => before == "a",
        _ => false,
    }
}
