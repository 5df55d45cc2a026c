//! `measure split`: sentences and tokens of plain text, for the training, which must see the words that reading sees.

use std::io::{BufRead, Write};

use analysis::split::{paragraphs, split};
use serde_json::{Value, json};
use types::{CharIndex, Part, PartKind, Span, TimeExpression};

use crate::Failure;

/// Reads JSON Lines `{"id", "text", "published"}` from standard input and writes `{"id", "sentences": [[[start, end], …], …],
/// "times": [[start, end, value], …]}`: for each sentence its tokens, and the time expressions with their TIMEX3 value, as
/// half-open ranges of code points. Text is plain: blank lines separate paragraphs. `published` may be left out.
pub fn run(_: &[String]) -> Result<(), Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (i, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let bad = |message: String| Failure::Line {
            name: "-".into(),
            line: i + 1,
            message,
        };
        let value: Value = serde_json::from_str(&line).map_err(|e| bad(e.to_string()))?;
        let text = value["text"]
            .as_str()
            .ok_or_else(|| bad("no `text`".into()))?;
        writeln!(
            out,
            "{}",
            json!({"id": value["id"], "sentences": sentences(text), "times": times(text, value["published"].as_str())})
        )?;
    }
    out.flush()?;
    Ok(())
}

/// The tokens of each sentence of `text`, in code points.
fn sentences(text: &str) -> Vec<Vec<[usize; 2]>> {
    let index = CharIndex::new(text);
    let (sentences, tokens) = split(text, &body(text));
    let span =
        |range: std::ops::Range<usize>| tokens[range].iter().map(|t| index.span(t.span)).collect();
    sentences.into_iter().map(|s| span(s.tokens)).collect()
}

/// The time expressions that have a value, in code points.
fn times(text: &str, published: Option<&str>) -> Vec<Value> {
    let index = CharIndex::new(text);
    let found = time::find(text, published.and_then(time::Date::parse));
    let row = |t: &TimeExpression| {
        let [start, end] = index.span(t.span);
        t.value.as_ref().map(|value| json!([start, end, value]))
    };
    found.iter().filter_map(row).collect()
}

/// Every paragraph of plain text as a part of the body.
pub fn body(text: &str) -> Vec<Part> {
    let all = Span::new(0, text.len());
    paragraphs(text, all)
        .into_iter()
        .map(|span| Part {
            kind: PartKind::Body,
            span,
        })
        .collect()
}
