//! A matrix's integers as the model file holds them: two bytes each, or twelve bits each.

use safetensors::Dtype;

use crate::error::ModelError;
use crate::kernel::LARGEST_WEIGHT;
use crate::tensors::{Bytes, Tensors};

/// Integers within ±[`LARGEST_WEIGHT`], by rows.
pub(crate) enum Integers {
    /// Little-endian, two bytes each: a tensor I16 `[rows, columns]`.
    Wide(Bytes),
    /// Two's complement of twelve bits, two in three bytes, the first in the lower bits: a tensor U8
    /// `[rows, columns / 2 * 3]`. The file is a seventh smaller by it.
    Packed(Bytes),
}

impl Integers {
    /// Reads the tensor `name` of `rows` by `columns` integers in either layout.
    ///
    /// # Errors
    /// If it is missing, has another type or shape, or a value that the integer kernel's sums do not allow.
    pub fn load(
        tensors: &mut Tensors,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<Self, ModelError> {
        let is_packed = columns.is_multiple_of(2) && tensors.dtype(name)? == Dtype::U8;
        let integers = if is_packed {
            Self::Packed(tensors.bytes(name, Dtype::U8, &[rows, columns / 2 * 3])?)
        } else {
            Self::Wide(tensors.bytes(name, Dtype::I16, &[rows, columns])?)
        };
        let values = integers.values();
        let largest = values.iter().fold(0, |m, v| v.unsigned_abs().max(m));
        if largest > LARGEST_WEIGHT.unsigned_abs() {
            let what = format!("has a value of ±{largest}, beyond ±{LARGEST_WEIGHT}");
            return Err(ModelError::tensor(name, what));
        }
        Ok(integers)
    }

    /// All values, by rows.
    pub fn values(&self) -> Vec<i16> {
        match self {
            Self::Wide(bytes) => {
                let pairs = bytes.as_chunks().0.iter();
                pairs.map(|&b| i16::from_le_bytes(b)).collect()
            }
            Self::Packed(bytes) => {
                let triples = bytes.as_chunks().0.iter();
                triples.flat_map(|&triple| unpacked(triple)).collect()
            }
        }
    }
}

/// The two integers in three bytes; shifting to the top of 16 bits and back extends the sign.
fn unpacked([low, middle, high]: [u8; 3]) -> [i16; 2] {
    let first = i16::from_le_bytes([low << 4, middle << 4 | low >> 4]);
    let second = i16::from_le_bytes([middle & 0xf0, high]);
    [first >> 4, second >> 4]
}

#[cfg(test)]
mod tests {
    use super::unpacked;

    /// What `training/export.py` does.
    fn packed(first: i16, second: i16) -> [u8; 3] {
        let (a, b) = (first as u16 & 0xfff, second as u16 & 0xfff);
        [a as u8, (a >> 8) as u8 | (b << 4) as u8, (b >> 4) as u8]
    }

    #[test]
    fn every_value_comes_back_in_both_places() {
        for value in -2048..2048 {
            assert_eq!(unpacked(packed(value, -1)), [value, -1]);
            assert_eq!(unpacked(packed(1023, value)), [1023, value]);
        }
    }
}
