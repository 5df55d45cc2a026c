//! Spans of parties as the head gives them, made whole and completed by the tree.
//!
//! The head finds the likely words; it misses every third party, and now and then stops at an article. Where it names
//! nobody, the subject or object of the trigger is taken, as in PETRARCH-2 and Universal PETRARCH (Norris et al. 2017;
//! Lu and Roy 2017), under which syntax alone decides.

use types::{EventType, NameKind, Roles, TokenRange, Trigger, Upos};

use crate::reading::Reading;

/// The roles of a trigger whose syntactic head is `head`, with spans that are noun phrases.
pub(crate) fn complete(reading: &Reading, trigger: &Trigger, head: usize) -> Roles {
    let mut roles = trigger.roles.clone();
    for spans in [&mut roles.actor, &mut roles.recipient, &mut roles.reporter] {
        spans.retain(|s| reading.is_sound(s) && !is_grammar(reading, s));
        nearest(reading, head, spans);
        spans.iter_mut().for_each(|s| *s = widened(reading, s));
    }
    // Taggers take a rare participle for a noun ("was gunned down"); what hangs on it tells.
    let verb = reading.upos(head) == Upos::Verb || marked_passive(reading, head);
    let (agent, patient) = if verb {
        (agent(reading, head), patient(reading, head))
    } else {
        (agent_of_noun(reading, head), patient_of_noun(reading, head))
    };
    let passive = verb && is_passive(reading, head);
    if let Some(sufferer) = patient.clone().filter(|_| passive) {
        turn_round(&mut roles, &sufferer);
    }
    let taken = |spans: &[TokenRange], found: &TokenRange| spans.iter().any(|s| meet(s, found));
    if roles.actor.is_empty()
        && let Some(found) = agent.filter(|f| !taken(&roles.recipient, f))
    {
        roles.actor.push(found);
    }
    // Whom a state moves ("sent troops") is not to whom it does it.
    if roles.recipient.is_empty()
        && trigger.event != EventType::Mobilize
        && let Some(found) = patient.filter(|f| !taken(&roles.actor, f))
        && !own(reading, &found)
    {
        roles.recipient.push(found);
    }
    roles
}

/// The subject of a passive suffers what is done, whatever the head says: nobody who "was shot" shot.
fn turn_round(roles: &mut Roles, sufferer: &TokenRange) {
    if let Some(at) = roles.actor.iter().position(|s| meet(s, sufferer)) {
        let moved = roles.actor.remove(at);
        if !roles.recipient.iter().any(|s| meet(s, sufferer)) {
            roles.recipient = vec![moved];
        }
    }
}

/// Whether two stretches share a word.
fn meet(a: &TokenRange, b: &TokenRange) -> bool {
    a.start < b.end && b.start < a.end
}

/// A party named in the trigger's own sentence needs no other from elsewhere: what the head finds there besides is another
/// event's.
fn nearest(reading: &Reading, head: usize, spans: &mut Vec<TokenRange>) {
    let here = |s: &TokenRange| reading.sentence(s.start) == reading.sentence(head);
    if spans.iter().any(here) {
        spans.retain(here);
    }
}

/// "Both", "and", "of": words that join parties and are none.
fn is_grammar(reading: &Reading, span: &TokenRange) -> bool {
    span.clone().all(|t| {
        matches!(
            reading.upos(t),
            Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Punct | Upos::Part | Upos::Aux
        ) || span.len() == 1 && reading.lemma_is(t, &["both", "either"])
    })
}

