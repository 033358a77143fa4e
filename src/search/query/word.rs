//! What one unquoted word of a query asks for: itself, its beginning, a shape, or what is close to it.
//!
//! `*` and `?` count inside words of letters, digits, apostrophes and hyphens only; a `?` behind a
//! word is a question mark. Elsewhere (URLs, `**bold**`, `2*3=6`) they are text, and a note says so.
//! Fed by the parser with words as typed.

use std::borrow::Cow;

use super::ast::Pattern;
use super::error::Problem;

/// Letters up to which `word~` allows one edit rather than two: two edits turn most words of five
/// letters into an unrelated one (`iran~2` reaches "oral").
const MAX_LETTERS_FOR_ONE_EDIT: usize = 5;

/// What a word asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word {
    /// Nothing that could be looked up.
    Nothing,
    /// A pattern.
    Pattern(Pattern),
    /// A hyphenated word whose last part is a pattern (`anti-immigr*`).
    Ending(String, Pattern),
    /// A hyphenated word whose first part is a pattern (`*phobe-in-chief`).
    Beginning(Pattern, String),
    /// The word itself, although it has a sign that means something elsewhere; with a remark.
    Plain(String, &'static str),
}

/// Whether there is anything to look up: words are made of letters and digits.
pub(super) fn is_searchable(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// The word without punctuation around it; a bracket that closes one inside stays (`f(x)`).
pub(super) fn trim_edges(text: &str) -> &str {
    let text = text.trim_start_matches(is_edge);
    let core = text.trim_end_matches(is_edge);
    let closes_inner = text[core.len()..].starts_with(')') && core.matches('(').count() > core.matches(')').count();
    if closes_inner { &text[..core.len() + 1] } else { core }
}

/// What one word asks for. A fault comes with the right form.
pub(super) fn read_word(text: &str) -> Result<Word, (Problem, String)> {
    let core = text.trim_start_matches(|character| is_edge(character) && !"*?".contains(character));
    let core = core.trim_end_matches(|character| is_edge(character) && character != '*');
    if !is_searchable(core) {
        return Ok(Word::Nothing);
    }
    if let Some((stem, edits)) = fuzzy(core)? {
        return in_part(stem, |part| Pattern::Fuzzy { word: part.to_owned(), distance: edits }, Part::Last);
    }
    if !core.contains(['*', '?']) {
        return Ok(plain(text));
    }
    if !core.chars().all(|character| is_inner(character) || is_splitter(character) || "*?".contains(character)) {
        return Ok(match core.contains('*') {
            true => Word::Plain(trim_edges(core).to_owned(), "`*` counts inside words of letters and digits only"),
            false => plain(text),
        });
    }
    if core.contains("**") {
        return Ok(Word::Plain(trim_edges(core).to_owned(), "`**` is text; a wildcard is a single `*`"));
    }
    wildcard(core)
}

enum Part {
    First,
    Last,
}

fn wildcard(core: &str) -> Result<Word, (Problem, String)> {
    let parts: Vec<&str> = core.split(is_splitter).filter(|part| !part.is_empty()).collect();
    // A `?` behind a part is a question mark there too.
    let is_wild = |part: &&str| part.trim_end_matches('?').contains(['*', '?']);
    let n_wild = parts.iter().filter(|part| is_wild(part)).count();
    let (first, last) = (parts.first().is_some_and(is_wild), parts.last().is_some_and(is_wild));
    if n_wild == 0 {
        return Ok(plain(core));
    }
    let pattern = |part: &str| {
        let part = part.trim_end_matches('?');
        match part.strip_suffix('*') {
            Some(prefix) if !prefix.contains(['*', '?']) => Pattern::Prefix(prefix.to_owned()),
            _ => Pattern::Wildcard(part.to_owned()),
        }
    };
    let wild_part = parts.iter().find(|part| is_wild(part)).copied().unwrap_or(core);
    if !is_searchable(wild_part) {
        return Ok(Word::Plain(trim_edges(core).to_owned(), "`*` alone is text; it stands next to letters of a word"));
    }
    match (n_wild, first, last) {
        (1, _, true) => in_part(core, pattern, Part::Last),
        (1, true, false) => in_part(core, pattern, Part::First),
        _ => {
            let right = parts.join(" ONEAR/0 ");
            Err((Problem::WildcardWithin, format!("`{right}`")))
        }
    }
}

/// Takes a hyphenated word apart, so that the pattern falls on one indexed word.
fn in_part(text: &str, pattern: impl Fn(&str) -> Pattern, which: Part) -> Result<Word, (Problem, String)> {
    let whole = text.trim_matches(is_splitter);
    let (found, other) = match which {
        Part::Last => match whole.rfind(is_splitter) {
            Some(at) => (after_splitter(whole, at), Some(whole[..at].trim_end_matches(is_splitter))),
            None => (whole, None),
        },
        Part::First => match whole.find(is_splitter) {
            Some(at) => (&whole[..at], Some(after_splitter(whole, at).trim_start_matches(is_splitter))),
            None => (whole, None),
        },
    };
    let other = other.map(trim_edges);
    Ok(match (other, which) {
        (None, _) => Word::Pattern(pattern(found)),
        (Some(other), _) if !is_searchable(other) => Word::Pattern(pattern(found)),
        (Some(other), Part::Last) => Word::Ending(other.to_owned(), pattern(found)),
        (Some(other), Part::First) => Word::Beginning(pattern(found), other.to_owned()),
    })
}

fn after_splitter(text: &str, at: usize) -> &str {
    let mut rest = text[at..].chars();
    rest.next();
    rest.as_str()
}

fn plain(text: &str) -> Word {
    let text = without_references(text);
    match trim_edges(&text) {
        word if is_searchable(word) => Word::Pattern(Pattern::Word(word.to_owned())),
        _ => Word::Nothing,
    }
}

/// Text that was pasted from the source of a page or a feed, with the characters that its references stand for:
/// `They&#8217;re`. Spaces become hyphens, which keep what they join one word of the query.
pub(super) fn without_references(text: &str) -> Cow<'_, str> {
    let mut parts = text.split('&').skip(1);
    if !parts.any(|part| part.contains(';')) {
        return Cow::Borrowed(text);
    }
    match quick_xml::escape::unescape(text) {
        Ok(Cow::Owned(meant)) => Cow::Owned(meant.replace(|c: char| c.is_whitespace() || c.is_control(), "-")),
        // `AT&T;` and the like mean themselves.
        _ => Cow::Borrowed(text),
    }
}

