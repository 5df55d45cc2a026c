//! Stories of web pages, feeds and WARC files.

use std::path::Path;

use types::Story;

use super::error::SourceError;
use super::feed::{self, Told};
use super::html;
use super::stories::{LARGEST, Options, bytes_of, damaged, named};
use super::story::Given;
use super::warc::{Step, Warc};

/// The story of a page in a file.
pub(super) fn page(options: &Options, path: &Path) -> Result<Story, SourceError> {
    let name = path.display().to_string();
    page_of(options, bytes_of(path)?, named(path), &name)
}

/// The story of a page.
pub(super) fn page_of(
    options: &Options,
    bytes: Vec<u8>,
    given: Given,
    name: &str,
) -> Result<Story, SourceError> {
    let bytes = within_limit(bytes, name)?;
    article(options, bytes, None, given, name)
}

/// The stories of a feed in a file.
pub(super) fn feed(
    options: &Options,
    path: &Path,
) -> Result<Vec<Result<Story, SourceError>>, SourceError> {
    feed_of(options, &bytes_of(path)?, &path.display().to_string())
}

/// The stories of a feed.
pub(super) fn feed_of(
    options: &Options,
    bytes: &[u8],
    name: &str,
) -> Result<Vec<Result<Story, SourceError>>, SourceError> {
    if bytes.len() > LARGEST {
        return Err(too_large(name));
    }
    let no_article = |message: String| SourceError::NoArticle {
        name: name.into(),
        message,
    };
    let entries = feed::stories(bytes).map_err(no_article)?;
    let finish = |entry: Told| match entry {
        Told::Story(text, given) => options.finish(text, *given, name),
        Told::Lead(lead) => Err(SourceError::Lead {
            name: name.into(),
            lead,
        }),
        Told::Nothing(message) => Err(no_article(message)),
    };
    Ok(entries.into_iter().map(finish).collect())
}

/// The next story of a WARC file; `None` where it ends.
pub(super) fn next(options: &Options, warc: &mut Warc) -> Option<Result<Story, SourceError>> {
    loop {
        let step = warc.step();
        let name = |at: u64| format!("{}:{at}", warc.path.display());
        match step {
            Ok(None) => return None,
            Ok(Some(Step::Other)) => {}
            Ok(Some(Step::Damaged(at, message))) => {
                let name = name(at);
                return Some(Err(SourceError::NoArticle { name, message }));
            }
            Ok(Some(Step::Page(at, page))) => {
                let given = Given {
                    reference: Some(name(at)),
                    url: page.url,
                    ..Given::default()
                };
                let charset = page.charset.as_deref();
                return Some(article(options, page.body, charset, given, &name(at)));
            }
            Err(source) => {
                let path = warc.path.clone();
                return Some(Err(SourceError::Io { path, source }));
            }
        }
    }
}

/// The story of a page's bytes, in the encoding that `charset` or the page itself names.
pub(super) fn article(
    options: &Options,
    bytes: Vec<u8>,
    charset: Option<&str>,
    given: Given,
    name: &str,
) -> Result<Story, SourceError> {
    let page = html::text_of(bytes, charset).map_err(|reason| SourceError::NotText {
        name: name.into(),
        reason,
    })?;
    let (text, given) =
        html::article(&page.text, given).map_err(|message| SourceError::NoArticle {
            name: name.into(),
            message,
        })?;
    let mut story = options.finish(text, given, name)?;
    // What is damaged may stand outside of the article.
    if page.damaged && story.text.contains(char::REPLACEMENT_CHARACTER) {
        story.problems.push(damaged(page.encoding));
    }
    Ok(story)
}

fn within_limit(bytes: Vec<u8>, name: &str) -> Result<Vec<u8>, SourceError> {
    if bytes.len() > LARGEST {
        return Err(too_large(name));
    }
    Ok(bytes)
}

fn too_large(name: &str) -> SourceError {
    SourceError::TooLarge {
        name: name.into(),
        limit: LARGEST,
    }
}
