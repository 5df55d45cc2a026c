//! `rapporteur lexicon`: checks lexicon files, and lists the names that no lexicon knows.

mod unknown;

use std::path::PathBuf;

use rapporteur::UserLexicon;

use crate::args::{LexiconArgs, LexiconCommand};
use crate::run::Tally;

/// Runs the command.
///
/// # Errors
/// Where a file, the model or the inputs cannot be opened, or the output cannot be written.
pub fn lexicon(args: &LexiconArgs) -> anyhow::Result<Tally> {
    match &args.command {
        LexiconCommand::Check { files } => check(files),
        LexiconCommand::Unknown(args) => unknown::unknown(args),
    }
}

/// Opens the user's lexicon files, the first before the others. Lines with errors are told on standard error and left out.
///
/// # Errors
/// Where a file cannot be read or is no text.
pub fn open(files: &[PathBuf]) -> anyhow::Result<UserLexicon> {
    let mut own = UserLexicon::default();
    for file in files {
        for problem in own.add_file(file)? {
            let (path, line) = (file.display(), problem.line);
            eprintln!(
                "rapporteur: {path}:{line}: {} (line left out)",
                problem.reason
            );
        }
    }
    Ok(own)
}

/// Names every line with an error on standard error. A file with errors counts as not read, so that the exit code is 1.
fn check(files: &[PathBuf]) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    for file in files {
        let mut own = UserLexicon::default();
        let problems = own.add_file(file)?;
        for problem in &problems {
            println!("{}:{}: {}", file.display(), problem.line, problem.reason);
        }
        let errors = problems.len();
        let plural = if errors == 1 { "error" } else { "errors" };
        eprintln!(
            "{}: {} names and nouns, {errors} {plural}",
            file.display(),
            own.entries()
        );
        // The file itself was read, whatever its lines are.
        tally.read += 1;
        tally.failed += errors;
    }
    Ok(tally)
}
