//! What each code means, in words that stand beside it on the pages. Types and modes after the PLOVER manual (draft
//! 0.8), statuses and stances after the record's own description (docs/reading-the-record.md).

use lexicon::Lexicon;
use schemars::JsonSchema;
use serde::Serialize;
use types::{EventType, Mode};

/// A code and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Code {
    /// As it is written in the record.
    pub code: &'static str,
    /// In a few words.
    pub name: &'static str,
    /// In a sentence.
    pub text: &'static str,
}

const fn code(code: &'static str, name: &'static str, text: &'static str) -> Code {
    Code { code, name, text }
}

/// The four quad classes, in the order of their numbers from 1.
pub const QUADS: [Code; 4] = [
    code(
        "1",
        "verbal cooperation",
        "Words of cooperation: agreeing, meeting, praising, conceding.",
    ),
    code(
        "2",
        "material cooperation",
        "Deeds of cooperation: working together, aid, pulling back.",
    ),
    code(
        "3",
        "verbal conflict",
        "Words of conflict: demands, accusations, refusals, threats.",
    ),
    code(
        "4",
        "material conflict",
        "Deeds of conflict: protest, sanctions, shows of force, coercion, assault.",
    ),
];

/// Statuses of reports, and `disputed`, which only occurrences have.
pub const STATUSES: [Code; 7] = [
    code(
        "actual",
        "actual",
        "The story presents it as having happened, or as happening.",
    ),
    code(
        "claimed",
        "claimed",
        "Only somebody in the story says that it happened.",
    ),
    code(
        "disputed",
        "disputed",
        "Some assert it, and somebody denies it or a story says that it did not happen.",
    ),
    code(
        "planned",
        "planned",
        "Announced, scheduled or intended; not yet done.",
    ),
    code(
        "possible",
        "possible",
        "Conditional, feared, demanded of somebody, or speculated about.",
    ),
    code(
        "denied",
        "denied",
        "Somebody in the story says that it did not happen.",
    ),
    code(
        "negated",
        "negated",
        "The story states that it did not happen.",
    ),
];

/// Stances of claims.
pub const STANCES: [Code; 11] = [
    code("assert", "asserts", "Says that something is so."),
    code(
        "deny",
        "denies",
        "Says that something is not so, or did not happen.",
    ),
    code("accuse", "accuses", "Says that somebody did wrong."),
    code("promise", "promises", "Commits itself to doing something."),
    code(
        "threaten",
        "threatens",
        "Announces harm, or harm on a condition.",
    ),
    code(
        "demand",
        "demands",
        "Wants somebody to do something, and says so with weight.",
    ),
    code("ask", "asks", "Asks a question, or asks for something."),
    code(
        "acknowledge",
        "acknowledges",
        "Admits or confirms something.",
    ),
    code("doubt", "doubts", "Says that something may not be so."),
    code("believe", "believes", "Thinks, hopes, fears or expects."),
    code(
        "intend",
        "intends",
        "Plans or wants to do something itself.",
    ),
];

/// The sixteen types, in PLOVER's order.
pub const TYPES: [Code; 16] = [
    code(
        "AGREE",
        "agree",
        "Agrees, promises, offers, or plans to meet or to help.",
    ),
    code(
        "CONSULT",
        "consult",
        "Meets, talks, visits, negotiates, telephones.",
    ),
    code(
        "SUPPORT",
        "support",
        "Praises, endorses, defends, recognises, signs or ratifies an agreement.",
    ),
    code(
        "CONCEDE",
        "concede",
        "Yields in words: eases restrictions, apologises, pardons, announces a ceasefire or a withdrawal.",
    ),
    code(
        "COOPERATE",
        "cooperate",
        "Works together in deed: trade, joint exercises, extradition, shared intelligence.",
    ),
    code(
        "AID",
        "aid",
        "Gives material help: money, arms, troops for a friend, food, asylum.",
    ),
    code(
        "RETREAT",
        "retreat",
        "Yields in deed: withdraws, releases, disarms, observes a ceasefire, lets others in, resigns.",
    ),
    code(
        "REQUEST",
        "request",
        "Asks, appeals, urges, demands, orders.",
    ),
    code(
        "ACCUSE",
        "accuse",
        "Criticises, condemns, blames, investigates, charges, puts on trial.",
    ),
    code(
        "REJECT",
        "reject",
        "Refuses, vetoes, denies an accusation or request, cancels a meeting, defies.",
    ),
    code(
        "THREATEN",
        "threaten",
        "Warns of or threatens force, sanctions, expulsion.",
    ),
    code(
        "PROTEST",
        "protest",
        "Demonstrates, riots, strikes, boycotts, blocks roads as civilians.",
    ),
    code(
        "SANCTION",
        "sanction",
        "Imposes sanctions, cuts relations or aid, expels diplomats, convicts in court.",
    ),
    code(
        "MOBILIZE",
        "mobilize",
        "Moves or readies troops, police or weapons without using them.",
    ),
    code(
        "COERCE",
        "coerce",
        "Arrests, raids, seizes, bans, censors, deports, annexes without stated fighting.",
    ),
    code(
        "ASSAULT",
        "assault",
        "Uses force: attacks, fights, bombs, shoots, kills, abducts, tortures.",
    ),
];

