//! OR and k-of-n over walks, a window of documents at a time.

use tantivy::DocId;

use super::window::{Tally, Window};
use super::{END, Walk, Windowed};

/// Documents that at least so many parts have. With 1, this is OR.
pub(in crate::search) struct AtLeast<'a> {
    parts: Vec<Box<dyn Windowed + 'a>>,
    n_needed: usize,
    doc: DocId,
    /// Documents of each part, in the window that was read last.
    windows: Vec<Window>,
    /// Those of them that enough parts have.
    found: Window,
    /// Whether that window was handed on.
    is_taken: bool,
    tally: Tally,
    /// Which parts have the document that was asked for, where it lies in no window.
    has: Vec<bool>,
}

impl<'a> AtLeast<'a> {
    /// At least one part, `n_needed` between 1 and their number.
    pub(in crate::search) fn new(parts: Vec<Box<dyn Windowed + 'a>>, n_needed: usize) -> Self {
        let (windows, has) = (vec![Window::NONE; parts.len()], vec![false; parts.len()]);
        let tally = Tally::new(parts.len());
        let mut at_least = Self { parts, n_needed, doc: 0, windows, found: Window::NONE, is_taken: true, tally, has };
        at_least.settle(0);
        at_least
    }

    /// How many documents have none of the parts (never counted), one, two... `keep` takes out of a window what does not
    /// count; windows rise.
    pub(in crate::search) fn count_by_parts(mut self, mut keep: impl FnMut(&mut Window)) -> Vec<u64> {
        let mut n_docs = vec![0; self.parts.len() + 1];
        while self.doc != END {
            self.tally.clear();
            self.windows.iter().for_each(|window| self.tally.add(window));
            let mut counted = self.found;
            keep(&mut counted);
            let (mut found, mut n_with_more) = (counted.emptied(), 0);
            for n_parts in (1..n_docs.len()).rev() {
                self.tally.at_least(n_parts, &mut found);
                let n_found = found.n_shared(&counted);
                n_docs[n_parts] += n_found - n_with_more;
                n_with_more = n_found;
            }
            self.doc = self.parts.iter().map(|part| part.next_unread()).min().unwrap_or(END);
            if self.doc != END {
                self.read(self.doc, |part, window| part.documents(window));
            }
        }
        n_docs
    }

    /// How many parts have the current document.
    pub(super) fn n_parts_here(&self) -> usize {
        (0..self.parts.len()).filter(|&part| self.has(part)).count()
    }

    fn has(&self, part: usize) -> bool {
        if self.found.covers(self.doc) { self.windows[part].contains(self.doc) } else { self.has[part] }
    }

    /// Goes to the first document from `target` on.
    fn settle(&mut self, mut target: DocId) -> DocId {
        loop {
            if self.found.covers(target) {
                if let Some(doc) = self.found.next_from(target) {
                    self.doc = doc;
                    return doc;
                }
                target = self.found.end();
            }
            let next = self.parts.iter().map(|part| part.next_unread()).min().unwrap_or(END);
            if next == END {
                self.doc = END;
                return END;
            }
            target = target.max(next);
            self.read(target, |part, window| part.window(window));
            self.is_taken = false;
        }
    }

    /// Reads the window around a document, of each part by `read`.
    fn read(&mut self, doc: DocId, read: fn(&mut dyn Windowed, &mut Window)) {
        let empty = Window::around(doc);
        for (part, window) in self.parts.iter_mut().zip(&mut self.windows) {
            *window = empty;
            read(&mut **part, window);
        }
        self.found = empty;
        if self.n_needed == 1 {
            self.windows.iter().for_each(|window| self.found.add(window));
        } else {
            self.tally.clear();
            self.windows.iter().for_each(|window| self.tally.add(window));
            self.tally.at_least(self.n_needed, &mut self.found);
        }
    }

    /// Adds the documents to a window, read by `read`.
    fn take(&mut self, window: &mut Window, read: fn(&mut dyn Windowed, &mut Window)) {
        // The window of the first document was read when the walk was made.
        let is_later = window.start() > self.found.start();
        if self.is_taken || is_later {
            self.read(window.start(), read);
            self.is_taken = true;
        }
        if self.found.start() == window.start() {
            self.is_taken = true;
            window.add(&self.found);
        }
    }

