//! Why an address gives nothing.

use std::time::Duration;

/// Why nothing was fetched from an address.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// No address of the web.
    #[error("{address}: no address that begins with http:// or https://")]
    Address {
        /// As it was given.
        address: String,
    },
    /// The host does not want programs there.
    #[error("{address}: robots.txt of its host does not let programs fetch it")]
    Robots {
        /// What was to be fetched.
        address: String,
    },
    /// The host answered with something else than the page.
    #[error("{address}: the host answers with status {status}")]
    Status {
        /// What was to be fetched.
        address: String,
        /// HTTP's status.
        status: u16,
        /// How long the host asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// One redirection after the other.
    #[error("{address}: more than {most} redirections")]
    Redirects {
        /// What was to be fetched.
        address: String,
        /// The most that are followed.
        most: u32,
    },
    /// More than a page has.
    #[error("{address}: larger than {} MiB", limit >> 20)]
    TooLarge {
        /// What was to be fetched.
        address: String,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// Neither a page nor a feed.
    #[error("{address}: {media}, which is neither a page nor a feed")]
    Media {
        /// What was fetched.
        address: String,
        /// What the host says that it is.
        media: String,
    },
    /// The host cannot be reached, does not answer in time, or stops in the middle.
    #[error("{address}: {source}")]
    Unreachable {
        /// What was to be fetched.
        address: String,
        /// What the client says.
        source: Box<ureq::Error>,
    },
}

impl FetchError {
    /// Whether it is in vain to try again soon: the page is gone or forbidden, not just out of reach.
    pub fn is_lasting(&self) -> bool {
        match self {
            FetchError::Address { .. }
            | FetchError::Robots { .. }
            | FetchError::Redirects { .. }
            | FetchError::TooLarge { .. }
            | FetchError::Media { .. } => true,
            // Too slow, too early, too many: a later try may do.
            FetchError::Status { status, .. } => {
                (400..500).contains(status) && ![408, 425, 429].contains(status)
            }
            FetchError::Unreachable { .. } => false,
        }
    }

    /// How long the host asks to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            FetchError::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}
