//! A story's text cut into stretches, each with the marks that lie on it.

use std::collections::BTreeMap;

use types::CodePoints;
use types::record::{Claim, Offsets, Record};

/// A paragraph, headline or other part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The part's kind, as in the record.
    pub kind: String,
    /// Its stretches, which together are its text.
    pub stretches: Vec<Stretch>,
}

/// Words with the same marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The words.
    pub text: String,
    /// Classes of the marks, empty for none.
    pub classes: String,
    /// Ids of what is marked, empty for none.
    pub ids: String,
    /// Where the words lead: the card of an event or claim.
    pub link: String,
}

/// A mark on a stretch of the text, in code points.
struct Mark {
    start: usize,
    end: usize,
    id: String,
    class: String,
    /// Leads to its card.
    leads: bool,
}

/// The text of a record's story with its marks.
pub fn paragraphs(record: &Record) -> Vec<Paragraph> {
    let text = CodePoints::new(&record.story.text);
    let marks = marks(record);
    let whole = types::record::PartRecord {
        kind: "body".to_owned(),
        start: 0,
        end: text.count(),
    };
    let parts = if record.story.parts.is_empty() {
        std::slice::from_ref(&whole)
    } else {
        &record.story.parts
    };
    let cuts = Cuts::new(&marks);
    let made = parts.iter().map(|part| Paragraph {
        kind: part.kind.clone(),
        stretches: cuts.stretches(&text, part.start, part.end),
    });
    made.filter(|paragraph| !paragraph.stretches.is_empty())
        .collect()
}

/// The words from code point `start` to `end`, with the marks of those parts of the record alone that have these ids.
pub fn passage(record: &Record, [start, end]: Offsets, ids: &[&str]) -> Vec<Stretch> {
    let text = CodePoints::new(&record.story.text);
    let mut marks = marks(record);
    marks.retain(|mark| ids.contains(&mark.id.as_str()));
    Cuts::new(&marks).stretches(&text, start, end)
}

fn marks(record: &Record) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut add = |start: usize, end: usize, id: &str, class: String, leads: bool| {
        if start < end {
            marks.push(Mark {
                start,
                end,
                id: id.to_owned(),
                class,
                leads,
            });
        }
    };
    for claim in &record.claims {
        let depth = depth(claim, &record.claims);
        claim
            .content
            .iter()
            .for_each(|[s, e]| add(*s, *e, &claim.id, format!("con d{depth}"), false));
        claim
            .cue
            .iter()
            .for_each(|[s, e]| add(*s, *e, &claim.id, "cue".into(), true));
        let sources = claim.source.iter().flat_map(|source| &source.spans);
        sources.for_each(|[s, e]| add(*s, *e, &claim.id, "src".into(), false));
    }
    for event in &record.events {
        let quad = crate::codebook::quad_of(&event.event);
        let class = format!("trg q{quad} s-{}", event.status);
        event
            .trigger
            .iter()
            .for_each(|[s, e]| add(*s, *e, &event.id, class.clone(), true));
    }
    for actor in &record.actors {
        actor
            .mentions
            .iter()
            .for_each(|m| add(m.start, m.end, &actor.id, "act".into(), false));
    }
    for place in &record.places {
        place
            .mentions
            .iter()
            .for_each(|m| add(m.start, m.end, &place.id, "plc".into(), false));
    }
    for (at, time) in record.times.iter().enumerate() {
        add(time.start, time.end, &format!("t{at}"), "tim".into(), false);
    }
    for (at, quantity) in record.quantities.iter().enumerate() {
        add(
            quantity.start,
            quantity.end,
            &format!("q{at}"),
            "qty".into(),
            false,
        );
    }
    for issue in &record.issues {
        issue
            .mentions
            .iter()
            .for_each(|[s, e]| add(*s, *e, &issue.id, "iss".into(), false));
    }
    marks
}

/// How deep a claim lies in others, from 1, at most 3; a chain that bites its own tail ends there too.
fn depth(claim: &Claim, claims: &[Claim]) -> usize {
    let mut depth = 1;
    let mut around = claim.inside.as_ref();
    while let Some(id) = around
        && depth < 3
    {
        depth += 1;
        around = claims
            .iter()
            .find(|other| other.id == *id)
            .and_then(|other| other.inside.as_ref());
    }
    depth
}

/// Where marks begin and end, in the order of the text.
struct Cuts<'m> {
    marks: &'m [Mark],
    at: BTreeMap<usize, (Vec<usize>, Vec<usize>)>,
}

