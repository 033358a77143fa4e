//! The postings of one form of a word with its frequencies, a block at a time.

use std::sync::Arc;

use tantivy::DocId;
use tantivy::postings::BlockSegmentPostings;

use super::END;
use super::window::Window;
use crate::schema::analyzer::Stemmings;
use crate::search::bits::Bits;

/// Articles of some languages: for each document of the segment, the code of its stemming, and which count.
pub(in crate::search) type Only = (Arc<[u8]>, Stemmings);

/// Documents that hold one form of a word. Stands at its first document when new.
pub(in crate::search) struct Form {
    postings: BlockSegmentPostings,
    /// Place in the block.
    at: usize,
    only: Option<Only>,
}

impl Form {
    /// Postings that were not stepped yet, with the articles in which they count; `None` where they count in all.
    pub(in crate::search) fn new(postings: BlockSegmentPostings, only: Option<Only>) -> Self {
        let mut form = Self { postings, at: 0, only };
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

    /// Calls `each` with the documents of the window that starts at `start`, some at a time, and their frequencies, if
    /// they are read. Stands behind them then.
    pub(super) fn take(&mut self, start: DocId, mut each: impl FnMut(&[DocId], &[u32])) {
        self.seek(start);
        let end = Window::around(start).end();
        while self.doc() < end {
            let docs = self.postings.docs();
            let n_docs = self.postings.block_len();
            let behind = match docs[n_docs - 1] < end {
                true => n_docs,
                false => self.at + docs[self.at..n_docs].partition_point(|&doc| doc < end),
            };
            let docs = &docs[self.at..behind];
            let frequencies = self.postings.freqs().get(self.at..behind).unwrap_or_default();
            match &self.only {
                None => each(docs, frequencies),
                only => {
                    let counted = (0..docs.len()).filter(|&nth| counts(only.as_ref(), docs[nth]));
                    counted.for_each(|nth| each(&docs[nth..=nth], frequencies.get(nth..=nth).unwrap_or_default()));
                }
            }
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

/// How many of some documents have any of some forms, which were not stepped yet.
pub(in crate::search) fn n_with_any(mut forms: Vec<Form>, documents: &Bits) -> u64 {
    let mut n_with_any = 0;
    loop {
        let next = forms.iter().map(Form::doc).min().unwrap_or(END);
        if next == END {
            return n_with_any;
        }
        let mut window = Window::around(next);
        for form in &mut forms {
            form.take(window.start(), |docs, _| window.extend(docs));
        }
        window.keep(documents);
        n_with_any += window.len();
    }
}

fn counts(only: Option<&Only>, doc: DocId) -> bool {
    only.is_none_or(|(stemmings, counted)| counted.contains_code(stemmings[doc as usize]))
}
