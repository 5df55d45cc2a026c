//! The filters of a page's address, and the links that change them.

use ledger::Filter;
use ledger::query::{Cursor, Facets, Listing, Order};
use schemars::JsonSchema;
use serde::Serialize;
use types::{EventType, Status};

use crate::ask::{Ask, Fields, written};
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

fn known(
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

/// A value that a filter can take, with what it would give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Choice {
    /// The value in the address.
    pub value: String,
    /// For a person.
    pub label: String,
    /// What it means.
    pub text: String,
    /// Occurrences.
    pub count: u64,
    /// Whether it is chosen.
    pub chosen: bool,
    /// The address with it chosen, or no longer.
    #[serde(skip)]
    pub href: String,
    /// Of a hundred: its share of the largest count.
    #[serde(skip)]
    pub share: u64,
}

/// The values of one filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Choices {
    /// The filter's name in the address.
    pub name: String,
    /// For a person.
    pub label: String,
    /// Its values.
    pub choices: Vec<Choice>,
}

/// The choices beside a list.
pub fn choices(ask: &Ask, facets: &Facets) -> Vec<Choices> {
    let quad = |value: &str| {
        let name = codebook::QUADS.iter().find(|code| code.code == value);
        name.map_or((String::new(), ""), |code| {
            (code.name.to_owned(), code.text)
        })
    };
    let same = |text: fn(&str) -> &'static str| move |value: &str| (value.to_owned(), text(value));
    let country = |value: &str| (codebook::country(value), "");
    vec![
        make(ask, "quad", "Quad class", &facets.quad, quad),
        make(
            ask,
            "type",
            "Type",
            &facets.types,
            same(codebook::type_text),
        ),
        make(
            ask,
            "status",
            "Status",
            &facets.status,
            same(codebook::status_text),
        ),
        make(ask, "actor", "Actor's country", &facets.actors, country),
        make(
            ask,
            "recipient",
            "Recipient's country",
            &facets.recipients,
            country,
        ),
        years(ask, facets),
    ]
}

fn make<'t>(
    ask: &Ask,
    name: &str,
    label: &str,
    counts: &[(String, u64)],
    words: impl Fn(&str) -> (String, &'t str),
) -> Choices {
    let most = counts
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(1)
        .max(1);
    let choices = counts.iter().map(|(value, count)| {
        let (label, text) = words(value);
        Choice {
            label,
            text: text.to_owned(),
            count: *count,
            chosen: has(ask, name, value),
            href: toggled(ask, name, value),
            share: (count * 100).div_ceil(most),
            value: value.clone(),
        }
    });
    Choices {
        name: name.to_owned(),
        label: label.to_owned(),
        choices: choices.collect(),
    }
}

/// A year is chosen by both ends of the days.
fn years(ask: &Ask, facets: &Facets) -> Choices {
    let mut made = make(ask, "since", "Year", &facets.years, |value| {
        (value.to_owned(), "")
    });
    for choice in &mut made.choices {
        choice.chosen = has(ask, "since", &choice.value) && has(ask, "until", &choice.value);
        let mut parameters = without(ask, &["since", "until", "after", "skip"]);
        if !choice.chosen {
            parameters.push(("since".into(), choice.value.clone()));
            parameters.push(("until".into(), choice.value.clone()));
        }
        choice.href = address(&ask.path, &parameters);
    }
    made
}

fn has(ask: &Ask, name: &str, value: &str) -> bool {
    let mut pairs = ask.parameters.iter();
    pairs.any(|(n, v)| {
        n == name
            && v.split(',')
                .any(|part| part.trim().eq_ignore_ascii_case(value))
    })
}

fn without(ask: &Ask, names: &[&str]) -> Vec<(String, String)> {
    let kept = ask
        .parameters
        .iter()
        .filter(|(name, _)| !names.contains(&name.as_str()));
    kept.cloned().collect()
}

/// The address with `value` added to the filter, or taken out of it; on its first page.
pub fn toggled(ask: &Ask, name: &str, value: &str) -> String {
    let mut parameters = Vec::new();
    for (key, given) in without(ask, &["after", "skip"]) {
        if key != name {
            parameters.push((key, given));
            continue;
        }
        let parts = given
            .split(',')
            .map(str::trim)
            .filter(|part| !part.eq_ignore_ascii_case(value));
        let kept: Vec<&str> = parts.collect();
        if !kept.is_empty() {
            parameters.push((key, kept.join(",")));
        }
    }
    if !has(ask, name, value) {
        parameters.push((name.to_owned(), value.to_owned()));
    }
    address(&ask.path, &parameters)
}

/// The address with one parameter set to a value in place of whatever it had.
pub fn set(ask: &Ask, name: &str, value: &str) -> String {
    let mut parameters = without(ask, &["after", "skip", name]);
    parameters.push((name.to_owned(), value.to_owned()));
    address(&ask.path, &parameters)
}

/// A path with parameters.
pub fn address(path: &str, parameters: &[(String, String)]) -> String {
    if parameters.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", written(parameters))
}

/// A filter that is on, and the address without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Chip {
    /// The filter's name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The address without it.
    #[serde(skip)]
    pub href: String,
}

/// The filters that are on.
pub fn chips(ask: &Ask) -> Vec<Chip> {
    let mut chips = Vec::new();
    for (name, value) in without(ask, &["after", "skip", "limit", "order"]) {
        let parts: Vec<&str> = match name.as_str() {
            "type" | "status" | "quad" => value.split(',').map(str::trim).collect(),
            _ => vec![&value],
        };
        for part in parts {
            chips.push(Chip {
                href: toggled(ask, &name, part),
                value: match name.as_str() {
                    "quad" => codebook::quad_name(part.parse().unwrap_or(0)).to_owned(),
                    _ => part.to_owned(),
                },
                name: name.clone(),
            });
        }
    }
    chips
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::pairs;

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
    fn values_are_toggled_and_pages_begin_anew() {
        assert_eq!(
            toggled(&ask("type=AID"), "type", "CONSULT"),
            "/events?type=AID&type=CONSULT"
        );
        assert_eq!(
            toggled(&ask("type=AID,CONSULT&after=.O3"), "type", "AID"),
            "/events?type=CONSULT"
        );
        assert_eq!(toggled(&ask("type=AID"), "type", "AID"), "/events");
        assert_eq!(
            set(&ask("order=told&text=a+%26b"), "order", "latest"),
            "/events?text=a+%26b&order=latest"
        );
        assert_eq!(chips(&ask("quad=1,4&text=x")).len(), 3);
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
