//! Foreign text, tokens and limits.

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use common::{Asked, Folder, TOKEN};
use ledger::Ledger;
use rapporteur_desk::{Desk, Settings, Token};
use tower::ServiceExt;
use types::record::Record;

const SCRIPT: &str = "<script>alert(1)</script>";
const IMAGE: &str = "\"'><img src=x onerror=alert(2)>";

/// A record in which every field of foreign text is hostile.
fn hostile() -> Record {
    let text = format!(
        "{SCRIPT} {IMAGE} shelled </article><svg onload=alert(3)> in {SCRIPT}, {IMAGE} said."
    );
    let end = text.chars().count();
    let at = text.find("shelled").expect("the trigger");
    let json = serde_json::json!({
        "schema": 1,
        "story": { "id": "feed0000feed0000", "ref": IMAGE, "url": "javascript:alert(4)", "headline": SCRIPT, "byline": IMAGE,
            "publisher": IMAGE, "section": SCRIPT, "language": "en", "published": "2020-01-02", "text": text,
            "parts": [{ "kind": "body", "start": 0, "end": end }] },
        "sentences": [{ "start": 0, "end": end }],
        "actors": [
            { "id": "a1", "name": SCRIPT, "kind": "person", "code": "USAGOV", "country": "USA", "roles": ["GOV"], "title": IMAGE,
              "wikidata": IMAGE, "mentions": [{ "start": 0, "end": 25, "form": "named" }] },
            { "id": "a2", "name": IMAGE, "kind": "group", "code": "RUS", "country": "RUS", "roles": [], "title": null,
              "wikidata": null, "mentions": [{ "start": 26, "end": 40, "form": "named" }] } ],
        "places": [{ "id": "p1", "name": SCRIPT, "country": "UKR", "admin1": IMAGE, "latitude": 50.0, "longitude": 30.0,
            "geonames": 1, "mentions": [{ "start": 0, "end": 3 }] }],
        "times": [{ "start": 3, "end": 9, "type": "DATE", "value": IMAGE }],
        "quantities": [{ "start": 4, "end": 8, "value": 3.0, "bound": "about", "unit": SCRIPT, "what": "killed" }],
        "claims": [{ "id": "c1", "source": { "actor": "a2", "spans": [[26, 40]] }, "cue": [[end - 5, end - 1]],
            "content": [[0, at]], "manner": "direct", "stance": "deny", "addressee": "a1", "inside": null, "confidence": 0.5 }],
        "events": [{ "id": "e1", "type": "ASSAULT", "mode": "explosives", "contexts": [], "cameo": "190", "goldstein": -10.0,
            "quad": "material conflict", "actor": ["a1"], "recipient": ["a2"], "trigger": [[at, at + 7]], "sentence": 0,
            "date": { "first": "2020-01-01", "last": "2020-01-01", "time": 0, "why": null }, "place": "p1", "status": "claimed",
            "according_to": "c1", "quantities": [0], "issues": ["i1"], "rule": SCRIPT, "confidence": 0.1 }],
        "issues": [{ "id": "i1", "name": SCRIPT, "mentions": [[0, 3]] }],
        "positions": [{ "issue": "i1", "actor": "a1", "stance": "against", "claims": ["c1"], "evidence": [[0, 3]] },
            { "issue": "i1", "actor": "a2", "stance": "for", "claims": ["c1"], "evidence": [[0, 3]] }],
        "problems": [{ "kind": "odd", "start": 0, "end": 3, "message": SCRIPT }],
        "provenance": { "program": SCRIPT, "model": "sha256:0", "lexicon": IMAGE }
    });
    serde_json::from_value(json).expect("a record")
}

fn hostile_desk() -> Asked {
    let folder = Folder::new();
    let file = folder.file("hostile.db");
    let mut ledger = Ledger::open(&file).expect("a new ledger");
    ledger.add(&hostile()).expect("the record is added");
    drop(ledger);
    Asked::over(folder, file, |settings| {
        settings.name = Some(SCRIPT.into());
        settings.review = true;
        settings.token = Token::chosen(TOKEN);
    })
}

