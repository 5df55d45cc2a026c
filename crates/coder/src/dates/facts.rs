//! What is weighed when a stretch of the calendar is held to an event: plain facts, of the event alone, and of the stretch as
//! seen from the event.
//!
//! `data/dates.tsv` has a weight for facts of a stretch, and for such a fact together with one of the event.

use std::collections::BTreeMap;

use types::{EventType, Status, Upos};

use super::Dater;
use super::stretches::{How, Naming, Stretch};
use super::ties::Tie;
use crate::cast::Cast;
use crate::events::Event;
use crate::reading::Reading;
use crate::status::spoken;

/// A fact's name in the table of weights, and how it is found.
type OfEvent = (&'static str, fn(&Seen) -> bool);
type OfStretch = (&'static str, fn(&Case) -> bool);

/// An event with what its facts ask for.
pub(super) struct Seen<'c> {
    pub(super) dater: &'c Dater<'c, 'c>,
    pub(super) event: &'c Event<'c>,
    pub(super) sentence: usize,
    /// Stretches that its sentence names.
    here: usize,
}

impl<'c> Seen<'c> {
    pub(super) fn new(dater: &'c Dater<'c, 'c>, event: &'c Event<'c>) -> Self {
        let sentence = dater.reading.sentence(event.head);
        let all = dater.stretches(event);
        let named = |s: &&Stretch| s.namings.iter().any(|n| n.sentence == sentence);
        Seen {
            dater,
            event,
            sentence,
            here: all.iter().filter(named).count(),
        }
    }

    fn is(&self, kind: EventType) -> bool {
        self.event.trigger.event == kind
    }

    fn status(&self, status: Status) -> bool {
        self.event.verdict.status == status
    }

    fn verb(&self) -> bool {
        self.dater.reading.upos(self.event.head) == Upos::Verb
    }

    fn feature(&self, feature: &str) -> bool {
        self.dater.reading.feature(self.event.head, feature)
    }

    fn auxiliary(&self, words: &[&str]) -> bool {
        let reading = self.dater.reading;
        let mut found = reading.related(self.event.head, &["aux"]);
        found.any(|t| reading.lemma_is(t, words))
    }

    fn determined(&self) -> bool {
        let reading = self.dater.reading;
        let mut found = reading.related(self.event.head, &["det", "nmod"]);
        found.any(|t| {
            reading.lemma_is(t, &["the", "this", "that"]) || reading.full_relation(t) == "nmod:poss"
        })
    }
}

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

/// An event and a stretch that may be its date.
pub(super) struct Case<'c> {
    pub(super) seen: &'c Seen<'c>,
    all: &'c [Stretch],
    pub(super) stretch: &'c Stretch,
    /// The nearest way through the tree from the event to a naming of the stretch.
    pub(super) tie: Option<Tie>,
    /// Sentences back to the nearest naming before the event.
    back: Option<usize>,
    /// Sentences on to the nearest naming behind it.
    ahead: Option<usize>,
    /// Words between the event and the nearest naming in its sentence.
    apart: Option<usize>,
    /// Most words that the event's sentence shares with another that names the stretch.
    shared: usize,
}

impl<'c> Case<'c> {
    pub(super) fn new(seen: &'c Seen<'c>, all: &'c [Stretch], stretch: &'c Stretch) -> Self {
        let (event, sentence) = (seen.event, seen.sentence);
        let away = |naming: &Naming| naming.sentence.abs_diff(sentence);
        let before = |naming: &&Naming| naming.head < event.trigger.tokens.start;
        let namings = || stretch.namings.iter();
        let here = || namings().filter(|n| n.sentence == sentence);
        let ties = here().filter_map(|n| seen.dater.ties.tie(event, n));
        Case {
            seen,
            all,
            stretch,
            tie: ties.min_by_key(|t| (t.own.len() + t.theirs.len(), t.naming.time)),
            back: namings().filter(before).map(away).min(),
            ahead: namings().filter(|n| !before(n)).map(away).min(),
            apart: here().map(|n| n.head.abs_diff(event.head)).min(),
            shared: namings()
                .filter(|n| n.sentence != sentence)
                .map(|n| seen.dater.words.shared(n.sentence, sentence))
                .max()
                .unwrap_or(0),
        }
    }

