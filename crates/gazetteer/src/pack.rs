//! Makes a data file from a table of text; `derive/collect.py` makes the table and describes its columns.

use std::collections::BTreeMap;

use crate::bytes::{BLOCK, LONGEST, MAGIC};
use crate::fold::fold;
use crate::gazetteer::Spelling;
use crate::kind::Kind;

/// Why a table cannot be packed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct TableError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

/// One row of the table.
struct Row<'t> {
    number: usize,
    kind: usize,
    country: &'t str,
    parent: usize,
    latitude: f64,
    longitude: f64,
    population: f64,
    geonames: u32,
    name: &'t str,
    other: &'t str,
    short: &'t str,
}

/// The data file of a table.
///
/// # Errors
/// Where a line is not what the format asks for, or there are more countries or divisions than the file can number.
pub fn pack(table: &str) -> Result<Vec<u8>, TableError> {
    let mut rows = Vec::new();
    for (index, line) in table.lines().enumerate() {
        let fail = |reason: String| TableError {
            line: index + 1,
            reason,
        };
        rows.push(row(line).map_err(fail)?);
    }
    // Administrative places first, so that two bytes number them; names next to each other are short when front-coded.
    let group = |row: &Row| row.kind.min(3);
    rows.sort_by_cached_key(|row| (group(row), fold(row.name), row.number));
    let position: BTreeMap<usize, usize> = rows
        .iter()
        .enumerate()
        .map(|(i, r)| (r.number, i))
        .collect();
    let mut countries: Vec<&str> = rows
        .iter()
        .map(|r| r.country)
        .filter(|c| *c != "-")
        .collect();
    countries.sort_unstable();
    countries.dedup();
    if countries.len() >= usize::from(u8::MAX) {
        return Err(TableError {
            line: 0,
            reason: "more than 254 countries".to_owned(),
        });
    }
    let mut records = Vec::new();
    for row in &rows {
        let number = record(row, &position, &countries);
        records.extend(number.ok_or_else(|| TableError {
            line: row.number,
            reason: "its parent stands nowhere, or too far behind".to_owned(),
        })?);
    }
    let names: Vec<(&str, Vec<u8>)> = rows.iter().map(|r| (r.name, Vec::new())).collect();
    let (name_index, names) = front_coded(&names);
    let keys = keys(&rows);
    let coded: Vec<(&str, Vec<u8>)> = keys
        .iter()
        .map(|(key, places)| (key.as_str(), postings(places)))
        .collect();
    let (key_index, key_bytes) = front_coded(&coded);
    let mut file = MAGIC.to_vec();
    let sections = [name_index, names, key_index, key_bytes];
    let counts = [countries.len(), rows.len(), keys.len()];
    let lengths = sections.iter().map(Vec::len);
    for number in counts.into_iter().chain(lengths).chain([0]) {
        file.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
    }
    file.extend(countries.concat().bytes());
    file.extend(records);
    file.extend(sections.concat());
    Ok(file)
}

fn row(line: &str) -> Result<Row<'_>, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [
        number,
        kind,
        country,
        parent,
        latitude,
        longitude,
        population,
        geonames,
        name,
        other,
        short,
    ] = columns[..]
    else {
        return Err(format!(
            "{} columns where there should be 11",
            columns.len()
        ));
    };
    fn parse<T: std::str::FromStr>(text: &str) -> Result<T, String> {
        text.parse()
            .map_err(|_| format!("{text} is no number, or out of range"))
    }
    let kind = Kind::ALL
        .iter()
        .position(|(_, n)| *n == kind)
        .ok_or_else(|| format!("no such kind: {kind}"))?;
    if country != "-" && country.len() != 3 {
        return Err(format!("{country} is no ISO 3166-1 alpha-3 code"));
    }
    if name.len() > LONGEST {
        return Err(format!("the name is longer than {LONGEST} bytes"));
    }
    Ok(Row {
        number: parse(number)?,
        kind,
        country,
        parent: parse(parent)?,
        latitude: parse(latitude)?,
        longitude: parse(longitude)?,
        population: parse(population)?,
        geonames: parse(geonames)?,
        name,
        other,
        short,
    })
}

