//! Bytes, streams and folders.

use std::io::Cursor;

use types::Story;

use crate::source::{NotText, Options, SourceError, Stories, decode};

#[test]
fn bytes_are_decoded_by_mark_or_by_look() {
    let text = "“Café” – naïve";
    let utf16 = |big: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units
            .flat_map(|u| {
                if big {
                    u.to_be_bytes()
                } else {
                    u.to_le_bytes()
                }
            })
            .collect()
    };
    let marked = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
    let windows = b"\x93Caf\xE9\x94 \x96 na\xEFve".to_vec();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        (marked, "UTF-8"),
        (utf16(false), "UTF-16LE"),
        (utf16(true), "UTF-16BE"),
        (windows, "windows-1252"),
    ] {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        assert!(!decoded.damaged);
    }
    let damaged = decode([text.as_bytes(), b"\xFF"].concat()).unwrap();
    assert!(damaged.damaged && damaged.text.starts_with(text));
}

#[test]
fn what_is_no_text_is_refused() {
    assert_eq!(decode(b"GIF89a\0\0".to_vec()), Err(NotText::Zeros));
    assert_eq!(
        decode(b"\x01\x02\x03\x04abc".to_vec()),
        Err(NotText::Controls)
    );
    assert_eq!(decode(b"%PDF-1.4 x".to_vec()), Err(NotText::Pdf));
}

pub(super) fn stream(bytes: &[u8]) -> Vec<Result<Story, SourceError>> {
    let reader = Box::new(Cursor::new(bytes.to_vec()));
    Stories::of_reader("-", reader, Options::default()).collect()
}

#[test]
fn bad_lines_are_told_and_the_others_read() {
    let lines = "\u{feff}{\"id\": \"a\", \"text\": \"Ships sail.\", \"published\": \"2014-05-03\", \"other\": [1]}\n\n{\"id\": 7}\nno json\n\
        {\"id\": 8, \"text\": \" \"}\n{\"id\": 9, \"text\": \"Ships sail again.\", \"url\": \"\"}";
    let found: Vec<String> = stream(lines.as_bytes())
        .into_iter()
        .map(|item| match item {
            Ok(story) => format!("{} {:?}", story.reference.unwrap_or_default(), story.url),
            Err(error) => error.to_string(),
        })
        .collect();
    assert_eq!(found[0], "a None");
    assert_eq!(found[1], "-:3: there is no `text`");
    assert!(found[2].starts_with("-:4: "), "{}", found[2]);
    assert_eq!(found[3], "-:5: there is no text");
    assert_eq!(found[4], "9 None");
    assert_eq!(found.len(), 5);
}

#[test]
fn a_stream_of_text_is_one_story() {
    let found = stream(b"Ships sail.\n\nThey sail again.");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].as_ref().unwrap().parts.len(), 2);
    assert!(matches!(stream(b" \n ")[0], Err(SourceError::Blank { .. })));
    assert!(matches!(stream(b"")[0], Err(SourceError::Blank { .. })));
    assert!(matches!(
        stream(b"\x7FELF\0")[0],
        Err(SourceError::NotText { .. })
    ));
}

#[test]
fn folders_are_read_in_order_and_what_is_missing_is_told() {
    let folder = std::env::temp_dir().join(format!("rapporteur-source-{}", std::process::id()));
    let empty = folder.join("empty");
    std::fs::create_dir_all(&empty).unwrap();
    std::fs::write(folder.join("b.txt"), "Ships sail.").unwrap();
    std::fs::write(
        folder.join("a.jsonl"),
        "{\"id\": \"x\", \"text\": \"Ships wait.\"}\n",
    )
    .unwrap();
    std::fs::write(folder.join("c.md"), "no story").unwrap();
    let names = |path: &std::path::Path| -> Vec<String> {
        Stories::open([path], Options::default())
            .map(|item| item.map_or_else(|e| e.to_string(), |s| s.reference.unwrap_or_default()))
            .collect()
    };
    assert_eq!(names(&folder), ["x", "b.txt"]);
    assert!(names(&empty)[0].contains("no .txt, .jsonl"));
    assert!(names(&folder.join("gone.txt"))[0].contains("gone.txt"));
    let options = Options::default().published("May 3, 2014").unwrap();
    let stories = Stories::open([folder.join("b.txt")], options);
    assert_eq!(stories.total(), Some(1));
    let dates: Vec<_> = stories.map(|s| s.unwrap().published).collect();
    assert_eq!(dates, [Some("2014-05-03".to_string())]);
    assert!(Options::default().published("soon").is_err());
    std::fs::remove_dir_all(&folder).unwrap();
}
