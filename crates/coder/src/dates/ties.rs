//! How an expression is tied to an event of its sentence, by the tree.

use types::Upos;

use super::stretches::Naming;
use crate::events::Event;
use crate::reading::Reading;

/// The way through the tree from an event to an expression.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    pub(super) naming: Naming,
    /// The tokens from the event up to where the ways meet, without the trigger's own and without that token.
    pub(super) own: Vec<usize>,
    /// The token where the way from the event meets that from the expression.
    pub(super) meeting: usize,
    /// The tokens from the expression up to there, without that token.
    pub(super) theirs: Vec<usize>,
}

/// What the ties of all events of a story are made with.
pub(super) struct Ties<'r, 'd> {
    pub(super) reading: &'r Reading<'d>,
    /// For each token, whether it belongs to a trigger.
    triggers: Vec<bool>,
}

impl<'r, 'd> Ties<'r, 'd> {
    pub(super) fn new(reading: &'r Reading<'d>, events: &[Event]) -> Self {
        let mut triggers = vec![false; reading.document.tokens.len()];
        for event in events {
            if let Some(tokens) = triggers.get_mut(event.trigger.tokens.clone()) {
                tokens.fill(true);
            }
        }
        Ties { reading, triggers }
    }

    pub(super) fn is_trigger(&self, token: usize) -> bool {
        self.triggers.get(token).copied().unwrap_or_default()
    }

    /// `None` where the tree does not bring the two together.
    pub(super) fn tie(&self, event: &Event, naming: &Naming) -> Option<Tie> {
        let trigger = &event.trigger.tokens;
        let above: Vec<usize> = self.reading.upwards(event.head).collect();
        let tie = |own, meeting, theirs| Tie {
            naming: *naming,
            own,
            meeting,
            theirs,
        };
        let mut theirs = Vec::new();
        for token in self.reading.upwards(naming.head) {
            if trigger.contains(&token) {
                return Some(tie(Vec::new(), token, theirs));
            }
            if let Some(at) = above.iter().position(|t| *t == token) {
                let outside = |t: &&usize| !trigger.contains(t) || at == 1;
                let own = above[..at].iter().filter(outside).copied().collect();
                return Some(tie(own, token, theirs));
            }
            theirs.push(token);
        }
        None
    }

    /// Whether the expression belongs to another event: one stands on the way from it.
    pub(super) fn taken(&self, tie: &Tie) -> bool {
        tie.theirs.iter().any(|t| self.is_trigger(*t))
    }

    /// Whether the expression stands before a noun as part of its name: "a 2011 law".
    pub(super) fn names_thing(&self, tie: &Tie) -> bool {
        let relation = self.reading.relation(tie.naming.head);
        let inside = self
            .reading
            .head(tie.naming.head)
            .is_some_and(|h| tie.theirs.contains(&h));
        inside && matches!(relation, "compound" | "amod" | "nummod")
    }

    /// Whether a clause of its own stands on the way from the expression.
    pub(super) fn in_clause(&self, tie: &Tie) -> bool {
        let opens = |token: &usize| {
            let relation = self.reading.relation(*token);
            matches!(relation, "acl" | "advcl" | "ccomp" | "parataxis" | "csubj")
                || relation == "conj" && self.reading.upos(*token) == Upos::Verb
        };
        tie.theirs.iter().any(opens)
    }

    /// The relation by which the event's side hangs where the ways meet; empty where the event is that token.
    pub(super) fn own_relation(&self, tie: &Tie) -> &'d str {
        tie.own.last().map_or("", |t| self.reading.relation(*t))
    }

    /// The relation by which the expression's side hangs where the ways meet; empty where the expression is that token.
    pub(super) fn their_relation(&self, tie: &Tie) -> &'d str {
        tie.theirs.last().map_or("", |t| self.reading.relation(*t))
    }
}
