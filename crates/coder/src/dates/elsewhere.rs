//! The date of an event whose own sentence gives none: the story tells of the same act elsewhere, or still of the same day.
//!
//! Every stretch of the calendar that the story names is weighed against "no date" by a linear score over plain questions.
//! The weights are those of a multinomial logistic regression, one choice an event, over the train part of the annotated
//! stories (131, 2,760 events without a date in their own sentence), with the events as annotated and those before an event
//! dated as annotated; L2 penalty .001; questions that weighed less than .1 are left out.

use types::{EventType, Period, Status, Upos};

use super::{Choice, Dater};
use crate::events::Event;
use crate::status::spoken;

/// Added to the score of each stretch, for the regression's dates are fewer than the annotators'. With 1, on the train part,
/// 440 events get their date by this, 186 another, and 466 one where the annotators gave none.
const READINESS: f32 = 1.0;

/// Most stretches, and most events of each, that are weighed: more are no story but an archive, and take time.
const MOST: usize = 64;

/// An expression that names a stretch.
#[derive(Clone, Copy)]
struct Naming {
    time: usize,
    head: usize,
    sentence: usize,
}

/// A stretch of the calendar, with what names it and what it dates.
struct Stretch {
    period: Period,
    /// Days from its beginning to the publication; `None` where that is not known.
    age: Option<i64>,
    namings: Vec<Naming>,
    /// Events that it dates by their own sentences.
    events: Vec<usize>,
}

/// The dates of all events, given those that their own sentences give.
pub(super) fn complete(dater: &Dater, own: Vec<Option<Choice>>) -> Vec<Option<Choice>> {
    let stretches = stretches(dater, &own);
    let words = words(dater);
    let mut all = own;
    for index in 0..all.len() {
        let status = dater.events[index].verdict.status;
        let open = all[index].is_none() && !matches!(status, Status::Possible | Status::Negated);
        if open && !stretches.is_empty() {
            all[index] = choose(dater, &all, &stretches, &words, index);
        }
    }
    all
}

fn choose(
    dater: &Dater,
    known: &[Option<Choice>],
    all: &[Stretch],
    words: &[Vec<String>],
    index: usize,
) -> Option<Choice> {
    let mut best: Option<(f32, &Stretch)> = None;
    let sentence = dater.reading.sentence(dater.events[index].head);
    // What the event's own sentence names belongs to something else there: the tree has said so.
    let named = |s: &&Stretch| s.namings.iter().any(|n| n.sentence != sentence);
    for stretch in all.iter().filter(named) {
        let case = Case::new(dater, known, all, words, index, stretch);
        let score: f32 = QUESTIONS
            .iter()
            .map(|(weight, asks)| weight * asks(&case))
            .sum();
        let score = score + READINESS;
        if score > 0.0 && best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, stretch));
        }
    }
    let (_, stretch) = best?;
    let others = stretch.namings.iter().filter(|n| n.sentence != sentence);
    let nearest = others.min_by_key(|n| n.sentence.abs_diff(sentence))?;
    Some(Choice {
        time: nearest.time,
        period: stretch.period.clone(),
        rule: "elsewhere",
    })
}

fn stretches(dater: &Dater, own: &[Option<Choice>]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for (event, choice) in own.iter().enumerate() {
        if let Some(choice) = choice {
            add(dater, &mut found, &choice.period, choice.time, Some(event));
        }
    }
    for dated in dater.dated.iter().filter(|d| d.resolved) {
        let used = |s: &Stretch| s.namings.iter().any(|n| n.time == dated.time);
        let value = dater.reading.document.times[dated.time].value.as_deref();
        if let Some(period) = value
            .and_then(Period::of)
            .filter(|_| !found.iter().any(used))
        {
            add(dater, &mut found, &period, dated.time, None);
        }
    }
    found
}

fn add(dater: &Dater, to: &mut Vec<Stretch>, period: &Period, time: usize, event: Option<usize>) {
    let (Some((first, _)), Some(dated)) =
        (period.bounds(), dater.dated.iter().find(|d| d.time == time))
    else {
        return;
    };
    let at = to
        .iter()
        .position(|s| s.period == *period)
        .unwrap_or(to.len());
    if at == MOST {
        return;
    }
    if at == to.len() {
        to.push(Stretch {
            period: period.clone(),
            age: dater.published.map(|day| day.days() - first.days()),
            namings: Vec::new(),
            events: Vec::new(),
        });
    }
    let stretch = &mut to[at];
    let (head, sentence) = (dated.head, dated.sentence);
    if stretch.namings.len() < MOST && !stretch.namings.iter().any(|n| n.time == time) {
        stretch.namings.push(Naming {
            time,
            head,
            sentence,
        });
    }
    if stretch.events.len() < MOST {
        stretch.events.extend(event);
    }
}

