//! The query language on stored articles, slow and obvious: every condition is read off the text.

use std::cell::RefCell;

use crate::article::Article;
use crate::extraction::{Extraction, Findings};
use crate::figure::{Bound, Figure};
use crate::mention::{EntityKind, Kind};
use crate::schema::analyzer::{Analyzer, Stemming, Unit, fold_into};
use crate::schema::document::{content_id, format_id};
use crate::schema::stored::days_since_1970;
use crate::search::query::{
    DateMatch, EntityMatch, Expr, FigureMatch, KeywordField, KeywordMatch, Measure, Node, NumberRange, Pattern, Scope,
};
use crate::search::synonyms::alike;
use crate::unit::{AGE, to_base};

/// A word of a text.
struct Token {
    /// Its stems: with accents, without.
    stems: [String; 2],
    /// Those by which it is looked for.
    sought: Vec<String>,
    /// The word, folded; of scripts without spaces, a character with the one behind it.
    exact: String,
    /// Of scripts without spaces, the character alone.
    character: Option<String>,
    /// Whether the next word is a character that belongs to the same run.
    goes_on: bool,
    end: u32,
}

/// One text with what was found in it, each with the word that it begins in or that follows it.
struct Text {
    is_title: bool,
    stemming: Stemming,
    tokens: Vec<Token>,
    mentions: Vec<(EntityKind, String, Option<usize>)>,
    /// Entities named other than by a demonym.
    named: Vec<(EntityKind, String)>,
    figures: Vec<(Figure, Option<usize>)>,
}

/// An article, read.
struct Read {
    article: Article,
    extraction: Extraction,
    texts: [Text; 2],
}

/// What articles say of an entity.
struct Known {
    kind: EntityKind,
    key: String,
    names: Vec<String>,
    /// Words of names and aliases, and of the key unless it is that of a place.
    words: Vec<Vec<String>>,
    /// Words of the key of a place.
    key_words: Vec<Vec<String>>,
    paths: Vec<String>,
}

/// Articles that can be asked.
pub(super) struct Corpus {
    articles: Vec<Read>,
    known: Vec<Known>,
}

/// Positions from and to, both included.
type Run = (usize, usize);

impl Corpus {
    pub(super) fn new(articles: &[Article], extract: fn(&Article) -> Extraction) -> Self {
        let mut corpus = Self { articles: Vec::new(), known: Vec::new() };
        for article in articles {
            let extraction = extract(article);
            for entity in &extraction.entities {
                let position =
                    corpus.known.iter().position(|known| known.kind == entity.kind && known.key == entity.key);
                let position = position.unwrap_or_else(|| {
                    let (kind, key) = (entity.kind, entity.key.clone());
                    corpus.known.push(Known {
                        kind,
                        key,
                        names: vec![],
                        words: vec![],
                        key_words: vec![],
                        paths: vec![],
                    });
                    corpus.known.len() - 1
                });
                let known = &mut corpus.known[position];
                known.names.push(entity.name.clone());
                let names = [&entity.name].into_iter().chain(&entity.aliases);
                known.words.extend(names.map(|name| words(name)));
                match entity.kind {
                    EntityKind::Place => known.key_words.push(words(&entity.key)),
                    EntityKind::Person | EntityKind::Org => known.words.push(words(&entity.key)),
                }
                known.paths.extend(entity.place.iter().map(|place| place.path.clone()));
            }
            let texts = [
                text(true, &article.title, &extraction.title, &extraction),
                text(false, &article.body, &extraction.body, &extraction),
            ];
            corpus.articles.push(Read { article: article.clone(), extraction, texts });
        }
        corpus
    }

    /// Paths of the matching articles, sorted.
    pub(super) fn matching(&self, node: &Node) -> Vec<String> {
        let matching = self.articles.iter().filter(|read| self.holds(read, node));
        let mut paths: Vec<String> = matching.map(|read| read.article.origin.path.to_string()).collect();
        paths.sort();
        paths
    }

