//! CAMEO actor codes: a country or an international prefix, then roles, each of three letters.

use std::fmt;

use crate::words::{ROLES, TOPS};

/// A CAMEO actor code ("RUSGOV"): groups of three capitals or digits. The country, where there is one, is ISO 3166-1
/// alpha-3; CAMEO's own country codes that differ are written as ISO's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorCode {
    text: String,
    has_country: bool,
}

/// What is wrong with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// Not groups of three capitals or digits.
    Shape,
    /// A group that is no country, role or other code of CAMEO that the lexicon has.
    Unknown(String),
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodeError::Shape => f.write_str("a code is groups of three capitals, such as RUSGOV"),
            CodeError::Unknown(group) => write!(f, "{group} is no country and no role of CAMEO"),
        }
    }
}

/// Codes of CAMEO for countries where ISO has others.
const AS_ISO: &[(&str, &str)] = &[
    ("DRC", "COD"),
    ("GER", "DEU"),
    ("KSV", "XKX"),
    ("PAL", "PSE"),
    ("ROM", "ROU"),
    ("SCG", "SRB"),
    ("TMP", "TLS"),
    ("USR", "SUN"),
];

impl ActorCode {
    /// Reads a code of any groups of the right shape, as other people's dictionaries have many of their own.
    ///
    /// # Errors
    /// [`CodeError::Shape`].
    pub fn parse(text: &str, is_country: impl Fn(&str) -> bool) -> Result<Self, CodeError> {
        let sound = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
        if text.is_empty() || !text.len().is_multiple_of(3) || !text.bytes().all(sound) {
            return Err(CodeError::Shape);
        }
        let (first, rest) = text.split_at(3);
        let iso = AS_ISO.iter().find(|(cameo, _)| *cameo == first);
        let first = iso.map_or(first, |(_, iso)| iso);
        Ok(ActorCode {
            has_country: is_country(first),
            text: format!("{first}{rest}"),
        })
    }

    /// Reads a code that begins with a country, a role or an international prefix that the lexicon knows; a country is
    /// followed by a role. What stands behind that may be the code of one organisation or people, of which CAMEO has many.
    ///
    /// # Errors
    /// Where the shape is wrong or one of these groups is unknown.
    pub fn parse_known(text: &str, is_country: impl Fn(&str) -> bool) -> Result<Self, CodeError> {
        let code = Self::parse(text, &is_country)?;
        let checked = code.groups().take(if code.has_country { 2 } else { 1 });
        let known = |group: &&str| is_role(group) || is_top(group) || is_country(group);
        let unknown = checked
            .into_iter()
            .find(|group| !known(group))
            .map(str::to_owned);
        match unknown {
            Some(group) => Err(CodeError::Unknown(group)),
            None => Ok(code),
        }
    }

    /// The whole code.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The country that it begins with.
    pub fn country(&self) -> Option<&str> {
        self.has_country.then(|| &self.text[..3])
    }

    /// What follows the country, or all groups where there is none.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.groups().skip(usize::from(self.has_country))
    }

    fn groups(&self) -> impl Iterator<Item = &str> {
        (0..self.text.len() / 3).map(|i| &self.text[i * 3..i * 3 + 3])
    }
}

/// Whether `group` is a role of CAMEO (`GOV`, `MIL` …).
pub fn is_role(group: &str) -> bool {
    has_key(ROLES, group)
}

/// Whether `group` may begin a code in place of a country (`IGO`, `NGO`, `EUR` …).
pub(crate) fn is_top(group: &str) -> bool {
    has_key(TOPS, group)
}

fn has_key(file: &'static str, key: &str) -> bool {
    crate::table::rows(file).any(|row| row[0] == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> Result<String, String> {
        let country = |c: &str| ["RUS", "ROU", "ZAF"].contains(&c);
        let code = ActorCode::parse_known(text, country).map_err(|e| e.to_string())?;
        let roles: Vec<&str> = code.roles().collect();
        Ok(format!(
            "{} {} {roles:?}",
            code.as_str(),
            code.country().unwrap_or("-")
        ))
    }

    #[test]
    fn codes_are_taken_apart() {
        assert_eq!(
            known("RUSGOVMIL").unwrap(),
            r#"RUSGOVMIL RUS ["GOV", "MIL"]"#
        );
        assert_eq!(known("ROMGOV").unwrap(), r#"ROUGOV ROU ["GOV"]"#);
        assert_eq!(known("NGOHRI").unwrap(), r#"NGOHRI - ["NGO", "HRI"]"#);
        assert_eq!(known("REB").unwrap(), r#"REB - ["REB"]"#);
    }

    #[test]
    fn bad_codes_say_why() {
        for shape in ["", "RU", "RUSGO", "rusgov", "RUS GOV", "ÄÖÜ"] {
            assert!(
                known(shape).unwrap_err().starts_with("a code is"),
                "{shape}"
            );
        }
        assert_eq!(
            known("RUSQQQ").unwrap_err(),
            "QQQ is no country and no role of CAMEO"
        );
    }
}
