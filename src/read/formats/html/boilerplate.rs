//! Words by which pages mark what is not the article.
//!
//! Page builders name their boxes; these names are the best evidence there is, and no proof: whoever
//! asks must make sure that a box so named does not hold the article after all.

use scraper::node::Element;

/// Parts of names that tell a box apart wherever they occur in a class or id.
const ANYWHERE: &[&str] = &[
    "advert",
    "author-bio",
    "author-box",
    "authorbio",
    "authorbox",
    "about-author",
    "aboutauthor",
    "author-info",
    "author_bio",
    "author_info",
    "bio-box",
    "breadcrumb",
    "byline",
    "comment",
    "consent",
    "cookie",
    "copyright",
    "disqus",
    "donate",
    "entry-footer",
    "entry-meta",
    "article-meta",
    "post-meta",
    "postmeta",
    "post-footer",
    "post-info",
    "follow-us",
    "footer",
    "gdpr",
    "jp-relatedposts",
    "read-next",
    "readnext",
    "more-from",
    "more-stories",
    "most-read",
    "mostread",
    "nav-links",
    "navbar",
    "navigation",
    "newsletter",
    "next-post",
    "outbrain",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "post-nav",
    "post-tags",
    "posttags",
    "prev-post",
    "print-only",
    "read-also",
    "recirc",
    "recommend",
    "related",
    "respond",
    "screen-reader",
    "sharedaddy",
    "sharing",
    "share-bar",
    "share-buttons",
    "sharebar",
    "share_",
    "share-",
    "signup",
    "sign-up",
    "skip-link",
    "skip-to",
    "social",
    "sponsor",
    "sr-only",
    "subscribe",
    "subscription-form",
    "table-of-contents",
    "taboola",
    "tag-list",
    "taglist",
    "toolbar",
    "trending",
    "visually-hidden",
    "visuallyhidden",
    "you-may-also",
    "youmaylike",
    "you-might",
    "cta-",
    "-cta",
    "call-to-action",
    "ez-toc",
    "mailing-list",
    "email-capture",
    "optin",
    "opt-in",
    "leadgen",
    "lead-form",
    "reading-time",
    "read-time",
    "post-date",
    "published-date",
    "back-to-top",
];

/// Names that tell a box apart only when they are a whole word of a class or id.
const WORDS: &[&str] = &[
    "ad", "ads", "aside", "author", "authors", "banner", "bio", "caption", "captions", "credit", "cta", "dropdown",
    "login", "masthead", "menu", "modal", "nav", "pager", "print", "rating", "reply", "share", "shares", "tags",
    "teaser", "teasers", "topbar", "noprint", "promo", "sidebar", "subnav", "pingback",
];

/// Beginnings of the names of comment threads.
const COMMENTS: &[&str] =
    &["comments", "comment-list", "commentlist", "disqus", "fb-comments", "post-comments", "respond"];

/// Roles that say the same.
const ROLES: &[&str] = &[
    "navigation",
    "search",
    "banner",
    "contentinfo",
    "complementary",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "form",
];

/// Beginnings of class names that speak of the layout around a box, not of the box: `has-sidebar`.
const ABOUT_OTHERS: &[&str] =
    &["has-", "has_", "with-", "no-", "without-", "content-sidebar", "hide-", "show-", "js-", "wp-"];

/// What an element calls itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing, or the article.
    Unnamed,
    /// Navigation, advertising, other articles, forms.
    Other,
    /// What readers wrote.
    Comments,
}

/// What an element calls itself, by its name, role, class and id.
pub(super) fn kind_of(element: &Element) -> Kind {
    match element.name() {
        "nav" | "footer" | "aside" | "form" | "fieldset" | "dialog" => return Kind::Other,
        "html" | "body" | "main" => return Kind::Unnamed,
        _ => {}
    }
    if element.attr("role").is_some_and(|role| ROLES.contains(&role)) {
        return Kind::Other;
    }
    let is_article = element.name() == "article";
    let names = super::dom::hints(element);
    let mut kind = Kind::Unnamed;
    for name in names.split_ascii_whitespace() {
        // Names with these marks are rules of style: `md:hidden`, `grid-rows-[0fr]`.
        if name.contains([':', '[', '(', '.']) || ABOUT_OTHERS.iter().any(|start| name.starts_with(start)) {
            continue;
        }
        if COMMENTS.iter().any(|start| name.starts_with(start)) {
            return Kind::Comments;
        }
        let is_other = match is_article {
            true => name.contains("comment") || name.contains("related") || name.contains("teaser"),
            false => {
                ANYWHERE.iter().any(|part| name.contains(part))
                    || name.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| WORDS.contains(&word))
            }
        };
        if is_other {
            kind = Kind::Other;
        }
    }
    kind
}
