//! What a reader may go on to type: words, names and values of the index that begin so, with the number
//! of articles that each leads to.
//!
//! Case and accents do not matter. Reads term dictionaries and the posting lists of the best candidates,
//! never articles.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::DocSet;
use tantivy::schema::{Field, IndexRecordOption};

use super::error::SearchError;
use super::forms::{Piece, TypedWord, exact_forms};
use super::open::Searcher;
use super::plan::Planner;
use super::plan::expand::each_term_from;
use super::plan::stop::is_stop_word;
use super::query::{
    EntityMatch, Expr, FigureMatch, KeywordField, KeywordMatch, Measure, Node, NumberRange, Pattern, Scope, to_text,
};
use super::synonyms::alike;
use super::walk::END;
use crate::mention::{EntityKind, Span};
use crate::schema::analyzer::{Analyzer, EXACT};
use crate::schema::figures::{ANY_FIGURE, noun_key, written_key};
use crate::schema::names::{name_key_prefix, words_and_key};
use crate::unit::{AGE, to_base};

/// Names of entities whose articles are counted, those with the most mentions of a fitting name first:
/// more begin alike only where next to nothing was typed yet.
const MAX_COUNTED: usize = 1000;

/// What is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SuggestionKind {
    /// Words of titles and bodies, as they stand there.
    Word,
    /// People, by any word of a name or alias.
    Person,
    /// Places, by any word of a name or alias, or by their path.
    Place,
    /// Organisations, by any word of a name or alias.
    Org,
    /// Publications, by any word.
    Source,
    /// Bylines, by any word.
    Author,
    /// Sections, by any word.
    Section,
    /// Keywords that came with the articles, by any word.
    Tag,
    /// Nouns and units of quantities.
    Figure,
}

impl SuggestionKind {
    /// Every kind, in the order of the answers.
    pub const ALL: [SuggestionKind; 9] = [
        SuggestionKind::Word,
        SuggestionKind::Person,
        SuggestionKind::Place,
        SuggestionKind::Org,
        SuggestionKind::Source,
        SuggestionKind::Author,
        SuggestionKind::Section,
        SuggestionKind::Tag,
        SuggestionKind::Figure,
    ];

    /// Its name: that of the field of the query language, where there is one.
    pub fn name(self) -> &'static str {
        match self {
            SuggestionKind::Word => "word",
            SuggestionKind::Person => EntityKind::Person.name(),
            SuggestionKind::Place => EntityKind::Place.name(),
            SuggestionKind::Org => EntityKind::Org.name(),
            SuggestionKind::Source => KeywordField::Source.name(),
            SuggestionKind::Author => KeywordField::Author.name(),
            SuggestionKind::Section => KeywordField::Section.name(),
            SuggestionKind::Tag => KeywordField::Tag.name(),
            SuggestionKind::Figure => "fig",
        }
    }
}

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// As people read it.
    pub text: String,
    /// A query that finds exactly the articles counted.
    pub query: String,
    /// Articles that it leads to.
    pub n_articles: u64,
}