    fn here(&self) -> bool {
        self.apart.is_some()
    }

    fn tied(&self, fits: impl Fn(&Tie) -> bool) -> bool {
        self.tie.as_ref().is_some_and(fits)
    }

    /// How the event's side hangs where the ways meet.
    fn own(&self, relations: &[&str]) -> bool {
        self.tied(|t| relations.contains(&self.seen.dater.ties.own_relation(t)))
    }

    /// Whether a clause opens on the event's side below the top.
    fn own_clause(&self) -> bool {
        let reading = self.seen.dater.reading;
        self.tied(|t| {
            t.own
                .iter()
                .rev()
                .skip(1)
                .any(|o| CLAUSAL.contains(&reading.relation(*o)))
        })
    }

    fn theirs(&self, relations: &[&str]) -> bool {
        self.tied(|t| relations.contains(&self.seen.dater.ties.their_relation(t)))
    }

    /// Whether the expression, or what it hangs on, stands behind one of these words.
    fn behind(&self, words: &[&str]) -> bool {
        let reading = self.seen.dater.reading;
        let case = |t: &usize| {
            let mut found = reading.related(*t, &["case", "mark", "advmod"]);
            found.any(|c| reading.lemma_is(c, words))
        };
        let before = |head: usize| {
            (head.saturating_sub(3)..head)
                .any(|t| reading.lemma_is(t, words) && reading.head(t).is_none_or(|h| h == head))
        };
        self.tied(|t| case(&t.naming.head) || before(t.naming.head))
    }

    /// Whether a word stands behind another as its possessor: "Monday's attack".
    fn possessive(&self) -> bool {
        self.tied(|t| self.seen.dater.reading.full_relation(t.naming.head) == "nmod:poss")
    }

    fn meets_at(&self, fits: impl Fn(usize) -> bool) -> bool {
        self.tied(|t| !t.own.is_empty() && fits(t.meeting))
    }

    fn aged(&self, fits: impl Fn(i64) -> bool) -> bool {
        self.stretch.age.is_some_and(fits)
    }

    /// Length of the date: 10 for a day, 7 a month, 4 a year.
    fn grain(&self) -> usize {
        self.stretch.period.first.len()
    }

    fn range(&self) -> bool {
        self.stretch.period.first != self.stretch.period.last
    }

    fn how(&self, how: How) -> bool {
        let naming = self.tie.as_ref().map(|t| t.naming.how);
        let first = self.stretch.namings.first().map(|n| n.how);
        naming.or(first) == Some(how)
    }

    /// Whether the last expression before the event names the stretch.
    fn spoken_of_last(&self, fits: impl Fn(&Stretch) -> bool) -> bool {
        let start = self.seen.event.trigger.tokens.start;
        let before = |s: &Stretch| {
            s.namings
                .iter()
                .map(|n| n.head)
                .filter(|h| *h < start)
                .max()
        };
        let last = self.all.iter().filter(|s| fits(s)).filter_map(before).max();
        last.is_some() && before(self.stretch) == last
    }

    /// Whether the next expression behind the event names the stretch.
    fn spoken_of_next(&self) -> bool {
        let end = self.seen.event.trigger.tokens.end;
        let behind = |s: &Stretch| s.namings.iter().map(|n| n.head).filter(|h| *h >= end).min();
        let next = self.all.iter().filter_map(behind).min();
        next.is_some() && behind(self.stretch) == next
    }

    /// Whether no stretch is named more often.
    fn most_named(&self) -> bool {
        let most = self.all.iter().map(|s| s.namings.len()).max().unwrap_or(0);
        self.stretch.namings.len() == most
    }

    fn first_named(&self) -> bool {
        self.all
            .first()
            .is_some_and(|s| s.period == self.stretch.period)
    }

