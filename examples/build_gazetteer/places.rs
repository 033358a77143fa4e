//! Places: what contains what, which names lead where, and who owns the plain key.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::path::Path;

use dateline::extract::gazetteer::{
    ACCENTS_SEPARATOR, PlaceKind, accents_of_phrase, fold_phrase, place_flags, slug, word_bits,
};

use crate::people::People;
use crate::rows;

const NONE: u32 = u32::MAX;

/// Most places kept for one name, the most prominent first: nobody means the thirteenth Springfield.
const MOST_CANDIDATES: usize = 12;

/// Names that begin with another letter are kept for cities of this size: Bombay is known, the thirtieth
/// spelling of a town is not.
const STRANGE_FROM: u32 = 1_000_000;

/// From this prominence on, a place is meant by its name before a people is.
const NOTABLE_PROMINENCE: u64 = 500_000;

/// Countries that are listed as continents too.
const CONTINENTS_ONLY: [&str; 1] = ["AQ"];

/// Other names of smaller cities give way when they are also given names.
const ALTERNATE_OVER_NAME_FROM: u32 = 1_000_000;

const CONTINENTS: [(&str, u32); 7] = [
    ("AF", 6_255_146),
    ("AN", 6_255_152),
    ("AS", 6_255_147),
    ("EU", 6_255_148),
    ("NA", 6_255_149),
    ("OC", 6_255_151),
    ("SA", 6_255_150),
];

struct Place {
    id: u32,
    parent: u32,
    population: u32,
    coordinates: (f32, f32),
    country: [u8; 2],
    kind: PlaceKind,
    flags: u8,
    name: String,
    /// What decides who owns a key and a name; see `prominence`.
    prominence: u64,
}

#[derive(Default)]
pub(crate) struct Places {
    places: Vec<Place>,
    /// Folded name to (place, how the name names it).
    names: BTreeMap<String, BTreeSet<(u32, u8)>>,
    /// Folded name to where its accents stand, as different sources write it.
    accents: BTreeMap<String, BTreeSet<String>>,
}

impl Places {
    pub(crate) fn read(input: &Path, lists: &Path, people: &People) -> Result<Self, Box<dyn Error>> {
        let mut all = Self::default();
        let continents = all.continents(lists)?;
        let countries = all.countries(input, lists, &continents)?;
        let subdivisions = all.below_countries(input, lists, people, &countries)?;
        all.regions(lists, &continents, &countries, &subdivisions)?;
        all.own_keys();
        Ok(all)
    }

    fn push(&mut self, place: Place) -> u32 {
        self.places.push(place);
        self.places.len() as u32 - 1
    }

    fn name(&mut self, name: &str, place: u32, how: u8) {
        let folded = fold_phrase(name);
        if !folded.is_empty() {
            if let Some(accents) = accents_of_phrase(name) {
                self.accents.entry(folded.clone()).or_default().insert(accents);
            }
            let entries = self.names.entry(folded).or_default();
            if how != place_flags::MAIN && entries.contains(&(place, place_flags::MAIN)) {
                return;
            }
            if how == place_flags::MAIN {
                entries.remove(&(place, place_flags::ALTERNATE));
            }
            entries.insert((place, how));
        }
    }

    fn list(&mut self, names: &str, separator: char, place: u32, how: u8) {
        for name in names.split(separator).map(str::trim).filter(|name| !name.is_empty()) {
            self.name(name, place, how);
        }
    }

    fn continents(&mut self, lists: &Path) -> Result<HashMap<String, u32>, Box<dyn Error>> {
        let mut continents = HashMap::new();
        for row in rows(&lists.join("regions.tsv"), 5)?.iter().filter(|row| row[0] == "continent") {
            let id = CONTINENTS
                .iter()
                .find(|(code, _)| row[3].strip_prefix('@') == Some(code))
                .ok_or("unknown continent")?
                .1;
            let place = self.push(Place::new(id, &row[1], PlaceKind::Continent, NONE, 9 << 40));
            self.list(&row[1], ',', place, place_flags::MAIN);
            self.list(&row[2], ',', place, place_flags::ALTERNATE);
            self.list(&row[4], ',', place, place_flags::DEMONYM);
            continents.insert(row[3].replace('@', ""), place);
        }
        Ok(continents)
    }

