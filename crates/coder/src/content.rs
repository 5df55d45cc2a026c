//! Content of claims: how far quotations run.

use types::{Span, TokenRange, Upos};

use crate::claims::{Claim, Manner};
use crate::reading::Reading;

/// Most sentences that one quotation is followed over.
const LONGEST: usize = 12;

/// Lets quoted contents run to the end of their quotation, and over the quoted sentences that follow it.
pub(crate) fn extend(reading: &Reading, claims: &mut [Claim]) {
    for index in 0..claims.len() {
        let Some(last) = claims[index].content.last().cloned() else {
            continue;
        };
        let mut end = to_end_of_quotation(reading, &last);
        if crosses(claims, index, &(last.end..end)) {
            end = last.end;
        }
        if let Some(stretch) = claims[index].content.last_mut() {
            stretch.end = end;
        }
        if quotation(reading, end - 1).is_none() {
            continue;
        }
        let more = following(reading, claims, index, end);
        match claims[index].content.last_mut() {
            _ if more.is_empty() => {}
            Some(stretch) if stretch.end == more.start => stretch.end = more.end,
            _ => claims[index].content.push(more),
        }
    }
}

fn quotation(reading: &Reading, token: usize) -> Option<Span> {
    let token = reading.document.tokens.get(token)?;
    reading.quotes.around(token.span.start)
}

/// End of the quotation in which `stretch` ends; its own end where that is not quoted.
fn to_end_of_quotation(reading: &Reading, stretch: &TokenRange) -> usize {
    // A content often ends with the mark or the full stop; the word before tells whether it is quoted.
    let Some(quote) = quotation(reading, stretch.end - 1) else {
        return stretch.end;
    };
    let tokens = &reading.document.tokens;
    let mut end = stretch.end;
    while tokens.get(end).is_some_and(|t| t.span.end <= quote.end) {
        end += 1;
    }
    end
}

/// Claims before and behind, in order of cues, with which one could cross.
const NEIGHBOURS: usize = 40;

/// Whether `range` would take in a cue, a source or another claim's content.
fn crosses(claims: &[Claim], own: usize, range: &TokenRange) -> bool {
    let meets = |ranges: &[TokenRange]| {
        ranges
            .iter()
            .any(|r| r.start < range.end && range.start < r.end)
    };
    let near = own.saturating_sub(NEIGHBOURS)..claims.len().min(own + NEIGHBOURS);
    near.map(|i| (i, &claims[i])).any(|(index, claim)| {
        let inner = || {
            claims[own]
                .content
                .iter()
                .any(|c| c.contains(&claim.cue[0].start))
        };
        let cue = meets(&claim.cue) || meets(&claim.source_spans);
        if index == own {
            cue
        } else {
            (cue || meets(&claim.content)) && !inner()
        }
    })
}

/// The sentences behind token `from` that are quoted as a whole and belong to no other claim. Between them and the
/// quotation that ends at `from` there may be nothing but the claim's own source and cue: `"…," she said. "…"`.
fn following(reading: &Reading, claims: &[Claim], own: usize, from: usize) -> TokenRange {
    let document = reading.document;
    let first = reading.sentence(from - 1);
    let claim = &claims[own];
    let attributes = |t: usize| {
        claim
            .cue
            .iter()
            .chain(&claim.source_spans)
            .any(|r| r.contains(&t))
    };
    let rest = from..document.sentences[first].tokens.end;
    let start = rest.end;
    if !rest
        .into_iter()
        .all(|t| reading.upos(t) == Upos::Punct || attributes(t))
    {
        return start..start;
    }
    let mut end = start;
    for sentence in document.sentences.iter().skip(first + 1).take(LONGEST) {
        let Some(quote) = quotation(reading, sentence.tokens.start) else {
            break;
        };
        let whole = quote.start <= sentence.span.start && sentence.span.end <= quote.end;
        if !whole || sentence.tokens.is_empty() || crosses(claims, own, &sentence.tokens) {
            break;
        }
        end = sentence.tokens.end;
    }
    if end > start && quotation(reading, from).is_some() {
        from..end
    } else {
        start..end
    }
}

/// Whether all, some or none of the words of `content` are quoted.
pub(crate) fn manner(reading: &Reading, content: &[TokenRange]) -> Manner {
    let words = content
        .iter()
        .flat_map(|r| r.clone())
        .filter(|t| reading.upos(*t) != Upos::Punct);
    let (mut quoted, mut plain) = (0, 0);
    for word in words {
        match quotation(reading, word) {
            Some(_) => quoted += 1,
            None => plain += 1,
        }
    }
    match (quoted, plain) {
        (0, _) => Manner::Indirect,
        (_, 0) => Manner::Direct,
        _ => Manner::Mixed,
    }
}
