//! Names in running text against gold, through the binary: agency copy in English, short news in other languages.
//!
//! Prints precision and recall for each kind, and holds them above a floor a little below what the committed model
//! reaches, so that a worse one does not pass unseen.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::env::{TestEnv, repository};

/// A name: first byte, one past its last byte, kind.
type Name = (usize, usize, &'static str);

/// Kinds in the order in which they are printed.
const KINDS: [&str; 3] = ["person", "place", "org"];

/// Text with its names, and names that count neither way.
#[derive(Default)]
struct Gold {
    text: String,
    names: BTreeSet<Name>,
    free: Vec<(usize, usize)>,
}

/// Right, gold and found names.
#[derive(Clone, Copy, Default)]
struct Tally {
    n_right: usize,
    n_gold: usize,
    n_found: usize,
}

impl Tally {
    fn precision(self) -> f64 {
        100.0 * self.n_right as f64 / self.n_found.max(1) as f64
    }

    fn recall(self) -> f64 {
        100.0 * self.n_right as f64 / self.n_gold.max(1) as f64
    }

    fn f1(self) -> f64 {
        200.0 * self.n_right as f64 / (self.n_gold + self.n_found).max(1) as f64
    }
}

/// Texts of a gold file, parted by lines of dashes; lines that begin with `# ` are comments.
fn texts(name: &str) -> Vec<String> {
    let path = repository().join("tests/gold").join(name);
    let file = std::fs::read_to_string(path).expect("the gold is there");
    let lines = |part: &str| part.lines().filter(|line| !line.starts_with("# ")).collect::<Vec<_>>().join("\n");
    file.split("----\n").map(lines).collect()
}

fn unmark(marked: &str) -> Gold {
    let mut gold = Gold::default();
    for (i, part) in marked.split(['{', '}']).enumerate() {
        if i % 2 == 0 {
            gold.text.push_str(part);
            continue;
        }
        let (mark, name) = part.split_once(':').unwrap_or_else(|| panic!("`{part}` has no kind"));
        let span = (gold.text.len(), gold.text.len() + name.len());
        gold.text.push_str(name);
        let kind = match mark {
            "P" => "person",
            "L" => "place",
            "O" => "org",
            _ => {
                gold.free.push(span);
                continue;
            }
        };
        let (start, end) = trimmed(&gold.text, span.0, span.1);
        gold.names.insert((start, end, kind));
    }
    gold
}

/// Without a leading article and a trailing possessive.
fn trimmed(text: &str, mut start: usize, mut end: usize) -> (usize, usize) {
    for article in ["the ", "The ", "THE ", "a ", "an "] {
        if text[start..end].starts_with(article) {
            start += article.len();
        }
    }
    for possessive in ["'s", "’s"] {
        if text[start..end].ends_with(possessive) {
            end -= possessive.len();
        }
    }
    (start, end)
}

/// Names that `dateline extract --jsonl` finds in each text.
fn extract(golds: &[Gold], languages: &[Option<&str>]) -> Vec<BTreeSet<Name>> {
    let mut input = String::new();
    for (gold, language) in golds.iter().zip(languages) {
        let record = json!({ "id": "gold", "text": gold.text, "language": language });
        let _ = writeln!(input, "{record}");
    }
    let output = TestEnv::new().run_with_input(["extract", "--jsonl"], input.as_bytes());
    output.code(0).stderr("");
    let rows: Vec<Value> = output.json().into_iter().filter(|row| row["type"] == "extraction").collect();
    assert_eq!(rows.len(), golds.len());
    let number = |value: &Value| value.as_u64().expect("offsets are numbers") as usize;
    let names = |(gold, row): (&Gold, &Value)| {
        let mentions = row["mentions"].as_array().expect("mentions are a list");
        let of_kind = mentions.iter().filter_map(|mention| {
            let kind = KINDS.iter().find(|&&kind| mention["kind"] == kind)?;
            let (start, end) = trimmed(&gold.text, number(&mention["start"]), number(&mention["end"]));
            let is_free = gold.free.iter().any(|&(from, to)| start < to && from < end);
            (!is_free || gold.names.contains(&(start, end, *kind))).then_some((start, end, *kind))
        });
        of_kind.collect()
    };
    golds.iter().zip(&rows).map(names).collect()
}

/// Tallies of each kind.
fn score(golds: &[Gold], found: &[BTreeSet<Name>]) -> [Tally; 3] {
    let mut tallies = [Tally::default(); 3];
    for (gold, found) in golds.iter().zip(found) {
        for (tally, kind) in tallies.iter_mut().zip(KINDS) {
            let of_kind = |names: &BTreeSet<Name>| names.iter().filter(|name| name.2 == kind).count();
            tally.n_gold += of_kind(&gold.names);
            tally.n_found += of_kind(found);
            tally.n_right += found.iter().filter(|&name| name.2 == kind && gold.names.contains(name)).count();
        }
    }
    tallies
}

fn table(tallies: &[Tally; 3]) -> String {
    let mut table = String::new();
    for (kind, tally) in KINDS.iter().zip(tallies) {
        let _ = writeln!(table, "{kind:6} P {:.1} R {:.1} F1 {:.1}", tally.precision(), tally.recall(), tally.f1());
    }
    table
}

#[track_caller]
fn check(golds: &[Gold], floors: [f64; 3]) {
    let tallies = score(golds, &extract(golds, &vec![Some("en"); golds.len()]));
    let table = table(&tallies);
    // Shown with `--nocapture`, and when a floor is broken.
    eprintln!("{table}");
    for (tally, floor) in tallies.iter().zip(floors) {
        assert!(tally.f1() >= floor, "below {floors:?}:\n{table}");
    }
}

/// Agency copy as it was filed, in lines and paragraphs.
#[test]
fn agency_copy_is_read_as_filed() {
    let golds: Vec<Gold> = texts("wire.txt").iter().map(|text| unmark(text)).collect();
    check(&golds, [92.0, 92.0, 85.0]);
}

/// The same, run together into one line, as archives and feeds often have it.
#[test]
fn agency_copy_is_read_in_one_line() {
    let golds: Vec<Gold> = texts("wire.txt").iter().map(|text| unmark(&text.replace('\n', " "))).collect();
    check(&golds, [92.0, 92.0, 85.0]);
}

/// Elsewhere only what is known is named: nothing wrong, and most of what the gazetteer has.
#[test]
fn other_languages_are_no_nonsense() {
    let texts = texts("languages.txt");
    let (languages, bodies): (Vec<&str>, Vec<&str>) =
        texts.iter().map(|text| text.split_once('\n').expect("the language stands first")).unzip();
    let golds: Vec<Gold> = bodies.iter().map(|body| unmark(body.trim())).collect();
    let detected = extract(&golds, &vec![None; golds.len()]);
    let declared: Vec<Option<&str>> = languages.iter().map(|language| Some(*language)).collect();
    assert_eq!(detected, extract(&golds, &declared), "languages are told as declared");
    let mut wrong = String::new();
    for ((gold, found), language) in golds.iter().zip(&detected).zip(&languages) {
        for &(start, end, kind) in found.difference(&gold.names) {
            let _ = writeln!(wrong, "{language}: {kind} `{}`", &gold.text[start..end]);
        }
    }
    assert!(wrong.is_empty(), "no names:\n{wrong}");
    let tallies = score(&golds, &detected);
    let (n_right, n_gold) = tallies.iter().fold((0, 0), |sum, tally| (sum.0 + tally.n_right, sum.1 + tally.n_gold));
    assert!(n_right * 100 >= n_gold * 90, "{n_right} of {n_gold} known names:\n{}", table(&tallies));
}

/// Pronouns and job titles are never people, wherever they stand and however they are written.
#[test]
fn pronouns_and_titles_are_nobody() {
    const PRONOUNS: [&str; 14] =
        ["He", "She", "It", "They", "We", "You", "I", "Him", "Her", "Them", "Who", "This", "These", "Those"];
    const TITLES: [&str; 24] = [
        "President",
        "Prime Minister",
        "Chancellor",
        "Governor",
        "Mayor",
        "Senator",
        "Judge",
        "General",
        "Colonel",
        "Captain",
        "Professor",
        "Doctor",
        "Secretary of State",
        "Foreign Minister",
        "Chairman",
        "Chief Executive",
        "Ambassador",
        "Bishop",
        "King",
        "Queen",
        "Coach",
        "Spokesman",
        "Director",
        "Deputy Governor",
    ];
    const SHAPES: [&str; 10] = [
        "{} said on Monday that the bridge would stay shut.",
        "“{} will decide tomorrow,” the paper said.",
        "Nobody had told the {} of the plan.",
        "According to the {}, the talks had failed.",
        "Yesterday {} left without a word.",
        "“I trust you,” {} said.",
        "THE {} SAID NOTHING AND LEFT EARLY",
        "Why The {} Never Came Back To Work",
        "When asked, {} smiled; nobody laughed.",
        "A former {} and two guards were hurt.",
    ];
    let mut golds = Vec::new();
    for word in PRONOUNS.iter().chain(&TITLES) {
        for shape in SHAPES {
            let is_loud = shape.starts_with("THE");
            let word = if is_loud { word.to_uppercase() } else { (*word).to_owned() };
            golds.push(Gold { text: shape.replace("{}", &word), ..Gold::default() });
        }
    }
    let mut wrong = String::new();
    for (gold, found) in golds.iter().zip(extract(&golds, &vec![Some("en"); golds.len()])) {
        for (start, end, _) in found.into_iter().filter(|name| name.2 == "person") {
            let _ = writeln!(wrong, "`{}` in: {}", &gold.text[start..end], gold.text);
        }
    }
    assert!(wrong.is_empty(), "no people:\n{wrong}");
}

/// What stands before a name by way of honour or office is no part of it.
#[test]
fn honours_and_offices_stay_outside_names() {
    const BEFORE: [&str; 22] = [
        "Mr.",
        "Mrs",
        "Ms.",
        "Dr.",
        "Sir",
        "President",
        "Prime Minister",
        "former President",
        "Foreign Minister",
        "Defense Secretary",
        "Gov.",
        "Sen.",
        "Judge",
        "Lt. Gen.",
        "Colonel",
        "Professor",
        "Archbishop",
        "Mayor",
        "Chancellor",
        "Vice President",
        "Sheikh",
        "spokeswoman",
    ];
    const NAMES: [&str; 8] = [
        "Margaret Hill",
        "Tomasz Wieczorek",
        "Amina Yusuf",
        "Chen Guowei",
        "Olena Kravchenko",
        "Juan Carlos Medina",
        "Rajesh Kulkarni",
        "Fatima al-Zahrani",
    ];
    let mut golds = Vec::new();
    for before in BEFORE {
        for name in NAMES {
            golds.push(unmark(&format!("On Tuesday {before} {{P:{name}}} met the reporters and spoke of the flood.")));
        }
    }
    let found = extract(&golds, &vec![Some("en"); golds.len()]);
    let tallies = score(&golds, &found);
    let mut wrong = String::new();
    for (gold, found) in golds.iter().zip(&found) {
        for &(start, end, kind) in found.difference(&gold.names) {
            let _ = writeln!(wrong, "{kind} `{}` in: {}", &gold.text[start..end], gold.text);
        }
    }
    assert!(wrong.is_empty() && tallies[0].n_right == tallies[0].n_gold, "{}{wrong}", table(&tallies));
}
