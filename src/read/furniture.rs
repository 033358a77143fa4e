//! Cuts what a page leaves at the end of saved text: comment forms, share bars, lists of other stories.
//!
//! Only whole paragraphs at the end go, and only in shapes that no article ends in; everything in
//! doubt stays.

/// Lines that saved pages end in, in lower case, whole.
const LINES: &[&str] = &[
    "advertisement",
    "comment",
    "comments",
    "comments are closed",
    "copy link",
    "email",
    "facebook",
    "leave a comment",
    "leave a reply",
    "leave a reply cancel reply",
    "like",
    "like loading",
    "linkedin",
    "load more",
    "log in",
    "loading",
    "more",
    "name",
    "next",
    "next article",
    "next post",
    "no comments",
    "no comments yet",
    "pinterest",
    "post comment",
    "post navigation",
    "previous",
    "previous article",
    "previous post",
    "print",
    "read more",
    "reddit",
    "reply",
    "report this ad",
    "share",
    "share on facebook",
    "share on twitter",
    "share this article",
    "share this story",
    "show comments",
    "sign up",
    "submit",
    "submit comment",
    "subscribe",
    "telegram",
    "tweet",
    "twitter",
    "view all posts",
    "view comments",
    "website",
    "whatsapp",
];

/// What such lines begin with, in lower case, when the rest varies.
const OPENINGS: &[&str] = &[
    "©",
    "all rights reserved",
    "by clicking",
    "by entering your email",
    "by signing up",
    "by submitting",
    "by subscribing",
    "click here to subscribe",
    "click to email",
    "click to print",
    "click to share",
    "copyright ©",
    "copyright 19",
    "copyright 20",
    "enter your email",
    "filed under:",
    "follow us on",
    "have something to say?",
    "join our newsletter",
    "join the conversation",
    "like this:",
    "notify me of",
    "posted in:",
    "read next:",
    "save my name, email",
    "share this:",
    "share via:",
    "sign up for our",
    "sign up to our",
    "subscribe to our",
    "tagged with",
    "tags:",
    "this site uses akismet",
    "you must be logged in to",
    "you need to log in to",
    "you must log in to",
    "your email address will not be published",
    "required fields are marked",
];

/// What a line begins with that points to another story, in lower case.
const POINTERS: &[&str] = &[
    "also read:",
    "also see:",
    "more:",
    "must read:",
    "read also:",
    "read full story",
    "read more:",
    "read next:",
    "read the full",
    "related article:",
    "related coverage:",
    "related story:",
    "related:",
    "see also:",
    "see more:",
    "watch:",
    "you may also like:",
];

/// Headings of what comes after an article, in lower case, whole. What follows goes too, if it is
/// nothing but short lines.
const HEADINGS: &[&str] = &[
    "also read",
    "around the web",
    "editor's picks",
    "editors' picks",
    "from our partners",
    "latest news",
    "latest stories",
    "leave a comment",
    "leave a reply",
    "leave a reply cancel reply",
    "more from this section",
    "more news",
    "more on this story",
    "more stories",
    "more to explore",
    "most popular",
    "most read",
    "most viewed",
    "popular posts",
    "read also",
    "recent posts",
    "recommended",
    "recommended for you",
    "recommended reading",
    "recommended stories",
    "related",
    "related articles",
    "related content",
    "related links",
    "related news",
    "related posts",
    "related reading",
    "related stories",
    "related topics",
    "see also",
    "share this",
    "share this:",
    "similar posts",
    "top stories",
    "trending",
    "trending now",
    "what to read next",
    "you may also like",
    "you might also like",
    "you might be interested in",
];

/// A line after such a heading is another story's headline up to this length; longer is text.
const MAX_HEADLINE_CHARS: usize = 160;

/// So many short lines may follow a heading; more is a list that belongs to the article.
const MAX_LINES_AFTER_HEADING: usize = 40;

/// `body` without the furniture at its end. Never empty unless `body` was.
pub(crate) fn trim_end(body: &str) -> &str {
    let mut kept = body;
    loop {
        let start = kept.rfind("\n\n").map_or(0, |at| at + 2);
        if start == 0 || !kept[start..].lines().all(is_furniture) {
            break;
        }
        kept = kept[..start].trim_end();
    }
    match heading_at(kept) {
        Some(at) => trim_end(kept[..at].trim_end()),
        None => kept,
    }
}

/// Whether a line is nothing but furniture.
pub(crate) fn is_furniture(line: &str) -> bool {
    let line = normal(line);
    line.is_empty()
        || LINES.contains(&line.as_str())
        || HEADINGS.contains(&line.as_str())
        || OPENINGS.iter().any(|opening| line.starts_with(opening)) && line.chars().count() <= 400
}

/// Whether a line points to another story: "Related: …", "Read more: …".
pub(crate) fn is_pointer(line: &str) -> bool {
    let line = normal(line);
    POINTERS.iter().any(|opening| line.starts_with(opening))
}

/// Whether a heading stands above other stories rather than above a part of this one.
pub(crate) fn is_heading_of_others(heading: &str) -> bool {
    HEADINGS.contains(&normal(heading).as_str())
}

/// Where the last block of "more stories" begins.
fn heading_at(body: &str) -> Option<usize> {
    let mut end = body.len();
    let mut n_lines = 0;
    while let Some(start) = body[..end].rfind("\n\n").map(|at| at + 2) {
        let block = &body[start..end];
        if HEADINGS.contains(&normal(block).as_str()) {
            return Some(start);
        }
        for line in block.lines() {
            n_lines += 1;
            let is_text = line.chars().count() > MAX_HEADLINE_CHARS || line.trim_end().ends_with(['.', '”', '"']);
            if n_lines > MAX_LINES_AFTER_HEADING || (is_text && !is_furniture(line)) {
                return None;
            }
        }
        end = start - 2;
    }
    None
}

/// Lower case, without decoration at its ends.
fn normal(line: &str) -> String {
    let is_decoration =
        |c: char| c.is_whitespace() || matches!(c, '*' | '#' | '»' | '«' | '|' | '…' | '.' | '→' | '←' | '>');
    let line = line.trim_matches(is_decoration).replace('’', "'");
    line.strip_suffix(':').filter(|line| !line.is_empty()).unwrap_or(&line).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tail: &str) {
        let body = "The talks ended.\n\nBoth sides agreed.";
        assert_eq!(trim_end(&format!("{body}\n\n{tail}")), body);
    }

    #[track_caller]
    fn check_kept(body: &str) {
        assert_eq!(trim_end(body), body);
    }

    #[test]
    fn furniture_goes() {
        check("Leave a Reply\n\nYour email address will not be published. Required fields are marked *");
        check("Share this:\n\nFacebook\nTwitter\n\nLike this:\n\nLike Loading...");
        check("Related articles\n\nStorm closes the northern ports\n\nTalks resume in Geneva");
        check("© 2026 The Paper. All rights reserved.");
        check("Related Posts\n\nAnother story\n\nLeave a comment\n\nName *\n\nEmail *\n\nWebsite\n\nPost Comment");
    }

    #[test]
    fn text_stays() {
        check_kept("");
        check_kept("Leave a reply");
        check_kept("He said: “Share this.”");
        check_kept("The talks ended.\n\nRelated\n\nThe ministry said on Friday that it would publish the list.");
        check_kept("The talks ended.\n\nShare prices rose.");
    }
}