    fn holds(&self, read: &Read, node: &Node) -> bool {
        match &node.expr {
            Expr::All(parts) => parts.iter().all(|part| self.holds(read, part)),
            Expr::Any(parts) => parts.iter().any(|part| self.holds(read, part)),
            Expr::Not(part) => !self.holds(read, part),
            Expr::Text { scope, pattern: Pattern::Word(word) } => {
                read.texts.iter().any(|text| !self.runs(text, node).is_empty())
                    || self.reached(*scope, word).iter().any(|key| names(read, *scope, key))
            }
            Expr::Text { .. } | Expr::Near { .. } => read.texts.iter().any(|text| !self.runs(text, node).is_empty()),
            Expr::Entity { kind, which } => {
                let entities = &read.extraction.entities;
                entities.iter().any(|entity| entity.kind == *kind && self.is_meant(entity.kind, &entity.key, which))
            }
            Expr::Figure(figure) => {
                read.texts.iter().any(|text| text.figures.iter().any(|(one, _)| is_figure(figure, one)))
            }
            Expr::Date(date) => match (date, read.article.date) {
                (_, None) => false,
                (DateMatch::Any, Some(_)) => true,
                (DateMatch::Range { first, last }, Some(date)) => {
                    first.is_none_or(|first| days_since_1970(date.last_day()) >= days_since_1970(first))
                        && last.is_none_or(|last| days_since_1970(date.first_day()) <= days_since_1970(last))
                }
            },
            Expr::Keyword { field, value } => self.keyword(&read.article, *field, value),
        }
    }

    /// All places of a node in one text.
    fn runs(&self, text: &Text, node: &Node) -> Vec<Run> {
        match &node.expr {
            Expr::Text { scope: Scope::Title, .. } if !text.is_title => vec![],
            Expr::Text { scope: Scope::Body, .. } if text.is_title => vec![],
            Expr::Text { pattern, .. } => pattern_runs(text, pattern),
            Expr::Any(parts) => parts.iter().flat_map(|part| self.runs(text, part)).collect(),
            Expr::Entity { kind, which } => {
                let meant = text.mentions.iter().filter(|(of, key, _)| of == kind && self.is_meant(*of, key, which));
                meant.filter_map(|(_, _, at)| *at).map(|at| (at, at)).collect()
            }
            Expr::Figure(figure) => {
                let figures = text.figures.iter().filter(|(one, _)| is_figure(figure, one));
                figures.filter_map(|(_, at)| *at).map(|at| (at, at)).collect()
            }
            Expr::Near { left, right, distance, ordered } => {
                let mut runs = Vec::new();
                let others = self.runs(text, right);
                for one in self.runs(text, left) {
                    for other in &others {
                        let behind = other.0 > one.1 && other.0 - one.1 - 1 <= *distance as usize;
                        let before = one.0 > other.1 && one.0 - other.1 - 1 <= *distance as usize;
                        if behind || before && !ordered {
                            runs.push((one.0.min(other.0), one.1.max(other.1)));
                        }
                    }
                }
                runs.sort_unstable();
                runs.dedup();
                runs
            }
            _ => vec![],
        }
    }

    /// People with this surname and places of this name, where most articles with the word name one.
    fn reached(&self, scope: Scope, word: &str) -> Vec<(EntityKind, String)> {
        let [Token { exact, character: None, .. }] = &tokens(word, Stemming::NONE)[..] else { return vec![] };
        let is_first = |key: &str| key.split('-').next() == Some(exact) && key != exact;
        let is_part = |key: &str| key.split('-').any(|part| part == exact) && key != exact;
        let called = self.known.iter().filter(|known| match known.kind {
            EntityKind::Person => !is_first(&known.key),
            EntityKind::Place => !is_part(&known.key),
            EntityKind::Org => false,
        });
        let called = called.filter(|known| {
            known.words.iter().any(|words| words.last() == Some(exact))
                || known.key_words.iter().any(|words| words == std::slice::from_ref(exact))
        });
        let called: Vec<(EntityKind, String)> = called.map(|known| (known.kind, known.key.clone())).collect();
        let pattern = Pattern::Word(word.to_owned());
        let has = |read: &Read, scope| texts(read, scope).any(|text| !pattern_runs(text, &pattern).is_empty());
        let holds = |read: &Read| {
            let entities = &read.extraction.entities;
            entities.iter().any(|entity| called.iter().any(|(kind, key)| *kind == entity.kind && *key == entity.key))
        };
        let with_word: Vec<&Read> = self.articles.iter().filter(|read| has(read, Scope::Anywhere)).collect();
        let n_naming = with_word.iter().filter(|read| holds(read)).count();
        let is_short = exact.chars().count() < 3 || !exact.chars().any(char::is_alphabetic);
        if is_short || 2 * n_naming < with_word.len() {
            return vec![];
        }
        let is_new =
            |key: &&(EntityKind, String)| self.articles.iter().any(|read| !has(read, scope) && names(read, scope, key));
        called.iter().filter(is_new).cloned().collect()
    }

