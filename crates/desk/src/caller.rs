//! Who asks for a page, and for what.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use ledger::Reader;

use crate::ask::Ask;
use crate::desk::Desk;
use crate::guard::Rights;
use crate::page::{Frame, Page, give, named};
use crate::trouble::Trouble;

/// What every page is made of: the desk, the request, and what the caller may do.
#[derive(Clone)]
pub struct Caller {
    /// The desk that is asked.
    pub desk: Arc<Desk>,
    /// What the caller may do.
    pub rights: Rights,
    /// What is asked.
    pub ask: Ask,
}

impl FromRequestParts<Arc<Desk>> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Infallible> {
        Ok(Caller {
            desk: Arc::clone(desk),
            // The guard leaves them with whoever it lets in.
            rights: parts.extensions.get().copied().unwrap_or_default(),
            ask: Ask::of(parts),
        })
    }
}

impl Caller {
    /// What stands around the page; `here` is its entry of the navigation.
    pub fn frame(&self, here: &'static str, title: impl Into<String>) -> Frame {
        Frame::new(&self.desk, &self.ask, self.rights, here, title)
    }

    /// The same for a page with rows, which are also CSV.
    pub fn frame_of_rows(&self, here: &'static str, title: impl Into<String>) -> Frame {
        self.frame(here, title).with_csv(&self.ask)
    }

    /// A page that is made of the ledger alone.
    ///
    /// # Errors
    /// What `make` returns, and where the ledger cannot be asked.
    pub async fn answer<P: Page>(
        self,
        make: impl FnOnce(&Caller, &Reader) -> Result<P, Trouble> + Send + 'static,
    ) -> Result<Response, Trouble> {
        let desk = Arc::clone(&self.desk);
        let work = move |reader: &Reader| {
            let page = make(&self, reader).map_err(|trouble| named(trouble, &self.ask))?;
            give(page, self.ask.format)
        };
        desk.pool.ask(work).await
    }

    /// The same for a page whose address takes no parameters, such as that of one row.
    ///
    /// # Errors
    /// Also where the address has one.
    pub async fn answer_one<P: Page>(
        self,
        make: impl FnOnce(&Caller, &Reader) -> Result<P, Trouble> + Send + 'static,
    ) -> Result<Response, Trouble> {
        self.ask.fields().finish()?;
        self.answer(make).await
    }
}
