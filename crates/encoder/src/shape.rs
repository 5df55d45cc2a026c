//! The written shape of a word, which the uncased word pieces do not carry.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Characters with Unicode's numeric type "digit" that are no decimal digits: superscripts, circled digits and the like.
const OTHER_DIGITS: [(char, char); 20] = [
    ('\u{b2}', '\u{b3}'),
    ('\u{b9}', '\u{b9}'),
    ('\u{1369}', '\u{1371}'),
    ('\u{19da}', '\u{19da}'),
    ('\u{2070}', '\u{2070}'),
    ('\u{2074}', '\u{2079}'),
    ('\u{2080}', '\u{2089}'),
    ('\u{2460}', '\u{2468}'),
    ('\u{2474}', '\u{247c}'),
    ('\u{2488}', '\u{2490}'),
    ('\u{24ea}', '\u{24ea}'),
    ('\u{24f5}', '\u{24fd}'),
    ('\u{24ff}', '\u{24ff}'),
    ('\u{2776}', '\u{277e}'),
    ('\u{2780}', '\u{2788}'),
    ('\u{278a}', '\u{2792}'),
    ('\u{10a40}', '\u{10a43}'),
    ('\u{10e60}', '\u{10e68}'),
    ('\u{11052}', '\u{1105a}'),
    ('\u{1f100}', '\u{1f10a}'),
];

fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic()
    } else {
        c.general_category_group() == GeneralCategoryGroup::Letter
    }
}

fn is_digit(c: char) -> bool {
    use unicode_properties::GeneralCategory::DecimalNumber;
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    c.general_category() == DecimalNumber || OTHER_DIGITS.iter().any(|&(a, b)| (a..=b).contains(&c))
}

/// The shape of `word`, 1 to 8; the table is in `docs/model-file.md`. A word of no characters has shape 8.
pub fn shape_of(word: &str) -> usize {
    let digits = word.chars().any(is_digit);
    let mut letters = word.chars().filter(|&c| is_letter(c));
    let Some(first) = letters.next() else {
        return match digits {
            false => 8,
            true if word.chars().all(|c| is_digit(c) || c == '.' || c == ',') => 6,
            true => 7,
        };
    };
    if digits {
        return 7;
    }
    let (mut rest, mut upper) = (0, 0);
    for c in letters {
        rest += 1;
        upper += usize::from(c.is_uppercase());
    }
    match (first.is_uppercase(), rest, upper) {
        (true, 0, _) => 5,
        (true, n, m) if n == m => 3,
        (true, _, 0) => 2,
        (false, _, 0) => 1,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::shape_of;

    #[test]
    fn shapes_follow_the_table() {
        let cases = [
            ("minister", 1),
            ("外交", 1),
            ("Élysée", 2),
            ("Ukraine", 2),
            ("NATO", 3),
            ("U.S.", 3),
            ("McCain", 4),
            ("iPhone", 4),
            ("I", 5),
            ("I.", 5),
            ("1,200.5", 6),
            ("٣", 6),
            ("²", 6),
            ("12:30", 7),
            ("T-72", 7),
            ("20th", 7),
            ("—", 8),
            ("", 8),
            ("x", 1),
        ];
        for (word, shape) in cases {
            assert_eq!(shape_of(word), shape, "{word}");
        }
    }
}