/// Nouns, names and verbs of each sentence, in lower case, sorted.
fn words(dater: &Dater) -> Vec<Vec<String>> {
    let reading = dater.reading;
    let count = reading.document.tokens.len();
    let sentences = reading.document.sentences.iter();
    let of = sentences.map(|sentence| {
        let tokens = sentence.tokens.clone().filter(|t| *t < count);
        let content =
            tokens.filter(|t| matches!(reading.upos(*t), Upos::Noun | Upos::Propn | Upos::Verb));
        let mut words: Vec<String> = content.map(|t| reading.lemma(t).to_lowercase()).collect();
        words.retain(|word| word.len() > 3);
        words.sort();
        words.dedup();
        words
    });
    of.collect()
}

/// An event and a stretch that may be its date.
struct Case<'c> {
    dater: &'c Dater<'c, 'c>,
    known: &'c [Option<Choice>],
    all: &'c [Stretch],
    words: &'c [Vec<String>],
    index: usize,
    event: &'c Event<'c>,
    stretch: &'c Stretch,
    sentence: usize,
    /// Sentences back to the nearest naming before the event.
    back: Option<usize>,
    /// Sentences on to the nearest naming behind it.
    ahead: Option<usize>,
}

impl<'c> Case<'c> {
    fn new(
        dater: &'c Dater<'c, 'c>,
        known: &'c [Option<Choice>],
        all: &'c [Stretch],
        words: &'c [Vec<String>],
        index: usize,
        stretch: &'c Stretch,
    ) -> Self {
        let event = &dater.events[index];
        let sentence = dater.reading.sentence(event.head);
        let away = |naming: &Naming| naming.sentence.abs_diff(sentence);
        let before = |naming: &&Naming| naming.head < event.trigger.tokens.start;
        let namings = || stretch.namings.iter();
        Case {
            dater,
            known,
            all,
            words,
            index,
            event,
            stretch,
            sentence,
            back: namings().filter(before).map(away).min(),
            ahead: namings().filter(|n| !before(n)).map(away).min(),
        }
    }

    /// Whether the stretch dates an event of the same type that also fits.
    fn dates(&self, fits: impl Fn(&Event) -> bool) -> bool {
        let events = self.stretch.events.iter().map(|e| &self.dater.events[*e]);
        let same = |other: &&Event| other.trigger.event == self.event.trigger.event;
        events.filter(same).any(fits)
    }

    fn speaks(&self) -> bool {
        spoken(self.event.trigger.event)
    }

    /// Whether the stretch dates an act of speaking that also fits, and this is one.
    fn statement(&self, fits: impl Fn(&Event) -> bool) -> bool {
        let mut events = self.stretch.events.iter().map(|e| &self.dater.events[*e]);
        self.speaks() && events.any(|other| spoken(other.trigger.event) && fits(other))
    }

    /// The last event before this one that fits: whether its date is the stretch, and whether it has none.
    fn last(&self, fits: impl Fn(&Event) -> bool) -> (bool, bool) {
        let mut before = (0..self.index).rev().take(MOST);
        match before.find(|other| fits(&self.dater.events[*other])) {
            Some(other) => match &self.known[other] {
                Some(choice) => (choice.period.first == self.stretch.period.first, false),
                None => (false, true),
            },
            None => (false, false),
        }
    }

    fn same_type(&self) -> impl Fn(&Event) -> bool {
        let kind = self.event.trigger.event;
        move |other| other.trigger.event == kind
    }

    fn same_actor(&self) -> impl Fn(&Event) -> bool + '_ {
        |other| super::shares(&self.event.actor, &other.actor)
    }

    fn same_act(&self) -> impl Fn(&Event) -> bool + '_ {
        |other| self.dater.same_act(self.event, other)
    }

    fn is(&self, kind: EventType) -> bool {
        self.event.trigger.event == kind
    }

    /// Whether no stretch dates more events.
    fn modal(&self) -> bool {
        let most = self.all.iter().map(|s| s.events.len()).max().unwrap_or(0);
        most > 0 && self.stretch.events.len() == most
    }

    /// Whether the last expression before the event names the stretch.
    fn spoken_of_last(&self) -> bool {
        let start = self.event.trigger.tokens.start;
        let before = self.dater.dated.iter().take_while(|d| d.head < start);
        let last = before.filter(|d| d.resolved).last();
        last.is_some_and(|d| self.stretch.namings.iter().any(|n| n.time == d.time))
    }

    /// Most words that the event's sentence shares with one that names the stretch.
    fn shared_words(&self) -> usize {
        let none = Vec::new();
        let words = |sentence: usize| self.words.get(sentence).unwrap_or(&none);
        let own = words(self.sentence);
        let shared = |n: &Naming| {
            words(n.sentence)
                .iter()
                .filter(|w| own.binary_search(w).is_ok())
                .count()
        };
        self.stretch.namings.iter().map(shared).max().unwrap_or(0)
    }

    fn aged(&self, fits: impl Fn(i64) -> bool) -> bool {
        self.stretch.age.is_some_and(fits)
    }

    fn today(&self) -> bool {
        self.aged(|age| age == 0) && self.grain() == 10
    }

    /// Length of the date: 10 for a day, 7 a month, 4 a year.
    fn grain(&self) -> usize {
        self.stretch.period.first.len()
    }

    /// Whether the event's head is a finite verb in the past tense.
    fn past_tense(&self) -> bool {
        let has = |feature| self.dater.reading.feature(self.event.head, feature);
        has("Tense=Past") && has("VerbForm=Fin")
    }
}

