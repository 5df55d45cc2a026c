//! Pieces of large files hold each story once.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use rapporteur::source::{Options, Piece, Stories};

/// A record of a WARC file with a page of some length, in which a record's first words are quoted.
fn record(number: usize, length: usize) -> Vec<u8> {
    let sentence =
        "The envoys of both islands met at the harbour to talk about the fishing grounds. ";
    let html = format!(
        "<html><head><title>Report {number}</title></head><body><article><p>{}</p>\
         <p>The archive says:\nWARC/1.0\r\nand no more of number {number}.</p></article></body></html>",
        sentence.repeat(2 + length)
    );
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\nContent-Length: {}\r\n\r\n",
        http.len()
    );
    (head + &http + "\r\n\r\n").into_bytes()
}

fn packed(record: &[u8]) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    member.write_all(record).expect("memory takes all");
    member.finish().expect("memory takes all")
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).expect("the file is written");
    path
}

/// What becomes of each item: the story's name and hash, or that there is none.
fn items(stories: Stories) -> Vec<Result<(Option<String>, String), ()>> {
    stories
        .map(|story| {
            story
                .map(|story| (story.reference, story.id))
                .map_err(|_| ())
        })
        .collect()
}

/// The pieces cover the file without gaps, and have its stories in their order.
fn check(path: &Path, size: u64) {
    let pieces = Piece::cut(path, size).expect("the file is there");
    let mut end = 0;
    for piece in &pieces {
        assert_eq!(piece.offset, end);
        assert!(piece.length > 0);
        end += piece.length;
    }
    assert_eq!(end, fs::metadata(path).expect("the file is there").len());
    let found: Vec<_> = pieces
        .iter()
        .flat_map(|piece| items(Stories::of_piece(piece, Options::default())))
        .collect();
    assert_eq!(
        found,
        items(Stories::open([path], Options::default())),
        "pieces of {size}"
    );
}

fn records(lengths: &[usize]) -> Vec<Vec<u8>> {
    lengths
        .iter()
        .enumerate()
        .map(|(number, length)| record(number, *length))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn of_archives(lengths in prop::collection::vec(0usize..40, 1..12), size in 1u64..6_000) {
        let records = records(&lengths);
        check(&file("plain.warc", &records.concat()), size);
        let members: Vec<Vec<u8>> = records.iter().map(|record| packed(record)).collect();
        check(&file("packed.warc.gz", &members.concat()), size);
    }

    #[test]
    fn of_damaged_archives(
        lengths in prop::collection::vec(0usize..20, 2..8),
        size in 1u64..3_000,
        at in 0.0f64..1.0,
        damage in prop::collection::vec(any::<u8>(), 1..60),
    ) {
        let records = records(&lengths);
        let members: Vec<Vec<u8>> = records.iter().map(|record| packed(record)).collect();
        for (name, bytes) in [("damaged.warc", records.concat()), ("damaged.warc.gz", members.concat())] {
            // The first bytes tell whether the file is packed; they stay.
            let mut bytes = bytes;
            let at = 16 + (at * (bytes.len() - 16) as f64) as usize;
            for (byte, wrong) in bytes[at..].iter_mut().zip(&damage) {
                *byte = *wrong;
            }
            check(&file(name, &bytes), size);
        }
    }

    #[test]
    fn of_lines(lines in prop::collection::vec("[a-zé ]{0,40}", 0..30), end in any::<bool>(), size in 1u64..400) {
        let lines: Vec<String> = lines
            .iter()
            .map(|words| if words.len() % 7 == 3 { words.clone() } else { format!("{{\"text\": \"{words}\"}}") })
            .collect();
        let bytes = lines.join("\n") + if end { "\n" } else { "" };
        check(&file("lines.jsonl", bytes.as_bytes()), size);
    }
}

#[test]
fn other_files_are_one_piece() {
    let path = file("story.txt", b"The envoys met.");
    let pieces = Piece::cut(&path, 3).expect("the file is there");
    assert_eq!(pieces.len(), 1);
    check(&path, 3);
    assert!(Piece::cut(Path::new("no-such-file.warc"), 3).is_err());
}
