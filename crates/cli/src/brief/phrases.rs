//! What an event's type and mode are called in plain English.

use rapporteur::types::{EventType, Mode};

/// How to say one type or mode: `past/base` verb, then the rest, once with a recipient (`{}`) and once without.
struct Phrase {
    mode: Option<Mode>,
    with: &'static str,
    alone: &'static str,
}

/// How sure the sentence is of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It happened, or somebody says so: "met".
    Happened,
    /// "to meet"
    Planned,
    /// "might meet"
    Possible,
    /// "did not meet"
    Negated,
}

/// The words around a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient {
    Named,
    Missing,
}

/// What was done, as two strings: the words before the recipient and those after it (empty without one).
/// An unknown type is given back as it is.
pub fn say(event: &str, mode: Option<&str>, mood: Mood, recipient: Recipient) -> (String, String) {
    let Some(event_type) = EventType::parse(event) else {
        return (event.to_owned(), String::new());
    };
    let phrase = phrase(event_type, mode.and_then(Mode::parse));
    let template = match recipient {
        Recipient::Named => phrase.with,
        Recipient::Missing => phrase.alone,
    };
    let (verb, rest) = template.split_once(' ').unwrap_or((template, ""));
    let (past, base) = verb.split_once('/').unwrap_or((verb, verb));
    let verb = match mood {
        Mood::Happened => past.to_owned(),
        Mood::Planned => format!("to {base}"),
        Mood::Possible => format!("might {base}"),
        Mood::Negated => format!("did not {base}"),
    };
    let (before, after) = rest.split_once("{}").unwrap_or((rest, ""));
    let words = format!("{verb} {before}");
    (words.trim_end().to_owned(), after.trim().to_owned())
}

/// The phrase of the mode, or of the type where the mode has none of its own. The first of a type is its general one.
fn phrase(event: EventType, mode: Option<Mode>) -> &'static Phrase {
    let phrases = phrases(event);
    phrases
        .iter()
        .find(|phrase| phrase.mode == mode)
        .unwrap_or(&phrases[0])
}

macro_rules! phrases {
    ($with:literal, $alone:literal $(, $mode:ident: $mode_with:literal, $mode_alone:literal)* $(,)?) => {
        &[
            Phrase { mode: None, with: $with, alone: $alone },
            $(Phrase { mode: Some(Mode::$mode), with: $mode_with, alone: $mode_alone },)*
        ]
    };
}

