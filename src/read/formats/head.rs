//! The head of a text: headline, standfirst, byline, date and paper, which nothing marks but their place and words.
//!
//! Shared by plain text, Markdown, documents and books. Nothing but a whole line is taken, and where the habit is in
//! doubt, the line stays in the text. A standfirst stays too: it is read.

mod dated;

use self::dated::{begins_with_label, dated_line, is_note_of_change};
use super::html::unescape;
use crate::article::PublicationDate;
use crate::read::byline::{Tail, bare_byline, is_role_line, names_of_line, outlet_of_line};
use crate::read::date::{DayMonthOrder, parse_date, parse_date_only};
use crate::read::draft::Draft;
use crate::read::headline::first_sentence;
use crate::read::outlet::{is_agency, is_surely_outlet, names_an_outlet};
use crate::read::prose::wrap_width;

/// Headlines are shorter; a longer first line is a paragraph.
const MAX_TITLE_CHARS: usize = 180;

/// Nobody wraps a line shorter than this: what follows a shorter one is a line of its own.
const MIN_WRAP_CHARS: usize = 40;

/// Headline and text are wrapped within so many characters of each other.
const WRAP_SLACK_CHARS: usize = 12;

/// Author, date and source stand within so many lines below the headline.
const MAX_LINES_BELOW_TITLE: usize = 12;

/// No credit is longer.
const MAX_CREDIT_CHARS: usize = 140;

/// A standfirst has at most so many lines,
const MAX_STANDFIRST_LINES: usize = 5;
/// and so many characters in all.
const MAX_STANDFIRST_CHARS: usize = 400;
/// So many lines may stand between a headline and a date that has no byline beside it.
const MAX_LINES_ABOVE_DATE: usize = 3;

/// A line of at least so many characters is running text.
const MIN_PROSE_CHARS: usize = 60;

/// The headline, if the text begins with one, and what stands below it.
pub(super) fn take_title(text: &str) -> Option<(String, &str)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    // "# Title" and underlined titles occur in plain text as well.
    let title = first.trim().trim_start_matches('#').trim_start();
    let mut below = &text[first.len()..];
    let block: Vec<&str> =
        lines.map(str::trim).take_while(|line| !line.is_empty()).take(MAX_STANDFIRST_LINES).collect();
    let found = |title: &str, below| Some((unescape(title), below));
    let second = block.first().copied().unwrap_or("");
    if second.len() >= 3 && second.chars().all(|c| matches!(c, '=' | '-' | '~' | '*')) {
        below = below.trim_start_matches(['=', '-', '~', '*', ' ']);
        return found(title, below).filter(|_| is_title(title));
    }
    if !is_title(title) {
        return None;
    }
    if second.is_empty() {
        return if below.trim().is_empty() { None } else { found(title, below) };
    }
    let is_byline = |line: &str| bare_names(title, line, true, after_line(below, line)).is_some();
    if is_credit(second) || is_byline(second) {
        return found(title, below);
    }
    // A headline over two lines, with a blank line or the credits below.
    let third = block.get(1).copied().unwrap_or("");
    let after_second = after_line(below, second);
    let both = format!("{title} {second}");
    if (third.is_empty() || is_credit(third)) && second.chars().count() <= 80 && is_title(&both) {
        let n_full = title.chars().count() + 1 + second.split(' ').next().map_or(0, |word| word.chars().count());
        let goes_on = second.starts_with(char::is_lowercase);
        let is_wrapped = || wrap_width(after_second).is_some_and(|width| n_full + WRAP_SLACK_CHARS > width);
        if n_full > MIN_WRAP_CHARS && !after_second.trim().is_empty() && (goes_on || is_wrapped()) {
            return found(&both, after_second);
        }
    }
    // A standfirst, and credits below it.
    let credit = block.iter().position(|line| is_credit(line) || is_byline(line));
    if credit.is_some_and(|at| block[..at].iter().all(|line| is_title(line))) {
        return found(title, below);
    }
    // A short line on top of a long one is a headline; on top of one of its own length, a wrapped text.
    let (width, next_width) = (title.chars().count(), second.chars().count());
    let is_headline = next_width > MAX_TITLE_CHARS || next_width > width * 2;
    // A short line with a blank line below it is a standfirst.
    let has_standfirst = third.is_empty() && is_title(second);
    if is_headline || has_standfirst { found(title, below) } else { None }
}

