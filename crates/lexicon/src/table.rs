//! A sorted table from the lines of a data file.

use std::cmp::Ordering;

/// Entries sorted by key; keys point into the embedded file.
#[derive(Debug)]
pub(crate) struct Table<T> {
    entries: Vec<(&'static str, T)>,
}

/// Lines of a data file that hold an entry, each split at tabs.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    numbered(file).map(|(_, line)| line.split('\t').collect())
}

/// Lines of a data file that hold an entry, with their numbers, counted from 1.
pub(crate) fn numbered(file: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    let lines = file.lines().enumerate().map(|(i, line)| (i + 1, line));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

impl<T> Table<T> {
    /// The table of `file`, whose first column is the key; `entry` makes the value of the other columns. Lines for which
    /// it gives nothing are left out (a test of the data makes sure that there are none).
    pub(crate) fn new(
        file: &'static str,
        entry: impl Fn(&[&'static str]) -> Option<T>,
    ) -> Table<T> {
        let mut entries: Vec<_> = rows(file)
            .filter_map(|row| Some((*row.first()?, entry(&row[1..])?)))
            .collect();
        entries.sort_by_key(|(key, _)| *key);
        Table { entries }
    }

    /// The entry whose key is exactly `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&T> {
        let found = self.entries.binary_search_by(|(k, _)| (*k).cmp(key));
        found.ok().map(|i| &self.entries[i].1)
    }

    /// The entry whose key, a lower-case one, is `key` in lower case.
    pub(crate) fn get_folded(&self, key: &str) -> Option<&T> {
        let found = self.entries.binary_search_by(|(k, _)| folded(k, key));
        found.ok().map(|i| &self.entries[i].1)
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

fn folded(key: &str, text: &str) -> Ordering {
    key.chars().cmp(text.chars().flat_map(char::to_lowercase))
}
