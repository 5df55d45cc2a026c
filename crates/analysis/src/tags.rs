//! Part of speech, features and lemma of each word.

use types::Token;

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
pub fn tag(labels: &Labels, scores: TagScores<'_>, text: &str, tokens: &mut [Token]) {
    let best = |scores: Scores<'_>, i| (i < scores.rows()).then(|| argmax(scores.row(i)));
    for (i, token) in tokens.iter_mut().enumerate() {
        let form = token.span.of(text);
        if let Some(upos) = best(scores.upos, i).and_then(|l| labels.upos.get(l)) {
            token.upos = *upos;
        }
        if let Some(feats) = best(scores.feats, i).and_then(|l| labels.feats.get(l)) {
            token.feats.clone_from(feats);
        }
        if let Some(rule) = best(scores.lemma, i).and_then(|l| labels.lemma.get(l)) {
            token.lemma = nonempty(rule.apply(form), form);
        }
    }
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
        tag(&labels, scores, text, &mut tokens);
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
