//! Bytes to text.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Text of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the encoding it was in: `UTF-8`, `UTF-16LE`, `UTF-16BE` or `windows-1252`.
    pub encoding: &'static str,
    /// Whether bytes that are no character of the encoding were replaced by U+FFFD.
    pub damaged: bool,
}

/// How bytes show that they are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// A zero byte, which no text has.
    #[error("a binary file, not text (it holds zero bytes)")]
    Zeros,
    /// Too many control characters.
    #[error("a binary file, not text (it holds control characters)")]
    Controls,
    /// The first bytes of a PDF file.
    #[error("a PDF file; give its text")]
    Pdf,
}

/// Reads `bytes` as UTF-8, as UTF-16 where a byte order mark says so, else as Windows-1252, in which every byte is a
/// character. Text that is UTF-8 but for a few damaged bytes stays UTF-8.
///
/// # Errors
/// Where the bytes are no text.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, NotText> {
    if bytes.starts_with(b"%PDF-") {
        return Err(NotText::Pdf);
    }
    let decoded = match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) => with(encoding, &bytes[mark..]),
        None => unmarked(bytes)?,
    };
    refuse_controls(&decoded.text)?;
    Ok(decoded)
}

fn unmarked(bytes: Vec<u8>) -> Result<Decoded, NotText> {
    if bytes.contains(&0) {
        return Err(NotText::Zeros);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text,
            encoding: UTF_8.name(),
            damaged: false,
        }),
        Err(error) => {
            let bytes = error.as_bytes();
            Ok(with(
                if mostly_utf8(bytes) {
                    UTF_8
                } else {
                    WINDOWS_1252
                },
                bytes,
            ))
        }
    }
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        damaged,
    }
}

/// Whether most of the characters outside of ASCII are right UTF-8. Text in Windows-1252 has next to none of these.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > 2 * wrong
}

/// Text has line ends, tabs and form feeds, and hardly any other control character: one in fifty is too many.
fn refuse_controls(text: &str) -> Result<(), NotText> {
    const LOOKED_AT: usize = 1 << 16;
    let (mut controls, mut all) = (0usize, 0usize);
    for c in text.chars().take(LOOKED_AT) {
        if c == '\0' {
            return Err(NotText::Zeros);
        }
        all += 1;
        controls += usize::from(c.is_control() && !c.is_whitespace());
    }
    if controls * 50 > all {
        Err(NotText::Controls)
    } else {
        Ok(())
    }
}
