//! A document to text.

use std::fmt::Write;

use super::{ROLES, role, scores_for};
use crate::{
    Attribution, Document, Modifier, PartKind, Place, Span, TimeExpression, TokenRange, Trigger,
};

/// Writes `document` as CoNLL-U with all its layers; [`read`](super::read) gives the same document back where the
/// story's text has the shape that reading builds.
pub fn write(document: &Document) -> String {
    let mut out = String::new();
    header(document, &mut out);
    let misc = Misc::new(document);
    let mut paragraph = None;
    for (index, sentence) in document.sentences.iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            paragraph = Some(sentence.paragraph);
            out.push_str("# newpar\n");
        }
        let part = sentence.part;
        if part != PartKind::Body || index > 0 && document.sentences[index - 1].part != part {
            line(&mut out, "part", part.as_str());
        }
        line(&mut out, "sent_id", &(index + 1).to_string());
        comments(document, &sentence.tokens, &mut out);
        for token in sentence.tokens.clone() {
            row(document, token, sentence.tokens.start, &misc, &mut out);
        }
        out.push('\n');
    }
    out
}

fn line(out: &mut String, key: &str, value: &str) {
    let value = value.replace(['\n', '\r', '\t'], " ");
    // Writing to a string cannot fail.
    let _ = writeln!(out, "# {key} = {value}");
}

fn header(document: &Document, out: &mut String) {
    let story = &document.story;
    line(out, "newdoc id", &story.id);
    for (key, value) in [
        ("ref", &story.reference),
        ("url", &story.url),
        ("publisher", &story.publisher),
        ("headline", &story.headline),
        ("byline", &story.byline),
        ("section", &story.section),
        ("language", &story.language),
        ("published", &story.published),
    ] {
        if let Some(value) = value {
            line(out, key, value);
        }
    }
    for (index, attribution) in document.attributions.iter().enumerate() {
        if attribution.confidence != 1.0 {
            let key = format!("attribution {}", index + 1);
            line(out, &key, &attribution.confidence.to_string());
        }
    }
    for (index, place) in document.places.iter().enumerate() {
        line(out, &format!("place {}", index + 1), &describe(place));
    }
}

fn comments(document: &Document, tokens: &TokenRange, out: &mut String) {
    let mut text = String::new();
    for token in tokens.clone() {
        text.push_str(&form(document, token));
        if token + 1 < tokens.end && !glued(document, token) {
            text.push(' ');
        }
    }
    line(out, "text", &text);
    for (index, time) in document.times.iter().enumerate() {
        let words = document.touched(time.span);
        if !words.is_empty() && tokens.contains(&words.start) {
            line(out, &format!("time {}", index + 1), &describe_time(time));
        }
    }
    for (index, trigger) in document.triggers.iter().enumerate() {
        if tokens.contains(&trigger.tokens.start) {
            line(out, &format!("event {}", index + 1), &event(trigger));
        }
    }
}

fn describe_time(time: &TimeExpression) -> String {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let modifier = time.modifier.map_or("-", Modifier::as_str);
    let (value, other) = (or_none(&time.value), or_none(&time.other));
    format!("{} {value} {modifier} {other}", time.kind.as_str())
}

fn describe(place: &Place) -> String {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let fields = [
        place.name.clone(),
        or_none(place.country.clone()),
        or_none(place.division.clone()),
        or_none(place.point.map(|(lat, lon)| format!("{lat} {lon}"))),
        or_none(place.geonames.map(|id| id.to_string())),
    ];
    // The bar divides the fields; no name of a place has one.
    fields.map(|f| f.replace('|', "/")).join(" | ")
}

fn event(trigger: &Trigger) -> String {
    let mode = trigger.mode.map_or("-", |mode| mode.as_str());
    let mut text = format!(
        "{} {mode} {} {}",
        trigger.event, trigger.status, trigger.confidence
    );
    if trigger.status_scores != scores_for(trigger.status) {
        for score in trigger.status_scores {
            let _ = write!(text, " {score}");
        }
    }
    text
}

fn form(document: &Document, token: usize) -> String {
    document.form(token).replace(['\n', '\r', '\t'], " ")
}

