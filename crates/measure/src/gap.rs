//! `measure gap FILE.tsv…`: whom an ambiguous pronoun means, by GAP's own measure (Webster et al., 2018).
//!
//! Each text has a pronoun and two names, for each of which it is known whether the pronoun means it. The coder says yes
//! where pronoun and name are mentions of one actor. F1 is over all names, and over those with a masculine and a feminine
//! pronoun; bias is the feminine F1 over the masculine.

use std::collections::HashMap;

use lexicon::Lexicon;
use types::record::{Provenance, Record};
use types::{Document, conllu};

use crate::options::{Options, set, text};
use crate::{Failure, Ratio, gold};

/// Scores every file.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("gap", args)?;
    let mut source = Source::open(&options)?;
    println!("set,measure,precision,recall,f1,command");
    for file in &options.files {
        let examples = read(file, &text(file)?)?;
        let limit = options.limit.unwrap_or(usize::MAX);
        let mut score = Score::default();
        for example in examples.iter().take(limit) {
            let record = source.record(example);
            score.add(example, answers(example, &record));
        }
        for (measure, ratio) in [
            ("all", score.all()),
            ("masculine", score.masculine),
            ("feminine", score.feminine),
        ] {
            println!("{},{measure},{ratio},{}", set(file), options.command(file));
        }
        let bias = score.feminine.f1() / score.masculine.f1().max(f64::MIN_POSITIVE);
        println!("{},bias,,,{bias:.2},{}", set(file), options.command(file));
    }
    Ok(())
}

/// Where the analyses come from: the model, or a file that `rapporteur parse` wrote of the same texts.
enum Source {
    Model(Box<rapporteur::Reader>),
    Parsed(HashMap<String, Document>),
}

impl Source {
    fn open(options: &Options) -> Result<Self, Failure> {
        let Some(path) = &options.parsed else {
            return Ok(Source::Model(Box::new(options.reader()?)));
        };
        Ok(Source::Parsed(documents(path)?))
    }

    fn record(&mut self, example: &Example) -> Record {
        match self {
            Source::Model(reader) => reader.read(&gold::story(&example.text)),
            Source::Parsed(documents) => {
                let document = documents.remove(&example.id).unwrap_or_default();
                coder::code(&document, Lexicon::built_in(), Provenance::default())
            }
        }
    }
}

/// Documents by the caller's name for them.
pub(crate) fn documents(path: &str) -> Result<HashMap<String, Document>, Failure> {
    let read = conllu::read(&text(path)?);
    let documents = read.map_err(|e| Failure::Usage(format!("{path}: {e}")))?;
    let named = documents
        .into_iter()
        .filter_map(|d| Some((d.story.reference.clone()?, d)));
    Ok(named.collect())
}

/// A text with a pronoun and two names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Example {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) pronoun: [usize; 2],
    pub(crate) names: [[usize; 2]; 2],
    pub(crate) meant: [bool; 2],
    pub(crate) feminine: bool,
}

#[derive(Default)]
struct Score {
    masculine: Ratio,
    feminine: Ratio,
}

impl Score {
    fn add(&mut self, example: &Example, found: [bool; 2]) {
        let ratio = if example.feminine {
            &mut self.feminine
        } else {
            &mut self.masculine
        };
        for (found, meant) in found.into_iter().zip(example.meant) {
            ratio.right += usize::from(found && meant);
            ratio.found += usize::from(found);
            ratio.gold += usize::from(meant);
        }
    }

    fn all(&self) -> Ratio {
        let (m, f) = (self.masculine, self.feminine);
        Ratio {
            right: m.right + f.right,
            found: m.found + f.found,
            gold: m.gold + f.gold,
        }
    }
}

/// For each name whether it is a mention of the pronoun's actor.
fn answers(example: &Example, record: &Record) -> [bool; 2] {
    let touches =
        |m: &types::record::Mention, [start, end]: [usize; 2]| m.start < end && start < m.end;
    let actor = record.actors.iter().find(|actor| {
        let mut pronouns = actor.mentions.iter().filter(|m| m.form == "pronominal");
        pronouns.any(|m| touches(m, example.pronoun))
    });
    example.names.map(|name| {
        let mut mentions = actor.into_iter().flat_map(|a| &a.mentions);
        mentions.any(|m| m.form == "named" && touches(m, name))
    })
}

