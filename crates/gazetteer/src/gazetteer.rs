//! Look-ups.

use std::cmp::Ordering;

use crate::bytes::{BLOCK, DamagedError, RECORD, Sections, u24_at};
use crate::fold::fold;
use crate::kind::Kind;

/// The shipped data; see `SOURCES.toml`.
const BUILT_IN: &[u8] = include_bytes!("../data/gazetteer.bin");

/// Greatest value of three bytes.
const U24: f64 = 16_777_215.0;

/// Places by name. Holds no more than a few slices: cheap to open, to copy and to share.
#[derive(Clone, Copy, Debug)]
pub struct Gazetteer<'b> {
    sections: Sections<'b>,
}

/// A place's number in one data file; another version of the data has other numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

/// How a name belongs to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spelling {
    /// Its own name.
    Main,
    /// Another name, in English or another language.
    Other,
    /// A short form that holds beside another name only ("Ga." in "Macon, Ga.").
    Short,
}

/// A place that bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The place.
    pub place: PlaceId,
    /// How the name belongs to it.
    pub spelling: Spelling,
}

/// What is known of a place, but for its name ([`Gazetteer::name`]).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// GeoNames' number; `None` for the places of our own tables.
    pub geonames: Option<u32>,
    /// Degrees north of the equator, -90 to 90, exact to about 2 m; for an area a point in its middle.
    pub latitude: f64,
    /// Degrees east of Greenwich, -180 to 180, exact to about 2 m.
    pub longitude: f64,
    /// Inhabitants, exact to about 5 %; of a division, those of its towns; 0 where it is not known.
    pub population: f64,
    /// What sort of place it is.
    pub kind: Kind,
    /// The administrative place around it: for a town its county or division, for a division its country.
    pub parent: Option<PlaceId>,
    country: Option<u8>,
}

impl Gazetteer<'static> {
    /// The version of the shipped data, which records name.
    pub const VERSION: &'static str = "geonames-2026-07";

    /// The shipped data.
    ///
    /// # Panics
    /// Never: a test reads the whole file, and the head is checked when it is made.
    pub fn built_in() -> Self {
        Gazetteer::open(BUILT_IN).expect("the shipped gazetteer is whole")
    }
}

impl<'b> Gazetteer<'b> {
    /// Opens a data file (`bytes` describes it). Reads its head alone.
    ///
    /// # Errors
    /// Where the head is that of another file or version, or the file was cut. A file that is damaged further behind
    /// opens, and has places that are not found, or wrong.
    pub fn open(bytes: &'b [u8]) -> Result<Self, DamagedError> {
        let sections = Sections::of(bytes)?;
        Ok(Gazetteer { sections })
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.sections.names.count
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All places, in the order of the file.
    pub fn places(&self) -> impl Iterator<Item = PlaceId> + use<> {
        (0..self.len())
            .filter_map(|i| u32::try_from(i).ok())
            .map(PlaceId)
    }

    /// The places that bear `name`, in whatever spelling ([`fold`]), in the order of the file. Empty where there is none.
    pub fn find(&self, name: &str) -> Vec<Match> {
        self.find_key(&fold(name))
    }

    /// As [`Gazetteer::find`], for a key that [`fold`] made.
    pub fn find_key(&self, key: &str) -> Vec<Match> {
        self.search(key.as_bytes()).unwrap_or_default()
    }

    fn search(&self, key: &[u8]) -> Option<Vec<Match>> {
        let keys = self.sections.keys;
        let mut text = Vec::with_capacity(32);
        let (mut low, mut high) = (0, keys.blocks());
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            text.clear();
            keys.block(middle)?.string(&mut text)?;
            match text.as_slice().cmp(key) {
                Ordering::Greater => high = middle,
                _ => low = middle,
            }
        }
        text.clear();
        let mut entry = keys.block(low)?;
        for _ in 0..BLOCK {
            entry.string(&mut text)?;
            let count = entry.varint()?;
            let found = text.as_slice().cmp(key);
            if found == Ordering::Greater {
                return None;
            }
            let mut matches = Vec::new();
            let mut place = 0u32;
            for _ in 0..count {
                let code = entry.varint()?;
                place = place.checked_add(code >> 2)?;
                if found == Ordering::Equal {
                    let spelling = match code & 3 {
                        0 => Spelling::Main,
                        1 => Spelling::Other,
                        _ => Spelling::Short,
                    };
                    matches.push(Match {
                        place: PlaceId(place),
                        spelling,
                    });
                }
            }
            if found == Ordering::Equal {
                return Some(matches);
            }
        }
        None
    }

