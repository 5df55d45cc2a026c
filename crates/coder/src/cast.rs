//! The actors of a story: mentions of the same person, state, organisation or group brought together.
//!
//! Names first (a surname may come before the full name, in a headline), then role nouns, then pronouns in text order.

mod named;

use std::collections::BTreeMap;

use lexicon::Number;
use types::{TokenRange, Upos};

use crate::countries::Places;
use crate::draft::{Draft, Kind, state, take_title};
use crate::groups::{administrations, group};
use crate::mentions::{Form, Mention, Mentions, Nominal, Person, Referent};
use crate::naming::Names;
use crate::parties::conjuncts;
use crate::pronouns::Choice;
use crate::ranking::Candidate;
use crate::reading::Reading;
use crate::titles::title;

/// Sees a pronoun's candidates.
pub(crate) type Watch<'w, 'd> = dyn FnMut(&Cast<'d>, usize, &[Candidate]) + 'w;

/// All actors of a story, whether or not they go into the record.
pub(crate) struct Cast<'d> {
    pub(crate) mentions: Mentions<'d>,
    pub(crate) actors: Vec<Draft<'d>>,
    /// Actor of each mention; pronouns may stay without one.
    actor_of: Vec<Option<usize>>,
    /// Mentions with an actor, by sentence.
    by_sentence: Vec<Vec<usize>>,
    /// Sentence of each mention.
    sentence_of: Vec<usize>,
    names: Names,
    /// Who came second as what a pronoun means, with its probability, by mention.
    runners_up: BTreeMap<usize, (usize, f64)>,
    /// Where the story is set; [`crate::countries::complete`] takes them.
    pub(crate) places: Places<'d>,
    /// Actors that only descriptions mean, by [`crate::nominals::key`].
    described: BTreeMap<Vec<String>, usize>,
}

impl<'d> Cast<'d> {
    /// Brings names and role nouns together, and pronouns other than "I" and "we", for which see [`Cast::speakers`].
    pub(crate) fn assemble(reading: &Reading<'d>, spans: &[TokenRange]) -> Self {
        Self::assemble_with(reading, spans, &mut |_, _, _| ())
    }

    /// As [`Cast::assemble`]; `watch` gets to see the candidates of each "he" and "she" before one is chosen.
    pub(crate) fn assemble_with(
        reading: &Reading<'d>,
        spans: &[TokenRange],
        watch: &mut Watch<'_, 'd>,
    ) -> Self {
        let mentions = Mentions::gather(reading, spans);
        let sentences = mentions.all.iter().map(|m| reading.sentence(m.head));
        let mut cast = Cast {
            actor_of: vec![None; mentions.all.len()],
            sentence_of: sentences.collect(),
            by_sentence: vec![Vec::new(); reading.document.sentences.len()],
            mentions,
            actors: Vec::new(),
            names: Names::default(),
            runners_up: BTreeMap::new(),
            places: Places::of(reading),
            described: BTreeMap::new(),
        };
        cast.persons(reading);
        cast.other_names(reading);
        cast.abbreviations(reading);
        cast.appositions(reading);
        for actor in &mut cast.actors {
            crate::offices::identify(reading, actor);
        }
        administrations(&mut cast);
        for mention in cast.in_text_order() {
            match cast.mentions.all[mention].referent.clone() {
                Referent::Nominal(mut nominal) if cast.actor_of[mention].is_none() => {
                    let owner = cast.owner(reading, mention);
                    let country = owner.and_then(|o| cast.actors[o].country);
                    nominal.country = nominal.country.or(country);
                    cast.nominal(reading, mention, &nominal, owner);
                }
                Referent::Pronoun(person) if !matches!(person, Person::I | Person::We) => {
                    let found = crate::pronouns::antecedent(&cast, reading, mention, person, watch);
                    cast.pronoun(mention, person, found);
                }
                _ => {}
            }
        }
        cast.sort();
        cast
    }

    /// "I", "we" inside a quotation are its speaker; `speaker` gives the actor who speaks at a token.
    pub(crate) fn speakers(&mut self, speaker: impl Fn(usize) -> Option<usize>) {
        for mention in 0..self.mentions.all.len() {
            let first = matches!(
                self.mentions.all[mention].referent,
                Referent::Pronoun(Person::I | Person::We)
            );
            if first && let Some(actor) = speaker(self.mentions.all[mention].head) {
                self.join(mention, actor);
            }
        }
        self.sort();
    }

