//! Measures the grammar on sentences written and annotated for this project
//! (`tests/gold/figures.jsonl`): precision and recall per kind, of the value alone and of value with unit
//! and noun.
//!
//! A gold figure is found when a figure of the same kind overlaps it and has its value. Of sentences marked
//! `quantities` nothing else is annotated, but what befell the people counted.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{find, find_in};
use crate::figure::{Figure, Outcome};

static SENTENCES: &str = include_str!("../../../tests/gold/figures.jsonl");

/// Least share of values found, and of found values right, over all kinds.
const VALUE_FLOOR: f64 = 0.95;
/// The same with unit and noun.
const UNIT_FLOOR: f64 = 0.90;
/// Least share of bounds, and of directions, right among values found.
const MARK_FLOOR: f64 = 0.95;
/// Least share right of the outcomes found.
const OUTCOME_PRECISION: f64 = 0.95;
/// Least share found of the outcomes that the texts tell.
const OUTCOME_RECALL: f64 = 0.80;
/// Most texts without a quantity that may be given one.
const FALSE_ALARM_CEILING: f64 = 0.03;

#[derive(Default)]
struct Tally {
    gold: usize,
    found: usize,
    value: usize,
    unit: usize,
    bound: usize,
    change: usize,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.gold += other.gold;
        self.found += other.found;
        self.value += other.value;
        self.unit += other.unit;
        self.bound += other.bound;
        self.change += other.change;
    }

    fn line(&self, name: &str) -> String {
        let share = |part: usize, whole: usize| if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 };
        format!(
            "{name:<9} {:>4} {:>4}  {:>5.1} {:>5.1}  {:>5.1} {:>5.1}  {:>5.1} {:>5.1}",
            self.gold,
            self.found,
            share(self.value, self.found),
            share(self.value, self.gold),
            share(self.unit, self.found),
            share(self.unit, self.gold),
            share(self.bound, self.value),
            share(self.change, self.value),
        )
    }
}

/// How many outcomes the texts tell, were found, and were found right.
#[derive(Default)]
struct Outcomes {
    gold: usize,
    found: usize,
    right: usize,
}

struct Gold {
    start: usize,
    end: usize,
    row: Value,
}

impl Gold {
    fn all(text: &str, row: &Value) -> Vec<Gold> {
        let mut from = 0;
        let mut all = Vec::new();
        for row in row["figures"].as_array().expect("a list") {
            let surface = row["text"].as_str().expect("a surface");
            let start = from + text[from..].find(surface).unwrap_or_else(|| panic!("{surface:?} stands in {text:?}"));
            from = start + surface.len();
            all.push(Gold { start, end: from, row: row.clone() });
        }
        all
    }

    fn has_value_of(&self, figure: &Figure) -> bool {
        let close = |key: &str, value: f64| {
            let gold = self.row[key].as_f64().expect("a number");
            (gold - value).abs() <= 1e-9 + gold.abs() * 1e-6
        };
        let overlaps = (figure.span.start as usize) < self.end && self.start < figure.span.end as usize;
        overlaps && self.row["kind"] == figure.kind.name() && close("low", figure.low) && close("high", figure.high)
    }
}

/// What the sentences have to hold, by words of theirs: each way of writing a quantity, each number that is none.
const COVERED: &[&str] = &[
    "$60k",
    "8.9m ",
    "14 mn ",
    "$1.2bn",
    "1.1tn",
    " lakh",
    " crore",
    "dozen",
    "1,25,00,000",
    "1.250,50",
    "7,3 %",
    "A$",
    "C$",
    "HK$",
    "NZ$",
    "S$",
    "US$",
    "Rs ",
    "₹",
    " pence",
    " cents",
    "basis points",
    "percentage points",
    "GB ",
    "terabyte",
    "megajoule",
    "kWh",
    "gigawatt",
    "horsepower",
    "barrels per day",
    "a barrel",
    "megabits per second",
    "aged ",
    "year-old",
    "years of age",
    "in his 60s",
    "over 50",
    "both 29",
    "737 MAX",
    "G7",
    "5G",
    "ovid-19",
    "No 10 Downing Street",
    "9/11",
    "Flight 370",
    "Apollo 11",
    "020 7946",
    "Section 230",
    "Mill Lane",
    "2-1",
    "52-48",
    "votes to",
    "M25",
    "F-16",
    "Article 5",
    "dozens",
    "Tens of thousands",
    "everal hundred",
    "Half a million",
    "two-thirds",
    "a tenth",
    "One and a half",
    "one in",
    "voter in two",
    "out of three",
    "between ",
    "$5-8,000",
    "£3m",
    "at least",
    "more than",
    "up to",
    "nearly",
    "fewer than",
    "rose",
    "fell",
    "doubled",
    "by a third",
    "twice as",
    "per 100,000",
    "magnitude",
    "minus ",
    "27-nation",
    "dead",
    "Group of Seven",
];

