use super::*;
use crate::ontology::{CODES, TYPES};
use crate::table::rows;

/// Every keyed file: name, text, whether keys are lower case, entries that the program took in.
fn files(lexicon: &BuiltIn) -> Vec<(&'static str, &'static str, bool, usize)> {
    vec![
        ("states.tsv", STATES, false, lexicon.states.len()),
        ("countries.tsv", COUNTRIES, false, lexicon.countries.len()),
        ("agents.tsv", AGENTS, true, lexicon.agents.len()),
        (
            "organisations.tsv",
            ORGANISATIONS,
            false,
            lexicon.organisations.len(),
        ),
        ("cues.tsv", CUES, true, lexicon.cues.len()),
        (
            "status_cues.tsv",
            STATUS_CUES,
            true,
            lexicon.status_cues.len(),
        ),
        ("titles.tsv", TITLES, true, lexicon.titles.len()),
        (
            "first_names.tsv",
            FIRST_NAMES,
            false,
            lexicon.first_names.len(),
        ),
        (
            "contexts.tsv",
            crate::contexts::WORDS,
            true,
            lexicon.contexts.len(),
        ),
        ("issues.tsv", ISSUES, true, lexicon.issues.len()),
        ("positions.tsv", POSITIONS, true, lexicon.positions.len()),
    ]
}

#[test]
fn files_are_sorted_without_duplicates_and_wholly_understood() {
    for (name, text, lower, taken) in files(BuiltIn::get()) {
        assert!(text.starts_with("# Format: "), "{name} has no header");
        assert!(text.contains("# Origin: "), "{name} has no origin");
        let keys: Vec<_> = rows(text).map(|row| row[0]).collect();
        for pair in keys.windows(2) {
            assert!(pair[0] < pair[1], "{name}: {} before {}", pair[0], pair[1]);
        }
        assert_eq!(keys.len(), taken, "{name}: a line with unknown codes");
        let wrong = keys.iter().find(|k| lower && k.to_lowercase() != **k);
        assert_eq!(wrong, None, "{name}: not lower case");
    }
}

#[test]
fn states_and_organisations_name_known_countries() {
    let lexicon = Lexicon::built_in();
    for row in rows(STATES) {
        assert!(lexicon.country(row[1]).is_some(), "states.tsv: {}", row[1]);
    }
    for row in rows(ORGANISATIONS) {
        let known = row[4] == "-" || lexicon.country(row[4]).is_some();
        assert!(known, "organisations.tsv: {}", row[4]);
        assert!(
            lexicon.organisation(row[1]).is_some(),
            "{} is no form of itself",
            row[1]
        );
    }
}

#[test]
fn roles_are_cameos() {
    let known = [
        "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "IGO", "JUD", "LEG", "MED", "MIL", "NGO",
        "OPP", "PTY", "REB", "REF", "REL", "SPY",
    ];
    for row in rows(AGENTS) {
        assert!(known.contains(&row[1]), "{}: {}", row[0], row[1]);
    }
}

#[test]
fn every_type_and_mode_has_a_code_under_one_of_its_roots() {
    let lexicon = Lexicon::built_in();
    let expected = rows(CODES).count();
    assert_eq!(
        BuiltIn::get().ontology.count(),
        expected,
        "cameo.tsv: a line with unknown codes"
    );
    assert_eq!(rows(TYPES).count(), EventType::ALL.len());
    for event in EventType::ALL {
        assert!(!lexicon.quad(*event).is_empty() && lexicon.root(*event).len() == 2);
        let modes = Mode::of(*event).iter().copied().map(Some).chain([None]);
        for mode in modes {
            for status in Status::ALL {
                let cameo = lexicon.cameo(*event, mode, *status, &[], &[]).unwrap();
                assert!((-10.0..=10.0).contains(&cameo.goldstein));
            }
        }
    }
}

#[test]
fn the_more_specific_line_wins() {
    let lexicon = Lexicon::built_in();
    let code = |event, mode, status, contexts: &[&str]| {
        lexicon
            .cameo(event, mode, status, contexts, &[])
            .unwrap()
            .code
    };
    use EventType::*;
    assert_eq!(code(Aid, None, Status::Actual, &[]), "070");
    assert_eq!(
        code(Aid, None, Status::Actual, &["legal", "military"]),
        "072"
    );
    assert_eq!(code(Aid, None, Status::Planned, &["military"]), "0332");
    assert_eq!(
        code(Consult, Some(Mode::Visit), Status::Actual, &["military"]),
        "042"
    );
    assert_eq!(
        code(Coerce, Some(Mode::Arrest), Status::Claimed, &[]),
        "173"
    );
}

