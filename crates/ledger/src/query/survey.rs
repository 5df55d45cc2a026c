//! A ledger at a glance: how much there is, who is in the news, where, and what is new.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::listing::Spot;
use super::window::{Counts, Tally, countries_of};
use super::{Question, Reader};
use crate::error::Result;
use crate::occurrence::sums;

/// Where a ledger stands: two equal states have the same answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub struct State {
    /// Number of the last reading.
    pub reading: i64,
    /// Number of the last review.
    pub review: i64,
}

/// How much there is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Totals {
    /// Stories that were read.
    pub stories: u64,
    /// Stories that are told for the first time, copies left out.
    pub tellings: u64,
    /// Occurrences with a report.
    pub occurrences: u64,
    /// Their reports.
    pub reports: u64,
    /// Claims of all readings.
    pub claims: u64,
    /// Actors.
    pub actors: u64,
    /// First and last day on which a story was published.
    pub published: Option<(String, String)>,
    /// Stories by outlet, the most frequent first.
    pub publishers: Counts,
    /// Stories by language, those that were left out included.
    pub languages: Counts,
    /// Stories that were left out, by reason.
    pub left_out: Counts,
}

/// Two countries, the first of which acts towards the second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pair {
    /// ISO 3166-1 alpha-3; first in the alphabet.
    pub one: String,
    /// The other.
    pub other: String,
    /// Occurrences between the two: in either direction, or by both together.
    pub occurrences: u64,
    /// By quad class, 1 to 4.
    pub quads: [u64; 4],
}

/// A place where things happened.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Site {
    /// Where.
    #[serde(flatten)]
    pub place: Spot,
    /// Occurrences there.
    pub occurrences: u64,
    /// By quad class, 1 to 4.
    pub quads: [u64; 4],
}

