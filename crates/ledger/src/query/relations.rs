//! Cooperation and conflict between two countries over time.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use schemars::JsonSchema;
use serde::Serialize;

use super::filter::{Conditions, Filter};
use super::names::Who;
use super::{Question, Reader};
use crate::error::{LedgerError, Result};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// `2015-05`.
    Month,
    /// `2015-Q2`.
    Quarter,
    /// `2015`.
    Year,
}

/// What was between two countries in one period, in both directions.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Period {
    /// `2015-05`, `2015-Q2` or `2015`.
    pub period: String,
    /// Occurrences.
    pub occurrences: i64,
    /// Of these by quad class.
    pub verbal_cooperation: i64,
    /// Mutual help, trade, withdrawals.
    pub material_cooperation: i64,
    /// Demands, accusations, refusals, threats.
    pub verbal_conflict: i64,
    /// Protest, sanctions, force.
    pub material_conflict: i64,
    /// Sum of the Goldstein weights.
    pub goldstein_sum: f64,
    /// Their mean; `None` where no occurrence has a weight.
    pub goldstein_mean: Option<f64>,
    /// Index of thaw and chill, -100 to 100: see [`Trend`].
    pub index: f64,
    /// Half the width of the index's 95 % interval.
    pub uncertainty: f64,
    /// Against the period before with occurrences.
    pub trend: Trend,
}

/// How the index moved.
///
/// The index is ten times the mean Goldstein weight of the period, drawn towards 0 as if four more occurrences of
/// weight 0 and the usual spread had been reported: one visit makes no friendship. Its uncertainty is 1.96 standard
/// errors of that mean. A move counts as thaw or chill where it is larger than 1.96 standard errors of the difference, and the
/// period has at least five occurrences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Trend {
    /// The index rose by more than chance explains.
    Thaw,
    /// It fell by more than chance explains.
    Chill,
    /// It did neither.
    Steady,
    /// There is no period before.
    First,
}

/// Occurrences of weight 0 that each period is mixed with.
const PRIOR: f64 = 4.0;

/// Variance of those: Goldstein's weights spread about five points around their mean.
const PRIOR_VARIANCE: f64 = 25.0;

/// Fewest occurrences of a period that can be called a thaw or a chill.
const FEWEST: i64 = 5;

/// Two-sided 95 % of a normal distribution.
const Z: f64 = 1.96;

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    number: i64,
    quads: [i64; 4],
    weighed: i64,
    sum: f64,
    squares: f64,
}

impl Sums {
    /// Mean and standard error, prior included.
    fn mean(&self) -> (f64, f64) {
        let n = self.weighed as f64 + PRIOR;
        let mean = self.sum / n;
        let variance = (self.squares + PRIOR * PRIOR_VARIANCE) / n - mean * mean;
        (mean, (variance.max(0.0) / n).sqrt())
    }
}

/// Types of each quad class, in the order of the classes.
pub(crate) const QUAD_TYPES: [&[&str]; 4] = [
    &["AGREE", "CONSULT", "SUPPORT", "CONCEDE"],
    &["COOPERATE", "AID", "RETREAT"],
    &["REQUEST", "ACCUSE", "REJECT", "THREATEN"],
    &["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"],
];

impl Reader {
    /// What was between two countries, by period, the earliest first; periods without occurrences are left out. The
    /// status is `actual` where the filter has none, and its days hold by whole months.
    ///
    /// # Errors
    /// Where a country is not known, the filter cannot be understood, or the file cannot be read.
    pub fn relations(
        &self,
        one: &str,
        other: &str,
        by: By,
        filter: &Filter,
    ) -> Result<Vec<Period>> {
        let (a, b) = (self.country(one)?, self.country(other)?);
        let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
        let filter = Filter {
            status: or_actual(filter.checked_status()?),
            since: month(filter.first_day()?),
            until: month(filter.last_day()?),
            limit: None,
            ..filter.clone()
        };
        let question = if is_kept(&filter) {
            kept(&a, &b, &filter)?
        } else {
            self.counted(&a, &b, &filter)?
        };
        let rows = self.list(&question, |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, i64>(3)?,
                row.get::<_, f64>(4)?,
                row.get::<_, f64>(5)?,
            ))
        })?;
        for (month, kind, number, weighed, goldstein, squares) in rows {
            let sum = sums.entry(period(&month, by)).or_default();
            sum.number += number;
            sum.weighed += weighed;
            sum.sum += goldstein;
            sum.squares += squares;
            let quad = QUAD_TYPES
                .iter()
                .position(|types| types.contains(&kind.as_str()));
            if let Some(quad) = quad {
                sum.quads[quad] += number;
            }
        }
        sums.retain(|_, sum| sum.number > 0);
        Ok(periods(&sums))
    }

    /// The same rows as [`kept`], by going through the occurrences, each of which counts once.
    fn counted(&self, a: &str, b: &str, filter: &Filter) -> Result<Question> {
        let mut conditions = self.occurrences_between(a, b, filter)?;
        conditions.push("o.day IS NOT NULL");
        Ok(conditions.question(
            "SELECT substr(o.day, 1, 7) AS month, o.type, count(*), count(o.goldstein),
                    total(o.goldstein), total(o.goldstein * o.goldstein) FROM occurrence o",
            "GROUP BY month, o.type ORDER BY month, o.type",
        ))
    }

    fn country(&self, word: &str) -> Result<String> {
        match self.who(word)? {
            Who::Country(code) => Ok(code),
            Who::Actors(_) => Err(LedgerError::Question(format!(
                "`{word}` is no country of this ledger; give a code like USA, or the name of a state"
            ))),
        }
    }

    /// Number of occurrences by month, type and status over everything, the earliest month first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn months(&self) -> Result<Vec<(String, String, String, i64)>> {
        let question = Question::new(
            "SELECT month, type, status, number FROM month_type WHERE number > 0 ORDER BY month, type, status",
            Vec::new(),
        );
        self.list(&question, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
    }
}

