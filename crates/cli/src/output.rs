//! Where the output goes, and how its pieces are put together.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use anyhow::Context;

/// What stands before, between and after the pieces.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    before: &'static str,
    between: &'static str,
    after: &'static str,
}

impl Frame {
    /// Pieces follow each other.
    pub const PLAIN: Frame = Frame::new("", "", "");
    /// Pages, with an empty line and a rule between.
    pub const PAGES: Frame = Frame::new("", "\n════\n\n", "");
    /// A JSON array.
    pub const ARRAY: Frame = Frame::new("[\n", ",\n", "\n]\n");

    const fn new(before: &'static str, between: &'static str, after: &'static str) -> Self {
        Frame {
            before,
            between,
            after,
        }
    }
}

/// The output, which several threads may hold: pieces come from one of them, and Ctrl-C closes it from another.
pub struct Output {
    inner: Mutex<Inner>,
}

struct Inner {
    sink: Box<dyn Write + Send>,
    frame: Frame,
    written: usize,
    closed: bool,
}

impl Output {
    /// Opens `path`, or standard output.
    ///
    /// # Errors
    /// Where `path` cannot be written.
    pub fn open(path: Option<&Path>, frame: Frame) -> anyhow::Result<Self> {
        let sink: Box<dyn Write + Send> = match path {
            Some(path) => Box::new(
                File::create(path).with_context(|| format!("cannot write {}", path.display()))?,
            ),
            None => Box::new(io::stdout()),
        };
        Ok(Self::to(sink, frame))
    }

    fn to(sink: Box<dyn Write + Send>, frame: Frame) -> Self {
        let inner = Mutex::new(Inner {
            sink,
            frame,
            written: 0,
            closed: false,
        });
        Output { inner }
    }

    /// Writes one piece, whole.
    ///
    /// # Errors
    /// What the file or pipe says; see [`is_broken_pipe`].
    pub fn write(&self, piece: &str) -> io::Result<()> {
        self.lock().write(piece)
    }

    /// Writes what closes the output. What is written later is dropped.
    ///
    /// # Errors
    /// As [`Output::write`].
    pub fn close(&self) -> io::Result<()> {
        self.lock().close()
    }

    /// A thread that panicked while writing leaves at worst half a piece behind.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(|e| e.into_inner())
    }
}

impl Inner {
    fn write(&mut self, piece: &str) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let lead = if self.written == 0 {
            self.frame.before
        } else {
            self.frame.between
        };
        self.written += 1;
        let whole = [lead, piece].concat();
        self.sink.write_all(whole.as_bytes())?;
        self.sink.flush()
    }

    fn close(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        self.closed = true;
        let lead = if self.written == 0 {
            self.frame.before
        } else {
            ""
        };
        let end = [lead, self.frame.after].concat();
        self.sink.write_all(end.as_bytes())?;
        self.sink.flush()
    }
}

/// Whether the reader of our output has gone (`rapporteur … | head`), which is no error.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0
                .lock()
                .map_err(|_| io::Error::other("poisoned"))?
                .extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn framed(frame: Frame, pieces: &[&str]) -> String {
        let shared = Shared::default();
        let output = Output::to(Box::new(shared.clone()), frame);
        for piece in pieces {
            output.write(piece).expect("memory takes all");
        }
        output.close().expect("memory takes all");
        output.close().expect("closing twice is closing once");
        output.write("late").expect("a late piece is dropped");
        let bytes = shared.0.lock().expect("nobody panicked").clone();
        String::from_utf8(bytes).expect("only text was written")
    }

    #[test]
    fn an_array_is_json_whatever_its_length() {
        assert_eq!(framed(Frame::ARRAY, &[]), "[\n\n]\n");
        assert_eq!(framed(Frame::ARRAY, &["1"]), "[\n1\n]\n");
        assert_eq!(framed(Frame::ARRAY, &["1", "2"]), "[\n1,\n2\n]\n");
    }

    #[test]
    fn lines_follow_each_other() {
        assert_eq!(framed(Frame::PLAIN, &["a\n", "b\n"]), "a\nb\n");
    }
}
