//! Groups and persons that only a description names: "Syrian rebel commanders", "Taliban fighters", "the Obama
//! administration". Their country and roles are those of the words, or of the name that they belong to.

use lexicon::Number;
use types::TokenRange;

use crate::cast::Cast;
use crate::draft::{Draft, Kind, blank};
use crate::mentions::{Form, Nominal};
use crate::reading::Reading;
use crate::titles::FORMER;

/// Nouns for people without a role, whom CAMEO has as civilians.
const PEOPLE: &[&str] = &[
    "people", "person", "man", "woman", "child", "boy", "girl", "youth", "member", "staff",
];

/// Who stands to a name without belonging to it: critics of a party are not of the party.
const OUTSIDE: &[&str] = &[
    "ally",
    "backer",
    "critic",
    "enemy",
    "opponent",
    "rival",
    "supporter",
    "sympathizer",
    "victim",
];

/// The actor that a description makes. `described` are its words.
pub(crate) fn group<'d>(
    cast: &Cast<'d>,
    reading: &Reading<'d>,
    mention: usize,
    nominal: &Nominal<'d>,
) -> Draft<'d> {
    let found = &cast.mentions.all[mention];
    let mut draft = blank(
        kind(nominal),
        reading.document.words(&reading.bare(&found.tokens)),
    );
    draft.key = crate::nominals::key(nominal);
    draft.country = nominal.country;
    draft.plural = nominal.plural || reading.upos(found.head) == types::Upos::Num;
    draft.roles = roles(nominal);
    if let Some(own) = reading.lexicon.own_actor(&draft.name, reading.day) {
        draft.code = Some(own.code.as_str());
        draft.country = own.code.country();
        draft.roles = own.code.roles().collect();
    } else if let Some(owner) = belongs_to(cast, reading, &found.tokens, nominal) {
        take_over(&mut draft, &cast.actors[owner], nominal);
    }
    draft.gender = reading.lexicon.title(&nominal.lemma).flatten();
    draft
}

fn kind(nominal: &Nominal) -> Kind {
    let one = nominal
        .agents
        .first()
        .is_none_or(|a| a.number == Number::Person);
    match (one, nominal.plural) {
        (true, false) if !nominal.agents.is_empty() || nominal.lemma == "man" => Kind::Person,
        _ => Kind::Group,
    }
}

/// Roles of the head noun, then of the words before it. Commanders and units of rebels are rebels, whatever the noun says;
/// who no longer has an office is of the elite.
fn roles<'d>(nominal: &Nominal<'d>) -> Vec<&'d str> {
    let mut roles: Vec<&str> = Vec::new();
    for agent in &nominal.agents {
        if !roles.contains(&agent.role) {
            roles.push(agent.role);
        }
    }
    if roles.is_empty() && PEOPLE.contains(&nominal.lemma.as_str()) {
        roles.push("CVL");
    }
    let former = |m: &String| FORMER.contains(&m.as_str());
    if !roles.is_empty() && nominal.modifiers.iter().any(former) {
        return vec!["ELI"];
    }
    let military = ["MIL", "PTY"].contains(roles.first().unwrap_or(&""));
    if military && let Some(at) = roles.iter().position(|r| *r == "REB") {
        let rebels = roles.remove(at);
        roles.insert(0, rebels);
    }
    roles
}

/// The named actor before the noun of which the described ones are a part: "*NATO* troops", "*Assad*'s regime".
fn belongs_to<'d>(
    cast: &Cast<'d>,
    reading: &Reading<'d>,
    tokens: &TokenRange,
    nominal: &Nominal<'d>,
) -> Option<usize> {
    if nominal.agents.is_empty() || OUTSIDE.contains(&nominal.lemma.as_str()) {
        return None;
    }
    let head = reading.head_of(tokens)?;
    let before = tokens.start..head.min(tokens.end);
    before
        .rev()
        .filter(|t| reading.head(*t) == Some(head))
        .find_map(|token| {
            let named = cast.mentions.at(token)?;
            let form = cast.mentions.all[named].form;
            (form == Form::Named).then(|| cast.actor_of(named))?
        })
}

/// Gives the described ones what is known of the name that they belong to.
fn take_over<'d>(draft: &mut Draft<'d>, owner: &Draft<'d>, nominal: &Nominal<'d>) {
    // "India's Congress party" is not the one of another country.
    let own = nominal.country.zip(owner.country);
    if own.is_some_and(|(own, other)| own != other) {
        return;
    }
    match owner.kind {
        // The organisation's code says more than a country and a role: "Taliban fighters" are of the Taliban.
        Kind::Organisation if owner.code.is_some() => {
            draft.code = owner.code;
            draft.country = owner.country;
        }
        Kind::Person => {
            let governs = owner.roles.contains(&"GOV");
            let described = nominal.country;
            draft.country = described.or(owner.country.filter(|_| governs));
        }
        _ => {}
    }
}

/// "The Obama administration", where it is taken for a name: the government of the state that the person governs.
pub(crate) fn administrations(cast: &mut Cast) {
    let governs = |name: &str| {
        let person = name.to_lowercase();
        let (person, _) = person.split_once(" administration")?;
        let surname = person.rsplit(' ').next()?;
        let mut persons = cast.actors.iter().filter(|a| a.kind == Kind::Person);
        let found = persons.find(|a| a.key.last().is_some_and(|last| last == surname))?;
        found.country.filter(|_| found.roles.contains(&"GOV"))
    };
    let open = |a: &Draft| a.kind == Kind::Organisation && a.code.is_none() && a.country.is_none();
    let found: Vec<_> = (0..cast.actors.len())
        .filter(|i| open(&cast.actors[*i]))
        .filter_map(|i| Some((i, governs(&cast.actors[i].name)?)))
        .collect();
    for (actor, country) in found {
        cast.actors[actor].country = Some(country);
        cast.actors[actor].roles = vec!["GOV"];
    }
}
