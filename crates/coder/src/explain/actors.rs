//! How words became an actor: by name, by a word for a state, by description, by pronoun.

use lexicon::{Entry, List, StateWord};
use types::explain::{Decision, RunnerUp};
use types::{TokenRange, record};

use crate::assemble::rounded;
use crate::draft::{Draft, Kind};
use crate::mentions::{Form, Mention, Nominal, Person, Referent};
use crate::naming::shortens;
use crate::nominals::key;
use crate::parties::conjuncts;

use super::{Marked, Teller, decision, line};

/// By which way a mention means its actor: the rule's id, a sentence, and the line of the lexicon that knows the words.
pub(super) struct Way {
    pub(super) rule: &'static str,
    pub(super) why: &'static str,
    pub(super) entry: Option<Entry>,
}

fn way(rule: &'static str, why: &'static str) -> Way {
    Way {
        rule,
        why,
        entry: None,
    }
}

impl Teller<'_, '_> {
    /// A decision for each party that the stretches of `marked` name. `kept` are the parties that the event has in the end,
    /// `given` the stretches as the head gave them, `passed_over` the word outside of them that came nearest.
    pub(super) fn parties(
        &self,
        marked: &Marked,
        given: &[TokenRange],
        passed_over: Option<(usize, f32)>,
        kept: &[usize],
    ) -> Vec<Decision> {
        if marked.ranges.is_empty() {
            return vec![self.nobody(marked.part, passed_over)];
        }
        let mut told = Vec::new();
        for (index, span) in marked.ranges.iter().enumerate() {
            for part in conjuncts(self.reading, span) {
                let mut found = self.party(marked.part, &part, kept);
                found.score = marked.score(index);
                told.push(found);
                told.extend(self.names_in(&part));
            }
            told.extend(self.marked_by_head(marked, index, passed_over));
            told.extend(self.by_tree(marked.part, span, given));
        }
        told
    }

    /// Tells of words that the head marked, where it did, against the word that came nearest.
    fn marked_by_head(
        &self,
        marked: &Marked,
        index: usize,
        passed_over: Option<(usize, f32)>,
    ) -> Option<Decision> {
        let span = marked.ranges.get(index)?;
        let score = marked.score(index)?;
        Some(Decision {
            value: Some(self.reading.document.words(span).to_owned()),
            score: Some(score),
            runner_up: self.nearest(passed_over),
            why: Some(format!(
                "The words that the head marked as {}.",
                marked.part
            )),
            ..decision("triggers", marked.part, "head:argument")
        })
    }

    /// The word that came nearest to being marked by a head, with its probability.
    pub(super) fn nearest(&self, passed_over: Option<(usize, f32)>) -> Option<RunnerUp> {
        let inside = |t: &usize| *t < self.reading.document.tokens.len();
        let (token, score) = passed_over.filter(|(t, _)| inside(t))?;
        Some(RunnerUp {
            value: self.reading.form(token).to_owned(),
            score: rounded(score),
        })
    }

    /// Tells of words that the tree made a party, or drew out from those that the head gave.
    fn by_tree(&self, field: &str, span: &TokenRange, given: &[TokenRange]) -> Option<Decision> {
        if given.contains(span) || !self.reading.is_sound(span) {
            return None;
        }
        let meets = |g: &TokenRange| g.start < span.end && span.start < g.end;
        let (by, why) = if given.iter().any(meets) {
            (
                "rule:whole-phrase",
                "The head's words, drawn out to their noun phrase.",
            )
        } else {
            (
                "rule:party-by-tree",
                "The head names nobody; the tree does, by subject, object or owner.",
            )
        };
        Some(Decision {
            value: Some(self.reading.document.words(span).to_owned()),
            why: Some(why.to_owned()),
            ..decision("roles", field, by)
        })
    }

    pub(super) fn nobody(&self, field: &str, passed_over: Option<(usize, f32)>) -> Decision {
        Decision {
            runner_up: self.nearest(passed_over),
            why: Some(format!("No words are marked as {field}.")),
            ..decision("triggers", field, "head:argument")
        }
    }

