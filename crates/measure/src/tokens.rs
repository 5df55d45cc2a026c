//! `measure tokens FILE.conllu…`: how well raw text is split into sentences and tokens, by CoNLL-18's measures.
//!
//! The raw text of a document is rebuilt as in CoNLL-18's raw files: the `# text` lines joined by one space, with a
//! blank line instead before `# newpar`; each `# newdoc` is a text of its own. A unit counts as found where the same
//! characters, blanks left aside, are a unit in both. *tokens* are the treebank's surface tokens (`don't` is one),
//! *words* its syntactic words (`do`, `n't`: what [`analysis::split`] gives), *sentences* whole sentences.

use std::collections::BTreeSet;
use std::path::Path;

use analysis::split::{is_clitic, split};
use types::{Span, Token};

use crate::split::body;
use crate::{Failure, Ratio};

/// Scores every file, and apart from it the documents of news in it (`_news_` in their ids).
pub fn run(files: &[String]) -> Result<(), Failure> {
    if files.is_empty() {
        return Err(Failure::Usage("usage: measure tokens FILE.conllu…".into()));
    }
    println!("set,measure,precision,recall,f1,command");
    for file in files {
        let path = Path::new(file);
        let text = std::fs::read_to_string(path).map_err(|source| Failure::File {
            path: path.into(),
            source,
        })?;
        let documents = documents(&text);
        let set = path
            .file_stem()
            .map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
        report(&set, &documents.iter().collect::<Vec<_>>(), &set);
        let news: Vec<&Gold> = documents
            .iter()
            .filter(|d| d.id.contains("_news_"))
            .collect();
        if !news.is_empty() {
            report(&format!("{set} news"), &news, &set);
        }
    }
    Ok(())
}

/// A document as the treebank splits it.
#[derive(Default)]
struct Gold {
    id: String,
    text: String,
    tokens: BTreeSet<Span>,
    words: BTreeSet<Span>,
    sentences: BTreeSet<Span>,
}

fn report(set: &str, documents: &[&Gold], file: &str) {
    let (mut tokens, mut words, mut sentences) =
        (Ratio::default(), Ratio::default(), Ratio::default());
    for gold in documents {
        let (found, all) = split(&gold.text, &body(&gold.text));
        words.add(&gold.words, &all.iter().map(|t| t.span).collect());
        tokens.add(&gold.tokens, &surface(&gold.text, &all));
        sentences.add(&gold.sentences, &found.iter().map(|s| s.span).collect());
    }
    for (measure, ratio) in [
        ("tokens", tokens),
        ("words", words),
        ("sentences", sentences),
    ] {
        println!("{set},{measure},{ratio},measure tokens ../shared/data/ud/{file}.conllu");
    }
}

/// Words that are written as one token, brought together.
fn surface(text: &str, words: &[Token]) -> BTreeSet<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut before = Span::default();
    for word in words {
        let joined =
            word.span.start == before.end && is_clitic(before.of(text), word.span.of(text));
        match found.last_mut() {
            Some(last) if joined => last.end = word.span.end,
            _ => found.push(word.span),
        }
        before = word.span;
    }
    found.into_iter().collect()
}

fn documents(text: &str) -> Vec<Gold> {
    let mut found: Vec<Gold> = Vec::new();
    let mut paragraph = false;
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let comment = |key: &str| {
            block
                .lines()
                .find_map(|l| l.strip_prefix('#')?.trim().strip_prefix(key))
        };
        if let Some(id) = comment("newdoc") {
            let id = id.trim_start_matches([' ', '=', 'i', 'd']).to_string();
            found.push(Gold {
                id,
                ..Gold::default()
            });
        }
        paragraph |= comment("newpar").is_some();
        let (Some(text), Some(document)) = (comment("text ="), found.last_mut()) else {
            continue;
        };
        document.add(text.trim(), block, paragraph);
        paragraph = false;
    }
    found
}

impl Gold {
    fn add(&mut self, sentence: &str, block: &str, paragraph: bool) {
        if !self.text.is_empty() {
            self.text.push_str(if paragraph { "\n\n" } else { " " });
        }
        let start = self.text.len();
        self.text.push_str(sentence);
        self.sentences.insert(Span::new(start, self.text.len()));
        let mut at = start;
        let mut inside = (0, 0);
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (id, form) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
            if let Some((first, last)) = id.split_once('-') {
                inside = (first.parse().unwrap_or(0), last.parse().unwrap_or(0));
                let span = self.find(form, at);
                self.tokens.insert(span);
            } else if let Ok(number) = id.parse::<usize>() {
                let span = self.find(form, at);
                at = span.end;
                self.words.insert(span);
                if number > inside.1 {
                    self.tokens.insert(span);
                }
            }
        }
    }

    /// Where `form` stands at or behind byte `at`; a form that the text does not have there takes no room.
    fn find(&self, form: &str, at: usize) -> Span {
        let rest = &self.text[at..];
        let skipped = rest.len() - rest.trim_start().len();
        match rest.trim_start().strip_prefix(form) {
            Some(_) => Span::new(at + skipped, at + skipped + form.len()),
            None => Span::new(at, at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# newdoc id = X_news_1\n# newpar\n# text = We can't.\n1\tWe\n2-3\tcan't\n2\tca\n3\tn't\n4\t.\n\n\
        # text = Go.\n1\tGo\n2\t.\n\n# newpar\n# text = End\n1\tEnd\n";

    #[test]
    fn raw_text_and_units_are_rebuilt() {
        let gold = documents(SAMPLE).remove(0);
        assert_eq!(
            (gold.id.as_str(), gold.text.as_str()),
            ("X_news_1", "We can't. Go.\n\nEnd")
        );
        let of = |spans: &BTreeSet<Span>| {
            spans
                .iter()
                .map(|s| s.of(&gold.text).to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(&gold.tokens), ["We", "can't", ".", "Go", ".", "End"]);
        assert_eq!(of(&gold.words), ["We", "ca", "n't", ".", "Go", ".", "End"]);
        assert_eq!(of(&gold.sentences), ["We can't.", "Go.", "End"]);
    }

    #[test]
    fn a_perfect_split_scores_one() {
        let gold = documents(SAMPLE).remove(0);
        let (_, words) = split(&gold.text, &body(&gold.text));
        assert_eq!(surface(&gold.text, &words), gold.tokens);
    }
}
