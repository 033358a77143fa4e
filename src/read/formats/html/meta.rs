//! What the head of a page states: `<meta>`, `<link>`, `<title>`, `<html lang>`.

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
    /// Contents of the JSON-LD scripts.
    pub(super) json_ld: Vec<String>,
}

impl Head {
    /// Collects the statements. `<meta>` and JSON-LD count wherever they stand.
    pub(super) fn of(page: &Html) -> Self {
        let mut head = Self::default();
        for node in page.tree.root().descendants() {
            let Node::Element(element) = node.value() else { continue };
            match element.name() {
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
                "link" if element.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
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