/// What follows the line `line`, which stands in `text`.
fn after_line<'t>(text: &'t str, line: &str) -> &'t str {
    let mut at = 0;
    for candidate in text.split_inclusive('\n') {
        at += candidate.len();
        if candidate.trim() == line {
            break;
        }
    }
    &text[at..]
}

fn is_credit(line: &str) -> bool {
    names_of_line(line).is_some() || tells_day(line, DayMonthOrder::default()) || is_address(line)
}

/// Whether a line is a day, with what stands beside days.
fn tells_day(line: &str, order: DayMonthOrder) -> bool {
    dated_line(line, order).is_some() || parse_date_only(line, order).is_some()
}

/// Whether a line is an address on the web and nothing else.
fn is_address(line: &str) -> bool {
    let host = ["https://", "http://"].iter().find_map(|scheme| line.strip_prefix(scheme));
    host.is_some_and(|host| host.contains('.') && !host.contains(char::is_whitespace))
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

/// What a line below the headline says beside the story.
enum Credit {
    By(Vec<String>, Option<String>, Option<PublicationDate>),
    Bare(Vec<String>),
    Day(PublicationDate),
    /// "GENEVA, 3 May 2024", which is read too.
    PlaceAndDay(PublicationDate),
    Paper(String, Option<String>, Option<PublicationDate>),
    /// "Staff Writer", "Updated 6:15 p.m. ET", below a name.
    Aside,
    /// The address of the article.
    Address(String),
}

/// Takes byline, date and agency out of the lines below the headline. Returns the standfirst that stood above or
/// between them, and the rest of the text.
pub(super) fn take_credits<'t>(text: &'t str, draft: &mut Draft, order: DayMonthOrder) -> (String, &'t str) {
    take(text, draft, order, Passed { has_gap: true, ..Passed::default() })
}

/// The same for what stands right below the headline, line below line, as [`take_title`] returns it: there a name
/// alone may be a byline.
pub(super) fn take_credits_beside<'t>(text: &'t str, draft: &mut Draft, order: DayMonthOrder) -> (String, &'t str) {
    take(text, draft, order, Passed::default())
}

fn take<'t>(text: &'t str, draft: &mut Draft, order: DayMonthOrder, mut passed: Passed<'t>) -> (String, &'t str) {
    let (mut kept, mut rest, mut at) = (String::new(), text, 0);
    for line in text.split_inclusive('\n').take(MAX_LINES_BELOW_TITLE * 2) {
        let start = at;
        at += line.len();
        let (trimmed, below) = (line.trim(), &text[at..]);
        if trimmed.is_empty() {
            passed.has_gap = true;
            continue;
        }
        // The last line is never taken: it is the text.
        if below.trim().is_empty() {
            break;
        }
        let is_short = trimmed.chars().count() <= MAX_CREDIT_CHARS;
        match credit(trimmed, below, draft, passed.has_gap, order).filter(|_| is_short) {
            Some(credit) if passed.lines.is_empty() || credit.may_follow(&passed, draft, below, order) => {
                kept.push_str(&text[text.len() - rest.len()..start]);
                if matches!(credit, Credit::PlaceAndDay(_)) {
                    kept.push_str(line);
                }
                credit.fill(draft);
                rest = below;
                passed.lines.clear();
            }
            Some(_) => break,
            None => {
                passed.lines.push(trimmed);
                // Below the byline stands the text.
                if !draft.authors.is_empty() && rest.len() < text.len() || !passed.may_be_standfirst() {
                    break;
                }
            }
        }
    }
    (kept, rest)
}

