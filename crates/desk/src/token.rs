//! The token that lets somebody in.

use std::fmt;

use sha2::{Digest, Sha256};

/// A secret that the caller must show.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Fewest characters of a token that a person chooses.
pub const SHORTEST: usize = 16;

impl Token {
    /// A new one of 128 bits, from the system's source of chance.
    ///
    /// # Errors
    /// Where the system has none.
    pub fn fresh() -> std::io::Result<Self> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Token(
            bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        ))
    }

    /// The token that somebody chose; `None` where it is shorter than [`SHORTEST`] or holds other characters than
    /// letters, digits, `-` and `_`, which are the same in a cookie and in an address.
    pub fn chosen(text: &str) -> Option<Self> {
        let text = text.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (text.len() >= SHORTEST && text.chars().all(plain)).then(|| Token(text.to_owned()))
    }

    /// The token itself, to be told to the one who starts the desk.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether `shown` is the token. Digests are compared, so that the time tells nothing of how much is right.
    pub fn is(&self, shown: &str) -> bool {
        Sha256::digest(self.0.as_bytes()) == Sha256::digest(shown.as_bytes())
    }
}

impl fmt::Debug for Token {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_chosen_or_made() {
        let token = Token::chosen("correct-horse_battery").expect("it is long enough");
        assert!(token.is("correct-horse_battery") && !token.is("correct-horse_batter"));
        assert_eq!(Token::chosen("short"), None);
        assert_eq!(Token::chosen("sixteen letters; or"), None);
        let (one, other) = (
            Token::fresh().expect("chance"),
            Token::fresh().expect("chance"),
        );
        assert_ne!(one, other);
        assert!(!format!("{one:?}").contains(one.reveal()));
    }
}
