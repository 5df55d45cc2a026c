//! Word pieces of all shared text against those of the `tokenizers` package (`training/reference.py --pieces`).

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rapporteur_encoder::Model;
use sha2::{Digest, Sha256};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files under a folder, as paths relative to `root` with `/` between the parts.
fn files(root: &Path, folder: &Path, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(root, &path, out);
        } else {
            let parts: Vec<_> = path
                .strip_prefix(root)
                .unwrap()
                .iter()
                .map(|p| p.to_string_lossy())
                .collect();
            out.push(parts.join("/"));
        }
    }
}

#[test]
fn pieces_of_all_shared_text_are_the_references() {
    let shared = std::env::var("RAPPORTEUR_SHARED")
        .map_or_else(|_| workspace().join("../shared"), PathBuf::from);
    let model = workspace().join("models/rapporteur.safetensors");
    if !shared.join("data").exists() || !model.exists() {
        println!("skipped: there is no ../shared/data, or no models/rapporteur.safetensors");
        return;
    }
    let model = Model::from_bytes(std::fs::read(model).unwrap()).unwrap();
    let expected: serde_json::Value =
        serde_json::from_str(include_str!("data/pieces.json")).unwrap();

    let (mut names, mut words, mut order) = (Vec::new(), HashSet::new(), Vec::new());
    files(&shared, &shared.join("data"), &mut names);
    names.sort();
    for text in names
        .iter()
        .filter_map(|name| std::fs::read_to_string(shared.join(name)).ok())
    {
        for word in text
            .split([' ', '\t', '\n', '\r'])
            .filter(|word| !word.is_empty())
        {
            if !words.contains(word) {
                words.insert(word.to_owned());
                order.push(word.to_owned());
            }
        }
    }
    let (mut digest, mut pieces) = (Sha256::new(), Vec::new());
    for word in &order {
        pieces.clear();
        model.split(word, &mut pieces);
        pieces.push(u32::MAX);
        pieces.iter().for_each(|id| digest.update(id.to_le_bytes()));
    }
    if expected["words"] != order.len() {
        println!("skipped: the shared data are not those that the reference was made with");
        return;
    }
    let digest: String = digest
        .finalize()
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(expected["sha256"], digest);
}
