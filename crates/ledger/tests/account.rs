//! The account: who asserts and who denies, what is between two, and what people say of it.

mod common;

use common::{events, filled, folder, of, world};
use rapporteur_ledger::query::{By, Filter, Occurrence, Period, Reader, Trend};
use rapporteur_ledger::{Change, Ledger, Review, Reviewed};
use types::record::{Issue, Position};

#[test]
fn who_asserts_and_who_denies() {
    let path = filled(folder("account").join("disputed.db"), 25, 120);
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
    let path = filled(folder("account").join("between.db"), 36, 60);
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
    let path = filled(folder("account").join("relations.db"), 26, 150);
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
    // Where the sums by month do not help, the occurrences are counted: with a filter that all of them pass the periods
    // are the same, with a narrow one they are those of the occurrences that pass.
    let everywhere = Filter {
        text: Some("near".into()),
        ..Filter::default()
    };
    let counted = reader
        .relations(one, other, By::Month, &everywhere)
        .expect("answers");
    let numbers = |periods: &[Period]| -> Vec<(String, i64)> {
        periods
            .iter()
            .map(|p| (p.period.clone(), p.occurrences))
            .collect()
    };
    assert_eq!(numbers(&counted), numbers(&periods));
    let of_one = Filter {
        actor: of(one),
        ..Filter::default()
    };
    let some = reader
        .relations(one, other, By::Year, &of_one)
        .expect("answers");
    assert_eq!(
        some.iter().map(|p| p.occurrences).sum::<i64>(),
        both[0].len() as i64
    );
    assert!(
        reader
            .relations("Nowhere", other, By::Month, &Filter::default())
            .is_err()
    );
}

#[test]
fn reviews_change_the_account_and_add_rows() {
    let path = filled(folder("account").join("reviews.db"), 27, 40);
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
    let path = folder("account").join("positions.db");
    let mut ledger = Ledger::open(&path).expect("a new ledger opens");
    for (number, mut told) in world(28, 6).into_iter().enumerate() {
        let record = &mut told.record;
        if record.actors.len() < 2 || record.claims.is_empty() {
            continue;
        }
        record
            .events
            .iter_mut()
            .for_each(|event| event.issues.clear());
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
