use std::collections::BTreeMap;

use super::*;
use crate::Lexicon;

fn words(name: &str) -> Vec<String> {
    name.split(' ').map(crate::fold::plain).collect()
}

/// `office country` on a day, or where else the day lies, for each person that the name may mean.
fn on(name: &str, day: &str) -> Vec<String> {
    let day = Date::first_of(day).unwrap();
    let holders = Lexicon::built_in().office_holders(&words(name));
    let told = holders.iter().map(|holder| {
        let (how, term) = match holder.on(day).unwrap() {
            Tenure::InOffice(term) => ("in office", term),
            Tenure::After(term) => ("after", term),
            Tenure::Before(term) => ("before", term),
            Tenure::Unknown(term) => ("unknown", term),
        };
        format!(
            "{}: {how} {} {}",
            holder.name,
            term.office.as_str(),
            term.code
        )
    });
    told.collect()
}

#[test]
fn offices_hold_in_their_terms_only() {
    let putin = |day, expected: &str| {
        assert_eq!(
            on("Vladimir Putin", day),
            [format!("Vladimir Putin: {expected}")]
        )
    };
    putin("1998-05-12", "before head-of-government RUS");
    putin("2007-05-12", "in office head-of-state RUS");
    putin("2009-05-12", "in office head-of-government RUS");
    putin("2015-05-12", "in office head-of-state RUS");
    let obama =
        |day, expected: &str| assert_eq!(on("Obama", day), [format!("Barack Obama: {expected}")]);
    obama("2008-12-01", "before head-of-state USA");
    obama("2017-01-19", "in office head-of-state USA");
    obama("2017-01-20", "after head-of-state USA");
    assert_eq!(
        on("Donald Trump", "2022-01-01"),
        ["Donald Trump: after head-of-state USA"]
    );
    assert_eq!(
        on("Ban Ki moon", "2013-01-01"),
        ["Ban Ki Moon: in office international IGOUNO"]
    );
}

#[test]
fn other_spellings_and_shorter_names_are_found() {
    for name in [
        "Sergey Lavrov",
        "Sergei Viktorovich Lavrov",
        "S. Lavrov",
        "Lavrov",
    ] {
        assert_eq!(
            on(name, "2013-09-01"),
            ["Sergei Lavrov: in office foreign RUS"],
            "{name}"
        );
    }
    assert!(on("Boris Lavrov", "2013-09-01").is_empty());
    assert!(on("Nobody Whatsoever", "2013-09-01").is_empty());
    assert!(Lexicon::built_in().office_holders(&[]).is_empty());
}

#[test]
fn a_surname_alone_finds_all_and_none_for_certain() {
    let holders = Lexicon::built_in().office_holders(&words("Steinmeier"));
    assert!(holders.iter().all(|h| h.certain) && holders.len() == 1);
    let holders = Lexicon::built_in().office_holders(&words("Bush"));
    assert!(
        holders.len() >= 2 && holders.iter().all(|h| !h.certain),
        "{holders:?}"
    );
}

#[test]
fn the_last_known_day_is_no_end() {
    let term = |to| Term {
        country: Some("RUS"),
        code: "RUS",
        office: Office::Foreign,
        from: Date::first_of("2010").unwrap(),
        to: Date::first_of(to),
        last_known: true,
    };
    let holder = OfficeHolder {
        name: "A",
        certain: true,
        terms: vec![term("2014")],
    };
    let on = |day| holder.on(Date::first_of(day).unwrap());
    assert_eq!(on("2013"), Some(Tenure::InOffice(term("2014"))));
    assert_eq!(on("2015"), Some(Tenure::Unknown(term("2014"))));
}

#[test]
fn the_file_is_sorted_without_duplicates_and_wholly_understood() {
    for (name, file) in [("offices.tsv", OFFICES), ("surnames.tsv", SURNAMES)] {
        assert!(
            file.starts_with("# Format: ") && file.contains("# Origin: "),
            "{name} has no header"
        );
        let lines: Vec<&str> = file.lines().filter(|l| !l.starts_with('#')).collect();
        for pair in lines.windows(2) {
            assert!(pair[0] < pair[1], "{name}: {} before {}", pair[0], pair[1]);
        }
    }
    let lexicon = Lexicon::built_in();
    for line in OFFICES.lines().filter(|l| !l.starts_with('#')) {
        let (_, name, term) =
            row(line).unwrap_or_else(|| panic!("offices.tsv: not understood: {line}"));
        assert!(
            term.to.is_none_or(|to| term.from < to),
            "offices.tsv: ends before it begins: {line}"
        );
        let known = term.country.is_none_or(|c| lexicon.country(c).is_some());
        assert!(
            known && !name.is_empty(),
            "offices.tsv: unknown country: {line}"
        );
    }
    let keys: Vec<&str> = OFFICES
        .lines()
        .filter_map(|l| l.split('\t').next())
        .collect();
    for line in SURNAMES.lines().filter(|l| !l.starts_with('#')) {
        let key = line.split('\t').nth(1).unwrap_or_default();
        assert!(
            keys.contains(&key),
            "surnames.tsv: nobody of that name: {line}"
        );
    }
}

/// Terms of different persons in one office that share a day.
fn conflicts(file: &'static str) -> Vec<String> {
    let mut seats: BTreeMap<(&str, Office), Vec<(&str, Term)>> = BTreeMap::new();
    for (_, name, term) in file.lines().filter(|l| !l.starts_with('#')).filter_map(row) {
        let one_holder = !matches!(term.office, Office::Government | Office::International);
        if one_holder {
            seats
                .entry((term.code, term.office))
                .or_default()
                .push((name, term));
        }
    }
    let mut found = Vec::new();
    for ((country, office), mut terms) in seats {
        terms.sort_by_key(|(_, term)| term.from);
        for (index, (name, term)) in terms.iter().enumerate() {
            let later = terms[index + 1..]
                .iter()
                .filter(|(_, next)| term.to.is_none_or(|to| next.from < to));
            found.extend(later.map(|(other, next)| {
                format!(
                    "{country} {}: {name} and {other} on {}",
                    office.as_str(),
                    next.from
                )
            }));
        }
    }
    found
}

#[test]
fn no_two_persons_hold_one_office_on_one_day() {
    assert_eq!(conflicts(OFFICES), Vec::<String>::new());
}

#[test]
fn two_presidents_on_one_day_are_reported() {
    let twice = "a b\tB A\tRUS\thead-of-state\t2000-01-01\t2004-01-01\nc d\tD C\tRUS\thead-of-state\t2003-06-01\t-\n";
    assert_eq!(
        conflicts(twice),
        ["RUS head-of-state: B A and D C on 2003-06-01"]
    );
    let handover = "a b\tB A\tRUS\thead-of-state\t2000-01-01\t2004-01-01\nc d\tD C\tRUS\thead-of-state\t2004-01-01\t-\n";
    assert!(conflicts(handover).is_empty());
}
