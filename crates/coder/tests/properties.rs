//! Random documents, sound and broken: the coder never panics, and its records hold together.

use lexicon::Lexicon;
use rapporteur_coder::{code, explain};
use types::explain::Explained;
use types::record::{Offsets, Provenance, Record};
use types::*;

/// A small generator (SplitMix64), so that the documents are the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// What an encoder might make of some words, or nothing; where `broken`, too few numbers and ones that are none.
    fn numbers(&mut self, broken: bool) -> Vec<f32> {
        let count = [0, 32, if broken { 5 } else { 32 }][self.below(3)];
        let mut number = || match self.below(40) {
            0 if broken => f32::NAN,
            n => n as f32 / 10.0 - 2.0,
        };
        (0..count).map(|_| number()).collect()
    }

    /// Up to two stretches within `limit` tokens; where `broken`, also empty ones and ones that lie outside.
    fn stretches(&mut self, limit: usize, broken: bool) -> Vec<TokenRange> {
        let mut found = Vec::new();
        for _ in 0..self.below(3) {
            let start = self.below(limit);
            let end = (start + 1 + self.below(6)).min(limit);
            found.push(start..end);
            if broken && self.below(4) == 0 {
                let far = self.below(2 * limit);
                found.push(far..far + self.below(3));
            }
        }
        found
    }
}

const WORDS: &[(&str, &str, Upos)] = &[
    ("Russia", "Russia", Upos::Propn),
    ("Moscow", "Moscow", Upos::Propn),
    ("Lund", "Lund", Upos::Propn),
    ("Eva", "Eva", Upos::Propn),
    ("Kremlin", "Kremlin", Upos::Propn),
    ("al-Ünal", "al-Ünal", Upos::Propn),
    ("he", "he", Upos::Pron),
    ("they", "they", Upos::Pron),
    ("we", "we", Upos::Pron),
    ("its", "its", Upos::Pron),
    ("the", "the", Upos::Det),
    ("no", "no", Upos::Det),
    ("minister", "minister", Upos::Noun),
    ("rebels", "rebel", Upos::Noun),
    ("group", "group", Upos::Noun),
    ("attack", "attack", Upos::Noun),
    ("Russian", "russian", Upos::Adj),
    ("foreign", "foreign", Upos::Adj),
    ("denies", "deny", Upos::Verb),
    ("said", "say", Upos::Verb),
    ("attacked", "attack", Upos::Verb),
    ("plans", "plan", Upos::Verb),
    ("not", "not", Upos::Part),
    ("to", "to", Upos::Part),
    ("if", "if", Upos::Sconj),
    ("could", "could", Upos::Aux),
    ("and", "and", Upos::Cconj),
    ("of", "of", Upos::Adp),
    ("allegedly", "allegedly", Upos::Adv),
    ("90", "90", Upos::Num),
    ("million", "million", Upos::Num),
    ("$", "$", Upos::Sym),
    (",", ",", Upos::Punct),
    (".", ".", Upos::Punct),
    ("\"", "\"", Upos::Punct),
    ("“", "“", Upos::Punct),
    ("”", "”", Upos::Punct),
    ("'", "'", Upos::Punct),
];

const RELATIONS: &[&str] = &[
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "nmod",
    "nmod:poss",
    "amod",
    "compound",
    "flat",
    "appos",
    "conj",
    "cc",
    "case",
    "mark",
    "aux",
    "advmod",
    "det",
    "xcomp",
    "ccomp",
    "advcl",
    "acl",
    "acl:relcl",
    "parataxis",
    "nummod",
    "punct",
    "",
];

fn document(random: &mut Random, broken: bool) -> Document {
    let mut document = Document::default();
    let mut paragraph = 0;
    for number in 0..1 + random.below(6) {
        if number > 0 {
            let new = random.below(2);
            paragraph += new;
            document.story.text.push_str(["\u{a0}", "\n\n"][new]);
        }
        sentence(random, &mut document, paragraph, broken);
    }
    layers(random, &mut document, broken);
    document
}

