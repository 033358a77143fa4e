//! Exports of Blogger: posts and pages that were published stand among comments, settings, templates and drafts.

use crate::read::xml::Element;

/// What a list of kinds is called at its end.
const KINDS: &str = "#kind";

/// Kinds that are articles.
const ARTICLES: [&str; 2] = ["post", "page"];

/// What an entry is, where it is no published article; as said in a notice.
pub(super) fn left_out(entry: &Element) -> Option<String> {
    let kind = entry.elements().filter(|inner| is_kind(inner)).find_map(|kind| kind.attribute("term"));
    let kind = kind.and_then(|kind| kind.rsplit('#').next()).map(str::to_lowercase);
    let kind = kind.or_else(|| entry.line("blogger:type").map(|kind| kind.to_lowercase()));
    let is_draft = || {
        let control = entry.elements().find(|inner| inner.local_name() == "control")?;
        let draft = control.elements().find(|inner| inner.local_name() == "draft")?;
        draft.text().trim().eq_ignore_ascii_case("yes").then(|| "of status draft".to_owned())
    };
    let status = || {
        let status = entry.line("blogger:status")?.to_lowercase();
        (status != "live").then(|| format!("of status {status}"))
    };
    kind.filter(|kind| !ARTICLES.contains(&kind.as_str())).or_else(is_draft).or_else(status)
}

/// Whether an element says what an entry is, and not what it is about.
pub(super) fn is_kind(element: &Element) -> bool {
    element.local_name() == "category" && element.attribute("scheme").is_some_and(|scheme| scheme.ends_with(KINDS))
}
