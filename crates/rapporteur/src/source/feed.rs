//! The stories of a feed: RSS, Atom or JSON Feed.

use feed_rs::model::{Entry, Feed};
use feed_rs::parser;

use super::html;
use super::story::Given;

/// Fewest words of an entry that is a story and not the lead of one.
const FEWEST_WORDS: usize = 60;

/// What an entry of a feed is.
#[derive(Debug)]
pub(super) enum Told {
    /// A story: its text, and what the feed says of it.
    Story(String, Box<Given>),
    /// Only the lead of a story, which stands at the address that is given, if any is.
    Lead(Box<Given>),
    /// No story, and why.
    Nothing(String),
}

/// The entries of a feed.
///
/// # Errors
/// Where the bytes are no feed, for a person.
pub(super) fn stories(bytes: &[u8]) -> Result<Vec<Told>, String> {
    let feed = parse(bytes)?;
    let publisher = feed.title.as_ref().map(|title| title.content.clone());
    Ok(feed
        .entries
        .iter()
        .map(|entry| story(entry, publisher.clone()))
        .collect())
}

/// Feeds with an `&` that stands for itself are no XML, and there are many of them: they are mended and tried again.
fn parse(bytes: &[u8]) -> Result<Feed, String> {
    match parser::parse(bytes) {
        Ok(feed) => Ok(feed),
        Err(error) => parser::parse(&mended(bytes)[..]).map_err(|_| format!("no feed: {error}")),
    }
}

/// The bytes with each `&` that begins no entity written out.
fn mended(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 64);
    for (at, byte) in bytes.iter().enumerate() {
        out.push(*byte);
        if *byte == b'&' && !begins_entity(&bytes[at + 1..]) {
            out.extend_from_slice(b"amp;");
        }
    }
    out
}

fn begins_entity(rest: &[u8]) -> bool {
    /// XML knows five names; others are HTML's, which a feed may not use.
    const NAMES: [&[u8]; 5] = [b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"];
    let number = rest.first() == Some(&b'#')
        && rest
            .iter()
            .take(10)
            .position(|byte| *byte == b';')
            .is_some_and(|at| at > 1);
    number || NAMES.iter().any(|name| rest.starts_with(name))
}

fn story(entry: &Entry, publisher: Option<String>) -> Told {
    let given = Given {
        reference: Some(entry.id.clone()).filter(|id| !id.is_empty()),
        url: entry.links.first().map(|link| link.href.clone()),
        publisher,
        headline: entry
            .title
            .as_ref()
            .map(|title| title.content.trim().to_owned())
            .filter(|t| !t.is_empty()),
        byline: entry
            .authors
            .first()
            .and_then(|author| author.name.clone())
            .filter(|name| !name.is_empty()),
        published: entry
            .published
            .or(entry.updated)
            .map(|time| time.format("%Y-%m-%d").to_string()),
    };
    let content = entry
        .content
        .as_ref()
        .and_then(|content| content.body.clone());
    let summary = entry
        .summary
        .as_ref()
        .map(|summary| summary.content.clone());
    let name = given
        .url
        .clone()
        .or_else(|| given.reference.clone())
        .unwrap_or_default();
    let longest = [content, summary]
        .into_iter()
        .flatten()
        .max_by_key(String::len);
    let body = longest.filter(|body| body.split_whitespace().count() >= FEWEST_WORDS);
    let Some(body) = body else {
        return Told::Lead(Box::new(given));
    };
    if body.contains("</") || body.contains("<br") {
        let page = format!("<html><body><article>{body}</article></body></html>");
        return match html::article(&page, given) {
            Ok((text, given)) => Told::Story(text, Box::new(given)),
            Err(why) => Told::Nothing(format!("{name}: {why}")),
        };
    }
    let text = match &given.headline {
        Some(headline) => format!("{headline}\n\n{body}"),
        None => body,
    };
    Told::Story(text, Box::new(given))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(title: &str) -> String {
        let sentence = "<p>The mayors of both towns met on the bridge and signed the treaty about the mill and the weir.</p>";
        let body = sentence.repeat(6);
        format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">
             <channel><title>Mills & Weirs</title><link>https://mills.example/</link><description>News</description>
             <item><title>{title}</title><link>https://mills.example/1</link><guid>m-1</guid>
             <pubDate>Tue, 04 Jun 2019 08:00:00 GMT</pubDate><content:encoded><![CDATA[{body}]]></content:encoded></item>
             <item><title>Short</title><guid>m-2</guid><description>More inside.</description></item>
             </channel></rss>"
        )
    }

    #[test]
    fn entries_with_their_text_are_stories() {
        let feed = feed("Treaty Signed");
        // The title of the channel has an `&` that stands for itself.
        let found = stories(feed.as_bytes()).expect("it is mended");
        assert_eq!(found.len(), 2);
        let Told::Story(text, given) = &found[0] else {
            panic!("it has its text: {found:?}");
        };
        assert!(text.starts_with("Treaty Signed\n\nThe mayors"), "{text}");
        assert_eq!(given.published.as_deref(), Some("2019-06-04"));
        assert_eq!(given.reference.as_deref(), Some("m-1"));
        assert_eq!(given.publisher.as_deref(), Some("Mills & Weirs"));
        let Told::Lead(given) = &found[1] else {
            panic!("it is a lead: {found:?}");
        };
        assert_eq!(given.headline.as_deref(), Some("Short"));
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        for bytes in [&b""[..], b"<html></html>", b"{}", b"\xff\xfe\x00&&&"] {
            assert!(stories(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn entities_are_left_alone() {
        let mended = mended(b"a & b &amp; c &#38; d &nbsp; &#; &");
        assert_eq!(
            mended,
            b"a &amp; b &amp; c &#38; d &amp;nbsp; &amp;#; &amp;"
        );
    }
}
