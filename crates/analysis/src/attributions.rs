//! Attribution relations: cues, and the source and content of each.

use std::ops::Range;

use types::{Attribution, AttributionScores, TokenRange};

use crate::decode::bio::{Found, Scheme};
use crate::decode::scores::Scores;
use crate::labels::AttributionLabels;
use crate::settings::Settings;

/// Attributions in a window, with ranges of the window's words, in order of their cues.
///
/// `cues` has a row for each word; `parts(words)` gives the scores of the attribution head for the cues that begin at
/// `words`: for each of them a row for every word of the window. `starts` marks the first word of each sentence: cue and source end
/// with their sentence, content may run on. A cue without content is no attribution.
pub fn find(
    labels: (&Scheme, &AttributionLabels),
    settings: &Settings,
    cues: Scores<'_>,
    starts: &[bool],
    parts: impl FnOnce(&[usize]) -> Vec<Vec<f32>>,
) -> Vec<Attribution> {
    let barrier = |word: usize, _| starts[word];
    let found = labels.0.decode(cues, settings.no_cue, barrier);
    let firsts: Vec<usize> = found.iter().map(|cue| cue.words.start).collect();
    if firsts.is_empty() {
        return Vec::new();
    }
    let found = found.into_iter().zip(parts(&firsts));
    found
        .filter_map(|(cue, scores)| {
            let scores = without(scores, &cue.words, labels.1);
            complete(labels.1, settings, &cue, &scores, starts)
        })
        .collect()
}

/// The scores with the words of the cue kept out of its source and content.
fn without(mut scores: Vec<f32>, cue: &Range<usize>, labels: &AttributionLabels) -> Vec<f32> {
    let columns = labels.scheme.columns();
    for row in scores
        .chunks_exact_mut(columns)
        .take(cue.end)
        .skip(cue.start)
    {
        for (column, score) in row.iter_mut().enumerate() {
            if column != labels.scheme.out() {
                *score = f32::NEG_INFINITY;
            }
        }
    }
    scores
}

fn complete(
    labels: &AttributionLabels,
    settings: &Settings,
    cue: &Found,
    scores: &[f32],
    starts: &[bool],
) -> Option<Attribution> {
    let scores = Scores::new(scores, labels.scheme.columns());
    let barrier = |word: usize, kind: usize| kind == labels.source && starts[word];
    let found = labels
        .scheme
        .decode(scores, settings.no_attribution_part, barrier);
    let of = |kind: usize| found.iter().filter(move |part| part.kind == kind);
    let parts = |kind| -> (Vec<TokenRange>, Vec<f32>) {
        of(kind).map(|part| (part.words.clone(), part.mean)).unzip()
    };
    let (source, source_scores) = parts(labels.source);
    let (content, content_scores) = parts(labels.content);
    let words: usize = content.iter().map(ExactSizeIterator::len).sum();
    let other = |kind, taken: &[TokenRange]| {
        // A word of the cue can be neither, and then nothing is left to tell.
        let bias = settings.no_attribution_part;
        let nearest = labels.scheme.nearest(scores, bias, kind, taken);
        nearest.filter(|(_, p)| *p > 0.0)
    };
    let (other_source, other_content) = (
        other(labels.source, &source),
        other(labels.content, &content),
    );
    let no_cue = matches!(cue.second, (None, _)).then_some(cue.second.1);
    let weighted: f32 = of(labels.content)
        .map(|p| p.mean * p.words.len() as f32)
        .sum();
    (words > 0).then(|| Attribution {
        source,
        cue: vec![cue.words.clone()],
        content,
        confidence: (cue.first * weighted / words as f32).clamp(0.0, 1.0),
        scores: AttributionScores {
            source: source_scores,
            cue: vec![cue.mean],
            content: content_scores,
            no_cue,
            other_source,
            other_content,
        },
    })
}

/// Drops what the corpus (PolNeAR) leaves outside of contents from the end of each: commas, semicolons, colons.
/// `form(token)` gives a word; the attribution is lost (`None`) where nothing remains.
pub fn trim<'t>(
    mut attribution: Attribution,
    form: impl Fn(usize) -> &'t str,
) -> Option<Attribution> {
    for range in &mut attribution.content {
        while range.start < range.end && matches!(form(range.end - 1), "," | ";" | ":") {
            range.end -= 1;
        }
    }
    let kept: Vec<bool> = attribution
        .content
        .iter()
        .map(|r| r.start < r.end)
        .collect();
    attribution.content = only(attribution.content, &kept);
    attribution.scores.content = only(attribution.scores.content, &kept);
    (!attribution.content.is_empty()).then_some(attribution)
}

