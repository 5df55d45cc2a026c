//! Which words name a place.

use gazetteer::{Match, Spelling, fold};
use types::{Document, NameKind, Part, PartKind, Span, TokenRange};

use super::Atlas;
use super::lookup::{Found, is_upper, look_up, of_people};
use super::standing::Story;
use super::words::{CIVIC, NEVER, THINGS, is_in};
use crate::split::split;

/// Words that no gazetteer can place where they stand alone, although some region bears each as its name.
const DIRECTIONS: &[&str] = &["east", "north", "south", "west"];
/// Most tokens of a name that is looked up.
const LONGEST: usize = 7;

/// Words that name a place, with the places that bear the name.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The words, without an article before or a possessive behind.
    pub(super) span: Span,
    /// The words themselves, in title case where they stand in capitals.
    pub(super) words: String,
    /// Their key in the gazetteer.
    pub(super) key: String,
    /// The places; empty where the gazetteer lacks the name.
    pub(super) matches: Vec<Match>,
    /// How far they may be trusted to be a place.
    pub(super) trust: Trust,
    /// Whether they are initials: "N.Y.", "NSW".
    pub(super) initials: bool,
    /// Whether they stand in the dateline.
    pub(super) dateline: bool,
}

/// How far words may be trusted to name a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// The gazetteer knows them, and nothing around speaks against it.
    Weak,
    /// The words around speak for it.
    Likely,
    /// The model takes them for a place, or the caller says so.
    Sure,
}

impl Mention {
    fn new(document: &Document, tokens: &TokenRange, (key, matches): Found, trust: Trust) -> Self {
        let words = document.words(tokens);
        let capitals = words.chars().filter(|c| c.is_uppercase()).count();
        Mention {
            span: document.span(tokens),
            words: titled(words),
            initials: is_upper(words) && capitals > 1 && (words.contains('.') || capitals > 2),
            key,
            matches,
            trust,
            dateline: false,
        }
    }
}

/// "WASHINGTON" as "Washington"; everything else as it is.
fn titled(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if words.len() > 4 && is_upper(words) => {
            first.to_string() + &letters.as_str().to_lowercase()
        }
        _ => words.to_owned(),
    }
}

/// The mention that a caller gives; there, nationalities are places too.
pub(super) fn given(atlas: &Atlas, document: &Document, tokens: &TokenRange) -> Mention {
    let tokens = bare(document, tokens);
    let found = look_up(atlas, document, &tokens);
    let found = match found.1.is_empty() {
        true => of_people(atlas, document, &tokens).unwrap_or(found),
        false => found,
    };
    Mention::new(document, &tokens, found, Trust::Sure)
}

/// Every mention, in text order, not overlapping; those of datelines too, which no other layer reads.
pub(super) fn mentions(atlas: &Atlas, document: &Document) -> Vec<Mention> {
    let mut found = in_sentences(atlas, document);
    let parts = document.story.parts.iter();
    for part in parts.filter(|part| part.kind == PartKind::Dateline) {
        found.extend(in_dateline(atlas, document, part.span));
    }
    found.sort_by_key(|mention| mention.span.start);
    found
}

fn in_sentences(atlas: &Atlas, document: &Document) -> Vec<Mention> {
    let story = Story::of(document);
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let mut token = sentence.tokens.start;
        while token < sentence.tokens.end {
            match mention(atlas, &story, token, sentence.tokens.end) {
                Some((mention, end)) => {
                    found.push(mention);
                    token = end.max(token + 1);
                }
                None => token += 1,
            }
        }
    }
    found
}

fn in_dateline(atlas: &Atlas, document: &Document, span: Span) -> Vec<Mention> {
    let whole = Part {
        kind: PartKind::Body,
        span: Span::new(0, span.len()),
    };
    let text = span.of(&document.story.text).to_owned();
    let (sentences, tokens) = split(&text, &[whole]);
    let line = Document {
        story: types::Story {
            text,
            ..types::Story::default()
        },
        sentences,
        tokens,
        ..Document::default()
    };
    let mut found = in_sentences(atlas, &line);
    for mention in &mut found {
        mention.span = Span::new(
            mention.span.start + span.start,
            mention.span.end + span.start,
        );
        (mention.dateline, mention.trust) = (true, Trust::Sure);
    }
    found
}

