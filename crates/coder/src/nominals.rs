//! "The minister", "the rebels": role nouns that take up somebody named or described before.

use lexicon::Number;

use crate::cast::Cast;
use crate::draft::{Draft, Kind};
use crate::mentions::{Mention, Nominal, Referent};
use crate::offices::is_office;
use crate::reading::Reading;
use crate::titles::Title;

/// Sentences back in which "the Russian minister" and "the rebels" do.
const FAR: usize = 150;

/// Sentences back in which a bare "the group" still finds its antecedent.
const REACH: usize = 8;

/// What makes two descriptions the same: head noun, number, country and all other modifiers.
pub(crate) fn key(nominal: &Nominal) -> Vec<String> {
    let number = if nominal.plural { "plural" } else { "singular" };
    let mut key = vec![nominal.role.clone(), number.to_owned()];
    key.extend(nominal.country.map(str::to_owned));
    key.extend(nominal.modifiers.iter().cloned());
    key
}

/// The actor before `mention` that the description takes up; nothing where it describes somebody new.
pub(crate) fn antecedent(
    cast: &Cast,
    reading: &Reading,
    mention: usize,
    nominal: &Nominal,
) -> Option<usize> {
    let at = cast.mentions.all[mention].head;
    let same = key(nominal);
    if let Some(known) = cast.described(&same) {
        return repeats(reading, nominal, at).then_some(known);
    }
    if !nominal.definite {
        return None;
    }
    let one = nominal.agents.first().map(|a| a.number);
    match one {
        Some(Number::Person) if !nominal.plural => {
            latest(cast, reading, at, FAR, |a, _| holds(a, nominal))
        }
        _ if nominal.plural => latest(cast, reading, at, FAR, |a, m| widens(a, m, nominal)),
        _ => collective(cast, reading, at, nominal),
    }
}

/// Whether the same words mean the same actor again: "the police" and "police" do, "a soldier" does not, and neither do
/// "people" and "activists", who may be others each time.
fn repeats(reading: &Reading, nominal: &Nominal, head: usize) -> bool {
    let indefinite = reading
        .related(head, &["det"])
        .any(|d| reading.lemma_is(d, &["a", "another", "other", "some", "no", "any", "one"]));
    let counted = reading.related(head, &["nummod"]).next().is_some();
    let organised = |role: &str| !["CVL", "EDU", "ELI", "REF", "BUS"].contains(&role);
    let body = nominal.agents.iter().any(|a| organised(a.role));
    !indefinite && !counted && (nominal.definite || body)
}

/// Words that make an office another one: "the minister" is not the former minister.
const OTHER_OFFICE: &[&str] = &[
    "former",
    "deputy",
    "vice",
    "shadow",
    "assistant",
    "acting",
    "ex",
];

/// Whether the person has a title with this role, and no other country.
fn holds(actor: &Draft, nominal: &Nominal) -> bool {
    let country =
        nominal.country.is_none() || actor.country.is_none() || actor.country == nominal.country;
    let modifiers = |lemmas: &[String]| {
        let other = OTHER_OFFICE
            .iter()
            .any(|o| lemmas.iter().any(|l| l == o) && !nominal.modifiers.iter().any(|m| m == o));
        !other && nominal.modifiers.iter().all(|m| lemmas.contains(m))
    };
    let role: Vec<&str> = nominal.role.split(' ').collect();
    let titled =
        |t: &Title| role.iter().all(|r| t.lemmas.iter().any(|l| l == r)) && modifiers(&t.lemmas);
    let in_office = || {
        actor
            .office
            .is_some_and(|office| is_office(office, nominal))
    };
    actor.kind == Kind::Person && country && (actor.titles.iter().any(titled) || in_office())
}

/// "The rebels" takes up "Kurdish rebels", but "the Houthi rebels" does not.
fn widens(actor: &Draft, mention: &Mention, nominal: &Nominal) -> bool {
    let described = match &mention.referent {
        Referent::Nominal(other) => {
            other.plural && other.lemma == nominal.lemma && includes(other, nominal)
        }
        _ => false,
    };
    actor.kind == Kind::Group && described
}