impl Searcher {
    /// What begins with `typed`, most articles first, equals by alphabet; at most `limit`.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn suggest(&self, kind: SuggestionKind, typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        let fields = self.fields();
        let mut found = match kind {
            SuggestionKind::Word => self.words_beginning(typed, limit)?,
            SuggestionKind::Person => self.entities_beginning(EntityKind::Person, typed, limit)?,
            SuggestionKind::Place if typed.starts_with('/') => self.paths_beginning(typed)?,
            SuggestionKind::Place => self.entities_beginning(EntityKind::Place, typed, limit)?,
            SuggestionKind::Org => self.entities_beginning(EntityKind::Org, typed, limit)?,
            SuggestionKind::Source => self.values_beginning(fields.source, KeywordField::Source, typed)?,
            SuggestionKind::Author => self.values_beginning(fields.author, KeywordField::Author, typed)?,
            SuggestionKind::Section => self.values_beginning(fields.section, KeywordField::Section, typed)?,
            SuggestionKind::Tag => self.values_beginning(fields.tag, KeywordField::Tag, typed)?,
            SuggestionKind::Figure => self.figures_beginning(typed)?,
        };
        found.sort_by(|one, other| {
            (Reverse(one.n_articles), &one.text, &one.expr_text).cmp(&(
                Reverse(other.n_articles),
                &other.text,
                &other.expr_text,
            ))
        });
        found.truncate(limit);
        let suggestion =
            |Found { text, expr_text, n_articles }| Suggestion { kind, text, query: expr_text, n_articles };
        Ok(found.into_iter().map(suggestion).collect())
    }

    /// Function words are left out: nobody looks for them.
    fn words_beginning(&self, typed: &str, limit: usize) -> Result<Vec<Found>, SearchError> {
        let pieces = exact_forms(&mut Analyzer::new(), self.languages(), typed);
        let word = match &pieces[..] {
            [Piece::Word(TypedWord { exact: word, .. }) | Piece::Character(word)] => word,
            [Piece::Run(pairs)] if let [pair] = &pairs[..] => pair,
            _ => return Ok(Vec::new()),
        };
        let mut at_most: HashMap<String, u64> = HashMap::new();
        for segment in self.segments() {
            for field in [self.fields().title, self.fields().body] {
                let inverted = segment.inverted(field).map_err(|error| self.unreadable(error))?;
                each_term_from(&inverted, &format!("{EXACT}{word}"), |term, info| {
                    if !is_stop_word(&term[EXACT.len()..]) {
                        *at_most.entry(term.to_owned()).or_default() += u64::from(info.doc_freq);
                    }
                    Ok(true)
                })
                .map_err(|error| self.unreadable(error))?;
            }
        }
        let mut candidates: Vec<(String, u64)> = at_most.into_iter().collect();
        candidates.sort_unstable_by(|(one, n_one), (other, n_other)| n_other.cmp(n_one).then_with(|| one.cmp(other)));
        // What comes later cannot have more articles than it has occurrences in fields.
        let mut counts: Vec<u64> = Vec::new();
        let mut found = Vec::new();
        for (term, at_most) in candidates {
            if counts.len() >= limit && counts.iter().filter(|&&n_articles| n_articles > at_most).count() >= limit {
                break;
            }
            let n_articles = self.n_with_in_text(&term)?;
            if n_articles > 0 {
                counts.push(n_articles);
                let text = term[EXACT.len()..].to_owned();
                let expr = Expr::Text { scope: Scope::Anywhere, pattern: Pattern::Exact(text.clone()) };
                found.push(Found::new(text, expr, n_articles));
            }
        }
        Ok(found)
    }

    /// How many living articles have a term in title or body.
    pub(super) fn n_with_in_text(&self, term: &str) -> Result<u64, SearchError> {
        let mut n_articles = 0;
        for segment in self.segments() {
            let postings = |field| {
                let postings = segment.postings(field, term, IndexRecordOption::Basic);
                postings.map_err(|error| self.unreadable(error))
            };
            let mut both = [postings(self.fields().title)?, postings(self.fields().body)?];
            loop {
                let doc = both.iter().flatten().map(|one| one.doc()).min().unwrap_or(END);
                if doc == END {
                    break;
                }
                n_articles += u64::from(segment.living().contains(doc));
                for one in both.iter_mut().flatten().filter(|one| one.doc() == doc) {
                    one.advance();
                }
            }
        }
        Ok(n_articles)
    }

    fn entities_beginning(&self, kind: EntityKind, typed: &str, limit: usize) -> Result<Vec<Found>, SearchError> {
        let mut keys: Vec<(String, u64)> = self.keys_beginning(kind, typed)?.into_iter().collect();
        keys.sort_unstable_by(|(one, n_one), (other, n_other)| n_other.cmp(n_one).then_with(|| one.cmp(other)));
        keys.truncate(MAX_COUNTED.max(limit));
        let mut counted = Vec::new();
        for (key, _) in keys {
            let n_articles = self.n_articles_of(kind, &key)?;
            counted.push((Reverse(n_articles), key));
        }
        counted.sort_unstable();
        let mut found = Vec::new();
        for (Reverse(n_articles), key) in counted.into_iter().take(limit).filter(|(n, _)| n.0 > 0) {
            let name = self.label(kind, &key)?.unwrap_or_else(|| key.clone());
            let expr = Expr::Entity { kind, which: EntityMatch::Exact(key) };
            found.push(Found::new(name, expr, n_articles));
        }
        Ok(found)
    }

    /// Keys of the entities with a word in a name or alias that begins so, each with how often articles
    /// have a name that does; all of them when nothing was typed.
    pub(super) fn keys_beginning(&self, kind: EntityKind, typed: &str) -> Result<HashMap<String, u64>, SearchError> {
        let mut keys = HashMap::new();
        let words = Analyzer::new().exact_words(typed).join(" ");
        if words.is_empty() && !typed.trim().is_empty() {
            return Ok(keys);
        }
        let (of_kind, prefix) = (name_key_prefix(kind, ""), name_key_prefix(kind, &words));
        for segment in self.segments() {
            let inverted = segment.inverted(self.fields().name_key).map_err(|error| self.unreadable(error))?;
            each_term_from(&inverted, &prefix, |term, info| {
                if let Some((_, key)) = words_and_key(&term[of_kind.len()..]) {
                    match keys.get_mut(&*key) {
                        Some(n_names) => *n_names += u64::from(info.doc_freq),
                        None => {
                            keys.insert(key.into_owned(), u64::from(info.doc_freq));
                        }
                    }
                }
                Ok(true)
            })
            .map_err(|error| self.unreadable(error))?;
        }
        keys.retain(|key, _| !self.is_ruled(kind, key));
        keys.extend(self.ruled_keys_beginning(kind, &words)?);
        Ok(keys)
    }

    fn paths_beginning(&self, typed: &str) -> Result<Vec<Found>, SearchError> {
        let counts = self.counted_terms(self.fields().place_path, &typed.to_lowercase(), |_| true)?;
        let is_ruled = self.overlay()?.is_some();
        let mut found = Vec::new();
        for (path, mut n_articles) in counts {
            let expr = Expr::Entity { kind: EntityKind::Place, which: EntityMatch::Path(path.clone()) };
            if is_ruled {
                // The index counts what rules may have taken away.
                let node = Node { expr: expr.clone(), span: Span::new(0, 0) };
                n_articles = self.n_matches(&Planner::new(self, "")?.plan(&node)?)?;
            }
            if n_articles > 0 {
                found.push(Found::new(path, expr, n_articles));
            }
        }
        Ok(found)
    }

    fn values_beginning(&self, column: Field, field: KeywordField, typed: &str) -> Result<Vec<Found>, SearchError> {
        let counts = self.counted_terms(column, "", words_beginning(typed))?;
        let found = |(value, n_articles): (String, u64)| {
            let expr = Expr::Keyword { field, value: KeywordMatch::Exact(value.clone()) };
            Found::new(value, expr, n_articles)
        };
        Ok(counts.into_iter().map(found).collect())
    }

    fn figures_beginning(&self, typed: &str) -> Result<Vec<Found>, SearchError> {
        let beginning = typed.trim().to_lowercase();
        let counts = self.counted_terms(self.fields().figure, "", |key| {
            figure_name(key).is_some_and(|(name, _)| name.starts_with(&beginning))
        })?;
        // A noun that goes by the name of a unit is found by no query, which asks for the unit.
        let is_of_unit = |noun: &str| noun == AGE || to_base(noun, 1.0).is_some() || counts.contains_key(noun);
        let found = |(key, n_articles): (&String, &u64)| {
            let (name, measure) = figure_name(key)?;
            if matches!(&measure, Measure::Noun(noun) if is_of_unit(noun)) {
                return None;
            }
            let range = NumberRange::ALL;
            // The count is that of this noun alone.
            let exact = matches!(&measure, Measure::Noun(noun) if alike(noun).len() > 1);
            let expr = Expr::Figure(FigureMatch { range, exact, ..FigureMatch::any_value(measure) });
            Some(Found::new(name.to_owned(), expr, *n_articles))
        };
        Ok(counts.iter().filter_map(found).collect())
    }

    /// Terms of a field that begin so and are accepted, each with its living articles.
    pub(super) fn counted_terms(
        &self,
        field: Field,
        beginning: &str,
        mut accepts: impl FnMut(&str) -> bool,
    ) -> Result<HashMap<String, u64>, SearchError> {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for segment in self.segments() {
            let inverted = segment.inverted(field).map_err(|error| self.unreadable(error))?;
            each_term_from(&inverted, beginning, |term, info| {
                if accepts(term) {
                    let n_articles = segment.n_living_with(&inverted, info)?;
                    if n_articles > 0 {
                        *counts.entry(term.to_owned()).or_default() += n_articles;
                    }
                }
                Ok(true)
            })
            .map_err(|error| self.unreadable(error))?;
        }
        Ok(counts)
    }
}

