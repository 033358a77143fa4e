//! Where words, phrases, entities and figures stand in one field, document by document.

use std::sync::Arc;

use tantivy::DocId;

use super::interval::{Interval, in_order, near};
use super::{END, Phrase, PostingsUnion, Walk};
use crate::search::figures::MetOfKey;

/// Places in one field. Steps through documents that may have some; [`Self::find`] says which.
pub(in crate::search) enum Places {
    /// Any of some terms.
    Terms {
        /// Their postings.
        postings: PostingsUnion,
        /// Room for positions.
        positions: Vec<u32>,
    },
    /// Any of some terms, but not in some documents.
    Outside {
        /// Their postings.
        postings: PostingsUnion,
        /// Documents left out, in order.
        left_out: Vec<DocId>,
        /// Room for positions.
        positions: Vec<u32>,
    },
    /// Places that are known beforehand.
    Listed {
        /// Documents in order, with positions in order.
        list: Arc<[(DocId, Vec<u32>)]>,
        /// Where the walk stands in the list.
        at: usize,
    },
    /// Figures that meet a condition.
    Figures {
        /// Postings of one figure key.
        postings: PostingsUnion,
        /// Which of its occurrences count.
        check: Box<FigureCheck>,
        /// Room for positions.
        positions: Vec<u32>,
    },
    /// Terms that follow each other directly.
    Phrase(Phrase),
    /// Parts that follow each other.
    InOrder {
        /// The parts.
        parts: Vec<Places>,
        /// Words between them in all.
        slop: u32,
        /// Room for the places of each part.
        found: Vec<Vec<Interval>>,
    },
    /// Two parts that stand near each other.
    Near {
        /// The two.
        parts: Vec<Places>,
        /// Words between them.
        distance: u32,
        /// Whether the first comes first.
        ordered: bool,
        /// Room for the places of each part.
        found: Vec<Vec<Interval>>,
    },
    /// Any of some parts.
    Any {
        /// The parts.
        parts: Vec<Places>,
        /// The first document that any of them stands on.
        doc: DocId,
        /// Room for the places of a part.
        found: Vec<Interval>,
    },
}

impl Places {
    /// Places of terms.
    pub(in crate::search) fn terms(postings: PostingsUnion) -> Self {
        Places::Terms { postings, positions: Vec::new() }
    }

    /// Places of terms outside some documents, which come in order.
    pub(in crate::search) fn outside(postings: PostingsUnion, left_out: Vec<DocId>) -> Self {
        Places::Outside { postings, left_out, positions: Vec::new() }
    }

    /// Places known beforehand, documents and positions in order.
    pub(in crate::search) fn listed(list: Arc<[(DocId, Vec<u32>)]>) -> Self {
        Places::Listed { list, at: 0 }
    }

    /// Places of figures.
    pub(in crate::search) fn figures(postings: PostingsUnion, check: FigureCheck) -> Self {
        Places::Figures { postings, check: Box::new(check), positions: Vec::new() }
    }

    /// Parts in order.
    pub(in crate::search) fn in_order(parts: Vec<Places>, slop: u32) -> Self {
        let found = vec![Vec::new(); parts.len()];
        let mut places = Places::InOrder { parts, slop, found };
        places.align();
        places
    }

    /// Two parts near each other.
    pub(in crate::search) fn near(left: Places, right: Places, distance: u32, ordered: bool) -> Self {
        let found = vec![Vec::new(); 2];
        let mut places = Places::Near { parts: vec![left, right], distance, ordered, found };
        places.align();
        places
    }

    /// Any of some parts; of none, nothing.
    pub(in crate::search) fn any(parts: Vec<Places>) -> Self {
        let doc = parts.iter().map(Places::doc).min().unwrap_or(END);
        Places::Any { parts, doc, found: Vec::new() }
    }

    /// Current document.
    pub(in crate::search) fn doc(&self) -> DocId {
        match self {
            Places::Terms { postings, .. } | Places::Outside { postings, .. } | Places::Figures { postings, .. } => {
                postings.doc()
            }
            Places::Listed { list, at } => list.get(*at).map_or(END, |(doc, _)| *doc),
            Places::Phrase(phrase) => phrase.doc(),
            Places::InOrder { parts, .. } | Places::Near { parts, .. } => parts.first().map_or(END, Places::doc),
            Places::Any { doc, .. } => *doc,
        }
    }

