//! The shipped data file: whole, and right where anyone can check it.

use rapporteur_gazetteer::{Gazetteer, Kind, Match, PlaceId, Spelling, distance, fold};

/// The places that bear a name, biggest first.
fn find(name: &str) -> Vec<PlaceId> {
    let gazetteer = Gazetteer::built_in();
    let mut found: Vec<Match> = gazetteer.find(name);
    let size = |m: &Match| gazetteer.place(m.place).expect("its own place").population;
    found.sort_by(|a, b| size(b).total_cmp(&size(a)));
    found.iter().map(|m| m.place).collect()
}

fn biggest(name: &str, kind: Kind) -> PlaceId {
    let gazetteer = Gazetteer::built_in();
    let is = |p: &PlaceId| gazetteer.place(*p).is_some_and(|p| p.kind == kind);
    find(name).into_iter().find(is).expect(name)
}

fn point(place: PlaceId) -> (f64, f64) {
    let place = Gazetteer::built_in().place(place).expect("its own place");
    (place.latitude, place.longitude)
}

#[test]
fn every_place_can_be_read_and_found_by_its_name() {
    let gazetteer = Gazetteer::built_in();
    assert!(gazetteer.len() > 250_000);
    for place in gazetteer.places() {
        let name = gazetteer.name(place);
        let known = gazetteer.place(place).expect("every number is a place");
        assert!(!name.is_empty());
        assert!(known.latitude.abs() <= 90.0 && known.longitude.abs() <= 180.0);
        assert!(
            known.kind != Kind::Country || gazetteer.country(place).is_some(),
            "{name}"
        );
        // Reading all names takes a second; looking all of them up takes too long for a test.
        if known.geonames.unwrap_or(0).is_multiple_of(97) {
            let mut found = gazetteer.find(&name).into_iter();
            assert!(found.any(|m| m.place == place), "{name} is not found");
        }
    }
}

#[test]
fn administration_runs_from_the_inside_out() {
    let gazetteer = Gazetteer::built_in();
    let sochi = biggest("Sochi", Kind::Town);
    assert_eq!(gazetteer.country(sochi), Some("RUS"));
    let russia = gazetteer.country_of("RUS").expect("a country");
    assert!(gazetteer.lies_in(sochi, russia) && !gazetteer.lies_in(russia, sochi));
    let krai = gazetteer.division(sochi).expect("it lies in a division");
    assert!(
        gazetteer.name(krai).contains("Krasnodar"),
        "{}",
        gazetteer.name(krai)
    );
    assert_eq!(
        gazetteer.place(sochi).and_then(|p| p.geonames),
        Some(491_422)
    );
}

#[test]
fn spellings_and_short_forms() {
    let gazetteer = Gazetteer::built_in();
    assert_eq!(find("São Paulo"), find("Sao Paulo"));
    assert_eq!(
        gazetteer.country(biggest("the U.S.", Kind::Country)),
        Some("USA")
    );
    let georgia = biggest("Georgia", Kind::Division);
    let short = Match {
        place: georgia,
        spelling: Spelling::Short,
    };
    assert!(gazetteer.find("Ga.").contains(&short));
    let darfur = biggest("Darfur", Kind::Region);
    assert_eq!(gazetteer.country(darfur), Some("SDN"));
    assert!(
        gazetteer
            .country(biggest("Black Sea", Kind::Water))
            .is_none()
    );
    assert!(find("Nosuchplacewhatever").is_empty());
}

#[test]
fn points_are_where_the_places_are() {
    for (name, kind, at) in [
        ("Sochi", Kind::Town, (43.6, 39.73)),
        ("Clarke County", Kind::County, (33.95, -83.37)),
        ("Crimea", Kind::Region, (45.3, 34.4)),
        ("Nairobi", Kind::Capital, (-1.28, 36.82)),
    ] {
        let gazetteer = Gazetteer::built_in();
        let is = |p: &PlaceId| gazetteer.place(*p).is_some_and(|p| p.kind == kind);
        let near = find(name)
            .into_iter()
            .filter(is)
            .any(|p| distance(point(p), at) < 10.0);
        assert!(near, "no {name} at {at:?}");
    }
}

#[test]
fn distances_on_the_sphere() {
    assert_eq!(distance((10.0, 20.0), (10.0, 20.0)), 0.0);
    let quarter = distance((0.0, 0.0), (90.0, 0.0));
    assert!((quarter - 10_007.5).abs() < 1.0, "{quarter}");
    // Over the date line, not around the world.
    assert!(distance((0.0, 179.5), (0.0, -179.5)) < 112.0);
}

#[test]
fn every_data_file_has_its_origin() {
    let sources = include_str!("../SOURCES.toml");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    for entry in std::fs::read_dir(folder).expect("the data folder") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_string_lossy();
        assert!(
            sources.contains(&format!("name = \"{name}\"")),
            "{name} has no origin"
        );
    }
    assert!(sources.contains(Gazetteer::VERSION));
    assert_eq!(fold("Origin"), "origin");
}
