//! `rapporteur relations`: cooperation and conflict, drawn.

use ledger::query::{Period, Reader, Trend};

use super::args::{Format, RelationsArgs};
use super::show::Sheet;
use crate::output::{Frame, Output};

/// Columns of the index's scale, of which the middle one is 0.
const SCALE: usize = 41;

/// Runs the command.
///
/// # Errors
/// Where the ledger cannot be asked, or the answer cannot be written.
pub fn relations(args: &RelationsArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&args.ledger.path)?;
    let filter = args.which.filter();
    let periods = reader.relations(&args.dyad.one, &args.dyad.other, args.by.into(), &filter)?;
    if args.show.format != Format::Table {
        let mut sheet = Sheet::open(&args.show, &[])?;
        periods.iter().try_for_each(|period| sheet.row(period))?;
        return sheet.finish();
    }
    let output = Output::open(args.show.output.output.as_deref(), Frame::PLAIN)?;
    output.write(&drawn(&args.dyad.one, &args.dyad.other, &periods))?;
    output.close()?;
    Ok(())
}

/// A line for each period: counts, and the index with its interval on a scale from conflict to cooperation.
pub fn drawn(one: &str, other: &str, periods: &[Period]) -> String {
    let mut page =
        format!("{one} and {other}: words and deeds, cooperation (+) and conflict (-)\n\n");
    if periods.is_empty() {
        return page + "nothing\n";
    }
    page += &format!(
        "{:<8} {:>5} {:>5} {:>5} {:>5} {:>8} {:>6} {:>5}  -100{:^width$}100\n",
        "",
        "say+",
        "do+",
        "say-",
        "do-",
        "weight",
        "index",
        "±",
        "0",
        width = SCALE - 7
    );
    for period in periods {
        page += &format!(
            "{:<8} {:>5} {:>5} {:>5} {:>5} {:>8.1} {:>6.1} {:>5.1}  {} {}\n",
            period.period,
            period.verbal_cooperation,
            period.material_cooperation,
            period.verbal_conflict,
            period.material_conflict,
            period.goldstein_sum,
            period.index,
            period.uncertainty,
            scale(period.index, period.uncertainty),
            match period.trend {
                Trend::Thaw => "thaw",
                Trend::Chill => "chill",
                Trend::Steady | Trend::First => "",
            }
        );
        page.truncate(page.trim_end().len());
        page.push('\n');
    }
    page
}

/// The index as a mark on its interval.
fn scale(index: f64, uncertainty: f64) -> String {
    let half = (SCALE / 2) as f64;
    let place =
        |value: f64| (half + (value / 100.0 * half).round()).clamp(0.0, 2.0 * half) as usize;
    let (low, high) = (place(index - uncertainty), place(index + uncertainty));
    let mark = |at: usize| match at {
        at if at == place(index) => '●',
        at if (low..=high).contains(&at) => '─',
        at if at == SCALE / 2 => '│',
        _ => '·',
    };
    (0..SCALE).map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_shows_index_and_interval() {
        let line: Vec<char> = scale(0.0, 10.0).chars().collect();
        assert_eq!(line.len(), SCALE);
        assert_eq!(
            (line[20], line[18], line[22], line[17]),
            ('●', '─', '─', '·')
        );
        assert_eq!(scale(-500.0, 1.0).chars().next(), Some('●'));
    }

    #[test]
    fn nothing_is_said_to_be_nothing() {
        assert!(drawn("NOR", "SRB", &[]).ends_with("nothing\n"));
    }
}
