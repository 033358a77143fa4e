//! Near copies: known ones found, look-alikes left apart, measured by how much was edited.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::env::{TestEnv, assert_text, corpus, repository};
use crate::generator::Dice;

/// Shares of a text that are edited, in percent.
const EDITS: [u64; 6] = [1, 3, 5, 10, 20, 30];

/// Bodies of the sample articles that are long enough to be edited.
fn bodies() -> Vec<String> {
    let output = TestEnv::new().run(["read", "--json", corpus().to_str().expect("the path is text")]);
    let bodies = output.json().into_iter().filter_map(|line| line["body"].as_str().map(str::to_owned));
    bodies.filter(|body| body.split_whitespace().count() >= 60).collect()
}

fn sentences(text: &str) -> Vec<String> {
    text.split_inclusive(". ").map(str::to_owned).collect()
}

/// Replaces, drops or adds so many words in a hundred.
fn edit_words(text: &str, percent: u64, dice: &mut Dice) -> String {
    const OTHERS: [&str; 12] = [
        "meanwhile",
        "officials",
        "later",
        "nearly",
        "reported",
        "several",
        "the",
        "new",
        "added",
        "known",
        "Avery",
        "17",
    ];
    let mut edited = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let space = if word.ends_with('\n') { "\n" } else { " " };
        if dice.below(100) >= percent {
            edited.push_str(word);
        } else {
            match dice.below(3) {
                0 => {}
                1 => edited.push_str(&format!("{}{space}", dice.one_of(&OTHERS))),
                _ => edited.push_str(&format!("{word}{}{space}", dice.one_of(&OTHERS))),
            }
        }
    }
    edited
}

/// Replaces sentences, each by as many words of other texts, until so many words in a hundred are others'.
fn edit_sentences(text: &str, others: &[&String], percent: u64, dice: &mut Dice) -> String {
    let mut edited = sentences(text);
    let n_words = |text: &str| text.split_whitespace().count();
    let mut left = n_words(text) * percent as usize / 100;
    let mut places: Vec<usize> = (0..edited.len()).collect();
    shuffle(&mut places, dice);
    for at in places {
        let n = n_words(&edited[at]);
        if n <= left {
            left -= n;
            let other: Vec<&str> = dice.one_of::<&String>(others).split_whitespace().collect();
            let from = dice.below(other.len() as u64) as usize;
            let end = if edited[at].contains("\n\n") { "\n\n" } else { " " };
            edited[at] = other.iter().cycle().skip(from).take(n).copied().collect::<Vec<_>>().join(" ") + end;
        }
    }
    edited.concat()
}

fn shuffle<T>(items: &mut [T], dice: &mut Dice) {
    for at in (1..items.len()).rev() {
        items.swap(at, dice.below(at as u64 + 1) as usize);
    }
}

fn reorder(text: &str, dice: &mut Dice) -> String {
    let mut paragraphs: Vec<&str> = text.split("\n\n").collect();
    shuffle(&mut paragraphs, dice);
    paragraphs.join("\n\n")
}

/// The end of a text cut off, as print does.
fn shorten(text: &str, percent: u64) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    words[..words.len() - words.len() * percent as usize / 100].concat()
}

const FOOTERS: [&str; 3] = [
    "Sign up to our morning newsletter for the day's stories in your inbox. You can leave at any time. By signing \
     up you accept our terms of use and our privacy policy.",
    "This story was supplied by an agency and has not been edited by our staff. Reporting by our correspondents; \
     editing by the night desk. Write to the editor about anything that is wrong in it.",
    "More on this story: follow our live page for updates, photographs and videos from the scene. All rights are \
     reserved and no part of this page may be printed elsewhere without leave.",
];

fn with_footer(text: &str, dice: &mut Dice) -> String {
    format!("Advertisement\n\n{text}\n\n{}", dice.one_of(&FOOTERS))
}

