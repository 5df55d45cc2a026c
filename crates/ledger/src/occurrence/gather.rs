//! Reports join occurrences, and occurrences change with their reports.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, Row, params};
use types::Status;

use super::cast::Cast;
use super::find;
use super::likeness::{SAME, likeness};
use super::sketch::Sketch;
use super::status::{self, Counts};
use super::sums::{self, Share};
use super::{Mention, Party};
use crate::error::Result;

/// Most occurrences that are remembered between stories; then all are forgotten and read anew. Some 20 MB.
const REMEMBERED: usize = 40_000;

/// An occurrence as it stands in its row.
#[derive(Clone, Debug)]
struct State {
    sketch: Sketch,
    cameo: Option<String>,
    goldstein: Option<f64>,
    counts: Counts,
    tellings: i64,
    reports: i64,
    reported_first: Option<String>,
    reported_last: Option<String>,
}

impl State {
    fn new(mention: &Mention) -> Self {
        let sketch = Sketch::of(mention);
        State {
            sketch,
            cameo: mention.cameo.clone(),
            goldstein: mention.goldstein,
            counts: Counts::default(),
            tellings: 0,
            reports: 0,
            reported_first: None,
            reported_last: None,
        }
    }

    fn day(&self) -> Option<String> {
        self.sketch.day().map(|day| day.to_string())
    }

    fn share(&self) -> Option<Share> {
        if self.reports == 0 {
            return None;
        }
        let countries = |parties: &[Party]| -> BTreeSet<String> {
            parties
                .iter()
                .filter_map(|party| party.country.clone())
                .collect()
        };
        Some(Share {
            day: self.day(),
            kind: self.sketch.kind.as_str(),
            status: status::status(&self.counts),
            goldstein: self.goldstein,
            actors: countries(&self.sketch.actors),
            recipients: countries(&self.sketch.recipients),
        })
    }

    /// Counts one more report; `telling_status` and `telling` say whether its telling is the first with this status,
    /// and the first at all.
    fn count(&mut self, mention: &Mention, telling_status: bool, telling: bool) {
        self.reports += 1;
        self.counts[status::index(mention.status)] += i64::from(telling_status);
        self.tellings += i64::from(telling);
        let published = mention.published.map(|day| day.to_string());
        if let Some(day) = published {
            let earlier = self
                .reported_first
                .as_ref()
                .is_none_or(|first| day < *first);
            let later = self.reported_last.as_ref().is_none_or(|last| day > *last);
            if earlier {
                self.reported_first = Some(day.clone());
            }
            if later {
                self.reported_last = Some(day);
            }
        }
    }
}

/// The occurrences that a transaction has changed, until they are written back.
pub(crate) struct Gathering<'g> {
    connection: &'g Connection,
    remembered: &'g mut Remembered,
    /// Those that are changed, as they are now, and what they added to the sums before.
    changed: BTreeMap<i64, (State, Option<Share>)>,
}

/// Occurrences as they are in the file, so that they need not be read again for every report.
#[derive(Default)]
pub(crate) struct Remembered(HashMap<i64, State>);

impl Remembered {
    /// Forgets all: what a transaction that was taken back has written is not in the file.
    pub fn forget(&mut self) {
        self.0.clear();
    }
}

impl<'g> Gathering<'g> {
    pub fn new(connection: &'g Connection, remembered: &'g mut Remembered) -> Self {
        if remembered.0.len() > REMEMBERED {
            remembered.forget();
        }
        Gathering {
            connection,
            remembered,
            changed: BTreeMap::new(),
        }
    }

