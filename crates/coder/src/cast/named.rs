//! Who is who by name: surname and full name, the names of states and organisations, abbreviations in brackets.

use super::Cast;
use crate::draft::{Draft, Kind, blank, organisation, people, state};
use crate::mentions::Referent;
use crate::naming::shortens;
use crate::reading::Reading;

impl<'d> Cast<'d> {
    /// Mentions by a person's name; the longest first, so that a surname finds the full name wherever it stands.
    pub(super) fn persons(&mut self, reading: &Reading<'d>) {
        let mut order: Vec<(usize, Vec<String>)> = Vec::new();
        for (index, mention) in self.mentions.all.iter().enumerate() {
            if let Referent::Person(words) = &mention.referent {
                order.push((index, words.clone()));
            }
        }
        order
            .sort_by_key(|(m, words)| (std::cmp::Reverse(words.len()), self.mentions.all[*m].head));
        for (mention, words) in order {
            match self.same_person(&words, mention) {
                Some(actor) => self.join(mention, actor),
                None => {
                    let tokens = &self.mentions.all[mention].tokens;
                    let mut draft = blank(Kind::Person, reading.document.words(tokens));
                    let first = reading.form(tokens.start);
                    draft.likely_gender = match tokens.len() {
                        1 => reading.lexicon.lone_first_name(first),
                        _ => reading.lexicon.first_name(first),
                    };
                    draft.key = words;
                    self.add(mention, draft);
                }
            }
        }
    }

    /// The known person whose name `words` shorten: same name, its last word, or else another part of it. Of several the
    /// one named last before, as news stories use a surname for whom they have just named in full.
    fn same_person(&self, words: &[String], mention: usize) -> Option<usize> {
        let at = self.mentions.all[mention].head;
        let known = self.names.persons_with(words.last()?);
        let by_rank = |rank: u8| -> Vec<usize> {
            let fits = |a: &&usize| shortens(words, &self.actors[**a].key) == Some(rank);
            known.iter().filter(fits).copied().collect()
        };
        let nearest = |rank| match by_rank(rank).as_slice() {
            [] => None,
            [only] => Some(*only),
            several => several
                .iter()
                .copied()
                .max_by_key(|a| self.last_named(*a, at)),
        };
        nearest(0).or_else(|| nearest(1)).or_else(|| nearest(2))
    }

    /// Sorts actors by how lately before `at` they were mentioned; those not mentioned yet by who comes first.
    fn last_named(&self, actor: usize, at: usize) -> (Option<usize>, std::cmp::Reverse<usize>) {
        let mentions = &self.actors[actor].mentions;
        let heads = || mentions.iter().map(|m| self.mentions.all[*m].head);
        let before = heads().filter(|h| *h < at).max();
        (
            before,
            std::cmp::Reverse(heads().min().unwrap_or(usize::MAX)),
        )
    }

    /// Mentions by the name of a state, people, organisation or place.
    pub(super) fn other_names(&mut self, reading: &Reading<'d>) {
        for mention in self.in_text_order() {
            let words = reading.document.words(&self.mentions.all[mention].tokens);
            let draft = match &self.mentions.all[mention].referent {
                Referent::State(country) => state(reading, country),
                Referent::People(country) => people(words, country),
                Referent::Organisation(name, known) => organisation(reading, name, *known),
                Referent::Place => blank(Kind::PlaceAsState, words),
                Referent::Community => blank(Kind::Group, words),
                _ => continue,
            };
            let same = self.names.same(&draft);
            match same {
                Some(actor) => {
                    self.join(mention, actor);
                    self.lengthen(actor, draft);
                }
                None => self.add(mention, draft),
            }
        }
    }

    /// Takes over the fuller of two names of one organisation.
    fn lengthen(&mut self, actor: usize, other: Draft<'d>) {
        let draft = &mut self.actors[actor];
        if draft.kind == Kind::Organisation
            && draft.code.is_none()
            && other.name.len() > draft.name.len()
        {
            draft.name = other.name;
            draft.key = other.key;
            self.names.learn(&self.actors[actor], actor);
        }
    }

    /// "Democratic Forces Union (UFD)": a name in brackets right behind another one is the same.
    pub(super) fn abbreviations(&mut self, reading: &Reading<'d>) {
        for short in 0..self.mentions.all.len() {
            let start = self.mentions.all[short].tokens.start;
            let long = start.checked_sub(2).and_then(|t| self.mentions.at(t));
            let (Some(long), true) = (long, start > 0 && reading.form(start - 1) == "(") else {
                continue;
            };
            let (Some(kept), Some(gone)) = (self.actor_of[long], self.actor_of[short]) else {
                continue;
            };
            let organised = |a: usize| self.actors[a].kind == Kind::Organisation;
            if kept != gone && organised(kept) && organised(gone) {
                self.merge(kept, gone);
            }
        }
    }

    /// Moves all mentions of `gone` to `kept`; an actor without mentions goes into no record.
    fn merge(&mut self, kept: usize, gone: usize) {
        let mentions = std::mem::take(&mut self.actors[gone].mentions);
        self.actors[gone].named = false;
        let (code, country) = (self.actors[gone].code, self.actors[gone].country);
        let draft = &mut self.actors[kept];
        draft.code = draft.code.or(code);
        draft.country = draft.country.or(country);
        for mention in mentions {
            self.join(mention, kept);
        }
    }
}