/// All phrases of a type. A table rather than a function's steps: its length is the number of types.
#[rustfmt::skip]
fn phrases(event: EventType) -> &'static [Phrase] {
    match event {
        EventType::Agree => phrases!["made/make a commitment to {}", "made/make a commitment"],
        EventType::Consult => phrases![
            "met/meet {}", "held/hold talks",
            Visit: "visited/visit {}", "went/go on a visit",
            ThirdParty: "met/meet {} through a third party", "held/hold talks through a third party",
            Multilateral: "held/hold multilateral talks with {}", "held/hold multilateral talks",
            Phone: "spoke/speak by phone with {}", "spoke/speak by phone",
        ],
        EventType::Support => phrases!["backed/back {}", "expressed/express support"],
        EventType::Concede => phrases!["made/make a concession to {}", "made/make a concession"],
        EventType::Cooperate => phrases!["cooperated/cooperate with {}", "cooperated/cooperate"],
        EventType::Aid => phrases!["gave/give help to {}", "gave/give help"],
        EventType::Retreat => phrases![
            "pulled/pull back before {}", "pulled/pull back",
            Withdraw: "withdrew/withdraw from {}", "withdrew/withdraw",
            Release: "released/release {}", "released/release prisoners",
            Disarm: "disarmed/disarm before {}", "disarmed/disarm",
            Ceasefire: "held/hold fire towards {}", "held/hold fire",
            Access: "let/let {} in", "let/let others in",
            Resign: "resigned/resign before {}", "resigned/resign",
        ],
        EventType::Request => phrases![
            "called/call on {}", "made/make a demand",
            Assist: "asked/ask {} for help", "asked/ask for help",
            Change: "called/call on {} for a change of policy", "called/call for a change of policy",
            Yield: "called/call on {} to give way", "demanded/demand a concession",
            Meet: "asked/ask {} for talks", "called/call for talks",
        ],
        EventType::Accuse => phrases![
            "accused/accuse {}", "made/make accusations",
            Disapprove: "criticised/criticise {}", "voiced/voice criticism",
            Investigate: "investigated/investigate {}", "opened/open an investigation",
            Allege: "accused/accuse {} of wrongdoing", "made/make allegations",
        ],
        EventType::Reject => phrases![
            "rebuffed/rebuff {}", "refused/refuse",
            Assist: "refused/refuse to help {}", "refused/refuse help",
            Change: "refused/refuse {} a change of policy", "refused/refuse a change of policy",
            Yield: "refused/refuse to give way to {}", "refused/refuse to give way",
            Meet: "refused/refuse to meet {}", "refused/refuse talks",
        ],
        EventType::Threaten => phrases![
            "threatened/threaten {}", "made/make a threat",
            Restrict: "threatened/threaten {} with restrictions", "threatened/threaten restrictions",
            Arrest: "threatened/threaten {} with arrest", "threatened/threaten arrests",
            Relations: "threatened/threaten to cut relations with {}", "threatened/threaten to cut relations",
            Expel: "threatened/threaten {} with expulsion", "threatened/threaten expulsions",
            Territory: "threatened/threaten to take territory of {}", "threatened/threaten to take territory",
            Violence: "threatened/threaten {} with force", "threatened/threaten force",
        ],
        EventType::Protest => phrases![
            "protested/protest against {}", "protested/protest",
            Demo: "demonstrated/demonstrate against {}", "demonstrated/demonstrate",
            Riot: "rioted/riot against {}", "rioted/riot",
            Strike: "went/go on strike against {}", "went/go on strike",
            Hunger: "went/go on hunger strike against {}", "went/go on hunger strike",
            Boycott: "boycotted/boycott {}", "held/hold a boycott",
            Obstruct: "blockaded/blockade {}", "set/set up a blockade",
            Vandalize: "vandalised/vandalise property of {}", "vandalised/vandalise property",
        ],
        EventType::Sanction => phrases![
            "punished/punish {} with sanctions", "imposed/impose sanctions",
            Convict: "convicted/convict {}", "handed/hand down a conviction",
            Expel: "expelled/expel {}", "ordered/order an expulsion",
            Withdraw: "walked/walk out on {}", "walked/walk out",
            Discontinue: "broke/break off dealings with {}", "broke/break off dealings",
        ],
        EventType::Mobilize => phrases![
            "mobilised/mobilise against {}", "mobilised/mobilise",
            Troops: "moved/move troops against {}", "moved/move troops",
            Weapons: "readied/ready weapons against {}", "readied/ready weapons",
            Police: "deployed/deploy police against {}", "deployed/deploy police",
            Militia: "raised/raise a militia against {}", "raised/raise a militia",
        ],
        EventType::Coerce => phrases![
            "put/put {} under coercion", "used/use coercion",
            Seize: "seized/seize {}", "made/make a seizure",
            Restrict: "imposed/impose restrictions on {}", "imposed/impose restrictions",
            Censor: "censored/censor {}", "imposed/impose censorship",
            Curfew: "imposed/impose a curfew on {}", "imposed/impose a curfew",
            MartialLaw: "imposed/impose martial law on {}", "imposed/impose martial law",
            Arrest: "arrested/arrest {}", "made/make arrests",
            Deport: "deported/deport {}", "ordered/order a deportation",
            Withhold: "withheld/withhold goods from {}", "withheld/withhold goods",
            Misinformation: "spread/spread false information about {}", "spread/spread false information",
            Cyber: "attacked/attack computers of {}", "attacked/attack computers",
        ],
        EventType::Assault => phrases![
            "attacked/attack {}", "used/use force",
            Abduct: "abducted/abduct {}", "carried/carry out an abduction",
            Beat: "beat/beat {}", "beat/beat people",
            Torture: "tortured/torture {}", "used/use torture",
            Execute: "executed/execute {}", "carried/carry out an execution",
            Sexual: "used/use sexual violence against {}", "used/use sexual violence",
            Targeted: "made/make a targeted attack on {}", "made/make a targeted attack",
            Destroy: "destroyed/destroy property of {}", "destroyed/destroy property",
            Primitive: "attacked/attack {} with crude weapons", "attacked/attack with crude weapons",
            Firearms: "attacked/attack {} with firearms", "fought/fight with firearms",
            Explosives: "bombed/bomb {}", "set/set off explosives",
            SuicideAttack: "made/make a suicide attack on {}", "made/make a suicide attack",
            Aerial: "struck/strike {} from the air", "struck/strike from the air",
            Drone: "struck/strike {} with drones", "struck/strike with drones",
            HeavyWeapons: "shelled/shell {}", "fired/fire heavy weapons",
            CrowdControl: "used/use crowd-control force on {}", "used/use crowd-control force",
            Unconventional: "attacked/attack {} with unconventional weapons", "used/use unconventional weapons",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_of_every_type_has_its_phrase() {
        for event in EventType::ALL {
            for mode in Mode::of(*event) {
                assert_eq!(
                    phrase(*event, Some(*mode)).mode,
                    Some(*mode),
                    "{event} {mode}"
                );
            }
            for phrase in phrases(*event) {
                assert_eq!(phrase.with.matches("{}").count(), 1, "{}", phrase.with);
                assert!(!phrase.alone.contains("{}"), "{}", phrase.alone);
                for template in [phrase.with, phrase.alone] {
                    let verb = template.split(' ').next().unwrap_or_default();
                    assert!(verb.contains('/'), "{template} lacks its base form");
                }
                if let Some(mode) = phrase.mode {
                    assert!(mode.fits(*event), "{event} has no mode {mode}");
                }
            }
        }
    }

    #[test]
    fn moods() {
        let said = |mood| say("REQUEST", Some("assist"), mood, Recipient::Named);
        assert_eq!(said(Mood::Happened), ("asked".into(), "for help".into()));
        assert_eq!(said(Mood::Planned).0, "to ask");
        assert_eq!(said(Mood::Possible).0, "might ask");
        assert_eq!(said(Mood::Negated).0, "did not ask");
        let alone = say("CONSULT", None, Mood::Negated, Recipient::Missing);
        assert_eq!(alone, ("did not hold talks".into(), String::new()));
    }

    #[test]
    fn an_unknown_type_is_shown_as_it_is() {
        assert_eq!(
            say("DANCE", None, Mood::Happened, Recipient::Named).0,
            "DANCE"
        );
    }
}
