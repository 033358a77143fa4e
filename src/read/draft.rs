//! An article in the making: what a reader found, before it is cleaned and checked.
//!
//! Every reader fills a [`Draft`]; [`Draft::finish`] is the one place where the promises of
//! [`Article`] are made good: clean NFC text, one-line titles, no empty bodies, no empty names.

use std::collections::HashSet;

use super::byline;
use super::date::{date_of_file_name, date_of_folders, date_of_url, is_month_name};
use super::decode::clean;
use super::error::{RejectReason, Rejected};
use super::outlet::names_an_outlet;
use super::prose::one_line;
use crate::article::{Article, Format, Origin, PublicationDate};

/// A longer headline is a text in the wrong place; it is cut at a word, and stands above the text too.
const MAX_TITLE_CHARS: usize = 400;

/// Longer names of sources, authors, sections and tags are sentences; they are cut at a word.
const MAX_LABEL_CHARS: usize = 120;

/// Bylines and lists of what is new that an agency sends above a story; more are its text.
const MAX_PARAGRAPHS_ABOVE: usize = 8;

/// "RIO DE JANEIRO, June 12, 2006 (AFP) - " is among the longest.
const MAX_DATELINE_WORDS: usize = 6;

/// Words in names of places that bear no capital: "Rio de Janeiro", "Frankfurt am Main".
const PARTICLES: [&str; 25] = [
    "al", "am", "an", "and", "da", "de", "del", "den", "der", "di", "do", "du", "el", "en", "la", "las", "le", "les",
    "los", "nad", "of", "on", "sur", "und", "y",
];

/// What is printed above a text, and at its beginning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    /// In their order: those lead the text that it does not say itself.
    pub(crate) standfirsts: Vec<String>,
    /// As printed, or the name of a place; empty where there is none.
    pub(crate) dateline: String,
}

/// What a reader found. Empty strings mean "not found".
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// See [`Article::own_id`].
    pub(crate) own_id: Option<String>,
    /// See [`Article::title`].
    pub(crate) title: String,
    /// See [`Article::body`]; paragraphs as [`super::prose`] makes them.
    pub(crate) body: String,
    /// See [`Article::date`].
    pub(crate) date: Option<PublicationDate>,
    /// See [`Article::authors`].
    pub(crate) authors: Vec<String>,
    /// See [`Article::source`].
    pub(crate) source: Option<String>,
    /// See [`Article::section`].
    pub(crate) section: Option<String>,
    /// See [`Article::url`].
    pub(crate) url: Option<String>,
    /// As declared, in any form.
    pub(crate) language: Option<String>,
    /// See [`Article::tags`].
    pub(crate) tags: Vec<String>,
}

impl Draft {
    /// Puts before a text what is printed above it; the text itself may begin with any part of it.
    pub(crate) fn open_with(&mut self, opening: &Opening) {
        self.drop_headline();
        // A standfirst that is all of the text stands where the text would.
        let is_empty = self.body.is_empty();
        let mut standfirsts = opening.standfirsts.iter().filter(|standfirst| !standfirst.is_empty());
        if is_empty && let Some(standfirst) = standfirsts.next() {
            self.body.clone_from(standfirst);
        }
        self.set_dateline(&opening.dateline);
        for standfirst in standfirsts.rev().filter(|_| !is_empty) {
            self.lead_with(standfirst);
        }
    }

    /// Makes the standfirst the first paragraph, unless title or body say it already. A dateline is set
    /// before: it belongs to the text.
    pub(crate) fn lead_with(&mut self, standfirst: &str) {
        if self.body.is_empty() {
            standfirst.clone_into(&mut self.body);
        } else if !standfirst.is_empty() && !self.is_said(standfirst) {
            self.body = format!("{standfirst}\n\n{}", self.body);
        }
    }

    /// Makes the first paragraphs of the text, which stood apart from it, its beginning, unless it says all of them.
    pub(crate) fn begin_with(&mut self, paragraphs: &str) {
        if self.body.is_empty() {
            paragraphs.clone_into(&mut self.body);
        } else if !letters(&self.body).contains(&letters(paragraphs.trim_end_matches(['…', '.']))) {
            self.body = format!("{paragraphs}\n\n{}", self.body);
        }
    }

    fn is_said(&self, standfirst: &str) -> bool {
        says(&self.body, standfirst) || says(&self.title, standfirst)
    }

