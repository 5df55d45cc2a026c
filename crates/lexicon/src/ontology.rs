//! PLOVER types as CAMEO codes.

use types::{EventType, Mode, Status};

use crate::table::{Table, numbered};

/// A CAMEO code and its Goldstein weight, -10 (conflict) to 10 (cooperation).
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Cameo {
    pub code: &'static str,
    pub goldstein: f64,
    /// Line of `cameo.tsv` that gives it, counted from 1.
    pub line: usize,
}

#[derive(Debug)]
pub(crate) struct Ontology {
    /// Quad class and CAMEO root by type.
    types: Table<(&'static str, &'static str)>,
    codes: Vec<Code>,
}

#[derive(Debug)]
struct Code {
    event: EventType,
    mode: Option<Mode>,
    context: Option<&'static str>,
    status: Option<Status>,
    cameo: Cameo,
}

pub(crate) const TYPES: &str = include_str!("../data/plover.tsv");
pub(crate) const CODES: &str = include_str!("../data/cameo.tsv");

impl Ontology {
    pub(crate) fn new() -> Self {
        Ontology {
            types: Table::new(TYPES, |row| Some((*row.first()?, *row.get(1)?))),
            codes: numbered(CODES)
                .filter_map(|(line, text)| code(line, text))
                .collect(),
        }
    }

    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.codes.len()
    }

    pub(crate) fn quad(&self, event: EventType) -> &'static str {
        self.types.get(event.as_str()).map_or("", |(quad, _)| quad)
    }

    pub(crate) fn root(&self, event: EventType) -> &'static str {
        self.types.get(event.as_str()).map_or("", |(_, root)| root)
    }

    /// The line that fits best: mode counts most, then status, then context (in the order of `contexts`).
    pub(crate) fn cameo(
        &self,
        event: EventType,
        mode: Option<Mode>,
        status: Status,
        contexts: &[&str],
    ) -> Option<Cameo> {
        let fit = |code: &&Code| -> Option<(bool, bool, usize)> {
            let rank = match code.context {
                None => 0,
                Some(context) => contexts.len() - contexts.iter().position(|c| *c == context)?,
            };
            let fits = code.event == event
                && (code.mode.is_none() || code.mode == mode)
                && code.status.is_none_or(|s| s == status);
            fits.then_some((code.mode.is_some(), code.status.is_some(), rank))
        };
        let mut best: Option<(&Code, (bool, bool, usize))> = None;
        for code in &self.codes {
            if let Some(rank) = fit(&code)
                && best.is_none_or(|(_, old)| rank > old)
            {
                best = Some((code, rank));
            }
        }
        best.map(|(code, _)| code.cameo)
    }
}

fn code(line: usize, text: &'static str) -> Option<Code> {
    let row: Vec<&'static str> = text.split('\t').collect();
    let [event, mode, context, status, code, weight] = row[..] else {
        return None;
    };
    let given = |text: &'static str| Some(text).filter(|t| *t != "-");
    Some(Code {
        event: EventType::parse(event)?,
        mode: match given(mode) {
            Some(name) => Some(Mode::parse(name)?),
            None => None,
        },
        context: given(context),
        status: match given(status) {
            Some(name) => Some(Status::parse(name)?),
            None => None,
        },
        cameo: Cameo {
            code,
            goldstein: weight.parse().ok()?,
            line,
        },
    })
}
