//! PLOVER's event types and modes (PLOVER manual, draft 0.8), and the status of an event (codebook).

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every code, in the codebook's order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The code as it is written in the record.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The code written `text`, exactly.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

codes! {
    /// The sixteen PLOVER event types.
    EventType {
        /// Agree, promise, offer, plan to meet or help.
        Agree = "AGREE",
        /// Meet, talk, visit, negotiate, phone.
        Consult = "CONSULT",
        /// Praise, endorse, recognise, sign an agreement.
        Support = "SUPPORT",
        /// Ease restrictions, apologise, pardon, accept a demand, announce a ceasefire or withdrawal.
        Concede = "CONCEDE",
        /// Mutual material cooperation.
        Cooperate = "COOPERATE",
        /// Material help that mainly benefits the recipient.
        Aid = "AID",
        /// Withdraw, release, give up, disarm, observe a ceasefire, let in, resign.
        Retreat = "RETREAT",
        /// Ask, appeal, urge, demand, order.
        Request = "REQUEST",
        /// Criticise, condemn, blame, investigate, charge, put on trial.
        Accuse = "ACCUSE",
        /// Refuse, veto, deny an accusation, cancel, defy.
        Reject = "REJECT",
        /// Warn of or threaten force, sanctions, expulsion.
        Threaten = "THREATEN",
        /// Demonstrations, riots, strikes, boycotts by civilians.
        Protest = "PROTEST",
        /// Impose sanctions, cut relations or aid, expel diplomats, convict.
        Sanction = "SANCTION",
        /// Move or ready forces or weapons without using them.
        Mobilize = "MOBILIZE",
        /// Arrest, seize, ban, censor, deport, annex without fighting.
        Coerce = "COERCE",
        /// Use of force.
        Assault = "ASSAULT",
    }
}

codes! {
    /// Whether an event happened, as the story has it.
    Status {
        /// The story presents it as having happened or happening.
        Actual = "actual",
        /// Announced, scheduled or intended, not yet done.
        Planned = "planned",
        /// Conditional, feared, demanded, speculated.
        Possible = "possible",
        /// The story states that it did not happen.
        Negated = "negated",
        /// Only a party in the story says that it happened.
        Claimed = "claimed",
        /// A party in the story says that it did not happen.
        Denied = "denied",
    }
}

