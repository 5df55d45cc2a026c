//! Every page, in every format.

mod common;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use common::{Asked, PAGES};
use serde_json::Value;

/// The page as JSON at the same address.
fn json_of(path: &str) -> String {
    let (bare, query) = path
        .split_once('?')
        .map_or((path, None), |(bare, query)| (bare, Some(query)));
    let bare = if bare == "/" { "/index" } else { bare };
    query.map_or(format!("{bare}.json"), |query| {
        format!("{bare}.json?{query}")
    })
}

#[tokio::test]
async fn every_page_is_html_and_json() {
    let desk = Asked::open();
    for path in PAGES {
        let html = desk.page(path).await;
        assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
        assert!(
            html.text.contains("<main") && html.text.ends_with("</html>"),
            "{path}"
        );
        let json = desk.page(&json_of(path)).await.json();
        assert_eq!(json["ok"], true, "{path}");
        assert!(
            json["took_ms"].is_number() && json["page"].is_object(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_page_is_safe_to_show() {
    let desk = Asked::open();
    for path in PAGES {
        let page = desk.page(path).await;
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("script-src 'self'"),
            "{path}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(
            page.text.matches("<script").count(),
            1,
            "{path}: the bundle alone"
        );
        for wrong in [
            " style=",
            " onclick=",
            " onload=",
            "javascript:",
            "hx-on",
            "http://",
            "//cdn",
        ] {
            assert!(!page.text.contains(wrong), "{path} has {wrong}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_one_shape() {
    let desk = Asked::open();
    for path in [
        "/events/E999999",
        "/events/O1",
        "/occurrences/O999999",
        "/occurrences/x",
        "/stories/S999999",
        "/stories/nohash",
        "/claims/C999999",
        "/actors/A999999",
        "/actors/%F0%9F%A6%8A",
        "/dyads/USA",
        "/dyads/USA-ZZZ",
        "/issues/I999999",
        "/nowhere",
        "/static/secret.txt",
        "/stories/S1/why/e999",
        "/stories/S1/why/e999/reading",
        "/stories/S999999/why/e1",
        "/stories/S1/why/e1/more",
    ] {
        let html = desk.get(path).await;
        assert_eq!(html.status, StatusCode::NOT_FOUND, "{path}");
        if !path.starts_with("/static") {
            assert!(
                html.text.contains("<h1>Not here</h1>"),
                "{path}: {}",
                html.text
            );
            let json = desk.get(&format!("{path}.json")).await.json();
            assert_eq!(json["ok"], false);
            assert_eq!(json["error"]["status"], 404);
            assert_eq!(json["error"]["kind"], "not_found");
            assert!(
                json["error"]["message"]
                    .as_str()
                    .is_some_and(|message| !message.is_empty())
            );
        }
    }
}

#[tokio::test]
async fn a_bad_filter_is_named() {
    let desk = Asked::open();
    for (query, field) in [
        ("/events?type=WAR", "type"),
        ("/events?status=sure", "status"),
        ("/events?since=soon", "since"),
        ("/events?until=2015-02-30", "until"),
        ("/events?actor=Nobody+Atall", "actor"),
        ("/events?recipient=QQQQ", "recipient"),
        ("/events?place=Atlantis", "place"),
        ("/events?according_to=Nobody+Atall", "according_to"),
        ("/events?text=%22", "text"),
        ("/events?limit=0", "limit"),
        ("/events?limit=100000", "limit"),
        ("/events?quad=9", "quad"),
        ("/events?after=yesterday", "after"),
        ("/events?tpye=AID", "tpye"),
        ("/events?since=2015&since=2016", "since"),
        ("/claims?stance=shout", "stance"),
        ("/actors?kind=ghost", "kind"),
        ("/dyads/USA-RUS?by=week", "by"),
        ("/search?q=%22", "q"),
        ("/stories?skip=-1", "skip"),
    ] {
        let html = desk.get(query).await;
        assert_eq!(
            html.status,
            StatusCode::BAD_REQUEST,
            "{query}: {}",
            html.text
        );
        assert!(
            html.text.contains(&format!("<code>{field}</code>")),
            "{query}: {}",
            html.text
        );
        let json = desk.get(&json_of(query)).await;
        assert_eq!(json.status, StatusCode::BAD_REQUEST);
        assert_eq!(json.json()["error"]["field"], field, "{query}");
    }
}

#[tokio::test]
async fn filters_narrow_and_facets_count() {
    let desk = Asked::open();
    let all = desk.page("/events.json").await.json();
    let facets = all["page"]["facets"].as_array().expect("facets");
    let types = facets
        .iter()
        .find(|facet| facet["name"] == "type")
        .expect("types");
    for choice in types["choices"].as_array().expect("choices") {
        let kind = choice["value"].as_str().expect("a type");
        let some = desk.page(&format!("/events.json?type={kind}")).await.json();
        assert_eq!(some["page"]["total"], choice["count"], "{kind}");
        let rows = some["page"]["events"].as_array().expect("rows");
        assert!(rows.iter().all(|row| row["type"] == kind));
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let desk = Asked::open();
    for order in ["latest", "earliest", "told", "conflict"] {
        let mut address = format!("/events.json?limit=37&order={order}");
        let mut seen: Vec<String> = Vec::new();
        loop {
            let page = desk.page(&address).await.json();
            let rows = page["page"]["events"].as_array().expect("rows");
            seen.extend(
                rows.iter()
                    .map(|row| row["id"].as_str().expect("an id").to_owned()),
            );
            match page["page"]["next"].as_str() {
                Some(next) => address = next.replacen("/events?", "/events.json?", 1),
                None => break,
            }
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), seen.len(), "{order}");
        let total = desk.page("/events.json").await.json()["page"]["total"].as_u64();
        assert_eq!(total, Some(seen.len() as u64), "{order}");
    }
}

#[tokio::test]
async fn exports_give_every_row() {
    let desk = Asked::with(400, |_| {});
    let total = desk.page("/events.json").await.json()["page"]["total"]
        .as_u64()
        .expect("a total");
    assert!(total > 500, "{total}: more than a chunk of the export");
    let csv = desk.page("/events.csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        csv.text
            .starts_with("id,day,first,last,type,mode,quad,status,actor,")
    );
    let lines = desk.page("/events.jsonl").await;
    let rows: Vec<Value> = lines
        .text
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object"))
        .collect();
    assert_eq!(rows.len() as u64, total);
    for row in &rows {
        let id = row["id"].as_str().expect("an id");
        assert!(csv.text.contains(&format!("\r\n{id},")), "{id} is in both");
    }
    let few = desk.page("/events.jsonl?limit=7").await;
    assert_eq!(few.text.lines().count(), 7);
    let reader = ledger::Reader::open(&desk.file).expect("the ledger");
    let totals = reader.totals().expect("its totals");
    for (list, total) in [
        ("stories", totals.stories),
        ("claims", totals.claims),
        ("actors", totals.actors),
    ] {
        let lines = desk.page(&format!("/{list}.jsonl")).await.text;
        let ids: BTreeSet<String> = lines
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("an object")["id"].to_string())
            .collect();
        assert_eq!(
            ids.len(),
            lines.lines().count(),
            "{list}: no row comes twice"
        );
        // Actors without any occurrence are in no list.
        assert!(ids.len() as u64 == total || list == "actors", "{list}");
        let csv = desk.page(&format!("/{list}.csv")).await.text;
        assert!(csv.starts_with("id,"), "{list}: {csv}");
        let headings = csv.lines().next().expect("a heading").split(',').count();
        let first: Value =
            serde_json::from_str(lines.lines().next().expect("a row")).expect("JSON");
        assert_eq!(
            first.as_object().map(|row| row.len()),
            Some(headings),
            "{list}"
        );
    }
    for (path, field) in [
        ("/events.csv?actor=Nobody+Atall", "actor"),
        ("/stories.csv?since=soon", "since"),
    ] {
        let wrong = desk.get(path).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(wrong.json()["error"]["field"], field, "{path}");
    }
    let none = desk.page("/stories.csv?since=2099").await.text;
    assert!(
        none.starts_with("id,hash,") && none.lines().count() == 1,
        "{none}"
    );
    let rest = desk.page("/claims.jsonl?limit=3&stance=deny").await.text;
    assert_eq!(rest.lines().count(), 3);
    for path in [
        "/stories.csv",
        "/claims.csv",
        "/actors.csv",
        "/search.csv?q=police",
        "/dyads/USA-RUS.csv",
        "/occurrences/O1.csv",
        "/index.csv",
        "/events/E1.csv",
        "/claims/C1.csv",
        "/stories/S1.csv",
        "/stories/S1/why/e1.csv",
        "/codebook.csv",
    ] {
        let csv = desk.page(path).await;
        assert!(csv.text.lines().count() > 1, "{path}");
    }
    assert_eq!(desk.get("/about/x.csv").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn two_countries_lead_to_their_page() {
    let desk = Asked::open();
    let page = desk.get("/dyads?one=usa&other=RUS").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), "/dyads/USA-RUS");
    let wrong = desk.get("/dyads?one=%0d%0ax&other=RUS").await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_story_shows_its_text_and_its_cards() {
    let desk = Asked::open();
    let json = desk.page("/stories/S1.json").await.json();
    let text = json["page"]["record"]["story"]["text"]
        .as_str()
        .expect("the text");
    let html = desk.page("/stories/S1").await.text;
    let article = html
        .split("<article")
        .nth(1)
        .and_then(|rest| rest.split("</article>").next())
        .expect("the article");
    let words = shown(&article[article.find('>').expect("a tag") + 1..]);
    assert_eq!(words, text.split_whitespace().collect::<Vec<_>>().join(" "));
    for event in json["page"]["record"]["events"].as_array().expect("events") {
        let id = event["id"].as_str().expect("an id");
        assert!(html.contains(&format!("id=\"{id}\"")), "{id} has a card");
        assert!(json["page"]["numbers"]["events"][id]["occurrence"].is_string());
    }
}

/// What a reader sees of HTML: tags taken out, references resolved, blanks made one.
fn shown(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    // Paragraphs part words, marks do not.
    for c in html.replace("</p>", " ").chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text
        .replace("&#38;", "&")
        .replace("&#34;", "\"")
        .replace("&#39;", "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_ledger_may_be_written_meanwhile() {
    let desk = Asked::open();
    let mut ledger = ledger::Ledger::open(&desk.file).expect("the writer");
    let before = desk.page("/events.json").await.json()["page"]["total"].clone();
    let mut world = ledger::sample::World::new(99, 3, 8);
    let mut batch = ledger.batch().expect("a batch");
    batch.add(&world.tell().record).expect("a record is added");
    assert_eq!(
        desk.page("/events.json").await.json()["page"]["total"],
        before
    );
    batch.commit().expect("the batch is written");
    assert_ne!(
        desk.page("/events.json").await.json()["page"]["total"],
        before
    );
}

#[tokio::test]
async fn static_files_are_kept_by_browsers() {
    let desk = Asked::open();
    let script = desk.page("/static/desk.js").await;
    assert!(script.header("cache-control").contains("immutable"));
    let request =
        axum::http::Request::get("/static/desk.js").header("if-none-match", script.header("etag"));
    let again = desk
        .send(request.body(axum::body::Body::empty()).expect("a request"))
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn the_theme_is_remembered_and_leads_nowhere_else() {
    let desk = Asked::open();
    let answer = desk.get("/theme?to=dark&back=/events?type=AID").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.header("set-cookie").starts_with("theme=dark;"));
    assert_eq!(
        desk.get("/theme?to=dark&back=//evil.example/")
            .await
            .header("location"),
        "/evil.example/"
    );
    assert_eq!(
        desk.get("/theme?to=pink").await.status,
        StatusCode::BAD_REQUEST
    );
    let request = axum::http::Request::get("/codebook").header("cookie", "a=b; theme=dark");
    let page = desk
        .send(request.body(axum::body::Body::empty()).expect("a request"))
        .await;
    assert!(page.text.contains("data-theme=\"dark\""));
}
