//! `measure coreference FILE.conllu…`: how well the coder brings mentions together, on GUM's own trees and names.
//!
//! Gold are the entities of kind person, organisation and place in the column MISC (`Entity=(7-person-…`), by the heads
//! of their mentions; entities with one mention count for B³ and CEAFe, not for MUC. The coder gets GUM's words, tags and
//! trees, and of each entity the proper nouns as a name; its actors are compared by the heads of their mentions. Mentions
//! that only one side has count against precision or recall. Speech without a narrator is left out, as the program is
//! made for news: of each file the genres in [`GENRES`] count. OntoGUM, which has the same documents by the rules of
//! OntoNotes, tells no kinds of entities: they are those of the same words in GUM, which must be among the files.
//!
//! MUC: links (Vilain et al. 1995); B³: mentions (Bagga and Baldwin 1998); CEAFe: entities aligned one to one with the
//! most in common (Luo 2005); the mean of the three F1 is what CoNLL-2012 ranks by.

pub(crate) mod gum;
pub(crate) mod measures;

use std::collections::HashMap;

use lexicon::Lexicon;
use types::record::{Provenance, Record};
use types::{CharIndex, Document};

use crate::Failure;
use crate::options::{Options, set, text};
use measures::{Clusters, Scores};

/// Genres of GUM with a narrator.
const GENRES: [&str; 5] = [
    "GUM_news",
    "GUM_bio",
    "GUM_voyage",
    "GUM_textbook",
    "GUM_whow",
];

/// Scores every file.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("coreference", args)?;
    println!("set,measure,precision,recall,f1,command");
    let mut described = gum::Described::new();
    for file in &options.files {
        described.extend(gum::described(&text(file)?));
    }
    for file in &options.files {
        let (all, news) = scored(file, &text(file)?, &described)?;
        for (name, scores) in [(set(file), &all), (format!("{} news", set(file)), &news)] {
            for (measure, scores) in scores.rows() {
                println!("{name},{measure},{scores},{}", options.command(file));
            }
        }
    }
    Ok(())
}

/// The scores of all documents of a file, and of the news among them.
fn scored(file: &str, text: &str, described: &gum::Described) -> Result<(Scores, Scores), Failure> {
    let (mut all, mut news) = (Scores::default(), Scores::default());
    for (name, document, gold) in gum::documents(file, text, described)? {
        if !GENRES.iter().any(|genre| name.starts_with(genre)) {
            continue;
        }
        let record = coder::code(&document, Lexicon::built_in(), Provenance::default());
        let mut found = found(&document, &record);
        // OntoNotes has no entities of one mention, and neither has OntoGUM.
        if set(file).starts_with("ontogum") {
            found = found.without_single();
        }
        all.add(&gold, &found);
        if name.starts_with("GUM_news") {
            news.add(&gold, &found);
        }
    }
    Ok((all, news))
}

/// The heads of each actor's mentions.
fn found(document: &Document, record: &Record) -> Clusters {
    let index = CharIndex::new(&document.story.text);
    let tokens = || document.tokens.iter().enumerate();
    let starts: HashMap<usize, usize> =
        tokens().map(|(i, t)| (index.at(t.span.start), i)).collect();
    let ends: HashMap<usize, usize> = tokens().map(|(i, t)| (index.at(t.span.end), i)).collect();
    let head = |m: &types::record::Mention| {
        let (first, last) = (starts.get(&m.start)?, ends.get(&m.end)?);
        document.head_of(&(*first..*last + 1))
    };
    let heads = |actor: &types::record::Actor| actor.mentions.iter().filter_map(head).collect();
    Clusters::new(record.actors.iter().map(heads))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    /// Runs where `RAPPORTEUR_SHARED` or `../shared` has GUM, which is not in this repository.
    #[test]
    fn mentions_come_together_on_gum() {
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
        let shared = std::env::var_os("RAPPORTEUR_SHARED").map_or_else(beside, PathBuf::from);
        let file = shared.join("data/ud/en_gum-dev.conllu");
        let Ok(text) = std::fs::read_to_string(&file) else {
            println!("skipped: {} is not here", file.display());
            return;
        };
        let read = scored("en_gum-dev", &text, &gum::Described::new());
        let (all, _) = read.expect("GUM is as GUM is");
        // Measured 64.5, scores/coreference.csv. Below this something has come apart.
        let rows = all.rows();
        let (name, mean) = rows.last().expect("rows");
        let f1: f64 = mean
            .rsplit(',')
            .next()
            .and_then(|f| f.parse().ok())
            .expect("a number");
        assert!(*name == "mean" && f1 >= 63.5, "{rows:?}");
    }
}
