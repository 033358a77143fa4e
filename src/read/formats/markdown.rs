//! Markdown with or without front matter.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::fields::Fields;
use super::head::{take_credits, take_title};
use super::html::{is_markup, plain_text};
use super::{front_matter, shortcodes};
use crate::article::{Article, Format};
use crate::read::date::DayMonthOrder;
use crate::read::decode::{clean, decode};
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::headline;
use crate::read::prose::{Prose, one_line};
use crate::read::{RawItem, ReadConfig};

/// Reads a Markdown file.
pub(super) fn parse(item: RawItem, config: &ReadConfig) -> Result<Article, Rejected> {
    let decoded = decode(&item.bytes, None);
    let decoded = clean(&decoded);
    let (record, rest) = front_matter::split(&decoded);
    let fields = Fields::of(&record);
    if let Some(status) = fields.unpublished() {
        return Err(Rejected { origin: item.origin, reason: RejectReason::Unpublished { status } });
    }
    let order = fields.order(rest, config.day_month_order);
    let mut draft = fields.draft_without_body(order);
    let page = render(&shortcodes::strip(rest));
    draft.body = page.body;
    if draft.title.is_empty() {
        draft.title = page.heading.clone().unwrap_or_default();
    }
    // The headline is not said twice.
    if let Some(heading) = page.heading
        && draft.title == heading
        && let Some(rest) = draft.body.strip_prefix(&heading)
        && (rest.is_empty() || rest.starts_with("\n\n"))
    {
        draft.body = rest.trim_start().to_owned();
    }
    if !draft.title.is_empty() && (draft.authors.is_empty() || draft.date.is_none()) {
        // Without front matter, or with little of it, the text says who wrote it and when.
        let body = std::mem::take(&mut draft.body);
        let (standfirst, rest) = take_credits(&body, &mut draft, order);
        draft.body = [standfirst.trim(), rest.trim()].join("\n\n").trim().to_owned();
    }
    if draft.title.is_empty() && record.is_empty() {
        take_plain_head(&mut draft, order);
    }
    if draft.title.is_empty() {
        draft.title = headline::of_body(&draft.body, &item.origin.path);
    }
    // A link with a summary is a short article; a headline alone is the shortest.
    fields.lead(&mut draft, order);
    if draft.body.is_empty() && record.is_empty() {
        draft.body = draft.title.clone();
    }
    draft.finish(item.origin, Format::Markdown)
}

/// Takes the head of a text whose headline is not marked as one, where a byline or a date shows it to be a head.
fn take_plain_head(draft: &mut Draft, order: DayMonthOrder) {
    let Some((title, below)) = take_title(&draft.body) else { return };
    let mut head = Draft { title, ..draft.clone() };
    let (standfirst, rest) = take_credits(below, &mut head, order);
    if head.authors.is_empty() && head.date.is_none() {
        return;
    }
    head.body = [standfirst.trim(), rest.trim()].join("\n\n").trim().to_owned();
    *draft = head;
}

/// Markdown as plain text.
struct Page {
    /// The first heading of the highest rank, if the text begins with it.
    heading: Option<String>,
    body: String,
}

fn render(markdown: &str) -> Page {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut page = Renderer::default();
    for event in Parser::new_ext(markdown, options) {
        page.event(event);
    }
    page.flush_html();
    Page { heading: page.heading, body: page.prose.finish() }
}

#[derive(Default)]
struct Renderer {
    prose: Prose,
    heading: Option<String>,
    /// Text of the heading being read, while it may still be the title.
    open_heading: Option<String>,
    /// Lists and tables keep their parts on lines of their own.
    list_depth: usize,
    is_first_of_item: bool,
    image_depth: usize,
    is_code: bool,
    is_indented: bool,
    is_later_cell: bool,
    html: String,
}

