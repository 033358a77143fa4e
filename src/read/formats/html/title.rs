//! What of all that a page calls its title is the headline, and what of it is the name of the site.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::dom::text_up_to;
use super::meta::Head;
use super::outline::{Outline, Part};
use super::unescape;
use super::visible::Heading;
use crate::read::date::host;
use crate::read::prose::one_line;

/// Share of a heading's words that must occur in what else is called the title, among several headings.
const MIN_LIKENESS: f64 = 0.5;

/// The same for the only heading of a page that shares a word with them.
const MIN_LIKENESS_ALONE: f64 = 0.2;

/// What stands between headline, section and site in `<title>`; the second says whether headlines
/// hardly ever hold it.
const MARKS: [(&str, bool); 11] = [
    (" | ", true),
    ("｜", true),
    (" » ", true),
    (" « ", true),
    (" :: ", true),
    (" · ", true),
    (" _ ", true),
    (" – ", false),
    (" — ", false),
    (" - ", false),
    (": ", false),
];

/// The marks that stand behind the name of a site rather than before it.
const SITE_FIRST: [&str; 2] = [": ", " » "];

/// Fewer words are the name of a section or of a site rather than a headline.
const MIN_HEADLINE_WORDS: usize = 3;

/// A heading with a kicker consists of few elements.
const MAX_PIECES: usize = 6;

/// A title with more marks is a list of words.
const MAX_CUTS: usize = 12;

/// In a longer `<title>` no name of a site is looked for.
pub(super) const MAX_TITLE_BYTES: usize = 4096;

/// Longer lines are no headlines.
const MAX_LINE_BYTES: usize = 500;

/// Names of sites are not longer.
const MAX_SITE_WORDS: usize = 6;

/// The headline of a page.
pub(super) fn of_page(
    head: &Head,
    stated: Option<&str>,
    headings: &[Heading],
    outline: &Outline<'_>,
    site: Option<&str>,
) -> String {
    let social = head.first(&[
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
    ]);
    let social = social.map(|title| without_site(&clean(title), site)).filter(|title| !title.is_empty());
    let full = clean(&head.title);
    let stated = stated.map(clean).filter(|title| !title.is_empty());
    let own = without_site(&full, site);
    // The heading that the page shows is its headline, when anything else that claims to be the title
    // has words in common with it; the name of the site in a heading has not.
    let claims: Vec<Claim> = stated.iter().chain(&social).chain([&own]).map(|title| Claim::of(title)).collect();
    let primary = &claims[..claims.len() - 1];
    let site = site.map(key).unwrap_or_default();
    let others = headings.iter().any(|heading| !heading.is_home_link);
    let below = if primary.is_empty() { lines(outline, true) } else { HashSet::new() };
    let is_site = |heading: &Heading| {
        key(&heading.text) == site
            || heading.is_home_link && (others || !primary.is_empty())
            || primary.is_empty() && is_site_beside_headline(&clean(&heading.text), &full, &below)
    };
    let headings: Vec<String> =
        headings.iter().filter(|heading| !is_site(heading)).map(|heading| without_kicker(heading, &claims)).collect();
    let agreed = most_alike(&headings, primary).or_else(|| most_alike(&headings, &claims));
    let shown = || shown_segment(&full, outline);
    let lone = || (headings.len() == 1).then(|| headings[0].clone());
    agreed
        .or(stated)
        .or(social)
        .or_else(|| if headings.is_empty() { shown() } else { None })
        .or_else(|| Some(own).filter(|own| !own.is_empty()))
        .or_else(lone)
        .unwrap_or_default()
}

fn clean(text: &str) -> String {
    one_line(&unescape(text))
}

/// What is said to be the title elsewhere than in a heading.
struct Claim {
    key: String,
    words: HashSet<String>,
}

impl Claim {
    fn of(title: &str) -> Self {
        Self { key: key(title), words: words(title).collect() }
    }
}

/// The words of a title in lower case, repetitions included.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The heading that has most in common with one of `claims`, if it is enough.
fn most_alike(headings: &[String], claims: &[Claim]) -> Option<String> {
    let graded = headings.iter().map(|heading| (likeness(heading, claims), heading));
    let mut graded: Vec<((f64, usize), &String)> = graded.collect();
    // A stable sort keeps equals in the order of the page.
    graded.sort_by(|one, other| other.0.partial_cmp(&one.0).unwrap_or(Ordering::Equal));
    let is_lonely = graded.get(1).is_none_or(|((_, n_shared), _)| *n_shared == 0);
    let needed = if is_lonely { MIN_LIKENESS_ALONE } else { MIN_LIKENESS };
    graded.first().filter(|((likeness, _), _)| *likeness >= needed).map(|(_, heading)| (*heading).clone())
}

/// Share and number of the words of `heading` that occur in one of `claims`.
fn likeness(heading: &str, claims: &[Claim]) -> (f64, usize) {
    let heading: Vec<String> = words(heading).collect();
    let shared = |claim: &Claim| heading.iter().filter(|word| claim.words.contains(*word)).count();
    let most = claims.iter().map(shared).max().unwrap_or(0);
    (most as f64 / heading.len().max(1) as f64, most)
}