    /// The sum of what parts say that have the document.
    fn sum(&mut self, say: impl Fn(&mut dyn Windowed) -> f32) -> f32 {
        let mut sum = 0.0;
        for nth in 0..self.parts.len() {
            if self.has(nth) {
                let part = &mut *self.parts[nth];
                if self.found.covers(self.doc) {
                    part.go_to(self.doc);
                }
                sum += say(part);
            }
        }
        sum
    }
}

impl Walk for AtLeast<'_> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc == END { END } else { self.settle(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target { self.doc } else { self.settle(target) }
    }

    fn probe(&mut self, target: DocId) -> bool {
        self.doc = target;
        // What was read already is known, and that no document lies before it; the parts stand behind it.
        if self.found != Window::NONE && target < self.found.end() {
            return self.found.covers(target) && self.found.contains(target);
        }
        for (has, part) in self.has.iter_mut().zip(&mut self.parts) {
            *has = part.probe(target);
        }
        self.n_parts_here() >= self.n_needed
    }

    fn cost(&self) -> u64 {
        self.parts.iter().map(|part| part.cost()).sum()
    }

    fn score(&mut self) -> f32 {
        self.sum(|part| part.score())
    }

    fn bound(&mut self) -> f32 {
        self.sum(|part| part.bound())
    }
}

impl Windowed for AtLeast<'_> {
    fn next_unread(&self) -> DocId {
        match self.is_taken {
            true => self.parts.iter().map(|part| part.next_unread()).min().unwrap_or(END),
            false => self.doc,
        }
    }

    fn window(&mut self, window: &mut Window) {
        self.take(window, |part, window| part.window(window));
    }

    fn documents(&mut self, window: &mut Window) {
        self.take(window, |part, window| part.documents(window));
    }

    fn go_to(&mut self, doc: DocId) {
        self.doc = doc;
    }
}

/// A walk that cannot go back, with the scores of the documents of its last window.
pub(in crate::search) struct Recorded<'a> {
    walk: Box<dyn Walk + 'a>,
    /// Document, score, bound.
    read: Vec<(DocId, f32, f32)>,
    /// Which of them it stands on; none while it is only asked.
    at: Option<usize>,
}

impl<'a> Recorded<'a> {
    pub(in crate::search) fn new(walk: Box<dyn Walk + 'a>) -> Self {
        Self { walk, read: Vec::new(), at: None }
    }
}

impl Walk for Recorded<'_> {
    fn doc(&self) -> DocId {
        self.at.map_or_else(|| self.walk.doc(), |at| self.read.get(at).map_or(END, |(doc, ..)| *doc))
    }

    fn advance(&mut self) -> DocId {
        self.walk.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.walk.seek(target)
    }

    fn probe(&mut self, target: DocId) -> bool {
        self.at = None;
        self.walk.probe(target)
    }

    fn cost(&self) -> u64 {
        self.walk.cost()
    }

    fn score(&mut self) -> f32 {
        match self.at.and_then(|at| self.read.get(at)) {
            Some(&(_, score, _)) => score,
            None => self.walk.score(),
        }
    }

    fn bound(&mut self) -> f32 {
        match self.at.and_then(|at| self.read.get(at)) {
            Some(&(.., bound)) => bound,
            None => self.walk.bound(),
        }
    }
}

impl Windowed for Recorded<'_> {
    fn next_unread(&self) -> DocId {
        self.walk.doc()
    }

    fn window(&mut self, window: &mut Window) {
        self.read.clear();
        self.at = Some(0);
        self.walk.seek(window.start());
        while self.walk.doc() < window.end() {
            let doc = self.walk.doc();
            window.insert(window.place(doc));
            self.read.push((doc, self.walk.score(), self.walk.bound()));
            self.walk.advance();
        }
    }

    fn documents(&mut self, window: &mut Window) {
        self.walk.seek(window.start());
        while self.walk.doc() < window.end() {
            window.insert(window.place(self.walk.doc()));
            self.walk.advance();
        }
    }

    fn go_to(&mut self, doc: DocId) {
        self.at = Some(self.read.partition_point(|(read, ..)| *read < doc));
    }
}