    /// The actors that `span` names, each once, in text order.
    pub(crate) fn parties(&self, reading: &Reading<'d>, span: &TokenRange) -> Vec<usize> {
        let mut found = Vec::new();
        for part in conjuncts(reading, span) {
            let mention = self.mentions.of_party(reading, &part);
            if let Some(actor) = mention.and_then(|m| self.actor_of[m])
                && !found.contains(&actor)
            {
                found.push(actor);
            }
        }
        found
    }

    /// The actor that a mention means.
    pub(crate) fn actor_of(&self, mention: usize) -> Option<usize> {
        self.actor_of[mention]
    }

    /// Who came second as what the pronoun `mention` means, with its probability.
    pub(crate) fn runner_up(&self, mention: usize) -> Option<(usize, f64)> {
        self.runners_up.get(&mention).copied()
    }

    pub(crate) fn actor_at(&self, token: usize) -> Option<usize> {
        self.actor_of[self.mentions.at(token)?]
    }

    /// Mentions before token `at` and the actors that they mean, the latest sentence first, `reach` sentences back.
    pub(crate) fn before(
        &self,
        reading: &Reading<'d>,
        at: usize,
        reach: usize,
    ) -> impl Iterator<Item = (&Mention<'d>, usize)> {
        let here = reading.sentence(at);
        let sentences = (here.saturating_sub(reach)..=here).rev();
        let mentions = sentences.filter_map(|s| self.by_sentence.get(s)).flatten();
        mentions.filter_map(move |m| {
            let mention = &self.mentions.all[*m];
            (mention.head < at).then_some((mention, self.actor_of[*m]?))
        })
    }

    /// Mentions with their actors from `reach` sentences back to the end of the sentence of token `at`, in text order.
    pub(crate) fn around(
        &self,
        reading: &Reading,
        at: usize,
        reach: usize,
    ) -> Vec<(&Mention<'d>, usize)> {
        let here = reading.sentence(at);
        let sentences = here.saturating_sub(reach)..=here;
        let mentions = sentences.filter_map(|s| self.by_sentence.get(s)).flatten();
        let with_actor = |m: &usize| Some((&self.mentions.all[*m], self.actor_of[*m]?));
        let mut found: Vec<(&Mention, usize)> = mentions.filter_map(with_actor).collect();
        found.sort_by_key(|(mention, actor)| (mention.head, *actor));
        found
    }

    /// The actor that was described in the same words before.
    pub(crate) fn described(&self, key: &[String]) -> Option<usize> {
        self.described.get(key).copied()
    }

