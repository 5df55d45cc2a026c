//! `measure time FOLDER…`: time expressions of TimeML files, by TempEval-3's measures.
//!
//! As TempEval-3's script does (UzZaman et al. 2013), on the text between `<TEXT>` and `</TEXT>`, with the document
//! creation time given and not scored: *strict* counts expressions with the same ends, *relaxed* those that overlap, and
//! *value* the overlapping ones whose value is the same string. Tags without text are left aside. A gold expression is
//! matched by one of ours at most.
//!
//! Rules are written by looking at the errors of two thirds of the documents; each third of a folder, by the order of
//! names, is held out: `--errors` does not show it, and it has rows of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ::time::{Date, Span, TimeExpression, find};

use crate::options::{set, text};
use crate::{Failure, Ratio};

/// Scores each folder, and its held-out documents apart.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let errors = args.iter().any(|arg| arg == "--errors");
    let folders: Vec<&String> = args.iter().filter(|arg| *arg != "--errors").collect();
    if folders.is_empty() {
        return Err(Failure::Usage("measure time needs a folder".into()));
    }
    println!("set,measure,precision,recall,f1,command");
    for folder in folders {
        let mut all = Scores::default();
        let mut held_out = Scores::default();
        for (index, path) in files(folder)?.iter().enumerate() {
            let gold = Gold::read(&text(&path.to_string_lossy())?);
            let found = find(&gold.text, gold.created);
            let hidden = index % 3 == 2;
            all.add(&gold, &found);
            if hidden {
                held_out.add(&gold, &found);
            } else if errors {
                show(path, &gold, &found);
            }
        }
        all.print(&set(folder), folder);
        held_out.print(&format!("{} held out", set(folder)), folder);
    }
    Ok(())
}

fn files(folder: &str) -> Result<Vec<PathBuf>, Failure> {
    let failed = |source| Failure::File {
        path: folder.into(),
        source,
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending == "tml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A document with its expressions: where they are, and their values.
#[derive(Default)]
struct Gold {
    text: String,
    created: Option<Date>,
    times: Vec<(Span, String)>,
}

impl Gold {
    fn read(markup: &str) -> Gold {
        let mut gold = Gold::default();
        let dct = between(markup, "<DCT>", "</DCT>");
        gold.created = attribute(dct, "value").and_then(|value| Date::parse(&value));
        let mut rest = between(markup, "<TEXT>", "</TEXT>");
        let mut open: Option<(usize, String)> = None;
        while let Some(at) = rest.find('<') {
            unescape(&rest[..at], &mut gold.text);
            let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
            let tag = &rest[at..end];
            if tag.starts_with("<TIMEX3") && !tag.ends_with("/>") {
                open = attribute(tag, "value").map(|value| (gold.text.len(), value));
            } else if tag == "</TIMEX3>"
                && let Some((start, value)) = open.take()
            {
                gold.add(start, value);
            }
            rest = &rest[end..];
        }
        unescape(rest, &mut gold.text);
        gold
    }

    fn add(&mut self, start: usize, value: String) {
        let end = self.text.len();
        if start < end {
            self.times.push((Span::new(start, end), value));
        }
    }
}

fn between<'m>(markup: &'m str, open: &str, close: &str) -> &'m str {
    let behind = markup.split_once(open).map_or("", |(_, behind)| behind);
    behind
        .split_once(close)
        .map_or(behind, |(inside, _)| inside)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut found = tag.split_once(&format!("{name}=\""));
    // Another attribute's name may end in the same letters; before an attribute stands white space of any kind.
    while let Some((before, behind)) = found {
        if before.ends_with(char::is_whitespace) {
            return Some(behind.split_once('"')?.0.to_owned());
        }
        found = behind.split_once(&format!("{name}=\""));
    }
    None
}

fn unescape(text: &str, into: &mut String) {
    let plain = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    into.push_str(&plain.replace("&apos;", "'").replace("&amp;", "&"));
}

#[derive(Default)]
struct Scores {
    strict: Ratio,
    relaxed: Ratio,
    value: Ratio,
}

impl Scores {
    fn add(&mut self, gold: &Gold, found: &[TimeExpression]) {
        let ours: BTreeSet<Span> = found.iter().map(|f| f.span).collect();
        let theirs: BTreeSet<Span> = gold.times.iter().map(|(span, _)| *span).collect();
        self.strict.add(&theirs, &ours);
        let pairs = pairs(gold, found);
        let right = pairs
            .iter()
            .filter(|(g, f)| gold.times[*g].1 == value(&found[*f]))
            .count();
        self.relaxed
            .count(pairs.len(), found.len(), gold.times.len());
        self.value.count(right, found.len(), gold.times.len());
    }

