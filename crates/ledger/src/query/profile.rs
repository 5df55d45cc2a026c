//! One actor: who it is, under which names and codes, with whom it deals, what it says.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;
use schemars::JsonSchema;
use serde::Serialize;

use super::listing::{Party, party};
use super::survey::add_quad;
use super::{Question, Reader, number};
use crate::error::{LedgerError, Result};

/// Readings and occurrences of an actor that are looked at, the last ones: enough to know it, and no more work for
/// those who are in the news every day.
const LATEST: i64 = 1_000;

/// Occurrences among which ties between the counterparts are looked for.
const TIES: i64 = 1_000;

/// Names of an actor that are given, the most frequent ones.
const MOST_NAMES: usize = 12;

/// An actor across its stories.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Profile {
    /// Who.
    #[serde(flatten)]
    pub who: Party,
    /// Wikidata's item.
    pub wikidata: Option<String>,
    /// Stories in which it is, readings by several versions counted once.
    pub stories: u64,
    /// Occurrences in which it acts.
    pub acts: u64,
    /// Occurrences in which it is acted upon.
    pub receives: u64,
    /// Claims that it makes.
    pub says: u64,
    /// CAMEO codes, with the days of the first and last story that gave them.
    pub codes: Vec<Known>,
    /// Names and titles, likewise.
    pub names: Vec<Known>,
    /// Whether codes and names are those of the last stories only.
    pub cut: bool,
}

/// A code or name, and when it was in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Known {
    /// The code or the name.
    pub value: String,
    /// For a name: the title beside it.
    pub title: Option<String>,
    /// Day of the first story that has it.
    pub first: Option<String>,
    /// Day of the last.
    pub last: Option<String>,
    /// Stories.
    pub stories: u64,
}

/// Somebody with whom an actor deals.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Counterpart {
    /// Who.
    #[serde(flatten)]
    pub who: Party,
    /// Occurrences in which the actor acts towards it.
    pub towards: u64,
    /// Occurrences in which it acts towards the actor.
    pub from: u64,
    /// By quad class, 1 to 4.
    pub quads: [u64; 4],
}

/// A tie between two counterparts of an actor.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Tie {
    /// `A12`.
    pub one: String,
    /// The other.
    pub other: String,
    /// Occurrences between the two.
    pub occurrences: u64,
    /// By quad class, 1 to 4.
    pub quads: [u64; 4],
}

/// What an actor did and what was done to it in one month, by quad class.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Month {
    /// `2015-05`.
    pub month: String,
    /// By quad class, 1 to 4.
    pub quads: [u64; 4],
}

impl Reader {
    /// The actor with that number.
    ///
    /// # Errors
    /// Where there is none, or the file cannot be read.
    pub fn profile(&self, id: &str) -> Result<Profile> {
        let unknown = || LedgerError::Unknown(id.into());
        let number = number('A', id).ok_or_else(unknown)?;
        let question = Question::new(
            "SELECT actor.id, actor.name, actor.kind, actor.country, actor.wikidata,
                    (SELECT count(DISTINCT reading) FROM cast_member WHERE actor = ?1),
                    ifnull(sums.acts, 0), ifnull(sums.receives, 0), (SELECT count(*) FROM claim WHERE source = ?1)
             FROM actor LEFT JOIN actor_sum sums ON sums.actor = actor.id WHERE actor.id = ?1",
            vec![number.into()],
        );
        let found = self.list(&question, |row| {
            let stories = row.get(5)?;
            let (codes, names) = self.known(number)?;
            Ok(Profile {
                who: party(row, 0)?,
                wikidata: row.get(4)?,
                stories,
                acts: row.get(6)?,
                receives: row.get(7)?,
                says: row.get(8)?,
                codes,
                names,
                cut: i64::try_from(stories).unwrap_or(i64::MAX) > LATEST,
            })
        })?;
        found.into_iter().next().ok_or_else(unknown)
    }