    fn is_meant(&self, kind: EntityKind, key: &str, which: &EntityMatch) -> bool {
        let known = self.known.iter().find(|known| known.kind == kind && known.key == key);
        known.is_some_and(|known| match which {
            EntityMatch::Any => true,
            EntityMatch::Name(name) => {
                let sought = words(name);
                known.words.iter().any(|words| has_in_a_row(words, &sought))
                    || known.key_words.iter().any(|words| !sought.is_empty() && words.starts_with(&sought))
            }
            EntityMatch::Exact(name) => key == name || known.names.contains(name),
            EntityMatch::Path(path) => {
                known.paths.iter().any(|place| place == path || place.starts_with(&format!("{path}/")))
            }
        })
    }

    fn keyword(&self, article: &Article, field: KeywordField, value: &KeywordMatch) -> bool {
        let content = format_id(content_id(article));
        let values: Vec<String> = match field {
            KeywordField::Author => article.authors.clone(),
            KeywordField::Source => article.source.iter().cloned().collect(),
            KeywordField::Section => article.section.iter().cloned().collect(),
            KeywordField::Tag => article.tags.clone(),
            KeywordField::Lang => article.language.iter().cloned().collect(),
            KeywordField::Path => vec![article.origin.path.to_string()],
            KeywordField::Format => vec![article.format.name().to_owned()],
            KeywordField::Id => article.own_id.iter().chain([&content]).cloned().collect(),
        };
        let is_code = matches!(field, KeywordField::Lang | KeywordField::Format);
        match value {
            KeywordMatch::Any => !values.is_empty(),
            // An id that articles brought along comes before one made of contents.
            KeywordMatch::Words(id) | KeywordMatch::Exact(id) if field == KeywordField::Id => {
                let is_own = self.articles.iter().any(|read| read.article.own_id.as_ref() == Some(id));
                if is_own { article.own_id.as_ref() == Some(id) } else { content == *id }
            }
            KeywordMatch::Exact(value) if is_code => values.contains(&value.to_lowercase()),
            KeywordMatch::Exact(value) => values.contains(value),
            KeywordMatch::Words(part) if field == KeywordField::Path => {
                values.iter().any(|path| path.to_lowercase().contains(&part.to_lowercase()))
            }
            KeywordMatch::Words(value) => values.iter().any(|one| has_in_a_row(&words(one), &words(value))),
            KeywordMatch::Wildcard(pattern) => {
                let anywhere = field == KeywordField::Path && !pattern.starts_with('/');
                let shape = format!("{}{}", if anywhere { "*" } else { "" }, pattern.to_lowercase());
                values.iter().any(|one| has_shape(&one.to_lowercase(), &shape))
            }
        }
    }
}

fn texts(read: &Read, scope: Scope) -> impl Iterator<Item = &Text> {
    read.texts.iter().filter(move |text| match scope {
        Scope::Anywhere => true,
        Scope::Title => text.is_title,
        Scope::Body => !text.is_title,
    })
}

fn names(read: &Read, scope: Scope, key: &(EntityKind, String)) -> bool {
    texts(read, scope).any(|text| text.named.contains(key))
}

thread_local! {
    /// One for all look-ups, since making one takes longer than using it.
    static ANALYZER: RefCell<Analyzer> = RefCell::new(Analyzer::new());
}

fn words(text: &str) -> Vec<String> {
    ANALYZER.with_borrow_mut(|analyzer| analyzer.exact_words(text))
}

fn has_in_a_row(words: &[String], sought: &[String]) -> bool {
    !sought.is_empty() && words.windows(sought.len()).any(|window| window == sought)
}

