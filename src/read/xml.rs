//! XML as a small tree, from documents that need not be well formed.
//!
//! What breaks a strict parser costs no more here than it has to: ends that match nothing are dropped,
//! missing ones are implied, names of HTML's characters are known, a document that breaks off keeps
//! what stood before. Entities that a document declares itself are never expanded. Knows no format.

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use super::error::RejectReason;

/// Formats of news stay below a dozen levels, pages inside them below a hundred.
const MAX_DEPTH: usize = 300;

/// Elements of a document; each takes some 100 bytes, and no document of this many is news.
const MAX_ELEMENTS: usize = 1_000_000;

/// Attributes of one element that are looked at.
const MAX_ATTRIBUTES: usize = 100;

/// Namespaces in force at one place; more are left as the document writes them.
const MAX_NAMESPACES: usize = 200;

/// Longest name between `&` and `;`.
const MAX_REFERENCE_BYTES: usize = 40;

/// Namespaces that are known under one prefix, whatever the document calls them.
const NAMESPACES: [(&str, &str); 26] = [
    ("http://www.w3.org/2005/atom", "atom"),
    ("http://purl.org/atom/ns#", "atom"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/elements/1.0/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://purl.org/rss/1.0", ""),
    ("http://purl.org/net/rss1.1#", ""),
    ("http://my.netscape.com/rdf/simple/0.9/", ""),
    ("http://channel.netscape.com/rdf/simple/0.9/", ""),
    ("http://my.netscape.com/publish/formats/rss-0.91.dtd", ""),
    ("http://backend.userland.com/rss2", ""),
    ("http://blogs.law.harvard.edu/tech/rss", ""),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://purl.org/rss/1.0/modules/syndication/", "sy"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
    ("http://www.w3.org/1999/xhtml", ""),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("http://search.yahoo.com/mrss/", "media"),
    ("http://search.yahoo.com/mrss", "media"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://iptc.org/std/nar/2006-10-01/", ""),
    ("http://iptc.org/std/nitf/2006-10-18/", ""),
    ("http://wordpress.org/export/1.2/excerpt/", "excerpt"),
    ("http://news.yandex.ru", "yandex"),
    ("http://turbo.yandex.ru", "turbo"),
];

/// An element with all that is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Name with the prefix that [`NAMESPACES`] gives, else with the document's own.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Child {
    Element(Element),
    Text(String),
}

/// A document, and where it broke off.
#[derive(Debug)]
pub(crate) struct Document {
    /// A nameless element around the outermost ones.
    pub(crate) top: Element,
    /// What was wrong, where reading could not go on.
    pub(crate) damage: Option<RejectReason>,
}

/// Reads `text`; byte 0 of it is byte 0 of any damage.
///
/// # Errors
/// When it is nested too deep, or holds more elements than any document has.
pub(crate) fn parse(text: &str) -> Result<Document, RejectReason> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut builder = Builder { open: vec![Element::default()], scopes: Vec::new(), n_elements: 0 };
    let mut damage = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => builder.start(&tag)?,
            Ok(Event::Empty(tag)) => {
                builder.start(&tag)?;
                builder.close();
            }
            Ok(Event::End(tag)) => builder.end(tag.name().as_ref()),
            Ok(Event::Text(text)) => builder.text(&text),
            Ok(Event::CData(text)) => builder.text(&text),
            Ok(Event::GeneralRef(name)) => builder.reference(&name),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                damage = Some(RejectReason::BrokenXml { byte: reader.error_position(), detail: error.to_string() });
                break;
            }
        }
    }
    if damage.is_none() && builder.open.len() > 1 {
        let last = &builder.open[builder.open.len() - 1].name;
        damage = Some(RejectReason::BrokenXml { byte: text.len() as u64, detail: format!("`<{last}>` is not closed") });
    }
    Ok(Document { top: builder.finish(), damage })
}

/// The encoding that an XML declaration names.
pub(crate) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]);
    let declaration = &head[head.find("<?xml")?..];
    let declaration = &declaration[..declaration.find("?>")?];
    let value = declaration[declaration.find("encoding")? + 8..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value[1..].split(quote).next().unwrap_or("").trim().to_owned())
}

/// `text` with its references resolved.
pub(crate) fn resolve(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.find(';').filter(|&end| end <= MAX_REFERENCE_BYTES) {
            Some(end) => {
                push_reference(&rest[..end], &mut resolved);
                rest = &rest[end + 1..];
            }
            None => resolved.push('&'),
        }
    }
    resolved.push_str(rest);
    resolved
}

