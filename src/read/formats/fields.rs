//! Names under which records and front matter keep title, text, date and the rest.
//!
//! Shared by JSON and Markdown, since the same exporters write both. Keys are compared without case
//! and punctuation: `pub_date`, `pubDate` and `Pub-Date` are one.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::html::{is_markup, plain_text, unescape};
use crate::read::byline;
use crate::read::date::{DayMonthOrder, host, order_of, parse_date};
use crate::read::draft::Draft;
use crate::read::prose::paragraphs;

// Each list is in order of preference.
const TITLE: &[&str] =
    &["headline", "title", "webtitle", "headlines", "name", "header", "heading", "dctitle", "ogtitle"];
const BODY: &[&str] = &[
    "text",
    "body",
    "articlebody",
    "bodytext",
    "fulltext",
    "maintext",
    "articletext",
    "content",
    "contenttext",
    "storytext",
    "story",
    "plaintext",
    "bodyplain",
    "rawtext",
    "cleantext",
    "contentencoded",
    "contenthtml",
    "bodyhtml",
    "bodyxhtml",
    "html",
    "article",
    "paragraphs",
    "contentelements",
    "transcript",
];
const BODY_LAST_RESORT: &[&str] = &[
    "description",
    "summary",
    "abstract",
    "leadparagraph",
    "lead",
    "excerpt",
    "teaser",
    "standfirst",
    "deck",
    "snippet",
];
const DATE: &[&str] = &[
    "datepublished",
    "published",
    "publishedat",
    "publisheddate",
    "publishedon",
    "publishedtime",
    "publicationdate",
    "publicationtime",
    "publishdate",
    "publishtime",
    "pubdate",
    "webpublicationdate",
    "firstpublished",
    "firstpublisheddate",
    "firstpublicationdate",
    "versioncreated",
    "date",
    "datetime",
    "displaydate",
    "postdate",
    "postedat",
    "posted",
    "articledate",
    "dcdate",
    "issued",
    "firstcreated",
    "contentcreated",
    "datecreated",
    "created",
    "createdat",
    "creationdate",
    "timestamp",
    "time",
    "day",
    "updated",
    "updatedat",
    "datemodified",
    "lastmodified",
    "modified",
    "lastmod",
];
const AUTHORS: &[&str] = &[
    "authors",
    "author",
    "byline",
    "bylines",
    "creator",
    "creators",
    "dccreator",
    "writers",
    "writer",
    "reporter",
    "by",
];
const SOURCE: &[&str] = &[
    "source",
    "sourcename",
    "publisher",
    "publishername",
    "publication",
    "publicationname",
    "newspaper",
    "outlet",
    "sitename",
    "site",
    "website",
    "provider",
    "agency",
    "media",
    "domain",
];
const SECTION: &[&str] =
    &["section", "sectionname", "articlesection", "category", "newsdesk", "desk", "department", "rubric", "categories"];
const URL: &[&str] = &[
    "url",
    "link",
    "weburl",
    "canonicalurl",
    "canonical",
    "articleurl",
    "permalink",
    "href",
    "mainentityofpage",
    "uri",
    "guid",
    "id",
    "sourceurl",
];
const OWN_ID: &[&str] =
    &["id", "guid", "uid", "uuid", "docid", "documentid", "articleid", "itemid", "identifier", "docno", "uri"];
const LANGUAGE: &[&str] = &["language", "lang", "inlanguage", "languagecode", "locale"];
const TAGS: &[&str] = &["tags", "keywords", "topics", "tag", "labels", "subjects", "topic", "categories", "keyword"];

/// Objects whose members count as members of the record that holds them.
const WRAPPERS: &[&str] = &["fields", "attributes", "metadata", "meta", "properties", "params"];

/// Names that a column may be given by `--map`, and the first key of the list that each belongs to.
const MAPPED: &[(&str, &str)] = &[
    ("title", TITLE[0]),
    ("text", BODY[0]),
    ("summary", BODY_LAST_RESORT[0]),
    ("date", DATE[0]),
    ("author", AUTHORS[0]),
    ("source", SOURCE[0]),
    ("section", SECTION[0]),
    ("url", URL[0]),
    ("language", LANGUAGE[0]),
    ("tags", TAGS[0]),
    ("id", OWN_ID[0]),
];