    /// Puts the dateline before the text, as it is printed, unless the text begins with one. What stands
    /// above that beginning is a byline, or a list of what is new in the story.
    pub(crate) fn set_dateline(&mut self, dateline: &str) {
        let dateline = one_line(dateline);
        let dateline = dateline.trim_end_matches(['-', '–', '—', ':', ',', ' ']);
        let dateline = if dateline.ends_with(").") { &dateline[..dateline.len() - 1] } else { dateline };
        let Some(place) = place_of(dateline) else { return };
        let mut start = 0;
        for paragraph in self.body.split("\n\n").take(MAX_PARAGRAPHS_ABOVE) {
            if byline::names_of_line(paragraph).is_none() {
                break;
            }
            start += paragraph.len() + 2;
        }
        let Some(text) = self.body.get(start..).filter(|text| !text.is_empty()) else { return };
        let is_told = has_dateline(text)
            || begins_with_place(text, &place)
            || text
                .split("\n\n")
                .take(MAX_PARAGRAPHS_ABOVE)
                .any(|paragraph| has_dateline(paragraph) && begins_with_place(paragraph, &place));
        if !is_told && dateline.chars().count() <= MAX_LABEL_CHARS {
            self.body.insert_str(start, &format!("{dateline} — "));
        }
    }

    /// Takes the headline off the text, where it is said twice.
    pub(crate) fn drop_headline(&mut self) {
        if let Some((first, rest)) = self.body.split_once("\n\n")
            && one_line(first) == one_line(&self.title)
        {
            self.body = rest.to_owned();
        }
    }

    /// A title where there is none, from the text or the file's name.
    pub(crate) fn title_from_body(&mut self, path: &str) {
        if self.title.trim().is_empty() {
            self.title = super::headline::of_body(&self.body, path);
        }
    }

    /// Cleans what was found, and rejects it when no text is in it.
    pub(crate) fn finish(self, origin: Origin, format: Format) -> Result<Article, Rejected> {
        let mut body = clean(&self.body).trim().to_owned();
        if !body.chars().any(char::is_alphanumeric) {
            return Err(Rejected { origin, reason: RejectReason::NoText });
        }
        let source = self.source.as_deref().and_then(label);
        // A paper that signs with its own name says no more than that; a person may be a paper alone.
        let is_paper = |name: &str| {
            source.as_ref().is_some_and(|source| source.eq_ignore_ascii_case(name))
                && (names_an_outlet(name) || !name.contains(' '))
        };
        let authors = labels(&self.authors).filter(|author| !is_paper(author)).collect();
        let tags = labels(&self.tags).collect();
        let whole_title = one_line(&clean(&self.title));
        let title = within(&whole_title, MAX_TITLE_CHARS);
        if title != whole_title && !one_line(&body).contains(&whole_title) {
            body = format!("{whole_title}\n\n{body}");
        }
        let url = self.url.map(|url| clean(&url).trim().to_owned()).filter(|url| is_address(url));
        // Where an article states no day, its address or its place may.
        let by_place = || {
            let path = origin.record.is_none().then_some(&origin.path)?;
            date_of_file_name(path).or_else(|| date_of_folders(path))
        };
        let date = self.date.or_else(|| date_of_url(url.as_deref()?)).or_else(by_place);
        Ok(Article {
            origin,
            own_id: self.own_id.map(|id| one_line(&clean(&id))).filter(|id| !id.is_empty()),
            title,
            body,
            date,
            authors,
            source,
            section: self.section.as_deref().and_then(label),
            url,
            language: self.language.as_deref().and_then(primary_subtag),
            tags,
            format,
        })
    }
}

/// The place in "GENEVA, May 3 (AP)" or "3 May, Geneva"; none in a date alone.
fn place_of(dateline: &str) -> Option<String> {
    let line = dateline.split('(').next().unwrap_or("");
    let is_of_date = |word: &&str| word.contains(|c: char| c.is_ascii_digit()) || is_month_name(word.trim_matches('.'));
    let places = line.split(',').map(|part| {
        let words: Vec<&str> = part.split_whitespace().skip_while(is_of_date).collect();
        let end = words.iter().position(is_of_date).unwrap_or(words.len());
        words[..end].join(" ")
    });
    places.into_iter().find(|place| place.chars().any(char::is_alphabetic))
}

/// Whether a text begins with a place and not with a sentence about it: "Geneva is a city".
fn begins_with_place(text: &str, place: &str) -> bool {
    let mut rest = text.trim_start_matches(['(', '（', '【', '[', ' ']);
    for wanted in place.chars() {
        let first = rest.chars().next().filter(|first| first.to_lowercase().eq(wanted.to_lowercase()));
        let Some(first) = first else { return false };
        rest = &rest[first.len_utf8()..];
    }
    let mut next = rest.chars();
    match next.next() {
        // "【北京共同】": nothing stands between words there.
        _ if text.starts_with(['（', '【']) => true,
        Some(' ') => !next.next().is_some_and(char::is_lowercase),
        Some(c) => !c.is_alphanumeric() && !matches!(c, '\'' | '’'),
        None => true,
    }
}

