//! How well mentions are brought together, measured on GUM's hand-made trees and coreference, which are not in this
//! repository: runs where `RAPPORTEUR_SHARED` or `../shared` has them.
//!
//! The rules were tuned on GUM's train part; the figures below are of its dev part, all genres.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use lexicon::Lexicon;
use types::record::{Provenance, Record};
use types::*;

fn shared(file: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("RAPPORTEUR_SHARED").map_or_else(beside, PathBuf::from);
    let path = folder.join("data").join(file);
    path.exists().then_some(path)
}

/// A gold mention: its tokens, entity number and type.
#[derive(Clone)]
struct Gold {
    tokens: TokenRange,
    entity: usize,
    kind: String,
}

/// GUM's documents with their entities. Speeches and talk have no narrator and are left out.
fn documents(path: &Path) -> Vec<(Document, Vec<Gold>)> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut found = Vec::new();
    for part in text.split("# newdoc id = ").skip(1) {
        let narrated = ["GUM_news", "GUM_bio", "GUM_voyage", "GUM_textbook"];
        if !narrated.iter().any(|genre| part.starts_with(genre)) {
            continue;
        }
        let plain = without_text_comments(part);
        let mut document = conllu::read(&plain).unwrap().remove(0);
        let gold = gold(part);
        names(&mut document, &gold);
        parties(&mut document, &gold);
        found.push((document, gold));
    }
    found
}

fn without_text_comments(part: &str) -> String {
    let lines = part.lines().skip(1);
    let kept = lines.filter(|l| !l.starts_with('#') || l.starts_with("# newpar"));
    let short = kept.map(|l| {
        if l.starts_with("# newpar") {
            "# newpar"
        } else {
            l
        }
    });
    "# newdoc\n".to_owned() + &short.collect::<Vec<_>>().join("\n")
}

/// Entities from the MISC column, `Entity=(7-person-…(8-place-…)7)`.
fn gold(part: &str) -> Vec<Gold> {
    let mut found: Vec<Gold> = Vec::new();
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut token = 0;
    for line in part.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 || columns[0].contains(['-', '.']) {
            continue;
        }
        let misc = columns[9]
            .split('|')
            .find_map(|m| m.strip_prefix("Entity="));
        for piece in misc.unwrap_or_default().split_inclusive(['(', ')']) {
            let inner = piece.trim_end_matches(['(', ')']);
            let fields: Vec<&str> = inner.split('-').collect();
            if fields.len() > 1 {
                let entity = fields[0].parse().unwrap_or_default();
                open.entry(fields[0].to_owned())
                    .or_default()
                    .push(found.len());
                let kind = fields[1].to_owned();
                found.push(Gold {
                    tokens: token..token + 1,
                    entity,
                    kind,
                });
            }
            if piece.ends_with(')')
                && let Some(at) = open.get_mut(fields[0]).and_then(Vec::pop)
            {
                found[at].tokens.end = token + 1;
            }
        }
        token += 1;
    }
    found
}

/// Names as a tagger gives them: runs of proper nouns inside of an entity, without titles.
fn names(document: &mut Document, gold: &[Gold]) {
    let mut token = 0;
    while token < document.tokens.len() {
        let proper = |t: usize| {
            document
                .tokens
                .get(t)
                .is_some_and(|t| t.upos == Upos::Propn)
        };
        let holder = |t: usize| {
            gold.iter()
                .filter(|g| g.tokens.contains(&t))
                .min_by_key(|g| g.tokens.len())
        };
        let Some(entity) = holder(token).filter(|_| proper(token)) else {
            token += 1;
            continue;
        };
        let mut end = token + 1;
        while proper(end) && entity.tokens.contains(&end) {
            end += 1;
        }
        let title = |t: usize| {
            Lexicon::built_in()
                .title(&document.form(t).to_lowercase())
                .is_some()
        };
        let start = (token..end - 1).find(|t| !title(*t)).unwrap_or(end - 1);
        let kind = match entity.kind.as_str() {
            "person" => Some(NameKind::Person),
            "organization" => Some(NameKind::Organization),
            "place" => Some(NameKind::Location),
            _ => None,
        };
        if let Some(kind) = kind {
            document.names.push(Name {
                tokens: start..end,
                kind,
                confidence: 1.0,
                second: None,
            });
        }
        token = end;
    }
}

/// Makes everybody a party of something, so that everybody is kept in the record.
fn parties(document: &mut Document, gold: &[Gold]) {
    let kinds = ["person", "organization"];
    let pronoun = |g: &&Gold| document.tokens[g.tokens.start].upos != Upos::Pron;
    let spans = gold
        .iter()
        .filter(|g| kinds.contains(&g.kind.as_str()))
        .filter(pronoun);
    // A trigger for each of them, on its own word: the coder prefers parties of the trigger's sentence.
    let triggers = spans.map(|g| Trigger {
        tokens: g.tokens.start..g.tokens.start + 1,
        event: EventType::Consult,
        mode: None,
        status: Status::Actual,
        status_scores: [0.0; 6],
        roles: Roles {
            actor: vec![g.tokens.clone()],
            ..Roles::default()
        },
        confidence: 1.0,
        scores: Default::default(),
    });
    let triggers: Vec<Trigger> = triggers.collect();
    document.triggers.extend(triggers);
}