fn tokens(text: &str, stemming: Stemming) -> Vec<Token> {
    let mut tokens = Vec::new();
    ANALYZER.with_borrow_mut(|analyzer| {
        analyzer.words(text, stemming, |word| {
            tokens.push(Token {
                stems: [word.stem.to_owned(), word.bare_stem.to_owned()],
                sought: word.sought_stems().map(str::to_owned).collect(),
                exact: word.exact.to_owned(),
                character: (word.unit != Unit::Word).then(|| folded(word.span.of(text))),
                goes_on: word.unit == Unit::Pair,
                end: word.span.end,
            });
        });
    });
    tokens
}

fn text(is_title: bool, text: &str, findings: &Findings, extraction: &Extraction) -> Text {
    let stemming = Stemming::of(extraction.language.as_deref());
    let tokens = tokens(text, stemming);
    let position = |start: u32| tokens.iter().position(|token| start < token.end);
    let mentions = findings.mentions.iter().map(|mention| {
        let entity = &extraction.entities[mention.entity as usize];
        (entity.kind, entity.key.clone(), position(mention.span.start))
    });
    let mentions = mentions.collect();
    let named = findings.mentions.iter().filter(|mention| mention.kind != Kind::Demonym).map(|mention| {
        let entity = &extraction.entities[mention.entity as usize];
        (entity.kind, entity.key.clone())
    });
    let named = named.collect();
    let figures = findings.figures.iter().map(|figure| (figure.clone(), position(figure.span.start))).collect();
    Text { is_title, stemming, tokens, mentions, named, figures }
}

/// Whether values of a figure lie in a range: what is more than a value lies just above it.
fn lies_in(range: &NumberRange, low: f64, high: f64, bound: Bound) -> bool {
    let nudged = |value: f64| match bound {
        Bound::MoreThan if range.low != range.high => value.next_up(),
        Bound::LessThan if range.low != range.high => value.next_down(),
        _ => value,
    };
    let (low, high) = (nudged(low), nudged(high));
    (high > range.low || range.low_included && high == range.low)
        && (low < range.high || range.high_included && low == range.high)
}

pub(super) fn is_figure(sought: &FigureMatch, one: &Figure) -> bool {
    let in_range = |range: &NumberRange, low: f64, high: f64| lies_in(range, low, high, one.bound);
    let overlaps = match &sought.measure {
        Measure::Any => in_range(&sought.range, one.low, one.high),
        Measure::Noun(noun) => {
            let is_it = |one: &str| one == noun || !sought.exact && alike(noun).contains(&one);
            one.counted().is_some_and(is_it) && in_range(&sought.range, one.low, one.high)
        }
        Measure::Unit(unit) if unit == AGE => {
            one.age_in_years().is_some_and(|(low, high)| in_range(&sought.range, low, high))
        }
        // Lengths are compared in metres, whatever they are written in; without a range, as written.
        Measure::Unit(unit) if sought.range == NumberRange::ALL => one.unit.as_ref() == Some(unit),
        Measure::Unit(unit) if sought.exact => {
            one.unit.as_ref() == Some(unit) && in_range(&sought.range, one.low, one.high)
        }
        Measure::Unit(unit) => {
            let base = |unit: &str, value: f64| match to_base(unit, value) {
                Some((base, value)) => (base.to_owned(), value),
                None => (unit.to_owned(), value),
            };
            let range = NumberRange {
                low: base(unit, sought.range.low).1,
                high: base(unit, sought.range.high).1,
                ..sought.range
            };
            one.unit.as_ref().is_some_and(|written| {
                base(written, 0.0).0 == base(unit, 0.0).0
                    && in_range(&range, base(written, one.low).1, base(written, one.high).1)
            })
        }
    };
    one.kind.is_quantity()
        && overlaps
        && sought.change.is_none_or(|change| change == one.change)
        && sought.bound.is_none_or(|bound| bound == one.bound)
}

/// A pattern with its letters folded, its signs left.
fn folded(pattern: &str) -> String {
    let mut folded = String::new();
    for piece in pattern.split_inclusive(['*', '?']) {
        let letters = piece.trim_end_matches(['*', '?']);
        fold_into(letters, &mut folded);
        folded.push_str(&piece[letters.len()..]);
    }
    folded
}

/// Whether a word of a text is a form of one that was typed: they have a stem together, or one is the other's stem.
fn is_form(stemming: Stemming, token: &Token, typed: &Token) -> bool {
    token.stems.iter().any(|stem| typed.sought.contains(stem))
        || stemming.has_words_as_stems(&typed.exact)
            && (token.stems.contains(&typed.exact) || typed.sought.contains(&token.exact))
}

