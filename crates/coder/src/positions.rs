//! Where parties stand on an issue: for it or against it, in agreement or disagreement with each other.
//!
//! A position is read off a word of the lexicon ("differences", "oppose", "united") with its parties and the issue in its
//! reach. Officials stand for their state where the story names it.

use lexicon::Leaning;
use types::{EventType, Upos};

use crate::cast::Cast;
use crate::claims::{Claims, subject};
use crate::draft::Kind;
use crate::events::Event;
use crate::issues::Issues;
use crate::reading::Reading;
use crate::status::{OPEN, has_modal, is_negated};

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
    let mut all: Vec<Position> = Vec::new();
    for word in 0..reading.document.tokens.len() {
        for found in finder.at(word) {
            let same = |p: &&mut Position| {
                (p.issue, &p.actors, p.says) == (found.issue, &found.actors, found.says)
            };
            match all.iter_mut().find(same) {
                Some(known) => {
                    known.words.extend(found.words);
                    known.claims.extend(
                        found
                            .claims
                            .iter()
                            .filter(|c| !known.claims.contains(c))
                            .copied()
                            .collect::<Vec<_>>(),
                    );
                }
                None => all.push(found),
            }
        }
    }
    all
}

/// Words for whoever met or spoke before.
const VAGUE: &[&str] = &[
    "they",
    "side",
    "party",
    "both",
    "leader",
    "country",
    "nation",
    "government",
];

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
        let Some(leaning) = reading.lexicon.leaning(reading.lemma(word)) else {
            return Vec::new();
        };
        let verb = self.verb_of(word);
        if has_modal(reading, word, OPEN) || has_modal(reading, verb, OPEN) {
            return Vec::new();
        }
        let negated = is_negated(reading, word) || verb != word && is_negated(reading, verb);
        let says = match (leaning, negated) {
            (Leaning::Agree, false) | (Leaning::Disagree, true) => Says::Agree,
            (Leaning::Disagree, false) | (Leaning::Agree, true) => Says::Disagree,
            (Leaning::For, false) => Says::For,
            (Leaning::For, true) | (Leaning::Against, false) => Says::Against,
            (Leaning::Against, true) => Says::Neutral,
        };
        match leaning {
            Leaning::Agree | Leaning::Disagree => self.relation(word, verb, says),
            Leaning::For | Leaning::Against => self.stance(word, says),
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

    fn stance(&self, word: usize, says: Says) -> Vec<Position> {
        if !matches!(self.reading.upos(word), Upos::Verb | Upos::Adj) {
            return Vec::new();
        }
        let actors = self.principals(&self.subjects(word));
        let objects: Vec<usize> = self
            .reading
            .related(word, &["obj", "obl", "ccomp", "xcomp"])
            .flat_map(|o| self.reading.subtree(o))
            .collect();
        let issues = self.issues.among(|head| objects.contains(&head));
        let pairs = issues
            .into_iter()
            .flat_map(|i| actors.iter().map(move |a| (i, *a)));
        pairs
            .map(|(issue, actor)| self.position(issue, vec![actor], says, word))
            .collect()
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

    /// Parties that a preposition joins to the word: "differences between A and B", "agree with B".
    fn joined(&self, word: usize) -> Vec<usize> {
        let reading = self.reading;
        let with = |t: usize| {
            reading
                .related(t, &["case"])
                .any(|c| reading.lemma_is(c, &["between", "among", "with"]))
        };
        let joined: Vec<usize> = reading
            .related(word, &["nmod", "obl"])
            .filter(|t| with(*t))
            .collect();
        let found: Vec<usize> = joined.into_iter().flat_map(|t| self.party(t)).collect();
        self.principals(&found)
    }

    /// Who does what the verb says: its subject, or that of the clause it belongs to.
    fn subjects(&self, verb: usize) -> Vec<usize> {
        let reading = self.reading;
        let clauses = ["advcl", "xcomp", "conj", "ccomp", "acl"];
        let mut at = verb;
        loop {
            if let Some(subject) = subject(reading, at) {
                return self.party(subject);
            }
            match reading.head(at) {
                Some(above) if clauses.contains(&reading.relation(at)) && above != at => at = above,
                _ => return Vec::new(),
            }
        }
    }

    /// The actors that the phrase around `head` names; whoever met last, where it only says "they" or "both sides".
    fn party(&self, head: usize) -> Vec<usize> {
        let reading = self.reading;
        let mut range = reading.noun_phrase(head);
        for other in reading.related(head, &["conj"]) {
            let phrase = reading.noun_phrase(other);
            range = range.start.min(phrase.start)..range.end.max(phrase.end);
        }
        let found = self.cast.parties(reading, &range);
        let many = reading.lemma_is(head, &["they", "both"]) || reading.is_plural(head);
        let vague = many && reading.lemma_is(head, VAGUE) && found.len() < 2;
        let unnamed = || found.iter().all(|a| self.is_vague(*a));
        if vague && unnamed() {
            self.last_met(head).unwrap_or_default()
        } else {
            found
        }
    }

    /// Whether an actor is nobody in particular: "the two sides".
    fn is_vague(&self, actor: usize) -> bool {
        let draft = &self.cast.actors[actor];
        let last = draft.name.rsplit(' ').next().unwrap_or_default();
        !draft.named
            && [
                "sides",
                "parties",
                "both",
                "leaders",
                "countries",
                "nations",
                "governments",
            ]
            .contains(&last)
    }

    /// Everybody in the last meeting or agreement of two parties or more before `token`.
    fn last_met(&self, token: usize) -> Option<Vec<usize>> {
        let here = self.reading.sentence(token);
        let met = self.events.iter().rev().filter(|e| {
            let near = e.head < token && here - self.reading.sentence(e.head) <= REACH;
            let kind = matches!(
                e.trigger.event,
                EventType::Consult | EventType::Agree | EventType::Cooperate
            );
            near && kind && !e.actor.iter().any(|a| self.is_vague(*a))
        });
        let everybody = met.map(|e| {
            e.actor
                .iter()
                .chain(&e.recipient)
                .copied()
                .collect::<Vec<_>>()
        });
        everybody
            .into_iter()
            .find(|all| self.principals(all).len() >= 2)
    }

    /// States in place of their officials; each actor once, in order of number.
    fn principals(&self, actors: &[usize]) -> Vec<usize> {
        let mut all: Vec<usize> = actors.iter().map(|a| self.principal(*a)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn principal(&self, actor: usize) -> usize {
        let draft = &self.cast.actors[actor];
        let official = draft.kind != Kind::State && draft.roles.contains(&"GOV");
        let state = |d: &crate::draft::Draft| {
            d.kind == Kind::State && d.country == draft.country && !d.mentions.is_empty()
        };
        let found = || self.cast.actors.iter().position(state);
        draft
            .country
            .filter(|_| official)
            .and_then(|_| found())
            .unwrap_or(actor)
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
            self.issues
                .last_before(self.reading, word, REACH)
                .into_iter()
                .collect()
        })
    }
}
