//! Speed of the encoder on one core: `cargo run --release -p rapporteur-encoder --example encoder_speed [MODEL]`.
//!
//! CPU time of the thread, the best of several rounds taken in turn, since a shared machine is noisy. The core's peak
//! is measured in the same run.

use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;
use rapporteur_encoder::{Arithmetic, Instructions, Model, Scratch, Vectors, Window};

/// Rounds of every measurement.
const ROUNDS: usize = 7;
/// The windows' text, over and over.
const TEXT: &str = "The foreign minister of Ruritania arrived in Strelsau on Monday for three days of talks about \
    the disputed border , officials said . Rebels in the north - eastern province denied that they had shelled a \
    convoy carrying flour and medicine to the besieged town . “ We did n't sign anything , and nobody asked us to , ” \
    the union 's spokeswoman told reporters outside the courthouse . Opposition lawmakers threatened to boycott \
    Thursday 's vote unless the government releases 1,250 detained protesters . According to the governor , aid \
    should reach the camps by June , but doctors doubted it . ";

fn main() {
    let path = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "models/rapporteur.safetensors".to_owned());
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(e) => return eprintln!("{path}: {e}"),
    };
    let load = |arithmetic| Model::from_bytes(bytes.clone()).map(|m| m.with_arithmetic(arithmetic));
    let (float, int) = match (load(Arithmetic::F32), load(Arithmetic::Int16)) {
        (Ok(float), Ok(int)) => (float, int),
        (Err(e), _) | (_, Err(e)) => return eprintln!("{path}: {e}"),
    };
    println!(
        "load, with a copy of the bytes: {:.0} ms",
        best(|| drop(load(Arithmetic::F32))).as_secs_f64() * 1e3
    );
    report_splitting(&float);
    let (mut float, mut int) = (float, int);
    for on in Instructions::all().into_iter().skip(1) {
        println!("\n{on:?}");
        (float, int) = (float.with_instructions(on), int.with_instructions(on));
        report_encoding(&float, &int);
    }
}

fn report_splitting(model: &Model) {
    let words: Vec<&str> = TEXT.split(' ').cycle().take(50_000).collect();
    let mut pieces = Vec::new();
    let time = best(|| {
        pieces.clear();
        words.iter().for_each(|word| model.split(word, &mut pieces));
    });
    println!(
        "word pieces: {:.1} million a second",
        pieces.len() as f64 / time.as_secs_f64() / 1e6
    );
}

fn report_encoding(float: &Model, int: &Model) {
    let words: Vec<&str> = TEXT.split_whitespace().cycle().take(1000).collect();
    let windows = windows_of(float, &words);
    let pieces: usize = windows
        .iter()
        .flat_map(|w| w.words)
        .map(|word| float.count_pieces(word))
        .sum();
    let pieces = pieces + 2 * windows.len();
    let mut scratch = Scratch::default();
    let (mut peak, mut times, mut heads) = (0.0f64, [Duration::MAX; 2], Duration::MAX);
    for _ in 0..ROUNDS {
        peak = peak.max(peak_once());
        let mut vectors = Vec::new();
        for (model, time) in [float, int].into_iter().zip(&mut times) {
            *time = (*time).min(timed(|| vectors = model.encode(&windows, &mut scratch)));
        }
        heads = heads.min(timed(|| vectors.iter().for_each(|v| score_all(int, v))));
    }
    println!("peak of floats: {peak:.1} GFLOP/s");
    for (name, time) in ["f32", "int16"].iter().zip(times) {
        let rate = pieces as f64 / time.as_secs_f64();
        let work = rate * flops_of_a_piece(float.hidden()) / 1e9;
        println!(
            "{name}: {rate:.0} pieces/s, {work:.1} GFLOP/s, {:.0} % of the float peak",
            work / peak * 100.0
        );
    }
    println!(
        "int16 is {:.2} times as fast as f32",
        times[0].as_secs_f64() / times[1].as_secs_f64()
    );
    println!(
        "linear heads and projections: {:.1} % of int16's time",
        100.0 * heads.as_secs_f64() / times[1].as_secs_f64()
    );
}

/// Eight windows, filled up to the model's limit.
fn windows_of<'a>(model: &Model, words: &'a [&'a str]) -> Vec<Window<'a>> {
    let mut used = 0;
    let mut fits = |word: &&str| {
        used += model.count_pieces(word);
        used <= model.window_limit()
    };
    let n = words.iter().take_while(|w| fits(w)).count();
    vec![Window::of(&words[..n]); 8]
}

fn score_all(model: &Model, vectors: &Vectors) {
    let input = model.input(vectors);
    for (name, _) in model.heads() {
        if let Some(head) = model.linear(name) {
            black_box(head.scores(&input));
        } else if let Some(head) = model.biaffine(name) {
            black_box(head.project(&input).len());
        }
    }
}

/// Multiplications and additions of the six layers' matrices for one piece: 12 × hidden² each layer.
fn flops_of_a_piece(hidden: usize) -> f64 {
    2.0 * 6.0 * 12.0 * (hidden * hidden) as f64
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = ThreadTime::now();
    work();
    start.elapsed()
}

fn best(mut work: impl FnMut()) -> Duration {
    (0..ROUNDS)
        .map(|_| timed(&mut work))
        .min()
        .unwrap_or_default()
}

/// GFLOP/s of independent fused multiply-adds in registers.
fn peak_once() -> f64 {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        let steps = 20_000_000;
        // SAFETY: AVX2 and FMA were detected.
        let time = timed(|| _ = black_box(unsafe { fma_loop(steps) }));
        return (steps * 12 * 8 * 2) as f64 / time.as_secs_f64() / 1e9;
    }
    f64::NAN
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn fma_loop(steps: usize) -> [f32; 8] {
    use std::arch::x86_64::{_mm256_add_ps, _mm256_fmadd_ps, _mm256_set1_ps, _mm256_storeu_ps};
    let (a, b) = (
        _mm256_set1_ps(black_box(0.999)),
        _mm256_set1_ps(black_box(1e-3)),
    );
    let mut sums = [_mm256_set1_ps(black_box(1.0)); 12];
    for _ in 0..steps {
        for sum in &mut sums {
            *sum = _mm256_fmadd_ps(*sum, a, b);
        }
    }
    let mut out = [0.0; 8];
    let total = sums
        .into_iter()
        .reduce(|x, y| _mm256_add_ps(x, y))
        .unwrap_or(a);
    // SAFETY: `out` has 8 numbers.
    unsafe { _mm256_storeu_ps(out.as_mut_ptr(), total) };
    out
}
