//! What the head of a page states: `<meta>`, `<link>`, `<title>`, `<html lang>`.

use ego_tree::NodeRef;
use scraper::{Html, Node};

use super::dom::text_of;

/// The statements of a page's head, in the order in which they stand.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Names in lower case, and contents; never empty ones.
    metas: Vec<(String, String)>,
    /// Contents of `<title>`.
    pub(super) title: String,
    /// `<html lang>`.
    pub(super) language: Option<String>,
    /// `<link rel=canonical>`.
    pub(super) canonical: Option<String>,
    /// `<base href>`.
    pub(super) base: Option<String>,
    /// The address that a browser wrote into the page when it saved it.
    pub(super) saved_from: Option<String>,
    /// `itemprop=url` of the article or page.
    pub(super) item_url: Option<String>,
    /// Contents of the JSON-LD scripts.
    pub(super) json_ld: Vec<String>,
}

impl Head {
    /// Collects the statements. `<meta>` and JSON-LD count wherever they stand.
    pub(super) fn of(page: &Html) -> Self {
        let mut head = Self::default();
        for node in page.tree.root().descendants() {
            let element = match node.value() {
                Node::Element(element) => element,
                Node::Comment(comment) => {
                    head.saved_from = head.saved_from.take().or_else(|| saved_from(comment));
                    continue;
                }
                _ => continue,
            };
            if head.item_url.is_none() && element.attr("itemprop") == Some("url") && is_of_article(node) {
                head.item_url = element.attr("content").or_else(|| element.attr("href")).map(str::to_owned);
            }
            match element.name() {
                "base" => head.base = head.base.take().or_else(|| element.attr("href").map(str::to_owned)),
                "meta" => {
                    let content = element.attr("content").unwrap_or("").trim();
                    let names = ["property", "name", "itemprop", "http-equiv"];
                    for name in names.iter().filter_map(|name| element.attr(name)) {
                        if !content.is_empty() {
                            head.metas.push((name.trim().to_ascii_lowercase(), content.to_owned()));
                        }
                    }
                }
                "title" if head.title.is_empty() => {
                    // A drawing has titles too.
                    let is_drawing =
                        node.ancestors().any(|above| above.value().as_element().is_some_and(|e| e.name() == "svg"));
                    if !is_drawing {
                        head.title = text_of(node);
                    }
                }
                "html" => {
                    head.language = element.attr("lang").or_else(|| element.attr("xml:lang")).map(str::to_owned);
                }
                "link" if element.attr("rel").is_some_and(is_canonical) => {
                    head.canonical = head.canonical.take().or_else(|| element.attr("href").map(str::to_owned));
                }
                "script"
                    if element
                        .attr("type")
                        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
                {
                    let text: String =
                        node.children().filter_map(|child| child.value().as_text().map(|text| &**text)).collect();
                    head.json_ld.push(text);
                }
                _ => {}
            }
        }
        head
    }

    /// Contents of the first statement under the first of these names that has one.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    /// Contents of all statements under `name`.
    pub(super) fn all<'s, 'n>(&'s self, name: &'n str) -> impl Iterator<Item = &'s str> + use<'s, 'n> {
        self.metas.iter().filter(move |(known, _)| known == name).map(|(_, content)| content.as_str())
    }
}

fn is_canonical(rel: &str) -> bool {
    rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("canonical"))
}

/// Whether a property is one of the article or page, not of its author, picture or publisher.
fn is_of_article(node: NodeRef<'_, Node>) -> bool {
    let scope = node.ancestors().filter_map(|above| above.value().as_element()).find(|e| e.attr("itemscope").is_some());
    scope.is_none_or(|scope| {
        let kind = scope.attr("itemtype").unwrap_or("");
        scope.attr("itemprop").is_none()
            && ["Article", "Posting", "WebPage"].iter().any(|end| kind.trim_end_matches('/').ends_with(end))
    })
}

/// The address in what browsers and their extensions write at the head of a page that they save:
/// `saved from url=(0033)https://…`, `url: https://…`.
fn saved_from(comment: &str) -> Option<String> {
    let rest = match comment.split_once("saved from url=(") {
        Some((_, rest)) => rest.split_once(')')?.1,
        None if comment.contains("SingleFile") => {
            comment.lines().find_map(|line| line.trim_start().strip_prefix("url:"))?
        }
        None => return None,
    };
    rest.split_whitespace().next().map(str::to_owned)
}
