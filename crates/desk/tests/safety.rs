//! Foreign text, and limits of what a caller may ask.

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
        "/stories/S1/why/e1",
        "/stories/S1/why/c1",
        "/stories/S1/why/e1/reading",
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
        seen >= 17,
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
