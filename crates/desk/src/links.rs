//! Links that change the filters of an address: the choices beside a list, the filters that are on, other pages.

use ledger::query::Facets;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::{Ask, written};
use crate::codebook;

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
}
