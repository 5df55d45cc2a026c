//! Rows of answers, in each format.

use csv::{ByteRecord, WriterBuilder};
use rapporteur::pairs::Scores;
use serde_json::{Map, Value, json};

use super::columns::cell_text;

/// Stands where there is no type.
const NONE: &str = "-";

/// What is known of one row.
pub struct Answer {
    scores: Scores,
    /// Why the row has no type.
    pub error: Option<String>,
}

impl Answer {
    pub fn of(scores: Scores) -> Self {
        let error = match scores.best() {
            Some(_) => None,
            None => Some("the model has no head for pairs".to_owned()),
        };
        Answer { scores, error }
    }

    pub fn failed(error: String) -> Self {
        Answer {
            scores: Scores::default(),
            error: Some(error),
        }
    }

    fn best(&self) -> (&'static str, Option<f32>) {
        match self.scores.best() {
            Some((event, score)) => (event.as_str(), Some(score)),
            None => (NONE, None),
        }
    }
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Tsv,
    Jsonl,
    TypeOnly,
}

impl Shape {
    /// The line over the rows; empty where the format has none.
    pub fn heading(self, header: &ByteRecord) -> anyhow::Result<String> {
        match self {
            Shape::Tsv => {
                let ours = [&b"type"[..], b"score", b"error"];
                tsv_line(header.iter().chain(ours))
            }
            Shape::Jsonl | Shape::TypeOnly => Ok(String::new()),
        }
    }

    /// One row, ending in a line break. `width` is the number of columns that the table should have.
    pub fn row(self, row: &ByteRecord, width: usize, answer: &Answer) -> anyhow::Result<String> {
        match self {
            Shape::Tsv => tsv_row(row, width, answer),
            Shape::Jsonl => json_row(answer),
            Shape::TypeOnly => Ok(format!("{}\n", answer.best().0)),
        }
    }
}

/// The cells that came in, filled up or cut to the table's columns so that ours stand under their names.
fn tsv_row(row: &ByteRecord, width: usize, answer: &Answer) -> anyhow::Result<String> {
    let (event, score) = answer.best();
    let score = score.map(|score| format!("{score:.4}")).unwrap_or_default();
    let cells = row.iter().chain(std::iter::repeat(&b""[..])).take(width);
    let error = answer.error.as_deref().unwrap_or_default();
    tsv_line(cells.chain([event.as_bytes(), score.as_bytes(), error.as_bytes()]))
}

fn tsv_line<'c>(cells: impl Iterator<Item = &'c [u8]>) -> anyhow::Result<String> {
    let mut writer = WriterBuilder::new()
        .delimiter(b'\t')
        .from_writer(Vec::new());
    writer.write_record(cells)?;
    Ok(cell_text(&writer.into_inner()?))
}

fn json_row(answer: &Answer) -> anyhow::Result<String> {
    let (event, score) = answer.best();
    let all = answer.scores.types.iter();
    let scores: Map<String, Value> = all
        .map(|(event, score)| (event.as_str().to_owned(), json!(rounded(*score))))
        .collect();
    let event = (event != NONE).then_some(event);
    let row = json!({
        "type": event,
        "score": score.map(rounded),
        "scores": scores,
        "error": answer.error,
    });
    Ok(format!("{}\n", serde_json::to_string(&row)?))
}

/// Four digits: more would be noise, and would differ between the arithmetics.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use rapporteur::types::EventType;

    use super::*;

    fn answer() -> Answer {
        Answer::of(Scores {
            types: vec![(EventType::Accuse, 0.75004), (EventType::Reject, 0.25)],
        })
    }

    fn written(shape: Shape, cells: &[&str], answer: &Answer) -> String {
        let row = ByteRecord::from(cells.to_vec());
        shape.row(&row, 2, answer).expect("memory takes all")
    }

    #[test]
    fn a_row_keeps_its_cells() {
        assert_eq!(
            written(Shape::Tsv, &["1", "x \"y\""], &answer()),
            "1\t\"x \"\"y\"\"\"\tACCUSE\t0.7500\t\n"
        );
        assert_eq!(
            written(Shape::Tsv, &["1"], &answer()),
            "1\t\tACCUSE\t0.7500\t\n"
        );
        assert_eq!(
            written(Shape::Tsv, &["1", "2", "3"], &answer()),
            "1\t2\tACCUSE\t0.7500\t\n"
        );
        assert_eq!(written(Shape::TypeOnly, &["1", "2"], &answer()), "ACCUSE\n");
    }

    #[test]
    fn a_bad_row_says_why() {
        let failed = Answer::failed("no recipient".to_owned());
        assert_eq!(
            written(Shape::Tsv, &["1", "2"], &failed),
            "1\t2\t-\t\tno recipient\n"
        );
        assert_eq!(written(Shape::TypeOnly, &["1", "2"], &failed), "-\n");
        assert_eq!(
            written(Shape::Jsonl, &["1", "2"], &failed),
            "{\"type\":null,\"score\":null,\"scores\":{},\"error\":\"no recipient\"}\n"
        );
    }

    #[test]
    fn scores_keep_their_order() {
        assert_eq!(
            written(Shape::Jsonl, &["1", "2"], &answer()),
            "{\"type\":\"ACCUSE\",\"score\":0.75,\"scores\":{\"ACCUSE\":0.75,\"REJECT\":0.25},\"error\":null}\n"
        );
    }
}
