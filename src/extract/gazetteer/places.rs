//! Places: what they are called, where they lie, what contains them.

use fst::{IntoStreamer, Streamer};

use crate::extract::gazetteer::fold::{accents_of, adds_no_accent};
use crate::extract::gazetteer::{Match, longest_match, slug};
use crate::extract::token::Token;
use crate::mention::PlaceFacts;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum PlaceKind {
    /// A continent.
    Continent = 0,
    /// A country or a territory with a country code.
    Country = 1,
    /// A state, province, region of a country.
    Subdivision = 2,
    /// A city, town or village.
    City = 3,
    /// A region across subdivisions or countries, an island, a quarter, a square.
    Region = 4,
    /// A sea, gulf, strait, bay, ocean.
    Sea = 5,
    /// A river.
    River = 6,
    /// A lake.
    Lake = 7,
    /// A mountain or a range.
    Mountain = 8,
}

/// How a table says what a name is to a place, and which key the place has.
pub mod place_flags {
    /// The name in use.
    pub const MAIN: u8 = 0;
    /// Another, older or foreign name.
    pub const ALTERNATE: u8 = 1;
    /// Its people, or the adjective made of it.
    pub const DEMONYM: u8 = 2;
    /// Its key is the slug of its name.
    pub const OWNS_PLAIN_KEY: u8 = 1;
    /// Its key also says where it lies. Without either flag, the key ends in the GeoNames id.
    pub const OWNS_LONG_KEY: u8 = 2;
}

/// A place of the table, by position. Positions change with the table; keys do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Place(u32);

/// What a name is to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    /// The name in use.
    Main,
    /// Another, older or foreign name.
    Alternate,
    /// Its people, or the adjective made of it.
    Demonym,
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub place: Place,
    pub how: How,
}

/// The table of places, read in place.
pub(crate) struct Places {
    table: &'static [u8],
    n_places: usize,
    populations: usize,
    coordinates: usize,
    name_offsets: usize,
    postings: usize,
    countries: usize,
    kinds: usize,
    flags: usize,
    names: usize,
    by_name: fst::Map<&'static [u8]>,
}

const MAGIC: &[u8] = b"DLPLACE1";
const HEADER_BYTES: usize = 8 + 4 * 4;
const NONE: u32 = u32::MAX;

/// Stands between a folded name and where it has accents; no folded name holds it.
pub const ACCENTS_SEPARATOR: char = '\0';

impl Places {
    /// Opens a table as `examples/build_gazetteer/places.rs` writes it: after the header, columns of
    /// GeoNames ids, parents, populations, latitudes, longitudes, ends of names, postings, country codes,
    /// kinds and flags, then the names, then the automaton from folded names to postings. Behind a name, with
    /// [`ACCENTS_SEPARATOR`] between, stands where it has accents, once for each way to write it.
    pub(super) fn new(table: &'static [u8]) -> Self {
        assert!(table.starts_with(MAGIC), "the embedded table is one of places");
        let size = |i: usize| read_u32(table, 8 + 4 * i) as usize;
        let (n_places, n_postings, names_bytes, fst_bytes) = (size(0), size(1), size(2), size(3));
        let populations = HEADER_BYTES + 8 * n_places;
        let coordinates = populations + 4 * n_places;
        let name_offsets = coordinates + 8 * n_places;
        let postings = name_offsets + 4 * (n_places + 1);
        let countries = postings + 4 * n_postings;
        let kinds = countries + 2 * n_places;
        let flags = kinds + n_places;
        let names = flags + n_places;
        let (table, fst) = table.split_at(names + names_bytes);
        assert_eq!(fst.len(), fst_bytes, "the embedded table is whole");
        let by_name = fst::Map::new(fst).expect("the embedded automaton is whole");
        Self {
            table,
            n_places,
            populations,
            coordinates,
            name_offsets,
            postings,
            countries,
            kinds,
            flags,
            names,
            by_name,
        }
    }

    /// Every place.
    pub(crate) fn all(&self) -> impl Iterator<Item = Place> {
        (0..self.n_places as u32).map(Place)
    }

    /// Places that a folded name may mean: names in use before others, prominent places first.
    pub(crate) fn named(&self, folded: &str) -> Vec<Candidate> {
        self.by_name.get(folded).map_or_else(Vec::new, |value| self.candidates(value))
    }

    /// Longest known name from a token: one past its last token, and the value for [`Self::candidates`]. Words with
    /// accents are no name that is written without them.
    pub(crate) fn match_at(&self, text: &str, tokens: &[Token], first: usize, end: usize) -> Option<(usize, u64)> {
        let fits = |folded: &str, end: usize| {
            accents_of(text, &tokens[first..end]).is_none_or(|written| self.has_accents(folded, &written))
        };
        let found = longest_match(&self.by_name, text, tokens, first, end, fits);
        found.map(|Match { end_token, value }| (end_token, value))
    }

    /// Whether a name of these folded words has all the accents that it is written with.
    fn has_accents(&self, folded: &str, written: &str) -> bool {
        let prefix = format!("{folded}{ACCENTS_SEPARATOR}");
        let mut names = self.by_name.range().ge(&prefix).into_stream();
        while let Some((name, _)) = names.next() {
            let Some(accents) = name.strip_prefix(prefix.as_bytes()) else { return false };
            if std::str::from_utf8(accents).is_ok_and(|accents| adds_no_accent(written, accents)) {
                return true;
            }
        }
        false
    }

