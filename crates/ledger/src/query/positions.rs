//! Who stands where on an issue, who agrees with whom, and how it changed.

use std::collections::BTreeMap;
use std::ops::Bound;

use rusqlite::Row;
use schemars::JsonSchema;
use serde::Serialize;

use super::filter::{Conditions, Filter, containing};
use super::{Reader, number};
use crate::error::{LedgerError, Result};

/// Where an actor stands, as one story has it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Standing {
    /// The issue.
    pub issue: String,
    /// Who.
    pub actor: String,
    /// `for`, `against` or `neutral`.
    pub stance: String,
    /// The stance that the actor had before, where it was another.
    pub before: Option<String>,
    /// When the story was published.
    pub published: Option<String>,
    /// The story, `S12`.
    pub story: String,
    /// The claims that it rests on, `C12`.
    pub claims: Vec<String>,
    /// The sentence of the first of them.
    pub sentence: Option<String>,
}

/// How two actors stand to each other on an issue.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Agreement {
    /// The issue.
    pub issue: String,
    /// One of the two, first in the alphabet.
    pub one: String,
    /// The other.
    pub other: String,
    /// `agree` or `disagree`.
    pub relation: String,
    /// Whether a story says so, or it follows from the stance that each had last.
    pub stated: bool,
    /// Stories that say so, `S12`; those of the last stances where none does.
    pub stories: Vec<String>,
}

struct Position {
    id: i64,
    issue: String,
    stance: Option<String>,
    relation: Option<String>,
    story: String,
    published: Option<String>,
    actors: Vec<String>,
}

impl Reader {
    /// Stances on the issue of the filter, each actor's in the order of days, and how the actors stand to each other.
    /// `actor`, the days and the limit of the filter apply; within the limit are the latest positions.
    ///
    /// # Errors
    /// Where no issue is given, the filter cannot be understood, or the file cannot be read.
    pub fn positions(&self, filter: &Filter) -> Result<(Vec<Standing>, Vec<Agreement>)> {
        let Some(issue) = &filter.issue else {
            return Err(LedgerError::Question("give an issue: --issue WORDS".into()));
        };
        let mut conditions = Conditions::default();
        conditions.with(
            "' ' || issue.folded || ' ' LIKE ? ESCAPE '\\'",
            containing(issue),
        );
        if !filter.actor.is_empty() {
            let part = self.sources(
                &filter.actor,
                "position_actor.actor",
                &mut conditions.values,
            )?;
            conditions.push(format!(
                "position.id IN (SELECT position_actor.position FROM position_actor WHERE {part})"
            ));
        }
        if let Some(first) = filter.first_day()? {
            conditions.with("story.published >= ?", first);
        }
        if let Some(last) = filter.last_day()? {
            conditions.with("story.published <= ?", last);
        }
        self.stances(conditions, filter.limit)
    }

