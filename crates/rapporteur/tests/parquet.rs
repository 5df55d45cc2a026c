//! Parquet files, whole and damaged.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;
use rapporteur::source::{Columns, Options, SourceError, Stories};
use rapporteur::types::Story;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder is made");
    folder
}

/// What a column holds.
enum Column {
    Text(Vec<Option<Vec<u8>>>),
    Days(Vec<Option<i32>>),
    Numbers(Vec<Option<i64>>),
}

fn texts(texts: &[&str]) -> Column {
    let bytes = texts.iter().map(|text| Some(text.as_bytes().to_vec()));
    Column::Text(bytes.collect())
}

/// A file of one row group for each of `groups`, in the columns of `schema`.
fn file(schema: &str, groups: Vec<Vec<Column>>, compression: Compression) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let properties = WriterProperties::builder().set_compression(compression);
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties.build()))
        .expect("memory takes it");
    for group in groups {
        let mut rows = writer.next_row_group().expect("memory takes it");
        for column in group {
            let mut open = rows
                .next_column()
                .expect("memory takes it")
                .expect("a column");
            match column {
                Column::Text(cells) => {
                    let (values, levels) = split(cells);
                    let values: Vec<ByteArray> = values.into_iter().map(ByteArray::from).collect();
                    open.typed::<ByteArrayType>()
                        .write_batch(&values, Some(&levels), None)
                        .expect("memory takes it");
                }
                Column::Days(cells) => {
                    let (values, levels) = split(cells);
                    open.typed::<Int32Type>()
                        .write_batch(&values, Some(&levels), None)
                        .expect("memory takes it");
                }
                Column::Numbers(cells) => {
                    let (values, levels) = split(cells);
                    open.typed::<Int64Type>()
                        .write_batch(&values, Some(&levels), None)
                        .expect("memory takes it");
                }
            }
            open.close().expect("memory takes it");
        }
        rows.close().expect("memory takes it");
    }
    writer.close().expect("memory takes it");
    bytes
}

fn split<T>(cells: Vec<Option<T>>) -> (Vec<T>, Vec<i16>) {
    let levels = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    (cells.into_iter().flatten().collect(), levels)
}

fn read(path: &Path, options: Options) -> Vec<Result<Story, SourceError>> {
    Stories::open([path], options).collect()
}

const SCHEMA: &str = "message stories {
    OPTIONAL BINARY text (UTF8);
    OPTIONAL INT64 id;
    OPTIONAL INT32 published (DATE);
    OPTIONAL BINARY publisher (UTF8);
}";

/// Two row groups in the columns of [`SCHEMA`].
fn groups() -> Vec<Vec<Column>> {
    let first = vec![
        Column::Text(vec![
            Some(b"The envoys met at the weir on Monday.".to_vec()),
            None,
            Some(b"caf\xe9".to_vec()),
            Some(b"The mayor promised to mend the mill.".to_vec()),
        ]),
        Column::Numbers(vec![Some(7), Some(8), Some(9), None]),
        Column::Days(vec![Some(18_000), Some(0), Some(0), None]),
        Column::Text(vec![
            Some(b"The Daily Quay".to_vec()),
            None,
            None,
            Some(b" ".to_vec()),
        ]),
    ];
    let second = vec![
        texts(&["Both towns opened the bridge again."]),
        Column::Numbers(vec![Some(10)]),
        Column::Days(vec![Some(-1)]),
        texts(&["The Evening Sluice"]),
    ];
    vec![first, second]
}

#[test]
fn a_row_is_a_story() {
    let folder = folder("parquet-rows");
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::ZSTD(Default::default()),
        Compression::LZ4_RAW,
    ] {
        let path = folder.join("stories.parquet");
        fs::write(&path, file(SCHEMA, groups(), compression)).expect("written");
        let found = read(&path, Options::default());
        assert_eq!(found.len(), 5, "{compression}");
        let story = found[0].as_ref().expect("a story");
        assert_eq!(story.text, "The envoys met at the weir on Monday.");
        assert_eq!(story.reference.as_deref(), Some("7"));
        assert_eq!(story.published.as_deref(), Some("2019-04-14"));
        assert_eq!(story.publisher.as_deref(), Some("The Daily Quay"));
        let told: Vec<String> = found[1..3]
            .iter()
            .map(|row| row.as_ref().expect_err("no story").to_string())
            .collect();
        assert!(
            told[0].ends_with("stories.parquet:2: there is no `text`"),
            "{told:?}"
        );
        assert!(
            told[1].ends_with("stories.parquet:3: `text` is not UTF-8"),
            "{told:?}"
        );
        let story = found[3].as_ref().expect("a story");
        assert_eq!((&story.reference, &story.publisher), (&None, &None));
        let story = found[4].as_ref().expect("a story of the second row group");
        assert_eq!(story.published.as_deref(), Some("1969-12-31"));
    }
}