fn sentence(random: &mut Random, document: &mut Document, paragraph: usize, broken: bool) {
    let (start, first) = (document.story.text.len(), document.tokens.len());
    let count = 1 + random.below(14);
    let root = first + random.below(count);
    for index in first..first + count {
        let (form, lemma, upos) = random.pick(WORDS);
        if index > first && random.below(5) > 0 {
            document.story.text.push(' ');
        }
        let from = document.story.text.len();
        document.story.text.push_str(form);
        // Any head but one's own: circles come about by themselves.
        let any = first + random.below(if broken { count + 9 } else { count });
        let below_root = if index < root {
            index + 1
        } else {
            index.max(first + 1) - 1
        };
        let head = if broken || random.below(2) == 0 && any > index {
            any
        } else {
            below_root
        };
        document.tokens.push(Token {
            span: Span::new(from, document.story.text.len()),
            upos: if broken && random.below(9) == 0 {
                Upos::X
            } else {
                upos
            },
            feats: random.pick(&["", "Number=Plur", "Number=Sing"]).into(),
            lemma: if broken && random.below(9) == 0 {
                String::new()
            } else {
                lemma.into()
            },
            head: (index != root).then_some(head),
            deprel: random.pick(RELATIONS).into(),
        });
    }
    document.sentences.push(Sentence {
        span: Span::new(start, document.story.text.len()),
        tokens: first..first + count,
        part: random.pick(&[PartKind::Body, PartKind::Headline]),
        paragraph,
    });
}

fn layers(random: &mut Random, document: &mut Document, broken: bool) {
    let count = document.tokens.len();
    for _ in 0..random.below(6) {
        let (event, token) = (random.pick(EventType::ALL), random.below(count));
        document.triggers.push(Trigger {
            tokens: token..token + 1,
            event,
            mode: Mode::of(event).first().copied(),
            status: random.pick(Status::ALL),
            status_scores: [0.2, 0.1, 0.2, 0.1, 0.2, if broken { f32::NAN } else { 0.2 }],
            roles: Roles {
                actor: random.stretches(count, broken),
                recipient: random.stretches(count, broken),
                reporter: random.stretches(count, broken),
                place: random.stretches(count, broken),
            },
            confidence: random.below(100) as f32 / 99.0,
            scores: Default::default(),
        });
        document.attributions.push(Attribution {
            source: random.stretches(count, broken),
            cue: random.stretches(count, broken),
            content: random.stretches(count, broken),
            confidence: 0.5,
            scores: Default::default(),
        });
    }
    times(random, document, broken);
    places(random, document, broken);
    let mut at = random.below(4);
    while at < count {
        let end = (at + 1 + random.below(3)).min(count);
        let (kind, _) = random.pick(&NameKind::NAMES);
        document.names.push(Name {
            tokens: at..end,
            kind,
            confidence: 1.0,
            second: None,
        });
        at = end + random.below(5);
    }
}

/// Time expressions here and there, with values of all kinds; where `broken`, with some that are none.
fn times(random: &mut Random, document: &mut Document, broken: bool) {
    const VALUES: &[Option<&str>] = &[
        Some("2015-05-12"),
        Some("2015-05-10TNI"),
        Some("2015-W20"),
        Some("2014"),
        Some("2016-02"),
        Some("2014-WI"),
        Some("2013/2014"),
        Some("198"),
        Some("P3D"),
        Some("PAST_REF"),
        Some("XXXX-WXX-2"),
        None,
    ];
    const BROKEN: &[Option<&str>] = &[Some(""), Some("2015-é"), Some("9999-99-99"), Some("/")];
    let published = [
        None,
        Some("2015-05-12"),
        Some("9999-12-31"),
        Some("yesterday"),
    ];
    document.story.published = random.pick(&published).map(str::to_owned);
    let mut at = random.below(3);
    while at < document.tokens.len() {
        let end = (at + 1 + random.below(2)).min(document.tokens.len());
        let mut value = || {
            let values = if broken && random.below(3) == 0 {
                BROKEN
            } else {
                VALUES
            };
            random.pick(values).map(str::to_owned)
        };
        let (value, other) = (value(), value());
        document.times.push(TimeExpression {
            span: document.span(&(at..end)),
            kind: random.pick(&TimeKind::NAMES).0,
            value,
            modifier: None,
            other,
        });
        if random.below(3) > 0 {
            let span = document.span(&(at..end));
            let numbers = random.numbers(broken);
            document.moments.push(Moment { span, numbers });
        }
        at = end + random.below(6);
    }
    for trigger in &mut document.triggers {
        trigger.scores.occasion = random.numbers(broken);
        trigger.scores.sought = random.numbers(broken);
    }
}

