//! The tensors of a model file: found by name, checked for type and shape, and marked as used.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, Range};
use std::sync::Arc;

use safetensors::{Dtype, SafeTensors};
use sha2::{Digest, Sha256};

use crate::error::ModelError;

/// A part of the model file's bytes, shared with all other parts.
#[derive(Clone)]
pub(crate) struct Bytes {
    file: Arc<Cow<'static, [u8]>>,
    range: Range<usize>,
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.file[self.range.clone()]
    }
}

struct Entry {
    dtype: Dtype,
    shape: Vec<usize>,
    range: Range<usize>,
}

/// All tensors of a file.
pub(crate) struct Tensors {
    file: Arc<Cow<'static, [u8]>>,
    entries: BTreeMap<String, Entry>,
    unread: BTreeSet<String>,
}

impl Tensors {
    /// Opens the container; also gives the text under the metadata key `rapporteur`.
    pub fn open(file: Cow<'static, [u8]>) -> Result<(Self, String), ModelError> {
        let file = Arc::new(file);
        let container = |e: safetensors::SafeTensorError| ModelError::Container(e.to_string());
        let (_, header) = SafeTensors::read_metadata(&file).map_err(container)?;
        let text = header
            .metadata()
            .as_ref()
            .and_then(|m| m.get("rapporteur"))
            .cloned();
        let text =
            text.ok_or_else(|| ModelError::Metadata("the key `rapporteur` is missing".into()))?;
        let whole = SafeTensors::deserialize(&file).map_err(container)?;
        let base = file.as_ptr() as usize;
        let entries: BTreeMap<String, Entry> = whole
            .iter()
            .map(|(name, view)| {
                let start = view.data().as_ptr() as usize - base;
                let range = start..start + view.data().len();
                (
                    name.to_owned(),
                    Entry {
                        dtype: view.dtype(),
                        shape: view.shape().to_vec(),
                        range,
                    },
                )
            })
            .collect();
        let unread = entries.keys().cloned().collect();
        Ok((
            Self {
                file,
                entries,
                unread,
            },
            text,
        ))
    }

    /// SHA-256 in lower-case hex over all tensors in order of name: the name's bytes, then the tensor's.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (name, entry) in &self.entries {
            hash.update(name.as_bytes());
            hash.update(&self.file[entry.range.clone()]);
        }
        hash.finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The shape of a tensor of two dimensions.
    pub fn rows_and_columns(&self, name: &str) -> Result<(usize, usize), ModelError> {
        match *self.entry(name)?.shape.as_slice() {
            [rows, columns] => Ok((rows, columns)),
            ref other => Err(ModelError::tensor(
                name,
                format!("has shape {other:?}, not two dimensions"),
            )),
        }
    }

    /// The type of a tensor's values.
    pub fn dtype(&self, name: &str) -> Result<Dtype, ModelError> {
        self.entry(name).map(|entry| entry.dtype)
    }

    /// The bytes of a tensor with this type and shape.
    pub fn bytes(
        &mut self,
        name: &str,
        dtype: Dtype,
        shape: &[usize],
    ) -> Result<Bytes, ModelError> {
        let entry = self.entry(name)?;
        if entry.dtype != dtype {
            return Err(ModelError::tensor(
                name,
                format!("has type {:?}, not {dtype:?}", entry.dtype),
            ));
        }
        if entry.shape != shape {
            return Err(ModelError::tensor(
                name,
                format!("has shape {:?}, not {shape:?}", entry.shape),
            ));
        }
        let range = entry.range.clone();
        self.unread.remove(name);
        Ok(Bytes {
            file: Arc::clone(&self.file),
            range,
        })
    }

    /// The bytes of a one-dimensional U8 tensor of any length.
    pub fn text(&mut self, name: &str) -> Result<Bytes, ModelError> {
        let length = self.entry(name)?.shape.iter().product();
        self.bytes(name, Dtype::U8, &[length])
    }

    /// The values of an F32 tensor; all must be finite.
    pub fn floats(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(name, Dtype::F32, shape)?;
        let values: Vec<f32> = bytes
            .as_chunks()
            .0
            .iter()
            .map(|&b| f32::from_le_bytes(b))
            .collect();
        match values.iter().position(|v| !v.is_finite()) {
            Some(at) => Err(ModelError::tensor(
                name,
                format!("has the value {} at {at}", values[at]),
            )),
            None => Ok(values),
        }
    }

    /// An error if the file has tensors that nothing asked for: they would be silently without effect.
    pub fn all_read(&self) -> Result<(), ModelError> {
        match self.unread.first() {
            Some(name) => Err(ModelError::tensor(
                name,
                "is not one that the metadata calls for",
            )),
            None => Ok(()),
        }
    }

    fn entry(&self, name: &str) -> Result<&Entry, ModelError> {
        self.entries
            .get(name)
            .ok_or_else(|| ModelError::tensor(name, "is missing"))
    }
}
