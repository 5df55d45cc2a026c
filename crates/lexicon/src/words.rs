//! Words and names, and what they tell.

use std::sync::OnceLock;

use crate::contexts::{self, ContextWords};
use crate::entries::{
    Agent, Gender, IssueNoun, Leaning, Number, Organisation, OrganisationKind, OwnActor, Stance,
    State, StateWord, StatusCue,
};
use crate::offices::{OfficeHolder, Offices};
use crate::own::{LineProblem, Own};
use types::{Date, EventType, Mode, Status};

use crate::ontology::{self, Cameo, CameoWords, Ontology};
use crate::table::Table;
use crate::territories::{Territories, Territory};

pub(crate) const STATES: &str = include_str!("../data/states.tsv");
pub(crate) const COUNTRIES: &str = include_str!("../data/countries.tsv");
pub(crate) const AGENTS: &str = include_str!("../data/agents.tsv");
pub(crate) const ORGANISATIONS: &str = include_str!("../data/organisations.tsv");
pub(crate) const CUES: &str = include_str!("../data/cues.tsv");
pub(crate) const STATUS_CUES: &str = include_str!("../data/status_cues.tsv");
pub(crate) const TITLES: &str = include_str!("../data/titles.tsv");
pub(crate) const FIRST_NAMES: &str = include_str!("../data/first_names.tsv");
pub(crate) const ROLES: &str = include_str!("../data/roles.tsv");
pub(crate) const TOPS: &str = include_str!("../data/tops.tsv");
pub(crate) const ISSUES: &str = include_str!("../data/issues.tsv");
pub(crate) const POSITIONS: &str = include_str!("../data/positions.tsv");

/// All word lists: the built-in ones, and a user's own before them.
#[derive(Clone, Debug)]
pub struct Lexicon {
    base: &'static BuiltIn,
    own: Own,
}

/// The embedded lists.
#[derive(Debug)]
pub(crate) struct BuiltIn {
    pub(crate) ontology: Ontology,
    pub(crate) states: Table<State<'static>>,
    pub(crate) countries: Table<&'static str>,
    pub(crate) agents: Table<Agent<'static>>,
    pub(crate) organisations: Table<Organisation<'static>>,
    pub(crate) cues: Table<Stance>,
    pub(crate) status_cues: Table<StatusCue>,
    pub(crate) titles: Table<Option<Gender>>,
    /// Gender, and whether the name is often a surname too.
    pub(crate) first_names: Table<(Gender, bool)>,
    pub(crate) contexts: Table<ContextWords>,
    pub(crate) offices: Offices,
    pub(crate) territories: Territories,
    pub(crate) issues: Table<IssueNoun>,
    pub(crate) positions: Table<Leaning>,
}

impl BuiltIn {
    /// The embedded lists, read at the first call.
    pub(crate) fn get() -> &'static BuiltIn {
        static BUILT_IN: OnceLock<BuiltIn> = OnceLock::new();
        BUILT_IN.get_or_init(BuiltIn::new)
    }

    pub(crate) fn new() -> Self {
        BuiltIn {
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
            first_names: Table::new(FIRST_NAMES, |row| {
                let [gender, surname] = row else { return None };
                Some((Gender::parse(gender)?, *surname == "surname"))
            }),
            contexts: contexts::table(),
            offices: Offices::built_in(),
            territories: Territories::built_in(),
            issues: Table::new(ISSUES, issue_noun),
            positions: Table::new(POSITIONS, |row| Leaning::parse(row.first()?)),
        }
    }
}

impl Default for Lexicon {
    /// The built-in lists alone.
    fn default() -> Self {
        Lexicon {
            base: BuiltIn::get(),
            own: Own::default(),
        }
    }
}

impl Lexicon {
    /// Version of the embedded lists, for a record's provenance. It changes with every change of a list.
    pub const VERSION: &'static str = "2026.11.3";

