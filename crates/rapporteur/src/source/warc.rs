//! Pages of a WARC file (ISO 28500), as Common Crawl ships them: one gzip member for each record, or none at all.
//!
//! A damaged record costs that record: the reader looks for the next one behind it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use flate2::bufread::GzDecoder;

use super::http::{self, Page};

/// The most that a record may be once it is unpacked; larger ones are no news page, and may be made to fill the
/// memory. Bytes.
pub(super) const LARGEST_RECORD: u64 = 16 << 20;

/// The first bytes of a gzip member that is deflated (RFC 1952).
const GZIP: [u8; 3] = [0x1f, 0x8b, 0x08];

/// The first bytes of a record.
const RECORD: &[u8] = b"WARC/";

/// What a step through the file came upon.
pub(super) enum Step {
    /// A page, with the offset of its record in the file.
    Page(u64, Page),
    /// Something that is no page in HTML: a request, an image, an error page.
    Other,
    /// A record that cannot be read, with what is wrong with it.
    Damaged(u64, String),
}

/// A WARC file that is open.
pub(super) struct Warc {
    pub path: PathBuf,
    file: BufReader<File>,
    at: u64,
    /// Records that begin here or behind are not read.
    end: u64,
    packed: bool,
}

impl Warc {
    /// Opens a file; whether it is packed is seen from its first bytes.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
        let packed = file.fill_buf()?.starts_with(&GZIP);
        Ok(Warc {
            path: path.into(),
            file,
            at: 0,
            end: u64::MAX,
            packed,
        })
    }

    /// Opens a file for the records that begin from `start` up to, but not at, `end`. A record must begin at `start`.
    pub fn open_between(path: &Path, start: u64, end: u64) -> io::Result<Self> {
        let warc = Warc::open(path)?;
        Ok(Warc {
            at: start,
            end,
            ..warc
        })
    }

    /// Where the first record at or behind `from` begins; `None` where there is none. Call it with ever larger places.
    ///
    /// In a packed file it is looked for around `from`. In one that is not, a page may quote a record's beginning: the
    /// way leads over the lengths of all records before.
    pub fn next_record(&mut self, from: u64) -> io::Result<Option<u64>> {
        if self.packed {
            self.resynchronise(from)?;
        }
        while self.at < from {
            self.file.seek(SeekFrom::Start(self.at))?;
            if self.file.fill_buf()?.is_empty() {
                return Ok(None);
            }
            if self.plain_end()?.is_err() {
                self.resynchronise(self.at + 1)?;
            }
        }
        let ended = self.at >= self.file.get_ref().metadata()?.len();
        Ok((!ended).then_some(self.at))
    }

    /// Where the next record begins, in bytes of the file.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// The next record; `None` at the end of the file.
    pub fn step(&mut self) -> io::Result<Option<Step>> {
        if self.at >= self.end {
            return Ok(None);
        }
        self.file.seek(SeekFrom::Start(self.at))?;
        if self.file.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let start = self.at;
        match if self.packed {
            self.member()?
        } else {
            self.plain()?
        } {
            Ok(record) => Ok(Some(match http::page(&record) {
                Ok(Some(page)) => Step::Page(start, page),
                Ok(None) => Step::Other,
                Err(why) => Step::Damaged(start, why),
            })),
            Err(why) => {
                self.resynchronise(start + 1)?;
                Ok(Some(Step::Damaged(start, why)))
            }
        }
    }

    /// Unpacks the member at `at`, and goes behind it.
    fn member(&mut self) -> io::Result<Result<Vec<u8>, String>> {
        let mut record = Vec::new();
        let mut unpacked = GzDecoder::new(&mut self.file).take(LARGEST_RECORD + 1);
        if let Err(error) = unpacked.read_to_end(&mut record) {
            return Ok(Err(format!("a damaged record ({error})")));
        }
        if record.len() as u64 > LARGEST_RECORD {
            return Ok(Err(too_large()));
        }
        if !record.starts_with(RECORD) {
            return Ok(Err("no WARC record".into()));
        }
        self.at = self.file.stream_position()?;
        Ok(Ok(record))
    }

    /// Reads the record at `at`, which is not packed, and goes behind it.
    fn plain(&mut self) -> io::Result<Result<Vec<u8>, String>> {
        let (mut record, length) = match self.plain_head()? {
            Ok(head) => head,
            Err(why) => return Ok(Err(why)),
        };
        let head = record.len() as u64;
        self.file.by_ref().take(length).read_to_end(&mut record)?;
        if (record.len() as u64) < head + length {
            return Ok(Err("a record that is cut off".into()));
        }
        self.skip_line_ends()?;
        self.at = self.file.stream_position()?;
        Ok(Ok(record))
    }

    /// Goes behind the record at `at`, which is not packed, without reading its body.
    fn plain_end(&mut self) -> io::Result<Result<(), String>> {
        let length = match self.plain_head()? {
            Ok((_, length)) => length,
            Err(why) => return Ok(Err(why)),
        };
        let end = self.file.stream_position()?.saturating_add(length);
        if end > self.file.get_ref().metadata()?.len() {
            return Ok(Err("a record that is cut off".into()));
        }
        self.file.seek(SeekFrom::Start(end))?;
        self.skip_line_ends()?;
        self.at = self.file.stream_position()?;
        Ok(Ok(()))
    }

    /// The header of the record that is not packed and begins here, and the length of what follows.
    fn plain_head(&mut self) -> io::Result<Result<(Vec<u8>, u64), String>> {
        let mut record = Vec::new();
        loop {
            let line = self
                .file
                .by_ref()
                .take(1 << 16)
                .read_until(b'\n', &mut record)?;
            let ended = record.ends_with(b"\r\n\r\n") || record.ends_with(b"\n\n");
            if ended || line == 0 || record.len() > 1 << 18 {
                break;
            }
            if !record.starts_with(&RECORD[..RECORD.len().min(record.len())]) {
                return Ok(Err("no WARC record".into()));
            }
        }
        let Some(length) =
            http::header(&record, "content-length").and_then(|n| n.parse::<u64>().ok())
        else {
            return Ok(Err("a record without its length".into()));
        };
        if length > LARGEST_RECORD {
            return Ok(Err(too_large()));
        }
        Ok(Ok((record, length)))
    }

    fn skip_line_ends(&mut self) -> io::Result<()> {
        while self
            .file
            .fill_buf()?
            .first()
            .is_some_and(|byte| matches!(byte, b'\r' | b'\n'))
        {
            self.file.consume(1);
        }
        Ok(())
    }

    /// Goes to the next place at or behind `from` where a record begins, or to the end.
    fn resynchronise(&mut self, from: u64) -> io::Result<()> {
        let mark: &[u8] = if self.packed { &GZIP } else { RECORD };
        let mut at = from;
        loop {
            let Some(found) = self.find(mark, at)? else {
                self.at = self.file.seek(SeekFrom::End(0))?;
                return Ok(());
            };
            if !self.packed || self.is_record(found)? {
                self.at = found;
                return Ok(());
            }
            at = found + 1;
        }
    }

    /// The next place at or behind `from` with the bytes `mark`.
    fn find(&mut self, mark: &[u8], from: u64) -> io::Result<Option<u64>> {
        self.file.seek(SeekFrom::Start(from))?;
        let (mut matched, mut at) = (0, from);
        loop {
            let buffer = self.file.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            for (index, byte) in buffer.iter().enumerate() {
                // No byte of either mark repeats its first one, so a mismatch starts over at this byte.
                matched = match (*byte == mark[matched], *byte == mark[0]) {
                    (true, _) => matched + 1,
                    (false, true) => 1,
                    (false, false) => 0,
                };
                if matched == mark.len() {
                    return Ok(Some(at + index as u64 + 1 - mark.len() as u64));
                }
            }
            let length = buffer.len();
            at += length as u64;
            self.file.consume(length);
        }
    }

    /// Whether a packed record begins at `at`: three bytes alone may be chance.
    fn is_record(&mut self, at: u64) -> io::Result<bool> {
        self.file.seek(SeekFrom::Start(at))?;
        let mut start = [0; RECORD.len()];
        Ok(GzDecoder::new(&mut self.file)
            .read_exact(&mut start)
            .is_ok()
            && start == RECORD)
    }
}

fn too_large() -> String {
    format!("a record of more than {} MiB", LARGEST_RECORD >> 20)
}
