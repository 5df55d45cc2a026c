//! Where parties stand on an issue: for it or against it, in agreement or disagreement with each other.
//!
//! A position is read off a word of the lexicon ("differences", "oppose", "united") with its parties and the issue in its
//! reach. Officials stand for their state where the story names it.

mod acts;
mod holders;
mod stances;

use lexicon::Leaning;
use types::{EventType, Upos};

use crate::cast::Cast;
use crate::claims::Claims;
use crate::events::Event;
use crate::issues::Issues;
use crate::reading::Reading;
use crate::status::{OPEN, has_modal, is_negated};
use stances::Thing;

/// What one word says of the parties and an issue.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Position {
    /// Index into [`Issues::all`].
    pub(crate) issue: usize,
    /// One actor for a stance, two or more for a relation.
    pub(crate) actors: Vec<usize>,
    pub(crate) says: Says,
    /// Claims that say so, by index; empty where the story does.
    pub(crate) claims: Vec<usize>,
    /// Words that say so.
    pub(crate) words: Vec<usize>,
}

/// How the actors stand to the issue, or to each other over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    For,
    Against,
    Neutral,
    Agree,
    Disagree,
}

/// Sentences back in which "they", "the two sides" and "it" find what they mean.
const REACH: usize = 3;

/// Reads positions off words, in text order; the same position said twice is one, with both its words.
pub(crate) fn positions(
    reading: &Reading,
    cast: &Cast,
    claims: &Claims,
    events: &[Event],
    issues: &Issues,
) -> Vec<Position> {
    let finder = Finder {
        reading,
        cast,
        claims,
        events,
        issues,
    };
    let by_word = (0..reading.document.tokens.len()).flat_map(|word| finder.at(word));
    let by_event = events.iter().flat_map(|event| finder.by_event(event));
    let mut all: Vec<Position> = Vec::new();
    for found in by_word.chain(by_event) {
        let same = |p: &&mut Position| {
            (p.issue, &p.actors, p.says) == (found.issue, &found.actors, found.says)
        };
        match all.iter_mut().find(same) {
            Some(known) => known.join(found),
            None => all.push(found),
        }
    }
    all
}

impl Position {
    /// Takes in the words and claims of the same position.
    fn join(&mut self, other: Position) {
        let words = other.words.into_iter();
        for word in words {
            if !self.words.contains(&word) {
                self.words.push(word);
            }
        }
        for claim in other.claims {
            if !self.claims.contains(&claim) {
                self.claims.push(claim);
            }
        }
    }
}

struct Finder<'f, 'd> {
    reading: &'f Reading<'d>,
    cast: &'f Cast<'d>,
    claims: &'f Claims,
    events: &'f [Event<'d>],
    issues: &'f Issues<'d>,
}

impl Finder<'_, '_> {
    fn at(&self, word: usize) -> Vec<Position> {
        let reading = self.reading;
        let leaning = stances::leaning(reading, word);
        let Some(leaning) = leaning.filter(|_| !stances::is_left_open(reading, word)) else {
            return Vec::new();
        };
        // Who clashes in the street need not differ on what stands near.
        let fights = |e: &Event| {
            let kind = matches!(e.trigger.event, EventType::Assault | EventType::Protest);
            kind && e.trigger.tokens.contains(&word)
        };
        let differ = leaning == Leaning::Disagree;
        if differ && self.events.iter().any(fights) {
            return Vec::new();
        }
        let verb = self.verb_of(word);
        if has_modal(reading, word, OPEN) || has_modal(reading, verb, OPEN) {
            return Vec::new();
        }
        let negated = is_negated(reading, word) || verb != word && is_negated(reading, verb);
        match leaning {
            Leaning::Agree | Leaning::Disagree => {
                let agree = (leaning == Leaning::Agree) != negated;
                let says = if agree { Says::Agree } else { Says::Disagree };
                self.relation(word, verb, says)
            }
            Leaning::For | Leaning::Against => self.stance(word, verb, leaning, negated),
        }
    }

    /// The verb that tells who has it: of "acknowledged differences", "acknowledged"; a verb or adjective is its own.
    fn verb_of(&self, word: usize) -> usize {
        match self.reading.upos(word) {
            Upos::Noun => {
                let verbal = |t: &usize| self.reading.upos(*t) == Upos::Verb;
                self.reading
                    .upwards(word)
                    .take(3)
                    .find(verbal)
                    .unwrap_or(word)
            }
            _ => word,
        }
    }

