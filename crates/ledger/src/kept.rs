//! The record as it is kept: whole but for the story's text, which has its own column.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use types::record::{Record, StoryRecord};

use crate::error::{LedgerError, Result};

/// The most that a kept record may be when it is opened, so that a damaged file cannot fill the memory: 1 GiB.
const LARGEST: u64 = 1 << 30;

/// The record without its text, as compressed JSON.
pub(crate) fn pack(record: &Record) -> Result<Vec<u8>> {
    let bare = Record {
        story: StoryRecord {
            text: String::new(),
            ..record.story.clone()
        },
        ..record.clone()
    };
    let failed = |what: String| LedgerError::Record {
        story: record.story.id.clone(),
        what,
    };
    let json = serde_json::to_vec(&bare).map_err(|error| failed(error.to_string()))?;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&json)?;
    Ok(encoder.finish()?)
}

/// The record as it was added, with `text` in its place.
pub(crate) fn unpack(reading: i64, kept: &[u8], text: String) -> Result<Record> {
    let damaged = |what: String| LedgerError::Damaged { reading, what };
    let mut json = Vec::new();
    ZlibDecoder::new(kept)
        .take(LARGEST)
        .read_to_end(&mut json)
        .map_err(|error| damaged(error.to_string()))?;
    let mut record: Record =
        serde_json::from_slice(&json).map_err(|error| damaged(error.to_string()))?;
    record.story.text = text;
    Ok(record)
}
