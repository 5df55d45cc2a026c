//! Explanations as pages for a person: the sentence with its parts marked, its tree, and what was decided by what.

use rapporteur::types::explain::{Decision, Explained, Explanation, Item, Mark, Tree};

use crate::brief::excerpt::shortened;
use crate::brief::ink::{Ink, Paper, Text};

use super::tree;

/// Columns of an id with the space behind it.
const ID: usize = 6;

/// Characters of a value: the content of a claim stands whole in its sentences.
const LONGEST: usize = 80;

/// The colour of a part of an event or claim.
pub fn ink_of(part: &str) -> Ink {
    match part {
        "trigger" | "cue" => Ink::Trigger,
        "actor" => Ink::Actor,
        "recipient" => Ink::Recipient,
        "reporter" | "source" => Ink::Reporter,
        "place" => Ink::Place,
        "content" => Ink::Content,
        _ => Ink::Plain,
    }
}

/// The ids that there are, a line each.
pub fn list(explained: &Explained, paper: &Paper) -> String {
    let mut page = String::new();
    let title = explained.story.headline.as_deref();
    let title = title.or(explained.story.reference.as_deref());
    Text::new(Ink::Title, title.unwrap_or("A story without a headline"))
        .write(&mut page, paper, 0, 0);
    for (kind, heading) in [("event", "Events"), ("claim", "Claims")] {
        let mut items = explained.items.iter().filter(|i| i.kind == kind).peekable();
        if items.peek().is_none() {
            continue;
        }
        page.push('\n');
        Text::new(Ink::Heading, heading).write(&mut page, paper, 0, 0);
        items.for_each(|item| line(item, &mut page, paper));
    }
    if explained.items.is_empty() {
        page.push_str("\nNo events and no claims were found.\n");
    }
    page
}

fn line(item: &Item, page: &mut String, paper: &Paper) {
    let mut text = String::new();
    Text::new(Ink::Plain, &item.summary).write(&mut text, paper, ID, ID);
    let id = format!("{:<ID$}", item.id);
    let mut start = String::new();
    Text::new(Ink::Name, id).write_as_is(&mut start, paper);
    // The first line's indent makes room for the id.
    page.push_str(start.trim_end_matches('\n'));
    page.push_str(text.get(ID..).unwrap_or("\n"));
}

/// The explanations one below the other.
pub fn page(explained: &Explained, paper: &Paper) -> String {
    let mut page = String::new();
    for (index, explanation) in explained.explanations.iter().enumerate() {
        if index > 0 {
            page.push_str("\n════\n\n");
        }
        one(explanation, &mut page, paper);
    }
    page
}

fn one(explanation: &Explanation, page: &mut String, paper: &Paper) {
    Text::new(Ink::Title, format!("{} ", explanation.id))
        .and(Ink::Name, &explanation.summary)
        .write(page, paper, 0, 3);
    for sentence in &explanation.sentences {
        page.push('\n');
        marked(sentence, &explanation.marks).write(page, paper, 2, 2);
        page.push('\n');
        tree::draw(sentence, &explanation.marks, 2, page, paper);
    }
    page.push('\n');
    for decision in &explanation.decisions {
        decided(decision, page, paper);
    }
}

/// What was decided and by what, then what it rests on.
fn decided(decision: &Decision, page: &mut String, paper: &Paper) {
    let value = decision.value.as_deref().unwrap_or("-");
    let value = shortened(value, LONGEST);
    let mut text = Text::new(Ink::Heading, &decision.field)
        .and(Ink::Plain, " ")
        .and(Ink::Name, value);
    if let Some(label) = &decision.label {
        text.push(Ink::Plain, format!(" ({label})"));
    }
    text.push(Ink::Plain, format!(" by {}", decision.by));
    if let Some(score) = decision.score {
        text.push(Ink::Plain, format!(" {score:.3}"));
    }
    if let Some(other) = &decision.runner_up {
        let what = if overrules_head(decision) {
            "against the head's"
        } else {
            "before"
        };
        text.push(
            Ink::Faint,
            format!(", {what} {} {:.3}", other.value, other.score),
        );
    }
    text.write(page, paper, 2, 6);
    ground(decision, page, paper);
}

/// Whether a rule decided where a head would have decided otherwise. Antecedents, places and dates are chosen by weights
/// that no head knows of, whatever rule tells where their words stand.
fn overrules_head(decision: &Decision) -> bool {
    let weighed = ["rule:antecedent", "rule:weighed-places"].contains(&decision.by.as_str());
    decision.by.starts_with("rule:") && decision.field != "date" && !weighed
}

