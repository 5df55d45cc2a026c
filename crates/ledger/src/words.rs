//! Words as the ledger compares them: folded, without endings, hashed.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, one blank between words: the form in which names are compared.
pub(crate) fn fold(name: &str) -> String {
    let plain: String = if name.is_ascii() {
        name.to_ascii_lowercase()
    } else {
        name.nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .collect()
    };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// FNV-1a, 64 bits: short, and the same on every machine for ever, as hashes in a file must be.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    // FNV's low bits are poor; this is the last step of MurmurHash3.
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

/// The words of `text` in lower case: runs of letters and digits.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            if word.is_ascii() {
                word.to_ascii_lowercase()
            } else {
                fold(word)
            }
        })
}

/// The hash of a word without its ending.
pub(crate) fn stem_hash(word: &str) -> u32 {
    hash(stem(word).as_bytes()) as u32
}

/// The word without the commonest endings of English: enough to bring "attacks", "attacked" and "attacking" together.
pub(crate) fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 8] = ["ings", "ing", "ies", "ed", "es", "s", "e", "y"];
    const SHORTEST: usize = 4;
    let left = |ending: &&&str| {
        word.strip_suffix(**ending)
            .is_some_and(|rest| rest.len() >= SHORTEST && word.is_ascii())
    };
    match ENDINGS.iter().find(left) {
        Some(ending) => word.strip_suffix(ending).unwrap_or(word),
        None => word,
    }
}

/// Stems of the content words of `text`, hashed, sorted, each once, no more than `most`: the longest words first,
/// which tell most. `without` are words that say nothing here.
pub(crate) fn content(text: &str, most: usize) -> Vec<u32> {
    let mut found: Vec<(usize, u32)> = words(text)
        .filter(|word| word.len() > 2 && !is_common(word))
        .map(|word| (word.len(), stem_hash(&word)))
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.dedup();
    found.truncate(most);
    let mut hashes: Vec<u32> = found.into_iter().map(|(_, hash)| hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn is_common(word: &str) -> bool {
    COMMON.binary_search(&word).is_ok()
}

/// Words that stand in any report, sorted.
const COMMON: &[&str] = &[
    "about",
    "according",
    "after",
    "again",
    "against",
    "all",
    "also",
    "and",
    "any",
    "are",
    "because",
    "been",
    "before",
    "being",
    "between",
    "both",
    "but",
    "can",
    "could",
    "day",
    "did",
    "does",
    "during",
    "earlier",
    "for",
    "friday",
    "from",
    "had",
    "has",
    "have",
    "having",
    "her",
    "him",
    "his",
    "how",
    "into",
    "its",
    "last",
    "late",
    "later",
    "may",
    "might",
    "monday",
    "month",
    "more",
    "most",
    "much",
    "new",
    "not",
    "now",
    "off",
    "one",
    "only",
    "other",
    "our",
    "out",
    "over",
    "own",
    "people",
    "reported",
    "said",
    "same",
    "saturday",
    "saying",
    "says",
    "she",
    "should",
    "since",
    "some",
    "still",
    "such",
    "sunday",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "three",
    "through",
    "thursday",
    "time",
    "today",
    "told",
    "tuesday",
    "two",
    "under",
    "until",
    "upon",
    "very",
    "was",
    "wednesday",
    "week",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "would",
    "year",
    "yesterday",
    "you",
    "your",
];

/// How many numbers two sorted lists share.
pub(crate) fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_and_without_accents() {
        assert_eq!(fold("  José\tMujica "), "jose mujica");
        assert_eq!(fold("ÅLAND"), "aland");
    }

    #[test]
    fn forms_of_a_word_are_one() {
        for word in ["attacks", "attacked", "attacking"] {
            assert_eq!(stem(word), "attack");
        }
        assert_eq!(stem("is"), "is");
        assert!(COMMON.is_sorted());
    }

    #[test]
    fn shared_numbers() {
        assert_eq!(shared(&[1, 3, 5, 9], &[2, 3, 9, 12]), 2);
        assert_eq!(shared::<u32>(&[], &[2]), 0);
    }
}
