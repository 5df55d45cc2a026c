//! Our own tables, and as Parquet.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{folder, world};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use rapporteur_ledger::export::{Kind, Table, cell};
use rapporteur_ledger::{Filter, Ledger, LedgerError, Reader};
use serde_json::Value;

fn filled(name: &str, stories: usize) -> PathBuf {
    let path = folder("tables").join(name);
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    for told in world(51, stories) {
        ledger.add(&told.record).expect("added");
    }
    path
}

fn rows(reader: &Reader, table: Table) -> Vec<Value> {
    let mut rows = Vec::new();
    reader
        .table(table, &Filter::default(), |row| {
            rows.push(row);
            Ok(())
        })
        .expect("answers");
    rows
}

/// What a cell of Parquet says, as our cells of text say it.
fn told(field: &Field, kind: Kind) -> String {
    match (field, kind) {
        (Field::Null, _) => String::new(),
        (Field::Str(text), Kind::Text) => text.clone(),
        (Field::Long(number), Kind::Number) => number.to_string(),
        (Field::Double(number), Kind::Real) => Value::from(*number).to_string(),
        (Field::Date(days), Kind::Day) => types::Date::from_days(i64::from(*days))
            .expect("a day")
            .to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn tables_as_parquet_hold_what_they_hold() {
    let reader = Reader::open(filled("parquet.db", 30)).expect("opens");
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ledger.md");
    let docs = fs::read_to_string(docs).expect("the page is there");
    for table in Table::ALL {
        let rows = rows(&reader, table);
        assert!(rows.len() > 10, "{}", table.name());
        let mut bytes = Vec::new();
        reader
            .parquet(table, &Filter::default(), &mut bytes)
            .expect("memory takes it");
        let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("it is read again");
        let found: Vec<_> = file.get_row_iter(None).expect("rows").collect();
        assert_eq!(found.len(), rows.len());
        for (found, row) in found.into_iter().zip(&rows) {
            let found = found.expect("a row").into_columns();
            let object = row.as_object().expect("an object");
            assert_eq!(found.len(), object.len(), "{}", table.name());
            for (((name, kind), (column, field)), (key, value)) in
                table.columns().iter().zip(&found).zip(object)
            {
                assert_eq!((name, column.as_str()), (&key.as_str(), *name));
                assert_eq!(told(field, *kind), cell(value), "{}.{name}", table.name());
            }
        }
        let columns = table.columns().iter().map(|(name, kind)| match kind {
            Kind::Text => (*name).to_owned(),
            Kind::Number => format!("{name} (number)"),
            Kind::Real => format!("{name} (real)"),
            Kind::Day => format!("{name} (day)"),
        });
        let columns: Vec<String> = columns.collect();
        let line = format!("| `{}` | {} |", table.name(), columns.join(", "));
        assert!(docs.contains(&line), "docs/ledger.md lacks: {line}");
    }
}

#[test]
fn an_empty_table_is_a_file_too() {
    let reader = Reader::open(filled("empty.db", 1)).expect("opens");
    let nobody = Filter {
        since: Some("2199".into()),
        ..Filter::default()
    };
    let mut bytes = Vec::new();
    reader
        .parquet(Table::Reports, &nobody, &mut bytes)
        .expect("memory takes it");
    let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("it is read again");
    assert_eq!(file.metadata().file_metadata().num_rows(), 0);
    let columns = file.metadata().file_metadata().schema_descr().num_columns();
    assert_eq!(columns, Table::Reports.columns().len());
}

/// A receiver that goes away.
struct Gone;

impl std::io::Write for Gone {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_receiver_that_goes_away_is_said_as_it_is() {
    let reader = Reader::open(filled("gone.db", 5)).expect("opens");
    let error = reader.parquet(Table::Reports, &Filter::default(), Gone);
    let Err(LedgerError::Receiver(source)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(source.kind(), std::io::ErrorKind::BrokenPipe);
}
