//! What stands before names, or right behind them, and is none: "By", "Von", "Author:", "作者：", "기자".
//!
//! One list of openings for all who look for bylines; which of them make a line a byline is said here too.

use super::is_person;
use super::list::{PLACE_OPENINGS, parts};
use super::role::{is_modifier, is_role};

/// What a byline begins with, in lower case.
const OPENINGS: &[&str] = &[
    "written by",
    "reported by",
    "words by",
    "story by",
    "posted by",
    "post by",
    "published by",
    "submitted by",
    "article by",
    "articles by",
    "text by",
    "additional reporting by",
    "with additional reporting by",
    "reporting by",
    "reviewed by",
    "medically reviewed by",
    "author:",
    "authors:",
    "author",
    "by:",
    "by",
    "from",
    "von",
    "por",
    "par",
    "door",
    "autor:",
    "autore:",
    "di",
    "av",
    "af",
    "przez",
    "автор:",
    "بقلم",
    "מאת",
];

/// Openings that make a line a byline where names follow. The others are words of other languages, or begin sentences.
const OF_LINES: [&str; 9] =
    ["by ", "by: ", "written by ", "reported by ", "story by ", "author: ", "von ", "por ", "par "];

/// Openings that do so where nothing but full names follows, as they are written in front of them.
const OF_NAMES: [&str; 7] = ["Door ", "Di ", "Av ", "Af ", "Przez ", "بقلم ", "מאת "];

/// What stands before a colon and names, where a line is a byline.
const LABELS: &[&str] = &[
    "autor",
    "autora",
    "autorin",
    "autoren",
    "autores",
    "auteur",
    "auteurs",
    "autore",
    "autori",
    "автор",
    "автори",
    "авторы",
    "автора",
    "text",
    "texte",
    "texto",
    "testo",
    "tekst",
    "yazar",
    "yazan",
    "szerző",
    "írta",
    "συντάκτης",
    "oleh",
    "penulis",
    "wartawan",
    "kirjoittaja",
    "författare",
    "skribent",
    "forfatter",
    "作者",
    "文",
    "撰文",
    "記者",
    "记者",
    "글",
    "기자",
    "כתב",
    "כתבת",
    "מאת",
    "लेखक",
    "कलम",
    "بقلم",
    "الكاتب",
];

/// What stands before those who took the pictures, or edited.
const OTHERS: &[&str] = &[
    "photo",
    "photos",
    "photograph",
    "photographs",
    "photographie",
    "photographer",
    "photographers",
    "photography",
    "pictures",
    "picture",
    "image",
    "images",
    "video",
    "videos",
    "illustration",
    "illustrations",
    "graphic",
    "graphics",
    "translation",
    "translator",
    "translated by",
    "editing",
    "editor",
    "fotograf",
    "fotografin",
    "fotograaf",
    "fotógrafo",
    "fotógrafa",
    "fotografo",
    "photographe",
    "illustratie",
    "übersetzung",
    "traduction",
    "traducción",
    "traduzione",
    "tradução",
    "redaktion",
    "foto",
    "fotos",
    "fotografie",
    "fotografía",
    "fotografia",
    "fotoğraf",
    "bild",
    "bilder",
    "kuva",
    "kuvat",
    "фото",
    "світлини",
    "사진",
    "写真",
    "撮影",
    "摄影",
    "攝影",
    "图",
    "图片",
    "تصوير",
    "صورة",
    "צילום",
    "फोटो",
    "編集",
    "编辑",
    "责任编辑",
    "責任編輯",
    "责编",
];

/// Longer labels are titles of texts.
const MAX_LABEL_WORDS: usize = 3;
const MAX_LABEL_CHARS: usize = 24;

/// Reporters, as East Asian papers write it behind a name and before it.
const BEHIND: [&str; 6] = ["선임기자", "기자", "특파원", "記者", "记者", "特派員"];
const BEFORE: [&str; 9] =
    ["新华社记者", "本报记者", "本報記者", "特约记者", "首席记者", "实习记者", "记者", "記者", "通讯员"];

/// A name in letters of East Asia has so many of them: "王刚", "남궁민수", "佐々木小次郎".
const EAST_ASIAN_NAME: std::ops::RangeInclusive<usize> = 2..=6;

/// A longer line of names in letters without capitals is a sentence.
const MAX_UNCASED_LINE_CHARS: usize = 40;

/// A line without "By" and the like, and without labels.
pub(super) fn without_openings(line: &str) -> &str {
    let mut rest = line;
    while let Some(after) = after_opening(rest) {
        rest = after;
    }
    without_label(rest)
}

/// The text after an opening such as "By", if it begins with one.
fn after_opening(line: &str) -> Option<&str> {
    OPENINGS.iter().find_map(|opening| {
        let rest = line.get(opening.len()..)?;
        let is_opening = line.get(..opening.len())?.to_lowercase() == **opening;
        let rest_trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
        (is_opening && rest_trimmed.len() < rest.len() && !rest_trimmed.is_empty()).then_some(rest_trimmed)
    })
}

/// "Text: Anna Müller" is Anna Müller, and "作者：张三" is 张三.
pub(super) fn without_label(line: &str) -> &str {
    match labelled(line) {
        Some((label, rest)) if !is_person(label) && !is_of_others(label) => rest,
        _ => line,
    }
}

