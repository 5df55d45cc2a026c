//! Questions that have rows for an answer.

use ledger::query::Reader;
use ledger::{Filter, LedgerError};
use serde::Serialize;
use serde_json::{Map, Value};

use super::args::{AskArgs, ClaimsArgs, EventsArgs, Format, SearchArgs};
use super::show::{Column, Sheet};

const EVENTS: &[Column] = &[
    ("id", "id", 9),
    ("day", "day", 10),
    ("type", "type", 9),
    ("status", "status", 8),
    ("actor", "actor", 28),
    ("recipient", "recipient", 28),
    ("place", "place", 16),
    ("told", "tellings", 4),
    ("evidence", "sentence", usize::MAX),
];

const REPORTS: &[Column] = &[
    ("id", "id", 9),
    ("of", "occurrence", 9),
    ("story", "story", 8),
    ("published", "published", 10),
    ("type", "type", 9),
    ("status", "status", 8),
    ("actor", "actor", 24),
    ("recipient", "recipient", 24),
    ("according to", "according_to", 20),
    ("sentence", "sentence", usize::MAX),
];

const DISPUTED: &[Column] = &[
    ("id", "id", 9),
    ("day", "day", 10),
    ("type", "type", 9),
    ("actor", "actor", 22),
    ("recipient", "recipient", 22),
    ("as fact", "reported_as_fact", 7),
    ("claimed by", "claimed_by", 24),
    ("denied by", "denied_by", 24),
    ("evidence", "sentence", usize::MAX),
];

const CLAIMS: &[Column] = &[
    ("id", "id", 9),
    ("story", "story", 8),
    ("published", "published", 10),
    ("source", "source", 28),
    ("stance", "stance", 11),
    ("cue", "cue", 16),
    ("events", "events", 16),
    ("content", "content", usize::MAX),
];

const STORIES: &[Column] = &[
    ("id", "id", 8),
    ("published", "published", 10),
    ("publisher", "publisher", 22),
    ("ref", "ref", 28),
    ("events", "events", 6),
    ("claims", "claims", 6),
    ("copy of", "copy_of", 8),
    ("headline", "headline", usize::MAX),
];

const ACTORS: &[Column] = &[
    ("id", "id", 9),
    ("kind", "kind", 14),
    ("country", "country", 7),
    ("codes", "codes", 20),
    ("stories", "stories", 7),
    ("acts", "acts", 7),
    ("receives", "receives", 8),
    ("says", "says", 7),
    ("name", "name", usize::MAX),
];

const HITS: &[Column] = &[
    ("story", "story", 8),
    ("published", "published", 10),
    ("publisher", "publisher", 22),
    ("evidence of", "occurrences", 16),
    ("words", "snippet", usize::MAX),
];

const STANDINGS: &[Column] = &[
    ("issue", "issue", 24),
    ("who", "actor", 28),
    ("stands", "stance", 8),
    ("before", "before", 8),
    ("published", "published", 10),
    ("story", "story", 8),
    ("evidence", "sentence", usize::MAX),
];

const AGREEMENTS: &[Column] = &[
    ("issue", "issue", 24),
    ("one", "one", 28),
    ("other", "other", 28),
    ("relation", "relation", 9),
    ("stated", "stated", 6),
    ("stories", "stories", usize::MAX),
];

/// What a question of the ledger hands its rows to.
type Answer<'a, T> = &'a mut dyn FnMut(T) -> Result<(), LedgerError>;

fn answer<T: Serialize>(
    mut sheet: Sheet,
    ask: impl FnOnce(Answer<T>) -> Result<(), LedgerError>,
) -> anyhow::Result<()> {
    ask(&mut |row| Ok(sheet.row(&row)?))?;
    sheet.finish()
}

/// `events`.
///
/// # Errors
/// Where the ledger cannot be asked, or the answer cannot be written.
pub fn events(args: &EventsArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&args.ask.ledger.path)?;
    let filter = args.ask.filter.filter();
    if args.reports {
        let sheet = Sheet::open(&args.ask.show, REPORTS)?;
        return answer(sheet, |each| reader.reports(&filter, each));
    }
    occurrences(&reader, &filter, &args.ask, EVENTS)
}

