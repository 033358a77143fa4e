//! The query language on stored articles, slow and obvious: every condition is read off the text.

use crate::article::Article;
use crate::extraction::{Extraction, Findings};
use crate::schema::analyzer::Analyzer;
use crate::schema::stored::days_since_1970;
use crate::search::query::{
    DateMatch, EntityMatch, Expr, FigureMatch, KeywordField, KeywordMatch, Measure, Node, Pattern, Scope,
};

/// A word of a text.
struct Token {
    stem: String,
    exact: String,
    end: u32,
}

/// One text with what was found in it.
struct Text<'a> {
    tokens: Vec<Token>,
    findings: &'a Findings,
    extraction: &'a Extraction,
}

/// Positions from and to, both included.
type Run = (usize, usize);

pub(super) fn matches(article: &Article, extraction: &Extraction, all: &[Extraction], node: &Node) -> bool {
    let evaluator = Evaluator {
        article,
        extraction,
        all,
        title: Text { tokens: tokens(&article.title), findings: &extraction.title, extraction },
        body: Text { tokens: tokens(&article.body), findings: &extraction.body, extraction },
    };
    evaluator.holds(node)
}

struct Evaluator<'a> {
    article: &'a Article,
    extraction: &'a Extraction,
    /// Those of all articles, for names seen elsewhere.
    all: &'a [Extraction],
    title: Text<'a>,
    body: Text<'a>,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    Analyzer::new().words(text, |word| {
        tokens.push(Token { stem: word.stem.to_owned(), exact: word.exact.to_owned(), end: word.span.end });
    });
    tokens
}

impl Evaluator<'_> {
    fn holds(&self, node: &Node) -> bool {
        match &node.expr {
            Expr::All(parts) => parts.iter().all(|part| self.holds(part)),
            Expr::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Expr::Not(part) => !self.holds(part),
            Expr::Text { scope, .. } => self.texts(*scope).iter().any(|text| !self.runs(text, node).is_empty()),
            Expr::Near { .. } => self.texts(Scope::Anywhere).iter().any(|text| !self.runs(text, node).is_empty()),
            Expr::Entity { kind, which } => self
                .extraction
                .entities
                .iter()
                .any(|entity| entity.kind == *kind && self.is_meant(entity.kind, &entity.key, which)),
            Expr::Figure(figure) => [&self.extraction.title, &self.extraction.body]
                .iter()
                .any(|findings| findings.figures.iter().any(|one| is_figure(figure, one))),
            Expr::Date(date) => match (date, self.article.date) {
                (_, None) => false,
                (DateMatch::Any, Some(_)) => true,
                (DateMatch::Range { first, last }, Some(date)) => {
                    first.is_none_or(|first| days_since_1970(date.last_day()) >= days_since_1970(first))
                        && last.is_none_or(|last| days_since_1970(date.first_day()) <= days_since_1970(last))
                }
            },
            Expr::Keyword { field, value } => self.keyword(*field, value),
        }
    }

    fn texts(&self, scope: Scope) -> Vec<&Text<'_>> {
        match scope {
            Scope::Anywhere => vec![&self.title, &self.body],
            Scope::Title => vec![&self.title],
            Scope::Body => vec![&self.body],
        }
    }

    /// All places of a node in one text.
    fn runs(&self, text: &Text<'_>, node: &Node) -> Vec<Run> {
        match &node.expr {
            Expr::Text { pattern, .. } => pattern_runs(text, pattern),
            Expr::Any(parts) => parts.iter().flat_map(|part| self.runs(text, part)).collect(),
            Expr::Entity { kind, which } => {
                let mentions = text.findings.mentions.iter().filter(|mention| {
                    let entity = &text.extraction.entities[mention.entity as usize];
                    entity.kind == *kind && self.is_meant(entity.kind, &entity.key, which)
                });
                mentions.filter_map(|mention| text.position(mention.span.start)).map(|at| (at, at)).collect()
            }
            Expr::Figure(figure) => {
                let figures = text.findings.figures.iter().filter(|one| is_figure(figure, one));
                figures.filter_map(|one| text.position(one.span.start)).map(|at| (at, at)).collect()
            }
            Expr::Near { left, right, distance, ordered } => {
                let mut runs = Vec::new();
                for one in self.runs(text, left) {
                    for other in self.runs(text, right) {
                        let behind = other.0 > one.1 && other.0 - one.1 - 1 <= *distance as usize;
                        let before = one.0 > other.1 && one.0 - other.1 - 1 <= *distance as usize;
                        if behind || before && !ordered {
                            runs.push((one.0.min(other.0), one.1.max(other.1)));
                        }
                    }
                }
                runs
            }
            _ => vec![],
        }
    }

    fn is_meant(&self, kind: crate::mention::EntityKind, key: &str, which: &EntityMatch) -> bool {
        let all = self.all.iter().flat_map(|extraction| &extraction.entities);
        let mut same = all.filter(|entity| entity.kind == kind && entity.key == key);
        let exact_words = |text: &str| Analyzer::new().exact_words(text);
        match which {
            EntityMatch::Any => true,
            EntityMatch::Name(name) => {
                let words = exact_words(name);
                same.any(|entity| {
                    let names = [&entity.name, &entity.key].into_iter().chain(&entity.aliases);
                    names.into_iter().any(|name| exact_words(name).windows(words.len()).any(|window| window == words))
                })
            }
            EntityMatch::Exact(name) => key == name || same.any(|entity| entity.name == *name),
            EntityMatch::Path(path) => same.any(|entity| {
                entity
                    .place
                    .as_ref()
                    .is_some_and(|place| place.path == *path || place.path.starts_with(&format!("{path}/")))
            }),
        }
    }

    fn keyword(&self, field: KeywordField, value: &KeywordMatch) -> bool {
        let values: Vec<String> = match field {
            KeywordField::Author => self.article.authors.clone(),
            KeywordField::Source => self.article.source.iter().cloned().collect(),
            KeywordField::Section => self.article.section.iter().cloned().collect(),
            KeywordField::Tag => self.article.tags.clone(),
            KeywordField::Lang => self.article.language.iter().cloned().collect(),
            KeywordField::Path => vec![self.article.origin.path.to_string()],
            KeywordField::Format => vec![self.article.format.name().to_owned()],
            KeywordField::Id => vec![],
        };
        let words = |text: &str| Analyzer::new().exact_words(text);
        values.iter().any(|one| match value {
            KeywordMatch::Any => true,
            KeywordMatch::Exact(value) => one == value,
            KeywordMatch::Words(value) if field == KeywordField::Path => one.contains(value),
            KeywordMatch::Words(value) => {
                let sought = words(value);
                words(one).windows(sought.len()).any(|window| window == sought)
            }
            KeywordMatch::Wildcard(pattern) => {
                let anywhere = if field == KeywordField::Path { "*" } else { "" };
                has_shape(&one.to_lowercase(), &format!("{anywhere}{}", pattern.to_lowercase()))
            }
        })
    }
}