fn includes(other: &Nominal, nominal: &Nominal) -> bool {
    let country = nominal.country.is_none() || nominal.country == other.country;
    country
        && nominal
            .modifiers
            .iter()
            .all(|m| other.modifiers.contains(m))
}

/// Words for states that a story uses for one already named.
const STATE_WORDS: &[&str] = &[
    "country",
    "nation",
    "government",
    "regime",
    "kingdom",
    "republic",
];

/// Words for organisations that a story uses for one already named.
const BODY_WORDS: &[&str] = &[
    "group",
    "organization",
    "organisation",
    "movement",
    "militia",
    "agency",
    "company",
    "party",
    "body",
    "alliance",
    "bloc",
    "newspaper",
];

/// What may stand before such a word without telling another organisation: "the militant group".
const BODY_KINDS: &[&str] = &[
    "militant",
    "extremist",
    "terrorist",
    "armed",
    "terror",
    "rebel",
    "jihadist",
    "right",
    "aid",
];

/// "The country", "the group", "the party", "the court".
fn collective(cast: &Cast, reading: &Reading, at: usize, nominal: &Nominal) -> Option<usize> {
    let lemma = nominal.lemma.as_str();
    if STATE_WORDS.contains(&lemma) && nominal.country.is_none() {
        return latest(cast, reading, at, REACH, |a, _| a.kind == Kind::State);
    }
    let tells_kind =
        |m: &String| reading.lexicon.agent(m).is_some() || BODY_KINDS.contains(&m.as_str());
    let bare = nominal.country.is_none() && nominal.modifiers.iter().all(tells_kind);
    if bare && BODY_WORDS.contains(&lemma) {
        let body =
            |a: &Draft, _: &Mention| a.kind == Kind::Organisation && a.named && suits(a, lemma);
        return latest(cast, reading, at, REACH, body);
    }
    latest(cast, reading, at, FAR, |a, m| same_body(a, m, nominal))
}

/// "The court" takes up "the Supreme Court" and "a court in Kyiv".
fn same_body(actor: &Draft, mention: &Mention, nominal: &Nominal) -> bool {
    let described = match &mention.referent {
        Referent::Nominal(other) => {
            other.role == nominal.role && !other.plural && includes(other, nominal)
        }
        _ => false,
    };
    let in_name = || {
        actor
            .key
            .iter()
            .any(|k| k.split(' ').any(|w| w == nominal.lemma))
    };
    let named = actor.kind == Kind::Organisation && nominal.modifiers.is_empty() && in_name();
    named || actor.kind != Kind::Person && described
}

/// "The party" is no army; a name that says what it is must say the same.
fn suits(actor: &Draft, lemma: &str) -> bool {
    let words = actor.name.to_lowercase();
    match lemma {
        "party" => words.contains("party") || actor.code.is_some_and(|c| c.contains("PTY")),
        "newspaper" | "company" | "agency" => !actor.code.is_some_and(|c| c.contains("REB")),
        _ => !words.contains("party"),
    }
}

/// The actor that `fits` with the latest mention before token `at`, not more than `reach` sentences back.
fn latest(
    cast: &Cast,
    reading: &Reading,
    at: usize,
    reach: usize,
    fits: impl Fn(&Draft, &Mention) -> bool,
) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (mention, actor) in cast.before(reading, at, reach) {
        // Sentences come latest first: once one has somebody who fits, earlier ones do not matter.
        if best.is_some_and(|(head, _)| reading.sentence(head) > reading.sentence(mention.head)) {
            break;
        }
        if best.is_none_or(|(head, _)| mention.head > head) && fits(&cast.actors[actor], mention) {
            best = Some((mention.head, actor));
        }
    }
    best.map(|(_, actor)| actor)
}