    /// Whether a sentence that names the stretch has the word of the event's trigger, or one that begins like it.
    fn same_word(&self) -> bool {
        let other = |n: &&Naming| n.sentence != self.seen.sentence;
        let word = self.seen.dater.reading.lemma(self.seen.event.head);
        let mut namings = self.stretch.namings.iter().filter(other);
        namings.any(|n| self.seen.dater.words.has_akin(n.sentence, word))
    }

    /// Whether another sentence that names the stretch fits, by the head of the expression.
    fn other(&self, fits: impl Fn(&Naming) -> bool) -> bool {
        let other = |n: &&Naming| n.sentence != self.seen.sentence;
        self.stretch.namings.iter().filter(other).any(fits)
    }

    /// Whether such a sentence tells of one of these actors.
    fn tells_of(&self, actors: &[usize]) -> bool {
        self.other(|n| super::shares(actors, self.seen.dater.company.present(n.sentence)))
    }

    /// Whether one of the event's actors does there what the expression dates.
    fn same_doer(&self) -> bool {
        let dater = self.seen.dater;
        self.other(|n| {
            dater
                .company
                .does(dater.reading, n.head, &self.seen.event.actor)
        })
    }

    /// Whether what the expression dates there begins like the trigger.
    fn dates_word(&self) -> bool {
        let reading = self.seen.dater.reading;
        let word = reading.lemma(self.seen.event.head);
        self.other(|n| {
            reading
                .upwards(n.head)
                .skip(1)
                .take(4)
                .any(|t| akin(reading.lemma(t), word))
        })
    }

    /// Whether it ends a caption that the event stands in.
    fn caption(&self) -> bool {
        self.tie
            .as_ref()
            .is_some_and(|t| self.seen.dater.caption(t.naming.time, self.seen.sentence))
            || self.here()
                && self.stretch.namings.iter().any(|n| {
                    n.sentence == self.seen.sentence && self.seen.dater.caption(n.time, n.sentence)
                })
    }

    /// Whether all that names it are captions.
    fn only_captions(&self) -> bool {
        self.stretch
            .namings
            .iter()
            .all(|n| self.seen.dater.caption(n.time, n.sentence))
    }

    /// Whether another trigger stands between the event and the nearest naming in its sentence.
    fn other_between(&self) -> bool {
        let head = self.seen.event.head;
        let tokens = &self.seen.event.trigger.tokens;
        let near = self
            .stretch
            .namings
            .iter()
            .filter(|n| n.sentence == self.seen.sentence);
        let Some(near) = near.min_by_key(|n| n.head.abs_diff(head)) else {
            return false;
        };
        let between = near.head.min(head)..near.head.max(head);
        between
            .into_iter()
            .any(|t| !tokens.contains(&t) && self.seen.dater.ties.is_trigger(t))
    }

    /// Whether no other stretch is named nearer to the event in its sentence.
    fn nearest_here(&self) -> bool {
        let away = |s: &Stretch| {
            let here = s
                .namings
                .iter()
                .filter(|n| n.sentence == self.seen.sentence);
            here.map(|n| n.head.abs_diff(self.seen.event.head)).min()
        };
        let nearest = self.all.iter().filter_map(away).min();
        self.here() && nearest == self.apart
    }
}

