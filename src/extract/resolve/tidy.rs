//! Mentions as the design wants them, whichever tagger found them: titles, articles and possessives stay
//! outside, and what is no name by itself is dropped.

use std::cell::OnceCell;
use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Class, Gazetteer, is_possessive};
use crate::extract::resolve::other;
use crate::extract::tagged::{Document, Tagged};
use crate::mention::Kind;

/// Tidy mentions, sorted, without overlaps.
pub(super) fn tidy(document: &Document<'_>, gazetteer: &Gazetteer, tagged: &[Tagged]) -> Vec<Tagged> {
    let mut tidied: Vec<Tagged> = Vec::with_capacity(tagged.len());
    let mut events = Vec::new();
    let surnames = Surnames { document, tagged, words: OnceCell::new() };
    for &mention in tagged {
        let Some(mention) = tidy_one(document, gazetteer, mention) else { continue };
        let last = tidied.last();
        let mention = other::settle(document, gazetteer, &surnames, &mut events, last, mention);
        let Some(mention) = mention else { continue };
        if tidied.last().is_none_or(|last| last.end_token <= mention.first_token) {
            tidied.push(mention);
        }
    }
    if !events.is_empty() {
        events.sort_unstable();
        events.dedup();
        tidied.retain(|&mention| !other::is_short_for_event(document, gazetteer, &surnames, &events, mention));
    }
    tidied
}

/// Last words of the names in full of an article's people, gathered when first asked for.
pub(super) struct Surnames<'d> {
    document: &'d Document<'d>,
    tagged: &'d [Tagged],
    words: OnceCell<HashSet<&'d str, FixedState>>,
}

impl Surnames<'_> {
    /// Whether somebody named in full is called so.
    pub(super) fn has(&self, word: &str) -> bool {
        let is_full = |mention: &&Tagged| mention.kind == Kind::Person && mention.end_token > mention.first_token + 1;
        let last = |mention: &Tagged| {
            let words = (mention.first_token..mention.end_token).rev().map(|token| self.document.word(token));
            words.into_iter().find(|word| !is_possessive(word)).unwrap_or_default()
        };
        let words = || self.tagged.iter().filter(is_full).map(last).collect();
        self.words.get_or_init(words).contains(word)
    }
}

fn tidy_one(document: &Document<'_>, gazetteer: &Gazetteer, mut mention: Tagged) -> Option<Tagged> {
    let words = &gazetteer.words;
    let is_title = |token: usize| {
        let classes = words.classes(document.word(token));
        classes.is_honorific() || classes.has(Class::Role) || classes.has(Class::RoleMod)
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
        let is_mark = !word.chars().any(char::is_alphanumeric) || is_foreign(word) || is_possessive(word);
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
