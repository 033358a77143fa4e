//! One figure over time, reports that repeat each other put together.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use super::Scope;
use crate::article::{Article, Origin, PublicationDate};
use crate::figure::{Bound, Change, Figure, Outcome};
use crate::mention::Span;
use crate::search::query::{Expr, FigureMatch, Measure, Node};
use crate::search::synonyms::representative;
use crate::search::{SearchError, Searcher, sentence_of};
use crate::unit::to_base;

/// Days within which one report can be a copy of another: agency copy is used up within days.
const COPY_DAYS: i64 = 3;
/// Share of words that two sentences have in common when one is a copy of the other. Rewritten agency copy keeps
/// more than half of its words, two independent sentences on one event about a third.
const COPY_SHARE: f64 = 0.6;
/// Share of the words of a headline that stand in a sentence which tells the same.
const HEADLINE_SHARE: f64 = 0.5;
/// Where mentions in the body stand, those in the title before them.
const BODY: u32 = 1 << 31;
/// Reports of one value that a new one is compared with: those before it in time.
const MAX_COMPARED: usize = 64;

/// What to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackConfig {
    /// What is measured or counted.
    pub measure: Measure,
    /// Only this noun, without others of its meaning.
    pub exact: bool,
    /// Whether every report stands alone, however much it repeats another.
    pub ungrouped: bool,
}

/// One report of the figure, with those that repeat it.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackPoint {
    /// When the article was published.
    pub date: Option<PublicationDate>,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// Unit as written.
    pub unit: Option<String>,
    /// Noun as counted.
    pub noun: Option<String>,
    /// How the text bounds it.
    pub bound: Bound,
    /// Where it moved.
    pub change: Change,
    /// What befell the people counted.
    pub outcome: Option<Outcome>,
    /// The words of the figure.
    pub text: String,
    /// The sentence that it stands in.
    pub sentence: String,
    /// Headline of the article.
    pub title: String,
    /// Publication.
    pub source: Option<String>,
    /// Id of the article.
    pub id: String,
    /// Place of the article.
    pub origin: Origin,
    /// The other articles that report the same value in nearly the same words, by date.
    pub copies: Vec<Copy>,
    at: (bool, i64, u32),
}

/// An article that repeats a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// When it was published.
    pub date: Option<PublicationDate>,
    /// Publication.
    pub source: Option<String>,
    /// Id of the article.
    pub id: String,
    /// Place of the article.
    pub origin: Origin,
}

/// Reports of a figure by date; undated ones last.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// The reports.
    pub points: Vec<TrackPoint>,
    /// Articles that have it.
    pub n_articles: u64,
    /// Mentions of it in these articles.
    pub n_mentions: u64,
    /// What the user must know of the search.
    pub notes: Vec<String>,
}

impl TrackPoint {
    /// Least and greatest value in the base unit of their kind, so that miles and kilometres compare.
    pub fn in_base(&self) -> (f64, f64) {
        let base = |value: f64| {
            let unit = self.unit.as_deref();
            unit.and_then(|unit| to_base(unit, value)).map_or(value, |(_, value)| value)
        };
        (base(self.low), base(self.high))
    }
}

