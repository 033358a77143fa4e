//! Where an entry stands on the web.

use crate::read::prose::one_line;
use crate::read::xml::Element;

/// The address of a page: a link that is no file and no comments.
pub(super) fn of(element: &Element) -> Option<String> {
    let original = element.line("feedburner:origLink");
    let links = || ["atom:link", "link"].into_iter().flat_map(|name| element.all(name));
    let alternate = links().find_map(|link| {
        let relation = link.attribute("rel").unwrap_or("alternate");
        (relation == "alternate").then(|| link.attribute("href"))?.map(str::to_owned)
    });
    let plain = || links().map(|link| one_line(&link.text())).find(|text| !text.is_empty());
    let permalink = || {
        let guid = element.at("guid").filter(|guid| guid.attribute("isPermaLink") != Some("false"))?;
        Some(one_line(&guid.text())).filter(|url| url.starts_with("http"))
    };
    let about = || element.attribute("rdf:about").map(str::to_owned);
    original.or(alternate).or_else(plain).or_else(permalink).or_else(about)
}

/// An address of the feed's own site, as it would be followed from there.
pub(super) fn resolve_in_site(url: &str, site: Option<&str>) -> String {
    if url.starts_with('/') { resolve(url, site) } else { url.to_owned() }
}

/// A base within the one around it.
pub(super) fn based(outer: Option<String>, base: &str) -> Option<String> {
    Some(resolve(base, outer.as_deref()))
}

/// An address as it is followed from a page at `base` (RFC 3986, section 5.2).
pub(super) fn resolve(url: &str, base: Option<&str>) -> String {
    let Some((scheme, rest)) = base.and_then(|base| base.split_once("://")).filter(|_| !has_scheme(url)) else {
        return url.to_owned();
    };
    if url.starts_with("//") {
        return format!("{scheme}:{url}");
    }
    let rest = rest.split(['?', '#']).next().unwrap_or("");
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if url.is_empty() || url.starts_with(['?', '#']) {
        return format!("{scheme}://{host}{path}{url}");
    }
    let folder = if url.starts_with('/') { "" } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let path_end = url.find(['?', '#']).unwrap_or(url.len());
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    let mut is_folder = false;
    for step in url[..path_end].split('/') {
        is_folder = matches!(step, "" | "." | "..");
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    let end = if is_folder && !steps.is_empty() { "/" } else { "" };
    format!("{scheme}://{host}/{}{end}{}", steps.join("/"), &url[path_end..])
}

/// Whether an address begins like `https:` or `urn:`.
fn has_scheme(url: &str) -> bool {
    let name = &url[..url.find(':').unwrap_or(0)];
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_followed_from_their_base() {
        let base = Some("https://paper.example/news/index.html?page=2");
        for (url, expected) in [
            ("2024/storm.html", "https://paper.example/news/2024/storm.html"),
            ("/storm?a=b/../c", "https://paper.example/storm?a=b/../c"),
            ("../storm/", "https://paper.example/storm/"),
            ("../../../storm", "https://paper.example/storm"),
            ("//other.example/x", "https://other.example/x"),
            ("https://other.example/x", "https://other.example/x"),
            ("tag:paper.example,2024:1", "tag:paper.example,2024:1"),
            ("?id=3", "https://paper.example/news/index.html?id=3"),
            ("/", "https://paper.example/"),
            ("", "https://paper.example/news/index.html"),
        ] {
            assert_eq!(resolve(url, base), expected, "{url}");
        }
        assert_eq!(resolve("storm", Some("https://paper.example")), "https://paper.example/storm");
        assert_eq!(resolve("storm", None), "storm");
        assert_eq!(resolve("storm", Some("news/")), "storm");
        assert_eq!(resolve_in_site("storm", base), "storm");
    }
}