/// What Chinese agencies put behind place and day: "新华社北京5月3日电".
const WIRED: [&str; 4] = ["日电", "日電", "日讯", "日訊"];

/// Whether a text begins like "GENEVA (AP) -- " or "KYIV, May 3 – ".
fn has_dateline(text: &str) -> bool {
    let head: String = text.chars().take(60).collect();
    if WIRED.iter().any(|wired| head.contains(wired)) {
        return true;
    }
    let end = [" -- ", " — ", " – ", " - ", "(", "--"].iter().filter_map(|mark| head.find(mark)).min();
    // Places are written with capitals, but for particles.
    let is_of_place = |word: &&str| {
        let is_lower = word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
        let word = word.trim_matches(['.', ',']);
        !is_lower || PARTICLES.contains(&word) || is_month_name(word)
    };
    end.is_some_and(|end| {
        let words: Vec<&str> = head[..end].split_whitespace().collect();
        words.len() <= MAX_DATELINE_WORDS && words.iter().all(is_of_place)
    })
}

/// So many letters of a standfirst tell that it stands in a text.
const MAX_COMPARED_CHARS: usize = 60;

/// Whether `text` says what `lead` begins with. A lead may break off: "The two sides left…".
fn says(text: &str, lead: &str) -> bool {
    let lead = lead.split(['…', '[']).next().unwrap_or(lead).split("...").next().unwrap_or(lead);
    let lead: String = letters(lead).chars().take(MAX_COMPARED_CHARS).collect();
    letters(text).contains(&lead)
}

/// The letters and digits of a text, in small letters.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Primary subtag of a declared language: `en` of `en-US`, `en_GB` and `English`.
pub(crate) fn primary_subtag(declared: &str) -> Option<String> {
    let declared = declared.trim().to_lowercase();
    if let Some((_, tag)) = LANGUAGE_NAMES.iter().find(|(name, _)| *name == declared) {
        return Some((*tag).to_owned());
    }
    let subtag = declared.split(['-', '_', '.', ',']).next().unwrap_or("");
    let is_tag = (2..=3).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_lowercase());
    let subtag = THREE_LETTERS.iter().find(|(three, _)| *three == subtag).map_or(subtag, |(_, two)| two);
    (is_tag && !matches!(subtag, "und" | "zxx" | "mul")).then(|| subtag.to_owned())
}

/// Whether a word is the name of a language as records give it.
pub(crate) fn is_language_name(word: &str) -> bool {
    let word = word.trim().to_lowercase();
    LANGUAGE_NAMES.iter().any(|(name, _)| *name == word)
}

