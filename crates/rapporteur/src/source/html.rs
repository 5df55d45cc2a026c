//! The article of a web page: its text, and what the page says of it.
//!
//! trafilatura finds the body. What it leaves in of related headlines, captions, newsletters and promotions is taken
//! out before it looks (by the elements they stand in) and behind it (by their words).

use std::collections::BTreeSet;

use trafilatura::Options;

use super::dates::parse_date;
use super::decode::{Decoded, NotText, decode};
use super::story::Given;

/// Elements that are never part of the article, as CSS selectors: what goes with a picture, what leads elsewhere, and
/// what asks for something. The class names are those of content systems that many outlets use.
const FURNITURE: &str = "figure, figcaption, aside, nav, footer, form, noscript, \
    [class*='caption'], [class*='related'], [class*='read-more'], [class*='readmore'], [class*='newsletter'], \
    [class*='subscribe'], [class*='signup'], [class*='promo'], [class*='recommend'], [class*='teaser'], \
    [class*='share-'], [class*='social'], [class*='trending'], [class*='most-read'], [class*='cookie'], \
    [class*='advert'], [class*='sponsor'], [class*='media-block'], [class*='embed'], [id*='comments']";

/// Most elements of a page: the longest articles have some thousands, pages made to fill the memory have millions.
const MOST_ELEMENTS: usize = 100_000;

/// Beginnings of lines that lead elsewhere, in lower case.
const LEADS_AWAY: &[&str] = &[
    "advertisement",
    "also read",
    "continue reading",
    "don't miss",
    "follow us",
    "for more",
    "more on this",
    "more stories",
    "most popular",
    "photos:",
    "read also",
    "read more",
    "read next",
    "recommended",
    "related:",
    "related articles",
    "related stories",
    "see also",
    "sign up",
    "subscribe",
    "watch:",
    "you may also like",
];

/// Longest line that [`LEADS_AWAY`] holds for, in words: a sentence that begins so may be the article's own.
const LONGEST_LEAD: usize = 25;

/// Fewest words of an article, and fewest different ones: a page whose markup is broken repeats the little that it shows.
const FEWEST_WORDS: usize = 20;
const FEWEST_DIFFERENT: usize = 12;

/// Of so many characters of an article one may be damaged at most: of English text every fifth is a blank.
const LEAST_BETWEEN_DAMAGE: usize = 20;

/// The article of a page with what the page and `given` know of it; what is given wins.
///
/// # Errors
/// Where there is no article in the page, for a person.
pub(super) fn article(page: &str, given: Given) -> Result<(String, Given), String> {
    let options = Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_exclude_tables(true)
        .with_max_tree_size(MOST_ELEMENTS)
        .with_prune_selector(FURNITURE);
    let found =
        trafilatura::extract(page, &options).map_err(|error| format!("no article: {error}"))?;
    let lines = lines_of(&found.content_html);
    let body: Vec<&String> = lines.iter().filter(|line| !leads_away(line)).collect();
    check(&body)?;
    let about = found.metadata;
    let headline = given.headline.or_else(|| filled(about.title));
    let paragraphs: Vec<&str> = body.iter().map(|line| line.as_str()).collect();
    let mut text = paragraphs.join("\n\n");
    if let Some(headline) = &headline
        && !body[0].eq_ignore_ascii_case(headline)
    {
        text = format!("{headline}\n\n{text}");
    }
    let date = about.date.map(|date| date.to_string());
    let given = Given {
        headline,
        url: given.url.or_else(|| filled(about.url)),
        publisher: given
            .publisher
            .or_else(|| filled(about.sitename))
            .or_else(|| filled(about.hostname)),
        byline: given.byline.or_else(|| filled(about.author)),
        published: given
            .published
            .or_else(|| date.and_then(|date| trusted(date, page))),
        ..given
    };
    Ok((text, given))
}

/// Refuses what is no article though an extractor found it.
fn check(body: &[&String]) -> Result<(), String> {
    let words = || body.iter().flat_map(|line| line.split_whitespace());
    if words().map(length).sum::<usize>() < FEWEST_WORDS {
        return Err("no article in this page".into());
    }
    let all = || body.iter().flat_map(|line| line.chars());
    let damaged = all().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if damaged * LEAST_BETWEEN_DAMAGE > all().count() {
        return Err("no article in this page: its text is damaged".into());
    }
    let different: BTreeSet<&str> = words().collect();
    if different.iter().map(|word| length(word)).sum::<usize>() < FEWEST_DIFFERENT {
        return Err("no article in this page: it says the same few words over and over".into());
    }
    Ok(())
}

