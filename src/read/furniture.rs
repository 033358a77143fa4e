//! Cuts what a page leaves at the end of saved text: comment forms, share bars, lists of other stories.
//!
//! Only whole paragraphs at the end go, and only in shapes that no article ends in; everything in
//! doubt stays.

mod words;

use self::words::{
    ADVERTISEMENTS, CONTINUATIONS, EDITORS, HEADINGS, LEAD_INS, LINES, OPENINGS, PLAIN_LEAD_INS, POINTERS,
    READING_TIMES,
};

/// Conditions of a newsletter are the longest of such lines.
pub(crate) const MAX_FURNITURE_CHARS: usize = 400;

/// A line that names an editor, the time it takes to read or the owner of the rights is no longer.
const MAX_NOTICE_CHARS: usize = 80;

/// A line that asks to read another story holds that story's headline and a few words.
const MAX_POINTER_CHARS: usize = 200;

/// A line after such a heading is another story's headline up to this length; longer is text.
const MAX_HEADLINE_CHARS: usize = 160;

/// So many short lines may follow a heading; more is a list that belongs to the article.
const MAX_LINES_AFTER_HEADING: usize = 40;

/// `body` without the furniture at its end. Never empty unless `body` was.
pub(crate) fn trim_end(body: &str) -> &str {
    let mut kept = body;
    loop {
        let start = kept.rfind("\n\n").map_or(0, |at| at + 2);
        let is_last_line = |line: &str| is_furniture(line) || (is_pointer(line) && !line.ends_with('.'));
        if start == 0 || !kept[start..].lines().all(is_last_line) {
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
    let line = line.as_str();
    line.is_empty()
        || [LINES, ADVERTISEMENTS, CONTINUATIONS, HEADINGS, LEAD_INS, PLAIN_LEAD_INS]
            .iter()
            .any(|lines| lines.contains(&line))
        || OPENINGS.iter().any(|opening| line.starts_with(opening) || line == opening.trim_end_matches(':'))
            && line.chars().count() <= MAX_FURNITURE_CHARS
        || is_notice(line)
}

/// Whether a line points to another story: "Related: …", "Read more: …", "Lire aussi …".
pub(crate) fn is_pointer(line: &str) -> bool {
    let is_sentence = line.trim_end().ends_with(['.', '!', '?', '。', '।']);
    let line = normal(line);
    if POINTERS.iter().any(|opening| line.starts_with(opening)) {
        return true;
    }
    let rest_of = |lead_in: &&str| line.strip_prefix(*lead_in);
    line.chars().count() <= MAX_POINTER_CHARS
        && (LEAD_INS.iter().chain(PLAIN_LEAD_INS).filter_map(rest_of).any(begins_with_mark)
            || !is_sentence && PLAIN_LEAD_INS.iter().filter_map(rest_of).any(|rest| rest.starts_with(' ')))
}

/// Whether a mark divides what is said first from what it is about.
fn begins_with_mark(rest: &str) -> bool {
    let after = rest.trim_start();
    // A hyphen is a mark between spaces only.
    after.starts_with([':', '：', '|', '｜', '»', '>', '→', '►', '▶', '▸', ']', '】', '］'])
        || (after.len() < rest.len() && after.starts_with(['-', '–', '—', '•']))
}

/// Who edited, how long it takes to read, who may not copy: lines of a few words that are no sentences.
fn is_notice(line: &str) -> bool {
    let line = line.trim_matches(['(', ')', '[', ']', '<', '>']);
    if line.chars().count() > MAX_NOTICE_CHARS {
        return false;
    }
    let names = |openings: &[&str]| {
        let rest = openings.iter().filter_map(|opening| line.strip_prefix(opening)).next();
        rest.is_some_and(begins_with_mark)
    };
    let forbids = |about: &[&str], ends: &[&str]| {
        about.iter().any(|word| line.contains(word))
            && ends.iter().any(|end| line.trim_end_matches('。').ends_with(end))
    };
    names(EDITORS)
        || (names(READING_TIMES) && line.contains(|c: char| c.is_ascii_digit()))
        || forbids(&["무단전재", "무단 전재"], &["금지"])
        || forbids(&["無断転載", "無断複製"], &["禁じます", "禁止", "禁止します", "お断りします"])
        || forbids(&["转载", "轉載"], &["不得转载", "禁止转载", "严禁转载", "请勿转载", "不得轉載", "請勿轉載"])
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
    let is_decoration = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '*' | '#' | '»' | '«' | '|' | '…' | '.' | '→' | '←' | '>' | '►' | '▶' | '▸' | '■' | '●' | '☞'
            )
            || matches!(c, '（' | '）' | '【' | '】' | '［' | '］' | '〔' | '〕')
    };
    let line = line.trim_matches(is_decoration).replace('’', "'");
    line.strip_suffix([':', '：']).filter(|line| !line.is_empty()).unwrap_or(&line).to_lowercase()
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
        check("Related: How ferries are built\n\nShare this:\nClick to share on X\n\nLike this:\nLike Loading...");
        check("© 2026 The Paper. All rights reserved.");
        check("ADVERTISEMENT - STORY CONTINUES BELOW\n\nScroll to continue");
        check("（责编：王小明、李红）");
        check("[责任编辑：李红]");
        check("저작권자 © 동해신문 무단전재 및 재배포 금지");
        check("記事・写真の無断転載を禁じます。");
        check("未经授权，不得转载");
        check("Lesezeit: 3 Min.");
        check("Related Posts\n\nAnother story\n\nLeave a comment\n\nName *\n\nEmail *\n\nWebsite\n\nPost Comment");
    }

    #[test]
    fn text_stays() {
        check_kept("");
        check_kept("Leave a reply");
        check_kept("He said: “Share this.”");
        check_kept("The talks ended.\n\nRelated\n\nThe ministry said on Friday that it would publish the list.");
        check_kept("The talks ended.\n\nShare prices rose.");
        check_kept("The talks ended.\n\nLesezeit: unbekannt");
        check_kept("The talks ended.\n\n[...]");
        check_kept("The talks ended.\n\nDon't miss the last ferry");
        check_kept("The talks ended.\n\nLire aussi les petites lignes, conseille-t-elle.");
        check_kept("The talks ended.\n\nPublicité et presse font bon ménage.");
        check_kept("The talks ended.\n\n同社は無断転載を禁止した。");
        check_kept("The talks ended.\n\n这篇文章被多家网站转载。");
    }
    #[test]
    fn labels_of_advertisements_are_furniture() {
        for line in ["Anzeige", "PUBLICIDAD", "Publicité", "Реклама", "広告", "광고", "Continua depois da publicidade"]
        {
            assert!(is_furniture(line), "{line}");
        }
        assert!(!is_furniture("Anzeige erstattet"));
    }

    #[test]
    fn pointers_of_many_languages() {
        for line in [
            "Lire aussi : Le dernier phare habité",
            "À lire aussi Le dernier phare habité",
            "Lesen Sie auch: Der letzte Wärter",
            "Te puede interesar: El último farero",
            "Czytaj także: Ostatni latarnik",
            "Читайте также: Последний смотритель",
            "İlgili haber: Son fener bekçisi",
            "اقرأ أيضا: آخر حراس المنارة",
            "関連記事：最後の灯台守",
            "【関連記事】最後の灯台守",
            "▶ 관련기사: 마지막 등대지기",
            "相关阅读：最后的灯塔守护人",
            "ALSO READ | The last lighthouse",
            "Don’t miss: The last lighthouse",
        ] {
            assert!(is_pointer(line), "{line}");
        }
        for line in [
            "Lire aussi souvent que possible est un plaisir.",
            "Don't miss the last lighthouse",
            "See also the tables of the report",
            "関連記事を読んだ人は多い",
            "Lees ook!",
        ] {
            assert!(!is_pointer(line), "{line}");
        }
    }
}
