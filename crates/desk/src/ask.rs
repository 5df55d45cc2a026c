//! What is asked: the page, its parameters, and in which format.

use std::convert::Infallible;
use std::time::Instant;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::uri::{PathAndQuery, Uri};
use axum::http::{HeaderMap, header};

use crate::trouble::Trouble;

/// The format of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For a person.
    #[default]
    Html,
    /// The same at the same address with `.json`.
    Json,
    /// The rows of a page's table.
    Csv,
    /// The rows, an object a line.
    Lines,
}

impl Format {
    const SUFFIXES: [(&'static str, Format); 3] = [
        (".jsonl", Format::Lines),
        (".json", Format::Json),
        (".csv", Format::Csv),
    ];

    /// Whether it is the rows alone.
    pub fn is_rows(self) -> bool {
        matches!(self, Format::Csv | Format::Lines)
    }
}

/// When a request came, and how its address read before the suffix was cut off.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// When.
    pub at: Instant,
    /// By its suffix.
    pub format: Format,
}

/// Cuts `.json`, `.jsonl` or `.csv` off a page's address and notes it, so that each page has one route.
pub fn arrive(mut request: Request) -> Request {
    let path = request.uri().path().to_owned();
    let own =
        path.starts_with("/static/") || path == "/openapi.json" || path == "/record.schema.json";
    let found = Format::SUFFIXES
        .iter()
        .find(|(suffix, _)| !own && path.len() > suffix.len() + 1 && path.ends_with(suffix));
    let mut format = Format::Html;
    if let Some((suffix, named)) = found {
        let bare = path.strip_suffix(suffix).unwrap_or(&path);
        let bare = if bare == "/index" { "/" } else { bare };
        let whole = match request.uri().query() {
            Some(query) => format!("{bare}?{query}"),
            None => bare.to_owned(),
        };
        if let Ok(path) = whole.parse::<PathAndQuery>() {
            let mut parts = std::mem::take(request.uri_mut()).into_parts();
            parts.path_and_query = Some(path);
            *request.uri_mut() = Uri::from_parts(parts).unwrap_or_default();
            format = *named;
        }
    }
    request.extensions_mut().insert(Arrival {
        at: Instant::now(),
        format,
    });
    request
}

/// The look of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the reader's system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The value of the attribute and of the cookie.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn of(headers: &HeaderMap) -> Self {
        match cookie(headers, "theme").as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        }
    }
}

/// A cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter();
    let mut pairs = all
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'));
    pairs.find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then(|| value.to_owned())
    })
}

/// A request, as the pages see it.
#[derive(Clone, Debug)]
pub struct Ask {
    /// When it came.
    pub at: Instant,
    /// In which format the answer is wanted.
    pub format: Format,
    /// The path without the format's suffix.
    pub path: String,
    /// The parameters, in their order; those without a value are left out, as forms send them.
    pub parameters: Vec<(String, String)>,
    /// The look.
    pub theme: Theme,
}

impl Ask {
    /// Of a request whose [`Arrival`] was noted.
    pub fn of(parts: &Parts) -> Self {
        let arrival = parts.extensions.get::<Arrival>();
        let query = parts.uri.query().unwrap_or("");
        Ask {
            at: arrival.map_or_else(Instant::now, |arrival| arrival.at),
            format: arrival.map_or(Format::Html, |arrival| arrival.format),
            path: parts.uri.path().to_owned(),
            parameters: pairs(query.as_bytes()),
            theme: Theme::of(&parts.headers),
        }
    }

    /// The address of this view in another format; `suffix` is `json`, `jsonl` or `csv`.
    pub fn in_format(&self, suffix: &str) -> String {
        let path = if self.path == "/" {
            "/index"
        } else {
            &self.path
        };
        let query = written(&self.parameters);
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{path}.{suffix}{mark}{query}")
    }

    /// Whether the address has a parameter of that name.
    pub fn has(&self, name: &str) -> bool {
        self.parameters.iter().any(|(given, _)| given == name)
    }

    /// The parameters, to be taken one by one.
    pub fn fields(&self) -> Fields {
        Fields(self.parameters.clone())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Ask::of(parts))
    }
}

/// Name and value of each parameter that has a value, blanks around it cut off.
pub fn pairs(query: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(query)
        .map(|(name, value)| (name.into_owned(), value.trim().to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// The parameters as a query string.
pub fn written(parameters: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish()
}

/// Parameters that nobody has taken yet.
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of a form's body.
    pub fn of_body(body: &[u8]) -> Self {
        Fields(form_urlencoded::parse(body).into_owned().collect())
    }

    /// All values of a name, in their order.
    pub fn all(&mut self, name: &str) -> Vec<String> {
        let (taken, left) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|(key, _)| key == name);
        self.0 = left;
        let taken: Vec<(String, String)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// The values of a name, which may be several in one, with commas between.
    pub fn list(&mut self, name: &str) -> Vec<String> {
        let all = self.all(name);
        let parts = all.iter().flat_map(|value| value.split(','));
        parts
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The value of a name that may be given once.
    ///
    /// # Errors
    /// Where it is given more than once.
    pub fn one(&mut self, name: &str) -> Result<Option<String>, Trouble> {
        let mut all = self.all(name);
        match all.len() {
            0 | 1 => Ok(all.pop()),
            _ => Err(Trouble::bad(
                name,
                format!("`{name}` can be given only once"),
            )),
        }
    }

    /// A number between `least` and `most`.
    ///
    /// # Errors
    /// Where it is none.
    pub fn number(&mut self, name: &str, least: u32, most: u32) -> Result<Option<u32>, Trouble> {
        let Some(text) = self.one(name)? else {
            return Ok(None);
        };
        let number = text
            .parse()
            .ok()
            .filter(|number| (least..=most).contains(number));
        match number {
            Some(number) => Ok(Some(number)),
            None => Err(Trouble::bad(
                name,
                format!("`{text}` is no number from {least} to {most}"),
            )),
        }
    }

    /// Refuses what is left: a filter that is misspelt must not look as if it had been applied.
    ///
    /// # Errors
    /// Where something is left.
    pub fn finish(self) -> Result<(), Trouble> {
        match self.0.first() {
            None => Ok(()),
            Some((name, _)) => Err(Trouble::bad(
                name,
                format!("there is no parameter `{name}` on this page"),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_fields_of_forms_are_none() {
        assert_eq!(
            pairs(b"actor=&type=AID&since=+"),
            [("type".to_owned(), "AID".to_owned())]
        );
    }

    #[test]
    fn what_is_left_over_is_refused() {
        let mut fields = Fields(pairs(b"type=AID,CONSULT&tpye=AID"));
        assert_eq!(fields.list("type"), ["AID", "CONSULT"]);
        let Err(Trouble::Bad { field, .. }) = fields.finish() else {
            panic!("a misspelt name is refused");
        };
        assert_eq!(field.as_deref(), Some("tpye"));
    }
}
