//! News that nobody wrote: as many articles as asked for, always the same ones.
//!
//! For measuring and for tests that need many files; says nothing of quality. Words follow Zipf's law
//! (the word of rank r comes up about as often as 1/r), names, places, organisations and figures stand
//! in sentences of a news story, so that reading, extraction and search have real work to do.

#![allow(dead_code, reason = "each crate that includes the generator uses a part of it")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

/// One article.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) title: String,
    /// ISO 8601.
    pub(crate) date: String,
    pub(crate) source: &'static str,
    pub(crate) author: String,
    pub(crate) body: String,
}

/// The article with this number. Another edition of it has another text under the same headline.
pub(crate) fn story(number: u64, edition: u64) -> Story {
    let mut about = Dice::new(number.wrapping_mul(0x9e37_79b9).wrapping_add(7));
    let (person, other) = (name(&mut about), name(&mut about));
    let (place, org) = (*about.one_of(&PLACES), *about.one_of(&ORGS));
    let (noun, topic) = (*about.one_of(&COUNTED), word(&mut about));
    let title = match about.below(4) {
        0 => format!("{org} faces {topic} inquiry in {place}, number {number}"),
        1 => format!("{person} calls for {topic} after {place} talks, number {number}"),
        2 => format!("Hundreds of {noun} counted in {place} {topic}, number {number}"),
        _ => format!("{place} and {org} agree on {topic}, number {number}"),
    };
    let date = format!("20{:02}-{:02}-{:02}", 10 + about.below(16), 1 + about.below(12), 1 + about.below(28));
    let source = *about.one_of(&SOURCES);
    let author = name(&mut about);

    let mut dice = Dice::new(number ^ edition.wrapping_mul(0x517c_c1b7_2722_0a95));
    let mut body = String::new();
    let n_paragraphs = 4 + dice.below(8);
    for paragraph in 0..n_paragraphs {
        if paragraph > 0 {
            body.push_str("\n\n");
        }
        for sentence in 0..2 + dice.below(3) {
            if sentence > 0 {
                body.push(' ');
            }
            let figures = (1 + dice.below(900), 1 + dice.below(97), dice.below(10));
            let filler = words(&mut dice, 6, 14);
            let (n, share, tenth) = figures;
            let text = match dice.below(9) {
                0 => format!("{person} said on Tuesday that {filler}."),
                1 => format!("More than {n} {noun} were counted in {place}, where {filler}."),
                2 => format!("{org} put the cost at ${n}.{tenth} million, up {share}.{tenth} percent, as {filler}."),
                3 => format!("\"{}{}\", {other} told reporters in {place}.", filler[..1].to_uppercase(), &filler[1..]),
                4 => format!("About {share} percent of the {noun} had left {place} by then, {org} said."),
                5 => format!("Talks between {person} and {other} lasted {} hours; {filler}.", 2 + share % 9),
                6 => format!("Between {n} and {} {noun} are still waiting, and {filler}.", n + 40),
                _ => format!("{}{}.", filler[..1].to_uppercase(), &filler[1..]),
            };
            body.push_str(&text);
        }
    }
    Story { title, date, source, author, body }
}

/// Writes an article as a plain text file.
pub(crate) fn write_text(path: &Path, story: &Story) -> io::Result<()> {
    let Story { title, date, source, author, body } = story;
    fs::write(path, format!("{title}\n\nBy {author}\n{source}\n{date}\n\n{body}\n"))
}

/// Writes articles as files of their own, a thousand to a folder.
pub(crate) fn write_texts(folder: &Path, n_articles: u64) -> io::Result<()> {
    for number in 0..n_articles {
        let below = folder.join(format!("{:04}", number / 1000));
        if number % 1000 == 0 {
            fs::create_dir_all(&below)?;
        }
        write_text(&below.join(format!("{number:07}.txt")), &story(number, 0))?;
    }
    Ok(())
}

/// Writes articles as JSON Lines, ten thousand to a file.
pub(crate) fn write_lines(folder: &Path, n_articles: u64) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut number = 0;
    while number < n_articles {
        let file = folder.join(format!("part-{:04}.jsonl", number / 10_000));
        let mut output = BufWriter::new(File::create(file)?);
        for _ in 0..10_000.min(n_articles - number) {
            let Story { title, date, source, author, body } = story(number, 0);
            let line = serde_json::json!({
                "id": format!("gen-{number:08}"), "title": title, "date": date, "source": source,
                "author": author, "body": body,
            });
            serde_json::to_writer(&mut output, &line)?;
            output.write_all(b"\n")?;
            number += 1;
        }
        output.flush()?;
    }
    Ok(())
}

/// Bytes of all files below a folder.
pub(crate) fn n_bytes(folder: &Path) -> io::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        sum += if metadata.is_dir() { n_bytes(&entry.path())? } else { metadata.len() };
    }
    Ok(sum)
}

/// SplitMix64: fast, good enough, the same everywhere.
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub(crate) fn throw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `n` - 1.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.throw() % n.max(1)
    }

    /// From 0 to 1, without 1.
    fn share(&mut self) -> f64 {
        (self.throw() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn one_of<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        // The first are the most frequent.
        &from[rank(self.share(), from.len())]
    }
}