/// `word~`, `word~1`, `word~2`. Numbers (`5~10`, `10~`) and words with other signs are text.
fn fuzzy(core: &str) -> Result<Option<(&str, u8)>, (Problem, String)> {
    let digits_from = core.trim_end_matches(|character: char| character.is_ascii_digit()).len();
    let (Some(stem), digits) = (core[..digits_from].strip_suffix('~'), &core[digits_from..]) else {
        return Ok(None);
    };
    let is_word = |character: char| is_inner(character) || is_splitter(character) || "*?".contains(character);
    // The pattern falls on the last part of a hyphenated word.
    let part = stem.rsplit(is_splitter).next().unwrap_or(stem);
    if !stem.chars().all(is_word) || !part.contains(char::is_alphabetic) {
        return Ok(None);
    }
    if stem.contains(['*', '?']) {
        return Err((Problem::FuzzyWildcard, format!("`{stem}` or `{}~1`", stem.replace(['*', '?'], ""))));
    }
    match digits {
        "1" => Ok(Some((stem, 1))),
        "2" => Ok(Some((stem, 2))),
        "" if part.chars().count() <= MAX_LETTERS_FOR_ONE_EDIT => Ok(Some((stem, 1))),
        "" => Ok(Some((stem, 2))),
        other => Err((Problem::FuzzyDistance { found: other.to_owned() }, format!("`{stem}~2`"))),
    }
}

/// Punctuation that may stand around a word without being part of what is meant.
fn is_edge(character: char) -> bool {
    ".,;:!?()[]{}<>*\"“”„«»‟…".contains(character) || is_invisible(character)
}

/// Direction marks, which come along with pasted text.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What may stand inside an indexed word: letters with their marks, digits, apostrophes.
fn is_inner(character: char) -> bool {
    // Behind a sign that compares stands a number.
    let compares = matches!(character, '≤' | '≥');
    let is_mark_or_letter = !character.is_ascii() && !is_edge(character) && !is_splitter(character) && !compares;
    character.is_alphanumeric() || matches!(character, '\'' | '’') || is_mark_or_letter
}

