//! The schema of the file, its version, and the way from older versions to this one.

use std::fs;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::error::{LedgerError, Result};

/// Marks the file as a ledger: "RAPP" in ASCII, SQLite's `application_id`.
const APPLICATION: i64 = 0x5241_5050;

/// The schema that this version writes, SQLite's `user_version`.
pub const VERSION: i64 = 4;

/// What makes each version of the schema out of the one before; the first, out of an empty file.
const MIGRATIONS: [&str; VERSION as usize] = [
    include_str!("schema/v1.sql"),
    include_str!("schema/v2.sql"),
    include_str!("schema/v3.sql"),
    include_str!("schema/v4.sql"),
];

/// How long a writer waits for another one to be done.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

/// Opens `path` to write, makes it where it is missing, and brings an older ledger to this version.
pub(crate) fn open_writer(path: &Path) -> Result<Connection> {
    // A connection is used by one thread at a time: SQLite need not lock it.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // Looks into the file before anything is written to it: it may belong to another program.
    check(&connection, path)?;
    // WAL lets readers read while one writes. NORMAL keeps what was committed when the program is killed; when the
    // power fails it may lose the last commits, but no part of one.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // KiB, negative by SQLite's convention: 192 MiB of pages keep the upper levels of all indices of a ledger of
    // some million events in memory.
    connection.pragma_update(None, "cache_size", -192 * 1024)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // The log is written back every 128 MiB: pages of indices change again and again, and are written back once.
    connection.pragma_update(None, "wal_autocheckpoint", 32 * 1024)?;
    plan_once(&connection)?;
    connection.set_prepared_statement_cache_capacity(128);
    migrate(&mut connection)?;
    Ok(connection)
}

/// Opens `path` to be asked; it must exist.
pub(crate) fn open_reader(path: &Path) -> Result<Connection> {
    if !path.exists() {
        return Err(LedgerError::Question(format!(
            "{}: there is no such ledger; `rapporteur add` makes one",
            path.display()
        )));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, flags)
        .map_err(LedgerError::from)
        .and_then(|connection| asked(connection, path));
    match (opened, at_rest(path)) {
        (Err(LedgerError::Sql(error)), Some(address)) if lacks_a_log(&error) => {
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            asked(Connection::open_with_flags(address, flags)?, path)
        }
        (opened, _) => opened,
    }
}

/// Readers share a log of changes with the writer, which lies beside the file. In a folder that they may not write they
/// cannot make one; whether it was that, SQLite does not say.
fn lacks_a_log(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// The address under which SQLite opens a file without a log, where there is none that holds changes: then nobody
/// writes, and the file is whole as it is.
fn at_rest(path: &Path) -> Option<String> {
    let name = path.to_str()?;
    let log = fs::metadata(format!("{name}-wal"));
    let empty = log.map_or(true, |log| log.len() == 0);
    let escaped = name
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    (path.is_file() && empty).then(|| format!("file:{escaped}?immutable=1"))
}

/// Looks into the file, and makes its connection ready for questions.
fn asked(connection: Connection, path: &Path) -> Result<Connection> {
    connection.busy_timeout(PATIENCE)?;
    let found = check(&connection, path)?;
    if found < VERSION {
        return Err(LedgerError::Question(format!(
            "{}: this ledger has the older schema {found}; `rapporteur add` with this version brings it up to date",
            path.display()
        )));
    }
    connection.pragma_update(None, "cache_size", -64 * 1024)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    plan_once(&connection)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Has SQLite plan a statement without looking at the values that are bound to it: else it plans a kept one anew whenever
/// other values are bound, which takes longer than most of our questions.
fn plan_once(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// The file's schema, 0 for an empty one.
fn check(connection: &Connection, path: &Path) -> Result<i64> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, version) {
        (APPLICATION, found) if found > VERSION => Err(LedgerError::Newer {
            path: path.into(),
            found,
            known: VERSION,
        }),
        (APPLICATION, found) => Ok(found),
        (0, 0) if tables == 0 => Ok(0),
        _ => Err(LedgerError::Foreign { path: path.into() }),
    }
}

/// All steps to this version in one transaction: the file has the old schema or the new one, nothing between.
fn migrate(connection: &mut Connection) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found == VERSION {
        return Ok(());
    }
    for step in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(())
}
