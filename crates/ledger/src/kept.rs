//! The record as it is kept: whole but for the story's text, which has its own column.

use std::io::Read;

use flate2::read::ZlibDecoder;
use flate2::{Compress, CompressError, Compression, FlushCompress, Status};
use serde::Serialize;
use types::record::{
    Actor, Claim, Event, Issue, Place, Position, ProblemRecord, Provenance, Quantity, Record,
    StoryRecord, Stretch, Timex,
};

use crate::error::{LedgerError, Result};

/// The most that a kept record may be when it is opened, so that a damaged file cannot fill the memory: 1 GiB.
const LARGEST: u64 = 1 << 30;

/// Packs records. It keeps its tables between them: they are larger than most records.
pub(crate) struct Packer(Compress);

impl Default for Packer {
    fn default() -> Self {
        Packer(Compress::new(Compression::fast(), true))
    }
}

impl Packer {
    /// The record without its text, as compressed JSON.
    pub fn pack(&mut self, record: &Record) -> Result<Vec<u8>> {
        let failed = |what: String| LedgerError::Record {
            story: record.story.id.clone(),
            what,
        };
        let json =
            serde_json::to_vec(&Bare::of(record)).map_err(|error| failed(error.to_string()))?;
        self.squeeze(&json)
            .map_err(|error| failed(error.to_string()))
    }

    fn squeeze(&mut self, json: &[u8]) -> std::result::Result<Vec<u8>, CompressError> {
        self.0.reset();
        let mut out = Vec::with_capacity(json.len() / 4 + 256);
        loop {
            let taken = usize::try_from(self.0.total_in()).unwrap_or(usize::MAX);
            let rest = json.get(taken..).unwrap_or_default();
            let status = self.0.compress_vec(rest, &mut out, FlushCompress::Finish)?;
            if status == Status::StreamEnd {
                return Ok(out);
            }
            out.reserve(json.len() / 4 + 256);
        }
    }
}

/// A record without its story's text. Names and order of the fields are those of [`Record`];
/// taking it apart by name makes the compiler tell when it gets one more.
#[derive(Serialize)]
struct Bare<'r> {
    schema: u32,
    story: StoryRecord,
    sentences: &'r [Stretch],
    actors: &'r [Actor],
    places: &'r [Place],
    times: &'r [Timex],
    quantities: &'r [Quantity],
    claims: &'r [Claim],
    events: &'r [Event],
    issues: &'r [Issue],
    positions: &'r [Position],
    problems: &'r [ProblemRecord],
    provenance: &'r Provenance,
}

impl<'r> Bare<'r> {
    fn of(record: &'r Record) -> Self {
        let Record {
            schema,
            story,
            sentences,
            actors,
            places,
            times,
            quantities,
            claims,
            events,
            issues,
            positions,
            problems,
            provenance,
        } = record;
        Bare {
            schema: *schema,
            story: StoryRecord {
                text: String::new(),
                ..story.clone()
            },
            sentences,
            actors,
            places,
            times,
            quantities,
            claims,
            events,
            issues,
            positions,
            problems,
            provenance,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::World;

    #[test]
    fn records_come_back_as_they_were() {
        let mut packer = Packer::default();
        let mut world = World::new(3, 5, 40);
        for _ in 0..20 {
            let record = world.tell().record;
            let kept = packer.pack(&record).expect("it is packed");
            let back = unpack(1, &kept, record.story.text.clone()).expect("it is unpacked");
            assert_eq!(back, record);
        }
        assert!(unpack(1, b"no zlib", String::new()).is_err());
    }
}
