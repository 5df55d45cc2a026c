// Lists of one range of tokens are what is compared here.
#![allow(clippy::single_range_in_vec_init)]

use super::*;
use crate::*;

const SAMPLE: &str = "\
# newdoc id = sample
# published = 2015-05-12
# headline = Talks fail
# part = headline
# text = Talks fail
1\tTalks\ttalk\tNOUN\t_\tNumber=Plur\t2\tnsubj\t_\t_
2\tfail\tfail\tVERB\t_\t_\t0\troot\t_\t_

# newpar
# part = body
# text = Freedonia didn't attack, it says.
# time 1 = DATE 2015-05-12 START
# place 1 = Freedonia | - | - | 43.5 -7.25 | -
# event 1 = ASSAULT - denied 0.93
1\tFreedonia\tFreedonia\tPROPN\t_\t_\t4\tnsubj\t_\tName=B-Location|Role=1:B-actor|Attribution=1:B-content|Place=1:B
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\t_\t_\t4\taux\t_\tAttribution=1:I-content
3\tn't\tnot\tPART\t_\t_\t4\tadvmod\t_\tAttribution=1:I-content
4\tattack\tattack\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No|Trigger=1:B|Attribution=1:I-content
5\t,\t,\tPUNCT\t_\t_\t4\tpunct\t_\t_
6\tit\tit\tPRON\t_\t_\t7\tnsubj\t_\tTime=1:B|Attribution=1:B-source
7\tsays\tsay\tVERB\t_\t_\t4\tparataxis\t_\tSpaceAfter=No|Attribution=1:B-cue
8\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_
";

#[test]
fn all_layers_are_read() {
    let documents = read(SAMPLE).unwrap();
    let [document] = documents.as_slice() else {
        panic!("one document");
    };
    assert_eq!(
        document.story.text,
        "Talks fail\n\nFreedonia didn't attack, it says."
    );
    assert_eq!(document.story.headline.as_deref(), Some("Talks fail"));
    let kinds: Vec<_> = document.story.parts.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [PartKind::Headline, PartKind::Body]);
    let forms: Vec<_> = (2..6).map(|t| document.form(t)).collect();
    assert_eq!(forms, ["Freedonia", "did", "n't", "attack"]);
    assert_eq!(document.names[0].kind, NameKind::Location);
    let time = &document.times[0];
    assert_eq!(time.span.of(&document.story.text), "it");
    assert_eq!(
        (time.value.as_deref(), time.modifier, time.other.as_deref()),
        (Some("2015-05-12"), Some(Modifier::Start), None)
    );
    let place = &document.places[0];
    assert_eq!(
        (place.name.as_str(), place.point),
        ("Freedonia", Some((43.5, -7.25)))
    );
    assert_eq!(place.mentions[0].of(&document.story.text), "Freedonia");
    let attribution = &document.attributions[0];
    assert_eq!(attribution.source, [7..8]);
    assert_eq!(attribution.cue, [8..9]);
    assert_eq!(attribution.content, [2..6]);
    let trigger = &document.triggers[0];
    assert_eq!(
        (trigger.status, trigger.tokens.clone()),
        (Status::Denied, 5..6)
    );
    assert_eq!(trigger.status_scores[5], 0.9);
    assert_eq!(trigger.roles.actor, [2..3]);
    assert_eq!(read(&write(document)).unwrap(), documents);
}

#[test]
fn newdoc_parts_documents() {
    let two = format!("{SAMPLE}\n{SAMPLE}");
    assert_eq!(read(&two).unwrap().len(), 2);
    assert_eq!(read("").unwrap().len(), 0);
    assert_eq!(
        read("1 Hi hi INTJ _ _ 0 root _ _").unwrap()[0].story.text,
        "Hi"
    );
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    for (text, line, reason) in [
        ("1\tHi\thi", 1, "3 columns"),
        ("# newdoc\n2 Hi hi INTJ _ _ 0 root _ _", 2, "out of order"),
        ("1 Hi hi INTJ _ _ 7 root _ _", 1, "head outside"),
        ("1 Hi hi INTJ _ _ x root _ _", 1, "is no head"),
        ("1 Hi hi NOPE _ _ 0 root _ _", 1, "no tag"),
        ("1 a a X _ _ 2 dep _ _\n2 b b X _ _ 1 dep _ _", 1, "cycle"),
        ("1 a a X _ _ 1 dep _ _", 1, "cycle"),
        ("# text = Ho\n1 Hi hi INTJ _ _ 0 root _ _", 1, "do not give"),
        ("1 a a X _ _ 0 root _ Name=I-Person", 1, "continues no name"),
        (
            "1 a a X _ _ 0 root _ Attribution=1:B-cue",
            1,
            "lacks a cue or a content",
        ),
        ("# event 1 = WAR - actual\n", 1, "no event type"),
        ("# event 1 = ACCUSE visit actual\n", 1, "no mode visit"),
        (
            "\n# newdoc\n# event 1 = ACCUSE - actual 1\n1 a a X _ _ 0 root _ _",
            3,
            "Trigger",
        ),
        ("1 a a X _ _ 0 root _ Trigger=1:B", 1, "no `# event`"),
        ("# time 1 = DAY 2015\n", 1, "TYPE VALUE"),
        ("# time 1 = DATE 2015 SOON\n", 1, "TYPE VALUE"),
        ("1 a a X _ _ 0 root _ Time=1:B", 1, "no `# time`"),
        (
            "# time 1 = DATE 2015\n1 a a X _ _ 0 root _ _",
            2,
            "Time words",
        ),
        (
            "1-3 a _ _ _ _ _ _ _ _\n1 a a X _ _ 0 root _ _",
            1,
            "shorter",
        ),
        (
            "1-2 ab _ _ _ _ _ _ _ _\n1 a a X _ _ 0 root _ _",
            1,
            "runs over",
        ),
    ] {
        let error = read(text).unwrap_err();
        assert_eq!(error.line, line, "{text:?}: {error}");
        assert!(error.reason.contains(reason), "{text:?}: {error}");
    }
}

