//! Words that tell what an event is about.

use types::Upos;

use crate::table::Table;

pub(crate) const WORDS: &str = include_str!("../data/contexts.tsv");

/// How many words the longest entry may have.
pub(crate) const LONGEST: usize = 4;

/// PLOVER's contexts, sorted. The names are those of its conversion table where that has them.
pub const CONTEXTS: [&str; 37] = [
    "asylum",
    "cbrn",
    "corruption",
    "crime",
    "cyber",
    "democracy",
    "diplomatic",
    "disaster",
    "drugs",
    "economic",
    "education",
    "election",
    "environment",
    "executive",
    "gender",
    "health",
    "historical",
    "human_rights",
    "human_security",
    "humanitarian",
    "inequality",
    "intelligence",
    "legal",
    "legislative",
    "lgbt",
    "migration",
    "military",
    "misinformation",
    "peacekeeping",
    "political_institutions",
    "pro_autocracy",
    "religion_ethnicity",
    "reparations",
    "resource",
    "rights_freedoms",
    "territory",
    "terrorism",
];

/// What one to four words in dictionary form tell of the context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContextWords {
    /// One of [`CONTEXTS`]; none where the words hide a shorter entry and say nothing ("tear gas").
    pub context: Option<&'static str>,
    part: Part,
}

/// Parts of speech as which the last of the words tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Any,
    Noun,
    Common,
    Nominal,
}

impl ContextWords {
    /// Whether the words tell it where the last of them is of this part of speech.
    pub fn fits(self, part: Upos) -> bool {
        match self.part {
            Part::Any => true,
            Part::Noun => matches!(part, Upos::Noun | Upos::Propn),
            Part::Common => matches!(part, Upos::Noun | Upos::Adj),
            Part::Nominal => part != Upos::Verb,
        }
    }
}

pub(crate) fn table() -> Table<ContextWords> {
    Table::new(WORDS, entry)
}

fn entry(row: &[&'static str]) -> Option<ContextWords> {
    let [context, part] = row else { return None };
    let context = match *context {
        "-" => None,
        name => Some(*CONTEXTS.iter().find(|c| **c == name)?),
    };
    let part = match *part {
        "-" => Part::Any,
        "noun" => Part::Noun,
        "common" => Part::Common,
        "nominal" => Part::Nominal,
        _ => return None,
    };
    Some(ContextWords { context, part })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::rows;

    #[test]
    fn every_context_has_words_that_assign_it() {
        for context in CONTEXTS {
            let words = rows(WORDS).filter(|row| row[1] == context).count();
            assert!(words >= 3, "{context} has {words} words");
        }
        assert!(CONTEXTS.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn longer_entries_may_hide_shorter_ones() {
        let table = table();
        let context = |words: &str| table.get(words).and_then(|w| w.context);
        assert_eq!(context("gas"), Some("resource"));
        assert_eq!(context("tear gas"), None);
        assert!(table.get("tear gas").is_some());
        assert_eq!(context("nerve gas"), Some("cbrn"));
    }

    #[test]
    fn no_entry_is_longer_than_four_words() {
        for row in rows(WORDS) {
            assert!(row[0].split(' ').count() <= LONGEST, "{}", row[0]);
        }
    }

    #[test]
    fn the_part_of_speech_counts() {
        let right = *table().get("right").unwrap();
        assert!(right.fits(Upos::Noun) && !right.fits(Upos::Adj));
        let combat = *table().get("combat").unwrap();
        assert!(combat.fits(Upos::Adj) && !combat.fits(Upos::Verb));
    }
}
