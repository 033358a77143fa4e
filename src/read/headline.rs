//! What a headline is taken from where an article states none: its first sentence, or the name of its
//! file.

use super::detect::extension;
use super::draft::shorten;
use super::prose::one_line;

/// A title made of a first sentence is cut here.
const MAX_SENTENCE_TITLE_CHARS: usize = 100;

/// The end of a first sentence is looked for so far.
const MAX_SENTENCE_CHARS: usize = 1000;

/// A title for a text without headline: its first sentence if short, else the file name if that is
/// made of words, else the beginning of the sentence.
pub(crate) fn of_body(body: &str, path: &str) -> String {
    let first = body.split("\n\n").next().unwrap_or("");
    let first = one_line(first);
    let sentence = first_sentence(&first);
    if sentence.chars().count() <= MAX_SENTENCE_TITLE_CHARS {
        return sentence.trim_end_matches(['.', ':', ';', ',']).to_owned();
    }
    title_of_file_name(path).unwrap_or_else(|| shorten(sentence, MAX_SENTENCE_TITLE_CHARS))
}

pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = extension(name);
    if extension.is_empty() { name } else { &name[..name.len() - extension.len() - 1] }
}

/// `largest-prisoner-exchange.txt` is "Largest prisoner exchange"; `000_30904ec8.txt` says nothing.
fn title_of_file_name(path: &str) -> Option<String> {
    let stem = stem(path).trim_start_matches(|c: char| !c.is_alphabetic());
    let words: Vec<&str> = stem.split(['-', '_', ' ', '+', '.']).filter(|word| !word.is_empty()).collect();
    let is_word = |word: &&&str| word.chars().all(char::is_alphabetic) && word.chars().count() >= 2;
    let n_words = words.iter().filter(is_word).count();
    if n_words < 3 || n_words * 3 < words.len() * 2 {
        return None;
    }
    let title = words.join(" ");
    let mut chars = title.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}

/// The text up to its first full stop, question or exclamation mark that ends a sentence; all of it where
/// no sentence ends within [`MAX_SENTENCE_CHARS`].
pub(crate) fn first_sentence(text: &str) -> &str {
    let mut previous = '\0';
    for (at, c) in text.char_indices().take(MAX_SENTENCE_CHARS) {
        let end = at + c.len_utf8();
        let rest = &text[end..];
        let next_is_capital =
            rest.trim_start_matches(['”', '"', '’', ' ']).chars().next().is_none_or(|c| !c.is_lowercase());
        let is_abbreviation = c == '.' && {
            let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or("");
            word.chars().count() <= 3 && word.chars().next().is_some_and(char::is_uppercase) || word.contains('.')
        };
        let ends = matches!(c, '.' | '!' | '?') && (rest.is_empty() || rest.starts_with([' ', '”', '"', '’']));
        if (ends && next_is_capital && !is_abbreviation && previous.is_alphanumeric())
            || matches!(c, '。' | '！' | '？')
        {
            return &text[..end];
        }
        previous = c;
    }
    text
}
