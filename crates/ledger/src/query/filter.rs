//! What the asker wants to see, as conditions.

use rusqlite::types::Value;
use types::{EventType, Status};

use super::names::list;
use super::{Question, Reader};
use crate::days::Days;
use crate::error::{LedgerError, Result};
use crate::occurrence::status::DISPUTED;
use crate::words::fold;

/// What to show. All that is given must hold; of several values for one thing, one must.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Who did it: a country (`RUS`), a CAMEO code (`RUSGOV`), a number (`A12`) or a name, of which whole words must
    /// stand in the actor's name. The name of a state stands for whoever acts for it.
    pub actor: Vec<String>,
    /// To whom, in the same forms.
    pub recipient: Vec<String>,
    /// PLOVER types.
    pub types: Vec<String>,
    /// Of occurrences also `disputed`.
    pub status: Vec<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: from its first day.
    pub since: Option<String>,
    /// To its last day.
    pub until: Option<String>,
    /// A country, or words of a place's name.
    pub place: Option<String>,
    /// Words of an issue's name.
    pub issue: Option<String>,
    /// Who says so, in the forms of `actor`.
    pub according_to: Vec<String>,
    /// Words that must stand in the evidence; words in quotation marks stand together; a `*` at a word's end stands
    /// for any ending.
    pub text: Option<String>,
    /// Most rows; all where none is given.
    pub limit: Option<u64>,
}

/// Conditions that are joined by AND, with their values.
#[derive(Default)]
pub(crate) struct Conditions {
    pub(super) parts: Vec<String>,
    pub values: Vec<Value>,
}

impl Conditions {
    pub fn push(&mut self, part: impl Into<String>) {
        self.parts.push(part.into());
    }

    /// Adds `part`, in which `?` stands for `value`.
    pub fn with(&mut self, part: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let place = format!("?{}", self.values.len());
        self.parts.push(part.replace('?', &place));
    }

    pub fn any_of(&mut self, column: &str, texts: &[String]) {
        if texts.is_empty() {
            return;
        }
        let mut places = Vec::with_capacity(texts.len());
        for text in texts {
            self.values.push(text.clone().into());
            places.push(format!("?{}", self.values.len()));
        }
        self.parts
            .push(format!("{column} IN ({})", places.join(", ")));
    }

    /// A condition that an event has one of these statuses. `disputed`, which no single event is, is that of what it
    /// reports.
    pub(super) fn any_status(&mut self, event: &str, status: &[String]) {
        let (disputed, own): (Vec<String>, Vec<String>) = status
            .iter()
            .cloned()
            .partition(|status| status == DISPUTED);
        let mut any = Conditions {
            values: std::mem::take(&mut self.values),
            ..Conditions::default()
        };
        any.any_of(&format!("{event}.status"), &own);
        if !disputed.is_empty() {
            any.with(
                &format!(
                    "{event}.id IN (SELECT report.event FROM occurrence told JOIN report
                       ON report.occurrence = told.id WHERE told.status = ? AND told.reports > 0)"
                ),
                DISPUTED.to_owned(),
            );
        }
        self.values = any.values;
        if !any.parts.is_empty() {
            self.parts.push(format!("({})", any.parts.join(" OR ")));
        }
    }

    /// The conditions joined by AND; `None` where there are none.
    pub fn joined(&self) -> Option<String> {
        (!self.parts.is_empty()).then(|| self.parts.join(" AND "))
    }

    /// The question: `select`, the conditions, and what follows.
    pub fn question(self, select: &str, after: &str) -> Question {
        let conditions = self.joined().unwrap_or_else(|| "1".to_owned());
        Question::new(format!("{select} WHERE {conditions} {after}"), self.values)
    }
}

impl Filter {
    /// The first day of `since`, where it is given.
    pub(crate) fn first_day(&self) -> Result<Option<String>> {
        days(self.since.as_deref(), "since").map(|days| days.map(|days| days.first.to_string()))
    }

    /// The last day of `until`, where it is given.
    pub(crate) fn last_day(&self) -> Result<Option<String>> {
        days(self.until.as_deref(), "until").map(|days| days.map(|days| days.last.to_string()))
    }

    /// Whether only rows with a day are asked for.
    pub(crate) fn has_days(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// ` LIMIT n`, or nothing.
    pub(crate) fn limited(&self) -> String {
        self.limit
            .map_or(String::new(), |limit| format!(" LIMIT {limit}"))
    }

    /// Types in capitals.
    ///
    /// # Errors
    /// Where one is no PLOVER type.
    pub(crate) fn checked_types(&self) -> Result<Vec<String>> {
        let check = |name: &String| {
            let name = name.to_uppercase();
            let known = EventType::parse(&name).is_some();
            known.then_some(name.clone()).ok_or_else(|| {
                let all: Vec<&str> = EventType::ALL.iter().map(|t| t.as_str()).collect();
                LedgerError::Question(format!(
                    "`{name}` is no event type; there are {}",
                    all.join(", ")
                ))
            })
        };
        self.types.iter().map(check).collect()
    }

    /// # Errors
    /// Where one is no status.
    pub(crate) fn checked_status(&self) -> Result<Vec<String>> {
        let check = |name: &String| {
            let name = name.to_lowercase();
            let known = name == DISPUTED || Status::parse(&name).is_some();
            known.then_some(name.clone()).ok_or_else(|| {
                let all: Vec<&str> = Status::ALL.iter().map(|s| s.as_str()).collect();
                LedgerError::Question(format!(
                    "`{name}` is no status; there are {} and {DISPUTED}",
                    all.join(", ")
                ))
            })
        };
        self.status.iter().map(check).collect()
    }
}

fn days(text: Option<&str>, name: &str) -> Result<Option<Days>> {
    let Some(text) = text else { return Ok(None) };
    match Days::parse(text) {
        Some(days) => Ok(Some(days)),
        None => Err(LedgerError::Question(format!(
            "--{name}: `{text}` is no date; give YYYY, YYYY-MM or YYYY-MM-DD"
        ))),
    }
}

impl Reader {
    /// Conditions on occurrences, the table of which is called `o`.
    pub(crate) fn occurrences(&self, filter: &Filter) -> Result<Conditions> {
        let mut conditions = Conditions::default();
        self.add_occurrences(&mut conditions, filter)?;
        Ok(conditions)
    }