impl Text<'_> {
    /// The word that a place begins in, or that follows it.
    fn position(&self, start: u32) -> Option<usize> {
        self.tokens.iter().position(|token| start < token.end)
    }
}

fn is_figure(sought: &FigureMatch, one: &crate::figure::Figure) -> bool {
    let measured = match &sought.measure {
        Measure::Any => true,
        Measure::Unit(unit) => one.unit.as_ref() == Some(unit),
        Measure::Noun(noun) => one.noun.as_deref() == Some(noun.trim_end_matches('s')),
    };
    one.kind.is_quantity()
        && measured
        && sought.range.overlaps(one.low, one.high)
        && sought.change.is_none_or(|change| change == one.change)
        && sought.bound.is_none_or(|bound| bound == one.bound)
}

fn pattern_runs(text: &Text<'_>, pattern: &Pattern) -> Vec<Run> {
    let sought = |text: &str| tokens(text);
    type Test = Box<dyn Fn(&Token) -> bool>;
    let stems = |text: &str| -> Vec<Test> {
        sought(text).into_iter().map(|word| Box::new(move |token: &Token| token.stem == word.stem) as Test).collect()
    };
    let exacts = |text: &str| -> Vec<Test> {
        sought(text).into_iter().map(|word| Box::new(move |token: &Token| token.exact == word.exact) as Test).collect()
    };
    let (tests, slop): (Vec<Test>, u32) = match pattern {
        Pattern::Word(word) => (stems(word), 0),
        Pattern::Exact(word) => (exacts(word), 0),
        Pattern::Phrase { text, slop, exact: false } => (stems(text), *slop),
        Pattern::Phrase { text, slop, exact: true } => (exacts(text), *slop),
        Pattern::Prefix(prefix) => {
            let prefix = prefix.to_lowercase();
            (vec![Box::new(move |token: &Token| token.exact.starts_with(&prefix))], 0)
        }
        Pattern::Wildcard(shape) => {
            let shape = shape.to_lowercase();
            (vec![Box::new(move |token: &Token| has_shape(&token.exact, &shape))], 0)
        }
        Pattern::Fuzzy { word, distance } => {
            let (word, distance) = (word.to_lowercase(), usize::from(*distance));
            (vec![Box::new(move |token: &Token| edits(&token.exact, &word) <= distance)], 0)
        }
        Pattern::Regex(pattern) => {
            let regex = regex::Regex::new(&format!("(?i)^(?:{pattern})$")).expect("a right expression");
            (vec![Box::new(move |token: &Token| regex.is_match(&token.exact))], 0)
        }
    };
    let mut runs: Vec<(usize, usize, u32)> = Vec::new();
    for (index, test) in tests.iter().enumerate() {
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
        runs = longer.filter(|(_, _, gaps)| *gaps <= slop).collect();
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
