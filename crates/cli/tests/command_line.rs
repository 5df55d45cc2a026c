//! Formats, help, and the ways in which output may end.

mod common;

use std::io::Read;
use std::process::Stdio;

use common::{examples, file, folder, program, rapporteur, records, root, text, with_input};

#[test]
fn the_same_bytes_for_any_number_of_jobs() {
    let once = rapporteur(&["read", "examples", "--jobs", "1"]);
    assert_eq!(once.code, Some(0), "{}", once.err);
    assert!(records(&once).len() >= 3);
    for jobs in ["1", "2", "5"] {
        let again = rapporteur(&["read", "examples", "--jobs", jobs]);
        assert_eq!(again.out, once.out, "{jobs} jobs");
    }
}

#[test]
fn stories_come_out_in_the_order_of_the_arguments() {
    let mut paths: Vec<String> = examples().iter().map(|path| text(path)).collect();
    paths.reverse();
    let mut arguments = vec!["read", "--jobs", "3"];
    arguments.extend(paths.iter().map(String::as_str));
    let headlines = |run: &common::Run| -> Vec<String> {
        records(run)
            .iter()
            .map(|r| r["story"]["headline"].to_string())
            .collect()
    };
    let together = headlines(&rapporteur(&arguments));
    let mut apart = Vec::new();
    for path in &paths {
        apart.extend(headlines(&rapporteur(&["read", path])));
    }
    assert_eq!(together.len(), paths.len());
    assert_eq!(together, apart);
}

#[test]
fn each_format() {
    let story = text(&examples()[0]);
    let brief = rapporteur(&["read", "--format", "brief", "--width", "60", &story]);
    assert_eq!(brief.code, Some(0), "{}", brief.err);
    assert!(brief.out.contains("What happened ──"), "{}", brief.out);
    assert!(!brief.out.contains('\u{1b}'), "no colour in a pipe");
    let painted = rapporteur(&["read", "--format", "brief", "--color", "always", &story]);
    assert!(
        painted.out.contains("\u{1b}[1m"),
        "colour where it is asked for"
    );
    let array = rapporteur(&["read", "--format", "json", &story, &story]);
    let array: serde_json::Value = serde_json::from_str(&array.out).expect("an array is JSON");
    assert_eq!(array.as_array().map(Vec::len), Some(2));
    let lines = rapporteur(&["read", &story]);
    assert_eq!(records(&lines)[0], array[0], "a pipe gets JSON Lines");
}

#[test]
fn the_brief_keeps_to_its_width() {
    let run = rapporteur(&[
        "read",
        "--format",
        "brief",
        "--width",
        "50",
        "--verbose",
        "examples",
    ]);
    for line in run.out.lines().filter(|line| !line.contains("sha256:")) {
        assert!(line.chars().count() <= 50, "{line}");
    }
}

#[test]
fn the_date_may_be_given() {
    let run = rapporteur(&["read", "--published", "2001-09-09", &text(&examples()[0])]);
    assert_eq!(records(&run)[0]["story"]["published"], "2001-09-09");
}

