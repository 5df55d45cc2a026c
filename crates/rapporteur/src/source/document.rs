//! The stories of something that was fetched.

use types::Story;

use super::error::SourceError;
use super::files::{Form, sniffed};
use super::stories::{Options, of_bytes};
use super::story::Given;
use super::web;
use crate::fetch::Document;

/// What stands at an address.
#[derive(Debug)]
pub enum Contents {
    /// A page: its story, or why there is none in it.
    Page(Result<Box<Story>, SourceError>),
    /// A feed: its entries, each a story, [`SourceError::Lead`] where the story has to be fetched, or why it is none.
    Feed(Vec<Result<Story, SourceError>>),
}

impl Document {
    /// The stories of this document. `given` is what is known of the story from elsewhere, from the feed that led to
    /// the page; what it says wins over what the page says.
    ///
    /// # Errors
    /// Where it is a feed that cannot be read.
    pub fn contents(self, options: &Options, given: Given) -> Result<Contents, SourceError> {
        let name = self.address.clone();
        // Many feeds come as text/html or text/xml: their own first bytes say more than the host does.
        let form = sniffed(&self.bytes);
        let says_feed = ["rss", "atom", "feed+json"]
            .iter()
            .any(|kind| self.media.contains(kind));
        if form == Some(Form::Feed) || says_feed && form != Some(Form::Page) {
            return web::feed_of(options, &self.bytes, &name).map(Contents::Feed);
        }
        let given = Given {
            url: given.url.or(Some(self.address)),
            ..given
        };
        let story = if self.media == "text/plain" && form.is_none() {
            of_bytes(options, self.bytes, given, &name)
        } else {
            web::article(options, self.bytes, self.charset.as_deref(), given, &name)
        };
        Ok(Contents::Page(story.map(Box::new)))
    }
}
