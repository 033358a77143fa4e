//! Why a search cannot be answered.

use std::path::PathBuf;

use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

use crate::entities::RuleError;
use crate::mention::Span;
use crate::schema::manifest::ManifestError;
use crate::schema::stored::StoredError;

/// Why an index cannot be opened or a search cannot be answered.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the fields are the words of the message")]
pub enum SearchError {
    /// The folder is no index, or one of another version.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The index has a manifest but nothing was ever committed to it.
    #[error("the index `{}` is empty: nothing was ever committed to it", folder.display())]
    NeverCommitted { folder: PathBuf },
    /// Files of the index are missing, unreadable or damaged.
    #[error("cannot read the index `{}`", folder.display())]
    Unreadable { folder: PathBuf, source: TantivyError },
    /// A stored article is damaged.
    #[error("an article in the index `{}` is damaged", folder.display())]
    Damaged { folder: PathBuf, source: StoredError },
    /// What the look for near copies does not hold in memory can't be written or read again.
    #[error("cannot keep what articles share in a temporary file")]
    Scratch(#[from] std::io::Error),
    /// Rules on entities contradict each other.
    #[error(transparent)]
    Rules(RuleError),
    /// A regular expression cannot be searched for.
    #[error("cannot search for `/{pattern}/`: {reason}")]
    Regex { pattern: String, reason: String, span: Span },
    /// One side of NEAR has no place in a text.
    #[error("NEAR joins words, phrases, entities and figures, but `{part}` is none of these")]
    Near { part: String, span: Span },
}

impl SearchError {
    /// Whether the query is at fault, not the index.
    pub fn is_of_query(&self) -> bool {
        self.span().is_some()
    }

    /// What the user can do about it, in words that end the sentence "hint: ...".
    pub fn hint(&self) -> Option<String> {
        match self {
            SearchError::Manifest(ManifestError::Missing { .. }) => {
                Some("build an index with `dateline index DIR...`, or name another one with `--index DIR`".to_owned())
            }
            SearchError::Manifest(ManifestError::Strange { .. } | ManifestError::Damaged { .. }) => {
                Some("make it anew with `dateline index --rebuild DIR...`".to_owned())
            }
            SearchError::NeverCommitted { .. } => Some("build it with `dateline index DIR...`".to_owned()),
            SearchError::Unreadable { source, .. } if is_forbidden(source) => {
                Some("see who may read the files of the index; who made it can let others read them".to_owned())
            }
            SearchError::Unreadable { .. } | SearchError::Damaged { .. } => {
                Some("see what is wrong with `dateline verify`, then `dateline index --rebuild DIR...`".to_owned())
            }
            SearchError::Manifest(ManifestError::Foreign { .. }) => Some(
                "name another folder with `--index DIR`; if it was one of dateline's, remove it and build it anew with \
                 `dateline index DIR...`"
                    .to_owned(),
            ),
            SearchError::Manifest(ManifestError::Unreadable { .. }) => {
                Some("see whether the file is there and may be read".to_owned())
            }
            SearchError::Scratch(_) => Some("make room on the disk of the index, then repeat the command".to_owned()),
            SearchError::Rules(_) | SearchError::Regex { .. } | SearchError::Near { .. } => {
                None
            }
        }
    }

    /// The part of the query at fault, for a caret; bytes of [`super::query::Query::source`].
    pub fn span(&self) -> Option<Span> {
        match self {
            SearchError::Regex { span, .. } | SearchError::Near { span, .. } => Some(*span),
            _ => None,
        }
    }
}

/// Whether the system lets this user not read a file.
fn is_forbidden(error: &TantivyError) -> bool {
    let kind = match error {
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) | TantivyError::IoError(io_error) => {
            io_error.kind()
        }
        _ => return false,
    };
    kind == std::io::ErrorKind::PermissionDenied
}
