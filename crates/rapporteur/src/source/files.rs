//! Files and folders that hold stories.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::SourceError;
use crate::fetch::is_address;

/// Something to read stories from.
pub(super) enum Input {
    /// One story.
    Text(PathBuf),
    /// A story a line.
    Lines(PathBuf),
    /// A web page.
    Page(PathBuf),
    /// RSS, Atom or JSON Feed.
    Feed(PathBuf),
    /// Web pages, as a crawler keeps them.
    Warc(PathBuf),
    /// A story a row.
    Table(PathBuf),
    /// A stream of either form, with its name: standard input, mostly.
    Stream(String, Box<dyn Read + Send>),
    /// What could not be opened.
    Failed(SourceError),
}

impl Input {
    /// Bytes of the file; 0 for what is none.
    pub fn size(&self) -> u64 {
        match self {
            Input::Text(path)
            | Input::Lines(path)
            | Input::Page(path)
            | Input::Feed(path)
            | Input::Warc(path)
            | Input::Table(path) => fs::metadata(path).map_or(0, |about| about.len()),
            Input::Stream(..) | Input::Failed(_) => 0,
        }
    }

    /// Whether its stories are all made when it is opened.
    pub fn is_read_at_once(&self) -> bool {
        matches!(self, Input::Text(_) | Input::Page(_) | Input::Feed(_))
    }
}

/// What `path` stands for: itself, standard input for `-`, or the stories of a folder, its folders included.
pub(super) fn inputs(path: &Path) -> Vec<Input> {
    if path.as_os_str() == "-" {
        return vec![Input::Stream("-".into(), Box::new(io::stdin()))];
    }
    if let Some(address) = path.to_str().filter(|path| is_address(path)) {
        let address = address.to_owned();
        return vec![Input::Failed(SourceError::Address { address })];
    }
    if !path.is_dir() {
        return vec![input(path.to_path_buf())];
    }
    let mut files = Vec::new();
    let failed = walk(path, &mut files);
    files.sort();
    let mut found: Vec<Input> = files.into_iter().map(input).collect();
    found.extend(failed.into_iter().map(Input::Failed));
    if found.is_empty() {
        found.push(Input::Failed(SourceError::NoStories { path: path.into() }));
    }
    found
}

fn input(path: PathBuf) -> Input {
    match form(&path) {
        Some(Form::Lines) => Input::Lines(path),
        Some(Form::Page) => Input::Page(path),
        Some(Form::Feed) => Input::Feed(path),
        Some(Form::Warc) => Input::Warc(path),
        Some(Form::Table) => Input::Table(path),
        Some(Form::Text) | None => Input::Text(path),
    }
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Lines,
    Page,
    Feed,
    Warc,
    Table,
}

/// `None` for endings that stories do not have: such a file is text where it is named, and passed over in a folder.
pub(super) fn form(path: &Path) -> Option<Form> {
    match extension(path).as_str() {
        "txt" => Some(Form::Text),
        "jsonl" | "ndjson" => Some(Form::Lines),
        "html" | "htm" | "xhtml" => Some(Form::Page),
        "rss" | "atom" | "xml" => Some(Form::Feed),
        "warc" => Some(Form::Warc),
        "parquet" | "pq" => Some(Form::Table),
        "gz" if extension(&path.with_extension("")) == "warc" => Some(Form::Warc),
        _ => None,
    }
}

/// What bytes hold, by how they begin; `None` where that is nothing but text.
pub(super) fn sniffed(start: &[u8]) -> Option<Form> {
    const LOOKED_AT: usize = 1_024;
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    let start = start.strip_prefix(MARK).unwrap_or(start).trim_ascii_start();
    let head = &start[..start.len().min(LOOKED_AT)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let holds = |marks: &[&str]| marks.iter().any(|mark| head.contains(mark));
    match head.as_bytes().first()? {
        b'{' if holds(&["jsonfeed.org/version"]) => Some(Form::Feed),
        b'{' => Some(Form::Lines),
        // A declaration, a comment or an element of a schema of its own may stand before what tells.
        b'<' if holds(&["<rss", "<feed", "<rdf:rdf"]) => Some(Form::Feed),
        b'<' if holds(&["<html", "<!doctype html", "<head", "<body", "<article"]) => {
            Some(Form::Page)
        }
        _ => None,
    }
}

fn extension(path: &Path) -> String {
    path.extension()
        .map_or(String::new(), |e| e.to_string_lossy().to_lowercase())
}

/// Gathers the stories' files below `folder`; gives what could not be read. Links to folders are not followed, or a
/// link to a folder above would never end.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Vec<SourceError> {
    let mut failed = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(source) => {
                failed.push(SourceError::Io {
                    path: folder,
                    source,
                });
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder {
                open.push(path);
            } else if form(&path).is_some() && path.is_file() {
                files.push(path);
            }
        }
    }
    failed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_they_are() {
        for (bytes, form) in [
            (&b"{\"text\": \"The envoys met.\"}"[..], Some(Form::Lines)),
            (
                b"{\"version\": \"https://jsonfeed.org/version/1.1\"}",
                Some(Form::Feed),
            ),
            (
                b"\xEF\xBB\xBF\n <?xml version='1.0'?><!-- x --><rss version='2.0'>",
                Some(Form::Feed),
            ),
            (
                b"<feed xmlns='http://www.w3.org/2005/Atom'>",
                Some(Form::Feed),
            ),
            (b"<!DOCTYPE html>\n<html lang='en'>", Some(Form::Page)),
            (b"<HTML><BODY>", Some(Form::Page)),
            (b"<?xml version='1.0'?><urlset>", None),
            (b"Envoys met on <html> street.", None),
            (b"", None),
            (b"\xff\xfe<\x00h\x00", None),
        ] {
            assert_eq!(sniffed(bytes), form, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