/// What stands between the indexed words of a hyphenated one.
fn is_splitter(character: char) -> bool {
    matches!(character, '-' | '_' | '\u{2010}'..='\u{2015}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Word) {
        assert_eq!(read_word(text), Ok(expected), "{text}");
    }

    fn word(text: &str) -> Word {
        Word::Pattern(Pattern::Word(text.to_owned()))
    }

    fn prefix(text: &str) -> Pattern {
        Pattern::Prefix(text.to_owned())
    }

    fn shape(text: &str) -> Word {
        Word::Pattern(Pattern::Wildcard(text.to_owned()))
    }

    fn fuzzy(text: &str, distance: u8) -> Word {
        Word::Pattern(Pattern::Fuzzy { word: text.to_owned(), distance })
    }

    #[test]
    fn words_as_typed() {
        for text in [
            "fraud",
            "O'Brien",
            "it's",
            "C++",
            "AT&T",
            "#tag",
            "@name",
            "3.5",
            "$5m",
            "5%",
            "twenty-one",
            "and/or",
            "3/4/2022",
            "/europe/ukraine",
            "https://example.org/a?b=c",
            "jane@example.org",
            "Київ",
            "東京",
            "naïve",
        ] {
            check(text, word(text));
        }
    }

    #[test]
    fn punctuation_around_words_goes() {
        check("Breaking:", word("Breaking"));
        check("won?", word("won"));
        check("what?!", word("what"));
        check("[sic]", word("sic"));
        check("…and", word("and"));
        check("-", Word::Nothing);
        check("&", Word::Nothing);
        check("😀", Word::Nothing);
        check("...", Word::Nothing);
    }

    #[test]
    fn prefixes_and_shapes() {
        check("immigr*", Word::Pattern(prefix("immigr")));
        check("immigr*,", Word::Pattern(prefix("immigr")));
        check("immigr*?", Word::Pattern(prefix("immigr")));
        check("o'bri*", Word::Pattern(prefix("o'bri")));
        check("Ки*", Word::Pattern(prefix("Ки")));
        check("wom?n", shape("wom?n"));
        check("wom?n?", shape("wom?n"));
        check("*berg", shape("*berg"));
        check("?oman", shape("?oman"));
        check("b*d", shape("b*d"));
        check("*bold*", shape("*bold*"));
    }

    #[test]
    fn patterns_in_hyphenated_words() {
        check("anti-immigr*", Word::Ending("anti".to_owned(), prefix("immigr")));
        check("a-b-c*", Word::Ending("a-b".to_owned(), prefix("c")));
        check("*phobe-in-chief", Word::Beginning(Pattern::Wildcard("*phobe".to_owned()), "in-chief".to_owned()));
        check(
            "al-zawahri~1",
            Word::Ending("al".to_owned(), Pattern::Fuzzy { word: "zawahri".to_owned(), distance: 1 }),
        );
        check("who?-immigr*", Word::Ending("who".to_owned(), prefix("immigr")));
        check("-immigr*", Word::Pattern(prefix("immigr")));
        assert_eq!(read_word("a*-b-c"), Ok(Word::Beginning(prefix("a"), "b-c".to_owned())));
        assert_eq!(read_word("a*-b*"), Err((Problem::WildcardWithin, "`a* ONEAR/0 b*`".to_owned())));
    }

    #[test]
    fn fuzzy_words() {
        check("zelenski~1", fuzzy("zelenski", 1));
        check("zelenski~2", fuzzy("zelenski", 2));
        check("zelenski~", fuzzy("zelenski", 2));
        check("iran~", fuzzy("iran", 1));
        check("iran~,", fuzzy("iran", 1));
        check("5~10", word("5~10"));
        check("~500", word("~500"));
        assert!(read_word("zelenski~3").is_err());
        assert!(read_word("zel*~1").is_err());
    }

    #[test]
    fn signs_that_are_text() {
        for text in ["**bold**", "2*3=6", "*.pdf", "f***", "a-*"] {
            assert!(matches!(read_word(text), Ok(Word::Plain(..))), "{text} {:?}", read_word(text));
        }
        check("*", Word::Nothing);
        check("what.is?it", word("what.is?it"));
    }
}
