//! The dateline at the start of a story: "SOCHI, Russia —", "MOSCOW (AP) -", "Beirut (Reuters) –".

/// Longest dateline that is looked for, in bytes.
const LONGEST: usize = 90;

/// Longest dateline, in words.
const MOST_WORDS: usize = 9;

/// Bytes of `paragraph` that its dateline takes, its dash and the blanks behind it included; `None` without one.
pub(super) fn dateline(paragraph: &str) -> Option<usize> {
    let (start, end) = dash(paragraph)?;
    let place = paragraph[..start].trim_end();
    let after = paragraph[end..].trim_start();
    // What follows a dateline starts a sentence; what follows a dash inside of one does not.
    if after.is_empty() || after.starts_with(|c: char| c.is_lowercase()) {
        return None;
    }
    is_place(place).then(|| paragraph.len() - after.len())
}

/// Words in capitals that stand before a dash and are no place, sorted.
const LABELS: &[&str] = &[
    "ANALYSIS",
    "BREAKING",
    "CAPTION",
    "CORRECTION",
    "EDITOR'S",
    "EXCLUSIVE",
    "EXPLAINER",
    "FACTBOX",
    "FILE",
    "NOTE",
    "OPINION",
    "PHOTO",
    "PHOTOS",
    "TIMELINE",
    "UPDATE",
    "UPDATED",
    "VIDEO",
    "WATCH",
];

/// The first dash that may end a dateline, as bytes.
fn dash(paragraph: &str) -> Option<(usize, usize)> {
    let blank_before = |at: usize| paragraph[..at].ends_with(char::is_whitespace);
    let mut found = None;
    for (at, c) in paragraph.char_indices().take_while(|(at, _)| *at < LONGEST) {
        let end = match c {
            '—' | '―' => at + c.len_utf8(),
            '–' if blank_before(at) => at + c.len_utf8(),
            '-' if paragraph[at..].starts_with("--") => at + 2,
            '-' if blank_before(at) && paragraph[at + 1..].starts_with(char::is_whitespace) => {
                at + 1
            }
            _ => continue,
        };
        found = Some((at, end));
        break;
    }
    found
}

/// Whether `text` is the place of a dateline: its first word in capitals, or an agency in brackets at its end; words
/// of names only.
fn is_place(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '/')
        .filter(|w| !w.is_empty())
        .collect();
    let Some(first) = words.first() else {
        return false;
    };
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters >= 3 && !first.chars().any(char::is_lowercase);
    let agency = words.len() > 1 && text.ends_with(')') && text.contains('(');
    let named = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(
                bare,
                "" | "of" | "de" | "the" | "and" | "on" | "al" | "la" | "near"
            )
    };
    let label = LABELS.contains(&first.trim_matches(|c: char| !c.is_alphanumeric()));
    !label
        && (capitals || agency)
        && words.len() <= MOST_WORDS
        && words.iter().all(named)
        && !text.ends_with(['.', '!', '?', '"'])
}
