//! Names under which records keep title, text, date and the rest, in plain form.

use crate::read::Mapping;

// Each list is in order of preference.
pub(super) const TITLE: &[&str] =
    &["headline", "title", "webtitle", "headlines", "name", "header", "heading", "dctitle", "ogtitle"];
/// Titles that nothing but news has.
pub(super) const HEADLINE: &[&str] = &["headline", "webtitle", "headlines"];
/// Titles that people, pictures and much else have too.
pub(super) const NAME: &[&str] = &["name"];
pub(super) const BODY: &[&str] = &[
    "text",
    "body",
    "articlebody",
    "bodytext",
    "fulltext",
    "maintext",
    "maincontent",
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
    "articlehtml",
    "html",
    "article",
    "document",
    "paragraphs",
    "contentelements",
    "contents",
    "transcript",
    "leadparagraph",
    "txt",
    "tweet",
    "hlead",
];
/// Members for text that are one as plain text only: under such names stand records too.
pub(super) const PLAIN_BODY: &[&str] = &["txt", "tweet", "hlead"];
/// The first paragraphs of a text, where they stand apart; all that there is of some articles.
pub(super) const INTRO: &[&str] = &["leadparagraph", "introtext", "intro", "lede", "leadtext"];
/// What stands between headline and standfirst.
pub(super) const SUBTITLE: &[&str] =
    &["subtitle", "subheadline", "subheading", "subhead", "secondaryheadline", "strapline"];
/// What stands above the headline.
pub(super) const KICKER: &[&str] = &["kicker"];
/// What stands in front of a text; all that there is of some articles. What is printed comes first.
pub(super) const SUMMARY: &[&str] = &[
    "standfirst",
    "deck",
    "dek",
    "teaser",
    "abstract",
    "lead",
    "description",
    "summary",
    "shortdescription",
    "descriptiontext",
    "descriptionsummary",
    "trailtext",
    "excerpt",
    "customexcerpt",
    "chapeau",
    "snippet",
];
/// The place where an article was written, as it is printed before the text.
pub(super) const DATELINE: &[&str] = &["dateline"];
pub(super) const DATE: &[&str] = &[
    "datepublished",
    "datepublish",
    "datetimepub",
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
    "datetime",
    "date",
    "displaydate",
    "postdate",
    "postedat",
    "posted",
    "articledate",
    "issuedate",
    "printdate",
    "releasedate",
    "postedon",
    "dcdate",
    "issued",
    "seendate",
    "firstcreated",
    "contentcreated",
    "datecreated",
    "created",
    "createdat",
    "creationdate",
    "entrydate",
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
pub(super) const AUTHORS: &[&str] = &[
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
    "authorname",
    "authornames",
    "articleauthor",
    "journalist",
    "journalists",
    "writtenby",
    "by",
];
/// The time of day beside a day.
pub(super) const TIME: &[&str] = &["publicationtime", "publishtime", "publishedtime", "time"];
pub(super) const SOURCE: &[&str] = &[
    "source",
    "sourcename",
    "publisher",
    "publishername",
    "publication",
    "publicationname",
    "publicationtitle",
    "pubtitle",
    "medianame",
    "newspaper",
    "outlet",
    "sitename",
    "site",
    "website",
    "provider",
    "agency",
    "media",
    "domain",
    "sourcedomain",
    "creditline",
];
pub(super) const SECTION: &[&str] = &[
    "section",
    "sectionname",
    "articlesection",
    "primarysection",
    "category",
    "newsdesk",
    "desk",
    "department",
    "rubric",
    "categories",
    "wpterm",
];
pub(super) const URL: &[&str] = &[
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
    "documenturl",
    "permanentlink",
];
pub(super) const OWN_ID: &[&str] = &[
    "id",
    "guid",
    "uid",
    "uuid",
    "docid",
    "documentid",
    "articleid",
    "itemid",
    "identifier",
    "docno",
    "accessionnumber",
    "storeid",
    "uri",
];
pub(super) const LANGUAGE: &[&str] = &["language", "lang", "inlanguage", "languagecode", "locale"];
pub(super) const TAGS: &[&str] =
    &["tags", "keywords", "topics", "tag", "labels", "subjects", "topic", "categories", "keyword", "wpterm"];

/// Members that state how far a record is on its way to its readers.
pub(super) const STATUS: &[&str] = &["status", "poststatus"];
/// What they say of one that is not with them.
pub(super) const UNPUBLISHED: &[&str] = &["draft", "auto-draft", "unpublished", "trash"];

/// Objects whose members count as members of the record that holds them.
pub(super) const WRAPPERS: &[&str] =
    &["fields", "attributes", "metadata", "meta", "properties", "params", "embedded", "credits", "taxonomy"];

/// Names that a column may be given by `--map`, and the first key of the list that each belongs to.
const MAPPED: &[(&str, &str)] = &[
    ("title", TITLE[0]),
    ("text", BODY[0]),
    ("summary", SUMMARY[0]),
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
pub(in crate::read::formats) fn mapped_key(key: &str, columns: &Mapping) -> Option<&'static str> {
    let name = columns.field_of(key)?;
    MAPPED.iter().find(|(known, _)| *known == name).map(|(_, key)| *key)
}

/// What a column can be mapped to, by [`ReadConfig::columns`](crate::read::ReadConfig::columns).
pub fn mapped_names() -> impl Iterator<Item = &'static str> {
    MAPPED.iter().map(|(name, _)| *name)
}

