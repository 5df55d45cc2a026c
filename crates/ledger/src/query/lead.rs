//! By which table the occurrences of a listing are found, so that the latest come first without sorting all of them.
//!
//! A country is in many occurrences, and a page shows fifty. Where the filter names one party or one dyad, its rows are
//! walked in the order of days, and what else must hold is asked of each until the page is full.

use rusqlite::Row;

use super::filter::{Conditions, Filter};
use super::listing::Listing;
use super::names::Who;
use super::paging::{Piece, Way};
use super::{Cursor, Reader};
use crate::error::{LedgerError, Result};

/// Columns of a question about occurrences, which are called `o`, and what is joined to them.
pub(super) struct Columns {
    pub columns: &'static str,
    pub joined: &'static str,
}

/// The table by which occurrences are found.
enum Lead {
    /// That of occurrences itself.
    Occurrences,
    /// That of parties: the condition on it, with `?` for the value, and the value where there is one.
    Parties(String, Option<String>),
    /// That of dyads: two countries in the order of the alphabet.
    Dyads(String, String),
}

/// A list of a listing with those who must take part.
type Wanted = fn(&mut Listing) -> &mut Vec<String>;

impl Lead {
    /// Its tables, up to that of occurrences.
    fn tables(&self) -> &'static str {
        match self {
            Lead::Occurrences => "occurrence o",
            Lead::Parties(..) => {
                "occurrence_party p CROSS JOIN occurrence o ON o.id = p.occurrence"
            }
            Lead::Dyads(..) => "dyad_occurrence d CROSS JOIN occurrence o ON o.id = d.occurrence",
        }
    }

    /// Its columns with the day and the number of the occurrence.
    fn order(&self) -> (&'static str, &'static str) {
        match self {
            Lead::Occurrences => ("o.day", "o.id"),
            Lead::Parties(..) => ("p.day", "p.occurrence"),
            Lead::Dyads(..) => ("d.day", "d.occurrence"),
        }
    }

    /// Its own conditions, days among them: what is asked of the occurrence's row does not shorten the walk.
    fn narrow(&self, conditions: &mut Conditions, filter: &Filter) -> Result<()> {
        match self {
            Lead::Occurrences => return Ok(()),
            Lead::Parties(part, None) => conditions.push(part.clone()),
            Lead::Parties(part, Some(value)) => conditions.with(part, value.clone()),
            Lead::Dyads(one, other) => {
                conditions.with("d.one = ?", one.clone());
                conditions.with("d.other = ?", other.clone());
                conditions.push("d.day <> ''");
            }
        }
        let (day, _) = self.order();
        if let Some(first) = filter.first_day()? {
            conditions.with(&format!("{day} >= ?"), first);
        }
        if let Some(last) = filter.last_day()? {
            conditions.with(&format!("{day} <= ?"), last);
        }
        Ok(())
    }
}

impl Reader {
    /// Rows of a listing by day, those without a day last.
    pub(super) fn rows_by_day<T>(
        &self,
        listing: &Listing,
        (way, after): (Way, Option<&Cursor>),
        asked: &Columns,
        most: usize,
        mut make: impl FnMut(&Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let Columns { columns, joined } = asked;
        let (lead, rest) = self.lead(listing)?;
        let piece = Piece {
            columns: lead.order(),
            // Several of one country on one side are several rows of one occurrence.
            grouped: matches!(lead, Lead::Parties(..)),
            way,
            after,
            most,
        };
        let select = format!("SELECT {columns} FROM {} {joined}", lead.tables());
        let mut found = self.dated(
            &piece,
            &select,
            || {
                let mut conditions = Conditions::default();
                lead.narrow(&mut conditions, &listing.filter)?;
                self.listed(&rest, conditions)
            },
            &mut make,
        )?;
        if found.len() < most && !listing.filter.has_days() {
            let piece = Piece {
                columns: Lead::Occurrences.order(),
                grouped: false,
                most: most - found.len(),
                ..piece
            };
            let select = format!("SELECT {columns} FROM occurrence o {joined}");
            let all = || self.listed(listing, Conditions::default());
            found.extend(self.undated(&piece, &select, all, make)?);
        }
        Ok(found)
    }

    /// The table by which a listing is found, and what else must hold.
    fn lead(&self, listing: &Listing) -> Result<(Lead, Listing)> {
        let mut rest = listing.clone();
        // Words are in few occurrences, or are looked for in few sentences: those are found first, and sorted.
        if listing.filter.text.is_some() {
            return Ok((Lead::Occurrences, rest));
        }
        if let Some((one, other)) = rest.between.take() {
            let (one, other) = self.countries(&one, &other)?;
            return Ok((Lead::Dyads(one, other), rest));
        }
        let sides: [(Wanted, &str); 3] = [
            (|of| &mut of.filter.actor, " AND p.side = 'actor'"),
            (|of| &mut of.filter.recipient, " AND p.side = 'recipient'"),
            (|of| &mut of.party, ""),
        ];
        for (wanted, side) in sides {
            let [word] = &wanted(&mut rest)[..] else {
                continue;
            };
            let lead = match self.who(word)? {
                Who::Country(code) => Lead::Parties(format!("p.country = ?{side}"), Some(code)),
                Who::Actors(ids) => match ids[..] {
                    [id] => Lead::Parties(format!("p.actor = {id}{side}"), None),
                    // Rows of several come in no order of days.
                    _ => continue,
                },
            };
            wanted(&mut rest).clear();
            return Ok((lead, rest));
        }
        Ok((Lead::Occurrences, rest))
    }

    /// Two countries in the order of the alphabet.
    pub(super) fn countries(&self, one: &str, other: &str) -> Result<(String, String)> {
        let country = |word: &str| match self.who(word)? {
            Who::Country(code) => Ok(code),
            Who::Actors(_) => Err(LedgerError::Question(format!(
                "`{word}` is no country of this ledger; give a code like USA, or the name of a state"
            ))),
        };
        let (one, other) = (country(one)?, country(other)?);
        Ok(if one < other {
            (one, other)
        } else {
            (other, one)
        })
    }
}
