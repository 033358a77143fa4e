//! An article and its extraction become a document of the engine.

use tantivy::TantivyDocument;

use super::analyzer::{Analyzer, ENTITY, EXACT, FIGURE, Stemming, Word};
use super::figures::{FigureEntry, FigureMark, figure_entries};
use super::names::{label, name_key};
use super::stored::{self, FileRow, days_since_1970};
use super::terms::{TermsBuilder, cut};
use super::{Fields, NameField};
use crate::article::{Article, Origin};
use crate::copies::sketch;
use crate::extraction::{Extraction, Findings};
use crate::mention::{Entity, EntityKind, Mention};

/// Words of one name that can begin a search for it; what comes later in a longer name cannot.
const MAX_NAME_WORDS: usize = 12;

/// A document ready to be written.
#[derive(Debug)]
pub struct Prepared {
    /// What the engine gets.
    pub document: TantivyDocument,
    /// What the article is known by, see [`content_id`].
    pub content_id: u64,
    /// About what the document takes in memory.
    pub n_bytes: u64,
}

/// Makes documents. Keeps stems that it has seen: one for each thread.
pub struct DocumentBuilder {
    fields: Fields,
    analyzer: Analyzer,
}

impl DocumentBuilder {
    /// A builder for an index with these fields.
    pub fn new(fields: Fields) -> Self {
        Self { fields, analyzer: Analyzer::new() }
    }

    /// The document of an article that stands in the file version `file_version`.
    pub fn article(&mut self, article: &Article, extraction: &Extraction, file_version: &str) -> Prepared {
        let fields = self.fields.clone();
        let mut document = TantivyDocument::new();
        let content_id = content_id(article);

        let stemming = Stemming::of(language(article, extraction));
        let title = self.text_terms(&article.title, stemming, &extraction.title, &extraction.entities);
        let body = self.text_terms(&article.body, stemming, &extraction.body, &extraction.entities);
        document.add_u64(fields.n_title_tokens, length(&title));
        document.add_u64(fields.n_body_tokens, length(&body));
        let (title, body) = (title.finish(), body.finish());
        let stored = stored::encode(article, extraction);
        let n_bytes = (title.len() + body.len() + stored.len()) as u64;
        document.add_text(fields.title, title);
        document.add_text(fields.body, body);
        document.add_text(fields.names, self.name_terms(article).finish());

        add_entities(&mut document, &fields, extraction);
        self.add_name_keys(&mut document, extraction);
        add_figures(&mut document, &fields, extraction);
        add_metadata(&mut document, &fields, article, extraction);

        document.add_text(fields.path, &article.origin.path);
        document.add_text(fields.file_version, file_version);
        document.add_text(fields.content_id, format_id(content_id));
        if let Some(own_id) = &article.own_id {
            document.add_text(fields.own_id, own_id);
        }
        document.add_u64(fields.tie_content, content_id);
        document.add_u64(fields.tie_origin, origin_id(&article.origin));
        document.add_u64(fields.sameness, stored::sameness(article));
        for number in sketch(&article.body) {
            document.add_u64(fields.sketch, number);
        }
        if let Some(record) = article.origin.record {
            document.add_u64(fields.record, record);
        }
        document.add_bytes(fields.article, &stored);
        Prepared { document, content_id, n_bytes }
    }