/// Lines that were passed over since the last credit.
#[derive(Default)]
struct Passed<'t> {
    lines: Vec<&'t str>,
    /// Whether a blank line stood among all lines so far.
    has_gap: bool,
}

impl Passed<'_> {
    fn may_be_standfirst(&self) -> bool {
        self.lines.len() <= MAX_STANDFIRST_LINES
            && self.lines.iter().map(|line| line.chars().count()).sum::<usize>() <= MAX_STANDFIRST_CHARS
    }
}

impl Credit {
    /// Whether the lines passed over are a standfirst, for what follows them.
    fn may_follow(&self, passed: &Passed<'_>, draft: &Draft, below: &str, order: DayMonthOrder) -> bool {
        let is_near =
            passed.lines.len() <= MAX_LINES_ABOVE_DATE && !passed.lines.iter().any(|line| line.ends_with(':'));
        match self {
            Self::By(names, ..) => names.iter().all(|name| name.contains(' ')),
            Self::Bare(_) => true,
            Self::Day(date) | Self::PlaceAndDay(date) | Self::Paper(_, _, Some(date)) => {
                is_near && draft.date.is_none() && date.has_day() && !is_list_of_days(below, order) && has_prose(below)
            }
            Self::Paper(..) | Self::Aside | Self::Address(_) => false,
        }
    }

    fn fill(self, draft: &mut Draft) {
        match self {
            Self::By(names, paper, date) => {
                draft.authors.extend(names);
                draft.source = draft.source.take().or(paper);
                draft.date = draft.date.or(date);
            }
            Self::Bare(names) => draft.authors.extend(names),
            Self::Day(date) | Self::PlaceAndDay(date) => draft.date = draft.date.or(Some(date)),
            Self::Paper(source, section, date) => {
                draft.source = draft.source.take().or(Some(source));
                draft.section = draft.section.take().or(section);
                draft.date = draft.date.or(date);
            }
            Self::Aside => {}
            Self::Address(url) => draft.url = Some(url),
        }
    }
}

fn credit(line: &str, below: &str, draft: &Draft, has_gap: bool, order: DayMonthOrder) -> Option<Credit> {
    if let Some(names) = names_of_line(line) {
        return Some(Credit::By(names, outlet_of_line(line), parse_date(line, order)));
    }
    if let Some(dated) = dated_line(line, order) {
        return Some(match dated.outlet {
            Some(outlet) => Credit::Paper(outlet, None, Some(dated.date)),
            None => Credit::Day(dated.date),
        });
    }
    if let Some(date) = parse_date_only(line, order) {
        return Some(Credit::Day(date));
    }
    if is_address(line) && draft.url.as_deref().is_none_or(|url| url == line) {
        return Some(Credit::Address(line.to_owned()));
    }
    if let Some(date) = place_and_day(line, order) {
        return Some(Credit::PlaceAndDay(date));
    }
    let has_author = !draft.authors.is_empty();
    if has_author && !is_agency(line) && (is_role_line(line) || is_note_of_change(line, order)) {
        return Some(Credit::Aside);
    }
    if let Some(source) = source_line(line) {
        return Some(Credit::Paper(source, None, None));
    }
    if let Some((source, section)) = outlet_line(line)
        && next_is_date(below, order)
        && (section.is_some() || has_author || names_an_outlet(&source))
    {
        return Some(Credit::Paper(source, section, None));
    }
    // A paper on a line of its own, above the byline.
    if is_surely_outlet(line) && outlet_line(line).is_some() && next_is_byline(below) {
        return Some(Credit::Paper(line.to_owned(), None, None));
    }
    if has_author {
        return None;
    }
    if is_lone_name(line) && next_is_date(below, order) {
        return Some(Credit::Bare(vec![line.to_owned()]));
    }
    bare_names(&draft.title, line, !has_gap, below).map(Credit::Bare)
}

