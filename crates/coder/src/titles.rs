//! Titles and offices that stand before a name.

use lexicon::Gender;
use types::{NameKind, TokenRange, Upos};

use crate::reading::Reading;

/// What stands before (or beside) a person's name.
#[derive(Clone, Debug)]
pub(crate) struct Title<'d> {
    pub(crate) tokens: TokenRange,
    /// The words without nationality: "Foreign Minister".
    pub(crate) words: String,
    /// The same words in dictionary form, lower case.
    pub(crate) lemmas: Vec<String>,
    pub(crate) roles: Vec<&'d str>,
    pub(crate) country: Option<&'d str>,
    pub(crate) gender: Option<Gender>,
}

/// Longest title, in words, that is looked for.
const LONGEST: usize = 8;

/// Words that tell that an office was left; whoever had it is one of CAMEO's elites now.
pub(crate) const FORMER: &[&str] = &[
    "former", "ex", "ex-", "onetime", "deposed", "ousted", "late",
];

/// The title that ends right before `name`, if the words there hold a title or a role.
pub(crate) fn title_before<'d>(reading: &Reading<'d>, name: usize) -> Option<Title<'d>> {
    let sentence = reading.document.sentences.get(reading.sentence(name))?;
    let floor = sentence.tokens.start.max(name.saturating_sub(LONGEST));
    let mut start = name;
    while start > floor && belongs(reading, start - 1) {
        start -= 1;
    }
    while start < name && reading.upos(start) == Upos::Adp {
        start += 1;
    }
    start = title_start(reading, start..name);
    (start < name)
        .then(|| title(reading, start..name))
        .flatten()
}

/// Where the title begins in the words before a name: of "work of opposition leader" with "opposition", as what stands
/// before the last "of" is no title; of "secretary of state" at the beginning.
fn title_start(reading: &Reading, words: TokenRange) -> usize {
    let Some(of) = words.clone().rev().find(|t| reading.upos(*t) == Upos::Adp) else {
        return words.start;
    };
    let office = |t: usize| {
        let lemma = reading.lemma(t);
        reading.lexicon.title(lemma).is_some() || reading.lexicon.agent(lemma).is_some()
    };
    match (words.start..of).any(office) {
        true => words.start,
        false => of + 1,
    }
}

fn belongs(reading: &Reading, token: usize) -> bool {
    let form = reading.form(token);
    // Another person's name ends the title; a title that a tagger took into a name does not.
    let apart =
        reading.name_kind(token) != Some(NameKind::Person) || reading.lexicon.title(form).is_some();
    match reading.upos(token) {
        Upos::Noun | Upos::Propn | Upos::Adj => apart,
        Upos::Adp => form.eq_ignore_ascii_case("of"),
        _ => false,
    }
}

/// Reads the words of `tokens` as a title; nothing where none of them is a title or a role.
pub(crate) fn title<'d>(reading: &Reading<'d>, tokens: TokenRange) -> Option<Title<'d>> {
    let mut found = Title {
        words: String::new(),
        lemmas: Vec::new(),
        roles: Vec::new(),
        country: None,
        gender: None,
        tokens: tokens.clone(),
    };
    let mut is_title = false;
    let mut first = None;
    for token in tokens.clone() {
        let form = reading.form(token);
        if let Some(state) = reading.lexicon.state(form) {
            found.country = found.country.or(Some(state.country));
            continue;
        }
        let lemma = reading.lemma(token).to_lowercase();
        let plain = reading
            .lexicon
            .title(&form.to_lowercase())
            .or_else(|| reading.lexicon.title(&lemma));
        found.gender = found.gender.or(plain.flatten());
        let pair = found.lemmas.last().map(|last| format!("{last} {lemma}"));
        let agent = pair
            .and_then(|p| reading.lexicon.agent(&p))
            .or_else(|| reading.lexicon.agent(&lemma));
        if let Some(agent) = agent
            && !found.roles.contains(&agent.role)
        {
            found.roles.push(agent.role);
        }
        is_title |= plain.is_some() || agent.is_some();
        if !matches!(reading.upos(token), Upos::Det | Upos::Punct) {
            first = first.or(Some(token));
            found.lemmas.push(lemma);
        }
    }
    if found.lemmas.iter().any(|l| FORMER.contains(&l.as_str())) && !found.roles.is_empty() {
        found.roles = vec!["ELI"];
    }
    found.words = reading.document.words(&(first?..tokens.end)).to_owned();
    is_title.then_some(found)
}
