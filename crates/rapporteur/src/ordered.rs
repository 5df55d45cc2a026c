//! Work on many items at once, with the results in the order of the items.

use std::collections::BTreeMap;
use std::sync::{Mutex, mpsc};
use std::thread;

/// Items in flight for each worker: enough to keep all busy behind one slow item, few enough to bound memory.
const AHEAD: usize = 4;

/// A long story nests deep sentences; the platform's default of some threads is too small to be relied upon.
const STACK: usize = 16 << 20;

/// Calls `work` on each item, on `jobs` threads, and `done` on each result in the order of the items.
/// `done` and `items` run on the calling thread. Stops early when `done` fails.
///
/// # Errors
/// What `done` returns, or the failure to start a thread.
pub fn ordered<T, R, E>(
    items: impl Iterator<Item = T>,
    jobs: usize,
    work: impl Fn(T) -> R + Sync,
    mut done: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
    E: From<std::io::Error>,
{
    let jobs = jobs.max(1);
    let (to_workers, queue) = mpsc::channel::<(usize, T)>();
    let (to_us, results) = mpsc::channel::<(usize, R)>();
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (queue, to_us, work) = (&queue, to_us.clone(), &work);
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, move || {
                    while let Some((index, item)) = next(queue) {
                        if to_us.send((index, work(item))).is_err() {
                            return;
                        }
                    }
                })?;
        }
        // Only the workers' senders are left, so that `recv` ends when they do.
        drop(to_us);
        let outcome = feed(items, jobs * AHEAD, &to_workers, &results, &mut done);
        drop(to_workers);
        outcome
    })
}

fn next<T>(queue: &Mutex<mpsc::Receiver<T>>) -> Option<T> {
    queue.lock().ok()?.recv().ok()
}

/// Hands items out, never more than `window` before the oldest result that is still missing.
fn feed<T, R, E>(
    items: impl Iterator<Item = T>,
    window: usize,
    to_workers: &mpsc::Sender<(usize, T)>,
    results: &mpsc::Receiver<(usize, R)>,
    done: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut items = items.enumerate().fuse();
    let mut early = BTreeMap::new();
    let (mut sent, mut finished) = (0, 0);
    loop {
        while sent < finished + window {
            let Some(item) = items.next() else { break };
            if to_workers.send(item).is_err() {
                return Ok(());
            }
            sent += 1;
        }
        if finished == sent {
            return Ok(());
        }
        let Ok((index, result)) = results.recv() else {
            return Ok(());
        };
        early.insert(index, result);
        while let Some(result) = early.remove(&finished) {
            done(result)?;
            finished += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(jobs: usize, limit: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let outcome: Result<(), std::io::Error> = ordered(
            0..limit,
            jobs,
            |n| {
                // Later items finish first.
                thread::sleep(std::time::Duration::from_micros((limit - n) as u64 * 20));
                n * n
            },
            |square| {
                found.push(square);
                Ok(())
            },
        );
        assert!(outcome.is_ok());
        found
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let expected: Vec<usize> = (0..50).map(|n| n * n).collect();
        assert_eq!(squares(1, 50), expected);
        assert_eq!(squares(7, 50), expected);
        assert!(squares(3, 0).is_empty());
    }

    #[test]
    fn a_failure_ends_the_work() {
        let outcome = ordered(
            0..1_000_000_000,
            4,
            |n: u64| n,
            |n| {
                if n < 10 {
                    Ok(())
                } else {
                    Err(std::io::Error::other("full"))
                }
            },
        );
        assert_eq!(outcome.map_err(|e| e.to_string()), Err("full".to_owned()));
    }
}
