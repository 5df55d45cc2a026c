//! How many: numbers of people and sums, with their bound, their unit and what they count.
//!
//! `amounts` reads the number ("6,000", "two dozen", "hundreds of", "between 20 and 30"), `bounds` what stands around it ("at
//! least", "or more"), `counted` what it counts. Numbers that are dates, ages or parts of names are no quantities.

mod amounts;
mod bounds;
mod counted;

use types::{EventType, NameKind, TimeKind, TokenRange, record};

use crate::claims::Claims;
use crate::offsets::Offsets;
use crate::reading::Reading;
use amounts::Amount;
use counted::Counted;

/// A quantity and the token of its number.
pub(crate) struct Found {
    pub(crate) token: usize,
    pub(crate) quantity: record::Quantity,
}

/// All quantities in text order, each with the claim that gives it, by the ids of `claim_ids`.
pub(crate) fn quantities(
    reading: &Reading,
    offsets: &Offsets,
    claims: &Claims,
    claim_ids: &[String],
) -> Vec<Found> {
    let barred = barred(reading);
    let mut found = Vec::new();
    let mut token = 0;
    while token < reading.document.tokens.len() {
        let amount = amounts::amount(reading, token);
        let amount = amount.filter(|a| !a.tokens.clone().any(|t| barred[t]));
        let Some((amount, counted)) =
            amount.and_then(|a| Some((a.clone(), counted::counted(reading, &a)?)))
        else {
            token += 1;
            continue;
        };
        let counted = named_by_event(reading, &amount, counted);
        token = amount.tokens.end;
        let giver = claims
            .innermost(amount.head)
            .and_then(|c| claim_ids.get(c).cloned());
        found.push(Found {
            token: amount.head,
            quantity: quantity(reading, offsets, &amount, counted, giver),
        });
    }
    found
}

/// People who do what a protest is are protesters, by whatever verb they do it.
fn named_by_event(reading: &Reading, amount: &Amount, counted: Counted) -> Counted {
    let people = counted.what == "other" && counted.unit.as_deref() == Some("people");
    let mut triggers = reading.document.triggers.iter();
    let protests = |t: &types::Trigger| {
        let mut actors = t.roles.actor.iter();
        t.event == EventType::Protest && actors.any(|r| r.contains(&amount.head))
    };
    if people && triggers.any(protests) {
        let what = "protesters";
        return Counted { what, ..counted };
    }
    counted
}

fn quantity(
    reading: &Reading,
    offsets: &Offsets,
    amount: &Amount,
    counted: Counted,
    according_to: Option<String>,
) -> record::Quantity {
    let first = counted.sign.unwrap_or(amount.tokens.start);
    let (bound, around) = bounds::bound(reading, amount, first);
    // A noun further on belongs to the words only where little stands between.
    let last = counted
        .noun
        .filter(|n| *n >= around.end && n - around.end <= 4);
    let end = last.map_or(around.end, |n| n + 1);
    let [start, end] = offsets.range(reading, &(around.start..end));
    record::Quantity {
        start,
        end,
        value: amount.value,
        to: amount.to,
        bound: bound.to_owned(),
        unit: counted.unit,
        what: counted.what.to_owned(),
        according_to,
    }
}

/// For each token, whether its number is something else: part of a name, a date, a time of the day, how often.
fn barred(reading: &Reading) -> Vec<bool> {
    let document = reading.document;
    let tokens = 0..document.tokens.len();
    let named = |t| {
        reading
            .name_kind(t)
            .is_some_and(|kind| !matches!(kind, NameKind::Money | NameKind::Date))
    };
    let mut barred: Vec<bool> = tokens.map(named).collect();
    for time in document
        .times
        .iter()
        .filter(|t| t.kind != TimeKind::Duration)
    {
        let words: TokenRange = document.touched(time.span);
        if let Some(words) = barred.get_mut(words) {
            words.fill(true);
        }
    }
    barred
}