    fn print(&self, set: &str, folder: &str) {
        let rows = [
            ("strict", self.strict),
            ("relaxed", self.relaxed),
            ("value", self.value),
        ];
        for (measure, ratio) in rows {
            println!("{set},{measure},{ratio},measure time {folder}");
        }
    }
}

fn value(found: &TimeExpression) -> &str {
    found.value.as_deref().unwrap_or("")
}

/// Indices of gold and found expressions that overlap, one to one, in text order; the same ends before others.
fn pairs(gold: &Gold, found: &[TimeExpression]) -> Vec<(usize, usize)> {
    let mut used = vec![false; found.len()];
    let mut pairs = Vec::new();
    for (g, (span, _)) in gold.times.iter().enumerate() {
        let free = |f: &usize| !used[*f] && found[*f].span.overlaps(*span);
        let exact = (0..found.len()).find(|f| found[*f].span == *span);
        if let Some(f) = exact.filter(free).or_else(|| (0..found.len()).find(free)) {
            used[f] = true;
            pairs.push((g, f));
        }
    }
    pairs
}

/// Writes what differs to standard error: a line for each expression that is missed, spurious or has another value.
fn show(path: &Path, gold: &Gold, found: &[TimeExpression]) {
    let pairs = pairs(gold, found);
    let created = gold.created.map_or("-".to_owned(), |date| date.to_string());
    let name = path
        .file_stem()
        .map_or("".into(), |stem| stem.to_string_lossy());
    let line = |kind: &str, span: Span, gold_value: &str, ours: &str| {
        let from = (0..=span.start.saturating_sub(60))
            .rev()
            .find(|at| gold.text.is_char_boundary(*at));
        let to = (span.end + 40..gold.text.len()).find(|at| gold.text.is_char_boundary(*at));
        let before = &gold.text[from.unwrap_or(0)..span.start];
        let behind = &gold.text[span.end..to.unwrap_or(gold.text.len())];
        let words =
            format!("{before}[[{}]]{behind}", span.of(&gold.text)).replace(['\n', '\t'], " ");
        eprintln!("{kind}\t{gold_value}\t{ours}\t{words}\t{created}\t{name}");
    };
    for (g, f) in &pairs {
        let ((span, gold_value), found) = (&gold.times[*g], &found[*f]);
        if gold_value != value(found) {
            line(
                "value",
                *span,
                gold_value,
                &format!("{} [{}]", value(found), found.span.of(&gold.text)),
            );
        } else if found.span != *span {
            line("ends", *span, gold_value, found.span.of(&gold.text));
        }
    }
    for (g, (span, gold_value)) in gold.times.iter().enumerate() {
        if !pairs.iter().any(|(other, _)| *other == g) {
            line("missed", *span, gold_value, "");
        }
    }
    for (f, found) in found.iter().enumerate() {
        if !pairs.iter().any(|(_, other)| *other == f) {
            line("spurious", found.span, "", value(found));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKUP: &str = r#"<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2015-05-12">05/12/2015</TIMEX3></DCT>
<TEXT>Ann &amp; Bob <EVENT eid="e1" class="OCCURRENCE">met</EVENT> on <TIMEX3 tid="t1" type="DATE"
value="2015-05-11">Monday</TIMEX3>, not in <TIMEX3 tid="t2" value="2014">2013</TIMEX3>.<TIMEX3 tid="t3" value="P2D"/></TEXT>"#;

    #[test]
    fn markup_is_read() {
        let gold = Gold::read(MARKUP);
        assert_eq!(gold.text, "Ann & Bob met on Monday, not in 2013.");
        assert_eq!(gold.created, Date::new(2015, 5, 12));
        let words: Vec<_> = gold
            .times
            .iter()
            .map(|(span, value)| (span.of(&gold.text), value.as_str()))
            .collect();
        assert_eq!(words, [("Monday", "2015-05-11"), ("2013", "2014")]);
    }

    #[test]
    fn values_count_only_where_they_are_the_same() {
        let gold = Gold::read(MARKUP);
        let mut scores = Scores::default();
        scores.add(&gold, &find(&gold.text, gold.created));
        assert_eq!(scores.strict.f1(), 1.0);
        assert_eq!(scores.relaxed.f1(), 1.0);
        assert_eq!(scores.value.f1(), 0.5);
    }

    #[test]
    fn one_of_ours_matches_one_of_theirs() {
        let mut gold = Gold::read(MARKUP);
        let times = find(&gold.text, gold.created);
        gold.times
            .insert(1, (Span::new(20, 23), "2015-05-11".into()));
        assert_eq!(pairs(&gold, &times), [(0, 0), (2, 1)]);
    }
}
