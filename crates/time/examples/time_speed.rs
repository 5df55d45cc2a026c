//! Words a second of CPU: `cargo run --release -p rapporteur-time --example time_speed -- FILE…` (or standard input).

use std::io::Read;
use std::time::Instant;

use rapporteur_time::{Date, find};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    let files: Vec<String> = std::env::args().skip(1).collect();
    for file in &files {
        text.push_str(&std::fs::read_to_string(file)?);
    }
    if files.is_empty() {
        std::io::stdin().read_to_string(&mut text)?;
    }
    let words = text.split_whitespace().count();
    let start = Instant::now();
    let found: usize = text
        .lines()
        .map(|line| find(line, Date::new(2015, 5, 12)).len())
        .sum();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{words} words, {found} expressions, {:.0} words/s",
        words as f64 / seconds
    );
    Ok(())
}