/// The key under which a column or member stands, where the user says what it is called in the input.
pub(super) fn mapped_key(key: &str, columns: &[(String, String)]) -> Option<&'static str> {
    let (name, _) = columns.iter().find(|(_, column)| column == key)?;
    MAPPED.iter().find(|(known, _)| known == name).map(|(_, key)| *key)
}

/// What a column can be mapped to, by [`super::ReadConfig::columns`].
pub fn mapped_names() -> impl Iterator<Item = &'static str> {
    MAPPED.iter().map(|(name, _)| *name)
}

/// Whether a member or column of this name is known.
pub(crate) fn is_known_key(key: &str) -> bool {
    let key = plain_key(key);
    let lists = [TITLE, BODY, BODY_LAST_RESORT, DATE, AUTHORS, SOURCE, SECTION, URL, LANGUAGE, TAGS, OWN_ID];
    lists.iter().any(|list| list.contains(&key.as_str()))
}

/// Whether a column of this name holds days of publication.
pub(super) fn is_date_key(key: &str) -> bool {
    DATE.contains(&plain_key(key).as_str())
}

/// A record's members by the plain form of their keys.
pub(super) struct Fields<'a> {
    members: Vec<(String, &'a Value)>,
}

impl<'a> Fields<'a> {
    /// The members of `record`, then those of the objects that only group them.
    pub(super) fn of(record: &'a Map<String, Value>) -> Self {
        let mut members: Vec<(String, &Value)> = record.iter().map(|(key, value)| (plain_key(key), value)).collect();
        for (key, value) in record {
            if let (true, Value::Object(inner)) = (WRAPPERS.contains(&plain_key(key).as_str()), value) {
                members.extend(inner.iter().map(|(key, value)| (plain_key(key), value)));
            }
        }
        Self { members }
    }

    /// Whether running text stands in it.
    pub(super) fn has_text(&self) -> bool {
        self.texts(BODY).any(|text| !text.trim().is_empty())
    }

    /// Whether it has at least a headline or a summary.
    pub(super) fn has_title(&self) -> bool {
        self.texts(TITLE).chain(self.texts(BODY_LAST_RESORT)).any(|text| !text.trim().is_empty())
    }

    /// What the record says, all of it.
    pub(super) fn draft(&self, order: DayMonthOrder) -> Draft {
        let mut draft = self.draft_without_body(order);
        let mut texts = self.texts(BODY).map(|text| body_text(&text));
        draft.body = texts.find(|text| !text.is_empty()).unwrap_or_else(|| self.summary());
        draft
    }

    /// The summary, for a record without text; empty when there is none.
    pub(super) fn summary(&self) -> String {
        let mut texts = self.texts(BODY_LAST_RESORT).map(|text| body_text(&text));
        texts.find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// What the record says around its text.
    pub(super) fn draft_without_body(&self, order: DayMonthOrder) -> Draft {
        let first = |keys| self.texts(keys).map(|text| unescape(&text)).find(|text| !text.trim().is_empty());
        let source = first(SOURCE);
        // Programs that clip pages call the address of a page its source.
        let source_url = source.clone().filter(|source| source.starts_with("http") && host(source).is_some());
        let source = source_url.as_deref().map_or(source.clone(), host);
        let url = self.texts(URL).find(|text| text.starts_with("http")).map(Cow::into_owned).or(source_url);
        let language = first(LANGUAGE);
        let order = order_of(language.as_deref(), url.as_deref(), order);
        let mut tags = Vec::new();
        for value in TAGS.iter().flat_map(|key| self.get(key)) {
            words_of(value, &mut tags);
        }
        Draft {
            own_id: self.texts(OWN_ID).find(|id| !id.trim().is_empty()).map(Cow::into_owned),
            title: self.texts(TITLE).map(|text| title_text(&text)).find(|text| !text.is_empty()).unwrap_or_default(),
            body: String::new(),
            date: self.texts(DATE).find_map(|text| parse_date(&text, order)),
            authors: self.authors(),
            source,
            section: self.section(),
            url,
            language,
            tags,
        }
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
            words_of(value, &mut words);
            words.into_iter().find(|word| !word.trim().is_empty())
        })
    }

    fn get<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'a Value> + 's {
        self.members.iter().filter(move |(name, _)| name == key).map(|(_, value)| *value)
    }

    fn texts<'s>(&'s self, keys: &'static [&'static str]) -> impl Iterator<Item = Cow<'a, str>> + 's {
        keys.iter().flat_map(|key| self.get(key)).filter_map(|value| text_of(value, 0))
    }
}