/// The examples of a file with a heading.
pub(crate) fn read(name: &str, text: &str) -> Result<Vec<Example>, Failure> {
    let mut lines = text.lines().enumerate();
    lines.next();
    let example = |(index, line): (usize, &str)| {
        example(line).ok_or_else(|| Failure::Line {
            name: name.to_owned(),
            line: index + 1,
            message:
                "not the columns of GAP: ID, text, pronoun, offset, A, offset, TRUE or FALSE, B, …"
                    .to_owned(),
        })
    };
    lines
        .filter(|(_, line)| !line.is_empty())
        .map(example)
        .collect()
}

fn example(line: &str) -> Option<Example> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [
        id,
        text,
        pronoun,
        at,
        a,
        a_at,
        a_meant,
        b,
        b_at,
        b_meant,
        ..,
    ] = columns[..]
    else {
        return None;
    };
    let span = |words: &str, at: &str| {
        let start: usize = at.parse().ok()?;
        Some([start, start + words.chars().count()])
    };
    let meant = |text: &str| match text {
        "TRUE" => Some(true),
        "FALSE" => Some(false),
        _ => None,
    };
    Some(Example {
        id: id.to_owned(),
        text: text.to_owned(),
        pronoun: span(pronoun, at)?,
        names: [span(a, a_at)?, span(b, b_at)?],
        meant: [meant(a_meant)?, meant(b_meant)?],
        feminine: ["she", "her", "hers"].contains(&pronoun.to_lowercase().as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str =
        "x-1\tAnn Roe met Eva. She left.\tShe\t17\tAnn Roe\t0\tTRUE\tEva\t12\tFALSE\thttp://x";

    fn record(mentions: &[(usize, usize, &str)]) -> Record {
        let mut document = Document::default();
        document.story.text = "Ann Roe met Eva. She left.".to_owned();
        let mut record = coder::code(&document, Lexicon::built_in(), Provenance::default());
        record.actors.push(types::record::Actor {
            id: "a1".to_owned(),
            name: "Ann Roe".to_owned(),
            kind: "person".to_owned(),
            code: None,
            country: None,
            roles: Vec::new(),
            title: None,
            wikidata: None,
            mentions: mentions
                .iter()
                .map(|(start, end, form)| types::record::Mention {
                    start: *start,
                    end: *end,
                    form: (*form).to_owned(),
                })
                .collect(),
        });
        record
    }

    #[test]
    fn lines_are_read_and_bad_ones_named() {
        let examples = read("x", &format!("ID\tText\n{LINE}\n")).expect("good lines");
        assert_eq!(examples[0].pronoun, [17, 20]);
        assert_eq!(examples[0].names, [[0, 7], [12, 15]]);
        assert_eq!(examples[0].meant, [true, false]);
        assert!(examples[0].feminine);
        for bad in [
            "x-1\ttext",
            &LINE.replace("TRUE", "yes"),
            &LINE.replace("17", "-1"),
        ] {
            let error = read("x", &format!("ID\n{bad}\n")).expect_err("a bad line");
            assert!(error.to_string().starts_with("x:2: "), "{error}");
        }
    }

    #[test]
    fn pronoun_and_name_of_one_actor_are_a_yes() {
        let example = example(LINE).expect("a good line");
        let right = record(&[(0, 7, "named"), (17, 20, "pronominal")]);
        assert_eq!(answers(&example, &right), [true, false]);
        let wrong = record(&[(12, 15, "named"), (17, 20, "pronominal")]);
        assert_eq!(answers(&example, &wrong), [false, true]);
        assert_eq!(
            answers(&example, &record(&[(0, 7, "named")])),
            [false, false]
        );
        let mut score = Score::default();
        score.add(&example, [true, false]);
        score.add(&example, [false, true]);
        assert_eq!(score.all().to_string(), "50.00,50.00,50.00");
        assert_eq!(score.masculine, Ratio::default());
    }
}