/// The known copies of a text: sort, share edited, copy.
fn copies(text: &str, others: &[&String], dice: &mut Dice) -> Vec<(&'static str, u64, String)> {
    let mut copies = Vec::new();
    for percent in EDITS {
        copies.push(("words", percent, edit_words(text, percent, dice)));
        copies.push(("sentences", percent, edit_sentences(text, others, percent, dice)));
        copies.push(("cut", percent, shorten(text, percent)));
        let edited = edit_words(text, percent, dice);
        let reordered = reorder(&edited, dice);
        copies.push(("words, reordered, footer", percent, with_footer(&reordered, dice)));
    }
    copies.push(("reordered", 0, reorder(text, dice)));
    copies.push(("footer", 0, with_footer(text, dice)));
    copies
}

/// Stories that share a template and nothing else: a sort, and texts of it.
fn templates(dice: &mut Dice) -> Vec<(&'static str, Vec<String>)> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const TOWNS: [&str; 12] = [
        "Larvik",
        "Bremnes",
        "Askim",
        "Hamar",
        "Moss",
        "Narvik",
        "Gjøvik",
        "Halden",
        "Kragerø",
        "Risør",
        "Tvedestrand",
        "Vadsø",
    ];
    const CLUBS: [&str; 12] = [
        "Harbour Rovers",
        "Castle Albion",
        "Mill United",
        "Northgate",
        "Quay Athletic",
        "Orchard Town",
        "Ferry City",
        "Abbey Rangers",
        "Kiln Wanderers",
        "Bridge Villa",
        "Weir County",
        "Forge Park",
    ];
    const FIRST: [&str; 10] = ["Ada", "Bo", "Carl", "Dina", "Egil", "Frida", "Gro", "Hans", "Ida", "Jens"];
    const LAST: [&str; 10] = ["Aas", "Bakke", "Dahl", "Eide", "Foss", "Haug", "Lund", "Moen", "Næss", "Solberg"];
    const FIRMS: [&str; 8] = [
        "Norvik Shipping",
        "Helm Energy",
        "Stavne Foods",
        "Brattli Timber",
        "Ostra Telecom",
        "Fjell Mining",
        "Kvist Bank",
        "Tind Insurance",
    ];
    let mut sorts: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for _ in 0..40 {
        let mut n = |low: u64, high: u64| low + dice.below(high - low);
        let (a, b, c, d, e) = (n(1, 3), n(10, 99), n(100, 900), n(1, 9), n(10, 99));
        let (f, g, h) = (n(6000, 9000), n(10, 99), n(2, 60));
        let day = *dice.one_of(&DAYS);
        let (town, other_town) = (*dice.one_of(&TOWNS), *dice.one_of(&TOWNS));
        let (home, away) = (*dice.one_of(&CLUBS), *dice.one_of(&CLUBS));
        let person = format!("{} {}", dice.one_of(&FIRST), dice.one_of(&LAST));
        let other_person = format!("{} {}", dice.one_of(&FIRST), dice.one_of(&LAST));
        let (firm, other_firm) = (*dice.one_of(&FIRMS), *dice.one_of(&FIRMS));
        let verb = *dice.one_of(&["rose", "fell"]);
        sorts.entry("market").or_default().push(format!(
            "LONDON — Shares {verb} on {day} as investors weighed the outlook for interest rates. The FTSE 100 index \
             {verb} {c}.{d} points, or {a}.{b} percent, to {f}.{g}. {firm} was the biggest gainer, up {d}.{e} percent, \
             while {other_firm} lost {a}.{g} percent. The pound traded at $1.{b}{d} against the dollar and at \
             1.{e}{a} euros. Brent crude stood at ${e}.{b} a barrel, and gold at ${f} an ounce. Traders said that \
             volumes were in line with the average of recent weeks and that few expected a change of course from the \
             Bank of England before its next meeting."
        ));
        sorts.entry("weather").or_default().push(format!(
            "{town} will see a cloudy start to {day} with sunny spells by the afternoon and highs of {b} degrees. Winds \
             from the southwest will reach {e} kilometres an hour along the coast, with a {g} percent chance of rain in \
             the evening. Overnight the temperature drops to {d} degrees. The outlook for the rest of the week is for \
             more of the same, forecasters said, with up to {h} millimetres of rain in the hills above {other_town}. \
             Drivers are asked to take care on exposed roads and bridges, and those who go to sea should follow the \
             advice of the coast guard."
        ));
        sorts.entry("match").or_default().push(format!(
            "{home} beat {away} {a}-{d} at home on {day} in front of {f} spectators. {person} opened the scoring after \
             {h} minutes with a low shot from the edge of the area, and {other_person} made sure of the points with \
             {g} minutes played. The visitors pressed for a way back into the match but found no way past a \
             well-organised defence. The result lifts {home} to place {d} in the table with {e} points from {b} matches. \
             The manager praised his players for their patience and said that there was still a long way to go."
        ));
        sorts.entry("quake").or_default().push(format!(
            "An earthquake of magnitude {d}.{a} struck {h} kilometres north of {town} on {day}, the geological survey \
             said. The tremor was felt as far away as {other_town} at a depth of {b} kilometres. There were no \
             immediate reports of injuries or serious damage, and no tsunami warning was issued. Residents said that \
             they ran into the streets when the shaking began. The region lies on a belt of faults and is often shaken \
             by tremors of this size."
        ));
        sorts.entry("appointment").or_default().push(format!(
            "{firm} has named {person} as its new head of finance. The {e}-year-old joins from {other_firm}, where the \
             job went to {other_person}, and starts work in {town} next month. The company said that the appointment \
             came after a thorough search and thanked the outgoing head for many years of service. Shares in the \
             company, which employs {f} people, were little changed on {day} after the announcement."
        ));
        sorts.entry("court").or_default().push(format!(
            "A {e}-year-old man from {town} has been jailed for {d} years for fraud. {person} had admitted taking \
             ${f}00 from the accounts of {firm} over {h} months, the district court heard on {day}. The judge said \
             that it was a grave breach of trust by a man in a position of responsibility. {other_person}, for the \
             defence, said that her client was truly sorry and had begun to pay the money back."
        ));
        sorts.entry("results").or_default().push(format!(
            "{firm} said on {day} that its profit before tax for the quarter {verb} to ${c}.{d} million from \
             ${b}{d}.{a} million a year earlier, as sales came to ${f} million. The dividend will be {e} cents a share. \
             Chief executive {person} said that the company was well placed for the rest of the year in spite of \
             higher costs for energy and freight. Analysts had expected a profit of ${g}{a}.{d} million on average."
        ));
    }
    sorts.into_iter().collect()
}

