//! Plain text: what its first lines say about title, author and date.
//!
//! Text has no marks for these, only habits: a headline above the text, "By …" and a date below it, a
//! block of `Title:` lines, a dateline. Where the habit is in doubt, the words stay in the body.

use super::html::unescape;
use super::{Emit, databases};
use crate::article::{Format, PublicationDate};
use crate::read::byline::{names, names_of_line};
use crate::read::date::{DayMonthOrder, parse_date, parse_date_only};
use crate::read::decode::{clean, decode};
use crate::read::draft::Draft;
use crate::read::furniture;
use crate::read::headline;
use crate::read::headline::first_sentence;
use crate::read::prose::paragraphs;
use crate::read::{RawItem, ReadConfig};

/// Headlines are shorter; a longer first line is a paragraph.
const MAX_TITLE_CHARS: usize = 180;

/// Nobody wraps a line shorter than this: what follows a shorter one is a line of its own.
const MIN_WRAP_CHARS: usize = 40;

/// Author, date and source stand within so many lines below the headline.
const MAX_LINES_BELOW_TITLE: usize = 6;

/// Reads a text file, which may be an export of many articles.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let decoded = decode(&item.bytes, item.context.charset.as_deref());
    let decoded = clean(&decoded);
    if let Some(export) = databases::read(&decoded, config.day_month_order) {
        return databases::finish(export, item.origin, Format::Text, emit);
    }
    let mut draft = Draft { url: item.context.url.clone(), ..Draft::default() };
    fill(&mut draft, &decoded, &item.origin.path, config.day_month_order);
    emit(draft.finish(item.origin, Format::Text));
}

/// Reads `text` into a draft, which may have a title from elsewhere.
pub(super) fn fill(draft: &mut Draft, text: &str, path: &str, order: DayMonthOrder) {
    let mut rest = text.trim_matches('\n');
    rest = take_header(rest, draft, order);
    rest = skip_navigation(rest);
    if draft.title.is_empty()
        && let Some((title, below)) = take_title(rest)
    {
        draft.title = title;
        rest = below;
    }
    rest = take_lines_below_title(rest, draft, order);
    let body = paragraphs(rest);
    furniture::trim_end(&body).clone_into(&mut draft.body);
    take_dateline(draft, order);
    if draft.body.is_empty() {
        // A headline alone is still news.
        draft.body = draft.title.clone();
    }
    if draft.title.is_empty() {
        draft.title = headline::of_body(&draft.body, path);
    }
}

/// A block of `Key: value` lines at the top, of keys that are known.
fn take_header<'a>(text: &'a str, draft: &mut Draft, order: DayMonthOrder) -> &'a str {
    let mut found = Draft::default();
    let (mut n_fields, mut at) = (0, 0);
    for line in text.split_inclusive('\n').take(16) {
        let trimmed = line.trim();
        let Some((key, value)) = trimmed.split_once(':') else { break };
        let value = value.trim();
        let text = || Some(value.to_owned()).filter(|value| !value.is_empty());
        match key.trim().to_lowercase().as_str() {
            "title" | "headline" | "subject" if found.title.is_empty() => found.title = value.to_owned(),
            "date" | "published" | "publication date" | "pubdate" | "posted" | "publish date" => {
                found.date = found.date.or_else(|| parse_date(value, order));
            }
            "author" | "authors" | "by" | "byline" | "reporter" => found.authors.extend(names(value)),
            "source" | "publisher" | "publication" | "newspaper" | "outlet" | "agency" => found.source = text(),
            "section" | "category" | "desk" => found.section = text(),
            "url" | "link" => found.url = text(),
            "language" | "lang" => found.language = text(),
            "id" => found.own_id = text(),
            "tags" | "keywords" | "topics" => {
                found.tags.extend(value.split([',', ';']).map(|tag| tag.trim().to_owned()));
            }
            "dateline" | "location" | "updated" | "slug" => {}
            _ => break,
        }
        n_fields += 1;
        at += line.len();
    }
    // One field may be a headline with a colon: "Source: talks to resume".
    let is_sure = n_fields >= 2 || !found.title.is_empty() || found.date.is_some();
    if !is_sure || text[at..].trim().is_empty() {
        return text;
    }
    found.url = found.url.or(draft.url.take());
    if !draft.title.is_empty() {
        found.title = std::mem::take(&mut draft.title);
    }
    *draft = found;
    text[at..].trim_start_matches('\n')
}

