//! What the commands share: the model, the inputs, the count of what failed, Ctrl-C.

use std::fs;
use std::process;
use std::sync::Arc;
use std::thread;

use anyhow::Context;
use rapporteur::{Arithmetic, Reader};

use crate::args::{self, ModelArgs};
use crate::output::Output;

/// Exit code when stopped with Ctrl-C: 128 and the signal's number, as shells have it.
const INTERRUPTED: i32 = 130;

/// How many stories or rows were read, and how many could not be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub read: usize,
    pub failed: usize,
}

impl Tally {
    pub fn count(&mut self, read: bool) {
        if read {
            self.read += 1;
        } else {
            self.failed += 1;
        }
    }

    pub fn add(&mut self, other: Tally) {
        self.read += other.read;
        self.failed += other.failed;
    }

    /// 0 when all was read, 1 when some was not, 2 when nothing was.
    pub fn exit_code(self) -> u8 {
        match (self.read, self.failed) {
            (_, 0) => 0,
            (0, _) => 2,
            _ => 1,
        }
    }
}

/// The model inside of the program, or the one that `--model` names.
///
/// # Errors
/// Where the file cannot be read or is no model.
pub fn open_reader(args: &ModelArgs) -> anyhow::Result<Reader> {
    let arithmetic = args.arithmetic.map(|asked| match asked {
        args::Arithmetic::F32 => Arithmetic::F32,
        args::Arithmetic::Int16 => Arithmetic::Int16,
    });
    let Some(path) = &args.model else {
        let reader = arithmetic.map_or_else(Reader::built_in, Reader::built_in_with);
        return reader.context("cannot use the model inside of this program");
    };
    let name = path.display();
    let bytes = fs::read(path).with_context(|| format!("cannot read the model {name}"))?;
    let reader = match arithmetic {
        Some(arithmetic) => Reader::open_with(bytes, arithmetic),
        None => Reader::open(bytes),
    };
    reader.with_context(|| format!("cannot use the model {name}"))
}

/// Threads to work on: as asked, or one for each core.
pub fn jobs(asked: Option<u16>) -> usize {
    let cores = || thread::available_parallelism().map_or(1, |n| n.get());
    asked.map_or_else(cores, usize::from)
}

/// On Ctrl-C, ends the output as it should end and the program with it.
///
/// # Errors
/// Where the system does not let us listen for it.
pub fn close_on_interrupt(output: &Arc<Output>) -> anyhow::Result<()> {
    let output = Arc::clone(output);
    ctrlc::set_handler(move || {
        // Nothing is left to tell the user who has just stopped us.
        let _ = output.close();
        process::exit(INTERRUPTED);
    })
    .context("cannot listen for Ctrl-C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes() {
        let code = |read, failed| Tally { read, failed }.exit_code();
        assert_eq!((code(3, 0), code(0, 0)), (0, 0));
        assert_eq!((code(3, 1), code(0, 2)), (1, 2));
    }
}
