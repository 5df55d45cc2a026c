//! What sort of place a place is.

/// What sort of place a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A country or dependent territory.
    Country,
    /// A first-level division: state, province, region.
    Division,
    /// A division below the first level: county, district.
    County,
    /// The capital of a country.
    Capital,
    /// The seat of a first-level division.
    Seat,
    /// Any other town or village.
    Town,
    /// A part of a town.
    Quarter,
    /// A part of the world, of a country or of several, without borders of its own or with disputed ones.
    Region,
    /// A sea, strait, lake, river or canal.
    Water,
    /// A mountain, range, island, desert or peninsula.
    Land,
    /// A continent.
    Continent,
}

impl Kind {
    /// Every kind; the position is its number in the data file.
    pub const ALL: [(Kind, &'static str); 11] = [
        (Kind::Country, "country"),
        (Kind::Division, "division"),
        (Kind::County, "county"),
        (Kind::Capital, "capital"),
        (Kind::Seat, "seat"),
        (Kind::Town, "town"),
        (Kind::Quarter, "quarter"),
        (Kind::Region, "region"),
        (Kind::Water, "water"),
        (Kind::Land, "land"),
        (Kind::Continent, "continent"),
    ];

    /// The kind's name in tables.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, name)| name)
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(kind, _)| *kind)
    }

    /// Whether it is a populated place: a capital, seat, town or quarter.
    pub fn is_town(self) -> bool {
        matches!(
            self,
            Kind::Capital | Kind::Seat | Kind::Town | Kind::Quarter
        )
    }

    /// Whether places of this kind lie in others as a part of the administration: a country, division or county.
    pub fn is_administrative(self) -> bool {
        matches!(self, Kind::Country | Kind::Division | Kind::County)
    }
}
