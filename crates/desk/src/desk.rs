//! What all pages share: the ledger's readers, the model, what is known of the ledger, and who may do what.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use ledger::query::{Counts, State, Totals};
use ledger::{Ledger, LedgerError};
use tokio::sync::Semaphore;

use crate::assets::Assets;
use crate::explained::Explanations;
use crate::pool::Pool;
use crate::token::Token;
use crate::trouble::Trouble;

/// How a desk is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The ledger's file.
    pub ledger: PathBuf,
    /// What the pages call the ledger; its file name where it is `None`.
    pub name: Option<String>,
    /// Whether people may review events and keep stories; needs a token.
    pub review: bool,
    /// The token that opens the desk to a caller.
    pub token: Option<Token>,
    /// Whether every page needs the token: the desk can be reached from other machines.
    pub guarded: bool,
    /// How long a question to the ledger may take.
    pub query_limit: Duration,
    /// How long a question may wait for its turn.
    pub patience: Duration,
    /// Questions that are answered at the same time.
    pub readers: usize,
    /// Requests that are in the house at the same time.
    pub requests: usize,
    /// Stories that are read at the same time ("Try it", explanations).
    pub stories: usize,
    /// How long a story may wait until it is read.
    pub reading_patience: Duration,
    /// Connections that are open at the same time; others wait.
    pub connections: usize,
    /// How long a caller may take for the head of a request, or keep a connection without one.
    pub head: Duration,
    /// How long a caller may take nothing of its answer.
    pub stall: Duration,
}

impl Settings {
    /// For a ledger that only its own machine can reach, read only.
    pub fn new(ledger: impl Into<PathBuf>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Settings {
            ledger: ledger.into(),
            name: None,
            review: false,
            token: None,
            guarded: false,
            query_limit: Duration::from_secs(5),
            patience: Duration::from_secs(5),
            readers: cores.max(2),
            requests: 128,
            stories: cores.max(1),
            reading_patience: Duration::from_secs(10),
            connections: 512,
            head: Duration::from_secs(15),
            stall: Duration::from_secs(60),
        }
    }
}

/// Most bytes of a story that is pasted: some 10,000 words.
pub const LARGEST_STORY: usize = 64 * 1024;

/// Most bytes of a body: a pasted story in which each byte is written as `%XX`, and the rest of its form.
pub const LARGEST_BODY: usize = 4 * LARGEST_STORY;

/// What is known of the ledger as a whole, and how old that is.
#[derive(Clone, Debug)]
pub struct Census {
    /// Of which state.
    pub state: State,
    /// How much there is.
    pub totals: Totals,
    /// Kinds of problems in the last readings.
    pub problems: Counts,
    /// How many readings these are.
    pub looked: u64,
    made: Instant,
}

impl Census {
    fn take(path: &Path) -> Result<Self, LedgerError> {
        let reader = ledger::Reader::open(path)?;
        let state = reader.state()?;
        let (problems, looked) = reader.problems(LATEST_READINGS)?;
        Ok(Census {
            state,
            totals: reader.totals()?,
            problems,
            looked,
            made: Instant::now(),
        })
    }
}

/// Readings in which problems are counted: enough to see what goes wrong, soon enough to wait for.
const LATEST_READINGS: usize = 100;

/// How long a census of a ledger that is being written to is kept.
const CENSUS_AGE: Duration = Duration::from_secs(10);

/// A desk.
pub struct Desk {
    /// How it is set up.
    pub settings: Settings,
    /// Asks the ledger.
    pub pool: Pool,
    /// Static files.
    pub assets: Assets,
    census: Arc<Mutex<Arc<Census>>>,
    counting: Arc<AtomicBool>,
    /// Explanations of the last stories.
    pub explanations: Explanations,
    model: OnceLock<Result<rapporteur::Reader, String>>,
    reading: Arc<Semaphore>,
    /// Pieces of lists that are made at the same time: one fewer than there are readers.
    pub exporting: Semaphore,
    writing: Arc<Mutex<()>>,
}

impl Desk {
    /// A desk over the settings' ledger.
    ///
    /// # Errors
    /// Where the ledger is not there, is none, or was written by a newer version.
    pub fn open(settings: Settings) -> Result<Arc<Self>, LedgerError> {
        let pool = Pool::open(
            &settings.ledger,
            settings.readers,
            settings.query_limit,
            settings.patience,
        )?;
        Ok(Arc::new(Desk {
            pool,
            assets: Assets::new(),
            census: Arc::new(Mutex::new(Arc::new(Census::take(&settings.ledger)?))),
            counting: Arc::new(AtomicBool::new(false)),
            explanations: Explanations::default(),
            model: OnceLock::new(),
            reading: Arc::new(Semaphore::new(settings.stories)),
            exporting: Semaphore::new(settings.readers.saturating_sub(1).max(1)),
            writing: Arc::new(Mutex::new(())),
            settings,
        }))
    }

    /// What the pages call the ledger.
    pub fn name(&self) -> String {
        let of_file = |path: &Path| {
            path.file_name()
                .map(|name| name.to_string_lossy().into_owned())
        };
        let name = self.settings.name.clone();
        name.or_else(|| of_file(&self.settings.ledger))
            .unwrap_or_default()
    }

    /// How much the ledger holds. Where it has grown, and the last count is older than ten seconds, it is counted anew
    /// beside: whoever asks gets the last count and does not wait.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn census(&self, reader: &ledger::Reader) -> Result<Arc<Census>, Trouble> {
        let census = Arc::clone(&self.census.lock().unwrap_or_else(PoisonError::into_inner));
        let old = census.made.elapsed() > CENSUS_AGE && reader.state()? != census.state;
        if old && !self.counting.swap(true, Ordering::AcqRel) {
            let (kept, counting) = (Arc::clone(&self.census), Arc::clone(&self.counting));
            let path = self.settings.ledger.clone();
            std::thread::spawn(move || {
                // A count that fails leaves the last one; the next page tries again, and its own questions tell why.
                if let Ok(census) = Census::take(&path) {
                    *kept.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(census);
                }
                counting.store(false, Ordering::Release);
            });
        }
        Ok(census)
    }

    /// Does what needs the model, on a thread that may wait; the model is opened when it is needed first.
    ///
    /// # Errors
    /// Where too many stories are being read, or the model cannot be opened.
    pub async fn with_model<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&rapporteur::Reader) -> T + Send + 'static,
    ) -> Result<T, Trouble> {
        let permit = Arc::clone(&self.reading).acquire_owned();
        let Ok(Ok(permit)) = tokio::time::timeout(self.settings.reading_patience, permit).await
        else {
            return Err(Trouble::Busy);
        };
        let desk = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let open = || rapporteur::Reader::built_in().map_err(|error| error.to_string());
            let model = desk.model.get_or_init(open).as_ref();
            let done = model
                .map(work)
                .map_err(|error| Trouble::Internal(error.clone()));
            drop(permit);
            done
        });
        done.await
            .unwrap_or_else(|_| Err(Trouble::Internal("the story could not be read".into())))
    }

    /// Writes to the ledger: opened for this one change, so that other programs may write between.
    ///
    /// # Errors
    /// Where the ledger cannot be written, or what the work returns.
    pub async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, Trouble> {
        let (turn, path) = (Arc::clone(&self.writing), self.settings.ledger.clone());
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(work(&mut Ledger::open(path)?)?)
        });
        done.await
            .unwrap_or_else(|_| Err(Trouble::Internal("the ledger could not be written".into())))
    }
}
