//! Stories from bytes: plain text, JSON Lines, Parquet, web pages, feeds and WARC files, from files, folders and standard input.
//!
//! [`story`] makes a [`Story`] of a text and what its giver knows of it; [`decode`] makes text of bytes;
//! [`Stories`] goes through files, folders and standard input, one story at a time, so that memory holds one story,
//! however many there are.
//!
//! Offsets index the decoded text as it came: no line end is changed, nothing is cut. For a file in UTF-16 or
//! Windows-1252 the decoded text is the text; a byte order mark is no part of it.

mod byline;
mod columns;
mod dateline;
mod dates;
mod decode;
mod document;
mod error;
mod feed;
mod files;
mod html;
mod http;
mod json;
mod language;
mod lines;
mod meter;
mod parquet;
mod parts;
mod pieces;
mod stories;
mod story;
mod units;
mod warc;
mod web;

#[cfg(test)]
mod tests;

pub use columns::{BadColumn, Columns, FIELDS};
pub use dates::parse_date;
pub use decode::{Decoded, NotText, decode};
pub use document::Contents;
pub use error::SourceError;
pub use meter::Meter;
pub use pieces::Piece;
pub use stories::{BadDate, LARGEST, Options, Stories};
pub use story::{Given, story};
