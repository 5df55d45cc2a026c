//! `measure factuality FILE.jsonl…`: whether predicates happened, macro F1 over negative, uncertain and positive.
//!
//! The corpora grade predicates from −3 to 3. A grade over 0.5 counts as positive, below −0.5 as negative, between
//! them as uncertain. Words are the text's, cut at blanks, as the corpora count them.

use analysis::Polarity;
use serde_json::Value;

use crate::options::{Options, set, text};
use crate::{Failure, Ratio, gold};

/// Scores every file.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("factuality", args)?;
    let analyzer = options.analyzer()?;
    println!("set,measure,precision,recall,f1,command");
    for file in &options.files {
        let mut tally = Tally::default();
        for (i, line) in text(file)?.lines().enumerate() {
            let Graded { words, targets } = read(line).map_err(|message| Failure::Line {
                name: file.clone(),
                line: i + 1,
                message,
            })?;
            let document = gold::document(&[words]);
            let tokens: Vec<usize> = targets.iter().map(|(token, _)| *token).collect();
            let found = analyzer.factuality(&document, &tokens);
            for (token, gold) in targets {
                let found = found.iter().find(|(t, _)| *t == token);
                tally.add(gold, found.map(|(_, polarity)| *polarity));
            }
        }
        tally.print(&set(file), &options.command(file));
    }
    Ok(())
}

/// A sentence with the polarity of some of its words.
struct Graded {
    words: Vec<String>,
    targets: Vec<(usize, Polarity)>,
}

fn read(line: &str) -> Result<Graded, String> {
    let value: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let text = value["text"].as_str().ok_or("no `text`")?;
    let targets = value["targets"].as_array().ok_or("no `targets`")?;
    let target = |target: &Value| {
        let token = target["span1"][0].as_u64()?;
        let grade = target["label"].as_f64()?;
        Some((token as usize, polarity(grade)))
    };
    let targets: Option<Vec<_>> = targets.iter().map(target).collect();
    Ok(Graded {
        words: text.split_whitespace().map(str::to_owned).collect(),
        targets: targets.ok_or("a target without `span1` or `label`")?,
    })
}

fn polarity(grade: f64) -> Polarity {
    match grade {
        g if g > 0.5 => Polarity::Positive,
        g if g < -0.5 => Polarity::Negative,
        _ => Polarity::Uncertain,
    }
}

/// Counts by polarity.
#[derive(Default)]
struct Tally {
    ratios: [Ratio; 3],
}

impl Tally {
    fn add(&mut self, gold: Polarity, found: Option<Polarity>) {
        self.ratios[gold as usize].gold += 1;
        if let Some(found) = found {
            self.ratios[found as usize].found += 1;
            self.ratios[gold as usize].right += usize::from(found == gold);
        }
    }

    fn macro_f1(&self) -> f64 {
        self.ratios.iter().map(|ratio| ratio.f1()).sum::<f64>() / 3.0
    }

    fn print(&self, set: &str, command: &str) {
        println!("{set},macro,,,{:.2},{command}", 100.0 * self.macro_f1());
        for (polarity, name) in Polarity::NAMES {
            println!("{set},{name},{},{command}", self.ratios[polarity as usize]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_become_polarities() {
        let line = r#"{"text": "They met , not fought .", "targets": [
            {"span1": [1, 2], "label": 3.0}, {"span1": [4, 5], "label": -0.6}, {"span1": [0, 1], "label": 0.5}]}"#;
        let Graded { words, targets } = read(line).expect("a good line");
        assert_eq!(words.len(), 6);
        let expected = [
            (1, Polarity::Positive),
            (4, Polarity::Negative),
            (0, Polarity::Uncertain),
        ];
        assert_eq!(targets, expected);
        assert!(read("{}").is_err());
    }

    #[test]
    fn the_macro_counts_each_polarity_the_same() {
        let mut tally = Tally::default();
        for _ in 0..9 {
            tally.add(Polarity::Positive, Some(Polarity::Positive));
        }
        tally.add(Polarity::Negative, None);
        assert!((tally.macro_f1() - 1.0 / 3.0).abs() < 1e-9);
    }
}
