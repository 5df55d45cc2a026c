//! `rapporteur desk`: a ledger as web pages.

use std::env;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use desk::{Demo, Desk, Settings, Token};

use crate::run::Tally;

const DESK_EXAMPLES: &str = "\
Examples:
  rapporteur desk --demo                           the program's own example stories
  rapporteur desk world.db                         http://127.0.0.1:8477
  rapporteur desk world.db --review                … and review events; prints the address with its token
  rapporteur desk world.db --address 0.0.0.0 --token-file secret.txt

Each page is also JSON at the same address with .json; /openapi.json describes them.
A desk that other machines can reach lets nobody in without the token.";

/// A ledger as web pages.
#[derive(Debug, Args)]
#[command(after_help = DESK_EXAMPLES)]
pub struct DeskArgs {
    /// The ledger
    #[arg(
        value_name = "LEDGER.db",
        required_unless_present = "demo",
        conflicts_with = "demo"
    )]
    pub ledger: Option<PathBuf>,

    /// Serve the program's own example stories, in a ledger that is gone afterwards
    #[arg(long)]
    pub demo: bool,

    /// Address to listen on; any but this machine's own needs the token on every page
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub address: IpAddr,

    /// Port to listen on; 0 for any that is free
    #[arg(long, short, value_name = "PORT", default_value_t = 8477)]
    pub port: u16,

    /// Let whoever shows the token review events and keep pasted stories
    #[arg(long)]
    pub review: bool,

    /// A file with the token, at least 16 letters and digits [default: a new one, which is printed]
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// Stop a question to the ledger after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub query_limit: u64,
}

/// Runs the command, until Ctrl-C.
///
/// # Errors
/// Where the ledger cannot be opened, the token file holds none, or the address cannot be listened on.
pub fn desk(args: &DeskArgs) -> anyhow::Result<Tally> {
    let demo = if args.demo { Some(demo()?) } else { None };
    let ledger = match (&demo, &args.ledger) {
        (Some(demo), _) => demo.file().to_owned(),
        (None, Some(ledger)) => ledger.clone(),
        (None, None) => bail!("give a ledger, or --demo"),
    };
    let guarded = !args.address.is_loopback();
    let mut settings = Settings::new(ledger);
    settings.name = demo.as_ref().map(|_| "Example stories".to_owned());
    settings.review = args.review;
    settings.guarded = guarded;
    settings.query_limit = Duration::from_secs(args.query_limit);
    settings.token = token(args, args.review || guarded)?;
    let token = settings.token.clone();
    let desk = Desk::open(settings)?;
    let own = args.token_file.is_some();
    let ready = |address: SocketAddr| {
        let query = match &token {
            Some(token) if !own => format!("?token={}", token.reveal()),
            _ => String::new(),
        };
        eprintln!("rapporteur: http://{address}/{query} (Ctrl-C ends it)");
    };
    desk::serve(desk, SocketAddr::new(args.address, args.port), ready)?;
    Ok(Tally::default())
}

fn token(args: &DeskArgs, needed: bool) -> anyhow::Result<Option<Token>> {
    if let Some(path) = &args.token_file {
        let name = path.display();
        let text =
            fs::read_to_string(path).with_context(|| format!("cannot read the token in {name}"))?;
        let token = Token::chosen(&text);
        return Ok(Some(token.with_context(|| {
            format!("{name}: a token is at least 16 letters, digits, - and _")
        })?));
    }
    if !needed {
        return Ok(None);
    }
    Ok(Some(Token::fresh().context(
        "the system gives no chance for a token; use --token-file",
    )?))
}

fn demo() -> anyhow::Result<Demo> {
    eprintln!("rapporteur: reading the example stories");
    let reader =
        rapporteur::Reader::built_in().context("cannot use the model inside of this program")?;
    let folder = env::temp_dir().join(format!("rapporteur-desk-{}", process::id()));
    let name = folder.display();
    Demo::make(&folder, &reader)
        .with_context(|| format!("cannot make the ledger of examples in {name}"))
}
