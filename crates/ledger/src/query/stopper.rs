//! Stopping a question that takes too long.

use rusqlite::InterruptHandle;

use super::Reader;

/// Stops what a reader is asked, from another thread.
pub struct Stopper(InterruptHandle);

impl Stopper {
    /// Stops the question that is being answered, if any: it fails.
    pub fn stop(&self) {
        self.0.interrupt();
    }
}

impl Reader {
    /// What stops this reader.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.connection.get_interrupt_handle())
    }
}
