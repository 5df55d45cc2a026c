//! The model file's metadata, as JSON.

use serde::Deserialize;

use crate::error::ModelError;

/// The newest format that this version reads; since the second, matrices may be packed.
const FORMAT: u64 = 2;

/// Sizes of the encoder.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct EncoderConfig {
    pub layers: usize,
    pub hidden: usize,
    pub heads: usize,
    pub intermediate: usize,
    pub positions: usize,
    pub epsilon: f32,
}

/// One head as the metadata lists it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct HeadConfig {
    pub name: String,
    pub kind: String,
    pub labels: Vec<String>,
    /// Sizes of the runs of labels that exclude each other; empty means one run of all.
    #[serde(default)]
    pub groups: Vec<usize>,
}

/// All of the metadata.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Config {
    pub name: String,
    pub digest: String,
    pub encoder: EncoderConfig,
    pub window: usize,
    pub heads: Vec<HeadConfig>,
}

impl Config {
    /// Reads the metadata; the format is looked at first, so that a newer file is called newer and not malformed.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let wrong = |e: serde_json::Error| ModelError::Metadata(format!("not as expected: {e}"));
        let value: serde_json::Value = serde_json::from_str(text).map_err(wrong)?;
        let format = value.get("format");
        let number = format.and_then(serde_json::Value::as_u64);
        if !number.is_some_and(|n| (1..=FORMAT).contains(&n)) {
            let found = format.map_or_else(|| "(none)".to_owned(), ToString::to_string);
            return Err(ModelError::Format {
                found,
                known: FORMAT,
            });
        }
        let config: Self = serde_json::from_value(value).map_err(wrong)?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ModelError> {
        let e = &self.encoder;
        let refuse = |what: String| Err(ModelError::Metadata(what));
        if [e.layers, e.hidden, e.heads, e.intermediate].contains(&0) {
            return refuse("a size of the encoder is zero".into());
        }
        // A bound far above any model of this kind: sizes are multiplied before tensors are compared with them.
        if [e.layers, e.hidden, e.intermediate, e.positions]
            .iter()
            .any(|&n| n > 1 << 16)
        {
            return refuse("a size of the encoder is over 65536".into());
        }
        if !e.hidden.is_multiple_of(e.heads) {
            return refuse(format!(
                "hidden size {} does not divide into {} heads",
                e.hidden, e.heads
            ));
        }
        if !(e.epsilon.is_finite() && e.epsilon >= 0.0) {
            return refuse(format!("epsilon {} is no small number", e.epsilon));
        }
        if self.window < 3 || self.window > e.positions {
            return refuse(format!(
                "window {} is not within 3 and the {} positions",
                self.window, e.positions
            ));
        }
        self.check_heads()
    }

    fn check_heads(&self) -> Result<(), ModelError> {
        let mut names = std::collections::BTreeSet::new();
        for head in &self.heads {
            let refuse =
                |what: String| Err(ModelError::Metadata(format!("head `{}` {what}", head.name)));
            if !names.insert(&head.name) {
                return refuse("is listed twice".into());
            }
            if head.labels.is_empty() {
                return refuse("has no labels".into());
            }
            let sum = head
                .groups
                .iter()
                .try_fold(0usize, |sum, &n| sum.checked_add(n));
            if !head.groups.is_empty()
                && (head.groups.contains(&0) || sum != Some(head.labels.len()))
            {
                return refuse(format!(
                    "has groups that do not add up to its {} labels",
                    head.labels.len()
                ));
            }
        }
        Ok(())
    }
}
