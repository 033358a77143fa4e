//! A plan becomes a walk over one segment.

use tantivy::DocId;
use tantivy::columnar::Column;
use tantivy::schema::{Field, IndexRecordOption};

use super::near::figure_term;
use super::{FigureCondition, PlaceNode, Plan};
use crate::search::bits::Bits;
use crate::search::forms::Form;
use crate::search::open::Searcher;
use crate::search::segment::Segment;
use crate::search::statistics::{Lengths, Statistics};
use crate::search::walk::{
    And, AtLeast, Check, END, FigureCheck, Filtered, Forms, Holds, List, Members, Nothing, Phrase, Places,
    PostingsUnion, Recorded, TextField, TextWalk, Walk, Windowed, Word,
};

/// The walk over articles that any of some parts match, which tells how many do. Nobody asks for its scores.
pub(in crate::search) fn compile_any<'s>(
    (searcher, ordinal): (&'s Searcher, usize),
    statistics: &'s Statistics,
    parts: &[Plan],
) -> tantivy::Result<AtLeast<'s>> {
    Compiler::new(searcher, statistics, ordinal, Scores::Unasked).at_least(parts, 1)
}

/// Whether a walk is asked for scores; where not, neither frequencies nor lengths are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Scores {
    Asked,
    Unasked,
}

/// The walk of `plan` over the segment at `ordinal`.
pub(in crate::search) fn compile<'s>(
    (searcher, ordinal): (&'s Searcher, usize),
    statistics: &'s Statistics,
    plan: &Plan,
    scores: Scores,
) -> tantivy::Result<Box<dyn Walk + 's>> {
    Compiler::new(searcher, statistics, ordinal, scores).walk(plan)
}

struct Compiler<'s> {
    searcher: &'s Searcher,
    statistics: &'s Statistics,
    ordinal: usize,
    segment: &'s Segment,
    scores: Scores,
}

impl<'s> Compiler<'s> {
    fn new(searcher: &'s Searcher, statistics: &'s Statistics, ordinal: usize, scores: Scores) -> Self {
        Self { searcher, statistics, ordinal, segment: &searcher.segments()[ordinal], scores }
    }