    /// Codes, those that came first first, and names, the most frequent first, of the last stories.
    fn known(&self, actor: i64) -> Result<(Vec<Known>, Vec<Known>)> {
        let question = Question::new(
            "SELECT c.code, c.name, c.title, story.published, story.id
             FROM (SELECT code, name, title, reading FROM cast_member WHERE actor = ?1 ORDER BY reading DESC LIMIT ?2) c
             JOIN reading ON reading.id = c.reading JOIN story ON story.id = reading.story",
            vec![actor.into(), LATEST.into()],
        );
        let (mut codes, mut names) = (Uses::default(), Uses::default());
        let row = |row: &rusqlite::Row| {
            Ok((
                row.get::<_, Option<String>>(0)?,
                (row.get(1)?, row.get(2)?),
                row.get::<_, Option<String>>(3)?,
                row.get(4)?,
            ))
        };
        self.rows(&question, row, |(code, name, day, story)| {
            if let Some(code) = code {
                codes.add((code, None), day.clone(), story);
            }
            names.add(name, day, story);
            Ok(())
        })?;
        let (mut codes, mut names) = (codes.known(), names.known());
        codes.sort_by(|a, b| (&a.first, &a.value).cmp(&(&b.first, &b.value)));
        names.sort_by(|a, b| {
            b.stories
                .cmp(&a.stories)
                .then_with(|| a.value.cmp(&b.value))
        });
        names.truncate(MOST_NAMES);
        Ok((codes, names))
    }

