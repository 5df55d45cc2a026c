//! What can be wrong with a model file.

/// Why a model file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The bytes are no safetensors file, or one that was cut short.
    #[error("the model file is not a whole safetensors file: {0}")]
    Container(String),
    /// The JSON text under the key `rapporteur` is missing, malformed, or contradicts itself.
    #[error("the model file's metadata: {0}")]
    Metadata(String),
    /// The file has a format number that this version does not read.
    #[error("the model file has format {found}; this version reads formats 1 to {known}")]
    Format {
        /// The number in the file.
        found: String,
        /// The newest that is read.
        known: u64,
    },
    /// A tensor is missing, or has another shape, type or range of values than it must.
    #[error("the model file's tensor `{name}` {what}")]
    Tensor {
        /// The tensor's name in the file.
        name: String,
        /// What is wrong with it.
        what: String,
    },
    /// The tensors are not those that the file was written with.
    #[error("the model file is damaged: its tensors have digest {found}, not {expected}")]
    Digest {
        /// SHA-256 of the tensors as they are.
        found: String,
        /// SHA-256 that the metadata gives.
        expected: String,
    },
}

impl ModelError {
    pub(crate) fn tensor(name: &str, what: impl Into<String>) -> Self {
        Self::Tensor {
            name: name.to_owned(),
            what: what.into(),
        }
    }
}