    /// Brings a report to the occurrence that it is most like, or to a new one; gives the occurrence's number.
    pub fn join(&mut self, mention: &Mention) -> Result<i64> {
        let mut candidates = find::candidates(self.connection, mention)?;
        // What this story has told of so far is always looked at.
        let same_kind =
            |(_, (state, _)): &(&i64, &(State, Option<Share>))| state.sketch.kind == mention.kind;
        candidates.extend(self.changed.iter().filter(same_kind).map(|(id, _)| *id));
        let mut best: Option<(f64, i64)> = None;
        for id in candidates {
            let Some(score) = self.likeness(mention, id)? else {
                continue;
            };
            if score >= SAME && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, id));
            }
        }
        match best {
            Some((_, id)) => self.report(mention, id),
            None => self.begin(mention),
        }
    }

    fn likeness(&mut self, mention: &Mention, id: i64) -> Result<Option<f64>> {
        if let Some((state, _)) = self.changed.get(&id) {
            return Ok(likeness(mention, &state.sketch));
        }
        let state = self.remembered.get(self.connection, id)?;
        Ok(state.and_then(|state| likeness(mention, &state.sketch)))
    }

    /// Begins a new occurrence with a report.
    pub fn begin(&mut self, mention: &Mention) -> Result<i64> {
        let state = State::new(mention);
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO occurrence (type, quad, status, sketch) VALUES (?1, ?2, ?3, x'')",
        )?;
        let id = insert.insert(params![
            mention.kind.as_str(),
            mention.quad,
            mention.status.as_str()
        ])?;
        find::enter(
            self.connection,
            id,
            mention.day(),
            &find::entries(&state.sketch),
        )?;
        self.changed.insert(id, (state, None));
        self.report(mention, id)
    }

    /// Adds a report to an occurrence.
    pub fn report(&mut self, mention: &Mention, id: i64) -> Result<i64> {
        self.connection
            .prepare_cached("INSERT INTO report (event, occurrence) VALUES (?1, ?2)")?
            .execute(params![mention.event, id])?;
        let (with_status, at_all) = self.told(mention, id)?;
        let connection = self.connection;
        let (state, _) = self.change(id)?;
        let before = (state.sketch.day(), find::entries(&state.sketch));
        state.sketch.absorb(mention);
        state.count(mention, with_status, at_all);
        // The weight of what happened counts, not of what was planned.
        if mention.status == Status::Actual && state.counts[0] == 1 && with_status {
            state.cameo = mention.cameo.clone().or(state.cameo.take());
            state.goldstein = mention.goldstein.or(state.goldstein);
        }
        let entries = find::entries(&state.sketch);
        if before != (state.sketch.day(), entries.clone()) {
            find::enter(connection, id, state.sketch.day(), &entries)?;
        }
        Ok(id)
    }

    /// Counts a report for its telling; gives whether it is the first of its status there, and the first at all.
    fn told(&self, mention: &Mention, id: i64) -> Result<(bool, bool)> {
        let at_all = !self
            .connection
            .prepare_cached("SELECT 1 FROM told WHERE occurrence = ?1 AND telling = ?2")?
            .exists(params![id, mention.telling])?;
        let number: i64 = self
            .connection
            .prepare_cached(
                "INSERT INTO told (occurrence, telling, status, reports) VALUES (?1, ?2, ?3, 1)
                 ON CONFLICT DO UPDATE SET reports = reports + 1 RETURNING reports",
            )?
            .query_row(
                params![id, mention.telling, mention.status.as_str()],
                |row| row.get(0),
            )?;
        Ok((number == 1, at_all))
    }

    /// The state of an occurrence that is about to change.
    fn change(&mut self, id: i64) -> Result<&mut (State, Option<Share>)> {
        if !self.changed.contains_key(&id) {
            let state = self.remembered.get(self.connection, id)?.cloned();
            let state = state.ok_or_else(|| crate::LedgerError::Unknown(format!("O{id}")))?;
            let share = state.share();
            self.changed.insert(id, (state, share));
        }
        self.changed
            .get_mut(&id)
            .ok_or_else(|| crate::LedgerError::Unknown(format!("O{id}")))
    }

    /// Makes an occurrence anew of those of its reports that are left in `report`: some were taken from it.
    pub fn remake(&mut self, id: i64) -> Result<()> {
        let old = self.change(id)?.1.clone();
        self.connection
            .prepare_cached("DELETE FROM told WHERE occurrence = ?1")?
            .execute([id])?;
        let mentions = super::load::reports_of(self.connection, id)?;
        let Some(first) = mentions.first() else {
            // It keeps its number and its handles, so that a better reading of the story finds it again.
            let (state, _) = self.change(id)?;
            (state.reports, state.tellings, state.counts) = (0, 0, Counts::default());
            return Ok(());
        };
        let mut state = State::new(first);
        for mention in &mentions {
            let (with_status, at_all) = self.told(mention, id)?;
            state.sketch.absorb(mention);
            state.count(mention, with_status, at_all);
        }
        if let Some(actual) = mentions.iter().find(|m| m.status == Status::Actual) {
            state.cameo.clone_from(&actual.cameo);
            state.goldstein = actual.goldstein;
        }
        find::enter(
            self.connection,
            id,
            state.sketch.day(),
            &find::entries(&state.sketch),
        )?;
        self.changed.insert(id, (state, old));
        Ok(())
    }

    /// Writes back what has changed.
    pub fn finish(self) -> Result<()> {
        let mut cast = Cast::new(self.connection);
        for (id, (state, old)) in self.changed {
            write(self.connection, id, &state)?;
            let kept = self.remembered.0.get(&id);
            cast.replace(id, kept.map(|kept| &kept.sketch), &state.sketch)?;
            sums::replace(self.connection, id, old.as_ref(), state.share().as_ref())?;
            self.remembered.0.insert(id, state);
        }
        cast.finish()
    }
}

