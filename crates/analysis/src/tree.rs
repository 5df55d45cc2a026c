//! Dependency trees of sentences.

use std::ops::Range;

use types::Token;

use crate::decode::arborescence::best_tree;
use crate::decode::scores::argmax;

/// Relation of words that were not read, because their sentence is too long.
const UNREAD: &str = "dep";

/// Writes the best tree into the tokens `sentence`, the first of which were read; those beyond hang on the root.
///
/// `arcs` has a row for each word that was read: scores of its heads among the words read, at its own place root.
/// `relation(dependent, head)` gives the scores of `relations` for a chosen arc, both counted in the sentence.
pub fn attach(
    tokens: &mut [Token],
    sentence: Range<usize>,
    arcs: &[f32],
    relations: &[String],
    relation: impl Fn(usize, usize) -> Vec<f32>,
) {
    let read = arcs.len().isqrt().min(sentence.len());
    let heads = best_tree(arcs, read);
    let root = (0..read).find(|i| heads[*i] == *i).unwrap_or(0);
    for i in 0..sentence.len() {
        let token = &mut tokens[sentence.start + i];
        let head = heads.get(i).copied().unwrap_or(root);
        if i == root {
            (token.head, token.deprel) = (None, "root".to_owned());
            continue;
        }
        token.head = Some(sentence.start + head);
        token.deprel = match heads.get(i) {
            Some(_) => best_relation(relations, relation(i, head)),
            None => UNREAD.to_owned(),
        };
    }
}

/// The best relation between two words, which `root` is not.
fn best_relation(relations: &[String], mut scores: Vec<f32>) -> String {
    for (score, name) in scores.iter_mut().zip(relations) {
        if name == "root" {
            *score = f32::NEG_INFINITY;
        }
    }
    let best = relations
        .get(argmax(&scores))
        .filter(|name| *name != "root");
    best.cloned().unwrap_or_else(|| UNREAD.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relations() -> Vec<String> {
        ["root", "nsubj", "punct"].map(str::to_owned).into()
    }

    fn read(tokens: &[Token]) -> Vec<(Option<usize>, &str)> {
        tokens.iter().map(|t| (t.head, t.deprel.as_str())).collect()
    }

    #[test]
    fn arcs_are_in_tokens_of_the_document() {
        let mut tokens = vec![Token::default(); 5];
        let arcs = [0.0, 5.0, 0.0, 0.0, 5.0, 0.0, 0.0, 5.0, 0.0];
        attach(&mut tokens, 2..5, &arcs, &relations(), |dependent, head| {
            assert_eq!(head, 1);
            if dependent == 0 {
                vec![9.0, 2.0, 1.0]
            } else {
                vec![9.0, 1.0, 2.0]
            }
        });
        let expected = [
            (None, ""),
            (None, ""),
            (Some(3), "nsubj"),
            (None, "root"),
            (Some(3), "punct"),
        ];
        assert_eq!(read(&tokens), expected);
    }

    #[test]
    fn words_not_read_hang_on_the_root() {
        let mut tokens = vec![Token::default(); 4];
        attach(
            &mut tokens,
            0..4,
            &[0.0, 3.0, 0.0, 3.0],
            &relations(),
            |_, _| vec![0.0, 1.0, 0.0],
        );
        let expected = [
            (Some(1), "nsubj"),
            (None, "root"),
            (Some(1), "dep"),
            (Some(1), "dep"),
        ];
        assert_eq!(read(&tokens), expected);
        attach(&mut tokens, 1..3, &[], &relations(), |_, _| Vec::new());
        assert_eq!(read(&tokens[1..3]), [(None, "root"), (Some(1), "dep")]);
    }
}
