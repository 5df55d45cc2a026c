//! Tokens: the atoms of UAX 29, joined or cut until they are Universal Dependencies' words.

use types::Span;
use unicode_segmentation::UnicodeSegmentation;

use super::abbreviations;

/// The tokens of one paragraph, in text order; together they cover all that is not blank.
pub(super) fn words(text: &str, paragraph: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let inside = paragraph.of(text);
    let mut rest = inside;
    while let Some(start) = rest.find(|c: char| !c.is_whitespace()) {
        rest = &rest[start..];
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let base = paragraph.end - rest.len();
        let after = rest[end..].trim_start();
        Chunk::new(&rest[..end], after, base).words(&mut out);
        rest = &rest[end..];
    }
    out
}

/// A stretch of text without blanks.
struct Chunk<'t> {
    text: &'t str,
    /// The text behind the blanks that follow the chunk, up to the paragraph's end.
    after: &'t str,
    /// Where the chunk starts in the story.
    base: usize,
    /// Starts of the atoms, and the chunk's length as the last entry.
    bounds: Vec<usize>,
}

impl<'t> Chunk<'t> {
    /// The rules that join atoms, tried in this order at each atom; the first that matches makes the token.
    /// A rule gives the index behind the last atom of the token that starts at the atom it is asked about.
    const JOINS: [fn(&Self, usize) -> Option<usize>; 10] = [
        Self::address,
        Self::mail,
        Self::clitic,
        Self::face,
        Self::run_of_signs,
        Self::initialism,
        Self::abbreviation,
        Self::number,
        Self::ampersand,
        Self::prefixed,
    ];

    fn new(text: &'t str, after: &'t str, base: usize) -> Self {
        let mut bounds: Vec<usize> = text.split_word_bound_indices().map(|(i, _)| i).collect();
        bounds.push(text.len());
        Chunk {
            text,
            after,
            base,
            bounds,
        }
    }

    fn words(&self, out: &mut Vec<Span>) {
        let atoms = self.bounds.len() - 1;
        let mut i = 0;
        while i < atoms {
            let end = Self::JOINS
                .iter()
                .find_map(|join| join(self, i))
                .filter(|end| *end > i)
                .unwrap_or(i + 1);
            let (start, stop) = (self.bounds[i], self.bounds[end]);
            let mut at = start;
            for cut in cuts(&self.text[start..stop]) {
                out.push(Span::new(self.base + at, self.base + start + cut));
                at = start + cut;
            }
            out.push(Span::new(self.base + at, self.base + stop));
            i = end;
        }
    }

