//! The encoder and its heads against values that PyTorch computed (`training/reference.py`).

use std::path::{Path, PathBuf};

use rapporteur_encoder::{
    Arithmetic, Head, HeadInput, Instructions, Mark, Model, Scratch, Vectors, Window,
};
use serde::Deserialize;

/// Reference values of one model file.
#[derive(Deserialize)]
struct Reference {
    digest: String,
    actor: [usize; 2],
    recipient: [usize; 2],
    sentences: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Sentence {
    words: Vec<String>,
    marks: Vec<u8>,
    pieces: Vec<u32>,
    vectors: Vec<(usize, f32)>,
    heads: std::collections::BTreeMap<String, Vec<(usize, f32)>>,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(model: &Path, values: &Path) -> (Vec<u8>, Reference) {
    let text = std::fs::read_to_string(values).unwrap();
    (
        std::fs::read(model).unwrap(),
        serde_json::from_str(&text).unwrap(),
    )
}

fn tiny() -> (Vec<u8>, Reference) {
    read(
        &folder("tests/data/tiny.safetensors"),
        &folder("tests/data/tiny.json"),
    )
}

fn mark(number: &u8) -> Mark {
    match number {
        0 => Mark::None,
        1 => Mark::Actor,
        _ => Mark::Recipient,
    }
}

fn encode(model: &Model, sentences: &[Sentence]) -> Vec<Vectors> {
    let words: Vec<Vec<&str>> = sentences
        .iter()
        .map(|s| s.words.iter().map(String::as_str).collect())
        .collect();
    let marks: Vec<Vec<Mark>> = sentences
        .iter()
        .map(|s| s.marks.iter().map(mark).collect())
        .collect();
    let windows: Vec<Window> = words
        .iter()
        .zip(&marks)
        .map(|(words, marks)| Window { words, marks })
        .collect();
    model.encode(&windows, &mut Scratch::default())
}

/// All scores of a head in the reference's order.
fn scores(head: &Head, input: &HeadInput<'_>, reference: &Reference) -> Vec<f32> {
    let range = |[a, b]: [usize; 2]| a..b;
    match head {
        Head::Linear(head) => head.scores(input).values().to_vec(),
        Head::Biaffine(head) => {
            let lefts: Vec<usize> = (0..input.len()).collect();
            let rows = head.project(input).rows(&lefts, 0..input.len());
            rows.iter()
                .flat_map(|row| row.scores().values().to_vec())
                .collect()
        }
        Head::Pooled(head) => {
            head.scores(input, range(reference.actor), range(reference.recipient))
        }
    }
}

/// Asserts that samples of `values` are within `bound` of the reference.
fn close(what: &str, values: &[f32], samples: &[(usize, f32)], bound: f32) {
    for &(i, right) in samples {
        assert!(
            (values[i] - right).abs() < bound,
            "{what} at {i}: {} is not {right}",
            values[i]
        );
    }
}

fn compare(model: &Model, reference: &Reference, bound: f32) {
    assert_eq!(
        model.digest(),
        reference.digest,
        "the values are of another model: run training/reference.py"
    );
    for (sentence, vectors) in reference
        .sentences
        .iter()
        .zip(encode(model, &reference.sentences))
    {
        let mut pieces = Vec::new();
        sentence.words[..vectors.len()]
            .iter()
            .for_each(|word| model.split(word, &mut pieces));
        assert_eq!(pieces, sentence.pieces, "{:?}", sentence.words);
        close("vectors", vectors.values(), &sentence.vectors, bound);
        let input = model.input(&vectors);
        for (name, samples) in &sentence.heads {
            close(
                name,
                &scores(model.head(name).unwrap(), &input, reference),
                samples,
                bound,
            );
        }
    }
}

#[test]
fn the_tiny_model_gives_pytorchs_numbers() {
    let (bytes, reference) = tiny();
    for on in Instructions::all() {
        let model = Model::from_bytes(bytes.clone())
            .unwrap()
            .with_instructions(on);
        compare(&model.with_arithmetic(Arithmetic::F32), &reference, 1e-3);
    }
}

#[test]
fn the_tiny_model_in_integers_stays_within_its_bound() {
    let (bytes, reference) = tiny();
    for on in Instructions::all() {
        let model = Model::from_bytes(bytes.clone())
            .unwrap()
            .with_instructions(on);
        // Heads of random weights magnify what 13 bits leave out; a trained model's bound is tested below.
        compare(&model.with_arithmetic(Arithmetic::Int16), &reference, 2e-2);
    }
}

/// The lowest cosine between the vectors of the two arithmetics.
fn lowest_cosine(bytes: &[u8], sentences: &[Sentence]) -> f64 {
    let run = |arithmetic| {
        encode(
            &Model::from_bytes(bytes.to_vec())
                .unwrap()
                .with_arithmetic(arithmetic),
            sentences,
        )
    };
    let mut lowest = 1.0f64;
    for (a, b) in run(Arithmetic::F32).iter().zip(&run(Arithmetic::Int16)) {
        for i in 0..a.len() {
            let dot = |x: &[f32], y: &[f32]| {
                x.iter()
                    .zip(y)
                    .map(|(x, y)| f64::from(*x) * f64::from(*y))
                    .sum::<f64>()
            };
            let (x, y) = (a.row(i), b.row(i));
            lowest = lowest.min(dot(x, y) / (dot(x, x) * dot(y, y)).sqrt());
        }
    }
    lowest
}

#[test]
fn integers_keep_the_direction_of_vectors() {
    let (bytes, reference) = tiny();
    let cosine = lowest_cosine(&bytes, &reference.sentences);
    assert!(cosine > 0.9999, "{cosine}");
}

#[test]
fn instructions_agree() {
    let (bytes, reference) = tiny();
    for arithmetic in [Arithmetic::F32, Arithmetic::Int16] {
        let run = |on| {
            let model = Model::from_bytes(bytes.clone())
                .unwrap()
                .with_arithmetic(arithmetic);
            encode(&model.with_instructions(on), &reference.sentences)
        };
        let all: Vec<Vec<Vectors>> = Instructions::all().into_iter().map(run).collect();
        // The portable products round after each multiplication, the others do not.
        for vector in &all[1..] {
            assert_eq!(
                *vector, all[1],
                "{arithmetic:?}: vector instructions give the same bits"
            );
            for (a, b) in vector.iter().zip(&all[0]) {
                assert!(
                    a.values()
                        .iter()
                        .zip(b.values())
                        .all(|(x, y)| (x - y).abs() < 1e-2),
                    "{arithmetic:?}"
                );
            }
        }
    }
}

#[test]
fn a_model_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Model>();
}

#[test]
fn pairs_and_squares_are_parts_of_rows() {
    let (bytes, reference) = tiny();
    let model = Model::from_bytes(bytes).unwrap();
    let vectors = &encode(&model, &reference.sentences)[2 * 10];
    let (input, n) = (model.input(vectors), vectors.len());
    assert!(
        n > 34,
        "pairs are farther apart than distances are told apart"
    );
    for name in ["arc", "argument"] {
        let head = model.biaffine(name).unwrap();
        let projected = head.project(&input);
        let rows = projected.rows(&[0, 7, n - 1, n, 1000], 5..n + 9);
        assert_eq!(rows.len(), 3, "words beyond the window are left out");
        assert_eq!(rows[1].rights(), 5..n);
        assert_eq!((rows[1].get(4), rows[1].get(n)), (None, None));
        let pairs = projected.pairs(&[(7, 6), (n - 1, 9)]);
        assert_eq!(Some(pairs.row(0)), rows[1].get(6));
        assert_eq!(Some(pairs.row(1)), rows[2].get(9));
        let square = projected.square(5..n);
        assert_eq!((square.len(), square.columns()), (n - 5, n - 5));
        assert_eq!(square.row(2)[1], rows[1].get(6).unwrap()[0]);
        assert_eq!(head.groups().iter().sum::<usize>(), head.labels().len());
    }
}

#[test]
fn words_beyond_the_window_have_no_vector() {
    let (bytes, _) = tiny();
    let model = Model::from_bytes(bytes).unwrap();
    let run = |words: &[&str]| model.encode(&[Window::of(words)], &mut Scratch::default())[0].len();
    let limit = model.window_limit();
    assert_eq!(model.count_pieces("the"), 1);
    assert_eq!(run(&vec!["the"; limit]), limit);
    assert_eq!(run(&vec!["the"; limit + 1]), limit);
    assert_eq!(run(&[]), 0);
    // A word of three pieces at the end does not fit where two are left; what follows it is left out too.
    let mut words = vec!["the"; limit - 2];
    words.extend(["xyz", "the"]);
    assert_eq!(model.count_pieces("xyz"), 3);
    assert_eq!(run(&words), limit - 2);
    // A first word that fills more than the window is cut and has a vector; nothing follows.
    assert_eq!(run(&[&"x".repeat(limit + 9), "the"]), 1);
}

#[test]
fn a_window_does_not_depend_on_its_neighbours() {
    let (bytes, reference) = tiny();
    for arithmetic in [Arithmetic::F32, Arithmetic::Int16] {
        let model = Model::from_bytes(bytes.clone())
            .unwrap()
            .with_arithmetic(arithmetic);
        let together = encode(&model, &reference.sentences);
        for (i, vectors) in together.iter().enumerate() {
            assert_eq!(
                *vectors,
                encode(&model, &reference.sentences[i..=i])[0],
                "{arithmetic:?}"
            );
        }
    }
}

#[test]
fn the_shipped_model_gives_pytorchs_numbers() {
    let model = folder("../../models/rapporteur.safetensors");
    let values = folder("tests/data/rapporteur.json");
    if !model.exists() || !values.exists() {
        println!(
            "skipped: there is no models/rapporteur.safetensors, or no reference values for it"
        );
        return;
    }
    let (bytes, reference) = read(&model, &values);
    let loaded = Model::from_bytes(bytes.clone()).unwrap();
    compare(&loaded.with_arithmetic(Arithmetic::F32), &reference, 1e-3);
    let cosine = lowest_cosine(&bytes, &reference.sentences);
    assert!(cosine > 0.9999, "{cosine}");
}