/// The longest mention that starts at `token`, and the token behind it.
fn mention(atlas: &Atlas, story: &Story, token: usize, end: usize) -> Option<(Mention, usize)> {
    if story.behind_party(token) {
        return gazetteer_led(atlas, story.document, &(token..token + 1), Trust::Likely);
    }
    match story.names.at(token) {
        Some(name) if is_place(name.kind) => named(atlas, story.document, name, token),
        Some(name) if name.kind == NameKind::Organization => inside(atlas, story, name, token),
        Some(name) if name.kind == NameKind::Norp => state(atlas, story.document, name, token),
        Some(name) if name.tokens.len() == 1 => mistaken(atlas, story, token),
        Some(_) => None,
        None => unnamed(atlas, story, token, end),
    }
}

fn is_place(kind: NameKind) -> bool {
    matches!(kind, NameKind::Location | NameKind::Facility)
}

/// A name that the model takes for a place, or the part of it from `token` to the next comma: all of it, else the place
/// that it is named after ("Gainesville Regional Airport"). Streets are named after places that they are not in.
fn named(
    atlas: &Atlas,
    document: &Document,
    name: &types::Name,
    token: usize,
) -> Option<(Mention, usize)> {
    let divides = |t: &usize| matches!(document.form(*t), "," | "(" | ")" | "/" | ";" | "and");
    let end = (token..name.tokens.end)
        .find(divides)
        .unwrap_or(name.tokens.end);
    let whole = bare(document, &(token..end));
    let thing = |t: usize| is_in(&document.form(t).to_lowercase(), THINGS);
    let behind = end < document.tokens.len() && thing(end);
    if whole.is_empty() || behind {
        return None;
    }
    let mut found = look_up(atlas, document, &whole);
    // "The West" is half of the world, not a region of Cameroon.
    if is_in(&found.0, DIRECTIONS) {
        found.1.clear();
    }
    if !found.1.is_empty() {
        return Some((Mention::new(document, &whole, found, Trust::Sure), end));
    }
    let last = document
        .form(whole.end - 1)
        .trim_end_matches('.')
        .to_lowercase();
    let after = |part: &TokenRange| is_in(&document.form(part.end).to_lowercase(), CIVIC);
    let parts = (whole.start + 1..whole.end).rev().take(LONGEST);
    let mut parts = parts.map(|end| whole.start..end).filter(after);
    let known = parts.find_map(|part| gazetteer_led(atlas, document, &part, Trust::Likely));
    match known {
        Some((mention, _)) if !is_in(&last, THINGS) => Some((mention, end)),
        _ => Some((
            Mention::new(
                document,
                &whole,
                (fold(document.words(&whole)), Vec::new()),
                Trust::Sure,
            ),
            end,
        )),
    }
}

/// One word that the model takes for a person, a people or something else, where the words around speak for a place: "Alexandria
/// detectives".
fn mistaken(atlas: &Atlas, story: &Story, token: usize) -> Option<(Mention, usize)> {
    let part = token..token + 1;
    let found = gazetteer_led(atlas, story.document, &part, Trust::Likely)?;
    (story.trust(atlas, &part)? == Trust::Likely).then_some(found)
}

/// The place that an organisation is named after: "Alexandria Police Department", "University of Kentucky".
fn inside(
    atlas: &Atlas,
    story: &Story,
    name: &types::Name,
    token: usize,
) -> Option<(Mention, usize)> {
    const OF_PLACES: &[&str] = &[
        "city",
        "college",
        "county",
        "government",
        "republic",
        "town",
        "university",
    ];
    let document = story.document;
    let before = token.checked_sub(2).filter(|t| name.tokens.contains(t));
    let before = before.filter(|t| document.form(t + 1) == "of");
    let of = before.is_some_and(|t| is_in(&document.form(t).to_lowercase(), OF_PLACES));
    if before.is_some() && !of {
        // "The Health Ministry of Uganda", but not the Bank of Nowhere.
        let country = token..name.tokens.end;
        let known = atlas.lexicon.state(document.words(&country))?;
        let named = known.word == lexicon::StateWord::Name;
        return named.then(|| gazetteer_led(atlas, document, &country, Trust::Likely))?;
    }
    if token != bare(document, &name.tokens).start && !of {
        return None;
    }
    let whole = bare(document, &(token..name.tokens.end));
    let parts = (whole.start + 1..=whole.end).rev().take(LONGEST);
    let mut parts = parts.map(|end| whole.start..end);
    parts.find_map(|part| {
        let civic = part.end < whole.end && is_in(&document.form(part.end).to_lowercase(), CIVIC);
        let trust = if civic || of {
            Trust::Likely
        } else {
            Trust::Weak
        };
        gazetteer_led(atlas, document, &part, trust)
    })
}

