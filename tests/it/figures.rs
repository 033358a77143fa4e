//! Figures through the binary: what is read, asked, ordered and followed, and what the sample articles tell.

use serde_json::Value;

use crate::env::{TestEnv, corpus_env, repository};

/// A folder of open data beside the repository, for checks that want more than the repository holds.
fn beside(path: &str) -> Option<std::path::PathBuf> {
    let path = repository().join("../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    println!("not checked: {} is not at hand", path.display());
    None
}

fn extract(lines: &[(String, String)]) -> Vec<Value> {
    let line =
        |(id, text): &(String, String)| format!("{}\n", serde_json::json!({ "id": id, "text": text, "lang": "en" }));
    let input: String = lines.iter().map(line).collect();
    let output = TestEnv::new().run_with_input(["extract", "--jsonl"], input.as_bytes());
    output.code(0);
    output.json()
}

fn json_lines(path: &std::path::Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("the file can be read");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

fn text_of(row: &Value, key: &str) -> String {
    row[key].as_str().unwrap_or_default().to_owned()
}

const QUANTITIES: [&str; 7] = ["count", "money", "percent", "duration", "age", "measure", "ratio"];

/// Every key of every quantity of a phrase, and no quantity where none is.
#[test]
fn phrases_give_their_quantities() {
    /// Least number of phrases read right, of 46.
    const LEAST_RIGHT: usize = 44;
    let Some(path) = beside("eval/phrases.jsonl") else { return };
    let rows = json_lines(&path);
    let lines: Vec<(String, String)> = rows.iter().map(|row| (text_of(row, "id"), text_of(row, "text"))).collect();
    let is_same = |found: &Value, expected: &Value| {
        let is_close = |key: &str| {
            let (one, other) = (found[key].as_f64().unwrap_or(f64::NAN), expected[key].as_f64().unwrap_or(f64::NAN));
            (one - other).abs() <= 1e-9 * other.abs()
        };
        is_close("low")
            && is_close("high")
            && ["kind", "unit", "noun", "bound", "change"].iter().all(|key| found[key] == expected[key])
    };
    let mut wrong = Vec::new();
    for (row, extraction) in std::iter::zip(&rows, extract(&lines)) {
        let expected = row["quantities"].as_array().expect("a list");
        let figures = extraction["figures"].as_array().expect("a list").clone();
        let found: Vec<Value> =
            figures.into_iter().filter(|figure| QUANTITIES.iter().any(|kind| figure["kind"] == *kind)).collect();
        if found.len() != expected.len() || !std::iter::zip(&found, expected).all(|(one, other)| is_same(one, other)) {
            wrong.push(format!("{}: {found:?}", row["text"]));
        }
    }
    println!("{} of {} phrases right\n{}", rows.len() - wrong.len(), rows.len(), wrong.join("\n"));
    assert!(rows.len() >= 46 && rows.len() - wrong.len() >= LEAST_RIGHT, "{wrong:?}");
}

/// What numbers count in parsed sentences, given where the numbers stand. Equal are: singular and plural, and the
/// names that both sides have for one thing (`percent` and the `cent` of "per cent", `fahrenheit` and its `degree`,
/// `km/h` and its `kilometre`). Not asked: numerals that another word of the same number is the noun of ("39 k"),
/// ratios, whose noun is no thing counted ("three times", "two-thirds"), and what we take for no quantity at all.
#[test]
fn numbers_find_their_nouns() {
    /// Least share of nouns right.
    const LEAST_SHARE: f64 = 0.92;
    let Some(folder) = beside("data/figures/ud_counted") else { return };
    let mut rows = Vec::new();
    for name in ["ewt_newsgroup.jsonl", "pud_wiki.jsonl"] {
        rows.extend(json_lines(&folder.join(name)));
    }
    let lines: Vec<(String, String)> = rows.iter().map(|row| (text_of(row, "id"), text_of(row, "text"))).collect();
    let (mut n_asked, mut n_right, mut wrong) = (0, 0, Vec::new());
    for (row, extraction) in std::iter::zip(&rows, extract(&lines)) {
        let text = text_of(row, "text");
        let byte = |at: &Value| {
            let at = at.as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(usize::MAX);
            text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte) as u64
        };
        for gold in row["figures"].as_array().expect("a list").iter().filter(|gold| gold["noun"].is_string()) {
            let (start, end) = (byte(&gold["start"]), byte(&gold["end"]));
            let figures = extraction["figures"].as_array().expect("a list");
            let overlaps = |figure: &&Value| {
                figure["start"].as_u64().is_some_and(|at| at < end)
                    && figure["end"].as_u64().is_some_and(|at| at > start)
            };
            let Some(figure) = figures.iter().find(overlaps) else { continue };
            let lemma = text_of(gold, "noun_lemma").to_lowercase();
            let is_part = ["k", "m", "bn", "thousand", "million", "billion", "download"].contains(&lemma.as_str())
                || lemma.starts_with(|first: char| first.is_ascii_digit())
                || ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"].contains(&lemma.as_str());
            let kind = text_of(figure, "kind");
            if is_part || kind == "ratio" || !QUANTITIES.contains(&kind.as_str()) {
                continue;
            }
            n_asked += 1;
            let names = [text_of(figure, "noun"), text_of(figure, "unit")];
            if names.iter().any(|name| !name.is_empty() && are_one(name, &lemma, &text_of(gold, "noun").to_lowercase()))
            {
                n_right += 1;
            } else {
                wrong.push(format!("{} {} -> {names:?} in {text}", gold["surface"], gold["noun"]));
            }
        }
    }
    let share = f64::from(n_right) / f64::from(n_asked.max(1));
    println!("{n_right} of {n_asked} nouns right ({:.1} %)\n{}", 100.0 * share, wrong.join("\n"));
    assert!(n_asked > 300 && share >= LEAST_SHARE, "{n_right} of {n_asked}\n{}", wrong.join("\n"));
}

/// Whether our name of a noun or unit and a parser's lemma or form name one thing.
fn are_one(ours: &str, lemma: &str, form: &str) -> bool {
    /// Ours, theirs.
    const SAME: &[(&str, &[&str])] = &[
        ("person", &["people"]),
        ("percent", &["%", "cent", "percent", "percentage"]),
        ("usd", &["$", "dollar", "us$", "buck"]),
        ("gbp", &["£", "pound"]),
        ("eur", &["€", "euro"]),
        ("metre", &["m", "meter"]),
        ("km", &["kilometer", "kilometre", "k"]),
        ("km/h", &["kilometer", "kilometre", "kph"]),
        ("mph", &["mile", "mph"]),
        ("kilogram", &["kg", "kilo"]),
        ("gram", &["g"]),
        ("litre", &["liter", "l"]),
        ("tonne", &["ton", "tonne"]),
        ("lb", &["pound"]),
        ("foot", &["ft", "'"]),
        ("inch", &["in", "\""]),
        ("celsius", &["degree", "c"]),
        ("fahrenheit", &["degree", "f"]),
        ("barrel/day", &["barrel", "bpd"]),
        ("m2", &["meter", "metre"]),
        ("km2", &["kilometer", "kilometre", "km2", "km²"]),
        ("mi2", &["mile"]),
        ("ft2", &["foot"]),
        ("minute", &["min"]),
        ("hour", &["hr", "h"]),
        ("gigabyte", &["gb"]),
        ("megabyte", &["mb"]),
        ("penny", &["p", "pence"]),
        ("mail", &["e-mail"]),
    ];
    let singular = form.strip_suffix("es").or(form.strip_suffix('s')).unwrap_or(form);
    let is_near = |name: &str| [lemma, form, singular].contains(&name) || form.strip_suffix('s') == Some(name);
    is_near(ours) || SAME.iter().any(|(name, others)| *name == ours && others.iter().any(|other| is_near(other)))
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    let output = corpus_env().run(arguments);
    output.code(0);
    output.json()
}

/// Values of a noun by day, as `track` tells them.
fn told(arguments: &[&str]) -> Vec<(String, f64)> {
    let points = rows(&[&["track", "--json"], arguments].concat());
    let day = |point: &Value| point["date"].as_str().unwrap_or("undated").chars().take(10).collect();
    points.iter().map(|point| (day(point), point["low"].as_f64().unwrap_or(f64::NAN))).collect()
}

#[track_caller]
fn tells(arguments: &[&str], expected: &[(&str, f64)]) {
    let told = told(arguments);
    let mut at = 0;
    for (day, value) in expected {
        let found = told[at..].iter().position(|(other, low)| other == day && low == value);
        at += found.unwrap_or_else(|| panic!("{day} {value} in its place in {told:?}")) + 1;
    }
}

/// The toll of the earthquake by day, in whatever words it was given.
#[test]
fn the_toll_of_the_earthquake_rises() {
    let quake = "earthquake OR quake";
    tells(
        &["deaths", quake],
        &[
            ("2025-03-28", 144.0),
            ("2025-03-29", 1644.0),
            ("2025-03-31", 2056.0),
            ("2025-04-01", 2719.0),
            ("2025-04-03", 3085.0),
            ("2025-04-08", 3600.0),
        ],
    );
    let exact = told(&["=deaths", quake]);
    let all = told(&["deaths", quake]);
    assert!(exact.len() < all.len(), "{exact:?} {all:?}");
    tells(&["injured", quake], &[("2025-03-29", 3408.0)]);
}

#[test]
fn the_exchange_of_prisoners_is_told_day_by_day() {
    tells(&["prisoners", "place:ukraine"], &[("2025-05-23", 390.0), ("2025-05-24", 307.0), ("2025-05-25", 303.0)]);
    let env = corpus_env();
    let found = env.search(["prisoners>=300", "place:ukraine"]);
    assert!(found.hits.len() >= 3, "{:?}", found.hits);
    assert_eq!(env.total("prisoners>=300 place:myanmar"), 0);
    assert_eq!(env.total("prisoners>=300 prisoners<=300 -prisoners:300 place:ukraine title:xyzzy"), 0);
}

#[test]
fn sums_stand_near_organisations() {
    let found = corpus_env().search(["$1bn..$5bn NEAR/10 org:*"]);
    assert!(!found.hits.is_empty());
    for hit in &found.hits {
        let lit = hit["snippets"].as_array().expect("a list").iter().any(|snippet| {
            let text = snippet["text"].as_str().unwrap_or_default();
            snippet["highlights"].as_array().is_some_and(|spans| {
                spans.iter().any(|span| {
                    let at = |end: usize| span[end].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
                    text.get(at(0)..at(1)).is_some_and(|lit| lit.contains('$') || lit.contains("dollar"))
                })
            })
        });
        assert!(lit, "{hit}");
    }
}

#[test]
fn the_bank_rate_is_followed() {
    let bank = "title:rate org:\"Bank of England\"";
    tells(&["percent", bank], &[("2025-02-06", 4.5), ("2025-03-20", 4.5), ("2025-05-08", 4.25)]);
}

/// What befell people is told by verbs, and is found like a noun.
#[test]
fn people_who_were_killed_are_deaths() {
    let env = TestEnv::new();
    env.write_story(
        "a.txt",
        "Blast",
        "At least 83 people were killed and 120 others injured in the market. The mayor wept.",
    );
    env.write_story("b.txt", "Hunt", "Two men killed a guard and fled with 90 prisoners. The mayor slept.");
    env.run(["index", "."]).code(0);
    for (query, n_articles) in [
        ("deaths>=80", 1),
        ("deaths>=100", 0),
        ("people>=80", 1),
        ("injured:120", 0),
        ("injured>=120", 1),
        ("deaths>=2", 1),
        ("market NEAR/12 deaths>=80", 1),
    ] {
        assert_eq!(env.total(query), n_articles, "{query}");
    }
    let found = env.search(["deaths>=80"]);
    let snippet = &found.hits[0]["snippets"][0];
    let lit = |span: &Value| {
        let at = |end: usize| span[end].as_u64().map_or(0, |at| at as usize);
        snippet["text"].as_str().and_then(|text| text.get(at(0)..at(1))).map(str::to_owned)
    };
    assert_eq!(lit(&snippet["highlights"][0]).as_deref(), Some("83 people"));
    let report = env.run(["track", "--json", "deaths"]).json().remove(0);
    assert_eq!((&report["noun"], &report["outcome"]), (&"person".into(), &"dead".into()));
    env.run(["track", "--csv", "injured"]).code(0).stdout_has(",injured\n");
    env.run(["show", found.hits[0]["id"].as_str().expect("it has one")]).code(0).stdout_has("83 person, dead");
}

/// Who was rescued is found by that word, however it is told.
#[test]
fn people_who_were_rescued_are_found() {
    let env = TestEnv::new();
    env.write_story("a.txt", "Floods", "He said 26 people had been rescued from the water. The mayor wept.");
    env.write_story("b.txt", "Wreck", "The lifeboat brought in 14 rescued. The mayor slept.");
    env.write_story("c.txt", "Zoo", "Firemen rescued 30 dogs from the zoo. The mayor left.");
    env.run(["index", "."]).code(0);
    for (query, n_articles) in [("rescued>=10", 2), ("rescued>=20", 1), ("evacuated>=10", 2), ("dogs>=30", 1)] {
        assert_eq!(env.total(query), n_articles, "{query}");
    }
}

/// Questions take the scales that articles are written with, and say where they are not taken for one.
#[test]
fn scales_of_articles_are_scales_of_questions() {
    let env = TestEnv::new();
    env.write_story("a.txt", "Bridge", "The bridge will cost Rs 120 crore. Two dozen workers were hired.");
    env.write_story("b.txt", "Road", "The road will cost Rs 8 lakh. Ten workers were hired.");
    env.run(["index", "."]).code(0);
    for (query, n_articles) in [
        ("inr>100 crore", 1),
        ("inr>5 lakh", 2),
        ("inr>5cr", 1),
        ("fig.inr:>=8 lakh", 2),
        ("workers>=2 dozen", 1),
        ("inr>1 lakh crore", 0),
    ] {
        assert_eq!(env.total(query), n_articles, "{query}");
    }
    for (query, note) in [("crore>100", "`inr>100 crore`"), ("inr>5 m", "as a scale it touches its number: `5m`")] {
        let output = env.run(["search", "--count", query]);
        assert!(output.stderr.contains(note), "{query}: {}", output.stderr);
    }
}

/// Ages are asked for by themselves, in years; years are years of anything.
#[test]
fn ages_are_no_durations() {
    let env = TestEnv::new();
    env.write_story("a.txt", "Birthday", "Ada Holm, a 104-year-old teacher, danced. The mayor wept.");
    env.write_story("b.txt", "Abbey", "The abbey stood for 419 years. The mayor slept.");
    env.write_story("c.txt", "Cradle", "They found a three-month-old baby. The mayor left.");
    env.run(["index", "."]).code(0);
    for (query, n_articles) in [
        ("age>=100", 1),
        ("fig.age:\"100..110 years\"", 1),
        ("age<1", 1),
        ("fig.age:*", 2),
        ("years>=100", 2),
        ("fig.year:104", 1),
    ] {
        assert_eq!(env.total(query), n_articles, "{query}");
    }
    let rows = env.run(["figures", "--json"]).json();
    let n_articles = |unit: &str| rows.iter().find(|row| row["unit"] == unit).map(|row| row["articles"].clone());
    assert_eq!((n_articles("age"), n_articles("year")), (Some(2.into()), Some(2.into())));
    let ages = env.run(["track", "--json", "age"]).json();
    assert_eq!(ages.iter().filter(|row| row["type"] == "figure").count(), 2);
}

/// Nouns of one meaning are found together, visibly, and apart behind `=`.
#[test]
fn synonyms_can_be_seen_and_switched_off() {
    let env = TestEnv::new();
    env.write_story("a.txt", "Floods", "Rescuers counted 112 dead in the valley. The mayor wept.");
    env.write_story("b.txt", "Heat", "The heat caused 140 deaths in the valley. The mayor slept.");
    env.write_story("c.txt", "Trial", "The court heard 150 prisoners in the valley. The mayor left.");
    env.run(["index", "."]).code(0);
    let total = |query: &str| {
        let output = env.run(["search", "--count", query]);
        (output.stdout.trim().to_owned(), output.stderr.clone())
    };
    assert_eq!(
        total("deaths>=100"),
        ("2".to_owned(), "note: `death` is looked for as `dead` too; `=death` means that noun alone\n".to_owned())
    );
    for (query, n) in [
        ("=deaths>=100", "1"),
        ("=deaths >= 100", "1"),
        ("fig.deaths:100..120", "1"),
        ("fig.=deaths:>=100", "1"),
        ("dead>=100", "2"),
        ("=dead>=100", "1"),
        ("valley NEAR/5 deaths>=100", "2"),
        ("valley NEAR/5 =deaths>=100", "1"),
        ("NOT deaths>=100", "1"),
    ] {
        assert_eq!(total(query).0, n, "{query}");
    }
    env.run(["search", "--explain-query", "deaths>=100"]).code(0).stdout_has("(or `dead`, `killed`");
    env.run(["search", "--explain-query", "=deaths>=100"]).code(0).stdout_has("same as: fig.=death:>=100");
    let row = |arguments: &[&str]| -> Vec<(Value, Value, Value)> {
        let output = env.run(arguments);
        output.json().iter().map(|row| (row["noun"].clone(), row["articles"].clone(), row["also"].clone())).collect()
    };
    assert!(row(&["figures", "--json"]).contains(&("death".into(), 2.into(), serde_json::json!(["dead"]))));
    let apart = row(&["figures", "--json", "--apart"]);
    assert!(apart.contains(&("death".into(), 1.into(), serde_json::json!([]))), "{apart:?}");
}

/// Hits in the order of a figure, with the mention that decides.
/// Binary numbers know no 4.1 billion; people do.
#[test]
fn amounts_are_what_they_say() {
    let env = TestEnv::new();
    for (name, amount) in [("a", "$4.1 billion"), ("b", "$4,100 million"), ("c", "$4,100,000,000"), ("d", "$4.1bn")] {
        env.write_story(&format!("news/{name}.txt"), "Bank", &format!("The bank lost {amount} in a year."));
    }
    env.index(["news"]);
    for query in ["usd>=4.1bn", "usd<=4.1bn", "$4.1bn..$5bn", "$4bn..$4.1bn", "fig.usd:4.1bn"] {
        assert_eq!(env.total(query), 4, "{query}");
    }
    assert_eq!((env.total("usd<4.1bn"), env.total("usd>4.1bn")), (0, 0));
}

#[test]
fn hits_are_ordered_by_a_figure() {
    let env = TestEnv::new();
    env.write_story("a.txt", "First", "They freed 120 prisoners and then 90 prisoners at the bridge.");
    env.write_story("b.txt", "Second", "They freed 300 prisoners at the bridge, for $5.");
    env.write_story("c.txt", "Third", "Nobody came to the bridge.");
    env.write_story("d.txt", "Fourth", "The bridge is 4 miles from the camp.");
    env.write_story("e.txt", "Fifth", "The bridge is 5 km from the camp.");
    env.run(["index", "."]).code(0);
    let titles = |arguments: &[&str]| -> Vec<String> {
        let output = env.run(arguments);
        let hits = output.json().into_iter().filter(|line| line["type"] == "hit");
        hits.map(|hit| hit["title"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let by = |sort: &str, query: &str| titles(&["search", "--json", "--sort", sort, query]);
    assert_eq!(by("figure:prisoners", "bridge")[..2], ["Second", "First"]);
    assert_eq!(by("figure-ascending:prisoners", "bridge")[..2], ["First", "Second"]);
    assert_eq!(by("figure:km", "bridge")[..2], ["Fourth", "Fifth"], "4 miles are more than 5 km");
    assert_eq!(by("figure:prisoners", "bridge").len(), 5, "the others come last");

    let output = env.run(["search", "--json", "--sort", "figure:prisoner", "bridge prisoners<=100"]);
    let hits = output.json();
    assert_eq!((&hits[0]["sorted_by"]["low"], &hits[0]["sorted_by"]["text"]), (&90.0.into(), &"90 prisoners".into()));
    env.run(["search", "--sort", "figure:prisoners", "bridge"]).code(0).stdout_has("300 prisoners");
    let unknown = env.run(["search", "--sort", "figure:prisonrs", "bridge"]);
    unknown.code(0).stderr_has("hits are not ordered by a figure: no article counts `prisonr`; nearest: prisoner (2)");
    env.run(["search", "--sort", "size", "bridge"]).code(2).stderr_has("figure:NOUN");
    env.run(["search", "--sort", "figure:", "bridge"]).code(2).stderr_has("figure:NOUN");
}

/// Words that name a figure lift the articles that report it, and filter none.
#[test]
fn plain_words_with_numbers_prefer_the_figure() {
    let env = TestEnv::new();
    env.write_story("a.txt", "Hotel", "The hotel has 390 rooms. Some prisoners were freed from jail there.");
    env.write_story("b.txt", "Border", "Some rooms were empty there. They freed 390 Ukrainian prisoners from jail.");
    env.run(["index", "."]).code(0);
    let output = env.run(["search", "--json", "390 prisoners"]);
    let hits = output.json();
    assert_eq!((&hits[0]["title"], &hits[1]["title"]), (&"Border".into(), &"Hotel".into()));
}

/// One report used by three papers is one line, with its copies; a chart where it is asked for.
#[test]
fn a_track_puts_copies_together() {
    let env = TestEnv::new();
    let report = "The army said that 64 prisoners were freed near the river on Sunday after talks.";
    for (at, source) in ["Courier", "Herald", "Ledger"].iter().enumerate() {
        let text = format!(
            "{{\"title\":\"Freed {at}\",\"text\":\"{report}\",\"date\":\"2025-03-0{}\",\"source\":\"{source}\"}}\n",
            at + 1
        );
        env.write(&format!("{source}.jsonl"), text);
    }
    let other =
        "{\"title\":\"Later\",\"text\":\"A convoy with 64 prisoners crossed the border.\",\"date\":\"2025-03-20\"}\n";
    env.write("later.jsonl", other);
    env.run(["index", "."]).code(0);
    let points = env.run(["track", "--json", "prisoners"]).json();
    assert_eq!(points.len(), 2, "{points:?}");
    let copies = points[0]["copies"].as_array().expect("a list");
    assert_eq!((&points[0]["source"], copies.len()), (&"Courier".into(), 2));
    assert_eq!(copies[1]["source"], "Ledger");
    assert_eq!(env.run(["track", "--json", "--ungrouped", "prisoners"]).json().len(), 4);

    let plain = env.run(["track", "prisoners"]);
    plain.code(0).stdout_has("and in 2 articles more").stdout_has("2 reports in 4 articles, from 4 mentions");
    assert!(!plain.stdout.contains(['▇', '#']), "no chart in a pipe: {}", plain.stdout);
    env.run(["track", "--chart", "always", "prisoners"]).code(0).stdout_has("▇▇▇▇");
    env.run(["track", "--chart", "ascii", "prisoners"]).code(0).stdout_has("####");
    let csv = env.run(["track", "--csv", "prisoners"]);
    assert!(
        csv.stdout.starts_with("date,low,high,unit,noun,bound,change,text,sentence,id,source,path,copies,outcome\n")
    );
    let csv = env.run(["figures", "--csv"]);
    assert!(csv.stdout.contains(",prisoner,,4,4,64,64,64\n"), "{}", csv.stdout);
}

/// What a table names, a query finds: ids that nobody writes, nouns that look like codes.
#[test]
fn units_and_nouns_are_found_by_the_names_that_output_has_for_them() {
    let env = TestEnv::new();
    env.write_story(
        "news/a.txt",
        "Figures",
        "The tax brought J$5 million. The probe flies at 17 km/s. Ireland scored five tries, and won three cups. The pump \
         moves 40 gallons a minute. Seven per 100,000 people fell ill.",
    );
    env.index(["news"]);
    let rows = env.run(["figures", "--json", "--apart"]).json();
    let measures: Vec<&serde_json::Value> = rows.iter().filter(|row| row["type"] == "measure").collect();
    assert!(measures.len() >= 5, "{rows:?}");
    for row in measures {
        let name = row["unit"].as_str().or(row["noun"].as_str()).expect("a unit or a noun").to_owned();
        // A noun that is a code is asked for in the plural.
        let name = if row["noun"] == "try" || row["noun"] == "cup" { name.replace("try", "trie") + "s" } else { name };
        assert_eq!(env.total(&format!("fig.{name}:*")), 1, "{row}");
    }
    for query in ["jmd>=1m", "fig.km/s:17", "tries>=5", "cups=3..", "fig.gallon/minute:40"] {
        let query = query.replace("cups=3..", "cups>=3");
        assert_eq!(env.total(&query), 1, "{query}");
    }
    assert_eq!(env.total("people<1"), 0, "a rate is no number of people");
    let suggested = env.run(["suggest", "--json", "-n", "100", "fig:"]).json();
    for line in suggested.iter().filter(|line| line["type"] == "suggestion") {
        let query = line["query"].as_str().expect("a query");
        assert_eq!(env.total(query), line["articles"].as_u64().expect("a count"), "{line}");
    }
}
