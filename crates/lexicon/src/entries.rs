//! What an entry of a list tells.

use crate::code::ActorCode;

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
pub struct State<'l> {
    /// ISO 3166-1 alpha-3; for states that are no more, the code they had.
    pub country: &'l str,
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
pub struct Agent<'l> {
    /// CAMEO role code (`GOV`, `MIL` …).
    pub role: &'l str,
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
    /// Whether it is one only where parties argue about it ("the verdict"), and else a thing that happened.
    pub argued: bool,
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
pub struct Organisation<'l> {
    /// Its usual English name, the same for all its forms.
    pub name: &'l str,
    /// What sort it is of; nothing for a user's own.
    pub kind: Option<OrganisationKind>,
    /// CAMEO actor code.
    pub code: &'l str,
    /// ISO 3166-1 alpha-3 of its home, where it has one.
    pub country: Option<&'l str>,
}

/// Somebody that a user's own lexicon names, as of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnActor<'l> {
    /// The name to show, the same for all its forms.
    pub name: &'l str,
    /// What it is, where the lexicon says so.
    pub kind: Option<ActorKind>,
    /// Its code.
    pub code: &'l ActorCode,
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
    /// What an actor of a user's own lexicon is.
    ActorKind {
        Person = "person",
        State = "state",
        Organisation = "organisation",
        Group = "group",
    }
}

words! {
    /// Gender that a title or first name tells.
    Gender {
        Male = "m",
        Female = "f",
    }
}