    /// What became of the words of one party. They lead to no actor where they mean nobody ("no one"), or a pronoun whose
    /// antecedent was not found.
    pub(super) fn party(&self, field: &str, part: &TokenRange, kept: &[usize]) -> Decision {
        let mention = self.cast.mentions.of_party(self.reading, part);
        let found = mention.and_then(|m| Some((m, self.cast.actor_of(m)?)));
        let Some((mention, actor)) = found else {
            return Decision {
                words: vec![self.words(part)],
                why: Some("These words could not be brought to an actor.".to_owned()),
                ..decision("actors", field, "rule:no-actor")
            };
        };
        if !kept.contains(&actor) {
            return Decision {
                label: Some(self.actor_name(actor)),
                words: vec![self.words(part)],
                why: Some("Left out: the same is already the event's actor.".to_owned()),
                ..decision("actors", field, "rule:same-as-actor")
            };
        }
        let way = self.way(mention, actor);
        let words = std::iter::once(self.mention_words(mention));
        let antecedent = self
            .antecedent(mention, actor)
            .map(|m| self.mention_words(m));
        Decision {
            value: self.actor_id(actor),
            label: Some(self.actor_name(actor)),
            runner_up: self.second_actor(mention),
            words: words.chain(antecedent).collect(),
            lexicon: way.entry.map(line).into_iter().collect(),
            why: Some(way.why.to_owned()),
            ..decision("actors", field, format!("rule:{}", way.rule))
        }
    }

    /// The actor that came second for a pronoun: its id, or its name where the record has it not.
    fn second_actor(&self, mention: usize) -> Option<RunnerUp> {
        let (actor, score) = self.cast.runner_up(mention)?;
        let id = self.actor_id(actor);
        Some(RunnerUp {
            value: id.unwrap_or_else(|| self.actor_name(actor)),
            score: rounded(score as f32),
        })
    }

    fn mention_words(&self, mention: usize) -> types::explain::Words {
        let mention = &self.cast.mentions.all[mention];
        if self.reading.is_sound(&mention.tokens) {
            self.words(&mention.tokens)
        } else {
            self.token(mention.head)
        }
    }

    /// The last mention of the actor before a pronoun or description, by preference one that is no pronoun.
    fn antecedent(&self, mention: usize, actor: usize) -> Option<usize> {
        let all = &self.cast.mentions.all;
        if all[mention].form == Form::Named {
            return None;
        }
        let own = self.cast.actors[actor].mentions.iter().copied();
        let before = own.filter(|m| all[*m].head < all[mention].head);
        before.max_by_key(|m| (all[*m].form != Form::Pronominal, all[*m].head))
    }

    /// By which way `mention` came to mean `actor`.
    fn way(&self, mention: usize, actor: usize) -> Way {
        let found = &self.cast.mentions.all[mention];
        let draft = &self.cast.actors[actor];
        match &found.referent {
            Referent::Person(words) => person(words, draft),
            Referent::State(_) | Referent::People(_) => self.state(found),
            Referent::Organisation(_, known) => self.organisation(found, draft, known.is_some()),
            Referent::Community => way("people-or-faith", "A people or faith that is no state."),
            Referent::Place => way(
                "place-as-party",
                "A place that takes part: it stands for its people or government.",
            ),
            Referent::Nominal(nominal) => self.description(mention, actor, nominal),
            Referent::Pronoun(person) => pronoun(*person),
        }
    }

    fn state(&self, mention: &Mention) -> Way {
        let whole = self
            .reading
            .document
            .words(&self.reading.bare(&mention.tokens));
        let words = [whole, self.reading.form(mention.head)];
        let known = words
            .into_iter()
            .find_map(|w| Some((w, self.reading.lexicon.state(w)?.word)));
        let Some((words, word)) = known else {
            return way("state", "The words stand for a state.");
        };
        let (rule, why) = match word {
            StateWord::Name => ("state-name", "The name of a state."),
            StateWord::Demonym => ("demonym", "A nationality that stands for its state."),
            StateWord::People => ("people-of-state", "The citizens of a state."),
            StateWord::Capital => ("capital", "A capital that acts stands for its state."),
            StateWord::Seat => ("seat", "A seat of government stands for its state."),
        };
        Way {
            rule,
            why,
            entry: List::States.entry(words),
        }
    }

