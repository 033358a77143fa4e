//! Hits by group: which groups there are, how many articles each has, and its best ones.
//!
//! Fed with every match in order; groups stand in the order of their best article. A new way to group
//! is a variant of [`GroupField`] and of `Keys`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId};

use super::collect::Ranked;
use super::open::Searcher;
use super::request::{GroupField, GroupRequest};
use super::segment::Segment;
use crate::schema::document::format_id;

/// A group, without its articles read.
pub(super) struct Ranks {
    /// What its articles share; `None` for those without a value.
    pub value: Option<String>,
    /// How many articles it has.
    pub n_articles: u64,
    /// Its best articles, each with its rank in the whole result.
    pub best: Vec<(usize, Ranked)>,
}

/// Groups all matches, which come best first.
pub(super) fn group(searcher: &Searcher, request: GroupRequest, all: &[Ranked]) -> tantivy::Result<Vec<Ranks>> {
    let mut groups: Vec<Ranks> = Vec::new();
    let mut by_value: HashMap<Option<String>, usize> = HashMap::new();
    let mut keys: Vec<Keys<'_>> = Vec::new();
    for (ordinal, segment) in (0..).zip(searcher.segments()) {
        keys.push(Keys::open(searcher, ordinal, segment, request.field)?);
    }
    for (rank, ranked) in (1..).zip(all) {
        let keys: &mut Keys<'_> = &mut keys[ranked.address.segment_ord as usize];
        let key = keys.key(ranked.address.doc_id);
        let index = match keys.known.entry(key) {
            Entry::Occupied(index) => *index.get(),
            Entry::Vacant(place) => {
                let value = keys.column.value(key)?;
                let index = *by_value.entry(value.clone()).or_insert_with(|| {
                    groups.push(Ranks { value, n_articles: 0, best: Vec::new() });
                    groups.len() - 1
                });
                *place.insert(index)
            }
        };
        let group = &mut groups[index];
        group.n_articles += 1;
        if group.best.len() < request.n_hits {
            group.best.push((rank, *ranked));
        }
    }
    Ok(groups)
}

/// Values of one segment: numbers that stand for them, and the groups of those seen.
struct Keys<'s> {
    column: KeyColumn<'s>,
    known: HashMap<Option<i64>, usize>,
}

enum KeyColumn<'s> {
    /// Ordinals of a column of strings.
    Strings(Option<StrColumn>),
    /// Months since year 0; years of dates without a month as negative numbers.
    Months { first_days: Option<Column<i64>>, last_days: Option<Column<i64>> },
    /// Positions of clusters; documents without one as negative numbers.
    Clusters { searcher: &'s Searcher, segment_ord: u32 },
}

impl<'s> Keys<'s> {
    fn open(searcher: &'s Searcher, segment_ord: u32, segment: &Segment, field: GroupField) -> tantivy::Result<Self> {
        let fields = searcher.fields();
        let column = match field {
            GroupField::Source => KeyColumn::Strings(segment.strings(fields.source)?),
            GroupField::Month => {
                let (first_days, last_days) = (segment.i64s(fields.first_day)?, segment.i64s(fields.last_day)?);
                KeyColumn::Months { first_days, last_days }
            }
            GroupField::Cluster => KeyColumn::Clusters { searcher, segment_ord },
        };
        Ok(Self { column, known: HashMap::new() })
    }

    fn key(&self, doc: DocId) -> Option<i64> {
        match &self.column {
            KeyColumn::Strings(column) => {
                column.as_ref()?.term_ords(doc).next().and_then(|key| i64::try_from(key).ok())
            }
            KeyColumn::Months { first_days, last_days } => {
                let month = |column: &Option<Column<i64>>| {
                    let days = column.as_ref()?.first(doc)?;
                    let day = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
                    Some(i64::from(day.year()) * MONTHS + i64::from(day.month()) - 1)
                };
                let (first, last) = (month(first_days)?, month(last_days)?);
                Some(if first == last { first } else { -1 - first.div_euclid(MONTHS) })
            }
            KeyColumn::Clusters { searcher, segment_ord } => {
                let address = DocAddress { segment_ord: *segment_ord, doc_id: doc };
                // Clusters are there already: whoever groups by them has looked.
                let cluster = searcher.cluster_of(address).ok().flatten();
                Some(cluster.map_or(-1 - i64::from(doc), |at| at as i64))
            }
        }
    }
}

/// Of a year.
const MONTHS: i64 = 12;

impl KeyColumn<'_> {
    /// What a number stands for.
    fn value(&self, key: Option<i64>) -> tantivy::Result<Option<String>> {
        let Some(key) = key else { return Ok(None) };
        Ok(match self {
            KeyColumn::Strings(None) => None,
            KeyColumn::Strings(Some(column)) => {
                let mut value = String::new();
                let ordinal = u64::try_from(key).unwrap_or_default();
                column.ord_to_str(ordinal, &mut value)?.then_some(value)
            }
            KeyColumn::Clusters { searcher, segment_ord } => {
                let id = match DocId::try_from(-1 - key) {
                    Ok(doc) => searcher.segments()[*segment_ord as usize].tie(doc).0,
                    Err(_) => searcher.cluster_id(usize::try_from(key).unwrap_or_default()),
                };
                Some(format_id(id))
            }
            KeyColumn::Months { .. } if key < 0 => Some(format!("{:04}", -1 - key)),
            KeyColumn::Months { .. } => {
                Some(format!("{:04}-{:02}", key.div_euclid(MONTHS), key.rem_euclid(MONTHS) + 1))
            }
        })
    }
}
