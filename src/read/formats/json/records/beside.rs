//! Records that stand beside a list of records, or in the members of an article.
//!
//! An answer of a service says much beside its list of articles, and an article much beside its text: who wrote it,
//! what readers say, what else there is to read. Hence nothing counts here but what is an article for sure.

use serde_json::{Map, Value};

use super::{Found, LISTS, MAX_LIST_DEPTH, MIN_WORDS, REPORTS, Record, is_bystander, push, record_of};
use crate::read::formats::fields::{Fields, is_beside_text, is_role, plain_key};
use crate::read::formats::ninjs;

/// Lists that belong to an article and hold none, in plain form: what readers say, what is shown, what else
/// there is to read, what it said before.
const BELONGINGS: &[&str] = &[
    "comments",
    "replies",
    "reactions",
    "entities",
    "mentions",
    "annotations",
    "images",
    "photos",
    "pictures",
    "videos",
    "multimedia",
    "gallery",
    "attachments",
    "enclosures",
    "associations",
    "links",
    "breadcrumbs",
    "citations",
    "recommended",
    "recommendations",
    "seealso",
    "revisions",
    "versions",
    "history",
    "ads",
    "advertisements",
    "banners",
    "promos",
    "newsletters",
];

/// Members that say what a list is, in plain form: a feed has a title, a summary and a day too.
const FRAMES: &[&str] = &[
    "feed",
    "channel",
    "meta",
    "metadata",
    "site",
    "website",
    "blog",
    "page",
    "info",
    "head",
    "header",
    "section",
    "category",
    "edition",
    "issue",
    "query",
    "request",
    "collection",
];

/// Lists that hold articles, whatever they stand in, in plain form.
const NEWS: &[&str] = &["articles", "docs", "documents", "posts", "news", "stories"];

/// So many words beside the text of an article are another article: a box, a caption or a teaser has fewer.
const MIN_WORDS_OF_ARTICLE: usize = 40;

/// So many bytes such a text has at least. Most of what stands in an article is told by that to be none, which costs
/// little.
const MIN_ARTICLE_BYTES: usize = 4 * MIN_WORDS_OF_ARTICLE;

/// Where records are looked for.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// Beside the list of this name, which was read.
    BesideList(&'a str),
    /// In an object that is no article.
    Frame,
    /// In the members of an article.
    Article,
    /// Around this article, in what wraps it.
    Wrapper(&'a Map<String, Value>),
}

impl Place<'_> {
    /// Where the members of a member stand.
    fn inner(self) -> Self {
        match self {
            Self::BesideList(_) | Self::Frame => Self::Frame,
            Self::Article | Self::Wrapper(_) => Self::Article,
        }
    }

    /// Whether this member was read before.
    fn is_read(self, key: &str, value: &Value) -> bool {
        match (self, value) {
            (Self::BesideList(list), _) => list == key,
            (Self::Wrapper(article), Value::Object(inner)) => std::ptr::eq(article, inner),
            _ => false,
        }
    }

    /// Whether an object under a key, in plain form, may be or hold an article.
    fn looks_into(self, key: &str, object: &Map<String, Value>) -> bool {
        let is_article = matches!(self.inner(), Self::Article);
        !is_article || NEWS.contains(&key) || object.values().any(|value| n_missing(value, MIN_ARTICLE_BYTES) == 0)
    }

    /// Whether an object in a list of this name, in plain form, is an article.
    fn takes_item(self, key: &str, object: &Map<String, Value>) -> bool {
        let fields = Fields::of(object);
        let is_article = match self.inner() {
            Self::Article => {
                let is_long = || fields.is_published() && fields.n_words() >= MIN_WORDS_OF_ARTICLE;
                fields.is_whole() && (NEWS.contains(&key) || is_long())
            }
            _ => {
                let is_titled = fields.is_titled() && (fields.has_text() || fields.is_dated());
                let is_post = || fields.has_text() && fields.is_published() && fields.n_words() >= MIN_WORDS;
                is_titled || (LISTS.contains(&key) && is_post())
            }
        };
        is_article && !is_bystander(object) && !is_beside_text(object.get("type"))
    }

    /// Whether an object that is a member of this name, in plain form, is an article.
    fn takes_member(self, key: &str, object: &Map<String, Value>) -> bool {
        let fields = Fields::of(object);
        let is_article = match self.inner() {
            Self::Article => false,
            _ => fields.is_whole() || (fields.is_titled() && fields.is_complete() && !FRAMES.contains(&key)),
        };
        is_article && !is_bystander(object) && !is_beside_text(object.get("type"))
    }
}

/// Whether a member of this name, in plain form, holds what belongs to an article.
pub(super) fn belongs_to_article(key: &str) -> bool {
    BELONGINGS.contains(&key) || key.starts_with("related") || key.contains("comment")
}

/// How many of so many bytes of text a value does not have.
fn n_missing(value: &Value, n_bytes: usize) -> usize {
    match value {
        Value::String(text) => n_bytes.saturating_sub(text.len()),
        Value::Array(items) => items.iter().fold(n_bytes, |n_bytes, item| n_missing(item, n_bytes)),
        Value::Object(object) => object.values().fold(n_bytes, |n_bytes, item| n_missing(item, n_bytes)),
        _ => n_bytes,
    }
}

/// Adds the records that stand in the members of an object, to any depth.
pub(super) fn all<'a>(
    object: &'a Map<String, Value>,
    depth: usize,
    place: Place<'_>,
    whole: Option<&'a Map<String, Value>>,
    records: &mut Vec<Found<'a>>,
) {
    if depth > MAX_LIST_DEPTH {
        return;
    }
    if matches!(place, Place::Article) && ninjs::is_item(object) {
        for item in ninjs::associations(object) {
            push(Record { object: item, id: None, whole: None, outer: item }, depth + 1, records);
        }
    }
    for (key, value) in object {
        if !(value.is_array() || value.is_object()) || place.is_read(key, value) || key == REPORTS {
            continue;
        }
        let plain = plain_key(key);
        if is_role(&plain) || belongs_to_article(&plain) {
            continue;
        }
        let items = if let Value::Array(items) = value { items } else { std::slice::from_ref(value) };
        for item in items {
            let Some(object) = item.as_object().filter(|object| place.looks_into(&plain, object)) else { continue };
            let is_article = |record: &Record<'_>| match value {
                Value::Array(_) => place.takes_item(&plain, record.object),
                _ => place.takes_member(&plain, record.object),
            };
            match record_of(item, Some(key), whole).filter(is_article) {
                Some(record) => push(record, depth + 1, records),
                None => all(object, depth + 1, place.inner(), whole, records),
            }
        }
    }
}
