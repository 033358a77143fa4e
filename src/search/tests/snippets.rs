//! Properties of snippets in any script: what is lit matched, lies inside, on char boundaries, and no
//! passage is longer than asked for.

use proptest::prelude::*;

use super::build::{node, request, searcher, text};
use crate::mention::Span;
use crate::schema::analyzer::{Analyzer, Stemming};
use crate::search::query::{Expr, Node, Pattern, Scope};
use crate::search::{Hit, SnippetConfig};

/// Words of many scripts, with what text brings along: marks, joiners, apostrophes, dots, hyphens.
const WORDS: [&str; 36] = [
    "éclair",
    "naïve",
    "straße",
    "O'Brien",
    "U.S.",
    "co-op",
    "don’t",
    "banks",
    "bank",
    "banking",
    "Ελλάδα",
    "Москва",
    "обмен",
    "Київ",
    "السلام",
    "عَلَيْكُم",
    "שלום",
    "עולם",
    "東京",
    "大阪で",
    "汉字",
    "カタカナ",
    "서울",
    "สวัสดี",
    "กรุงเทพ",
    "नमस्ते",
    "दुनिया",
    "ক্ষমা",
    "🙂",
    "👩‍👩‍👧",
    "e\u{301}te\u{301}",
    "o\u{308}\u{323}l",
    "2,000",
    "3.5%",
    "ﬁn",
    "İzmir",
];
const GAPS: [&str; 9] = [" ", " ", " ", ", ", ". ", "! ", "。", "\n\n", "\n"];

/// What may be lit for a query.
enum Lit {
    /// Words with these stems in sequence, any of them.
    Stems(Vec<Vec<String>>),
    /// A word in this form.
    Exact(String),
    /// A word that begins so.
    Begins(String),
    /// A word so many letters or fewer away.
    Near(String, usize),
}

fn stems(text: &str) -> Vec<String> {
    let mut stems = Vec::new();
    Analyzer::new().words(text, Stemming::ENGLISH, |word| stems.push(word.stem.to_owned()));
    stems
}

fn exacts(text: &str) -> Vec<String> {
    Analyzer::new().exact_words(text)
}

fn pattern(pattern: Pattern) -> Node {
    node(Expr::Text { scope: Scope::Anywhere, pattern })
}

/// A query of a kind for one or two words that stand in the text, and what it may light; `None` where
/// the words hold nothing to search for.
fn question(kind: u8, first: &str, second: &str) -> Option<(Node, Lit)> {
    let word = |word: &str| pattern(Pattern::Word(word.to_owned()));
    if stems(first).is_empty() || stems(second).is_empty() {
        return None;
    }
    let alone = <[String; 1]>::try_from(exacts(first)).ok().map(|[exact]| exact);
    Some(match kind {
        0 => (word(first), Lit::Stems(vec![stems(first)])),
        1 => (pattern(Pattern::Exact(first.to_owned())), Lit::Exact(alone?)),
        2 => {
            let beginning: String = alone?.chars().take(2).collect();
            let [beginning] = <[String; 1]>::try_from(exacts(&beginning)).ok()?;
            (pattern(Pattern::Prefix(beginning.clone())), Lit::Begins(beginning))
        }
        3 => {
            let both = format!("{first} {second}");
            let stems = stems(&both);
            (pattern(Pattern::Phrase { text: both, slop: 0, exact: false }), Lit::Stems(vec![stems]))
        }
        4 => {
            let misspelt = format!("{}x", alone?);
            (pattern(Pattern::Fuzzy { word: misspelt.clone(), distance: 1 }), Lit::Near(misspelt, 1))
        }
        _ => {
            let (left, right) = (Box::new(word(first)), Box::new(word(second)));
            let near = Expr::Near { left, right, distance: 3, ordered: kind == 5 };
            (node(near), Lit::Stems(vec![stems(first), stems(second)]))
        }
    })
}

fn is_right(lit: &str, expected: &Lit) -> bool {
    match expected {
        // Overlapping places are lit as one.
        Lit::Stems(any) => {
            let found = stems(lit);
            any.iter().any(|stems| found.windows(stems.len()).any(|run| run == stems))
        }
        Lit::Exact(exact) => exacts(lit) == [exact.clone()],
        Lit::Begins(beginning) => exacts(lit).len() == 1 && exacts(lit)[0].starts_with(beginning),
        Lit::Near(word, distance) => exacts(lit).len() == 1 && edits(&exacts(lit)[0], word) <= *distance,
    }
}

/// Levenshtein's distance, swaps of neighbours counted as one.
fn edits(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
    for at in 0..=one.len() {
        for to in 0..=other.len() {
            table[at][to] = match (at, to) {
                (0, n) | (n, 0) => n,
                _ => {
                    let differs = usize::from(one[at - 1] != other[to - 1]);
                    (table[at - 1][to] + 1).min(table[at][to - 1] + 1).min(table[at - 1][to - 1] + differs)
                }
            };
            if at > 1 && to > 1 && one[at - 1] == other[to - 2] && one[at - 2] == other[to - 1] {
                table[at][to] = table[at][to].min(table[at - 2][to - 2] + 1);
            }
        }
    }
    table[one.len()][other.len()]
}

#[track_caller]
fn check(hit: &Hit, body: &str, config: SnippetConfig, expected: &Lit) {
    let check_lit = |text: &str, highlights: &[Span]| {
        let mut last = 0;
        for span in highlights {
            assert!(span.range().start >= last, "{highlights:?} of {text:?}");
            last = span.range().end;
            let lit = text.get(span.range()).unwrap_or_else(|| panic!("{span:?} cuts a character of {text:?}"));
            assert!(is_right(lit, expected), "{lit:?} is lit in {text:?}");
        }
    };
    check_lit(&hit.article.title, &hit.title_highlights);
    assert!(hit.snippets.len() <= config.n_passages);
    let mut last = 0;
    for snippet in &hit.snippets {
        assert_eq!(body.get(snippet.span.range()), Some(&snippet.text[..]));
        assert!(snippet.span.range().start >= last, "passages overlap");
        last = snippet.span.range().end;
        assert!(snippet.text.chars().count() <= config.max_chars, "{:?}", snippet.text);
        check_lit(&snippet.text, &snippet.highlights);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_is_lit_matched(
        words in prop::collection::vec((0..WORDS.len(), 0..GAPS.len()), 2..120),
        at in any::<prop::sample::Index>(),
        kind in 0u8..7,
        n_passages in 1usize..4,
        max_chars in 30usize..200,
    ) {
        let body: String = words.iter().map(|&(word, gap)| format!("{}{}", WORDS[word], GAPS[gap])).collect();
        let body = body.trim().to_owned();
        let at = at.index(words.len() - 1);
        let (first, second) = (WORDS[words[at].0], WORDS[words[at + 1].0]);
        let Some((root, expected)) = question(kind, first, second) else { return Ok(()) };
        let mut request = request(root);
        request.snippets = SnippetConfig { n_passages, max_chars };
        let searcher = searcher(&[text("A title", &body)]);
        let results = searcher.search(&request).expect("an answer");
        for hit in &results.hits {
            check(hit, &body, request.snippets, &expected);
            let n_lit: usize = hit.snippets.iter().map(|snippet| snippet.highlights.len()).sum();
            prop_assert!(n_lit > 0 || max_chars < 60, "nothing is lit for {:?} in {:?}", first, body);
        }
    }
}
