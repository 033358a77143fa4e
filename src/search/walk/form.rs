//! The postings of one form of a word with its frequencies, a block at a time.

use std::ops::Range;
use std::sync::Arc;

use tantivy::DocId;
use tantivy::postings::BlockSegmentPostings;

use super::END;
use super::window::{Ranks, Window};
use crate::schema::analyzer::Stemmings;

/// Articles of some languages: for each document of the segment, the code of its stemming, and which count.
pub(in crate::search) type Only = (Arc<[u8]>, Stemmings);

/// What stands for frequencies of postings that are read without them.
const UNREAD: u32 = 1;

/// Documents that hold one form of a word. Stands at its first document when new.
pub(in crate::search) struct Form {
    postings: BlockSegmentPostings,
    /// Place in the block.
    at: usize,
    only: Option<Only>,
    taken: Taken,
}

/// What was taken of a form: documents of one window, and how often it stands in each.
struct Taken {
    window: Window,
    ranks: Ranks,
    frequencies: Vec<u32>,
}

impl Form {
    /// Postings that were not stepped yet, with the articles in which they count; `None` where they count in all.
    pub(in crate::search) fn new(postings: BlockSegmentPostings, only: Option<Only>) -> Self {
        let taken = Taken { window: Window::NONE, ranks: Ranks::default(), frequencies: Vec::new() };
        let mut form = Self { postings, at: 0, only, taken };
        form.settle();
        form
    }

    /// How many documents there are, those of other languages among them.
    pub(super) fn n_docs(&self) -> u32 {
        self.postings.doc_freq()
    }

    /// Where it stands.
    pub(super) fn doc(&self) -> DocId {
        self.postings.docs().get(self.at).copied().unwrap_or(END)
    }

    /// How often the form stands in the current document.
    pub(super) fn frequency(&self) -> u32 {
        self.postings.freq(self.at)
    }

    pub(super) fn seek(&mut self, target: DocId) {
        if self.doc() < target {
            self.at = self.postings.seek(target);
            self.settle();
        }
    }

    /// Takes the documents of the window around a document, which are added to `window`, with their frequencies. Stands
    /// behind them then.
    pub(super) fn take(&mut self, window: &mut Window) {
        let mut taken = std::mem::take(&mut self.taken.frequencies);
        taken.clear();
        let mut here = window.emptied();
        self.each_run(window.start(), |postings, run, only| {
            let (docs, frequencies) = (&postings.docs()[run.clone()], postings.freqs().get(run));
            match only {
                None => {
                    here.extend(docs);
                    match frequencies {
                        Some(frequencies) => taken.extend_from_slice(frequencies),
                        None => taken.resize(taken.len() + docs.len(), UNREAD),
                    }
                }
                Some(_) => {
                    let frequencies = frequencies.unwrap_or_default().iter().copied().chain(std::iter::repeat(UNREAD));
                    for (&doc, frequency) in docs.iter().zip(frequencies).filter(|(doc, _)| counts(only, **doc)) {
                        here.insert(here.place(doc));
                        taken.push(frequency);
                    }
                }
            }
        });
        window.add(&here);
        self.taken = Taken { ranks: here.ranks(), window: here, frequencies: taken };
    }

    /// How often the form stands in a document of the window that was taken last.
    pub(super) fn frequency_in_window(&self, doc: DocId) -> u32 {
        let Taken { window, ranks, frequencies } = &self.taken;
        if window.covers(doc) && window.contains(doc) { frequencies[window.rank(ranks, doc)] } else { 0 }
    }

    /// Adds the documents of the window around a document, and goes behind them.
    pub(super) fn add_to(&mut self, window: &mut Window) {
        self.each_run(window.start(), |postings, run, only| {
            let docs = &postings.docs()[run];
            match only {
                None => window.extend(docs),
                Some(_) => {
                    docs.iter().filter(|doc| counts(only, **doc)).for_each(|&doc| window.insert(window.place(doc)))
                }
            }
        });
    }

    /// Calls `each` with the places in blocks of the documents of the window that starts at `start`. Stands behind them
    /// then.
    fn each_run(&mut self, start: DocId, mut each: impl FnMut(&BlockSegmentPostings, Range<usize>, Option<&Only>)) {
        self.seek(start);
        let end = Window::around(start).end();
        while self.doc() < end {
            let docs = self.postings.docs();
            let n_docs = self.postings.block_len();
            let behind = match docs[n_docs - 1] < end {
                true => n_docs,
                false => self.at + docs[self.at..n_docs].partition_point(|&doc| doc < end),
            };
            each(&self.postings, self.at..behind, self.only.as_ref());
            self.at = behind - 1;
            self.step();
        }
        self.settle();
    }

    fn step(&mut self) {
        self.at += 1;
        if self.at == self.postings.block_len() && self.at > 0 {
            self.postings.advance();
            self.at = 0;
        }
    }

    fn settle(&mut self) {
        if self.only.is_some() {
            while self.doc() != END && !counts(self.only.as_ref(), self.doc()) {
                self.step();
            }
        }
    }
}

fn counts(only: Option<&Only>, doc: DocId) -> bool {
    only.is_none_or(|(stemmings, counted)| counted.contains_code(stemmings[doc as usize]))
}