    /// Words of a text with what was found in it, stacked on the words where it begins.
    fn text_terms(&mut self, text: &str, stemming: Stemming, findings: &Findings, entities: &[Entity]) -> TermsBuilder {
        let mut terms = TermsBuilder::for_text(text);
        let mut mentions = findings.mentions.iter().peekable();
        let mut figures = findings.figures.iter().filter(|figure| figure.kind.is_quantity()).peekable();
        let mut key = String::new();
        self.analyzer.words(text, stemming, |word| {
            let span = word.span;
            terms.push(EXACT, word.exact);
            word.stems().for_each(|stem| terms.stack("", stem));
            while let Some(mention) = mentions.next_if(|mention| mention.span.start < span.end) {
                let kind = mention.kind.entity_kind().name();
                terms.stack_found(ENTITY, kind);
                key.clear();
                key.extend([kind, ":", &entities[mention.entity as usize].key]);
                terms.stack_found(ENTITY, &key);
            }
            while let Some(figure) = figures.next_if(|figure| figure.span.start < span.end) {
                for (key, _, _) in figure_entries(figure) {
                    terms.stack_found(FIGURE, &key);
                }
            }
        });
        terms
    }

    /// Leads from the words of names, aliases and keys to keys. A name is found from each of its words
    /// on, so that a search for any words in sequence is one look-up of a prefix; the key of a place from its
    /// first word on only, since it ends with the places around it (`springfield-illinois-united-states`).
    fn add_name_keys(&mut self, document: &mut TantivyDocument, extraction: &Extraction) {
        let mut name_keys = std::collections::BTreeSet::new();
        for entity in &extraction.entities {
            let names = [&entity.name].into_iter().chain(&entity.aliases).map(|name| (name, MAX_NAME_WORDS));
            let n_starts_of_key = if entity.kind == EntityKind::Place { 1 } else { MAX_NAME_WORDS };
            for (name, n_starts) in names.chain([(&entity.key, n_starts_of_key)]) {
                let words = self.analyzer.exact_words(name);
                for first in 0..words.len().min(n_starts) {
                    name_keys.insert(name_key(entity.kind, &words[first..].join(" "), &entity.key));
                }
            }
            if let Some(place) = &entity.place {
                name_keys.insert(name_key(entity.kind, &place.path, &entity.key));
            }
        }
        for name_key in name_keys {
            document.add_text(self.fields.name_key, name_key);
        }
    }

    fn name_terms(&mut self, article: &Article) -> TermsBuilder {
        let mut terms = TermsBuilder::default();
        let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
        for (field, values) in [
            (NameField::Author, &article.authors),
            (NameField::Source, &one(&article.source)),
            (NameField::Section, &one(&article.section)),
            (NameField::Tag, &article.tags),
        ] {
            for value in values {
                self.push_name(&mut terms, field, value);
            }
        }
        terms
    }

    fn push_name(&mut self, terms: &mut TermsBuilder, field: NameField, name: &str) {
        let mut is_first = true;
        self.analyzer.name_words(name, |word, _| {
            if std::mem::take(&mut is_first) {
                terms.push_apart(field.prefix(), word);
            } else {
                terms.push(field.prefix(), word);
            }
        });
    }

    /// The document that remembers a file.
    pub fn file_row(&self, row: &FileRow) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.fields.file_path, &row.path);
        document.add_i64(self.fields.file_modified, row.modified_ns);
        document.add_u64(self.fields.file_size, row.size_bytes);
        document.add_u64(self.fields.file_articles, row.content_ids.len() as u64);
        document.add_u64(self.fields.file_rejects, row.n_rejects());
        document.add_bytes(self.fields.file_row, &row.encode());
        document
    }
}

fn add_entities(document: &mut TantivyDocument, fields: &Fields, extraction: &Extraction) {
    let mut paths = std::collections::BTreeSet::new();
    for entity in &extraction.entities {
        document.add_text(fields.entity(entity.kind), cut(&entity.key));
        document.add_text(fields.label, label(entity.kind, &entity.key, &entity.name));
        if let Some(place) = &entity.place {
            paths.extend(path_and_above(&place.path));
        }
    }
    for path in paths {
        document.add_text(fields.place_path, path);
    }
}

/// Length of a text, for the ranking: its words, and half of the terms of what was found in it, which are about two for
/// each mention. A text that names much says less by each of its words.
fn length(terms: &TermsBuilder) -> u64 {
    terms.n_words() + terms.n_found() / 2
}

