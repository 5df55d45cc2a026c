//! Tables of words and what they mean in a story of Tuesday, 12 May 2015. All sentences are our own.

use rapporteur_time::{Date, Modifier, TimeKind, find};

fn day() -> Option<Date> {
    Date::new(2015, 5, 12)
}

/// Checks that the only expression of `text` is `words`, with `value`; empty for a value that is not known.
fn check(published: Option<Date>, text: &str, words: &str, value: &str) {
    let found = find(text, published);
    let read: Vec<_> = found
        .iter()
        .map(|time| (time.span.of(text), time.value.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(read, [(words, value)], "{text}");
}

fn table(rows: &[(&str, &str, &str)]) {
    for (text, words, value) in rows {
        check(day(), text, words, value);
    }
}

#[test]
fn dates_as_calendars_write_them() {
    table(&[
        ("Signed on 2014-03-09 in Oslo.", "2014-03-09", "2014-03-09"),
        ("Signed on 3/9/2014.", "3/9/2014", "2014-03-09"),
        ("Signed on 23/9/2014.", "23/9/2014", "2014-09-23"),
        ("Signed on 09.03.2014.", "09.03.2014", "2014-03-09"),
        ("Signed on March 9, 2014.", "March 9, 2014", "2014-03-09"),
        ("Signed on 9 March 2014.", "9 March 2014", "2014-03-09"),
        (
            "Signed on the 9th of March 2014.",
            "the 9th of March 2014",
            "2014-03-09",
        ),
        (
            "Signed Sunday, March 9, 2014.",
            "Sunday, March 9, 2014",
            "2014-03-09",
        ),
        ("Signed in March 2014.", "March 2014", "2014-03"),
        ("Signed in Sept. 2014.", "Sept. 2014", "2014-09"),
        ("A pact of 1987 still holds.", "1987", "1987"),
        (
            "It was agreed in nineteen ninety-four.",
            "nineteen ninety-four",
            "1994",
        ),
        ("The strike of '98 was longer.", "'98", "1998"),
        (
            "The talks ran March 3-5.",
            "March 3-5",
            "2015-03-03/2015-03-05",
        ),
        ("He ruled in 1975-79.", "1975-79", "1975/1979"),
        (
            "After the Sept. 11 attacks it changed.",
            "Sept. 11",
            "2001-09-11",
        ),
    ]);
}

#[test]
fn dates_without_a_year_are_the_nearest_by_the_tense() {
    table(&[
        ("He was shot in February.", "February", "2015-02"),
        ("They will vote in February.", "February", "2016-02"),
        ("He fled in December.", "December", "2014-12"),
        ("She was freed on April 30.", "April 30", "2015-04-30"),
        (
            "The offer, extended twice, stands until June 3.",
            "June 3",
            "2015-06-03",
        ),
        ("They met last November.", "last November", "2014-11"),
        ("They meet next May.", "next May", "2016-05"),
        (
            "He fell ill in June last year.",
            "June last year",
            "2014-06",
        ),
    ]);
}

#[test]
fn weekdays() {
    table(&[
        ("Rebels attacked on Sunday.", "Sunday", "2015-05-10"),
        ("Rebels attacked Tuesday.", "Tuesday", "2015-05-12"),
        ("Ministers will meet Thursday.", "Thursday", "2015-05-14"),
        ("Ministers met last Tuesday.", "last Tuesday", "2015-05-05"),
        ("Ministers meet next Tuesday.", "next Tuesday", "2015-05-19"),
        (
            "He said that Monday's raid was wrong.",
            "Monday",
            "2015-05-11",
        ),
        ("He fled Sunday night.", "Sunday night", "2015-05-10TNI"),
        (
            "The deadline is midnight Friday.",
            "midnight Friday",
            "2015-05-15T24:00",
        ),
    ]);
}

#[test]
fn relative_expressions() {
    table(&[
        ("It began yesterday.", "yesterday", "2015-05-11"),
        (
            "It begins the day after tomorrow.",
            "the day after tomorrow",
            "2015-05-14",
        ),
        ("It began a year ago.", "a year ago", "2014"),
        ("It began ten days ago.", "ten days ago", "2015-05-02"),
        ("It began three weeks ago.", "three weeks ago", "2015-W17"),
        ("It began 18 months ago.", "18 months ago", "2013-11"),
        ("It began a decade ago.", "a decade ago", "2005"),
        (
            "It began several years ago.",
            "several years ago",
            "PAST_REF",
        ),
        ("It began last week.", "last week", "2015-W19"),
        ("It began last month.", "last month", "2015-04"),
        ("It ends next year.", "next year", "2016"),
        (
            "It was agreed earlier this week.",
            "earlier this week",
            "2015-W20",
        ),
        (
            "It was quiet over the weekend.",
            "the weekend",
            "2015-W19-WE",
        ),
        ("He arrived this morning.", "this morning", "2015-05-12TMO"),
        ("He arrived last night.", "last night", "2015-05-11TNI"),
        (
            "Work stops at the end of the month.",
            "the end of the month",
            "2015-05",
        ),
    ]);
}

#[test]
fn what_was_spoken_of_last() {
    let text = "He was seized on March 3, 2014. Two days later crowds gathered; the following day they were gone. \
                The same month a law was passed.";
    let found = find(text, day());
    let values: Vec<_> = found
        .iter()
        .map(|t| t.value.as_deref().unwrap_or(""))
        .collect();
    assert_eq!(
        values,
        ["2014-03-03", "2014-03-05", "2014-03-06", "2014-03"]
    );
}

#[test]
fn longer_stretches() {
    table(&[
        (
            "It grew in the third quarter of 2014.",
            "the third quarter of 2014",
            "2014-Q3",
        ),
        ("It grew in Q1 2015.", "Q1 2015", "2015-Q1"),
        (
            "It grew in the first half of 2014.",
            "the first half of 2014",
            "2014-H1",
        ),
        (
            "It closed in the summer of 1994.",
            "the summer of 1994",
            "1994-SU",
        ),
        ("It closed last winter.", "last winter", "2014-WI"),
        ("It closed this fall.", "this fall", "2015-FA"),
        ("It closed in the 1990s.", "the 1990s", "199"),
        ("It closed in the late '80s.", "the late '80s", "198"),
        ("It closed in the 19th century.", "the 19th century", "18"),
        ("It closed in fiscal 2013.", "fiscal 2013", "2013"),
        (
            "It opens the week of June 1.",
            "the week of June 1",
            "2015-W23",
        ),
        ("It closed on Good Friday.", "Good Friday", "2015-04-03"),
        ("It closed on Thanksgiving.", "Thanksgiving", "2014-11-27"),
    ]);
}

#[test]
fn lengths_and_repetition() {
    table(&[
        ("They talked for three days.", "three days", "P3D"),
        ("They talked for days.", "days", "PXD"),
        ("A five-year plan failed.", "five-year", "P5Y"),
        (
            "They talked for two and a half hours.",
            "two and a half hours",
            "PT2H30M",
        ),
        ("They talked for half an hour.", "half an hour", "PT30M"),
        (
            "He spoke for twenty-five minutes.",
            "twenty-five minutes",
            "PT25M",
        ),
        (
            "Prices rose over the past four months.",
            "the past four months",
            "P4M",
        ),
        ("They march every day.", "every day", "P1D"),
        ("They march every Thursday.", "every Thursday", "XXXX-WXX-4"),
        ("They march twice a week.", "twice a week", "P1W"),
        ("They march on Mondays.", "Mondays", "XXXX-WXX-1"),
        ("They march annually.", "annually", "P1Y"),
    ]);
}

#[test]
fn the_clock() {
    table(&[
        (
            "It fell at 10:30 a.m. Monday.",
            "10:30 a.m. Monday",
            "2015-05-11T10:30",
        ),
        (
            "It fell at 9 p.m. EST, May 3.",
            "9 p.m. EST, May 3",
            "2015-05-03T21:00",
        ),
        ("It fell at noon.", "noon", "2015-05-12T12:00"),
        ("It fell at 1430 GMT.", "1430 GMT", "2015-05-12T14:30"),
        ("It fell at 7 o'clock.", "7 o'clock", "2015-05-12T07:00"),
    ]);
}

#[test]
fn past_present_future() {
    table(&[
        ("He is now in exile.", "now", "PRESENT_REF"),
        ("He recently fled.", "recently", "PAST_REF"),
        (
            "He will return in the near future.",
            "the near future",
            "FUTURE_REF",
        ),
        ("Talks will resume soon.", "soon", "FUTURE_REF"),
    ]);
}

#[test]
fn without_a_day_of_publication_the_rest_stays_open() {
    for (text, words, value) in [
        ("Rebels attacked on Tuesday.", "Tuesday", "XXXX-WXX-2"),
        ("He was shot in February.", "February", "XXXX-02"),
        ("He was shot on February 3.", "February 3", "XXXX-02-03"),
        ("It closed last winter.", "last winter", "XXXX-WI"),
        ("It began yesterday.", "yesterday", ""),
        ("It began last month.", "last month", ""),
        ("It began on 3 May 2014.", "3 May 2014", "2014-05-03"),
        ("It lasted three days.", "three days", "P3D"),
    ] {
        check(None, text, words, value);
    }
}

#[test]
fn captions_count_from_their_own_date() {
    let text = "Guards stand at the gate after Monday's riot, April 22, 2015.";
    let found = find(text, day());
    assert_eq!(found[0].value.as_deref(), Some("2015-04-20"));
}

#[test]
fn words_that_are_no_time() {
    for text in [
        "May I come in?",
        "They may march on the capital.",
        "A minister, 54, resigned.",
        "Some 2000 troops crossed the border.",
        "He paid $1,998 for it.",
        "A 22-year-old student was held.",
        "It is the second attack.",
        "The fall of the city was quick.",
        "Flight 1987 was late.",
        "The score was 2:1.",
        "April Smith spoke.",
        "He sat in the sun.",
        "Version 2.10.2 is out.",
    ] {
        let found = find(text, day());
        let words: Vec<_> = found.iter().map(|time| time.span.of(text)).collect();
        assert!(words.is_empty(), "{text}: {words:?}");
    }
}

#[test]
fn kinds_and_modifiers() {
    for (text, kind, modifier) in [
        (
            "It began in early March.",
            TimeKind::Date,
            Some(Modifier::Start),
        ),
        (
            "It began in mid-March.",
            TimeKind::Date,
            Some(Modifier::Mid),
        ),
        (
            "It took more than two years.",
            TimeKind::Duration,
            Some(Modifier::MoreThan),
        ),
        (
            "It took nearly two years.",
            TimeKind::Duration,
            Some(Modifier::LessThan),
        ),
        ("It began on Friday evening.", TimeKind::Time, None),
        ("It meets every week.", TimeKind::Set, None),
    ] {
        let found = find(text, day());
        assert_eq!(
            (found[0].kind, found[0].modifier),
            (kind, modifier),
            "{text}"
        );
    }
}

#[test]
fn who_speaks_of_the_morrow_as_to_come_tells_of_an_earlier_one() {
    // Published on a Tuesday.
    let values = |text: &str| -> Vec<String> {
        let found = find(text, day());
        found.into_iter().filter_map(|time| time.value).collect()
    };
    assert_eq!(values("Police shot a man Wednesday."), ["2015-05-13"]);
    assert_eq!(
        values("Police shot a man Wednesday. The minister will visit his family Wednesday."),
        ["2015-05-06", "2015-05-13"]
    );
}

#[test]
fn the_other_reading_is_kept() {
    let other = |text: &str| find(text, day())[0].other.clone();
    assert_eq!(
        other("Rebels attacked on Sunday.").as_deref(),
        Some("2015-05-17")
    );
    assert_eq!(
        other("He was shot in February.").as_deref(),
        Some("2016-02")
    );
    assert_eq!(other("Ministers met last Tuesday."), None);
    assert_eq!(other("Ministers met on May 3, 2014."), None);
}
