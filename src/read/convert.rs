//! What is not read here can be made text of by a program of the user's.
//!
//! This room runs no program itself: it is given [`Converter`]s, and what they make is read as if it
//! stood in the file.

use std::fmt::Debug;

use super::cut::RawItem;
use super::detect::{self, Kind};
use super::error::{RejectReason, Rejected};
use super::{ReadConfig, decode};
use crate::article::Format;

/// Makes text, Markdown, HTML or JSON of files of one kind.
pub trait Converter: Debug + Send + Sync {
    /// Extension of the files that it is for, in lower case and without dot: `pdf`.
    fn extension(&self) -> &str;

    /// Converts the contents of a file.
    ///
    /// # Errors
    /// When nothing came of it; what the message says stands in the report.
    fn convert(&self, contents: &[u8]) -> Result<Vec<u8>, ConvertError>;
}

/// Why a converter gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct ConvertError {
    /// What went wrong.
    pub detail: String,
    /// Whether the same file may well be converted another time: the program could not be started, was killed
    /// by somebody, or was not done in time.
    pub may_pass: bool,
}

impl ConvertError {
    /// What to say of the file: `final_reason` where the file is to blame.
    pub(crate) fn reason(self, final_reason: impl FnOnce(String) -> RejectReason) -> RejectReason {
        let Self { detail, may_pass } = self;
        if may_pass { RejectReason::Hindered { detail } } else { final_reason(detail) }
    }
}

impl ReadConfig {
    /// The converter for a file, by what its contents are, else by its name.
    pub(crate) fn converter_for(&self, name: &str, head: &[u8]) -> Option<usize> {
        if self.converters.is_empty() {
            return None;
        }
        let extension = detect::extension(name);
        let by = |key: &str| self.converters.iter().position(|converter| converter.extension() == key);
        match detect::content_key(head) {
            // Documents of several kinds are packed alike.
            Some("zip" | "doc" | "xls" | "ppt" | "msi") => by(&extension),
            Some(key) => by(key),
            None => by(&extension).filter(|_| {
                let is_page = detect::detect("", head, false) == Ok(Kind::Whole(Format::Html));
                !is_page || matches!(extension.as_str(), "html" | "htm")
            }),
        }
    }
}

/// The item itself, or what its converter made of it.
pub(crate) fn convert(item: RawItem, config: &ReadConfig) -> Result<RawItem, Rejected> {
    let Some(converter) = item.context.converter.and_then(|at| config.converters.get(at)) else { return Ok(item) };
    let reject = |reason| Rejected { origin: item.origin.clone(), reason };
    let failed = |detail| RejectReason::ConverterFailed { detail };
    let bytes = converter.convert(&item.bytes).map_err(|error| reject(error.reason(failed)))?;
    let format = match detect::detect("", &bytes, true).map_err(reject)? {
        Kind::Whole(format) | Kind::Collection(format) => format,
        Kind::Lines => Format::JsonLines,
        _ => Format::Text,
    };
    let bytes = if format == Format::Text { joined(&decode::decode(&bytes, None)).into_bytes() } else { bytes };
    Ok(RawItem { bytes, format, ..item })
}

/// Text of printed pages: words divided at line ends are whole again, and a page's end is no
/// paragraph's end.
fn joined(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\u{c}', "");
    let mut lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let mut joined = String::with_capacity(text.len());
    for at in 0..lines.len() {
        let divided =
            lines[at].strip_suffix(['-', '\u{ad}', '\u{2010}']).filter(|word| word.ends_with(char::is_alphabetic));
        let next = lines.get(at + 1).map_or("", |next| next.trim_start());
        match divided.filter(|_| next.starts_with(char::is_lowercase)) {
            Some(word) => {
                let (rest, below) = next.split_once(' ').unwrap_or((next, ""));
                joined.push_str(word);
                joined.push_str(rest);
                lines[at + 1] = below;
                // A line that was nothing but the rest of a word leaves no gap.
                if !below.is_empty() {
                    joined.push('\n');
                }
            }
            None => {
                joined.push_str(lines[at]);
                joined.push('\n');
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divided_words_are_whole_again() {
        assert_eq!(joined("The gov-\nernment fell.\n"), "The government\nfell.\n\n");
        assert_eq!(joined("a gov-\nernment with-\nout"), "a government\nwithout\n");
        assert_eq!(joined("The Anglo-\nIrish deal\n"), "The Anglo-\nIrish deal\n\n");
        assert_eq!(joined("A\u{c}B"), "AB\n");
    }
}