/// One article of the set.
struct Sample {
    /// What it was made from: articles of one story are copies.
    story: String,
    /// How it was made.
    sort: String,
    percent: u64,
    day: i64,
    body: String,
}

/// Sample articles with their copies, and look-alikes. Of sample articles that are copies of each other
/// themselves, one is taken.
fn samples() -> Vec<Sample> {
    let all = bodies();
    let lines = all.iter().enumerate().map(|(at, body)| line(&at.to_string(), "2025-01-01", body));
    let env = indexed(lines.collect());
    let clusters = clusters(&env);
    let is_later = |at: usize| clusters.iter().any(|members| members[1..].contains(&at.to_string()));
    let bodies: Vec<&String> = all.iter().enumerate().filter(|(at, _)| !is_later(*at)).map(|(_, body)| body).collect();

    let mut dice = Dice::new(7);
    let mut samples = Vec::new();
    for (at, body) in bodies.iter().enumerate() {
        let day = at as i64;
        let sample = |sort: &str, percent, day, body| Sample {
            story: format!("story {at}"),
            sort: sort.to_owned(),
            percent,
            day,
            body,
        };
        samples.push(sample("original", 0, day, body.to_string()));
        for (number, (sort, percent, copy)) in (0..).zip(copies(body, &bodies, &mut dice)) {
            samples.push(sample(sort, percent, day + number % 4, copy));
        }
    }
    for (sort, texts) in templates(&mut dice) {
        for (number, body) in (0..).zip(texts) {
            let sort = format!("template: {sort}");
            samples.push(Sample { story: format!("{sort} {number}"), sort, percent: 0, day: number, body });
        }
    }
    samples
}

fn line(id: &str, date: &str, body: &str) -> String {
    serde_json::json!({"id": id, "title": format!("Headline {id}"), "date": date, "text": body}).to_string()
}

fn day(number: i64) -> String {
    let date = jiff::civil::date(2025, 1, 1).checked_add(jiff::Span::new().days(number));
    date.expect("the year is long enough").to_string()
}

