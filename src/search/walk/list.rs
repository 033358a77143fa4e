//! Documents that were found beforehand: patterns with many words, entities with many keys.

use std::sync::Arc;

use tantivy::DocId;

use super::window::Window;
use super::{END, Walk, Windowed};
use crate::search::statistics::saturate;

/// Documents in order, each with its weighted number of occurrences.
pub(in crate::search) struct List {
    docs: Arc<[(DocId, f32)]>,
    at: usize,
    /// Behind the last window.
    next_unread: usize,
    weight: f32,
}

impl List {
    /// Documents have to rise.
    pub(in crate::search) fn new(docs: Arc<[(DocId, f32)]>, weight: f32) -> Self {
        Self { docs, at: 0, next_unread: 0, weight }
    }
}

impl Walk for List {
    fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(END, |(doc, _)| *doc)
    }

    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        // Doubling steps, then halving: targets are mostly near.
        let mut step = 1;
        let mut low = self.at;
        while self.docs.get(low + step).is_some_and(|(doc, _)| *doc < target) {
            low += step;
            step *= 2;
        }
        let high = (low + step + 1).min(self.docs.len());
        self.at = low + self.docs[low..high].partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    fn cost(&self) -> u64 {
        (self.docs.len() - self.at) as u64
    }

    fn score(&mut self) -> f32 {
        self.docs.get(self.at).map_or(0.0, |(_, occurrences)| self.weight * saturate(*occurrences))
    }
}

impl Windowed for List {
    fn next_unread(&self) -> DocId {
        self.docs.get(self.next_unread).map_or(END, |(doc, _)| *doc)
    }

    fn window(&mut self, window: &mut Window) {
        self.at = self.next_unread;
        self.seek(window.start());
        self.next_unread = self.at;
        while self.next_unread() < window.end() {
            window.insert(window.place(self.next_unread()));
            self.next_unread += 1;
        }
    }

    fn go_to(&mut self, doc: DocId) {
        self.seek(doc);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn seeking_finds_what_stepping_finds(docs in prop::collection::btree_set(0u32..500, 0..60), targets in prop::collection::btree_set(0u32..520, 0..20)) {
            let docs: Arc<[(DocId, f32)]> = docs.into_iter().map(|doc| (doc, 1.0)).collect();
            let mut list = List::new(docs.clone(), 1.0);
            for target in targets {
                let expected = docs.iter().map(|(doc, _)| *doc).find(|doc| *doc >= target).unwrap_or(END);
                prop_assert_eq!(list.seek(target), expected);
            }
        }
    }
}
