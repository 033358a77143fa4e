//! Mentions as the design wants them, whichever tagger found them: titles, articles and possessives stay
//! outside, and what is no name by itself is dropped.

use crate::extract::gazetteer::{Class, Gazetteer};
use crate::extract::tagged::{Document, Tagged};
use crate::mention::Kind;

/// Tidy mentions, sorted, without overlaps.
pub(super) fn tidy(document: &Document<'_>, gazetteer: &Gazetteer, tagged: &[Tagged]) -> Vec<Tagged> {
    let mut tidied: Vec<Tagged> = Vec::with_capacity(tagged.len());
    for &mention in tagged {
        let Some(mention) = tidy_one(document, gazetteer, mention) else { continue };
        if tidied.last().is_none_or(|last| last.end_token <= mention.first_token) {
            tidied.push(mention);
        }
    }
    tidied
}

fn tidy_one(document: &Document<'_>, gazetteer: &Gazetteer, mut mention: Tagged) -> Option<Tagged> {
    let words = &gazetteer.words;
    let is_title = |token: usize| {
        let classes = words.classes(document.word(token));
        [Class::Honorific, Class::HonorificM, Class::HonorificF, Class::Role, Class::RoleMod]
            .iter()
            .any(|&class| classes.has(class))
    };
    // The trained tagger knows words by their capitals, and scripts without any are all new to it.
    let is_english = document.language.is_none_or(|language| language == "en");
    let is_foreign = |word: &str| is_english && word.chars().any(|c| c.is_alphabetic() && !is_cased(c));
    while mention.first_token < mention.end_token {
        let word = document.word(mention.first_token);
        let n_left = mention.end_token - mention.first_token;
        let is_article =
            matches!(word, "the" | "a" | "an" | "The" | "A" | "An") && n_left > 1 && mention.kind != Kind::Org
                || matches!(word, "the" | "a" | "an") && n_left > 1;
        let is_mark = !word.starts_with(char::is_alphanumeric) || is_foreign(word);
        let strips =
            is_mark || is_article || mention.kind == Kind::Person && n_left > 1 && is_title(mention.first_token);
        if !strips {
            break;
        }
        mention.first_token += 1;
    }
    while mention.first_token < mention.end_token {
        let word = document.word(mention.end_token - 1);
        let is_mark =
            !word.chars().any(char::is_alphanumeric) || is_foreign(word) || matches!(word, "'s" | "’s" | "'S");
        if !is_mark {
            break;
        }
        mention.end_token -= 1;
    }
    if mention.first_token >= mention.end_token {
        return None;
    }
    let has_capital =
        (mention.first_token..mention.end_token).any(|token| document.word(token).contains(char::is_uppercase));
    if is_english && mention.kind == Kind::Person && !has_capital {
        return None;
    }
    if mention.end_token == mention.first_token + 1 {
        let word = document.word(mention.first_token);
        let facts = words.facts(word);
        let is_small = mention.kind == Kind::Person && word.starts_with(char::is_lowercase) && word.is_ascii();
        // "King" is a name, but not before another ("Senator Hawthorne").
        let is_before_name = (document.tokens.get(mention.end_token))
            .is_some_and(|token| token.span.of(document.text).starts_with(char::is_uppercase));
        let is_title =
            mention.kind == Kind::Person && facts.classes.has(Class::Role) && (is_before_name || !facts.is_family());
        if facts.classes.has(Class::Never) && mention.kind != Kind::Org
            || is_pronoun(word)
            || is_small && facts.is_common()
            || is_title
        {
            return None;
        }
    }
    Some(mention)
}

fn is_cased(c: char) -> bool {
    c.is_uppercase() || c.is_lowercase()
}

fn is_pronoun(word: &str) -> bool {
    // "WHO" and "IT" are none.
    if word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    matches!(
        word.to_ascii_lowercase().as_str(),
        "i" | "he"
            | "she"
            | "it"
            | "we"
            | "they"
            | "you"
            | "him"
            | "her"
            | "them"
            | "his"
            | "hers"
            | "its"
            | "their"
            | "our"
            | "your"
            | "my"
            | "me"
            | "who"
            | "this"
            | "that"
            | "these"
            | "those"
    )
}
