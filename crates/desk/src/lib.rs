//! The desk: web pages and JSON over a ledger, for those who would rather look than type.
//!
//! [`Desk::open`] opens it, [`router`] has its pages, [`serve`] serves them. Every page is made on the server from the
//! ledger's own queries and read without scripts; what `web/` adds is charts, a map, a network and shortcuts. The text of
//! stories is foreign: templates escape all of it, and the policy of [`guard::POLICY`] lets no page run what is not in
//! its own bundle.

pub mod ask;
mod assets;
mod caller;
pub mod codebook;
mod coded;
mod demo;
mod desk;
mod explained;
mod export;
mod filters;
pub mod guard;
mod highlight;
mod links;
pub mod openapi;
mod page;
mod pages;
mod pool;
mod reading;
mod routes;
mod rows;
mod serve;
mod socket;
mod token;
mod trouble;
pub mod view;

pub use demo::Demo;
pub use desk::{Desk, LARGEST_STORY, Settings};
pub use routes::router;
pub use serve::{ServeError, serve};
pub use token::Token;
pub use trouble::{ErrorBody, ErrorInfo, Trouble};
