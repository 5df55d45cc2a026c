//! Issues, and one of them: who stands where, who agrees with whom, and how that changed.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use ledger::query::{Agreement, IssueRow, Standing};
use schemars::JsonSchema;
use serde::Serialize;

use crate::caller::Caller;
use crate::export::{self, lists};
use crate::filters;
use crate::page::{Frame, page};
use crate::trouble::Trouble;

/// Issues, those with most positions first.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "issues.html")]
pub struct Issues {
    #[serde(skip)]
    frame: Frame,
    /// The rows.
    issues: Vec<IssueRow>,
    #[serde(skip)]
    name: String,
}

page!(Issues, "issues");

/// `/issues`
pub async fn issues(caller: Caller) -> Result<Response, Trouble> {
    let mut fields = caller.ask.fields();
    let (name, limit) = (fields.one("name")?, filters::limit(&mut fields)?);
    fields.finish()?;
    if caller.ask.format.is_rows() {
        return export::all(caller, lists::Issues { name, skip: 0 }, limit).await;
    }
    caller
        .answer(move |caller, reader| {
            Ok(Issues {
                frame: caller.frame_of_rows("issues", "Issues"),
                issues: reader.issues(name.as_deref(), 0, limit)?,
                name: name.unwrap_or_default(),
            })
        })
        .await
}

/// One issue.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "issue.html")]
pub struct IssuePage {
    #[serde(skip)]
    frame: Frame,
    /// The issue.
    issue: IssueRow,
    /// The stances that stories give, the latest thousand at most; by actor, the earliest first.
    standings: Vec<Standing>,
    /// How each two actors stand to each other now.
    agreements: Vec<Agreement>,
    /// The same as a matrix.
    matrix: Matrix,
    /// Stances by month.
    months: Vec<MonthOf>,
}

page!(IssuePage, "standings");

/// Who agrees with whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Matrix {
    /// The actors, those with most stances first, sixteen at most.
    actors: Vec<String>,
    /// A row for each: `agree`, `disagree`, or empty where it is not known. `+` behind it: a story says so.
    rows: Vec<Vec<String>>,
}

/// Stances in one month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthOf {
    /// `2015-05`.
    month: String,
    /// How many are for it.
    #[serde(rename = "for")]
    in_favour: u64,
    /// How many are neutral.
    neutral: u64,
    /// How many are against it.
    against: u64,
}

/// Positions that are looked at, the latest ones.
const POSITIONS: u64 = 1_000;

/// Actors in the matrix.
const MATRIX: usize = 16;

/// `/issues/I12`
pub async fn issue(caller: Caller, Path(id): Path<String>) -> Result<Response, Trouble> {
    caller
        .answer_one(move |caller, reader| {
            let issue = reader.issue(&id)?;
            let (standings, agreements) = reader.positions_on(&issue.id, POSITIONS)?;
            Ok(IssuePage {
                frame: caller.frame_of_rows("issues", issue.name.clone()),
                matrix: matrix(&standings, &agreements),
                months: months(&standings),
                issue,
                standings,
                agreements,
            })
        })
        .await
}

fn matrix(standings: &[Standing], agreements: &[Agreement]) -> Matrix {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for standing in standings {
        *counts.entry(&standing.actor).or_default() += 1;
    }
    for agreement in agreements {
        counts.entry(&agreement.one).or_default();
        counts.entry(&agreement.other).or_default();
    }
    let mut actors: Vec<(&str, usize)> = counts.into_iter().collect();
    actors.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    actors.truncate(MATRIX);
    let by_pair: BTreeMap<(&str, &str), &Agreement> = agreements
        .iter()
        .map(|a| ((a.one.as_str(), a.other.as_str()), a))
        .collect();
    let cell = |one: &str, other: &str| {
        // Each pair is there once, in the order of the alphabet.
        let found = by_pair.get(&(one.min(other), one.max(other)));
        found.map_or(String::new(), |a| {
            if a.stated {
                format!("{}+", a.relation)
            } else {
                a.relation.clone()
            }
        })
    };
    let names: Vec<&str> = actors.iter().map(|(name, _)| *name).collect();
    let row = |one: &&str| {
        names
            .iter()
            .map(|other| {
                if one == other {
                    "self".into()
                } else {
                    cell(one, other)
                }
            })
            .collect()
    };
    Matrix {
        rows: names.iter().map(row).collect(),
        actors: names.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn months(standings: &[Standing]) -> Vec<MonthOf> {
    let mut months: BTreeMap<&str, MonthOf> = BTreeMap::new();
    for standing in standings {
        let Some(month) = standing.published.as_deref().and_then(|day| day.get(..7)) else {
            continue;
        };
        let sums = months.entry(month).or_insert_with(|| MonthOf {
            month: month.to_owned(),
            ..MonthOf::default()
        });
        match standing.stance.as_str() {
            "for" => sums.in_favour += 1,
            "against" => sums.against += 1,
            _ => sums.neutral += 1,
        }
    }
    months.into_values().collect()
}

/// An actor with its stances on an issue.
pub struct Stander<'s> {
    /// Who.
    pub actor: &'s str,
    /// The last stance.
    pub now: &'s Standing,
    /// All of them, the latest first.
    pub all: Vec<&'s Standing>,
}

impl IssuePage {
    /// Standings by actor.
    fn standers(&self) -> Vec<Stander<'_>> {
        let mut by: BTreeMap<&str, Vec<&Standing>> = BTreeMap::new();
        for standing in &self.standings {
            by.entry(&standing.actor).or_default().push(standing);
        }
        let made = by.into_iter().filter_map(|(actor, mut all)| {
            all.reverse();
            Some(Stander {
                actor,
                now: all.first()?,
                all,
            })
        });
        made.collect()
    }
}
