//! A page: data with a template, given out as HTML, JSON or rows.

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::ask::{Ask, Format, written};
use crate::desk::Desk;
use crate::guard::Rights;
use crate::rows;
use crate::trouble::Trouble;

/// What stands around every page.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The page's title.
    pub title: String,
    /// Which entry of the navigation is this page's.
    pub here: &'static str,
    /// The ledger's name.
    pub ledger: String,
    /// `system`, `light` or `dark`.
    pub theme: &'static str,
    /// The address without the format, with its query, to come back to.
    pub address: String,
    /// The same view as JSON; empty where there is none.
    pub json: String,
    /// The same view as CSV; empty where there is none.
    pub csv: String,
    /// Version of the static files.
    pub version: String,
    /// Version of the program.
    pub program: &'static str,
    /// Whether the caller may review.
    pub review: bool,
    /// What is in the search field.
    pub sought: String,
    /// Milliseconds since the request came.
    pub took: String,
    at: Option<std::time::Instant>,
}

impl Frame {
    /// The frame of the page that `ask` asks for.
    pub fn new(
        desk: &Desk,
        ask: &Ask,
        rights: Rights,
        here: &'static str,
        title: impl Into<String>,
    ) -> Self {
        let query = written(&ask.parameters);
        let mark = if query.is_empty() { "" } else { "?" };
        Frame {
            title: title.into(),
            here,
            ledger: desk.name(),
            theme: ask.theme.as_str(),
            address: format!("{}{mark}{query}", ask.path),
            json: ask.in_format("json"),
            csv: String::new(),
            version: desk.assets.version.clone(),
            program: env!("CARGO_PKG_VERSION"),
            review: rights.review,
            sought: String::new(),
            took: String::new(),
            at: Some(ask.at),
        }
    }

    /// The same with a link to the rows as CSV.
    pub fn with_csv(mut self, ask: &Ask) -> Self {
        self.csv = ask.in_format("csv");
        self
    }

    fn elapsed(&self) -> f64 {
        self.at.map_or(0.0, |at| at.elapsed().as_secs_f64() * 1e3)
    }

    /// The theme that comes after this one.
    pub fn next_theme(&self) -> &'static str {
        match self.theme {
            "system" => "dark",
            "dark" => "light",
            _ => "system",
        }
    }
}

/// A page with its data.
pub trait Page: Template + Serialize + JsonSchema {
    /// The field with the rows of its main table, or with its one row, as a path: `events`, `record/events`. `None` where
    /// there is none.
    const ROWS: Option<&'static str> = None;

    /// What stands around it.
    fn frame(&mut self) -> &mut Frame;
}

/// Implements [`Page`] for pages that keep their frame in `frame`.
macro_rules! page {
    ($page:ty $(, $rows:literal)?) => {
        impl $crate::page::Page for $page {
            $(const ROWS: Option<&'static str> = Some($rows);)?

            fn frame(&mut self) -> &mut $crate::page::Frame {
                &mut self.frame
            }
        }
    };
}
pub(crate) use page;

/// The page in a format.
///
/// # Errors
/// Where the page has no rows and they are asked for.
pub fn give<P: Page>(mut page: P, format: Format) -> Result<Response, Trouble> {
    let took = page.frame().elapsed();
    page.frame().took = format!("{took:.0}");
    match format {
        Format::Html => {
            let html = page
                .render()
                .map_err(|error| Trouble::Internal(error.to_string()))?;
            Ok(typed(html, "text/html; charset=utf-8"))
        }
        Format::Json => {
            let took = (took * 10.0).round() / 10.0;
            let body = json!({ "ok": true, "took_ms": took, "page": page });
            Ok(typed(pretty(&body), "application/json"))
        }
        Format::Csv | Format::Lines => {
            let value = serde_json::to_value(&page)
                .map_err(|error| Trouble::Internal(error.to_string()))?;
            let found = P::ROWS.and_then(|path| value.pointer(&format!("/{path}")));
            let rows = match found {
                Some(Value::Array(rows)) => rows,
                Some(row @ Value::Object(_)) => std::slice::from_ref(row),
                _ => {
                    return Err(Trouble::NotFound(
                        "this page has no rows; ask for it with .json in place of .csv".into(),
                    ));
                }
            };
            if format == Format::Csv {
                Ok(typed(rows::csv(rows), "text/csv; charset=utf-8"))
            } else {
                Ok(typed(rows::lines(rows), "application/x-ndjson"))
            }
        }
    }
}

/// Indented JSON with a line end.
pub fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).map_or_else(|_| "null\n".into(), |text| text + "\n")
}

/// A response that leads to an address of this desk.
pub fn see_other(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    // A path that begins with two strokes would be another host's.
    let local = format!("/{}", address.trim_start_matches(['/', '\\']));
    if let Ok(local) = HeaderValue::from_str(&local) {
        response.headers_mut().insert(header::LOCATION, local);
    }
    response
}

/// A response of that media type.
pub fn typed(body: impl Into<Body>, kind: &'static str) -> Response {
    let mut response = body.into().into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// The same trouble with the field that it is about, where its words quote a parameter's value.
pub fn named(trouble: Trouble, ask: &Ask) -> Trouble {
    let Trouble::Bad {
        field: None,
        message,
    } = trouble
    else {
        return trouble;
    };
    let quoted = message.split('`').nth(1).map(str::to_lowercase);
    let meant = ask.parameters.iter().find(|(_, value)| {
        let value = value.to_lowercase();
        let mut parts = value.split(',').map(str::trim);
        quoted
            .as_ref()
            .is_some_and(|quoted| value == *quoted || parts.any(|part| part == quoted))
    });
    Trouble::Bad {
        field: meant.map(|(name, _)| name.clone()),
        message,
    }
}