    /// With whom an actor dealt in its last thousand occurrences, most often first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn counterparts(&self, actor: &str, most: usize) -> Result<Vec<Counterpart>> {
        let unknown = || LedgerError::Unknown(actor.into());
        let number = number('A', actor).ok_or_else(unknown)?;
        let question = Question::new(
            "SELECT other.actor, mine.side = 'actor', o.quad, count(*)
             FROM (SELECT occurrence, side FROM occurrence_party WHERE actor = ?1 ORDER BY day DESC LIMIT ?2) mine
             JOIN occurrence o ON o.id = mine.occurrence
             JOIN occurrence_party other ON other.occurrence = mine.occurrence AND other.side <> mine.side
             WHERE other.actor <> ?1 GROUP BY 1, 2, 3",
            vec![number.into(), LATEST.into()],
        );
        let mut sums: BTreeMap<i64, ([u64; 2], [u64; 4])> = BTreeMap::new();
        let rows = self.list(&question, |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, bool>(1)?,
                row.get::<_, usize>(2)?,
                row.get::<_, u64>(3)?,
            ))
        })?;
        for (other, acts, quad, count) in rows {
            let (ways, quads) = sums.entry(other).or_default();
            ways[usize::from(!acts)] += count;
            add_quad(quads, quad, count);
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by_key(|(id, (ways, _))| (std::cmp::Reverse(ways[0] + ways[1]), *id));
        sums.truncate(most);
        let with_names = sums.into_iter().map(|(id, ([towards, from], quads))| {
            Ok(Counterpart {
                who: self.party_of(id)?,
                towards,
                from,
                quads,
            })
        });
        with_names.collect()
    }

    fn party_of(&self, id: i64) -> Result<Party> {
        let mut select = self
            .connection
            .prepare_cached("SELECT id, name, kind, country FROM actor WHERE id = ?1")?;
        let mut rows = select.query([id])?;
        match rows.next()? {
            Some(row) => party(row, 0),
            None => Err(LedgerError::Unknown(format!("A{id}"))),
        }
    }

    /// Ties among some actors, in the last thousand occurrences of each.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn ties(&self, actors: &[String]) -> Result<Vec<Tie>> {
        let ids: Vec<i64> = actors.iter().filter_map(|id| number('A', id)).collect();
        let mut select = self.connection.prepare_cached(
            "SELECT other.actor, o.quad
             FROM (SELECT occurrence FROM occurrence_party WHERE actor = ?1 AND side = 'actor' ORDER BY day DESC LIMIT ?2)
                  mine
             JOIN occurrence_party other ON other.occurrence = mine.occurrence AND other.side = 'recipient'
             JOIN occurrence o ON o.id = mine.occurrence",
        )?;
        let mut sums: BTreeMap<(i64, i64), [u64; 4]> = BTreeMap::new();
        for id in &ids {
            let mut rows = select.query(params![id, TIES / ids.len().max(1) as i64 + 50])?;
            while let Some(row) = rows.next()? {
                let (other, quad): (i64, usize) = (row.get(0)?, row.get(1)?);
                if other != *id && ids.contains(&other) {
                    let key = ((*id).min(other), (*id).max(other));
                    add_quad(sums.entry(key).or_default(), quad, 1);
                }
            }
        }
        let ties = sums.into_iter().map(|((one, other), quads)| Tie {
            one: format!("A{one}"),
            other: format!("A{other}"),
            occurrences: quads.iter().sum(),
            quads,
        });
        Ok(ties.collect())
    }

    /// An actor's last thousand occurrences by month, the earliest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn months_of(&self, actor: &str) -> Result<Vec<Month>> {
        let number = number('A', actor).ok_or_else(|| LedgerError::Unknown(actor.into()))?;
        let question = Question::new(
            "SELECT substr(mine.day, 1, 7), o.quad, count(*)
             FROM (SELECT occurrence, day FROM occurrence_party WHERE actor = ?1 AND day IS NOT NULL
                   ORDER BY day DESC LIMIT ?2) mine
             JOIN occurrence o ON o.id = mine.occurrence GROUP BY 1, 2",
            vec![number.into(), LATEST.into()],
        );
        self.by_month(&question)
    }

    /// All occurrences that are neither planned, possible, denied nor negated, by month and quad class, the earliest
    /// first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn months_by_quad(&self) -> Result<Vec<Month>> {
        let question = Question::new(
            "SELECT month, type, sum(number) FROM month_type WHERE status IN ('actual', 'claimed', 'disputed')
             GROUP BY month, type HAVING sum(number) > 0",
            Vec::new(),
        );
        let mut months: BTreeMap<String, [u64; 4]> = BTreeMap::new();
        let add = |(month, kind, number): (String, String, u64)| {
            let of_quad = |types: &&[&str]| types.contains(&kind.as_str());
            if let Some(quad) = super::QUAD_TYPES.iter().position(of_quad) {
                add_quad(months.entry(month).or_default(), quad + 1, number);
            }
            Ok(())
        };
        let row = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        self.rows(&question, row, add)?;
        Ok(months
            .into_iter()
            .map(|(month, quads)| Month { month, quads })
            .collect())
    }

    fn by_month(&self, question: &Question) -> Result<Vec<Month>> {
        let mut months: BTreeMap<String, [u64; 4]> = BTreeMap::new();
        self.rows(
            question,
            |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, usize>(1)?,
                    row.get::<_, u64>(2)?,
                ))
            },
            |(month, quad, count)| {
                add_quad(months.entry(month).or_default(), quad, count);
                Ok(())
            },
        )?;
        Ok(months
            .into_iter()
            .map(|(month, quads)| Month { month, quads })
            .collect())
    }
}

/// A code, or a name with its title.
type Called = (String, Option<String>);

/// The days and stories of each code, or name with its title.
#[derive(Default)]
struct Uses(BTreeMap<Called, Used>);

/// When, and in which stories, something was used.
#[derive(Default)]
struct Used {
    days: BTreeSet<String>,
    stories: BTreeSet<i64>,
}

impl Uses {
    fn add(&mut self, what: Called, day: Option<String>, story: i64) {
        let used = self.0.entry(what).or_default();
        used.days.extend(day);
        used.stories.insert(story);
    }

    fn known(self) -> Vec<Known> {
        let known = |((value, title), used): (Called, Used)| Known {
            value,
            title,
            first: used.days.first().cloned(),
            last: used.days.last().cloned(),
            stories: used.stories.len() as u64,
        };
        self.0.into_iter().map(known).collect()
    }
}
