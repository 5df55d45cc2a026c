//! Questions, on the generated world: rows lead to their evidence, and filters let through what fits.

mod common;

use std::collections::BTreeSet;

use common::{events, filled, folder, of};
use rapporteur_ledger::LedgerError;
use rapporteur_ledger::query::{Filter, Occurrence, Reader};

#[test]
fn every_row_leads_to_its_evidence() {
    let path = filled(folder("asking").join("evidence.db"), 21, 60);
    let reader = Reader::open(&path).expect("opens");
    let all = events(&reader, &Filter::default());
    assert!(all.len() > 100);
    for occurrence in all.iter().take(40) {
        let reports = reader.reports_of(&occurrence.id).expect("it is there");
        assert_eq!(reports.len() as i64, occurrence.reports);
        for report in &reports {
            let record = reader.record(&report.story).expect("the story is there");
            let [start, end] = report.offsets.map(|at| at as usize);
            let sentence: String = record
                .story
                .text
                .chars()
                .skip(start)
                .take(end - start)
                .collect();
            assert_eq!(sentence, report.sentence);
            let event = record
                .events
                .iter()
                .find(|event| event.id == report.local)
                .expect("it is in the record");
            assert_eq!(event.event, report.kind);
            assert_eq!(event.status, report.status);
        }
        assert!(!occurrence.evidence.is_empty());
    }
}

#[test]
fn filters_let_through_what_fits_and_nothing_else() {
    let path = filled(folder("asking").join("filters.db"), 22, 80);
    let reader = Reader::open(&path).expect("opens");
    let all = events(&reader, &Filter::default());
    let expect = |filter: Filter, fits: &dyn Fn(&Occurrence) -> bool| {
        let found = events(&reader, &filter);
        let wanted: Vec<&Occurrence> = all.iter().filter(|o| fits(o)).collect();
        assert!(!wanted.is_empty(), "{filter:?}");
        assert_eq!(found.iter().collect::<Vec<_>>(), wanted, "{filter:?}");
    };
    expect(
        Filter {
            types: of("assault"),
            ..Filter::default()
        },
        &|o| o.kind == "ASSAULT",
    );
    expect(
        Filter {
            status: of("disputed"),
            ..Filter::default()
        },
        &|o| o.status == "disputed",
    );
    expect(
        Filter {
            since: Some("2010-01-05".into()),
            until: Some("2010-01-06".into()),
            ..Filter::default()
        },
        &|o| {
            o.day
                .as_deref()
                .is_some_and(|day| ("2010-01-05"..="2010-01-06").contains(&day))
        },
    );
    let name = all[0].actor[0].clone();
    expect(
        Filter {
            types: of("CONSULT"),
            status: of("actual"),
            ..Filter::default()
        },
        &|o| o.kind == "CONSULT" && o.status == "actual",
    );
    let of_actor = events(
        &reader,
        &Filter {
            actor: of(&name),
            ..Filter::default()
        },
    );
    assert!(of_actor.iter().any(|o| o.id == all[0].id));
    let place = all
        .iter()
        .find_map(|o| o.place.clone())
        .expect("some have a place");
    expect(
        Filter {
            place: Some(place.clone()),
            ..Filter::default()
        },
        &|o| o.place.as_deref() == Some(&place),
    );
    assert_eq!(
        events(
            &reader,
            &Filter {
                limit: Some(3),
                ..Filter::default()
            }
        )
        .len(),
        3
    );
}

#[test]
fn what_cannot_be_understood_is_said() {
    let path = filled(folder("asking").join("wrong.db"), 23, 3);
    let reader = Reader::open(&path).expect("opens");
    let refused = |filter: Filter| {
        reader
            .events(&filter, |_| Ok(()))
            .expect_err("it makes no sense")
            .to_string()
    };
    assert!(
        refused(Filter {
            types: of("PARTY"),
            ..Filter::default()
        })
        .contains("CONSULT")
    );
    assert!(
        refused(Filter {
            status: of("maybe"),
            ..Filter::default()
        })
        .contains("disputed")
    );
    assert!(
        refused(Filter {
            since: Some("May".into()),
            ..Filter::default()
        })
        .contains("YYYY")
    );
    assert!(
        refused(Filter {
            actor: of("Nobody At All"),
            ..Filter::default()
        })
        .contains("Nobody At All")
    );
    for strange in [
        "\"",
        "'; DROP TABLE event; --",
        "a AND (",
        "*",
        "NEAR(x",
        "\0",
    ] {
        let filter = Filter {
            text: Some(strange.into()),
            ..Filter::default()
        };
        if let Err(error) = reader.events(&filter, |_| Ok(())) {
            assert!(
                matches!(error, LedgerError::Question(_)),
                "{strange}: {error}"
            );
        }
    }
    assert!(Reader::open(folder("asking").join("missing.db")).is_err());
}