/// The items that are `kept`, one mark for each.
fn only<T>(items: Vec<T>, kept: &[bool]) -> Vec<T> {
    let pairs = items.into_iter().zip(kept);
    pairs
        .filter(|(_, kept)| **kept)
        .map(|(item, _)| item)
        .collect()
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // Lists of one range are what is meant.
mod tests {
    use super::*;

    fn schemes() -> (Scheme, AttributionLabels) {
        let labels = ["O", "B-source", "I-source", "B-content", "I-content"].map(str::to_owned);
        let cue = Scheme::parse(&["O", "B", "I"]).expect("cue");
        (cue, AttributionLabels::read(&labels).expect("attribution"))
    }

    /// A row for each digit, which names the label that is wanted there.
    fn rows(labels: &str, columns: usize) -> Vec<f32> {
        let row = |c: char| {
            (0..columns).map(move |i| {
                if c.to_digit(10) == Some(i as u32) {
                    6.0
                } else {
                    0.0
                }
            })
        };
        labels.chars().flat_map(row).collect()
    }

    fn found(cues: &str, starts: &str, parts: &str) -> Vec<Attribution> {
        let (cue, labels) = schemes();
        let cues = rows(cues, 3);
        let starts: Vec<bool> = starts.chars().map(|c| c == '1').collect();
        let parts = rows(parts, 5);
        find(
            (&cue, &labels),
            &Settings::default(),
            Scores::new(&cues, 3),
            &starts,
            |cues| vec![parts.clone(); cues.len()],
        )
    }

    #[test]
    fn a_cue_gets_its_source_and_its_content_on_both_sides() {
        let all = found("000100", "100000", "340122");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].cue, [3..4]);
        assert_eq!(all[0].content, [0..2]);
        // The cue's own word is kept out of the source that runs over it.
        assert_eq!(all[0].source, [4..6]);
        assert!(all[0].confidence > 0.9);
    }

    #[test]
    fn content_runs_over_sentences_and_sources_do_not() {
        let all = found("0100000", "1001000", "1034444");
        assert_eq!(
            (&all[0].source, &all[0].content),
            (&vec![0..1], &vec![2..7])
        );
        let all = found("0100000", "1000010", "3011122");
        assert!(all[0].source.iter().all(|s| !(s.start < 5 && s.end > 5)));
    }

    #[test]
    fn a_cue_without_content_is_dropped() {
        assert!(found("010", "100", "100").is_empty());
        assert!(found("000", "100", "344").is_empty());
    }

    #[test]
    fn contents_lose_their_trailing_commas() {
        let words = ["it", "will", ",", ";"];
        let made = |content: Vec<TokenRange>| Attribution {
            scores: AttributionScores {
                content: vec![0.5; content.len()],
                ..AttributionScores::default()
            },
            content,
            ..Attribution::default()
        };
        let trimmed = trim(made(vec![0..4, 2..3]), |t| words[t]).expect("content");
        assert_eq!(trimmed.content, [0..2]);
        assert_eq!(trimmed.scores.content, [0.5], "one score a stretch");
        assert_eq!(trim(made(vec![2..4]), |t| words[t]), None);
    }

    #[test]
    fn any_scores_give_well_formed_attributions() {
        use crate::decode::noise::Noise;
        let (cue, labels) = schemes();
        let mut noise = Noise(31);
        for round in 0..100 {
            let (n, wild) = (round % 30, round % 2 == 0);
            let (cues, parts) = (noise.scores(3 * n, wild), noise.scores(5 * n, wild));
            let starts: Vec<bool> = (0..n).map(|i| i % 6 == 0).collect();
            let cues = Scores::new(&cues, 3);
            for one in find(
                (&cue, &labels),
                &Settings::default(),
                cues,
                &starts,
                |cues| vec![parts.clone(); cues.len()],
            ) {
                let cue = &one.cue[0];
                let parts = one.source.iter().chain(&one.content);
                assert!(!one.content.is_empty() && (0.0..=1.0).contains(&one.confidence));
                assert!(
                    parts
                        .clone()
                        .all(|p| p.end <= cue.start || p.start >= cue.end)
                );
                assert!(parts.clone().all(|p| p.start < p.end && p.end <= n));
            }
        }
    }
}