/// The last elements of a heading where they are the title elsewhere; the first is a kicker then, and
/// often nothing separates the two.
fn without_kicker(heading: &Heading, claims: &[Claim]) -> String {
    let rests = (1..heading.pieces.len().min(MAX_PIECES)).map(|at| clean(&heading.pieces[at..].join(" ")));
    let is_claimed = |rest: &String| {
        let rest = key(rest);
        !rest.is_empty() && claims.iter().any(|claim| claim.key == rest)
    };
    rests.into_iter().find(is_claimed).unwrap_or_else(|| clean(&heading.text))
}

/// Whether a heading is the name of the site: the rest of `<title>` stands below it as a heading of its own.
fn is_site_beside_headline(heading: &str, full: &str, below: &HashSet<String>) -> bool {
    if full.len() > MAX_TITLE_BYTES {
        return false;
    }
    let site = key(heading);
    let rest = MARKS.iter().find_map(|(mark, _)| match (full.split_once(mark), full.rsplit_once(mark)) {
        (Some((first, rest)), _) if SITE_FIRST.contains(mark) && key(first) == site => Some(rest),
        (_, Some((rest, last))) if key(last) == site => Some(rest),
        _ => None,
    });
    rest.is_some_and(|rest| n_words(rest) > n_words(heading) && below.contains(&key(rest)))
}

/// Lines that the page shows on their own, letters only: headings of the second to fourth rank, or all.
fn lines(outline: &Outline<'_>, are_headings: bool) -> HashSet<String> {
    let is_line = |part: &&Part<'_>| match are_headings {
        true => part.heading_rank().is_some_and(|rank| (2..=4).contains(&rank)),
        false => part.is_block && part.own_chars > 0,
    };
    outline
        .parts
        .iter()
        .filter(is_line)
        .filter_map(|part| text_up_to(part.node, MAX_LINE_BYTES))
        .map(|text| key(&text))
        .filter(|line| !line.is_empty())
        .collect()
}

/// What of `<title>` the page shows as a line of its own.
fn shown_segment(full: &str, outline: &Outline<'_>) -> Option<String> {
    let segments: Vec<&str> = segments(full).into_iter().filter(|run| n_words(run) >= MIN_HEADLINE_WORDS).collect();
    let lines = if segments.is_empty() { HashSet::new() } else { lines(outline, false) };
    let shown = segments.into_iter().filter(|segment| lines.contains(&key(segment)));
    shown.max_by_key(|segment| n_words(segment)).map(str::to_owned)
}

/// All runs of text between the marks of a title, long ones with the marks inside them.
fn segments(full: &str) -> Vec<&str> {
    let mut cuts = vec![(0, 0)];
    for (mark, _) in MARKS {
        cuts.extend(full.match_indices(mark).map(|(at, mark)| (at, at + mark.len())));
    }
    if full.chars().any(is_wide) {
        cuts.extend(full.match_indices(['_', '-', '|']).map(|(at, mark)| (at, at + mark.len())));
    }
    if cuts.len() > MAX_CUTS {
        return Vec::new();
    }
    cuts.push((full.len(), full.len()));
    cuts.sort_unstable();
    let runs = cuts
        .iter()
        .enumerate()
        .flat_map(|(index, (_, start))| cuts[index + 1..].iter().filter_map(|(end, _)| full.get(*start..*end)));
    runs.map(str::trim).filter(|run| !run.is_empty()).collect()
}

