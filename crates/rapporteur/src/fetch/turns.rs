//! When a host may be asked again.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Most hosts that are remembered; those whose turn has come are forgotten first.
const MOST: usize = 10_000;

/// The earliest moments at which hosts may be asked again.
#[derive(Debug, Default)]
pub(super) struct Turns(BTreeMap<String, Instant>);

impl Turns {
    /// How long it is from `now` until `host` may be asked.
    pub fn wait(&self, host: &str, now: Instant) -> Duration {
        let next = self.0.get(host);
        next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now))
    }

    /// Notes that `host` has been asked, and is to be left alone for `delay`.
    pub fn asked(&mut self, host: &str, now: Instant, delay: Duration) {
        if self.0.len() >= MOST {
            self.0.retain(|_, next| *next > now);
        }
        self.0.insert(host.to_owned(), now + delay);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_waits_and_others_do_not() {
        let mut turns = Turns::default();
        let now = Instant::now();
        let second = Duration::from_secs(1);
        assert_eq!(turns.wait("weir.example", now), Duration::ZERO);
        turns.asked("weir.example", now, second);
        assert_eq!(turns.wait("weir.example", now), second);
        assert_eq!(turns.wait("mill.example", now), Duration::ZERO);
        assert_eq!(turns.wait("weir.example", now + 2 * second), Duration::ZERO);
    }
}