#[test]
fn words_near_the_trigger_deepen_the_code() {
    let lexicon = Lexicon::built_in();
    let code = |event, mode, status, contexts: &[&str], words: &[&str]| {
        let known = |w: &&str| lexicon.cameo_words(w).expect(w);
        let words: Vec<_> = words.iter().map(known).collect();
        let found = lexicon.cameo(event, mode, status, contexts, &words);
        found.unwrap().code
    };
    use EventType::*;
    use Status::{Actual, Planned};
    let visit = Some(Mode::Visit);
    assert_eq!(code(Consult, visit, Actual, &[], &["host"]), "043");
    assert_eq!(code(Consult, visit, Planned, &[], &["host"]), "036");
    assert_eq!(code(Consult, None, Actual, &[], &["negotiation"]), "046");
    assert_eq!(code(Agree, None, Actual, &["military"], &["truce"]), "0356");
    assert_eq!(code(Agree, None, Actual, &["military"], &[]), "0312");
    assert_eq!(code(Aid, None, Planned, &["military"], &[]), "0332");
    assert_eq!(code(Reject, None, Actual, &[], &["deny"]), "016");
    assert_eq!(code(Reject, None, Actual, &[], &["veto"]), "129");
    let expel = Some(Mode::Expel);
    assert_eq!(code(Sanction, expel, Actual, &[], &["diplomat"]), "161");
    assert_eq!(code(Sanction, expel, Actual, &[], &["inspector"]), "1662");
    let demo = Some(Mode::Demo);
    assert_eq!(code(Protest, demo, Actual, &[], &["resignation"]), "1411");
    // The nearest words decide.
    let near = ["tax", "resignation"];
    assert_eq!(code(Protest, demo, Actual, &[], &near), "1412");
    // Words of another type say nothing.
    assert_eq!(code(Aid, None, Actual, &[], &["veto"]), "070");
}

#[test]
fn one_cameo_code_has_one_weight_and_contexts_are_plovers() {
    let mut weights = std::collections::BTreeMap::new();
    for row in rows(CODES) {
        let weight = weights.entry(row[5]).or_insert(row[6]);
        assert_eq!(*weight, row[6], "{}", row[5]);
        let known = row[2] == "-" || crate::CONTEXTS.contains(&row[2]);
        assert!(known, "cameo.tsv: {}", row[2]);
        let words = row[4].split(' ').count();
        assert!(words <= crate::ontology::LONGEST, "{}", row[4]);
    }
}

#[test]
fn forms_of_several_countries_mean_the_one_in_the_news() {
    let country = |form: &str| Lexicon::built_in().state(form).map(|s| s.country);
    for (form, code) in [
        ("American", "USA"),
        ("Britain", "GBR"),
        ("British", "GBR"),
        ("Congolese", "COD"),
        ("Dominican", "DOM"),
        ("Dutch", "NLD"),
        ("French", "FRA"),
        ("Georgia", "GEO"),
        ("Guinea", "GIN"),
        ("North Korean", "PRK"),
        ("Seoul", "KOR"),
        ("U.S.", "USA"),
    ] {
        assert_eq!(country(form), Some(code), "{form}");
    }
    for form in ["Korean", "Korea", "English", "Brussels", "Scotland"] {
        assert_eq!(country(form), None, "{form}");
    }
}

#[test]
fn words_are_found_in_any_case_and_names_only_as_written() {
    let lexicon = Lexicon::built_in();
    assert_eq!(lexicon.state("Kremlin").map(|s| s.country), Some("RUS"));
    assert_eq!(lexicon.state("us"), None);
    assert_eq!(
        lexicon.agent("Foreign Minister").map(|a| a.role),
        Some("GOV")
    );
    assert_eq!(lexicon.stance("Denies"), None);
    assert_eq!(lexicon.stance("Deny"), Some(Stance::Deny));
    assert_eq!(lexicon.title("Queen"), Some(Some(Gender::Female)));
    assert_eq!(
        lexicon.organisation("ISIS").map(|o| o.name),
        Some("Islamic State")
    );
}

#[test]
fn every_data_file_has_its_origin_and_licence() {
    let sources = include_str!("../../SOURCES.toml");
    let names = files(BuiltIn::get()).into_iter().map(|f| f.0);
    for name in names.chain([
        "plover.tsv",
        "cameo.tsv",
        "offices.tsv",
        "surnames.tsv",
        "roles.tsv",
        "tops.tsv",
    ]) {
        let entry = format!("name = \"{name}\"\norigin = ");
        let rest = sources.split_once(&entry).map(|(_, rest)| rest);
        let next = rest.and_then(|r| r.lines().nth(1)).unwrap_or_default();
        assert!(
            next.starts_with("licence = "),
            "{name} is not in SOURCES.toml"
        );
    }
}
