//! Damaged and wrong model files: always an error that says what is wrong, never a panic.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use rapporteur_encoder::{Model, ModelError, Scratch, Window};
use safetensors::tensor::{Dtype, TensorView, serialize};
use sha2::{Digest, Sha256};

const TINY: &[u8] = include_bytes!("data/tiny.safetensors");

/// A model file taken apart.
struct Parts {
    meta: serde_json::Value,
    tensors: BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>,
}

impl Parts {
    fn tiny() -> Self {
        let (_, header) = safetensors::SafeTensors::read_metadata(TINY).unwrap();
        let text = &header.metadata().as_ref().unwrap()["rapporteur"];
        let file = safetensors::SafeTensors::deserialize(TINY).unwrap();
        let part = |(name, view): (&str, TensorView)| {
            (
                name.to_owned(),
                (view.dtype(), view.shape().to_vec(), view.data().to_vec()),
            )
        };
        Self {
            meta: serde_json::from_str(text).unwrap(),
            tensors: file.iter().map(part).collect(),
        }
    }

    /// Puts the file together again; its digest is right, so that other checks are reached.
    fn error(mut self) -> ModelError {
        let mut digest = Sha256::new();
        for (name, (_, _, bytes)) in &self.tensors {
            digest.update(name);
            digest.update(bytes);
        }
        let digest: String = digest
            .finalize()
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        self.meta["digest"] = digest.into();
        let views = self
            .tensors
            .iter()
            .map(|(name, (t, shape, b))| (name, TensorView::new(*t, shape.clone(), b).unwrap()));
        let meta = HashMap::from([("rapporteur".to_owned(), self.meta.to_string())]);
        Model::from_bytes(serialize(views, Some(meta)).unwrap())
            .err()
            .expect("the file is refused")
    }

    fn tensor(&mut self, name: &str) -> &mut (Dtype, Vec<usize>, Vec<u8>) {
        self.tensors.get_mut(name).unwrap()
    }
}

/// Asserts that the error of a changed file has all of the words.
fn refused(change: impl FnOnce(&mut Parts), words: &[&str]) {
    let mut parts = Parts::tiny();
    change(&mut parts);
    let error = parts.error().to_string();
    assert!(words.iter().all(|word| error.contains(word)), "{error}");
}

#[test]
fn a_tensor_that_is_missing_or_too_many_is_named() {
    refused(
        |p| drop(p.tensors.remove("layer.1.up.bias")),
        &["layer.1.up.bias", "missing"],
    );
    refused(
        |p| drop(p.tensors.remove("head.arc.left.weight")),
        &["head.arc.left.weight", "missing"],
    );
    refused(|p| drop(p.tensors.remove("vocab")), &["vocab", "missing"]);
    refused(
        |p| {
            drop(
                p.tensors
                    .insert("head.new.weight".into(), (Dtype::U8, vec![1], vec![0])),
            )
        },
        &["head.new.weight"],
    );
}

#[test]
fn a_wrong_shape_or_type_is_named() {
    refused(
        |p| p.tensor("layer.0.qkv.weight").1 = vec![48, 144],
        &["layer.0.qkv.weight", "[48, 144]", "[144, 48]"],
    );
    refused(
        |p| p.tensor("layer.0.qkv.weight").0 = Dtype::F16,
        &["layer.0.qkv.weight", "F16", "I16"],
    );
    refused(
        |p| p.tensor("layer.1.up.weight").1 = vec![72, 96],
        &["layer.1.up.weight", "[72, 96]", "[96, 72]"],
    );
    refused(
        |p| p.tensor("embeddings.word.weight").0 = Dtype::U8,
        &["embeddings.word.weight", "U8", "I8"],
    );
    refused(
        |p| p.tensor("head.pair.hidden.weight").1 = vec![1440],
        &["head.pair.hidden.weight", "two dimensions"],
    );
}

