//! Plain text: what its first lines say about title, author and date.
//!
//! Text has no marks for these, only habits: a headline above the text, "By …" and a date below it, a
//! block of `Title:` lines, a dateline. Where the habit is in doubt, the words stay in the body.

mod header;

use self::header::Header;
use super::head::{starts_capital, take_credits, take_credits_beside, take_title};
use super::{Emit, databases};
use crate::article::Format;
use crate::read::date::{DayMonthOrder, SAMPLE_BYTES, order_of, parse_date};
use crate::read::decode::{clean, decode};
use crate::read::draft::Draft;
use crate::read::furniture;
use crate::read::headline;
use crate::read::outlet::is_agency;
use crate::read::prose::{paragraphs, start_of};
use crate::read::{RawItem, ReadConfig};

/// Reads a text file, which may be an export of many articles.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let decoded = decode(&item.bytes, item.context.charset.as_deref());
    let decoded = clean(&decoded);
    let sample = || start_of(&decoded, SAMPLE_BYTES).to_owned();
    let order = order_of(None, item.context.url.as_deref(), sample, config.day_month_order);
    if let Some(export) = databases::read(&decoded, order) {
        return databases::finish(export, item.origin, Format::Text, emit);
    }
    let mut draft = Draft { url: item.context.url.clone(), ..Draft::default() };
    fill(&mut draft, &decoded, &item.origin.path, order);
    emit(draft.finish(item.origin, Format::Text));
}

/// Reads `text` into a draft, which may have a title from elsewhere.
pub(super) fn fill(draft: &mut Draft, text: &str, path: &str, order: DayMonthOrder) {
    let text = text.trim_matches('\n');
    let header = Header::read(text, order);
    let rest = header.as_ref().map_or(text, |header| header.fill(draft));
    let rest = skip_navigation(rest.trim_start_matches('\n'));
    let title = if draft.title.is_empty() { take_title(rest) } else { None };
    let (standfirst, rest) = match title {
        Some((title, below)) => {
            draft.title = title;
            take_credits_beside(below, draft, order)
        }
        None => take_credits(rest, draft, order),
    };
    let body = paragraphs(rest);
    let kept = header.as_ref().map_or("", |header| &header.kept);
    let parts = [paragraphs(kept), paragraphs(&standfirst), furniture::trim_end(&body).to_owned()];
    draft.body = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    if let Some(header) = &header {
        header.lead(draft, order);
    }
    take_dateline(draft, order);
    if draft.body.is_empty() {
        // A headline alone is still news.
        draft.body = draft.title.clone();
    }
    if draft.title.is_empty() {
        draft.title = headline::of_body(&draft.body, path);
    }
}

/// What press releases are headed by, before their headline.
const RELEASE_HEADS: [&str; 5] =
    ["for immediate release", "press release", "news release", "media release", "for release"];

