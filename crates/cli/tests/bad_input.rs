//! What cannot be read is told clearly, and the others are read on.

mod common;

use common::{examples, file, folder, problems, rapporteur, records, text, with_input};

const GOOD: &str = "Two ministers met\n\nThe two ministers met in Geneva on Tuesday.\n";

#[test]
fn a_missing_file() {
    let run = rapporteur(&["read", "no/such/story.txt"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("no/such/story.txt"), "{}", run.err);
    assert_eq!(run.out, "");
}

#[test]
fn a_missing_file_among_others() {
    let good = text(&examples()[0]);
    let run = rapporteur(&["read", &good, "no/such/story.txt", &good]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("no/such/story.txt"), "{}", run.err);
    assert_eq!(records(&run).len(), 2);
}

#[test]
fn a_folder_without_stories() {
    let empty = text(&folder("without_stories"));
    let run = rapporteur(&["read", &empty]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("without_stories"), "{}", run.err);
}

#[test]
fn a_binary_file() {
    let here = folder("binary");
    let bytes: Vec<u8> = (0..4096_u32).map(|n| (n * 7919 % 251) as u8).collect();
    let binary = file(
        &here,
        "image.txt",
        [&b"\x89PNG\r\n\x1a\n\0\0\0"[..], &bytes].concat(),
    );
    let good = file(&here, "story.txt", GOOD);
    let run = rapporteur(&["read", &binary, &good]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("image.txt"), "{}", run.err);
    assert_eq!(records(&run).len(), 1);
}

#[test]
fn empty_and_blank_texts() {
    let here = folder("blank");
    let empty = file(&here, "empty.txt", "");
    let blank = file(&here, "blank.txt", " \n\t\r\n\u{a0}\n");
    for story in [empty, blank] {
        let run = rapporteur(&["read", &story]);
        assert!(
            run.code.is_some_and(|code| code <= 2),
            "{story}: {:?}",
            run.code
        );
        let told =
            run.err.contains(&story) || records(&run).iter().any(|r| !problems(r).is_empty());
        assert!(told, "{story}: {} {}", run.out, run.err);
    }
}

#[test]
fn a_story_in_another_language() {
    let german = "Die Minister haben sich am Dienstag in Genf getroffen und über die Brücken gesprochen. \
        Sie wollen im Herbst wieder zusammenkommen, wie ein Sprecher der Regierung sagte. \
        Über die Raketen wurde nicht gesprochen, weil beide Seiten darüber noch streiten.";
    let run = with_input(&["read", "-"], german.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.err);
    let records = records(&run);
    assert!(
        problems(&records[0]).contains(&"not_english"),
        "{:?}",
        problems(&records[0])
    );
}

#[test]
fn a_bad_date() {
    for date in ["yesterday", "2015-02-30", "2015-05"] {
        let run = rapporteur(&["read", "--published", date, &text(&examples()[0])]);
        assert_eq!(run.code, Some(2), "{date}");
        assert!(run.err.contains(date), "{}", run.err);
    }
}

#[test]
fn a_bad_line_among_stories() {
    let lines = format!(
        "{}\n{{\"id\": 7}}\nno JSON\n\n{}\n",
        serde_json::json!({"id": "one", "text": GOOD, "published": "2019-06-04"}),
        serde_json::json!({"id": "two", "text": GOOD, "publisher": "The Courier"}),
    );
    let path = file(&folder("lines"), "stories.jsonl", lines);
    let run = rapporteur(&["read", &path]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert_eq!(run.err.lines().count(), 2, "{}", run.err);
    let records = records(&run);
    assert_eq!(records.len(), 2);
    assert_eq!(records[0]["story"]["ref"], "one");
    assert_eq!(records[0]["story"]["published"], "2019-06-04");
    assert_eq!(records[1]["story"]["publisher"], "The Courier");
}

#[test]
fn a_damaged_model() {
    let here = folder("damaged_model");
    let story = file(&here, "story.txt", GOOD);
    let none = rapporteur(&["read", "--model", "no/such.safetensors", &story]);
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("no/such.safetensors"), "{}", none.err);
    let junk = file(&here, "junk.safetensors", "this is no model");
    let run = rapporteur(&["read", "--model", &junk, &story]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("junk.safetensors") && run.err.contains("safetensors file"),
        "{}",
        run.err
    );
    assert_eq!(run.out, "");
}

#[test]
fn a_model_with_one_wrong_byte() {
    let shipped = common::root().join("models/rapporteur.safetensors");
    let mut bytes = std::fs::read(shipped).expect("the model is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let here = folder("wrong_byte");
    let model = file(&here, "model.safetensors", &bytes);
    let run = rapporteur(&["read", "--model", &model, &text(&examples()[0])]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("damaged"), "{}", run.err);
    let half = file(&here, "half.safetensors", &bytes[..middle]);
    let run = rapporteur(&["read", "--model", &half, &text(&examples()[0])]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("safetensors file"), "{}", run.err);
}

#[test]
fn an_output_that_cannot_be_written() {
    let story = text(&examples()[0]);
    let run = rapporteur(&["read", "-o", "no/such/folder/records.jsonl", &story]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("no/such/folder"), "{}", run.err);
}

#[test]
fn ten_megabytes_in_one_line() {
    let line = "The two ministers met in Geneva again and ".repeat(10 << 20 >> 5);
    let run = with_input(&["read", "-"], &line.as_bytes()[..10 << 20]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let records = records(&run);
    let problems = problems(&records[0]);
    assert!(
        problems.contains(&"story_cut") || problems.contains(&"sentence_cut"),
        "{problems:?}"
    );
}

#[test]
fn a_hundred_thousand_nested_quotes() {
    let nested = [
        "“ ‘ ".repeat(50_000),
        "He said so. ".to_owned(),
        "’ ” ".repeat(50_000),
    ]
    .concat();
    let run = with_input(&["read", "-"], nested.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(records(&run).len(), 1);
}
