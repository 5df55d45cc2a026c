//! A finished run on Spark into a ledger. The parts are written here as Spark writes them: one column of records, one
//! folder a day.

mod common;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::{folder, rapporteur, text};
use ledger::query::Reader;
use ledger::sample::World;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// A part with these cells in its column; `None` is null.
fn part(path: &Path, column: &str, cells: &[Option<String>]) {
    let message = format!("message part {{ OPTIONAL BYTE_ARRAY {column} (UTF8); }}");
    let schema = Arc::new(parse_message_type(&message).expect("a schema"));
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    let file = File::create(path).expect("the part is made");
    let mut writer =
        SerializedFileWriter::new(file, schema, Arc::new(WriterProperties::builder().build()))
            .expect("a writer");
    let mut group = writer.next_row_group().expect("a row group");
    let mut cells_of = group
        .next_column()
        .expect("a column")
        .expect("the first one");
    let values: Vec<ByteArray> = cells
        .iter()
        .flatten()
        .map(|json| ByteArray::from(json.as_str()))
        .collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    cells_of
        .typed::<ByteArrayType>()
        .write_batch(&values, Some(&levels), None)
        .expect("the cells are written");
    cells_of.close().expect("the column ends");
    group.close().expect("the row group ends");
    writer.close().expect("the part ends");
}

/// A run of three stories on two days, with what Spark leaves beside its parts.
fn run(name: &str) -> (PathBuf, Vec<Option<String>>) {
    let folder = folder(name);
    let mut world = World::new(7, 10, 6);
    let records: Vec<Option<String>> = (0..3)
        .map(|_| Some(serde_json::to_string(&world.tell().record).expect("a record is JSON")))
        .collect();
    let stories = folder.join("run/stories");
    part(
        &stories.join("published=2015-05-12/part-00000.parquet"),
        "record",
        &records[..2],
    );
    part(
        &stories.join("published=2015-05-13/part-00001.parquet"),
        "record",
        &[None, records[2].clone()],
    );
    fs::write(stories.join("_SUCCESS"), "").expect("a file");
    fs::write(stories.join("published=2015-05-13/.part-00001.crc"), "x").expect("a file");
    fs::write(folder.join("run/_SUCCESS"), "").expect("a file");
    (folder, records)
}

fn stories(ledger: &str) -> usize {
    let mut count = 0;
    let reader = Reader::open(ledger).expect("a ledger");
    reader
        .records(|_| {
            count += 1;
            Ok(())
        })
        .expect("its records");
    count
}

#[test]
fn a_run_is_imported_once_however_often() {
    let (folder, _) = run("import-run");
    let (ledger, from) = (text(&folder.join("world.db")), text(&folder.join("run")));
    let first = rapporteur(&["import", &ledger, &from, "--verbose"]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(
        first.err.contains("added 3 stories of 2 parts; 0 known"),
        "{}",
        first.err
    );
    assert_eq!(first.out.lines().count(), 2, "{}", first.out);
    assert_eq!(stories(&ledger), 3);
    let again = rapporteur(&["import", &ledger, &from]);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert!(
        again.err.contains("added 0 stories of 2 parts; 3 known"),
        "{}",
        again.err
    );
    assert_eq!(stories(&ledger), 3);
}

#[test]
fn a_run_that_was_not_finished_is_refused() {
    let (folder, _) = run("import-unfinished");
    fs::remove_file(folder.join("run/_SUCCESS")).expect("it was there");
    let (ledger, from) = (text(&folder.join("world.db")), text(&folder.join("run")));
    let refused = rapporteur(&["import", &ledger, &from]);
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(
        refused.err.contains("`_SUCCESS` is missing"),
        "{}",
        refused.err
    );
    assert!(
        !Path::new(&ledger).exists(),
        "no ledger is made for nothing"
    );
}

#[test]
fn a_bad_part_is_named_and_the_parts_before_it_stay() {
    let (folder, _) = run("import-bad");
    let bad = folder.join("run/stories/published=2015-05-14/part-00002.parquet");
    part(&bad, "text", &[Some("no record".to_owned())]);
    let (ledger, from) = (text(&folder.join("world.db")), text(&folder.join("run")));
    let wrong = rapporteur(&["import", &ledger, &from]);
    assert_eq!(wrong.code, Some(2), "{}", wrong.err);
    let told = "there is no column `record`; the columns are text";
    assert!(wrong.err.contains(told), "{}", wrong.err);
    assert!(wrong.err.contains("part-00002.parquet"), "{}", wrong.err);
    assert_eq!(stories(&ledger), 3);
    part(&bad, "record", &[Some("{}".to_owned())]);
    let wrong = rapporteur(&["import", &ledger, &from]);
    assert_eq!(wrong.code, Some(2), "{}", wrong.err);
    assert!(wrong.err.contains("no record"), "{}", wrong.err);
}