#[test]
fn words_are_found_in_the_evidence() {
    let path = filled(folder("asking").join("search.db"), 24, 30);
    let reader = Reader::open(&path).expect("opens");
    let sentence = events(&reader, &Filter::default())[0].evidence[0]
        .sentence
        .clone();
    let word = sentence
        .split_whitespace()
        .max_by_key(|word| word.len())
        .expect("words")
        .to_owned();
    let mut hits = Vec::new();
    reader
        .search(&word, &Filter::default(), |hit| {
            hits.push(hit);
            Ok(())
        })
        .expect("answers");
    assert!(hits.iter().any(|hit| hit.snippet.contains('[')));
    assert!(hits.windows(2).all(|two| two[0].rank >= two[1].rank));
    assert!(hits.iter().all(|hit| !hit.occurrences.is_empty()));
    assert!(
        !events(
            &reader,
            &Filter {
                text: Some(word),
                ..Filter::default()
            }
        )
        .is_empty()
    );
}

#[test]
fn words_are_looked_for_where_a_filter_says() {
    let path = filled(folder("asking").join("where.db"), 35, 40);
    let reader = Reader::open(&path).expect("opens");
    let hits = |filter: &Filter| {
        let mut found = Vec::new();
        reader
            .search("of", filter, |hit| {
                found.push(hit);
                Ok(())
            })
            .expect("answers");
        found
    };
    let all = hits(&Filter::default());
    let assaults = Filter {
        types: of("ASSAULT"),
        ..Filter::default()
    };
    let some = hits(&assaults);
    assert!(!some.is_empty() && some.len() < all.len());
    let occurrences: Vec<String> = events(&reader, &assaults)
        .into_iter()
        .map(|occurrence| occurrence.id)
        .collect();
    for hit in &some {
        let about = hit.occurrences.iter().any(|id| occurrences.contains(id));
        assert!(about, "{hit:?}");
    }
    let published = Filter {
        since: all[0].published.clone(),
        until: all[0].published.clone(),
        ..assaults
    };
    assert!(hits(&published).len() <= some.len());
}

#[test]
fn what_is_disputed_is_so_in_its_reports_and_claims() {
    let path = filled(folder("asking").join("disputed.db"), 25, 120);
    let reader = Reader::open(&path).expect("opens");
    let disputed = Filter {
        status: of("disputed"),
        ..Filter::default()
    };
    let told: BTreeSet<String> = events(&reader, &disputed)
        .iter()
        .flat_map(|row| reader.reports_of(&row.id).expect("it has reports"))
        .map(|report| report.id)
        .collect();
    let mut reports = BTreeSet::new();
    reader
        .reports(&disputed, |row| {
            reports.insert(row.id);
            Ok(())
        })
        .expect("answers");
    assert!(!told.is_empty());
    assert_eq!(reports, told);
    let claims = reader
        .latest_claims(&disputed, &of("deny"))
        .expect("answers");
    assert!(!claims.is_empty());
    for claim in claims {
        assert!(
            claim.events.iter().any(|event| told.contains(event)),
            "{claim:?}"
        );
    }
}

#[test]
fn stories_and_actors_are_listed() {
    let path = filled(folder("asking").join("lists.db"), 29, 20);
    let reader = Reader::open(&path).expect("opens");
    let mut stories = Vec::new();
    reader
        .stories(&Filter::default(), |row| {
            stories.push(row);
            Ok(())
        })
        .expect("answers");
    assert_eq!(stories.len(), 20);
    let mut actors = Vec::new();
    reader
        .actors(&Filter::default(), |row| {
            actors.push(row);
            Ok(())
        })
        .expect("answers");
    assert!(
        actors
            .windows(2)
            .all(|two| two[0].acts + two[0].receives >= two[1].acts + two[1].receives)
    );
    let first = &actors[0];
    let mut some = Vec::new();
    let filter = Filter {
        actor: of(&first.id),
        types: of("ASSAULT"),
        ..Filter::default()
    };
    reader
        .stories(&filter, |row| {
            some.push(row);
            Ok(())
        })
        .expect("answers");
    assert!(!some.is_empty() && some.len() < 20, "{}", some.len());
    let filter = Filter {
        types: of("ASSAULT"),
        ..Filter::default()
    };
    let mut fighters = BTreeSet::new();
    reader
        .actors(&filter, |row| {
            assert!(row.acts + row.receives > 0);
            fighters.insert(row.name);
            Ok(())
        })
        .expect("answers");
    let named: BTreeSet<String> = events(&reader, &filter)
        .into_iter()
        .flat_map(|row| row.actor.into_iter().chain(row.recipient))
        .collect();
    assert!(
        !named.is_empty() && fighters == named,
        "{fighters:?} {named:?}"
    );
    let mut whole = 0;
    reader
        .records(|record| {
            whole += record.events.len();
            Ok(())
        })
        .expect("answers");
    assert_eq!(
        whole as i64,
        stories.iter().map(|story| story.events).sum::<i64>()
    );
}