    /// Goes to the first document from `target` on that may have places.
    pub(in crate::search) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        match self {
            Places::Terms { postings, .. } | Places::Outside { postings, .. } | Places::Figures { postings, .. } => {
                postings.seek(target)
            }
            Places::Listed { list, at } => {
                *at += list[*at..].partition_point(|(doc, _)| *doc < target);
                self.doc()
            }
            Places::Phrase(phrase) => phrase.seek(target),
            Places::InOrder { parts, .. } | Places::Near { parts, .. } => {
                if let Some(first) = parts.first_mut() {
                    first.seek(target);
                }
                self.align()
            }
            Places::Any { parts, doc, .. } => {
                *doc = parts.iter_mut().map(|part| part.seek(target)).min().unwrap_or(END);
                *doc
            }
        }
    }

    /// Brings all parts to one document.
    fn align(&mut self) -> DocId {
        let (Places::InOrder { parts, .. } | Places::Near { parts, .. }) = self else { return END };
        let mut doc = parts.first().map_or(END, Places::doc);
        'documents: while doc != END {
            for part in &mut *parts {
                let found = part.seek(doc);
                if found != doc {
                    doc = found;
                    continue 'documents;
                }
            }
            return doc;
        }
        // The first part tells where all of them stand.
        if let Some(first) = parts.first_mut() {
            first.seek(END);
        }
        END
    }

    /// About how many documents there are to look at.
    pub(in crate::search) fn cost(&self) -> u64 {
        match self {
            Places::Terms { postings, .. } | Places::Outside { postings, .. } | Places::Figures { postings, .. } => {
                postings.cost()
            }
            Places::Listed { list, .. } => list.len() as u64,
            Places::Phrase(phrase) => phrase.cost(),
            Places::InOrder { parts, .. } | Places::Near { parts, .. } => {
                parts.iter().map(Places::cost).min().unwrap_or(0)
            }
            Places::Any { parts, .. } => parts.iter().map(Places::cost).sum(),
        }
    }

    /// How many places there are in the current document. `found` is room for them.
    pub(in crate::search) fn count(&mut self, found: &mut Vec<Interval>) -> usize {
        if let Places::Phrase(phrase) = self {
            return phrase.count();
        }
        self.find(found);
        found.len()
    }

    /// Places in the current document, sorted by start.
    pub(in crate::search) fn find(&mut self, places: &mut Vec<Interval>) {
        places.clear();
        let doc = self.doc();
        match self {
            Places::Terms { postings, positions } => {
                postings.positions(positions);
                positions.dedup();
                places.extend(positions.iter().map(|&position| Interval::at(position)));
            }
            Places::Outside { postings, left_out, positions } => {
                if left_out.binary_search(&doc).is_err() {
                    postings.positions(positions);
                    positions.dedup();
                    places.extend(positions.iter().map(|&position| Interval::at(position)));
                }
            }
            Places::Listed { list, at } => {
                let positions = list.get(*at).map_or(&[][..], |(_, positions)| positions);
                places.extend(positions.iter().map(|&position| Interval::at(position)));
                places.dedup();
            }
            Places::Figures { postings, check, positions } => {
                postings.positions(positions);
                check.keep(doc, positions);
                places.extend(positions.iter().map(|&position| Interval::at(position)));
            }
            Places::Phrase(phrase) => phrase.find(places),
            Places::InOrder { parts, slop, found } => {
                for (part, found) in parts.iter_mut().zip(&mut *found) {
                    part.find(found);
                    if found.is_empty() {
                        return;
                    }
                }
                in_order(found, *slop, places);
            }
            Places::Near { parts, distance, ordered, found } => {
                for (part, found) in parts.iter_mut().zip(&mut *found) {
                    part.find(found);
                    if found.is_empty() {
                        return;
                    }
                }
                near(&found[0], &found[1], *distance, *ordered, places);
            }
            Places::Any { parts, found, .. } => {
                for part in parts.iter_mut().filter(|part| part.doc() == doc) {
                    part.find(found);
                    places.append(found);
                }
                places.sort_unstable();
                places.dedup();
            }
        }
    }
}

/// Tells which occurrences of a figure key in a text meet a condition.
///
/// The column of entries lists the quantities of an article in the order of its texts, title first, and the
/// postings of a key list its positions in the same order; so the first values of a key belong to the
/// title and the last to the body.
pub(in crate::search) struct FigureCheck {
    /// Which of the quantities of an article under the key meet the condition.
    pub met: MetOfKey,
    /// Whether this is the title.
    pub in_title: bool,
}

impl FigureCheck {
    fn keep(&self, doc: DocId, positions: &mut Vec<u32>) {
        let held: Vec<bool> = self.met.by(doc).collect();
        let skipped = if self.in_title { 0 } else { held.len().saturating_sub(positions.len()) };
        let mut held = held.into_iter().skip(skipped);
        positions.retain(|_| held.next().unwrap_or(false));
    }
}
