//! Words, phrases and patterns in title and body.

use std::sync::Arc;

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet};

use super::expand::{MAX_WORDS, expand};
use super::{PlaceNode, Plan, Planner};
use crate::schema::analyzer::EXACT;
use crate::search::error::SearchError;
use crate::search::forms::{Form, TypedWord};
use crate::search::pattern::{Shape, Slot, Slots, slots};
use crate::search::query::{Node, Pattern};
use crate::search::reach::{REACHED_SHARE, Reach};
use crate::search::walk::END;

/// Share of a word's score that only the form earns that was typed: `banks` prefers articles with
/// "banks" a little, without hiding those with "bank". From 0 over 0.15 to 0.3, headlines as queries go
/// from .772 over .779 to .783 nDCG@10, topics in sentences, whose forms are an accident, from .853 over
/// .853 to .848.
pub(super) const EXACT_SHARE: f32 = 0.15;

impl Planner<'_> {
    pub(super) fn plan_text(
        &self,
        node: &Node,
        fields: Vec<Field>,
        pattern: &Pattern,
    ) -> Result<Option<Plan>, SearchError> {
        let Slots { slots, slop } = self.slots(node, pattern)?;
        let typed = self.typed(node);
        Ok(Some(match &slots[..] {
            [] => {
                // The parser has remarked upon signs.
                if typed.contains(char::is_alphanumeric) {
                    self.note(format!("`{typed}` holds no word to search for and was left out"));
                }
                return Ok(None);
            }
            [Slot::AnyForm(typed_word @ TypedWord { forms, exact })] => {
                let reach = match pattern {
                    Pattern::Word(_) => self.searcher.reach(typed_word, &fields)?,
                    _ => Arc::default(),
                };
                let exact = format!("{EXACT}{exact}");
                let word = Plan::Word {
                    weight: self.idf_of_any(&fields, forms)? * (1.0 - EXACT_SHARE),
                    exact_weight: self.idf(&fields, &exact)? * EXACT_SHARE,
                    forms: forms.clone(),
                    exact: self.scored.get().then_some(exact),
                    fields,
                };
                for (kind, n_articles) in &reach.instead {
                    let name = typed.rsplit(':').next().unwrap_or(&typed);
                    self.note(format!(
                        "`{typed}` is searched for as a word; `{}:{name}` finds {n_articles}, however spelt",
                        kind.name()
                    ));
                }
                if reach.keys.is_empty() { word } else { self.reaching(&typed, word, reach) }
            }
            [Slot::Exact(TypedWord { forms, .. })] => {
                let weight = self.idf_of_any(&fields, forms)?;
                Plan::Word { weight, forms: forms.clone(), exact: None, fields, exact_weight: 0.0 }
            }
            [Slot::Run(pairs)] if let [pair] = &pairs[..] => {
                let forms = vec![self.pair(pair)];
                let weight = self.idf_of_any(&fields, &forms)?;
                Plan::Word { weight, forms, exact: None, fields, exact_weight: 0.0 }
            }
            [Slot::Shape(shape)] => {
                let terms = self.words_of(&typed, &fields, shape)?;
                let sources: Vec<_> = fields.iter().map(|&field| (field, &terms[..])).collect();
                self.plan_list(&sources)?
            }
            _ => {
                let (node, weight) = self.places_of_slots(&typed, &fields, slots, slop)?;
                Plan::Places { node, fields, weight }
            }
        }))
    }

    /// A word with what it reaches, which is told.
    fn reaching(&self, typed: &str, word: Plan, reach: Arc<Reach>) -> Plan {
        let dropped = match reach.n_dropped {
            0 => String::new(),
            1 => " and 1 more that was left out".to_owned(),
            n_dropped => format!(" and {n_dropped} more that were left out"),
        };
        let (field, word_alone) = typed.rsplit_once(':').map_or(("", typed), |(field, word)| (field, word));
        let colon = if field.is_empty() { "" } else { ":" };
        let word_alone = word_alone.trim_matches(['(', ')']);
        self.note(format!(
            "`{typed}` also finds {}{dropped}, however spelt; `{field}{colon}={word_alone}` finds the word alone",
            reach.names.join(", ")
        ));
        let weight = if self.scored.get() { REACHED_SHARE * self.statistics.idf(reach.n_articles) } else { 0.0 };
        Plan::Reached { word: Box::new(word), reach, weight }
    }

    /// What a pattern looks for.
    pub(super) fn slots(&self, node: &Node, pattern: &Pattern) -> Result<Slots, SearchError> {
        slots(&mut self.analyzer(), self.searcher.languages(), pattern, node.span)
    }

    /// Slots in sequence as places, with their weight.
    pub(super) fn places_of_slots(
        &self,
        typed: &str,
        fields: &[Field],
        slots: Vec<Slot>,
        slop: u32,
    ) -> Result<(PlaceNode, f32), SearchError> {
        let mut parts = Vec::new();
        let mut weight = 0.0;
        for slot in slots {
            parts.push(match slot {
                Slot::AnyForm(word) | Slot::Exact(word) => {
                    weight += self.idf_of_any(fields, &word.forms)?;
                    PlaceNode::Word(word.forms)
                }
                Slot::Run(pairs) => {
                    let pairs: Vec<Form> = pairs.iter().map(|pair| self.pair(pair)).collect();
                    // As rare as the rarest of its pairs.
                    let mut most = 0.0f32;
                    for pair in &pairs {
                        most = most.max(self.idf_of_any(fields, std::slice::from_ref(pair))?);
                    }
                    weight += most;
                    PlaceNode::Run(pairs)
                }
                Slot::Shape(shape) => {
                    let terms: Vec<String> =
                        self.words_of(typed, fields, &shape)?.into_iter().map(|(term, _)| term).collect();
                    weight += match &terms[..] {
                        [term] => self.idf(fields, term)?,
                        _ => self.pattern_idf(fields, &terms)?,
                    };
                    PlaceNode::Terms(terms)
                }
            });
        }
        let node = if parts.len() == 1
            && let Some(only) = parts.pop()
        {
            only
        } else {
            PlaceNode::InOrder { parts, slop }
        };
        Ok((node, weight))
    }

    /// Terms of the words that have a shape, told when there are too many.
    fn words_of(&self, typed: &str, fields: &[Field], shape: &Shape) -> Result<Vec<(String, f32)>, SearchError> {
        let expansion = expand(self.searcher.segments(), fields, shape).map_err(self.damaged())?;
        if expansion.n_words > expansion.terms.len() {
            let n_dropped = expansion.n_words - expansion.terms.len();
            self.note(format!(
                "`{typed}` stands for {} words; the {MAX_WORDS} most frequent were searched, {n_dropped} were not",
                expansion.n_words
            ));
        }
        Ok(expansion.terms)
    }

    /// How much a term tells; 0 for filters.
    pub(super) fn idf(&self, fields: &[Field], term: &str) -> Result<f32, SearchError> {
        if !self.scored.get() {
            return Ok(0.0);
        }
        Ok(self.statistics.idf(self.searcher.n_articles_with(fields, term)?))
    }

    /// How much a word in any of some forms tells; 0 for filters.
    pub(super) fn idf_of_any(&self, fields: &[Field], forms: &[Form]) -> Result<f32, SearchError> {
        if !self.scored.get() {
            return Ok(0.0);
        }
        Ok(self.statistics.idf(self.searcher.n_articles_with_any(fields, forms)?))
    }

    /// The form of two characters that stand together, the same in every language.
    pub(super) fn pair(&self, pair: &str) -> Form {
        Form { term: format!("{EXACT}{pair}"), languages: self.searcher.languages() }
    }

    /// How much the most frequent of some terms tells.
    fn pattern_idf(&self, fields: &[Field], terms: &[String]) -> Result<f32, SearchError> {
        if !self.scored.get() {
            return Ok(0.0);
        }
        let mut most = 0;
        for term in terms {
            most = most.max(self.searcher.n_articles_with(fields, term)?);
        }
        Ok(self.statistics.idf(most))
    }

    /// Documents with any of the terms of any of the sources, as if the terms were one word.
    pub(super) fn plan_list(&self, sources: &[(Field, &[(String, f32)])]) -> Result<Plan, SearchError> {
        let scored = self.scored.get();
        if let Some((segments, weight)) = self.searcher.lists.get(scored, sources) {
            return Ok(Plan::List { segments, weight });
        }
        let list = self.make_list(sources)?;
        if let Plan::List { segments, weight } = &list {
            self.searcher.lists.remember(scored, sources, segments, *weight);
        }
        Ok(list)
    }

    fn make_list(&self, sources: &[(Field, &[(String, f32)])]) -> Result<Plan, SearchError> {
        let mut segments = Vec::new();
        let mut n_living = 0;
        for segment in self.searcher.segments() {
            let mut occurrences = vec![0.0f32; segment.max_doc() as usize];
            let mut docs = crate::search::bits::Bits::new(segment.max_doc());
            for (field, terms) in sources {
                let scored = self.scored.get() && self.searcher.is_text(*field);
                let lengths =
                    if scored { Some(segment.lengths(self.searcher.fields(), *field)) } else { None }.transpose();
                let lengths = lengths.map_err(self.damaged())?;
                let weights = self.statistics.lengths(self.searcher.fields(), *field);
                let option = if scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
                for (term, weight) in *terms {
                    let postings = segment.postings(*field, term, option).map_err(self.damaged())?;
                    let Some(mut postings) = postings else { continue };
                    while postings.doc() != END {
                        let doc = postings.doc();
                        docs.insert(doc);
                        if let Some(lengths) = &lengths
                            && let Some(occurrences) = occurrences.get_mut(doc as usize)
                        {
                            let length = usize::from(lengths.code(doc));
                            *occurrences += weights[length] * weight * postings.term_freq() as f32;
                        }
                        postings.advance();
                    }
                }
            }
            let living = docs.iter().filter(|&doc| segment.living().contains(doc));
            let list: Arc<[(DocId, f32)]> = living.map(|doc| (doc, occurrences[doc as usize])).collect();
            n_living += list.len() as u64;
            segments.push(list);
        }
        let weight = if self.scored.get() { self.statistics.idf(n_living) } else { 0.0 };
        Ok(Plan::List { segments, weight })
    }
}