/// Calls `each` for the mentions in a text with the position at which their terms stand.
pub fn mention_positions(
    analyzer: &mut Analyzer,
    text: &str,
    findings: &Findings,
    mut each: impl FnMut(&Mention, u32),
) {
    let mut mentions = findings.mentions.iter().peekable();
    // Positions are the same however words are stemmed.
    analyzer.words(text, Stemming::NONE, |Word { span, position, .. }| {
        while let Some(mention) = mentions.next_if(|mention| mention.span.start < span.end) {
            each(mention, position);
        }
    });
}

/// `/europe/ukraine/kyiv` -> itself, `/europe/ukraine`, `/europe`.
fn path_and_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rfind('/').map(|slash| &path[..slash])).filter(|path| path.len() > 1)
}

fn add_figures(document: &mut TantivyDocument, fields: &Fields, extraction: &Extraction) {
    let mut keys = std::collections::BTreeSet::new();
    for figure in extraction.title.figures.iter().chain(&extraction.body.figures) {
        if !figure.kind.is_quantity() {
            continue;
        }
        let mark = FigureMark::new(figure.bound, figure.change);
        for (key, low, high) in figure_entries(figure) {
            document.add_bytes(fields.figure_entries, &FigureEntry { low, high, mark }.encode(&key));
            keys.insert(key);
        }
    }
    for key in keys {
        document.add_text(fields.figure, key);
    }
}

/// Code of the language of an article, as far as it is known.
pub fn language<'a>(article: &'a Article, extraction: &'a Extraction) -> Option<&'a str> {
    extraction.language.as_deref().or(article.language.as_deref())
}

fn add_metadata(document: &mut TantivyDocument, fields: &Fields, article: &Article, extraction: &Extraction) {
    for author in &article.authors {
        document.add_text(fields.author, cut(author));
    }
    for tag in &article.tags {
        document.add_text(fields.tag, cut(tag));
    }
    for (field, value) in [
        (fields.source, article.source.as_deref()),
        (fields.section, article.section.as_deref()),
        (fields.language, language(article, extraction)),
    ] {
        if let Some(value) = value {
            document.add_text(field, cut(value));
        }
    }
    document.add_text(fields.format, article.format.name());
    if let Some(date) = article.date {
        document.add_i64(fields.first_day, days_since_1970(date.first_day()).into());
        document.add_i64(fields.last_day, days_since_1970(date.last_day()).into());
        document.add_i64(fields.published, date.epoch_seconds());
    }
}

/// What an article is known by when it brings no id: a hash of its words and what is stated about it,
/// wherever it stands. Copies share it.
pub fn content_id(article: &Article) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let date = article.date.map(|date| date.to_string());
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut part = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    part(&article.title);
    part(&article.body);
    part(&date.unwrap_or_default());
    part(&optional(&article.source));
    part(&optional(&article.url));
    part(&optional(&article.own_id));
    article.authors.iter().for_each(|author| part(author));
    first_u64(&hasher.finalize())
}

/// Hash of the place of an article: tells copies apart.
pub fn origin_id(origin: &Origin) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(origin.path.as_bytes());
    hasher.update(&[0]);
    hasher.update(&origin.record.unwrap_or(0).to_le_bytes());
    first_u64(&hasher.finalize())
}

/// An id as people see it: 16 hexadecimal digits.
pub fn format_id(id: u64) -> String {
    format!("{id:016x}")
}

pub(super) fn first_u64(hash: &blake3::Hash) -> u64 {
    let bytes = hash.as_bytes();
    u64::from_be_bytes(bytes[..8].try_into().expect("a hash has 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_include_everything_above() {
        let paths: Vec<&str> = path_and_above("/europe/ukraine/kyiv").collect();
        assert_eq!(paths, ["/europe/ukraine/kyiv", "/europe/ukraine", "/europe"]);
    }
}
