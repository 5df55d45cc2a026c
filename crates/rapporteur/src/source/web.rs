//! Stories of web pages, feeds and WARC files.

use std::path::Path;

use types::Story;

use super::error::SourceError;
use super::feed;
use super::html;
use super::stories::{LARGEST, Stories, bytes_of, named};
use super::story::Given;
use super::warc::{Step, Warc};

/// The story of a page in a file.
pub(super) fn page(stories: &Stories, path: &Path) -> Result<Story, SourceError> {
    let name = path.display().to_string();
    let bytes = within_limit(bytes_of(path)?, &name)?;
    article(stories, bytes, None, named(path), &name)
}

/// The stories of a feed in a file.
pub(super) fn feed(
    stories: &Stories,
    path: &Path,
) -> Result<Vec<Result<Story, SourceError>>, SourceError> {
    let name = path.display().to_string();
    let bytes = within_limit(bytes_of(path)?, &name)?;
    let no_article = |message: String| SourceError::NoArticle {
        name: name.clone(),
        message,
    };
    let entries = feed::stories(&bytes).map_err(no_article)?;
    let finish = |entry: Result<(String, Given), String>| match entry {
        Ok((text, given)) => stories.finish(text, given, &name),
        Err(message) => Err(no_article(message)),
    };
    Ok(entries.into_iter().map(finish).collect())
}

/// The next story of a WARC file; `None` where it ends.
pub(super) fn next(stories: &Stories, warc: &mut Warc) -> Option<Result<Story, SourceError>> {
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
                return Some(article(stories, page.body, charset, given, &name(at)));
            }
            Err(source) => {
                let path = warc.path.clone();
                return Some(Err(SourceError::Io { path, source }));
            }
        }
    }
}

fn article(
    stories: &Stories,
    bytes: Vec<u8>,
    charset: Option<&str>,
    given: Given,
    name: &str,
) -> Result<Story, SourceError> {
    let text = html::text_of(bytes, charset).map_err(|reason| SourceError::NotText {
        name: name.into(),
        reason,
    })?;
    let (text, given) = html::article(&text, given).map_err(|message| SourceError::NoArticle {
        name: name.into(),
        message,
    })?;
    stories.finish(text, given, name)
}

fn within_limit(bytes: Vec<u8>, name: &str) -> Result<Vec<u8>, SourceError> {
    if bytes.len() > LARGEST {
        return Err(SourceError::TooLarge {
            name: name.into(),
            limit: LARGEST,
        });
    }
    Ok(bytes)
}
