//! Acts that a story announces: "plans to sell", "agreed to withdraw". The trigger head misses more of them than of acts
//! that happened, since annotated stories have few; the tree sees them well, so that a weaker score is enough there.

use lexicon::{Lexicon, StatusCue};
use types::{Document, TokenRange, Upos};

/// For each token of `words`: whether it is an infinitive that hangs on a word of plan or promise of the lexicon.
pub fn announced(document: &Document, words: TokenRange) -> Vec<bool> {
    let mut marked = vec![false; words.len()];
    let lexicon = Lexicon::built_in();
    for to in words.clone() {
        let token = &document.tokens[to];
        let verb = token
            .head
            .filter(|_| token.deprel == "mark" && document.form(to).eq_ignore_ascii_case("to"));
        let Some(verb) = verb.filter(|v| words.contains(v)) else {
            continue;
        };
        let infinitive = &document.tokens[verb];
        let hangs =
            infinitive.upos == Upos::Verb && matches!(infinitive.deprel.as_str(), "acl" | "xcomp");
        let above = infinitive.head.filter(|_| hangs);
        // A plural that the tagger took for a dictionary form ("plans") is one all the same.
        let plan = |t: usize| {
            let lemma = document.tokens[t].lemma.as_str();
            let single = lemma.strip_suffix('s').unwrap_or(lemma);
            [lemma, single]
                .map(|word| lexicon.status_cue(word))
                .contains(&Some(StatusCue::Plan))
        };
        marked[verb - words.start] = above.is_some_and(plan);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::announced;
    use types::conllu;

    #[test]
    fn infinitives_under_plans_are_announced() {
        let text = "\
1\tPeru\tPeru\tPROPN\t_\t_\t2\tnsubj\t_\t_
2\tannounced\tannounce\tVERB\t_\t_\t0\troot\t_\t_
3\tplans\tplan\tNOUN\t_\t_\t2\tobj\t_\t_
4\tto\tto\tPART\t_\t_\t5\tmark\t_\t_
5\tsell\tsell\tVERB\t_\t_\t3\tacl\t_\t_
6\tand\tand\tCCONJ\t_\t_\t7\tcc\t_\t_
7\tneeds\tneed\tVERB\t_\t_\t2\tconj\t_\t_
8\tto\tto\tPART\t_\t_\t9\tmark\t_\t_
9\tbuy\tbuy\tVERB\t_\t_\t7\txcomp\t_\t_

";
        let documents = conllu::read(text).expect("an annotation");
        let marked = announced(&documents[0], 1..9);
        let at: Vec<usize> = (0..8).filter(|i| marked[*i]).map(|i| i + 1).collect();
        assert_eq!(at, [4]);
        assert!(announced(&documents[0], 0..0).is_empty());
    }
}
