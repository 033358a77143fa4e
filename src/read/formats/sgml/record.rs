//! One record of a collection, whose elements are searched for rather than parsed.

use super::text::running_text;
use crate::read::formats::html::unescape;
use crate::read::prose::one_line;

/// The text of a record stands in one piece or a few.
const MAX_PIECES: usize = 100;

/// Place of the next tag that begins like this, and whose name is not longer: `<doc` is no `<docno>`.
pub(super) fn find_tag(lower: &str, tag: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let open = lower.get(at..)?.find(tag)? + at;
        let next = lower.as_bytes().get(open + tag.len());
        if next.is_some_and(|&byte| byte == b'>' || byte.is_ascii_whitespace()) {
            return Some(open);
        }
        at = open + 1;
    }
}

/// One record, as written and in lower case.
pub(super) struct Record<'a> {
    pub(super) text: &'a str,
    pub(super) lower: &'a str,
}

impl<'a> Record<'a> {
    /// Contents of the first element of this name: up to its end, else up to the next tag.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        let (begin, end) = self.element(name, 0)?;
        Some(&self.text[begin..end])
    }

    /// Contents of all elements of these names that lie in no other of them, in the order of the record.
    pub(super) fn all(&self, names: &[&str]) -> Vec<&'a str> {
        let mut found = Vec::new();
        for name in names {
            let mut from = 0;
            for _ in 0..MAX_PIECES {
                let Some((begin, end)) = self.element(name, from) else { break };
                found.push((begin, end));
                from = end;
            }
        }
        found.sort_unstable();
        let mut last_end = 0;
        found.retain(|&(begin, end)| {
            let is_outside = begin >= last_end;
            last_end = last_end.max(end);
            is_outside
        });
        found.into_iter().map(|(begin, end)| &self.text[begin..end]).collect()
    }

    /// Where the contents of the next element of this name begin and end.
    fn element(&self, name: &str, from: usize) -> Option<(usize, usize)> {
        let begin = self.open(name, from)?;
        let end = find_tag(self.lower, &format!("</{name}"), begin);
        let end = end.or_else(|| Some(self.lower[begin..].find('<')? + begin));
        Some((begin, end.unwrap_or(self.text.len())))
    }

    pub(super) fn line(&self, name: &str) -> Option<String> {
        let text = one_line(&running_text(self.get(name)?));
        (!text.is_empty()).then_some(text)
    }

    /// Where the tag ends that opens the next element of this name.
    fn open(&self, name: &str, from: usize) -> Option<usize> {
        let start = find_tag(self.lower, &format!("<{name}"), from)?;
        Some(self.lower[start..].find('>')? + start + 1)
    }

    /// An attribute of the record's own tag.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let end = self.lower.find('>')?;
        let at = self.lower[..end].find(&format!(" {name}="))? + name.len() + 2;
        let value = self.text[at..end].trim_start_matches(['"', '\'']);
        Some(value[..value.find(['"', '\'', ' ', '>']).unwrap_or(value.len())].trim()).filter(|value| !value.is_empty())
    }

    /// The members of a list: `<TOPICS><D>cocoa</D><D>trade</D></TOPICS>`.
    pub(super) fn members(&self, name: &str) -> Vec<String> {
        let list = self.get(name).unwrap_or("");
        list.split(['<', '>'])
            .map(str::trim)
            .filter(|part| !matches!(*part, "" | "D" | "/D" | "d" | "/d"))
            .map(unescape)
            .collect()
    }
}