/// Whether a part of a byline names those who took the pictures, or edited.
pub(super) fn is_labelled_of_others(part: &str) -> bool {
    labelled(part).is_some_and(|(label, _)| is_of_others(label))
}

fn is_of_others(label: &str) -> bool {
    OTHERS.contains(&label.to_lowercase().as_str())
}

/// A short label before a colon, and what stands behind it.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.split_once([':', '：'])?;
    let (label, rest) = (label.trim(), rest.trim_start());
    let is_label = label.split_whitespace().count() <= MAX_LABEL_WORDS
        && label.chars().count() <= MAX_LABEL_CHARS
        && label.chars().any(char::is_alphabetic)
        && !label.contains(|c: char| c.is_numeric() || matches!(c, ',' | ';' | '|' | '(' | '"'));
    (is_label && rest.starts_with(char::is_alphabetic)).then_some((label, rest))
}

/// "홍길동 기자" is 홍길동, and "记者张三" is 张三; empty where nobody is named.
pub(super) fn without_press(name: &str) -> &str {
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '・' | '·' | '=');
    let behind = || BEHIND.iter().find_map(|role| name.strip_suffix(role));
    let before = || BEFORE.iter().find_map(|role| name.strip_prefix(role));
    behind().or_else(before).map_or(name, |rest| rest.trim_matches(is_edge))
}

/// "القاهرة - أحمد علي" is أحمد علي. One word alone is no name in Arabic, and two are more than most places have.
pub(super) fn without_place_before(line: &str) -> &str {
    let is_arabic = |c: char| matches!(c, '\u{621}'..='\u{64a}');
    let is_name = |rest: &str| {
        let n_words = rest.split_whitespace().count();
        (2..=4).contains(&n_words) && rest.chars().all(|c| is_arabic(c) || c == ' ')
    };
    let parts = [" - ", " – ", " — "].iter().find_map(|mark| line.split_once(mark));
    match parts {
        Some((place, name)) if place.chars().all(is_arabic) && is_name(name) => name,
        _ => line,
    }
}

/// What stands behind the opening of a line, if the line may be a byline for it.
pub(super) fn opened(line: &str) -> Option<&str> {
    let lower = line.to_lowercase();
    let plain = OF_LINES.iter().find(|opening| lower.starts_with(*opening));
    if let Some(opening) = plain {
        return line.get(opening.len()..).filter(|rest| rest.starts_with(char::is_uppercase));
    }
    let of_names = || OF_NAMES.iter().find_map(|opening| line.strip_prefix(opening));
    let of_label = || labelled(line).filter(|(label, _)| is_author_label(label)).map(|(_, rest)| rest);
    let rest = of_names().or_else(of_label).or_else(|| is_of_press(line).then(|| without_press(line)))?;
    are_full_names(rest, line).then_some(rest)
}

/// Whether a line ends or begins as those of East Asian reporters do: "記者会見" is a conference of theirs.
fn is_of_press(line: &str) -> bool {
    let begins = |role: &&str| line.strip_prefix(*role).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    BEHIND.iter().any(|role| line.ends_with(role)) || BEFORE.iter().any(begins)
}

/// Whether a text is the opening of a byline and nothing else: "By", "Von", "Autor:".
pub(crate) fn is_opening(text: &str) -> bool {
    let text = text.trim();
    let label = text.strip_suffix([':', '：']).map(str::trim_end);
    label.is_some_and(is_author_label)
        || OF_LINES.iter().chain(&OF_NAMES).any(|opening| opening.trim_end().eq_ignore_ascii_case(text))
}

fn is_author_label(label: &str) -> bool {
    let lower = label.to_lowercase();
    lower.split('/').all(|part| LABELS.contains(&part))
}

/// Whether nothing but names stands behind an opening that other lines have too.
fn are_full_names(rest: &str, line: &str) -> bool {
    if rest.contains(|c: char| c.is_uppercase() || c.is_lowercase()) {
        let named = parts(rest);
        return named.first().is_some_and(|(_, name)| is_full_name(name))
            && named.iter().all(|(_, name)| is_role(name.trim()) || name.trim().starts_with(char::is_uppercase));
    }
    let is_name = |name: &str| match name.split_whitespace().count() {
        1 => EAST_ASIAN_NAME.contains(&name.chars().count()) && name.chars().all(is_east_asian),
        n_words => n_words <= 4 && name.chars().all(|c| c == ' ' || c.is_alphabetic() && !is_east_asian(c)),
    };
    line.chars().count() <= MAX_UNCASED_LINE_CHARS
        && parts(rest).iter().all(|(_, name)| is_name(without_press(name.trim())))
}

/// Whether somebody bears a name in letters with capitals, and no place or part of a paper does.
fn is_full_name(name: &str) -> bool {
    let words = || name.split_whitespace();
    let begins_place = words().next().is_some_and(|word| PLACE_OPENINGS.contains(&word.to_lowercase().as_str()));
    is_person(name) && !begins_place && !words().any(is_modifier)
}

/// Hiragana aside, which stands in sentences.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{30a0}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}
