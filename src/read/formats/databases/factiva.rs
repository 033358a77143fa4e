//! Factiva: each document ends in `Document PAPR000020250523el5n0001x`.
//!
//! Above that stand its facts, in the form for reading by their order below the headline (`512 words`,
//! the day, the source), in the form with codes behind `HD`, `WC`, `PD` and so on.

use super::{Document, Export, body_of, day, is_copyright, is_language, is_length, with_rest};
use crate::read::byline::{self, Tail};
use crate::read::date::DayMonthOrder;
use crate::read::draft::Draft;
use crate::read::prose::one_line;

/// Codes of fields, in the order in which they stand in a document.
const CODES: [&str; 27] = [
    "CLM", "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT", "RF",
    "ART", "CO", "IN", "NS", "RE", "IPC", "PUB", "AN",
];

/// Lines between the number of words and the text: day, time, source, its code, edition, page, language.
const MAX_FACT_LINES: usize = 12;

pub(super) fn read(lines: &[&str], order: DayMonthOrder) -> Option<Export> {
    let mut pieces: Vec<(&[&str], Option<Document>)> = Vec::new();
    let mut start = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some(id) = id_of(line) else { continue };
        let block = &lines[start..at];
        let mut document = coded(block, order).or_else(|| shown(block, pieces.is_empty(), order));
        if let Some(document) = &mut document {
            document.draft.own_id = Some(id.to_owned());
        }
        pieces.push((block, document));
        start = at + 1;
    }
    let rest = &lines[start..];
    let last = coded(rest, order).or_else(|| shown(rest, pieces.is_empty(), order));
    with_rest(pieces, rest, last, order)
}

/// `PAPR000020250523el5n0001x` of `Document PAPR000020250523el5n0001x`: letters and zeros for the source,
/// a day, and more.
fn id_of(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line.strip_prefix("AN").map_or(line, |rest| rest.trim_start_matches([' ', '\t', '|']));
    let id = line.strip_prefix("Document ")?;
    let is_day = |part: &[u8]| {
        (part.starts_with(b"19") || part.starts_with(b"20")) && part.iter().all(u8::is_ascii_digit) && part[4] <= b'1'
    };
    let is_id = (20..=36).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && id.starts_with(|c: char| c.is_ascii_uppercase())
        && id.as_bytes().windows(8).skip(2).any(is_day);
    is_id.then_some(id)
}

/// Reads a document in the form with codes.
fn coded(lines: &[&str], order: DayMonthOrder) -> Option<Document> {
    let mut fields: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut has_cover = false;
    for line in lines {
        let rank = fields.last().map(|(rank, _)| *rank);
        match field_of(line).filter(|(next, _)| rank.is_none_or(|rank| *next > rank)) {
            Some((rank, value)) => fields.push((rank, vec![value])),
            None => match fields.last_mut() {
                Some((_, value)) => value.push(line),
                None => has_cover |= !line.trim().is_empty(),
            },
        }
    }
    let get = |code: &str| {
        let (_, lines) = fields.iter().find(|(rank, _)| CODES[*rank] == code)?;
        Some(lines.join("\n")).filter(|text| !text.trim().is_empty())
    };
    let line = |code: &str| get(code).map(|text| one_line(&text));
    let title = line("HD")?;
    let has_length = line("WC").is_some_and(|length| is_length(&length));
    let date = line("PD").and_then(|date| day(&date, order));
    if !has_length && date.is_none() {
        return None;
    }
    let texts: Vec<String> = ["LP", "TD"].iter().filter_map(|code| get(code)).collect();
    let text = texts.join("\n\n");
    let draft = Draft {
        title,
        body: body_of(&text.lines().collect::<Vec<_>>()),
        date,
        authors: line("BY").map(|line| byline::names(&line)).unwrap_or_default(),
        source: line("SN"),
        section: line("SE"),
        language: line("LA"),
        tags: line("PG").map(|page| vec![format!("page {page}")]).unwrap_or_default(),
        ..Draft::default()
    };
    Some(Document { draft, is_below_cover: has_cover })
}