/// "Home | World | Sports" on top of a saved page, "FOR IMMEDIATE RELEASE" on top of a release.
pub(super) fn skip_navigation(text: &str) -> &str {
    let mut rest = text;
    while let Some(line) = rest.split_inclusive('\n').next() {
        let items: Vec<&str> = line.split(['|', '»', '›', '>']).map(str::trim).collect();
        let is_navigation = items.len() >= 3 && items.iter().all(|item| item.split(' ').count() <= 3);
        let is_head = RELEASE_HEADS.contains(&line.trim().trim_end_matches([':', '.']).to_lowercase().as_str());
        if !line.trim().is_empty() && !is_navigation && !is_head || rest.len() == line.len() {
            break;
        }
        rest = &rest[line.len()..];
    }
    rest
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
    if let Some(agency) = agency.filter(|name| (starts_capital(name) || is_agency(name)) && name.chars().count() <= 30)
    {
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

    #[track_caller]
    fn check_head(text: &str, title: &str, authors: &[&str], date: &str, source: &str, body: &str) {
        let article = read("/a.txt", text);
        let found_date = article.date.map(|date| date.to_string()).unwrap_or_default();
        let found_source = article.source.unwrap_or_default();
        assert_eq!(
            (article.title.as_str(), found_date.as_str(), found_source.as_str(), article.body.as_str()),
            (title, date, source, body)
        );
        assert_eq!(article.authors, authors);
    }

    const TITLE: &str = "Ferry fares to rise in May";
    const PROSE: &str = "Ferry fares will rise by 6 percent on the first of May, the state said on Tuesday afternoon.";

    #[test]
    fn what_begins_like_a_role_or_a_label_is_text() {
        let credits = "By Joan Reed\nMarch 4, 2024";
        let end = "The ferry Alba sank off Ness on Monday. All 41 aboard were saved by boats.";
        for first in [
            "Senior officials in Kyiv warned on Monday that the dam could fail within days, killing up to 3,000 people.",
            "Reporter Ann Fox was freed on Monday.",
            "Editor after editor has left the paper since May.",
            "Updated figures released on Monday put the toll at 41.",
            "Published letters show that the minister knew.",
            "Bloomberg cut 100 jobs on Monday.",
            "Reuters reported on Monday that 41 people died.",
        ] {
            let text = format!("{TITLE}\n\n{credits}\n\n{first}\n\n{end}");
            check_head(&text, TITLE, &["Joan Reed"], "2024-03-04", "", &format!("{first}\n\n{end}"));
        }
    }

    #[test]
    fn lines_of_days_tell_the_day_and_nothing_else() {
        for (line, date, source) in [
            ("March 4, 2024 | Updated 6:15 p.m. ET", "2024-03-04", ""),
            ("Published March 4, 2024 | Updated March 5, 2024", "2024-03-04", ""),
            ("March 4, 2024 Updated March 5, 2024", "2024-03-04", ""),
            ("March 4, 2024 / 6:15 PM / CBS News", "2024-03-04T18:15:00", "CBS News"),
            ("March 4, 2024 · 5 min read", "2024-03-04", ""),
            ("March 4, 2024\nUpdated 6:15 p.m. ET", "2024-03-04", ""),
        ] {
            let text = format!("{TITLE}\n\nBy Joan Reed\n{line}\n\n{PROSE}");
            check_head(&text, TITLE, &["Joan Reed"], date, source, PROSE);
        }
    }

    #[test]
    fn an_address_below_a_headline_is_no_part_of_it() {
        let title = "Ferry fares are to rise by six percent in May";
        let article = read("/a.txt", &format!("{title}\nhttps://harbour.example/fares\n\n{PROSE}"));
        assert_eq!((article.title.as_str(), article.body.as_str()), (title, PROSE));
        assert_eq!(article.url.as_deref(), Some("https://harbour.example/fares"));
    }

    #[test]
    fn lines_above_a_text_are_read_around_those_that_are_not_known() {
        let article = read(
            "/a.txt",
            &format!("Title: {TITLE}\nDate: 2024-03-04\nPage: 5\nReel: 7\nSource: Harbour Times\nText: {PROSE}"),
        );
        assert_eq!((article.title.as_str(), article.source.as_deref()), (TITLE, Some("Harbour Times")));
        assert_eq!(article.body, format!("Reel: 7\n\n{PROSE}"));
        assert_eq!(article.tags, ["page 5"]);
        let german = format!("Titel: {TITLE}\nDatum: 04.03.2024\nAutor: Anna Kern\nQuelle: Hafenbote\n\n{PROSE}");
        check_head(&german, TITLE, &["Anna Kern"], "2024-03-04", "Hafenbote", PROSE);
        let lead = format!("Title: {TITLE}\nDate: 2024-03-04\nStandfirst: Commuters pay more\n\n{PROSE}");
        check_head(&lead, TITLE, &[], "2024-03-04", "", &format!("Commuters pay more\n\n{PROSE}"));
    }

    #[test]
    fn a_standfirst_hides_no_byline() {
        let standfirst = "Commuters face a 6 percent increase as fuel costs climb";
        let body = format!("{standfirst}\n\n{PROSE}");
        let head = |below: &str| format!("{TITLE}\n\n{standfirst}\n\n{below}\n\n{PROSE}");
        check_head(&head("By Sam Lee\nMarch 5, 2024"), TITLE, &["Sam Lee"], "2024-03-05", "", &body);
        check_head(&head("March 5, 2024"), TITLE, &[], "2024-03-05", "", &body);
        let web = format!(
            "{TITLE}\n{standfirst}\nSam Lee\nTue 5 Mar 2024 16.12 GMT\nLast modified on Wed 6 Mar 2024 09.00 GMT\n\n{PROSE}"
        );
        check_head(&web, TITLE, &["Sam Lee"], "2024-03-05T16:12:00Z", "", &body);
    }

    #[test]
    fn days_further_on_are_of_the_story() {
        let chronicle = "March 5, 2024\nWorkers walk out.\n\nMarch 8, 2024\nThe ferries sail again.";
        check_head(
            &format!("How the strike went\n\nWhat happened\n\n{chronicle}"),
            "How the strike went",
            &[],
            "",
            "",
            &format!("What happened\n\n{chronicle}"),
        );
    }

    #[test]
    fn a_name_alone_below_a_headline_is_a_byline() {
        let head = |below: &str, text: &str| format!("{TITLE}\n{below}{text}");
        for below in ["Jane Doe\n\n", "Jane Doe\n", "Jane Doe, Bengaluru\n\n", "Jane Doe in Brussels\n\n"] {
            check_head(&head(below, PROSE), TITLE, &["Jane Doe"], "", "", PROSE);
        }
        check_head(&head("Jane Doe, arts correspondent\n\n", PROSE), TITLE, &["Jane Doe"], "", "", PROSE);
        check_head(&head("New Delhi\n\n", PROSE), TITLE, &[], "", "", &format!("New Delhi\n\n{PROSE}"));
        check_head(&head("\nClimate Change\n\n", PROSE), TITLE, &[], "", "", &format!("Climate Change\n\n{PROSE}"));
        // Where every word of a headline is capitalised, those of a standfirst are too.
        check_head(
            &format!("Ferry Fares to Rise\nBig Increase Looms\n\n{PROSE}"),
            "Ferry Fares to Rise",
            &[],
            "",
            "",
            &format!("Big Increase Looms\n\n{PROSE}"),
        );
    }

    #[test]
    fn credits_in_other_words_are_taken() {
        let head = |below: &str| format!("{TITLE}\n{below}\n\n{PROSE}");
        check_head(&head("By Ann Poe\nStaff Writer\nMarch 5, 2024"), TITLE, &["Ann Poe"], "2024-03-05", "", PROSE);
        check_head(&head("14 May 2024\nBy Jane Doe in Nairobi"), TITLE, &["Jane Doe"], "2024-05-14", "", PROSE);
        check_head(&head("By Jane Doe, The Daily Nation"), TITLE, &["Jane Doe"], "", "The Daily Nation", PROSE);
        check_head(&head("By Jane Doe, markets reporter"), TITLE, &["Jane Doe"], "", "", PROSE);
        check_head(&head("Wiltshire Courier\nBy Jane Doe"), TITLE, &["Jane Doe"], "", "Wiltshire Courier", PROSE);
        check_head(
            &head("By Jane Doe\nNAIROBI, 14 May 2024"),
            TITLE,
            &["Jane Doe"],
            "2024-05-14",
            "",
            &format!("NAIROBI, 14 May 2024\n\n{PROSE}"),
        );
        let german = format!("Hafenbrücke öffnet früher\n\nVon Anna Müller, dpa\n\nHamburg (dpa) - {PROSE}");
        let article = read("/a.txt", &german);
        assert_eq!((article.authors, article.source.as_deref()), (vec!["Anna Müller".to_owned()], Some("dpa")));
    }

    #[test]
    fn headlines_are_joined_where_the_text_is_wrapped_too() {
        let wrapped =
            "The two sides exchanged prisoners on\nFriday, the largest exchange since the war-\nweary winter began.";
        check_title(
            &format!("Talks between the two sides in Geneva\nOfficials to meet in May again\n\n{wrapped}"),
            "Talks between the two sides in Geneva Officials to meet in May again",
            "The two sides exchanged prisoners on Friday, the largest exchange since the war-weary winter began.",
        );
        check_title(
            &format!("Talks between the two sides in Geneva\nOfficials to meet in May again\n\n{PROSE}"),
            "Talks between the two sides in Geneva",
            &format!("Officials to meet in May again\n\n{PROSE}"),
        );
    }

    #[test]
    fn a_press_release_is_headed_by_its_headline() {
        check_head(
            &format!("FOR IMMEDIATE RELEASE\n\n{TITLE}\n\nKIEL, March 5, 2024 /Wire/ -- {PROSE}"),
            TITLE,
            &[],
            "2024-03-05",
            "",
            &format!("KIEL, March 5, 2024 /Wire/ -- {PROSE}"),
        );
    }
}
