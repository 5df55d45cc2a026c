//! `measure table SET COMMAND`: the table that a shared scorer prints, from standard input, as rows of CSV.
//!
//! A line is a name and numbers. Three numbers are precision, recall and F1 (with or without their letters before them);
//! a single one stands in the column F1, whatever it is; other numbers are named by the word before them.

use std::io::{self, Read};

use crate::Failure;

/// Copies the table to standard error, where a person looks, and writes the rows to standard output.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let [set, command] = args else {
        return Err(Failure::Usage(
            "usage: measure table SET COMMAND < TABLE".into(),
        ));
    };
    let mut table = String::new();
    let failed = |source| Failure::File {
        path: "standard input".into(),
        source,
    };
    io::stdin().read_to_string(&mut table).map_err(failed)?;
    eprint!("{table}");
    println!("set,measure,precision,recall,f1,command");
    for (measure, values) in table.lines().flat_map(rows) {
        println!("{set},{measure},{},{command}", values.join(","));
    }
    Ok(())
}

/// What a line says: names of measures, each with the columns precision, recall and F1 as they were written.
fn rows(line: &str) -> Vec<(String, [&str; 3])> {
    let mut words = line.split_whitespace();
    let Some(name) = words.next() else {
        return Vec::new();
    };
    let mut label = "";
    let mut found: Vec<(&str, &str)> = Vec::new();
    for word in words {
        if word.parse::<f64>().is_ok() {
            found.push((std::mem::take(&mut label), word));
        } else {
            label = word;
        }
    }
    match found[..] {
        [("" | "P", p), ("" | "R", r), ("" | "F1", f1)] => vec![(name.to_owned(), [p, r, f1])],
        [("", value)] => vec![(name.to_owned(), ["", "", value])],
        _ => found
            .iter()
            .map(|(label, value)| (format!("{name} {label}"), ["", "", *value]))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn the_three_kinds_of_lines() {
        let row = |name: &str, values| vec![(name.to_owned(), values)];
        assert_eq!(
            rows("typed   0.700 0.500 0.583"),
            row("typed", ["0.700", "0.500", "0.583"])
        );
        assert_eq!(
            rows("cue  P 0.7 R 0.5 F1 0.6"),
            row("cue", ["0.7", "0.5", "0.6"])
        );
        assert_eq!(rows("gold   878"), row("gold", ["", "", "878"]));
        let both = rows("root   macro 0.81 micro 0.83");
        assert_eq!(both[0], ("root macro".to_owned(), ["", "", "0.81"]));
        assert_eq!(both[1], ("root micro".to_owned(), ["", "", "0.83"]));
        assert!(rows("").is_empty() && rows("words alone").is_empty());
    }
}
