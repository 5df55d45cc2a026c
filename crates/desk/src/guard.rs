//! Who is let in, and the headers that keep foreign text harmless.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::ask::{cookie, pairs, written};
use crate::desk::Desk;
use crate::page::see_other;
use crate::trouble::Trouble;

/// What a page may load and do: its own scripts and styles and nothing else. No inline script, no inline style, no
/// other host, no frame around it.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Puts the headers on.
pub fn protect(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    let kept = response.headers().contains_key(header::CACHE_CONTROL);
    if !kept {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// What a caller may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// Change the ledger.
    pub review: bool,
}

/// Name of the cookie that holds the token.
const COOKIE: &str = "desk_token";

/// Lets a caller in, or does not.
pub async fn admit(State(desk): State<Arc<Desk>>, mut request: Request, next: Next) -> Response {
    if let Err(trouble) = known_host(&desk, request.headers()) {
        return trouble.into_response();
    }
    if let Some(response) = with_token_in_address(&desk, &request) {
        return response;
    }
    let shown = shows_token(&desk, request.headers());
    let path = request.uri().path();
    let open = path.starts_with("/static/") || path == "/token";
    let needs = desk.settings.guarded || path.starts_with("/review");
    if needs && !open && !shown {
        let review_is_off = !desk.settings.guarded && !desk.settings.review;
        return if review_is_off {
            Trouble::Forbidden(
                "this desk only reads; start it with --review to review events".into(),
            )
            .into_response()
        } else {
            Trouble::NoToken.into_response()
        };
    }
    if request.method() == Method::POST && !same_origin(request.headers()) {
        return Trouble::Forbidden("this form was sent from another site".into()).into_response();
    }
    request.extensions_mut().insert(Rights {
        review: desk.settings.review && shown,
    });
    next.run(request).await
}

/// A desk on this machine alone answers only to this machine's names: else a page elsewhere, whose name leads here,
/// could read the ledger through the reader's browser (DNS rebinding).
fn known_host(desk: &Desk, headers: &HeaderMap) -> Result<(), Trouble> {
    if desk.settings.guarded {
        return Ok(());
    }
    let Some(host) = headers.get(header::HOST) else {
        return Ok(());
    };
    let host = host.to_str().unwrap_or("");
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    match name {
        "localhost" | "127.0.0.1" | "[::1]" => Ok(()),
        _ => Err(Trouble::Forbidden(
            "this desk serves its own machine; ask it as 127.0.0.1 or localhost".into(),
        )),
    }
}

/// `?token=…`, as the desk prints it: the token becomes a cookie, and the address is asked again without it.
fn with_token_in_address(desk: &Desk, request: &Request) -> Option<Response> {
    let query = request.uri().query()?;
    let mut parameters = pairs(query.as_bytes());
    let at = parameters.iter().position(|(name, _)| name == "token")?;
    let (_, shown) = parameters.remove(at);
    let token = desk.settings.token.as_ref()?;
    if !token.is(&shown) {
        return Some(Trouble::NoToken.into_response());
    }
    let query = written(&parameters);
    let mark = if query.is_empty() { "" } else { "?" };
    Some(let_in(
        &shown,
        &format!("{}{mark}{query}", request.uri().path()),
    ))
}

/// A response that remembers the token and leads to `address`.
pub fn let_in(token: &str, address: &str) -> Response {
    with_cookie(
        see_other(address),
        &format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict"),
    )
}

/// The response with a cookie set.
pub fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn shows_token(desk: &Desk, headers: &HeaderMap) -> bool {
    let Some(token) = &desk.settings.token else {
        return false;
    };
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
    bearer.is_some_and(|shown| token.is(shown))
        || cookie(headers, COOKIE).is_some_and(|shown| token.is(&shown))
}

/// Whether a form comes from the desk's own pages, as browsers tell; programs, which tell nothing, are let through:
/// they carry no cookies of others.
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(&header::ORIGIN), text(&header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
    }
}
