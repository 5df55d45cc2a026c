//! The stages of the analysis, in order.
//!
//! A stage is a plain function with what it reads and writes. The first works on the whole story; the encoder gets a
//! batch of windows at a time; the others read the heads' scores of one window after the other, or of the batch together
//! where the occurrences of a word agree ([`crate::agreement`]). Every piece of text is encoded once.

use std::borrow::Cow;

use encoder::{Model, Scratch, Vectors};
use types::{Attribution, AttributionScores, Document, Moment, TokenRange, Trigger, Upos};

use crate::agreement::{agreed, spelling};
use crate::analyzer::Analyzer;
use crate::announced::announced;
use crate::decode::scores::Scores;
use crate::occasions::Projections;
use crate::seen::Seen;
use crate::split::split;
use crate::tags::TagScores;
use crate::triggers::EventScores;
use crate::windows::Window;
use crate::{attributions, names, tags, times, tree, triggers};

/// One stage.
pub struct Stage {
    /// Its name.
    pub name: &'static str,
    /// Layers that it needs.
    pub reads: &'static [&'static str],
    /// Layers that it makes.
    pub writes: &'static [&'static str],
    /// What it does.
    pub step: Step,
}

/// The function of a stage.
#[derive(Clone, Copy)]
pub enum Step {
    /// Works on a whole story.
    Split(fn(&mut Document)),
    /// Encodes a batch of windows: vectors for each.
    Encode(fn(&Model, &Document, &[Window], &mut Scratch) -> Vec<Vectors>),
    /// Works on a whole story whose windows have all been read.
    Whole(fn(&Analyzer, &mut Document)),
    /// Reads the heads of all windows of a batch together. Does nothing where the model lacks a head, which
    /// [`Analyzer::new`] refuses.
    Together(fn(&Analyzer, &mut Document, &[Seen<'_>]) -> Option<()>),
    /// Reads the heads of one window. Does nothing where the model lacks a head, which [`Analyzer::new`] refuses.
    Read(fn(&Analyzer, &mut Document, &Seen<'_>) -> Option<()>),
}

/// Every stage. What one reads, an earlier one has written.
pub const STAGES: &[Stage] = &[
    Stage {
        name: "split",
        reads: &["story"],
        writes: &["sentences", "tokens"],
        step: Step::Split(split_story),
    },
    Stage {
        name: "time words",
        reads: &["story", "tokens"],
        writes: &["time words"],
        step: Step::Split(find_time_words),
    },
    Stage {
        name: "encode",
        reads: &["sentences", "tokens"],
        writes: &["vectors"],
        step: Step::Encode(encode),
    },
    Stage {
        name: "tags",
        reads: &["tokens", "vectors"],
        writes: &["upos", "feats", "lemma"],
        step: Step::Read(read_tags),
    },
    Stage {
        name: "tree",
        reads: &["sentences", "vectors"],
        writes: &["head", "deprel"],
        step: Step::Read(read_trees),
    },
    Stage {
        name: "names",
        reads: &["sentences", "vectors", "upos", "head", "deprel"],
        writes: &["names"],
        step: Step::Together(read_names),
    },
    Stage {
        name: "attributions",
        reads: &["sentences", "tokens", "vectors"],
        writes: &["attributions"],
        step: Step::Read(read_attributions),
    },
    Stage {
        name: "triggers",
        reads: &["sentences", "vectors", "upos", "lemma", "head", "deprel"],
        writes: &["triggers"],
        step: Step::Together(read_triggers),
    },
    Stage {
        name: "moments",
        reads: &["tokens", "time words", "vectors"],
        writes: &["moments"],
        step: Step::Read(read_moments),
    },
    Stage {
        name: "times",
        reads: &["story", "sentences", "tokens", "upos", "feats", "head"],
        writes: &["times"],
        step: Step::Whole(read_times),
    },
    Stage {
        name: "places",
        reads: &["story", "tokens", "upos", "names"],
        writes: &["places"],
        step: Step::Whole(find_places),
    },
];

fn split_story(document: &mut Document) {
    let (sentences, tokens) = split(&document.story.text, &document.story.parts);
    document.sentences = sentences;
    document.tokens = tokens;
}

/// Vectors of the words of each window.
pub fn encode(
    model: &Model,
    document: &Document,
    windows: &[Window],
    scratch: &mut Scratch,
) -> Vec<Vectors> {
    let words = |window: &Window| window.tokens.clone().map(|t| document.form(t)).collect();
    let words: Vec<Vec<&str>> = windows.iter().map(words).collect();
    let windows: Vec<encoder::Window<'_>> = words.iter().map(|w| encoder::Window::of(w)).collect();
    model.encode(&windows, scratch)
}

fn read_tags(analyzer: &Analyzer, document: &mut Document, seen: &Seen<'_>) -> Option<()> {
    let of = |head| seen.linear(&analyzer.model, head);
    let (upos, feats, lemma) = (of("upos")?, of("feats")?, of("lemma")?);
    let scores = TagScores {
        upos: view(&upos),
        feats: view(&feats),
        lemma: view(&lemma),
    };
    let tokens = &mut document.tokens[seen.absolute(&(0..seen.len()))];
    let known = |word: &str| analyzer.model.count_pieces(word) == 1;
    tags::tag(
        &analyzer.labels,
        scores,
        &document.story.text,
        tokens,
        known,
    );
    Some(())
}

fn read_trees(analyzer: &Analyzer, document: &mut Document, seen: &Seen<'_>) -> Option<()> {
    let arc = analyzer.model.biaffine("arc")?.project(&seen.input);
    let relation = analyzer.model.biaffine("relation")?.project(&seen.input);
    for sentence in &seen.sentences {
        let at = sentence.start - seen.offset;
        let arcs = arc.square(at..sentence.end - seen.offset);
        let relations = |pairs: &[(usize, usize)]| {
            let pairs: Vec<_> = pairs.iter().map(|(i, j)| (at + i, at + j)).collect();
            relation.pairs(&pairs).values().to_vec()
        };
        let tokens = &mut document.tokens[sentence.clone()];
        let labels = &analyzer.labels.relation;
        tree::attach(tokens, sentence.start, arcs.values(), labels, relations);
    }
    Some(())
}

fn read_names(analyzer: &Analyzer, document: &mut Document, windows: &[Seen<'_>]) -> Option<()> {
    let labels = &analyzer.labels.names;
    let columns = labels.0.columns();
    let together = Together::of(analyzer, windows, "names")?;
    let spelling = |word: usize| spelling(document.form(together.tokens[word])).map(Cow::Borrowed);
    let settings = &analyzer.settings;
    let agreed = agreed(&together.scores, columns, settings.agree_names, spelling);
    let mut all = Vec::new();
    for (seen, own) in by_window(windows, &agreed, columns) {
        let scores = Scores::new(own, columns);
        let bias = settings.no_name;
        all.extend(names::find(labels, scores, &seen.starts, seen.offset, bias));
    }
    let whole = names::whole(document, together.part(), all);
    document.names.extend(whole);
    Some(())
}

/// A linear head's scores for all words of a batch of windows.
struct Together {
    /// A row for each word, window after window.
    scores: Vec<f32>,
    /// The words as tokens of the document.
    tokens: Vec<usize>,
}

impl Together {
    fn of(analyzer: &Analyzer, windows: &[Seen<'_>], head: &str) -> Option<Self> {
        let (mut scores, mut tokens) = (Vec::new(), Vec::new());
        for seen in windows {
            scores.extend_from_slice(seen.linear(&analyzer.model, head)?.values());
            tokens.extend(seen.absolute(&(0..seen.len())));
        }
        Some(Together { scores, tokens })
    }

    /// From the first token to the last.
    fn part(&self) -> TokenRange {
        let first = self.tokens.first().copied().unwrap_or_default();
        first..self.tokens.last().map_or(first, |last| last + 1)
    }
}

/// The windows of a batch, each with its own part of the rows of all.
fn by_window<'a, 'v>(
    windows: &'a [Seen<'v>],
    rows: &'a [f32],
    columns: usize,
) -> impl Iterator<Item = (&'a Seen<'v>, &'a [f32])> {
    windows.iter().scan(rows, move |rest, seen| {
        let (own, others) = rest.split_at(seen.len() * columns);
        *rest = others;
        Some((seen, own))
    })
}

fn read_attributions(analyzer: &Analyzer, document: &mut Document, seen: &Seen<'_>) -> Option<()> {
    let cues = seen.linear(&analyzer.model, "cue")?;
    let parts = analyzer.model.biaffine("attribution")?;
    let labels = (&analyzer.labels.cue, &analyzer.labels.attribution);
    let rows = |cues: &[usize]| rows(parts, seen, cues);
    let found = attributions::find(labels, &analyzer.settings, view(&cues), &seen.starts, rows);
    for attribution in found {
        let ranges = |all: &[TokenRange]| all.iter().map(|r| seen.absolute(r)).collect();
        let at = |near: Option<(usize, f32)>| near.map(|(word, p)| (seen.offset + word, p));
        let attribution = Attribution {
            source: ranges(&attribution.source),
            cue: ranges(&attribution.cue),
            content: ranges(&attribution.content),
            confidence: attribution.confidence,
            scores: AttributionScores {
                other_source: at(attribution.scores.other_source),
                other_content: at(attribution.scores.other_content),
                ..attribution.scores
            },
        };
        let trimmed = attributions::trim(attribution, |token| document.form(token));
        document.attributions.extend(trimmed);
    }
    Some(())
}

fn read_triggers(analyzer: &Analyzer, document: &mut Document, windows: &[Seen<'_>]) -> Option<()> {
    let agreed = agreed_triggers(analyzer, document, windows)?;
    let projections = Projections::of(&analyzer.model);
    let columns = analyzer.labels.events.trigger.columns();
    for (seen, own) in by_window(windows, &agreed, columns) {
        let of = |head| seen.linear(&analyzer.model, head);
        let (mode, status) = (of("mode")?, of("status")?);
        let mut own = own.to_vec();
        lean_to_announced(analyzer, document, seen, &mut own);
        let scores = EventScores {
            trigger: Scores::new(&own, columns),
            mode: view(&mode),
            status: view(&status),
        };
        let arguments = analyzer.model.biaffine("argument")?;
        let rows = |triggers: &[usize]| rows(arguments, seen, triggers);
        let (labels, settings) = (&analyzer.labels.events, &analyzer.settings);
        let mut found = triggers::find(labels, settings, scores, &seen.starts, rows);
        for trigger in &mut found {
            if let Some(projections) = projections {
                trigger.scores.occasion = projections.occasion(&seen.input, &trigger.tokens);
                trigger.scores.sought = projections.sought(&seen.input, &trigger.tokens);
            }
        }
        let found = found.into_iter().map(|trigger| absolute(trigger, seen));
        document.triggers.extend(found);
    }
    Some(())
}

/// Scores of triggers for all words of the windows, after the nouns and verbs of one lemma agreed.
fn agreed_triggers(
    analyzer: &Analyzer,
    document: &Document,
    windows: &[Seen<'_>],
) -> Option<Vec<f32>> {
    let together = Together::of(analyzer, windows, "trigger")?;
    let lemma = |word: usize| {
        let token = &document.tokens[together.tokens[word]];
        let names_acts = matches!(token.upos, Upos::Noun | Upos::Verb);
        (names_acts && token.lemma.len() > 2).then(|| Cow::Owned(token.lemma.to_lowercase()))
    };
    let columns = analyzer.labels.events.trigger.columns();
    let lean = analyzer.settings.agree_triggers;
    Some(agreed(&together.scores, columns, lean, lemma))
}

/// A trigger of a window in the document's words.
fn absolute(mut trigger: Trigger, seen: &Seen<'_>) -> Trigger {
    trigger.tokens = seen.absolute(&trigger.tokens);
    let roles = &mut trigger.roles;
    for role in [
        &mut roles.actor,
        &mut roles.recipient,
        &mut roles.reporter,
        &mut roles.place,
    ] {
        role.iter_mut().for_each(|r| *r = seen.absolute(r));
    }
    for (word, _) in trigger.scores.passed_over.iter_mut().flatten() {
        *word += seen.offset;
    }
    trigger.scores.when.start += seen.offset;
    trigger
}

/// Adds the setting for announced acts to a window's scores of triggers.
fn lean_to_announced(
    analyzer: &Analyzer,
    document: &Document,
    seen: &Seen<'_>,
    scores: &mut [f32],
) {
    let scheme = &analyzer.labels.events.trigger;
    let marked = announced(document, seen.absolute(&(0..seen.len())));
    let rows = scores.chunks_exact_mut(scheme.columns()).zip(marked);
    for (row, _) in rows.filter(|(_, marked)| *marked) {
        row[scheme.out()] += analyzer.settings.announced;
    }
}

/// The expressions before there is a tree: where they stand is sure, which day they mean is not yet.
fn find_time_words(document: &mut Document) {
    document.times = times::find(document);
}

/// Numbers of the expressions whose words stand in the window.
fn read_moments(analyzer: &Analyzer, document: &mut Document, seen: &Seen<'_>) -> Option<()> {
    let projections = Projections::of(&analyzer.model)?;
    let words = seen.absolute(&(0..seen.len()));
    let (first, last) = (
        document.tokens.get(words.start)?,
        document.tokens.get(words.end.checked_sub(1)?)?,
    );
    let times = &document.times;
    let from = times.partition_point(|time| time.span.start < first.span.start);
    let to = times.partition_point(|time| time.span.start < last.span.end);
    for time in from..to {
        let span = document.times[time].span;
        let touched = document.touched(span);
        let own =
            touched.start.saturating_sub(seen.offset)..touched.end.saturating_sub(seen.offset);
        let numbers = projections.moment(&seen.input, &own);
        document.moments.push(Moment { span, numbers });
    }
    Some(())
}

fn read_times(_: &Analyzer, document: &mut Document) {
    document.times = times::find(document);
}

fn find_places(analyzer: &Analyzer, document: &mut Document) {
    document.places = analyzer.atlas().places(document);
}

/// Scores of each predicate with all words of its window, row by row.
fn rows(head: &encoder::Biaffine, seen: &Seen<'_>, predicates: &[usize]) -> Vec<Vec<f32>> {
    let rows = head.project(&seen.input).rows(predicates, 0..seen.len());
    rows.iter()
        .map(|row| row.scores().values().to_vec())
        .collect()
}

/// The encoder's scores as the decoders see them.
pub fn view(scores: &encoder::Scores) -> Scores<'_> {
    Scores::new(scores.values(), scores.columns())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_reads_what_an_earlier_one_wrote() {
        let mut written = vec!["story"];
        for stage in STAGES {
            for layer in stage.reads {
                assert!(written.contains(layer), "{} reads {layer}", stage.name);
            }
            for layer in stage.writes {
                assert!(
                    !written.contains(layer),
                    "{} writes {layer} again",
                    stage.name
                );
            }
            written.extend(stage.writes);
        }
    }
}
