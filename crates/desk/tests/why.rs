//! Why something is coded as it is: what the record has, at once, and what reading the story again tells.

mod common;

use std::time::Duration;

use axum::http::StatusCode;
use common::Asked;
use serde_json::Value;

/// The field of that name; `null` where the page has none.
fn field<'p>(page: &'p Value, name: &str) -> &'p Value {
    let fields = page["page"]["coded"]["fields"].as_array().expect("fields");
    let found = fields.iter().find(|field| field["field"] == name);
    found.unwrap_or(&Value::Null)
}

#[tokio::test]
async fn the_page_has_what_the_record_has_with_what_it_means() {
    let desk = Asked::with(3, |_| {});
    let story = desk.page("/stories/S1.json").await.json();
    let record = &story["page"]["record"];
    for event in record["events"].as_array().expect("events") {
        let path = format!("/stories/S1/why/{}", event["id"].as_str().expect("an id"));
        let page = desk.page(&format!("{path}.json")).await.json();
        let coded = &page["page"]["coded"];
        assert_eq!(coded["kind"], "event");
        assert_eq!(coded["confidence"], event["confidence"]);
        for (name, key) in [("type", "type"), ("status", "status"), ("rule", "rule")] {
            assert_eq!(field(&page, name)["value"], event[key], "{path} {name}");
        }
        let meaning = field(&page, "type")["text"].as_str().expect("a meaning");
        assert!(meaning.ends_with('.'), "{path}: {meaning}");
        let first = event["actor"][0].as_str();
        let actors = record["actors"].as_array().expect("actors");
        let actor = actors.iter().find(|actor| actor["id"].as_str() == first);
        if let Some(actor) = actor {
            assert_eq!(field(&page, "actor")["value"], actor["name"]);
            assert_eq!(field(&page, "actor")["code"], actor["code"]);
        }
        let text: Vec<char> = record["story"]["text"]
            .as_str()
            .expect("a text")
            .chars()
            .collect();
        let at = |side: usize| coded["offsets"][side].as_u64().expect("an offset") as usize;
        let sentence: String = text[at(0)..at(1)].iter().collect();
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(coded["sentence"], words(&sentence).as_str());
        // The model was not asked.
        assert_eq!(page["page"]["told"], Value::Null);
        let html = desk.page(&path).await.text;
        assert!(
            html.contains(&format!("hx-get=\"{path}/reading\"")),
            "{path}"
        );
        assert!(
            html.contains(&format!("<a href=\"{path}/reading\">")),
            "{path}"
        );
        assert!(html.contains("<span class=\"trg"), "{path}");
    }
    for claim in record["claims"].as_array().expect("claims") {
        let id = claim["id"].as_str().expect("an id");
        let page = desk
            .page(&format!("/stories/S1/why/{id}.json"))
            .await
            .json();
        assert_eq!(page["page"]["coded"]["kind"], "claim");
        assert_eq!(field(&page, "stance")["value"], claim["stance"]);
    }
}

#[tokio::test]
async fn reading_again_tells_each_decision_and_is_kept() {
    let desk = Asked::with(0, |_| {});
    let told = desk.page("/stories/S1/why/e1/reading.json").await.json();
    let decisions = &told["page"]["told"]["explanation"]["decisions"];
    assert!(
        decisions.as_array().is_some_and(|all| all.len() > 3),
        "{told}"
    );
    let html = desk.page("/stories/S1/why/e1/reading").await.text;
    assert!(
        html.contains("id=\"reading\"") && html.contains("table class=\"data small decisions\"")
    );
    // From now on the page has it, of the story's other events too.
    for part in ["e1", "c1"] {
        let page = desk.page(&format!("/stories/S1/why/{part}")).await.text;
        assert!(
            page.contains("decisions") && !page.contains("hx-trigger=\"load\""),
            "{part}"
        );
    }
    let page = desk.page("/stories/S1/why/e1.json").await.json();
    assert_eq!(page["page"]["told"], told["page"]["told"]);
}

#[tokio::test]
async fn where_too_many_stories_are_read_the_record_is_still_shown() {
    let desk = Asked::with(0, |settings| {
        settings.stories = 0;
        settings.reading_patience = Duration::ZERO;
    });
    let busy = desk.get("/stories/S2/why/e1/reading.json").await;
    assert_eq!(busy.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(busy.json()["error"]["kind"], "busy");
    assert_eq!(busy.header("retry-after"), "1");
    assert_eq!(desk.page("/stories/S2/why/e1").await.status, StatusCode::OK);
}