    /// The embedded lists alone, read at the first call.
    pub fn built_in() -> &'static Lexicon {
        static ALONE: OnceLock<Lexicon> = OnceLock::new();
        ALONE.get_or_init(Lexicon::default)
    }

    /// Puts a user's own lexicon, the text of one file, before the built-in lists and behind those put there earlier.
    /// Gives the lines that were left out, in order; none where all is well.
    pub fn add(&mut self, text: &str) -> Vec<LineProblem> {
        let base = self.base;
        self.own
            .read(text, &|code| base.countries.get(code).is_some())
    }

    /// Names and role nouns of the user's own lexicon, counted with their synonyms.
    pub fn own_entries(&self) -> usize {
        self.own.len()
    }

    /// Whom the user's own lexicon means by `name`, with the code that holds on `day`. Without a day only a code
    /// without dates holds.
    pub fn own_actor(&self, name: &str, day: Option<Date>) -> Option<OwnActor<'_>> {
        let (entry, code) = self.own.actor(name, day)?;
        Some(OwnActor {
            name: &entry.name,
            kind: entry.kind,
            code,
        })
    }

    /// Persons with terms of office whom `name` may mean: folded words ([`crate::fold::plain`]), without titles. A whole
    /// name finds those who have it, a single word all with that surname.
    pub fn office_holders(&self, name: &[String]) -> Vec<OfficeHolder<'_>> {
        self.base.offices.holders(name)
    }

    /// `verbal cooperation`, `material cooperation`, `verbal conflict` or `material conflict`.
    pub fn quad(&self, event: EventType) -> &'static str {
        self.base.ontology.quad(event)
    }

    /// CAMEO's two-digit root of the type.
    pub fn root(&self, event: EventType) -> &'static str {
        self.base.ontology.root(event)
    }

    /// The CAMEO code that fits best, as specific as mode, status, contexts and words near the trigger allow. Of contexts
    /// and words the first count most.
    pub fn cameo(
        &self,
        event: EventType,
        mode: Option<Mode>,
        status: Status,
        contexts: &[&str],
        words: &[CameoWords],
    ) -> Option<Cameo> {
        let ontology = &self.base.ontology;
        ontology.cameo(event, mode, status, contexts, words)
    }

    /// How many words an entry of [`Lexicon::cameo_words`] may have.
    pub const CAMEO_WORDS: usize = ontology::LONGEST;

    /// Words in dictionary form, in lower case, with spaces between them, that some CAMEO code goes by.
    pub fn cameo_words(&self, words: &str) -> Option<CameoWords> {
        self.base.ontology.words(words)
    }

    /// The state that `form` points to; written as in the text, without an article.
    pub fn state(&self, form: &str) -> Option<State<'_>> {
        self.base.states.get(form).copied()
    }

    /// A territory that is no state, by name or adjective as in the text, and the state that it counts to on `day`; without
    /// a day, as of now.
    pub fn territory(&self, form: &str, day: Option<Date>) -> Option<Territory> {
        self.base.territories.on(form, day)
    }

    /// English name of the country with that ISO code.
    pub fn country(&self, code: &str) -> Option<&'static str> {
        self.base.countries.get(code).copied()
    }

    /// What a role noun or compound tells; `lemma` is the singular, in any case.
    pub fn agent(&self, lemma: &str) -> Option<Agent<'_>> {
        let own = self.own.agent(lemma);
        let own = own.map(|agent| Agent {
            role: &agent.role,
            number: agent.number,
        });
        own.or_else(|| self.base.agents.get_folded(lemma).copied())
    }

    /// The organisation that `form` names; written as in the text, without an article.
    pub fn organisation(&self, form: &str) -> Option<Organisation<'_>> {
        self.base.organisations.get(form).copied()
    }

    /// Stance of a cue in dictionary form, in any case.
    pub fn stance(&self, lemma: &str) -> Option<Stance> {
        self.base.cues.get_folded(lemma).copied()
    }

    /// What a word in dictionary form, in any case, tells of status.
    pub fn status_cue(&self, lemma: &str) -> Option<StatusCue> {
        self.base.status_cues.get_folded(lemma).copied()
    }

    /// Whether `words` are a title or office, and the gender that it tells, if any.
    pub fn title(&self, words: &str) -> Option<Option<Gender>> {
        self.base.titles.get_folded(words).copied()
    }

    /// Gender of a first name that nearly always has that one.
    pub fn first_name(&self, name: &str) -> Option<Gender> {
        self.base.first_names.get(name).map(|(gender, _)| *gender)
    }

    /// Gender of a first name that stands alone: nothing where it is often a surname too ("Allen").
    pub fn lone_first_name(&self, name: &str) -> Option<Gender> {
        let (gender, surname) = self.base.first_names.get(name)?;
        (!surname).then_some(*gender)
    }

    /// How many words an entry of [`Lexicon::context`] may have.
    pub const CONTEXT_WORDS: usize = contexts::LONGEST;

    /// What words in dictionary form, in any case, with spaces between them, tell of an event's PLOVER context.
    pub fn context(&self, words: &str) -> Option<ContextWords> {
        self.base.contexts.get_folded(words).copied()
    }

    /// What a noun in dictionary form, in any case, tells of an issue that parties talk about.
    pub fn issue_noun(&self, lemma: &str) -> Option<IssueNoun> {
        self.base.issues.get_folded(lemma).copied()
    }

    /// What a word in dictionary form, in any case, says of where parties stand.
    pub fn leaning(&self, lemma: &str) -> Option<Leaning> {
        self.base.positions.get_folded(lemma).copied()
    }
}

fn issue_noun(row: &[&'static str]) -> Option<IssueNoun> {
    let [family, alone] = row else { return None };
    let (alone, argued) = match *alone {
        "alone" => (true, false),
        "argued" => (false, true),
        "-" => (false, false),
        _ => return None,
    };
    Some(IssueNoun {
        family,
        alone,
        argued,
    })
}

fn state(row: &[&'static str]) -> Option<State<'static>> {
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

fn agent(row: &[&'static str]) -> Option<Agent<'static>> {
    let [role, number] = row else { return None };
    let number = match *number {
        "person" => Number::Person,
        "group" => Number::Group,
        _ => return None,
    };
    Some(Agent { role, number })
}

fn organisation(row: &[&'static str]) -> Option<Organisation<'static>> {
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
        kind: Some(kind),
        code,
        country,
    })
}

#[cfg(test)]
mod tests;
