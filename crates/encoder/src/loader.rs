//! From bytes to a model: every tensor is checked before anything is computed with it.

use std::borrow::Cow;

use safetensors::Dtype;

use crate::attention::Heads;
use crate::config::{Config, EncoderConfig, HeadConfig};
use crate::error::ModelError;
use crate::forward::{Embeddings, Encoder, Layer, Norm};
use crate::heads::{Biaffine, DISTANCES, Head, Linear, Pooled};
use crate::matrix::Matrix;
use crate::tensors::Tensors;
use crate::wordpiece::WordPiece;

/// Shapes of words, see [`shape_of`](crate::shape_of).
const SHAPES: usize = 9;
/// Marks of words, see [`Mark`](crate::Mark).
const MARKS: usize = 3;

/// Everything in a model file.
pub(crate) struct Parts {
    pub config: Config,
    pub vocabulary: WordPiece,
    pub encoder: Encoder,
    /// In the file's order.
    pub heads: Vec<(String, Head)>,
}

impl Parts {
    pub fn load(file: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        let (mut tensors, text) = Tensors::open(file)?;
        let config = Config::parse(&text)?;
        let found = tensors.digest();
        if found != config.digest {
            return Err(ModelError::Digest {
                found,
                expected: config.digest,
            });
        }
        let vocabulary = WordPiece::from_vocabulary(&tensors.text("vocab")?)?;
        let encoder = encoder(&mut tensors, &config.encoder, vocabulary.len())?;
        let hidden = config.encoder.hidden;
        let heads = config
            .heads
            .iter()
            .map(|c| Ok((c.name.clone(), head(&mut tensors, c, hidden)?)));
        let heads = heads.collect::<Result<_, ModelError>>()?;
        tensors.all_read()?;
        Ok(Self {
            config,
            vocabulary,
            encoder,
            heads,
        })
    }
}

fn encoder(t: &mut Tensors, c: &EncoderConfig, pieces: usize) -> Result<Encoder, ModelError> {
    let embeddings = Embeddings {
        hidden: c.hidden,
        word: t.bytes("embeddings.word.weight", Dtype::I8, &[pieces, c.hidden])?,
        word_scale: t.floats("embeddings.word.scale", &[pieces])?,
        position: t.floats("embeddings.position", &[c.positions, c.hidden])?,
        shape: t.floats("embeddings.shape", &[SHAPES, c.hidden])?,
        mark: t.floats("embeddings.mark", &[MARKS, c.hidden])?,
        norm: norm(t, c, "embeddings.norm")?,
    };
    let layers = (0..c.layers)
        .map(|i| layer(t, c, i))
        .collect::<Result<_, _>>()?;
    Ok(Encoder {
        heads: Heads {
            count: c.heads,
            hidden: c.hidden,
        },
        embeddings,
        layers,
    })
}

fn norm(t: &mut Tensors, c: &EncoderConfig, name: &str) -> Result<Norm, ModelError> {
    let weight = t.floats(&format!("{name}.weight"), &[c.hidden])?;
    let bias = t.floats(&format!("{name}.bias"), &[c.hidden])?;
    Ok(Norm {
        weight,
        bias,
        epsilon: c.epsilon,
    })
}

fn layer(t: &mut Tensors, c: &EncoderConfig, i: usize) -> Result<Layer, ModelError> {
    let name = |part: &str| format!("layer.{i}.{part}");
    Ok(Layer {
        qkv: Matrix::load(t, &name("qkv"), 3 * c.hidden, c.hidden)?,
        out: Matrix::load(t, &name("out"), c.hidden, c.hidden)?,
        norm1: norm(t, c, &name("norm1"))?,
        up: Matrix::load(t, &name("up"), c.intermediate, c.hidden)?,
        down: Matrix::load(t, &name("down"), c.hidden, c.intermediate)?,
        norm2: norm(t, c, &name("norm2"))?,
    })
}

fn head(t: &mut Tensors, c: &HeadConfig, hidden: usize) -> Result<Head, ModelError> {
    let (name, labels) = (format!("head.{}", c.name), c.labels.clone());
    match c.kind.as_str() {
        "linear" => {
            let matrix = Matrix::load(t, &name, labels.len(), hidden)?;
            Ok(Head::Linear(Linear { labels, matrix }))
        }
        "biaffine" => biaffine(t, c, &name, hidden).map(Head::Biaffine),
        "pooled" => {
            let inner = outputs(t, &format!("{name}.hidden.weight"))?;
            let input = Matrix::load(t, &format!("{name}.hidden"), inner, 3 * hidden)?;
            let out = Matrix::load(t, &format!("{name}.out"), labels.len(), inner)?;
            Ok(Head::Pooled(Pooled {
                labels,
                hidden: input,
                out,
            }))
        }
        other => Err(ModelError::Metadata(format!(
            "head `{}` has the unknown kind `{other}`",
            c.name
        ))),
    }
}

fn biaffine(
    t: &mut Tensors,
    c: &HeadConfig,
    name: &str,
    hidden: usize,
) -> Result<Biaffine, ModelError> {
    let (labels, size) = (c.labels.len(), outputs(t, &format!("{name}.left.weight"))?);
    let rows = labels
        .checked_mul(size + 1)
        .ok_or_else(|| ModelError::tensor(name, "is too large"))?;
    Ok(Biaffine {
        labels: c.labels.clone(),
        groups: if c.groups.is_empty() {
            vec![labels]
        } else {
            c.groups.clone()
        },
        size,
        left: Matrix::load(t, &format!("{name}.left"), size, hidden)?,
        right: Matrix::load(t, &format!("{name}.right"), size, hidden)?,
        bilinear: Matrix::load_unbiased(t, &format!("{name}.bilinear"), rows, size + 1)?,
        distance: t.floats(&format!("{name}.distance"), &[labels, DISTANCES])?,
    })
}

/// The number of outputs of a matrix whose size only its tensor tells; at least one.
fn outputs(t: &Tensors, name: &str) -> Result<usize, ModelError> {
    match t.rows_and_columns(name)?.0 {
        0 => Err(ModelError::tensor(name, "has no rows")),
        // A bound far above any head: the size is multiplied before tensors are compared with it.
        n if n > 1 << 16 => Err(ModelError::tensor(
            name,
            format!("has {n} rows, over 65536"),
        )),
        n => Ok(n),
    }
}