/// The words for a mode.
pub fn mode_text(mode: &str) -> &'static str {
    let Some(mode) = Mode::parse(mode) else {
        return "";
    };
    match mode {
        Mode::Visit => "one side travels to the other",
        Mode::ThirdParty => "through a third party, or at its seat",
        Mode::Multilateral => "three or more sides",
        Mode::Phone => "by telephone or video",
        Mode::Withdraw => "leaves a position, a territory or a body",
        Mode::Release => "frees prisoners or hostages",
        Mode::Disarm => "gives up or destroys its own arms",
        Mode::Ceasefire => "observes a ceasefire",
        Mode::Access => "lets observers, aid or journalists in",
        Mode::Resign => "leaves office",
        Mode::Assist => "about help",
        Mode::Change => "about a change of policy or law",
        Mode::Yield => "about yielding, ceasing or releasing",
        Mode::Meet => "about a meeting or talks",
        Mode::Disapprove => "criticism or condemnation",
        Mode::Investigate => "an investigation",
        Mode::Allege => "the charge of a wrong or crime",
        Mode::Restrict => "restrictions, a blockade or a ban",
        Mode::Arrest => "arrest",
        Mode::Relations => "cutting relations, or sanctions",
        Mode::Expel => "expulsion",
        Mode::Territory => "taking or holding territory",
        Mode::Violence => "use of force",
        Mode::Demo => "a demonstration",
        Mode::Riot => "a riot",
        Mode::Strike => "a strike",
        Mode::Hunger => "a hunger strike",
        Mode::Boycott => "a boycott",
        Mode::Obstruct => "a blockade by civilians",
        Mode::Vandalize => "damage to property",
        Mode::Convict => "a conviction or sentence",
        Mode::Discontinue => "ends or suspends aid, trade or relations",
        Mode::Troops => "soldiers",
        Mode::Weapons => "weapons, or tests of missiles",
        Mode::Police => "police",
        Mode::Militia => "militias",
        Mode::Seize => "takes property or territory without stated fighting",
        Mode::Censor => "censorship",
        Mode::Curfew => "a curfew",
        Mode::MartialLaw => "martial law or a state of emergency",
        Mode::Deport => "deportation",
        Mode::Withhold => "withholds goods or services",
        Mode::Misinformation => "spreads false information",
        Mode::Cyber => "an attack on computer systems",
        Mode::Abduct => "kidnapping or taking hostages",
        Mode::Beat => "beating",
        Mode::Torture => "torture",
        Mode::Execute => "execution or assassination",
        Mode::Sexual => "sexual violence",
        Mode::Targeted => "killing a chosen person",
        Mode::Destroy => "destroying property",
        Mode::Primitive => "stones, knives or fire",
        Mode::Firearms => "small arms",
        Mode::Explosives => "bombs or mines",
        Mode::SuicideAttack => "a suicide attack",
        Mode::Aerial => "from aircraft",
        Mode::Drone => "from drones",
        Mode::HeavyWeapons => "artillery, tanks or missiles",
        Mode::CrowdControl => "tear gas, water cannon or batons",
        Mode::Unconventional => "chemical, biological or nuclear means",
    }
}

/// What a type is; an unknown one is given back without words.
pub fn type_text(kind: &str) -> &'static str {
    find(&TYPES, kind)
}

/// What a status is.
pub fn status_text(status: &str) -> &'static str {
    find(&STATUSES, status)
}

/// What a stance is.
pub fn stance_text(stance: &str) -> &'static str {
    find(&STANCES, stance)
}

fn find(codes: &[Code], wanted: &str) -> &'static str {
    codes
        .iter()
        .find(|code| code.code == wanted)
        .map_or("", |code| code.text)
}

/// The verb of a stance: `deny` denies.
pub fn stance_verb(stance: &str) -> &str {
    STANCES
        .iter()
        .find(|code| code.code == stance)
        .map_or(stance, |code| code.name)
}

/// The name of a quad class, 1 to 4.
pub fn quad_name(quad: u8) -> &'static str {
    QUADS
        .get(usize::from(quad).wrapping_sub(1))
        .map_or("", |code| code.name)
}

/// The class of a type, 1 to 4; 0 for what is no type.
pub fn quad_of(kind: &str) -> u8 {
    let at = TYPES.iter().position(|code| code.code == kind);
    match at {
        Some(0..=3) => 1,
        Some(4..=6) => 2,
        Some(7..=10) => 3,
        Some(_) => 4,
        None => 0,
    }
}

/// The modes of a type.
pub fn modes(kind: &str) -> Vec<(&'static str, &'static str)> {
    let modes = EventType::parse(kind).map_or(&[][..], Mode::of);
    modes
        .iter()
        .map(|mode| (mode.as_str(), mode_text(mode.as_str())))
        .collect()
}

/// The English name of a country; its code where that is not known.
pub fn country(code: &str) -> String {
    Lexicon::built_in()
        .country(code)
        .map_or_else(|| code.to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_words() {
        let types: Vec<&str> = EventType::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(TYPES.map(|code| code.code).to_vec(), types);
        for kind in EventType::ALL {
            let number = usize::from(quad_of(kind.as_str()));
            assert_eq!(Lexicon::built_in().quad(*kind), QUADS[number - 1].name);
        }
        assert!(
            Mode::ALL
                .iter()
                .all(|mode| !mode_text(mode.as_str()).is_empty())
        );
        let statuses = types::Status::ALL.iter().map(|status| status.as_str());
        assert!(
            statuses
                .chain(["disputed"])
                .all(|status| !status_text(status).is_empty())
        );
        assert_eq!(country("NOR"), "Norway");
        assert_eq!(country("ZZZ"), "ZZZ");
    }
}