/// Follows a unit or noun, with all that are searched for together with it, through the matching
/// articles.
///
/// # Errors
/// When the index can't be read.
pub fn track(searcher: &Searcher, scope: &Scope, config: &TrackConfig) -> Result<Track, SearchError> {
    let mut filters = scope.filters.clone();
    let any_value = FigureMatch { exact: config.exact, ..FigureMatch::any_value(config.measure.clone()) };
    filters.push(Node { expr: Expr::Figure(any_value.clone()), span: Span { start: 0, end: 0 } });
    let matcher = searcher.figure_matcher(&any_value)?;
    let mut points = Vec::new();
    let mut n_articles = 0;
    let mut notes = searcher.visit_articles(&scope.query, &filters, &mut |stored| {
        n_articles += 1;
        let id = searcher.id_of(&stored)?;
        let (article, extraction) = (stored.article, stored.extraction);
        for (text, figures, offset) in
            [(&article.title, &extraction.title.figures, 0), (&article.body, &extraction.body.figures, BODY)]
        {
            for figure in figures.iter().filter(|figure| matcher(figure)) {
                let at = (
                    article.date.is_none(),
                    article.date.map_or(0, |date| date.epoch_seconds()),
                    offset | figure.span.start.min(BODY - 1),
                );
                points.push(point(text, figure, &id, &article, at));
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    points.sort_by(|left, right| {
        let key = |point: &TrackPoint| (point.at.0, point.at.1);
        key(left).cmp(&key(right)).then_with(|| left.id.cmp(&right.id)).then_with(|| left.at.2.cmp(&right.at.2))
    });
    if points.is_empty() {
        notes.extend(searcher.explain_measure(&any_value)?);
    }
    let n_mentions = points.len() as u64;
    let points = if config.ungrouped { points } else { grouped(points) };
    Ok(Track { points, n_articles, n_mentions, notes })
}

fn point(text: &str, figure: &Figure, id: &str, article: &Article, at: (bool, i64, u32)) -> TrackPoint {
    TrackPoint {
        date: article.date,
        low: figure.low,
        high: figure.high,
        unit: figure.unit.clone(),
        noun: figure.noun.clone(),
        bound: figure.bound,
        change: figure.change,
        outcome: figure.outcome,
        text: figure.span.of(text).to_owned(),
        sentence: sentence_of(text, figure.span).to_owned(),
        title: article.title.clone(),
        source: article.source.clone(),
        id: id.to_owned(),
        origin: article.origin.clone(),
        copies: Vec::new(),
        at,
    }
}

/// What has to be equal in copies: value, unit, what is counted.
type Value = (u64, u64, Option<String>, Option<String>);

/// Puts reports together that repeat each other: the same value within one article, and the same value in nearly
/// the same words within days. The first one by date stands for all.
fn grouped(points: Vec<TrackPoint>) -> Vec<TrackPoint> {
    let mut groups: Vec<TrackPoint> = Vec::new();
    let mut words: Vec<BTreeSet<String>> = Vec::new();
    let mut by_value: HashMap<Value, Vec<usize>> = HashMap::new();
    for point in once_an_article(points) {
        let own = words_of(&point.sentence);
        let alike = by_value.entry(value_of(&point)).or_default();
        let mut before = alike.iter().rev().take(MAX_COMPARED).copied();
        let is_copy = |at: usize| are_copies(&words[at], &own) && !contradict(&groups[at], &point);
        match before.find(|&at| near(&groups[at], &point) && is_copy(at)) {
            Some(at) => {
                let TrackPoint { date, source, id, origin, .. } = point;
                groups[at].copies.push(Copy { date, source, id, origin });
            }
            None => {
                alike.push(groups.len());
                groups.push(point);
                words.push(own);
            }
        }
    }
    groups
}

/// Each value of an article once, in its longest sentence, which says more than a headline; a share or an amount of
/// money twice where the sentences speak of different things. Mentions of one article stand side by side.
fn once_an_article(points: Vec<TrackPoint>) -> Vec<TrackPoint> {
    let mut kept: Vec<TrackPoint> = Vec::new();
    let mut first = 0;
    for point in points {
        if kept.get(first).is_none_or(|known| known.id != point.id) {
            first = kept.len();
        }
        match kept[first..].iter_mut().find(|known| are_one(known, &point)) {
            Some(known) if known.sentence.len() < point.sentence.len() => *known = point,
            Some(_) => {}
            None => kept.push(point),
        }
    }
    kept
}

/// Whether two mentions in one article are of one thing. The number of a noun with the same bound is; anything else, as
/// two shares of 20 percent, in much the same words only.
fn are_one(one: &TrackPoint, other: &TrackPoint) -> bool {
    if value_of(one) != value_of(other) || contradict(one, other) {
        return false;
    }
    let (left, right) = (words_of(&one.sentence), words_of(&other.sentence));
    let is_title = |point: &TrackPoint| point.at.2 < BODY;
    let n_shared = left.intersection(&right).count() as f64;
    // A headline has little more than the figure and what it is of.
    let n_words = if is_title(one) { left.len() } else { right.len() };
    let is_headline_of = is_title(one) != is_title(other) && n_shared >= HEADLINE_SHARE * n_words as f64;
    one.noun.is_some() && one.bound == other.bound || is_headline_of || are_copies(&left, &right)
}

/// Whether one tells of a rise and the other of a fall.
fn contradict(one: &TrackPoint, other: &TrackPoint) -> bool {
    one.change != other.change && one.change != Change::None && other.change != Change::None
}

fn value_of(point: &TrackPoint) -> Value {
    let noun = point.outcome.map(Outcome::name).or(point.noun.as_deref()).map(|noun| representative(noun).to_owned());
    (point.low.to_bits(), point.high.to_bits(), point.unit.clone(), noun)
}

fn near(one: &TrackPoint, other: &TrackPoint) -> bool {
    const DAY_SECONDS: i64 = 86_400;
    one.at.0 == other.at.0 && (other.at.1 - one.at.1).abs() <= COPY_DAYS * DAY_SECONDS
}

fn words_of(sentence: &str) -> BTreeSet<String> {
    let words = sentence.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether two sentences have most of their words in common.
fn are_copies(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let n_shared = one.intersection(other).count();
    let n_all = one.len() + other.len() - n_shared;
    n_all > 0 && n_shared as f64 >= COPY_SHARE * n_all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(are_copies(&words_of(one), &words_of(other)), expected, "{one} / {other}");
    }

    #[test]
    fn copies_share_most_words() {
        check("Both sides freed 390 prisoners on Friday.", "Both sides freed 390 prisoners on Friday", true);
        check(
            "Russia and Ukraine each released 390 prisoners on Friday, opening the largest exchange of the war.",
            "KYIV - Russia and Ukraine each released 390 prisoners on Friday, opening what is the largest exchange of the war.",
            true,
        );
        check("Both sides freed 390 prisoners on Friday.", "A lorry with 390 prisoners left Kursk at dawn.", false);
        check("", "", false);
    }

    fn told(
        at: u32,
        sentence: &str,
        noun: Option<&str>,
        unit: Option<&str>,
        bound: Bound,
        change: Change,
    ) -> TrackPoint {
        TrackPoint {
            date: None,
            low: 5.0,
            high: 5.0,
            unit: unit.map(str::to_owned),
            noun: noun.map(str::to_owned),
            bound,
            change,
            outcome: None,
            text: "5".to_owned(),
            sentence: sentence.to_owned(),
            title: String::new(),
            source: None,
            id: "one".to_owned(),
            origin: Origin { path: std::sync::Arc::from("/a"), record: None },
            copies: Vec::new(),
            at: (true, 0, at),
        }
    }

    #[test]
    fn different_facts_of_one_value_stay_apart() {
        let percent = |at, sentence, change| told(at, sentence, None, Some("percent"), Bound::Exact, change);
        let rise = percent(BODY, "Exports of cars rose 5% in March.", Change::Up);
        let fall = percent(BODY + 40, "Exports of cars fell 5% in March.", Change::Down);
        let other = percent(BODY + 80, "A further 5% of the crop was lost to hail.", Change::None);
        let title = percent(0, "Exports up 5%", Change::None);
        let kept = |points: &[&TrackPoint]| grouped(points.iter().map(|point| (*point).clone()).collect()).len();
        assert_eq!(kept(&[&rise, &fall]), 2);
        assert_eq!(kept(&[&rise, &other]), 2);
        assert_eq!(kept(&[&title, &rise]), 1);

        let dead = |sentence, bound| told(BODY, sentence, Some("death"), None, bound, Change::None);
        let exact = dead("Police spoke of 5 deaths.", Bound::Exact);
        assert_eq!(kept(&[&exact, &dead("The 5 deaths shocked the town.", Bound::Exact)]), 1);
        assert_eq!(kept(&[&exact, &dead("At least 5 deaths were counted in Herat.", Bound::AtLeast)]), 2);
    }
}
