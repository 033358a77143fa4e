//! Fields of metadata.

use tantivy::DocSet;
use tantivy::schema::{Field, IndexRecordOption};

use super::expand::each_term;
use super::{PlaceNode, Plan, Planner};
use crate::schema::{NameField, cut};
use crate::search::bits::Bits;
use crate::search::error::SearchError;
use crate::search::forms::Form;
use crate::search::pattern::{Shape, expression};
use crate::search::query::{KeywordField, KeywordMatch, Node};
use crate::search::walk::END;

impl Planner<'_> {
    pub(super) fn plan_keyword(
        &self,
        node: &Node,
        field: KeywordField,
        value: &KeywordMatch,
    ) -> Result<Plan, SearchError> {
        let fields = self.searcher.fields();
        match field {
            KeywordField::Author => self.plan_named(node, fields.author, NameField::Author, value),
            KeywordField::Source => self.plan_named(node, fields.source, NameField::Source, value),
            KeywordField::Section => self.plan_named(node, fields.section, NameField::Section, value),
            KeywordField::Tag => self.plan_named(node, fields.tag, NameField::Tag, value),
            KeywordField::Lang => self.plan_code(node, fields.language, value),
            KeywordField::Format => self.plan_code(node, fields.format, value),
            KeywordField::Path => self.plan_path(node, value),
            KeywordField::Id => self.plan_id(node, value),
        }
    }

    /// Values that people read: by their words, or as a whole.
    fn plan_named(
        &self,
        node: &Node,
        column: Field,
        name: NameField,
        value: &KeywordMatch,
    ) -> Result<Plan, SearchError> {
        match value {
            KeywordMatch::Any => Ok(Plan::HasString(column)),
            KeywordMatch::Exact(value) => self.plan_docs(&[(column, &[cut(value).to_owned()])]),
            KeywordMatch::Wildcard(pattern) => self.plan_shaped(node, &[column], &glob(pattern)),
            KeywordMatch::Words(words) => {
                let words = self.analyzer().exact_words(words);
                if words.is_empty() {
                    self.note(format!("`{}` holds no word to search for", self.typed(node)));
                    return Ok(Plan::Nothing);
                }
                let languages = self.searcher.languages();
                let form = |word: &String| Form { term: format!("{}{word}", name.prefix()), languages };
                let parts = words.iter().map(|word| PlaceNode::Word(vec![form(word)])).collect();
                let node = PlaceNode::InOrder { parts, slop: 0 };
                Ok(Plan::Places { node, fields: vec![self.searcher.fields().names], weight: 0.0 })
            }
        }
    }

    /// Lower-case codes.
    fn plan_code(&self, node: &Node, column: Field, value: &KeywordMatch) -> Result<Plan, SearchError> {
        match value {
            KeywordMatch::Any => Ok(Plan::HasString(column)),
            KeywordMatch::Words(code) | KeywordMatch::Exact(code) => {
                self.plan_docs(&[(column, &[code.trim().to_lowercase(), code.clone()])])
            }
            KeywordMatch::Wildcard(pattern) => self.plan_shaped(node, &[column], &glob(pattern)),
        }
    }

    /// Any part of a path, or a shape of the whole; one that does not begin at the root may begin
    /// anywhere.
    fn plan_path(&self, node: &Node, value: &KeywordMatch) -> Result<Plan, SearchError> {
        let shape = match value {
            KeywordMatch::Any => return Ok(Plan::Everything),
            KeywordMatch::Exact(value) => return self.plan_places(std::slice::from_ref(value)),
            KeywordMatch::Words(part) => format!(".*{}.*", regex::escape(part)),
            KeywordMatch::Wildcard(pattern) if pattern.starts_with('/') => glob(pattern),
            KeywordMatch::Wildcard(pattern) => format!(".*{}", glob(pattern)),
        };
        self.plan_places(&self.values_shaped(node, self.searcher.fields().path, &shape)?)
    }

    /// Articles that stand in one of the files, or an exact copy of which does.
    fn plan_places(&self, paths: &[String]) -> Result<Plan, SearchError> {
        let segments = self.searcher.segments();
        let mut found: Vec<Bits> = Vec::with_capacity(segments.len());
        for segment in segments {
            let mut docs = Bits::new(segment.max_doc());
            for path in paths {
                let field = self.searcher.fields().path;
                let postings = segment.postings(field, path, IndexRecordOption::Basic).map_err(self.damaged())?;
                let Some(mut postings) = postings else { continue };
                while postings.doc() != END {
                    if segment.reader().alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                        docs.insert(postings.doc());
                    }
                    postings.advance();
                }
            }
            found.push(docs);
        }
        self.searcher.add_standing_for(&mut found);
        let living = std::iter::zip(segments, &found)
            .map(|(segment, docs)| docs.iter().filter(|&doc| segment.living().contains(doc)).map(|doc| (doc, 0.0)));
        Ok(Plan::List { segments: living.map(Iterator::collect).collect(), weight: 0.0 })
    }

    fn plan_id(&self, node: &Node, value: &KeywordMatch) -> Result<Plan, SearchError> {
        let fields = self.searcher.fields();
        match value {
            KeywordMatch::Any => Ok(Plan::Everything),
            KeywordMatch::Words(id) | KeywordMatch::Exact(id) => {
                let addresses = self.searcher.addresses_of_id(id.trim())?;
                let mut segments = vec![Vec::new(); self.searcher.segments().len()];
                for address in addresses {
                    segments[address.segment_ord as usize].push((address.doc_id, 0.0));
                }
                segments.iter_mut().for_each(|docs| docs.sort_unstable_by_key(|(doc, _)| *doc));
                Ok(Plan::List { segments: segments.into_iter().map(Into::into).collect(), weight: 0.0 })
            }
            KeywordMatch::Wildcard(pattern) => {
                self.plan_shaped(node, &[fields.own_id, fields.content_id], &glob(pattern))
            }
        }
    }

    /// Documents with a value of a shape, case aside.
    fn plan_shaped(&self, node: &Node, columns: &[Field], pattern: &str) -> Result<Plan, SearchError> {
        let mut sources = Vec::new();
        for &column in columns {
            sources.push((column, self.values_shaped(node, column, pattern)?));
        }
        let sources: Vec<_> = sources.iter().map(|(column, values)| (*column, &values[..])).collect();
        self.plan_docs(&sources)
    }

    /// Values of a column that have a shape, case aside.
    fn values_shaped(&self, node: &Node, column: Field, pattern: &str) -> Result<Vec<String>, SearchError> {
        let Shape::Expression(automaton) = expression(pattern, &self.typed(node), node.span)? else {
            return Ok(Vec::new());
        };
        let mut values = std::collections::BTreeSet::new();
        for segment in self.searcher.segments() {
            let inverted = segment.inverted(column).map_err(self.damaged())?;
            each_term(&inverted, "", automaton.as_ref(), |value, _| {
                values.insert(value.to_owned());
                Ok(())
            })
            .map_err(self.damaged())?;
        }
        Ok(values.into_iter().collect())
    }
}

/// `*2024?` -> `.*2024.`
fn glob(pattern: &str) -> String {
    let mut expression = String::new();
    for c in pattern.chars() {
        match c {
            '*' => expression.push_str(".*"),
            '?' => expression.push('.'),
            _ => expression.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    expression
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_escape_everything_else() {
        assert_eq!(glob("*a.b?"), ".*a\\.b.");
    }
}