/// What begins the names of members of an article, in exports that name what they belong to: `article_title`,
/// `news_content`, `post_date`.
const WHOLES: &[&str] = &["article", "news", "story", "post", "doc"];
/// What stands behind them.
const PARTS: &[&str] = &[
    "title",
    "headline",
    "text",
    "content",
    "contents",
    "body",
    "html",
    "summary",
    "description",
    "abstract",
    "excerpt",
    "lead",
    "intro",
    "subtitle",
    "date",
    "published",
    "author",
    "authors",
    "byline",
    "source",
    "publisher",
    "section",
    "category",
    "url",
    "link",
    "language",
    "tags",
    "keywords",
];
/// What is said of a text in its name, before it or behind it: `cleaned_text`, `content_raw`.
const STATES: &[&str] = &["full", "cleaned", "clean", "raw", "main", "whole", "page"];
const TEXTS: &[&str] = &["text", "content", "contents", "body", "html", "article", "story"];
/// Names of texts that are joined with each other: `text_body`.
const TEXT_OF_TEXT: &[&str] = &["text", "content", "body"];

/// The key that a name of two words stands for, in plain form: `newscontent` is `content`.
pub(super) fn part_of_compound(key: &str) -> Option<&'static str> {
    let known = |rest: &str, keys: &'static [&'static str]| keys.iter().find(|known| **known == rest).copied();
    let behind = |starts: &[&str], keys| starts.iter().find_map(|start| known(key.strip_prefix(start)?, keys));
    let before = |ends: &[&str], keys| ends.iter().find_map(|end| known(key.strip_suffix(end)?, keys));
    behind(WHOLES, PARTS)
        .or_else(|| behind(STATES, TEXTS))
        .or_else(|| behind(TEXT_OF_TEXT, TEXT_OF_TEXT))
        .or_else(|| before(STATES, TEXTS))
}

/// Whether a name, in plain form, is in one of the lists.
pub(super) fn is_listed(key: &str) -> bool {
    let lists = [
        TITLE, BODY, INTRO, SUBTITLE, KICKER, SUMMARY, DATELINE, DATE, AUTHORS, SOURCE, SECTION, URL, LANGUAGE, TAGS,
        OWN_ID,
    ];
    lists.iter().any(|list| list.contains(&key))
}

/// The key of a list that a name stands for, in plain form; the name itself where there is none.
fn listed_key(key: &str) -> String {
    let key = plain_key(key);
    let part = part_of_compound(&key).filter(|_| !is_listed(&key));
    part.map_or(key, str::to_owned)
}

/// Whether a member or column of this name is known.
pub(crate) fn is_known_key(key: &str) -> bool {
    is_listed(&listed_key(key))
}

/// Whether a column of this name holds days of publication.
pub(in crate::read::formats) fn is_date_key(key: &str) -> bool {
    DATE.contains(&listed_key(key).as_str())
}

/// Whether a column of this name holds prose, in which the mark between cells may stand.
pub(in crate::read::formats) fn is_prose_key(key: &str) -> bool {
    let key = listed_key(key);
    [TITLE, BODY, INTRO, SUBTITLE, SUMMARY].iter().any(|list| list.contains(&key.as_str()))
}

/// What stands between the contents of columns that bear the same name; `None` where one of them will do.
pub(in crate::read::formats) fn joint_of(key: &str) -> Option<&'static str> {
    let key = listed_key(key);
    let is_in = |list: &[&str]| list.contains(&key.as_str());
    if is_in(BODY) || is_in(INTRO) || is_in(SUBTITLE) || is_in(SUMMARY) {
        return Some("\n\n");
    }
    (is_in(AUTHORS) || is_in(TAGS)).then_some("; ")
}

/// The key under which text stands.
pub(in crate::read::formats) fn text_key() -> &'static str {
    BODY[0]
}

/// Members that name people, papers and subjects: what stands in them is no article.
pub(in crate::read::formats) fn is_role(key: &str) -> bool {
    let key = plain_key(key);
    [AUTHORS, SOURCE, TAGS].iter().any(|list| list.contains(&key.as_str()))
}

/// A key without case and punctuation.
pub(in crate::read::formats) fn plain_key(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
