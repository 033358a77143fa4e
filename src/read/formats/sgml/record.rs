//! One record of a collection, whose elements are searched for rather than parsed.

use super::text::running_text;
use crate::read::formats::html::unescape;
use crate::read::prose::one_line;

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
        let begin = self.open(name, 0)?;
        let end = self.close(name, begin).unwrap_or_else(|| self.next_tag(begin));
        Some(&self.text[begin..end])
    }

    /// Contents of all elements of these names that lie in no other of them, in the order of the record.
    pub(super) fn all(&self, names: &[&str]) -> Vec<&'a str> {
        let mut found = Vec::new();
        for name in names {
            let (mut from, mut is_closed) = (0, true);
            while let Some(begin) = self.open(name, from) {
                // Where one is not closed no later one is, and none has to look for its end again.
                let closed = if is_closed { self.close(name, begin) } else { None };
                is_closed = closed.is_some();
                let end = closed.unwrap_or_else(|| self.next_tag(begin));
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

    /// Where an element of this name ends that begins at `begin`; `None` where none is closed behind it.
    fn close(&self, name: &str, begin: usize) -> Option<usize> {
        find_tag(self.lower, &format!("</{name}"), begin)
    }

    /// Where the next tag begins, else the end of the record.
    fn next_tag(&self, begin: usize) -> usize {
        self.lower[begin..].find('<').map_or(self.text.len(), |at| at + begin)
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