/// "Home | World | Sports" on top of a saved page.
fn skip_navigation(text: &str) -> &str {
    let mut rest = text;
    while let Some(line) = rest.split_inclusive('\n').next() {
        let items: Vec<&str> = line.split(['|', '»', '›', '>']).map(str::trim).collect();
        let is_navigation = items.len() >= 3 && items.iter().all(|item| item.split(' ').count() <= 3);
        if !line.trim().is_empty() && !is_navigation || rest.len() == line.len() {
            break;
        }
        rest = &rest[line.len()..];
    }
    rest
}

/// The headline, if the text begins with one, and what stands below it.
fn take_title(text: &str) -> Option<(String, &str)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let mut title = first.trim().to_owned();
    let mut below = &text[first.len()..];
    let mut second = lines.next().unwrap_or("").trim();
    // "# Title" and underlined titles occur in plain text as well.
    title = title.trim_start_matches('#').trim_start().to_owned();
    if !second.is_empty() && second.len() >= 3 && second.chars().all(|c| matches!(c, '=' | '-' | '~' | '*')) {
        below = below.trim_start_matches(['=', '-', '~', '*', ' ']);
        return Some((unescape(&title), below)).filter(|_| is_title(&title));
    }
    if !is_title(&title) {
        return None;
    }
    if second.is_empty() {
        return (!below.trim().is_empty()).then_some((unescape(&title), below));
    }
    let is_credit =
        |line: &str| names_of_line(line).is_some() || parse_date_only(line, DayMonthOrder::default()).is_some();
    if is_credit(second) {
        return Some((unescape(&title), below));
    }
    // A headline over two lines, with a blank line below.
    let third = lines.next().unwrap_or("").trim();
    let both = format!("{title} {second}");
    let is_full = title.chars().count() + 1 + second.split(' ').next().map_or(0, str::len) > MIN_WRAP_CHARS;
    let after_second = &below[below.split_inclusive('\n').next().map_or(0, str::len)..];
    if third.is_empty() && is_full && is_title(&both) && second.chars().count() <= 80 && !after_second.trim().is_empty()
    {
        return Some((unescape(&both), after_second));
    }
    if is_credit(third) && is_title(second) {
        second = third;
    }
    // A short line on top of a long one is a headline; on top of one of its own length, a wrapped text.
    let (width, next_width) = (title.chars().count(), second.chars().count());
    let is_headline = next_width > MAX_TITLE_CHARS || next_width > width * 2 || is_credit(second);
    // A short line with a blank line below it is a standfirst.
    let has_standfirst = third.is_empty() && is_title(second);
    (is_headline || has_standfirst).then(|| (unescape(&title), below))
}

fn is_title(line: &str) -> bool {
    let n_chars = line.chars().count();
    let ends_sentence = line.ends_with(['.', ',', ';', ':']) && !ends_in_abbreviation(line) && !line.ends_with("...");
    (2..=MAX_TITLE_CHARS).contains(&n_chars)
        && !ends_sentence
        && line.chars().any(char::is_alphabetic)
        && (first_sentence(line).len() == line.len() || !first_sentence(line).ends_with('.'))
        && names_of_line(line).is_none()
        && !line.starts_with(['-', '*', '•', '|'])
}

/// "Storm hits the U.S." ends in an abbreviation, not in a full stop.
fn ends_in_abbreviation(line: &str) -> bool {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or("");
    let inner = word.trim_end_matches('.');
    (inner.contains('.') && inner.chars().all(|c| c.is_uppercase() || c == '.'))
        || matches!(word, "Inc." | "Jr." | "Sr." | "Co." | "Corp." | "Ltd." | "St." | "No.")
}

