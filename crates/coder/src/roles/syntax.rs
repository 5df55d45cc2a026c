//! Parties by the tree alone: who does what a verb or a noun says, and to whom it is done.

use types::{NameKind, TokenRange, Upos};

use crate::reading::Reading;

/// Who does what the verb says: its subject; of a passive, the phrase with "by".
pub(super) fn agent(reading: &Reading, verb: usize) -> Option<TokenRange> {
    if is_passive(reading, verb) {
        let by = |t: &usize| reading.has_case(*t, &["by"]);
        return reading
            .related(verb, &["obl"])
            .find(by)
            .and_then(|t| phrase(reading, t).or_else(|| of_a_party(reading, t)));
    }
    let own = reading.related(verb, &["nsubj"]).next();
    if let Some(it) = own.filter(|t| reading.lemma_is(*t, &["it"])) {
        return Some(it..it + 1);
    }
    phrase(reading, own.or_else(|| controller(reading, verb))?)
}

/// The words around a thing by which something was done, where they name whose it is: "by an American fighter jet".
fn of_a_party(reading: &Reading, thing: usize) -> Option<TokenRange> {
    let words = reading.noun_phrase(thing);
    words.clone().any(|t| is_party(reading, t)).then_some(words)
}

/// "Russia's annexation", "the attack by militants", "an Iranian strike". Whoever has a [`sufferer`] looks no further.
pub(super) fn agent_of_noun(reading: &Reading, noun: usize) -> Option<TokenRange> {
    let by = |t: usize| reading.has_case(t, &["by"]);
    let owner = |t: &usize| {
        reading.full_relation(*t) == "nmod:poss" || reading.relation(*t) == "nmod" && by(*t)
    };
    let found = reading.related(noun, &["nmod"]).find(owner);
    let origin = || {
        reading
            .related(noun, &["amod", "compound"])
            .find(|t| is_party(reading, *t))
    };
    match found {
        Some(found) => phrase(reading, found),
        None => origin()
            .map(|t| t..t + 1)
            .or_else(|| agent(reading, support(reading, noun)?)),
    }
}

/// The person to whom an act belongs that its noun says to be suffered: "Roe's assassination", "his conviction"; not "the
/// police's arrest of Roe".
pub(super) fn sufferer(reading: &Reading, noun: usize) -> Option<TokenRange> {
    const SUFFERED: &[&str] = &[
        "abduction",
        "arrest",
        "assassination",
        "beating",
        "conviction",
        "death",
        "deportation",
        "detention",
        "disappearance",
        "dismissal",
        "execution",
        "expulsion",
        "extradition",
        "imprisonment",
        "indictment",
        "kidnapping",
        "killing",
        "murder",
        "ouster",
        "prosecution",
        "release",
        "sentence",
        "sentencing",
        "slaying",
        "trial",
    ];
    let mut others = reading.related(noun, &["nmod"]);
    if !reading.lemma_is(noun, SUFFERED) || others.any(|t| reading.has_case(t, &["of", "by"])) {
        return None;
    }
    let person = |t: &usize| {
        reading.full_relation(*t) == "nmod:poss"
            && (reading.name_kind(*t) == Some(NameKind::Person)
                || reading.upos(*t) == Upos::Pron && !reading.lemma_is(*t, &["it", "its"]))
    };
    phrase(reading, reading.related(noun, &["nmod"]).find(person)?)
}

/// The verb that says little more than that somebody does what its object names: "carried out the attack", "the attack was
/// carried out by militants".
fn support(reading: &Reading, noun: usize) -> Option<usize> {
    const SUPPORT: &[&str] = &[
        "carry",
        "conduct",
        "commit",
        "continue",
        "deliver",
        "end",
        "exercise",
        "give",
        "halt",
        "hold",
        "impose",
        "issue",
        "launch",
        "lead",
        "make",
        "mount",
        "offer",
        "open",
        "organize",
        "perform",
        "provide",
        "resume",
        "sign",
        "stage",
        "start",
        "suspend",
        "take",
        "undertake",
        "use",
        "wage",
    ];
    let verb = reading.head(noun)?;
    let object = reading.relation(noun) == "obj" && !is_passive(reading, verb)
        || reading.full_relation(noun) == "nsubj:pass";
    (object && reading.upos(verb) == Upos::Verb && reading.lemma_is(verb, SUPPORT)).then_some(verb)
}

/// "The attack on the convoy", "talks with rebels". What stands behind "of" did it as often as it suffered it.
pub(super) fn patient_of_noun(reading: &Reading, noun: usize) -> Option<TokenRange> {
    let against = |t: &usize| reading.has_case(*t, &["on", "against", "with"]);
    let found = reading.related(noun, &["nmod"]).find(against)?;
    phrase(reading, found)
}

