//! What a page for a person is written on: the terminal's width and colours, or those that the user asks for.

use std::env;
use std::io::{self, IsTerminal};

use crate::args::{OutputArgs, When};
use crate::brief::Paper;

/// Widest page where the user asks for no width: longer lines are hard to read.
const COMFORTABLE: usize = 100;

/// Width where there is no terminal to ask.
const USUAL: usize = 80;

/// Whether the output goes to a terminal.
pub fn is_terminal(output: &OutputArgs) -> bool {
    output.output.is_none() && io::stdout().is_terminal()
}

/// The paper for `output`, not verbose.
pub fn paper(width: Option<u16>, color: When, output: &OutputArgs) -> Paper {
    let terminal = is_terminal(output);
    // https://no-color.org: any value but the empty one turns colour off.
    let unwanted = || env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = || env::var_os("TERM").is_some_and(|term| term == "dumb");
    let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    Paper {
        width: match width {
            Some(width) => usize::from(width),
            None => columns
                .filter(|_| terminal)
                .unwrap_or(USUAL)
                .clamp(20, COMFORTABLE),
        },
        colour: match color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !unwanted() && !dumb(),
        },
        verbose: false,
    }
}
