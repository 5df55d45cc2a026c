//! Which columns of the table hold the pair.

use csv::ByteRecord;
use rapporteur::pairs::Pair;
use thiserror::Error;

/// Where the sentence and its parties stand in a row.
#[derive(Debug, PartialEq, Eq)]
pub struct Columns {
    marked: Option<usize>,
    plain: Option<Plain>,
}

#[derive(Debug, PartialEq, Eq)]
struct Plain {
    sentence: usize,
    actor: usize,
    recipient: usize,
}

/// The first line names no columns that make a pair.
#[derive(Debug, PartialEq, Eq, Error)]
#[error(
    "the first line must name a column `marked_sentence`, or `sentence`, `actor` and `recipient`; it names {0}"
)]
pub struct NoColumns(String);

impl Columns {
    /// Finds the columns by name. `source` and `target`, CAMEO's words, stand for actor and recipient.
    ///
    /// # Errors
    /// Where neither a marked sentence nor a sentence with both parties is there.
    pub fn of(header: &ByteRecord) -> Result<Columns, NoColumns> {
        let names: Vec<String> = header
            .iter()
            .map(|name| cell_text(name).trim().to_owned())
            .collect();
        let column = |wanted: &[&str]| {
            let mut places = wanted.iter().map(|w| names.iter().position(|n| n == w));
            places.find_map(|place| place)
        };
        let plain = || {
            Some(Plain {
                sentence: column(&["sentence"])?,
                actor: column(&["actor", "source"])?,
                recipient: column(&["recipient", "target"])?,
            })
        };
        let columns = Columns {
            marked: column(&["marked_sentence"]),
            plain: plain(),
        };
        if columns.marked.is_none() && columns.plain.is_none() {
            let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            return Err(NoColumns(quoted.join(", ")));
        }
        Ok(columns)
    }

    /// The pair of a row: as marked, or else by its parties' words.
    ///
    /// # Errors
    /// What keeps the row from being a pair, in words; the marked sentence's reason where both ways fail.
    pub fn pair(&self, row: &ByteRecord) -> Result<Pair, String> {
        let cell = |column: usize| row.get(column).map(cell_text);
        let marked = self.marked.map(|column| match cell(column) {
            Some(sentence) => Pair::marked(&sentence).map_err(|e| e.to_string()),
            None => Err("the row ends before `marked_sentence`".to_owned()),
        });
        if let Some(Ok(pair)) = marked {
            return Ok(pair);
        }
        let plain = self.plain.as_ref().map(|plain| {
            let cells = (
                cell(plain.sentence),
                cell(plain.actor),
                cell(plain.recipient),
            );
            match cells {
                (Some(sentence), Some(actor), Some(recipient)) => {
                    Pair::found(&sentence, &actor, &recipient).map_err(|e| e.to_string())
                }
                _ => Err("the row ends before its sentence, actor and recipient".to_owned()),
            }
        });
        match (marked, plain) {
            (_, Some(Ok(pair))) => Ok(pair),
            (Some(Err(reason)), _) | (None, Some(Err(reason))) => Err(reason),
            _ => Err("the row holds no pair".to_owned()),
        }
    }
}

/// A cell as text: bytes that are no UTF-8 become replacement characters, which classify like any unknown sign.
pub fn cell_text(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Result<Columns, NoColumns> {
        Columns::of(&ByteRecord::from(names.to_vec()))
    }

    #[test]
    fn both_words_for_the_parties_are_known() {
        let row = ByteRecord::from(vec![
            "7",
            "The king thanked the queen.",
            "The king",
            "the queen",
        ]);
        for names in [
            ["id", "sentence", "actor", "recipient"],
            ["id", "sentence", "source", "target"],
        ] {
            let pair = columns(&names).map(|c| c.pair(&row));
            let pair = pair
                .expect("the columns are named")
                .expect("the row is a pair");
            let recipient = pair.recipient.expect("the recipient is given");
            assert_eq!(recipient.of(&pair.sentence), "the queen");
        }
    }

    #[test]
    fn marks_go_before_words() {
        let columns =
            columns(&["marked_sentence", "sentence", "source", "target"]).expect("all are named");
        let row = |marked| ByteRecord::from(vec![marked, "A met A.", "A", "A"]);
        let pair = columns.pair(&row("<t>A</t> met <s>A</s>."));
        assert_eq!(pair.map(|p| p.actor.map(|a| a.start)), Ok(Some(6)));
        let pair = columns.pair(&row("marks are missing"));
        assert_eq!(pair.map(|p| p.actor.map(|a| a.start)), Ok(Some(0)));
    }

    #[test]
    fn what_is_missing_is_said() {
        let missing = columns(&["sentence", "actor"]).expect_err("there is no recipient");
        assert!(
            missing
                .to_string()
                .ends_with("it names `sentence`, `actor`"),
            "{missing}"
        );
        let columns = columns(&["sentence", "actor", "recipient"]).expect("all are named");
        let short = columns.pair(&ByteRecord::from(vec!["A met B."]));
        assert_eq!(
            short,
            Err("the row ends before its sentence, actor and recipient".to_owned())
        );
    }
}
