//! The pages, a file for each.

pub mod about;
pub mod actor;
pub mod claims;
pub mod dyad;
pub mod events;
pub mod issue;
pub mod occurrence;
pub mod overview;
pub mod review;
pub mod search;
pub mod stories;
pub mod story;
pub mod trying;
pub mod why;
