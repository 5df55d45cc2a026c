//! Which page is behind which address.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::sync::Semaphore;

use crate::ask::{Arrival, Ask, Fields, Format, arrive};
use crate::desk::{Desk, LARGEST_BODY};
use crate::guard::{self, Rights};
use crate::links;
use crate::openapi;
use crate::page::{Frame, pretty, see_other, typed};
use crate::pages::{
    about, actor, claims, dyad, events, issue, occurrence, overview, review, search, stories, story,
};
use crate::pages::{trying, why};
use crate::trouble::Trouble;

/// How long a caller may take to send a form.
const SENDING: Duration = Duration::from_secs(20);

/// The pages of a desk, with all that guards them.
pub fn router(desk: Arc<Desk>) -> Router {
    let house = Arc::new(Semaphore::new(desk.settings.requests.max(1)));
    let pages = pages(Arc::clone(&desk))
        .fallback(|| async { Trouble::NotFound("there is no such page".into()) })
        .method_not_allowed_fallback(|| async { Trouble::Method })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&desk),
            guard::admit,
        ))
        .layer(middleware::from_fn_with_state(house, room))
        .layer(middleware::from_fn_with_state(desk, dress))
        .layer(middleware::map_response(|response: Response| async {
            guard::protect(response)
        }));
    // The suffix is cut off before a route is chosen: the pages are the fallback of a router without routes.
    Router::new()
        .fallback_service(pages)
        .layer(middleware::map_request(|request: Request| async {
            arrive(request)
        }))
}

fn pages(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/", get(overview::overview))
        .route("/events", get(events::events))
        .route("/events/{id}", get(occurrence::event))
        .route("/occurrences/{id}", get(occurrence::occurrence))
        .route("/stories", get(stories::stories))
        .route("/stories/{id}", get(story::story))
        .route("/stories/{id}/why/{part}", get(why::why))
        .route("/stories/{id}/why/{part}/reading", get(why::reading))
        .route("/claims", get(claims::claims))
        .route("/claims/{id}", get(claims::claim))
        .route("/actors", get(actor::actors))
        .route("/actors/{id}", get(actor::actor))
        .route("/dyads", get(dyad::dyads))
        .route("/dyads/{pair}", get(dyad::dyad))
        .route("/issues", get(issue::issues))
        .route("/issues/{id}", get(issue::issue))
        .route("/search", get(search::search))
        .route("/try", get(trying::form).post(trying::read))
        .route("/review", get(review::queue).post(review::review))
        .route("/codebook", get(about::codebook))
        .route("/about", get(about::about))
        .route("/theme", get(theme))
        .route("/token", get(token_form).post(token))
        .route("/openapi.json", get(openapi))
        .route("/record.schema.json", get(record_schema))
        .route("/static/{name}", get(asset))
        .route("/health", get(health))
        .route("/keep", post(trying::keep))
        .with_state(desk)
}

/// Turns away whom there is no room for, so that those inside are served.
async fn room(State(house): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    match house.try_acquire() {
        Ok(_permit) => next.run(request).await,
        Err(_) => Trouble::Busy.into_response(),
    }
}

/// Gives trouble a page, in the format that was asked for.
async fn dress(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut ask = Ask::of(&parts);
    let wants_json = parts
        .headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept == "application/json");
    if wants_json || parts.extensions.get::<Arrival>().is_none() {
        ask.format = Format::Json;
    }
    let response = next.run(Request::from_parts(parts, body)).await;
    let trouble = match response.extensions().get::<Trouble>() {
        Some(trouble) => trouble.clone(),
        None if response.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Trouble::TooLarge(LARGEST_BODY / 1024)
        }
        None if response.status().is_client_error() => Trouble::Bad {
            field: None,
            message: "this address cannot be understood".into(),
        },
        None => return response,
    };
    error_page(&desk, &ask, &trouble)
}

/// The page of an error.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    status: u16,
    heading: &'static str,
    message: String,
    field: Option<String>,
    help: &'static str,
    /// The same address without the field; empty where the trouble is another.
    without: String,
    token: bool,
}