/// Zipf's law with exponent 1: the logarithm of the rank is even.
fn rank(share: f64, n: usize) -> usize {
    let rank = ((n as f64 + 1.0).powf(share) - 1.0) as usize;
    rank.min(n - 1)
}

/// As many different words as a few years of one newspaper have.
const VOCABULARY: usize = 60_000;

fn word(dice: &mut Dice) -> String {
    let rank = rank(dice.share(), VOCABULARY);
    if let Some(word) = FREQUENT.get(rank) {
        return (*word).to_owned();
    }
    let mut rest = rank - FREQUENT.len();
    let mut word = String::new();
    loop {
        let (onset, vowel) = (rest % ONSETS.len(), rest / ONSETS.len() % VOWELS.len());
        word.push_str(ONSETS[onset]);
        word.push_str(VOWELS[vowel]);
        rest /= ONSETS.len() * VOWELS.len();
        if rest == 0 {
            break;
        }
    }
    word.push_str(CODAS[rank % CODAS.len()]);
    word
}

fn words(dice: &mut Dice, least: u64, most: u64) -> String {
    let mut text = String::new();
    for at in 0..least + dice.below(most - least + 1) {
        if at > 0 {
            text.push(' ');
        }
        let word = word(dice);
        write!(text, "{word}").expect("strings take everything");
    }
    text
}

fn name(dice: &mut Dice) -> String {
    format!("{} {}", dice.one_of(&GIVEN), dice.one_of(&FAMILY))
}

const ONSETS: [&str; 14] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st"];
const VOWELS: [&str; 6] = ["a", "e", "i", "o", "u", "ai"];
const CODAS: [&str; 8] = ["n", "r", "l", "t", "ment", "ing", "s", "x"];

const FREQUENT: [&str; 96] = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "for",
    "was",
    "on",
    "with",
    "it",
    "by",
    "as",
    "had",
    "from",
    "its",
    "would",
    "after",
    "which",
    "not",
    "been",
    "were",
    "more",
    "before",
    "officials",
    "government",
    "people",
    "over",
    "new",
    "could",
    "about",
    "talks",
    "year",
    "week",
    "country",
    "police",
    "court",
    "bank",
    "market",
    "company",
    "minister",
    "ceasefire",
    "election",
    "storm",
    "strike",
    "border",
    "budget",
    "rates",
    "prices",
    "trade",
    "growth",
    "workers",
    "union",
    "vote",
    "leader",
    "party",
    "city",
    "region",
    "report",
    "plan",
    "deal",
    "inquiry",
    "attack",
    "hospital",
    "school",
    "river",
    "bridge",
    "power",
    "energy",
    "oil",
    "gas",
    "water",
    "harvest",
    "drought",
    "flood",
    "fire",
    "rescue",
    "trial",
    "fraud",
    "verdict",
    "appeal",
    "prison",
    "exchange",
    "army",
    "drone",
    "missile",
    "peace",
    "aid",
    "refugees",
    "camp",
    "island",
    "harbour",
    "airport",
    "railway",
    "tariff",
    "shares",
];

const GIVEN: [&str; 20] = [
    "John", "Maria", "David", "Anna", "Ahmed", "Elena", "James", "Fatima", "Peter", "Olena", "Carlos", "Ingrid",
    "Samuel", "Grace", "Hiroshi", "Mei", "Kwame", "Lucia", "Oskar", "Nadia",
];
const FAMILY: [&str; 24] = [
    "Smith",
    "Garcia",
    "Novak",
    "Petrov",
    "Hassan",
    "Tanaka",
    "Mueller",
    "Okafor",
    "Rossi",
    "Kowalski",
    "Jensen",
    "Dubois",
    "Silva",
    "Andersson",
    "Kim",
    "Nguyen",
    "Shevchenko",
    "Papadopoulos",
    "Haddad",
    "Moreau",
    "Brandt",
    "Castillo",
    "Lindgren",
    "Osei",
];
const PLACES: [&str; 24] = [
    "London",
    "Kyiv",
    "Paris",
    "Berlin",
    "Washington",
    "Moscow",
    "Beijing",
    "Tokyo",
    "Cairo",
    "Nairobi",
    "Delhi",
    "Sydney",
    "Madrid",
    "Rome",
    "Warsaw",
    "Ankara",
    "Lagos",
    "Jakarta",
    "Lima",
    "Oslo",
    "Geneva",
    "Athens",
    "Dublin",
    "Vienna",
];
const ORGS: [&str; 16] = [
    "the United Nations",
    "the European Union",
    "the World Bank",
    "Northfield Energy",
    "Harrow Motors",
    "NATO",
    "the Red Cross",
    "Calder Holdings",
    "Port Authority",
    "Unity Party",
    "Meridian Airlines",
    "the Health Ministry",
    "Tallis Group",
    "the Labour Federation",
    "Orchard Bank",
    "the Film Board",
];
const COUNTED: [&str; 16] = [
    "people",
    "soldiers",
    "workers",
    "prisoners",
    "homes",
    "votes",
    "jobs",
    "refugees",
    "ships",
    "schools",
    "drones",
    "passengers",
    "farmers",
    "patients",
    "vehicles",
    "students",
];
const SOURCES: [&str; 6] =
    ["North Sea Wire", "Harbor Courier", "Eastgate Herald", "Cascade Ledger", "The Meridian Post", "Old Town Gazette"];