    fn atom(&self, i: usize) -> &'t str {
        match self.bounds.get(i..i + 2) {
            Some(&[start, end]) => &self.text[start..end],
            _ => "",
        }
    }

    /// The atom index at byte `offset` of the chunk, or the first behind it.
    fn atom_at(&self, offset: usize) -> usize {
        self.bounds.partition_point(|bound| *bound < offset)
    }

    /// A web address, up to punctuation at its end.
    fn address(&self, i: usize) -> Option<usize> {
        let rest = &self.text[self.bounds[i]..];
        let lower: String = rest.chars().take(8).collect::<String>().to_lowercase();
        let scheme = ["http://", "https://", "ftp://", "www."]
            .iter()
            .any(|s| lower.starts_with(s));
        if !scheme || i > 0 && self.atom(i - 1).ends_with(char::is_alphanumeric) {
            return None;
        }
        let end = rest.find(['"', '“', '”', '<', '>']).unwrap_or(rest.len());
        let trimmed =
            rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’']);
        Some(self.atom_at(self.bounds[i] + trimmed.len()))
    }

    /// A mail address or a domain name.
    fn mail(&self, i: usize) -> Option<usize> {
        const LONGEST: usize = 40;
        if !is_word(self.atom(i)) {
            return None;
        }
        let (mut end, mut at_sign) = (i + 1, false);
        while end - i < LONGEST {
            let sign = self.atom(end);
            if !matches!(sign, "." | "-" | "_" | "@" | "+") || !is_word(self.atom(end + 1)) {
                break;
            }
            if sign == "@" && at_sign {
                return None;
            }
            at_sign |= sign == "@";
            end += 2;
        }
        at_sign.then_some(end)
    }

    /// An apostrophe with its letters behind a word that UAX 29 keeps apart: "1990's", "U.S.'s".
    fn clitic(&self, i: usize) -> Option<usize> {
        let apostrophe = matches!(self.atom(i), "'" | "’" | "`");
        let letters = matches!(
            self.atom(i + 1).to_ascii_lowercase().as_str(),
            "s" | "m" | "re" | "ve" | "ll" | "d"
        );
        (i > 0 && apostrophe && letters).then_some(i + 2)
    }

    /// A face in signs: ":-)".
    fn face(&self, i: usize) -> Option<usize> {
        let rest = &self.text[self.bounds[i]..];
        let face = FACES.iter().find(|face| rest.starts_with(**face))?;
        Some(self.atom_at(self.bounds[i] + face.len()))
    }

    /// Runs of the same sign: "...", "--", "!!!", "''", "``", "<<".
    fn run_of_signs(&self, i: usize) -> Option<usize> {
        let first = self.atom(i);
        let mark = |sign: &str| matches!(sign, "!" | "?");
        if !mark(first)
            && !matches!(
                first,
                "." | "-" | "–" | "—" | "_" | "=" | "*" | "'" | "`" | "<" | ">" | "#" | "~" | "+"
            )
        {
            return None;
        }
        let mut end = i + 1;
        while self.atom(end) == first || mark(first) && mark(self.atom(end)) {
            end += 1;
        }
        (end > i + 1).then_some(end)
    }

    /// "U.S.", "a.m.", "J.": letters with full stops, the last one included.
    fn initialism(&self, i: usize) -> Option<usize> {
        let word = self.atom(i);
        if self.atom(i + 1) != "." || self.atom(i + 2) == "." {
            return None;
        }
        let initial = word.chars().count() == 1
            && word.chars().all(char::is_uppercase)
            && (word != "I" || self.after.starts_with(char::is_uppercase))
            && !self.after.is_empty()
            && i + 2 == self.bounds.len() - 1;
        (initial || abbreviations::kind(word, "").is_some() && word.contains('.')).then_some(i + 2)
    }

    /// A known abbreviation with its full stop.
    fn abbreviation(&self, i: usize) -> Option<usize> {
        if self.atom(i + 1) != "." || self.atom(i + 2) == "." {
            return None;
        }
        let next = match self.bounds.get(i + 3) {
            Some(_) => &self.text[self.bounds[i + 2]..],
            None => self.after,
        };
        abbreviations::kind(self.atom(i), next).map(|_| i + 2)
    }

    /// Dates and times with signs inside: "9/11", "5:30", "11/28/2000", "+1.5", "713-555-3989".
    fn number(&self, i: usize) -> Option<usize> {
        if !is_digits(self.atom(i)) {
            return None;
        }
        let mut end = i + 1;
        let sign = self.atom(end);
        if !matches!(sign, "/" | ":" | "-") {
            return None;
        }
        while self.atom(end) == sign && is_digits(self.atom(end + 1)) {
            end += 2;
        }
        // A range is three tokens; a telephone number or a date is one.
        let range = sign == "-" && (end < i + 4 || end > i + 9);
        (end > i + 1 && !range).then_some(end)
    }

    /// "AT&T", "R&B".
    fn ampersand(&self, i: usize) -> Option<usize> {
        let short =
            |atom: &str| (1..=3).contains(&atom.len()) && atom.chars().all(char::is_uppercase);
        (short(self.atom(i)) && self.atom(i + 1) == "&" && short(self.atom(i + 2))).then_some(i + 3)
    }

    /// "anti-war", "e-mail": a prefix that is no word of its own stays with its word.
    fn prefixed(&self, i: usize) -> Option<usize> {
        let hyphen = matches!(self.atom(i + 1), "-" | "‑");
        let prefix = self.atom(i);
        let known =
            hyphen && prefix.len() <= 7 && PREFIXES.contains(&prefix.to_ascii_lowercase().as_str());
        (known && is_word(self.atom(i + 2))).then_some(i + 3)
    }
}

/// Prefixes that the treebanks keep with the word behind the hyphen, lower case, sorted.
const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "co", "counter", "cross", "de", "e", "ex", "extra", "inter", "intra",
    "mega", "micro", "mid", "mini", "multi", "neo", "non", "over", "post", "pre", "pro", "pseudo",
    "psycho", "quasi", "re", "semi", "socio", "sub", "super", "trans", "ultra", "un", "under",
];

/// Faces written with signs.
const FACES: &[&str] = &[
    ":-)", ":-(", ";-)", ":)", ":(", ";)", "=)", "^_^", ":D", ":P", "<3",
];

fn is_word(atom: &str) -> bool {
    atom.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn is_digits(atom: &str) -> bool {
    atom.starts_with(|c: char| c.is_ascii_digit())
        && atom
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
}

/// Where a token is cut into syntactic words, as byte offsets inside of it; mostly nowhere.
fn cuts(token: &str) -> Vec<usize> {
    let lower = token.to_lowercase().replace('’', "'");
    // Offsets in `lower` are of no use where its length differs; count from the end in characters.
    let from_end = |chars: usize| {
        token
            .char_indices()
            .rev()
            .nth(chars - 1)
            .map(|(i, _)| i)
            .filter(|i| *i > 0)
    };
    let cut = match lower.as_str() {
        "cannot" | "gonna" | "gotta" | "wanna" => Some(3),
        "gimme" | "lemme" => Some(3),
        _ if lower.starts_with('\'') => None,
        _ if lower.ends_with("n't") => from_end(3),
        _ if ["'re", "'ve", "'ll"].iter().any(|c| lower.ends_with(c)) => from_end(3),
        _ if ["'s", "'m", "'d"].iter().any(|c| lower.ends_with(c)) => from_end(2),
        "dont" | "wont" | "didnt" | "doesnt" | "couldnt" | "isnt" | "wasnt" | "wouldnt" => {
            from_end(2)
        }
        _ => time_cut(&lower),
    };
    cut.into_iter().collect()
}

/// "10am" is "10" and "am".
fn time_cut(lower: &str) -> Option<usize> {
    let unit = ["am", "pm"].iter().find(|unit| lower.ends_with(**unit))?;
    let number = &lower[..lower.len() - unit.len()];
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b':'))
        .then_some(number.len())
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
        "ta" => before == "got",
        "me" => before == "gim" || before == "lem",
        _ => false,
    }
}
