//! Tokens: the atoms of UAX 29, joined or cut until they are Universal Dependencies' words.

use types::Span;
use unicode_segmentation::UnicodeSegmentation;

use super::abbreviations;
use super::cuts::{cuts, unit_at};

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
    const JOINS: [fn(&Self, usize) -> Option<usize>; 12] = [
        Self::address,
        Self::mail,
        Self::clitic,
        Self::fixed,
        Self::face,
        Self::run_of_signs,
        Self::abbreviation,
        Self::number,
        Self::signed,
        Self::ideographs,
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
        let starts = |s: &str| {
            rest.get(..s.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(s))
        };
        let scheme = ["http://", "https://", "ftp://", "www."]
            .iter()
            .any(|s| starts(s));
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

    /// Runs of the same sign ("...", "--", "!!!", "''", "$$$"), of marks ("?!"), and of three or more drawing signs.
    fn run_of_signs(&self, i: usize) -> Option<usize> {
        let first = self.atom(i);
        if !(is_mark(first)
            || is_drawing(first)
            || matches!(first, "." | "–" | "—" | "'" | "`" | "$"))
        {
            return None;
        }
        let run = |same: &dyn Fn(&str) -> bool| {
            (i + 1..)
                .find(|end| !same(self.atom(*end)))
                .unwrap_or(i + 1)
        };
        let end = if is_mark(first) {
            run(&is_mark)
        } else {
            run(&|sign| sign == first)
        };
        let drawing = if is_drawing(first) {
            run(&is_drawing)
        } else {
            i
        };
        let end = if drawing >= i + 3 { drawing } else { end };
        (end > i + 1).then_some(end)
    }

    /// A known abbreviation or an initial with its full stop: "U.S.", "a.m.", "Gen.", "J.".
    fn abbreviation(&self, i: usize) -> Option<usize> {
        if self.atom(i + 1) != "." || self.atom(i + 2) == "." && self.atom(i + 3) == "." {
            return None;
        }
        let next = match self.bounds.get(i + 3) {
            Some(_) => &self.text[self.bounds[i + 2]..],
            None => self.after,
        };
        let known = abbreviations::kind(self.atom(i), next).is_some();
        (known || self.initial(i)).then_some(i + 2)
    }

    /// Whether atom `i` is one capital whose full stop ends the chunk, with more text behind, or stands before a comma.
    fn initial(&self, i: usize) -> bool {
        let word = self.atom(i);
        let one = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        let name = word != "I" || self.after.starts_with(char::is_uppercase);
        let inside = matches!(self.atom(i + 2), "," | ";" | "-");
        one && (inside || name && !self.after.is_empty() && i + 3 == self.bounds.len())
    }

    /// Dates, times and telephone numbers: "9/11", "5:30", "11/28/2000", "555-3989".
    fn number(&self, i: usize) -> Option<usize> {
        const MOST_GROUPS: usize = 6;
        let sign = self.atom(i + 1);
        if !is_digits(self.atom(i)) || !matches!(sign, "/" | ":" | "-") {
            return None;
        }
        let mut end = i + 1;
        while end < i + MOST_GROUPS * 2 && self.atom(end) == sign && is_digits(self.atom(end + 1)) {
            end += 2;
        }
        let half_of_day =
            sign == ":" && self.atom(end) == ":" && unit_at(self.atom(end + 1)).is_some();
        let mut before_last = (i..end.saturating_sub(2))
            .step_by(2)
            .map(|at| self.atom(at).len());
        // A range is three tokens; a telephone number ends in a group of four after groups of three or one.
        let one = match sign {
            "-" => self.atom(end - 1).len() == 4 && before_last.all(|len| matches!(len, 1 | 3 | 5)),
            _ => true,
        };
        let end = if half_of_day { end + 2 } else { end };
        (end > i + 1 && one).then_some(end)
    }

    /// "+5", "#hashtag", "@name".
    fn signed(&self, i: usize) -> Option<usize> {
        let next = self.atom(i + 1);
        let letters = || next.len() > 1 && next.starts_with(char::is_alphabetic);
        let joined = match self.atom(i) {
            "+" => i == 0 && is_digits(next),
            "#" | "@" => i == 0 && letters(),
            _ => false,
        };
        joined.then_some(i + 2)
    }

    /// Short forms with a slash: "w/o", "b/c".
    fn fixed(&self, i: usize) -> Option<usize> {
        const FIXED: &[&str] = &["w/o", "b/c", "c/o"];
        let rest = &self.text[self.bounds[i]..];
        let found = FIXED.iter().find(|fixed| rest.starts_with(**fixed))?;
        let end = self.atom_at(self.bounds[i] + found.len());
        (!is_word(found) || !is_word(self.atom(end))).then_some(end)
    }

    /// Chinese and Japanese words: UAX 29 makes each ideograph an atom, the treebanks keep a run of them.
    fn ideographs(&self, i: usize) -> Option<usize> {
        let han = |atom: &str| atom.starts_with(|c: char| ('\u{3040}'..='\u{9fff}').contains(&c));
        let end = (i..).find(|end| !han(self.atom(*end)))?;
        (end > i + 1).then_some(end)
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
        // "UN-led" has no prefix, and a chain ("non-adult-like") is cut at every hyphen.
        let name = prefix.len() > 1 && !prefix.contains(char::is_lowercase);
        let chain = matches!(self.atom(i + 3), "-" | "‑");
        let known = hyphen
            && !name
            && !chain
            && prefix.len() <= 7
            && PREFIXES.contains(&prefix.to_ascii_lowercase().as_str());
        (known && is_word(self.atom(i + 2))).then_some(i + 3)
    }
}

/// Prefixes that the treebanks keep with the word behind the hyphen, lower case, sorted.
const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "co", "counter", "cross", "de", "e", "ex", "extra", "inter", "intra",
    "mega", "micro", "mid", "mini", "mis", "multi", "non", "over", "post", "pre", "pro", "pseudo",
    "psycho", "re", "semi", "socio", "sub", "super", "trans", "ultra", "un", "under",
];

/// Faces written with signs.
const FACES: &[&str] = &[
    ":-)", ":-(", ";-)", ":)", ":(", ";)", "=)", "^_^", ":D", ":P", "<3",
];

fn is_mark(sign: &str) -> bool {
    matches!(sign, "!" | "?")
}

/// Signs that lines and boxes are drawn with.
fn is_drawing(sign: &str) -> bool {
    matches!(
        sign,
        "-" | "_" | "=" | "*" | "<" | ">" | "#" | "~" | "+" | "|"
    )
}

fn is_word(atom: &str) -> bool {
    atom.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

pub(super) fn is_digits(atom: &str) -> bool {
    atom.starts_with(|c: char| c.is_ascii_digit())
        && atom
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
}
