//! Files and folders that hold stories.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::SourceError;

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
    /// A stream of either form, with its name: standard input, mostly.
    Stream(String, Box<dyn Read + Send>),
    /// What could not be opened.
    Failed(SourceError),
}

/// What `path` stands for: itself, standard input for `-`, or the stories of a folder, its folders included.
pub(super) fn inputs(path: &Path) -> Vec<Input> {
    if path.as_os_str() == "-" {
        return vec![Input::Stream("-".into(), Box::new(io::stdin()))];
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
        Some(Form::Text) | None => Input::Text(path),
    }
}

/// What a file holds, by the ending of its name.
pub(super) enum Form {
    Text,
    Lines,
    Page,
    Feed,
    Warc,
}

/// `None` for endings that stories do not have: such a file is text where it is named, and passed over in a folder.
pub(super) fn form(path: &Path) -> Option<Form> {
    match extension(path).as_str() {
        "txt" => Some(Form::Text),
        "jsonl" | "ndjson" => Some(Form::Lines),
        "html" | "htm" | "xhtml" => Some(Form::Page),
        "rss" | "atom" | "xml" => Some(Form::Feed),
        "warc" => Some(Form::Warc),
        "gz" if extension(&path.with_extension("")) == "warc" => Some(Form::Warc),
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
