//! `@name` stands for a saved query.

use super::*;

const SAVED: &str = "\
exchange = \"prisoner exchange\" place:ukraine
terror = terror* OR extremis*
big = prisoners>=300
both = @exchange @big
wrong = a persn:zelensky
outer = x @wrong
one = @two
two = b OR @three
three = -@one
all = *
signs = 😀
";

fn read_saved(source: &str) -> Result<Query, QueryError> {
    let saved = SavedQueries::read(SAVED).expect("a right file");
    with_config(|config| parse_with_saved(source, config, &saved))
}

#[track_caller]
fn check(source: &str, expected: &str) {
    let shown = match read_saved(source) {
        Ok(Query { root: None, .. }) => "everything".to_owned(),
        Ok(Query { root: Some(root), .. }) => show(&root),
        Err(error) => format!("error: {error}"),
    };
    assert_eq!(shown, expected, "{source}");
}

#[test]
fn names_stand_for_queries() {
    check("@big", "{noun prisoner [300, inf]}");
    check("@BIG, x", "(and {noun prisoner [300, inf]} x)");
    check("@both", "(and 'prisoner exchange' place:Name(\"ukraine\") {noun prisoner [300, inf]})");
    check("x OR @both", "(or x (and 'prisoner exchange' place:Name(\"ukraine\") {noun prisoner [300, inf]}))");
    check("-@terror", "(not (or <terror*> <extremis*>))");
    check(
        "@terror NEAR/5 (immigr* OR @big)",
        "(near5 (or <terror*> <extremis*>) (or <immigr*> {noun prisoner [300, inf]}))",
    );
    check("title:@terror x", "(and (or title:<terror*> title:<extremis*>) x)");
    check("title:(@terror x)", "(and (or title:<terror*> title:<extremis*>) title:x)");
    check("@all x", "x");
    check("@all", "everything");
    check("@signs", "😀");
}

#[test]
fn other_uses_of_the_sign_are_text() {
    check("\\@big", "@big");
    check("\"@big\"", "'@big'");
    check("@nobody said", "(and @nobody said)");
    check("jane@big.org author:@big", "(and jane@big.org author:Words(\"@big\"))");
    check("@ home", "home");
    check(
        "title:(@both)",
        "error: in the saved query `@both`: in the saved query `@exchange`: `place:` cannot stand inside the brackets of `title:`",
    );
    let query = read_saved("@nobody said").expect("text");
    assert_eq!(query.notes[0].text, "text, since no query is saved under this name");
}

#[test]
fn faults_are_placed_at_the_name() {
    let fault = |source: &str| {
        let error = read_saved(source).expect_err("a fault");
        (error.to_string(), error.span.of(source).to_owned(), error.hint().unwrap_or_default().to_owned())
    };
    let owned = |message: &str, under: &str, hint: &str| (message.to_owned(), under.to_owned(), hint.to_owned());
    assert_eq!(
        fault("x @outer"),
        owned(
            "in the saved query `@outer`: in the saved query `@wrong`: unknown field `persn:`",
            "@outer",
            "did you mean `person:zelensky`?"
        )
    );
    let message = "saved queries stand for each other: @one -> @two -> @three -> @one";
    assert_eq!(fault("a (b @one)"), owned(message, "@one", "write out one of them"));
    let message = "there is no saved query `@exchnge`";
    assert_eq!(fault("@exchnge"), owned(message, "@exchnge", "did you mean `@exchange`?"));
}

#[test]
fn parts_stand_where_the_name_was_typed() {
    let source = "x @both";
    let mut found = Vec::new();
    visit(&read_saved(source).expect("no fault").root.expect("a tree"), &mut |node| {
        found.push(node.span.of(source).to_owned());
    });
    assert_eq!(found, [source, "x", "@both", "@both", "@both"]);
}

/// Each name doubles the one before: written out they would be 2^40 parts.
#[test]
fn names_that_multiply_end_at_the_limit_of_parts() {
    let mut file = "n0 = a b\n".to_owned();
    for n in 1..16 {
        file.push_str(&format!("n{n} = {}\n", format!("@n{} ", n - 1).repeat(8)));
    }
    let saved = SavedQueries::read(&file).expect("a right file");
    let error = with_config(|config| parse_with_saved("@n15", config, &saved)).expect_err("too many");
    assert_eq!(error.to_string(), "the query has more than 10000 parts");
    let chain: String = (0..30).map(|n| format!("c{n} = @c{}\n", n + 1)).collect();
    let saved = SavedQueries::read(&chain).expect("a right file");
    let error = with_config(|config| parse_with_saved("@c0", config, &saved)).expect_err("too deep");
    assert!(error.to_string().starts_with("saved queries stand in each other deeper than 16 levels: @c0 -> @c1"));
}
