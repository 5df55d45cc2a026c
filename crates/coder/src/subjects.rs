//! Who does what a verb says: its subject, or the one that it shares with another verb.

use crate::reading::Reading;

/// Most verbs joined by "and" that are gone back over.
const JOINED: usize = 4;

/// The subject of a verb, which it may share with the verb before it ("denies this and blames the others"); of a verb in a
/// relative or infinitive clause, none.
pub(crate) fn subject(reading: &Reading, verb: usize) -> Option<usize> {
    let shares = |t: &usize| {
        reading.relation(*t) == "conj" && reading.related(*t, &["nsubj"]).next().is_none()
    };
    let bearer = std::iter::successors(Some(verb), |t| reading.head(*t).filter(|_| shares(t)));
    let bearer = bearer.take(JOINED).last()?;
    let mut subjects = reading.related(bearer, &["nsubj"]);
    subjects.find(|s| {
        !reading.feature(*s, "PronType=Rel") && !reading.lemma_is(*s, &["who", "which", "that"])
    })
}

/// The subject of a verb, or else of the clause that it belongs to ("they met to discuss …", "while acknowledging …").
pub(crate) fn understood_subject(reading: &Reading, verb: usize) -> Option<usize> {
    let clauses = ["advcl", "xcomp", "conj", "ccomp", "acl"];
    let mut belongs = true;
    let clauses_above = reading.upwards(verb).take_while(|t| {
        let inside = belongs;
        belongs = clauses.contains(&reading.relation(*t));
        inside
    });
    clauses_above
        .collect::<Vec<_>>()
        .into_iter()
        .find_map(|t| subject(reading, t))
}