    fn countries(
        &mut self,
        input: &Path,
        lists: &Path,
        continents: &HashMap<String, u32>,
    ) -> Result<HashMap<String, u32>, Box<dyn Error>> {
        let own: HashMap<String, Vec<String>> =
            rows(&lists.join("countries.tsv"), 4)?.into_iter().map(|row| (row[0].clone(), row)).collect();
        let mut countries = HashMap::new();
        for row in rows(&input.join("countries.tsv"), 9)? {
            if CONTINENTS_ONLY.contains(&row[0].as_str()) {
                continue;
            }
            let parent = *continents.get(&row[3]).ok_or("a country without continent")?;
            let ours = own.get(&row[0]);
            let name = ours.map_or(&row[2], |own| &own[1]);
            let population = row[4].parse().unwrap_or(0);
            let prominence = (8 << 40) + u64::from(population);
            let mut place = Place::new(row[1].parse()?, name, PlaceKind::Country, parent, prominence);
            place.population = population;
            place.country = code(&row[0])?;
            if let (Ok(lat), Ok(lon)) = (row[5].parse(), row[6].parse()) {
                place.coordinates = (lat, lon);
            }
            let place = self.push(place);
            self.name(name, place, place_flags::MAIN);
            if let Some(own) = ours {
                self.list(&own[2], ',', place, place_flags::ALTERNATE);
                self.list(&own[3], ',', place, place_flags::DEMONYM);
            }
            self.name(&row[2], place, place_flags::ALTERNATE);
            self.list(&row[7], '|', place, place_flags::ALTERNATE);
            self.list(&row[8], '|', place, place_flags::ALTERNATE);
            countries.insert(row[0].clone(), place);
        }
        Ok(countries)
    }

    fn below_countries(
        &mut self,
        input: &Path,
        lists: &Path,
        people: &People,
        countries: &HashMap<String, u32>,
    ) -> Result<HashMap<String, u32>, Box<dyn Error>> {
        let cities = rows(&input.join("cities.tsv"), 8)?;
        let own_cities: HashMap<String, Vec<String>> =
            rows(&lists.join("cities.tsv"), 3)?.into_iter().map(|row| (row[0].clone(), row)).collect();
        let mut names_in: HashMap<String, BTreeMap<String, (u32, usize)>> = HashMap::new();
        let mut people_in: HashMap<String, u64> = HashMap::new();
        for (i, city) in cities.iter().enumerate() {
            let code = format!("{}.{}", city[2], city[3]);
            let population: u32 = city[6].parse()?;
            *people_in.entry(code.clone()).or_default() += u64::from(population);
            let shown = own_cities.get(&city[0]).map_or(&city[1], |own| &own[1]);
            for name in [&city[1], shown] {
                let inside = names_in.entry(code.clone()).or_default();
                let entry = inside.entry(fold_phrase(name)).or_insert((population, i));
                *entry = (*entry).max((population, i));
            }
        }
        let own: HashMap<String, Vec<String>> =
            rows(&lists.join("subdivisions.tsv"), 4)?.into_iter().map(|row| (row[0].clone(), row)).collect();
        let (mut subdivisions, mut by_iso) = (HashMap::new(), HashMap::new());
        // A subdivision that is a city (Kyiv, Beijing) is that city: code to row of the city.
        let mut cities_of_their_own: HashMap<String, usize> = HashMap::new();
        for row in rows(&input.join("subdivisions.tsv"), 6)? {
            let [id, name, iso, code, kind, others] = [0, 1, 2, 3, 4, 5].map(|column| row[column].as_str());
            let Some(&country) = code.get(..2).and_then(|iso| countries.get(iso)) else { continue };
            let ours = own.get(iso);
            let is_one = ours.is_some_and(|own| own[1].starts_with('='));
            let name = ours.map_or(name.to_owned(), |own| own[1].trim_start_matches('=').to_owned());
            let inside = names_in.get(code);
            let same = inside.and_then(|cities| {
                let found = |name: &str| cities.get(&fold_phrase(name)).copied();
                found(&name).or_else(|| others.split('|').filter_map(found).max())
            });
            let is_city = ["ity", "apital", "unicipal", "etropol"].iter().any(|part| kind.contains(part));
            if let Some((_, city)) = same.filter(|_| is_city || kind.is_empty() || is_one) {
                cities_of_their_own.insert(code.to_owned(), city);
                continue;
            }
            let kind_word = kind.split_whitespace().last().unwrap_or("").to_lowercase();
            let shown = match same {
                Some(_) if ours.is_none() && !kind_word.is_empty() => format!("{name} {kind_word}"),
                _ => name.clone(),
            };
            let n_people = people_in.get(code).copied().unwrap_or(0);
            // Half of its people: its largest city is meant more often than a subdivision of the same name.
            let mut place = Place::new(id.parse()?, &shown, PlaceKind::Subdivision, country, n_people / 2);
            place.population = n_people as u32;
            place.country = self.places[country as usize].country;
            if let Some((_, largest)) = inside.and_then(|cities| cities.values().max()) {
                place.coordinates = (cities[*largest][4].parse()?, cities[*largest][5].parse()?);
            }
            let place = self.push(place);
            self.name(&shown, place, place_flags::MAIN);
            let how = if same.is_some() { place_flags::ALTERNATE } else { place_flags::MAIN };
            if ours.is_none() {
                self.name(&name, place, how);
            }
            let bare = [&row[1]].into_iter().map(String::as_str).chain(others.split('|'));
            for other in bare.filter(|other| !other.is_empty()) {
                self.name(other, place, place_flags::ALTERNATE);
            }
            for generic in ["province", "region", "state", "governorate", "oblast", "district", "prefecture"] {
                if !name.ends_with(generic) {
                    self.name(&format!("{name} {generic}"), place, place_flags::ALTERNATE);
                }
            }
            if let Some(own) = ours {
                self.list(&own[2], ',', place, place_flags::MAIN);
                self.list(&own[3], ',', place, place_flags::DEMONYM);
            }
            subdivisions.insert(code.to_owned(), place);
            by_iso.insert(iso.to_owned(), place);
        }
        // Cities that stand for a subdivision first, so that the others can lie in them.
        let mut order: Vec<usize> = cities_of_their_own.values().copied().collect();
        order.sort_unstable();
        let first: BTreeSet<usize> = order.iter().copied().collect();
        order.extend((0..cities.len()).filter(|i| !first.contains(i)));
        let mut placed: HashMap<usize, u32> = HashMap::new();
        for i in order {
            let row = &cities[i];
            let Some(&country) = countries.get(&row[2]) else { continue };
            if row[1].starts_with("University") {
                // A campus with a post office.
                continue;
            }
            let code = format!("{}.{}", row[2], row[3]);
            let own_city = cities_of_their_own.get(&code).filter(|&&city| city != i).and_then(|c| placed.get(c));
            let parent = own_city.or(subdivisions.get(&code)).copied().unwrap_or(country);
            let population: u32 = row[6].parse()?;
            let ours = own_cities.get(&row[0]);
            let name = ours.map_or(&row[1], |own| &own[1]);
            let mut place = Place::new(row[0].parse()?, name, PlaceKind::City, parent, u64::from(population));
            place.population = population;
            place.country = self.places[country as usize].country;
            place.coordinates = (row[4].parse()?, row[5].parse()?);
            let place = self.push(place);
            placed.insert(i, place);
            if fold_phrase(name) == fold_phrase(&self.places[country as usize].name) {
                // "Singapore", "Luxembourg": the country is meant.
                continue;
            }
            self.name(name, place, place_flags::MAIN);
            self.name(&row[1], place, place_flags::MAIN);
            if let Some(own) = ours {
                self.list(&own[2], ',', place, place_flags::MAIN);
            }
            for other in row[7].split('|').filter(|other| !other.is_empty()) {
                let folded = fold_phrase(other);
                let bits = people.of(&folded);
                // "The Bank" is no city, whatever else somebody calls one so.
                let is_word = bits >> word_bits::SHARE_SHIFT != 0 || folded.starts_with("the ");
                let is_name = bits & (word_bits::GIVEN | word_bits::FAMILY) != 0;
                let is_strange = !begins_alike(&folded, &fold_phrase(name))
                    && (population < STRANGE_FROM || folded.chars().count() < 5)
                    && folded.is_ascii();
                if !(is_word || is_strange || is_name && population < ALTERNATE_OVER_NAME_FROM) {
                    self.name(other, place, place_flags::ALTERNATE);
                }
            }
        }
        Ok(by_iso)
    }