/// Places with mentions here and there; where `broken`, some that lie within a character or beyond the text.
fn places(random: &mut Random, document: &mut Document, broken: bool) {
    for number in 0..random.below(4) {
        let mention = |random: &mut Random| {
            let token = random.below(document.tokens.len());
            let span = document.span(&(token..token + 1));
            let beyond = if broken { random.below(3) } else { 0 };
            Span::new(span.start + beyond, span.end + 7 * beyond)
        };
        let mentions = (0..random.below(3)).map(|_| mention(random)).collect();
        document.places.push(Place {
            name: format!("Place {number}"),
            country: None,
            division: None,
            point: (random.below(2) == 0).then_some((43.5, -7.25)),
            geonames: None,
            mentions,
            weighed: Vec::new(),
        });
    }
}

fn slice(text: &[char], [start, end]: Offsets) -> String {
    assert!(
        start <= end && end <= text.len(),
        "{start}..{end} in {}",
        text.len()
    );
    text[start..end].iter().collect()
}

fn check(document: &Document, record: &Record) {
    let text: Vec<char> = record.story.text.chars().collect();
    let known = |id: &String| assert!(record.actors.iter().any(|a| a.id == *id), "{id}");
    let claim = |id: &String| assert!(record.claims.iter().any(|c| c.id == *id), "{id}");
    assert_eq!(record.events.len(), document.triggers.len());
    for (event, trigger) in record.events.iter().zip(&document.triggers) {
        assert_eq!(
            slice(&text, event.trigger[0]),
            document.words(&trigger.tokens)
        );
        event.actor.iter().chain(&event.recipient).for_each(known);
        event.according_to.iter().for_each(claim);
        assert!(
            event
                .place
                .iter()
                .all(|id| record.places.iter().any(|p| p.id == *id))
        );
        assert!(
            event
                .quantities
                .iter()
                .all(|q| *q < record.quantities.len())
        );
        assert!(
            (0.0..=1.0).contains(&event.confidence),
            "{}",
            event.confidence
        );
        assert!(event.sentence < record.sentences.len());
        let date = &event.date;
        assert_eq!(date.first.is_some(), date.last.is_some());
        assert_eq!(date.first.is_some(), date.time.is_some());
        assert_eq!(date.first.is_none(), date.why.is_some());
        assert!(date.time.is_none_or(|time| time < record.times.len()));
        assert!(date.first <= date.last, "{date:?}");
        let grain = |end: &Option<String>| end.as_ref().map(String::len);
        assert_eq!(grain(&date.first), grain(&date.last), "{date:?}");
        assert!(!event.recipient.iter().any(|r| event.actor.contains(r)));
    }
    for actor in &record.actors {
        assert!(
            !actor.mentions.is_empty() && !actor.name.is_empty(),
            "{actor:?}"
        );
        for mention in &actor.mentions {
            assert!(!slice(&text, [mention.start, mention.end]).is_empty());
        }
    }
    for found in &record.claims {
        let source = found.source.iter();
        source
            .clone()
            .flat_map(|s| &s.actor)
            .chain(&found.addressee)
            .for_each(known);
        found.inside.iter().for_each(claim);
        assert!(!found.cue.is_empty() && !found.content.is_empty());
        let spans = source
            .flat_map(|s| &s.spans)
            .chain(&found.cue)
            .chain(&found.content);
        spans.for_each(|s| assert!(!slice(&text, *s).is_empty()));
    }
    for quantity in &record.quantities {
        slice(&text, [quantity.start, quantity.end]);
    }
    for mention in record.places.iter().flat_map(|p| &p.mentions) {
        slice(&text, [mention.start, mention.end]);
    }
    for place in &record.places {
        assert!(!place.mentions.is_empty(), "{place:?}");
        assert_eq!(place.latitude.is_none(), place.why.is_some(), "{place:?}");
    }
}

