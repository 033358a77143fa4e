//! Names under which records and front matter keep title, text, date and the rest.
//!
//! Shared by JSON and Markdown, since the same exporters write both. Keys are compared without case
//! and punctuation: `pub_date`, `pubDate` and `Pub-Date` are one.

mod keys;
mod lists;
mod translated;
mod values;

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::html::unescape;
use crate::article::{Precision, PublicationDate};
use crate::read::date::{DayMonthOrder, SAMPLE_BYTES, host, order_of, parse_date, parse_date_only};
use crate::read::draft::Draft;
use crate::read::prose::{n_words, n_words_of_text, start_of};

pub(crate) use self::keys::is_known_key;
pub use self::keys::mapped_names;
use self::keys::{
    AUTHORS, BODY, DATE, DATELINE, HEADLINE, INTRO, KICKER, LANGUAGE, NAME, OWN_ID, PLAIN_BODY, SECTION, SOURCE,
    STATUS, SUBTITLE, SUMMARY, TAGS, TIME, TITLE, UNPUBLISHED, URL, WRAPPERS, is_listed, part_of_compound,
};
pub(super) use self::keys::{is_date_key, is_prose_key, joint_of, text_key};
pub(super) use self::keys::{is_role, mapped_key, plain_key};
pub(super) use self::lists::is_nothing;
pub(super) use self::translated::translate;
use self::values::{ABOUT, PART_OF_PAPER, body_text, running_text, text_of, title_text, words_of};
pub(super) use self::values::{is_beside_text, names_of};

/// Members that hold a text or a record, as an object.
const TEXT_OR_RECORD: &[&str] = &["article", "document", "story"];

/// So many words without a known name make a text: a caption, a notice or a summary has fewer.
const MIN_WORDS_OF_TEXT: usize = 40;

/// So many words in the middle one of a list's records make a text of a member without a known name, if it has more
/// than titles and summaries: a label has fewer.
const MIN_WORDS_OF_MEMBER: usize = 6;

/// Parts of the names of members whose prose is no article.
const NO_TEXT: &[&str] = &[
    "copyright",
    "usage",
    "rights",
    "licen",
    "legal",
    "terms",
    "disclaim",
    "notice",
    "caption",
    "bio",
    "about",
    "author",
    "comment",
    "title",
    "headline",
    "image",
    "photo",
    "picture",
    "alttext",
    "credit",
    "seo",
    "address",
    "query",
    "note",
    "policy",
    "cookie",
    "newsletter",
    "prompt",
    "javascript",
    "style",
    "css",
    "json",
    "url",
    "embedding",
    "vector",
    "entities",
];

/// A time of day has at most so many bytes: "06:20:15 AM GMT+01:00".
const MAX_TIME_BYTES: usize = 24;

/// Whether a member of this name, in plain form, is not known and may hold text.
pub(super) fn is_open_key(key: &str) -> bool {
    !is_known_key(key) && !NO_TEXT.iter().any(|part| key.contains(part))
}

/// Whether a value is a word, a text, or a list of them: what stands in objects has names of its own.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(items) => !items.iter().any(|item| item.is_object() || item.is_array()),
        _ => true,
    }
}

/// Which of the members that some records have is their text, where none has a known name: that with the longest
/// prose in the middle one of them, if that is long enough. `n_words_above` is how many words stand above the text.
pub(super) fn longest_of(n_words: impl Iterator<Item = (usize, usize)>, n_words_above: usize) -> Option<usize> {
    let longest = n_words.max_by_key(|(_, n_words)| *n_words);
    longest.filter(|(_, n_words)| *n_words >= MIN_WORDS_OF_MEMBER && *n_words > n_words_above).map(|(at, _)| at)
}

/// A record's members by the plain form of their keys.
pub(super) struct Fields<'a> {
    members: Vec<(String, &'a Value)>,
}

