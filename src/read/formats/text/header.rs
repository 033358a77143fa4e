//! A block of `Key: value` lines above a text.
//!
//! Keys are those of records, in the languages in which spreadsheets have them. A line whose key is not known, or that
//! says again what was said, stays in the text, but for a headline on top; those below it are read none the less.

use serde_json::{Map, Value};

use crate::read::date::{DayMonthOrder, order_of};
use crate::read::draft::Draft;
use crate::read::formats::fields::{Fields, is_known_key, plain_key, translate};

/// A block has at most so many lines.
const MAX_LINES: usize = 24;

/// Keys that are not known have at most so many words,
const MAX_WORDS_OF_KEY: usize = 3;
/// so many characters,
const MAX_KEY_CHARS: usize = 30;
/// and values of at most so many characters; what is longer is text.
const MAX_VALUE_CHARS: usize = 80;

/// A headline has at least so many words behind its colon.
const MIN_WORDS_OF_HEADLINE: usize = 2;

/// Keys behind which the text begins, in plain form.
const TEXT: [&str; 7] = ["text", "body", "fulltext", "bodytext", "articletext", "maintext", "content"];

/// What the lines above a text say, and where it begins.
pub(super) struct Header<'t> {
    draft: Draft,
    /// Lines of the block that stay in the text.
    pub(super) kept: String,
    /// The text below, or behind its key.
    rest: &'t str,
    /// What is put before the text: standfirst, dateline and the like, by their keys.
    opening: Map<String, Value>,
    n_known: usize,
}

impl<'t> Header<'t> {
    /// Reads the block at the top of a text; `None` where there is none.
    pub(super) fn read(text: &'t str, order: DayMonthOrder) -> Option<Self> {
        let lines = lines(text);
        let mut keys: Vec<String> = lines.iter().map(|line| line.key.to_owned()).collect();
        let order = if translate(&mut keys) { DayMonthOrder::DayFirst } else { order };
        // What is declared goes before what the text tells.
        let declared = |known: &[&str]| {
            let mut named = lines.iter().zip(&keys).filter(|(_, key)| known.contains(&plain_key(key).as_str()));
            named.next().map(|(line, _)| line.value)
        };
        let (language, url) = (declared(&["language", "lang"]), declared(&["url", "link"]));
        let order = order_of(language, url, String::new, order);
        let (draft, opening) = (Draft::default(), Map::new());
        let mut header = Self { draft, kept: String::new(), rest: text, opening, n_known: 0 };
        let mut pending = String::new();
        for (line, key) in lines.iter().zip(&keys) {
            let plain = plain_key(key);
            if TEXT.contains(&plain.as_str()) && (header.is_sure() || header.n_known > 0) {
                header.n_known += 1;
                header.kept.push_str(&pending);
                header.rest = &text[line.value_start..];
                return header.checked(text, lines.first());
            }
            let is_empty = line.value.is_empty() && is_known_key(key);
            if is_empty || header.take(&plain, line.value, order) {
                header.n_known += usize::from(!is_empty);
                header.kept.push_str(&std::mem::take(&mut pending));
                header.rest = &text[line.end..];
            } else if line.may_be_unknown() {
                pending.push_str(&text[line.start..line.end]);
            } else {
                break;
            }
        }
        header.checked(text, lines.first())
    }

    /// Fills a draft, which may have a title and an address from elsewhere, and returns the text below.
    pub(super) fn fill(&self, draft: &mut Draft) -> &'t str {
        let (title, url) = (std::mem::take(&mut draft.title), draft.url.take());
        *draft = self.draft.clone();
        draft.url = draft.url.take().or(url);
        if !title.is_empty() {
            draft.title = title;
        }
        self.rest
    }

    /// Puts before the body what the block says of its beginning.
    pub(super) fn lead(&self, draft: &mut Draft, order: DayMonthOrder) {
        Fields::of(&self.opening).lead(draft, order);
    }

    /// Takes what a line says, unless it says nothing or a line above it said the same.
    fn take(&mut self, key: &str, value: &str, order: DayMonthOrder) -> bool {
        let key = match key {
            "subject" => "headline",
            "location" | "place" => "dateline",
            key => key,
        };
        if let Some(page) = Some(value).filter(|_| matches!(key, "page" | "pages" | "seite")) {
            self.draft.tags.push(format!("page {page}"));
            return true;
        }
        let record = Map::from_iter([(key.to_owned(), Value::String(value.to_owned()))]);
        let fields = Fields::of(&record);
        let rank = fields.ranks_above_text().next();
        if let Some(rank) = rank {
            let is_new = Fields::of(&self.opening).ranks_above_text().all(|other| other != rank);
            if is_new {
                self.opening.insert(key.to_owned(), Value::String(value.to_owned()));
            }
            return is_new;
        }
        // Other names of people and things begin no article.
        if key == "name" {
            return false;
        }
        let said = fields.draft_without_body(order);
        let draft = &mut self.draft;
        if !said.title.is_empty() {
            return draft.title.is_empty() && take_text(&mut draft.title, said.title);
        }
        let is_dated = said.date.is_some();
        draft.date = draft.date.or(said.date);
        let is_taken = [
            take_first(&mut draft.url, said.url),
            take_first(&mut draft.source, said.source),
            take_first(&mut draft.section, said.section),
            take_first(&mut draft.language, said.language),
            take_first(&mut draft.own_id, said.own_id),
        ];
        let has_lists = !said.authors.is_empty() || !said.tags.is_empty();
        draft.authors.extend(said.authors);
        draft.tags.extend(said.tags);
        is_dated || has_lists || is_taken.contains(&true)
    }

    /// One line may be a headline with a colon: "Source: talks to resume".
    fn is_sure(&self) -> bool {
        self.n_known >= 2 || !self.draft.title.is_empty() || self.draft.date.is_some()
    }

    /// The block, if it is one. A line of its own on top, whose key is not known, is the headline where none is
    /// declared: "Ukraine war: Dam fails".
    fn checked(mut self, text: &str, first: Option<&Line<'_>>) -> Option<Self> {
        if !self.is_sure() || self.n_known == 0 || self.rest.trim().is_empty() {
            return None;
        }
        let on_top = first.filter(|first| first.value.split_whitespace().count() >= MIN_WORDS_OF_HEADLINE);
        if self.draft.title.is_empty()
            && let Some(line) = on_top.map(|first| &text[first.start..first.end])
            && self.kept.starts_with(line)
        {
            self.draft.title = line.trim().to_owned();
            self.kept.drain(..line.len());
        }
        Some(self)
    }
}