/// The rank of a code that a line begins with, and what stands behind it: `HD`, `HD    Rain falls`, or a
/// row of a table.
fn field_of(line: &str) -> Option<(usize, &str)> {
    let n_letters = line.bytes().take_while(u8::is_ascii_uppercase).count();
    let (code, rest) = line.split_at(n_letters);
    let rank = CODES.iter().position(|known| *known == code)?;
    let value = ["\t", " | ", "  "].iter().find_map(|mark| rest.strip_prefix(mark));
    let is_alone = rest.trim().is_empty();
    // A single space stands behind words in capitals as well.
    let is_sure = |value: &&str| is_length(value) || matches!(code, "HD" | "SN" | "SC");
    let by_space = || rest.strip_prefix(' ').filter(is_sure);
    let value = if is_alone { "" } else { value.or_else(by_space)? };
    Some((rank, value.trim()))
}

/// Reads a document in the form for reading.
fn shown(lines: &[&str], is_first: bool, order: DayMonthOrder) -> Option<Document> {
    let filled: Vec<usize> = (0..lines.len()).filter(|&at| !lines[at].trim().is_empty()).collect();
    let length = filled.iter().position(|&at| is_length(lines[at]))?;
    let line = |nth: usize| filled.get(nth).map(|&at| lines[at].trim());
    let date = day(line(length + 1)?, order)?;
    let mut above: Vec<&str> = filled[..length].iter().map(|&at| lines[at].trim()).collect();
    // Right above the headline of the first document stands no cover.
    let is_block = filled[..=length].windows(2).all(|pair| pair[0] + 1 == pair[1]);
    let has_cover = is_first && !(is_block && above.len() <= MAX_HEADING_LINES);
    let heading = Heading::of(&mut above, has_cover)?;
    let is_below_cover = heading.is_below_cover;
    let Heading { title, authors, section, others, .. } = heading;
    let mut draft = Draft { title, date: Some(date), authors, section, ..Draft::default() };

    let mut at = length + 2;
    if line(at).is_some_and(is_time) {
        at += 1;
    }
    draft.source = line(at).map(str::to_owned);
    at += 1;
    let facts = at;
    let mut is_ended = false;
    while let Some(fact) = line(at).filter(|_| !is_ended && at < facts + MAX_FACT_LINES) {
        if is_language(fact) {
            draft.language = Some(fact.to_owned());
        } else if is_copyright(fact) {
            is_ended = true;
        } else if draft.language.is_some() {
            // Nothing but a copyright stands behind the language.
            break;
        } else if is_page(fact) {
            draft.tags.push(format!("page {fact}"));
        }
        at += 1;
    }
    // Without a language these lines are something else.
    draft.language.as_ref()?;
    let body_start = filled.get(at).copied().unwrap_or(lines.len());
    draft.body = body_of(&lines[body_start..]);
    for other in others.iter().rev() {
        draft.lead_with(other);
    }
    Some(Document { draft, is_below_cover })
}

/// Section, headline and byline have at most so many lines.
const MAX_HEADING_LINES: usize = 4;

/// A headline goes on in the line below where that is so long, in characters, or begins with a small letter.
const MIN_WRAP_CHARS: usize = 40;

/// What stands above the number of words.
struct Heading<'l> {
    title: String,
    authors: Vec<String>,
    section: Option<String>,
    /// What is neither of these, in order.
    others: Vec<&'l str>,
    is_below_cover: bool,
}

impl<'l> Heading<'l> {
    /// Reads lines upwards: a byline, the headline, and, unless a cover stands there, what else is above.
    fn of(lines: &mut Vec<&'l str>, has_cover: bool) -> Option<Self> {
        let mut authors = Vec::new();
        if let [.., above, last] = lines[..]
            && let Some(names) = names_below(above, last)
        {
            authors = names;
            lines.pop();
        }
        // A cover has long lines too.
        let goes_on = |pair: &[&str]| {
            pair[1].starts_with(char::is_lowercase) || !has_cover && pair[0].chars().count() >= MIN_WRAP_CHARS
        };
        let n_wrapped = lines.windows(2).rev().take_while(|pair| goes_on(pair)).count();
        let (above, title) = lines.split_at(lines.len().checked_sub(n_wrapped + 1)?);
        let title = one_line(&title.join(" "));
        let (section, others) = match above {
            [section, others @ ..] if !has_cover => (Some((*section).to_owned()), others.to_vec()),
            _ => (None, Vec::new()),
        };
        Some(Self { title, authors, section, others, is_below_cover: has_cover && !above.is_empty() })
    }
}

