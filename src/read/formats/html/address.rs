//! Where a page stood on the web, by its own words.

use super::meta::Head;

/// The likeliest address: what the page calls its own, else whence it was saved.
pub(super) fn of_page(head: &Head, stated: Option<&str>) -> Option<String> {
    let social = |names: &[&str]| head.first(names).filter(|url| is_address(url));
    let base = [head.base.as_deref(), head.saved_from.as_deref(), social(&["og:url"]), stated]
        .into_iter()
        .flatten()
        .find(|url| is_address(url));
    let canonical = head.canonical.as_deref().and_then(|url| resolve(url, base));
    let item = head.item_url.as_deref().and_then(|url| resolve(url, base)).filter(|url| !is_home(url));
    let candidates = [
        canonical,
        social(&["og:url"]).map(str::to_owned),
        stated.map(str::to_owned),
        social(&["twitter:url", "al:web:url"]).map(str::to_owned),
        head.saved_from.clone().filter(|url| is_address(url)),
        item,
        head.base.clone().filter(|url| is_address(url) && !is_home(url)),
    ];
    let candidates: Vec<String> = candidates.into_iter().flatten().map(|url| original(&url).to_owned()).collect();
    // Careless templates call the front page the address of every page.
    candidates.iter().find(|url| !is_home(url)).or_else(|| candidates.first()).cloned()
}

fn is_address(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// An address that may leave out scheme and host; one without a leading slash tells nothing.
fn resolve(url: &str, base: Option<&str>) -> Option<String> {
    let url = url.trim();
    if is_address(url) {
        return Some(url.to_owned());
    }
    if let Some(rest) = url.strip_prefix("//") {
        let scheme = base.and_then(|base| base.split_once("//")).map_or("https:", |(scheme, _)| scheme);
        return rest.contains('.').then(|| format!("{scheme}//{rest}"));
    }
    let path = url.strip_prefix('/')?;
    let (scheme, rest) = base?.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(format!("{scheme}://{host}/{path}"))
}

/// Whether an address is that of a whole site.
fn is_home(url: &str) -> bool {
    url.split_once("://").is_none_or(|(_, rest)| rest.split_once('/').is_none_or(|(_, path)| path.is_empty()))
}

/// The address of a page that an archive keeps: `https://web.archive.org/web/20120416093021/http://…`.
fn original(url: &str) -> &str {
    let kept = url.split_once("//web.archive.org/web/").and_then(|(_, rest)| rest.split_once('/'));
    match kept {
        Some((moment, original)) if moment.starts_with(|c: char| c.is_ascii_digit()) && is_address(original) => {
            original
        }
        _ => url,
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        let head = Head::of(&Html::parse_document(page));
        assert_eq!(of_page(&head, None).as_deref().unwrap_or("-"), expected, "{page}");
    }

    #[test]
    fn the_page_tells_where_it_stood() {
        check("<!-- saved from url=(0025)https://paper.example/a/b --><p>x", "https://paper.example/a/b");
        check(
            "<html><!--\n Page saved with SingleFile \n url: https://paper.example/a \n saved date: x\n--><p>x",
            "https://paper.example/a",
        );
        check("<!-- see the url: https://paper.example/a --><p>x", "-");
        check("<base href='https://paper.example/a/b'><p>x", "https://paper.example/a/b");
        check("<base href='https://paper.example/'><p>x", "-");
        check("<link rel=canonical href='/a'><base href='http://paper.example/'>", "http://paper.example/a");
        check("<link rel=canonical href='//paper.example/a'>", "https://paper.example/a");
        check("<link rel=canonical href='/a'>", "-");
        check("<meta name='twitter:url' content='https://paper.example/a'>", "https://paper.example/a");
    }

    #[test]
    fn the_front_page_is_no_articles_address() {
        let home = "<link rel=canonical href='https://paper.example/'>";
        check(&format!("{home}<meta property='og:url' content='https://paper.example/a'>"), "https://paper.example/a");
        check(home, "https://paper.example/");
    }

    #[test]
    fn archives_keep_the_pages_of_others() {
        check(
            "<link rel=canonical href='https://web.archive.org/web/20120416093021/http://paper.example/a'>",
            "http://paper.example/a",
        );
    }

    #[test]
    fn only_the_articles_own_property_is_its_address() {
        let article = "<div itemscope itemtype='https://schema.org/NewsArticle'>";
        check(&format!("{article}<link itemprop=url href='https://paper.example/a'></div>"), "https://paper.example/a");
        let logo = "<div itemprop=logo itemscope itemtype='https://schema.org/ImageObject'>";
        check(&format!("{article}{logo}<meta itemprop=url content='https://paper.example/l.png'></div></div>"), "-");
    }
}
