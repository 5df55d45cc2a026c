//! `pack PLACES.tsv GAZETTEER.bin`: the data file of the table that `derive/collect.py` makes.

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [table, file] = &args[..] else {
        eprintln!("usage: pack PLACES.tsv GAZETTEER.bin");
        return ExitCode::from(2);
    };
    match run(table, file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("pack: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(table: &str, file: &str) -> Result<(), String> {
    let text = std::fs::read_to_string(table).map_err(|e| format!("{table}: {e}"))?;
    let bytes = rapporteur_gazetteer::pack::pack(&text).map_err(|e| format!("{table}: {e}"))?;
    std::fs::write(file, bytes).map_err(|e| format!("{file}: {e}"))
}
