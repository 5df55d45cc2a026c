//! GDELT 2.0: Events and Mentions (the GDELT Event Database codebook V2.0).

use super::load::{self, Given, Named, Where, dyad_number, dyads};
use super::{Write, compact, number, quad, root, text, ymd};
use crate::error::Result;
use crate::query::{Filter, Reader};

/// Sentences of a story that count as its lead.
const LEAD: i64 = 4;

/// Events: one row for each dyad of an occurrence.
pub(super) fn events(reader: &Reader, filter: &Filter, write: Write) -> Result<()> {
    load::occurrences(reader, filter, |(given, status, counts)| {
        for (at, (actor, recipient)) in dyads(&given).iter().enumerate() {
            let cells = event(&given, at, actor, recipient, counts);
            write(cells, &status, given.according_to.as_deref().unwrap_or(""))?;
        }
        Ok(())
    })
}

fn event(
    given: &Given,
    at: usize,
    actor: &Named,
    recipient: &Named,
    counts: [i64; 3],
) -> Vec<String> {
    let (year, month, day) = ymd(&given.day);
    let code = text(&given.cameo);
    let [reports, outlets, stories] = counts;
    let mut cells = vec![
        dyad_number(given.occurrence, at).to_string(),
        compact(&given.day),
        format!("{year}{month}"),
        year.to_owned(),
        fraction(year, month, day),
    ];
    cells.extend(party(actor));
    cells.extend(party(recipient));
    cells.extend([
        if given.sentence < LEAD { "1" } else { "0" }.to_owned(),
        code.clone(),
        code.get(..3).unwrap_or(&code).to_owned(),
        root(&code).to_owned(),
        quad(root(&code)).to_owned(),
        number(given.goldstein),
        reports.to_string(),
        outlets.to_string(),
        stories.to_string(),
        // The tone of the words is nothing that is read here.
        String::new(),
    ]);
    // Where the actors are is not known: only where it happened.
    cells.extend(geo(None));
    cells.extend(geo(None));
    cells.extend(geo(given.place.as_ref()));
    cells.push(
        given
            .published
            .as_deref()
            .map_or(String::new(), |day| compact(day) + "000000"),
    );
    cells.push(
        given
            .url
            .clone()
            .or_else(|| given.reference.clone())
            .unwrap_or_default(),
    );
    cells
}

/// `YYYY.FFFF`: the share of the year, (month · 30 + day) / 365, below 1.
fn fraction(year: &str, month: &str, day: &str) -> String {
    let part = |text: &str| text.parse::<f64>().ok();
    match (part(month), part(day)) {
        (Some(month), Some(day)) => {
            let share = ((month * 30.0 + day) / 365.0).min(0.9999);
            format!("{year}.{:04.0}", (share * 10_000.0).floor())
        }
        _ => String::new(),
    }
}

/// The ten columns of an actor: code, name, country, known group, ethnic, two religions, three types.
fn party(actor: &Named) -> Vec<String> {
    let role = |at: usize| actor.roles.get(at).cloned().unwrap_or_default();
    vec![
        text(&actor.code),
        actor.name.to_uppercase(),
        text(&actor.country),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        role(0),
        role(1),
        role(2),
    ]
}

/// The eight columns of a place. GDELT's country and division codes are those of FIPS 10-4, which a record has not:
/// they stay empty, and the full name carries them in words.
fn geo(place: Option<&Where>) -> Vec<String> {
    let Some(place) = place else {
        let mut empty = vec![String::new(); 8];
        "0".clone_into(&mut empty[0]);
        return empty;
    };
    let parts = [
        Some(place.name.clone()),
        place.admin1.clone(),
        place.country.clone(),
    ];
    let full: Vec<String> = parts.into_iter().flatten().collect();
    vec![
        kind(place).to_owned(),
        full.join(", "),
        String::new(),
        String::new(),
        String::new(),
        number(place.latitude),
        number(place.longitude),
        number(place.geonames),
    ]
}

/// 1 a country, 2 a state of the USA, 3 a town there, 4 a town elsewhere, 5 a division elsewhere.
fn kind(place: &Where) -> &'static str {
    let home = place.country.as_deref() == Some("USA");
    match &place.admin1 {
        None => "1",
        Some(division) if *division == place.name => {
            if home {
                "2"
            } else {
                "5"
            }
        }
        Some(_) => {
            if home {
                "3"
            } else {
                "4"
            }
        }
    }
}

/// Mentions: one row for each dyad of each report of an occurrence.
pub(super) fn mentions(reader: &Reader, filter: &Filter, write: Write) -> Result<()> {
    load::reports(reader, filter, |given| {
        let published = given
            .published
            .as_deref()
            .map_or(String::new(), |day| compact(day) + "000000");
        for at in 0..dyads(&given).len() {
            let cells = vec![
                dyad_number(given.occurrence, at).to_string(),
                compact(&given.day) + "000000",
                published.clone(),
                // 1 is a page on the web, 4 something that has a name of its own only.
                if given.url.is_some() { "1" } else { "4" }.to_owned(),
                text(&given.publisher),
                given
                    .url
                    .clone()
                    .or_else(|| given.reference.clone())
                    .unwrap_or_else(|| given.hash.clone()),
                (given.sentence + 1).to_string(),
                "-1".to_owned(),
                "-1".to_owned(),
                given.at.to_string(),
                "1".to_owned(),
                format!("{:.0}", given.confidence * 100.0),
                given.length.to_string(),
                String::new(),
                String::new(),
                String::new(),
            ];
            write(
                cells,
                &given.status,
                given.according_to.as_deref().unwrap_or(""),
            )?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_their_columns() {
        let given = Given {
            day: "2015-05-12".into(),
            cameo: Some("0311".into()),
            ..Given::default()
        };
        let cells = event(&given, 0, &Named::default(), &Named::default(), [1, 1, 1]);
        assert_eq!(cells.len(), 61);
        assert_eq!(&cells[1..5], ["20150512", "201505", "2015", "2015.4438"]);
        assert_eq!(&cells[26..30], ["0311", "031", "03", "1"]);
    }

    #[test]
    fn the_year_never_ends_in_one() {
        assert_eq!(fraction("2015", "12", "31"), "2015.9999");
        assert_eq!(fraction("2015", "01", "01"), "2015.0849");
    }
}
