//! Words and names, and what they tell.

use std::sync::OnceLock;

use types::{EventType, Mode, Status};

use crate::ontology::{Cameo, Ontology};
use crate::table::Table;

/// How a word points to a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateWord {
    /// The state's own name ("Russia", "the U.S.").
    Name,
    /// The adjective, or one citizen ("Russian").
    Demonym,
    /// Its citizens ("Russians", "Danes").
    People,
    /// The capital, which may stand for the government.
    Capital,
    /// A seat of government ("the Kremlin"), which stands for it.
    Seat,
}

/// A word that points to a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1 alpha-3; for states that are no more, the code they had.
    pub country: &'static str,
    /// How the word points to it.
    pub word: StateWord,
}

/// Whether a role noun in the singular names a person or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Number {
    Person,
    Group,
}

/// What a role noun ("minister", "rebels") tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agent {
    /// CAMEO role code (`GOV`, `MIL` …).
    pub role: &'static str,
    /// What one of them is.
    pub number: Number,
}

/// A noun that names an issue ("conflict", "sanctions").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssueNoun {
    /// Nouns of one family with the same country are one issue ("conflict", "crisis").
    pub family: &'static str,
    /// Whether it is an issue by itself ("terrorism"), without a country or another word before it.
    pub alone: bool,
}

/// What sort of organisation a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum OrganisationKind {
    International,
    NonGovernmental,
    Armed,
    Party,
    StateBody,
    Media,
}

/// A known organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its usual English name, the same for all its forms.
    pub name: &'static str,
    /// What sort it is of.
    pub kind: OrganisationKind,
    /// CAMEO actor code.
    pub code: &'static str,
    /// ISO 3166-1 alpha-3 of its home, where it has one.
    pub country: Option<&'static str>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $name { $($variant,)* }

        impl $name {
            /// The word that data files and records use for it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// What that word stands for.
            pub fn parse(text: &str) -> Option<Self> {
                [$($name::$variant,)*].into_iter().find(|w| w.as_str() == text)
            }
        }
    };
}

words! {
    /// What a source does with the content of a claim.
    Stance {
        Assert = "assert",
        Deny = "deny",
        Accuse = "accuse",
        Promise = "promise",
        Threaten = "threaten",
        Demand = "demand",
        Ask = "ask",
        Acknowledge = "acknowledge",
        Doubt = "doubt",
        Believe = "believe",
        Intend = "intend",
    }
}

words! {
    /// What a word tells of the status of an event in its scope.
    StatusCue {
        Negator = "negator",
        Fail = "fail",
        Deny = "deny",
        Plan = "plan",
        Modal = "modal",
        Future = "future",
        Condition = "condition",
        Hedge = "hedge",
        Fear = "fear",
        Demand = "demand",
        Allege = "allege",
    }
}

words! {
    /// What a word says of where parties stand, towards each other or towards a thing.
    Leaning {
        Agree = "agree",
        Disagree = "disagree",
        For = "for",
        Against = "against",
    }
}

words! {
    /// Gender that a title or first name tells.
    Gender {
        Male = "m",
        Female = "f",
    }
}

pub(crate) const STATES: &str = include_str!("../data/states.tsv");
pub(crate) const COUNTRIES: &str = include_str!("../data/countries.tsv");
pub(crate) const AGENTS: &str = include_str!("../data/agents.tsv");
pub(crate) const ORGANISATIONS: &str = include_str!("../data/organisations.tsv");
pub(crate) const CUES: &str = include_str!("../data/cues.tsv");
pub(crate) const STATUS_CUES: &str = include_str!("../data/status_cues.tsv");
pub(crate) const TITLES: &str = include_str!("../data/titles.tsv");
pub(crate) const FIRST_NAMES: &str = include_str!("../data/first_names.tsv");
pub(crate) const CONTEXTS: &str = include_str!("../data/contexts.tsv");
pub(crate) const ISSUES: &str = include_str!("../data/issues.tsv");
pub(crate) const POSITIONS: &str = include_str!("../data/positions.tsv");

/// All word lists.
#[derive(Debug)]
pub struct Lexicon {
    ontology: Ontology,
    pub(crate) states: Table<State>,
    pub(crate) countries: Table<&'static str>,
    pub(crate) agents: Table<Agent>,
    pub(crate) organisations: Table<Organisation>,
    pub(crate) cues: Table<Stance>,
    pub(crate) status_cues: Table<StatusCue>,
    pub(crate) titles: Table<Option<Gender>>,
    pub(crate) first_names: Table<Gender>,
    pub(crate) contexts: Table<&'static str>,
    pub(crate) issues: Table<IssueNoun>,
    pub(crate) positions: Table<Leaning>,
}

impl Lexicon {
    /// Version of the embedded lists, for a record's provenance. It changes with every change of a list.
    pub const VERSION: &'static str = "2026.11";