/// Languages that records name in words.
const LANGUAGE_NAMES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("catalan", "ca"),
    ("chinese", "zh"),
    ("czech", "cs"),
    ("danish", "da"),
    ("deutsch", "de"),
    ("dutch", "nl"),
    ("english", "en"),
    ("español", "es"),
    ("finnish", "fi"),
    ("français", "fr"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("norwegian", "no"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
];

/// ISO 639-2 codes that data sets use where a two-letter code exists.
const THREE_LETTERS: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("chi", "zh"),
    ("deu", "de"),
    ("eng", "en"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("ger", "de"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("pol", "pl"),
    ("por", "pt"),
    ("rus", "ru"),
    ("spa", "es"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("zho", "zh"),
];

fn label(text: &str) -> Option<String> {
    let text = one_line(&clean(text));
    text.chars().any(char::is_alphanumeric).then(|| within(&text, MAX_LABEL_CHARS))
}

/// Each name once.
fn labels(texts: &[String]) -> impl Iterator<Item = String> {
    let mut seen = HashSet::new();
    texts.iter().filter_map(|text| label(text)).filter(move |label| seen.insert(label.clone()))
}

/// A text that is too long, cut so that it is not: what is read back later is not cut once more.
fn within(text: &str, max_chars: usize) -> String {
    if text.chars().nth(max_chars).is_none() { text.to_owned() } else { shorten(text, max_chars - 1) }
}

/// At most `max_chars` of `text`, cut between words, and a mark where it is cut.
pub(crate) fn shorten(text: &str, max_chars: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(max_chars) else { return text.to_owned() };
    let end = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", text[..end].trim_end())
}

fn is_address(url: &str) -> bool {
    let has_scheme = ["http://", "https://", "urn:", "tag:"].iter().any(|scheme| url.starts_with(scheme));
    has_scheme && !url.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_primary_subtags() {
        for (declared, expected) in [
            ("en", Some("en")),
            ("en-US", Some("en")),
            ("PT_br", Some("pt")),
            ("English", Some("en")),
            ("eng", Some("en")),
            ("und", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(primary_subtag(declared).as_deref(), expected, "{declared}");
        }
    }

    #[test]
    fn a_standfirst_is_said_once() {
        let text = |standfirst: &str, body: &str| {
            let mut draft = Draft { title: "Talks end".to_owned(), body: body.to_owned(), ..Draft::default() };
            draft.lead_with(standfirst);
            draft.body
        };
        assert_eq!(text("No deal.", "Both sides left."), "No deal.\n\nBoth sides left.");
        assert_eq!(text("Both sides…", "Both sides left."), "Both sides left.");
        assert_eq!(text("Talks end", "Both sides left."), "Both sides left.");
        assert_eq!(text("No deal.", ""), "No deal.");
    }

    #[test]
    fn first_paragraphs_are_said_once_and_whole() {
        let long = "The two sides left the building by the lake, one by the front door";
        let text = |first: &str, body: &str| {
            let mut draft = Draft { body: body.to_owned(), ..Draft::default() };
            draft.begin_with(first);
            draft.body
        };
        assert_eq!(text("Both left.", "No deal."), "Both left.\n\nNo deal.");
        assert_eq!(
            text(&format!("{long}…"), &format!("{long} and one by the back.")),
            format!("{long} and one by the back.")
        );
        let (first, body) = (format!("{long}, one by boat."), format!("{long}."));
        assert_eq!(text(&first, &body), format!("{first}\n\n{body}"));
    }

    #[test]
    fn a_dateline_stands_before_the_text() {
        let body = |dateline: &str, body: &str| {
            let mut draft = Draft { body: body.to_owned(), ..Draft::default() };
            draft.set_dateline(dateline);
            draft.body
        };
        assert_eq!(body("  GENEVA, May 3 - ", "Both sides left."), "GENEVA, May 3 — Both sides left.");
        assert_eq!(body("Geneva", "GENEVA (AP) Both sides left."), "GENEVA (AP) Both sides left.");
        assert_eq!(body("Genf", "GENEVA (AP) -- Both sides left."), "GENEVA (AP) -- Both sides left.");
        assert_eq!(body("GENEVA May 3 (AP).-", "Both sides — all left."), "GENEVA May 3 (AP) — Both sides — all left.");
        assert_eq!(body("Geneva", "Geneva is dry — again."), "Geneva — Geneva is dry — again.");
        assert_eq!(body("Geneva", "The lake shrank — again."), "Geneva — The lake shrank — again.");
        assert_eq!(body("20240503", "Both sides left."), "Both sides left.");
        for told in ["新华社北京5月3日电（记者）双方离开。", "【北京共同】双方が去った。"]
        {
            assert_eq!(body("北京", told), told);
        }
        assert_eq!(body("Geneva", ""), "");
    }

    #[test]
    fn a_dateline_is_looked_for_below_bylines_and_lists() {
        let body = |body: &str| {
            let mut draft = Draft { body: body.to_owned(), ..Draft::default() };
            draft.set_dateline("GENEVA, May 3");
            draft.body
        };
        for text in
            ["By Jane Doe\n\nGENEVA, May 3 (Wire) - Both left.", "* Talks end\n\nGeneva, May 3 (Wire) - Both left."]
        {
            assert_eq!(body(text), text);
        }
        assert_eq!(body("By Jane Doe\n\nBoth left."), "By Jane Doe\n\nGENEVA, May 3 — Both left.");
        assert_eq!(body("By Jane Doe"), "By Jane Doe");
    }

    #[test]
    fn a_standfirst_stands_above_the_dateline() {
        let body = |standfirsts: &[&str], body: &str| {
            let mut draft = Draft { title: "Talks end".to_owned(), body: body.to_owned(), ..Draft::default() };
            let standfirsts = standfirsts.iter().map(|&standfirst| standfirst.to_owned()).collect();
            draft.open_with(&Opening { standfirsts, dateline: "GENEVA".to_owned() });
            draft.body
        };
        assert_eq!(body(&["No deal."], "Talks end\n\nBoth left."), "No deal.\n\nGENEVA — Both left.");
        assert_eq!(body(&["Both left.", "No deal."], "Both left. Then"), "No deal.\n\nGENEVA — Both left. Then");
        assert_eq!(body(&["", "No deal."], ""), "GENEVA — No deal.");
        assert_eq!(
            body(&["No deal.", "All is open.", "No deal"], "Both left."),
            "All is open.\n\nNo deal\n\nGENEVA — Both left."
        );
    }

    #[test]
    fn long_text_is_cut_between_words() {
        assert_eq!(shorten("one two three", 9), "one two…");
        assert_eq!(shorten("one", 9), "one");
        assert_eq!((within("abcdef", 4), within("abcd", 4)), ("abc…".to_owned(), "abcd".to_owned()));
    }
}
