//! Behaviour of the whole language, one line a case.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::figure::{Bound, Change};
use crate::mention::EntityKind;

/// A little table of units, and plurals without their `s`.
fn with_config<T>(run: impl FnOnce(&ParseConfig<'_>) -> T) -> T {
    let unit_of = |surface: &str| {
        let unit = match surface.to_lowercase().as_str() {
            "$" | "us$" | "usd" | "dollar" | "dollars" => "usd",
            "€" | "eur" | "euros" => "eur",
            "£" | "gbp" => "gbp",
            "%" | "percent" => "percent",
            "km" | "kilometres" => "km",
            "t" | "tonne" | "tonnes" => "tonne",
            _ => return None,
        };
        Some(unit.to_owned())
    };
    let lemma = |noun: &str| noun.strip_suffix('s').unwrap_or(noun).to_owned();
    run(&ParseConfig { today: date(2024, 2, 29), unit_of: &unit_of, lemma: &lemma })
}

fn read(source: &str) -> Result<Query, QueryError> {
    with_config(|config| parse(source, config))
}

/// A tree on one line.
fn show(node: &Node) -> String {
    let list = |name: &str, nodes: &[Node]| {
        let parts: Vec<String> = nodes.iter().map(show).collect();
        format!("({name} {})", parts.join(" "))
    };
    match &node.expr {
        Expr::All(nodes) => list("and", nodes),
        Expr::Any(nodes) => list("or", nodes),
        Expr::Not(inner) => format!("(not {})", show(inner)),
        Expr::Near { left, right, distance, ordered } => {
            let name = if *ordered { "onear" } else { "near" };
            format!("({name}{distance} {} {})", show(left), show(right))
        }
        Expr::Text { scope, pattern } => {
            let scope = match scope {
                Scope::Anywhere => "",
                Scope::Title => "title:",
                Scope::Body => "body:",
            };
            let pattern = match pattern {
                Pattern::Word(word) => word.clone(),
                Pattern::Exact(word) => format!("={word}"),
                Pattern::Phrase { text, slop: 0, exact: false } => format!("'{text}'"),
                Pattern::Phrase { text, slop, exact: false } => format!("'{text}'~{slop}"),
                Pattern::Phrase { text, slop, exact: true } => format!("='{text}'~{slop}"),
                Pattern::Prefix(prefix) => format!("<{prefix}*>"),
                Pattern::Wildcard(shape) => format!("<{shape}>"),
                Pattern::Fuzzy { word, distance } => format!("<{word}~{distance}>"),
                Pattern::Regex(pattern) => format!("</{pattern}/>"),
            };
            format!("{scope}{pattern}")
        }
        Expr::Entity { kind, which } => format!("{}:{which:?}", kind.name()),
        Expr::Figure(figure) => {
            let measure = match &figure.measure {
                Measure::Any => "any".to_owned(),
                Measure::Unit(unit) => format!("unit {unit}"),
                Measure::Noun(noun) => format!("noun {noun}"),
            };
            let range = figure.range;
            let (open, close) =
                (if range.low_included { '[' } else { '(' }, if range.high_included { ']' } else { ')' });
            let change = figure.change.map(|change| format!(" {}", change.name())).unwrap_or_default();
            let bound = figure.bound.map(|bound| format!(" {}", bound.symbol())).unwrap_or_default();
            format!("{{{measure} {open}{}, {}{close}{change}{bound}}}", range.low, range.high)
        }
        Expr::Date(DateMatch::Any) => "date:any".to_owned(),
        Expr::Date(DateMatch::Range { first, last }) => {
            let day = |day: &Option<civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("date:{}..{}", day(first), day(last))
        }
        Expr::Keyword { field, value } => format!("{}:{value:?}", field.name()),
    }
}

fn shown(source: &str) -> String {
    match read(source) {
        Ok(Query { root: None, .. }) => "everything".to_owned(),
        Ok(Query { root: Some(root), .. }) => show(&root),
        Err(error) => format!("error: {error}"),
    }
}

#[track_caller]
fn check(source: &str, expected: &str) {
    let short: String = source.chars().take(200).collect();
    assert_eq!(shown(source), expected, "{short}");
}

/// The fault, the text under the carets, and the hint.
#[track_caller]
fn check_fault(source: &str, message: &str, under: &str, hint: &str) {
    let error = read(source).expect_err("a fault");
    assert_eq!(
        (error.to_string().as_str(), error.span.of(source), error.hint().unwrap_or_default()),
        (message, under, hint),
        "{source}"
    );
}

/// Text under the first note, and a part of the note.
#[track_caller]
fn check_note(source: &str, under: &str, part: &str) {
    let query = read(source).expect("no fault");
    let found = query.notes.iter().any(|note| note.span.of(source) == under && note.text.contains(part));
    assert!(found, "{source}: {:?}", query.notes);
}

#[track_caller]
fn check_no_note(source: &str) {
    assert_eq!(read(source).expect("no fault").notes, [], "{source}");
}

#[test]
fn words_and_phrases() {
    check("", "everything");
    check("   ", "everything");
    check("bank", "bank");
    check("bank fraud", "(and bank fraud)");
    check("\"bank fraud\"", "'bank fraud'");
    check("“bank fraud”", "'bank fraud'");
    check("„bank fraud“", "'bank fraud'");
    check("«bank fraud» x", "(and 'bank fraud' x)");
    check("»bank fraud« x", "(and 'bank fraud' x)");
    check("\"a b\"~5", "'a b'~5");
    check("\"a b\"~5 c", "(and 'a b'~5 c)");
    check("=Banks", "=Banks");
    check("=\"Bank fraud\"", "='Bank fraud'~0");
    check("=\"Bank fraud\"~2", "='Bank fraud'~2");
    check("\"it's \\\"here\\\"\"", "'it's \"here\"'");
    check("Київ 東京", "(and Київ 東京)");
}

#[test]
fn operators_and_their_precedence() {
    check("a OR b", "(or a b)");
    check("a AND b", "(and a b)");
    check("a b OR c d", "(or (and a b) (and c d))");
    check("a AND b OR c AND d", "(or (and a b) (and c d))");
    check("a (b OR c)", "(and a (or b c))");
    check("a OR b OR c", "(or a b c)");
    check("(a b) c", "(and a b c)");
    check("a OR (b OR c)", "(or a b c)");
    check("((a))", "a");
    check("-a", "(not a)");
    check("NOT a", "(not a)");
    check("NOT NOT a", "(not (not a))");
    check("a AND NOT b", "(and a (not b))");
    check("NOT b AND a", "(and (not b) a)");
    check("a NOT b", "(and a (not b))");
    check("a -b", "(and a (not b))");
    check("a OR -b", "(or a (not b))");
    check("-\"a b\"", "(not 'a b')");
    check("-(a OR b) c", "(and (not (or a b)) c)");
    check("-person:*", "(not person:Any)");
    check("-/x+/", "(not </x+/>)");
    check("NOT a b", "(and (not a) b)");
    check("(a)(b)", "(and a b)");
    check("(a)OR(b)", "(or a b)");
    check("a AND NOT(b OR c)", "(and a (not (or b c)))");
    check("(a)NEAR/3(b)", "(near3 a b)");
    check("(ex)-president", "(and ex -president)");
    check("\"a\"\"b\"", "(and 'a' 'b')");
}

#[test]
fn near() {
    check("a NEAR/5 b", "(near5 a b)");
    check("a ONEAR/5 b", "(onear5 a b)");
    check("a NEAR/0 b c", "(and (near0 a b) c)");
    check("x a NEAR/5 b OR c", "(or (and x (near5 a b)) c)");
    check(
        "(terror* OR extremis*) NEAR/15 (immigr* OR \"asylum seeker\")",
        "(near15 (or <terror*> <extremis*>) (or <immigr*> 'asylum seeker'))",
    );
    check("fraud NEAR/10 person:*", "(near10 fraud person:Any)");
    check("loan NEAR/8 usd>1m", "(near8 loan {unit usd (1000000, inf]})");
    check("loan NEAR/8 usd > 1m", "(near8 loan {unit usd (1000000, inf]})");
    check("\"prisoner exchange\" NEAR/20 place:ukraine", "(near20 'prisoner exchange' place:Name(\"ukraine\"))");
    check("title:(a NEAR/5 b)", "(near5 title:a title:b)");
    check("(a NEAR/5 b) AND (b NEAR/5 c)", "(and (near5 a b) (near5 b c))");
    check("-(a NEAR/5 b)", "(not (near5 a b))");
    check_fault("a NEAR/5", "`NEAR/5` needs something on both sides", "NEAR/5", "`fraud NEAR/10 bank`");
    check_fault("NEAR/5 a", "`NEAR/5` needs something on both sides", "NEAR/5", "`fraud NEAR/10 bank`");
    check_fault("a NEAR/5 &", "`NEAR/5` needs something on both sides", "NEAR/5", "`fraud NEAR/10 bank`");
    check("a NEAR/5 -b", "error: an excluded part cannot stand next to NEAR");
    check("-a NEAR/5 b", "error: an excluded part cannot stand next to NEAR");
    check("(a b) NEAR/5 c", "error: several parts cannot stand next to NEAR");
    check("a NEAR/5 date:2022", "error: a date of publication cannot stand next to NEAR");
    check("a NEAR/5 (b OR source:x)", "error: a field of metadata cannot stand next to NEAR");
    check("anti-immigr* NEAR/5 a", "error: a hyphenated word with a wildcard or `~` cannot stand next to NEAR");
    check("a NEAR/5 b NEAR/5 c", "error: another NEAR cannot stand next to NEAR");
    check("a NEAR/99999999999 b", "error: the distance is greater than 10000");
    check("LIVING NEAR WATER", "(and LIVING NEAR WATER)");
    check_note("LIVING NEAR WATER", "NEAR", "NEAR/10");
    check_note("a near/5 b", "near/5", "NEAR/10");
    check_note("a w/5 b", "w/5", "NEAR/10");
}

#[test]
fn patterns() {
    check("immigr*", "<immigr*>");
    check("wom?n *berg b*d", "(and <wom?n> <*berg> <b*d>)");
    check("who won?", "(and who won)");
    check("zelenski~1 zelenski~2 zelenski~ iran~", "(and <zelenski~1> <zelenski~2> <zelenski~2> <iran~1>)");
    check("anti-immigr*", "(onear0 anti <immigr*>)");
    check("/dimitr[iy]/", "</dimitr[iy]/>");
    check("/(foo|bar)/ x", "(and </(foo|bar)/> x)");
    check("(a OR /x(y|z)/)", "(or a </x(y|z)/>)");
    check("/a[/]b/", "</a[/]b/>");
    check("title:/dimitr.*/", "title:</dimitr.*/>");
    check("title:immigr*", "title:<immigr*>");
    check("=immigr*", "<immigr*>");
    check_note("=immigr*", "=immigr*", "`=` changes nothing");
    check_note("\"immigr* law\"", "\"immigr* law\"", "`*` is text");
    check_fault("zel~3", "a fuzzy word allows 1 or 2 edits, not `3`", "zel~3", "`zel~2`");
    check_fault("a zel*n~1", "a word cannot be both fuzzy and a wildcard", "zel*n~1", "`zel*n` or `zeln~1`");
    check_fault("\"a b\"~", "`~` behind a phrase needs a number of words", "~", "`\"a b\"~5`");
    check("/fo+?/", "error: a regular expression matches one whole word, so it cannot have `*?` or `+?`");
}

#[test]
fn slashes_that_are_text() {
    for text in ["/europe/ukraine", "and/or", "3/4/2022", "/r/worldnews/", "https://a.b/c/", "km/h", "/[x/", "24/7"] {
        check(text, text);
    }
    check("/foo bar/", "(and /foo bar/)");
    check_note("/[z-a]/x /a{2,1}/", "/a{2,1}/", "not a valid regular expression");
}

#[test]
fn text_is_never_a_fault() {
    check("Breaking: markets fall", "(and Breaking markets fall)");
    check("12:30", "12:30");
    check("at 12:30, https://example.org/a?b=c&d=e", "(and at 12:30 https://example.org/a?b=c&d=e)");
    check("O'Brien it's ’tis", "(and O'Brien it's ’tis)");
    check("jane@example.org mailto:jane@example.org", "(and jane@example.org mailto:jane@example.org)");
    check("C++ AT&T #tag @name", "(and C++ AT&T #tag @name)");
    check("rock & roll", "(and rock roll)");
    check("a - b -- c", "(and a b c)");
    check("--x", "--x");
    check("(a OR b", "(or a b)");
    check("a OR b)", "(or a b)");
    check(":) a :(", "a");
    check("(a :( OR b)", "(or a b)");
    check("f(x) President(s)", "(and f(x) President(s))");
    check("a) first b) second", "(and a first b second)");
    check("\"hello world", "(and hello world)");
    check("12\" records and 7\" singles", "(and 12 records and 7 singles)");
    check("he said ”", "(and he said)");
    check("a>b <p> -> x=>y", "(and a>b p x=>y)");
    check("1914..1918", "1914..1918");
    check("wait..what", "wait..what");
    check("5 > 3", "(and 5 3)");
    check("i <3 you", "(and i 3 you)");
    check("E=mc2", "E=mc2");
    check("Home > News > 2022", "(and Home News 2022)");
    check("data:image/png;base64,xx", "data:image/png;base64,xx");
    check("-5", "(not 5)");
    check("C:\\Users\\x", "C:\\Users\\x");
    check("s. 5(2)(a)", "(and s 5(2)(a))");
    check("\u{feff}a\u{200b}b \u{200f}person:x", "(and a b person:Name(\"x\"))");
}

#[test]
fn what_surprises_is_noted() {
    check_note("rock & roll", "&", "left out");
    check_note("a || b", "||", "`OR`");
    check_note("*", "*", "every article");
    check_note("...", "...", "finds every article");
    check_note("(a OR b", "(", "without its partner");
    check_note("a OR b)", "b)", "without its partner");
    check_note("\"hello world", "\"", "without its partner");
    check_note("a b OR c", "a b", "bind tighter");
    check_note("+a b", "+", "changes nothing");
    check_note("-5", "-5", "excludes `5`");
    check_note("person: zelensky", "person:", "directly behind the colon");
    check_note("country:ukraine", "country:", "did you mean `place:`");
    check_note("**bold**", "**bold**", "`**` is text");
    check_note("prisoners=300", "prisoners=300", "`fig.prisoners:300`");
    check_note(">=300 prisoners", ">=300", "nothing says what is measured");
    check_note("1914..1918", "1914..1918", "nothing says what is measured");
    check_note("prisoners>300<500", "prisoners>300<500", "`300<500` is not a number");
    check_note("300<prisoners", "300<prisoners", "`prisoners>300`");
    check_note("usd:>1m", "usd:", "`fig.usd:`");
    check_note("prisoners:>=300", "prisoners:>=300", "`prisoners>=300`");
    check_note("fig.money:>1m", ">1m", "`fig.usd:`");
    check_note("a) b", "a)", "without its partner");
    check_note("a ) b", ")", "without its partner");
    check_note("!fraud", "!fraud", "`-fraud`");
    check_note("fraud|theft", "fraud|theft", "`OR`");
    check_note("fraud^2", "fraud^2", "weights");
    check_note("lang:english", "english", "`en`");
    check_note("SUSPECT NOT GUILTY", "NOT", "`\\NOT`");
    check_note("zelensky or putin", "or", "`OR`");
    check_note("fig.usd:1..5bn", "1..5bn", "second number only");
    check_note("& a & b &", "&", "2 more like it");
    for source in [
        "a b",
        "a OR b",
        "(a b) OR c",
        "Source: Reuters",
        "a, b; c.",
        "person:x usd>1m",
        "\"a b\", c \"d\".",
        "who? what!",
        "(a OR b) AND c OR d",
    ] {
        check_no_note(source);
    }
    let many: String = (0..100).map(|n| format!("x={n} ")).collect();
    assert_eq!(read(&many).expect("no fault").notes.len(), 0);
    let many: String = (0..100).map(|n| format!("xx={n} ")).collect();
    let found = read(&many).expect("no fault").notes;
    assert_eq!(found.len(), notes::MAX_NOTES);
    assert_eq!(found[notes::MAX_NOTES - 1].text, "81 more remarks are left out");
}

#[test]
fn operators_with_nothing_beside_them() {
    check("Portland, OR", "(and Portland OR)");
    check_note("Portland, OR", "OR", "a word here, since nothing stands behind it");
    check("OR b", "(and OR b)");
    check_note("OR b", "OR", "a word here, since nothing stands before it");
    check("WHY NOT", "(and WHY NOT)");
    check("AND", "AND");
    check("(Portland, OR) x", "(and Portland OR x)");
    check("-OR", "(not OR)");
    check("\\OR a", "(and OR a)");
    check_fault(
        "a AND OR b",
        "nothing stands between `AND` and `OR`",
        "AND OR",
        "leave out one of them, or quote it: `\"OR\"`",
    );
    check("a OR OR b", "error: nothing stands between `OR` and `OR`");
    check("a NOT AND b", "error: nothing stands between `NOT` and `AND`");
    check("a OR NEAR/5 b", "error: nothing stands between `OR` and `NEAR/5`");
    check("a OR &", "a");
    check("NOT &", "everything");
    check("()", "everything");
    check_note("() a", "()", "left out");
}

#[test]
fn backslashes_make_text() {
    check("\\person:x", "person:x");
    check("\\-x", "-x");
    check("\\(a", "a");
    check("a\\(b", "a(b");
    check("(a\\)b)", "a)b");
    check("immigr\\*s", "immigr*s");
    check("\\/x+/", "/x+/");
    check("title:\\OR", "title:OR");
    check("\\", "everything");
}

#[test]
fn text_fields() {
    check("title:bank", "title:bank");
    check("body:\"bank fraud\"~3", "body:'bank fraud'~3");
    check("title:=Banks", "title:=Banks");
    check("title:=\"Bank run\"", "title:='Bank run'~0");
    check("title:(bank OR fraud*) x", "(and (or title:bank title:<fraud*>) x)");
    check("title:(bank fraud)", "(and title:bank title:fraud)");
    check("title:(bank -fraud)", "(and title:bank (not title:fraud))");
    check("Title:bank", "title:bank");
    check("title: The Great Escape", "(and title The Great Escape)");
    check("title:https://x.y", "title:https://x.y");
    check_fault("title:*", "`title:*` is not available, since every article is searched there", "*", "");
    check_fault("title:&", "`title:` has no value to look for", "title:", "");
    check_fault(
        "title:(a person:x)",
        "`person:` cannot stand inside the brackets of `title:`",
        "person:",
        "close the brackets before `person:`",
    );
}

#[test]
fn entities() {
    check("person:zelensky", "person:Name(\"zelensky\")");
    check("person:\"Volodymyr Zelensky\"", "person:Name(\"Volodymyr Zelensky\")");
    check("person:“Volodymyr Zelensky”", "person:Name(\"Volodymyr Zelensky\")");
    check("person:=\"Volodymyr Zelensky\"", "person:Exact(\"Volodymyr Zelensky\")");
    check("person:=volodymyr-zelensky", "person:Exact(\"volodymyr-zelensky\")");
    check("person:*", "person:Any");
    check("person:(zelensky OR putin)", "(or person:Name(\"zelensky\") person:Name(\"putin\"))");
    check("person:(* -putin)", "(and person:Any (not person:Name(\"putin\")))");
    check("org:NATO, x", "(and org:Name(\"NATO\") x)");
    check("person:O'Brien", "person:Name(\"O'Brien\")");
    check("place:kyiv", "place:Name(\"kyiv\")");
    check("place:/europe/ukraine", "place:Path(\"/europe/ukraine\")");
    check("place:/Europe/Ukraine/", "place:Path(\"/europe/ukraine\")");
    check("place:/europe/*", "place:Path(\"/europe\")");
    check("place:\"/europe/united kingdom\"", "place:Path(\"/europe/united-kingdom\")");
    check("place:(/europe/ukraine OR kyiv)", "(or place:Path(\"/europe/ukraine\") place:Name(\"kyiv\"))");
    check("place:/", "error: `/` is not a path of places");
    check("place:/europe//kyiv", "error: `/europe//kyiv` is not a path of places");
    check_fault(
        "person:vol*",
        "`*` cannot be used in `person:`",
        "vol*",
        "a name is found by any of its words, however spelt: `person:vol`; any one: `person:*`",
    );
    check("person:zelenski~1", "error: `~` cannot be used in `person:`");
    check("person:\"a b\"~2", "error: `~` cannot be used in `person:`");
    check_fault("x person:\"\"", "`person:` has no value to look for", "\"\"", "");
    check("person:()", "error: `person:` has no value to look for");
    check("Missing person: John Smith", "(and Missing person John Smith)");
    check("(person:)", "person");
    check_fault("person:\"Jane Doe", "`\"` is never closed", "\"", "`person:\"two words\"`");
    check_fault("person:(jane OR joe", "`(` is never closed", "(", "`person:(a OR b)`");
    check("Person:(jane OR", "(and Person jane OR)");
}

#[test]
fn misspelt_fields() {
    check_fault("a persn:zelensky b", "unknown field `persn:`", "persn:", "did you mean `person:zelensky`?");
    check_fault("tags:war", "unknown field `tags:`", "tags:", "did you mean `tag:war`?");
    check_fault("dates:2022", "unknown field `dates:`", "dates:", "did you mean `date:2022`?");
    check_fault("figure.usd:>1m", "unknown field `figure.usd:`", "figure.usd:", "did you mean `fig.usd:>1m`?");
    check("Persn:zelensky", "Persn:zelensky");
    check("Person:zelensky", "person:Name(\"zelensky\")");
    check("Date:Monday13", "(and Date Monday13)");
    check("note:this re:that", "(and note:this re:that)");
    check("og:title", "og:title");
}

#[test]
fn metadata() {
    check("source:reuters", "source:Words(\"reuters\")");
    check("source:\"new york times\"", "source:Words(\"new york times\")");
    check("source:=\"The New York Times\"", "source:Exact(\"The New York Times\")");
    check("source:=AP", "source:Exact(\"AP\")");
    check("-source:*", "(not source:Any)");
    check("path:*2024*", "path:Wildcard(\"*2024*\")");
    check("path:/home/x/news/", "path:Words(\"/home/x/news/\")");
    check("path:C:\\news\\x", "path:Words(\"C:\\\\news\\\\x\")");
    check("id:abc-123 tag:ai format:html", "(and id:Words(\"abc-123\") tag:Words(\"ai\") format:Words(\"html\"))");
    check("lang:en", "lang:Words(\"en\")");
    check("lang:en-GB", "lang:Words(\"en\")");
    check("lang:(en OR de)", "(or lang:Words(\"en\") lang:Words(\"de\"))");
    check("author:O'Brien section:sport", "(and author:Words(\"O'Brien\") section:Words(\"sport\"))");
    check("source:-", "error: `source:` has no value to look for");
}

#[test]
fn figures() {
    check("fig.usd:>=1m", "{unit usd [1000000, inf]}");
    check("fig.usd:1bn..5bn", "{unit usd [1000000000, 5000000000]}");
    check("fig.percent:5..10", "{unit percent [5, 10]}");
    check("fig.percent:5%..10%", "{unit percent [5, 10]}");
    check("fig.prisoners:>=300", "{noun prisoner [300, inf]}");
    check("fig.Prisoners:300..", "{noun prisoner [300, inf]}");
    check("fig.prisoners:..300", "{noun prisoner [-inf, 300]}");
    check("fig.prisoners:*", "{noun prisoner [-inf, inf]}");
    check("fig.usd:5m", "{unit usd [5000000, 5000000]}");
    check("fig.$:>$5m", "{unit usd (5000000, inf]}");
    check("fig:>=300", "{any [300, inf]}");
    check("fig:>5%", "{unit percent (5, inf]}");
    check("fig.usd:>=1 million x", "(and {unit usd [1000000, inf]} x)");
    check("fig.usd:>= 1m", "{unit usd [1000000, inf]}");
    check("fig.usd:1bn .. 5bn", "{unit usd [1000000000, 5000000000]}");
    check("fig.usd:1m.. 2022", "(and {unit usd [1000000, inf]} 2022)");
    check("fig.usd:\">= 1 million\"", "{unit usd [1000000, inf]}");
    check("fig.usd:(>5bn OR <1m)", "(or {unit usd (5000000000, inf]} {unit usd [-inf, 1000000)})");
    check("fig.km:-5..5", "{unit km [-5, 5]}");
    check("fig.usd:=5m", "{unit usd [5000000, 5000000]}");
    check("-fig.usd:*", "(not {unit usd [-inf, inf]})");
    check("fig.percent:>3.5[up]", "{unit percent (3.5, inf] up}");
    check("fig.deaths:>=100[atleast] x", "(and {noun death [100, inf] >=} x)");
    check_fault(
        "fig.usd:>=1,5m",
        "the separators of `1,5m` do not stand between thousands",
        "1,5m",
        "a decimal point is a point: `1.5`; commas stand between thousands: `1,000`",
    );
    check_fault("x fig.usd:5bn..1bn", "nothing lies between `5bn` and `1bn`", "5bn..1bn", "`1bn..5bn`");
    check("fig.usd:>€5", "error: `eur` stands where `usd` is measured");
    check("fig.prisoners:>5%", "error: `percent` stands where `prisoner` is measured");
    check("fig.usd:many", "error: `many` is not a number");
    check_fault("fig.usd:1bn-5bn", "`1bn-5bn` is not a number", "1bn-5bn", "a range is written `1bn..5bn`");
    check("fig.usd:[1", "error: `[1` is not a number");
    check("fig.usd: 5", "(and fig.usd 5)");
    check("fig.1:abc", "fig.1:abc");
}

#[test]
fn figures_in_short() {
    check("prisoners>=300", "{noun prisoner [300, inf]}");
    check("prisoners >= 300", "{noun prisoner [300, inf]}");
    check("prisoners >=300", "{noun prisoner [300, inf]}");
    check("prisoners>= 300", "{noun prisoner [300, inf]}");
    check("prisoners > 300 war", "(and {noun prisoner (300, inf]} war)");
    check("Prisoners >= 300", "{noun prisoner [300, inf]}");
    check("prisoners≥300", "{noun prisoner [300, inf]}");
    check("percent>3.5", "{unit percent (3.5, inf]}");
    check("percent>3.5[up]", "{unit percent (3.5, inf] up}");
    check("deaths>=100[atleast,up]", "{noun death [100, inf] up >=}");
    check("usd>1m", "{unit usd (1000000, inf]}");
    check("km>5", "{unit km (5, inf]}");
    check("asylum-seekers<1,000", "{noun asylum-seeker [-inf, 1000)}");
    check("$1bn..$5bn", "{unit usd [1000000000, 5000000000]}");
    check("$1bn .. $5bn", "{unit usd [1000000000, 5000000000]}");
    check("$1..5bn", "{unit usd [1, 5000000000]}");
    check("$>1m", "{unit usd (1000000, inf]}");
    check(">$1m", "{unit usd (1000000, inf]}");
    check("> $1 million", "{unit usd (1000000, inf]}");
    check("€2m..", "{unit eur [2000000, inf]}");
    check("..€2m", "{unit eur [-inf, 2000000]}");
    check("5%..10%", "{unit percent [5, 10]}");
    check(">10%", "{unit percent (10, inf]}");
    check(">10%, x", "(and {unit percent (10, inf]} x)");
    check(">10%.", "{unit percent (10, inf]}");
    check("(>10% OR usd>1m)", "(or {unit percent (10, inf]} {unit usd (1000000, inf]})");
    check("-prisoners>=300", "(not {noun prisoner [300, inf]})");
    check("fig.prisoners>=300", "{noun prisoner [300, inf]}");
    check("fig>=300", "{any [300, inf]}");
    check("profit > 5 million x", "(and {noun profit (5000000, inf]} x)");
    check("deaths > 1,000 [up] x", "(and {noun death (1000, inf] up} x)");
    check("deaths > 1,000 [sic]", "(and {noun death (1000, inf]} sic)");
    check("Shares fell >10% on Monday", "(and Shares fell {unit percent (10, inf]} on Monday)");
    check("fell > 10%", "(and fell {unit percent (10, inf]})");
    check("fell>10%", "error: `percent` stands where `fell` is measured");
    check("$5m 300", "(and $5m 300)");
    check("10%", "10%");
    check("$5bn..$1bn", "error: nothing lies between `$5bn` and `$1bn`");
    check("$1..€5", "error: `eur` stands where `usd` is measured");
    check("usd>1,5m", "error: the separators of `1,5m` do not stand between thousands");
    check("prisoners>=30o", "error: `30o` is not a number");
    check(">10%[upp]", "error: `[upp]` is not a condition on figures");
    check("date>=2022", "date:2022-01-01..");
    check("prisoners≤30o", "error: `30o` is not a number");
    check("div>3rd", "div>3rd");
    check("1918..1914", "1918..1914");
    check("see..foo[bar]", "see..foo[bar");
}

#[test]
fn dates() {
    check("date:2022", "date:2022-01-01..2022-12-31");
    check("date:2022-03..2022-06", "date:2022-03-01..2022-06-30");
    check("date:2022 .. 2023", "date:2022-01-01..2023-12-31");
    check("date:>=2022-03-01 x", "(and date:2022-03-01.. x)");
    check("date:>= 2022", "date:2022-01-01..");
    check("date:last-30d", "date:2024-01-30..2024-02-29");
    check("date:\"last 30 days\"", "date:2024-01-30..2024-02-29");
    check("date:march-2022", "date:2022-03-01..2022-03-31");
    check("date:*", "date:any");
    check("-date:*", "(not date:any)");
    check("date:(2020 OR 2022)", "(or date:2020-01-01..2020-12-31 date:2022-01-01..2022-12-31)");
    check_fault("x date:2022-13", "there is no `2022-13` in the calendar", "2022-13", "months run from 01 to 12");
    let hint = "`last-30d`, `last-month`; several words stand in quotes: `\"last 30 days\"`";
    check_fault("date:last 90 days", "`last` is not a date", "last", hint);
    check("date:soon", "error: `soon` is not a date");
    check("date:[2020 TO 2022]", "error: `[2020` is not a date");
    check("date: 2022", "(and date 2022)");
    check("date:March 2022", "date:2022-03-01..2022-03-31");
    check("date:1 March 2022 x", "(and date:2022-03-01..2022-03-01 x)");
    check("date:march 1st, 2022", "date:2022-03-01..2022-03-01");
    check("date:1 february", "date:2024-02-01..2024-02-01");
    check("date:february 10 x", "(and date:2024-02-01..2024-02-29 10 x)");
    check("date:2022 march", "(and date:2022-01-01..2022-12-31 march)");
}

#[test]
fn spans_cover_what_was_typed() {
    let source = "a -title:(b OR \"c d\"~2) prisoners >= 300, NOT x";
    let query = read(source).expect("no fault");
    let mut found = Vec::new();
    visit(&query.root.expect("a tree"), &mut |node| found.push(node.span.of(source).to_owned()));
    assert_eq!(
        found,
        [
            source,
            "a",
            "-title:(b OR \"c d\"~2)",
            "title:(b OR \"c d\"~2)",
            "b",
            "\"c d\"~2",
            "prisoners >= 300",
            "NOT x",
            "x"
        ]
    );
}

fn visit(node: &Node, each: &mut impl FnMut(&Node)) {
    each(node);
    match &node.expr {
        Expr::All(nodes) | Expr::Any(nodes) => nodes.iter().for_each(|node| visit(node, each)),
        Expr::Not(inner) => visit(inner, each),
        Expr::Near { left, right, .. } => {
            visit(left, each);
            visit(right, each);
        }
        _ => {}
    }
}

#[test]
fn limits() {
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    check(&nested(MAX_DEPTH), "a");
    check(&nested(MAX_DEPTH + 1), "error: the query is nested deeper than 100 levels");
    check(&nested(1_000_000), "error: the query is nested deeper than 100 levels");
    check(&"(".repeat(1_000_000), "everything");
    check(&format!("{}a", "NOT ".repeat(500_000)), "error: the query is nested deeper than 100 levels");
    check(&"a ".repeat(MAX_PARTS + 1), "error: the query has more than 10000 parts");
    assert!(read(&"a ".repeat(MAX_PARTS)).is_ok());
    check(&"x".repeat(MAX_QUERY_BYTES + 1), "error: the query is longer than 4194304 bytes");
    let half_nested = format!("{}a{}", "(".repeat(500_000), ")".repeat(50));
    check(&half_nested, "a");
}

/// Long inputs of every sign take time in proportion: a quadratic pass over a megabyte is minutes.
#[test]
fn long_input_is_read_in_linear_time() {
    let started = std::time::Instant::now();
    for unit in [
        "a", "(", ")", "\"", "“", "„a", "» ", "/", "\\", "-", "=", "~", "*", "?", "a*", ":", "fig.", "a:", "..", ">",
        "a > ", "$", "[", "/a", " /a", "(/[", "\"\\", "a-", "NEAR/", "x>=5", "$1..", "+a", "-(", "=\"", "@ ", "& ",
        "(& ", "date", "1,", "„ ", "” ", "f(", "f) ",
    ] {
        let text = unit.repeat((1 << 20) / unit.len());
        let _ = read(&text);
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn faults_are_shown_with_a_caret() {
    let source = "fraud persn:zelensky";
    let error = read(source).expect_err("a fault");
    assert_eq!(
        error.render(source),
        "unknown field `persn:`\n  fraud persn:zelensky\n        ^^^^^^\nhint: did you mean `person:zelensky`?"
    );
}

#[test]
fn explanation() {
    let source = "(terror* OR \"a b\"~2) NEAR/15 person:zelensky -source:wire usd>1,500,000.5[up] date:2022-03 &";
    let query = read(source).expect("no fault");
    assert_eq!(
        explain(&query),
        "\
all of:
  at most 15 words apart, in any order:
    any of:
      words that begin with `terror` in title or body
      the phrase `a b` in any form, with at most 2 other words between, in title or body
    person with `zelensky` in a name or alias
  not:
    source with the words `wire`
  a figure in the unit `usd`, more than 1,500,000.5, rising
  published from 2022-03-01 to 2022-03-31
in full: (terror* OR \"a b\"~2) NEAR/15 person:zelensky NOT source:wire fig.usd:>1500000.5[up] date:2022-03-01..2022-03-31
note: &: left out, since it has no letter or digit to look for
"
    );
    assert_eq!(explain(&read("").expect("no fault")), "every article\n");
}

/// Every example in the grammar parses without a note on what it could not use.
#[test]
fn the_grammar_is_true() {
    let examples = GRAMMAR.split_once("Examples\n").expect("examples").1;
    for example in examples.lines().map(str::trim) {
        check_no_note(example);
    }
    for line in GRAMMAR.lines().filter(|line| line.starts_with("             ")) {
        for example in line.trim().split("  ").map(str::trim).filter(|example| example.contains([':', '>', '$'])) {
            assert!(read(example).is_ok(), "{example}: {}", shown(example));
        }
    }
}

// Trees as the parser makes them: lists of at least two, none inside one of its own kind.

fn word() -> impl Strategy<Value = String> {
    let loose = "[a-zé東$#@&+%/:=~'\\\\()*?<>-]{0,4}[a-z0-9東é][a-z0-9$#@&+%/:=~'\\\\()*?<>.-]{0,4}";
    let known = prop::sample::select(vec!["OR", "AND", "NOT", "NEAR", "NEAR/5", "million", "person:x", "a..b", "x>=5"]);
    prop_oneof![loose.prop_map(|text| text.to_owned()), known.prop_map(str::to_owned)]
        .prop_map(|text| word::trim_edges(&text).to_owned())
        .prop_filter("something to look up", |text| word::is_searchable(text))
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        4 => word().prop_map(Pattern::Word),
        1 => word().prop_map(Pattern::Exact),
        2 => ("[a-z \"\\\\*”]{0,5}[a-z][a-z \"\\\\~]{0,5}", 0..9_u32, any::<bool>())
            .prop_map(|(text, slop, exact)| Pattern::Phrase { text, slop, exact }),
        1 => "[a-zé']{0,3}[a-z]".prop_map(Pattern::Prefix),
        1 => "[*?]?[a-z][*?][a-z]{1,3}[*]?".prop_map(Pattern::Wildcard),
        1 => ("[a-zé]{1,6}", 1..3_u8).prop_map(|(word, distance)| Pattern::Fuzzy { word, distance }),
        1 => prop::sample::select(vec!["dimitr[iy]", "(foo|bar)s?", "a.*b", r"a\/b", "[/]x"])
            .prop_map(|pattern| Pattern::Regex(pattern.to_owned())),
    ]
}

fn value() -> impl Strategy<Value = String> {
    "[a-zÉ/\"\\\\(*?:]{0,3}[a-z][a-z \"\\\\)~-]{0,5}[a-z]"
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![(-1000..1000_i32).prop_map(f64::from), (0..i64::MAX).prop_map(|n| n as f64 / 64.0)]
}

fn range() -> impl Strategy<Value = NumberRange> {
    (number(), number(), any::<bool>(), any::<bool>(), 0..5).prop_map(|(one, other, from, to, shape)| {
        let (low, high) = if one <= other { (one, other) } else { (other, one) };
        match shape {
            0 => NumberRange { low, low_included: from, ..NumberRange::ALL },
            1 => NumberRange { high, high_included: to, ..NumberRange::ALL },
            2 => NumberRange { low, low_included: true, high: low, high_included: true },
            3 => NumberRange::ALL,
            _ if low < high => NumberRange { low, low_included: from, high, high_included: to },
            _ => NumberRange::ALL,
        }
    })
}

fn figure() -> impl Strategy<Value = FigureMatch> {
    let measure = prop::sample::select(vec![
        Measure::Any,
        Measure::Unit("usd".to_owned()),
        Measure::Unit("percent".to_owned()),
        Measure::Noun("prisoner".to_owned()),
        Measure::Noun("asylum-seeker".to_owned()),
    ]);
    let change = prop::sample::select(vec![None, None, Some(Change::Up), Some(Change::Down), Some(Change::None)]);
    let bound = prop::sample::select(vec![None, None, Some(Bound::Exact), Some(Bound::About), Some(Bound::AtMost)]);
    (measure, range(), change, bound).prop_map(|(measure, range, change, bound)| FigureMatch {
        measure,
        range,
        change,
        bound,
    })
}

fn days() -> impl Strategy<Value = DateMatch> {
    let day = (1..3000_i16, 1..13_i8, 1..29_i8).prop_map(|(year, month, day)| date(year, month, day));
    (day.clone(), day, 0..4).prop_map(|(one, other, shape)| match shape {
        0 => DateMatch::Any,
        1 => DateMatch::Range { first: Some(one), last: None },
        2 => DateMatch::Range { first: None, last: Some(one) },
        _ => DateMatch::Range { first: Some(one.min(other)), last: Some(one.max(other)) },
    })
}

fn node(expr: Expr) -> Node {
    Node { expr, span: Span::new(0, 0) }
}

fn place_in_text() -> impl Strategy<Value = Expr> {
    let scope = prop::sample::select(vec![Scope::Anywhere, Scope::Anywhere, Scope::Title, Scope::Body]);
    let entity = (prop::sample::select(EntityKind::ALL.to_vec()), value(), 0..4).prop_map(|(kind, value, shape)| {
        let which = match shape {
            0 => EntityMatch::Any,
            1 => EntityMatch::Exact(value),
            2 if kind == EntityKind::Place => EntityMatch::Path("/europe/united-kingdom".to_owned()),
            _ if kind == EntityKind::Place => EntityMatch::Name(value.trim_start_matches('/').to_owned()),
            _ => EntityMatch::Name(value),
        };
        Expr::Entity { kind, which }
    });
    prop_oneof![
        6 => (scope, pattern()).prop_map(|(scope, pattern)| Expr::Text { scope, pattern }),
        1 => entity,
        1 => figure().prop_map(Expr::Figure),
    ]
}

fn leaf() -> impl Strategy<Value = Expr> {
    let keyword = (value(), 0..4).prop_map(|(value, shape)| {
        let value = match shape {
            0 => KeywordMatch::Any,
            1 => KeywordMatch::Words(value),
            2 => KeywordMatch::Exact(value),
            _ => KeywordMatch::Wildcard("*2024/?x*".to_owned()),
        };
        Expr::Keyword { field: KeywordField::Source, value }
    });
    prop_oneof![6 => place_in_text(), 1 => keyword, 1 => days().prop_map(Expr::Date)]
}

fn near_tree() -> impl Strategy<Value = Expr> {
    let side = prop_oneof![
        3 => place_in_text(),
        1 => prop::collection::vec(place_in_text().prop_map(node), 2..4).prop_map(Expr::Any),
    ];
    (side.clone(), side, 0..20_u32, any::<bool>()).prop_map(|(left, right, distance, ordered)| Expr::Near {
        left: Box::new(node(left)),
        right: Box::new(node(right)),
        distance,
        ordered,
    })
}

fn tree() -> impl Strategy<Value = Node> {
    let leaves = prop_oneof![4 => leaf(), 1 => near_tree()].prop_map(node);
    leaves.prop_recursive(4, 24, 4, |inner| {
        let nodes = prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            nodes.clone().prop_map(|nodes| join(nodes, true)),
            nodes.prop_map(|nodes| join(nodes, false)),
            inner.prop_map(|inner| node(Expr::Not(Box::new(inner)))),
        ]
    })
}

fn join(nodes: Vec<Node>, is_all: bool) -> Node {
    let mut flat = Vec::new();
    for part in nodes {
        match part.expr {
            Expr::All(inner) if is_all => flat.extend(inner),
            Expr::Any(inner) if !is_all => flat.extend(inner),
            _ => flat.push(part),
        }
    }
    node(if is_all { Expr::All(flat) } else { Expr::Any(flat) })
}

fn without_spans(mut tree: Node) -> Node {
    tree.span = Span::new(0, 0);
    tree.expr = match tree.expr {
        Expr::All(nodes) => Expr::All(nodes.into_iter().map(without_spans).collect()),
        Expr::Any(nodes) => Expr::Any(nodes.into_iter().map(without_spans).collect()),
        Expr::Not(inner) => Expr::Not(Box::new(without_spans(*inner))),
        Expr::Near { left, right, distance, ordered } => Expr::Near {
            left: Box::new(without_spans(*left)),
            right: Box::new(without_spans(*right)),
            distance,
            ordered,
        },
        other => other,
    };
    tree
}

/// Text made of the signs of the language, so that it is dense in near misses.
fn signs() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        prop::sample::select(vec![
            "(",
            ")",
            "\"",
            "“",
            "”",
            "-",
            "=",
            "+",
            "~",
            "~1",
            "*",
            "?",
            "/",
            "\\",
            ":",
            "..",
            ">",
            "<",
            ">=",
            "$",
            "%",
            "[",
            "]",
            "[up]",
            " ",
            " ",
            " ",
            " ",
            "OR",
            "AND",
            "NOT",
            "NEAR/3",
            "ONEAR/0",
            "a",
            "bank",
            "5",
            "1,5",
            "2bn",
            "person:",
            "place:",
            "fig.usd:",
            "fig:",
            "date:",
            "title:",
            "source:",
            "prisoners",
            "million",
            "2022-03",
            "é",
            "東",
            "\u{200f}",
            "\t",
            "Title:",
            "last-2w",
            "#",
            "&",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,2}",
    ];
    prop::collection::vec(part, 0..14).prop_map(|parts| parts.concat())
}

fn check_any_text(source: &str) -> Result<(), TestCaseError> {
    match read(source) {
        Ok(query) => {
            prop_assert_eq!(&query.source, source);
            for note in &query.notes {
                prop_assert!(source.get(note.span.range()).is_some());
            }
            explain(&query);
            let Some(root) = query.root else { return Ok(()) };
            let mut is_inside = true;
            visit(&root, &mut |node| is_inside &= source.get(node.span.range()).is_some_and(|text| !text.is_empty()));
            prop_assert!(is_inside, "{root:?}");
            let text = to_text(&root);
            let again = read(&text).map_err(|error| TestCaseError::fail(error.render(&text)))?;
            prop_assert_eq!(again.root.map(without_spans), Some(without_spans(root)), "{}", text);
        }
        Err(error) => {
            prop_assert!(source.get(error.span.range()).is_some());
            let rendered = error.render(source);
            prop_assert!(rendered.lines().count() <= 4, "{}", rendered);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8 * ProptestConfig::default().cases, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(source in "\\PC{0,60}|(?s).{0,30}") {
        check_any_text(&source)?;
    }

    #[test]
    fn any_signs_are_read_or_refused(source in signs()) {
        check_any_text(&source)?;
    }

    #[test]
    fn text_without_signs_is_words(words in prop::collection::vec("[\\p{L}\\p{N}][\\p{L}\\p{N}'’]{0,8}", 0..8)) {
        let source = words.join(" ");
        let is_operator = |word: &String| matches!(word.as_str(), "AND" | "OR" | "NOT");
        prop_assume!(!words.iter().any(is_operator));
        let query = read(&source).map_err(|error| TestCaseError::fail(error.render(&source)))?;
        let mut found = Vec::new();
        if let Some(root) = &query.root {
            visit(root, &mut |node| if let Expr::Text { pattern: Pattern::Word(word), .. } = &node.expr {
                found.push(word.clone());
            });
        }
        prop_assert_eq!(found, words);
    }

    #[test]
    fn text_of_a_tree_parses_back(tree in tree()) {
        let text = to_text(&tree);
        let query = read(&text).map_err(|error| TestCaseError::fail(error.render(&text)))?;
        prop_assert_eq!(query.root.map(without_spans), Some(tree), "{}", text);
    }
}