    fn regions(
        &mut self,
        lists: &Path,
        continents: &HashMap<String, u32>,
        countries: &HashMap<String, u32>,
        subdivisions: &HashMap<String, u32>,
    ) -> Result<(), Box<dyn Error>> {
        for row in rows(&lists.join("regions.tsv"), 5)? {
            let kind = match row[0].as_str() {
                "continent" => continue,
                "region" => PlaceKind::Region,
                "sea" => PlaceKind::Sea,
                "river" => PlaceKind::River,
                "lake" => PlaceKind::Lake,
                "mountain" => PlaceKind::Mountain,
                other => return Err(format!("unknown kind {other}").into()),
            };
            let parent = match row[3].strip_prefix('@') {
                Some(continent) => continents.get(continent),
                None if row[3].contains('-') => subdivisions.get(&row[3]),
                None => countries.get(&row[3]),
            };
            if parent.is_none() && !row[3].is_empty() {
                return Err(format!("`{}` lies nowhere", row[1]).into());
            }
            let parent = parent.copied().unwrap_or(NONE);
            // As prominent as a city of a million, so that "Kashmir" is the region and not a town.
            let mut place = Place::new(0, &row[1], kind, parent, 1_000_000);
            if parent != NONE {
                place.country = self.places[parent as usize].country;
            }
            let place = self.push(place);
            self.name(&row[1], place, place_flags::MAIN);
            self.list(&row[2], ',', place, place_flags::MAIN);
            self.list(&row[4], ',', place, place_flags::DEMONYM);
        }
        Ok(())
    }

