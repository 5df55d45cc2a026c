//! Spans of parties, taken apart where they join several.

use types::{NameKind, TokenRange, Upos};

use crate::reading::Reading;

/// The parties that `span` joins: "Britain, France and Germany" are three. A span of one party comes back as it is.
pub(crate) fn conjuncts(reading: &Reading, span: &TokenRange) -> Vec<TokenRange> {
    if !reading.is_sound(span) {
        return Vec::new();
    }
    let by_tree = by_tree(reading, span);
    if by_tree.len() > 1 {
        by_tree
    } else {
        by_names(reading, span)
    }
}

fn by_tree(reading: &Reading, span: &TokenRange) -> Vec<TokenRange> {
    let Some(head) = reading.head_of(span) else {
        return Vec::new();
    };
    let mut heads = vec![head];
    let mut next = 0;
    // In Universal Dependencies all conjuncts hang on the first; parsers also chain them.
    while let Some(&at) = heads.get(next) {
        heads.extend(
            reading
                .related(at, &["conj"])
                .filter(|c| span.contains(c) && is_nominal(reading, *c)),
        );
        next += 1;
    }
    heads.sort_unstable();
    if heads.len() == 1 || !is_nominal(reading, head) {
        return vec![span.clone()];
    }
    let starts: Vec<usize> = heads.iter().map(|h| start_of(reading, *h, span)).collect();
    let mut parts = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(span.end);
        parts.push(trimmed(reading, *start..end.max(heads[index] + 1)));
    }
    if let Some(first) = parts.first_mut() {
        first.start = first.start.min(span.start);
    }
    parts
}

fn is_nominal(reading: &Reading, token: usize) -> bool {
    matches!(
        reading.upos(token),
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::X | Upos::Det
    )
}

/// First token of the conjunct `head`, without the conjunction before it.
fn start_of(reading: &Reading, head: usize, span: &TokenRange) -> usize {
    let tree = reading.subtree(head);
    let inside = tree.into_iter().filter(|t| span.contains(t) && *t <= head);
    inside
        .into_iter()
        .find(|t| !is_joint(reading, *t))
        .unwrap_or(head)
}

fn is_joint(reading: &Reading, token: usize) -> bool {
    matches!(reading.upos(token), Upos::Cconj | Upos::Punct)
        || reading.lemma_is(token, &["and", "or", "&"])
        || reading.relation(token) == "cc"
}

/// Without commas and conjunctions at either end.
fn trimmed(reading: &Reading, mut range: TokenRange) -> TokenRange {
    while range.len() > 1 && is_joint(reading, range.end - 1) {
        range.end -= 1;
    }
    while range.len() > 1 && is_joint(reading, range.start) {
        range.start += 1;
    }
    range
}

/// Where a parser missed the coordination: names with nothing but "and", "or" and commas between them.
fn by_names(reading: &Reading, span: &TokenRange) -> Vec<TokenRange> {
    let party = |kind| {
        matches!(
            kind,
            NameKind::Person | NameKind::Organization | NameKind::Location | NameKind::Norp
        )
    };
    let names: Vec<&TokenRange> = reading
        .document
        .names
        .iter()
        .filter(|n| party(n.kind) && n.tokens.start >= span.start && n.tokens.end <= span.end)
        .map(|n| &n.tokens)
        .collect();
    let joined = names.windows(2).all(|pair| {
        let mut between = pair[0].end..pair[1].start;
        !between.is_empty() && between.all(|t| is_joint(reading, t))
    });
    let with_and = span
        .clone()
        .any(|t| reading.lemma_is(t, &["and", "or", "&"]));
    if names.len() < 2 || !joined || !with_and {
        return vec![span.clone()];
    }
    let ends = names.iter().skip(1).map(|n| n.start).chain([span.end]);
    let starts = std::iter::once(span.start).chain(names.iter().skip(1).map(|n| n.start));
    starts
        .zip(ends)
        .map(|(s, e)| trimmed(reading, s..e))
        .collect()
}