/// Byline, date and agency in the lines below the headline.
fn take_lines_below_title<'a>(text: &'a str, draft: &mut Draft, order: DayMonthOrder) -> &'a str {
    let mut rest = text;
    let mut at = 0;
    for line in text.split_inclusive('\n').take(MAX_LINES_BELOW_TITLE * 2) {
        at += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() {
            continue;
        }
        // Nothing but a whole line counts, and the last line is never taken: it is the text.
        if text[at..].trim().is_empty() || trimmed.chars().count() > 140 {
            break;
        }
        if let Some(authors) = names_of_line(trimmed) {
            draft.authors.extend(authors);
            draft.date = draft.date.or_else(|| parse_date(trimmed, order));
        } else if let Some(date) = parse_date_only(trimmed, order) {
            draft.date = draft.date.or(Some(date));
        } else if let Some((source, date)) = source_line(trimmed, order) {
            draft.source = draft.source.take().or(Some(source));
            draft.date = draft.date.or(date);
        } else if let Some((source, section)) = outlet_line(trimmed)
            && next_is_date(&text[at..], order)
            && (section.is_some() || !draft.authors.is_empty() || names_an_outlet(&source))
        {
            draft.source = draft.source.take().or(Some(source));
            draft.section = draft.section.take().or(section);
        } else if is_lone_name(trimmed) && next_is_date(&text[at..], order) {
            draft.authors.push(trimmed.to_owned());
        } else {
            break;
        }
        rest = &text[at..];
    }
    rest
}

/// "The Paper", "The Paper — Business": only where a date stands below it.
fn outlet_line(line: &str) -> Option<(String, Option<String>)> {
    let (name, section) = line.split_once(" — ").map_or((line, None), |(name, section)| (name, Some(section)));
    let is_name = |name: &str| {
        let n_words = name.split_whitespace().count();
        (1..=6).contains(&n_words) && starts_capital(name) && !name.ends_with(['.', '!', '?', ',', ';', ':'])
    };
    let is_outlet = is_name(name) && section.is_none_or(is_name);
    is_outlet.then(|| (name.to_owned(), section.map(str::to_owned)))
}

/// Words that end or begin the names of publications and never those of people.
const OUTLET_WORDS: &[&str] = &[
    "agency",
    "chronicle",
    "courier",
    "daily",
    "dispatch",
    "echo",
    "examiner",
    "express",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "independent",
    "inquirer",
    "journal",
    "ledger",
    "mail",
    "mirror",
    "news",
    "observer",
    "post",
    "press",
    "record",
    "register",
    "report",
    "reporter",
    "review",
    "sentinel",
    "standard",
    "star",
    "sun",
    "telegraph",
    "times",
    "today",
    "tribune",
    "weekly",
    "wire",
    "world",
];

fn names_an_outlet(name: &str) -> bool {
    let is_outlet_word = |word: &str| OUTLET_WORDS.contains(&word.to_lowercase().as_str());
    name.starts_with("The ") || name.split_whitespace().any(is_outlet_word)
}

/// Two to four capitalised words, as a byline without "By".
fn is_lone_name(line: &str) -> bool {
    let n_words = line.split(' ').count();
    (2..=4).contains(&n_words)
        && line.split(' ').all(|word| {
            starts_capital(word) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
        })
}

fn next_is_date(text: &str, order: DayMonthOrder) -> bool {
    let next = text.lines().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| parse_date_only(line, order).is_some())
}

/// Agencies whose bare name is a line of credit.
const AGENCIES: &[&str] = &[
    "Reuters",
    "AP",
    "Associated Press",
    "The Associated Press",
    "AFP",
    "Agence France-Presse",
    "UPI",
    "dpa",
    "Xinhua",
    "TASS",
    "Interfax",
    "Bloomberg",
    "PTI",
    "ANI",
    "Kyodo",
    "Yonhap",
    "EFE",
    "ANSA",
    "APA",
    "BBC News",
    "CNN",
    "Ukrinform",
    "Anadolu Agency",
];

