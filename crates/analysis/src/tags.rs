//! Part of speech, features and lemma of each word.

use types::{Token, Upos};

use crate::classes;
use crate::decode::scores::{Scores, argmax};
use crate::labels::Labels;

/// Scores of the three heads for the words of one window.
#[derive(Clone, Copy, Debug)]
pub struct TagScores<'a> {
    /// Part of speech.
    pub upos: Scores<'a>,
    /// Features.
    pub feats: Scores<'a>,
    /// Lemma rules.
    pub lemma: Scores<'a>,
}

/// Writes the best tags into `tokens`, whose words stand in `text`. Words without a row of scores stay as they are.
/// `known` tells whether a word is one of the model's vocabulary, as the dictionary forms of common words are.
pub fn tag(
    labels: &Labels,
    scores: TagScores<'_>,
    text: &str,
    tokens: &mut [Token],
    known: impl Fn(&str) -> bool,
) {
    for (i, token) in tokens.iter_mut().enumerate() {
        let form = token.span.of(text);
        let can_be = |upos: &Upos| classes::allows(form, *upos);
        if let Some(upos) = likeliest(scores.upos, i, &labels.upos, can_be) {
            token.upos = *upos;
        }
        let agrees = |feats: &String| classes::agrees(token.upos, feats);
        if let Some(feats) = likeliest(scores.feats, i, &labels.feats, agrees) {
            token.feats.clone_from(feats);
        }
        if i < scores.lemma.rows() {
            let regular = matches!(token.upos, Upos::Verb | Upos::Noun);
            token.lemma = match classes::irregular(form, token.upos) {
                Some(lemma) => lemma.to_owned(),
                None => lemma(labels, scores.lemma.row(i), form, |l| !regular || known(l)),
            };
            let uninflected = token.upos == Upos::Verb && token.lemma.eq_ignore_ascii_case(form);
            if uninflected && let Some(verb) = classes::regular(form, &known) {
                token.lemma = verb;
            }
        }
    }
}

/// The label of row `i` with the highest score among those that fit; where none does, among all. `None` without such a row.
fn likeliest<'l, T>(
    scores: Scores<'_>,
    i: usize,
    labels: &'l [T],
    fits: impl Fn(&T) -> bool,
) -> Option<&'l T> {
    let row = (i < scores.rows()).then(|| scores.row(i))?;
    let first = labels.get(argmax(row))?;
    if fits(first) {
        return Some(first);
    }
    let others = row.iter().zip(labels).filter(|(_, label)| fits(label));
    let best = others.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.map_or(Some(first), |(_, label)| Some(label))
}

/// Likeliest rules that are tried for a lemma.
const TRIED: usize = 4;

/// What the likeliest rule makes of the form; where that is no known word, what the next one makes that gives one.
/// The head chooses by the context, and errs most on endings: "sendind", "deni".
fn lemma(labels: &Labels, scores: &[f32], form: &str, known: impl Fn(&str) -> bool) -> String {
    let made = |rule: usize| {
        labels
            .lemma
            .get(rule)
            .map(|r| nonempty(r.apply(form), form))
    };
    let Some(first) = made(argmax(scores)) else {
        return String::new();
    };
    if known(&first) {
        return first;
    }
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    let start = form.chars().next().map(|c| c.to_lowercase().to_string());
    let same = |lemma: &String| {
        start
            .as_ref()
            .is_some_and(|s| lemma.to_lowercase().starts_with(s.as_str()))
    };
    let mut others = order.into_iter().skip(1).take(TRIED - 1).filter_map(made);
    others
        .find(|lemma| same(lemma) && known(lemma))
        .unwrap_or(first)
}

/// A rule learnt on longer words may cut a short one down to nothing: then the form is its own lemma.
fn nonempty(lemma: String, form: &str) -> String {
    if lemma.is_empty() {
        form.to_lowercase()
    } else {
        lemma
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::tests::labels_of;
    use types::{Span, Upos};

    #[test]
    fn a_lemma_that_is_no_word_gives_way_to_one_that_is() {
        let all = |head: &'static str| Box::leak(labels_of(head).into_boxed_slice()) as &[String];
        let labels = Labels::read(|head| Some(all(head))).expect("labels");
        // Of "Talks" the rules make "talks", "Talks", "tal" and "be", the second likeliest first.
        let made = |known: &'static str| {
            lemma(&labels, &[1.0, 2.0, 0.5, 0.0], "Talks", move |l| l == known)
        };
        assert_eq!(made("Talks"), "Talks");
        assert_eq!(made("tal"), "tal");
        // Another word than the form's own is no lemma of it, however well known.
        assert_eq!(made("be"), "Talks");
    }

    #[test]
    fn best_labels_become_tags() {
        let all = |head: &'static str| Box::leak(labels_of(head).into_boxed_slice()) as &[String];
        let labels = Labels::read(|head| Some(all(head))).expect("labels");
        let text = "Talks no";
        let mut tokens: Vec<Token> = [(0, 5), (6, 8)]
            .map(|(a, b)| Token {
                span: Span::new(a, b),
                ..Token::default()
            })
            .into();
        let mut upos = vec![0.0; 34];
        (upos[7], upos[17 + 5]) = (1.0, 1.0);
        let scores = TagScores {
            upos: Scores::new(&upos, 17),
            feats: Scores::new(&[0.0, 0.0, 1.0, 2.0, 0.0, 0.0], 3),
            lemma: Scores::new(&[0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.0], 4),
        };
        tag(&labels, scores, text, &mut tokens, |_| true);
        let read: Vec<_> = tokens
            .iter()
            .map(|t| (t.upos, t.feats.as_str(), t.lemma.as_str()))
            .collect();
        assert_eq!(
            read,
            [(Upos::Noun, "Number=Plur", "Talks"), (Upos::Det, "", "no")]
        );
    }
}