/// The names in a line below another: a byline, or names alone below what is too long for the name of a section.
fn names_below(above: &str, line: &str) -> Option<Vec<String>> {
    if let Some(names) = byline::names_of_line(line) {
        return Some(names);
    }
    let is_shouted = !line.contains(char::is_lowercase);
    let (_, tail) = if is_shouted { byline::bare_byline(&capitalised(line)) } else { byline::bare_byline(line) }?;
    let is_headline = above.split_whitespace().count() >= MIN_WORDS_OF_HEADLINE
        || above.split_whitespace().skip(1).any(|word| word.len() > 3 && word.starts_with(char::is_lowercase));
    (tail == Tail::Role || is_headline).then(|| byline::names(line)).filter(|names| !names.is_empty())
}

/// What has so many words is a headline, and no section.
const MIN_WORDS_OF_HEADLINE: usize = 4;

/// "AMY ROE" as "Amy Roe".
fn capitalised(line: &str) -> String {
    let mut is_inside = false;
    let letters = line.chars().flat_map(|c| {
        let lower = std::mem::replace(&mut is_inside, c.is_alphabetic()) && c.is_alphabetic();
        let letter: Vec<char> = if lower { c.to_lowercase().collect() } else { vec![c] };
        letter
    });
    letters.collect()
}

/// `4`, `A12`: source codes have no digits, or more letters.
fn is_page(line: &str) -> bool {
    line.len() <= 4
        && line.ends_with(|c: char| c.is_ascii_digit())
        && line.trim_start_matches(|c: char| c.is_ascii_uppercase()).bytes().all(|byte| byte.is_ascii_digit())
}

/// `18:20`, `06:20 AM GMT`.
fn is_time(line: &str) -> bool {
    let Some((hour, rest)) = line.split_once(':') else { return false };
    let is_number = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number(hour) && rest.get(..2).is_some_and(is_number) && line.len() <= 20
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, authors, section and text of the last of two documents, by what stands above its number of words.
    fn second(heading: &str) -> (String, String, String, String) {
        let document = |heading: &str, day: u8| {
            format!(
                "{heading}\n213 words\n{day} March 2021\nThe Examiner\nEXAM\nB3\nEnglish\n(c) 2021, The Examiner.\n\n\
                 It is so.\n\nDocument EXAM00002021030{day}eh34000xx\n\n\n"
            )
        };
        let text = [document("Steel mill to shut", 4), document(heading, 5)].concat();
        let lines: Vec<&str> = text.lines().collect();
        let draft = read(&lines, DayMonthOrder::MonthFirst).expect("an export").drafts.remove(1);
        (draft.title, draft.authors.join(" & "), draft.section.unwrap_or_default(), draft.body)
    }

    #[test]
    fn nothing_above_the_number_of_words_is_lost() {
        let long = "Harbour dues are to rise by six percent in May";
        for (heading, title, authors, section, body) in [
            ("Harbour dues rise\nAmy Roe", "Harbour dues rise", "Amy Roe", "", "It is so."),
            ("Business\nHarbour dues rise\nAmy Roe", "Harbour dues rise", "Amy Roe", "Business", "It is so."),
            ("Harbour dues rise\nBy Amy Roe", "Harbour dues rise", "Amy Roe", "", "It is so."),
            ("Letters\nToo Loud", "Too Loud", "", "Letters", "It is so."),
            (
                "Business\nHarbour dues are to rise by six percent in May\nand once more in June\nAmy Roe",
                &format!("{long} and once more in June"),
                "Amy Roe",
                "Business",
                "It is so.",
            ),
            ("Business\nPorts\nDues rise", "Dues rise", "", "Business", "Ports\n\nIt is so."),
        ] {
            let expected = [title, authors, section, body].map(str::to_owned);
            assert_eq!(<[String; 4]>::from(second(heading)), expected, "{heading}");
        }
    }
}
