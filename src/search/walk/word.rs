//! One plain word in title and body, scored by BM25 over both fields together.
//!
//! A frequent word is read a window of documents at a time, which is far quicker than to step several lists
//! side by side; a rare one, or one that is asked for here and there, is sought.

use tantivy::DocId;

use super::form::Form;
use super::window::{N_DOCS, Window};
use super::{END, Walk, Windowed};
use crate::search::statistics::{LengthTable, Lengths, saturate};

/// Words that stand in one of so many documents are worth a window.
const WINDOW_SHARE: u64 = 32;
/// A window is read when the documents looked at lie no farther apart than this.
const NEAR: u32 = 128;

/// A word in one field.
pub(in crate::search) struct WordField<'a> {
    /// Where the word stands, form by form.
    forms: Vec<Form>,
    /// Where it stands in the form that was typed.
    exact: ExactForm,
    /// Codes of the lengths of the texts.
    lengths: Lengths,
    /// Weights of occurrences by length.
    weights: &'a LengthTable,
    /// The documents that were taken last.
    window: Window,
    /// Occurrences in each of them, by place: in any form, in the form that was typed. Anything where it is not.
    frequencies: Vec<[u32; 2]>,
}

/// The form of a word that earns extra.
pub(in crate::search) enum ExactForm {
    /// None does, or the segment has it not.
    Nowhere,
    /// One of the forms that are walked anyway.
    Among(usize),
    /// One whose documents are among those of the others, or count by themselves only.
    Apart(Box<Form>),
}

impl<'a> WordField<'a> {
    /// A word in forms that were not stepped yet, in texts with codes of their lengths, by which occurrences weigh.
    pub(in crate::search) fn new(
        forms: Vec<Form>,
        exact: ExactForm,
        lengths: Lengths,
        weights: &'a LengthTable,
    ) -> Self {
        Self { forms, exact, lengths, weights, window: Window::NONE, frequencies: Vec::new() }
    }

    fn doc(&self) -> DocId {
        self.forms.iter().map(Form::doc).min().unwrap_or(END)
    }

    /// Occurrences in the current document: in any form, in the form that was typed.
    fn frequencies(&mut self, doc: DocId) -> (u32, u32) {
        let (mut any, mut typed) = (0, 0);
        for (nth, form) in self.forms.iter().enumerate().filter(|(_, form)| form.doc() == doc) {
            any += form.frequency();
            if matches!(self.exact, ExactForm::Among(exact) if exact == nth) {
                typed = form.frequency();
            }
        }
        if any > 0
            && let ExactForm::Apart(exact) = &mut self.exact
        {
            exact.seek(doc);
            if exact.doc() == doc {
                typed = exact.frequency();
            }
        }
        (any, typed)
    }

    /// Takes the documents of the window that starts at `start`.
    fn take(&mut self, start: DocId) -> &Window {
        let Self { forms, exact, window, frequencies, .. } = self;
        *window = Window::around(start);
        frequencies.resize(N_DOCS as usize, [0; 2]);
        for (nth, form) in forms.iter_mut().enumerate() {
            let is_typed = matches!(exact, ExactForm::Among(exact) if *exact == nth);
            form.take(start, |docs, of_form| {
                for (&doc, &n) in docs.iter().zip(of_form) {
                    let here = &mut frequencies[window.place(doc)];
                    let n_typed = if is_typed { n } else { 0 };
                    *here = match nth > 0 && window.contains(doc) {
                        true => [here[0] + n, here[1] + n_typed],
                        false => [n, n_typed],
                    };
                }
                window.extend(docs);
            });
        }
        if let ExactForm::Apart(exact) = exact {
            exact.take(start, |docs, of_form| {
                for (&doc, &n) in docs.iter().zip(of_form) {
                    frequencies[window.place(doc)][1] = n;
                }
            });
        }
        window
    }

    /// As [`Self::frequencies`], of a document of the window that was taken last.
    fn frequencies_in_window(&self, doc: DocId) -> (u32, u32) {
        let is_here = self.window.covers(doc) && self.window.contains(doc);
        if is_here { self.frequencies[self.window.place(doc)].into() } else { (0, 0) }
    }
}

/// A word in all fields searched.
pub(in crate::search) struct Word<'a> {
    fields: Vec<WordField<'a>>,
    doc: DocId,
    weight: f32,
    exact_weight: f32,
    is_frequent: bool,
    /// The documents that were read last, if any; the postings stand behind them.
    window: Window,
    /// The document that was scored last, with its score.
    scored: (DocId, f32),
}