impl Remembered {
    fn get(&mut self, connection: &Connection, id: i64) -> Result<Option<&State>> {
        let entry = match self.0.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => match read(connection, id)? {
                Some(state) => unknown.insert(state),
                None => return Ok(None),
            },
        };
        Ok(Some(entry))
    }
}

fn read(connection: &Connection, id: i64) -> Result<Option<State>> {
    let mut select = connection.prepare_cached(
        "SELECT sketch, cameo, goldstein, actual, planned, possible, negated, claimed, denied, tellings, reports,
                reported_first, reported_last
         FROM occurrence WHERE id = ?1",
    )?;
    let state = |row: &Row| -> rusqlite::Result<Option<State>> {
        let bytes = row.get_ref(0)?.as_blob().unwrap_or_default();
        let Some(sketch) = Sketch::decode(bytes) else {
            return Ok(None);
        };
        let mut counts = Counts::default();
        for (at, count) in counts.iter_mut().enumerate() {
            *count = row.get(3 + at)?;
        }
        Ok(Some(State {
            sketch,
            cameo: row.get(1)?,
            goldstein: row.get(2)?,
            counts,
            tellings: row.get(9)?,
            reports: row.get(10)?,
            reported_first: row.get(11)?,
            reported_last: row.get(12)?,
        }))
    };
    Ok(select.query_row([id], state).optional()?.flatten())
}

fn write(connection: &Connection, id: i64, state: &State) -> Result<()> {
    let day = state.day();
    let days = state.sketch.days;
    let mut update = connection.prepare_cached(
        "UPDATE occurrence SET mode = ?2, cameo = ?3, goldstein = ?4, first = ?5, last = ?6, day = ?7, place = ?8,
           status = ?9, actual = ?10, planned = ?11, possible = ?12, negated = ?13, claimed = ?14, denied = ?15,
           tellings = ?16, reports = ?17, reported_first = ?18, reported_last = ?19, sketch = ?20
         WHERE id = ?1",
    )?;
    let [actual, planned, possible, negated, claimed, denied] = state.counts;
    update.execute(params![
        id,
        state.sketch.mode,
        state.cameo,
        state.goldstein,
        days.map(|days| days.first.to_string()),
        days.map(|days| days.last.to_string()),
        day,
        state.sketch.place().map(|place| place.id),
        status::status(&state.counts),
        actual,
        planned,
        possible,
        negated,
        claimed,
        denied,
        state.tellings,
        state.reports,
        state.reported_first,
        state.reported_last,
        state.sketch.encode()
    ])?;
    Ok(())
}