/// Words; a language without spaces has one for two characters.
fn n_words(text: &str) -> usize {
    text.split_whitespace().count() + text.chars().filter(|c| is_wide(*c)).count() / 2
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Letters and digits only, in lower case: quotes and dashes differ between copies of a title.
pub(super) fn key(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The name of the site in `<title>`, where the rest of it is the headline.
pub(super) fn site_of(head: &Head, title: &str, url: Option<&str>, headings: &[Heading]) -> Option<String> {
    let full = clean(&head.title);
    let title = key(title);
    let candidates = MARKS.iter().flat_map(|(mark, _)| {
        let last = full.rsplit_once(mark).map(|(rest, last)| (last, key(rest), *mark != ": "));
        let first = full.split_once(mark).map(|(first, rest)| (first, key(rest), false));
        [last.filter(|(_, rest, _)| rest.starts_with(&title)), first.filter(|(_, rest, _)| rest.ends_with(&title))]
    });
    let host = url.and_then(host).map(|host| key(&host));
    let is_site = |name: &str, rest: &str, is_last: bool| {
        let name_key = key(name);
        let bare = name_key.strip_prefix("the").unwrap_or(&name_key);
        let is_home = headings.iter().any(|heading| heading.is_home_link && key(&heading.text) == name_key);
        let is_capital = name.trim_start().starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
        match &host {
            _ if is_home => true,
            Some(host) => bare.len() >= 3 && host.contains(bare),
            None => is_last && rest == title && is_capital,
        }
    };
    let mut candidates = candidates.flatten().filter(|(name, ..)| !title.is_empty() && n_words(name) <= MAX_SITE_WORDS);
    candidates.find(|(name, rest, is_last)| is_site(name, rest, *is_last)).map(|(name, ..)| name.trim().to_owned())
}

/// "Talks end in Geneva | World | The Paper" without what follows the headline.
fn without_site(title: &str, site: Option<&str>) -> String {
    if title.len() > MAX_TITLE_BYTES {
        return title.trim().to_owned();
    }
    let site = site.map(key).unwrap_or_default();
    let mut title = title;
    // Bars and guillemets hardly occur in headlines; dashes do, so they need the name of the site.
    for (mark, is_sure) in MARKS {
        while let Some(at) = title.rfind(mark) {
            let (left, right) = (&title[..at], &title[at + mark.len()..]);
            let right_key = key(right);
            let is_site = !site.is_empty()
                && (right_key == site
                    || (right_key.len() > 3 && (site.contains(&right_key) || right_key.contains(&site))));
            if is_site && !left.trim().is_empty()
                || (is_sure && n_words(left) >= MIN_HEADLINE_WORDS && n_words(right) <= MAX_SITE_WORDS)
            {
                title = left.trim_end();
            } else {
                break;
            }
        }
        if let Some((left, right)) = title.split_once(mark)
            && !site.is_empty()
            && key(left) == site
            && n_words(right) >= 2
        {
            title = right;
        }
    }
    title.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;
    use crate::read::date::DayMonthOrder;
    use crate::read::formats::html::visible;

    #[test]
    fn site_names_are_cut_off_titles() {
        for (title, site, expected) in [
            ("Talks end in Geneva | The Paper", None, "Talks end in Geneva"),
            ("Talks end in Geneva - The Paper", Some("The Paper"), "Talks end in Geneva"),
            ("Talks end - a new start", Some("The Paper"), "Talks end - a new start"),
            ("The Paper: Talks end", Some("The Paper"), "Talks end"),
            ("The Paper", Some("The Paper"), "The Paper"),
            ("市議会、市場の閉鎖を可決｜海浜新報", None, "市議会、市場の閉鎖を可決"),
        ] {
            assert_eq!(without_site(title, site), expected);
        }
    }

    #[track_caller]
    fn check(page: &str, expected: &str) {
        let page = Html::parse_document(page);
        let outline = Outline::of(&page);
        let seen = visible::of_page(&page, &outline, DayMonthOrder::DayFirst);
        assert_eq!(of_page(&Head::of(&page), None, &seen.headings, &outline, None), expected);
    }

    const LOGO: &str = "<h1><a href='/'>The Paper</a></h1>";

    #[test]
    fn the_name_of_the_site_is_no_headline() {
        check(
            &format!("<title>Talks end at last - The Paper</title>{LOGO}<h1>Talks end at last</h1>"),
            "Talks end at last",
        );
        check(
            "<title>Talks end at last - The Paper</title><h1>The Paper</h1><h2>Talks end at last</h2>",
            "Talks end at last",
        );
        check(
            "<title>The Paper: Talks end at last</title><h1>The Paper</h1><h3>Talks end at last</h3>",
            "Talks end at last",
        );
        // Here it is the headline that is the shorter.
        check(
            "<title>Talks end - The Paper of the Lake</title><h1>Talks end</h1><h2>The Paper of the Lake</h2>",
            "Talks end",
        );
    }

    #[test]
    fn without_a_first_heading_the_line_that_is_shown_is_the_headline() {
        check("<title>The Paper | World | Talks end at last</title><h2>Talks end at last</h2>", "Talks end at last");
        check("<title>Talks end - at last - The Paper</title><p>Talks end - at last</p>", "Talks end - at last");
        check("<title>大桥年底前关闭_东林在线</title><h2>大桥年底前关闭</h2>", "大桥年底前关闭");
        check("<title>Talks end - a new start</title><p>Text.</p>", "Talks end - a new start");
    }

    #[test]
    fn a_kicker_is_no_part_of_the_headline() {
        check(
            "<title>x</title><meta property='og:title' content='Commuters take the ferry'>\
             <h1><span>Bridge closed</span><span>Commuters take the ferry</span></h1>",
            "Commuters take the ferry",
        );
    }

    #[test]
    fn a_title_names_its_site() {
        let site = |title: &str, url: Option<&str>| {
            let page = Html::parse_document(&format!("<title>{title}</title>"));
            site_of(&Head::of(&page), "Talks end at last", url, &[]).unwrap_or_default()
        };
        assert_eq!(site("Talks end at last | World | The Paper", Some("https://www.paper.example/a")), "The Paper");
        assert_eq!(site("The Paper: Talks end at last", Some("https://paper.example/a")), "The Paper");
        assert_eq!(site("Talks end at last - or do they", Some("https://paper.example/a")), "");
        assert_eq!(site("Talks end at last - The Paper", None), "The Paper");
        assert_eq!(site("Talks end at last - or do they", None), "");
        assert_eq!(site("Talks end at last: Live", None), "");
    }
}