/// Whether no white space stands between `token` and the next one of its paragraph.
fn glued(document: &Document, token: usize) -> bool {
    let end = document.tokens[token].span.end;
    document
        .tokens
        .get(token + 1)
        .is_some_and(|next| next.span.start == end)
}

fn row(document: &Document, token: usize, first: usize, misc: &Misc, out: &mut String) {
    let word = &document.tokens[token];
    let or_none = |text: &str| {
        if text.is_empty() {
            "_".to_owned()
        } else {
            text.to_owned()
        }
    };
    let head = match word.head {
        Some(head) => (head - first + 1).to_string(),
        None if word.deprel.is_empty() => "_".to_owned(),
        None => "0".to_owned(),
    };
    let mut notes = misc.0[token].clone();
    if glued(document, token) {
        notes.push("SpaceAfter=No".to_owned());
    }
    let _ = writeln!(
        out,
        "{}\t{}\t{}\t{}\t_\t{}\t{head}\t{}\t_\t{}",
        token - first + 1,
        form(document, token),
        or_none(&word.lemma),
        word.upos.as_str(),
        or_none(&word.feats),
        or_none(&word.deprel),
        or_none(&notes.join("|")),
    );
}

/// MISC items of each token, in the order in which they are written.
struct Misc(Vec<Vec<String>>);

impl Misc {
    fn new(document: &Document) -> Self {
        let mut misc = Misc(vec![Vec::new(); document.tokens.len()]);
        for name in &document.names {
            let mut label = name.kind.as_str().to_owned();
            if name.confidence != 1.0 {
                let _ = write!(label, ":{}", name.confidence);
            }
            misc.mark(&name.tokens, |mark| format!("Name={mark}-{label}"));
        }
        for (index, attribution) in document.attributions.iter().enumerate() {
            misc.attribution(index + 1, attribution);
        }
        for (index, trigger) in document.triggers.iter().enumerate() {
            let number = index + 1;
            misc.mark(&trigger.tokens, |mark| format!("Trigger={number}:{mark}"));
            for name in ROLES {
                for stretch in role(&trigger.roles, name) {
                    misc.mark(stretch, |mark| format!("Role={number}:{mark}-{name}"));
                }
            }
        }
        for (index, time) in document.times.iter().enumerate() {
            let label = |mark: &str| format!("Time={}:{mark}", index + 1);
            misc.mark(&document.touched(time.span), label);
        }
        for (index, place) in document.places.iter().enumerate() {
            for mention in &place.mentions {
                let label = |mark: &str| format!("Place={}:{mark}", index + 1);
                misc.mark(&inside(document, *mention), label);
            }
        }
        for items in &mut misc.0 {
            *items = joined(std::mem::take(items));
        }
        misc
    }

    fn attribution(&mut self, number: usize, attribution: &Attribution) {
        let parts = [
            ("source", &attribution.source),
            ("cue", &attribution.cue),
            ("content", &attribution.content),
        ];
        for (part, stretches) in parts {
            for stretch in stretches {
                self.mark(stretch, |mark| {
                    format!("Attribution={number}:{mark}-{part}")
                });
            }
        }
    }

    fn mark(&mut self, stretch: &TokenRange, label: impl Fn(&str) -> String) {
        for token in stretch.clone() {
            let mark = if token == stretch.start { "B" } else { "I" };
            if let Some(items) = self.0.get_mut(token) {
                items.push(label(mark));
            }
        }
    }
}

/// The tokens that share a byte with `span`.
fn inside(document: &Document, span: Span) -> TokenRange {
    let first = document
        .tokens
        .partition_point(|token| token.span.end <= span.start);
    let last = document
        .tokens
        .partition_point(|token| token.span.start < span.end);
    first..last.max(first)
}

/// Brings items of one key together: `Role=1:B-actor`, `Role=2:B-actor` become `Role=1:B-actor,2:B-actor`.
fn joined(items: Vec<String>) -> Vec<String> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for item in items {
        let Some((key, value)) = item.split_once('=') else {
            continue;
        };
        match groups.iter_mut().find(|(k, _)| k == key) {
            Some((_, values)) => {
                values.push(',');
                values.push_str(value);
            }
            None => groups.push((key.to_owned(), value.to_owned())),
        }
    }
    groups
        .into_iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect()
}
