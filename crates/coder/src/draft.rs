//! One actor under construction.

use lexicon::{Gender, Number, Office, StateWord};

use crate::reading::Reading;
use crate::titles::Title;

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    State,
    Organisation,
    Group,
    PlaceAsState,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::State => "state",
            Kind::Organisation => "organisation",
            Kind::Group => "group",
            Kind::PlaceAsState => "place-as-state",
        }
    }
}

/// One actor under construction.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'d> {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    /// Words by which the same actor is known again: a person's name, an organisation's key, a noun with modifiers.
    pub(crate) key: Vec<String>,
    pub(crate) country: Option<&'d str>,
    pub(crate) code: Option<&'d str>,
    pub(crate) roles: Vec<&'d str>,
    /// Titles and offices in the order of the text.
    pub(crate) titles: Vec<Title<'d>>,
    /// Office held on the day of the story, by the lexicon.
    pub(crate) office: Option<Office>,
    /// As a title or a noun tells it ("Mrs.", "his mother").
    pub(crate) gender: Option<Gender>,
    /// As the first name suggests it.
    pub(crate) likely_gender: Option<Gender>,
    /// How often "he" meant it so far, and how often "she".
    pub(crate) called: (usize, usize),
    pub(crate) plural: bool,
    /// Whether a name is among the mentions.
    pub(crate) named: bool,
    /// Indices into [`Cast::mentions`], in text order once the cast is complete.
    pub(crate) mentions: Vec<usize>,
}

pub(crate) fn blank<'d>(kind: Kind, name: &str) -> Draft<'d> {
    Draft {
        kind,
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        key: vec![name.to_lowercase()],
        country: None,
        code: None,
        roles: Vec::new(),
        titles: Vec::new(),
        office: None,
        gender: None,
        likely_gender: None,
        called: (0, 0),
        plural: false,
        named: false,
        mentions: Vec::new(),
    }
}

pub(crate) fn state<'d>(reading: &Reading<'d>, country: &'d str) -> Draft<'d> {
    let mut draft = blank(
        Kind::State,
        reading.lexicon.country(country).unwrap_or(country),
    );
    draft.country = Some(country);
    draft.key = vec![country.to_owned()];
    draft
}

pub(crate) fn people<'d>(words: &str, country: &'d str) -> Draft<'d> {
    let mut draft = blank(Kind::Group, words);
    draft.country = Some(country);
    draft.roles = vec!["CVL"];
    draft.plural = true;
    draft
}

pub(crate) fn organisation<'d>(
    reading: &Reading<'d>,
    name: &str,
    known: Option<lexicon::Organisation<'d>>,
) -> Draft<'d> {
    let mut draft = blank(Kind::Organisation, name);
    let Some(known) = known else {
        describe(reading, &mut draft);
        return draft;
    };
    draft.code = Some(known.code);
    draft.country = known.country;
    draft
}

/// Country and roles that the words of a name tell: "Royal Thai Navy", "Foreign Ministry".
fn describe<'d>(reading: &Reading<'d>, draft: &mut Draft<'d>) {
    let words: Vec<&str> = draft.name.split(' ').collect();
    draft.country = draft.country.or_else(|| state_in(reading, &words));
    for word in words {
        let agent = reading
            .lexicon
            .agent(word)
            .filter(|a| a.number == Number::Group);
        if let Some(agent) = agent
            && !draft.roles.contains(&agent.role)
        {
            draft.roles.push(agent.role);
        }
    }
}

/// The country of the first state that the words name, of several names the longest: "South Sudan" is not Sudan.
fn state_in<'d>(reading: &Reading<'d>, words: &[&str]) -> Option<&'d str> {
    (0..words.len()).find_map(|start| {
        let mut ends = (start + 1..=words.len().min(start + 5)).rev();
        let state = ends.find_map(|end| {
            let state = reading.lexicon.state(&words[start..end].join(" "));
            state.filter(|s| s.word != StateWord::Capital)
        });
        state.map(|s| s.country)
    })
}

pub(crate) fn take_title<'d>(draft: &mut Draft<'d>, title: Title<'d>) {
    draft.gender = draft.gender.or(title.gender);
    draft.country = draft.country.or(title.country);
    for role in &title.roles {
        if !draft.roles.contains(role) {
            draft.roles.push(role);
        }
    }
    if !draft.titles.iter().any(|t| t.words == title.words) {
        draft.titles.push(title);
    }
}
