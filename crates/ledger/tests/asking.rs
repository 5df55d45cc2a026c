//! Questions, on the generated world and on a small made-up affair.

mod common;

use common::{folder, world};
use rapporteur_ledger::query::{By, Filter, Occurrence, Reader, Trend};
use rapporteur_ledger::{Change, Ledger, LedgerError, Review, Reviewed};
use std::path::PathBuf;
use types::record::{Issue, Position};

fn filled(name: &str, seed: u64, stories: usize) -> PathBuf {
    let path = folder("asking").join(name);
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    let mut batch = ledger.batch().expect("nobody else writes");
    for told in world(seed, stories) {
        batch.add(&told.record).expect("added");
    }
    batch.commit().expect("written");
    path
}

fn events(reader: &Reader, filter: &Filter) -> Vec<Occurrence> {
    let mut found = Vec::new();
    reader
        .events(filter, |row| {
            found.push(row);
            Ok(())
        })
        .expect("the ledger answers");
    found
}

fn of(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}

#[test]
fn every_row_leads_to_its_evidence() {
    let path = filled("evidence.db", 21, 60);
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
    let path = filled("filters.db", 22, 80);
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
    let path = filled("wrong.db", 23, 3);
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
    let path = filled("search.db", 24, 30);
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
    let path = filled("where.db", 35, 40);
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
fn who_asserts_and_who_denies() {
    let path = filled("disputed.db", 25, 120);
    let reader = Reader::open(&path).expect("opens");
    let disputed = events(
        &reader,
        &Filter {
            status: of("disputed"),
            ..Filter::default()
        },
    );
    assert!(!disputed.is_empty());
    for occurrence in &disputed {
        assert!(!occurrence.denied_by.is_empty(), "{occurrence:?}");
        assert!(
            occurrence.reported_as_fact > 0 || !occurrence.claimed_by.is_empty(),
            "{occurrence:?}"
        );
    }
    let mut claims = Vec::new();
    reader
        .claims(&Filter::default(), &of("deny"), |claim| {
            claims.push(claim);
            Ok(())
        })
        .expect("answers");
    assert!(!claims.is_empty());
    for claim in &claims {
        assert_eq!(claim.cue, "denied");
        let sentence = claim.sentence.as_deref().expect("it stands in a sentence");
        assert!(sentence.contains(&claim.content), "{claim:?}");
        assert_eq!(claim.events.len(), 1);
    }
}

#[test]
fn what_is_between_two_is_what_their_relations_count() {
    let path = filled("between.db", 36, 60);
    let reader = Reader::open(&path).expect("opens");
    let states = events(&reader, &Filter::default());
    let pairs = states.iter().filter(|row| row.status == "actual");
    let mut tried = 0;
    for row in pairs {
        let (one, other) = match (&row.actor[..], &row.recipient[..]) {
            ([one, other, ..], []) | ([one, ..], [other, ..]) => (one, other),
            _ => continue,
        };
        let actual = Filter {
            status: of("actual"),
            ..Filter::default()
        };
        let mut found = Vec::new();
        reader
            .between(one, other, &actual, |occurrence| {
                found.push(occurrence.id);
                Ok(())
            })
            .expect("answers");
        assert!(
            found.contains(&row.id),
            "{} between {one} and {other}",
            row.id
        );
        let Ok(periods) = reader.relations(one, other, By::Year, &Filter::default()) else {
            continue;
        };
        let counted: i64 = periods.iter().map(|period| period.occurrences).sum();
        assert_eq!(counted, found.len() as i64, "{one} and {other}");
        tried += 1;
    }
    assert!(tried > 5, "{tried}");
}

#[test]
fn relations_are_the_sums_of_their_occurrences() {
    let path = filled("relations.db", 26, 150);
    let reader = Reader::open(&path).expect("opens");
    let all = events(&reader, &Filter::default());
    let state = |names: &[String]| names.len() == 1 && names[0].ends_with("land");
    let of_states =
        |o: &&Occurrence| o.status == "actual" && state(&o.actor) && state(&o.recipient);
    let some = all.iter().find(of_states).expect("some are between states");
    let (one, other) = (some.actor[0].as_str(), some.recipient[0].as_str());
    let periods = reader
        .relations(one, other, By::Month, &Filter::default())
        .expect("answers");
    let both = [(one, other), (other, one)].map(|(a, b)| {
        events(
            &reader,
            &Filter {
                actor: of(a),
                recipient: of(b),
                status: of("actual"),
                ..Filter::default()
            },
        )
    });
    let occurrences: Vec<&Occurrence> = both.iter().flatten().collect();
    assert!(!occurrences.is_empty());
    assert_eq!(
        periods.iter().map(|p| p.occurrences).sum::<i64>(),
        occurrences.len() as i64
    );
    let weights: f64 = occurrences.iter().filter_map(|o| o.goldstein).sum();
    let sums: f64 = periods.iter().map(|p| p.goldstein_sum).sum();
    assert!((weights - sums).abs() < 0.1, "{weights} {sums}");
    assert_eq!(periods[0].trend, Trend::First);
    let year = reader
        .relations(one, other, By::Year, &Filter::default())
        .expect("answers");
    assert_eq!(
        year.iter().map(|p| p.occurrences).sum::<i64>(),
        occurrences.len() as i64
    );
    assert!(
        reader
            .relations("Nowhere", other, By::Month, &Filter::default())
            .is_err()
    );
}

#[test]
fn reviews_change_the_account_and_add_rows() {
    let path = filled("reviews.db", 27, 40);
    let reader = Reader::open(&path).expect("opens");
    let mut ledger = Ledger::open(&path).expect("opens");
    let by = Reviewed {
        by: Some("Ada".into()),
        ..Reviewed::default()
    };
    let all = events(&reader, &Filter::default());
    let busy = all
        .iter()
        .find(|o| o.reports >= 3)
        .expect("some are told often");
    let reports = reader.reports_of(&busy.id).expect("there");

    // Splitting takes a report out; merging brings it back.
    let new = ledger
        .review(
            &Review::Split {
                event: reports[0].id.clone(),
            },
            &by,
        )
        .expect("split");
    assert_eq!(
        reader.event(&busy.id).expect("there").reports,
        busy.reports - 1
    );
    assert_eq!(reader.reports_of(&new).expect("there").len(), 1);
    let merged = Review::Merge {
        occurrence: busy.id.clone(),
        other: new.clone(),
    };
    assert_eq!(ledger.review(&merged, &by).expect("merged"), busy.id);
    assert_eq!(reader.event(&busy.id).expect("there").reports, busy.reports);
    assert!(
        ledger.review(&merged, &by).is_err(),
        "{new} has no reports left"
    );

    // A rejected event is no report; it is still in its record.
    ledger
        .review(
            &Review::Reject {
                event: reports[1].id.clone(),
            },
            &by,
        )
        .expect("rejected");
    assert_eq!(
        reader.event(&busy.id).expect("there").reports,
        busy.reports - 1
    );
    assert!(reader.report(&reports[1].id).is_err());
    assert!(
        reader
            .record(&reports[1].story)
            .expect("whole")
            .events
            .iter()
            .any(|e| e.id == reports[1].local)
    );

    // A corrected one is another event.
    let change = Change {
        kind: Some("SANCTION".into()),
        date: Some("2011-03".into()),
        ..Change::default()
    };
    let corrected = ledger
        .review(
            &Review::Correct {
                event: reports[2].id.clone(),
                change,
            },
            &by,
        )
        .expect("corrected");
    let report = reader.report(&corrected).expect("there");
    assert_eq!(
        (report.kind.as_str(), report.first.as_deref()),
        ("SANCTION", Some("2011-03-01"))
    );
    assert_eq!(report.sentence, reports[2].sentence);
    assert!(report.rule.starts_with("review:"));
    let wrong = Change {
        status: Some("perhaps".into()),
        ..Change::default()
    };
    assert!(
        ledger
            .review(
                &Review::Correct {
                    event: corrected,
                    change: wrong
                },
                &by
            )
            .is_err()
    );
    let mut kinds = Vec::new();
    reader
        .reviews(|row| {
            kinds.push(row.kind.clone());
            Ok(())
        })
        .expect("answers");
    assert_eq!(kinds, ["split", "merge", "reject", "correct"]);
}

#[test]
fn positions_who_agrees_and_who_changed() {
    let path = folder("asking").join("positions.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    for (number, mut told) in world(28, 6).into_iter().enumerate() {
        let record = &mut told.record;
        if record.actors.len() < 2 || record.claims.is_empty() {
            continue;
        }
        record.issues = vec![Issue {
            id: "i1".into(),
            name: "the Straits treaty".into(),
            mentions: Vec::new(),
        }];
        let stand = |actor: &str, stance: &str| Position {
            issue: "i1".into(),
            actor: Some(actor.into()),
            actors: Vec::new(),
            stance: Some(stance.into()),
            relation: None,
            claims: vec!["c1".into()],
            evidence: Vec::new(),
        };
        record.actors[0].name = "Ruritania".into();
        record.actors[0].country = None;
        record.actors[1].name = "Graustark".into();
        record.actors[1].country = None;
        let first = if number % 2 == 0 { "for" } else { "against" };
        record.positions = vec![stand("a1", first), stand("a2", "for")];
        ledger.add(record).expect("added");
    }
    let reader = Reader::open(&path).expect("opens");
    let filter = Filter {
        issue: Some("straits".into()),
        ..Filter::default()
    };
    let (standings, agreements) = reader.positions(&filter).expect("answers");
    assert!(standings.len() >= 6, "{standings:?}");
    assert!(standings.iter().any(|s| s.before.is_some()));
    assert!(
        standings
            .iter()
            .all(|s| s.sentence.is_some() && s.claims.len() == 1)
    );
    assert_eq!(agreements.len(), 1);
    assert_eq!(
        (agreements[0].one.as_str(), agreements[0].other.as_str()),
        ("Graustark", "Ruritania")
    );
    assert!(!agreements[0].stated);
    let none = Filter {
        issue: Some("strait".into()),
        ..Filter::default()
    };
    assert_eq!(reader.positions(&none).expect("answers").0.len(), 0);
}

#[test]
fn stories_and_actors_are_listed() {
    let path = filled("lists.db", 29, 20);
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