const CLAUSAL: &[&str] = &[
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "parataxis",
    "conj",
    "csubj",
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

/// Nouns, names and verbs of each sentence, in lower case, sorted.
pub(super) struct Words {
    of: Vec<Vec<String>>,
}

impl Words {
    pub(super) fn new(reading: &Reading) -> Self {
        let count = reading.document.tokens.len();
        let sentences = reading.document.sentences.iter();
        let of = sentences.map(|sentence| {
            let tokens = sentence.tokens.clone().filter(|t| *t < count);
            let content = tokens
                .filter(|t| matches!(reading.upos(*t), Upos::Noun | Upos::Propn | Upos::Verb));
            let mut words: Vec<String> = content.map(|t| reading.lemma(t).to_lowercase()).collect();
            words.retain(|word| word.len() > 3);
            words.sort();
            words.dedup();
            words
        });
        Words { of: of.collect() }
    }

    /// How many words the two sentences share.
    fn shared(&self, one: usize, other: usize) -> usize {
        let (Some(one), Some(other)) = (self.of.get(one), self.of.get(other)) else {
            return 0;
        };
        one.iter()
            .filter(|w| other.binary_search(w).is_ok())
            .count()
    }

    /// Whether the sentence has a word that begins like `word`.
    fn has_akin(&self, sentence: usize, word: &str) -> bool {
        let words = self.of.get(sentence);
        words.is_some_and(|words| words.iter().any(|w| akin(w, word)))
    }
}

/// Whether two words begin alike, as a verb and its noun do ("arrest", "arrested"; "invade", "invasion").
pub(super) fn akin(a: &str, b: &str) -> bool {
    let start = |word: &str| {
        word.chars()
            .take(5)
            .flat_map(char::to_lowercase)
            .collect::<Vec<_>>()
    };
    start(a) == start(b)
}

/// Other events that tell something of an event's date, by name of the relation; each as indices.
pub(super) fn relatives(dater: &Dater, index: usize) -> BTreeMap<&'static str, Vec<usize>> {
    let events = dater.events;
    let event = &events[index];
    let sentence = |e: usize| dater.reading.sentence(events[e].head);
    let own = sentence(index);
    let near = |e: usize| sentence(e).abs_diff(own);
    let same_type = |e: usize| events[e].trigger.event == event.trigger.event;
    let same_act = |e: usize| {
        same_type(e)
            && akin(
                dater.reading.lemma(events[e].head),
                dater.reading.lemma(event.head),
            )
    };
    let speak = |e: usize| spoken(events[e].trigger.event);
    let same_actor = |e: usize| super::shares(&events[e].actor, &event.actor);
    let same_mode = |e: usize| {
        same_type(e) && event.trigger.mode.is_some() && events[e].trigger.mode == event.trigger.mode
    };
    let terms = |e: usize| dater.terms.get(e).map_or(&[][..], Vec::as_slice);
    let same_terms = |e: usize| same_type(e) && terms(e).iter().any(|w| terms(index).contains(w));
    let fits = |a: &[usize], b: &[usize]| a.is_empty() || b.is_empty() || super::shares(a, b);
    let compatible = |e: usize| {
        same_type(e)
            && fits(&events[e].actor, &event.actor)
            && fits(&events[e].recipient, &event.recipient)
    };
    let same_recipient = |e: usize| super::shares(&events[e].recipient, &event.recipient);
    let above: Vec<usize> = dater.reading.upwards(event.head).skip(1).collect();
    let over = |e: usize| above.contains(&events[e].head);
    let under = |e: usize| {
        dater
            .reading
            .upwards(events[e].head)
            .skip(1)
            .any(|t| t == event.head)
    };
    let before = |fits: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..index)
            .rev()
            .take(MOST)
            .find(|e| fits(*e))
            .into_iter()
            .collect()
    };
    let behind = |fits: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (index + 1..events.len())
            .take(MOST)
            .find(|e| fits(*e))
            .into_iter()
            .collect()
    };
    let around = index.saturating_sub(MOST)..events.len().min(index + MOST);
    let all = |fits: &dyn Fn(usize) -> bool| -> Vec<usize> {
        around.clone().filter(|e| *e != index && fits(*e)).collect()
    };
    let mut found = BTreeMap::from([
        ("last", before(&|_| true)),
        ("next", behind(&|_| true)),
        ("last of its kind", before(&|e| speak(e) == speak(index))),
        ("next of its kind", behind(&|e| speak(e) == speak(index))),
        ("last of type", before(&same_type)),
        ("next of type", behind(&same_type)),
        ("last of actor", before(&same_actor)),
        ("next of actor", behind(&same_actor)),
        ("last of sentence before", before(&|e| near(e) == 1)),
        ("over", all(&|e| near(e) == 0 && over(e))),
        ("under", all(&|e| near(e) == 0 && under(e))),
        ("same sentence", all(&|e| near(e) == 0)),
        ("same act", all(&same_act)),
        ("same act of actor", all(&|e| same_act(e) && same_actor(e))),
        (
            "same act on recipient",
            all(&|e| same_act(e) && same_recipient(e)),
        ),
        (
            "same type, both parties",
            all(&|e| same_type(e) && same_actor(e) && same_recipient(e)),
        ),
        (
            "statement of actor",
            all(&|e| speak(e) && speak(index) && same_actor(e)),
        ),
        ("same recipient", all(&same_recipient)),
        ("same type", all(&same_type)),
        ("same mode", all(&same_mode)),
        ("same terms", all(&same_terms)),
        (
            "same type, same terms, fitting",
            all(&|e| same_terms(e) && compatible(e)),
        ),
        ("fitting parties", all(&compatible)),
        ("last of fitting parties", before(&compatible)),
        ("last of same terms", before(&same_terms)),
        (
            "headline",
            all(&|e| same_type(e) && headline(sentence(e), own)),
        ),
        ("any", all(&|_| true)),
    ]);
    found.retain(|_, events| !events.is_empty());
    found
}