fn take_text(place: &mut String, text: String) -> bool {
    *place = text;
    true
}

/// Fills a place that is empty; whether it was.
fn take_first(place: &mut Option<String>, said: Option<String>) -> bool {
    let is_new = place.is_none() && said.is_some();
    if is_new {
        *place = said;
    }
    is_new
}

/// A line of a block. Places are offsets into the text, in bytes.
struct Line<'t> {
    key: &'t str,
    value: &'t str,
    start: usize,
    value_start: usize,
    end: usize,
}

impl Line<'_> {
    /// Whether a line with a key that is not known may stand in a block.
    fn may_be_unknown(&self) -> bool {
        self.key.split_whitespace().count() <= MAX_WORDS_OF_KEY
            && self.key.chars().count() <= MAX_KEY_CHARS
            && self.value.chars().count() <= MAX_VALUE_CHARS
            && !self.value.starts_with("//")
    }
}

/// The lines at the top of a text that have a colon, up to the first that has none.
fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut found, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n').take(MAX_LINES) {
        let Some((key, value)) = line.split_once([':', '：']).filter(|(key, _)| !key.trim().is_empty()) else { break };
        let value_start = at + line.len() - value.len();
        let (start, end) = (at, at + line.len());
        found.push(Line { key: key.trim(), value: value.trim(), start, value_start, end });
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str, &str)>) {
        let found = Header::read(text, DayMonthOrder::MonthFirst);
        let found =
            found.as_ref().map(|header| (header.draft.title.as_str(), header.kept.as_str(), header.rest.trim()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lines_that_are_not_known_stay_in_the_text() {
        check(
            "Title: Ferry sinks\nReel: 55\nDate: 2024-03-04\n\nAll were saved.",
            Some(("Ferry sinks", "Reel: 55\n", "All were saved.")),
        );
        check(
            "Title: Ferry sinks\nTitle: Once more\n\nSaved.",
            Some(("Ferry sinks", "", "Title: Once more\n\nSaved.")),
        );
        check("Title: Ferry sinks\nDate: soon\n\nSaved.", Some(("Ferry sinks", "", "Date: soon\n\nSaved.")));
        check("Title: Ferry sinks\nToll:\nDate: 2024-03-04\n\nSaved.", Some(("Ferry sinks", "Toll:\n", "Saved.")));
        check(
            "Title: Ferry sinks\nSummary: One.\nDescription: Two.\n\nSaved.",
            Some(("Ferry sinks", "", "Description: Two.\n\nSaved.")),
        );
        check("Titel: Fähre sinkt\nDatum: 4.3.2024\nText: Gerettet.", Some(("Fähre sinkt", "", "Gerettet.")));
    }

    #[test]
    fn a_headline_with_a_colon_may_stand_on_top() {
        check(
            "Watch: Bridge falls\nBy: Jane Doe\nDate: 2024-03-04\n\nSaved.",
            Some(("Watch: Bridge falls", "", "Saved.")),
        );
        check(
            "Watch: Bridge falls\nTitle: Dam fails\nDate: 2024-03-04\n\nSaved.",
            Some(("Dam fails", "Watch: Bridge falls\n", "Saved.")),
        );
        check("Ref: 55\nDate: 2024-03-04\n\nSaved.", Some(("", "Ref: 55\n", "Saved.")));
    }

    #[test]
    fn one_line_with_a_colon_is_no_block() {
        check("Source: talks to resume\n\nBoth left.", None);
        check("Reporter: How many were aboard?\nCaptain: All of them.\n\nThey left.", None);
        check("Text: All were saved.", None);
        check("Ferry sinks\nDate: 2024-03-04\n\nSaved.", None);
    }
}
