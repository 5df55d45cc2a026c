//! An event and a stretch that may be its date, and how the one stands to the other.

use super::company::akin;
use super::seen::Seen;
use super::stretches::{How, Naming, Stretch};
use super::ties::Tie;

/// Relations by which clauses hang on words.
pub(super) const CLAUSAL: &[&str] = &[
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "parataxis",
    "conj",
    "csubj",
];

/// An event and a stretch that may be its date.
pub(super) struct Case<'c> {
    pub(super) seen: &'c Seen<'c>,
    pub(super) all: &'c [Stretch],
    pub(super) stretch: &'c Stretch,
    /// The nearest way through the tree from the event to a naming of the stretch.
    pub(super) tie: Option<Tie>,
    /// Sentences back to the nearest naming before the event.
    pub(super) back: Option<usize>,
    /// Sentences on to the nearest naming behind it.
    pub(super) ahead: Option<usize>,
    /// Words between the event and the nearest naming in its sentence.
    pub(super) apart: Option<usize>,
    /// Most words that the event's sentence shares with another that names the stretch.
    pub(super) shared: usize,
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

    /// How likely the head for arguments holds an expression of the stretch to say when the event happened, 0 to 1; `None`
    /// where it saw none of them together with the event.
    pub(super) fn pointed(&self) -> Option<f32> {
        let document = self.seen.dater.reading.document;
        let when = &self.seen.event.trigger.scores.when;
        let words = |n: &Naming| document.touched(document.times[n.time].span);
        let all = self.stretch.namings.iter();
        all.filter_map(|n| when.most(&words(n))).reduce(f32::max)
    }

    pub(super) fn here(&self) -> bool {
        self.apart.is_some()
    }

    pub(super) fn tied(&self, fits: impl Fn(&Tie) -> bool) -> bool {
        self.tie.as_ref().is_some_and(fits)
    }

    /// How the event's side hangs where the ways meet.
    pub(super) fn own(&self, relations: &[&str]) -> bool {
        self.tied(|t| relations.contains(&self.seen.dater.ties.own_relation(t)))
    }

    /// Whether a clause opens on the event's side below the top.
    pub(super) fn own_clause(&self) -> bool {
        let reading = self.seen.dater.reading;
        self.tied(|t| {
            t.own
                .iter()
                .rev()
                .skip(1)
                .any(|o| CLAUSAL.contains(&reading.relation(*o)))
        })
    }

    pub(super) fn theirs(&self, relations: &[&str]) -> bool {
        self.tied(|t| relations.contains(&self.seen.dater.ties.their_relation(t)))
    }

    /// Whether the expression, or what it hangs on, stands behind one of these words.
    pub(super) fn behind(&self, words: &[&str]) -> bool {
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
    pub(super) fn possessive(&self) -> bool {
        self.tied(|t| self.seen.dater.reading.full_relation(t.naming.head) == "nmod:poss")
    }

    pub(super) fn meets_at(&self, fits: impl Fn(usize) -> bool) -> bool {
        self.tied(|t| !t.own.is_empty() && fits(t.meeting))
    }

    pub(super) fn aged(&self, fits: impl Fn(i64) -> bool) -> bool {
        self.stretch.age.is_some_and(fits)
    }

    /// Length of the date: 10 for a day, 7 a month, 4 a year.
    pub(super) fn grain(&self) -> usize {
        self.stretch.period.first.len()
    }

    pub(super) fn range(&self) -> bool {
        self.stretch.period.first != self.stretch.period.last
    }

    pub(super) fn how(&self, how: How) -> bool {
        let naming = self.tie.as_ref().map(|t| t.naming.how);
        let first = self.stretch.namings.first().map(|n| n.how);
        naming.or(first) == Some(how)
    }

    /// Whether the last expression before the event names the stretch.
    pub(super) fn spoken_of_last(&self, fits: impl Fn(&Stretch) -> bool) -> bool {
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
    pub(super) fn spoken_of_next(&self) -> bool {
        let end = self.seen.event.trigger.tokens.end;
        let behind = |s: &Stretch| s.namings.iter().map(|n| n.head).filter(|h| *h >= end).min();
        let next = self.all.iter().filter_map(behind).min();
        next.is_some() && behind(self.stretch) == next
    }

    /// Whether no stretch is named more often.
    pub(super) fn most_named(&self) -> bool {
        let most = self.all.iter().map(|s| s.namings.len()).max().unwrap_or(0);
        self.stretch.namings.len() == most
    }

    pub(super) fn first_named(&self) -> bool {
        self.all
            .first()
            .is_some_and(|s| s.period == self.stretch.period)
    }

    /// Whether a sentence that names the stretch has the word of the event's trigger, or one that begins like it.
    pub(super) fn same_word(&self) -> bool {
        let other = |n: &&Naming| n.sentence != self.seen.sentence;
        let word = self.seen.dater.reading.lemma(self.seen.event.head);
        let mut namings = self.stretch.namings.iter().filter(other);
        namings.any(|n| self.seen.dater.words.has_akin(n.sentence, word))
    }

    /// Whether another sentence that names the stretch fits, by the head of the expression.
    pub(super) fn other(&self, fits: impl Fn(&Naming) -> bool) -> bool {
        let other = |n: &&Naming| n.sentence != self.seen.sentence;
        self.stretch.namings.iter().filter(other).any(fits)
    }

    /// Whether such a sentence tells of one of these actors.
    pub(super) fn tells_of(&self, actors: &[usize]) -> bool {
        self.other(|n| super::shares(actors, self.seen.dater.company.present(n.sentence)))
    }

    /// Whether one of the event's actors does there what the expression dates.
    pub(super) fn same_doer(&self) -> bool {
        let dater = self.seen.dater;
        self.other(|n| {
            dater
                .company
                .does(dater.reading, n.head, &self.seen.event.actor)
        })
    }

    /// Whether what the expression dates there begins like the trigger.
    pub(super) fn dates_word(&self) -> bool {
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
    pub(super) fn caption(&self) -> bool {
        self.tie
            .as_ref()
            .is_some_and(|t| self.seen.dater.caption(t.naming.time, self.seen.sentence))
            || self.here()
                && self.stretch.namings.iter().any(|n| {
                    n.sentence == self.seen.sentence && self.seen.dater.caption(n.time, n.sentence)
                })
    }

    /// Whether all that names it are captions.
    pub(super) fn only_captions(&self) -> bool {
        self.stretch
            .namings
            .iter()
            .all(|n| self.seen.dater.caption(n.time, n.sentence))
    }

    /// Whether another trigger stands between the event and the nearest naming in its sentence.
    pub(super) fn other_between(&self) -> bool {
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
    pub(super) fn nearest_here(&self) -> bool {
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