#[test]
fn values_out_of_range_are_named() {
    let nan = f32::NAN.to_le_bytes();
    refused(
        |p| p.tensor("layer.1.out.scale").2[..4].copy_from_slice(&nan),
        &["layer.1.out.scale", "NaN"],
    );
    let large = 1024i16.to_le_bytes();
    refused(
        |p| p.tensor("layer.1.out.weight").2[..2].copy_from_slice(&large),
        &["layer.1.out.weight", "1024"],
    );
    let least = i16::MIN.to_le_bytes();
    refused(
        |p| p.tensor("layer.1.out.weight").2[..2].copy_from_slice(&least),
        &["layer.1.out.weight", "32768"],
    );
    // Packed in three bytes: -2048 and 0.
    refused(
        |p| p.tensor("layer.1.up.weight").2[..3].copy_from_slice(&[0, 8, 0]),
        &["layer.1.up.weight", "2048"],
    );
    refused(|p| p.tensor("vocab").2[3] = 0xff, &["vocab", "UTF-8"]);
}

#[test]
fn metadata_that_contradicts_is_refused() {
    refused(
        |p| p.meta["format"] = 3.into(),
        &["format 3", "reads formats 1 to 2"],
    );
    refused(
        |p| drop(p.meta.as_object_mut().unwrap().remove("format")),
        &["(none)"],
    );
    refused(|p| p.meta["window"] = 65.into(), &["window 65"]);
    refused(|p| p.meta["encoder"]["heads"] = 5.into(), &["5 heads"]);
    refused(|p| p.meta["encoder"]["layers"] = 0.into(), &["zero"]);
    refused(
        |p| p.meta["encoder"]["hidden"] = u64::MAX.into(),
        &["65536"],
    );
    refused(
        |p| p.meta["encoder"]["layers"] = 3.into(),
        &["layer.2.qkv", "missing"],
    );
    refused(
        |p| p.meta["heads"][0]["kind"] = "other".into(),
        &["upos", "other"],
    );
    refused(
        |p| p.meta["heads"][1]["name"] = "upos".into(),
        &["upos", "twice"],
    );
    refused(
        |p| p.meta["heads"][3]["groups"][0] = 4.into(),
        &["argument", "6 labels"],
    );
    refused(
        |p| p.meta["heads"][0]["labels"][0] = 7.into(),
        &["metadata"],
    );
    refused(
        |p| p.meta["heads"][0]["labels"] = serde_json::json!(["one"]),
        &["head.upos", "[17]", "[1]"],
    );
}

#[test]
fn other_files_are_refused() {
    for bytes in [
        &b""[..],
        b"\0",
        b"PK\x03\x04 not a model",
        &[0xff; 64],
        &TINY[..TINY.len() - 1],
    ] {
        assert!(matches!(
            Model::from_bytes(bytes.to_vec()),
            Err(ModelError::Container(_))
        ));
    }
    let data = [0u8; 4];
    let views = [("x", TensorView::new(Dtype::U8, vec![4], &data).unwrap())];
    let error = Model::from_bytes(serialize(views, None).unwrap())
        .err()
        .unwrap();
    assert!(error.to_string().contains("`rapporteur` is missing"));
}

/// Loads a file and, should it load, runs it.
fn try_all(bytes: Vec<u8>) -> Result<(), ModelError> {
    let model = Model::from_bytes(bytes)?;
    let vectors = &model.encode(
        &[Window::of(&["The", "minister", "said", "so"])],
        &mut Scratch::default(),
    )[0];
    assert!(vectors.len() <= 4);
    Ok(())
}

/// Where the tensors start: after the header and its length.
fn header_end() -> usize {
    8 + u64::from_le_bytes(TINY[..8].try_into().unwrap()) as usize
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_flip_in_the_tensors_is_found(at in header_end()..TINY.len(), bit in 0..8) {
        let mut bytes = TINY.to_vec();
        bytes[at] ^= 1u8 << bit;
        let found = matches!(try_all(bytes), Err(ModelError::Digest { .. }));
        prop_assert!(found);
    }

    #[test]
    fn no_flip_in_the_header_panics(at in 0..header_end(), byte: u8) {
        let mut bytes = TINY.to_vec();
        bytes[at] = byte;
        // A changed label or name is still a model.
        let _ = try_all(bytes);
    }

    #[test]
    fn every_cut_is_found(at in 0..TINY.len()) {
        prop_assert!(try_all(TINY[..at].to_vec()).is_err());
    }
}