    /// The places behind a match.
    pub(crate) fn candidates(&self, value: u64) -> Vec<Candidate> {
        let first = (value >> 8) as usize;
        (first..first + (value & 0xff) as usize).map(|i| self.candidate(i)).collect()
    }

    /// The first candidate behind a match.
    pub(crate) fn first_candidate(&self, value: u64) -> Candidate {
        self.candidate((value >> 8) as usize)
    }

    fn candidate(&self, posting: usize) -> Candidate {
        let posting = read_u32(self.table, self.postings + 4 * posting);
        let how = match posting & 3 {
            0 => How::Main,
            1 => How::Alternate,
            _ => How::Demonym,
        };
        Candidate { place: Place(posting >> 2), how }
    }

    /// What the place is.
    pub(crate) fn kind(&self, place: Place) -> PlaceKind {
        match self.table[self.kinds + place.0 as usize] {
            0 => PlaceKind::Continent,
            1 => PlaceKind::Country,
            2 => PlaceKind::Subdivision,
            3 => PlaceKind::City,
            4 => PlaceKind::Region,
            5 => PlaceKind::Sea,
            6 => PlaceKind::River,
            7 => PlaceKind::Lake,
            _ => PlaceKind::Mountain,
        }
    }

    /// Name to show.
    pub(crate) fn name(&self, place: Place) -> &str {
        let offset = |i: usize| self.names + read_u32(self.table, self.name_offsets + 4 * i) as usize;
        let range = offset(place.0 as usize)..offset(place.0 as usize + 1);
        std::str::from_utf8(&self.table[range]).expect("the builder writes UTF-8")
    }

    /// Inhabitants, of subdivisions those of their cities; 0 when unknown.
    pub(crate) fn population(&self, place: Place) -> u32 {
        read_u32(self.table, self.populations + 4 * place.0 as usize)
    }

    /// Country code, if the place lies in one country.
    pub(crate) fn country(&self, place: Place) -> Option<[u8; 2]> {
        let at = self.countries + 2 * place.0 as usize;
        Some([self.table[at], self.table[at + 1]]).filter(|code| code != &[0; 2])
    }

    /// What contains the place.
    pub(crate) fn parent(&self, place: Place) -> Option<Place> {
        let parent = read_u32(self.table, HEADER_BYTES + 4 * (self.n_places + place.0 as usize));
        (parent != NONE).then_some(Place(parent))
    }

    /// Whether `outer` contains `inner`, or is it.
    pub(crate) fn contains(&self, outer: Place, inner: Place) -> bool {
        let mut at = Some(inner);
        while let Some(place) = at {
            if place == outer {
                return true;
            }
            at = self.parent(place);
        }
        false
    }

    /// Key, equal for the place in every article and every build: the slug of its name for the most
    /// prominent place so called (`kyiv`), for the others with what contains them
    /// (`paris-texas-united-states`), and with the GeoNames id where that is still not enough.
    pub(crate) fn key(&self, place: Place) -> String {
        let flags = self.table[self.flags + place.0 as usize];
        let mut key = slug(self.name(place));
        if flags & place_flags::OWNS_PLAIN_KEY != 0 {
            return key;
        }
        let mut at = self.parent(place);
        while let Some(outer) = at.filter(|&outer| self.kind(outer) != PlaceKind::Continent) {
            key.push('-');
            key.push_str(&slug(self.name(outer)));
            at = self.parent(outer);
        }
        if flags & place_flags::OWNS_LONG_KEY == 0 {
            key.push_str(&format!("-{}", read_u32(self.table, HEADER_BYTES + 4 * place.0 as usize)));
        }
        key
    }

    /// Path from the continent down.
    pub(crate) fn path(&self, place: Place) -> String {
        let mut path = self.parent(place).map_or_else(String::new, |outer| self.path(outer));
        path.push('/');
        path.push_str(&slug(self.name(place)));
        path
    }

    /// Everything known, for an entity.
    pub(crate) fn facts(&self, place: Place) -> PlaceFacts {
        let i = place.0 as usize;
        let id = read_u32(self.table, HEADER_BYTES + 4 * i);
        let degrees = |column: usize| f32::from_bits(read_u32(self.table, self.coordinates + 4 * (column + i)));
        let (north, east) = (degrees(0), degrees(self.n_places));
        PlaceFacts {
            gazetteer_id: (id != 0).then_some(id),
            path: self.path(place),
            country: self.country(place),
            coordinates: (north.is_finite() && east.is_finite()).then_some((north, east)),
            // What the cities of a subdivision have is a measure of its weight, not its population.
            population: Some(u64::from(self.population(place)))
                .filter(|&n_people| n_people > 0 && self.kind(place) != PlaceKind::Subdivision),
        }
    }
}

impl std::fmt::Debug for Places {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Places({})", self.n_places)
    }
}

fn read_u32(table: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(table[at..at + 4].try_into().expect("four bytes"))
}
