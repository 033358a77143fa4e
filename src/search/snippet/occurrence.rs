//! Where the atoms of a query stand in a text, with the positions that the index gave them.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::light::{Atom, Lights};
use super::skim::{Skim, Sought};
use crate::extraction::{Extraction, Findings};
use crate::figure::Figure;
use crate::mention::{Kind, Mention, Span};
use crate::schema::analyzer::{EXACT, Stemming, Unit};
use crate::search::lexicon::{FormId, Lexicon, SeenWord, begins_apart};
use crate::search::pattern::Shape;

/// Bytes that are passed over or read at once: about ten times what the words take that may stand between two that
/// belong together, so that these are in one stretch or in two that follow each other.
const STRETCH_BYTES: usize = 8 << 10;

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
    /// Where the text is long.
    skimmed: Option<Skimmed<'a>>,
    /// Shapes that words seen before have.
    shapes_of: HashMap<FormId, Vec<usize>, FixedState>,
    entities: &'a Extraction,
    findings: &'a Findings,
    /// Those that were not met yet.
    mentions: &'a [Mention],
    figures: &'a [Figure],
    occurrences: Vec<Vec<Occurrence>>,
    n_bytes_read: usize,
    n_words_read: u32,
}

/// A text of which stretches are passed over.
struct Skimmed<'a> {
    /// Tells stretches without words of the keys.
    skim: Skim,
    /// Atoms one of which stands near everything that is lit.
    keys: Vec<&'a Atom>,
    /// Whether the stretch before holds none of them.
    is_behind_empty: bool,
    /// What was found out of the next stretch: how many words it has, if it holds none of them.
    ahead: Option<Option<u32>>,
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
            skimmed: None,
            shapes_of: HashMap::default(),
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
        let mut sought = Vec::new();
        for atom in &keys {
            match atom {
                Atom::Word(forms) => {
                    let forms = forms.iter().filter(|form| form.languages.contains(stemming));
                    sought.extend(forms.map(|form| match form.term.strip_prefix(EXACT) {
                        Some(exact) => Sought::Exact(exact),
                        None => Sought::Stem(&form.term),
                    }));
                }
                Atom::Shape(Shape::Prefix(prefix)) => sought.push(Sought::Prefix(prefix)),
                Atom::Shape(shape) => sought.push(Sought::Shape(shape)),
                Atom::Entity { .. } | Atom::Named(_) | Atom::Figure(_) => {}
            }
        }
        let skim = Skim::new(text, stemming, sought.into_iter());
        self.skimmed = skim.map(|skim| Skimmed { skim, keys, is_behind_empty: true, ahead: None });
    }

    /// Reads on in the text, at least `n_bytes` and up to a space. `false` when all was read before.
    pub(super) fn read(&mut self, lexicon: &mut Lexicon, text: &str, n_bytes: usize) -> bool {
        let start = self.n_bytes_read;
        if start >= text.len() {
            return false;
        }
        let enough = start.saturating_add(n_bytes).min(text.len());
        while self.n_bytes_read < enough {
            let stretch = stretch_from(text, self.n_bytes_read);
            match self.n_words_amid_empty(lexicon, text, stretch.clone()) {
                Some(n_words) => self.pass_over(stretch.end, n_words),
                None => self.read_stretch(lexicon, &text[stretch.clone()], stretch.start),
            }
            self.n_bytes_read = stretch.end;
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

    /// How many words a stretch has that may be passed over: neither it nor those beside it hold anything to light.
    fn n_words_amid_empty(&mut self, lexicon: &mut Lexicon, text: &str, stretch: Range<usize>) -> Option<u32> {
        let mut skimmed = self.skimmed.take()?;
        let known = skimmed.ahead.take();
        let end = stretch.end;
        let here = known.unwrap_or_else(|| self.n_words_if_empty(&skimmed, lexicon, text, stretch));
        if here.is_some() && end < text.len() {
            skimmed.ahead = Some(self.n_words_if_empty(&skimmed, lexicon, text, stretch_from(text, end)));
        }
        let is_amid_empty = skimmed.is_behind_empty && skimmed.ahead != Some(None);
        skimmed.is_behind_empty = here.is_some();
        self.skimmed = Some(skimmed);
        here.filter(|_| is_amid_empty)
    }

    /// How many words a stretch has, if it is long and holds none of the keys.
    fn n_words_if_empty(
        &self,
        skimmed: &Skimmed<'_>,
        lexicon: &mut Lexicon,
        text: &str,
        stretch: Range<usize>,
    ) -> Option<u32> {
        let of_mentions = |byte: usize| self.findings.mentions.partition_point(|one| (one.span.start as usize) < byte);
        let of_figures = |byte: usize| self.findings.figures.partition_point(|one| (one.span.start as usize) < byte);
        let mentions = &self.findings.mentions[of_mentions(stretch.start)..of_mentions(stretch.end)];
        let figures = &self.findings.figures[of_figures(stretch.start)..of_figures(stretch.end)];
        let is_lit = skimmed.keys.iter().any(|atom| {
            mentions.iter().any(|mention| is_meant(atom, mention, self.entities))
                || figures.iter().any(|figure| is_in_range(atom, figure))
        });
        if is_lit {
            return None;
        }
        skimmed.skim.n_words_to_pass(&text[stretch], |piece| self.holds_sought(lexicon, piece))
    }

    /// Passes over a stretch of the text that ends there.
    fn pass_over(&mut self, end: usize, n_words: u32) {
        let of_mentions = self.findings.mentions.partition_point(|one| (one.span.start as usize) < end);
        let of_figures = self.findings.figures.partition_point(|one| (one.span.start as usize) < end);
        self.mentions = &self.findings.mentions[of_mentions..];
        self.figures = &self.findings.figures[of_figures..];
        self.n_words_read += n_words;
    }

    /// Whether a word that is looked for is in a piece of text.
    fn holds_sought(&self, lexicon: &mut Lexicon, piece: &str) -> bool {
        let mut holds = false;
        lexicon.words(piece, self.stemming, |word| {
            let has_shape = |&shape: &usize| match &self.atoms[shape] {
                Atom::Shape(shape) => shape.distance(word.exact_text()).is_some(),
                _ => false,
            };
            holds |= self.stems.iter().any(|(form, _)| word.stems().any(|stem| stem == *form))
                || self.exacts.iter().any(|(form, _)| *form == word.exact)
                || self.shapes.iter().any(has_shape);
        });
        holds
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

/// The stretch that begins there: up to a space, so that it can be read alone.
fn stretch_from(text: &str, start: usize) -> Range<usize> {
    let mut end = text.ceil_char_boundary(start.saturating_add(STRETCH_BYTES).min(text.len()));
    loop {
        let Some(space) = text[end..].find(|c: char| c.is_ascii_whitespace()) else { return start..text.len() };
        let behind = text[end + space..].trim_ascii_start();
        if begins_apart(behind) {
            return start..end + space;
        }
        end = text.len() - behind.len();
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
