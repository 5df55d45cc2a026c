//! Dependency trees of sentences.

use types::{Token, Upos};

use crate::decode::arborescence::best_tree;
use crate::decode::scores::argmax;

/// Relation of words that were not read, because their sentence is too long.
const UNREAD: &str = "dep";

/// Writes the best tree into the tokens of a sentence, the first of which were read; those beyond hang on the root.
///
/// The first of `tokens` is token `offset` of the document. `arcs` has a row for each word that was read: scores of
/// its heads among the words read, at its own place root. `relate` gives a row of scores of `relations` for each of
/// the chosen pairs of a dependent and its head, both counted in the sentence.
pub fn attach(
    tokens: &mut [Token],
    offset: usize,
    arcs: &[f32],
    relations: &[String],
    relate: impl FnOnce(&[(usize, usize)]) -> Vec<f32>,
) {
    let read = arcs.len().isqrt().min(tokens.len());
    let heads = best_tree(arcs, read);
    let root = (0..read).find(|i| heads[*i] == *i).unwrap_or(0);
    let pairs: Vec<(usize, usize)> = heads.into_iter().enumerate().collect();
    let scores = relate(&pairs);
    for (i, token) in tokens.iter_mut().enumerate() {
        token.head = Some(offset + root).filter(|_| i != root);
        token.deprel = if i == root { "root" } else { UNREAD }.to_owned();
    }
    let rows = scores.chunks_exact(relations.len().max(1));
    for ((i, head), row) in pairs.into_iter().zip(rows).filter(|((i, _), _)| *i != root) {
        tokens[i].head = Some(offset + head);
        let upos = tokens[i].upos;
        tokens[i].deprel = best_relation(relations, row.to_vec(), upos);
    }
}

/// The best relation of a word to another, which `root` is not; `punct` is that of punctuation, and of nothing else.
fn best_relation(relations: &[String], mut scores: Vec<f32>, upos: Upos) -> String {
    for (score, name) in scores.iter_mut().zip(relations) {
        if name == "root" || name == "punct" && upos != Upos::Punct {
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
        let mut tokens = vec![Token::default(); 3];
        tokens[2].upos = Upos::Punct;
        let arcs = [0.0, 5.0, 0.0, 0.0, 5.0, 0.0, 0.0, 5.0, 0.0];
        attach(&mut tokens, 2, &arcs, &relations(), |pairs| {
            assert_eq!(pairs, [(0, 1), (1, 1), (2, 1)]);
            vec![9.0, 2.0, 1.0, 9.0, 0.0, 0.0, 9.0, 1.0, 2.0]
        });
        let expected = [(Some(3), "nsubj"), (None, "root"), (Some(3), "punct")];
        assert_eq!(read(&tokens), expected);
    }

    #[test]
    fn words_not_read_hang_on_the_root() {
        let mut tokens = vec![Token::default(); 4];
        let subject = |pairs: &[(usize, usize)]| [0.0, 1.0, 0.0].repeat(pairs.len());
        attach(&mut tokens, 0, &[0.0, 3.0, 0.0, 3.0], &relations(), subject);
        let expected = [
            (Some(1), "nsubj"),
            (None, "root"),
            (Some(1), "dep"),
            (Some(1), "dep"),
        ];
        assert_eq!(read(&tokens), expected);
        attach(&mut tokens[..2], 7, &[], &relations(), |_| Vec::new());
        assert_eq!(read(&tokens[..2]), [(None, "root"), (Some(7), "dep")]);
    }
}