#[test]
fn records_of_random_documents_hold_together() {
    let mut random = Random(3);
    for round in 0..3000 {
        let broken = round % 2 == 1;
        let document = document(&mut random, broken);
        let record = code(&document, Lexicon::built_in(), Provenance::default());
        check(&document, &record);
        let again = code(&document, Lexicon::built_in(), Provenance::default());
        assert_eq!(record, again, "round {round}");
    }
}

#[test]
fn explanations_of_random_documents_fit_their_records() {
    let mut random = Random(7);
    for round in 0..1000 {
        let document = document(&mut random, round % 2 == 1);
        let (lexicon, provenance) = (Lexicon::built_in(), Provenance::default());
        let record = code(&document, lexicon, provenance.clone());
        let told = explain(&document, lexicon, provenance);
        check_explained(&document, &record, &told);
    }
}

fn check_explained(document: &Document, record: &Record, told: &Explained) {
    let events = record.events.iter().map(|e| &e.id);
    let ids: Vec<&String> = events.chain(record.claims.iter().map(|c| &c.id)).collect();
    let items: Vec<&String> = told.items.iter().map(|i| &i.id).collect();
    let explained: Vec<&String> = told.explanations.iter().map(|e| &e.id).collect();
    assert!(items == ids && explained == ids);
    let letters: Vec<char> = document.story.text.chars().collect();
    for one in &told.explanations {
        for mark in &one.marks {
            let words: String = letters[mark.start..mark.end].iter().collect();
            assert_eq!(words, mark.words, "{}", one.id);
            let shown = |s: &types::explain::Tree| s.start < mark.end && mark.start < s.end;
            assert!(one.sentences.iter().any(shown), "{mark:?}");
        }
        for sentence in &one.sentences {
            let inside = |head: usize| head < sentence.tokens.len();
            assert!(sentence.tokens.iter().all(|t| t.head.is_none_or(inside)));
        }
        for decision in &one.decisions {
            let words = decision.words.iter();
            assert!(words.clone().all(|w| w.end <= letters.len()));
            let score = decision.runner_up.as_ref().map(|r| r.score);
            let scores = decision.score.into_iter().chain(score);
            assert!(scores.into_iter().all(|s| (0.0..=1.0).contains(&s)));
        }
    }
    for event in &record.events {
        let one = told.explanations.iter().find(|e| e.id == event.id);
        let status = one.and_then(|e| e.decisions.iter().find(|d| d.field == "status"));
        let status = status.expect("every event tells its status");
        assert_eq!(status.value.as_deref(), Some(event.status.as_str()));
        let rule = status.by.starts_with("rule:");
        assert_eq!(rule, event.rule.contains("+rule:"), "{}", event.rule);
    }
}

#[test]
fn a_denial_or_a_condition_is_never_actual() {
    let mut random = Random(5);
    for _ in 0..500 {
        let mut document = document(&mut random, false);
        for trigger in &mut document.triggers {
            trigger.status = random.pick(&[Status::Denied, Status::Possible, Status::Negated]);
        }
        let record = code(&document, Lexicon::built_in(), Provenance::default());
        assert!(record.events.iter().all(|e| e.status != "actual"));
    }
}

#[test]
fn an_empty_document_gives_an_empty_record() {
    let record = code(
        &Document::default(),
        Lexicon::built_in(),
        Provenance::default(),
    );
    assert!(record.events.is_empty() && record.actors.is_empty() && record.claims.is_empty());
}

#[test]
fn long_documents_take_time_in_proportion() {
    let mut random = Random(9);
    let mut document = Document::default();
    for paragraph in 0..20000 {
        document.story.text.push('\n');
        sentence(&mut random, &mut document, paragraph, false);
    }
    layers(&mut random, &mut document, false);
    let started = std::time::Instant::now();
    let record = code(&document, Lexicon::built_in(), Provenance::default());
    assert_eq!(record.sentences.len(), 20000);
    // 150,000 words, unoptimised, on a busy machine: seconds, not minutes.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
