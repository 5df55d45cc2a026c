//! A sorted file that is looked up where it stands, so that a long one costs nothing at start.

/// Lines of a data file, sorted by the bytes of their first column, below a header of lines that begin with `#`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines {
    text: &'static str,
}

impl Lines {
    /// The lines of `file` without its header.
    pub(crate) fn new(file: &'static str) -> Lines {
        let mut text = file;
        while text.starts_with('#') {
            text = text.split_once('\n').map_or("", |(_, rest)| rest);
        }
        Lines { text }
    }

    /// All lines whose first column is `key` or begins with `key` and a space.
    pub(crate) fn with_first_word(&self, key: &str) -> impl Iterator<Item = &'static str> + use<> {
        let word = key.to_owned();
        let matches = move |line: &&str| {
            let rest = line.strip_prefix(word.as_str());
            rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
        };
        let word = key.to_owned();
        self.text[self.first(key)..]
            .lines()
            .take_while(move |line| line.starts_with(&word))
            .filter(matches)
    }

    /// All lines whose first column is exactly `key`.
    pub(crate) fn with_key(&self, key: &str) -> impl Iterator<Item = &'static str> + use<> {
        let whole = key.to_owned();
        self.with_first_word(key)
            .filter(move |line| line.split('\t').next() == Some(&whole))
    }

    /// Offset of the first line that does not come before `key`.
    fn first(&self, key: &str) -> usize {
        let (mut low, mut high) = (0, self.text.len());
        while low < high {
            let middle = self.line_start(low + (high - low) / 2);
            let end = self.text[middle..]
                .find('\n')
                .map_or(self.text.len(), |at| middle + at + 1);
            if self.text[middle..end].trim_end() < key {
                low = end;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Where the line begins that holds byte `at`.
    fn line_start(&self, at: usize) -> usize {
        let newline = self.text.as_bytes()[..at].iter().rposition(|b| *b == b'\n');
        newline.map_or(0, |newline| newline + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "# Format: none\n# Origin: ours\na\t1\nab\t2\nab c\t3\nab d\t4\nabc\t5\nb\t6\n";

    #[test]
    fn keys_and_first_words_are_found() {
        let lines = Lines::new(FILE);
        let with = |word: &str| lines.with_first_word(word).collect::<Vec<_>>();
        assert_eq!(with("ab"), ["ab\t2", "ab c\t3", "ab d\t4"]);
        assert_eq!(with("b"), ["b\t6"]);
        assert!(with("aa").is_empty() && with("z").is_empty() && with("").is_empty());
        assert_eq!(lines.with_key("ab").collect::<Vec<_>>(), ["ab\t2"]);
        assert_eq!(lines.with_key("ab d").collect::<Vec<_>>(), ["ab d\t4"]);
    }

    #[test]
    fn an_empty_file_has_no_lines() {
        assert_eq!(Lines::new("# Format: none\n").with_key("a").count(), 0);
    }
}