/// Something found, with the query that leads to it.
struct Found {
    text: String,
    expr_text: String,
    n_articles: u64,
}

impl Found {
    fn new(text: String, expr: Expr, n_articles: u64) -> Self {
        Self { text, expr_text: to_text(&Node { expr, span: Span::new(0, 0) }), n_articles }
    }
}

/// The name by which a query asks for a figure key; `None` for keys that no query names.
pub(super) fn figure_name(key: &str) -> Option<(&str, Measure)> {
    if let Some(noun) = key.strip_prefix(&noun_key("")) {
        return Some((noun, Measure::Noun(noun.to_owned())));
    }
    let unit = key.strip_prefix("u_").unwrap_or(key);
    (key != ANY_FIGURE && written_key(unit) == key).then(|| (unit, Measure::Unit(unit.to_owned())))
}

/// Tells the values that have the words of `typed` in a row, the last one at least begun.
pub(super) fn words_beginning(typed: &str) -> impl FnMut(&str) -> bool {
    let mut analyzer = Analyzer::new();
    let sought = analyzer.exact_words(typed);
    let takes_all = typed.trim().is_empty();
    move |value| {
        let Some((last, first)) = sought.split_last() else { return takes_all };
        analyzer.exact_words(value).windows(sought.len()).any(|window| {
            window.split_last().is_some_and(|(end, start)| start == first && end.starts_with(last.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, value: &str, expected: bool) {
        assert_eq!(words_beginning(typed)(value), expected, "{typed}: {value}");
    }

    #[test]
    fn values_begin_with_words_at_any_place() {
        check("new yo", "The New York Times", true);
        check("york", "The New York Times", true);
        check("NEW t", "The New York Times", false);
        check("ork", "The New York Times", false);
        check("lodz", "Dziennik Łódzki", true);
        check("", "anything", true);
        check("😀", "anything", false);
    }

    #[test]
    fn keys_of_figures_have_names() {
        let named = |key: &str| figure_name(key).map(|(name, _)| name.to_owned());
        assert_eq!(named("n_prisoner").as_deref(), Some("prisoner"));
        assert_eq!(named("usd").as_deref(), Some("usd"));
        assert_eq!(named(&written_key("km")).as_deref(), Some("km"));
        assert_eq!(named("*"), None);
    }
}
