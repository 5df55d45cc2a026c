//! `measure pronouns FILE…`: the choices that the coder has for "he" and "she", for `crates/coder/derive/pronouns.py` to
//! learn from.
//!
//! A line of JSON is a pronoun with its candidates and their features. Of GAP's files (`.tsv`) each text has one, and
//! `names` says which of the two names a candidate has; `--parsed` may give what `rapporteur parse` wrote of these texts. Of
//! GUM's (`.conllu`, its own trees and names) every pronoun counts; the first name stands for whom it means, and where it
//! means none of the candidates, neither name is meant.

use lexicon::Lexicon;
use serde_json::{Value, json};
use types::{CharIndex, Document, TokenRange};

use crate::Failure;
use crate::coreference::gum::{self, Described};
use crate::coreference::measures::Clusters;
use crate::gap::{Example, documents, read};
use crate::gold;
use crate::options::{Options, text};

/// Writes the choices of every file.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("pronouns", args)?;
    let parsed = options.parsed.as_ref().map(|path| documents(path));
    let parsed = parsed.transpose()?;
    for file in &options.files {
        let text = text(file)?;
        if file.ends_with(".conllu") {
            for (name, document, gold) in gum::documents(file, &text, &Described::new())? {
                print(of_document(&name, &document, &gold));
            }
        } else if let Some(parsed) = &parsed {
            for example in read(file, &text)? {
                print(
                    parsed
                        .get(&example.id)
                        .map(|document| of_example(&example, document)),
                );
            }
        } else {
            let analyzer = options.analyzer()?;
            for example in read(file, &text)? {
                let document = analyzer.analyze(gold::story(&example.text));
                print([of_example(&example, &document)]);
            }
        }
    }
    Ok(())
}

fn print(choices: impl IntoIterator<Item = Value>) {
    for choice in choices {
        println!("{choice}");
    }
}

/// The candidates of an example's pronoun, each with the names (A is 0, B is 1) that it has.
fn of_example(example: &Example, document: &Document) -> Value {
    let index = CharIndex::new(&document.story.text);
    let touches = |tokens: &TokenRange, [start, end]: [usize; 2]| {
        let [first, last] = index.span(document.span(tokens));
        first < end && start < last
    };
    let found = coder::pronoun_choices(document, Lexicon::built_in());
    let found = found
        .into_iter()
        .find(|c| touches(&(c.token..c.token + 1), example.pronoun));
    let candidates = found.map(|c| c.candidates).unwrap_or_default();
    let candidates = candidates.into_iter().map(|candidate| {
        let holds = |name: [usize; 2]| candidate.names.iter().any(|tokens| touches(tokens, name));
        let names: Vec<usize> = (0..2).filter(|i| holds(example.names[*i])).collect();
        json!({"names": names, "features": candidate.features})
    });
    let candidates: Vec<Value> = candidates.collect();
    json!({"id": example.id, "meant": example.meant, "candidates": candidates})
}

/// The choices of a document whose mentions are known to come together as in `gold`.
fn of_document(name: &str, document: &Document, gold: &Clusters) -> Vec<Value> {
    let choices = coder::pronoun_choices(document, Lexicon::built_in()).into_iter();
    let choice = |choice: coder::PronounChoice| {
        let right =
            |c: &coder::PronounCandidate| c.heads.iter().any(|h| gold.are_one(*h, choice.token));
        let known = choice.candidates.iter().any(right);
        let candidates = choice.candidates.iter().map(|candidate| {
            let names: &[usize] = if right(candidate) { &[0] } else { &[] };
            json!({"names": names, "features": candidate.features})
        });
        let candidates: Vec<Value> = candidates.collect();
        let id = format!("{name}:{}", choice.token);
        json!({"id": id, "meant": [known, false], "candidates": candidates})
    };
    choices.map(choice).collect()
}