impl<'m> Cuts<'m> {
    fn new(marks: &'m [Mark]) -> Self {
        let mut at: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (index, mark) in marks.iter().enumerate() {
            at.entry(mark.start).or_default().0.push(index);
            at.entry(mark.end).or_default().1.push(index);
        }
        Cuts { marks, at }
    }

    /// The stretches of the text from code point `start` to `end`.
    fn stretches(&self, text: &CodePoints, start: usize, end: usize) -> Vec<Stretch> {
        let end = end.min(text.count());
        let mut active: Vec<usize> = (0..self.marks.len())
            .filter(|index| self.marks[*index].start < start && start < self.marks[*index].end)
            .collect();
        let mut stretches = Vec::new();
        let mut from = start;
        let mut piece = |from: usize, to: usize, active: &[usize]| {
            if let Some(words) = text.get(from, to).filter(|words| !words.is_empty()) {
                stretches.push(self.stretch(words, active));
            }
        };
        for (at, (begin, finish)) in self.at.range(start..end.max(start)) {
            piece(from, *at, &active);
            from = *at;
            active.retain(|index| !finish.contains(index));
            active.extend(begin);
        }
        piece(from, end, &active);
        stretches
    }

    fn stretch(&self, words: &str, active: &[usize]) -> Stretch {
        let mut sorted = active.to_vec();
        sorted.sort_unstable();
        let marks: Vec<&Mark> = sorted
            .iter()
            .filter_map(|index| self.marks.get(*index))
            .collect();
        let joined = |of: fn(&Mark) -> &str| {
            let mut seen: Vec<&str> = Vec::new();
            for mark in &marks {
                if !seen.contains(&of(mark)) {
                    seen.push(of(mark));
                }
            }
            seen.join(" ")
        };
        Stretch {
            text: words.to_owned(),
            classes: joined(|mark| &mark.class),
            ids: joined(|mark| &mark.id),
            link: marks
                .iter()
                .rev()
                .find(|mark| mark.leads)
                .map_or(String::new(), |mark| mark.id.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::record::{ClaimSource, PartRecord, StoryRecord};

    fn claim(id: &str, inside: Option<&str>, content: [usize; 2]) -> Claim {
        Claim {
            id: id.into(),
            source: Some(ClaimSource {
                actor: None,
                spans: vec![[0, 2]],
            }),
            cue: vec![[3, 7]],
            content: vec![content],
            manner: "indirect".into(),
            stance: "assert".into(),
            addressee: None,
            inside: inside.map(str::to_owned),
            confidence: 1.0,
        }
    }

    fn record(text: &str, parts: Vec<PartRecord>, claims: Vec<Claim>) -> Record {
        Record {
            schema: 1,
            story: StoryRecord {
                text: text.into(),
                parts,
                ..StoryRecord::default()
            },
            sentences: vec![],
            actors: vec![],
            places: vec![],
            times: vec![],
            quantities: vec![],
            claims,
            events: vec![],
            issues: vec![],
            positions: vec![],
            problems: vec![],
            provenance: Default::default(),
        }
    }

    #[test]
    fn stretches_are_the_whole_text_and_nest() {
        let text = "Él said that é left.";
        let made = paragraphs(&record(
            text,
            vec![],
            vec![
                claim("c1", None, [8, 20]),
                claim("c2", Some("c1"), [13, 19]),
            ],
        ));
        let all: String = made[0].stretches.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(all, text);
        let inner = made[0]
            .stretches
            .iter()
            .find(|s| s.text == "é left")
            .expect("a stretch of its own");
        assert_eq!(
            (inner.classes.as_str(), inner.ids.as_str()),
            ("con d1 con d2", "c1 c2")
        );
        assert_eq!(made[0].stretches[2].link, "c2");
    }

    #[test]
    fn offsets_that_are_none_do_no_harm() {
        let parts = vec![
            PartRecord {
                kind: "body".into(),
                start: 5,
                end: 900,
            },
            PartRecord {
                kind: "body".into(),
                start: 700,
                end: 3,
            },
        ];
        let made = paragraphs(&record(
            "a story",
            parts,
            vec![claim("c1", Some("c1"), [6, 9_000])],
        ));
        assert_eq!(made.len(), 1);
        assert_eq!(
            made[0]
                .stretches
                .iter()
                .map(|s| s.text.as_str())
                .collect::<String>(),
            "ry"
        );
    }
}
