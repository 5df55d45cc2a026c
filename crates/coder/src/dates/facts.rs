//! What is weighed when a stretch of the calendar is held to an event: plain facts, of the event alone (`seen`), and of the
//! stretch as seen from the event (`case`).
//!
//! `data/dates.tsv` has a weight for facts of a stretch, and for such a fact together with one of the event.

use types::{EventType, Status, Upos};

use super::case::{CLAUSAL, Case};
use super::seen::Seen;
use super::stretches::How;
use crate::status::spoken;

/// A fact's name in the table of weights, and how it is found.
type OfEvent = (&'static str, fn(&Seen) -> bool);
type OfStretch = (&'static str, fn(&Case) -> bool);

/// Facts of an event.
pub(super) const OF_EVENT: &[OfEvent] = &[
    ("actual", |e| e.status(Status::Actual)),
    ("planned", |e| e.status(Status::Planned)),
    ("possible", |e| e.status(Status::Possible)),
    ("claimed", |e| e.status(Status::Claimed)),
    ("negated", |e| {
        matches!(e.event.verdict.status, Status::Negated | Status::Denied)
    }),
    ("speaks", |e| spoken(e.event.trigger.event)),
    ("noun", |e| !e.verb()),
    ("noun determined", |e| !e.verb() && e.determined()),
    ("past tense", |e| {
        e.feature("Tense=Past") && e.feature("VerbForm=Fin")
    }),
    ("present tense", |e| {
        e.feature("Tense=Pres") && e.feature("VerbForm=Fin")
    }),
    ("perfect", |e| e.verb() && e.auxiliary(&["have"])),
    ("passive", |e| e.feature("Voice=Pass")),
    ("participle", |e| {
        e.verb() && !e.feature("VerbForm=Fin") && !e.auxiliary(&["have", "be"])
    }),
    ("in claim", |e| e.event.claim.is_some()),
    ("quoted", |e| {
        let token = &e.dater.reading.document.tokens[e.event.head];
        e.dater.reading.quotes.around(token.span.start).is_some()
    }),
    ("first sentence", |e| e.sentence == 0),
    ("early", |e| (1..5).contains(&e.sentence)),
    ("dated sentence", |e| e.here > 0),
    ("sentence of two dates", |e| e.here > 1),
    ("assault", |e| e.is(EventType::Assault)),
    ("coerce", |e| e.is(EventType::Coerce)),
    ("protest", |e| e.is(EventType::Protest)),
    ("consult", |e| e.is(EventType::Consult)),
    ("accuse", |e| e.is(EventType::Accuse)),
    ("aid or cooperate", |e| {
        e.is(EventType::Aid) || e.is(EventType::Cooperate)
    }),
    ("agree", |e| e.is(EventType::Agree)),
    ("sanction", |e| e.is(EventType::Sanction)),
    ("mobilize", |e| e.is(EventType::Mobilize)),
];

/// Facts of a stretch, as seen from an event.
pub(super) const OF_STRETCH: &[OfStretch] = &[
    ("any", |_| true),
    // How the story may go on about it: few stretches, or many to choose from.
    ("one of one", |c| c.all.len() == 1),
    ("one of two", |c| c.all.len() == 2),
    ("one of few", |c| (3..6).contains(&c.all.len())),
    ("one of many", |c| c.all.len() > 10),
    // What it is.
    ("day", |c| c.grain() == 10 && !c.range()),
    ("days", |c| c.grain() == 10 && c.range()),
    ("month", |c| c.grain() == 7 && !c.range()),
    ("months", |c| c.grain() == 7 && c.range()),
    ("year", |c| c.grain() == 4 && !c.range()),
    ("years", |c| c.grain() == 4 && c.range()),
    ("ahead", |c| c.aged(|age| age < 0)),
    ("today", |c| c.aged(|age| age == 0) && c.grain() == 10),
    ("yesterday", |c| c.aged(|age| age == 1)),
    ("this week", |c| c.aged(|age| (2..7).contains(&age))),
    ("this month", |c| c.aged(|age| (7..32).contains(&age))),
    ("this year", |c| c.aged(|age| (32..366).contains(&age))),
    ("old", |c| c.aged(|age| age > 1500)),
    ("since", |c| c.how(How::Since)),
    ("lasting", |c| c.how(How::Lasting)),
    ("joined", |c| c.how(How::Joined)),
    ("that long ago", |c| c.how(How::Ago)),
    ("vague", |c| c.how(How::Vague)),
    ("most named", |c| c.most_named()),
    ("named thrice", |c| c.stretch.namings.len() > 2),
    ("first named", |c| c.first_named()),
    ("named early", |c| {
        c.stretch.namings.first().is_some_and(|n| n.sentence < 4)
    }),
    ("only captions", |c| c.only_captions()),
    // In the event's sentence: the way through the tree.
    ("here", |c| c.here()),
    ("here without tree", |c| c.here() && c.tie.is_none()),
    ("alone here", |c| c.here() && c.seen.here == 1),
    ("nearest here", |c| c.nearest_here()),
    ("at trigger", |c| c.tied(|t| t.own.is_empty())),
    ("one step", |c| {
        c.tied(|t| t.own.is_empty() && t.theirs.len() == 1)
    }),
    ("two steps", |c| {
        c.tied(|t| t.own.is_empty() && t.theirs.len() == 2)
    }),
    ("more steps", |c| {
        c.tied(|t| t.own.is_empty() && t.theirs.len() > 2)
    }),
    ("own one step", |c| c.tied(|t| t.own.len() == 1)),
    ("own two steps", |c| c.tied(|t| t.own.len() == 2)),
    ("own three steps", |c| c.tied(|t| t.own.len() > 2)),
    ("directly above", |c| {
        c.tied(|t| t.own.len() == 1 && t.theirs.len() < 2)
    }),
    ("taken", |c| c.tied(|t| c.seen.dater.ties.taken(t))),
    ("of a thing", |c| {
        c.tied(|t| c.seen.dater.ties.names_thing(t))
    }),
    ("in its clause", |c| {
        c.tied(|t| c.seen.dater.ties.in_clause(t))
    }),
    ("own ccomp", |c| c.own(&["ccomp"])),
    ("said", |c| {
        c.own(&["ccomp", "parataxis"]) && spoken(c.seen.event.trigger.event)
    }),
    ("told", |c| {
        c.own(&["ccomp", "parataxis"]) && !spoken(c.seen.event.trigger.event)
    }),
    ("own clause", |c| c.own_clause()),
    ("own xcomp", |c| c.own(&["xcomp"])),
    ("own advcl", |c| c.own(&["advcl"])),
    ("own acl", |c| c.own(&["acl"])),
    ("own conj", |c| c.own(&["conj"])),
    ("own parataxis", |c| c.own(&["parataxis"])),
    ("own subject", |c| c.own(&["nsubj", "csubj"])),
    ("own object", |c| c.own(&["obj", "iobj"])),
    ("own oblique", |c| c.own(&["obl"])),
    ("own nmod", |c| c.own(&["nmod", "appos", "compound"])),
    ("their clause", |c| c.theirs(CLAUSAL)),
    ("their advcl", |c| c.theirs(&["advcl"])),
    ("their acl", |c| c.theirs(&["acl"])),
    ("their subject", |c| c.theirs(&["nsubj", "csubj"])),
    ("their object", |c| c.theirs(&["obj", "iobj"])),
    ("their oblique", |c| c.theirs(&["obl", "advmod"])),
    ("their nmod", |c| c.theirs(&["nmod", "appos"])),
    ("possessive", |c| c.possessive()),
    ("meets trigger", |c| {
        c.meets_at(|t| c.seen.dater.ties.is_trigger(t))
    }),
    ("meets statement", |c| {
        c.meets_at(|t| {
            c.seen
                .dater
                .reading
                .lexicon
                .stance(c.seen.dater.reading.lemma(t))
                .is_some()
        })
    }),
    ("meets noun", |c| {
        c.meets_at(|t| c.seen.dater.reading.upos(t) != Upos::Verb)
    }),
    ("framed", |c| {
        c.tied(|t| t.own.len() == 1 && t.meeting > c.seen.event.head && t.meeting > t.naming.head)
    }),
    ("after on", |c| c.behind(&["on"])),
    ("after in", |c| c.behind(&["in", "during", "at"])),
    ("after since", |c| {
        c.behind(&["since", "after", "following"])
    }),
    ("after until", |c| {
        c.behind(&["until", "by", "before", "to"])
    }),
    ("after for", |c| c.behind(&["for", "over"])),
    ("after from", |c| c.behind(&["from", "of"])),
    ("earlier", |c| {
        c.behind(&["earlier", "late", "later", "early"])
    }),
    ("here before", |c| c.here() && c.back == Some(0)),
    ("next words", |c| c.apart.is_some_and(|a| a < 4)),
    ("near words", |c| {
        c.apart.is_some_and(|a| (4..9).contains(&a))
    }),
    ("far words", |c| c.apart.is_some_and(|a| a > 16)),
    ("other between", |c| c.other_between()),
    ("caption", |c| c.caption()),
    // In other sentences.
    ("elsewhere", |c| !c.here()),
    ("last sentence", |c| !c.here() && c.back == Some(1)),
    ("two sentences back", |c| !c.here() && c.back == Some(2)),
    ("some sentences back", |c| {
        !c.here() && c.back.is_some_and(|b| (3..6).contains(&b))
    }),
    ("far back", |c| !c.here() && c.back.is_some_and(|b| b > 10)),
    ("only ahead", |c| !c.here() && c.back.is_none()),
    ("next sentence", |c| !c.here() && c.ahead == Some(1)),
    ("soon", |c| {
        !c.here() && c.ahead.is_some_and(|a| (2..4).contains(&a))
    }),
    ("far ahead", |c| {
        !c.here() && c.back.is_none() && c.ahead.is_some_and(|a| a > 8)
    }),
    ("spoken of last", |c| {
        !c.here() && c.spoken_of_last(|_| true)
    }),
    ("day spoken of last", |c| {
        !c.here() && c.grain() == 10 && c.spoken_of_last(|s| s.period.first.len() == 10)
    }),
    ("spoken of next", |c| !c.here() && c.spoken_of_next()),
    ("same word", |c| c.same_word()),
    ("dates same word", |c| c.dates_word()),
    ("tells of actor", |c| c.tells_of(&c.seen.event.actor)),
    ("tells of recipient", |c| {
        c.tells_of(&c.seen.event.recipient)
    }),
    ("tells of both", |c| {
        c.tells_of(&c.seen.event.actor) && c.tells_of(&c.seen.event.recipient)
    }),
    ("same doer", |c| c.same_doer()),
    ("one shared", |c| c.shared == 1),
    ("two shared", |c| c.shared == 2),
    ("many shared", |c| c.shared > 2),
];

/// Indices of the facts of an event that hold.
pub(super) fn of_event(seen: &Seen) -> Vec<usize> {
    (0..OF_EVENT.len())
        .filter(|f| OF_EVENT[*f].1(seen))
        .collect()
}

/// Indices of the facts of a stretch that hold.
pub(super) fn of_stretch(case: &Case) -> Vec<usize> {
    (0..OF_STRETCH.len())
        .filter(|f| OF_STRETCH[*f].1(case))
        .collect()
}
