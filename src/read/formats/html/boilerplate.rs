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
const COMMENTS: &[&str] = &[
    "comments",
    "comment-list",
    "comment-thread",
    "commentlist",
    "disqus",
    "fb-comments",
    "post-comments",
    "respond",
    "kommentare",
    "kommentarer",
    "commentaires",
    "commenti",
    "comentarios",
    "comentários",
    "reacties",
    "komentarze",
    "komentare",
    "kommentit",
    "yorumlar",
    "leserbriefe",
];

/// Beginnings of the names of dialogs that ask for consent, often longer than a short article.
const CONSENT: &[&str] = &[
    "onetrust",
    "didomi",
    "qc-cmp",
    "sp_message",
    "cmpbox",
    "cookie-banner",
    "cookiebanner",
    "cookie-consent",
    "cookieconsent",
    "cookie-notice",
    "cookie-law",
    "cookie-wall",
    "consent-",
    "gdpr-",
    "usercentrics",
    "cybotcookie",
];

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
    /// Nothing that a browser shows at first.
    Hidden,
    /// What readers wrote, and dialogs about consent: may be longer than the article.
    Comments,
}

/// The words of `hints` that speak of the element itself.
pub(super) fn names_of<'h>(element: &Element, hints: &'h str) -> impl Iterator<Item = &'h str> + use<'h> {
    let is_post = element.attr("class").is_some_and(|class| class.split_whitespace().any(|name| name == "hentry"));
    hints.split_ascii_whitespace().filter(move |name| {
        // Names with these marks are rules of style: `md:hidden`, `grid-rows-[0fr]`.
        !name.contains([':', '[', '(', '.'])
            && !ABOUT_OTHERS.iter().any(|start| name.starts_with(start))
            && !name.contains("-with-")
            // WordPress puts the subjects of a post among its classes.
            && !(is_post && (name.starts_with("category-") || name.starts_with("tag-")))
    })
}

/// What an element calls itself, by its name, its role and its `hints`.
pub(super) fn kind_of(element: &Element, hints: &str) -> Kind {
    match element.name() {
        "nav" | "footer" | "aside" | "form" | "fieldset" | "dialog" => return Kind::Other,
        "html" | "body" | "main" => return Kind::Unnamed,
        _ => {}
    }
    if is_hidden(element, hints) {
        return Kind::Hidden;
    }
    let is_article = element.name() == "article";
    let has_role = element.attr("role").is_some_and(|role| ROLES.contains(&role));
    let mut kind = if has_role { Kind::Other } else { Kind::Unnamed };
    for name in names_of(element, hints) {
        if COMMENTS.iter().chain(CONSENT).any(|start| name.starts_with(start)) {
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

/// Parts of the names of what a reader opens with a click, and of what is shown piece by piece.
const OPENED: &[&str] =
    &["accordion", "answer", "collaps", "content", "expand", "faq", "more", "panel", "tab", "toggle"];

/// Whether a browser shows nothing of an element, and nobody is meant to open it.
fn is_hidden(element: &Element, hints: &str) -> bool {
    let is_undisplayed = |style: &str| {
        style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
            name.trim().eq_ignore_ascii_case("display") && value.trim().to_ascii_lowercase().starts_with("none")
        })
    };
    let is_hidden = element.attr("hidden").is_some()
        || element.attr("style").is_some_and(is_undisplayed)
        || element.attr("class").is_some_and(|class| class.split_whitespace().any(|name| name == "sf-hidden"));
    is_hidden && element.attr("role").is_none() && !OPENED.iter().any(|part| hints.contains(part))
}
