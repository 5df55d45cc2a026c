//! Lemmas by rule: the `lemma` head chooses a rule, the rule makes the dictionary form of the word.

/// How to make a lemma of a form; the written rules are described in docs/model-file.md.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LemmaRule {
    /// Cut characters off the end of the form, then append.
    Edit {
        /// Lower-case the form first.
        lower: bool,
        /// Characters to cut; all of them where the form is shorter.
        cut: usize,
        /// What to append.
        suffix: String,
    },
    /// A lemma that shares nothing with its form.
    Whole(String),
}

impl LemmaRule {
    /// The rule written `text` (`CASE;CUT;SUFFIX` or `=;lemma`); `None` where it is not a rule.
    pub fn parse(text: &str) -> Option<Self> {
        let (case, rest) = text.split_once(';')?;
        if case == "=" {
            return Some(LemmaRule::Whole(rest.to_owned()));
        }
        let lower = match case {
            "l" => true,
            "k" => false,
            _ => return None,
        };
        let (cut, suffix) = rest.split_once(';')?;
        Some(LemmaRule::Edit {
            lower,
            cut: cut.parse().ok()?,
            suffix: suffix.to_owned(),
        })
    }

    /// The lemma of `form`.
    pub fn apply(&self, form: &str) -> String {
        match self {
            LemmaRule::Whole(lemma) => lemma.clone(),
            LemmaRule::Edit { lower, cut, suffix } => {
                let start = if *lower {
                    form.to_lowercase()
                } else {
                    form.to_owned()
                };
                let kept = start.chars().count().saturating_sub(*cut);
                start.chars().take(kept).chain(suffix.chars()).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(rule: &str, form: &str) -> String {
        LemmaRule::parse(rule).expect(rule).apply(form)
    }

    #[test]
    fn rules_make_lemmas() {
        assert_eq!(lemma("l;0;", "Meeting"), "meeting");
        assert_eq!(lemma("k;1;", "Kurds"), "Kurd");
        assert_eq!(lemma("l;3;y", "Parties"), "party");
        assert_eq!(lemma("=;be", "are"), "be");
        assert_eq!(lemma("l;1;é;", "cafes"), "cafeé;");
    }

    #[test]
    fn a_cut_longer_than_the_form_leaves_the_suffix() {
        assert_eq!(lemma("k;9;go", "öde"), "go");
        assert_eq!(lemma("l;0;", ""), "");
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in ["", "l", "l;x;", "z;0;", "l;0", "k;-1;a"] {
            assert_eq!(LemmaRule::parse(text), None, "{text}");
        }
    }
}
