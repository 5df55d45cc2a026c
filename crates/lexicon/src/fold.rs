//! Names in the form in which they are compared.

/// Lower case without accents, as newspapers differ in them: "Erdoğan", "Erdogan".
pub fn plain(word: &str) -> String {
    const ACCENTED: &str = "àáâãäåāăąçćčďèéêëēęěğìíîïīıłñńňòóôõöøōőŕřśšşșťțùúûüūůűýÿźžż";
    const PLAIN: &str = "aaaaaaaaacccdeeeeeeegiiiiiilnnnoooooooorrssssttuuuuuuuyyzzz";
    let base = |c: char| match ACCENTED.chars().position(|a| a == c) {
        Some(index) if !c.is_ascii() => PLAIN.chars().nth(index).unwrap_or(c),
        _ => c,
    };
    word.to_lowercase().chars().map(base).collect()
}

/// A whole name as a key: plain words between single spaces, without full stops, apostrophes and a leading article;
/// hyphens and underscores part words.
pub fn key(name: &str) -> String {
    let part = |c: char| c.is_whitespace() || matches!(c, '_' | '-' | '–');
    let kept = |c: &char| !matches!(c, '.' | '\'' | '’' | '`' | ',');
    let words = name
        .split(part)
        .map(|word| plain(word).chars().filter(kept).collect());
    let mut words: Vec<String> = words.filter(|w: &String| !w.is_empty()).collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_accents_and_points() {
        assert_eq!(key("THE_UNITED_NATIONS_"), "united nations");
        assert_eq!(key("U.N."), "un");
        assert_eq!(key("Ban  Ki-moon"), "ban ki moon");
        assert_eq!(key("Recep Tayyip Erdoğan"), "recep tayyip erdogan");
        assert_eq!(key("The"), "the");
        assert_eq!(key(" _- "), "");
    }
}
