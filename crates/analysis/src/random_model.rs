//! A small model with random weights and every head, for tests of the whole way from text to document.

use std::collections::BTreeMap;

use encoder::Model;
use safetensors::tensor::{Dtype, TensorView};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::decode::noise::Noise;
use crate::labels::tests::labels_of;

const HIDDEN: usize = 16;
const INNER: usize = 8;
const POSITIONS: usize = 32;

const HEADS: [(&str, &str); 15] = [
    ("upos", "linear"),
    ("feats", "linear"),
    ("lemma", "linear"),
    ("names", "linear"),
    ("entities", "linear"),
    ("cue", "linear"),
    ("trigger", "linear"),
    ("mode", "linear"),
    ("status", "linear"),
    ("factuality", "linear"),
    ("arc", "biaffine"),
    ("relation", "biaffine"),
    ("attribution", "biaffine"),
    ("argument", "biaffine"),
    ("pair", "pooled"),
];

/// The bytes of a model file without the head `missing`. Its windows hold 22 pieces.
pub(crate) fn bytes(missing: Option<&str>) -> Vec<u8> {
    let mut file = File {
        tensors: BTreeMap::new(),
        noise: Noise(99),
    };
    let heads: Vec<_> = HEADS
        .into_iter()
        .filter(|(name, _)| Some(*name) != missing)
        .collect();
    file.encoder();
    for (name, kind) in &heads {
        file.head(name, kind);
    }
    file.finish(&heads)
}

/// The model of [`bytes`] with all heads.
pub(crate) fn model() -> Model {
    Model::from_bytes(bytes(None)).expect("a sound model")
}

struct File {
    tensors: BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>,
    noise: Noise,
}

impl File {
    fn encoder(&mut self) {
        let pieces = [
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "said", ",", ".", "\"",
        ]
        .map(str::to_owned);
        let letters = ('a'..='z')
            .chain('0'..='9')
            .flat_map(|c| [c.to_string(), format!("##{c}")]);
        let vocab: Vec<String> = pieces.into_iter().chain(letters).collect();
        let text = vocab.join("\n").into_bytes();
        self.tensors
            .insert("vocab".into(), (Dtype::U8, vec![text.len()], text));
        let words = vocab.len() * HIDDEN;
        let word = (0..words)
            .map(|_| (self.noise.next() * 20.0) as i8 as u8)
            .collect();
        let shape = vec![vocab.len(), HIDDEN];
        self.tensors
            .insert("embeddings.word.weight".into(), (Dtype::I8, shape, word));
        self.floats("embeddings.word.scale", &[vocab.len()], 0.02, 0.0);
        self.floats("embeddings.position", &[POSITIONS, HIDDEN], 0.0, 0.1);
        self.floats("embeddings.shape", &[9, HIDDEN], 0.0, 0.1);
        self.floats("embeddings.mark", &[3, HIDDEN], 0.0, 0.1);
        self.norm("embeddings.norm");
        for (part, out, inputs) in [("qkv", 3, 1), ("out", 1, 1), ("up", 2, 1), ("down", 1, 2)] {
            self.matrix(
                &format!("layer.0.{part}"),
                out * HIDDEN,
                inputs * HIDDEN,
                true,
            );
        }
        self.norm("layer.0.norm1");
        self.norm("layer.0.norm2");
    }

    fn head(&mut self, name: &str, kind: &str) {
        let (labels, at) = (labels_of(name).len(), format!("head.{name}"));
        match kind {
            "linear" => self.matrix(&at, labels, HIDDEN, true),
            "biaffine" => {
                self.matrix(&format!("{at}.left"), INNER, HIDDEN, true);
                self.matrix(&format!("{at}.right"), INNER, HIDDEN, true);
                self.matrix(
                    &format!("{at}.bilinear"),
                    labels * (INNER + 1),
                    INNER + 1,
                    false,
                );
                self.floats(&format!("{at}.distance"), &[labels, 65], 0.0, 0.1);
            }
            _ => {
                self.matrix(&format!("{at}.hidden"), INNER, 3 * HIDDEN, true);
                self.matrix(&format!("{at}.out"), labels, INNER, true);
            }
        }
    }

    fn norm(&mut self, name: &str) {
        self.floats(&format!("{name}.weight"), &[HIDDEN], 1.0, 0.02);
        self.floats(&format!("{name}.bias"), &[HIDDEN], 0.0, 0.02);
    }

    fn matrix(&mut self, name: &str, rows: usize, columns: usize, bias: bool) {
        let one = |noise: &mut Noise| ((noise.next() * 200.0) as i16).to_le_bytes();
        let values = (0..rows * columns)
            .flat_map(|_| one(&mut self.noise))
            .collect();
        let shape = vec![rows, columns];
        self.tensors
            .insert(format!("{name}.weight"), (Dtype::I16, shape, values));
        self.floats(&format!("{name}.scale"), &[rows], 0.002, 0.0);
        if bias {
            self.floats(&format!("{name}.bias"), &[rows], 0.0, 0.1);
        }
    }

    fn floats(&mut self, name: &str, shape: &[usize], mean: f32, spread: f32) {
        let count: usize = shape.iter().product();
        let one = |noise: &mut Noise| (mean + spread * noise.next()).to_le_bytes();
        let values = (0..count).flat_map(|_| one(&mut self.noise)).collect();
        self.tensors
            .insert(name.to_owned(), (Dtype::F32, shape.to_vec(), values));
    }

    fn finish(self, heads: &[(&str, &str)]) -> Vec<u8> {
        let mut hash = Sha256::new();
        for (name, (_, _, bytes)) in &self.tensors {
            hash.update(name.as_bytes());
            hash.update(bytes);
        }
        let digest: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        let head = |(name, kind): &(&str, &str)| json!({"name": name, "kind": kind, "labels": labels_of(name)});
        let heads: Vec<Value> = heads.iter().map(head).collect();
        let meta = json!({
            "format": 1, "name": "random", "digest": digest, "window": 24, "heads": heads,
            "encoder": {"layers": 1, "hidden": HIDDEN, "heads": 2, "intermediate": 2 * HIDDEN,
                        "positions": POSITIONS, "epsilon": 1e-12},
        });
        let views = self.tensors.iter().map(|(name, (kind, shape, bytes))| {
            let view = TensorView::new(*kind, shape.clone(), bytes);
            (name.clone(), view.expect("bytes of this shape"))
        });
        let meta = [("rapporteur".to_owned(), meta.to_string())].into();
        safetensors::serialize(views, Some(meta)).expect("a file")
    }
}
