//! Whether the words around an expression speak of what was or of what will be.
//!
//! Without tags: the nearest word of the sentence that tells, before the expression or behind it. A caller who has a tree
//! knows better, and can say so ([`crate::Finder::read_with`]).

use crate::scan::Words;

/// Which way an expression looks from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// To what has been.
    Past,
    /// To what is to come.
    Future,
}

/// Words that are looked at on either side.
const REACH: usize = 24;

/// The lean of the words from `start` up to `end`; `None` where nothing tells.
pub(crate) fn lean(w: &Words, start: usize, end: usize) -> Option<Lean> {
    before(w, start).or_else(|| behind(w, end))
}

/// "by Friday", "until May": of what is to come, unless they open a clause that tells of the past.
pub(crate) fn preposition(w: &Words, start: usize) -> Option<Lean> {
    const AHEAD: &[&str] = &[
        "by",
        "until",
        "till",
        "through",
        "starting",
        "beginning",
        "due",
        "effective",
        "upcoming",
        "payable",
        "expires",
    ];
    let at = start.checked_sub(1)?;
    if w.any(at, &["since", "ended"]) {
        return Some(Lean::Past);
    }
    if !w.any(at, AHEAD) {
        return None;
    }
    let opens =
        at == 0 || w.ends_sentence(at - 1) || w.any(at - 1, &["but", "and", ",", "\"", "`", ""]);
    let told = if opens { behind(w, start + 1) } else { None };
    let had = before(w, at) == Some(Lean::Past)
        && (start.saturating_sub(8)..at).any(|i| w.any(i, &["had", "was", "were"]));
    told.or(had.then_some(Lean::Past)).or(Some(Lean::Future))
}

fn before(w: &Words, start: usize) -> Option<Lean> {
    let first = start.saturating_sub(REACH);
    for at in (first..start).rev() {
        if w.ends_sentence(at) || w.word(at).is_empty() {
            return None;
        }
        if let Some(lean) = word(w, at) {
            return Some(lean);
        }
    }
    None
}

fn behind(w: &Words, end: usize) -> Option<Lean> {
    for at in end..(end + REACH).min(w.len()) {
        if w.ends_sentence(at) || w.word(at).is_empty() {
            return None;
        }
        if let Some(lean) = word(w, at) {
            return Some(lean);
        }
    }
    None
}

/// What one word tells.
pub(crate) fn word(w: &Words, at: usize) -> Option<Lean> {
    let word = w.word(at);
    match word {
        "will" | "ll" | "shall" | "would" | "may" | "might" | "should" | "must" | "plans"
        | "hopes" | "intends" | "wants" | "upcoming" | "scheduled" | "slated" | "due"
        | "planned" | "expected" | "expects" | "going" | "plan" | "planning" | "expect"
        | "tentatively" | "deadline" => {
            // "May" as a month is no verb.
            if word == "may" && w.capital(at) && w.month(at).is_some() && at > 0 {
                return None;
            }
            // "had been due": it is no longer.
            let over = at > 1 && w.is(at - 1, "been") && w.is(at - 2, "had");
            Some(if over { Lean::Past } else { Lean::Future })
        }
        "to" => infinitive(w, at),
        "was" | "were" | "had" | "did" | "been" | "has" | "have" | "ago" | "yesterday" => {
            Some(Lean::Past)
        }
        _ if PAST.binary_search(&word).is_ok() => Some(Lean::Past),
        // Most past tenses and participles; "hundred" and names apart.
        _ if word.len() > 4
            && word.ends_with("ed")
            && !w.capital(at)
            && !NOT_PAST.contains(&word) =>
        {
            Some(Lean::Past)
        }
        _ => None,
    }
}

/// "to" before a verb speaks of what is to come only behind words such as "agreed", which stand right before it.
fn infinitive(w: &Words, at: usize) -> Option<Lean> {
    const AHEAD: &[&str] = &[
        "is",
        "are",
        "scheduled",
        "expected",
        "due",
        "set",
        "plans",
        "planned",
        "planning",
        "agreed",
        "vowed",
        "promised",
        "pledged",
        "wants",
        "hopes",
        "hoping",
        "intends",
        "ready",
        "prepared",
        "likely",
        "decided",
        "going",
        "continue",
        "deadline",
        "proposed",
        "threatened",
        "preparing",
        "able",
        "meeting",
        "offered",
        "ordered",
    ];
    let ahead = at > 0 && w.any(at - 1, AHEAD);
    let verb = w.word(at + 1).starts_with(char::is_alphabetic)
        && !w.capital(at + 1)
        && !w.any(at + 1, &["the", "a", "an", "his", "its", "their"]);
    (ahead && verb).then_some(Lean::Future)
}

const NOT_PAST: &[&str] = &[
    "hundred",
    "indeed",
    "united",
    "so-called",
    "proposed",
    "need",
    "speed",
    "exceed",
    "proceed",
    "succeed",
];

/// Past tenses that do not end in "ed", sorted.
const PAST: &[&str] = &[
    "ate", "became", "began", "bought", "broke", "brought", "built", "came", "caught", "chose",
    "cost", "dealt", "died", "drew", "drove", "fell", "felt", "fled", "flew", "fought", "found",
    "gave", "got", "grew", "heard", "held", "hit", "kept", "killed", "knew", "laid", "led", "left",
    "lost", "made", "met", "paid", "put", "ran", "rose", "said", "sank", "sat", "saw", "sent",
    "shot", "slipped", "sold", "sought", "spent", "spoke", "stood", "struck", "swept", "swore",
    "told", "took", "tore", "went", "withdrew", "woke", "won", "wore", "wrote",
];