    /// What is known of a place; `None` for a number of another file.
    pub fn place(&self, place: PlaceId) -> Option<Place> {
        let at = (place.0 as usize).checked_mul(RECORD)?;
        let record = self.sections.places.get(at..at + RECORD)?;
        let degrees = |at: usize, whole: f64| {
            Some(f64::from(u24_at(record, at)?) / U24 * whole - whole / 2.0)
        };
        let parent = u16::from_le_bytes([record[12], record[13]]);
        Some(Place {
            geonames: u24_at(record, 0).filter(|id| *id > 0),
            latitude: degrees(3, 180.0)?,
            longitude: degrees(6, 360.0)?,
            population: (f64::from(record[9]) / 8.0).exp2() - 1.0,
            kind: Kind::ALL.get(usize::from(record[10]))?.0,
            country: Some(record[11]).filter(|c| *c < u8::MAX),
            parent: u32::from(parent).checked_sub(1).map(PlaceId),
        })
    }

    /// A place's usual name in English; empty for a number of another file.
    pub fn name(&self, place: PlaceId) -> String {
        self.coded_name(place.0 as usize).unwrap_or_default()
    }

    fn coded_name(&self, index: usize) -> Option<String> {
        let mut entry = self.sections.names.block(index / BLOCK)?;
        let mut text = Vec::with_capacity(32);
        for _ in 0..=index % BLOCK {
            entry.string(&mut text)?;
        }
        String::from_utf8(text).ok()
    }

    /// ISO 3166-1 alpha-3 of the country that a place lies in; `None` for seas, and for what lies in several.
    pub fn country(&self, place: PlaceId) -> Option<&'b str> {
        let at = usize::from(self.place(place)?.country?) * 3;
        std::str::from_utf8(self.sections.countries.get(at..at + 3)?).ok()
    }

    /// The country with that ISO 3166-1 alpha-3 code.
    pub fn country_of(&self, code: &str) -> Option<PlaceId> {
        // Countries stand first in the file.
        let is_country = |p: &PlaceId| self.place(*p).is_some_and(|p| p.kind == Kind::Country);
        let mut countries = self.places().take_while(is_country);
        countries.find(|p| self.country(*p) == Some(code))
    }

    /// The administrative places around a place, from the inside out, without itself.
    pub fn around(&self, place: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        let parent = |p: &PlaceId| self.place(*p)?.parent;
        // A damaged file may have a circle; no place has more than a county, a division and a country around it.
        std::iter::successors(parent(&place), parent).take(4)
    }

    /// The first-level division that a place lies in; itself, if it is one.
    pub fn division(&self, place: PlaceId) -> Option<PlaceId> {
        let is = |p: &PlaceId| self.place(*p).is_some_and(|p| p.kind == Kind::Division);
        std::iter::once(place).chain(self.around(place)).find(is)
    }

    /// Whether `inner` lies in `outer`, as far as the administration tells; no place lies in itself.
    pub fn lies_in(&self, inner: PlaceId, outer: PlaceId) -> bool {
        inner != outer && self.around(inner).any(|p| p == outer)
    }
}

/// Kilometres between two points on a sphere with the mean radius of the earth, each latitude and longitude in degrees.
pub fn distance((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    const RADIUS: f64 = 6371.0;
    let [a, b] = [lat_a, lat_b].map(f64::to_radians);
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let chord = half(lat_b - lat_a) + a.cos() * b.cos() * half(lon_b - lon_a);
    2.0 * RADIUS * chord.clamp(0.0, 1.0).sqrt().asin()
}
