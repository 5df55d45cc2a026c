//! The flags of `add` and `watch`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::args::{ModelArgs, TableArgs};

const ADD_EXAMPLES: &str = "\
Examples:
  rapporteur add world.db stories/ archive.jsonl news.parquet CC-NEWS-20190604.warc.gz
  rapporteur add world.db https://weir.example/rss https://mill.example/news/1.html
  rapporteur add world.db -                        stories from standard input
  rapporteur read stories/ --format jsonl | rapporteur add world.db - --records

Run it again at any time: what is in the ledger is skipped. Ctrl-C stops it; every story
reported as added is in, whole.";

const WATCH_EXAMPLES: &str = "\
Examples:
  rapporteur watch world.db https://weir.example/rss https://mill.example/atom
  rapporteur watch world.db https://weir.example/rss --every 5m
  rapporteur watch world.db https://weir.example/rss --rounds 1        once, as cron likes it

What has not changed is not fetched again. A feed that fails is left alone for longer and
longer. Ctrl-C stops it; run it again and it goes on.";

/// Stories in, records kept.
#[derive(Debug, Args)]
#[command(after_help = ADD_EXAMPLES)]
pub struct AddArgs {
    /// The ledger; it is made where it is missing
    #[arg(value_name = "LEDGER.db")]
    pub ledger: PathBuf,

    /// Files of text, .jsonl, .parquet, .html, .rss, .xml, .warc.gz, folders of these, addresses of feeds and pages, or
    /// - for standard input
    #[arg(required = true, value_name = "SOURCE|-")]
    pub inputs: Vec<PathBuf>,

    /// The sources are records, one a line, as `rapporteur read --format jsonl` writes them
    #[arg(long)]
    pub records: bool,

    /// Fetch nothing: entries of which a feed has only the lead are left out
    #[arg(long)]
    pub offline: bool,

    #[command(flatten)]
    pub reading: ReadingArgs,

    #[command(flatten)]
    pub fetch: FetchArgs,
}

/// Feeds that are polled.
#[derive(Debug, Args)]
#[command(after_help = WATCH_EXAMPLES)]
pub struct WatchArgs {
    /// The ledger; it is made where it is missing
    #[arg(value_name = "LEDGER.db")]
    pub ledger: PathBuf,

    /// Addresses of feeds (RSS, Atom, JSON Feed) or pages
    #[arg(required = true, value_name = "FEED")]
    pub feeds: Vec<String>,

    /// How often each feed is polled (30s, 15m, 2h)
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = duration)]
    pub every: Duration,

    /// Stop when each feed was polled so often [default: never]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub rounds: Option<u64>,

    #[command(flatten)]
    pub reading: ReadingArgs,

    #[command(flatten)]
    pub fetch: FetchArgs,
}

/// How stories are read.
#[derive(Debug, Args)]
pub struct ReadingArgs {
    #[command(flatten)]
    pub tables: TableArgs,

    /// Stories read at the same time [default: one for each core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,

    /// Give up a story after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    pub time_limit: u64,

    /// Say of each story what became of it, on standard output
    #[arg(long, short)]
    pub verbose: bool,

    #[command(flatten)]
    pub model: ModelArgs,
}

/// How the web is asked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fetching")]
pub struct FetchArgs {
    /// Leave a host alone for so long between two requests; its robots.txt may ask for more
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration)]
    pub delay: Duration,

    /// Give up a request after so long
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration)]
    pub timeout: Duration,
}

/// A time such as 30s, 15m, 2h or 1d; up to a year.
fn duration(text: &str) -> Result<Duration, String> {
    const A_YEAR: f64 = 365.0 * 86_400.0;
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "s" | "" => 1.0,
        "m" => 60.0,
        "h" => 3_600.0,
        "d" => 86_400.0,
        _ => return Err("give a number with s, m, h or d behind it, as in 15m".into()),
    };
    let number: f64 = digits
        .parse()
        .map_err(|_| "give a number with s, m, h or d behind it, as in 15m".to_owned())?;
    let seconds = number * unit;
    if (0.0..=A_YEAR).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("give a time from 0s to 365d".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit() {
        assert_eq!(duration("15m"), Ok(Duration::from_secs(900)));
        assert_eq!(duration("0.5s"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2"), Ok(Duration::from_secs(2)));
        for wrong in ["", "m", "-1s", "5x", "1e9d", "infs", "NaN"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