fn error_page(desk: &Desk, ask: &Ask, trouble: &Trouble) -> Response {
    let status = trouble.status().0;
    let mut response = match ask.format {
        Format::Html => {
            let page = ErrorPage {
                frame: Frame::new(
                    desk,
                    ask,
                    Rights::default(),
                    "",
                    status.canonical_reason().unwrap_or("Error"),
                ),
                status: status.as_u16(),
                heading: heading(trouble),
                // An address may have characters that no page may hold.
                message: trouble.to_string().replace(char::is_control, "\u{fffd}"),
                field: trouble.body().error.field,
                help: help(&ask.path),
                without: without(ask, trouble),
                token: *trouble == Trouble::NoToken,
            };
            typed(
                page.render().unwrap_or_default(),
                "text/html; charset=utf-8",
            )
        }
        _ => typed(pretty(&trouble.body()), "application/json"),
    };
    *response.status_mut() = status;
    if *trouble == Trouble::Busy {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

fn heading(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::NotFound(_) => "Not here",
        Trouble::Bad { .. } => "That cannot be understood",
        Trouble::NoToken => "A token is needed",
        Trouble::Forbidden(_) | Trouble::Method => "That is not allowed",
        Trouble::TooLarge(_) => "Too much at once",
        Trouble::Busy => "Busy",
        Trouble::TooSlow => "That took too long",
        Trouble::Internal(_) => "The ledger could not be read",
    }
}

/// The address without the parameter that cannot be understood.
fn without(ask: &Ask, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Bad {
            field: Some(field), ..
        } if ask.has(field) => {
            let kept = ask.parameters.iter().filter(|(name, _)| name != field);
            links::address(&ask.path, &kept.cloned().collect::<Vec<_>>())
        }
        _ => String::new(),
    }
}

/// What the numbers of this kind of page look like.
fn help(path: &str) -> &'static str {
    match path.split('/').nth(1).unwrap_or("") {
        "events" => {
            "Events have numbers like E12; what happened, told by one story or many, is an occurrence like O12."
        }
        "occurrences" => "Occurrences have numbers like O12.",
        "stories" => "Stories have numbers like S12; the hash of a story's text leads to it too.",
        "actors" => {
            "Actors have numbers like A12. Countries that deal with each other are under Dyads."
        }
        "claims" => "Claims have numbers like C12.",
        "dyads" => "A dyad is two countries by their ISO codes, as USA-RUS.",
        "issues" => "Issues have numbers like I12.",
        _ => "The search finds sentences; the events table finds who did what to whom.",
    }
}

async fn theme(ask: Ask) -> Result<Response, Trouble> {
    let mut fields = ask.fields();
    let (to, back) = (
        fields.one("to")?.unwrap_or_default(),
        fields.one("back")?.unwrap_or_default(),
    );
    if !["system", "light", "dark"].contains(&to.as_str()) {
        return Err(Trouble::bad("to", "a theme is system, light or dark"));
    }
    let cookie = format!("theme={to}; Path=/; Max-Age=31536000; SameSite=Lax");
    Ok(guard::with_cookie(see_other(&back), &cookie))
}

async fn token_form() -> Trouble {
    Trouble::NoToken
}

async fn token(
    State(desk): State<Arc<Desk>>,
    body: axum::body::Bytes,
) -> Result<Response, Trouble> {
    let mut fields = Fields::of_body(&body);
    let (shown, back) = (
        fields.one("token")?.unwrap_or_default(),
        fields.one("back")?.unwrap_or_default(),
    );
    match &desk.settings.token {
        Some(token) if token.is(shown.trim()) => Ok(guard::let_in(shown.trim(), &back)),
        _ => Err(Trouble::Forbidden("that is not the token".into())),
    }
}

async fn openapi() -> Response {
    typed(pretty(&openapi::document()), "application/json")
}

async fn record_schema() -> Response {
    typed(
        include_str!("../../../docs/record.schema.json"),
        "application/schema+json",
    )
}

async fn asset(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let found = desk.assets.serve(&name, &headers);
    found.ok_or_else(|| Trouble::NotFound("there is no such file".into()))
}

async fn health(State(desk): State<Arc<Desk>>) -> Result<Response, Trouble> {
    let state = desk.pool.ask(|reader| Ok(reader.state()?)).await?;
    Ok(typed(
        pretty(&serde_json::json!({ "ok": true, "state": state })),
        "application/json",
    ))
}

/// A body, whole, within the limits of size and time.
///
/// # Errors
/// Where it is too large or takes too long.
pub async fn body(request: Request) -> Result<Vec<u8>, Trouble> {
    let whole = axum::body::to_bytes(request.into_body(), LARGEST_BODY);
    match tokio::time::timeout(SENDING, whole).await {
        Ok(Ok(bytes)) => Ok(bytes.to_vec()),
        Ok(Err(_)) => Err(Trouble::TooLarge(LARGEST_BODY / 1024)),
        Err(_) => Err(Trouble::Busy),
    }
}
