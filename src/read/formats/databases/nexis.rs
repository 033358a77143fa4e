//! LexisNexis: `3 of 25 DOCUMENTS` above each document in the older form, `End of Document` below it in
//! the newer one; between them lines such as `SECTION: NEWS; Pg. 4`.

use super::{Document, Export, agreeing, body_of, day, is_copyright, is_length, with_rest};
use crate::read::byline;
use crate::read::date::DayMonthOrder;
use crate::read::draft::Draft;
use crate::read::prose::one_line;

/// Keys above the text.
const ABOVE: [&str; 8] = ["BYLINE", "SECTION", "LENGTH", "HEADLINE", "HIGHLIGHT", "DATELINE", "BODY", "SERIES"];

/// Keys below the text, of which the first that is met ends it.
const BELOW: [&str; 9] =
    ["LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "JOURNAL-CODE", "SUBJECT", "GRAPHIC", "UPDATE", "ACC-NO", "URL"];

/// Headings below the text in the newer form.
const HEADINGS_BELOW: [&str; 3] = ["Classification", "Graphic", "Notes"];

/// The same keys in other languages.
const TRANSLATED: [(&str, &str); 10] = [
    ("LÄNGE", "LENGTH"),
    ("LONGUEUR", "LENGTH"),
    ("RUBRIK", "SECTION"),
    ("RUBRIQUE", "SECTION"),
    ("AUTOR", "BYLINE"),
    ("AUTEUR", "BYLINE"),
    ("ÜBERSCHRIFT", "HEADLINE"),
    ("SPRACHE", "LANGUAGE"),
    ("LANGUE", "LANGUAGE"),
    ("GRAFIK", "GRAPHIC"),
];

/// A longer line is no beginning of a document.
const MAX_START_BYTES: usize = 48;

/// In plain text, what is centred is no headline.
const CENTRED_SPACES: usize = 15;

pub(super) fn read(lines: &[&str], order: DayMonthOrder) -> Option<Export> {
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| is_start(lines[at])).collect();
    if let Some(&first) = starts.first() {
        let ends = starts.iter().skip(1).copied().chain([lines.len()]);
        let blocks = starts.iter().zip(ends).map(|(&start, end)| &lines[start + 1..end]);
        let pieces = blocks.map(|block| (block, document(block, Form::Older, order)));
        return agreeing(pieces.collect(), lines[..first].iter().any(|line| !line.trim().is_empty()), order);
    }
    let mut blocks: Vec<&[&str]> = lines.split(|line| line.trim().eq_ignore_ascii_case("end of document")).collect();
    let rest = blocks.pop().unwrap_or_default();
    blocks.retain(|block| block.iter().any(|line| !line.trim().is_empty()));
    let pieces = blocks.into_iter().map(|block| (block, document(block, Form::Newer, order)));
    with_rest(pieces.collect(), rest, document(rest, Form::Newer, order), order)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Source and date stand above the headline.
    Older,
    /// They stand below it.
    Newer,
}

/// `3 of 25 DOCUMENTS`, `Document 3 of 25`, in some languages.
fn is_start(line: &str) -> bool {
    let line = line.trim();
    if line.len() > MAX_START_BYTES {
        return false;
    }
    let words: Vec<&str> = line.strip_prefix("FOCUS - ").unwrap_or(line).split(' ').collect();
    let (number, of, total, word) = match words.as_slice() {
        [number, of, total, word] if number.starts_with(|c: char| c.is_ascii_digit()) => (number, of, total, word),
        [word, number, of, total] => (number, of, total, word),
        _ => return false,
    };
    let lower = word.to_lowercase();
    let is_word = lower.starts_with("document") || lower.starts_with("dokument");
    is_word
        && matches!(*of, "of" | "von" | "de" | "di" | "van")
        && matches!((number.parse::<u32>(), total.parse::<u32>()), (Ok(number), Ok(total)) if number <= total)
}

/// The key and value of a line.
fn key_of<'l>(line: &'l str, keys: &[&'static str]) -> Option<(&'static str, &'l str)> {
    let (name, value) = line.trim().split_once(':')?;
    let upper = name.trim().to_uppercase();
    let upper = TRANSLATED.iter().find(|(other, _)| *other == upper).map_or(upper.as_str(), |(_, key)| key);
    let key = keys.iter().find(|key| **key == upper)?;
    name.starts_with(char::is_uppercase).then_some((*key, value.trim()))
}

