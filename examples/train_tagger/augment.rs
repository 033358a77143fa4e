//! Sentences as headlines have them: in title case and in capitals.

use crate::corpus::Sentence;

/// What is done to the capitals of a sentence, so that headlines are learnt too.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Recase {
    Keep,
    Upper,
    Title,
}

impl Recase {
    pub(crate) fn apply(self, sentence: &mut Sentence) {
        for (i, (word, _)) in sentence.iter_mut().enumerate() {
            let is_minor = matches!(
                word.as_str(),
                "a" | "an"
                    | "and"
                    | "as"
                    | "at"
                    | "but"
                    | "by"
                    | "for"
                    | "in"
                    | "nor"
                    | "of"
                    | "on"
                    | "or"
                    | "the"
                    | "to"
                    | "up"
                    | "'s"
                    | "n't"
                    | "’s"
                    | "de"
                    | "van"
                    | "von"
                    | "la"
                    | "al"
                    | "el"
                    | "vs"
            );
            match self {
                Recase::Keep => {}
                Recase::Upper => *word = word.to_uppercase(),
                Recase::Title if is_minor && i > 0 => {}
                Recase::Title => {
                    let mut chars = word.chars();
                    if let Some(first) = chars.next() {
                        *word = first.to_uppercase().chain(chars).collect();
                    }
                }
            }
        }
    }
}