impl<'a> Fields<'a> {
    /// The members of `record`, then those of the objects that only group them.
    ///
    /// Names of two words stand behind all others, under the key that they are another name for.
    pub(super) fn of(record: &'a Map<String, Value>) -> Self {
        let (mut members, mut compounds) = (Vec::new(), Vec::new());
        for (key, value) in record {
            let key = plain_key(key);
            match part_of_compound(&key).filter(|_| !is_listed(&key) && is_plain(value)) {
                Some(part) => compounds.push((part.to_owned(), value)),
                None => members.push((key, value)),
            }
        }
        for (key, value) in record {
            if let (true, Value::Object(inner)) = (WRAPPERS.contains(&plain_key(key).as_str()), value) {
                members.extend(inner.iter().map(|(key, value)| (plain_key(key), value)));
            }
        }
        members.append(&mut compounds);
        Self { members }
    }

    /// Whether running text stands in it.
    pub(super) fn has_text(&self) -> bool {
        self.bodies().filter_map(|value| text_of(value, 0)).any(|text| !text.trim().is_empty())
    }

    /// Whether it has a member for text or a summary, even if nothing stands in it.
    pub(super) fn knows_text(&self) -> bool {
        BODY.iter().chain(INTRO).chain(SUMMARY).any(|key| self.get(key).next().is_some())
    }

    /// Whether it has at least a headline or a summary.
    pub(super) fn has_title(&self) -> bool {
        self.says(TITLE) || self.says(SUMMARY)
    }

    /// Whether it has a title or a summary that tells news from people and pictures, which have names.
    pub(super) fn is_telling(&self) -> bool {
        self.is_titled() || self.says(SUMMARY) || (self.says(NAME) && self.says(DATE))
    }

    /// How many words its text has; 0 when there is none.
    pub(super) fn n_words(&self) -> usize {
        let texts = self.bodies().filter_map(|value| text_of(value, 0));
        texts.map(|text| text.split_whitespace().count()).max().unwrap_or(0)
    }

    /// Whether it says when or where it was published.
    pub(super) fn is_published(&self) -> bool {
        self.says(DATE) || self.texts(URL).any(|text| text.starts_with("http"))
    }

    /// Whether it says when it was published.
    pub(super) fn is_dated(&self) -> bool {
        self.says(DATE)
    }

    /// Whether it has title, summary and day: all that many services give of an article.
    pub(super) fn is_complete(&self) -> bool {
        self.says(TITLE) && self.says(SUMMARY) && self.says(DATE)
    }

    /// Whether it is an article by itself: a text and its title.
    pub(super) fn is_whole(&self) -> bool {
        self.is_titled() && self.has_text()
    }

    /// Whether its headline alone is news: something that has a day too, or is called a headline.
    pub(super) fn is_headline(&self) -> bool {
        self.is_titled() && (self.says(DATE) || (self.says(HEADLINE) && self.is_published()))
    }

    /// How a record says that it was not published; `None` where it does not.
    pub(super) fn unpublished(&self) -> Option<String> {
        let is_said = |value: &Value| value.as_bool().or_else(|| value.as_str()?.trim().parse().ok());
        let says = |key: &str, truth: bool| self.get(key).any(|value| is_said(value) == Some(truth));
        if says("draft", true) || says("isdraft", true) {
            return Some("draft".to_owned());
        }
        if says("published", false) || says("ispublished", false) {
            return Some("unpublished".to_owned());
        }
        let mut stated = STATUS.iter().flat_map(|key| self.get(key)).filter_map(Value::as_str).map(str::to_lowercase);
        stated.find(|status| UNPUBLISHED.contains(&status.as_str()))
    }

    /// Whether it has a title, other than the name that anything may have.
    pub(super) fn is_titled(&self) -> bool {
        let titles = TITLE.iter().filter(|key| !NAME.contains(key)).flat_map(|key| self.get(key));
        titles.filter_map(|value| text_of(value, 0)).any(|text| !text.trim().is_empty())
    }