/// Reads a document; `None` for lines in another form.
fn document(lines: &[&str], form: Form, order: DayMonthOrder) -> Option<Document> {
    let is_body = |line: &str| line.trim() == "Body" || key_of(line, &["BODY"]).is_some();
    let first_key = lines.iter().position(|line| key_of(line, &ABOVE).is_some() || line.trim() == "Body")?;
    let explicit = lines[first_key..].iter().position(|line| is_body(line)).map(|at| first_key + at);
    let below = |from: usize| {
        let is_below = |line: &&str| key_of(line, &BELOW).is_some() || HEADINGS_BELOW.contains(&line.trim());
        lines[from..].iter().position(is_below).map_or(lines.len(), |at| from + at)
    };
    // A line called "Body" behind the text would be another one.
    let explicit = explicit.filter(|&at| at < below(first_key));
    let mut head: Vec<(&str, String)> = Vec::new();
    let mut is_value = false;
    let mut body_start = explicit.unwrap_or(lines.len());
    for (at, line) in lines.iter().enumerate().take(body_start).skip(first_key) {
        if line.trim().is_empty() || is_copyright(line) {
            is_value = false;
        } else if let Some((key, value)) = key_of(line, &ABOVE) {
            head.push((key, value.to_owned()));
            // A number of words is never wrapped.
            is_value = key != "LENGTH";
        } else if let Some((_, value)) = head.last_mut().filter(|_| is_value || explicit.is_some()) {
            value.push(' ');
            value.push_str(line.trim());
        } else {
            body_start = at;
            break;
        }
    }
    let body_end = below(body_start);
    let mut body: Vec<&str> = lines[body_start..body_end].to_vec();
    if explicit.is_some() {
        body[0] = key_of(body[0], &["BODY"]).map_or("", |(_, text)| text);
    }
    while body.last().is_some_and(|line| line.trim().is_empty() || is_copyright(line)) {
        body.pop();
    }
    let tail: Vec<(&str, &str)> = lines[body_end..].iter().filter_map(|line| key_of(line, &BELOW)).collect();
    let above = |key: &str| head.iter().find(|(name, _)| *name == key).map(|(_, value)| value.trim());
    let below = |key: &str| tail.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);

    let has_length = above("LENGTH").is_some_and(is_length);
    let has_load_date = below("LOAD-DATE").is_some_and(|date| day(date, order).is_some());
    let others = ["BYLINE", "SECTION", "HEADLINE", "HIGHLIGHT", "DATELINE"].iter().filter(|key| above(key).is_some());
    let n_others = others.count()
        + usize::from(below("LANGUAGE").is_some())
        + usize::from(below("PUBLICATION-TYPE").is_some())
        + usize::from(explicit.is_some())
        + usize::from(lines.iter().any(|line| is_copyright(line)));
    if usize::from(has_length) + usize::from(has_load_date) + n_others < 2 || !(has_length || has_load_date) {
        return None;
    }

    let top = Top::of(&lines[..first_key], form, order);
    let mut draft = Draft {
        title: above("HEADLINE").map_or(top.title, one_line),
        body: body_of(&body),
        date: top.date.or_else(|| day(below("LOAD-DATE")?, order)),
        authors: above("BYLINE").map(byline::names).unwrap_or_default(),
        source: top.source,
        language: below("LANGUAGE").map(|name| name.split([';', ',']).next().unwrap_or(name).to_owned()),
        tags: below("SUBJECT").map(tags).unwrap_or_default(),
        ..Draft::default()
    };
    for part in above("SECTION").unwrap_or("").split(';').map(str::trim) {
        match page(part) {
            Some(page) => draft.tags.push(format!("page {page}")),
            None if draft.section.is_none() && !part.is_empty() => draft.section = Some(part.to_owned()),
            None => {}
        }
    }
    if let Some(dateline) = above("DATELINE") {
        draft.set_dateline(dateline);
    }
    if let Some(highlight) = above("HIGHLIGHT") {
        draft.lead_with(&one_line(highlight));
    }
    Some(Document { draft, is_below_cover: top.is_below_cover })
}

/// What stands above the first key.
struct Top {
    title: String,
    source: Option<String>,
    date: Option<crate::article::PublicationDate>,
    is_below_cover: bool,
}

impl Top {
    fn of(lines: &[&str], form: Form, order: DayMonthOrder) -> Self {
        let lines: Vec<&str> =
            lines.iter().copied().filter(|line| !line.trim().is_empty() && !is_copyright(line)).collect();
        // On a cover stand dates too.
        let at = match form {
            Form::Older => lines.iter().position(|line| day(line, order).is_some()),
            Form::Newer => lines.iter().rposition(|line| day(line, order).is_some()),
        };
        let date = at.and_then(|at| day(lines[at], order));
        let end = at.unwrap_or(lines.len());
        let line = |at: Option<usize>| at.and_then(|at| lines.get(at)).map(|line| one_line(line));
        let source = line(end.checked_sub(1));
        match form {
            Form::Newer => {
                Self { title: line(end.checked_sub(2)).unwrap_or_default(), source, date, is_below_cover: end > 2 }
            }
            Form::Older => {
                let is_centred = |line: &str| line.len() - line.trim_start().len() >= CENTRED_SPACES;
                let is_edition = |line: &str| is_centred(line) || line.to_lowercase().contains("edition");
                let below = lines.get(end + 1..).unwrap_or_default();
                let title: Vec<&str> = below.iter().copied().filter(|line| !is_edition(line)).collect();
                Self { title: one_line(&title.join(" ")), source, date, is_below_cover: false }
            }
        }
    }
}

/// `4` of `Pg. 4`, `S. 4`, `p. A1`.
fn page(part: &str) -> Option<&str> {
    const NAMES: [&str; 7] = ["pg.", "pg", "p.", "page", "s.", "seite", "pág."];
    let (name, page) = part.split_once(' ')?;
    (NAMES.contains(&name.to_lowercase().as_str()) && page.len() <= 8).then_some(page.trim())
}

/// `ELECTIONS (90%); VOTERS (78%)` without its shares.
fn tags(subjects: &str) -> Vec<String> {
    let names = subjects.split(';').map(|subject| subject.split(" (").next().unwrap_or("").trim().to_lowercase());
    names.filter(|name| !name.is_empty()).collect()
}