fn pattern_runs(text: &Text, pattern: &Pattern) -> Vec<Run> {
    type Test = Box<dyn Fn(&Token) -> bool>;
    let stemming = text.stemming;
    // For each word, whether it belongs to the one before, and what it has to be.
    let tests_of = |typed: &str, any_form: bool| -> Vec<(bool, Test)> {
        let mut belongs = false;
        // A word is read as the language of the article reads it.
        let tests = tokens(typed, stemming).into_iter().map(|word| -> (bool, Test) {
            let belonged = std::mem::replace(&mut belongs, word.goes_on);
            let test: Test = match word.character {
                Some(character) if belonged || word.goes_on => Box::new(move |token| {
                    token.character.as_ref() == Some(&character) && (token.goes_on || !word.goes_on)
                }),
                Some(character) => Box::new(move |token| token.exact.starts_with(&character)),
                None if any_form => Box::new(move |token| token.character.is_none() && is_form(stemming, token, &word)),
                None => Box::new(move |token| token.exact == word.exact),
            };
            (belonged, test)
        });
        tests.collect()
    };
    let alone = |test: Test| vec![(false, test)];
    let (tests, slop): (Vec<(bool, Test)>, u32) = match pattern {
        Pattern::Word(word) => (tests_of(word, true), 0),
        Pattern::Exact(word) => (tests_of(word, false), 0),
        Pattern::Phrase { text, slop, exact } => (tests_of(text, !exact), *slop),
        Pattern::Prefix(prefix) => {
            let prefix = folded(prefix);
            (alone(Box::new(move |token: &Token| token.exact.starts_with(&prefix))), 0)
        }
        Pattern::Wildcard(shape) => {
            let shape = folded(shape);
            (alone(Box::new(move |token: &Token| has_shape(&token.exact, &shape))), 0)
        }
        Pattern::Fuzzy { word, distance } => {
            let (word, distance) = (folded(word), usize::from(*distance));
            (alone(Box::new(move |token: &Token| edits(&token.exact, &word) <= distance)), 0)
        }
        Pattern::Regex(pattern) => {
            let regex = regex::Regex::new(&format!("(?i)^(?:{pattern})$")).expect("a right expression");
            (alone(Box::new(move |token: &Token| regex.is_match(&token.exact))), 0)
        }
    };
    let mut runs: Vec<(usize, usize, u32)> = Vec::new();
    for (index, (belongs, test)) in tests.iter().enumerate() {
        let places = (0..text.tokens.len()).filter(|&at| test(&text.tokens[at]));
        if index == 0 {
            runs = places.map(|at| (at, at, 0)).collect();
            continue;
        }
        let places: Vec<usize> = places.collect();
        let longer = runs.iter().flat_map(|&(start, end, gaps)| {
            let behind = places.iter().filter(move |&&at| at > end);
            behind.map(move |&at| (start, at, gaps + u32::try_from(at - end - 1).expect("short texts")))
        });
        let before = |(_, end, _): &(usize, usize, u32)| *end;
        let ends: Vec<usize> = runs.iter().map(before).collect();
        runs = longer.filter(|(_, at, gaps)| *gaps <= slop && (!belongs || ends.contains(&(at - 1)))).collect();
    }
    runs.into_iter().map(|(start, end, _)| (start, end)).collect()
}

fn has_shape(word: &str, shape: &str) -> bool {
    let (word, shape): (Vec<char>, Vec<char>) = (word.chars().collect(), shape.chars().collect());
    fn step(word: &[char], shape: &[char]) -> bool {
        match shape.split_first() {
            None => word.is_empty(),
            Some(('*', rest)) => (0..=word.len()).any(|skip| step(&word[skip..], rest)),
            Some(('?', rest)) => word.split_first().is_some_and(|(_, word)| step(word, rest)),
            Some((letter, rest)) => word.split_first().is_some_and(|(first, word)| first == letter && step(word, rest)),
        }
    }
    step(&word, &shape)
}

/// Insertions, deletions, replacements and swaps of neighbours.
fn edits(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                let mut least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[one.len()][other.len()]
}
