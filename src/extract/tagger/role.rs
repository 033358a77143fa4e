//! What part a token may play in a name, by how it is written.
//!
//! Closed lists only; decides which tokens are scored at all. Fed by [`super::page`].

use super::word::{Shape, shape};

/// What part a token may play in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// None.
    Other,
    /// Between capitalised words only.
    Link,
    /// Between capitalised words, or right before one: particles and numbers.
    Lead,
    /// Any part.
    Name,
}

/// Whether a capitalised word that stands by itself is one that begins sentences and is never a name. Most
/// sentences begin so, and need no scoring there.
pub(super) fn is_function_word(form: &str) -> bool {
    matches!(
        form,
        "A" | "About"
            | "According"
            | "After"
            | "All"
            | "Also"
            | "Although"
            | "An"
            | "And"
            | "Another"
            | "Any"
            | "Are"
            | "As"
            | "At"
            | "Because"
            | "Before"
            | "Both"
            | "But"
            | "By"
            | "Despite"
            | "Did"
            | "Do"
            | "During"
            | "Each"
            | "Even"
            | "Every"
            | "For"
            | "From"
            | "Had"
            | "Has"
            | "He"
            | "Her"
            | "Here"
            | "His"
            | "How"
            | "However"
            | "I"
            | "If"
            | "In"
            | "Instead"
            | "Is"
            | "It"
            | "Its"
            | "Just"
            | "Like"
            | "Many"
            | "Meanwhile"
            | "More"
            | "Most"
            | "My"
            | "Neither"
            | "No"
            | "Nor"
            | "Not"
            | "Now"
            | "Of"
            | "On"
            | "Once"
            | "Only"
            | "Or"
            | "Other"
            | "Others"
            | "Our"
            | "Over"
            | "She"
            | "Since"
            | "So"
            | "Some"
            | "Still"
            | "Such"
            | "Than"
            | "That"
            | "The"
            | "Their"
            | "Then"
            | "There"
            | "These"
            | "They"
            | "This"
            | "Those"
            | "Though"
            | "Through"
            | "Thus"
            | "To"
            | "Under"
            | "Unlike"
            | "Until"
            | "Was"
            | "We"
            | "Were"
            | "What"
            | "When"
            | "Where"
            | "Whether"
            | "Which"
            | "While"
            | "Who"
            | "Why"
            | "With"
            | "Without"
            | "Yet"
            | "You"
            | "Your"
    )
}

/// The part that a word may play.
pub(super) fn role_of(form: &str) -> Role {
    let bytes = form.as_bytes();
    if bytes[0].is_ascii_lowercase() && bytes.iter().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return lower_role(form);
    }
    match shape(form) {
        Shape::Lower => lower_role(form),
        Shape::Number => Role::Lead,
        Shape::Mark => match form {
            "-" | "–" | "&" | "'" | "’" | "." | "/" | "\"" | "“" | "”" | "´" | "`" | "+" => Role::Link,
            _ => Role::Other,
        },
        _ if matches!(form, "'S" | "’S") => Role::Link,
        _ => Role::Name,
    }
}

fn lower_role(form: &str) -> Role {
    match form {
        "of" | "the" | "and" | "for" | "in" | "on" | "to" | "at" | "with" | "a" | "an" | "e" | "y" | "et" | "und"
        | "as" | "by" | "from" | "upon" | "sur" | "sans" | "'s" | "’s" | "os" | "og" | "i" | "en" | "zu" | "do"
        | "without" | "against" | "under" | "ud" | "s" => Role::Link,
        "de" | "la" | "le" | "les" | "del" | "della" | "di" | "da" | "dos" | "das" | "du" | "des" | "van" | "von"
        | "der" | "den" | "bin" | "ibn" | "bint" | "al" | "el" | "ul" | "ur" | "ter" | "ten" | "af" | "av" | "d"
        | "l" | "dal" | "dei" | "delle" | "dello" | "degli" | "abu" | "ould" | "st" => Role::Lead,
        _ => Role::Other,
    }
}
