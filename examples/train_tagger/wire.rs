//! Agency copy made by program: what no open set holds, in shapes of our own with names of all parts.
//!
//! Result lists, standings, line-ups, market reports, datelines, press digests, headings in capitals. The shapes
//! and most fillers stand in `wire/`; people are those of the training sets, places those of the gazetteer.
//! Letters in the shapes: P a person in full, S the surname, I initial and surname, F a given name; T a city,
//! C a country, V a square, street or stadium; K a club, k a club by its city alone, U a team with its city,
//! u without; B a company, N newspapers and stations, A agencies, G offices and institutions, Y parties,
//! M armed groups; D an adjective of a people, which is no name here.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use dateline::extract::gazetteer::{Gazetteer, PlaceKind};
use dateline::extract::tagger::label::Class;

use crate::corpus::{self, Document, Name};
use crate::guideline;
use crate::learn::Random;

const TEMPLATES: &str = include_str!("wire/templates.txt");
const FILLERS: &str = include_str!("wire/fillers.txt");

/// Cities that news names now and then have at least so many inhabitants, those in every other place more.
const SMALL_CITY: u32 = 20_000;
const LARGE_CITY: u32 = 300_000;

/// Short names of countries that news uses more than the gazetteer's own.
const COUNTRIES: &str = "Britain|U.S.|US|UK|Russia|China|France|Germany|Italy|Spain|Japan|India|Australia|South Africa|\
                         Brazil|Argentina|Mexico|Canada|Israel|Iran|Iraq|Egypt|Turkey|Ukraine|Poland|Kenya|Nigeria|\
                         Pakistan|England|Scotland|Wales|Northern Ireland|Yugoslavia|Czech Republic|Zaire|Burma|\
                         South Korea|North Korea|Saudi Arabia|UAE|Netherlands|Sweden|Norway|Denmark|Switzerland";

/// Syllables of invented companies.
const SYLLABLES: &str = "al ar bel bor can cor da del dex ex fer fin gal gen hal in ka kel lan lex lin lo mar mat med \
                         mil mon nex no nor on or pan per pol qua ra ren ro sa san sil so sol ta tec tel ter tor tra \
                         uni va vel ver vi vo xen za zen zor";

/// Names to fill shapes with.
pub(crate) struct Wire {
    fillers: BTreeMap<&'static str, Vec<&'static str>>,
    people: Vec<String>,
    large_cities: Vec<String>,
    cities: Vec<String>,
    countries: Vec<String>,
    random: Random,
}

/// What a document has filled so far: by letter and number.
type Filled = BTreeMap<(char, char), String>;

/// Text with the ranges of its names.
#[derive(Default)]
struct Marked {
    text: String,
    names: Vec<(std::ops::Range<usize>, Class)>,
}

