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
    /// The words near the trigger that the line asks for, if any.
    pub words: Option<CameoWords>,
}

/// Words in dictionary form that some line of `cameo.tsv` goes by; made by [`crate::Lexicon::cameo_words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CameoWords(&'static str);

/// How many words a line of `cameo.tsv` may ask for.
pub(crate) const LONGEST: usize = 3;

#[derive(Debug)]
pub(crate) struct Ontology {
    /// Quad class and CAMEO root by type.
    types: Table<(&'static str, &'static str)>,
    codes: Vec<Code>,
    /// Words that lines go by, sorted.
    words: Vec<CameoWords>,
}

#[derive(Debug)]
struct Code {
    event: EventType,
    mode: Option<Mode>,
    context: Option<&'static str>,
    status: Option<Status>,
    cameo: Cameo,
}

/// How well a line fits: whether it asks for the mode, for the status, and how far in front its words and context stand.
type Rank = (bool, bool, usize, usize);

pub(crate) const TYPES: &str = include_str!("../data/plover.tsv");
pub(crate) const CODES: &str = include_str!("../data/cameo.tsv");

impl Ontology {
    pub(crate) fn new() -> Self {
        let codes: Vec<Code> = numbered(CODES)
            .filter_map(|(line, text)| code(line, text))
            .collect();
        let mut words: Vec<CameoWords> = codes.iter().filter_map(|c| c.cameo.words).collect();
        words.sort_unstable();
        words.dedup();
        Ontology {
            types: Table::new(TYPES, |row| Some((*row.first()?, *row.get(1)?))),
            codes,
            words,
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

    pub(crate) fn words(&self, words: &str) -> Option<CameoWords> {
        let at = self.words.binary_search_by(|w| w.0.cmp(words)).ok()?;
        Some(self.words[at])
    }

    /// The line that fits best: mode counts most, then status, then words (in the order of `words`, longer ones of equals),
    /// then context (in the order of `contexts`).
    pub(crate) fn cameo(
        &self,
        event: EventType,
        mode: Option<Mode>,
        status: Status,
        contexts: &[&str],
        words: &[CameoWords],
    ) -> Option<Cameo> {
        // How far in front what the line asks for stands among what there is; `None` where it is not there.
        fn rank<T: PartialEq>(asked: Option<T>, there: &[T]) -> Option<usize> {
            let Some(asked) = asked else { return Some(0) };
            Some(there.len() - there.iter().position(|t| *t == asked)?)
        }
        let fit = |code: &&Code| -> Option<Rank> {
            let fits = code.event == event
                && (code.mode.is_none() || code.mode == mode)
                && code.status.is_none_or(|s| s == status);
            if !fits {
                return None;
            }
            let (words, context) = (
                rank(code.cameo.words, words)?,
                rank(code.context, contexts)?,
            );
            Some((code.mode.is_some(), code.status.is_some(), words, context))
        };
        let mut best: Option<(&Code, Rank)> = None;
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
    let [event, mode, context, status, words, code, weight] = row[..] else {
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
            words: given(words).map(CameoWords),
        },
    })
}
