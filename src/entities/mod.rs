//! The user's word on entities: which are one, which are two, which are none, what they are called.
//!
//! A file of rules ([`EntityRules::parse`]) meets what an index knows ([`Verdicts::new`]) and is applied to
//! what was found in an article ([`Verdicts::apply`]), whenever an article is read from the index. Nothing
//! on disk changes, so that a rule that is deleted leaves no trace. Fed by [`crate::search`], which looks
//! names up; does no input or output.

mod apply;
mod by_entity;
mod parse;
mod verdict;

use std::path::{Path, PathBuf};

use crate::mention::EntityKind;

pub use apply::Applied;
pub use verdict::{Known, Verdicts};

/// Name of the file beside an index.
pub const FILE_NAME: &str = "entities.toml";

/// The rules of a file, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityRules {
    path: PathBuf,
    fingerprint: String,
    rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Line of the file where it begins, from 1.
    pub line: usize,
    /// Kind of the entities that it speaks of.
    pub kind: EntityKind,
    /// What it says of them.
    pub action: Action,
}

/// What a rule says. Entities go by their key, or by a name that is shown for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// All are the first one.
    Merge {
        /// At least two entities.
        names: Vec<String>,
        /// Name to show.
        name: Option<String>,
    },
    /// Some mentions of one are another. All conditions have to hold; at least one is given.
    Split {
        /// The entity whose mentions they are.
        from: String,
        /// The other entity.
        into: String,
        /// Words of the mention, as written.
        mentions: Vec<String>,
        /// Entities of any kind, one of which the article mentions too.
        with: Vec<String>,
        /// Ids of articles.
        articles: Vec<String>,
    },
    /// These are no entities.
    Block {
        /// The entities.
        names: Vec<String>,
    },
    /// One is shown by another name.
    Rename {
        /// The entity.
        from: String,
        /// Name to show.
        name: String,
    },
    /// These are of another kind.
    Retag {
        /// The entities.
        names: Vec<String>,
        /// What they are.
        to: EntityKind,
    },
}

/// Why rules can't be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{}, line {line}: {reason}", path.display())]
pub struct RuleError {
    /// The file.
    pub path: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and with what.
    pub reason: String,
}

impl EntityRules {
    /// The rules, in the order of the file.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The file that they came from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Changes whenever what the file says may have changed: 16 hexadecimal digits.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn error(&self, line: usize, reason: String) -> RuleError {
        RuleError { path: self.path.clone(), line, reason }
    }
}

impl Rule {
    /// The rule in one line: `merge person "Ann Lee", "Anne Lee"`.
    pub fn describe(&self) -> String {
        let kind = self.kind.name();
        let quoted = |names: &[String]| names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        match &self.action {
            Action::Merge { names, name: None } => format!("merge {kind} {}", quoted(names)),
            Action::Merge { names, name: Some(name) } => format!("merge {kind} {} as \"{name}\"", quoted(names)),
            Action::Split { from, into, mentions, with, articles } => {
                let mut text = format!("split {kind} \"{from}\" into \"{into}\"");
                for (label, names) in [("mentions", mentions), ("with", with), ("articles", articles)] {
                    if !names.is_empty() {
                        text.push_str(&format!(" {label} {}", quoted(names)));
                    }
                }
                text
            }
            Action::Block { names } => format!("block {kind} {}", quoted(names)),
            Action::Rename { from, name } => format!("rename {kind} \"{from}\" to \"{name}\""),
            Action::Retag { names, to } => format!("retag {kind} {} as {}", quoted(names), to.name()),
        }
    }

    /// The entities that the rule names, without those that it makes.
    pub fn names(&self) -> Vec<&str> {
        match &self.action {
            Action::Merge { names, .. } | Action::Block { names } | Action::Retag { names, .. } => {
                names.iter().map(String::as_str).collect()
            }
            Action::Split { from, .. } | Action::Rename { from, .. } => vec![from],
        }
    }
}
