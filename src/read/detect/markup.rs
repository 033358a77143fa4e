//! What markup a text begins with: a page, a format of news, or something else.

use super::{Kind, unread};
use crate::article::Format;
use crate::read::error::RejectReason;

/// Markup says what it is within its first tag; comments and declarations before it are skipped up to here.
const HEAD_BYTES: usize = 16 * 1024;

/// What markup a text begins with.
pub(super) enum Markup {
    /// A whole page.
    Page,
    /// Something that only pages contain.
    Fragment,
    /// A format of news.
    News(Kind),
    /// Markup of another kind.
    Other(RejectReason),
    /// None.
    None,
}

pub(super) fn kind(text: &str) -> Markup {
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text[..end].to_ascii_lowercase();
    let mut rest = text.as_str();
    let (mut is_xml, mut is_page) = (false, false);
    loop {
        rest = rest.trim_start();
        if rest.starts_with("<!--") {
            let Some(end) = rest.find("-->") else { return Markup::None };
            rest = &rest[end + 3..];
        } else if rest.starts_with("<?") {
            is_xml |= rest.starts_with("<?xml");
            let Some(end) = rest.find('>') else { return Markup::None };
            rest = &rest[end + 1..];
        } else if let Some(declared) = rest.strip_prefix("<!doctype") {
            // A page is a page, unless its outermost element says otherwise.
            is_page = declared.trim_start().starts_with("html");
            is_xml |= !is_page;
            let Some(end) = end_of_doctype(rest) else { return if is_page { Markup::Page } else { Markup::None } };
            rest = &rest[end + 1..];
        } else {
            break;
        }
    }
    let Some(tag) = rest.strip_prefix('<') else { return if is_page { Markup::Page } else { Markup::None } };
    let tag = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, ':' | '-')).unwrap_or(tag.len())];
    if let Some(news) = news_kind(tag, rest) {
        return news;
    }
    match tag {
        _ if is_page => Markup::Page,
        "html" | "head" | "body" => Markup::Page,
        "svg" => binary("an SVG image"),
        "urlset" | "sitemapindex" => binary("a sitemap, a list of addresses"),
        "opml" => binary("an OPML list of feeds"),
        "xs:schema" | "xsd:schema" | "schema" | "rng:grammar" => binary("an XML schema"),
        _ if is_xml => Markup::Other(unread("this XML", "convert it to HTML, text or JSON first")),
        "article" | "meta" | "title" | "link" | "script" | "style" | "div" | "section" | "main" | "header" | "p"
        | "h1" | "h2" | "h3" | "table" | "ul" | "ol" | "span" | "a" | "img" | "br" | "center" | "font" | "noscript"
        | "blockquote" | "figure" => Markup::Fragment,
        _ => Markup::None,
    }
}

fn binary(kind: &str) -> Markup {
    Markup::Other(RejectReason::Binary { kind: kind.to_owned() })
}

/// A declaration ends at its `>`, the one behind its declarations of entities.
fn end_of_doctype(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    match text.find('[').filter(|&open| open < end) {
        Some(open) => {
            let close = open + text[open..].find(']')?;
            Some(close + text[close..].find('>')?)
        }
        None => Some(end),
    }
}

/// The format of news whose outermost element this is.
fn news_kind(tag: &str, rest: &str) -> Option<Markup> {
    let local = tag.rsplit(':').next().unwrap_or(tag);
    // "rss", "feed" and "channel" stand for themselves; other names could be anything.
    let is_g2 = rest.contains("iptc.org/std/nar/");
    Some(Markup::News(match local {
        "rss" | "rdf" if rest.contains("wordpress.org/export") => Kind::Collection(Format::WordPress),
        "rss" | "rdf" | "channel" | "feed" | "entry" => Kind::Collection(Format::Feed),
        "newsmessage" | "packageitem" | "conceptitem" | "knowledgeitem" | "planningitem" | "catalogitem"
        | "contentset" | "contentmeta" | "itemmeta" | "groupset" | "newscoverage" => Kind::Whole(Format::NewsMlG2),
        // One whose text is an element of its own is a record of the Reuters Corpus.
        "newsitem" if !is_g2 && (rest.contains("<identification") || rest.contains("<text>")) => {
            Kind::Whole(Format::NewsMl)
        }
        "newsitem" => Kind::Whole(Format::NewsMlG2),
        "newsml" => Kind::Whole(Format::NewsMl),
        "nitf" => Kind::Whole(Format::Nitf),
        "mediawiki" => Kind::Collection(Format::MediaWiki),
        "reuters" => Kind::Collection(Format::Sgml),
        "doc" if is_document(rest) => Kind::Collection(Format::Sgml),
        _ if is_g2 => Kind::Whole(Format::NewsMlG2),
        _ => return None,
    }))
}

/// Whether a `<doc>` is a record of a collection of news: it has its number in an element, or in an
/// attribute and its text in an element.
fn is_document(rest: &str) -> bool {
    let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
    rest.contains("<docno>") || rest.contains("<docid>") || (tag.contains(" id=") && rest.contains("<text>"))
}