/// What an event is about: nouns of its parties and of what hangs on its trigger, in lower case.
pub(super) fn terms(reading: &Reading, event: &Event) -> Vec<String> {
    const ABOUT: &[&str] = &["nsubj", "obj", "obl", "nmod", "compound", "amod", "appos"];
    let dated = |t: &usize| {
        !reading
            .document
            .times
            .iter()
            .any(|time| reading.document.touched(time.span).contains(t))
    };
    let noun = |t: &usize| matches!(reading.upos(*t), Upos::Noun | Upos::Propn);
    let below = reading
        .related(event.head, ABOUT)
        .flat_map(|t| reading.subtree(t).into_iter().take(8));
    let roles = &event.roles;
    let sound = roles
        .actor
        .iter()
        .chain(&roles.recipient)
        .filter(|r| reading.is_sound(r));
    let parties = sound.flat_map(|r| r.clone());
    let words = below.chain(parties).filter(|t| noun(t) && dated(t));
    let mut terms: Vec<String> = words.map(|t| reading.lemma(t).to_lowercase()).collect();
    terms.retain(|word| word.len() > 2);
    terms.sort();
    terms.dedup();
    terms
}

/// Whether one of the sentences is the headline and the other the lead.
fn headline(one: usize, other: usize) -> bool {
    one.min(other) == 0 && (1..3).contains(&one.max(other))
}

/// Who is told of where.
pub(super) struct Company {
    /// Actors by sentence.
    present: Vec<Vec<usize>>,
    /// Actors by the head of their mentions.
    at: BTreeMap<usize, usize>,
}

impl Company {
    pub(super) fn new(reading: &Reading, cast: &Cast) -> Self {
        let mut company = Company {
            present: vec![Vec::new(); reading.document.sentences.len()],
            at: BTreeMap::new(),
        };
        for (actor, draft) in cast.actors.iter().enumerate() {
            for mention in draft.mentions.iter().map(|m| &cast.mentions.all[*m]) {
                company.at.insert(mention.head, actor);
                let sentence = reading.sentence(mention.head);
                if let Some(present) = company
                    .present
                    .get_mut(sentence)
                    .filter(|p| !p.contains(&actor))
                {
                    present.push(actor);
                }
            }
        }
        company
    }

    fn present(&self, sentence: usize) -> &[usize] {
        self.present.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Whether one of the actors is subject of a verb above the token.
    fn does(&self, reading: &Reading, token: usize, actors: &[usize]) -> bool {
        let subject = |t: usize| {
            reading
                .related(t, &["nsubj"])
                .any(|s| self.at.get(&s).is_some_and(|a| actors.contains(a)))
        };
        reading.upwards(token).skip(1).take(4).any(subject)
    }
}

/// Most events to either side that are looked at for one relation.
const MOST: usize = 64;

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
