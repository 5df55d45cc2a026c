//! Scores of every layer on the development sets, and the speed benchmark
fn main() {}
