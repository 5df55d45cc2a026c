//! `rapporteur watch`: polls feeds, again and again.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ledger::Ledger;
use rapporteur::fetch::is_address;

use super::fetching::{Fetching, Polled, Wanted};
use super::keeper::Keeper;
use super::{Adding, stop_on_interrupt};
use crate::ledger::args::WatchArgs;
use crate::run::Tally;

/// The longest that a feed is left alone because it fails.
const LONGEST: Duration = Duration::from_secs(6 * 60 * 60);

/// Runs the command; it ends with Ctrl-C, or after `--rounds`.
///
/// # Errors
/// Where the ledger or the model cannot be opened, an address is none, or the ledger cannot be written.
pub fn watch(args: &WatchArgs) -> anyhow::Result<Tally> {
    if let Some(feed) = args.feeds.iter().find(|feed| !is_address(feed)) {
        anyhow::bail!("{feed}: no address; `rapporteur add` reads files");
    }
    let ledger = RefCell::new(Ledger::open(&args.ledger)?);
    let stop = stop_on_interrupt()?;
    let adding = Adding::new(&args.reading, &ledger, Arc::clone(&stop))?;
    let mut fetching = Fetching::start(&args.ledger, &args.fetch, args.reading.tables.options()?)?;
    let mut keeper = Keeper::new(&ledger, args.reading.verbose);
    let mut schedule = Schedule::new(args.feeds.len(), args.every);
    let started = Instant::now();
    let mut tally = Tally::default();
    while let Some((feed, due)) = schedule.next(args.rounds) {
        if !sleep_until(started + due, &stop) {
            break;
        }
        fetching.want(Wanted::Address(args.feeds[feed].clone()));
        adding.fetched(&mut fetching, &mut keeper)?;
        tally.add(keeper.tell_news(&format!("{}: ", args.feeds[feed])));
        schedule.polled(feed, started.elapsed(), fetching.polled);
    }
    ledger.borrow().tidy()?;
    if stop.load(Ordering::SeqCst) {
        // To stop it is how watching ends: no failure.
        eprintln!("rapporteur: stopped; run it again to go on");
        return Ok(Tally::default());
    }
    Ok(tally)
}

/// Whether the moment has come; `false` where `stop` came before.
fn sleep_until(moment: Instant, stop: &AtomicBool) -> bool {
    const LOOK: Duration = Duration::from_millis(100);
    loop {
        if stop.load(Ordering::SeqCst) {
            return false;
        }
        let left = moment.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return true;
        }
        thread::sleep(left.min(LOOK));
    }
}

/// When which feed is polled next, in time since the start.
struct Schedule {
    every: Duration,
    feeds: Vec<Feed>,
}

#[derive(Clone, Default)]
struct Feed {
    due: Duration,
    polls: u64,
    /// Polls that failed, one after the other.
    failures: u32,
}

impl Schedule {
    fn new(feeds: usize, every: Duration) -> Self {
        Schedule {
            every,
            feeds: vec![Feed::default(); feeds],
        }
    }

    /// The feed whose turn it is, and when; `None` where all were polled `rounds` times.
    fn next(&self, rounds: Option<u64>) -> Option<(usize, Duration)> {
        let open = |(_, feed): &(usize, &Feed)| rounds.is_none_or(|rounds| feed.polls < rounds);
        let feeds = self.feeds.iter().enumerate().filter(open);
        let next = feeds.min_by_key(|(at, feed)| (feed.due, *at));
        next.map(|(at, feed)| (at, feed.due))
    }

    /// A feed that fails waits twice as long each time, and at least as long as its host asks.
    fn polled(&mut self, at: usize, now: Duration, how: Polled) {
        let every = self.every;
        let Some(feed) = self.feeds.get_mut(at) else {
            return;
        };
        feed.polls += 1;
        feed.due = now
            + match how {
                Polled::Well => {
                    feed.failures = 0;
                    every
                }
                Polled::Badly(asked) => {
                    feed.failures = feed.failures.saturating_add(1);
                    let longer = every.saturating_mul(2u32.saturating_pow(feed.failures));
                    let longest = LONGEST.max(every);
                    longer.min(longest).max(asked.unwrap_or_default())
                }
            };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn feeds_take_turns() {
        let mut schedule = Schedule::new(2, 60 * SECOND);
        assert_eq!(schedule.next(None), Some((0, Duration::ZERO)));
        schedule.polled(0, SECOND, Polled::Well);
        assert_eq!(schedule.next(None), Some((1, Duration::ZERO)));
        schedule.polled(1, 5 * SECOND, Polled::Well);
        assert_eq!(schedule.next(None), Some((0, 61 * SECOND)));
        assert_eq!(schedule.next(Some(1)), None);
    }

    #[test]
    fn a_feed_that_fails_is_left_alone_for_longer_and_longer() {
        let mut schedule = Schedule::new(1, 60 * SECOND);
        let mut waits = Vec::new();
        for _ in 0..12 {
            schedule.polled(0, Duration::ZERO, Polled::Badly(None));
            waits.push(schedule.feeds[0].due.as_secs());
        }
        assert_eq!(waits[..4], [120, 240, 480, 960]);
        assert_eq!(waits[11], LONGEST.as_secs());
        let asked = Polled::Badly(Some(2 * LONGEST));
        schedule.polled(0, Duration::ZERO, asked);
        assert_eq!(schedule.feeds[0].due, 2 * LONGEST);
        schedule.polled(0, Duration::ZERO, Polled::Well);
        assert_eq!(schedule.feeds[0].due, 60 * SECOND);
        schedule.polled(0, Duration::ZERO, Polled::Badly(None));
        assert_eq!(schedule.feeds[0].due, 120 * SECOND);
    }

    #[test]
    fn no_failures_are_too_many() {
        let mut schedule = Schedule::new(1, LONGEST * 4);
        for _ in 0..100 {
            schedule.polled(0, Duration::ZERO, Polled::Badly(None));
            assert_eq!(schedule.feeds[0].due, LONGEST * 4);
        }
    }
}
