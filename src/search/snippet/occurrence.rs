//! Where the atoms of a query stand in a text, with the positions that the index gave them.

use std::collections::HashMap;

use super::light::{Atom, Lights};
use super::skim::{MARGIN_BYTES, Skim};
use crate::extraction::{Extraction, Findings};
use crate::figure::Figure;
use crate::mention::{Kind, Mention, Span};
use crate::schema::analyzer::{EXACT, Stemming, Unit};
use crate::search::lexicon::{FormId, Lexicon, SeenWord};
use crate::search::pattern::Shape;

/// Bytes that are passed over or read at once.
const STRETCH_BYTES: usize = 32 << 10;

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
    /// Stems looked for and their atoms.
    stems: Vec<(FormId, usize)>,
    /// Folded forms looked for and their atoms.
    exacts: Vec<(FormId, usize)>,
    shapes: Vec<usize>,
    /// What tells stretches with nothing in them, where the text is long; and the atoms it goes by.
    skim: Option<(Skim, Vec<&'a Atom>)>,
    /// Shapes that words seen before have.
    shapes_of: HashMap<FormId, Vec<usize>>,
    entities: &'a Extraction,
    findings: &'a Findings,
    /// Those that were not met yet.
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
        lexicon: &mut Lexicon,
        stemming: Stemming,
        extraction: &'a Extraction,
        findings: &'a Findings,
    ) -> Self {
        let atoms = lights.atoms();
        let (mut stems, mut exacts, mut shapes) = (Vec::new(), Vec::new(), Vec::new());
        for (index, atom) in atoms.iter().enumerate() {
            match atom {
                Atom::Word(forms) => {
                    for form in forms.iter().filter(|form| form.languages.contains(stemming)) {
                        match form.term.strip_prefix(EXACT) {
                            Some(exact) => exacts.push((lexicon.form(exact), index)),
                            None => stems.push((lexicon.form(&form.term), index)),
                        }
                    }
                }
                Atom::Shape(_) => shapes.push(index),
                Atom::Entity { .. } | Atom::Named(_) | Atom::Figure(_) => {}
            }
        }
        Self {
            atoms,
            stemming,
            stems,
            exacts,
            shapes,
            skim: None,
            shapes_of: HashMap::new(),
            entities: extraction,
            findings,
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

    /// Has stretches of a long text passed over that hold none of some atoms.
    pub(super) fn skim(&mut self, keys: Vec<&'a Atom>, text: &str) {
        let stemming = self.stemming;
        let words = keys.iter().filter_map(|atom| match atom {
            Atom::Word(forms) => Some(forms.iter().filter(move |form| form.languages.contains(stemming))),
            _ => None,
        });
        let words = words.flatten().map(|form| match form.term.strip_prefix(EXACT) {
            Some(exact) => (exact, false),
            None => (form.term.as_str(), true),
        });
        let has_shape = keys.iter().any(|atom| matches!(atom, Atom::Shape(_)));
        let skim = if has_shape { None } else { Skim::new(text, stemming, words) };
        self.skim = skim.map(|skim| (skim, keys));
    }

    /// Reads on in the text, at least `n_bytes` and up to a space. `false` when all was read before.
    pub(super) fn read(&mut self, lexicon: &mut Lexicon, text: &str, n_bytes: usize) -> bool {
        let start = self.n_bytes_read;
        if start >= text.len() {
            return false;
        }
        let at_least = text.floor_char_boundary(start.saturating_add(n_bytes).min(text.len()));
        let end = text[at_least..].find(char::is_whitespace).map_or(text.len(), |space| at_least + space);
        while self.n_bytes_read < end {
            let from = self.n_bytes_read;
            let at_least = text.floor_char_boundary(from.saturating_add(STRETCH_BYTES).min(end));
            let to = text[at_least..end].find(char::is_whitespace).map_or(end, |space| at_least + space);
            if !self.pass_over(text, from, to) {
                self.read_stretch(lexicon, &text[from..to], from);
            }
            self.n_bytes_read = to;
        }
        true
    }

    /// Reads a stretch that begins at the byte `start`.
    fn read_stretch(&mut self, lexicon: &mut Lexicon, stretch: &str, start: usize) {
        let first_position = self.n_words_read;
        let in_text = |span: Span| Span::new(start + span.start as usize, start + span.end as usize);
        lexicon.words(stretch, self.stemming, |word| {
            let position = first_position + word.position;
            self.n_words_read = position + 1;
            self.take_findings(in_text(word.span), position);
            self.take_word(&word, in_text(word.span), in_text(word.letters), position);
        });
    }

    /// Passes over a stretch of the text, if nothing to light is in it.
    fn pass_over(&mut self, text: &str, from: usize, to: usize) -> bool {
        let Some((skim, keys)) = &self.skim else { return false };
        let around_from = text.floor_char_boundary(from.saturating_sub(MARGIN_BYTES));
        let around_to = text.floor_char_boundary(to.saturating_add(MARGIN_BYTES).min(text.len()));
        let Some(n_words) = skim.n_words_to_pass(&text[from..to], &text[around_from..around_to]) else { return false };
        let of_mentions = |byte: usize| self.findings.mentions.partition_point(|one| (one.span.start as usize) < byte);
        let of_figures = |byte: usize| self.findings.figures.partition_point(|one| (one.span.start as usize) < byte);
        let mentions = &self.findings.mentions[of_mentions(around_from)..of_mentions(around_to)];
        let figures = &self.findings.figures[of_figures(around_from)..of_figures(around_to)];
        let is_lit = keys.iter().any(|atom| {
            mentions.iter().any(|mention| is_meant(atom, mention, self.entities))
                || figures.iter().any(|figure| is_in_range(atom, figure))
        });
        if is_lit {
            return false;
        }
        self.mentions = &self.findings.mentions[of_mentions(to)..];
        self.figures = &self.findings.figures[of_figures(to)..];
        self.n_words_read += n_words;
        true
    }

    fn take_word(&mut self, word: &SeenWord<'_>, span: Span, letters: Span, position: u32) {
        let occurrence = Occurrence { position, span: letters };
        let of_stem = self.stems.iter().filter(|(form, _)| word.stems().any(|stem| stem == *form));
        for (_, atom) in of_stem.chain(self.exacts.iter().filter(|(form, _)| *form == word.exact)) {
            let occurrences = &mut self.occurrences[*atom];
            // A word may have several of the forms.
            if occurrences.last() != Some(&occurrence) {
                occurrences.push(occurrence);
            }
        }
        if self.shapes.is_empty() {
            return;
        }
        if !self.shapes_of.contains_key(&word.exact) {
            let has = |&&index: &&usize| match &self.atoms[index] {
                Atom::Shape(shape) => shape.distance(word.exact_text()).is_some(),
                _ => false,
            };
            let shapes = self.shapes.iter().filter(has).copied().collect();
            self.shapes_of.insert(word.exact, shapes);
        }
        for atom in &self.shapes_of[&word.exact] {
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
            for (atom, occurrences) in self.atoms.iter().zip(&mut self.occurrences) {
                if is_meant(atom, mention, self.entities) {
                    occurrences.push(Occurrence { position, span: mention.span });
                }
            }
        }
        while let Some((figure, rest)) = self.figures.split_first().filter(|(one, _)| one.span.start < word.end) {
            self.figures = rest;
            for (atom, occurrences) in self.atoms.iter().zip(&mut self.occurrences) {
                if is_in_range(atom, figure) {
                    occurrences.push(Occurrence { position, span: figure.span });
                }
            }
        }
    }
}

/// Whether an atom is a mention.
fn is_meant(atom: &Atom, mention: &Mention, extraction: &Extraction) -> bool {
    let entity = &extraction.entities[mention.entity as usize];
    match atom {
        Atom::Entity { kind, keys } => {
            *kind == entity.kind && keys.as_ref().is_none_or(|keys| keys.contains(&entity.key))
        }
        Atom::Named(named) => {
            mention.kind != Kind::Demonym && named.iter().any(|(kind, key)| *kind == entity.kind && *key == entity.key)
        }
        _ => false,
    }
}

fn is_in_range(atom: &Atom, figure: &Figure) -> bool {
    matches!(atom, Atom::Figure(condition) if condition.matches(figure))
}
