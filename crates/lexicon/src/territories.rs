//! Territories that take part in events without being states, and the state that each counts to on a day.
//!
//! Practice of CAMEO's dictionaries: a region counts to the state that the United Nations see it in, whoever holds it.

use std::collections::BTreeMap;

use types::Date;

use crate::table::rows;

pub(crate) const TERRITORIES: &str = include_str!("../data/territories.tsv");

/// A territory as of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Territory {
    /// ISO 3166-1 alpha-3 of the state that it counts to; `None` where it counts to no single one.
    pub country: Option<&'static str>,
}

/// A territory with the first and the last day on which it is so, where it has them.
type Period = (Territory, Option<Date>, Option<Date>);

/// All territories by name, the periods of each in their order.
#[derive(Debug)]
pub(crate) struct Territories(BTreeMap<&'static str, Vec<Period>>);

impl Territories {
    pub(crate) fn built_in() -> Self {
        let mut all: BTreeMap<&str, Vec<Period>> = BTreeMap::new();
        for row in rows(TERRITORIES) {
            if let Some(period) = period(&row) {
                all.entry(row[0]).or_default().push(period);
            }
        }
        Territories(all)
    }

    /// The territory of exactly that name on `day`; without a day, as the list has it last.
    pub(crate) fn on(&self, name: &str, day: Option<Date>) -> Option<Territory> {
        let open = |end: &Option<Date>, holds: fn(Date, Date) -> bool| {
            end.zip(day).is_none_or(|(end, day)| holds(end, day))
        };
        let mut periods = self.0.get(name)?.iter().rev();
        let valid = periods.find(|(_, first, last)| {
            open(first, |first, day| first <= day) && open(last, |last, day| day <= last)
        });
        valid.map(|(territory, ..)| *territory)
    }
}

fn period(row: &[&'static str]) -> Option<Period> {
    let [_, country, first, last] = row else {
        return None;
    };
    let day = |text: &str| match text {
        "-" => Some(None),
        _ => Date::parse(text).map(Some),
    };
    let country = Some(*country).filter(|c| *c != "-");
    Some((Territory { country }, day(first)?, day(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    fn territory(name: &str, day: Option<Date>) -> Option<Territory> {
        Lexicon::built_in().territory(name, day)
    }

    fn country(name: &str, day: &str) -> Option<&'static str> {
        territory(name, Date::parse(day)).and_then(|t| t.country)
    }

    #[test]
    fn a_territory_counts_to_a_state_on_a_day() {
        assert_eq!(country("Crimea", "2014-02-28"), Some("UKR"));
        assert_eq!(country("Crimea", "2015-02-28"), Some("UKR"));
        assert_eq!(country("Southern Sudan", "2011-07-08"), Some("SDN"));
        assert_eq!(country("Southern Sudan", "2011-07-09"), Some("SSD"));
        assert_eq!(country("Sinai", "1975-01-01"), Some("ISR"));
        assert_eq!(country("South Ossetia", "1990-01-01"), None);
        assert_eq!(country("Southern Sudan", "no day"), Some("SSD"));
    }

    #[test]
    fn some_count_to_no_single_state_and_others_are_unknown() {
        assert_eq!(
            territory("Kashmir", None),
            Some(Territory { country: None })
        );
        assert_eq!(territory("Weir", None), None);
    }

    #[test]
    fn the_list_is_sorted_whole_and_of_known_countries() {
        let all: Vec<_> = rows(TERRITORIES).collect();
        for row in &all {
            let (territory, first, last) = period(row).unwrap_or_else(|| panic!("{row:?}"));
            assert!(
                first.zip(last).is_none_or(|(first, last)| first < last),
                "{row:?}"
            );
            let code = territory.country.unwrap_or("USA");
            assert!(Lexicon::built_in().country(code).is_some(), "{row:?}");
            assert_eq!(
                Lexicon::built_in().state(row[0]),
                None,
                "{row:?} is in states.tsv"
            );
        }
        for pair in all.windows(2) {
            let goes_on = pair[0][0] == pair[1][0] && pair[0][3] != "-" && pair[0][3] < pair[1][2];
            assert!(pair[0][0] < pair[1][0] || goes_on, "{pair:?}");
        }
    }
}