/// The noun phrase to which a span belongs that has no noun of its own ("the", "international") or stops before its end
/// ("relatives of").
fn widened(reading: &Reading, span: &TokenRange) -> TokenRange {
    if reading.upos(span.end - 1) == Upos::Adp
        && let Some(head) = reading.head_of(span)
    {
        let phrase = reading.noun_phrase(head);
        let end = if phrase.end > span.end {
            phrase.end
        } else {
            span.end - 1
        };
        return phrase.start.min(span.start)..end.max(head + 1);
    }
    let nominal = |t: usize| {
        matches!(
            reading.upos(t),
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X
        )
    };
    if span.clone().any(nominal) {
        return span.start..complement(reading, span).unwrap_or(span.end);
    }
    let before = ["det", "amod", "compound", "nummod", "nmod"];
    let noun = span
        .clone()
        .filter(|t| before.contains(&reading.relation(*t)))
        .find_map(|t| reading.head(t));
    match noun.filter(|n| nominal(*n)) {
        Some(noun) => {
            let phrase = reading.noun_phrase(noun);
            phrase.start.min(span.start)..phrase.end.max(span.end)
        }
        None => span.clone(),
    }
}

/// Where a span ends that stops at an adjective behind its noun, with what belongs to that: "rebels loyal to the party".
fn complement(reading: &Reading, span: &TokenRange) -> Option<usize> {
    let last = span.end - 1;
    let behind = reading.upos(last) == Upos::Adj
        && reading
            .head(last)
            .is_some_and(|h| span.contains(&h) && h < last);
    let first = |noun: usize| reading.subtree(noun).first() == Some(&span.end);
    let mut below = reading.related(last, &["obl", "nmod"]).filter(|_| behind);
    below
        .find(|n| first(*n))
        .map(|n| reading.noun_phrase(n).end)
}

/// Who does what the verb says: its subject; of a passive, the phrase with "by".
fn agent(reading: &Reading, verb: usize) -> Option<TokenRange> {
    if is_passive(reading, verb) {
        let by = |t: &usize| reading.has_case(*t, &["by"]);
        return reading
            .related(verb, &["obl"])
            .find(by)
            .and_then(|t| phrase(reading, t));
    }
    let own = reading.related(verb, &["nsubj"]).next();
    phrase(reading, own.or_else(|| controller(reading, verb))?)
}

/// "Russia's annexation", "the attack by militants", "an Iranian strike".
fn agent_of_noun(reading: &Reading, noun: usize) -> Option<TokenRange> {
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
fn patient_of_noun(reading: &Reading, noun: usize) -> Option<TokenRange> {
    let against = |t: &usize| reading.has_case(*t, &["on", "against", "with"]);
    let found = reading.related(noun, &["nmod"]).find(against)?;
    phrase(reading, found)
}

/// To whom it is done: the object; of a passive, the subject.
fn patient(reading: &Reading, verb: usize) -> Option<TokenRange> {
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
fn own(reading: &Reading, phrase: &TokenRange) -> bool {
    let its = |t: usize| reading.full_relation(t) == "nmod:poss" && reading.lemma_is(t, &["its"]);
    phrase.clone().any(its)
}

fn marked_passive(reading: &Reading, verb: usize) -> bool {
    let mut children = reading.children(verb).iter();
    children.any(|c| matches!(reading.full_relation(*c), "nsubj:pass" | "aux:pass"))
}

fn is_passive(reading: &Reading, verb: usize) -> bool {
    let participle = reading.feature(verb, "VerbForm=Part") && reading.feature(verb, "Tense=Past");
    marked_passive(reading, verb)
        || participle
            && reading.relation(verb) == "acl"
            && reading.full_relation(verb) != "acl:relcl"
}

/// Who is meant to do what a verb without a subject says: "X agreed to leave", "X urged Y to leave", "X came and left",
/// "X announced plans to leave".
fn controller(reading: &Reading, verb: usize) -> Option<usize> {
    let above = reading.head(verb)?;
    let of = |relations: &[&str]| reading.related(above, relations).next();
    match reading.relation(verb) {
        "xcomp" => of(&["obj", "iobj"]).or_else(|| of(&["nsubj"])),
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
fn is_party(reading: &Reading, noun: usize) -> bool {
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