    /// The most prominent place of a slug owns the plain key; the others say where they lie.
    fn own_keys(&mut self) {
        let mut order: Vec<usize> = (0..self.places.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(self.places[i].prominence), i));
        let mut taken = BTreeSet::new();
        for i in order {
            if taken.insert(slug(&self.places[i].name)) {
                self.places[i].flags |= place_flags::OWNS_PLAIN_KEY;
                continue;
            }
            let mut key = slug(&self.places[i].name);
            let mut at = self.places[i].parent;
            while at != NONE && self.places[at as usize].kind != PlaceKind::Continent {
                key = format!("{key}-{}", slug(&self.places[at as usize].name));
                at = self.places[at as usize].parent;
            }
            if taken.insert(key) {
                self.places[i].flags |= place_flags::OWNS_LONG_KEY;
            }
        }
    }

    pub(crate) fn table(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let mut postings: Vec<u32> = Vec::new();
        let mut builder = fst::MapBuilder::memory();
        for (name, entries) in &self.names {
            let mut entries: Vec<(u32, u8)> = entries.iter().copied().collect();
            entries.sort_by_key(|&(place, how)| {
                let by = self.places[place as usize].prominence;
                (self.rank(place, how), std::cmp::Reverse(by), place)
            });
            entries.truncate(MOST_CANDIDATES);
            let value = (postings.len() as u64) << 8 | entries.len() as u64;
            builder.insert(name, value)?;
            for accents in self.accents.get(name).into_iter().flatten() {
                builder.insert(format!("{name}{ACCENTS_SEPARATOR}{accents}"), value)?;
            }
            postings.extend(entries.iter().map(|&(place, how)| place << 2 | u32::from(how)));
        }
        let fst = builder.into_inner()?;
        let mut text = String::new();
        let mut offsets = vec![0u32];
        for place in &self.places {
            text.push_str(&place.name);
            offsets.push(text.len() as u32);
        }
        let mut table = b"DLPLACE1".to_vec();
        for n in [self.places.len(), postings.len(), text.len(), fst.len()] {
            table.extend((n as u32).to_le_bytes());
        }
        let places = &self.places;
        table.extend(places.iter().flat_map(|place| place.id.to_le_bytes()));
        table.extend(places.iter().flat_map(|place| place.parent.to_le_bytes()));
        table.extend(places.iter().flat_map(|place| place.population.to_le_bytes()));
        table.extend(places.iter().flat_map(|place| place.coordinates.0.to_le_bytes()));
        table.extend(places.iter().flat_map(|place| place.coordinates.1.to_le_bytes()));
        table.extend(offsets.iter().flat_map(|offset| offset.to_le_bytes()));
        table.extend(postings.iter().flat_map(|posting| posting.to_le_bytes()));
        table.extend(places.iter().flat_map(|place| place.country));
        table.extend(places.iter().map(|place| place.kind as u8));
        table.extend(places.iter().map(|place| place.flags));
        table.extend(text.as_bytes());
        table.extend(fst);
        eprintln!("{} places, {} names, {} postings", places.len(), self.names.len(), postings.len());
        Ok(table)
    }
}

impl Places {
    /// What a name means first: a country by any name or a place of note by its own, then a people, then
    /// the small places, then other names ("German" is no parish, "America" no village).
    fn rank(&self, place: u32, how: u8) -> u8 {
        let place = &self.places[place as usize];
        match how {
            _ if place.kind == PlaceKind::Country && how != place_flags::DEMONYM => 0,
            place_flags::MAIN if place.prominence >= NOTABLE_PROMINENCE => 0,
            place_flags::DEMONYM => 1,
            place_flags::MAIN => 2,
            _ => 3,
        }
    }
}

impl Place {
    fn new(id: u32, name: &str, kind: PlaceKind, parent: u32, prominence: u64) -> Self {
        let name = name.to_owned();
        let coordinates = (f32::NAN, f32::NAN);
        Self { id, parent, population: 0, coordinates, country: [0; 2], kind, flags: 0, name, prominence }
    }
}

/// Whether two folded names begin with letters that stand for one sound in some script.
fn begins_alike(one: &str, other: &str) -> bool {
    let sound = |name: &str| match name.bytes().next() {
        Some(b'c' | b'k' | b'q' | b'g') => b'k',
        Some(b'v' | b'w' | b'b') => b'v',
        Some(b'j' | b'y' | b'i' | b'x' | b's' | b'z') => b's',
        Some(b'a' | b'e' | b'o' | b'u') => b'a',
        Some(b'd' | b't') => b't',
        byte => byte.unwrap_or(0),
    };
    sound(one) == sound(other)
}

fn code(iso: &str) -> Result<[u8; 2], Box<dyn Error>> {
    iso.as_bytes().try_into().map_err(|_| format!("`{iso}` is no country code").into())
}