#[test]
fn gold_covers_every_kind_and_trap() {
    let missing: Vec<&str> = COVERED.iter().copied().filter(|words| !SENTENCES.contains(words)).collect();
    assert!(missing.is_empty(), "no gold sentence has {missing:?}");
}

#[test]
fn gold_sentences_are_read_right() {
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut n_texts, mut n_without, mut n_alarms) = (0, 0, 0);
    let mut outcomes = Outcomes::default();
    let mut wrong = Vec::new();
    for line in SENTENCES.lines() {
        let row: Value = serde_json::from_str(line).expect("a JSON line");
        let text = row["text"].as_str().expect("a text");
        let gold = Gold::all(text, &row);
        let mut figures = row["lang"].as_str().map_or_else(|| find(text), |language| find_in(text, language));
        if row["quantities"] == true {
            figures.retain(|figure| figure.kind.is_quantity());
        }
        n_texts += 1;
        let is_quantity =
            |gold: &Gold| !matches!(gold.row["kind"].as_str(), Some("date" | "ordinal" | "score" | "name"));
        if !gold.iter().any(is_quantity) {
            n_without += 1;
            n_alarms += usize::from(figures.iter().any(|figure| figure.kind.is_quantity()));
        }
        for figure in &figures {
            kinds.entry(figure.kind.name().to_owned()).or_default().found += 1;
        }
        for gold in &gold {
            let tally = kinds.entry(gold.row["kind"].as_str().expect("a kind").to_owned()).or_default();
            tally.gold += 1;
            let Some(at) = figures.iter().position(|figure| gold.has_value_of(figure)) else {
                wrong.push(format!("missed {} in {text:?}: {figures:?}", gold.row));
                continue;
            };
            let figure = figures.remove(at);
            let unit = gold.row["unit"].as_str() == figure.unit.as_deref();
            let noun = gold.row["noun"].as_str() == figure.noun.as_deref();
            let bound = gold.row["bound"] == figure.bound.symbol();
            let change = gold.row["change"] == figure.change.name();
            tally.value += 1;
            tally.unit += usize::from(unit && noun);
            tally.bound += usize::from(bound);
            tally.change += usize::from(change);
            let mut outcome = true;
            if let Some(told) = gold.row.get("outcome") {
                let found = figure.outcome.map(Outcome::name);
                outcome = told.as_str() == found;
                outcomes.gold += usize::from(told.is_string());
                outcomes.found += usize::from(found.is_some());
                outcomes.right += usize::from(outcome && found.is_some());
            }
            if !(unit && noun && bound && change && outcome) {
                wrong.push(format!("{} in {text:?}: {figure:?}", gold.row));
            }
        }
        wrong.extend(figures.iter().map(|figure| format!("too many in {text:?}: {figure:?}")));
    }
    let mut all = Tally::default();
    println!("kind      gold found  value P/R    +unit P/R    bound change");
    for (kind, tally) in &kinds {
        println!("{}", tally.line(kind));
        all.add(tally);
    }
    println!("{}", all.line("all"));
    println!("outcomes: {} told, {} found, {} of these right", outcomes.gold, outcomes.found, outcomes.right);
    println!("{n_texts} texts; quantities in {n_alarms} of {n_without} texts without any\n{}", wrong.join("\n"));

    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    assert!(n_texts >= 400);
    assert!(share(all.value, all.found) >= VALUE_FLOOR && share(all.value, all.gold) >= VALUE_FLOOR);
    assert!(share(all.unit, all.found) >= UNIT_FLOOR && share(all.unit, all.gold) >= UNIT_FLOOR);
    assert!(share(all.bound, all.value) >= MARK_FLOOR && share(all.change, all.value) >= MARK_FLOOR);
    assert!(share(outcomes.right, outcomes.found) >= OUTCOME_PRECISION);
    assert!(share(outcomes.right, outcomes.gold) >= OUTCOME_RECALL);
    assert!(share(n_alarms, n_without) <= FALSE_ALARM_CEILING);
    for (kind, tally) in kinds.iter().filter(|(_, tally)| tally.gold >= 10) {
        assert!(
            share(tally.value, tally.gold) >= UNIT_FLOOR && share(tally.value, tally.found) >= UNIT_FLOOR,
            "{kind}"
        );
    }
}
