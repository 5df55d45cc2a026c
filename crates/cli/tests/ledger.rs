//! A ledger from the command line: records in, answers out. No model is needed: the records are of a made-up world.

mod common;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

use common::{Run, file, folder, program, rapporteur, text, with_input};
use ledger::query::Reader;
use ledger::sample::{Told, World};
use serde_json::Value;

fn told(seed: u64, stories: usize) -> Vec<Told> {
    let mut world = World::new(seed, 10, 6);
    (0..stories).map(|_| world.tell()).collect()
}

fn lines(told: &[Told]) -> String {
    let line = |told: &Told| serde_json::to_string(&told.record).expect("a record is JSON") + "\n";
    told.iter().map(line).collect()
}

/// A ledger of some stories.
fn filled(folder_name: &str, seed: u64, stories: usize) -> String {
    let folder = folder(folder_name);
    let records = file(&folder, "records.jsonl", lines(&told(seed, stories)));
    let ledger = text(&folder.join("world.db"));
    let run = rapporteur(&["add", &ledger, &records, "--records"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.err.contains(&format!("added {stories} stories")),
        "{}",
        run.err
    );
    ledger
}

fn rows(run: &Run) -> Vec<Value> {
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn what_is_in_is_skipped_and_bad_lines_are_named() {
    let folder = folder("ledger-again");
    let stories = lines(&told(1, 5));
    let records = file(
        &folder,
        "records.jsonl",
        format!("{stories}no record\n{{\"schema\": 1}}\n"),
    );
    let ledger = text(&folder.join("world.db"));
    let run = rapporteur(&["add", &ledger, &records, "--records"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.err.contains("records.jsonl:6") && run.err.contains("records.jsonl:7"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("added 5 stories") && run.err.contains("2 failed"),
        "{}",
        run.err
    );
    let run = with_input(
        &["add", &ledger, "-", "--records", "--verbose"],
        stories.as_bytes(),
    );
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(
        run.out
            .lines()
            .filter(|line| line.starts_with("known\t"))
            .count(),
        5
    );
    let run = rapporteur(&["add", &ledger, "missing.jsonl", "--records"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
}

#[test]
fn a_record_that_contradicts_itself_is_left_out_alone() {
    let folder = folder("ledger-contradiction");
    let mut stories = told(2, 3);
    stories[1].record.events[0].sentence = 9_999;
    let records = file(&folder, "records.jsonl", lines(&stories));
    let ledger = text(&folder.join("world.db"));
    let run = rapporteur(&["add", &ledger, &records, "--records"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.err.contains("sentence 9999") && run.err.contains("added 2 stories"),
        "{}",
        run.err
    );
}

#[test]
fn every_question_answers_in_every_form() {
    let ledger = filled("ledger-forms", 3, 30);
    for command in ["events", "claims", "stories", "actors", "disputed"] {
        let table = rapporteur(&[command, &ledger]);
        assert_eq!(table.code, Some(0), "{command}: {}", table.err);
        assert!(
            table.out.lines().all(|line| line == line.trim_end()),
            "{command}"
        );
        let jsonl = rows(&rapporteur(&[command, &ledger, "--format", "jsonl"]));
        let json = rapporteur(&[command, &ledger, "--format", "json"]);
        let json: Vec<Value> = serde_json::from_str(&json.out).expect("one array");
        assert_eq!(json, jsonl, "{command}");
        let csv = rapporteur(&[command, &ledger, "--format", "csv"]);
        let read = csv::Reader::from_reader(csv.out.as_bytes())
            .into_records()
            .count();
        assert_eq!(read, jsonl.len(), "{command}");
        assert!(!jsonl.is_empty(), "{command}");
        assert!(table.out.lines().count() == jsonl.len() + 1, "{command}");
    }
    let hits = rows(&rapporteur(&[
        "search", &ledger, "spoke", "of", "--format", "jsonl", "--limit", "5",
    ]));
    assert_eq!(hits.len(), 5);
    let none = rapporteur(&["events", &ledger, "--text", "xylophone"]);
    assert_eq!((none.code, none.out.as_str()), (Some(0), "nothing\n"));
    assert_eq!(
        rapporteur(&["positions", &ledger, "--issue", "Syria"]).code,
        Some(0)
    );
}

#[test]
fn reports_are_those_of_the_occurrences() {
    let ledger = filled("ledger-reports", 4, 20);
    let occurrences = rows(&rapporteur(&[
        "events", &ledger, "--format", "jsonl", "--limit", "0",
    ]));
    let reports = rows(&rapporteur(&[
        "events",
        &ledger,
        "--reports",
        "--format",
        "jsonl",
        "--limit",
        "0",
    ]));
    let told: i64 = occurrences
        .iter()
        .filter_map(|row| row["reports"].as_i64())
        .sum();
    assert_eq!(told, reports.len() as i64);
    let ids: BTreeSet<&str> = occurrences
        .iter()
        .filter_map(|row| row["id"].as_str())
        .collect();
    assert!(
        reports
            .iter()
            .all(|row| ids.contains(row["occurrence"].as_str().expect("a number")))
    );
}

/// The two countries that have most to do with each other.
fn busiest(ledger: &str) -> (String, String) {
    let rows = rows(&rapporteur(&[
        "events", ledger, "--format", "jsonl", "--status", "actual", "--limit", "0",
    ]));
    let states = |row: &Value, side: &str| {
        let name = row[side][0].as_str()?;
        name.ends_with("land").then(|| name.to_owned())
    };
    let pair = rows
        .iter()
        .find_map(|row| states(row, "actor").zip(states(row, "recipient")));
    pair.expect("some are between states")
}

#[test]
fn relations_are_drawn_and_a_brief_cites_its_stories() {
    let ledger = filled("ledger-relations", 5, 80);
    let (one, other) = busiest(&ledger);
    let run = rapporteur(&["relations", &ledger, &one, &other]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out.contains('●') && run.out.contains("2010-01"),
        "{}",
        run.out
    );
    let periods = rows(&rapporteur(&[
        "relations",
        &ledger,
        &one,
        &other,
        "--by",
        "year",
        "--format",
        "jsonl",
    ]));
    assert_eq!(periods[0]["period"], "2010");

    let page = rapporteur(&["brief", &ledger, &one, &other]).out;
    let sentences: Vec<&str> = page.lines().filter(|line| line.starts_with("- ")).collect();
    assert!(!sentences.is_empty(), "{page}");
    for sentence in sentences {
        assert!(sentence.ends_with(']'), "{sentence}");
        let number = sentence
            .rsplit('[')
            .next()
            .and_then(|rest| rest.strip_suffix(']'))
            .expect("a citation");
        assert!(
            page.contains(&format!("\n{number}. The ")),
            "{number} in {page}"
        );
    }
    let nobody = rapporteur(&["relations", &ledger, "Nowhere", &other]);
    assert_eq!(nobody.code, Some(2));
    assert!(nobody.err.contains("Nowhere"), "{}", nobody.err);
}

#[test]
fn reviews_from_the_command_line() {
    let ledger = filled("ledger-reviews", 6, 10);
    let reports = rows(&rapporteur(&[
        "events",
        &ledger,
        "--reports",
        "--format",
        "jsonl",
    ]));
    let id = reports[0]["id"].as_str().expect("a number");
    let run = rapporteur(&[
        "review",
        &ledger,
        id,
        "--correct",
        "--status",
        "claimed",
        "--reviewer",
        "Ada",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let new = run.out.trim();
    let after = rows(&rapporteur(&[
        "events",
        &ledger,
        "--reports",
        "--format",
        "jsonl",
        "--limit",
        "0",
    ]));
    let row = after
        .iter()
        .find(|row| row["id"] == new)
        .expect("the corrected event is a report");
    assert_eq!(row["status"], "claimed");
    assert!(after.iter().all(|row| row["id"] != id));
    let answers = with_input(&["review", &ledger, "--ask"], b"a\nt sanction\nq\n");
    assert_eq!(answers.code, Some(0), "{}", answers.err);
    let kept = rows(&rapporteur(&[
        "review", &ledger, "--list", "--format", "jsonl",
    ]));
    let kinds: Vec<&str> = kept.iter().filter_map(|row| row["kind"].as_str()).collect();
    assert_eq!(kinds, ["correct", "accept", "correct"]);
    assert_eq!(kept[0]["reviewer"], "Ada");
    assert!(kept.iter().all(|row| {
        row["sentence"]
            .as_str()
            .is_some_and(|words| !words.is_empty())
    }));
    assert_eq!(
        rapporteur(&["review", &ledger, "E999999", "--accept"]).code,
        Some(2)
    );
    assert_eq!(
        rapporteur(&["review", "missing.db", "E1", "--accept"]).code,
        Some(2)
    );
    assert!(!Path::new("missing.db").exists());
}

/// Kills the program while it adds, again and again; every story that it said was added is there, whole.
#[test]
fn a_killed_program_keeps_what_it_said_it_added() {
    let folder = folder("ledger-killed");
    let stories = told(7, 1_200);
    let path = folder.join("world.db");
    let ledger = text(&path);
    let records = file(&folder, "records.jsonl", lines(&stories));
    let mut said: BTreeSet<String> = BTreeSet::new();
    for round in 0..6 {
        let mut child = program(&[
            "add",
            &ledger,
            &records,
            "--records",
            "--verbose",
            "--jobs",
            "1",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        let wanted = said.len() + 40 + 37 * round;
        for line in out.lines() {
            let line = line.expect("text");
            said.extend(line.strip_prefix("added\t").map(str::to_owned));
            if said.len() >= wanted {
                break;
            }
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        check(&path, &said, &stories);
    }
    let run = rapporteur(&["add", &ledger, &records, "--records"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    check(
        &path,
        &stories
            .iter()
            .map(|told| told.record.story.id.clone())
            .collect(),
        &stories,
    );
}

fn check(path: &Path, said: &BTreeSet<String>, stories: &[Told]) {
    let reader = Reader::open(path).expect("it opens");
    for told in stories
        .iter()
        .filter(|told| said.contains(&told.record.story.id))
    {
        let kept = reader
            .record(&told.record.story.id)
            .expect("it was said to be in");
        assert_eq!(kept, told.record);
    }
    let mut reports = 0;
    let mut events = 0;
    reader
        .reports(&ledger::Filter::default(), |_| {
            reports += 1;
            Ok(())
        })
        .expect("answers");
    reader
        .records(|record| {
            events += record.events.len();
            Ok(())
        })
        .expect("answers");
    assert_eq!(reports, events, "every event is a report of something");
}

/// Ctrl-C ends it in good order, and the next run goes on.
#[cfg(unix)]
#[test]
fn a_program_that_is_told_to_stop_says_so_and_goes_on_when_run_again() {
    let folder = folder("ledger-stopped");
    let stories = told(13, 900);
    let path = folder.join("world.db");
    let ledger = text(&path);
    let records = file(&folder, "records.jsonl", lines(&stories));
    let arguments = [
        "add",
        &ledger,
        &records,
        "--records",
        "--verbose",
        "--jobs",
        "1",
    ];
    let mut child = program(&arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let first = out.next().expect("some are added").expect("text");
    let pid = child.id().to_string();
    let told = std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status();
    assert!(told.expect("there is kill").success());
    let added = |line: String| line.strip_prefix("added\t").map(str::to_owned);
    let said = [first]
        .into_iter()
        .chain(out.map(|line| line.expect("text")));
    let said: BTreeSet<String> = said.filter_map(added).collect();
    let ended = child.wait_with_output().expect("it ends");
    let err = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(130), "{err}");
    assert!(err.contains("stopped; run it again to go on"), "{err}");
    assert!(said.len() < stories.len(), "{} were added", said.len());
    check(&path, &said, &stories);
    let run = rapporteur(&["add", &ledger, &records, "--records"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let rest = format!("added {} stories", stories.len() - said.len());
    assert!(run.err.contains(&rest), "{rest} in {}", run.err);
}

#[test]
fn a_ledger_that_cannot_be_made_and_a_closed_pipe() {
    let ledger = filled("ledger-pipe", 8, 40);
    let mut child = program(&["events", &ledger, "--format", "jsonl", "--limit", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));

    let missing = rapporteur(&["add", "/no/such/folder/world.db", "-", "--records"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("cannot be opened"), "{}", missing.err);
}

/// A disk of a few hundred kilobytes: the ledger says that it is full, keeps what it had, and goes on where there is
/// room again. Linux only, and only where the limit on a file's size can be set by the shell.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let folder = folder("ledger-full");
    let stories = told(9, 400);
    let records = file(&folder, "records.jsonl", lines(&stories));
    let path = folder.join("world.db");
    let ledger = text(&path);
    let mut shell = std::process::Command::new("sh");
    let script = format!(
        "trap '' XFSZ; ulimit -f 6000; exec {} add {ledger} {records} --records --verbose",
        env!("CARGO_BIN_EXE_rapporteur")
    );
    let output = shell
        .args(["-c", &script])
        .output()
        .expect("the shell starts");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("full") || err.contains("disk"), "{err}");
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let said: BTreeSet<String> = out
        .lines()
        .filter_map(|line| line.strip_prefix("added\t"))
        .map(str::to_owned)
        .collect();
    check(&path, &said, &stories);
    let run = rapporteur(&["add", &ledger, &records, "--records"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let mut err = std::io::stderr();
    writeln!(err, "added before the disk was full: {}", said.len())
        .expect("standard error is there");
}

#[test]
fn tables_are_given_out_one_by_one_or_all_into_a_folder() {
    let ledger = filled("ledger-tables", 14, 30);
    let folder = folder("ledger-tables-out");
    let all = text(&folder) + "/all/";
    let run = rapporteur(&["export", &ledger, "--as", "parquet", "-o", &all]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for table in ["reports", "events", "claims", "stories", "actors"] {
        let bytes = std::fs::read(folder.join(format!("all/{table}.parquet"))).expect("written");
        assert!(
            bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"),
            "{table}"
        );
        let csv = rapporteur(&["export", &ledger, "--as", "csv", "--table", table]);
        let mut csv = csv::Reader::from_reader(csv.out.as_bytes());
        let headings = csv.headers().expect("headings").clone();
        let jsonl = rows(&rapporteur(&[
            "export", &ledger, "--as", "jsonl", "--table", table,
        ]));
        let keys: Vec<&String> = jsonl[0].as_object().expect("an object").keys().collect();
        assert!(headings.iter().eq(keys), "{table}");
        assert_eq!(csv.into_records().count(), jsonl.len());
    }
    let one = text(&folder.join("some.parquet"));
    let run = rapporteur(&[
        "export", &ledger, "--as", "parquet", "--table", "claims", "-o", &one,
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let piped = program(&["export", &ledger, "--as", "parquet", "--table", "claims"])
        .output()
        .expect("the program starts");
    assert_eq!(piped.stdout, std::fs::read(&one).expect("written"));
    let nowhere = rapporteur(&[
        "export",
        &ledger,
        "--as",
        "parquet",
        "-o",
        "/no/such/folder/x",
    ]);
    assert_eq!(nowhere.code, Some(2));
    assert!(nowhere.err.contains("/no/such/folder/x"), "{}", nowhere.err);
}

#[test]
fn exports_have_the_columns_of_their_formats() {
    let ledger = filled("ledger-export", 10, 30);
    let reports = rows(&rapporteur(&["export", &ledger, "--as", "jsonl"]));
    let actual = reports
        .iter()
        .filter(|row| row["status"] == "actual")
        .count();
    assert!(actual > 0 && actual < reports.len());
    for (form, columns, heading) in [
        ("gdelt", 61, false),
        ("mentions", 16, false),
        ("icews", 20, true),
        ("polecat", 40, true),
        ("phoenix", 26, false),
    ] {
        let run = rapporteur(&["export", &ledger, "--as", form]);
        assert_eq!(run.code, Some(0), "{form}: {}", run.err);
        let lines: Vec<&str> = run.out.lines().collect();
        assert!(lines.len() > 10, "{form}");
        assert!(
            lines.iter().all(|line| line.split('\t').count() == columns),
            "{form}"
        );
        let with = rapporteur(&["export", &ledger, "--as", form, "--with-status"]);
        let more: Vec<&str> = with.out.lines().collect();
        assert!(
            more.iter()
                .all(|line| line.split('\t').count() == columns + 2),
            "{form}"
        );
        assert!(more.len() > lines.len(), "{form}");
        let status = |line: &&str| line.split('\t').nth(columns) == Some("denied");
        assert!(more.iter().any(&status), "{form}");
        assert_eq!(lines[0].contains("Event ID"), heading, "{form}");
        // Numbers are keys: none stands twice, but in Mentions, which refer to those of the events.
        let ids: BTreeSet<&str> = lines
            .iter()
            .filter_map(|line| line.split('\t').next())
            .collect();
        assert_eq!(ids.len() == lines.len(), form != "mentions", "{form}");
    }
    let polecat = rapporteur(&["export", &ledger, "--as", "polecat"]).out;
    assert_eq!(polecat.lines().count() - 1, actual);
}

#[test]
fn what_is_given_out_as_records_makes_the_same_ledger() {
    let ledger = filled("ledger-copy", 11, 25);
    let folder = folder("ledger-copy-of");
    let records = rapporteur(&["export", &ledger, "--as", "records"]).out;
    let file = file(&folder, "records.jsonl", records);
    let copy = text(&folder.join("copy.db"));
    assert_eq!(
        rapporteur(&["add", &copy, &file, "--records"]).code,
        Some(0)
    );
    let all =
        |ledger: &str| rapporteur(&["events", ledger, "--format", "jsonl", "--limit", "0"]).out;
    assert_eq!(all(&ledger), all(&copy));
}

#[test]
fn stories_are_read_and_kept() {
    let folder = folder("ledger-read");
    let ledger = text(&folder.join("world.db"));
    let german = "Die Minister trafen sich gestern in der alten Mühle am Fluss, um über das Wehr zu sprechen. ".repeat(4);
    let page = "<html><head><title>Envoys Meet</title></head><body><article><p>The envoys of Norway and Serbia met in \
                Geneva on Tuesday to talk about the bridges that last winter's floods had damaged.</p><p>Norway promised \
                to pay for two of them, a spokesman for the Norwegian government said.</p></article></body></html>";
    file(&folder, "deutsch.txt", german);
    file(&folder, "envoys.html", page);
    let added = program(&[
        "add",
        &ledger,
        "examples",
        &text(&folder),
        "--verbose",
        "--jobs",
        "2",
    ])
    .output()
    .expect("the program starts");
    let err = String::from_utf8_lossy(&added.stderr);
    assert_eq!(added.status.code(), Some(0), "{err}");
    assert!(
        err.contains("added 4 stories") && err.contains("1 not English (de 1)"),
        "{err}"
    );
    let events = rows(&rapporteur(&["events", &ledger, "--format", "jsonl"]));
    assert!(events.len() > 3, "{}", events.len());
    let again = program(&["add", &ledger, "examples"])
        .output()
        .expect("the program starts");
    let err = String::from_utf8_lossy(&again.stderr);
    assert!(
        err.contains("added 0 stories with 0 events; 3 known"),
        "{err}"
    );
}