fn or_actual(status: Vec<String>) -> Vec<String> {
    if status.is_empty() {
        vec!["actual".to_owned()]
    } else {
        status
    }
}

/// The month of a day.
fn month(day: Option<String>) -> Option<String> {
    day.and_then(|day| Some(day.get(..7)?.to_owned()))
}

/// Whether the sums that are kept by month answer a question.
fn is_kept(filter: &Filter) -> bool {
    let known = Filter {
        types: filter.types.clone(),
        status: filter.status.clone(),
        since: filter.since.clone(),
        until: filter.until.clone(),
        ..Filter::default()
    };
    known == *filter
}

/// Sums by month, type and status, as they are kept.
fn kept(a: &str, b: &str, filter: &Filter) -> Result<Question> {
    let mut conditions = Conditions {
        values: vec![Value::from(a.to_owned()), Value::from(b.to_owned())],
        ..Conditions::default()
    };
    conditions.push("((actor = ?1 AND recipient = ?2) OR (actor = ?2 AND recipient = ?1))");
    conditions.any_of("status", &filter.status);
    conditions.any_of("type", &filter.checked_types()?);
    if let Some(first) = &filter.since {
        conditions.with("month >= ?", first.clone());
    }
    if let Some(last) = &filter.until {
        conditions.with("month <= ?", last.clone());
    }
    Ok(conditions.question(
        "SELECT month, type, number, weighed, goldstein, squares FROM month_dyad",
        "ORDER BY month, type, status, actor",
    ))
}

fn period(month: &str, by: By) -> String {
    let year = month.get(..4).unwrap_or(month);
    match by {
        By::Month => month.to_owned(),
        By::Year => year.to_owned(),
        By::Quarter => {
            let number: u32 = month.get(5..7).and_then(|m| m.parse().ok()).unwrap_or(1);
            format!("{year}-Q{}", (number.max(1) - 1) / 3 + 1)
        }
    }
}

fn periods(sums: &BTreeMap<String, Sums>) -> Vec<Period> {
    let mut before: Option<(f64, f64)> = None;
    let mut found = Vec::with_capacity(sums.len());
    for (period, sum) in sums {
        let (mean, error) = sum.mean();
        let trend = before.map_or(Trend::First, |(old, old_error)| {
            let bound = Z * (error * error + old_error * old_error).sqrt();
            match mean - old {
                _ if sum.weighed < FEWEST => Trend::Steady,
                moved if moved > bound => Trend::Thaw,
                moved if moved < -bound => Trend::Chill,
                _ => Trend::Steady,
            }
        });
        before = Some((mean, error));
        let [
            verbal_cooperation,
            material_cooperation,
            verbal_conflict,
            material_conflict,
        ] = sum.quads;
        found.push(Period {
            period: period.clone(),
            occurrences: sum.number,
            verbal_cooperation,
            material_cooperation,
            verbal_conflict,
            material_conflict,
            goldstein_sum: rounded(sum.sum),
            goldstein_mean: (sum.weighed > 0).then(|| rounded(sum.sum / sum.weighed as f64)),
            index: rounded(10.0 * mean),
            uncertainty: rounded(10.0 * Z * error),
            trend,
        });
    }
    found
}

/// To hundredths: sums that were added up in another order are written the same.
fn rounded(number: f64) -> f64 {
    let number = (number * 100.0).round() / 100.0;
    if number == 0.0 { 0.0 } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(weights: &[f64]) -> Sums {
        Sums {
            number: weights.len() as i64,
            quads: [0; 4],
            weighed: weights.len() as i64,
            sum: weights.iter().sum(),
            squares: weights.iter().map(|w| w * w).sum(),
        }
    }

    #[test]
    fn one_visit_makes_no_friendship() {
        let found = periods(&BTreeMap::from([
            ("2015-01".into(), sums(&[-5.0; 30])),
            ("2015-02".into(), sums(&[2.8])),
            ("2015-03".into(), sums(&[5.0; 30])),
        ]));
        let trends: Vec<Trend> = found.iter().map(|period| period.trend).collect();
        assert_eq!(trends[..2], [Trend::First, Trend::Steady]);
        assert!(found[1].uncertainty > 2.0 * found[0].uncertainty);
        let sharp = periods(&BTreeMap::from([
            ("2015-01".into(), sums(&[-5.0; 30])),
            ("2015-02".into(), sums(&[5.0; 30])),
        ]));
        assert_eq!(sharp[1].trend, Trend::Thaw);
    }

    #[test]
    fn periods_of_months() {
        assert_eq!(period("2015-12", By::Quarter), "2015-Q4");
        assert_eq!(period("2015-03", By::Quarter), "2015-Q1");
        assert_eq!(period("2015-03", By::Year), "2015");
    }
}