fn plain_key(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Values are nested at most so deep before they say something.
const MAX_VALUE_DEPTH: usize = 4;

/// Members that hold what an object stands for: `{"rendered": "…"}`, `{"basic": "…"}`, `{"$oid": "…"}`.
const VALUE_KEYS: &[&str] = &[
    "rendered",
    "main",
    "basic",
    "default",
    "value",
    "text",
    "#text",
    "$t",
    "@value",
    "$oid",
    "$date",
    "$numberLong",
    "name",
    "title",
    "headline",
    "content",
    "body",
    "html",
    "paragraph",
    "plain",
    "en",
    "@id",
];

/// The text that a value stands for; the members of a list become paragraphs.
fn text_of(value: &Value, depth: usize) -> Option<Cow<'_, str>> {
    match value {
        _ if depth > MAX_VALUE_DEPTH => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().filter_map(|item| text_of(item, depth + 1)).collect();
            (!texts.is_empty()).then(|| Cow::Owned(texts.join("\n\n")))
        }
        Value::Object(object) => VALUE_KEYS.iter().find_map(|key| text_of(object.get(*key)?, depth + 1)),
        Value::Null | Value::Bool(_) => None,
    }
}

/// Words of a list, of a comma-separated string, or of objects that have names.
fn words_of(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::String(text) => words.extend(text.split([',', ';']).map(|word| unescape(word.trim()))),
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::String(text) => words.push(unescape(text)),
                    other => words.extend(text_of(other, 1).map(Cow::into_owned)),
                }
            }
        }
        other => words.extend(text_of(other, 0).map(Cow::into_owned)),
    }
}

/// Names of authors in a string, a list, or objects.
pub(super) fn names_of(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(text) => names.extend(byline::names(&unescape(text)).into_iter().map(|name| spelled_out(&name))),
        Value::Array(items) => {
            for item in items.iter().filter(|item| !item.is_array()) {
                names_of(item, names);
            }
        }
        Value::Object(object) => {
            let member = |keys: &[&str]| {
                object.iter().find_map(|(key, value)| {
                    keys.contains(&plain_key(key).as_str()).then(|| text_of(value, 1)).flatten()
                })
            };
            let full = || member(&["name", "fullname", "displayname", "original", "value", "title", "rendered"]);
            let parts = || {
                let (first, last) = (member(&["firstname", "givenname"])?, member(&["lastname", "familyname"])?);
                Some(format!("{first} {last}"))
            };
            if let Some(name) = parts().or_else(|| full().map(Cow::into_owned)) {
                names.extend(byline::names(&unescape(&name)));
            }
        }
        _ => {}
    }
}

/// `jane-doe`, the key of an author in a site generator, is Jane Doe.
fn spelled_out(name: &str) -> String {
    let parts: Vec<&str> = name.split('-').collect();
    let is_key = parts.len() >= 2 && parts.iter().all(|part| !part.is_empty() && part.chars().all(char::is_lowercase));
    if !is_key {
        return name.to_owned();
    }
    let capitalised = parts.iter().map(|part| {
        let mut chars = part.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    });
    capitalised.collect::<Vec<_>>().join(" ")
}

fn title_text(text: &str) -> String {
    let text = if is_markup(text) { plain_text(text) } else { unescape(text) };
    crate::read::prose::one_line(&text)
}

/// Running text, be it plain, escaped or marked up.
fn body_text(text: &str) -> String {
    if is_markup(text) { plain_text(text) } else { paragraphs(&unescape(text)) }
}