impl Renderer {
    fn event(&mut self, event: Event<'_>) {
        let goes_on = self.is_code && matches!(event, Event::Text(_));
        if !goes_on && !matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::End(TagEnd::HtmlBlock)) {
            self.flush_html();
        }
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.image_depth == 0 => {
                if self.is_code && self.is_indented && is_markup(&text) {
                    // Indented HTML is meant as HTML, though the rules of Markdown make it code.
                    self.html.push_str(&text);
                } else if self.is_code {
                    self.prose.verbatim(&text);
                } else {
                    self.text(&text);
                }
            }
            Event::Code(text) if self.image_depth == 0 => self.text(&text),
            Event::SoftBreak => self.prose.text(" "),
            Event::HardBreak => self.prose.line(),
            Event::Rule => self.prose.paragraph(),
            // Blocks of HTML come line by line and mean something only as a whole.
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.prose.line(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(heading) = &mut self.open_heading {
            heading.push_str(text);
        }
        self.prose.text(text);
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                // Only a headline stands above all text.
                let is_title = self.heading.is_none() && self.prose.len() == 0 && *level <= HeadingLevel::H2;
                self.open_heading = is_title.then(String::new);
                self.prose.paragraph();
            }
            Tag::Item => {
                self.prose.line();
                self.is_first_of_item = true;
            }
            Tag::List(_) => {
                if self.list_depth == 0 {
                    self.prose.paragraph();
                }
                self.list_depth += 1;
            }
            Tag::Paragraph => {
                if self.list_depth == 0 {
                    self.prose.paragraph();
                } else if !std::mem::take(&mut self.is_first_of_item) {
                    self.prose.line();
                }
            }
            Tag::CodeBlock(kind) => {
                self.is_indented = matches!(kind, CodeBlockKind::Indented);
                self.prose.paragraph();
                self.is_code = true;
            }
            Tag::Image { .. } => self.image_depth += 1,
            Tag::TableRow | Tag::TableHead => {
                self.prose.line();
                self.is_later_cell = false;
            }
            Tag::TableCell if std::mem::replace(&mut self.is_later_cell, true) => self.prose.text(" | "),
            Tag::Table(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.prose.paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some(heading) = self.open_heading.take() {
                    self.heading = Some(one_line(&heading)).filter(|heading| !heading.is_empty());
                }
                self.prose.paragraph();
            }
            TagEnd::List(_) => {
                self.list_depth = self.list_depth.saturating_sub(1);
                if self.list_depth == 0 {
                    self.prose.paragraph();
                }
            }
            TagEnd::Image => self.image_depth = self.image_depth.saturating_sub(1),
            TagEnd::CodeBlock => {
                self.is_code = false;
                self.prose.paragraph();
            }
            TagEnd::Paragraph if self.list_depth > 0 => self.prose.line(),
            TagEnd::Paragraph | TagEnd::Table | TagEnd::BlockQuote(_) => self.prose.paragraph(),
            _ => {}
        }
    }

    fn flush_html(&mut self) {
        if self.html.is_empty() {
            return;
        }
        let html = std::mem::take(&mut self.html);
        self.prose.paragraph();
        for paragraph in plain_text(&html).split("\n\n") {
            self.prose.verbatim(paragraph);
            self.prose.paragraph();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(render(markdown).body, expected);
    }

    #[test]
    fn markup_becomes_text() {
        check("A *b* [link](http://x) ![alt](y.png) `code`\nwrapped", "A b link code wrapped");
        check("# T\n\nOne.\n\n> Two.", "T\n\nOne.\n\nTwo.");
        check("- a\n- b\n  - c\n\nEnd", "a\nb\nc\n\nEnd");
        check("- a\n\n- b\n", "a\nb");
        check("| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd", "a | b\n1 | 2\n\nEnd");
        check("```\nlet x;\n  y\n```", "let x;\n  y");
        check("One<br>two <b>three</b>", "One\ntwo three");
        check("<div><p>In a\nbox</p></div>\n\nOut", "In a box\n\nOut");
        check("<script>no()</script>\n\nYes", "Yes");
        check("Text\n\n    <td>\n      <b>a</b> &amp; b\n    </td>\n\nEnd", "Text\n\na & b\n\nEnd");
    }

    #[test]
    fn a_leading_heading_is_a_title() {
        assert_eq!(render("# The *talks*\n\nText").heading.as_deref(), Some("The talks"));
        assert_eq!(render("Text\n\n# Later").heading, None);
    }

    #[test]
    fn standfirst_and_dateline_of_front_matter_stand_before_the_text() {
        let text = |head: &str| {
            let text = format!("---\ntitle: Ferry sinks\n{head}\n---\n\nThe ferry sank off Ness on Monday.\n");
            crate::read::parse_bytes("a.md", text.as_bytes()).remove(0).expect("an article").body
        };
        assert_eq!(text("summary: All were saved."), "All were saved.\n\nThe ferry sank off Ness on Monday.");
        assert_eq!(text("dateline: NESS"), "NESS — The ferry sank off Ness on Monday.");
        assert_eq!(text("description: The ferry sank off Ness…"), "The ferry sank off Ness on Monday.");
        assert_eq!(text("subtitle: A rescue"), "A rescue\n\nThe ferry sank off Ness on Monday.");
    }
}
