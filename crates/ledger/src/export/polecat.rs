//! POLECAT: 40 columns.

use super::load::{self, Given, Named};
use super::{Write, number, text};
use crate::append::QUADS;
use crate::error::Result;
use crate::query::{Filter, QUAD_TYPES, Reader};

pub(super) const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// One row for each report; several actors of one side stand in one cell.
pub(super) fn rows(reader: &Reader, filter: &Filter, write: Write) -> Result<()> {
    load::reports(reader, filter, |given| {
        let people = load::cast(reader, given.reading, &["person"])?;
        let organisations = load::cast(reader, given.reading, &["organisation", "group"])?;
        let locations = load::cast(reader, given.reading, &["state", "place-as-state"])?;
        let cells = row(
            &given,
            [people, organisations, locations].map(|names| names.join(";")),
        );
        write(
            cells,
            &given.status,
            given.according_to.as_deref().unwrap_or(""),
        )
    })
}

fn row(given: &Given, [people, organisations, locations]: [String; 3]) -> Vec<String> {
    let quad = QUAD_TYPES
        .iter()
        .position(|types| types.contains(&given.kind.as_str()));
    let mut cells = vec![
        format!("E{}", given.event),
        given.day.clone(),
        given.kind.clone(),
        text(&given.mode),
        number(given.goldstein),
        quad.map_or(String::new(), |at| QUADS[at].to_uppercase()),
        given.contexts.join(";"),
    ];
    cells.extend(party(&given.actors));
    cells.extend(party(&given.recipients));
    let place = given.place.clone().unwrap_or_default();
    let town = place
        .admin1
        .as_ref()
        .is_some_and(|division| *division != place.name);
    cells.extend([
        place.name.clone(),
        if town {
            place.name.clone()
        } else {
            String::new()
        },
        String::new(),
        text(&place.admin1),
        text(&place.country),
        number(place.latitude),
        number(place.longitude),
        number(place.geonames),
        place.name,
        String::new(),
        text(&given.publisher),
        text(&given.published),
        people,
        organisations,
        locations,
        text(&given.language),
        given.program.clone(),
    ]);
    cells
}

/// The eight columns of a side. Numbers of the Correlates of War are nothing that a record has; what it knows an
/// actor by is Wikidata's item.
fn party(parties: &[Named]) -> Vec<String> {
    let all = |of: &dyn Fn(&Named) -> String| -> String {
        let cells: Vec<String> = parties.iter().map(of).collect();
        cells.join(";")
    };
    vec![
        all(&|party| party.name.clone()),
        all(&|party| text(&party.country)),
        String::new(),
        all(&|party| party.roles.first().cloned().unwrap_or_default()),
        all(&|party| party.roles.join(",")),
        all(&|party| text(&party.title)),
        all(&|party| party.raw.clone()),
        all(&|party| text(&party.wikidata)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_their_columns() {
        assert_eq!(
            row(&Given::default(), [const { String::new() }; 3]).len(),
            COLUMNS.len()
        );
    }
}
