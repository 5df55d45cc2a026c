//! GUM's documents with their entities.

use std::collections::BTreeMap;

use lexicon::Lexicon;
use types::{
    Document, EventType, Name, NameKind, Roles, Status, TokenRange, Trigger, Upos, conllu,
};

use super::measures::Clusters;
use crate::Failure;

/// Kinds of entities that may be actors.
const KINDS: [&str; 3] = ["person", "organization", "place"];

/// A mention: its tokens, and number and kind of its entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    tokens: TokenRange,
    entity: String,
    kind: String,
}

/// The mentions of each document that have kinds, by the document's name.
pub(crate) type Described = BTreeMap<String, Vec<Mention>>;

/// The mentions of GUM's documents in a file; none of one that tells no kinds, as OntoGUM's does.
pub(super) fn described(text: &str) -> Described {
    let parts = text.split("# newdoc id = ").skip(1);
    let named = parts.map(|part| {
        (
            part.lines().next().unwrap_or_default().to_owned(),
            mentions(part),
        )
    });
    named
        .filter(|(_, mentions)| mentions.iter().any(|m| !m.kind.is_empty()))
        .collect()
}

/// Name of each document, the document with names and everybody as a party, and its gold clusters. Where the file itself
/// tells no kinds, those of the same words in `described` hold, and its names.
pub(crate) fn documents(
    path: &str,
    text: &str,
    described: &Described,
) -> Result<Vec<(String, Document, Clusters)>, Failure> {
    let mut found = Vec::new();
    for part in text.split("# newdoc id = ").skip(1) {
        let name = part.lines().next().unwrap_or_default().to_owned();
        let bad = |e: &dyn std::fmt::Display| Failure::Usage(format!("{path}: {name}: {e}"));
        let mut read = conllu::read(&without_comments(part)).map_err(|e| bad(&e))?;
        let mut document = read.pop().ok_or_else(|| bad(&"no sentences"))?;
        let mut gold = mentions(part);
        let known = described.get(&name).unwrap_or(&gold).clone();
        for mention in gold.iter_mut().filter(|m| m.kind.is_empty()) {
            let same = known.iter().find(|k| k.tokens == mention.tokens);
            mention.kind = same.map(|k| k.kind.clone()).unwrap_or_default();
        }
        names(&mut document, &known);
        parties(&mut document, &known);
        let clusters = clusters(&document, &gold);
        found.push((name, document, clusters));
    }
    Ok(found)
}

/// GUM's comments have keys that are ours for other things; paragraphs alone are kept.
fn without_comments(part: &str) -> String {
    let mut kept = "# newdoc\n".to_owned();
    for line in part.lines().skip(1) {
        match line {
            _ if line.starts_with("# newpar") && !line.starts_with("# newpar_") => {
                kept += "# newpar\n"
            }
            _ if line.starts_with('#') => {}
            _ => {
                kept += line;
                kept.push('\n');
            }
        }
    }
    kept
}

