//! Where the atoms of a query stand in a text, with the positions that the index gave them.

use std::collections::HashMap;

use super::light::{Atom, Lights};
use crate::extraction::{Extraction, Findings};
use crate::figure::Figure;
use crate::mention::{Mention, Span};
use crate::schema::analyzer::{Analyzer, EXACT, Stemming, Unit, Word};
use crate::search::pattern::Shape;

/// An atom at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// Words before it; for mentions and figures, of the word they begin in.
    pub position: u32,
    /// Bytes of the text.
    pub span: Span,
}

/// Occurrences of all atoms in the part of a text that was read.
pub(super) struct Occurrences<'a> {
    atoms: &'a [Atom],
    /// How the article is stemmed.
    stemming: Stemming,
    stems: HashMap<&'a str, Vec<usize>>,
    exacts: HashMap<&'a str, Vec<usize>>,
    shapes: Vec<usize>,
    /// Shapes that words seen before have.
    shapes_of: HashMap<String, Vec<usize>>,
    entities: &'a Extraction,
    mentions: &'a [Mention],
    figures: &'a [Figure],
    occurrences: Vec<Vec<Occurrence>>,
    n_bytes_read: usize,
    n_words_read: u32,
}

impl<'a> Occurrences<'a> {
    /// Nothing read yet of a text with these findings.
    pub(super) fn new(
        lights: &'a Lights,
        stemming: Stemming,
        extraction: &'a Extraction,
        findings: &'a Findings,
    ) -> Self {
        let atoms = lights.atoms();
        let mut stems: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut exacts: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut shapes = Vec::new();
        for (index, atom) in atoms.iter().enumerate() {
            match atom {
                Atom::Word(forms) => {
                    for form in forms.iter().filter(|form| form.languages.contains(stemming)) {
                        match form.term.strip_prefix(EXACT) {
                            Some(exact) => exacts.entry(exact).or_default().push(index),
                            None => stems.entry(&form.term).or_default().push(index),
                        }
                    }
                }
                Atom::Shape(_) => shapes.push(index),
                Atom::Entity { .. } | Atom::Figure(_) => {}
            }
        }
        Self {
            atoms,
            stemming,
            stems,
            exacts,
            shapes,
            shapes_of: HashMap::new(),
            entities: extraction,
            mentions: &findings.mentions,
            figures: &findings.figures,
            occurrences: vec![Vec::new(); atoms.len()],
            n_bytes_read: 0,
            n_words_read: 0,
        }
    }

    /// Occurrences of an atom, by position.
    pub(super) fn of(&self, atom: usize) -> &[Occurrence] {
        &self.occurrences[atom]
    }

    pub(super) fn n_bytes_read(&self) -> usize {
        self.n_bytes_read
    }

    /// Reads on in the text, at least `n_bytes` and up to a space. `false` when all was read before.
    pub(super) fn read(&mut self, analyzer: &mut Analyzer, text: &str, n_bytes: usize) -> bool {
        let start = self.n_bytes_read;
        if start >= text.len() {
            return false;
        }
        let at_least = text.floor_char_boundary(start.saturating_add(n_bytes).min(text.len()));
        let end = text[at_least..].find(char::is_whitespace).map_or(text.len(), |space| at_least + space);
        let first_position = self.n_words_read;
        let in_text = |span: Span| Span::new(start + span.start as usize, start + span.end as usize);
        analyzer.words(&text[start..end], self.stemming, |word| {
            let position = first_position + word.position;
            self.n_words_read = position + 1;
            self.take_findings(in_text(word.span), position);
            self.take_word(&word, in_text(word.span), in_text(word.letters), position);
        });
        self.n_bytes_read = end;
        true
    }

    fn take_word(&mut self, word: &Word<'_>, span: Span, letters: Span, position: u32) {
        let occurrence = Occurrence { position, span: letters };
        let of_stem = word.stems().filter_map(|stem| self.stems.get(stem));
        for atom in of_stem.chain(self.exacts.get(word.exact)).flatten() {
            let occurrences = &mut self.occurrences[*atom];
            // A word may have several of the forms.
            if occurrences.last() != Some(&occurrence) {
                occurrences.push(occurrence);
            }
        }
        if self.shapes.is_empty() {
            return;
        }
        if !self.shapes_of.contains_key(word.exact) {
            let has = |&&index: &&usize| match &self.atoms[index] {
                Atom::Shape(shape) => shape.distance(word.exact).is_some(),
                _ => false,
            };
            let shapes = self.shapes.iter().filter(has).copied().collect();
            self.shapes_of.insert(word.exact.to_owned(), shapes);
        }
        for atom in &self.shapes_of[word.exact] {
            // The beginning of a pair is its first character.
            let is_beginning = matches!(self.atoms[*atom], Atom::Shape(Shape::Prefix(_))) && word.unit == Unit::Pair;
            let span = if is_beginning { span } else { letters };
            self.occurrences[*atom].push(Occurrence { position, span });
        }
    }

    /// Mentions and figures that begin in a word, or between it and the one before.
    fn take_findings(&mut self, word: Span, position: u32) {
        while let Some((mention, rest)) = self.mentions.split_first().filter(|(one, _)| one.span.start < word.end) {
            self.mentions = rest;
            let entity = &self.entities.entities[mention.entity as usize];
            for (atom, occurrences) in self.atoms.iter().zip(&mut self.occurrences) {
                if let Atom::Entity { kind, keys } = atom
                    && *kind == entity.kind
                    && keys.as_ref().is_none_or(|keys| keys.contains(&entity.key))
                {
                    occurrences.push(Occurrence { position, span: mention.span });
                }
            }
        }
        while let Some((figure, rest)) = self.figures.split_first().filter(|(one, _)| one.span.start < word.end) {
            self.figures = rest;
            for (atom, occurrences) in self.atoms.iter().zip(&mut self.occurrences) {
                if let Atom::Figure(condition) = atom
                    && condition.matches(figure)
                {
                    occurrences.push(Occurrence { position, span: figure.span });
                }
            }
        }
    }
}