#[test]
fn a_file_instead_of_standard_output() {
    let path = text(&folder("output").join("records.jsonl"));
    let story = text(&examples()[0]);
    let run = rapporteur(&["read", "-o", &path, &story]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    let written = std::fs::read_to_string(&path).expect("the file was written");
    assert_eq!(written, rapporteur(&["read", &story]).out);
}

#[test]
fn conllu_is_read_back() {
    let run = rapporteur(&["parse", "--format", "conllu", &text(&examples()[0])]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let documents = rapporteur::types::conllu::read(&run.out).expect("it is CoNLL-U");
    let [document] = documents.as_slice() else {
        panic!("one story is one document, not {}", documents.len());
    };
    assert!(document.tokens.len() > 200, "{}", document.tokens.len());
    assert!(document.tokens.iter().all(|token| !token.deprel.is_empty()));
}

#[test]
fn a_broken_pipe_is_no_error() {
    let stories = vec!["examples"; 40];
    let mut arguments = vec!["read", "--jobs", "1"];
    arguments.extend(stories);
    let mut child = program(&arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = [0];
    let mut out = child.stdout.take().expect("standard output is piped");
    out.read_exact(&mut first).expect("a record comes");
    drop(out);
    let rest = child.wait_with_output().expect("the program ends");
    assert_eq!(rest.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&rest.stderr), "");
}

#[test]
fn help_shows_how() {
    for command in ["read", "parse", "relate", "explain"] {
        let run = rapporteur(&[command, "--help"]);
        assert_eq!(run.code, Some(0));
        assert!(
            run.out.contains("Examples:") && run.out.contains(&format!("rapporteur {command} ")),
            "{}",
            run.out
        );
    }
    let run = rapporteur(&["--help"]);
    assert!(run.out.contains("Exit codes:"), "{}", run.out);
    assert_eq!(rapporteur(&[]).code, Some(2));
    let wrong = rapporteur(&["reed"]);
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong.err.contains("'read'"),
        "a near miss is helped: {}",
        wrong.err
    );
}

#[test]
fn completions_and_manual() {
    for shell in ["bash", "zsh", "fish"] {
        let run = rapporteur(&["completions", shell]);
        assert_eq!(run.code, Some(0));
        assert!(run.out.contains("relate"), "{shell}");
    }
    let run = rapporteur(&["man"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains(".TH") && run.out.contains("published"));
    assert!(run.out.contains("rapporteur explain story.txt"));
}

const TABLE: &str = "\
id\tsentence\tsource\ttarget
1\tThe king thanked the queen.\tThe king\tthe queen
2\tThe king slept.\tThe king\tthe queen
3\t\"The \"\"old\"\" guild sued
the city.\"\tThe \"old\" guild\tthe city
";

#[test]
fn a_row_out_for_each_row_in() {
    let run = with_input(&["relate", "-"], TABLE.as_bytes());
    assert_eq!(run.code, Some(1), "one row is bad: {}", run.err);
    let mut table = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_reader(run.out.as_bytes());
    let header = table.headers().expect("there is a heading").clone();
    let names: Vec<&str> = header.iter().collect();
    assert_eq!(
        names,
        [
            "id", "sentence", "source", "target", "type", "score", "error"
        ]
    );
    let rows: Vec<csv::StringRecord> = table
        .records()
        .map(|row| row.expect("rows are even"))
        .collect();
    assert_eq!(rows.len(), 3);
    for good in [&rows[0], &rows[2]] {
        assert!(
            rapporteur::types::EventType::parse(&good[4]).is_some(),
            "{good:?}"
        );
        let score: f64 = good[5].parse().expect("the score is a number");
        assert!((0.0..=1.0).contains(&score));
        assert_eq!(&good[6], "");
    }
    assert_eq!((&rows[1][4], &rows[1][5]), ("-", ""));
    assert!(rows[1][6].contains("the queen"), "{:?}", rows[1]);
    assert_eq!(&rows[2][1], "The \"old\" guild sued\nthe city.");
}

#[test]
fn only_types() {
    let run = with_input(&["relate", "-", "--only-type"], TABLE.as_bytes());
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1], "-");
    let json = with_input(&["relate", "-", "--format", "jsonl"], TABLE.as_bytes());
    let rows = records(&json);
    assert_eq!(rows[0]["type"], lines[0]);
    let sum: f64 = rows[0]["scores"]
        .as_object()
        .map(|s| s.values().filter_map(|v| v.as_f64()).sum())
        .unwrap_or(0.0);
    assert!((sum - 1.0).abs() < 0.01, "{sum}");
    assert!(rows[1]["type"].is_null());
}

#[test]
fn a_table_without_its_columns() {
    let path = file(&folder("columns"), "pairs.tsv", "a\tb\n1\t2\n");
    let run = rapporteur(&["relate", &path]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("`marked_sentence`") && run.err.contains("`a`, `b`"),
        "{}",
        run.err
    );
}

#[test]
fn the_schema_is_where_the_help_says() {
    assert!(root().join("docs/record.schema.json").exists());
}
