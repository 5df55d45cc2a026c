//! Readers of the ledger, lent out one question at a time, each for a limited time.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ledger::query::Stopper;
use ledger::{LedgerError, Reader};
use tokio::sync::Semaphore;

use crate::trouble::Trouble;

/// Lends readers to questions. A question that takes too long, or whose asker has gone, is stopped.
pub struct Pool {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Reader>>>,
    permits: Arc<Semaphore>,
    /// How long a question may take.
    limit: Duration,
    /// How long one may wait for its turn.
    patience: Duration,
}

/// What a running question and the one who waits for it share.
struct Watch {
    stopper: Stopper,
    state: Mutex<Progress>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Running,
    Stopped,
    Done,
}

impl Watch {
    /// Stops the question, unless it is done: its reader may be with another one by then.
    fn stop(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if *state == Progress::Running {
            *state = Progress::Stopped;
            self.stopper.stop();
        }
    }

    /// Ends the question; tells whether it was stopped.
    fn done(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let stopped = *state == Progress::Stopped;
        *state = Progress::Done;
        stopped
    }
}

/// Stops the question when its asker goes away.
struct Leaving(Arc<Watch>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl Pool {
    /// At most `readers` questions at a time, each of which may take `limit`.
    ///
    /// # Errors
    /// Where the ledger cannot be opened: there is none, or it was written by a newer version.
    pub fn open(
        path: &Path,
        readers: usize,
        limit: Duration,
        patience: Duration,
    ) -> Result<Self, LedgerError> {
        let first = Reader::open(path)?;
        Ok(Pool {
            path: path.into(),
            idle: Arc::new(Mutex::new(vec![first])),
            permits: Arc::new(Semaphore::new(readers.max(1))),
            limit,
            patience,
        })
    }

    /// Answers a question on a thread that may wait.
    ///
    /// # Errors
    /// Where no reader is free, the question takes too long, or what it returns.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Reader) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        let permit = tokio::time::timeout(self.patience, Arc::clone(&self.permits).acquire_owned());
        let Ok(Ok(permit)) = permit.await else {
            return Err(Trouble::Busy);
        };
        let reader = self.take()?;
        let watch = Arc::new(Watch {
            stopper: reader.stopper(),
            state: Mutex::new(Progress::Running),
        });
        let leaving = Leaving(Arc::clone(&watch));
        let idle = Arc::clone(&self.idle);
        let mut running = tokio::task::spawn_blocking(move || {
            let answer = question(&reader);
            let stopped = watch.done();
            idle.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(reader);
            drop(permit);
            if stopped && answer.is_err() {
                Err(Trouble::TooSlow)
            } else {
                answer
            }
        });
        let answer = match tokio::time::timeout(self.limit, &mut running).await {
            Ok(answer) => answer,
            Err(_) => {
                leaving.0.stop();
                running.await
            }
        };
        answer.unwrap_or_else(|_| Err(Trouble::Internal("the page could not be made".into())))
    }

    fn take(&self) -> Result<Reader, Trouble> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        match idle {
            Some(reader) => Ok(reader),
            None => Ok(Reader::open(&self.path)?),
        }
    }
}