fn push_reference(name: &str, text: &mut String) {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        text.extend(code.ok().and_then(char::from_u32).filter(|&c| c != '\0'));
        return;
    }
    match resolve_html5_entity(name) {
        Some(known) => text.push_str(known),
        None => {
            text.push('&');
            text.push_str(name);
            text.push(';');
        }
    }
}

/// Makes a tree of events.
struct Builder {
    /// The element around all, and those not closed yet.
    open: Vec<Element>,
    /// Namespaces declared so far: depth, prefix, what stands for it.
    scopes: Vec<(usize, String, Option<&'static str>)>,
    n_elements: usize,
}

impl Builder {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), RejectReason> {
        if self.open.len() > MAX_DEPTH {
            return Err(RejectReason::TooDeep { limit: MAX_DEPTH });
        }
        self.n_elements += 1;
        if self.n_elements > MAX_ELEMENTS {
            return Err(RejectReason::Tangled);
        }
        let depth = self.open.len();
        let mut attributes = Vec::new();
        // Without its checks for duplicates, which take quadratic time.
        for attribute in tag.attributes().with_checks(false).take(MAX_ATTRIBUTES) {
            let Ok(attribute) = attribute else { continue };
            let (key, value) = (attribute.key.as_ref().to_owned(), resolve(&attribute.value));
            let prefix = match key.as_str() {
                "xmlns" => Some(""),
                key => key.strip_prefix("xmlns:"),
            };
            match prefix {
                Some(_) if self.scopes.len() >= MAX_NAMESPACES => {}
                Some(prefix) => {
                    let uri = value.trim().to_ascii_lowercase();
                    let known = NAMESPACES.iter().find(|(known, _)| *known == uri).map(|(_, prefix)| *prefix);
                    self.scopes.push((depth, prefix.to_owned(), known));
                }
                None => attributes.push((key, value)),
            }
        }
        let name = self.canonical(tag.name().as_ref());
        self.open.push(Element { name, attributes, children: Vec::new() });
        Ok(())
    }

    fn canonical(&self, name: &str) -> String {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let known = self.scopes.iter().rev().find(|(_, declared, _)| declared == prefix).and_then(|(.., known)| *known);
        match known {
            Some("") => local.to_owned(),
            Some(known) => format!("{known}:{local}"),
            None => name.to_owned(),
        }
    }