    /// The same of one issue by its number, `I12`, and at most of its latest `most` positions.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn positions_on(&self, issue: &str, most: u64) -> Result<(Vec<Standing>, Vec<Agreement>)> {
        let number = number('I', issue).ok_or_else(|| LedgerError::Unknown(issue.into()))?;
        let mut conditions = Conditions::default();
        conditions.with("issue.id = ?", number);
        self.stances(conditions, Some(most))
    }

    fn stances(
        &self,
        conditions: Conditions,
        most: Option<u64>,
    ) -> Result<(Vec<Standing>, Vec<Agreement>)> {
        let latest = most.map_or(String::new(), |most| {
            format!("ORDER BY published DESC, id DESC LIMIT {most}")
        });
        let mut question = conditions.question(
            "SELECT position.id AS id, issue.name AS name, stance, relation, 'S' || story.id, story.published AS published
             FROM position JOIN issue ON issue.id = position.issue JOIN reading ON reading.id = position.reading
             JOIN current ON current.reading = reading.id AND current.story = reading.story
             JOIN story ON story.id = reading.story",
            &latest,
        );
        question.sql = format!(
            "SELECT * FROM ({}) ORDER BY name, published, id",
            question.sql
        );
        let positions = self.list(&question, |row| self.position(row))?;
        let standings = self.standings(&positions)?;
        let agreements = agreements(&positions, &standings);
        Ok((standings, agreements))
    }

    fn position(&self, row: &Row) -> Result<Position> {
        let id: i64 = row.get(0)?;
        let mut select = self.connection.prepare_cached(
            "SELECT actor.name FROM position_actor JOIN actor ON actor.id = position_actor.actor
             WHERE position = ?1 ORDER BY actor.name",
        )?;
        let actors = select.query_map([id], |row| row.get(0))?;
        Ok(Position {
            id,
            issue: row.get(1)?,
            stance: row.get(2)?,
            relation: row.get(3)?,
            story: row.get(4)?,
            published: row.get(5)?,
            actors: actors.collect::<rusqlite::Result<_>>()?,
        })
    }

    fn standings(&self, positions: &[Position]) -> Result<Vec<Standing>> {
        let mut last: BTreeMap<(&str, &str), &str> = BTreeMap::new();
        let mut found = Vec::new();
        for position in positions {
            let Some(stance) = &position.stance else {
                continue;
            };
            for actor in &position.actors {
                let before = last.insert((&position.issue, actor), stance);
                found.push(Standing {
                    issue: position.issue.clone(),
                    actor: actor.clone(),
                    stance: stance.clone(),
                    before: before.filter(|old| old != stance).map(str::to_owned),
                    published: position.published.clone(),
                    story: position.story.clone(),
                    claims: self.claims_of(position.id)?,
                    sentence: self.text_of(
                        "SELECT evidence_words.text FROM position_claim JOIN claim ON claim.id = position_claim.claim
                         JOIN evidence_words ON evidence_words.id = claim.evidence
                         WHERE position_claim.position = ?1 ORDER BY claim.id LIMIT 1",
                        position.id,
                    )?,
                });
            }
        }
        found.sort_by(|a, b| (&a.issue, &a.actor).cmp(&(&b.issue, &b.actor)));
        Ok(found)
    }

    fn claims_of(&self, position: i64) -> Result<Vec<String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT 'C' || claim FROM position_claim WHERE position = ?1 ORDER BY claim",
        )?;
        let rows = select.query_map([position], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// A pair of actors on an issue: issue, one, other.
type Pair = (String, String, String);

/// What stories say of two actors goes before what follows from their stances.
fn agreements(positions: &[Position], standings: &[Standing]) -> Vec<Agreement> {
    let mut found: BTreeMap<Pair, Agreement> = BTreeMap::new();
    for position in positions {
        let Some(relation) = &position.relation else {
            continue;
        };
        for (one, other) in pairs(&position.actors) {
            let pair = (position.issue.clone(), one.clone(), other.clone());
            let known = found
                .entry(pair)
                .or_insert_with(|| agreement(&position.issue, one, other, relation, true));
            // The latest story decides.
            if known.relation != *relation {
                known.relation.clone_from(relation);
                known.stories.clear();
            }
            known.stories.push(position.story.clone());
        }
    }
    let last = last_stances(standings);
    for ((issue, one), mine) in &last {
        // In the order of issue and name: those of the issue that come after this one.
        let later = last.range((Bound::Excluded((*issue, *one)), Bound::Unbounded));
        for ((_, other), theirs) in later.take_while(|((i, _), _)| i == issue) {
            let relation = match (mine.stance.as_str(), theirs.stance.as_str()) {
                (a, b) if a == b && a != "neutral" => "agree",
                ("for", "against") | ("against", "for") => "disagree",
                _ => continue,
            };
            let pair = ((*issue).to_owned(), (*one).to_owned(), (*other).to_owned());
            found.entry(pair).or_insert_with(|| {
                let mut follows = agreement(issue, one, other, relation, false);
                follows.stories = vec![mine.story.clone(), theirs.story.clone()];
                follows
            });
        }
    }
    found.into_values().collect()
}

fn agreement(issue: &str, one: &str, other: &str, relation: &str, stated: bool) -> Agreement {
    Agreement {
        issue: issue.to_owned(),
        one: one.to_owned(),
        other: other.to_owned(),
        relation: relation.to_owned(),
        stated,
        stories: Vec::new(),
    }
}

fn last_stances(standings: &[Standing]) -> BTreeMap<(&str, &str), &Standing> {
    let by_actor = standings
        .iter()
        .map(|s| ((s.issue.as_str(), s.actor.as_str()), s));
    by_actor.collect()
}

/// All pairs of names, each in the order of the alphabet.
fn pairs(names: &[String]) -> Vec<(&String, &String)> {
    let all = names.iter().enumerate();
    all.flat_map(|(at, one)| {
        names[at + 1..]
            .iter()
            .map(move |other| (one.min(other), one.max(other)))
    })
    .filter(|(one, other)| one != other)
    .collect()
}