    fn in_text_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.mentions.all.len()).collect();
        order.sort_by_key(|m| (self.mentions.all[*m].head, *m));
        order
    }

    fn sort(&mut self) {
        for actor in &mut self.actors {
            actor
                .mentions
                .sort_by_key(|m| self.mentions.all[*m].tokens.start);
        }
    }

    pub(crate) fn join(&mut self, mention: usize, actor: usize) {
        if self.actor_of[mention].replace(actor).is_none()
            && let Some(sentence) = self.by_sentence.get_mut(self.sentence_of[mention])
        {
            sentence.push(mention);
        }
        let draft = &mut self.actors[actor];
        draft.mentions.push(mention);
        let found = &self.mentions.all[mention];
        draft.named |= found.form == Form::Named;
        if let Some(title) = &found.title {
            take_title(draft, title.clone());
        }
    }

    fn add(&mut self, mention: usize, draft: Draft<'d>) {
        let actor = self.found(draft);
        self.join(mention, actor);
    }

    /// Takes in a new actor.
    fn found(&mut self, draft: Draft<'d>) -> usize {
        let actor = self.actors.len();
        self.names.learn(&draft, actor);
        self.actors.push(draft);
        actor
    }

    /// "Ilya Roe, an opposition activist", "the director of the centre, Jane Roe", "the Front (FSA)".
    fn appositions(&mut self, reading: &Reading<'d>) {
        for mention in 0..self.mentions.all.len() {
            let found = &self.mentions.all[mention];
            if reading.relation(found.head) != "appos" && reading.relation(found.head) != "flat" {
                continue;
            }
            let Some(above) = reading.head(found.head).and_then(|h| self.mentions.at(h)) else {
                continue;
            };
            let (name, noun) = match (self.actor_of[above], self.actor_of[mention]) {
                (Some(actor), None) => (actor, mention),
                (None, Some(actor)) => (actor, above),
                _ => continue,
            };
            self.apposition(reading, name, noun);
        }
    }

    fn apposition(&mut self, reading: &Reading<'d>, actor: usize, noun: usize) {
        let found = &self.mentions.all[noun];
        let Referent::Nominal(nominal) = &found.referent else {
            return;
        };
        let person = nominal
            .agents
            .first()
            .is_some_and(|a| a.number == Number::Person);
        let fits = match self.actors[actor].kind {
            Kind::Person => !nominal.plural && (person || nominal.agents.is_empty()),
            Kind::Organisation | Kind::Group | Kind::State => !person,
            Kind::PlaceAsState => false,
        };
        if !fits {
            return;
        }
        let phrase = reading.bare(&reading.noun_phrase(found.head));
        if self.actors[actor].kind == Kind::Person
            && let Some(title) = title(reading, phrase)
        {
            take_title(&mut self.actors[actor], title);
        }
        self.join(noun, actor);
    }

    fn nominal(
        &mut self,
        reading: &Reading<'d>,
        mention: usize,
        nominal: &Nominal<'d>,
        owner: Option<usize>,
    ) {
        let found = self
            .state_phrase(nominal)
            .or_else(|| self.at_home(nominal))
            .map(|country| self.state(reading, country))
            .or_else(|| crate::nominals::antecedent(self, reading, mention, nominal));
        match found {
            Some(actor) => self.join(mention, actor),
            None => {
                let mut draft = group(self, reading, mention, nominal);
                if let Some(owner) = owner {
                    draft.name = self.owned(reading, mention, owner, draft.name);
                }
                self.described.insert(draft.key.clone(), self.actors.len());
                self.add(mention, draft);
            }
        }
    }

    /// Whom a possessive pronoun before the noun means: "its troops", "his country".
    fn owner(&self, reading: &Reading<'d>, mention: usize) -> Option<usize> {
        let mut owners = reading.related(self.mentions.all[mention].head, &["nmod"]);
        let owner = owners
            .find(|o| reading.full_relation(*o) == "nmod:poss" && reading.upos(*o) == Upos::Pron)?;
        self.actor_at(owner)
    }

    /// "its troops" under a name that can stand alone: "Peru's troops".
    fn owned(&self, reading: &Reading<'d>, mention: usize, owner: usize, name: String) -> String {
        let tokens = &self.mentions.all[mention].tokens;
        let pronoun = reading.form(tokens.start);
        match name.strip_prefix(pronoun) {
            Some(rest) if reading.upos(tokens.start) == Upos::Pron => {
                format!("{}'s{rest}", self.actors[owner].name)
            }
            _ => name,
        }
    }

    /// "the Syrian government", "the kingdom of X": the state itself.
    fn state_phrase(&self, nominal: &Nominal<'d>) -> Option<&'d str> {
        let state = [
            "government",
            "regime",
            "state",
            "nation",
            "country",
            "republic",
            "kingdom",
        ];
        let only = nominal.modifiers.is_empty() && !nominal.plural;
        (state.contains(&nominal.lemma.as_str()) && only).then_some(nominal.country)?
    }

    /// "The government" in a story about one country: that country's, whichever was named last.
    fn at_home(&self, nominal: &Nominal<'d>) -> Option<&'d str> {
        let government = ["government", "regime"].contains(&nominal.lemma.as_str());
        let bare = nominal.definite && nominal.modifiers.is_empty() && !nominal.plural;
        self.places
            .main
            .filter(|_| government && bare && nominal.country.is_none())
    }

    /// The actor that is the state itself; made where the story has not named it yet.
    fn state(&mut self, reading: &Reading<'d>, country: &'d str) -> usize {
        let draft = state(reading, country);
        match self.names.same(&draft) {
            Some(actor) => actor,
            None => self.found(draft),
        }
    }

    fn pronoun(&mut self, mention: usize, person: Person, found: Option<Choice>) {
        let Some(Choice { actor, second }) = found else {
            return;
        };
        if let Some(second) = second {
            self.runners_up.insert(mention, second);
        }
        self.join(mention, actor);
        let (he, she) = &mut self.actors[actor].called;
        match person {
            Person::He => *he += 1,
            Person::She => *she += 1,
            _ => {}
        }
    }
}
