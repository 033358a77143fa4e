//! Text that looks like signs: read as words, with a note where that may surprise.

use super::*;

#[test]
fn text_is_never_a_fault() {
    check("Breaking: markets fall", "(and Breaking markets fall)");
    check("12:30", "12:30");
    check("at 12:30, https://example.org/a?b=c&d=e", "(and at 12:30 https://example.org/a?b=c&d=e)");
    check("O'Brien it's ’tis", "(and O'Brien it's ’tis)");
    check("jane@example.org mailto:jane@example.org", "(and jane@example.org mailto:jane@example.org)");
    check("C++ AT&T #tag @name", "(and C++ AT&T #tag @name)");
    check("rock & roll", "(and rock roll)");
    check("They&#8217;re bigger", "(and They’re bigger)");
    check("&quot;AT&amp;T&quot; R&D; &#xZZ;", "(and AT&T R&D &#xZZ)");
    check("so&nbsp;far", "so-far");
    check("fig.,,T.:(’s,0", "(and fig.,,T ’s,0)");
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
    check_note("...", "...", "nothing is found");
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
    check_note("prisoners:300 kyiv", "prisoners:", "`fig.prisoners:300`");
    check_note("deaths:1..5 kyiv", "deaths:", "`fig.deaths:1..5`");
    check_note("topic:war", "topic:", "did you mean `tag:`");
    check_note("quokk?", "quokk?", "`quokk*`");
    check_note("title:quokk?", "quokk?", "`quokk*`");
    check_no_note("who is the quokka?");
    check_note("source:t?e", "t?e", "`source:*t?e*`");
    check_no_note("source:*t?e* path:*/n?ws.txt");
    for text in ["no:5", "live:updates", "at 12:30", "Score:3", "localhost:80/x"] {
        check_no_note(text);
    }
    check_note("prisoners:>=300", "prisoners:>=300", "`prisoners>=300`");
    check_note("fig.money:>1m", ">1m", "`fig.usd:`");
    check_note("a) b", "a)", "without its partner");
    check_note("a ) b", ")", "without its partner");
    check_note("!fraud", "!fraud", "`-fraud`");
    check_note("fraud|theft", "fraud|theft", "`OR`");
    check_note("fraud^2", "fraud^2", "weights");
    check_note("lang:english", "english", "`en`");
    check_note("SUSPECT NOT GUILTY", "NOT", "`\\NOT`");
    check_note("HEADS OF STATE OR GOVERNMENT WHO DID NOT SIGN .", "OR", "is a word here");
    check_note("STATES THAT HAVE NOT SIGNED THE TREATY", "NOT", "is a word here");
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
        "STORM OR STRIKE",
        "FRANCE AND GERMANY SIGN THE TREATY OF FRIENDSHIP",
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
fn backslashes_make_text() {
    check("\\person:x", "person:x");
    check("\\-x", "-x");
    check("\\(a", "a");
    check("a\\(b", "a(b");
    check("(a\\)b)", "a)b");
    check("immigr\\*s", "immigr*s");
    check("\\/x+/", "/x+/");
    check("title:\\OR", "title:OR");
    check("\\", "\\");
}

/// Signs are not indexed: a query of nothing else finds nothing, and says why. Only `*` asks for all.
#[test]
fn signs_alone_find_nothing() {
    check("😀", "😀");
    check("😀 🎉", "😀");
    check("\"😀 🎉\" !", "😀");
    check("\"\"", "\"\"");
    check("( )", "(");
    check("*", "everything");
    check("* &", "everything");
    check("\\*", "*");
    check("-*", "*");
    check("a -*", "a");
    check("a 😀", "a");
    check_note("😀 🎉", "😀", "nothing is found");
    check("\"\n\"", "\"");
    check_note("a -*", "*", "nothing remains");
    check_note("a 😀", "😀", "left out");
    let shown = explain(&read("😀").expect("no fault"));
    assert!(shown.starts_with("the sign `😀`, which stands for no word, in title or body\nin full: \\😀\n"), "{shown}");
}

#[test]
fn what_is_written_out_reads_back() {
    for (source, text) in [
        ("KENNEDY VISITS BERLIN WALL BEFORE CROWDS -MOSCOW", "KENNEDY VISITS BERLIN WALL BEFORE CROWDS -MOSCOW"),
        (
            "KENNEDY VISITS BERLIN WALL BEFORE CROWDS -(MOSCOW OR BONN)",
            "KENNEDY VISITS BERLIN WALL BEFORE CROWDS -(MOSCOW OR BONN)",
        ),
        (
            "-MOSCOW (KENNEDY VISITS) OR BERLIN WALL CROWDS BEFORE",
            "(-MOSCOW KENNEDY VISITS) OR (BERLIN WALL CROWDS BEFORE)",
        ),
        ("SUSPECT NOT GUILTY", "SUSPECT -GUILTY"),
        ("NOT NOT GUILTY", "-(-GUILTY)"),
        ("suspect -GUILTY", "suspect NOT GUILTY"),
        ("<₲≤49O*--_", "\\₲≤49O*--_"),
        ("kms>8", "fig.km:>8"),
        ("&#4;", "\\-"),
        ("&nbsp;", "\\-"),
        ("\"\"~1", "\\\"\""),
    ] {
        let text_of = |source: &str| read(source).expect("no fault").root.as_ref().map(to_text).unwrap_or_default();
        let written = text_of(source);
        assert_eq!(written, text);
        assert_eq!(text_of(&written), text, "{source}");
    }
}