#[test]
fn columns_have_the_names_that_are_given() {
    let folder = folder("parquet-names");
    let path = folder.join("stories.parquet");
    let schema =
        "message m { OPTIONAL BINARY body (UTF8); OPTIONAL INT64 day (TIMESTAMP(NANOS,true)); }";
    let group = vec![
        texts(&["The envoys met."]),
        Column::Numbers(vec![Some(18_000 * 86_400 * 1_000_000_000 + 5)]),
    ];
    fs::write(&path, file(schema, vec![group], Compression::SNAPPY)).expect("written");
    let found = read(&path, Options::default());
    let error = found[0].as_ref().expect_err("no text").to_string();
    for part in ["stories.parquet", "`text`", "`body`, `day`", "--columns"] {
        assert!(error.contains(part), "{error}");
    }
    let mut columns = Columns::default();
    columns.name("text", "body").expect("a field");
    columns.name("published", "day").expect("a field");
    let found = read(&path, Options::default().columns(columns));
    let story = found[0].as_ref().expect("a story");
    assert_eq!(story.published.as_deref(), Some("2019-04-14"));
}

#[test]
fn columns_of_lists_are_no_text() {
    let folder = folder("parquet-lists");
    let path = folder.join("stories.parquet");
    let schema = "message m { OPTIONAL BINARY text (UTF8); REPEATED BINARY byline (UTF8); }";
    let group = vec![texts(&["The envoys met."])];
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::default()).expect("memory");
    let mut rows = writer.next_row_group().expect("memory");
    for column in group {
        let Column::Text(cells) = column else {
            continue;
        };
        let (values, levels) = split(cells);
        let values: Vec<ByteArray> = values.into_iter().map(ByteArray::from).collect();
        let mut open = rows.next_column().expect("memory").expect("a column");
        open.typed::<ByteArrayType>()
            .write_batch(&values, Some(&levels), None)
            .expect("memory");
        open.close().expect("memory");
    }
    let mut open = rows.next_column().expect("memory").expect("a column");
    let names = [ByteArray::from("Ada"), ByteArray::from("Ben")];
    open.typed::<ByteArrayType>()
        .write_batch(&names, Some(&[1, 1]), Some(&[0, 1]))
        .expect("memory");
    open.close().expect("memory");
    rows.close().expect("memory");
    writer.close().expect("memory");
    fs::write(&path, bytes).expect("written");
    let found = read(&path, Options::default());
    let error = found[0].as_ref().expect_err("a list").to_string();
    assert!(error.contains("`byline`"), "{error}");
}

#[test]
fn a_column_made_to_fill_the_memory_is_left_out() {
    let folder = folder("parquet-bomb");
    let path = folder.join("bomb.parquet");
    let schema = "message m { OPTIONAL BINARY text (UTF8); }";
    let blank = vec![b' '; 24 << 20];
    let cells: Vec<Option<Vec<u8>>> = (0..12u8)
        .map(|first| {
            let mut cell = blank.clone();
            cell[0] = b'a' + first;
            Some(cell)
        })
        .collect();
    let groups = vec![
        vec![Column::Text(cells)],
        vec![texts(&["The envoys met at the mill."])],
    ];
    fs::write(
        &path,
        file(schema, groups, Compression::ZSTD(Default::default())),
    )
    .expect("written");
    let found = read(&path, Options::default());
    assert_eq!(found.len(), 2);
    let error = found[0].as_ref().expect_err("a bomb").to_string();
    assert!(
        error.contains("row group 1") && error.contains("MiB"),
        "{error}"
    );
    assert!(found[1].is_ok());
}

#[test]
fn what_is_no_parquet_file_is_named() {
    let folder = folder("parquet-none");
    for bytes in [
        &b""[..],
        b"PAR1",
        b"PAR1\x00\x00\x00\x00PAR1",
        b"a,b\n1,2\n",
    ] {
        let path = folder.join("no.parquet");
        fs::write(&path, bytes).expect("written");
        let found = read(&path, Options::default());
        let error = found[0].as_ref().expect_err("no file").to_string();
        assert!(error.contains("no.parquet: no Parquet file"), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_it_panic(flips in prop::collection::vec((0usize..4_000, any::<u8>()), 1..6), cut in 0usize..4_000) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parquet-any");
        fs::create_dir_all(&folder).expect("the folder is made");
        let mut bytes = file(SCHEMA, groups(), Compression::SNAPPY);
        for (at, byte) in &flips {
            let length = bytes.len();
            bytes[at % length] ^= byte;
        }
        let path = folder.join("any.parquet");
        fs::write(&path, &bytes).expect("written");
        let _ = read(&path, Options::default()).len();
        fs::write(&path, &bytes[..cut.min(bytes.len())]).expect("written");
        let _ = read(&path, Options::default()).len();
    }
}