codes! {
    /// PLOVER's modes; each belongs to some types (see [`Mode::fits`]).
    Mode {
        /// CONSULT: one side travels to the other.
        Visit = "visit",
        /// CONSULT: through or at the seat of a third party.
        ThirdParty = "third-party",
        /// CONSULT: three or more sides.
        Multilateral = "multilateral",
        /// CONSULT: by telephone or video.
        Phone = "phone",
        /// RETREAT: leave a position or territory. SANCTION: leave a body.
        Withdraw = "withdraw",
        /// RETREAT: free prisoners or hostages.
        Release = "release",
        /// RETREAT: give up or destroy own arms.
        Disarm = "disarm",
        /// RETREAT: observe a ceasefire.
        Ceasefire = "ceasefire",
        /// RETREAT: let observers, aid or journalists in.
        Access = "access",
        /// RETREAT: leave office.
        Resign = "resign",
        /// REQUEST, REJECT: help.
        Assist = "assist",
        /// REQUEST, REJECT: change of policy or law.
        Change = "change",
        /// REQUEST, REJECT: yielding, ceasing, releasing.
        Yield = "yield",
        /// REQUEST, REJECT: a meeting or talks.
        Meet = "meet",
        /// ACCUSE: criticism or condemnation.
        Disapprove = "disapprove",
        /// ACCUSE: an investigation.
        Investigate = "investigate",
        /// ACCUSE: a charge of a wrong or crime.
        Allege = "allege",
        /// THREATEN, COERCE: restrictions, blockade, ban.
        Restrict = "restrict",
        /// THREATEN, COERCE: arrest.
        Arrest = "arrest",
        /// THREATEN: cutting relations or sanctions.
        Relations = "relations",
        /// THREATEN, SANCTION: expulsion.
        Expel = "expel",
        /// THREATEN: taking or holding territory.
        Territory = "territory",
        /// THREATEN: use of force.
        Violence = "violence",
        /// PROTEST: demonstration.
        Demo = "demo",
        /// PROTEST: riot.
        Riot = "riot",
        /// PROTEST: strike.
        Strike = "strike",
        /// PROTEST: hunger strike.
        Hunger = "hunger",
        /// PROTEST: boycott.
        Boycott = "boycott",
        /// PROTEST: blockade by civilians.
        Obstruct = "obstruct",
        /// PROTEST: damage to property.
        Vandalize = "vandalize",
        /// SANCTION: conviction or sentence.
        Convict = "convict",
        /// SANCTION: end or suspend aid, trade, relations.
        Discontinue = "discontinue",
        /// MOBILIZE: soldiers.
        Troops = "troops",
        /// MOBILIZE: weapons, tests of missiles.
        Weapons = "weapons",
        /// MOBILIZE: police.
        Police = "police",
        /// MOBILIZE: militias.
        Militia = "militia",
        /// COERCE: take property or territory without stated fighting.
        Seize = "seize",
        /// COERCE: censorship.
        Censor = "censor",
        /// COERCE: curfew.
        Curfew = "curfew",
        /// COERCE: martial law or state of emergency.
        MartialLaw = "martial-law",
        /// COERCE: deportation.
        Deport = "deport",
        /// COERCE: withholding of goods or services.
        Withhold = "withhold",
        /// COERCE: spreading false information.
        Misinformation = "misinformation",
        /// COERCE: attack on computer systems.
        Cyber = "cyber",
        /// ASSAULT: kidnapping, hostage taking.
        Abduct = "abduct",
        /// ASSAULT: beating.
        Beat = "beat",
        /// ASSAULT: torture.
        Torture = "torture",
        /// ASSAULT: execution or assassination (PLOVER).
        Execute = "execute",
        /// ASSAULT: sexual violence.
        Sexual = "sexual",
        /// ASSAULT: killing of a chosen person.
        Targeted = "targeted",
        /// ASSAULT: destruction of property.
        Destroy = "destroy",
        /// ASSAULT: stones, knives, fire.
        Primitive = "primitive",
        /// ASSAULT: small arms.
        Firearms = "firearms",
        /// ASSAULT: bombs, mines.
        Explosives = "explosives",
        /// ASSAULT: suicide attack.
        SuicideAttack = "suicide-attack",
        /// ASSAULT: from aircraft.
        Aerial = "aerial",
        /// ASSAULT: from drones.
        Drone = "drone",
        /// ASSAULT: artillery, tanks, missiles.
        HeavyWeapons = "heavy-weapons",
        /// ASSAULT: tear gas, water cannon, batons.
        CrowdControl = "crowd-control",
        /// ASSAULT: chemical, biological, nuclear.
        Unconventional = "unconventional",
    }
}

impl Mode {
    /// The modes that `event` may have, in the codebook's order; empty for types without modes.
    pub fn of(event: EventType) -> &'static [Mode] {
        use Mode::*;
        match event {
            EventType::Consult => &[Visit, ThirdParty, Multilateral, Phone],
            EventType::Retreat => &[Withdraw, Release, Disarm, Ceasefire, Access, Resign],
            EventType::Request | EventType::Reject => &[Assist, Change, Yield, Meet],
            EventType::Accuse => &[Disapprove, Investigate, Allege],
            EventType::Threaten => &[Restrict, Arrest, Relations, Expel, Territory, Violence],
            EventType::Protest => &[Demo, Riot, Strike, Hunger, Boycott, Obstruct, Vandalize],
            EventType::Sanction => &[Convict, Expel, Withdraw, Discontinue],
            EventType::Mobilize => &[Troops, Weapons, Police, Militia],
            EventType::Coerce => &[
                Seize,
                Restrict,
                Censor,
                Curfew,
                MartialLaw,
                Arrest,
                Deport,
                Withhold,
                Misinformation,
                Cyber,
            ],
            EventType::Assault => &[
                Abduct,
                Beat,
                Torture,
                Execute,
                Sexual,
                Targeted,
                Destroy,
                Primitive,
                Firearms,
                Explosives,
                SuicideAttack,
                Aerial,
                Drone,
                HeavyWeapons,
                CrowdControl,
                Unconventional,
            ],
            _ => &[],
        }
    }

    /// Whether `event` may have this mode.
    pub fn fits(self, event: EventType) -> bool {
        Mode::of(event).contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_as_written() {
        for event in EventType::ALL {
            assert_eq!(EventType::parse(event.as_str()), Some(*event));
        }
        for mode in Mode::ALL {
            assert_eq!(Mode::parse(mode.as_str()), Some(*mode));
            assert!(
                EventType::ALL.iter().any(|event| mode.fits(*event)),
                "{mode} belongs to no type"
            );
        }
        assert_eq!(EventType::parse("agree"), None);
    }
}
