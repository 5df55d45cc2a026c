//! The table of events.

use crate::column::{Column, day, real, text, whole};
use crate::of_story::{SHARED, of_story};
use crate::row::{Row, cell, count, days, once_each};

/// One row an event of a story.
pub(crate) const COLUMNS: &[Column] = &of_story::<{ SHARED + OWN.len() }>(
    text("id", "the event over all stories and versions", |r| {
        Some(r.id(&r.event().id))
    }),
    text("event", "the event in its record", |r| {
        Some(r.event().id.as_str().into())
    }),
    OWN,
);

const OWN: &[Column] = &[
    text("type", "PLOVER type", |r| {
        Some(r.event().event.as_str().into())
    }),
    text(
        "mode",
        "PLOVER mode; null where the type has none or none fits",
        |r| cell(&r.event().mode),
    ),
    text("contexts", "PLOVER contexts", |r| {
        once_each(r.event().contexts.iter().map(String::as_str))
    }),
    text("cameo", "CAMEO code, which is text: 010 is not 10", |r| {
        cell(&r.event().cameo)
    }),
    real(
        "goldstein",
        "Goldstein weight of the CAMEO code, -10 to 10",
        |r| r.event().goldstein,
    ),
    text("quad", "verbal or material cooperation or conflict", |r| {
        Some(r.event().quad.as_str().into())
    }),
    text(
        "status",
        "actual, planned, possible, negated, claimed or denied",
        |r| Some(r.event().status.as_str().into()),
    ),
    text(
        "actor",
        "names of those who did it; null where the story does not say",
        |r| r.of_actors(&r.event().actor, |a| Some(&a.name)),
    ),
    text("actor_code", "their CAMEO codes on the story's day", |r| {
        r.of_actors(&r.event().actor, |a| a.code.as_deref())
    }),
    text(
        "actor_country",
        "their countries, ISO 3166-1 alpha-3",
        |r| r.of_actors(&r.event().actor, |a| a.country.as_deref()),
    ),
    text("actor_ids", "their ids in the table of actors", |r| {
        ids(r, &r.event().actor)
    }),
    text("recipient", "names of those to whom it was done", |r| {
        r.of_actors(&r.event().recipient, |a| Some(&a.name))
    }),
    text("recipient_code", "their CAMEO codes", |r| {
        r.of_actors(&r.event().recipient, |a| a.code.as_deref())
    }),
    text("recipient_country", "their countries", |r| {
        r.of_actors(&r.event().recipient, |a| a.country.as_deref())
    }),
    text("recipient_ids", "their ids in the table of actors", |r| {
        ids(r, &r.event().recipient)
    }),
    text(
        "first",
        "first day, month or year it may have been: YYYY-MM-DD, YYYY-MM or YYYY",
        |r| cell(&r.event().date.first),
    ),
    text("last", "last one", |r| cell(&r.event().date.last)),
    day(
        "day",
        "the day, where first and last are the same whole day",
        one_day,
    ),
    text(
        "why_no_date",
        "why there is no date; null where there is one",
        |r| cell(&r.event().date.why),
    ),
    text("place", "name of the place", |r| {
        r.place().map(|p| p.name.as_str().into())
    }),
    text("place_country", "its country, ISO 3166-1 alpha-3", |r| {
        cell(&r.place()?.country)
    }),
    text("admin1", "its first-order division", |r| {
        cell(&r.place()?.admin1)
    }),
    real(
        "latitude",
        "degrees; null where the place is not resolved",
        |r| r.place()?.latitude,
    ),
    real("longitude", "degrees", |r| r.place()?.longitude),
    whole("geonames", "number in GeoNames", |r| {
        r.place()?.geonames?.try_into().ok()
    }),
    text(
        "claim",
        "id of the claim that it is reported in; null where the story itself reports it",
        |r| r.event().according_to.as_deref().map(|c| r.id(c)),
    ),
    text("according_to", "who makes that claim", |r| {
        r.source(r.claim_of(r.event().according_to.as_deref()?)?)
    }),
    text("issues", "what is argued about", |r| {
        once_each(
            r.record
                .issues
                .iter()
                .filter(|i| r.event().issues.contains(&i.id))
                .map(|i| i.name.as_str()),
        )
    }),
    text("trigger", "the words that express it", |r| {
        r.words_at(&r.event().trigger)
    }),
    whole(
        "sentence",
        "number of the sentence in the story, from 0",
        |r| count(r.event().sentence),
    ),
    text("evidence", "the sentence", |r| {
        r.sentence(r.event().sentence)
    }),
    text(
        "rule",
        "heads and rules that decided type and status",
        |r| Some(r.event().rule.as_str().into()),
    ),
    real("confidence", "0 to 1", |r| Some(r.event().confidence)),
];

fn ids<'a>(row: &Row<'_>, ids: &[String]) -> Option<std::borrow::Cow<'a, str>> {
    let ids: Vec<_> = ids.iter().map(|id| row.id(id)).collect();
    once_each(ids.iter().map(|id| &**id)).map(|ids| ids.into_owned().into())
}

fn one_day(row: &Row<'_>) -> Option<i32> {
    let date = &row.event().date;
    (date.first == date.last)
        .then(|| days(date.first.as_deref()?))
        .flatten()
}