/// How many words stand between two blanks: one, but in scripts that write no blanks.
fn length(run: &str) -> usize {
    /// Longer than any English word of the news.
    const LONGEST_WORD: usize = 24;
    match run.chars().filter(|c| c.is_alphabetic()).count() {
        letters if letters > LONGEST_WORD && !run.is_ascii() => letters / 2,
        _ => 1,
    }
}

/// The text of clean HTML, a line for each block.
fn lines_of(html: &str) -> Vec<String> {
    const INSIDE: [&str; 14] = [
        "a", "abbr", "b", "cite", "code", "del", "em", "i", "mark", "q", "small", "span", "strong",
        "u",
    ];
    let (mut lines, mut line) = (Vec::new(), String::new());
    let mut pieces = html.split('<');
    line.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        // The extractor writes `<` in text as an entity, so that each one here begins a tag.
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if !INSIDE.contains(&name.to_ascii_lowercase().as_str()) {
            lines.extend(filled(std::mem::take(&mut line)));
        }
        line.push_str(text);
    }
    lines.extend(filled(line));
    lines.iter().map(|line| plain(line)).collect()
}

/// Text without the entities that a serializer of HTML writes.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

/// Content systems that know no date write the first of January, at midnight. One with another time is a date.
fn trusted(date: String, page: &str) -> Option<String> {
    let date = parse_date(&date)?;
    (!date.ends_with("-01-01") || has_time(&date, page)).then_some(date)
}

/// Whether the page has this day with a time that is not midnight, as ISO 8601 writes it.
fn has_time(date: &str, page: &str) -> bool {
    page.match_indices(date).any(|(at, _)| {
        let time = page.get(at + date.len()..at + date.len() + "T14:33".len());
        let sound = |time: &str| {
            let mut parts = time[1..].split(':');
            let numbers = [parts.next(), parts.next()].map(|part| part.unwrap_or("").parse::<u8>());
            matches!(numbers, [Ok(hour), Ok(minute)] if hour < 24 && minute < 60 && hour + minute > 0)
        };
        time.is_some_and(|time| time.starts_with(['T', ' ']) && sound(time))
    })
}

fn leads_away(line: &str) -> bool {
    let lower = line.to_lowercase();
    let begins = LEADS_AWAY.iter().any(|start| lower.starts_with(start));
    begins && line.split_whitespace().count() <= LONGEST_LEAD
}

fn filled(text: String) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The text of a page's bytes, in the encoding that `charset` or the page itself names.
///
/// # Errors
/// Where the bytes are no text.
pub(super) fn text_of(bytes: Vec<u8>, charset: Option<&str>) -> Result<Decoded, NotText> {
    let named = charset.map(str::to_owned).or_else(|| declared(&bytes));
    let encoding = named.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    match encoding {
        // UTF-8 is what `decode` looks for first, and it repairs what is damaged.
        Some(encoding) if encoding != encoding_rs::UTF_8 && !bytes.contains(&0) => {
            let (text, encoding, damaged) = encoding.decode(&bytes);
            Ok(Decoded {
                text: text.into_owned(),
                encoding: encoding.name(),
                damaged,
            })
        }
        _ => decode(bytes),
    }
}

