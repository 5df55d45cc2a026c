//! Which reports are like which occurrences, on reports written by hand and on arbitrary ones.

use proptest::prelude::*;
use types::{EventType, Status};

use super::likeness::{SAME, contradict, likeness};
use super::sketch::Sketch;
use super::{Mention, Party, PlaceFacts};
use crate::days::{Day, Days};
use crate::words;

fn report(kind: EventType, actor: &[i64], recipient: &[i64], day: &str, sentence: &str) -> Mention {
    // Countries are numbered in hundreds: 101 and 102 are of one country; below 100 nobody's is known.
    let party = |id: &i64| Party {
        actor: *id,
        country: (*id >= 100).then(|| format!("C{}", id / 100)),
        person: id % 100 > 1,
    };
    Mention {
        event: 1,
        telling: 1,
        kind,
        mode: None,
        cameo: None,
        goldstein: None,
        quad: 4,
        status: Status::Actual,
        days: Days::parse(day),
        published: Day::parse("2019-06-05"),
        place: None,
        actors: actor.iter().map(party).collect(),
        recipients: recipient.iter().map(party).collect(),
        triggers: words::content("shelled", 8),
        words: words::content(sentence, 24),
        figures: Vec::new(),
    }
}

fn town(name: &str, country: &str, at: (f32, f32)) -> Option<PlaceFacts> {
    Some(PlaceFacts {
        id: i64::from(words::hash(name.as_bytes()) as u32),
        country: Some(country.into()),
        admin1: Some(1),
        name: words::hash(name.as_bytes()) as u32,
        at: Some(at),
    })
}

fn same(a: &Mention, b: &Mention) -> bool {
    let b = Mention {
        telling: 2,
        ..b.clone()
    };
    likeness(a, &Sketch::of(&b)).is_some_and(|score| score >= SAME)
}

#[test]
fn one_attack_in_two_papers_is_one() {
    let a = report(
        EventType::Assault,
        &[101],
        &[201],
        "2019-06-04",
        "Rebels shelled the crossing at dawn.",
    );
    let b = report(
        EventType::Assault,
        &[102],
        &[],
        "2019-06-04",
        "Rebels shelled a crossing, officials said.",
    );
    assert!(same(&a, &b));
}

#[test]
fn two_attacks_on_one_day_stay_two() {
    let mut a = report(
        EventType::Assault,
        &[],
        &[],
        "2019-06-04",
        "A bomb killed four at the market in Brod.",
    );
    let mut b = report(
        EventType::Assault,
        &[],
        &[],
        "2019-06-04",
        "A bomb killed nine outside the barracks of Lom.",
    );
    assert!(!same(&a, &b), "without a place the words decide");
    a.place = town("Brod", "C1", (45.0, 18.0));
    b.place = town("Lom", "C1", (43.8, 23.2));
    assert!(contradict(&a, &Sketch::of(&b)));
    b.place = town("Brod suburb", "C1", (45.1, 18.1));
    assert!(!contradict(&a, &Sketch::of(&b)), "a suburb is the city");
}

#[test]
fn sides_may_be_told_either_way_round_where_both_act() {
    let a = report(
        EventType::Consult,
        &[101],
        &[201],
        "2019-06-04",
        "The ministers met in the old mill.",
    );
    let turned = report(
        EventType::Consult,
        &[201],
        &[101],
        "2019-06-04",
        "They met in the mill.",
    );
    let together = report(
        EventType::Consult,
        &[101, 201],
        &[],
        "2019-06-04",
        "Both met there.",
    );
    assert!(same(&a, &turned) && same(&a, &together));
    let shelled = report(
        EventType::Assault,
        &[101],
        &[201],
        "2019-06-04",
        "They shelled the mill.",
    );
    let back = report(
        EventType::Assault,
        &[201],
        &[101],
        "2019-06-04",
        "They shelled the mill.",
    );
    assert!(!same(&shelled, &back), "who shells whom is another matter");
}