fn ground(decision: &Decision, page: &mut String, paper: &Paper) {
    let words: Vec<String> = decision
        .words
        .iter()
        .map(|w| format!("“{}”", w.words))
        .collect();
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend((!words.is_empty()).then(|| words.join(", ")));
    sentences.extend(decision.why.clone());
    if !sentences.is_empty() {
        Text::new(Ink::Faint, sentences.join(" · ")).write(page, paper, 6, 6);
    }
    for line in &decision.lexicon {
        let entry = line.entry.replace('\t', " | ");
        Text::new(Ink::Faint, format!("{}:{} ", line.file, line.line))
            .and(Ink::Plain, entry)
            .write(page, paper, 6, 8);
    }
}

/// A sentence whose marked words stand in brackets with the name of their part behind: `[The rebels]actor`.
fn marked(sentence: &Tree, marks: &[Mark]) -> Text {
    let letters: Vec<char> = sentence.text.chars().collect();
    let inside = |at: usize| at.clamp(sentence.start, sentence.end) - sentence.start;
    let mut here: Vec<(usize, usize, &str)> = marks
        .iter()
        .map(|m| (inside(m.start), inside(m.end), m.part.as_str()))
        .filter(|(start, end, _)| start < end)
        .collect();
    // Of two that begin together the longer opens first.
    here.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut cuts: Vec<usize> = here
        .iter()
        .flat_map(|(start, end, _)| [*start, *end])
        .collect();
    cuts.extend([0, letters.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut text = Text::default();
    for (index, cut) in cuts.iter().enumerate() {
        for (_, _, part) in here.iter().rev().filter(|(_, end, _)| end == cut) {
            text.push(Ink::Faint, format!("]{part}"));
        }
        for _ in here.iter().filter(|(start, ..)| start == cut) {
            text.push(Ink::Faint, "[");
        }
        let next = cuts.get(index + 1).copied().unwrap_or(*cut);
        let inner = here
            .iter()
            .filter(|(start, end, _)| start <= cut && cut < end);
        let inner = inner.min_by_key(|(start, end, _)| end - start);
        let ink = inner.map_or(Ink::Plain, |(.., part)| ink_of(part));
        if let Some(words) = letters.get(*cut..next) {
            text.push(ink, words.iter().collect::<String>());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur::types::explain::{Line, RunnerUp, Words};

    const PAPER: Paper = Paper {
        width: 48,
        colour: false,
        verbose: false,
    };

    fn mark(part: &str, start: usize, end: usize) -> Mark {
        Mark {
            part: part.to_owned(),
            start,
            end,
            words: String::new(),
            score: None,
        }
    }

    fn sentence(text: &str, start: usize) -> Tree {
        Tree {
            sentence: 0,
            start,
            end: start + text.chars().count(),
            text: text.to_owned(),
            tokens: Vec::new(),
        }
    }

    fn shown(text: &str, start: usize, marks: &[Mark]) -> String {
        let mut page = String::new();
        marked(&sentence(text, start), marks).write(&mut page, &PAPER, 0, 0);
        page
    }

    #[test]
    fn parts_stand_in_brackets() {
        let marks = [mark("actor", 14, 16), mark("trigger", 17, 20)];
        assert_eq!(
            shown("Été he met her.", 10, &marks),
            "Été [he]actor [met]trigger her.\n"
        );
    }

    #[test]
    fn parts_may_hold_each_other_and_run_out_of_the_sentence() {
        let marks = [
            mark("content", 0, 30),
            mark("source", 10, 13),
            mark("cue", 13, 40),
        ];
        assert_eq!(
            shown("Ada met it", 10, &marks),
            "[[Ada]source[ met it]cue]content\n"
        );
        assert_eq!(shown("Ada", 100, &marks), "Ada\n");
    }

    #[test]
    fn a_decision_says_by_what_and_against_what() {
        let decision = Decision {
            field: "status".to_owned(),
            value: Some("negated".to_owned()),
            by: "rule:negated-by-word".to_owned(),
            runner_up: Some(RunnerUp {
                value: "actual".to_owned(),
                score: 0.75,
            }),
            words: vec![Words {
                start: 0,
                end: 3,
                words: "not".to_owned(),
            }],
            lexicon: vec![Line {
                file: "status_cues.tsv".to_owned(),
                line: 9,
                entry: "not\tnegator".to_owned(),
            }],
            why: Some("It is negated.".to_owned()),
            ..Decision::default()
        };
        let mut page = String::new();
        decided(&decision, &mut page, &PAPER);
        let expected = "  status negated by rule:negated-by-word,
      against the head's actual 0.750
      “not” · It is negated.
      status_cues.tsv:9 not | negator
";
        assert_eq!(page, expected);
    }
}
