//! `measure names FILE.iob2…`: F1 of names, exact in words and kind, on the corpus's own words.
//!
//! Files of Universal NER (number, word, tag …) are compared with what the head `entities` finds; other kinds than
//! `PER`, `ORG` and `LOC` are left out. Files of words and tags are compared with the head `names`; where words have
//! several columns of tags, the first counts.

use std::collections::{BTreeMap, BTreeSet};

use analysis::Analyzer;
use types::Document;

use crate::options::{Options, set, text};
use crate::{Failure, Ratio, gold};

/// A name: first word, word after the last, kind.
type Name = (usize, usize, String);

/// Scores every file, in all and by kind.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("names", args)?;
    let analyzer = options.analyzer()?;
    println!("set,measure,precision,recall,f1,command");
    for file in &options.files {
        let (mut all, mut kinds) = (Ratio::default(), BTreeMap::<String, Ratio>::new());
        for gold in read(&text(file)?) {
            let found = find(&analyzer, &gold);
            all.add(&gold.names, &found);
            let known = gold.names.iter().chain(&found).map(|n| n.2.clone());
            for kind in known.collect::<BTreeSet<String>>() {
                let of = |names: &BTreeSet<Name>| {
                    names.iter().filter(|n| n.2 == kind).cloned().collect()
                };
                let ratio = kinds.entry(kind.clone()).or_default();
                ratio.add::<Name>(&of(&gold.names), &of(&found));
            }
        }
        println!("{},all,{all},{}", set(file), options.command(file));
        for (kind, ratio) in kinds {
            println!("{},{kind},{ratio},{}", set(file), options.command(file));
        }
    }
    Ok(())
}

/// An annotated document.
struct Gold {
    document: Document,
    names: BTreeSet<Name>,
    universal: bool,
}

fn find(analyzer: &Analyzer, gold: &Gold) -> BTreeSet<Name> {
    if gold.universal {
        let found = analyzer.entities(&gold.document).into_iter();
        return found
            .map(|(words, kind)| (words.start, words.end, kind))
            .collect();
    }
    let read = analyzer.annotate(gold.document.clone());
    let kind = |name: &types::Name| name.kind.as_str().to_owned();
    let names = read.names.iter();
    names
        .map(|n| (n.tokens.start, n.tokens.end, kind(n)))
        .collect()
}

/// The documents of a file; blank lines end sentences, `# newdoc` begins a document.
fn read(text: &str) -> Vec<Gold> {
    let mut all = Vec::new();
    let (mut sentences, mut tags, mut universal) = (vec![Vec::new()], Vec::new(), false);
    for line in text.lines().chain(["# newdoc"]) {
        let columns: Vec<&str> = line.split('\t').collect();
        match columns[..] {
            _ if line.starts_with("# newdoc") => {
                let sentences = std::mem::replace(&mut sentences, vec![Vec::new()]);
                let document = gold::document(&sentences);
                let names = spans(&std::mem::take(&mut tags), universal);
                all.push(Gold {
                    document,
                    names,
                    universal,
                });
            }
            [comment, ..] if comment.starts_with("# ") => {}
            [number, word, tag, _, ..] if number.parse::<usize>().is_ok() => {
                universal = true;
                sentences
                    .last_mut()
                    .expect("never empty")
                    .push(word.to_owned());
                tags.push(tag.to_owned());
            }
            [word, tag, ..] if !word.trim().is_empty() => {
                sentences
                    .last_mut()
                    .expect("never empty")
                    .push(word.to_owned());
                tags.push(tag.trim().to_owned());
            }
            _ => sentences.push(Vec::new()),
        }
    }
    all.retain(|gold| !gold.document.tokens.is_empty());
    all
}

/// The names that BIO tags mark. An I that continues nothing begins a name.
fn spans(tags: &[String], universal: bool) -> BTreeSet<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (i, tag) in tags.iter().enumerate() {
        let Some((side, kind)) = tag.split_once('-') else {
            continue;
        };
        match names.last_mut() {
            Some((_, end, own)) if side == "I" && *end == i && own == kind => *end = i + 1,
            _ => names.push((i, i + 1, kind.to_owned())),
        }
    }
    let counted = |name: &Name| !universal || ["PER", "ORG", "LOC"].contains(&name.2.as_str());
    names.into_iter().filter(counted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_are_read() {
        let universal = "# newdoc id = a\n# text = Ann left\n1\tAnn\tB-PER\t-\tx\n2\tleft\tO\t-\t-\n\n1\tRed\tB-OTH\t-\tx\n";
        let golds = read(universal);
        assert_eq!(golds.len(), 1);
        assert!(golds[0].universal);
        assert_eq!(golds[0].document.sentences.len(), 2);
        assert_eq!(golds[0].names, BTreeSet::from([(0, 1, "PER".to_owned())]));

        let plain = "# newdoc id = a\nThe\tO\n\nNew\tB-Location\tB-X\nHill\tI-Location\n# newdoc id = b\n5\tB-Date\n";
        let golds = read(plain);
        assert_eq!(golds.len(), 2);
        assert_eq!(
            golds[0].names,
            BTreeSet::from([(1, 3, "Location".to_owned())])
        );
        assert_eq!(golds[1].names, BTreeSet::from([(0, 1, "Date".to_owned())]));
        assert!(!golds[1].universal);
    }

    #[test]
    fn names_end_where_the_kind_changes() {
        let tags = ["B-A", "I-A", "I-B", "O", "I-B", "B-B"].map(str::to_owned);
        let found = spans(&tags, false);
        let bounds: Vec<(usize, usize)> = found.iter().map(|n| (n.0, n.1)).collect();
        assert_eq!(bounds, [(0, 2), (2, 3), (4, 5), (5, 6)]);
    }

    #[test]
    fn every_name_of_the_corpora_is_read() {
        for (file, column) in [("uner_ewt-dev", 2), ("worldwide_newswire-dev", 1)] {
            let Some(text) = crate::options::shared(&format!("data/ner/{file}.iob2")) else {
                continue;
            };
            let begins = |line: &&str| {
                let tag = line.split('\t').nth(column);
                !line.starts_with("# ") && tag.is_some_and(|tag| tag.starts_with("B-"))
            };
            let names: usize = read(&text).iter().map(|gold| gold.names.len()).sum();
            assert_eq!(names, text.lines().filter(begins).count(), "{file}");
        }
    }
}