    fn end(&mut self, name: &str) {
        let name = self.canonical(name.trim());
        // An end without a beginning is dropped; one further out closes what stands between.
        if let Some(at) = self.open.iter().skip(1).rposition(|element| element.name == name) {
            while self.open.len() > at + 1 {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        if let Some(element) = self.open.pop() {
            while self.scopes.last().is_some_and(|(depth, ..)| *depth >= self.open.len()) {
                self.scopes.pop();
            }
            match self.open.last_mut() {
                Some(parent) => parent.children.push(Child::Element(element)),
                None => self.open.push(element),
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Child::Text(last)) = self.children().last_mut() {
            return last.push_str(text);
        }
        self.children().push(Child::Text(text.to_owned()));
    }

    fn reference(&mut self, name: &str) {
        let mut text = String::new();
        push_reference(name, &mut text);
        self.text(&text);
    }

    fn children(&mut self) -> &mut Vec<Child> {
        let last = self.open.len() - 1;
        &mut self.open[last].children
    }

    fn finish(mut self) -> Element {
        while self.open.len() > 1 {
            self.close();
        }
        self.open.pop().unwrap_or_default()
    }
}

impl Element {
    /// Whether it goes by `name`, in any case.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Name without prefix.
    pub(crate) fn local_name(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or("")
    }

    /// An attribute, by its name as written.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The elements directly inside.
    pub(crate) fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The elements directly inside that go by `name`.
    pub(crate) fn all<'s, 'n>(&'s self, name: &'n str) -> impl Iterator<Item = &'s Element> + use<'s, 'n> {
        self.elements().filter(move |element| element.is(name))
    }

    /// The first element at the end of `path`, whose names stand between slashes: `head/title`.
    pub(crate) fn at(&self, path: &str) -> Option<&Element> {
        match path.split_once('/') {
            None => self.elements().find(|element| element.is(path)),
            Some((first, rest)) => self.all(first).find_map(|element| element.at(rest)),
        }
    }

    /// Text of the element at `path`, on one line; `None` where there is none.
    pub(crate) fn line(&self, path: &str) -> Option<String> {
        let text = super::prose::one_line(&self.at(path)?.text());
        (!text.is_empty()).then_some(text)
    }

    /// Every element inside, at any depth, in the order of the document.
    pub(crate) fn descendants(&self) -> Vec<&Element> {
        self.descendants_without(&|_| false)
    }

    /// Every element inside, at any depth, but for those that `is_left_out` picks and what is in them.
    pub(crate) fn descendants_without(&self, is_left_out: &dyn Fn(&Element) -> bool) -> Vec<&Element> {
        let mut found = Vec::new();
        let mut open: Vec<&Element> = self.elements().rev().collect();
        while let Some(element) = open.pop() {
            if !is_left_out(element) {
                found.push(element);
                open.extend(element.elements().rev());
            }
        }
        found
    }

    /// The first element of this name inside, at any depth.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        self.descendants().into_iter().find(|element| element.is(name))
    }

    /// All text inside.
    pub(crate) fn text(&self) -> String {
        self.text_without(&|_| false)
    }

    /// The text inside, but for that of the elements that `is_left_out` picks.
    pub(crate) fn text_without(&self, is_left_out: &dyn Fn(&Element) -> bool) -> String {
        let mut text = String::new();
        self.push_text(is_left_out, &mut text);
        text
    }

    fn push_text(&self, is_left_out: &dyn Fn(&Element) -> bool, text: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(own) => text.push_str(own),
                Child::Element(element) if is_left_out(element) => {}
                Child::Element(element) => element.push_text(is_left_out, text),
            }
        }
    }

    /// Whether text stands directly inside, beside whatever elements there are.
    pub(crate) fn has_own_text(&self) -> bool {
        self.children.iter().any(|child| matches!(child, Child::Text(text) if !text.trim().is_empty()))
    }

    /// Whether elements stand inside.
    pub(crate) fn has_elements(&self) -> bool {
        self.elements().next().is_some()
    }

    /// What is inside as HTML, each element under the name that `rename` gives it; those for which it
    /// gives none are left out.
    pub(crate) fn html(&self, rename: &dyn Fn(&Element) -> Option<String>) -> String {
        let mut html = String::new();
        self.push_html(rename, &mut html);
        html
    }

    fn push_html(&self, rename: &dyn Fn(&Element) -> Option<String>, html: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => html.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
                Child::Element(element) => {
                    let Some(name) = rename(element) else { continue };
                    html.push('<');
                    html.push_str(&name);
                    html.push('>');
                    element.push_html(rename, html);
                    if !matches!(name.as_str(), "br" | "hr" | "img") {
                        html.push_str("</");
                        html.push_str(&name);
                        html.push('>');
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(element: &Element) -> String {
        let mut shown = String::new();
        for child in &element.children {
            match child {
                Child::Text(text) => shown.push_str(text),
                Child::Element(inner) => shown.push_str(&format!("[{} {}]", inner.name, show(inner))),
            }
        }
        shown
    }

    #[track_caller]
    fn check(xml: &str, expected: &str) {
        assert_eq!(show(&parse(xml).expect("within the limits").top), expected);
    }

    #[test]
    fn well_formed_documents() {
        check("<a>x<b>y</b><!-- z --><![CDATA[<c>]]></a>", "[a x[b y]<c>]");
        check("<a>1 &lt; 2 &#233;&#xe9; &eacute;&nope;</a>", "[a 1 < 2 éé é&nope;]");
        check("<x:a xmlns:x='http://www.w3.org/2005/Atom'><x:b/></x:a>", "[atom:a [atom:b ]]");
        check(
            "<a xmlns='http://purl.org/rss/1.0/'><d:date xmlns:d='http://purl.org/dc/elements/1.1/'>1</d:date></a>",
            "[a [dc:date 1]]",
        );
    }

    #[test]
    fn broken_documents_keep_what_they_have() {
        check("<a><b>x</a>y", "[a [b x]]y");
        check("<a>x</b>y</a>", "[a xy]");
        check("<a>R&D and <b>", "[a R&D and [b ]]");
        assert!(parse("<a><b").expect("within the limits").damage.is_some());
        assert!(parse("<a>x").expect("within the limits").damage.is_some());
    }

    #[test]
    fn entities_of_a_document_are_not_expanded() {
        let laughs = "<!DOCTYPE a [<!ENTITY l 'lol'><!ENTITY m '&l;&l;&l;&l;'>]><a>&m;</a>";
        check(laughs, "[a &m;]");
    }

    #[test]
    fn depth_and_size_are_limited() {
        let deep = "<a>".repeat(MAX_DEPTH + 1);
        assert_eq!(parse(&deep).err(), Some(RejectReason::TooDeep { limit: MAX_DEPTH }));
        let many = format!("<a>{}</a>", "<b/>".repeat(MAX_ELEMENTS));
        assert_eq!(parse(&many).err(), Some(RejectReason::Tangled));
    }

    #[test]
    fn charsets_are_declared() {
        assert_eq!(declared_charset(b"<?xml version='1.0' encoding='koi8-r'?>").as_deref(), Some("koi8-r"));
        assert_eq!(declared_charset(b"<a/>"), None);
    }
}
