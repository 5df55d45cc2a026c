//! The language of a text.

use whatlang::Lang;

/// Fewest letters by which a language can be told.
const LEAST_LETTERS: usize = 60;

/// Most characters that are looked at.
const LOOKED_AT: usize = 8_000;

/// ISO 639-1 code of the language of `text`; `None` where there is too little text, or it could be several.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let text = text
        .char_indices()
        .nth(LOOKED_AT)
        .map_or(text, |(end, _)| &text[..end]);
    if text.chars().filter(|c| c.is_alphabetic()).count() < LEAST_LETTERS {
        return None;
    }
    if has_english_words(text) {
        return Some("en");
    }
    let info = whatlang::detect(text)?;
    if info.is_reliable() {
        code(info.lang())
    } else {
        None
    }
}

/// Words that English has in every sentence and other languages hardly ever, sorted.
const ENGLISH: &[&str] = &[
    "and", "been", "by", "for", "from", "has", "have", "his", "it", "of", "said", "that", "the",
    "their", "they", "this", "to", "were", "which", "with",
];

/// Whether so many words are English that trigrams need not be asked: they are unsure of a short text full of names.
/// News in English has 15 to 27 of these words in a hundred (154 stories), other languages none or one.
fn has_english_words(text: &str) -> bool {
    let (mut all, mut english) = (0usize, 0usize);
    for word in text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        all += 1;
        english += usize::from(
            ENGLISH
                .binary_search(&word.to_ascii_lowercase().as_str())
                .is_ok(),
        );
    }
    english * 8 >= all && english > 2
}

/// The two-letter code of a language; the crate has the three-letter ones of ISO 639-3.
fn code(lang: Lang) -> Option<&'static str> {
    let three = lang.code();
    CODES
        .iter()
        .find(|(long, _)| *long == three)
        .map(|(_, short)| *short)
}

/// ISO 639-3 and ISO 639-1 codes (facts of the standard), sorted.
const CODES: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];
