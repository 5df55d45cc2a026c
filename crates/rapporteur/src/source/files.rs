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
    match extension(&path).as_str() {
        "jsonl" | "ndjson" => Input::Lines(path),
        _ => Input::Text(path),
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
            } else if matches!(extension(&path).as_str(), "txt" | "jsonl" | "ndjson")
                && path.is_file()
            {
                files.push(path);
            }
        }
    }
    failed
}
