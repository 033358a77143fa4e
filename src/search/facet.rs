//! Counts the values of fields over all matching articles, exactly.

use std::collections::HashMap;

use tantivy::DocId;
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Field;

use super::bits::Bits;
use super::collect::Observer;
use super::error::SearchError;
use super::open::Searcher;
use super::overlay::Overlay;
use super::plan::expand::each_term_from;
use super::request::{Facet, FacetField, FacetRequest, FacetValue};
use super::segment::each_value;
use super::suggest::words_beginning;
use crate::entities::Verdicts;
use crate::mention::EntityKind;
use crate::schema::cut;
use crate::schema::names::{label_name, label_prefix};

/// Counts the values of one field.
pub(super) struct FacetCounter<'s> {
    searcher: &'s Searcher,
    request: FacetRequest,
    /// What a word of a value has to begin with.
    matching: Option<&'s str>,
    counts: HashMap<String, u64>,
    here: Option<Here>,
    /// Values of one article, to count each once.
    seen: Vec<u64>,
    /// What rules make of entities, for facets of them.
    ruled: Option<(EntityKind, &'s Overlay)>,
    ordinal: usize,
}

/// What is counted in the current segment.
enum Here {
    Strings { column: StrColumn, counts: Vec<u64>, left_out: Bits },
    Years { column: Column<i64>, counts: HashMap<i16, u64> },
}

impl<'s> FacetCounter<'s> {
    /// A counter that has seen nothing yet.
    ///
    /// # Errors
    /// When the index can't be read.
    pub(super) fn new(
        searcher: &'s Searcher,
        request: FacetRequest,
        matching: Option<&'s str>,
    ) -> Result<Self, SearchError> {
        let ruled = match entity_kind(request.field) {
            Some(kind) => searcher.overlay()?.map(|overlay| (kind, overlay)),
            None => None,
        };
        let (counts, seen) = (HashMap::new(), Vec::new());
        Ok(Self { searcher, request, matching, counts, here: None, seen, ruled, ordinal: 0 })
    }

    /// Values of a column that rules change; the overlay has them.
    fn left_out(&self, column: &StrColumn) -> tantivy::Result<Bits> {
        let mut left_out = Bits::new(DocId::try_from(column.num_terms()).unwrap_or(DocId::MAX));
        if let Some((kind, _)) = self.ruled {
            for (other, key) in self.searcher.verdicts().into_iter().flat_map(Verdicts::affected) {
                if other == kind
                    && let Some(ordinal) = column.dictionary().term_ord(cut(key).as_bytes())?
                {
                    left_out.insert(ordinal as DocId);
                }
            }
        }
        Ok(left_out)
    }

    /// The counts of all segments.
    pub(super) fn finish(self) -> Result<Facet, SearchError> {
        let FacetRequest { field, limit } = self.request;
        let mut counts: Vec<(String, u64)> = self.counts.into_iter().collect();
        if let Some(beginning) = self.matching {
            match entity_kind(field) {
                Some(kind) => {
                    let keys = self.searcher.keys_beginning(kind, beginning)?;
                    counts.retain(|(key, _)| keys.contains_key(key));
                }
                None => {
                    let mut has_word = words_beginning(beginning);
                    counts.retain(|(value, _)| has_word(value));
                }
            }
        }
        let n_distinct = counts.len() as u64;
        counts.sort_unstable_by(|(one, n_one), (other, n_other)| n_other.cmp(n_one).then_with(|| one.cmp(other)));
        counts.truncate(limit);
        let mut values = Vec::new();
        for (value, n_articles) in counts {
            let label = match entity_kind(field) {
                Some(kind) => self.searcher.label(kind, &value)?.unwrap_or_else(|| value.clone()),
                None => value.clone(),
            };
            values.push(FacetValue { value, label, n_articles });
        }
        Ok(Facet { field, values, n_distinct })
    }
}

