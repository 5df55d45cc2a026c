//! The lists as files: which line of which file has an entry. For explanations; reading looks words up in tables.

use crate::table::numbered;
use crate::{contexts, ontology, territories, words};

/// A list of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum List {
    Agents,
    Cameo,
    Contexts,
    Countries,
    Cues,
    Organisations,
    Plover,
    States,
    Territories,
    StatusCues,
    Titles,
}

/// A line of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Name of the file under `data`.
    pub file: &'static str,
    /// Counted from 1.
    pub line: usize,
    /// The line itself, columns parted by tabs.
    pub text: &'static str,
}

impl List {
    /// Name and text of the list's file.
    fn file(self) -> (&'static str, &'static str) {
        match self {
            List::Agents => ("agents.tsv", words::AGENTS),
            List::Cameo => ("cameo.tsv", ontology::CODES),
            List::Contexts => ("contexts.tsv", contexts::WORDS),
            List::Countries => ("countries.tsv", words::COUNTRIES),
            List::Cues => ("cues.tsv", words::CUES),
            List::Organisations => ("organisations.tsv", words::ORGANISATIONS),
            List::Plover => ("plover.tsv", ontology::TYPES),
            List::States => ("states.tsv", words::STATES),
            List::Territories => ("territories.tsv", territories::TERRITORIES),
            List::StatusCues => ("status_cues.tsv", words::STATUS_CUES),
            List::Titles => ("titles.tsv", words::TITLES),
        }
    }

    /// Whether keys are in lower case and found by words in any case.
    fn is_folded(self) -> bool {
        matches!(
            self,
            List::Agents | List::Contexts | List::Cues | List::StatusCues | List::Titles
        )
    }

    /// The first line whose first column is `key`; `None` where there is none, as for entries of a user's own.
    pub fn entry(self, key: &str) -> Option<Entry> {
        let (file, text) = self.file();
        let key = if self.is_folded() {
            key.to_lowercase()
        } else {
            key.to_owned()
        };
        let first = |text: &str| text.split('\t').next() == Some(key.as_str());
        let (line, text) = numbered(text).find(|(_, text)| first(text))?;
        Some(Entry { file, line, text })
    }

    /// The entry on a line, counted from 1; `None` where there is none.
    pub fn line(self, line: usize) -> Option<Entry> {
        let (file, text) = self.file();
        let (line, text) = numbered(text).find(|(number, _)| *number == line)?;
        Some(Entry { file, line, text })
    }
}

#[cfg(test)]
mod tests {
    use types::{EventType, Mode, Status};

    use super::*;
    use crate::Lexicon;

    #[test]
    fn an_entry_is_found_where_it_stands() {
        let found = List::States.entry("Afghanistan").expect("a state");
        assert_eq!(
            (found.file, found.text),
            ("states.tsv", "Afghanistan\tAFG\tname")
        );
        let line = words::STATES.lines().nth(found.line - 1);
        assert_eq!(line, Some(found.text));
        assert_eq!(List::States.line(found.line), Some(found));
        assert_eq!(List::Cues.entry("Deny").map(|e| e.text), Some("deny\tdeny"));
        assert_eq!(
            List::States.entry("afghanistan"),
            None,
            "names keep their case"
        );
        assert_eq!(List::Agents.entry(""), None);
        assert_eq!(List::Agents.line(1), None, "a comment is no entry");
    }

    #[test]
    fn a_code_knows_its_line() {
        let lexicon = Lexicon::built_in();
        let cameo = lexicon
            .cameo(
                EventType::Assault,
                Some(Mode::Aerial),
                Status::Actual,
                &[],
                &[],
            )
            .expect("a code");
        let entry = List::Cameo.line(cameo.line).expect("an entry");
        assert!(entry.text.starts_with("ASSAULT\taerial\t"), "{entry:?}");
        assert!(entry.text.contains(cameo.code), "{entry:?}");
    }
}