    fn relation(&self, word: usize, verb: usize, says: Says) -> Vec<Position> {
        let mut actors = self.joined(word);
        if actors.len() < 2 {
            actors.extend(self.subjects(verb));
            actors = self.principals(&actors);
        }
        if actors.len() < 2 {
            return Vec::new();
        }
        self.topics(word, verb)
            .into_iter()
            .map(|issue| self.position(issue, actors.clone(), says, word))
            .collect()
    }

    /// Who is for or against what the word says.
    fn stance(&self, word: usize, verb: usize, leaning: Leaning, negated: bool) -> Vec<Position> {
        let reading = self.reading;
        let holders = stances::holder(reading, word, verb).map_or(Vec::new(), |h| self.party(h));
        let things = stances::things(reading, word, |t| stances::is_object(reading, word, t));
        self.stances(&holders, &things, word, |ended| {
            stances::says(leaning, negated, ended)
        })
    }

    /// How each of the actors stands to each issue among the things.
    fn stances(
        &self,
        actors: &[usize],
        things: &[Thing],
        word: usize,
        says: impl Fn(bool) -> Says,
    ) -> Vec<Position> {
        let apart = |a: &usize| !self.names(*a, word);
        let actors: Vec<usize> = actors.iter().copied().filter(apart).collect();
        let states = self.principals(&actors);
        let mut found = Vec::new();
        for (issue, ended) in self.issues_of(things) {
            let holders = if self.issues.all[issue].is_personal() {
                &actors
            } else {
                &states
            };
            let one = |actor: &usize| self.position(issue, vec![*actor], says(ended), word);
            found.extend(holders.iter().map(one));
        }
        found
    }

    /// Whether the word that says it is part of what the actor is called: "critics of the deal" are nobody beside that.
    fn names(&self, actor: usize, word: usize) -> bool {
        let mut mentions = self.cast.actors[actor].mentions.iter();
        mentions.any(|m| {
            let tokens = &self.cast.mentions.all[*m].tokens;
            tokens.contains(&word) && tokens.len() > 1
        })
    }

    /// The issues among the things, and whether it is their end that the word is about.
    fn issues_of(&self, things: &[Thing]) -> Vec<(usize, bool)> {
        let thing = |head: usize| things.iter().find(|t| t.token == head);
        let of = |issue: usize| {
            let mut mentions = self.issues.all[issue].mentions.iter();
            Some((issue, mentions.find_map(|m| thing(m.0))?.ended))
        };
        (0..self.issues.all.len()).filter_map(of).collect()
    }

    fn position(&self, issue: usize, actors: Vec<usize>, says: Says, word: usize) -> Position {
        let cued = (0..self.claims.all.len()).filter(|c| self.claims.all[*c].cued_by(word));
        let mut claims: Vec<usize> = cued.chain(self.claims.innermost(word)).collect();
        claims.sort_unstable();
        claims.dedup();
        Position {
            issue,
            actors,
            says,
            claims,
            words: vec![word],
        }
    }

    /// Issues that the word is about: under it, else in its sentence, else the last one before ("it", "the issue").
    fn topics(&self, word: usize, verb: usize) -> Vec<usize> {
        let under = |top: usize| {
            let tree = self.reading.subtree(top);
            self.issues.among(|head| tree.binary_search(&head).is_ok())
        };
        let sentence = self.reading.sentence(word);
        let whole = || {
            self.issues
                .among(|head| self.reading.sentence(head) == sentence)
        };
        let steps: [&dyn Fn() -> Vec<usize>; 3] = [&|| under(word), &|| under(verb), &whole];
        let found = steps
            .iter()
            .map(|step| step())
            .find(|issues| !issues.is_empty());
        found.unwrap_or_else(|| {
            let last = || self.issues.last_before(self.reading, word, REACH);
            let last = self.is_open(word).then(last).flatten();
            last.into_iter().collect()
        })
    }

    /// Whether the word leaves open what it is about: it names nothing, or only "it", "this", "the matter".
    fn is_open(&self, word: usize) -> bool {
        let reading = self.reading;
        let says = |t: &usize| {
            matches!(
                reading.relation(*t),
                "obj" | "ccomp" | "xcomp" | "obl" | "nmod"
            )
        };
        let content: Vec<usize> = reading
            .children(word)
            .iter()
            .copied()
            .filter(says)
            .collect();
        let back =
            |t: usize| reading.lemma_is(t, &["it", "this", "that", "issue", "matter", "question"]);
        content.is_empty() || content.iter().flat_map(|t| reading.subtree(*t)).any(back)
    }
}
