//! Files that others made: refused, or read without panic; and what is packed comes out again.

use proptest::prelude::*;
use rapporteur_gazetteer::pack::pack;
use rapporteur_gazetteer::{DamagedError, Gazetteer, Kind, Spelling};

const TABLE: &str = "1\tcountry\tFRE\t0\t45.0\t-30.0\t1000000\t77\tFreedonia\tRepublic of Freedonia\t\n\
    2\tdivision\tFRE\t1\t45.5\t-30.5\t400000\t0\tUpper Freedonia\t\tU.F.\n\
    3\ttown\tFRE\t2\t45.6\t-30.6\t12000\t99\tSankt Óleg\tSankt Oleg|=Oleg\t\n\
    4\twater\t-\t0\t-1.0\t179.0\t0\t0\tSea of Glass\t\t\n";

/// Looks up and reads everything that a file offers.
fn walk(gazetteer: &Gazetteer, name: &str) {
    for found in gazetteer.find(name) {
        let _ = gazetteer.place(found.place);
        let _ = gazetteer.name(found.place);
        let _ = gazetteer.country(found.place);
        assert!(gazetteer.around(found.place).count() <= 4);
    }
    for place in gazetteer.places().take(64) {
        let _ = (
            gazetteer.place(place),
            gazetteer.name(place),
            gazetteer.division(place),
        );
    }
}

#[test]
fn what_is_packed_comes_out_again() {
    let bytes = pack(TABLE).expect("a good table");
    let gazetteer = Gazetteer::open(&bytes).expect("a whole file");
    assert_eq!(gazetteer.len(), 4);
    let [town] = gazetteer.find("sankt oleg")[..] else {
        panic!("one place");
    };
    assert_eq!(
        town.spelling,
        Spelling::Main,
        "its own name without the accent"
    );
    assert_eq!(gazetteer.find("Oleg")[0].spelling, Spelling::Main);
    assert_eq!(gazetteer.name(town.place), "Sankt Óleg");
    let place = gazetteer.place(town.place).expect("its own place");
    assert_eq!((place.kind, place.geonames), (Kind::Town, Some(99)));
    assert!((place.latitude - 45.6).abs() < 1e-4 && (place.longitude + 30.6).abs() < 1e-4);
    assert!((place.population / 12_000.0 - 1.0).abs() < 0.05);
    let names: Vec<String> = gazetteer
        .around(town.place)
        .map(|p| gazetteer.name(p))
        .collect();
    assert_eq!(names, ["Upper Freedonia", "Freedonia"]);
    assert_eq!(gazetteer.find("U.F.")[0].spelling, Spelling::Short);
    assert_eq!(
        gazetteer.country(gazetteer.find("Sea of Glass")[0].place),
        None
    );
}

#[test]
fn bad_tables_and_files_are_refused() {
    assert_eq!(pack("1\ttown\tFRE").expect_err("too short").line, 1);
    let orphan = TABLE.replace("\t2\t45.6", "\t9\t45.6");
    assert!(pack(&orphan).is_err(), "a parent that is not there");
    assert!(pack(&TABLE.replace("water", "wine")).is_err());
    let bytes = pack(TABLE).expect("a good table");
    assert_eq!(
        Gazetteer::open(&bytes[1..]).expect_err("no magic"),
        DamagedError::Magic
    );
    let cut = &bytes[..bytes.len() - 1];
    assert!(matches!(
        Gazetteer::open(cut),
        Err(DamagedError::Length { .. })
    ));
}

proptest! {
    #[test]
    fn damaged_files_do_no_harm(at in 8usize..400, to in any::<u8>(), name in "[a-zA-Z ]{0,12}") {
        let mut bytes = pack(TABLE).expect("a good table");
        let at = at % bytes.len();
        bytes[at] = to;
        if let Ok(gazetteer) = Gazetteer::open(&bytes) {
            walk(&gazetteer, &name);
            walk(&gazetteer, "Oleg");
        }
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(gazetteer) = Gazetteer::open(&bytes) {
            walk(&gazetteer, "Oleg");
        }
    }

    #[test]
    fn any_name_may_be_looked_up(name in "\\PC{0,60}") {
        walk(&Gazetteer::built_in(), &name);
    }
}