impl Observer for FacetCounter<'_> {
    fn segment(&mut self, ordinal: usize) -> tantivy::Result<()> {
        let segment = &self.searcher.segments()[ordinal];
        self.ordinal = ordinal;
        self.here = match column_of(self.searcher, self.request.field) {
            Some(field) => match segment.strings(field)? {
                Some(column) => {
                    let (counts, left_out) = (vec![0; column.num_terms()], self.left_out(&column)?);
                    Some(Here::Strings { column, counts, left_out })
                }
                None => None,
            },
            None => {
                let column = segment.i64s(self.searcher.fields().first_day)?;
                column.map(|column| Here::Years { column, counts: HashMap::new() })
            }
        };
        Ok(())
    }

    fn article(&mut self, doc: DocId) {
        if let Some((kind, overlay)) = self.ruled {
            let entities = overlay.article(self.ordinal, doc).unwrap_or_default();
            for entity in entities.iter().filter(|entity| entity.is_changed && entity.kind == kind) {
                *self.counts.entry(cut(&entity.key).to_owned()).or_default() += 1;
            }
        }
        match &mut self.here {
            None => {}
            Some(Here::Strings { column, counts, left_out }) => {
                self.seen.clear();
                for value in column.term_ords(doc) {
                    if !self.seen.contains(&value) && !left_out.contains(value as DocId) {
                        self.seen.push(value);
                        if let Some(n_articles) = counts.get_mut(value as usize) {
                            *n_articles += 1;
                        }
                    }
                }
            }
            Some(Here::Years { column, counts }) => {
                if let Some(year) = column.first(doc).and_then(year_of) {
                    *counts.entry(year).or_default() += 1;
                }
            }
        }
    }

    fn end(&mut self) -> tantivy::Result<()> {
        match self.here.take() {
            None => {}
            Some(Here::Strings { column, counts, .. }) => {
                let found: Vec<u64> = (0..).zip(&counts).filter(|(_, n)| **n > 0).map(|(ordinal, _)| ordinal).collect();
                each_value(&column, &found, |ordinal, value| {
                    let n_articles = counts.get(ordinal as usize).copied().unwrap_or(0);
                    match self.counts.get_mut(value) {
                        Some(n_so_far) => *n_so_far += n_articles,
                        None => {
                            self.counts.insert(value.to_owned(), n_articles);
                        }
                    }
                })?;
            }
            Some(Here::Years { counts, .. }) => {
                for (year, n_articles) in counts {
                    *self.counts.entry(format!("{year:04}")).or_default() += n_articles;
                }
            }
        }
        Ok(())
    }
}

fn year_of(days: i64) -> Option<i16> {
    let days = jiff::Span::new().try_days(days).ok()?;
    Some(jiff::civil::date(1970, 1, 1).checked_add(days).ok()?.year())
}

fn entity_kind(field: FacetField) -> Option<EntityKind> {
    match field {
        FacetField::Person => Some(EntityKind::Person),
        FacetField::Place => Some(EntityKind::Place),
        FacetField::Org => Some(EntityKind::Org),
        _ => None,
    }
}

/// The column of strings that is counted; `None` for years.
fn column_of(searcher: &Searcher, field: FacetField) -> Option<Field> {
    let fields = searcher.fields();
    Some(match field {
        FacetField::Person => fields.person,
        FacetField::Place => fields.place,
        FacetField::Org => fields.org,
        FacetField::Source => fields.source,
        FacetField::Section => fields.section,
        FacetField::Author => fields.author,
        FacetField::Lang => fields.language,
        FacetField::Tag => fields.tag,
        FacetField::Format => fields.format,
        FacetField::Year => return None,
    })
}

impl Searcher {
    /// The name that most articles give an entity; the first by alphabet of equally frequent ones.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn label(&self, kind: EntityKind, key: &str) -> Result<Option<String>, SearchError> {
        if let Some(name) = self.verdicts().and_then(|verdicts| verdicts.name(kind, key)) {
            return Ok(Some(name.to_owned()));
        }
        match self.overlay()?.filter(|_| self.is_ruled(kind, key)) {
            Some(overlay) => Ok(overlay.label(kind, key)),
            None => self.indexed_label(kind, key),
        }
    }

    /// As [`Self::label`], before rules.
    pub(super) fn indexed_label(&self, kind: EntityKind, key: &str) -> Result<Option<String>, SearchError> {
        let prefix = label_prefix(kind, key);
        let mut names: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
        for segment in self.segments() {
            let inverted = segment.inverted(self.fields().label).map_err(|error| self.unreadable(error))?;
            each_term_from(&inverted, &prefix, |term, info| {
                let n_articles = segment.n_living_with(&inverted, info)?;
                if n_articles > 0 {
                    *names.entry(label_name(key, &term[prefix.len()..])).or_default() += n_articles;
                }
                Ok(true)
            })
            .map_err(|error| self.unreadable(error))?;
        }
        let most = names.values().max().copied();
        Ok(names.into_iter().find(|(_, n_articles)| Some(*n_articles) == most).map(|(name, _)| name))
    }
}