#[test]
fn an_occurrence_remembers_what_all_its_reports_allow() {
    let june = report(EventType::Assault, &[101], &[201], "2019-06", "shelled");
    let fourth = report(EventType::Assault, &[101], &[201], "2019-06-04", "shelled");
    let fifth = report(EventType::Assault, &[101], &[201], "2019-06-05", "shelled");
    let mut sketch = Sketch::of(&june);
    assert!(!contradict(&fifth, &sketch));
    sketch.absorb(&fourth);
    assert_eq!(sketch.days, fourth.days);
    assert!(
        contradict(&fifth, &sketch),
        "June allows the fifth, the fourth does not"
    );
}

fn any_place() -> impl Strategy<Value = Option<PlaceFacts>> {
    let country = prop::option::of("[A-B]{3}");
    let facts = (
        0i64..6,
        country,
        prop::option::of(0u32..3),
        prop::option::of((-60f32..60.0, -90f32..90.0)),
    );
    prop::option::of(facts.prop_map(|(id, country, admin1, at)| PlaceFacts {
        id,
        country,
        admin1,
        name: id as u32 / 2,
        at,
    }))
}

fn any_days() -> impl Strategy<Value = Option<Days>> {
    prop::option::of((0i32..40, 0i32..40).prop_map(|(first, length)| Days {
        first: Day::from_number(first),
        last: Day::from_number(first + length),
    }))
}

fn any_parties() -> impl Strategy<Value = Vec<Party>> {
    let party = (0i64..9, prop::option::of("[A-D]{3}")).prop_map(|(actor, country)| Party {
        actor,
        country,
        person: actor % 2 == 0,
    });
    prop::collection::vec(party, 0..4)
}

prop_compose! {
    fn any_mention()(
        kind in prop::sample::select(EventType::ALL), mode in prop::option::of("[a-z-]{0,300}"), days in any_days(),
        published in prop::option::of(0i32..40), place in any_place(), actors in any_parties(),
        recipients in any_parties(), mut words in prop::collection::vec(any::<u32>(), 0..30), telling in any::<i64>(),
        figures in prop::collection::vec((any::<u32>(), -1e9f64..1e9), 0..12),
    ) -> Mention {
        words.sort_unstable();
        words.dedup();
        Mention {
            event: 1, telling, kind, mode, cameo: None, goldstein: None, quad: 1, status: Status::Actual, days,
            published: published.map(Day::from_number), place, actors, recipients,
            triggers: words.iter().copied().take(3).collect(), words, figures,
        }
    }
}

proptest! {
    #[test]
    fn sketches_are_read_as_they_are_written(first in any_mention(), second in any_mention()) {
        let mut sketch = Sketch::of(&first);
        sketch.absorb(&second);
        let mut read = Sketch::decode(&sketch.encode()).expect("it is our own");
        // Modes of more than 254 bytes, which PLOVER has not, are cut.
        prop_assert!(sketch.mode.as_deref().unwrap_or("").starts_with(read.mode.as_deref().unwrap_or("")));
        read.mode = sketch.mode.clone();
        prop_assert_eq!(read, sketch);
    }

    #[test]
    fn no_bytes_of_a_sketch_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Sketch::decode(&bytes);
    }

    #[test]
    fn reports_that_join_never_contradict_one_that_joined_before(reports in prop::collection::vec(any_mention(), 2..12)) {
        let mut sketch = Sketch::of(&reports[0]);
        let mut joined = vec![reports[0].clone()];
        for report in &reports[1..] {
            let report = Mention { kind: reports[0].kind, ..report.clone() };
            if likeness(&report, &sketch).is_some() {
                sketch.absorb(&report);
                joined.push(report);
            }
        }
        for (at, one) in joined.iter().enumerate() {
            for other in &joined[at + 1..] {
                let meet = |a: Days, b: Days| a.common(b).is_some();
                prop_assert!(one.days.zip(other.days).is_none_or(|(a, b)| meet(a, b)));
                let countries = one.place.as_ref().zip(other.place.as_ref());
                let apart = countries.and_then(|(a, b)| Some((a.country.clone()?, b.country.clone()?, a.name != b.name)));
                prop_assert!(apart.is_none_or(|(a, b, named)| a == b || !named), "{joined:?}");
            }
        }
    }
}
