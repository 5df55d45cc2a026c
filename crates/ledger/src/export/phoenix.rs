//! Phoenix: 26 columns.

use super::load::{self, Given, Named, dyad_number, dyads};
use super::{Write, compact, number, quad, root, text, ymd};
use crate::error::Result;
use crate::query::{Filter, Reader};

/// One row for each dyad of an occurrence, with all its stories and outlets.
pub(super) fn rows(reader: &Reader, filter: &Filter, write: Write) -> Result<()> {
    load::occurrences(reader, filter, |(given, status, _)| {
        let (addresses, publishers) = load::sources(reader, given.occurrence)?;
        for (at, (actor, recipient)) in dyads(&given).iter().enumerate() {
            let cells = row(&given, at, actor, recipient, &addresses, &publishers);
            write(cells, &status, given.according_to.as_deref().unwrap_or(""))?;
        }
        Ok(())
    })
}

fn row(
    given: &Given,
    at: usize,
    actor: &Named,
    recipient: &Named,
    addresses: &[String],
    publishers: &[String],
) -> Vec<String> {
    let (year, month, day) = ymd(&given.day);
    let code = text(&given.cameo);
    let place = given.place.clone().unwrap_or_default();
    let mut cells = vec![
        dyad_number(given.occurrence, at).to_string(),
        compact(&given.day),
        year.to_owned(),
        month.to_owned(),
        day.to_owned(),
    ];
    cells.extend(party(actor));
    cells.extend(party(recipient));
    cells.extend([
        code.clone(),
        root(&code).to_owned(),
        quad(root(&code)).to_owned(),
        number(given.goldstein),
        String::new(),
        number(place.latitude),
        number(place.longitude),
        place.name,
        text(&place.admin1),
        text(&place.country),
        format!(
            "{}_{}",
            given.reference.as_deref().unwrap_or(&given.hash),
            given.sentence + 1
        ),
        addresses.join(";"),
        publishers.join(";"),
    ]);
    cells
}

/// Full code, entity (its first three letters), role and the rest.
fn party(actor: &Named) -> Vec<String> {
    let code = actor
        .code
        .clone()
        .or_else(|| actor.country.clone())
        .unwrap_or_default();
    vec![
        code.clone(),
        code.get(..3).unwrap_or(&code).to_owned(),
        code.get(3..6).unwrap_or("").to_owned(),
        code.get(6..).unwrap_or("").to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_their_columns() {
        let actor = Named {
            code: Some("USAGOVMIL".into()),
            ..Named::default()
        };
        let cells = row(&Given::default(), 0, &actor, &Named::default(), &[], &[]);
        assert_eq!(cells.len(), 26);
        assert_eq!(&cells[5..9], ["USAGOVMIL", "USA", "GOV", "MIL"]);
    }
}
