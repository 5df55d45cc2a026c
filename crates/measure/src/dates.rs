//! `measure dates STORIES.jsonl`: what the coder weighs when it dates events, a JSON line a story, for
//! `crates/coder/derive/dates.py` to learn from and to score.

use coder::{DateCandidate, DateChoice};
use lexicon::Lexicon;
use serde_json::{Value, json};
use types::{CharIndex, Document};

use crate::Failure;
use crate::options::Options;

/// Prints the choices of each story, under the caller's name for it.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("dates", args)?;
    let analyzer = options.analyzer()?;
    for file in &options.files {
        for story in options.stories(file)? {
            println!("{}", choices(&analyzer.analyze(story)));
        }
    }
    Ok(())
}

fn choices(document: &Document) -> Value {
    let index = CharIndex::new(&document.story.text);
    let choices = coder::date_choices(document, Lexicon::built_in());
    let events = choices.iter().map(|choice| event(document, &index, choice));
    json!({"id": document.story.reference, "events": events.collect::<Value>()})
}

fn event(document: &Document, index: &CharIndex, choice: &DateChoice) -> Value {
    let candidate = |c: &DateCandidate| json!({"first": c.first, "last": c.last, "facts": c.facts});
    json!({
        "trigger": index.span(document.span(&choice.trigger)),
        "type": choice.event.as_str(),
        "facts": choice.facts,
        "candidates": choice.candidates.iter().map(candidate).collect::<Value>(),
        "relatives": choice.relatives,
    })
}