/// An environment whose index holds these records.
fn indexed(lines: Vec<String>) -> TestEnv {
    let env = TestEnv::new();
    env.write("news/all.jsonl", lines.join("\n"));
    let report = env.index(["news"]);
    assert_eq!(report.added, lines.len() as u64);
    env
}

/// Ids of each cluster, the primary first.
fn clusters(env: &TestEnv) -> Vec<Vec<String>> {
    let found = env.search(["--collapse", "-n", "100000", "--snippets", "0", ""]);
    let members = |hit: &Value| -> Option<Vec<String>> {
        let members = hit["cluster"]["members"].as_array()?;
        Some(members.iter().filter_map(|member| member["id"].as_str().map(str::to_owned)).collect())
    };
    let mut clusters: Vec<Vec<String>> = found.hits.iter().filter_map(members).collect();
    clusters.sort();
    clusters
}

#[test]
fn copies_are_told_from_look_alikes() {
    let samples = samples();
    let lines = samples.iter().enumerate().map(|(at, sample)| line(&at.to_string(), &day(sample.day), &sample.body));
    let env = indexed(lines.collect());
    let mut cluster_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, members) in clusters(&env).iter().enumerate() {
        for member in members {
            cluster_of.insert(member.parse().expect("ids are numbers"), number);
        }
    }

    // Recall: each copy against its original. Precision: all pairs that share a cluster.
    let mut recall: BTreeMap<(&str, u64), (u64, u64)> = BTreeMap::new();
    let mut original = 0;
    let (mut n_copies, mut n_found) = (0, 0);
    for (at, sample) in samples.iter().enumerate() {
        if sample.sort == "original" {
            original = at;
        } else if sample.sort.starts_with("template") {
            let (n, n_merged) = recall.entry((&sample.sort, 0)).or_default();
            *n += 1;
            *n_merged += u64::from(cluster_of.contains_key(&at));
        } else {
            let is_found = cluster_of.contains_key(&at) && cluster_of.get(&at) == cluster_of.get(&original);
            let (n, n_together) = recall.entry((&sample.sort, sample.percent)).or_default();
            *n += 1;
            *n_together += u64::from(is_found);
            n_copies += 1;
            n_found += u64::from(is_found);
        }
    }
    let (mut n_right, mut n_wrong) = (0u64, 0u64);
    for (at, cluster) in &cluster_of {
        for (other, _) in cluster_of.range(..at).filter(|(_, other)| *other == cluster) {
            if samples[*at].story == samples[*other].story {
                n_right += 1;
            } else {
                n_wrong += 1;
            }
        }
    }

    let mut table = "made by\tpercent edited\tarticles\twith their original, or any\n".to_owned();
    for ((sort, percent), (n, n_together)) in &recall {
        writeln!(table, "{sort}\t{percent}\t{n}\t{n_together}").expect("strings take everything");
    }
    writeln!(table, "recall\t\t{n_copies}\t{n_found}").expect("strings take everything");
    writeln!(table, "pairs in a cluster\t\t{}\t{n_right}", n_right + n_wrong).expect("strings take everything");
    let golden = std::fs::read_to_string(repository().join("tests/gold/copies.tsv")).unwrap_or_default();
    assert_text("tests/gold/copies.tsv", &table, &golden);
    assert!(n_found * 100 >= n_copies * 95, "recall: {n_found} of {n_copies}");
    assert!(n_right * 100 >= (n_right + n_wrong) * 95, "precision: {n_wrong} pairs are wrong, {n_right} right");
}