    fn organisation(&self, mention: &Mention, draft: &Draft, known: bool) -> Way {
        let words = self
            .reading
            .document
            .words(&self.reading.bare(&mention.tokens));
        if known {
            return Way {
                rule: "known-organisation",
                why: "The lexicon knows the organisation by this name.",
                entry: List::Organisations.entry(words),
            };
        }
        if words == draft.name {
            return way(
                "name-in-text",
                "An organisation by the name that the story gives it.",
            );
        }
        way(
            "other-name",
            "Another name of the organisation: its initials, or the same name shorter or longer.",
        )
    }

    /// A noun phrase: beside a name, for a state, repeated, or describing somebody named or described before.
    fn description(&self, mention: usize, actor: usize, nominal: &Nominal) -> Way {
        let draft = &self.cast.actors[actor];
        let found = &self.cast.mentions.all[mention];
        let mut before = draft.mentions.iter().map(|m| &self.cast.mentions.all[*m]);
        let same = before.clone().any(|m| {
            m.head < found.head
                && matches!(&m.referent, Referent::Nominal(n) if key(n) == key(nominal))
        });
        let beside = |m: &Mention| {
            let joined = |a: usize, b: usize| {
                self.reading.head(a) == Some(b)
                    && ["appos", "flat"].contains(&self.reading.relation(a))
            };
            joined(m.head, found.head) || joined(found.head, m.head)
        };
        if before.any(beside) {
            return way("apposition", "The description stands beside the name.");
        }
        if draft.kind == Kind::State {
            return way(
                "state-phrase",
                "Words such as “government” or “country” stand for the state.",
            );
        }
        if same {
            return way(
                "same-description",
                "The same words described the actor before.",
            );
        }
        if self.antecedent(mention, actor).is_none() {
            return way(
                "described-here",
                "Nobody before fits the description: an actor of its own.",
            );
        }
        match draft.kind {
            Kind::Person => way(
                "holder-of-title",
                "The last person before with this title or role.",
            ),
            Kind::Group => way(
                "shorter-description",
                "The last group before that was described by these words and more.",
            ),
            _ => way(
                "collective-noun",
                "The last body before that such a noun can mean.",
            ),
        }
    }

    /// How a claim's source came to be its actor, where words name it.
    pub(super) fn source(&self, claim: &record::Claim, spans: &[TokenRange]) -> Option<Decision> {
        let actor = claim.source.as_ref()?.actor.as_ref()?;
        let index = self
            .actor_ids
            .iter()
            .position(|id| id.as_ref() == Some(actor))?;
        let parts = spans.iter().flat_map(|s| conjuncts(self.reading, s));
        let mut told = parts.map(|part| self.party("source", &part, &[index]));
        told.find(|d| d.value.as_ref() == Some(actor))
    }
}

fn person(words: &[String], draft: &Draft) -> Way {
    match shortens(words, &draft.key) {
        Some(0) => way("full-name", "A person by the fullest name in the story."),
        Some(1) => way(
            "surname",
            "A surname, or a shorter first name, of a person whom the story names more fully.",
        ),
        Some(_) => way("part-of-name", "A part of the fuller name of a person."),
        None => way("name", "A person's name."),
    }
}

fn pronoun(person: Person) -> Way {
    match person {
        Person::I | Person::We => way(
            "speaker",
            "“I” and “we” inside of a quotation are whoever speaks.",
        ),
        Person::He | Person::She | Person::It | Person::They => way(
            "antecedent",
            "Of those before who suit the pronoun, the one that ranks best.",
        ),
    }
}