/// To whom it is done: the object; of a passive, the subject.
pub(super) fn patient(reading: &Reading, verb: usize) -> Option<TokenRange> {
    let found = if is_passive(reading, verb) {
        let subject = reading.related(verb, &["nsubj"]).next();
        subject.or_else(|| {
            reading
                .head(verb)
                .filter(|_| reading.relation(verb) == "acl")
        })
    } else {
        reading.related(verb, &["obj", "iobj"]).next()
    };
    phrase(reading, found?)
}

/// "Recalled its envoy": what belongs to the actor is not its counterpart.
pub(super) fn own(reading: &Reading, phrase: &TokenRange) -> bool {
    let its = |t: usize| reading.full_relation(t) == "nmod:poss" && reading.lemma_is(t, &["its"]);
    phrase.clone().any(its)
}

pub(super) fn marked_passive(reading: &Reading, verb: usize) -> bool {
    let mut children = reading.children(verb).iter();
    children.any(|c| matches!(reading.full_relation(*c), "nsubj:pass" | "aux:pass"))
}

pub(super) fn is_passive(reading: &Reading, verb: usize) -> bool {
    let participle = reading.feature(verb, "VerbForm=Part") && reading.feature(verb, "Tense=Past");
    marked_passive(reading, verb)
        || participle
            && reading.relation(verb) == "acl"
            && reading.full_relation(verb) != "acl:relcl"
}

/// Who is meant to do what a verb without a subject says: "X agreed to leave", "X urged Y to leave", "X came and left",
/// "X announced plans to leave", "X accused Y of leaving".
fn controller(reading: &Reading, verb: usize) -> Option<usize> {
    let above = reading.head(verb)?;
    let of = |relations: &[&str]| reading.related(above, relations).next();
    match reading.relation(verb) {
        "xcomp" => of(&["obj", "iobj"]).or_else(|| of(&["nsubj"])),
        "advcl" if reading.has_mark(verb, &["of", "for", "from"]) => {
            of(&["obj", "iobj"]).or_else(|| of(&["nsubj"]))
        }
        "conj" | "advcl" => of(&["nsubj"]),
        // What a plan is for is done by whose plan it is, or who makes it.
        "acl" if reading.feature(verb, "VerbForm=Inf") => {
            let owner = reading
                .related(above, &["nmod"])
                .find(|t| reading.full_relation(*t) == "nmod:poss");
            let maker = || {
                let verb = reading
                    .head(above)
                    .filter(|_| reading.relation(above) == "obj")?;
                reading.related(verb, &["nsubj"]).next()
            };
            owner.or_else(maker)
        }
        _ => None,
    }
}

/// The words around a noun; of a relative pronoun, those around what it takes up.
fn phrase(reading: &Reading, token: usize) -> Option<TokenRange> {
    let relative = reading.feature(token, "PronType=Rel")
        || reading.lemma_is(token, &["who", "which", "that", "whom"]);
    let noun = if relative && reading.upos(token) == Upos::Pron {
        antecedent(reading, token)?
    } else {
        token
    };
    is_party(reading, noun).then(|| reading.noun_phrase(noun))
}

/// The noun right before a relative pronoun, but for a comma; else the one that the clause hangs on. Parsers hang clauses
/// too high more often than news puts words between.
fn antecedent(reading: &Reading, pronoun: usize) -> Option<usize> {
    let before = (0..pronoun)
        .rev()
        .take(2)
        .find(|t| reading.upos(*t) != Upos::Punct);
    let here = |t: &usize| reading.sentence(*t) == reading.sentence(pronoun);
    let noun = before.filter(here).map(|t| match reading.relation(t) {
        "flat" => reading.head(t).unwrap_or(t),
        _ => t,
    });
    let clause = || {
        reading
            .upwards(pronoun)
            .take(4)
            .find(|t| reading.full_relation(*t) == "acl:relcl")
    };
    noun.filter(|n| is_party(reading, *n))
        .or_else(|| reading.head(clause()?))
}

/// Whether a noun can be a party by itself: a name, a role noun of the lexicon, a personal pronoun. What else the head
/// left out is a thing more often than somebody.
pub(super) fn is_party(reading: &Reading, noun: usize) -> bool {
    use NameKind::{Location, Norp, Organization, Person};
    let named = matches!(
        reading.name_kind(noun),
        Some(Person | Organization | Location | Norp)
    );
    let role = matches!(reading.upos(noun), Upos::Noun | Upos::Propn)
        && reading.lexicon.agent(reading.lemma(noun)).is_some();
    let pronoun = reading.upos(noun) == Upos::Pron
        && reading.feature(noun, "PronType=Prs")
        && !reading.lemma_is(noun, &["it"]);
    let nobody = reading
        .related(noun, &["det"])
        .any(|d| reading.lemma_is(d, &["no", "neither"]));
    (named || role || pronoun) && !nobody
}
