//! For or against: whom a word says it of, and of what.

use lexicon::{Leaning, Stance};
use types::Upos;

use super::Says;
use crate::reading::Reading;
use crate::subjects::understood_subject;

/// Words that turn a stance round: who demands an end to a thing is against it.
const ENDS: &[&str] = &[
    "abandon",
    "abolish",
    "abolition",
    "cancel",
    "cease",
    "cessation",
    "curb",
    "dismantle",
    "drop",
    "ease",
    "easing",
    "end",
    "freeze",
    "halt",
    "lift",
    "lifting",
    "prevent",
    "reduce",
    "reduction",
    "removal",
    "remove",
    "repeal",
    "reverse",
    "reversal",
    "scrap",
    "stop",
    "suspend",
    "suspension",
];

/// What somebody who wants a thing asks others to do with it.
const HOLDS: &[&str] = &[
    "accept",
    "adopt",
    "approve",
    "back",
    "endorse",
    "honor",
    "honour",
    "implement",
    "impose",
    "pass",
    "ratify",
    "recognize",
    "respect",
    "restore",
    "sign",
    "support",
    "uphold",
];

/// Whether whoever asks for this act is for its object, or against it: "to lift the ban", "to ratify the treaty".
pub(super) fn takes_side(reading: &Reading, verb: usize) -> bool {
    reading.lemma_is(verb, ENDS) || reading.lemma_is(verb, HOLDS)
}

/// What a word says of where parties stand: as the lexicon has it; who demands or calls for a thing is for it.
pub(super) fn leaning(reading: &Reading, word: usize) -> Option<Leaning> {
    let known = reading.lexicon.leaning(reading.lemma(word));
    known.or_else(|| demands(reading, word).then_some(Leaning::For))
}

/// "Demand a thing", "call for it"; who calls a thing a name, or orders it, says nothing of the kind.
fn demands(reading: &Reading, word: usize) -> bool {
    let verb = reading.upos(word) == Upos::Verb;
    let demand = || reading.lexicon.stance(reading.lemma(word)) == Some(Stance::Demand);
    let mut obliques = reading.related(word, &["obl"]);
    verb && demand()
        && (reading.lemma_is(word, &["demand"]) || obliques.any(|t| reading.has_case(t, &["for"])))
}

/// Whether the word tells of no stance that anybody has: with a particle it is another verb ("back out of a deal"), and as
/// an infinitive it is still to come ("has until Monday to approve it"), but where somebody means to.
pub(super) fn is_left_open(reading: &Reading, word: usize) -> bool {
    const APART: &[&str] = &["away", "down", "off", "out"];
    let mut children = reading.children(word).iter();
    if children.any(|t| *t > word && reading.lemma_is(*t, APART)) {
        return true;
    }
    let infinitive = reading.upos(word) == Upos::Verb
        && reading
            .related(word, &["mark"])
            .any(|t| reading.lemma_is(t, &["to"]));
    infinitive
        && !reading
            .head(word)
            .is_some_and(|above| is_meant(reading, above))
}

/// Whether the verb says that somebody means to do what follows.
fn is_meant(reading: &Reading, verb: usize) -> bool {
    const MEANS: &[&str] = &[
        "agree", "begin", "come", "continue", "decide", "move", "pledge", "plan", "promise",
        "refuse", "start", "threaten", "vote", "vow",
    ];
    let stance = reading.lexicon.stance(reading.lemma(verb));
    matches!(
        stance,
        Some(Stance::Promise | Stance::Intend | Stance::Threaten)
    ) || reading.lemma_is(verb, MEANS)
}

/// How a party stands to what a word of this leaning is about.
pub(super) fn says(leaning: Leaning, negated: bool, ended: bool) -> Says {
    match (leaning, negated, ended) {
        (Leaning::For, false, false) | (Leaning::Against, false, true) => Says::For,
        (Leaning::For, false, true) | (Leaning::Against, false, false) => Says::Against,
        (Leaning::For, true, false) => Says::Against,
        _ => Says::Neutral,
    }
}

/// Prepositions that set a noun beside what the verb tells: whoever acts during a protest is no protester.
const BESIDE: &[&str] = &[
    "after",
    "amid",
    "at",
    "before",
    "by",
    "despite",
    "during",
    "following",
    "over",
    "since",
    "to",
];

/// Verbs of those at whom calls and criticism are aimed.
const MEETS: &[&str] = &[
    "deny", "dismiss", "draw", "face", "ignore", "rebuff", "spark",
];

