//! Lexicons of a user's own: checked, layered, grown.

mod common;

use common::{file, folder, rapporteur, with_input};

const GOOD: &str = "actor\tFree Harbour Front\tUKRREB\torganisation\nalias\tFHF\tFree Harbour Front\nagent\tvigilante\tUAF\n";

#[test]
fn a_good_lexicon_passes() {
    let path = file(&folder("good-lexicon"), "good-lexicon.tsv", GOOD.as_bytes());
    let run = rapporteur(&["lexicon", "check", &path]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    assert!(
        run.err.contains("3 names and nouns, 0 errors"),
        "{}",
        run.err
    );
}

#[test]
fn errors_are_named_with_file_and_line() {
    let bad = format!("{GOOD}actor\tBlue Front\tUKRQQQ\n\nboss\tx\n");
    let path = file(&folder("bad-lexicon"), "bad-lexicon.tsv", bad.as_bytes());
    let run = rapporteur(&["lexicon", "check", &path]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let expected = format!(
        "{path}:4: UKRQQQ: QQQ is no country and no role of CAMEO\n{path}:6: a line begins with actor, alias or agent and a tab\n"
    );
    assert_eq!(run.out, expected);
}

#[test]
fn dictionaries_in_windows_1252_are_checked() {
    let path = file(
        &folder("lexicon"),
        "dictionary.txt",
        b"JOS\xc9_ROE_ [ESPGOV]\nBAD_ [espgov]\n",
    );
    let run = rapporteur(&["lexicon", "check", &path]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.out
            .contains(":2: [espgov]: a code is groups of three capitals"),
        "{}",
        run.out
    );
}

#[test]
fn a_lexicon_that_is_missing_or_binary_stops_the_run() {
    let binary = file(&folder("binary-lexicon"), "binary-lexicon", b"\0\0\0");
    for path in ["no/such/lexicon.tsv", &binary] {
        let run = rapporteur(&["lexicon", "check", path]);
        assert_eq!(run.code, Some(2), "{}", run.err);
        assert!(run.err.contains(path), "{}", run.err);
    }
}

#[test]
fn unknown_names_of_records_are_counted() {
    let story = "Two met\n\nEva Lund met Omar Bello in Geneva. Eva Lund praised the talks.\n";
    let records = with_input(&["read", "-", "--format", "jsonl"], story.as_bytes());
    let path = file(
        &folder("lexicon"),
        "unknown-records.jsonl",
        records.out.as_bytes(),
    );
    let run = rapporteur(&["lexicon", "unknown", &path]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out.starts_with("mentions\tstories\tkind\tname\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("Eva Lund"), "{}", run.out);
}

#[test]
fn a_users_code_goes_before_ours() {
    let own = file(
        &folder("lexicon-before-ours"),
        "own.tsv",
        b"actor\tVladimir Putin\tRUSELI\tperson\nnonsense\n",
    );
    let story = b"Putin meets Lund\n\nMOSCOW - Russian President Vladimir Putin met Danish minister Eva Lund on Tuesday.\n";
    let read = |more: &[&str]| {
        let arguments = [
            "read",
            "-",
            "--format",
            "jsonl",
            "--published",
            "2015-05-12",
        ];
        with_input(&[&arguments[..], more].concat(), story)
    };
    let (ours, theirs) = (read(&[]), read(&["--lexicon", &own]));
    assert!(ours.out.contains("\"RUSGOV\""), "{}", ours.out);
    assert!(theirs.out.contains("\"RUSELI\""), "{}", theirs.out);
    assert!(theirs.err.contains("own.tsv:2: "), "{}", theirs.err);
    assert_ne!(
        lexicon(&ours.out),
        lexicon(&theirs.out),
        "the record tells which lexicon it was made with"
    );
}

fn lexicon(record: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(record).expect("a record is JSON");
    record["provenance"]["lexicon"].to_string()
}