#[tokio::test]
async fn foreign_text_never_becomes_markup() {
    let desk = hostile_desk();
    let mut seen = 0;
    for path in [
        "/",
        "/events",
        "/events/E1",
        "/occurrences/O1",
        "/stories",
        "/stories/S1",
        "/claims",
        "/claims/C1",
        "/actors",
        "/actors/A1",
        "/actors/A2",
        "/dyads",
        "/dyads/USA-RUS",
        "/issues",
        "/issues/I1",
        "/search?q=shelled",
        "/review",
        "/events?text=%3Cscript%3Ealert(1)%3C/script%3E",
        "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    ] {
        let request = Request::get(path).header("authorization", format!("Bearer {TOKEN}"));
        let page = desk
            .send(request.body(Body::empty()).expect("a request"))
            .await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
        for wrong in [
            "<script>",
            "<img",
            "<svg onload",
            "href=\"javascript:",
            "alert(1)</script>",
        ] {
            assert!(!page.text.contains(wrong), "{path} has {wrong}");
        }
        assert_eq!(page.text.matches("<script").count(), 1, "{path}");
        seen += usize::from(page.text.contains("&#60;script&#62;alert(1)"));
    }
    assert!(
        seen >= 15,
        "the hostile text is shown, as text, on {seen} pages"
    );
    for path in [
        "/nowhere/%3Cscript%3Ealert(1)%3C/script%3E",
        "/stories/%3Cscript%3Ealert(1)",
        "/events?type=%3Cimg%20src=x%3E",
    ] {
        let page = desk.get(path).await.text;
        assert!(
            !page.contains("<script>") && !page.contains("<img"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn formulas_are_not_run_by_spreadsheets() {
    let folder = Folder::new();
    let file = folder.file("formula.db");
    let mut record = hostile();
    record.actors[0].name = "=cmd|' /C calc'!A0".into();
    Ledger::open(&file)
        .expect("a new ledger")
        .add(&record)
        .expect("added");
    let desk = Asked::over(folder, file, |_| {});
    let csv = desk.page("/events.csv").await.text;
    assert!(csv.contains("'=cmd|"), "{csv}");
    assert!(!csv.contains(",=cmd") && !csv.contains(",\"=cmd"), "{csv}");
}

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

#[tokio::test]
async fn bodies_are_bounded() {
    let desk = Asked::with(1, |_| {});
    let answer = desk
        .post("/try.json", &format!("text={}", "a".repeat(300_000)), None)
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer = desk
        .post("/try.json", &format!("text={}", "a".repeat(70_000)), None)
        .await;
    assert_eq!(
        (answer.status, answer.json()["error"]["kind"].as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, Some("too_large"))
    );
    for (form, field) in [
        ("text=+", "text"),
        ("text=A+story.&published=soon", "published"),
    ] {
        let answer = desk.post("/try.json", form, None).await;
        assert_eq!(answer.json()["error"]["field"], field);
    }
}

#[tokio::test]
async fn questions_are_bounded_in_time_and_number() {
    let desk = Asked::with(200, |settings| {
        settings.query_limit = std::time::Duration::ZERO
    });
    let answer = desk.get("/events.json?text=the").await;
    // A question may be done before it can be stopped.
    assert!(
        [StatusCode::GATEWAY_TIMEOUT, StatusCode::OK].contains(&answer.status),
        "{}",
        answer.text
    );
    // As many as there is room for are served, the others are turned away at once.
    let full = Asked::with(1, |settings| settings.requests = 2);
    let mut asked = Vec::new();
    for _ in 0..20 {
        let request = Request::get("/events")
            .body(Body::empty())
            .expect("a request");
        asked.push(tokio::spawn(full.router.clone().oneshot(request)));
    }
    let mut statuses = Vec::new();
    for answer in asked {
        let answer = answer
            .await
            .expect("the task ends")
            .expect("a router always answers");
        if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
            assert_eq!(answer.headers()["retry-after"], "1");
        }
        statuses.push(answer.status());
    }
    assert_eq!(
        statuses
            .iter()
            .filter(|status| **status == StatusCode::OK)
            .count(),
        2,
        "{statuses:?}"
    );
    assert!(
        statuses
            .iter()
            .all(|status| [StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE].contains(status))
    );
}

#[tokio::test]
async fn a_ledger_of_a_newer_version_is_refused_in_words() {
    let folder = Folder::new();
    let file = folder.file("newer.db");
    common::fill(&file, 0);
    let bytes = std::fs::read(&file).expect("the file");
    let mut newer = bytes;
    // SQLite keeps `user_version` in the header, at byte 60, big-endian.
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&file, newer).expect("it is written");
    let error = Desk::open(Settings::new(&file))
        .err()
        .expect("it is refused")
        .to_string();
    assert!(error.contains("newer") && error.contains("99"), "{error}");
    assert!(Desk::open(Settings::new(folder.file("none.db"))).is_err());
}
