//! Pages, feeds and WARC files, whole and damaged.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use rapporteur::source::{Options, SourceError, Stories};
use rapporteur::types::Story;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder is made");
    folder
}

fn read(path: &Path) -> Vec<Result<Story, SourceError>> {
    Stories::open([path], Options::default()).collect()
}

fn page(number: usize) -> String {
    let sentence = format!(
        "Envoy {number} of the valley met the mayor of the coast at the old mill to settle the quarrel over the weir. "
    );
    format!(
        "<html><head><title>Quarrel {number}</title></head><body><article><h1>Quarrel {number}</h1><p>{}</p><p>{}</p></article></body></html>",
        sentence.repeat(3),
        sentence.replace("met", "wrote to").repeat(3)
    )
}

/// A record as a crawler writes it.
fn record(number: usize, body: &str) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://weir.example/{number}\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    )
    .into_bytes()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn urls(stories: &[Result<Story, SourceError>]) -> Vec<String> {
    let read = stories.iter().filter_map(|story| story.as_ref().ok());
    read.filter_map(|story| story.url.clone()).collect()
}

#[test]
fn a_damaged_record_costs_that_record() {
    let folder = folder("warc");
    let info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nnone\r\n\r\n".to_vec();
    for (name, pack) in [("whole.warc.gz", true), ("whole.warc", false)] {
        let records = [
            info.clone(),
            record(1, &page(1)),
            record(2, &page(2)),
            record(3, &page(3)),
        ];
        let records = records.map(|record| if pack { packed(&record) } else { record });
        let path = folder.join(name);
        fs::write(&path, records.concat()).expect("written");
        let found = read(&path);
        assert_eq!(
            urls(&found),
            [
                "https://weir.example/1",
                "https://weir.example/2",
                "https://weir.example/3"
            ]
        );
        assert_eq!(found.len(), 3);

        let mut damaged = records.clone();
        let middle = damaged[2].len() / 2;
        if pack {
            damaged[2][middle..middle + 8].fill(0xff);
        } else {
            // The length is a lie: the next record begins before the end of this one.
            let text = String::from_utf8_lossy(&damaged[2])
                .replace("Content-Length: ", "Content-Length: x");
            damaged[2] = text.into_bytes();
        }
        fs::write(&path, damaged.concat()).expect("written");
        let found = read(&path);
        assert_eq!(
            urls(&found),
            ["https://weir.example/1", "https://weir.example/3"],
            "{name}"
        );
        let errors: Vec<String> = found
            .iter()
            .filter_map(|s| s.as_ref().err())
            .map(ToString::to_string)
            .collect();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains(name), "{errors:?}");

        let cut = records.concat();
        fs::write(&path, &cut[..cut.len() - records[3].len() / 2]).expect("written");
        assert_eq!(urls(&read(&path)).len(), 2, "{name}");
    }
}

#[test]
fn a_record_made_to_fill_the_memory_is_left_out() {
    let folder = folder("bomb");
    let path = folder.join("bomb.warc.gz");
    let bomb = record(1, &" ".repeat(20 << 20));
    fs::write(
        &path,
        [packed(&bomb), packed(&record(2, &page(2)))].concat(),
    )
    .expect("written");
    let found = read(&path);
    assert_eq!(urls(&found), ["https://weir.example/2"]);
    let error = found[0].as_ref().expect_err("it is too large").to_string();
    assert!(error.contains("MiB"), "{error}");
}

#[test]
fn forms_are_told_by_their_endings() {
    let folder = folder("forms");
    fs::write(folder.join("a.html"), page(1)).expect("written");
    fs::write(folder.join("b.warc.gz"), packed(&record(2, &page(2)))).expect("written");
    // Each sentence with a word of its own: a page that repeats itself is no article.
    let things = [
        "mill", "weir", "bridge", "harbour", "forest", "quarry", "market", "tower", "orchard",
        "canal",
    ];
    let sentences = things.map(|thing| format!("The mayors signed the treaty about the {thing}."));
    let body = format!("&lt;p&gt;{}&lt;/p&gt;", sentences.join(" "));
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>Weirs & Mills</title><item><title>Treaty</title><guid>g1</guid><description>{body}</description></item></channel></rss>"
    );
    fs::write(folder.join("c.rss"), feed).expect("written");
    fs::write(
        folder.join("d.txt"),
        "A plain story about a mill. It is short.",
    )
    .expect("written");
    fs::write(folder.join("e.pdf"), "%PDF-1.4").expect("written");
    let found = read(&folder);
    let references: Vec<String> = found
        .iter()
        .map(|story| {
            story
                .as_ref()
                .expect("all are stories")
                .reference
                .clone()
                .unwrap_or_default()
        })
        .collect();
    assert_eq!(references.len(), 4);
    assert_eq!(references[0], "a.html");
    assert!(references[1].ends_with("b.warc.gz:0"));
    assert_eq!(references[2..], ["g1", "d.txt"]);
    let story = found[0].as_ref().expect("a story");
    assert_eq!(story.headline.as_deref(), Some("Quarrel 1"));
}

#[test]
fn what_is_no_page_is_named_and_left_out() {
    let folder = folder("nothing");
    for (name, bytes) in [
        ("empty.html", &b""[..]),
        ("binary.html", b"\x00\x01\x02\x03"),
        ("tags.html", b"<<<<>><p"),
        ("binary.warc.gz", b"\x1f\x8b\x08\x00\x00"),
        ("text.warc", b"This is no archive."),
        ("no.rss", b"not a feed at all"),
    ] {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("written");
        let found = read(&path);
        assert!(!found.is_empty(), "{name}");
        for story in found {
            let error = story.expect_err(name).to_string();
            assert!(error.contains(name), "{name}: {error}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), flips in prop::collection::vec((0usize..4_000, any::<u8>()), 0..12)) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("any");
        fs::create_dir_all(&folder).expect("the folder is made");
        for ending in ["html", "rss", "warc", "warc.gz"] {
            let path = folder.join(format!("any.{ending}"));
            fs::write(&path, &bytes).expect("written");
            let _ = read(&path);
            let mut archive = [packed(&record(1, &page(1))), record(2, &page(2)), packed(&record(3, &page(3)))].concat();
            for (at, byte) in &flips {
                let length = archive.len();
                archive[at % length] ^= byte;
            }
            fs::write(&path, &archive).expect("written");
            let _ = read(&path);
        }
    }
}
