//! The program `rapporteur`.

mod args;
mod brief;
mod desk;
mod explain;
mod ledger;
mod lexicon;
mod output;
mod paper;
mod parse;
mod read;
mod relate;
mod run;
mod stories;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use run::Tally;

fn main() -> ExitCode {
    match command(Cli::parse().command) {
        Ok(tally) => ExitCode::from(tally.exit_code()),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rapporteur: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn command(command: Command) -> anyhow::Result<Tally> {
    match command {
        Command::Read(args) => read::read(&args),
        Command::Parse(args) => parse::parse(&args),
        Command::Relate(args) => relate::relate(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Lexicon(args) => lexicon::lexicon(&args),
        Command::Ledger(command) => ledger::run(&command),
        Command::Desk(args) => desk::desk(&args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "rapporteur", &mut script);
            print_all(&script)
        }
        Command::Man => print_all(&manual()?),
    }
}

/// The manual: the program's page, then one for each command.
fn manual() -> io::Result<Vec<u8>> {
    let mut cli = Cli::command();
    cli.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(cli.clone()).render(&mut page)?;
    for command in cli.get_subcommands().filter(|c| c.get_name() != "help") {
        clap_mangen::Man::new(command.clone()).render(&mut page)?;
    }
    Ok(page)
}

fn print_all(bytes: &[u8]) -> anyhow::Result<Tally> {
    io::stdout().write_all(bytes)?;
    Ok(Tally::default())
}
