//! Prefixes, shapes, fuzzy words, regular expressions.

use super::*;

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
    check_note("\"state * emergency\"", "\"state * emergency\"", "lets one stand between");
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
    check_note("storm /tr[mp/", "/tr[mp/", "not a valid regular expression");
    check_note("storm /trump/i", "/trump/i", "capitals never matter");
    for path in ["/europe/ukraine/", "/r/worldnews/", "and/or/", "/etc"] {
        check_no_note(path);
    }
}
