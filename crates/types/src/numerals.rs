//! Number words of English, one word at a time.

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [(&str, u32); 8] = [
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const SCALES: [(&str, u64); 5] = [
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

/// The number that a word in lower case means by itself: 0 to 19, the tens up to 90, and "dozen".
///
/// ```
/// # use rapporteur_types::numerals::cardinal;
/// assert_eq!(cardinal("forty"), Some(40));
/// assert_eq!(cardinal("fortieth"), None);
/// ```
pub fn cardinal(word: &str) -> Option<u32> {
    let unit = UNITS.iter().position(|w| *w == word);
    let tens = || TENS.iter().find(|(w, _)| *w == word).map(|(_, n)| *n);
    let dozen = || (word == "dozen").then_some(12);
    unit.and_then(|n| u32::try_from(n).ok())
        .or_else(tens)
        .or_else(dozen)
}

/// What a word in lower case multiplies the number before it by: "hundred" to "trillion".
pub fn scale(word: &str) -> Option<u64> {
    SCALES.iter().find(|(w, _)| *w == word).map(|(_, n)| *n)
}

/// Whether `next` may follow a number that ends in `before`, as "five" follows "twenty": it fills its last figures.
pub fn follows(before: u32, next: u32) -> bool {
    let tens = before % 100;
    before == 0
        || tens == 0 && before >= 100
        || tens >= 20 && tens.is_multiple_of(10) && (1..10).contains(&next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_numbers() {
        assert_eq!(cardinal("zero"), Some(0));
        assert_eq!(cardinal("nineteen"), Some(19));
        assert_eq!(cardinal("dozen"), Some(12));
        assert_eq!(cardinal("hundred"), None);
        assert_eq!(scale("billion"), Some(1_000_000_000));
        assert_eq!(scale("ten"), None);
    }

    #[test]
    fn figures_are_filled_once() {
        assert!(follows(20, 5) && follows(300, 12) && follows(0, 7));
        assert!(!follows(20, 10) && !follows(25, 5) && !follows(7, 7));
    }
}