/// The encoding in a page's `meta` element, which stands in its first kilobyte (HTML standard).
fn declared(bytes: &[u8]) -> Option<String> {
    const LOOKED_AT: usize = 1_024;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]).to_lowercase();
    let behind = head.split("charset=").nth(1)?;
    let name: String = behind
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html><head><title>Ferry Talks Resume - The Daily Quay</title>
<meta property="og:site_name" content="The Daily Quay"><meta property="og:title" content="Ferry Talks Resume">
<meta property="article:published_time" content="2019-06-04T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Ferry Talks Resume</h1>
<figure><img src="x.jpg"><figcaption>Rebels shelled the harbour last year, in this file photo.</figcaption></figure>
<p>The foreign ministers of Norland and Sudland met in the old customs house on Tuesday to reopen talks about the ferry.</p>
<p>They agreed to meet again in autumn, a spokesman said, and to let two boats a day cross the strait until then.</p>
<p>SEE ALSO: Pirates Attack Tanker Off Westland</p>
<div class="related-stories"><h3>Related</h3><ul><li><a href="/a">Army Seizes Power in Eastland</a></li>
<li><a href="/b">Police Arrest Forty in Capital</a></li></ul></div>
<p>Sudland had closed the line in March, after customs officers found weapons in a truck. Norland denied that they were its own.</p>
<div class="newsletter">Sign up for our newsletter and never miss a war.</div>
</article><footer>Copyright The Daily Quay</footer></body></html>"#;

    #[test]
    fn the_article_and_nothing_else() {
        let (text, given) = article(PAGE, Given::default()).expect("there is an article");
        assert!(
            text.starts_with("Ferry Talks Resume\n\nThe foreign ministers"),
            "{text}"
        );
        assert!(text.contains("Norland denied"), "{text}");
        for other in [
            "Pirates",
            "Seizes",
            "Arrest",
            "shelled",
            "newsletter",
            "Copyright",
            "Home",
        ] {
            assert!(!text.contains(other), "{other} in {text}");
        }
        assert_eq!(given.headline.as_deref(), Some("Ferry Talks Resume"));
        assert_eq!(given.publisher.as_deref(), Some("The Daily Quay"));
        assert_eq!(given.published.as_deref(), Some("2019-06-04"));
    }

    #[test]
    fn blocks_are_lines() {
        let html = "<div><p>One <b>bold</b> word &amp; more.</p><ul><li>First</li><li>a &lt; b</li></ul>Rest</div>";
        assert_eq!(
            lines_of(html),
            ["One bold word & more.", "First", "a < b", "Rest"]
        );
    }

    #[test]
    fn a_lone_first_of_january_is_not_trusted() {
        let trust = |date: &str, page: &str| trusted(date.into(), page);
        assert_eq!(trust("2019-01-01", ""), None);
        assert_eq!(trust("2019-01-02", "").as_deref(), Some("2019-01-02"));
        for page in [
            "2019-01-01T00:00:00Z",
            "2019-01-01",
            "2019-01-01Tää",
            "2019-01-01 99:99",
        ] {
            assert_eq!(trust("2019-01-01", page), None, "{page}");
        }
        let timed = trust("2019-01-01", "2019-01-01, 2019-01-01T14:33:00Z");
        assert_eq!(timed.as_deref(), Some("2019-01-01"));
        let page = PAGE.replace("2019-06-04T08:00:00Z", "2019-01-01T00:00:00Z");
        let (_, given) = article(&page, Given::default()).expect("there is an article");
        assert_eq!(given.published, None);
    }

    #[test]
    fn pages_without_an_article_are_refused() {
        for page in [
            "",
            "<html></html>",
            "<p>Short.</p>",
            "<<<<>>>>",
            "<div>".repeat(3_000).as_str(),
        ] {
            assert!(article(page, Given::default()).is_err());
        }
    }

    #[test]
    fn what_is_left_of_a_broken_page_is_no_article() {
        let refused = |page: &str| article(page, Given::default()).expect_err(page);
        let broken = "<html><<<article><p>unclosed ÿþ<div".repeat(50);
        assert!(refused(&broken).contains("over and over"));
        let damaged = PAGE.replace("e", "\u{FFFD}").replace("m\u{FFFD}ta", "meta");
        assert!(refused(&damaged).contains("damaged"));
    }

    #[test]
    fn articles_in_scripts_without_blanks_are_articles() {
        let words: String = ('一'..'丁').chain('与'..'书').take(90).collect();
        let page =
            format!("<html><body><article><h1>新闻</h1><p>{words}。</p></article></body></html>");
        let (text, _) = article(&page, Given::default()).expect("there is an article");
        assert!(text.contains(&words));
    }

    #[test]
    fn a_page_that_is_cut_off_keeps_what_there_is() {
        let cut = &PAGE[..PAGE.find("SEE ALSO").expect("it is there")];
        let (text, _) = article(cut, Given::default()).expect("there is an article");
        assert!(text.contains("two boats a day"), "{text}");
    }

    #[test]
    fn encodings_are_those_that_are_named() {
        let text = |bytes: &[u8], charset| text_of(bytes.to_vec(), charset).expect("text").text;
        assert!(text(b"<meta charset=iso-8859-1><p>caf\xe9</p>", None).contains("café"));
        assert_eq!(
            text(b"\xcc\xce\xd1\xca\xc2\xc0", Some("windows-1251")),
            "МОСКВА"
        );
    }
}
