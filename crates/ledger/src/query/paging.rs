//! Lists by day, in pieces: each goes on behind the last row of the one before, wherever that is, without a look at what
//! came earlier.

use rusqlite::Row;

use super::filter::Conditions;
use super::{Reader, number};
use crate::error::Result;

/// A row of a list by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its day; `None` where it has none.
    pub day: Option<String>,
    /// Its number: of the occurrence, the story or the claim.
    pub number: i64,
}

impl Cursor {
    /// Reads what [`std::fmt::Display`] writes: `2015-05-12.O12`, `.O12` for an occurrence without a day.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, id) = text.split_once('.')?;
        let number = number('O', id)?;
        let day = match day {
            "" => None,
            day => Some(crate::Day::parse(day)?.to_string()),
        };
        Some(Cursor { day, number })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.O{}", self.day.as_deref().unwrap_or(""), self.number)
    }
}

/// Which way a list by day goes. Rows without a day come last either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Latest,
    Earliest,
}

impl Way {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Way::Latest => ("<", "DESC"),
            Way::Earliest => (">", "ASC"),
        }
    }
}

/// A piece of a list by day.
#[derive(Clone, Copy)]
pub(super) struct Piece<'p> {
    /// Columns of the day and of the number.
    pub columns: (&'p str, &'p str),
    /// Which way.
    pub way: Way,
    /// The row behind which it begins.
    pub after: Option<&'p Cursor>,
    /// Most rows.
    pub most: usize,
    /// Whether a number may come several times, and is given once.
    pub grouped: bool,
}

impl Reader {
    /// The rows of a piece, those without a day last; `dated` leaves them out. Those with a day are one question and those
    /// without another, so that each can use an index.
    pub(super) fn piece<T>(
        &self,
        piece: &Piece,
        select: &str,
        dated: bool,
        conditions: impl Fn() -> Result<Conditions>,
        mut make: impl FnMut(&Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = self.dated(piece, select, &conditions, &mut make)?;
        if found.len() < piece.most && !dated {
            let rest = Piece {
                most: piece.most - found.len(),
                ..*piece
            };
            found.extend(self.undated(&rest, select, conditions, make)?);
        }
        Ok(found)
    }

    /// The rows of a piece that have a day.
    pub(super) fn dated<T>(
        &self,
        piece: &Piece,
        select: &str,
        conditions: impl Fn() -> Result<Conditions>,
        make: impl FnMut(&Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let (day, id) = piece.columns;
        let (sign, way) = piece.way.words();
        let mut dated = conditions()?;
        dated.push(format!("{day} IS NOT NULL"));
        match piece.after {
            // It goes on among those without a day.
            Some(Cursor { day: None, .. }) => return Ok(Vec::new()),
            Some(Cursor {
                day: Some(last),
                number,
            }) => {
                let at = dated.values.len() + 1;
                dated.values.push(last.clone().into());
                dated.values.push((*number).into());
                dated.push(format!("({day}, {id}) {sign} (?{at}, ?{})", at + 1));
            }
            None => {}
        }
        let group = if piece.grouped {
            format!("GROUP BY {day}, {id} ")
        } else {
            String::new()
        };
        let order = format!(
            "{group}ORDER BY {day} {way}, {id} {way} LIMIT {}",
            piece.most
        );
        self.list(&dated.question(select, &order), make)
    }

    /// The rows of a piece that have none.
    pub(super) fn undated<T>(
        &self,
        piece: &Piece,
        select: &str,
        conditions: impl Fn() -> Result<Conditions>,
        make: impl FnMut(&Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let (day, id) = piece.columns;
        let (sign, way) = piece.way.words();
        let mut undated = conditions()?;
        undated.push(format!("{day} IS NULL"));
        if let Some(Cursor { day: None, number }) = piece.after {
            undated.with(&format!("{id} {sign} ?"), *number);
        }
        let order = format!("ORDER BY {id} {way} LIMIT {}", piece.most);
        self.list(&undated.question(select, &order), make)
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn cursors_are_read_as_they_are_written() {
        for text in ["2015-05-12.O12", ".O3"] {
            let cursor = Cursor::parse(text).map(|cursor| cursor.to_string());
            assert_eq!(cursor.as_deref(), Some(text));
        }
        for wrong in ["", "2015-05-12", "2015-13-01.O1", "2015-05-12.E1", "x.O1"] {
            assert_eq!(Cursor::parse(wrong), None, "{wrong}");
        }
    }
}
