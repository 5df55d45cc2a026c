//! The filters of a page's address.

use ledger::Filter;
use ledger::query::{Cursor, Listing, Order};
use types::{EventType, Status};

use crate::ask::Fields;
use crate::codebook;
use crate::trouble::Trouble;

/// Rows of a page where the address says nothing else.
pub const ROWS: u32 = 50;

/// Most rows of a page.
pub const MOST_ROWS: u32 = 500;

/// Most characters of a filter's value, and most values: more than any question needs.
const LONGEST: usize = 500;
const MOST_VALUES: usize = 50;

/// Names of the orders in addresses.
const ORDERS: [(&str, Order, &str); 5] = [
    ("latest", Order::Latest, "latest first"),
    ("earliest", Order::Earliest, "earliest first"),
    ("told", Order::MostTold, "most reported first"),
    ("conflict", Order::Conflict, "most hostile first"),
    ("cooperation", Order::Cooperation, "most friendly first"),
];

/// The order by its name.
pub fn order_name(order: Order) -> &'static str {
    ORDERS
        .iter()
        .find(|(_, o, _)| *o == order)
        .map_or("latest", |(name, ..)| name)
}

/// Names and words of all orders.
pub fn orders() -> Vec<(&'static str, &'static str)> {
    ORDERS
        .iter()
        .map(|(name, _, words)| (*name, *words))
        .collect()
}

/// Takes the filters that every list knows.
///
/// # Errors
/// Where a value is none; the field is named.
pub fn filter(fields: &mut Fields) -> Result<Filter, Trouble> {
    let types = fields
        .list("type")
        .iter()
        .map(|kind| kind.to_uppercase())
        .collect::<Vec<_>>();
    known(
        "type",
        &types,
        |kind| EventType::parse(kind).is_some(),
        || EventType::ALL.iter().map(|kind| kind.as_str()).collect(),
    )?;
    let status = fields
        .list("status")
        .iter()
        .map(|status| status.to_lowercase())
        .collect::<Vec<_>>();
    known(
        "status",
        &status,
        |s| s == "disputed" || Status::parse(s).is_some(),
        || codebook::STATUSES.iter().map(|code| code.code).collect(),
    )?;
    let filter = Filter {
        actor: fields.all("actor"),
        recipient: fields.all("recipient"),
        types,
        status,
        since: date(fields, "since")?,
        until: date(fields, "until")?,
        place: fields.one("place")?,
        issue: fields.one("issue")?,
        according_to: fields.all("according_to"),
        text: fields.one("text")?,
        limit: None,
    };
    short(&filter)?;
    let words = |text: &String| text.chars().any(char::is_alphanumeric);
    if filter.text.as_ref().is_some_and(|text| !words(text)) {
        return Err(Trouble::bad("text", "give a word to look for"));
    }
    Ok(filter)
}

fn date(fields: &mut Fields, name: &str) -> Result<Option<String>, Trouble> {
    let Some(text) = fields.one(name)? else {
        return Ok(None);
    };
    match ledger::Days::parse(&text) {
        Some(_) => Ok(Some(text)),
        None => Err(Trouble::bad(
            name,
            format!("`{text}` is no date; give YYYY, YYYY-MM or YYYY-MM-DD"),
        )),
    }
}

/// Refuses a value that is none.
///
/// # Errors
/// Names the field and all its values.
pub fn known(
    name: &str,
    values: &[String],
    is: impl Fn(&str) -> bool,
    all: impl Fn() -> Vec<&'static str>,
) -> Result<(), Trouble> {
    match values.iter().find(|value| !is(value)) {
        None => Ok(()),
        Some(wrong) => Err(Trouble::bad(
            name,
            format!("`{wrong}` is no {name}; there are {}", all().join(", ")),
        )),
    }
}

fn short(filter: &Filter) -> Result<(), Trouble> {
    let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
    let fields = [
        ("actor", filter.actor.clone()),
        ("recipient", filter.recipient.clone()),
        ("according_to", filter.according_to.clone()),
        ("place", one(&filter.place)),
        ("issue", one(&filter.issue)),
        ("text", one(&filter.text)),
    ];
    for (name, values) in fields {
        if values.len() > MOST_VALUES || values.iter().any(|value| value.chars().count() > LONGEST)
        {
            return Err(Trouble::bad(
                name,
                "this is longer than any name".to_owned(),
            ));
        }
    }
    Ok(())
}

/// Takes the filters of a list of occurrences.
///
/// # Errors
/// As [`filter`].
pub fn listing(fields: &mut Fields) -> Result<Listing, Trouble> {
    let quad = fields.list("quad");
    known(
        "quad",
        &quad,
        |q| matches!(q, "1" | "2" | "3" | "4"),
        || vec!["1", "2", "3", "4"],
    )?;
    let order = match fields.one("order")? {
        None => Order::Latest,
        Some(name) => ORDERS
            .iter()
            .find(|(n, ..)| *n == name)
            .map(|(_, order, _)| *order)
            .ok_or_else(|| {
                let all: Vec<&str> = ORDERS.iter().map(|(name, ..)| *name).collect();
                Trouble::bad(
                    "order",
                    format!("`{name}` is no order; there are {}", all.join(", ")),
                )
            })?,
    };
    let after = match fields.one("after")? {
        None => None,
        Some(text) => Some(Cursor::parse(&text).ok_or_else(|| {
            Trouble::bad(
                "after",
                format!("`{text}` is no row; follow the links between pages"),
            )
        })?),
    };
    Ok(Listing {
        filter: filter(fields)?,
        party: fields.all("party"),
        quad: quad.iter().filter_map(|quad| quad.parse().ok()).collect(),
        between: between(fields)?,
        tellings: fields.number("tellings", 1, 1_000_000)?,
        order,
        after,
        skip: fields.number("skip", 0, 10_000)?.unwrap_or(0),
        sentences: None,
    })
}

fn between(fields: &mut Fields) -> Result<Option<(String, String)>, Trouble> {
    let Some(text) = fields.one("between")? else {
        return Ok(None);
    };
    match text.split_once('-') {
        Some((one, other)) if !one.is_empty() && !other.is_empty() => {
            Ok(Some((one.to_owned(), other.to_owned())))
        }
        _ => Err(Trouble::bad(
            "between",
            format!("`{text}` is no pair; give two countries as USA-RUS"),
        )),
    }
}

/// Rows that are asked for.
///
/// # Errors
/// Where the number is none.
pub fn limit(fields: &mut Fields) -> Result<usize, Trouble> {
    let limit = fields.number("limit", 1, MOST_ROWS)?.unwrap_or(ROWS);
    Ok(usize::try_from(limit).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::{Ask, pairs};

    fn ask(query: &str) -> Ask {
        Ask {
            at: std::time::Instant::now(),
            format: Default::default(),
            path: "/events".into(),
            parameters: pairs(query.as_bytes()),
            theme: Default::default(),
        }
    }

    #[test]
    fn wrong_values_name_their_field() {
        for (query, wrong) in [
            ("type=WAR", "type"),
            ("status=sure", "status"),
            ("since=soon", "since"),
            ("quad=5", "quad"),
            ("order=best", "order"),
            ("after=x", "after"),
            ("between=USA", "between"),
            ("tellings=many", "tellings"),
        ] {
            let Err(Trouble::Bad { field, .. }) = listing(&mut ask(query).fields()) else {
                panic!("{query} is refused");
            };
            assert_eq!(field.as_deref(), Some(wrong));
        }
    }
}