/// Names of a line without "By", where its neighbours make it a byline. `is_beside` says that no blank line stands
/// between it and the headline.
fn bare_names(title: &str, line: &str, is_beside: bool, below: &str) -> Option<Vec<String>> {
    let (names, tail) = bare_byline(line)?;
    let next = below.lines().next().unwrap_or("").trim();
    let is_last = next.is_empty() || next.chars().count() >= MIN_PROSE_CHARS;
    let is_byline = match tail {
        Tail::Role => true,
        _ if next_is_date(below, DayMonthOrder::default()) => true,
        // Where all words of headlines are capitalised, those of a standfirst are too.
        Tail::In => is_sentence(title) && has_prose(below),
        Tail::Place | Tail::Nothing => is_sentence(title) && is_beside && is_last && has_prose(below),
    };
    is_byline.then_some(names)
}

/// Whether a headline is written as sentences are: "Talks end early", not "Talks End Early".
fn is_sentence(title: &str) -> bool {
    const SMALL: [&str; 24] = [
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "of", "off", "on", "or", "over",
        "than", "the", "to", "up", "via", "vs", "with",
    ];
    let mut words = title.split_whitespace().skip(1);
    words.any(|word| word.starts_with(char::is_lowercase) && !SMALL.contains(&word))
}

/// "GENEVA, 3 May 2024", "New Delhi, 3 May 2024".
fn place_and_day(line: &str, order: DayMonthOrder) -> Option<PublicationDate> {
    let (place, day) = line.split_once(", ")?;
    let is_place = place.split_whitespace().count() <= 3
        && place.split([' ', '-', '/']).all(starts_capital)
        && !place.contains(|c: char| c.is_ascii_digit());
    if !is_place {
        return None;
    }
    parse_date_only(day, order).filter(PublicationDate::has_day)
}

/// Whether days and texts take turns, as in a chronicle.
fn is_list_of_days(below: &str, order: DayMonthOrder) -> bool {
    let lines = below.lines().map(str::trim).filter(|line| !line.is_empty()).take(MAX_LINES_BELOW_TITLE);
    let mut has_text = false;
    for line in lines {
        if parse_date_only(line, order).is_none() {
            has_text = true;
        } else if has_text {
            return true;
        }
    }
    false
}

fn has_prose(below: &str) -> bool {
    let lines = below.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.take(MAX_STANDFIRST_LINES).any(|line| line.chars().count() >= MIN_PROSE_CHARS || line.ends_with(['.', '。']))
}

/// "The Paper", "The Paper — Business", "The Paper | Lucknow": only where a date stands below it.
fn outlet_line(line: &str) -> Option<(String, Option<String>)> {
    let line = line.split(" | ").next().unwrap_or(line);
    let (name, section) = line.split_once(" — ").map_or((line, None), |(name, section)| (name, Some(section)));
    let is_name = |name: &str| {
        let n_words = name.split_whitespace().count();
        (1..=6).contains(&n_words)
            && starts_capital(name)
            && !begins_with_label(name)
            && !name.ends_with(['.', '!', '?', ',', ';', ':'])
    };
    let is_outlet = is_name(name) && section.is_none_or(is_name);
    is_outlet.then(|| (name.to_owned(), section.map(str::to_owned)))
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
    next.is_some_and(|line| tells_day(line.trim(), order))
}

fn next_is_byline(text: &str) -> bool {
    let next = text.lines().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| names_of_line(line).is_some())
}

/// "(Reuters)", "Source: The Paper".
fn source_line(line: &str) -> Option<String> {
    if let Some(inner) = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (inner.split_whitespace().count() <= 4 && starts_capital(inner)).then(|| inner.to_owned());
    }
    if is_agency(line) {
        return Some(line.to_owned());
    }
    let name = line.strip_prefix("Source: ")?;
    (name.chars().count() <= 60).then(|| name.to_owned())
}

pub(super) fn starts_capital(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}