    /// Adds the same conditions to those that there are.
    pub(super) fn add_occurrences(
        &self,
        conditions: &mut Conditions,
        filter: &Filter,
    ) -> Result<()> {
        conditions.push("o.reports > 0");
        conditions.any_of("o.type", &filter.checked_types()?);
        conditions.any_of("o.status", &filter.checked_status()?);
        let (first, last) = (filter.first_day()?, filter.last_day()?);
        self.sides(conditions, filter, first.as_deref(), last.as_deref())?;
        if let Some(first) = first {
            conditions.with("o.day >= ?", first);
        }
        if let Some(last) = last {
            conditions.with("o.day <= ?", last);
        }
        if let Some(place) = &filter.place {
            let ids = self.places(place)?;
            conditions.push(format!("o.place IN ({})", list(&ids)));
        }
        if let Some(issue) = &filter.issue {
            conditions.with(
                "o.id IN (SELECT report.occurrence FROM issue JOIN event_issue ON event_issue.issue = issue.id
                   JOIN report ON report.event = event_issue.event WHERE ' ' || issue.folded || ' ' LIKE ? ESCAPE '\\')",
                containing(issue),
            );
        }
        self.said_by(conditions, filter)?;
        if let Some(text) = &filter.text {
            conditions.with(
                "o.id IN (SELECT report.occurrence FROM evidence_text JOIN event ON event.evidence = evidence_text.rowid
                   JOIN report ON report.event = event.id WHERE evidence_text MATCH ?)",
                full_text(text)?,
            );
        }
        Ok(())
    }

    /// Who acts and who is acted upon; days are asked here too, where they narrow the look-up.
    fn sides(
        &self,
        conditions: &mut Conditions,
        filter: &Filter,
        first: Option<&str>,
        last: Option<&str>,
    ) -> Result<()> {
        for (side, wanted) in [("actor", &filter.actor), ("recipient", &filter.recipient)] {
            if wanted.is_empty() {
                continue;
            }
            let mut any = Vec::new();
            for word in wanted {
                let who = self.who(word)?;
                any.push(who.condition("p.actor", "p.country", &mut conditions.values));
            }
            let mut part = format!(
                "o.id IN (SELECT p.occurrence FROM occurrence_party p WHERE ({}) AND p.side = '{side}'",
                any.join(" OR ")
            );
            for (sign, day) in [(">=", first), ("<=", last)] {
                if let Some(day) = day {
                    conditions.values.push(day.to_owned().into());
                    part += &format!(" AND p.day {sign} ?{}", conditions.values.len());
                }
            }
            conditions.push(part + ")");
        }
        Ok(())
    }

    fn said_by(&self, conditions: &mut Conditions, filter: &Filter) -> Result<()> {
        if filter.according_to.is_empty() {
            return Ok(());
        }
        let sources = self.sources(&filter.according_to, "claim.source", &mut conditions.values)?;
        conditions.push(format!(
            "o.id IN (SELECT report.occurrence FROM claim JOIN event ON event.claim = claim.id
               JOIN report ON report.event = event.id WHERE {sources})"
        ));
        Ok(())
    }
}

/// A pattern for LIKE: the words of `name`, folded, with blanks around them.
pub(crate) fn containing(name: &str) -> String {
    format!("% {} %", escaped(&fold(name)))
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}

/// A question in the language of FTS5 that no text of the asker can break: each word, or run of words in quotation
/// marks, as a string; all must be there.
///
/// # Errors
/// Where there is no word in it.
pub(crate) fn full_text(asked: &str) -> Result<String> {
    let mut parts = Vec::new();
    for (index, piece) in asked.split('"').enumerate() {
        if index % 2 == 1 {
            parts.extend(term(piece));
        } else {
            parts.extend(piece.split_whitespace().filter_map(term));
        }
    }
    if parts.is_empty() {
        return Err(LedgerError::Question("give a word to look for".into()));
    }
    Ok(parts.join(" AND "))
}

fn term(words: &str) -> Option<String> {
    let bare = words.trim_end_matches('*');
    let ending = if bare.len() < words.len() { "*" } else { "" };
    let sound = bare.chars().any(char::is_alphanumeric);
    // A zero byte would end the question.
    sound.then(|| format!("\"{}\"{ending}", bare.replace('\0', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_asked_for_as_they_are() {
        let ask = |text: &str| full_text(text).expect("there are words");
        assert_eq!(ask("tear gas"), "\"tear\" AND \"gas\"");
        assert_eq!(ask("\"tear gas\" OR"), "\"tear gas\" AND \"OR\"");
        assert_eq!(ask("protest* NEAR("), "\"protest\"* AND \"NEAR(\"");
        assert!(full_text(" \" * ").is_err());
    }

    #[test]
    fn patterns_hold_what_is_asked_and_nothing_else() {
        assert_eq!(containing("Kerry"), "% kerry %");
        assert_eq!(containing("100%_a"), "% 100\\%\\_a %");
    }
}