/// The head of the phrase of who is for or against: the agent of a passive, the possessor of a noun, else the subject.
pub(super) fn holder(reading: &Reading, word: usize, verb: usize) -> Option<usize> {
    let by = |t: &usize| reading.has_case(*t, &["by"]);
    let agent = reading.related(word, &["obl", "nmod"]).find(by);
    let passive = || {
        let mut subjects = reading.related(word, &["nsubj"]);
        subjects.any(|t| reading.full_relation(t) == "nsubj:pass")
    };
    if agent.is_some() || passive() {
        return agent;
    }
    let owner = || {
        let mut found = reading.related(word, &["nmod"]);
        found.find(|t| reading.full_relation(*t) == "nmod:poss")
    };
    match reading.upos(word) {
        // "They announced their support": whoever announces it is whose it is.
        Upos::Noun => owner()
            .filter(|t| verb == word || reading.upos(*t) != Upos::Pron)
            .or_else(|| {
                // Whoever dismisses calls for a thing has not called for it.
                let met = || {
                    let leans = reading.lexicon.leaning(reading.lemma(verb));
                    leans == Some(Leaning::Against) || reading.lemma_is(verb, MEETS)
                };
                let other = verb != word && (reading.has_case(word, BESIDE) || met());
                (!other).then(|| understood_subject(reading, verb))?
            }),
        _ => understood_subject(reading, verb),
    }
}

/// A word that a stance may be about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thing {
    pub(super) token: usize,
    /// Whether the stance is about its end.
    pub(super) ended: bool,
}

/// Nouns that say nothing of what they are about: "the idea of a ban", "efforts for peace".
const VAGUE: &[&str] = &[
    "call",
    "effort",
    "idea",
    "imposition",
    "issue",
    "kind",
    "possibility",
    "push",
    "sort",
    "start",
    "threat",
    "use",
];

/// What stands where the word says what it is for or against: its objects, and what these are about where they are no
/// things themselves. Not all that stands below: who condemns a killing in the war takes no side on the war.
pub(super) fn things(
    reading: &Reading,
    word: usize,
    is_object: impl Fn(usize) -> bool,
) -> Vec<Thing> {
    let thing = |token: usize, turned: bool| Thing {
        token,
        ended: turned != reading.lemma_is(token, ENDS),
    };
    let objects = reading.children(word).iter().copied();
    let mut found: Vec<Thing> = objects
        .filter(|t| is_object(*t))
        .map(|t| thing(t, false))
        .collect();
    let mut next = 0;
    while let Some(&Thing { token: at, ended }) = found.get(next) {
        let open = reading.lemma_is(at, ENDS) || reading.lemma_is(at, VAGUE);
        let deeper = |t: &&usize| match reading.relation(**t) {
            "conj" => true,
            "obj" | "xcomp" | "nsubj" => reading.upos(at) == Upos::Verb,
            "nmod" | "acl" | "compound" => open,
            "obl" => open && reading.has_case(**t, &["to", "of"]),
            _ => false,
        };
        let below: Vec<usize> = reading
            .children(at)
            .iter()
            .filter(deeper)
            .copied()
            .collect();
        // What is joined by "and" shares what is said of the first, but not the first's own meaning.
        found.extend(below.into_iter().map(|t| {
            let joined = reading.relation(t) == "conj";
            let own = joined && reading.lemma_is(at, ENDS);
            thing(t, ended != own)
        }));
        next += 1;
    }
    found
}

/// Whether what stands there is what the word is for or against.
pub(super) fn is_object(reading: &Reading, word: usize, token: usize) -> bool {
    const ABOUT: &[&str] = &["to", "against", "for", "of", "at", "over"];
    let known = reading.lexicon.leaning(reading.lemma(word)).is_some();
    if !known && !reading.lemma_is(word, &["demand"]) {
        return reading.relation(token) == "obl" && reading.has_case(token, &["for"]);
    }
    match (reading.upos(word), reading.relation(token)) {
        (Upos::Verb | Upos::Adj, "obj" | "ccomp" | "xcomp") => true,
        (Upos::Verb, "nsubj") => reading.full_relation(token) == "nsubj:pass",
        (Upos::Verb | Upos::Adj, "obl") | (Upos::Noun, "nmod") => reading.has_case(token, ABOUT),
        _ => false,
    }
}
