//! Exports of WordPress: posts and pages that were published; drafts, menus and pictures are counted.

mod tags;

use std::collections::{BTreeMap, HashMap};

use super::feed::{Channel, body_text, entries, title_text};
use super::{Emit, Records, tree};
use crate::article::Format;
use crate::read::date::parse_date;
use crate::read::draft::Draft;
use crate::read::xml::Element;
use crate::read::{RawItem, ReadConfig};

/// Reads an export, or a run of its items.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let Some(document) = tree(&item, config, emit) else { return };
    let channel = Channel::first_of(&document.top);
    let authors = authors(&document.top);
    let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
    let mut records = Records::new(item, document.damage, emit);
    for entry in entries(&document.top) {
        let kind = entry.line("wp:post_type").unwrap_or_else(|| "post".to_owned());
        let status = entry.line("wp:status").unwrap_or_else(|| "publish".to_owned());
        let is_article = !matches!(
            kind.as_str(),
            "attachment"
                | "nav_menu_item"
                | "revision"
                | "custom_css"
                | "wp_block"
                | "wp_template"
                | "wp_global_styles"
        );
        if !is_article || status != "publish" {
            let what = if is_article { format!("of status {status}") } else { kind };
            *left_out.entry(what).or_default() += 1;
            records.count();
            continue;
        }
        let mut draft = draft(entry, &authors, config);
        draft.source = channel.title.clone();
        draft.language = channel.language.clone();
        let origin = records.origin();
        draft.title_from_body(&origin.path);
        records.push(draft.finish(origin, Format::WordPress));
    }
    records.name_left_out(left_out, "items are no published articles");
    records.finish();
}

fn draft(entry: &Element, authors: &HashMap<String, String>, config: &ReadConfig) -> Draft {
    let date = ["wp:post_date", "pubDate", "wp:post_date_gmt"].iter().filter_map(|name| entry.line(name));
    let domain = |name: &'static str| {
        entry.all("category").filter(move |tag| tag.attribute("domain") == Some(name)).map(title_text)
    };
    let creator = entry.line("dc:creator");
    let mut draft = Draft {
        own_id: entry.line("guid").or_else(|| entry.line("wp:post_id")),
        title: entry.at("title").map(title_text).unwrap_or_default(),
        // The local date tells the day that readers saw; the zone stands in no field.
        date: date.filter(|date| !date.starts_with("0000")).find_map(|date| parse_date(&date, config.day_month_order)),
        authors: creator.map(|login| authors.get(&login).cloned().unwrap_or(login)).into_iter().collect(),
        section: domain("category").next(),
        url: entry.line("link"),
        tags: domain("post_tag").collect(),
        body: entry.at("content:encoded").map(|content| body_text_of_blocks(&content.text())).unwrap_or_default(),
        ..Draft::default()
    };
    let excerpt = entry.at("excerpt:encoded").map(body_text).unwrap_or_default();
    draft.lead_with(&excerpt);
    draft
}

/// Posts mark paragraphs by blank lines, and blocks by comments.
fn body_text_of_blocks(content: &str) -> String {
    let content = tags::strip(content);
    let has_paragraphs = content.contains("<p>") || content.contains("<p ") || content.contains("<!-- wp:");
    if has_paragraphs {
        return super::html::story_text(&content);
    }
    let html: Vec<String> =
        content.split("\n\n").map(|block| format!("<p>{}</p>", block.replace('\n', "<br>"))).collect();
    super::html::story_text(&html.join(""))
}

/// Names of authors by their logins.
fn authors(top: &Element) -> HashMap<String, String> {
    let authors = top.descendants().into_iter().filter(|element| element.is("wp:author"));
    authors
        .filter_map(|author| Some((author.line("wp:author_login")?, author.line("wp:author_display_name")?)))
        .collect()
}
