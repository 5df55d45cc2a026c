//! Who may change the ledger: tokens, reviews, and forms that other sites send.

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use common::{Asked, TOKEN};
use rapporteur_desk::Token;

#[tokio::test]
async fn a_desk_that_only_reads_changes_nothing() {
    let desk = Asked::with(3, |_| {});
    for path in ["/review", "/review.json"] {
        assert_eq!(desk.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let form = "event=E1&do=accept";
    assert_eq!(
        desk.post("/review", form, None).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        desk.post("/review", form, Some(TOKEN)).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        desk.post("/keep", "text=A+story.", Some(TOKEN))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        desk.post("/events", "", None).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn reviews_need_the_token_and_add_rows() {
    let desk = Asked::reviewing();
    assert_eq!(desk.get("/review").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        desk.post("/review", "event=E1&do=accept", Some("a-wrong-token-it-is"))
            .await
            .status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(desk.page("/events").await.status, StatusCode::OK);
    let reader = || ledger::Reader::open(&desk.file).expect("a reader");
    let reviews = || {
        let mut rows = Vec::new();
        reader()
            .reviews(|row| {
                rows.push(row);
                Ok(())
            })
            .expect("reviews");
        rows
    };
    assert_eq!(
        desk.post(
            "/review",
            "event=E1&do=accept&reviewer=me&note=sure",
            Some(TOKEN)
        )
        .await
        .status,
        StatusCode::SEE_OTHER
    );
    let corrected = desk
        .post(
            "/review.json",
            "event=E2&do=correct&type=AID&status=planned",
            Some(TOKEN),
        )
        .await;
    assert_eq!(corrected.json()["ok"], true);
    assert_eq!(
        desk.post(
            "/review",
            "event=E3&do=reject&back=/review?limit=5",
            Some(TOKEN)
        )
        .await
        .header("location"),
        "/review?done=reject+E3&limit=5"
    );
    let rows = reviews();
    let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, ["accept", "correct", "reject"]);
    assert_eq!(
        (rows[0].reviewer.as_deref(), rows[0].note.as_deref()),
        (Some("me"), Some("sure"))
    );
    assert!(
        rows[0]
            .reviewed
            .as_deref()
            .is_some_and(|at| at.ends_with('Z') && at.len() == 20)
    );
    let number = corrected.json()["number"]
        .as_str()
        .expect("a number")
        .to_owned();
    assert_eq!(
        desk.page(&format!("/events/{number}.json")).await.json()["page"]["report"]["type"],
        "AID"
    );
    assert_eq!(desk.get("/events/E3").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn wrong_reviews_name_their_field_and_add_nothing() {
    let desk = Asked::reviewing();
    for (form, status, field) in [
        ("do=accept", 400, "event"),
        ("event=E1&do=praise", 400, "do"),
        ("event=E1&do=correct&typo=AID", 400, "typo"),
        ("event=E1&do=correct&type=WAR", 400, "type"),
        ("event=E1&do=correct", 400, ""),
        ("event=E999999&do=accept", 404, ""),
    ] {
        let answer = desk.post("/review.json", form, Some(TOKEN)).await;
        assert_eq!(answer.status.as_u16(), status, "{form}: {}", answer.text);
        if !field.is_empty() {
            assert_eq!(answer.json()["error"]["field"], field, "{form}");
        }
    }
    let reader = ledger::Reader::open(&desk.file).expect("a reader");
    reader
        .reviews(|row| panic!("{row:?} was added"))
        .expect("none");
}

#[tokio::test]
async fn the_queue_is_without_what_was_reviewed() {
    let desk = Asked::reviewing();
    let get = || async {
        let request =
            Request::get("/review.json").header("authorization", format!("Bearer {TOKEN}"));
        desk.send(request.body(Body::empty()).expect("a request"))
            .await
            .json()
    };
    let queue = get().await;
    let reports = queue["page"]["reports"].as_array().expect("reports");
    let sure: Vec<f64> = reports
        .iter()
        .filter_map(|report| report["confidence"].as_f64())
        .collect();
    assert!(
        sure.len() > 10 && sure.is_sorted(),
        "the least sure first: {sure:?}"
    );
    let first = reports[0]["id"].as_str().expect("an id").to_owned();
    desk.post("/review", &format!("event={first}&do=accept"), Some(TOKEN))
        .await;
    let later = get().await;
    let reports = later["page"]["reports"].as_array().expect("reports");
    assert!(reports.iter().all(|report| report["id"] != first.as_str()));
}

#[tokio::test]
async fn a_guarded_desk_shows_nothing_without_the_token() {
    let desk = Asked::with(2, |settings| {
        settings.guarded = true;
        settings.token = Token::chosen(TOKEN);
    });
    for path in [
        "/",
        "/events.json",
        "/openapi.json",
        "/stories/S1",
        "/health",
    ] {
        let answer = desk.get(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(!answer.text.contains("example stories") && !answer.text.contains("/stories/S2"));
    }
    assert_eq!(desk.get("/static/desk.css").await.status, StatusCode::OK);
    let shown = desk.get(&format!("/events?type=AID&token={TOKEN}")).await;
    assert_eq!(
        (shown.status, shown.header("location")),
        (StatusCode::SEE_OTHER, "/events?type=AID")
    );
    let cookie = shown.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    let request =
        Request::get("/events").header("cookie", cookie.split(';').next().expect("a pair"));
    assert_eq!(
        desk.send(request.body(Body::empty()).expect("a request"))
            .await
            .status,
        StatusCode::OK
    );
    let posted = desk
        .post(
            "/token",
            &format!("token={TOKEN}&back=//evil.example"),
            None,
        )
        .await;
    assert_eq!(posted.header("location"), "/evil.example");
    assert_eq!(
        desk.post("/token", "token=guess&back=/", None).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn other_sites_cannot_use_a_readers_browser() {
    let desk = Asked::reviewing();
    let request = Request::get("/events").header("host", "evil.example");
    assert_eq!(
        desk.send(request.body(Body::empty()).expect("a request"))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    for host in ["127.0.0.1:8477", "localhost", "[::1]:8477"] {
        let request = Request::get("/events").header("host", host);
        assert_eq!(
            desk.send(request.body(Body::empty()).expect("a request"))
                .await
                .status,
            StatusCode::OK,
            "{host}"
        );
    }
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ] {
        let request = Request::post("/review")
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("host", "127.0.0.1:8477")
            .header(name, value);
        let answer = desk
            .send(
                request
                    .body(Body::from("event=E1&do=accept"))
                    .expect("a request"),
            )
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
    }
}