    /// The embedded lists, read at the first call.
    pub fn built_in() -> &'static Lexicon {
        static BUILT_IN: OnceLock<Lexicon> = OnceLock::new();
        BUILT_IN.get_or_init(Lexicon::new)
    }

    fn new() -> Self {
        Lexicon {
            ontology: Ontology::new(),
            states: Table::new(STATES, state),
            countries: Table::new(COUNTRIES, |row| row.first().copied()),
            agents: Table::new(AGENTS, agent),
            organisations: Table::new(ORGANISATIONS, organisation),
            cues: Table::new(CUES, |row| Stance::parse(row.first()?)),
            status_cues: Table::new(STATUS_CUES, |row| StatusCue::parse(row.first()?)),
            titles: Table::new(TITLES, |row| match *row.first()? {
                "-" => Some(None),
                gender => Gender::parse(gender).map(Some),
            }),
            first_names: Table::new(FIRST_NAMES, |row| Gender::parse(row.first()?)),
            contexts: Table::new(CONTEXTS, |row| row.first().copied()),
            issues: Table::new(ISSUES, issue_noun),
            positions: Table::new(POSITIONS, |row| Leaning::parse(row.first()?)),
        }
    }

    /// `verbal cooperation`, `material cooperation`, `verbal conflict` or `material conflict`.
    pub fn quad(&self, event: EventType) -> &'static str {
        self.ontology.quad(event)
    }

    /// CAMEO's two-digit root of the type.
    pub fn root(&self, event: EventType) -> &'static str {
        self.ontology.root(event)
    }

    /// The CAMEO code that fits best, as specific as mode, status and contexts allow.
    pub fn cameo(
        &self,
        event: EventType,
        mode: Option<Mode>,
        status: Status,
        contexts: &[&str],
    ) -> Option<Cameo> {
        self.ontology.cameo(event, mode, status, contexts)
    }

    /// The state that `form` points to; written as in the text, without an article.
    pub fn state(&self, form: &str) -> Option<State> {
        self.states.get(form).copied()
    }

    /// English name of the country with that ISO code.
    pub fn country(&self, code: &str) -> Option<&'static str> {
        self.countries.get(code).copied()
    }

    /// What a role noun or compound tells; `lemma` is the singular, in any case.
    pub fn agent(&self, lemma: &str) -> Option<Agent> {
        self.agents.get_folded(lemma).copied()
    }

    /// The organisation that `form` names; written as in the text, without an article.
    pub fn organisation(&self, form: &str) -> Option<Organisation> {
        self.organisations.get(form).copied()
    }

    /// Stance of a cue in dictionary form, in any case.
    pub fn stance(&self, lemma: &str) -> Option<Stance> {
        self.cues.get_folded(lemma).copied()
    }

    /// What a word in dictionary form, in any case, tells of status.
    pub fn status_cue(&self, lemma: &str) -> Option<StatusCue> {
        self.status_cues.get_folded(lemma).copied()
    }

    /// Whether `words` are a title or office, and the gender that it tells, if any.
    pub fn title(&self, words: &str) -> Option<Option<Gender>> {
        self.titles.get_folded(words).copied()
    }

    /// Gender of a first name that nearly always has that one.
    pub fn first_name(&self, name: &str) -> Option<Gender> {
        self.first_names.get(name).copied()
    }

    /// PLOVER context that a word in dictionary form, in any case, points to.
    pub fn context(&self, lemma: &str) -> Option<&'static str> {
        self.contexts.get_folded(lemma).copied()
    }

    /// What a noun in dictionary form, in any case, tells of an issue that parties talk about.
    pub fn issue_noun(&self, lemma: &str) -> Option<IssueNoun> {
        self.issues.get_folded(lemma).copied()
    }

    /// What a word in dictionary form, in any case, says of where parties stand.
    pub fn leaning(&self, lemma: &str) -> Option<Leaning> {
        self.positions.get_folded(lemma).copied()
    }
}

fn issue_noun(row: &[&'static str]) -> Option<IssueNoun> {
    let [family, alone] = row else { return None };
    let alone = match *alone {
        "alone" => true,
        "-" => false,
        _ => return None,
    };
    Some(IssueNoun { family, alone })
}

fn state(row: &[&'static str]) -> Option<State> {
    let [country, word] = row else { return None };
    let word = match *word {
        "name" => StateWord::Name,
        "demonym" => StateWord::Demonym,
        "people" => StateWord::People,
        "capital" => StateWord::Capital,
        "seat" => StateWord::Seat,
        _ => return None,
    };
    Some(State { country, word })
}

fn agent(row: &[&'static str]) -> Option<Agent> {
    let [role, number] = row else { return None };
    let number = match *number {
        "person" => Number::Person,
        "group" => Number::Group,
        _ => return None,
    };
    Some(Agent { role, number })
}

fn organisation(row: &[&'static str]) -> Option<Organisation> {
    let [name, kind, code, country] = row else {
        return None;
    };
    let kind = match *kind {
        "igo" => OrganisationKind::International,
        "ngo" => OrganisationKind::NonGovernmental,
        "armed" => OrganisationKind::Armed,
        "party" => OrganisationKind::Party,
        "state-body" => OrganisationKind::StateBody,
        "media" => OrganisationKind::Media,
        _ => return None,
    };
    let country = Some(*country).filter(|code| *code != "-");
    Some(Organisation {
        name,
        kind,
        code,
        country,
    })
}

#[cfg(test)]
mod tests;
