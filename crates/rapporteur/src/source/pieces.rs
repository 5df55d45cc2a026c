//! Pieces of large files, so that many machines can share one.
//!
//! A piece is a stretch of bytes that begins and ends where a record or a line does. The pieces of a file hold each of
//! its stories once; which ones there are depends on the file and the wanted size alone.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::error::SourceError;
use super::files::{Form, form};
use super::stories::{Options, Stories};
use super::warc::Warc;

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The file.
    pub path: PathBuf,
    /// Its first byte.
    pub offset: u64,
    /// Number of its bytes.
    pub length: u64,
}

impl Piece {
    /// Cuts a file into pieces of about `size` bytes each, the last of which may be short. Only WARC files and JSON
    /// Lines are cut; any other file is one piece.
    ///
    /// Of a packed WARC file only the surroundings of each cut are read; of one that is not, and of lines, next to
    /// nothing.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn cut(path: &Path, size: u64) -> Result<Vec<Piece>, SourceError> {
        let failed = |source| SourceError::Io {
            path: path.into(),
            source,
        };
        let length = std::fs::metadata(path).map_err(failed)?.len();
        let mut ends = match form(path) {
            Some(Form::Warc) => warc_cuts(path, size.max(1), length),
            Some(Form::Lines) => line_cuts(path, size.max(1), length),
            _ => {
                let path = path.into();
                return Ok(vec![Piece {
                    path,
                    offset: 0,
                    length,
                }]);
            }
        }
        .map_err(failed)?;
        ends.push(length);
        let mut pieces = Vec::with_capacity(ends.len());
        let mut offset = 0;
        for end in ends.into_iter().filter(|end| *end <= length) {
            if end > offset {
                pieces.push(Piece {
                    path: path.into(),
                    offset,
                    length: end - offset,
                });
                offset = end;
            }
        }
        Ok(pieces)
    }
}

impl Stories {
    /// The stories of a piece, which are those of the file that begin in it. They have the same names as when the whole
    /// file is read, but for lines without an id that cannot be read: these are counted from the piece's beginning.
    pub fn of_piece(piece: &Piece, options: Options) -> Self {
        match open(piece, &options) {
            Ok(Some(stories)) => stories,
            Ok(None) => Stories::open([&piece.path], options),
            // What cannot be opened becomes an error among the stories, as for whole files.
            Err(_) => Stories::open([&piece.path], options),
        }
    }
}

/// `None` for files that are not cut.
fn open(piece: &Piece, options: &Options) -> io::Result<Option<Stories>> {
    Ok(match form(&piece.path) {
        Some(Form::Warc) => {
            let end = piece.offset.saturating_add(piece.length);
            let warc = Warc::open_between(&piece.path, piece.offset, end)?;
            Some(Stories::of_warc(warc, options.clone()))
        }
        Some(Form::Lines) => {
            let mut file = File::open(&piece.path)?;
            file.seek(SeekFrom::Start(piece.offset))?;
            let name = match piece.offset {
                0 => piece.path.display().to_string(),
                offset => format!("{}+{offset}", piece.path.display()),
            };
            let lines = Box::new(file.take(piece.length));
            Some(Stories::of_lines(&name, lines, options.clone()))
        }
        _ => None,
    })
}

/// Where each piece but the last ends.
fn warc_cuts(path: &Path, size: u64, length: u64) -> io::Result<Vec<u64>> {
    let mut warc = Warc::open(path)?;
    let mut cuts = Vec::new();
    let mut wanted = size;
    while wanted < length {
        let Some(cut) = warc.next_record(wanted)? else {
            break;
        };
        cuts.push(cut);
        wanted = cut.saturating_add(size);
    }
    Ok(cuts)
}

/// Where each piece but the last ends: behind the end of a line.
fn line_cuts(path: &Path, size: u64, length: u64) -> io::Result<Vec<u64>> {
    let mut file = BufReader::new(File::open(path)?);
    let mut cuts = Vec::new();
    let mut wanted = size;
    while wanted < length {
        // A line end just before the wanted place is as good as one behind it.
        file.seek(SeekFrom::Start(wanted - 1))?;
        file.skip_until(b'\n')?;
        let cut = file.stream_position()?;
        cuts.push(cut);
        wanted = cut.saturating_add(size);
    }
    Ok(cuts)
}
