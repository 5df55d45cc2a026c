//! ICEWS coded event data: 20 columns.

use super::load::{self, Given, Named, dyad_number, dyads};
use super::{Write, number, text};
use crate::error::Result;
use crate::query::{Filter, Reader};

pub(super) const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

/// One row for each dyad of each report; symmetric events once from each side. The Event ID is that of the event with
/// three digits for its dyad: even ones are as told, the odd one behind it is the same from the other side.
pub(super) fn rows(reader: &Reader, filter: &Filter, write: Write) -> Result<()> {
    load::reports(reader, filter, |given| {
        let symmetric = matches!(given.kind.as_str(), "CONSULT" | "COOPERATE" | "AGREE");
        let by = given.according_to.clone().unwrap_or_default();
        for (at, (actor, recipient)) in dyads(&given).iter().enumerate() {
            write(row(&given, 2 * at, actor, recipient), &given.status, &by)?;
            if symmetric && !recipient.name.is_empty() {
                write(
                    row(&given, 2 * at + 1, recipient, actor),
                    &given.status,
                    &by,
                )?;
            }
        }
        Ok(())
    })
}

fn row(given: &Given, at: usize, actor: &Named, recipient: &Named) -> Vec<String> {
    let place = given.place.clone().unwrap_or_default();
    let town = place
        .admin1
        .as_ref()
        .is_some_and(|division| *division != place.name);
    vec![
        dyad_number(given.event, at).to_string(),
        given.day.clone(),
        actor.name.clone(),
        actor.roles.join(","),
        text(&actor.country),
        words(given),
        text(&given.cameo),
        number(given.goldstein),
        recipient.name.clone(),
        recipient.roles.join(","),
        text(&recipient.country),
        given.story.to_string(),
        (given.sentence + 1).to_string(),
        text(&given.publisher),
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
    ]
}

/// The event in words: PLOVER's type and mode.
fn words(given: &Given) -> String {
    let kind = given.kind.get(..1).unwrap_or("").to_owned()
        + &given.kind.get(1..).unwrap_or("").to_lowercase();
    match &given.mode {
        Some(mode) => format!("{kind}: {mode}"),
        None => kind,
    }
}