    fn walk(&self, plan: &Plan) -> tantivy::Result<Box<dyn Walk + 's>> {
        Ok(match plan {
            Plan::Everything => Box::new(Members::new(self.segment.living(), 0.0)),
            Plan::Nothing => Box::new(Nothing),
            Plan::Word { .. } => match self.word(plan)? {
                Some(word) => Box::new(word),
                None => Box::new(Nothing),
            },
            Plan::Places { node, fields, weight } => Box::new(TextWalk::new(self.text_fields(node, fields)?, *weight)),
            Plan::Reached { .. } => self.windowed(plan)?,
            Plan::List { segments, weight } => Box::new(List::new(segments[self.ordinal].clone(), *weight)),
            Plan::Figure(condition) => self.figures(condition)?,
            Plan::Days { first, last } => self.days(*first, *last)?,
            Plan::HasDate => self.days(i64::MIN, i64::MAX)?,
            Plan::HasString(field) => match self.segment.strings(*field)? {
                Some(column) => {
                    let holds = move |doc| column.ords().index.has_value(doc);
                    Box::new(Check::new(self.segment.max_doc(), holds))
                }
                None => Box::new(Nothing),
            },
            Plan::And { required, excluded } => {
                let (mut walks, mut checks) = (Vec::new(), Vec::new());
                for part in required {
                    match part {
                        Plan::Figure(condition) => {
                            let (walk, check) = self.figure_parts(condition)?;
                            walks.push(walk);
                            checks.extend(check);
                        }
                        part => walks.push(self.walk(part)?),
                    }
                    // What one part never has is in none of the articles: the others need not be opened.
                    if walks.last().is_some_and(|walk| walk.doc() == END) {
                        return Ok(Box::new(Nothing));
                    }
                }
                Box::new(And::new(walks, self.walks(excluded)?, checks))
            }
            Plan::AtLeast { parts, n_needed } => match &parts[..] {
                [only] if *n_needed == 1 => self.walk(only)?,
                _ => self.windowed(plan)?,
            },
        })
    }

    fn walks(&self, plans: &[Plan]) -> tantivy::Result<Vec<Box<dyn Walk + 's>>> {
        plans.iter().map(|plan| self.walk(plan)).collect()
    }

    fn word(&self, plan: &Plan) -> tantivy::Result<Option<Word<'s>>> {
        let Plan::Word { forms, exact, fields, weight, exact_weight } = plan else { return Ok(None) };
        let index = (self.searcher.fields(), self.searcher.languages());
        // Only the score asks which form was typed.
        let (option, exact) = match self.scores {
            Scores::Asked => (IndexRecordOption::WithFreqs, exact.as_deref()),
            Scores::Unasked => (IndexRecordOption::Basic, None),
        };
        let forms = (&forms[..], exact);
        let mut found = Vec::new();
        for &field in fields {
            found.extend(self.segment.word_field(index, self.statistics, field, forms, option)?);
        }
        Ok(Some(Word::new(found, *weight, *exact_weight, self.segment.max_doc())))
    }

    /// As [`Self::walk`], for parts of which not every article has to have each.
    fn windowed(&self, plan: &Plan) -> tantivy::Result<Box<dyn Windowed + 's>> {
        if let Some(word) = self.word(plan)? {
            return Ok(Box::new(word));
        }
        Ok(match plan {
            Plan::Reached { word, reach, weight } => {
                let reached = List::new(reach.segments[self.ordinal].clone(), *weight);
                Box::new(AtLeast::new(vec![self.windowed(word)?, Box::new(reached)], 1))
            }
            Plan::List { segments, weight } => Box::new(List::new(segments[self.ordinal].clone(), *weight)),
            Plan::AtLeast { parts, n_needed } => Box::new(self.at_least(parts, *n_needed)?),
            other => Box::new(Recorded::new(self.walk(other)?)),
        })
    }

    fn at_least(&self, parts: &[Plan], n_needed: usize) -> tantivy::Result<AtLeast<'s>> {
        let parts = parts.iter().map(|part| self.windowed(part)).collect::<tantivy::Result<_>>()?;
        Ok(AtLeast::new(parts, n_needed))
    }

    fn text_fields(&self, node: &PlaceNode, fields: &[Field]) -> tantivy::Result<Vec<TextField<'s>>> {
        let mut text_fields = Vec::new();
        for &field in fields {
            text_fields.push(TextField {
                places: self.places(node, field)?,
                lengths: match self.scores {
                    Scores::Asked => self.segment.lengths(self.searcher.fields(), field)?,
                    Scores::Unasked => Lengths::default(),
                },
                weights: self.statistics.lengths(self.searcher.fields(), field),
            });
        }
        Ok(text_fields)
    }

    fn places(&self, node: &PlaceNode, field: Field) -> tantivy::Result<Places> {
        Ok(match node {
            PlaceNode::Terms(terms) => Places::terms(self.union(field, terms, true)?),
            PlaceNode::Ruled { terms, title, body, is_any } => {
                let positions = if field == self.searcher.fields().title { title } else { body };
                let listed = positions.get(self.ordinal).cloned().unwrap_or_else(|| [].into());
                let postings = self.union(field, terms, true)?;
                let overlay = self.searcher.overlay().ok().flatten().filter(|_| *is_any);
                let touched = overlay.into_iter().flat_map(|overlay| overlay.articles(self.ordinal));
                let untouched = Places::outside(postings, touched.map(|(doc, _)| doc).collect());
                Places::any(vec![untouched, Places::listed(listed)])
            }
            PlaceNode::Figures(condition) => {
                let terms: Vec<String> = condition.keys.iter().map(|key| figure_term(key)).collect();
                let postings = self.union(field, &terms, true)?;
                let figures = self.segment.figures(self.searcher.fields())?.filter(|_| !condition.is_open());
                match figures.map(|figures| figures.met_of_key(condition)).transpose()?.flatten() {
                    Some(met) => {
                        let in_title = field == self.searcher.fields().title;
                        Places::figures(postings, FigureCheck { met, in_title })
                    }
                    None => Places::terms(postings),
                }
            }
            PlaceNode::Word(forms) => self.phrase(&[forms], field, 0)?,
            PlaceNode::Run(pairs) => {
                let pairs: Vec<&[Form]> = pairs.iter().map(std::slice::from_ref).collect();
                self.phrase(&pairs, field, 1)?
            }
            PlaceNode::InOrder { parts, slop: 0 } if parts.iter().all(|part| part.as_word().is_some()) => {
                let words: Vec<&[Form]> = parts.iter().filter_map(PlaceNode::as_word).collect();
                self.phrase(&words, field, 0)?
            }
            PlaceNode::InOrder { parts, slop } => {
                let parts = parts.iter().map(|part| self.places(part, field)).collect::<tantivy::Result<_>>()?;
                Places::in_order(parts, *slop)
            }
            PlaceNode::Near { left, right, distance, ordered } => {
                Places::near(self.places(left, field)?, self.places(right, field)?, *distance, *ordered)
            }
            PlaceNode::Within { fields, part } if fields.contains(&field) => self.places(part, field)?,
            PlaceNode::Within { .. } => Places::any(Vec::new()),
            PlaceNode::Any(parts) if parts.iter().all(|part| matches!(part, PlaceNode::Terms(_))) => {
                let terms = parts.iter().filter_map(|part| match part {
                    PlaceNode::Terms(terms) => Some(terms),
                    _ => None,
                });
                let mut terms: Vec<String> = terms.flatten().cloned().collect();
                terms.sort_unstable();
                terms.dedup();
                Places::terms(self.union(field, &terms, true)?)
            }
            PlaceNode::Any(parts) => {
                Places::any(parts.iter().map(|part| self.places(part, field)).collect::<tantivy::Result<_>>()?)
            }
        })
    }

    fn forms(&self, field: Field, forms: &[Form], option: IndexRecordOption) -> tantivy::Result<Option<Forms>> {
        self.segment.forms(self.searcher.fields(), self.searcher.languages(), field, forms, option)
    }

    /// Words directly behind each other, the last of which reaches so many positions beyond its own.
    fn phrase(&self, words: &[&[Form]], field: Field, reach: u32) -> tantivy::Result<Places> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let words = words.iter().map(|forms| self.forms(field, forms, option));
        // A word that the segment has not leaves no phrase.
        Ok(match words.collect::<tantivy::Result<Option<Vec<_>>>>()? {
            Some(words) => Places::Phrase(Phrase::new(words, reach)),
            None => Places::terms(PostingsUnion::new(Vec::new())),
        })
    }

    fn union(&self, field: Field, terms: &[String], positions: bool) -> tantivy::Result<PostingsUnion> {
        let option = if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::Basic };
        let mut postings = Vec::new();
        for term in terms {
            postings.extend(self.segment.postings(field, term, option)?);
        }
        Ok(PostingsUnion::new(postings))
    }

    fn figures(&self, condition: &FigureCondition) -> tantivy::Result<Box<dyn Walk + 's>> {
        Ok(match self.figure_parts(condition)? {
            (walk, None) => walk,
            (walk, Some(check)) => Box::new(Filtered::new(walk, check, condition.score)),
        })
    }

    /// Articles that may have a quantity asked for, and what tells whether they have it: dearer, so that it is asked
    /// last.
    fn figure_parts(&self, condition: &FigureCondition) -> tantivy::Result<(Box<dyn Walk + 's>, Option<Holds<'s>>)> {
        let score = condition.score;
        let postings = self.union(self.searcher.fields().figure, &condition.keys, false)?;
        let postings = Box::new(Filtered::new(Box::new(postings), |_| true, score));
        let Some(figures) = self.segment.figures(self.searcher.fields())? else { return Ok((Box::new(Nothing), None)) };
        if condition.is_open() {
            return Ok((postings, None));
        }
        let FigureCondition { keys, range, change, bound, .. } = condition;
        let asked = format!("figure {keys:?} {range:?} {change:?} {bound:?}");
        let again = self.searcher.filters.again(self.ordinal, asked, || {
            let asked_for = figures.met(condition)?;
            let mut met = Bits::new(self.segment.max_doc());
            let mut postings = self.union(self.searcher.fields().figure, keys, false)?;
            while postings.doc() != END {
                if asked_for.by(postings.doc()) {
                    met.insert(postings.doc());
                }
                postings.advance();
            }
            Ok(met)
        })?;
        if let Some(met) = again {
            return Ok((Box::new(Members::new(met, score)), None));
        }
        let met = figures.met(condition)?;
        Ok((postings, Some(Box::new(move |doc| met.by(doc)))))
    }

    fn days(&self, first: i64, last: i64) -> tantivy::Result<Box<dyn Walk + 's>> {
        let fields = self.searcher.fields();
        let (Some(first_days), Some(last_days)) =
            (self.segment.i64s(fields.first_day)?, self.segment.i64s(fields.last_day)?)
        else {
            return Ok(Box::new(Nothing));
        };
        let again = self.searcher.filters.again(self.ordinal, format!("days {first} {last}"), || {
            Ok(days_between(&first_days, &last_days, first, last, self.segment.max_doc()))
        })?;
        if let Some(found) = again {
            return Ok(Box::new(Members::new(found, 0.0)));
        }
        let holds = move |doc| match (first_days.first(doc), last_days.first(doc)) {
            (Some(first_day), Some(last_day)) => first_day <= last && first <= last_day,
            _ => false,
        };
        Ok(Box::new(Check::new(self.segment.max_doc(), holds)))
    }
}

/// Articles whose days touch a range of days.
fn days_between(first_days: &Column<i64>, last_days: &Column<i64>, first: i64, last: i64, max_doc: DocId) -> Bits {
    let mut found = Bits::new(max_doc);
    for doc in 0..max_doc {
        if let (Some(first_day), Some(last_day)) = (first_days.first(doc), last_days.first(doc))
            && first_day <= last
            && first <= last_day
        {
            found.insert(doc);
        }
    }
    found
}