/// A state by its name where the model sees its people: "U.S. troops".
fn state(
    atlas: &Atlas,
    document: &Document,
    name: &types::Name,
    token: usize,
) -> Option<(Mention, usize)> {
    let state = atlas.lexicon.state(document.words(&name.tokens))?;
    let named = state.word == lexicon::StateWord::Name && token == name.tokens.start;
    named.then(|| gazetteer_led(atlas, document, &name.tokens, Trust::Likely))?
}

/// A name that the gazetteer knows where the model sees none.
fn unnamed(atlas: &Atlas, story: &Story, token: usize, end: usize) -> Option<(Mention, usize)> {
    let document = story.document;
    if !is_capitalised(document.form(token)) {
        return None;
    }
    let open = (token + 1..end).take_while(|t| story.names.at(*t).is_none());
    let open = open.take(LONGEST - 1).last().map_or(token + 1, |t| t + 1);
    for end in (token + 1..=open).rev() {
        let part = token..end;
        if joins(document, &part)
            && let Some(found) = gazetteer_led(atlas, document, &part, Trust::Weak)
        {
            let trust = story.trust(atlas, &part)?;
            return Some((Mention { trust, ..found.0 }, found.1));
        }
    }
    None
}

fn gazetteer_led(
    atlas: &Atlas,
    document: &Document,
    part: &TokenRange,
    trust: Trust,
) -> Option<(Mention, usize)> {
    let words = document.words(part);
    if !is_capitalised(document.form(part.end - 1)) || words.len() < 2 {
        return None;
    }
    let found = look_up(atlas, document, part);
    let short = found.1.iter().all(|m| m.spelling == Spelling::Short);
    let written = words.contains('.') || part.len() == 1 && words.len() <= 3 && is_upper(words);
    let common = is_in(&found.0, NEVER) && !short && !written;
    let known = !found.1.is_empty() && !common;
    known.then(|| (Mention::new(document, part, found, trust), part.end))
}

/// Whether the words from the first to the last can be one name: capitalised, but for a few that join.
fn joins(document: &Document, part: &TokenRange) -> bool {
    part.clone().all(|t| {
        let form = document.form(t);
        is_capitalised(form)
            || t > part.start
                && t + 1 < part.end
                && matches!(
                    form,
                    "of" | "the"
                        | "de"
                        | "la"
                        | "del"
                        | "du"
                        | "des"
                        | "da"
                        | "do"
                        | "dos"
                        | "e"
                        | "y"
                        | "el"
                        | "al"
                        | "upon"
                        | "on"
                        | "in"
                        | "le"
                        | "les"
                        | "sur"
                        | "am"
                        | "an"
                        | "der"
                        | "bei"
                        | "and"
                        | "-"
                        | "–"
                        | "’"
                        | "'"
                )
    })
}

pub(super) fn is_capitalised(form: &str) -> bool {
    form.starts_with(char::is_uppercase)
}

/// The words without "the" before and "'s" behind.
fn bare(document: &Document, tokens: &TokenRange) -> TokenRange {
    let (mut start, mut end) = (tokens.start, tokens.end.min(document.tokens.len()));
    while end - start > 1 && matches!(document.form(start), "the" | "The" | "THE") {
        start += 1;
    }
    while end - start > 1
        && matches!(
            document.form(end - 1),
            "'s" | "’s" | "'" | "’" | "," | "." | "-"
        )
    {
        end -= 1;
    }
    start..end
}

/// Names by token.
pub(super) struct Names<'d> {
    document: &'d Document,
    at: Vec<Option<u32>>,
}

impl<'d> Names<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mut at = vec![None; document.tokens.len()];
        for (index, name) in document.names.iter().enumerate() {
            for slot in at.get_mut(name.tokens.clone()).into_iter().flatten() {
                *slot = u32::try_from(index).ok();
            }
        }
        Names { document, at }
    }

    pub(super) fn at(&self, token: usize) -> Option<&'d types::Name> {
        let index = (*self.at.get(token)?)?;
        self.document.names.get(index as usize)
    }
}