/// A small generator (SplitMix64), so that random documents are the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn stretches(&mut self, limit: usize) -> Vec<TokenRange> {
        let mut stretches = Vec::new();
        let mut at = self.below(limit);
        for _ in 0..1 + self.below(2) {
            let end = at + 1 + self.below(3);
            if end > limit {
                break;
            }
            stretches.push(at..end);
            at = end + 1 + self.below(4);
        }
        stretches
    }

    fn score(&mut self) -> f32 {
        self.below(1000) as f32 / 999.0
    }
}

/// A document of the shape that reading builds, with random words, trees and layers.
fn random_document(random: &mut Random) -> Document {
    let mut document = Document::default();
    document.story.id = format!("d{}", random.below(100));
    document.story.published = Some("2020-02-29".into());
    let mut part = PartKind::Headline;
    for sentence in 0..1 + random.below(5) {
        let same = sentence > 0 && random.below(2) == 0;
        if !same && random.below(3) > 0 {
            part = PartKind::Body;
        }
        random_sentence(random, &mut document, part, same);
    }
    random_layers(random, &mut document);
    document
}

fn random_sentence(random: &mut Random, document: &mut Document, part: PartKind, same: bool) {
    let text = &mut document.story.text;
    if !text.is_empty() {
        text.push_str(if !same {
            "\n\n"
        } else {
            [" ", ""][random.below(2)]
        });
    }
    let (start, first) = (text.len(), document.tokens.len());
    let words = 1 + random.below(8);
    for word in 0..words {
        if word > 0 && random.below(4) > 0 {
            text.push(' ');
        }
        let from = text.len();
        text.push_str(["é", "Wort", "“", "x=y", "1", "co-op"][random.below(6)]);
        let above = random.below(words);
        document.tokens.push(Token {
            span: Span::new(from, text.len()),
            upos: Upos::NAMES[random.below(17)].0,
            feats: ["", "Number=Sing|Person=3"][random.below(2)].into(),
            lemma: ["", "wort"][random.below(2)].into(),
            head: (above < word).then_some(first + above),
            deprel: if above < word {
                "dep".into()
            } else {
                ["root", ""][random.below(2)].into()
            },
        });
    }
    let span = Span::new(start, text.len());
    match document.story.parts.last_mut() {
        Some(last) if same => last.span.end = span.end,
        _ => document.story.parts.push(Part { kind: part, span }),
    }
    let paragraph = document.story.parts.len() - 1;
    let tokens = first..document.tokens.len();
    let part = document.story.parts[paragraph].kind;
    document.sentences.push(Sentence {
        span,
        tokens,
        part,
        paragraph,
    });
}

fn random_layers(random: &mut Random, document: &mut Document) {
    let count = document.tokens.len();
    for number in 0..random.below(4) {
        let event = EventType::ALL[random.below(16)];
        let status = Status::ALL[random.below(6)];
        let token = random.below(count);
        document.triggers.push(Trigger {
            tokens: token..token + 1,
            event,
            mode: Mode::of(event).get(number).copied(),
            status,
            status_scores: if number == 0 {
                scores_for(status)
            } else {
                [random.score(); 6]
            },
            roles: Roles {
                actor: random.stretches(count),
                recipient: random.stretches(count),
                reporter: random.stretches(count),
                place: random.stretches(count),
            },
            confidence: random.score(),
            scores: Default::default(),
        });
        let (mut cue, mut content) = (random.stretches(count), random.stretches(count));
        cue.push(count - 1..count);
        content.insert(0, 0..1);
        cue.dedup_by(|b, a| a.end > b.start);
        content.dedup_by(|b, a| a.end > b.start);
        document.attributions.push(Attribution {
            source: random.stretches(count),
            cue,
            content,
            confidence: random.score(),
            scores: Default::default(),
        });
    }
    document.triggers.sort_by_key(|t| t.tokens.start);
    document.attributions.sort_by_key(|a| a.cue[0].start);
    let mut at = random.below(4);
    while at < count {
        let name = NameKind::NAMES[random.below(9)].0;
        document.names.push(Name {
            tokens: at..at + 1,
            kind: name,
            confidence: random.score(),
            second: None,
        });
        at += 1 + random.below(4);
    }
}

#[test]
fn what_is_written_is_read_back() {
    let mut random = Random(7);
    for round in 0..500 {
        let document = random_document(&mut random);
        let text = write(&document);
        let back = read(&text).unwrap_or_else(|e| panic!("round {round}: {e}\n{text}"));
        assert_eq!(back, [document], "round {round}:\n{text}");
    }
}

#[test]
fn random_lines_never_panic() {
    let mut random = Random(11);
    let scraps = [
        "\t",
        "1",
        "2-3",
        "# event 1 = ",
        "\n",
        "_",
        "B-Person",
        "Name=",
        "0",
        "é",
        "|",
        "Trigger=1:B",
        " ",
    ];
    for _ in 0..2000 {
        let text: String = (0..random.below(60))
            .map(|_| scraps[random.below(13)])
            .collect();
        let _ = read(&text);
    }
    for cut in 0..SAMPLE.len() {
        let _ = read(&SAMPLE[..cut]);
    }
}
