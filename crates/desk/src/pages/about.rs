//! The codebook, and how the desk is asked by programs.

use askama::Template;
use axum::response::Response;
use schemars::JsonSchema;
use serde::Serialize;

use crate::caller::Caller;
use crate::codebook::{self, Code};
use crate::openapi::{self, Operation};
use crate::page::{Frame, give, page};
use crate::trouble::Trouble;

/// What all codes mean.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "codebook.html")]
pub struct Codebook {
    #[serde(skip)]
    frame: Frame,
    /// Quad classes.
    quads: Vec<Code>,
    /// Event types.
    types: Vec<TypeOf>,
    /// Statuses.
    statuses: Vec<Code>,
    /// Stances of claims.
    stances: Vec<Code>,
}

page!(Codebook, "types");

/// A type with its modes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TypeOf {
    /// The type.
    #[serde(flatten)]
    code: Code,
    /// Quad class, 1 to 4.
    quad: u8,
    /// Its modes, with what they mean.
    modes: Vec<(&'static str, &'static str)>,
}

/// `/codebook`
pub async fn codebook(caller: Caller) -> Result<Response, Trouble> {
    caller.ask.fields().finish()?;
    let of = |code: &Code| TypeOf {
        code: *code,
        quad: codebook::quad_of(code.code),
        modes: codebook::modes(code.code),
    };
    let page = Codebook {
        frame: caller.frame_of_rows("codebook", "Codebook"),
        quads: codebook::QUADS.to_vec(),
        types: codebook::TYPES.iter().map(of).collect(),
        statuses: codebook::STATUSES.to_vec(),
        stances: codebook::STANCES.to_vec(),
    };
    give(page, caller.ask.format)
}

/// How to ask the desk.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "about.html")]
pub struct About {
    #[serde(skip)]
    frame: Frame,
    /// Every address.
    operations: Vec<Operation>,
}

page!(About, "operations");

/// `/about`
pub async fn about(caller: Caller) -> Result<Response, Trouble> {
    caller.ask.fields().finish()?;
    let page = About {
        frame: caller.frame_of_rows("about", "API and keys"),
        operations: openapi::operations().to_vec(),
    };
    give(page, caller.ask.format)
}