/// `disputed`.
///
/// # Errors
/// As [`events`].
pub fn disputed(args: &AskArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&args.ledger.path)?;
    let filter = Filter {
        status: vec!["disputed".into()],
        ..args.filter.filter()
    };
    occurrences(&reader, &filter, args, DISPUTED)
}

fn occurrences(
    reader: &Reader,
    filter: &Filter,
    args: &AskArgs,
    columns: &'static [Column],
) -> anyhow::Result<()> {
    let mut sheet = Sheet::open(&args.show, columns)?;
    let table = args.show.format == Format::Table;
    reader.events(filter, |row| {
        if !table {
            return Ok(sheet.row(&row)?);
        }
        // The table has room for one sentence.
        let sentence = row.evidence.first().map(|said| said.sentence.clone());
        let mut fields = match serde_json::to_value(&row) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        fields.insert("sentence".into(), sentence.into());
        Ok(sheet.row(&fields)?)
    })?;
    sheet.finish()
}

/// `claims`.
///
/// # Errors
/// As [`events`].
pub fn claims(args: &ClaimsArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&args.ask.ledger.path)?;
    let sheet = Sheet::open(&args.ask.show, CLAIMS)?;
    answer(sheet, |each| {
        reader.claims(&args.ask.filter.filter(), &args.stance, each)
    })
}

/// `stories`.
///
/// # Errors
/// As [`events`].
pub fn stories(args: &AskArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&args.ledger.path)?;
    let sheet = Sheet::open(&args.show, STORIES)?;
    answer(sheet, |each| reader.stories(&args.filter.filter(), each))
}

/// `actors`.
///
/// # Errors
/// As [`events`].
pub fn actors(args: &AskArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&args.ledger.path)?;
    let sheet = Sheet::open(&args.show, ACTORS)?;
    answer(sheet, |each| reader.actors(&args.filter.filter(), each))
}

/// `search`.
///
/// # Errors
/// As [`events`].
pub fn search(args: &SearchArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&args.ledger.path)?;
    let filter = Filter {
        limit: (args.limit > 0).then_some(args.limit),
        ..args.which.filter()
    };
    let words = args.words.iter().chain(&args.which.text);
    let words: Vec<&str> = words.map(String::as_str).collect();
    let sheet = Sheet::open(&args.show, HITS)?;
    answer(sheet, |each| reader.search(&words.join(" "), &filter, each))
}

/// `positions`: first who stands where, then who agrees with whom.
///
/// # Errors
/// As [`events`].
pub fn positions(args: &AskArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&args.ledger.path)?;
    let (standings, agreements) = reader.positions(&args.filter.filter())?;
    if args.show.format == Format::Table {
        let mut sheet = Sheet::open(&args.show, STANDINGS)?;
        standings.iter().try_for_each(|row| sheet.row(row))?;
        let output = sheet.next(AGREEMENTS)?;
        return with_rows(output, &agreements);
    }
    let mut sheet = Sheet::open(&args.show, STANDINGS)?;
    for row in &standings {
        sheet.row(&tagged("standing", row)?)?;
    }
    // Tables of commas have one heading: the agreements have other columns and go to JSON only.
    if args.show.format != Format::Csv {
        for row in &agreements {
            sheet.row(&tagged("agreement", row)?)?;
        }
    }
    sheet.finish()
}

fn with_rows(mut sheet: Sheet, rows: &[impl Serialize]) -> anyhow::Result<()> {
    rows.iter().try_for_each(|row| sheet.row(row))?;
    sheet.finish()
}

/// The row with a field before the others that says what it is.
fn tagged(kind: &str, row: &impl Serialize) -> anyhow::Result<Map<String, Value>> {
    let mut fields = Map::from_iter([("row".to_owned(), Value::from(kind))]);
    if let Value::Object(rest) = serde_json::to_value(row)? {
        fields.extend(rest);
    }
    Ok(fields)
}