/// "(Reuters)", "Source: The Paper", "The Paper | May 8, 2014".
fn source_line(line: &str, order: DayMonthOrder) -> Option<(String, Option<PublicationDate>)> {
    if let Some(inner) = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (inner.split_whitespace().count() <= 4 && starts_capital(inner)).then(|| (inner.to_owned(), None));
    }
    if AGENCIES.contains(&line) {
        return Some((line.to_owned(), None));
    }
    if let Some(name) = line.strip_prefix("Source: ") {
        return (name.chars().count() <= 60).then(|| (name.to_owned(), None));
    }
    let (left, right) = line.split_once(" | ").or_else(|| line.split_once(" • ")).or_else(|| line.split_once(" — "))?;
    let (name, date) = match (parse_date_only(left, order), parse_date_only(right, order)) {
        (None, Some(date)) => (left, date),
        (Some(date), None) => (right, date),
        _ => return None,
    };
    let is_name = name.chars().count() <= 40 && starts_capital(name) && !name.ends_with('.');
    is_name.then(|| (name.trim().to_owned(), Some(date)))
}

fn starts_capital(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// "KYIV, May 23, 2025 (Agency) - …" tells source and date; it stays in the text, as part of the story.
fn take_dateline(draft: &mut Draft, order: DayMonthOrder) {
    let first = draft.body.split("\n\n").next().unwrap_or("");
    if let Some(date) = crate::read::date::parse_dateline(first, order) {
        draft.date = draft.date.or(Some(date));
        return;
    }
    let Some(end) =
        [" - ", " – ", " — ", " -- ", ") -", ")—", ") —", ")–"].iter().filter_map(|dash| first.find(dash)).min()
    else {
        return;
    };
    // A dash further on is one of the sentence's own.
    if end > 90 {
        return;
    }
    let line = &first[..=end];
    let city = line.split([',', '(']).next().unwrap_or("").trim();
    let n_capitals = city.chars().filter(|c| c.is_uppercase()).count();
    let is_city = n_capitals >= 2 && n_capitals == city.chars().filter(|c| c.is_alphabetic()).count();
    let agency = line.find('(').and_then(|open| Some(&line[open + 1..open + line[open..].find(')')?]));
    if !is_city && agency.is_none() {
        return;
    }
    if let Some(agency) = agency.filter(|name| starts_capital(name) && name.chars().count() <= 30) {
        draft.source = draft.source.take().or_else(|| Some(agency.to_owned()));
    }
    draft.date = draft.date.or_else(|| parse_date(line.split_once(',').map_or("", |(_, rest)| rest), order));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::article::{Article, Origin};

    fn read(name: &str, text: &str) -> Article {
        let origin = Origin { path: Arc::from(name), record: None };
        let item =
            RawItem { origin, bytes: text.as_bytes().to_vec(), format: Format::Text, context: Default::default() };
        let mut articles = Vec::new();
        parse(item, &ReadConfig::default(), &mut |article| articles.push(article));
        articles.remove(0).expect("it has text")
    }

    #[track_caller]
    fn check_title(text: &str, title: &str, body: &str) {
        let article = read("/a.txt", text);
        assert_eq!((article.title.as_str(), article.body.as_str()), (title, body));
    }

    #[test]
    fn headlines_stand_above_the_text() {
        check_title("Talks end\n\nBoth sides left.", "Talks end", "Both sides left.");
        check_title(
            "\u{feff}\nTalks end\nBoth sides left the building in the evening.",
            "Talks end",
            "Both sides left the building in the evening.",
        );
        check_title("Talks end\n=========\nBoth left.", "Talks end", "Both left.");
        check_title(
            "Home | World | Sport\n\nTalks end\nSides to meet\n\nBoth left.",
            "Talks end",
            "Sides to meet\n\nBoth left.",
        );
        check_title("Storm hits the U.S.\n\nIt rained.", "Storm hits the U.S.", "It rained.");
        check_title("Will it rain? It may\n\nIt rained.", "Will it rain? It may", "It rained.");
        check_title(
            "Talks between the two sides in Geneva\nend early\n\nBoth left.",
            "Talks between the two sides in Geneva end early",
            "Both left.",
        );
    }

    #[test]
    fn a_dateline_on_a_line_of_its_own_stays_in_the_text() {
        let article = read("/a.txt", "Talks end\n\nNAIROBI, 14 May 2024\n\nBoth sides left the building.");
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2024-05-14"));
        assert_eq!(article.body, "NAIROBI, 14 May 2024\n\nBoth sides left the building.");
    }

    #[test]
    fn an_indented_second_line_breaks_no_letter() {
        let letters = "é".repeat(17);
        read("/a.txt", &format!("ab {letters}\n\t%PDF{letters}ÿ"));
    }

    #[test]
    fn text_without_headline_gets_a_title_of_its_own_words() {
        check_title("It rained. Then it stopped.", "It rained", "It rained. Then it stopped.");
        check_title("Talks end", "Talks end", "Talks end");
        let long = "The two sides, which had not spoken for more than three years, met in a hotel near the lake to talk about prisoners.";
        assert_eq!(read("/news/lake-talks-about-prisoners.txt", long).title, "Lake talks about prisoners");
        assert_eq!(
            read("/news/000_3f.txt", long).title,
            "The two sides, which had not spoken for more than three years, met in a hotel near the lake to talk…"
        );
    }

    #[test]
    fn credits_are_taken() {
        let article =
            read("/a.txt", "Talks end\nBy Jane Doe and John Roe\nMay 8, 2014\n\nGENEVA, May 8 (Agency) - Both left.");
        assert_eq!(article.authors, ["Jane Doe", "John Roe"]);
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2014-05-08"));
        assert_eq!(article.source.as_deref(), Some("Agency"));
        assert_eq!(article.body, "GENEVA, May 8 (Agency) - Both left.");

        let below = "By Jane Doe\nThe Paper — World\n8 May 2014\n\nBoth left.";
        let article = read("/a.txt", &format!("Talks end\n\n{below}"));
        assert_eq!((article.source.as_deref(), article.section.as_deref()), (Some("The Paper"), Some("World")));
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2014-05-08"));
        assert_eq!(article.body, "Both left.");

        let article = read(
            "/a.txt",
            "Title: Talks: the end\nDate: 2014-05-08\nAuthor: Jane Doe\nSource: The Paper\n\nBoth left.",
        );
        assert_eq!(article.title, "Talks: the end");
        assert_eq!(article.source.as_deref(), Some("The Paper"));
        assert_eq!(article.body, "Both left.");

        let article = read("/a.txt", "Talks end\n\nAnna Petrova\n12 April 2024\nReuters\n\nBoth left.");
        assert_eq!(
            (article.authors.as_slice(), article.source.as_deref()),
            (["Anna Petrova".to_owned()].as_slice(), Some("Reuters"))
        );
        assert_eq!(article.body, "Both left.");

        let article = read("/a.txt", "Source: talks to resume\n\nBoth left.");
        assert_eq!((article.title.as_str(), article.source), ("Source: talks to resume", None));
    }

    #[test]
    fn datelines_with_a_year_tell_the_date() {
        let article = read("/a.txt", "Talks end\n\nGENEVA, May 8, 2014 (Agency) — Both left.");
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2014-05-08"));
    }

    #[test]
    fn file_names_tell_dates() {
        let date = |name| crate::read::date::date_of_file_name(name).map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(date("/x/2014-05-08-title.md"), "2014-05-08");
        assert_eq!(date("/2013/title_20140508.txt"), "2014-05-08");
        assert_eq!(date("/x/000_30904.txt"), "");
    }
}
