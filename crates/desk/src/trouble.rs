//! What can go wrong with a request, and the one shape in which it is told.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ledger::LedgerError;
use schemars::JsonSchema;
use serde::Serialize;

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// There is no such page, story, actor …
    #[error("{0}")]
    NotFound(String),
    /// A filter or field that cannot be understood.
    #[error("{message}")]
    Bad {
        /// Its name in the address or the form.
        field: Option<String>,
        /// What is wrong with it.
        message: String,
    },
    /// The caller must show a token.
    #[error("this page needs the token that the desk printed when it was started")]
    NoToken,
    /// The caller may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// The method is not one of the page's.
    #[error("this page is not asked in that way")]
    Method,
    /// The body is larger than is taken.
    #[error("what was sent is larger than {0} KiB")]
    TooLarge(usize),
    /// All readers are at work.
    #[error("the desk is busy; try again in a moment")]
    Busy,
    /// The question took longer than is allowed.
    #[error("this question took too long and was stopped; narrow it down, by dates for example")]
    TooSlow,
    /// The ledger cannot be read.
    #[error("{0}")]
    Internal(String),
}

/// An error, as JSON has it: the same for all pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ErrorBody {
    /// Always `false`.
    pub ok: bool,
    /// What went wrong.
    pub error: ErrorInfo,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ErrorInfo {
    /// The HTTP status.
    pub status: u16,
    /// A short stable name: `not_found`, `bad_request` …
    pub kind: String,
    /// The parameter or form field that is meant, where there is one.
    pub field: Option<String>,
    /// A sentence for a person.
    pub message: String,
}

impl Trouble {
    /// A field that cannot be understood.
    pub fn bad(field: &str, message: impl Into<String>) -> Self {
        Trouble::Bad {
            field: Some(field.to_owned()),
            message: message.into(),
        }
    }

    /// The HTTP status and a short stable name.
    pub fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Trouble::NotFound(_) => (StatusCode::NOT_FOUND, "not_found"),
            Trouble::Bad { .. } => (StatusCode::BAD_REQUEST, "bad_request"),
            Trouble::NoToken => (StatusCode::UNAUTHORIZED, "no_token"),
            Trouble::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden"),
            Trouble::Method => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Trouble::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Trouble::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Trouble::TooSlow => (StatusCode::GATEWAY_TIMEOUT, "too_slow"),
            Trouble::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }

    /// As JSON has it.
    pub fn body(&self) -> ErrorBody {
        let (status, kind) = self.status();
        let field = match self {
            Trouble::Bad { field, .. } => field.clone(),
            _ => None,
        };
        ErrorBody {
            ok: false,
            error: ErrorInfo {
                status: status.as_u16(),
                kind: kind.to_owned(),
                field,
                message: self.to_string(),
            },
        }
    }
}

impl From<LedgerError> for Trouble {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Unknown(id) => {
                Trouble::NotFound(format!("nothing in this ledger has the number {id}"))
            }
            LedgerError::Question(message) => {
                // The ledger's words are those of its command line: `--since: …`.
                let said = message
                    .strip_prefix("--")
                    .and_then(|rest| rest.split_once(": "));
                match said {
                    Some((field, rest)) => Trouble::bad(&field.replace('-', "_"), rest),
                    None => Trouble::Bad {
                        field: None,
                        message,
                    },
                }
            }
            other => Trouble::Internal(other.to_string()),
        }
    }
}

impl IntoResponse for Trouble {
    /// A response without a body; [`crate::dress`] gives it one in the format that was asked for.
    fn into_response(self) -> Response {
        let mut response = self.status().0.into_response();
        if self == Trouble::Busy {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
