//! `measure start PROGRAM STORY`: from calling the program until a story's record is there, and the memory it takes.
//!
//! Wall time is the middle of five runs, peak memory the largest that the kernel reports (`VmHWM`), looked at every
//! millisecond while the program runs. Linux only; elsewhere no memory is given.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Failure, options};

const RUNS: usize = 5;

/// Prints size, wall time and peak memory.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let [program, story] = args else {
        return Err(Failure::Usage("usage: measure start PROGRAM STORY".into()));
    };
    let failed = |source| Failure::File {
        path: program.into(),
        source,
    };
    let size = std::fs::metadata(Path::new(program)).map_err(failed)?.len();
    let (mut times, mut peak) = (Vec::new(), None);
    for _ in 0..RUNS {
        let start = Instant::now();
        let child = Command::new(program)
            .args(["read", story, "--format", "jsonl"])
            .stdout(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let memory = wait(child).map_err(failed)?;
        times.push(start.elapsed());
        peak = peak.max(memory);
    }
    times.sort();
    println!("set,measure,value,command");
    let print = |measure: &str, value: String| {
        let set = options::set(story);
        println!("{set},{measure},{value},measure start {program} {story}");
    };
    print("binary (MB)", format!("{:.1}", size as f64 / 1e6));
    print(
        "wall time (s)",
        format!("{:.3}", times[RUNS / 2].as_secs_f64()),
    );
    if let Some(kilobytes) = peak {
        print(
            "peak memory (MB)",
            format!("{:.0}", kilobytes as f64 * 1.024e-3),
        );
    }
    Ok(())
}

/// Waits for a program; gives its peak memory in KiB as it was last seen.
///
/// # Errors
/// Where the program fails: its time would mean nothing.
fn wait(mut child: Child) -> std::io::Result<Option<u64>> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        let seen = std::fs::read_to_string(&status).ok();
        peak = peak.max(seen.and_then(|text| high_water(&text)));
        match child.try_wait()? {
            None => std::thread::sleep(Duration::from_millis(1)),
            Some(end) if end.success() => return Ok(peak),
            Some(end) => return Err(std::io::Error::other(format!("failed with {end}"))),
        }
    }
}

fn high_water(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_high_water_mark_is_read() {
        let status = "Name:\tx\nVmPeak:\t 9 kB\nVmHWM:\t  1234 kB\n";
        assert_eq!(high_water(status), Some(1234));
        assert_eq!(high_water(""), None);
    }
}