impl<'a> Word<'a> {
    /// `weight` is earned by the word in any form, `exact_weight` in the form typed; the segment has documents below
    /// `max_doc`.
    pub(in crate::search) fn new(fields: Vec<WordField<'a>>, weight: f32, exact_weight: f32, max_doc: DocId) -> Self {
        let (window, scored) = (Window::NONE, (END, 0.0));
        let mut word = Self { fields, doc: 0, weight, exact_weight, is_frequent: false, window, scored };
        word.is_frequent = word.cost() * WINDOW_SHARE >= u64::from(max_doc);
        word.doc = word.next_posting();
        word
    }

    /// One that is asked here and there only, and earns `weight` in any form.
    pub(in crate::search) fn sought(fields: Vec<WordField<'a>>, weight: f32) -> Self {
        Self { is_frequent: false, ..Self::new(fields, weight, 0.0, DocId::MAX) }
    }

    /// Where the postings stand.
    fn next_posting(&self) -> DocId {
        self.fields.iter().map(WordField::doc).min().unwrap_or(END)
    }

    /// Reads the window around a document.
    fn read_window(&mut self, doc: DocId) {
        self.window = Window::around(doc);
        if self.next_posting() >= self.window.end() {
            return;
        }
        for field in &mut self.fields {
            self.window.add(field.take(self.window.start()));
        }
    }

    /// What the occurrences in the current document are worth: in any form, in the form that was typed.
    fn occurrences(&mut self) -> (f32, f32) {
        let doc = self.doc;
        let is_in_window = self.window.covers(doc);
        let (mut any_form, mut exact_form) = (0.0, 0.0);
        for field in &mut self.fields {
            let (any, typed) = if is_in_window { field.frequencies_in_window(doc) } else { field.frequencies(doc) };
            if any > 0 {
                let weight = field.weights[usize::from(field.lengths.code(doc))];
                any_form += weight * any as f32;
                exact_form += weight * typed as f32;
            }
        }
        (any_form, exact_form)
    }
}

impl Walk for Word<'_> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc != END {
            self.seek(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let mut target = target;
        let mut is_near = self.is_frequent && target - self.doc <= NEAR;
        if self.window.covers(target) {
            if let Some(doc) = self.window.next_from(target) {
                self.doc = doc;
                return doc;
            }
            target = self.window.end();
            is_near = self.is_frequent;
        }
        for form in self.fields.iter_mut().flat_map(|field| &mut field.forms) {
            form.seek(target);
        }
        self.doc = self.next_posting();
        if is_near && self.doc != END {
            self.read_window(self.doc);
        }
        self.doc
    }

    fn cost(&self) -> u64 {
        self.fields.iter().flat_map(|field| &field.forms).map(|form| u64::from(form.n_docs())).sum()
    }

    fn score(&mut self) -> f32 {
        if self.scored.0 != self.doc {
            let (any_form, exact_form) = self.occurrences();
            let score = self.weight * saturate(any_form) + self.exact_weight * saturate(exact_form);
            self.scored = (self.doc, score);
        }
        self.scored.1
    }

    fn bound(&mut self) -> f32 {
        // As if all occurrences had the form that was typed: its postings need not be sought.
        if self.window.covers(self.doc) {
            return self.score();
        }
        let mut any_form = 0.0;
        for field in &self.fields {
            let here = field.forms.iter().filter(|form| form.doc() == self.doc);
            let weight = field.weights[usize::from(field.lengths.code(self.doc))];
            any_form += weight * here.map(Form::frequency).sum::<u32>() as f32;
        }
        (self.weight + self.exact_weight) * saturate(any_form)
    }
}

impl Windowed for Word<'_> {
    fn next_unread(&self) -> DocId {
        self.next_posting()
    }

    fn window(&mut self, window: &mut Window) {
        self.read_window(window.start());
        window.add(&self.window);
    }

    fn documents(&mut self, window: &mut Window) {
        self.fields.iter_mut().flat_map(|field| &mut field.forms).for_each(|form| {
            form.take(window.start(), |docs, _| window.extend(docs));
        });
    }

    fn go_to(&mut self, doc: DocId) {
        self.doc = doc;
    }
}
