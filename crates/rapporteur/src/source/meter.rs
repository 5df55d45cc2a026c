//! How far the reading of inputs is.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of the inputs that have been read, of all that there are. It may be looked at while stories are read.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    all: u64,
    done: Arc<AtomicU64>,
}

impl Meter {
    /// A meter of inputs that have so many bytes together.
    pub(super) fn new(all: u64) -> Self {
        Meter {
            all,
            done: Arc::default(),
        }
    }

    /// Bytes that there are; 0 where the inputs are empty or missing.
    pub fn all(&self) -> u64 {
        self.all
    }

    /// Bytes that have been read, never more than [`Meter::all`].
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed).min(self.all)
    }

    pub(super) fn add(&self, bytes: u64) {
        self.done.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// A stream that moves a meter.
pub(super) struct Metered<R> {
    pub stream: R,
    pub meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.meter.add(read as u64);
        Ok(read)
    }
}
