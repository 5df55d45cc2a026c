//! The layout of the data file.
//!
//! All numbers are little-endian. A head of 40 bytes: [`MAGIC`], then as `u32` the number of countries, places and keys,
//! and the lengths of the four sections of variable length. Behind it, without gaps:
//!
//! 1. countries: ISO 3166-1 alpha-3, three bytes each;
//! 2. places: [`RECORD`] bytes each: GeoNames id (`u24`, 0 for none), latitude and longitude (`u24` each, over the whole
//!    range), population (`u8`: eight times the binary logarithm), kind, country (255 for none), place around it (`u16`,
//!    its number plus one, 0 for none). Countries stand before divisions before counties before all others;
//! 3. names: an index of `u32` offsets, one for each [`BLOCK`] names, and the names in the order of the places;
//! 4. keys: an index of the same kind, and the keys in order of their bytes, each followed by its places.
//!
//! Names and keys are front-coded: a byte with the bytes shared with the one before (high four bits) and the length of
//! what follows (low four bits), either 15 if a varint holds the rest; the first of a block shares nothing. The places
//! of a key are a varint count and, in rising order, varints of four times the distance from the place before plus
//! the [`crate::Spelling`].

/// First bytes of a data file, with the version of its layout.
pub(crate) const MAGIC: &[u8; 8] = b"RGAZ0001";
/// Bytes of the head.
pub(crate) const HEAD: usize = 8 + 4 * 8;
/// Bytes of a place.
pub(crate) const RECORD: usize = 14;
/// Names or keys in a block.
pub(crate) const BLOCK: usize = 16;
/// Longest name or key, in bytes; the longest that GeoNames has is 74 letters.
pub(crate) const LONGEST: usize = 200;

/// Bytes that are no gazetteer of this version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DamagedError {
    /// The first bytes are others.
    #[error(
        "this is no gazetteer, or one of another version: make it anew with the example `pack`"
    )]
    Magic,
    /// The lengths in the head are not those of the file.
    #[error("the gazetteer has {found} bytes where its head says {wanted}: it was cut or changed")]
    Length {
        /// Bytes that there are.
        found: usize,
        /// Bytes that the head speaks of.
        wanted: usize,
    },
}

/// Sections of a data file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sections<'b> {
    pub(crate) countries: &'b [u8],
    pub(crate) places: &'b [u8],
    pub(crate) names: Coded<'b>,
    pub(crate) keys: Coded<'b>,
}

impl<'b> Sections<'b> {
    /// The sections of `bytes`. Looks at the head alone.
    pub(crate) fn of(bytes: &'b [u8]) -> Result<Self, DamagedError> {
        let head = bytes.get(..HEAD).ok_or(DamagedError::Magic)?;
        if &head[..8] != MAGIC {
            return Err(DamagedError::Magic);
        }
        let number = |i: usize| u32_at(head, 8 + 4 * i).unwrap_or(0) as usize;
        let (countries, places, keys) = (number(0), number(1), number(2));
        let lengths = [
            countries.saturating_mul(3),
            places.saturating_mul(RECORD),
            number(3),
            number(4),
            number(5),
            number(6),
        ];
        let wanted = lengths.iter().fold(HEAD, |sum, l| sum.saturating_add(*l));
        let found = bytes.len();
        if wanted != found {
            return Err(DamagedError::Length { found, wanted });
        }
        let mut rest = &bytes[HEAD..];
        let mut next = |length: usize| {
            let (section, behind) = rest.split_at(length);
            rest = behind;
            section
        };
        let [countries, records, name_index, names, key_index, key_bytes] = lengths.map(&mut next);
        let coded = |index, bytes, count| Coded {
            index,
            bytes,
            count,
        };
        Ok(Sections {
            countries,
            places: records,
            names: coded(name_index, names, places),
            keys: coded(key_index, key_bytes, keys),
        })
    }
}

/// Front-coded names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Coded<'b> {
    index: &'b [u8],
    bytes: &'b [u8],
    /// How many there are.
    pub(crate) count: usize,
}

impl<'b> Coded<'b> {
    /// How many blocks there are.
    pub(crate) fn blocks(&self) -> usize {
        self.index.len() / 4
    }

    /// A reader at the first entry of `block`.
    pub(crate) fn block(&self, block: usize) -> Option<Cursor<'b>> {
        let start = u32_at(self.index, block.checked_mul(4)?)? as usize;
        let rest = self.bytes.get(start..)?;
        Some(Cursor { rest })
    }
}

/// Reads entries one after the other. `None` where the bytes end or make no sense.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'b> {
    rest: &'b [u8],
}

impl Cursor<'_> {
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    pub(crate) fn varint(&mut self) -> Option<u32> {
        let mut value = 0u32;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            value |= u32::from(byte & 127).checked_shl(shift)?;
            if byte < 128 {
                return Some(value);
            }
        }
        None
    }

    /// Reads the next front-coded string into `text`, which holds the one before.
    pub(crate) fn string(&mut self, text: &mut Vec<u8>) -> Option<()> {
        let head = self.byte()?;
        let shared = self.long(head >> 4)?;
        let added = self.long(head & 15)?;
        if shared > text.len() || shared + added > LONGEST {
            return None;
        }
        let (own, rest) = self.rest.split_at_checked(added)?;
        text.truncate(shared);
        text.extend_from_slice(own);
        self.rest = rest;
        Some(())
    }

    fn long(&mut self, short: u8) -> Option<usize> {
        let more = if short == 15 { self.varint()? } else { 0 };
        Some(usize::from(short).saturating_add(more as usize))
    }
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

pub(crate) fn u24_at(bytes: &[u8], at: usize) -> Option<u32> {
    let three = bytes.get(at..at.checked_add(3)?)?;
    Some(u32::from_le_bytes([three[0], three[1], three[2], 0]))
}