impl Wire {
    /// Gathers the names; people from documents that may be learnt from.
    pub(crate) fn new<'a>(
        documents: impl Iterator<Item = &'a Document>,
        gazetteer: &Gazetteer,
        seed: u64,
    ) -> Result<Self> {
        let mut fillers = BTreeMap::new();
        for line in FILLERS.lines().filter(|line| !line.starts_with('#')) {
            let (name, rest) = line.split_once(": ").with_context(|| format!("no name in `{line}`"))?;
            let separator = if name == "U" { " ; " } else { " | " };
            fillers.insert(name, rest.split(separator).collect());
        }
        let mut people = BTreeSet::new();
        for document in documents {
            for &(start, end, _) in document
                .names
                .iter()
                .filter(|(start, end, class)| *class == Class::Person && (2..=4).contains(&(end - start)))
            {
                let range = document.gold_tokens[start].start..document.gold_tokens[end - 1].end;
                people.extend(document.text.get(range).filter(|name| is_full_name(name)).map(str::to_owned));
            }
        }
        let of_size = |least| gazetteer.place_names(PlaceKind::City, least).map(str::to_owned).collect();
        let countries = gazetteer.place_names(PlaceKind::Country, 0).chain(COUNTRIES.split('|').cycle().take(400));
        Ok(Self {
            fillers,
            people: people.into_iter().collect(),
            large_cities: of_size(LARGE_CITY),
            cities: of_size(SMALL_CITY),
            countries: countries.map(str::to_owned).collect(),
            random: Random(seed | 1),
        })
    }

    /// Fills every shape `n` times.
    pub(crate) fn documents(&mut self, n: usize) -> Result<Vec<Document>> {
        let shapes: Vec<Vec<&str>> = TEMPLATES
            .split("----\n")
            .map(|shape| shape.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect())
            .collect();
        let mut documents = Vec::new();
        for _ in 0..n {
            for shape in &shapes {
                documents.push(self.document(shape)?);
            }
        }
        Ok(documents)
    }

    fn document(&mut self, shape: &[&str]) -> Result<Document> {
        let mut filled = Filled::new();
        let mut marked = Marked::default();
        // Wire copy comes in lines, in paragraphs, and run together by whatever passed it on.
        let glue = ["\n", "\n\n", " ", " "][self.below(4)];
        let mut dateline: Option<&str> = None;
        for line in shape {
            let is_dateline = line.starts_with("{T") && line.ends_with("{date}");
            if is_dateline && self.below(2) == 0 {
                dateline = Some(self.one_of(&DATELINES));
                continue;
            }
            let joined;
            let line = match dateline.take() {
                Some(dateline) => {
                    joined = [dateline, line].concat();
                    &joined.as_str()
                }
                None => line,
            };
            let (is_loud, line) = line.strip_prefix('^').map_or((false, *line), |rest| (true, rest));
            let (n_rows, line) = self.rows(line)?;
            for _ in 0..n_rows {
                if !marked.text.is_empty() {
                    marked.text.push_str(glue);
                }
                self.fill(line, is_loud, &mut filled, &mut marked)?;
            }
        }
        let mut gold_tokens = Vec::new();
        let mut names: Vec<Name> = Vec::new();
        for (range, class) in marked.names {
            names.push((gold_tokens.len(), gold_tokens.len() + 1, class));
            gold_tokens.push(range);
        }
        Ok(corpus::running_document(marked.text, gold_tokens, names))
    }

    fn rows<'a>(&mut self, line: &'a str) -> Result<(usize, &'a str)> {
        let Some((bounds, rest)) = line.strip_prefix('*').and_then(|line| line.split_once(' ')) else {
            return Ok((1, line));
        };
        let Some((least, most)) = bounds.split_once('-') else { return Ok((1, line)) };
        let (least, most): (usize, usize) = (least.parse()?, most.parse()?);
        Ok((least + self.below(most - least + 1), rest))
    }

    fn fill(&mut self, line: &str, is_loud: bool, filled: &mut Filled, marked: &mut Marked) -> Result<()> {
        let mut push = |text: &str, is_loud: bool, class: Option<Class>| {
            let start = marked.text.len();
            if is_loud {
                marked.text.extend(text.chars().flat_map(char::to_uppercase));
            } else {
                marked.text.push_str(text);
            }
            marked.names.extend(class.map(|class| (start..marked.text.len(), class)));
        };
        for (i, part) in line.split(['{', '}']).enumerate() {
            if i % 2 == 0 {
                push(part, is_loud, None);
                continue;
            }
            let (slot, is_loud) = part.strip_suffix('^').map_or((part, is_loud), |slot| (slot, true));
            let mut chars = slot.chars();
            match (chars.next(), chars.next(), chars.next()) {
                (Some(letter), number, None) if class_of(letter).is_some() || letter == 'D' => {
                    let name = self.name(letter, number, filled)?;
                    push(&name, is_loud, class_of(letter));
                }
                _ if slot == "state" => push(&self.filler(slot)?, is_loud, Some(Class::Place)),
                _ => push(&self.detail(slot)?, is_loud, None),
            }
        }
        Ok(())
    }

    /// The name for a slot: that of the number, or a new one.
    fn name(&mut self, letter: char, number: Option<char>, filled: &mut Filled) -> Result<String> {
        // Surnames and teams without their city follow the name in full.
        let source = match letter {
            'S' | 'I' | 'F' => 'P',
            'u' => 'U',
            other => other,
        };
        let known = number.and_then(|number| filled.get(&(source, number)).cloned());
        let full = match known {
            Some(full) => full,
            None => {
                let full = self.new_name(source)?;
                if let Some(number) = number {
                    filled.insert((source, number), full.clone());
                }
                full
            }
        };
        Ok(match letter {
            'S' => surname(&full).to_owned(),
            'F' => full.split(' ').next().unwrap_or_default().to_owned(),
            'I' => format!("{}. {}", full.chars().next().unwrap_or('A'), surname(&full)),
            'U' => full.replace('|', " "),
            'u' => full.split_once('|').map_or_else(|| full.clone(), |(_, nick)| nick.to_owned()),
            _ => full,
        })
    }

    fn new_name(&mut self, letter: char) -> Result<String> {
        let at = |list: &[String], draw: usize| list[draw % list.len()].clone();
        let draw = self.below(usize::MAX);
        Ok(match letter {
            'P' => at(&self.people, draw),
            'C' => at(&self.countries, draw),
            'T' if draw % 10 < 7 => at(&self.large_cities, draw / 10),
            'T' => at(&self.cities, draw / 10),
            'K' if draw % 10 < 3 => at(&self.large_cities, draw / 10),
            'B' if draw % 10 < 4 => self.company(),
            'V' if draw % 10 < 4 => format!("{} {}", at(&self.cities, draw / 10), self.one_of(&PLACE_HEADS)),
            _ => self.filler(&letter.to_string())?,
        })
    }

    fn company(&mut self) -> String {
        let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
        let stem = match self.below(4) {
            0 => surname(&self.people[self.random.next() as usize % self.people.len()]).to_owned(),
            _ => {
                let stem: String = (0..2 + self.below(2)).map(|_| self.one_of(&syllables)).collect();
                stem[..1].to_uppercase() + &stem[1..]
            }
        };
        let suffixes = self.fillers.get("suffix").cloned().unwrap_or_default();
        // Few by one word alone: else every unknown word would look like a company.
        match self.below(6) {
            0 => stem,
            1..=3 => format!("{stem} {}", self.one_of(&suffixes)),
            _ => format!(
                "{stem} {} {}",
                self.one_of(&["Energy", "Steel", "Bank", "Media", "Mining"]),
                self.one_of(&suffixes)
            ),
        }
    }

    fn detail(&mut self, slot: &str) -> Result<String> {
        const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        Ok(match slot {
            "n" => (1 + self.below(9)).to_string(),
            "nn" => (10 + self.below(90)).to_string(),
            "nnn" => (100 + self.below(900)).to_string(),
            "y" => (1950 + self.below(75)).to_string(),
            "day" => self.one_of(&DAYS).to_owned(),
            "month" => self.one_of(&MONTHS).to_owned(),
            "date" => format!("{}-{:02}-{:02}", 1996 + self.below(28), 1 + self.below(12), 1 + self.below(28)),
            "tick" => {
                let letters: String = (0..3 + self.below(2)).map(|_| (b'A' + self.below(26) as u8) as char).collect();
                format!("{letters}.{}", self.one_of(&["L", "N", "O", "T", "HK", "PA", "F"]))
            }
            other => self.filler(other)?,
        })
    }

    fn filler(&mut self, name: &str) -> Result<String> {
        let Some(list) = self.fillers.get(name).cloned() else { bail!("the shapes ask for `{name}`") };
        Ok(self.one_of(&list).to_owned())
    }

    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.random.next() >> 8) as usize % bound
    }
}