impl Reader {
    /// Where the ledger stands now.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn state(&self) -> Result<State> {
        let sql = "SELECT (SELECT max(id) FROM reading), (SELECT max(id) FROM review)";
        let question = Question::new(sql, Vec::new());
        let found = self.list(&question, |row| {
            Ok(State {
                reading: row.get::<_, Option<i64>>(0)?.unwrap_or(0),
                review: row.get::<_, Option<i64>>(1)?.unwrap_or(0),
            })
        })?;
        Ok(found.first().copied().unwrap_or_default())
    }

    /// How much there is. Goes through whole tables: worth keeping as long as the [`State`] is the same.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn totals(&self) -> Result<Totals> {
        let days = self.list(
            &Question::new(
                "SELECT min(published), max(published) FROM story",
                Vec::new(),
            ),
            |row| Ok(row.get::<_, Option<String>>(0)?.zip(row.get(1)?)),
        )?;
        let mut languages: BTreeMap<String, u64> = BTreeMap::new();
        for (language, number) in
            self.tallied("SELECT ifnull(language, 'unknown'), count(*) FROM story GROUP BY 1")?
                .into_iter()
                .chain(self.tallied(
                    "SELECT ifnull(language, 'unknown'), count(*) FROM left_out GROUP BY 1",
                )?)
        {
            *languages.entry(language).or_default() += number;
        }
        Ok(Totals {
            stories: self.number_of("SELECT count(*) FROM story")?,
            tellings: self.number_of("SELECT count(DISTINCT telling) FROM story")?,
            occurrences: self.number_of("SELECT ifnull(sum(number), 0) FROM month_type")?,
            reports: self.number_of("SELECT count(*) FROM report")?,
            claims: self.number_of("SELECT count(*) FROM claim")?,
            actors: self.number_of("SELECT count(*) FROM actor")?,
            published: days.into_iter().flatten().next(),
            publishers: self.tallied(
                "SELECT ifnull(publisher, 'unknown'), count(*) AS n FROM story GROUP BY 1 ORDER BY n DESC, 1",
            )?,
            languages: Tally(languages).by_number(usize::MAX),
            left_out: self.tallied("SELECT reason, count(*) AS n FROM left_out GROUP BY 1 ORDER BY n DESC, 1")?,
        })
    }

    fn number_of(&self, sql: &str) -> Result<u64> {
        let found = self.list(&Question::new(sql, Vec::new()), |row| Ok(row.get(0)?))?;
        Ok(found.first().copied().unwrap_or(0))
    }

    fn tallied(&self, sql: &str) -> Result<Counts> {
        self.list(&Question::new(sql, Vec::new()), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// The pairs of countries with most occurrences among the latest `latest`, both directions together.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn busiest_pairs(&self, latest: usize, most: usize) -> Result<Vec<Pair>> {
        let mut pairs: BTreeMap<(String, String), [u64; 4]> = BTreeMap::new();
        let latest = self.latest(latest, "quad, sketch", |row| {
            Ok((row.get::<_, usize>(0)?, countries_of(row.get_ref(1)?)))
        })?;
        for (quad, sides) in &latest {
            let [actors, recipients] = sides
                .each_ref()
                .map(|codes| codes.iter().map(String::as_str).collect::<Vec<_>>());
            for (one, other) in sums::pairs(&actors, &recipients) {
                let key = (one.to_owned(), other.to_owned());
                add_quad(pairs.entry(key).or_default(), *quad, 1);
            }
        }
        let mut pairs: Vec<Pair> = pairs
            .into_iter()
            .map(|((one, other), quads)| Pair {
                one,
                other,
                occurrences: quads.iter().sum(),
                quads,
            })
            .collect();
        pairs.sort_by(|a, b| {
            b.occurrences
                .cmp(&a.occurrences)
                .then_with(|| (&a.one, &a.other).cmp(&(&b.one, &b.other)))
        });
        pairs.truncate(most);
        Ok(pairs)
    }

    /// Columns of the latest occurrences that have a day.
    fn latest<T>(
        &self,
        latest: usize,
        columns: &str,
        make: impl FnMut(&rusqlite::Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let question = Question::new(
            format!(
                "SELECT {columns} FROM occurrence WHERE reports > 0 AND day IS NOT NULL ORDER BY day DESC, id DESC LIMIT ?1"
            ),
            vec![i64::try_from(latest).unwrap_or(i64::MAX).into()],
        );
        self.list(&question, make)
    }

    /// The places of the latest `latest` occurrences, those of most of them first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn busiest_places(&self, latest: usize, most: usize) -> Result<Vec<Site>> {
        let mut sums: BTreeMap<i64, [u64; 4]> = BTreeMap::new();
        let rows = self.latest(latest, "place, quad", |row| {
            Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, usize>(1)?))
        })?;
        for (place, quad) in rows {
            if let Some(place) = place {
                add_quad(sums.entry(place).or_default(), quad, 1);
            }
        }
        let mut sums: Vec<_> = sums
            .into_iter()
            .map(|(place, quads)| (quads.iter().sum::<u64>(), place, quads))
            .collect();
        sums.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        sums.truncate(most);
        sums.into_iter()
            .map(|(occurrences, place, quads)| {
                Ok(Site {
                    place: self.spot(place)?,
                    occurrences,
                    quads,
                })
            })
            .collect()
    }

    fn spot(&self, place: i64) -> Result<Spot> {
        let mut select = self
            .connection
            .prepare_cached("SELECT name, country, latitude, longitude FROM place WHERE id = ?1")?;
        Ok(select.query_row([place], |row| {
            Ok(Spot {
                name: row.get(0)?,
                country: row.get(1)?,
                latitude: row.get(2)?,
                longitude: row.get(3)?,
            })
        })?)
    }

    /// Kinds of problems that the last `latest` readings noted, the most frequent first, and how many readings these
    /// are.
    ///
    /// # Errors
    /// Where the file cannot be read, or a record is damaged.
    pub fn problems(&self, latest: usize) -> Result<(Counts, u64)> {
        let question = Question::new(
            "SELECT reading.id, reading.record FROM reading JOIN current ON current.reading = reading.id
             AND current.story = reading.story ORDER BY reading.id DESC LIMIT ?1",
            vec![i64::try_from(latest).unwrap_or(i64::MAX).into()],
        );
        let (mut tally, mut looked) = (Tally::default(), 0);
        self.rows(
            &question,
            |row| {
                let blob = row.get_ref(1)?.as_blob().unwrap_or_default();
                crate::kept::unpack(row.get(0)?, blob, String::new())
            },
            |record| {
                looked += 1;
                record
                    .problems
                    .into_iter()
                    .for_each(|problem| tally.add(&problem.kind));
                Ok(())
            },
        )?;
        Ok((tally.by_number(usize::MAX), looked))
    }
}

/// Adds to the class `quad`, 1 to 4.
pub(super) fn add_quad(quads: &mut [u64; 4], quad: usize, number: u64) {
    if let Some(sum) = quads.get_mut(quad.wrapping_sub(1)) {
        *sum += number;
    }
}