fn yes(answer: bool) -> f32 {
    f32::from(u8::from(answer))
}

/// 1 for no distance, a half for one sentence, and so on; 0 where there is none.
fn near(distance: Option<usize>) -> f32 {
    distance.map_or(0.0, |sentences| 1.0 / (1.0 + sentences as f32))
}

type Question = (f32, fn(&Case) -> f32);

/// Weights, and what they weigh.
const QUESTIONS: &[Question] = &[
    // Any stretch against none; the more there are, the less likely is each.
    (-2.88, |_| 1.0),
    (-0.64, |c| (c.all.len() as f32).ln()),
    // It dates an event of the same type; the same act; of the same parties.
    (0.59, |c| yes(c.dates(|_| true))),
    (0.34, |c| yes(c.dates(c.same_act()))),
    (0.19, |c| {
        yes(c.dates(|o| c.dater.same_act(c.event, o) && c.dater.party(c.event, o)))
    }),
    (1.02, |c| {
        yes(c.dates(|o| super::shares(&c.event.recipient, &o.recipient)))
    }),
    (0.27, |c| yes(c.dates(c.same_actor()))),
    (-0.19, |c| {
        yes(c.dates(|o| c.dater.reading.sentence(o.head).abs_diff(c.sentence) < 3))
    }),
    // This is an act of speaking, and it dates another, of the same speaker.
    (-0.2, |c| yes(c.speaks())),
    (0.26, |c| yes(c.statement(|_| true))),
    (0.33, |c| yes(c.statement(c.same_actor()))),
    // Where it is named.
    (0.66, |c| yes(c.spoken_of_last())),
    (0.28, |c| yes(c.back == Some(0))),
    (0.12, |c| yes(c.back.is_some_and(|back| back < 4))),
    (0.27, |c| near(c.back)),
    (-0.16, |c| yes(c.back.is_none())),
    (0.37, |c| yes(c.ahead == Some(0))),
    (1.48, |c| near(c.ahead)),
    (0.5, |c| (1.0 + c.shared_words() as f32).ln()),
    // How many events it dates.
    (0.4, |c| {
        c.stretch.events.len() as f32
            / c.all.iter().map(|s| s.events.len()).sum::<usize>().max(1) as f32
    }),
    (-0.15, |c| yes(c.modal())),
    (0.6, |c| yes(c.sentence == 0)),
    (0.26, |c| yes(c.sentence == 0 && c.modal())),
    (0.45, |c| yes(c.sentence < 5 && c.modal())),
    // What it is.
    (-0.42, |c| yes(c.today())),
    (0.51, |c| yes(c.today() && c.speaks())),
    (0.45, |c| {
        yes(c.aged(|age| (0..4).contains(&age)) && c.stretch.period.first == c.stretch.period.last)
    }),
    (-0.38, |c| yes(c.aged(|age| age > 60))),
    (-0.51, |c| yes(c.aged(|age| age < 0))),
    (0.33, |c| yes(c.grain() == 7)),
    (-0.14, |c| yes(c.grain() == 4)),
    // What the event is.
    (-0.14, |c| yes(c.event.verdict.status == Status::Claimed)),
    (-0.13, |c| yes(c.event.claim.is_some())),
    (0.72, |c| yes(c.past_tense())),
    (0.92, |c| yes(c.is(EventType::Protest))),
    (0.25, |c| yes(c.is(EventType::Consult))),
    (0.22, |c| yes(c.is(EventType::Coerce))),
    (-0.5, |c| yes(c.is(EventType::Accuse))),
    // What the events before it have: a story goes on about one day until it names another.
    (0.84, |c| yes(c.last(|_| true).0)),
    (-0.46, |c| yes(c.last(|_| true).1)),
    (1.56, |c| yes(c.last(c.same_actor()).0)),
    (1.37, |c| yes(c.last(c.same_type()).0)),
    (-0.33, |c| yes(c.last(c.same_type()).1)),
    (1.6, |c| yes(c.last(c.same_act()).0)),
    (-0.65, |c| yes(c.last(c.same_act()).1)),
];