fn record(row: &Row, position: &BTreeMap<usize, usize>, countries: &[&str]) -> Option<Vec<u8>> {
    let part = |value: f64, whole: f64| {
        let share = ((value + whole / 2.0) / whole).clamp(0.0, 1.0);
        (share * 16_777_215.0).round() as u32
    };
    let parent = match row.parent {
        0 => 0,
        number => u16::try_from(position.get(&number)? + 1).ok()?,
    };
    let country = countries.binary_search(&row.country).ok();
    let population = (8.0 * (1.0 + row.population.max(0.0)).log2())
        .round()
        .min(255.0) as u8;
    let mut bytes = Vec::new();
    for number in [
        row.geonames,
        part(row.latitude, 180.0),
        part(row.longitude, 360.0),
    ] {
        bytes.extend(&number.to_le_bytes()[..3]);
    }
    bytes.push(population);
    bytes.push(u8::try_from(row.kind).ok()?);
    bytes.push(country.map_or(Some(u8::MAX), |c| u8::try_from(c).ok())?);
    bytes.extend(parent.to_le_bytes());
    Some(bytes)
}

/// Places by key; a name that is both a place's own and another of its names counts as its own.
fn keys(rows: &[Row]) -> BTreeMap<String, BTreeMap<usize, Spelling>> {
    let mut keys: BTreeMap<String, BTreeMap<usize, Spelling>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let listed = |names: &str| names.split('|').map(fold).collect::<Vec<_>>();
        let own = row.other.split('|').filter_map(|n| n.strip_prefix('='));
        let main = [(own.chain([row.name]).map(fold).collect(), Spelling::Main)];
        let more = [
            (listed(row.other), Spelling::Other),
            (listed(row.short), Spelling::Short),
        ];
        for (names, spelling) in main.into_iter().chain(more) {
            for key in names
                .into_iter()
                .filter(|k| !k.is_empty() && k.len() <= LONGEST)
            {
                let places = keys.entry(key).or_default();
                let known = places.entry(place).or_insert(spelling);
                *known = spelling.min(*known);
            }
        }
    }
    keys
}

fn postings(places: &BTreeMap<usize, Spelling>) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(&mut bytes, places.len());
    let mut before = 0;
    for (place, spelling) in places {
        let code = match spelling {
            Spelling::Main => 0,
            Spelling::Other => 1,
            Spelling::Short => 2,
        };
        varint(&mut bytes, (place - before) * 4 + code);
        before = *place;
    }
    bytes
}

/// The index and the bytes of strings, each followed by what belongs to it.
fn front_coded(strings: &[(&str, Vec<u8>)]) -> (Vec<u8>, Vec<u8>) {
    let (mut index, mut bytes) = (Vec::new(), Vec::new());
    let mut before: &[u8] = &[];
    for (number, (text, behind)) in strings.iter().enumerate() {
        let text = text.as_bytes();
        if number % BLOCK == 0 {
            index.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
            before = &[];
        }
        let shared = text.iter().zip(before).take_while(|(a, b)| a == b).count();
        let added = text.len() - shared;
        bytes.push(((shared.min(15) << 4) | added.min(15)) as u8);
        for long in [shared, added] {
            if let Some(rest) = long.checked_sub(15) {
                varint(&mut bytes, rest);
            }
        }
        bytes.extend(&text[shared..]);
        bytes.extend(behind);
        before = text;
    }
    (index, bytes)
}

fn varint(bytes: &mut Vec<u8>, mut value: usize) {
    while value > 127 {
        bytes.push((value & 127) as u8 | 128);
        value >>= 7;
    }
    bytes.push(value as u8);
}
