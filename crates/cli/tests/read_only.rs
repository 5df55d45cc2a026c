//! Ledgers that may be read but not written, as on an archive's disk.
#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{folder, root, text};
use ledger::Ledger;
use ledger::sample::World;

/// A ledger in a folder of its own, with these permissions once it is filled.
struct Archive {
    folder: PathBuf,
    ledger: PathBuf,
}

impl Archive {
    fn new(name: &str, of_folder: u32, of_file: u32) -> Self {
        let folder = folder(name);
        // The names hold what an address of SQLite would give a meaning.
        let ledger = folder.join("world 100%.db#1?x=y");
        let mut writer = Ledger::open(&ledger).expect("a new ledger");
        let mut world = World::new(5, 10, 6);
        for _ in 0..5 {
            writer.add(&world.tell().record).expect("a story is added");
        }
        drop(writer);
        let archive = Archive { folder, ledger };
        archive.permit(&archive.ledger, of_file);
        archive.permit(&archive.folder, of_folder);
        archive
    }

    fn permit(&self, path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions are set");
    }

    fn ask(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let output = as_somebody(arguments).output().expect("the program runs");
        let words = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        (
            output.status.code(),
            words(output.stdout),
            words(output.stderr),
        )
    }

    /// Everything that it is asked is answered, and what would change it is refused in words.
    fn is_read_and_not_written(&self) {
        let before = fs::read(&self.ledger).expect("the ledger is there");
        let ledger = text(&self.ledger);
        for question in [
            &["events", &ledger, "--format", "jsonl"][..],
            &["search", &ledger, "near"],
            &["actors", &ledger, "--format", "csv"],
            &["export", &ledger, "--as", "gdelt"],
        ] {
            let (code, out, err) = self.ask(question);
            assert_eq!(code, Some(0), "{question:?}: {err}");
            assert!(!out.is_empty(), "{question:?}");
        }
        for change in [
            &["add", &ledger, "-", "--records"][..],
            &["review", &ledger, "E1", "--accept"],
        ] {
            let (code, _, err) = self.ask(change);
            assert_eq!(code, Some(2), "{change:?}: {err}");
            assert!(err.contains("read-only"), "{change:?}: {err}");
        }
        assert_eq!(fs::read(&self.ledger).expect("it is still there"), before);
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        // Else the next run could not remove it.
        self.permit(&self.folder, 0o755);
    }
}

/// The program as somebody whom permissions bind: they do not bind root, who runs the tests in containers.
fn as_somebody(arguments: &[&str]) -> Command {
    let program = env!("CARGO_BIN_EXE_rapporteur");
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]);
        command
    } else {
        Command::new(program)
    };
    command
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::null());
    command
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[test]
fn a_read_only_file() {
    Archive::new("read-only-file", 0o777, 0o444).is_read_and_not_written();
}

#[test]
fn a_file_in_a_read_only_folder() {
    Archive::new("read-only-folder", 0o555, 0o444).is_read_and_not_written();
}

#[test]
fn a_file_in_a_read_only_folder_to_which_another_one_writes() {
    let archive = Archive::new("read-only-written", 0o755, 0o644);
    let mut writer = Ledger::open(&archive.ledger).expect("its owner may write it");
    let record = World::new(6, 10, 6).tell().record;
    writer.add(&record).expect("a story is added");
    archive.permit(&archive.folder, 0o555);
    let ledger = text(&archive.ledger);
    let (code, out, err) = archive.ask(&["stories", &ledger, "--format", "jsonl"]);
    assert_eq!(code, Some(0), "{err}");
    // The last one stands in the log only.
    assert_eq!(out.lines().count(), 6, "{out}");
}