    fn says(&self, keys: &'static [&'static str]) -> bool {
        self.texts(keys).any(|text| !text.trim().is_empty())
    }

    /// What the record says, all of it.
    pub(super) fn draft(&self, order: DayMonthOrder) -> Draft {
        let mut draft = self.draft_without_body(order);
        let mut texts = self.bodies().map(running_text).chain(self.first_of(INTRO));
        draft.body = texts.find(|text| !text.is_empty()).unwrap_or_else(|| self.summary());
        draft
    }

    /// The summary, for a record without text; empty when there is none.
    pub(super) fn summary(&self) -> String {
        self.first_of(SUMMARY).unwrap_or_default()
    }

    /// The text of the first member of these that has one.
    fn first_of(&self, keys: &'static [&'static str]) -> Option<String> {
        let mut texts = self.texts(keys).map(|text| body_text(&text));
        texts.find(|text| !text.is_empty())
    }

    /// Puts before the text of a record what stands apart from it and is printed above it: the first paragraphs,
    /// dateline, standfirst, subtitle, and what stands above the headline.
    pub(super) fn lead(&self, draft: &mut Draft, order: DayMonthOrder) {
        let intros: Vec<String> = self.texts(INTRO).map(|text| body_text(&text)).collect();
        intros.iter().rev().filter(|text| !text.is_empty()).for_each(|text| draft.begin_with(text));
        let dateline = self.texts(DATELINE).find(|text| parse_date_only(text, order).is_none());
        if let Some(dateline) = dateline {
            draft.set_dateline(&unescape(&dateline));
        }
        for keys in [SUMMARY, SUBTITLE, KICKER] {
            draft.lead_with(&self.first_of(keys).unwrap_or_default());
        }
    }

    /// Which kinds of what stands above a text it says: standfirst, subtitle, kicker, first paragraphs, dateline.
    pub(super) fn ranks_above_text(&self) -> impl Iterator<Item = usize> {
        let kinds = [SUMMARY, SUBTITLE, KICKER, INTRO, DATELINE].into_iter().enumerate();
        kinds.filter(|(_, keys)| self.says(keys)).map(|(rank, _)| rank)
    }

    /// The longest prose in a member of a name that is not known; empty when there is none.
    pub(super) fn longest_prose(&self) -> String {
        let texts = self.open_members().map(|(_, text)| body_text(text));
        let texts = texts.filter(|text| n_words_of_text(text) >= MIN_WORDS_OF_TEXT);
        texts.max_by_key(String::len).unwrap_or_default()
    }

    /// The prose in the member of this name, in plain form, that is not known; empty when there is none.
    pub(super) fn prose_of(&self, name: &str) -> String {
        let mut texts = self.open_members().filter(|(key, _)| *key == name).map(|(_, text)| body_text(text));
        texts.next().unwrap_or_default()
    }

    /// Strings under names that are not known and may be those of texts, each with its name in plain form.
    pub(super) fn open_members(&self) -> impl Iterator<Item = (&str, &'a str)> {
        let open = self.members.iter().filter(|(key, _)| is_open_key(key));
        open.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
    }

    /// How many words its headline and its summary have at most: a text has more.
    pub(super) fn n_words_above(&self) -> usize {
        let texts = self.texts(TITLE).chain(self.texts(SUMMARY));
        texts.map(|text| n_words(&text)).max().unwrap_or(0)
    }

    /// What the record says around its text.
    pub(super) fn draft_without_body(&self, order: DayMonthOrder) -> Draft {
        let first = |keys| self.texts(keys).map(|text| unescape(&text)).find(|text| !text.trim().is_empty());
        let source = first(SOURCE);
        let source = self.source_url().as_deref().map_or(source, host);
        let order = self.order("", order);
        let mut tags = Vec::new();
        for value in TAGS.iter().flat_map(|key| self.get(key)) {
            words_of(value, ABOUT, &mut tags);
        }
        Draft {
            own_id: self.texts(OWN_ID).find(|id| !id.trim().is_empty()).map(Cow::into_owned),
            title: self.texts(TITLE).map(|text| title_text(&text)).find(|text| !text.is_empty()).unwrap_or_default(),
            body: String::new(),
            date: self.date(order),
            authors: self.authors(),
            source,
            section: self.section(),
            url: self.url(),
            language: first(LANGUAGE),
            tags,
        }
    }

    fn date(&self, order: DayMonthOrder) -> Option<PublicationDate> {
        let (text, date) = self.texts(DATE).find_map(|text| Some((text.clone(), parse_date(&text, order)?)))?;
        let with_time = |time: Cow<'_, str>| parse_date_only(&format!("{text} {time}"), order);
        let is_moment = |date: &PublicationDate| matches!(date.precision(), Precision::Second { .. });
        let mut times = self.texts(TIME).filter(|time| time.len() <= MAX_TIME_BYTES && time.contains(':'));
        let exact = if date.precision() == Precision::Day { times.find_map(with_time) } else { None };
        let is_same_day = |exact: &PublicationDate| exact.first_day() == date.first_day();
        exact.filter(is_moment).filter(is_same_day).or(Some(date))
    }

    /// Who puts the day first in the dates of this record and of `text`, which stands beside it.
    pub(super) fn order(&self, text: &str, order: DayMonthOrder) -> DayMonthOrder {
        let language = self.texts(LANGUAGE).map(|text| unescape(&text)).find(|text| !text.trim().is_empty());
        let sample = || {
            let title = self.texts(TITLE).next();
            let body = self.bodies().find_map(|value| text_of(value, 0));
            let summary = self.texts(SUMMARY).next();
            let parts = [title, body, summary].into_iter().flatten().chain([Cow::Borrowed(text)]);
            parts.map(|part| start_of(&part, SAMPLE_BYTES).to_owned()).collect::<Vec<_>>().join(" ")
        };
        order_of(language.as_deref(), self.url().as_deref(), sample, order)
    }

    fn url(&self) -> Option<String> {
        let url = self.texts(URL).find(|text| text.starts_with("http")).map(Cow::into_owned);
        url.or_else(|| self.source_url())
    }

    /// Programs that clip pages call the address of a page its source.
    fn source_url(&self) -> Option<String> {
        let source = self.texts(SOURCE).map(|text| unescape(&text)).find(|text| !text.trim().is_empty());
        source.filter(|source| source.starts_with("http") && host(source).is_some())
    }

    fn authors(&self) -> Vec<String> {
        let mut authors = Vec::new();
        for value in AUTHORS.iter().flat_map(|key| self.get(key)) {
            names_of(value, &mut authors);
            if !authors.is_empty() {
                break;
            }
        }
        authors
    }

    fn section(&self) -> Option<String> {
        SECTION.iter().flat_map(|key| self.get(key)).find_map(|value| {
            let mut words = Vec::new();
            words_of(value, PART_OF_PAPER, &mut words);
            words.into_iter().find(|word| !word.trim().is_empty())
        })
    }

    /// Members that hold text, the likeliest first, without those that hold records.
    fn bodies(&self) -> impl Iterator<Item = &'a Value> {
        // Sections have headings and texts too, but no day or address of their own.
        let is_article = |item: &Value| match item {
            Value::Object(inner) if !is_beside_text(inner.get("type")) => {
                let fields = Fields::of(inner);
                fields.is_whole() && fields.is_published()
            }
            _ => false,
        };
        let is_text = move |key: &str, value: &Value| match value {
            Value::Array(_) | Value::Object(_) if PLAIN_BODY.contains(&key) => false,
            Value::Array(items) => !items.iter().any(is_article),
            Value::Object(inner) => !TEXT_OR_RECORD.contains(&key) || !Fields::of(inner).is_whole(),
            // The name of a file is no text.
            Value::String(text) => key != "document" || text.trim().contains(char::is_whitespace),
            _ => true,
        };
        BODY.iter().flat_map(move |key| self.get(key).filter(move |value| is_text(key, value)))
    }

    fn get<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'a Value> + 's {
        self.members.iter().filter(move |(name, _)| name == key).map(|(_, value)| *value)
    }

    fn texts<'s>(&'s self, keys: &'static [&'static str]) -> impl Iterator<Item = Cow<'a, str>> + 's {
        keys.iter().flat_map(|key| self.get(key)).filter_map(|value| text_of(value, 0))
    }
}
