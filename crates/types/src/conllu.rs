//! CoNLL-U in and out, with our layers in MISC and in comments, so that annotations can be written by hand.
//!
//! The ten columns are Universal Dependencies' (universaldependencies.org/format.html). What is ours:
//!
//! | where | what |
//! |---|---|
//! | `# newdoc id = X`, `# ref`, `# url`, `# publisher`, `# headline`, `# byline`, `# section`, `# language`, `# published` | fields of [`Story`](crate::Story) |
//! | `# newpar`, `# part = headline` | paragraphs; the part stays until the next `# newpar` or `# part` (default `body`) |
//! | `# event 1 = ACCUSE disapprove actual 0.93` | trigger 1: type, mode or `-`, status, confidence (default 1), then optionally the six status scores |
//! | `# attribution 1 = 0.8` | confidence of attribution 1 (default 1) |
//! | `# time 1 = DATE 2015-02 - 2016-02` | time expression 1: TIMEX3 type, value, modifier, and the value read the other way; `-` for none |
//! | `Time=1:B`, `Time=1:I` | words of time expressions |
//! | `# place 1 = Sochi \| RUS \| Krasnodar Krai \| 43.6 39.7273 \| 491422` | place 1: name, country, division, latitude and longitude, GeoNames id; `-` for what is not known |
//! | `Place=1:B`, `Place=1:I` | mentions of places |
//! | `Name=B-Person`, `Name=I-Person` | names; `B-Person:0.9` gives a confidence (default 1) |
//! | `Attribution=1:B-source,2:I-content` | parts of attributions, by number: `source`, `cue`, `content` |
//! | `Trigger=1:B` | words of triggers |
//! | `Role=1:B-actor,1:B-reporter` | parties of triggers: `actor`, `recipient`, `reporter`, `place` |
//!
//! Numbers hold for a whole document. Without status scores, 0.9 stands on the status and the rest is spread.
//! Columns are separated by tabs; a line without any tab is split at blanks, which suits files written by hand.
//! The story's text is rebuilt: sentences of a paragraph joined by a space (or `SpaceAfter=No`), paragraphs by a
//! blank line. Stories' problems, parts that are not read, and mentions of
//! places outside of sentences are left out of this format.

mod annotations;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub use read::read;
pub use write::write;

use crate::{Roles, Status, TokenRange};

/// Why a text is not CoNLL-U as this module reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConlluError {
    /// Line of the input, from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

impl std::fmt::Display for ConlluError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for ConlluError {}

fn fail<T>(line: usize, reason: impl Into<String>) -> Result<T, ConlluError> {
    let reason = reason.into();
    Err(ConlluError { line, reason })
}

/// Score of the status where only the status is given; the other five share the rest.
const PREFERRED: f32 = 0.9;

fn scores_for(status: Status) -> [f32; 6] {
    let mut scores = [(1.0 - PREFERRED) / 5.0; 6];
    for (score, candidate) in scores.iter_mut().zip(Status::ALL) {
        if *candidate == status {
            *score = PREFERRED;
        }
    }
    scores
}

const ROLES: [&str; 4] = ["actor", "recipient", "reporter", "place"];

fn role<'r>(roles: &'r Roles, name: &str) -> &'r [TokenRange] {
    match name {
        "actor" => &roles.actor,
        "recipient" => &roles.recipient,
        "reporter" => &roles.reporter,
        _ => &roles.place,
    }
}
