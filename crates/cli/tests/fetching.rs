//! Feeds and pages from a server of the tests' own.

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::server::{Answer, Server, page, tagged};
use common::{Run, file, folder, program, text};
use ledger::query::Reader;
use ledger::{Filter, Outcome};

/// Runs the program without the proxies of whoever runs the tests.
fn rapporteur(arguments: &[&str]) -> Run {
    let output = without_proxies(program(arguments))
        .output()
        .expect("the program starts");
    Run {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn without_proxies(mut command: Command) -> Command {
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command
}

/// A story of one's own, told of envoys of two towns.
fn body(who: &str) -> String {
    format!(
        "<p>The foreign minister of Norway met the envoy of {who} in Geneva on Tuesday to talk about the damaged bridges \
         over the river, and about the boats that have carried the mail since the flood of last winter.</p><p>Norway \
         promised to pay for two of the bridges, a spokesman for the Norwegian government said. {who} rejected a demand \
         to close its mill during the work, and accused Norway of delaying the talks in order to win time.</p>"
    )
}

fn html(title: &str, who: &str) -> Answer {
    let body = body(who);
    page(
        "text/html; charset=utf-8",
        format!(
            "<!DOCTYPE html><html><head><title>{title}</title><meta property=\"og:site_name\" content=\"The Daily \
             Quay\"></head><body><article><h1>{title}</h1>{body}</article></body></html>"
        ),
    )
}

/// An entry with its whole text, or only with a lead.
fn entry(server: &Server, path: &str, title: &str, text: Option<&str>) -> String {
    let text = text.unwrap_or("More inside.").replace('<', "&lt;");
    format!(
        "<item><title>{title}</title><link>{}</link><guid>{path}</guid><pubDate>Tue, 04 Jun 2019 08:00:00 GMT</pubDate>\
         <description>{text}</description></item>",
        server.url(path)
    )
}

fn rss(entries: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Weirs & Mills</title><link>https://weir.example/\
         </link><description>News</description>{}</channel></rss>",
        entries.concat()
    )
}

/// Headlines and publishers of the stories of a ledger, in the order in which they came.
fn stories(ledger: &str) -> Vec<(String, String)> {
    let reader = Reader::open(ledger).expect("it opens");
    let mut found = Vec::new();
    reader
        .stories(&Filter::default(), |row| {
            let number: u64 = row.id[1..].parse().expect("a number");
            assert_eq!(row.published.as_deref(), Some("2019-06-04"));
            found.push((
                number,
                row.headline.unwrap_or_default(),
                row.publisher.unwrap_or_default(),
            ));
            Ok(())
        })
        .expect("answers");
    found.sort();
    found
        .into_iter()
        .map(|(_, headline, publisher)| (headline, publisher))
        .collect()
}

#[test]
fn a_feed_and_the_stories_of_which_it_has_only_the_leads() {
    let server = Server::start();
    let full = body("Serbia");
    let entries = [
        entry(&server, "/full", "Bridge Talks", Some(&full)),
        entry(&server, "/lead", "Mill Talks", None),
        entry(&server, "/private/diary", "Diary", None),
        entry(&server, "/gone", "Gone", None),
    ];
    server.set(
        "/rss",
        tagged("application/rss+xml", rss(&entries), "\"one\""),
    );
    server.set(
        "/robots.txt",
        page("text/plain", "User-agent: *\nDisallow: /private/\n"),
    );
    server.set("/lead", html("Mill Talks Resume", "Croatia"));
    server.set("/private/diary", html("Diary", "Malta"));
    let ledger = text(&folder("fetch-feed").join("world.db"));
    let feed = server.url("/rss");
    let run = rapporteur(&["add", &ledger, &feed, "--delay", "0s"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.err.contains("/private/diary: robots.txt"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("/gone: the host answers with status 404"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("added 2 stories") && run.err.contains("2 failed"),
        "{}",
        run.err
    );
    let publisher = "Weirs & Mills".to_owned();
    assert_eq!(
        stories(&ledger),
        [
            ("Bridge Talks".to_owned(), publisher.clone()),
            ("Mill Talks".to_owned(), publisher)
        ]
    );
    assert_eq!(server.paths(), ["/robots.txt", "/rss", "/lead", "/gone"]);
    assert!(
        server
            .asked()
            .iter()
            .all(|asked| asked.agent.starts_with("rapporteur/"))
    );

    // Nothing has changed: the host says so in one line.
    server.forget();
    let run = rapporteur(&["add", &ledger, &feed, "--delay", "0s"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.err.contains("added 0 stories with 0 events; 1 known"),
        "{}",
        run.err
    );
    assert_eq!(server.paths(), ["/robots.txt", "/rss"]);
    assert_eq!(server.asked()[1].etag.as_deref(), Some("\"one\""));

    // One more entry: what was fetched before, or will never be had, is not fetched again.
    server.forget();
    let mut more = entries.to_vec();
    more.push(entry(&server, "/new", "New", None));
    server.set("/new", html("New Talks", "Greece"));
    server.set("/rss", tagged("application/rss+xml", rss(&more), "\"two\""));
    let run = rapporteur(&["add", &ledger, &feed, "--delay", "0s"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("added 1 story"), "{}", run.err);
    assert_eq!(server.paths(), ["/robots.txt", "/rss", "/new"]);
}

#[test]
fn what_fails_for_the_moment_is_tried_again() {
    let server = Server::start();
    let entries = [
        entry(&server, "/slow", "Slow", None),
        entry(&server, "/busy", "Busy", None),
    ];
    server.set("/rss", tagged("text/html", rss(&entries), "\"one\""));
    server.set("/slow", Answer::Silence(Duration::from_secs(5)));
    server.set(
        "/busy",
        Answer::Page {
            status: 503,
            media: "text/html",
            body: Vec::new(),
            etag: None,
        },
    );
    let ledger = text(&folder("fetch-again").join("world.db"));
    let feed = server.url("/rss");
    let started = Instant::now();
    let run = rapporteur(&["add", &ledger, &feed, "--delay", "0s", "--timeout", "1s"]);
    assert!(started.elapsed() < Duration::from_secs(60));
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(
        run.err.contains("/slow") && run.err.contains("/busy"),
        "{}",
        run.err
    );
    server.set("/slow", html("Slow Talks", "Serbia"));
    server.set("/busy", html("Busy Talks", "Croatia"));
    let run = rapporteur(&["add", &ledger, &feed, "--delay", "0s"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("added 2 stories"), "{}", run.err);
}

#[test]
fn pages_redirections_and_limits() {
    let server = Server::start();
    server.set(
        "/robots.txt",
        page("text/plain", "User-agent: *\nCrawl-delay: 0.4\n"),
    );
    server.set("/old", Answer::To("/new".into()));
    server.set("/new", html("Bridge Talks, 4 June 2019", "Serbia"));
    server.set("/round", Answer::To(server.url("/round")));
    server.set("/huge", page("text/html", vec![b' '; 17 << 20]));
    server.set("/picture", page("image/png", b"\x89PNG".to_vec()));
    server.set("/binary", page("text/html", vec![0; 1_000]));
    let ledger = text(&folder("fetch-pages").join("world.db"));
    let urls: Vec<String> = ["/old", "/round", "/huge", "/picture", "/binary"]
        .map(|path| server.url(path))
        .to_vec();
    let mut arguments = vec!["add", &ledger, "--published", "2019-06-04", "--delay", "0s"];
    arguments.extend(urls.iter().map(String::as_str));
    let run = rapporteur(&arguments);
    assert_eq!(run.code, Some(1), "{}", run.err);
    for part in [
        "/round: more than 5 redirections",
        "/huge: larger than 16 MiB",
        "/picture: image/png",
        "/binary: a binary file",
        "added 1 story",
        "4 failed",
    ] {
        assert!(run.err.contains(part), "{part} in {}", run.err);
    }
    // The host is left alone as long as it asks for.
    let asked = server.asked();
    for pair in asked[1..].windows(2) {
        let apart = pair[1].at - pair[0].at;
        assert!(
            apart >= Duration::from_millis(390),
            "{apart:?} before {}",
            pair[1].path
        );
    }
    let reader = Reader::open(&ledger).expect("it opens");
    let visit = reader
        .visit(&urls[0])
        .expect("answers")
        .expect("it was fetched");
    assert_eq!(visit.outcome, Outcome::Story);
    assert_eq!(reader.visit(&urls[3]).expect("answers"), None);
    let nowhere = rapporteur(&["add", &ledger, "http://127.0.0.1:9/rss", "http://"]);
    assert_eq!(nowhere.code, Some(2), "{}", nowhere.err);
    assert!(nowhere.err.contains("no address"), "{}", nowhere.err);
}

#[test]
fn a_feed_in_a_file_leads_to_the_web_unless_told_otherwise() {
    let server = Server::start();
    server.set("/lead", html("Mill Talks", "Croatia"));
    let folder = folder("fetch-file");
    let feed = file(
        &folder,
        "feed.rss",
        rss(&[entry(&server, "/lead", "Mill Talks", None)]),
    );
    let ledger = text(&folder.join("world.db"));
    let run = rapporteur(&["add", &ledger, &feed, "--offline"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("only the lead"), "{}", run.err);
    assert!(server.paths().is_empty());
    let run = rapporteur(&["add", &ledger, &feed, "--delay", "0s"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("added 1 story"), "{}", run.err);
    let read = rapporteur(&["read", &server.url("/lead")]);
    assert_eq!(read.code, Some(2));
    assert!(
        read.err.contains("`rapporteur add` fetches it"),
        "{}",
        read.err
    );
}

#[test]
fn watching_goes_on_and_stops_when_told() {
    let server = Server::start();
    let full = body("Serbia");
    let first = entry(&server, "/full", "Bridge Talks", Some(&full));
    server.set(
        "/rss",
        tagged(
            "application/rss+xml",
            rss(std::slice::from_ref(&first)),
            "\"one\"",
        ),
    );
    let ledger = text(&folder("fetch-watch").join("world.db"));
    let feed = server.url("/rss");
    let mut child = without_proxies(program(&[
        "watch",
        &ledger,
        &feed,
        "--every",
        "1s",
        "--delay",
        "0s",
        "--verbose",
    ]))
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .expect("the program starts");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut added = || loop {
        let line = out.next().expect("it goes on").expect("text");
        if line.starts_with("added\t") {
            return;
        }
    };
    added();
    let second = body("Croatia");
    let more = [first, entry(&server, "/more", "Mill Talks", Some(&second))];
    server.set("/rss", tagged("application/rss+xml", rss(&more), "\"two\""));
    added();
    let pid = child.id().to_string();
    let stopped = Command::new("kill")
        .args(["-INT", &pid])
        .status()
        .expect("there is kill");
    assert!(stopped.success());
    let output = child.wait_with_output().expect("it ends");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(err.contains("stopped; run it again"), "{err}");
    assert!(err.contains(&format!("{feed}: added 1 story")), "{err}");
    assert_eq!(stories(&ledger).len(), 2);

    // Started again, it asks with what it had.
    server.forget();
    let run = rapporteur(&[
        "watch", &ledger, &feed, "--every", "1s", "--delay", "0s", "--rounds", "2",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let asked: Vec<Option<String>> = server
        .asked()
        .into_iter()
        .filter(|asked| asked.path == "/rss")
        .map(|asked| asked.etag)
        .collect();
    assert_eq!(
        asked,
        [Some("\"two\"".to_owned()), Some("\"two\"".to_owned())]
    );
    assert!(run.err.is_empty(), "{}", run.err);
    let wrong = rapporteur(&["watch", &ledger, "feed.rss"]);
    assert_eq!(wrong.code, Some(2), "{}", wrong.err);
}

#[test]
fn a_feed_that_fails_does_not_stop_the_others() {
    let server = Server::start();
    let full = body("Serbia");
    let entries = [entry(&server, "/full", "Bridge Talks", Some(&full))];
    server.set("/rss", page("application/rss+xml", rss(&entries)));
    server.set("/broken", page("application/rss+xml", "<rss><channel>"));
    let ledger = text(&folder("fetch-broken").join("world.db"));
    let (broken, sound) = (server.url("/broken"), server.url("/rss"));
    let run = rapporteur(&[
        "watch", &ledger, &broken, &sound, "--rounds", "1", "--delay", "0s",
    ]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("/broken: "), "{}", run.err);
    assert_eq!(stories(&ledger).len(), 1);
}
