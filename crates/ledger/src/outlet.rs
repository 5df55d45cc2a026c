//! The same text in several outlets: each has a story of its own, and all are one telling.
//!
//! A story's key in the ledger is the hash of its text. Where another outlet has the same text, word for word, the
//! key of that story is the hash, a colon, and a hash of the outlet.

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::words;

/// What tells a story from others: its text, and where it was published.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'o> {
    /// Hash of the text.
    pub hash: &'o str,
    /// The outlet.
    pub publisher: Option<&'o str>,
    /// Address, whose host stands for an outlet that is not named.
    pub url: Option<&'o str>,
}

/// Where the ledger has a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is in, under this number, and of this telling.
    In {
        /// Number of the story.
        id: i64,
        /// Number of its telling.
        telling: i64,
    },
    /// Another outlet's story with the same text is in.
    Elsewhere {
        /// What the key of this one is to be.
        key: String,
        /// The telling of the text.
        telling: i64,
    },
    /// The text is new.
    Nowhere,
}

/// The stories with a text: the first one, whose key is the hash, before those of other outlets. (With `OR` in place of
/// the second question SQLite plans anew for each story.)
const WITH_TEXT: &str = "
    SELECT id, telling, publisher, url FROM story WHERE hash = ?1
    UNION ALL SELECT id, telling, publisher, url FROM story WHERE hash > ?2 AND hash < ?3";

/// Looks a story up. A story without an outlet, or one of which the ledger does not know the outlet, is taken for the
/// same: nothing tells them apart.
pub(crate) fn find(connection: &Connection, origin: &Origin) -> Result<Place> {
    let mut select = connection.prepare_cached(WITH_TEXT)?;
    let wanted = outlet(origin.publisher, origin.url);
    let (from, to) = (format!("{}:", origin.hash), format!("{};", origin.hash));
    let mut rows = select.query(params![origin.hash, from, to])?;
    let mut first: Option<i64> = None;
    while let Some(row) = rows.next()? {
        let (id, telling) = (row.get(0)?, row.get(1)?);
        let (publisher, url): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
        let found = outlet(publisher.as_deref(), url.as_deref());
        if wanted.is_none() || found.is_none() || found == wanted {
            return Ok(Place::In { id, telling });
        }
        first = first.or(Some(telling));
    }
    Ok(match (first, wanted) {
        (Some(telling), Some(outlet)) => Place::Elsewhere {
            key: format!("{}:{:016x}", origin.hash, words::hash(outlet.as_bytes())),
            telling,
        },
        _ => Place::Nowhere,
    })
}

/// The hash of the text in a story's key.
pub(crate) fn text_hash(key: &str) -> &str {
    key.split_once(':').map_or(key, |(hash, _)| hash)
}

/// What an outlet is told by: its name without case and accents, or else the host of the address.
fn outlet(publisher: Option<&str>, url: Option<&str>) -> Option<String> {
    let name = publisher.map(words::fold).filter(|name| !name.is_empty());
    name.or_else(|| url.and_then(host))
}

/// "weir.example" of "https://www.weir.example:443/1".
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_told_by_name_or_host() {
        assert_eq!(
            outlet(Some("The Daily Quay"), None),
            outlet(Some("the daily QUAY"), None)
        );
        assert_eq!(
            outlet(None, Some("https://www.weir.example:443/a?b")).as_deref(),
            Some("weir.example")
        );
        assert_eq!(outlet(Some(" "), Some("no address")), None);
        assert_eq!(text_hash("abc:def"), "abc");
        assert_eq!(text_hash("abc"), "abc");
    }
}
