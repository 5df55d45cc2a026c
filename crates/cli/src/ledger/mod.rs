//! The commands that work on a ledger: a file for each, or for those that ask alike, one.

mod account;
mod add;
pub mod args;
mod ask;
mod export;
pub mod import;
mod records;
mod relations;
mod review;
mod show;

use args::LedgerCommand;

use crate::run::Tally;

/// Runs a command.
///
/// # Errors
/// Where the ledger cannot be opened, the question cannot be understood, or the answer cannot be written.
pub fn run(command: &LedgerCommand) -> anyhow::Result<Tally> {
    match command {
        LedgerCommand::Add(args) => return add::add(args),
        LedgerCommand::Watch(args) => return add::watch(args),
        LedgerCommand::Import(args) => return import::import(args),
        LedgerCommand::Events(args) => ask::events(args)?,
        LedgerCommand::Claims(args) => ask::claims(args)?,
        LedgerCommand::Stories(args) => ask::stories(args)?,
        LedgerCommand::Actors(args) => ask::actors(args)?,
        LedgerCommand::Search(args) => ask::search(args)?,
        LedgerCommand::Relations(args) => relations::relations(args)?,
        LedgerCommand::Positions(args) => ask::positions(args)?,
        LedgerCommand::Disputed(args) => ask::disputed(args)?,
        LedgerCommand::Brief(args) => account::brief(args)?,
        LedgerCommand::Export(args) => export::export(args)?,
        LedgerCommand::Review(args) => review::review(args)?,
    }
    Ok(Tally::default())
}