/// How agencies and papers begin, where it is not place and date on a line of their own.
const DATELINES: [&str; 12] = [
    "{T1^}, {month} {nn} ({A}) - ",
    "{T1^}, {C1} ({A}) -- ",
    "{T1^} ({A}) - ",
    "{T1^} - ",
    "{T1^} -- ",
    "{T1^}: ",
    "{T1^}, {C1} — ",
    "{T1^}, {state} - ",
    "{T1^}, {state} ({A}) — ",
    "{T1^}, {month} {nn}. /{A}/. ",
    "{T1}, {month} {nn} ({A}) ",
    "{T1}: ",
];

/// Heads of names of places in towns.
const PLACE_HEADS: [&str; 8] = ["Stadium", "Square", "Airport", "Park", "Road", "Street", "Hospital", "Bridge"];

fn class_of(letter: char) -> Option<Class> {
    match letter {
        'P' | 'S' | 'I' | 'F' => Some(Class::Person),
        'T' | 'C' | 'V' => Some(Class::Place),
        'K' | 'k' | 'U' | 'u' | 'B' | 'N' | 'A' | 'G' | 'Y' | 'M' => Some(Class::Org),
        _ => None,
    }
}

/// Whether a name is one of given and family name, without marks that a shape could trip over.
fn is_full_name(name: &str) -> bool {
    // Some sets take titles into names, which would teach them here.
    let has_title = name.split(' ').any(|word| guideline::is_title(&word.to_lowercase()));
    !has_title
        && name.starts_with(char::is_uppercase)
        && name.contains(char::is_lowercase)
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.'))
        && !name.contains(" - ")
        && !name.ends_with('.')
}

/// The last word of a name, with the particles before it.
fn surname(full: &str) -> &str {
    let mut start = full.rfind(' ').map_or(0, |at| at + 1);
    while let Some(at) = full[..start].trim_end().rfind(' ') {
        if !full[at + 1..].starts_with(char::is_lowercase) {
            break;
        }
        start = at + 1;
    }
    &full[start..]
}