/// Clusters depend on the articles that are there, not on how they came.
#[test]
fn history_has_no_say() {
    let samples: Vec<Sample> = samples().into_iter().filter(|sample| sample.day % 5 == 0).take(120).collect();
    let env = TestEnv::new();
    let write = |at: usize, sample: &Sample| {
        env.write(&format!("news/{at}.json"), line(&at.to_string(), &day(sample.day), &sample.body));
    };
    // In steps, in another order, with articles that go, and come back, and one that changes.
    for (at, sample) in samples.iter().enumerate().rev().filter(|(at, _)| at % 3 > 0) {
        write(at, sample);
    }
    env.index(["news"]);
    for at in (0..samples.len()).filter(|at| at % 3 == 1) {
        env.remove(&format!("news/{at}.json"));
    }
    env.write("news/2.json", line("2", "2025-01-01", "Something else altogether, and for a moment only."));
    env.index(["--commit-every", "7", "news"]);
    for (at, sample) in samples.iter().enumerate() {
        write(at, sample);
    }
    env.index(["--commit-every", "11", "news"]);
    env.index(["--index", "fresh", "news"]);

    let ask = |arguments: &[&str]| {
        let ask = |index| env.run(arguments.iter().copied().chain(["--index", index])).stdout;
        assert_text(&arguments.join(" "), &ask("index"), &ask("fresh"));
        // Nor has the file that remembers the clusters.
        let there = env.path().join("fresh/clusters.dateline");
        let aside = env.path().join("aside");
        std::fs::rename(&there, &aside).expect("the file is there");
        assert_text(&arguments.join(" "), &ask("fresh"), &ask("index"));
        std::fs::write(&there, "damaged").expect("the disk has room");
        assert_text(&arguments.join(" "), &ask("fresh"), &ask("index"));
        std::fs::rename(&aside, &there).expect("the file is there");
    };
    ask(&["search", "--json", "--collapse", "-n", "1000", ""]);
    ask(&["similar", "--json", "0"]);
    assert!(clusters(&env).len() > 3);
}

#[test]
fn near_copies_are_shown_with_their_story() {
    let story = "The harbour board of Larvik voted on Tuesday to spend 4.2 million kroner on a new sea wall after the \
                 storm of January took 60 metres of the old one. Work begins in May, said Kari Holm, who leads the \
                 board, and should last 14 months. Fishermen had asked for a higher wall.";
    let update = story.replace("60 metres", "75 metres");
    let other =
        "The ferry to Larvik will not run in May, said Kari Holm of the harbour board. It is in the yard for repairs.";
    let env = indexed(vec![
        line("first", "2025-03-01", story),
        line("second", "2025-03-01", &format!("{update} The board meets again on Friday.")),
        line("other", "2025-03-02", other),
    ]);
    let found = env.search(["harbour"]);
    assert_eq!(found.total, 3);
    let n_near = |hit: &Value| hit["cluster"]["articles"].as_u64();
    assert_eq!(found.hits.iter().filter(|hit| n_near(hit) == Some(2)).count(), 2);

    let output = env.run(["search", "--json", "--collapse", "harbour"]).code(0).json();
    let summary = output.last().expect("a summary");
    assert_eq!(
        (summary["total"].as_u64(), summary["stories"].as_u64(), summary["shown"].as_u64()),
        (Some(3), Some(2), Some(2))
    );
    let hit = output[..2].iter().find(|hit| hit["cluster"]["members"].is_array()).expect("members are shown");
    let members = hit["cluster"]["members"].as_array().expect("it is a list");
    let ids: Vec<_> = members.iter().map(|member| member["id"].as_str().unwrap_or_default()).collect();
    assert_eq!(ids, ["second", "first"]);
    // To the hit that they stand below.
    for member in members {
        assert_eq!(member["similarity"].as_f64() == Some(1.0), member["id"] == hit["id"], "{member}");
    }
    // A page is a page of stories.
    let page = env.run(["search", "--json", "--collapse", "-n", "1", "--offset", "1", "harbour"]).code(0).json();
    assert_eq!(page[0]["id"], output[1]["id"]);

    let text = env.run(["search", "--collapse", "harbour"]).code(0).stdout.clone();
    assert!(text.contains("1 near copy, 2 of 2 matching"), "{text}");
    assert!(text.ends_with("3 articles in 2 stories found\n"), "{text}");

    let text = env.run(["similar", "first"]).code(0).stdout.clone();
    for part in
        ["1 near copy (cluster ", "only here: 60", "only there: 75, Friday", "about the same: 1 article", "Larvik"]
    {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
    let status = env.run(["status", "--json"]).json().pop().expect("a line");
    assert_eq!((status["clusters"].as_u64(), status["clustered"].as_u64()), (Some(1), Some(2)));
    env.run(["similar", "nobody"]).code(1).stderr_has("no article has the id `nobody`");
}