/// The entities in MISC: `Entity=(7-person-…(8-place-…)7)` opens and closes them.
fn mentions(part: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut token = 0;
    for line in part.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 || columns[0].contains(['-', '.']) {
            continue;
        }
        let entities = columns[9]
            .split('|')
            .find_map(|m| m.strip_prefix("Entity="));
        let mut opens = false;
        for piece in entities.unwrap_or_default().split_inclusive(['(', ')']) {
            let inner = piece.trim_end_matches(['(', ')']);
            let fields: Vec<&str> = inner.split('-').collect();
            if opens && !inner.is_empty() {
                open.entry(fields[0].to_owned())
                    .or_default()
                    .push(found.len());
                found.push(Mention {
                    tokens: token..token + 1,
                    entity: fields[0].to_owned(),
                    kind: fields.get(1).copied().unwrap_or_default().to_owned(),
                });
            }
            opens = piece.ends_with('(');
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

/// Entities of a kind that may act, by the heads of all their mentions.
fn clusters(document: &Document, mentions: &[Mention]) -> Clusters {
    let mut entities: BTreeMap<&str, (bool, std::collections::BTreeSet<usize>)> = BTreeMap::new();
    for mention in mentions {
        let (acts, heads) = entities.entry(&mention.entity).or_default();
        *acts |= KINDS.contains(&mention.kind.as_str());
        heads.extend(document.head_of(&mention.tokens));
    }
    let acting = entities.into_values().filter(|(acts, _)| *acts);
    Clusters::new(acting.map(|(_, heads)| heads))
}

/// Names as a tagger gives them: runs of proper nouns inside of an entity, without titles.
fn names(document: &mut Document, mentions: &[Mention]) {
    let mut token = 0;
    while token < document.tokens.len() {
        let proper = |t: usize| {
            document
                .tokens
                .get(t)
                .is_some_and(|t| t.upos == Upos::Propn)
        };
        let holders = mentions.iter().filter(|m| m.tokens.contains(&token));
        let Some(entity) = holders
            .min_by_key(|m| m.tokens.len())
            .filter(|_| proper(token))
        else {
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
        let tokens = start..end;
        document.names.extend(kind.map(|kind| Name {
            tokens,
            kind,
            confidence: 1.0,
            second: None,
        }));
        token = end;
    }
}

/// Makes everybody a party of something, so that everybody is kept in the record.
fn parties(document: &mut Document, mentions: &[Mention]) {
    let pronoun = |m: &&Mention| {
        document
            .tokens
            .get(m.tokens.start)
            .is_some_and(|t| t.upos == Upos::Pron)
    };
    let persons = mentions
        .iter()
        .filter(|m| ["person", "organization"].contains(&m.kind.as_str()));
    // A trigger for each of them, on its own word: the coder prefers parties of the trigger's sentence.
    let triggers = persons.filter(|m| !pronoun(m)).map(|m| Trigger {
        tokens: m.tokens.start..m.tokens.start + 1,
        event: EventType::Consult,
        mode: None,
        status: Status::Actual,
        status_scores: [0.0; 6],
        scores: Default::default(),
        roles: Roles {
            actor: vec![m.tokens.clone()],
            ..Roles::default()
        },
        confidence: 1.0,
    });
    let triggers: Vec<Trigger> = triggers.collect();
    document.triggers.extend(triggers);
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = "GUM_news_x\n# newpar\n# sent_id = 1\n\
        1\tAnn\tAnn\tPROPN\t_\t_\t3\tnsubj\t_\tEntity=(1-person-new\n\
        2\tRoe\tRoe\tPROPN\t_\t_\t1\tflat\t_\tEntity=1)\n\
        3\tleft\tleave\tVERB\t_\t_\t0\troot\t_\t_\n\
        4\ther\ther\tPRON\t_\t_\t5\tnmod:poss\t_\tEntity=(2-place-new(1-person-giv)\n\
        5\ttown\ttown\tNOUN\t_\t_\t3\tobj\t_\tEntity=2)\n\n";

    #[test]
    fn entities_are_read_with_their_heads() {
        let read = documents("x", &format!("# newdoc id = {PART}"), &Described::new())
            .expect("good lines");
        let (name, document, gold) = &read[0];
        assert_eq!(name, "GUM_news_x");
        assert_eq!(document.tokens.len(), 5);
        assert_eq!(document.names.len(), 1);
        assert_eq!(document.names[0].tokens, 0..2);
        let record = coder::code(document, Lexicon::built_in(), Default::default());
        let found = super::super::found(document, &record);
        let mut scores = super::super::Scores::default();
        scores.add(gold, &found);
        // The name and the pronoun came together; the coder has no actor for the town.
        assert_eq!(scores.rows()[1].1, "100.00,100.00,100.00");
    }

    #[test]
    fn bad_files_are_refused_with_their_name() {
        let Err(error) = documents("x.conllu", "# newdoc id = a\n1\tonly\n", &Described::new())
        else {
            panic!("a line of two columns was taken");
        };
        assert!(error.to_string().starts_with("x.conllu: a: "), "{error}");
    }

    #[test]
    fn kinds_come_from_the_other_file() {
        let plain = "# newdoc id = GUM_news_x\n# newpar\n\
            1\tAnn\tAnn\tPROPN\t_\t_\t3\tnsubj\t_\tEntity=(1\n\
            2\tRoe\tRoe\tPROPN\t_\t_\t1\tflat\t_\tEntity=1)\n\
            3\tleft\tleave\tVERB\t_\t_\t0\troot\t_\t_\n\
            4\ther\ther\tPRON\t_\t_\t5\tnmod:poss\t_\tEntity=(1)\n\
            5\ttown\ttown\tNOUN\t_\t_\t3\tobj\t_\t_\n\n";
        assert!(described(plain).is_empty());
        let described = described(&format!("# newdoc id = {PART}"));
        let read = documents("x", plain, &described).expect("good lines");
        let (_, document, gold) = &read[0];
        assert_eq!(document.names.len(), 1);
        let record = coder::code(document, Lexicon::built_in(), Default::default());
        let mut scores = super::super::Scores::default();
        scores.add(gold, &super::super::found(document, &record));
        assert_eq!(scores.rows()[1].1, "100.00,100.00,100.00");
    }
}