#[derive(Default)]
struct Score {
    pronouns: [usize; 2],
    by_form: BTreeMap<String, [usize; 2]>,
    /// B³ over mentions that both sides have: sums of precision and recall, and their number.
    precision: f64,
    recall: f64,
    mentions: usize,
}

fn heads(document: &Document, gold: &[Gold]) -> HashMap<usize, Gold> {
    let mut heads = HashMap::new();
    for mention in gold {
        if let Some(head) = document.head_of(&mention.tokens) {
            heads.entry(head).or_insert_with(|| mention.clone());
        }
    }
    heads
}

/// Token that heads each mention of each actor, with the mention's form.
fn predicted(document: &Document, record: &Record) -> Vec<Vec<(usize, String)>> {
    let index = CharIndex::new(&document.story.text);
    let starts: HashMap<usize, usize> = document
        .tokens
        .iter()
        .enumerate()
        .map(|(i, t)| (index.at(t.span.start), i))
        .collect();
    let ends: HashMap<usize, usize> = document
        .tokens
        .iter()
        .enumerate()
        .map(|(i, t)| (index.at(t.span.end), i))
        .collect();
    let head = |m: &types::record::Mention| {
        let range = *starts.get(&m.start)?..*ends.get(&m.end)? + 1;
        Some((document.head_of(&range)?, m.form.clone()))
    };
    record
        .actors
        .iter()
        .map(|a| a.mentions.iter().filter_map(head).collect())
        .collect()
}

fn score(document: &Document, gold: &[Gold], record: &Record, score: &mut Score) {
    let heads = heads(document, gold);
    let actors = predicted(document, record);
    let mut actor_at = HashMap::new();
    for (index, actor) in actors.iter().enumerate() {
        for (head, form) in actor {
            actor_at.insert(*head, (index, form.clone()));
        }
    }
    let known = |kind: &str| ["person", "organization", "place"].contains(&kind);
    let mut shared: Vec<(usize, usize)> = Vec::new();
    for (head, mention) in &heads {
        match actor_at.get(head) {
            Some((actor, form)) if form != "pronominal" => shared.push((mention.entity, *actor)),
            _ => {}
        }
    }
    for &(entity, actor) in &shared {
        let both = shared.iter().filter(|s| **s == (entity, actor)).count() as f64;
        score.precision += both / shared.iter().filter(|s| s.1 == actor).count() as f64;
        score.recall += both / shared.iter().filter(|s| s.0 == entity).count() as f64;
        score.mentions += 1;
    }
    for (head, mention) in &heads {
        let form = document.form(*head).to_lowercase();
        let third = [
            "he", "him", "his", "she", "her", "it", "its", "they", "them", "their",
        ];
        let before = heads.iter().any(|(h, m)| {
            h < head && m.entity == mention.entity && document.tokens[*h].upos != Upos::Pron
        });
        if !third.contains(&form.as_str()) || !known(&mention.kind) || !before {
            continue;
        }
        let right = actor_at
            .get(head)
            .is_some_and(|(actor, _)| entity_of(&actors[*actor], &heads) == Some(mention.entity));
        for counts in [&mut score.pronouns, score.by_form.entry(form).or_default()] {
            counts[0] += usize::from(right);
            counts[1] += 1;
        }
    }
}

/// The entity that most of an actor's names and descriptions belong to.
fn entity_of(actor: &[(usize, String)], heads: &HashMap<usize, Gold>) -> Option<usize> {
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for (head, _) in actor.iter().filter(|(_, form)| form != "pronominal") {
        if let Some(mention) = heads.get(head) {
            *votes.entry(mention.entity).or_default() += 1;
        }
    }
    votes
        .into_iter()
        .max_by_key(|(entity, n)| (*n, usize::MAX - entity))
        .map(|(entity, _)| entity)
}

fn measure(file: &str) -> Option<Score> {
    let Some(path) = shared(file) else {
        println!("skipped: {file} is not here");
        return None;
    };
    let mut total = Score::default();
    for (document, gold) in documents(&path) {
        let record = rapporteur_coder::code(&document, Lexicon::built_in(), Provenance::default());
        score(&document, &gold, &record, &mut total);
    }
    let n = total.mentions as f64;
    println!(
        "{file}: names and descriptions B3 P {:.3} R {:.3} of {n}",
        total.precision / n,
        total.recall / n
    );
    println!(
        "  pronouns {:.3} of {}",
        share(total.pronouns),
        total.pronouns[1]
    );
    for (form, counts) in &total.by_form {
        println!("    {form:5} {:.3} of {}", share(*counts), counts[1]);
    }
    Some(total)
}

fn share([right, all]: [usize; 2]) -> f64 {
    right as f64 / all.max(1) as f64
}

#[test]
fn mentions_come_together_on_gum() {
    measure("ud/en_gum-train.conllu");
    let Some(score) = measure("ud/en_gum-dev.conllu") else {
        return;
    };
    // Measured: pronouns .83, B3 P .93 R .83. Below these something has come apart.
    assert!(share(score.pronouns) >= 0.80);
    assert!(score.precision / score.mentions as f64 >= 0.91);
    assert!(score.recall / score.mentions as f64 >= 0.81);
}
