//! Fields of text, names and metadata.

use super::*;

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
    check("lang:-gb", "error: `lang:` has no value to look for");
    check("lang:\u{1}-gb", "error: `lang:` has no value to look for");
}
