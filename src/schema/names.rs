//! Terms that lead from the words of names to the keys of entities, and from keys to names.
//!
//! Most keys are the words of a name, and most names are the words of their key: what follows from what stands before
//! it is written as one sign.

use std::borrow::Cow;

#[cfg(doc)]
use super::Fields;
use super::terms::cut;
use crate::mention::EntityKind;

/// Separates the parts of a term of [`Fields::label`] and [`Fields::name_key`]; no name holds it.
pub const LABEL_SEPARATOR: char = '\0';
/// Stands in a key for the words before it, joined by `-`, and for a name that is the words of the key before it with
/// capitals. No key and no name holds it.
const SAME: char = '\u{1}';

/// Term of [`Fields::label`]: a kind, a key, a name of the entity.
pub fn label(kind: EntityKind, key: &str, name: &str) -> String {
    let mut label = label_prefix(kind, key);
    if is_key_with_capitals(cut(key), name) {
        label.push(SAME);
    } else {
        label.push_str(cut(name));
    }
    label
}

/// What all labels of an entity begin with.
pub fn label_prefix(kind: EntityKind, key: &str) -> String {
    format!("{}{LABEL_SEPARATOR}{}{LABEL_SEPARATOR}", kind.name(), cut(key))
}

/// The name that stands behind [`label_prefix`].
pub fn label_name(key: &str, rest: &str) -> String {
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some(SAME), None) => {
            let mut name = String::with_capacity(key.len());
            with_capitals(cut(key)).for_each(|c| name.push(c));
            name
        }
        _ => rest.to_owned(),
    }
}

/// `jane-doe` -> `Jane Doe`.
fn with_capitals(key: &str) -> impl Iterator<Item = char> {
    let mut begins_word = true;
    key.chars().map(move |c| {
        let is_first = std::mem::replace(&mut begins_word, c == '-');
        match c {
            '-' => ' ',
            c if is_first => c.to_ascii_uppercase(),
            c => c,
        }
    })
}

fn is_key_with_capitals(key: &str, name: &str) -> bool {
    with_capitals(key).eq(name.chars())
}

/// The key that most names have: their words in small letters, joined by `-`.
pub(super) fn key_of(name: &str) -> String {
    key_chars(name).collect()
}

/// Whether a key is that of [`key_of`].
pub(super) fn is_key_of(key: &str, name: &str) -> bool {
    key_chars(name).eq(key.chars())
}

fn key_chars(name: &str) -> impl Iterator<Item = char> {
    name.chars().flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c })
}

/// Term of [`Fields::name_key`]: a kind, folded words of a name joined by spaces or the path of a place, and the key that
/// they lead to.
pub fn name_key(kind: EntityKind, words: &str, key: &str) -> String {
    let (mut term, key) = (name_key_prefix(kind, words), cut(key));
    term.push(LABEL_SEPARATOR);
    let joined = joined(cut(words));
    match key.find(&*joined).filter(|_| !joined.is_empty()) {
        Some(at) => {
            term.push_str(&key[..at]);
            term.push(SAME);
            term.push_str(&key[at + joined.len()..]);
        }
        None => term.push_str(key),
    }
    term
}

/// What all terms of [`Fields::name_key`] begin with whose name has these words at one place; a space
/// or [`LABEL_SEPARATOR`] follows unless the last word goes on.
pub fn name_key_prefix(kind: EntityKind, words: &str) -> String {
    format!("{}{LABEL_SEPARATOR}{}", kind.name(), cut(words))
}

/// Words or path, and key, of what stands behind the kind in a term of [`Fields::name_key`]; `None` where it is none.
pub fn words_and_key(rest: &str) -> Option<(&str, Cow<'_, str>)> {
    let (words, key) = rest.rsplit_once(LABEL_SEPARATOR)?;
    Some((
        words,
        match key.split_once(SAME) {
            Some((before, behind)) => Cow::Owned([before, &joined(words), behind].concat()),
            None => Cow::Borrowed(key),
        },
    ))
}

/// Words as they stand in keys.
fn joined(words: &str) -> Cow<'_, str> {
    if words.contains(' ') { Cow::Owned(words.replace(' ', "-")) } else { Cow::Borrowed(words) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_follows_is_one_sign() {
        let person = EntityKind::Person;
        assert_eq!(name_key(person, "zelensky", "volodymyr-zelensky"), "person\0zelensky\0volodymyr-\u{1}");
        assert_eq!(name_key(person, "volodymyr zelensky", "volodymyr-zelensky"), "person\0volodymyr zelensky\0\u{1}");
        assert_eq!(name_key(EntityKind::Place, "/europe/kyiv", "kyiv"), "place\0/europe/kyiv\0kyiv");
        assert_eq!(label(person, "jane-doe", "Jane Doe"), "person\0jane-doe\0\u{1}");
        assert_eq!(label(person, "jane-doe", "Jane DOE"), "person\0jane-doe\0Jane DOE");
    }

    proptest! {
        #[test]
        fn keys_and_names_come_back(
            words in "[a-zé]{0,5}( [a-zé0-9]{1,3}){0,3}",
            key in "[a-zé]{0,4}(-[a-zé0-9]{1,3}){0,3}",
            of_words in any::<bool>(),
            name in "[A-Za-zÉé]{1,6}( [A-Za-zé]{1,4}){0,2}",
        ) {
            let key = if of_words { format!("{key}-{}-x", words.replace(' ', "-")) } else { key };
            let term = name_key(EntityKind::Org, &words, &key);
            let rest = term.strip_prefix(&name_key_prefix(EntityKind::Org, "")).expect("it begins so");
            prop_assert_eq!(words_and_key(rest), Some((&*words, Cow::Borrowed(&*key))));
            for name in [name, with_capitals(&key).collect()] {
                let term = label(EntityKind::Org, &key, &name);
                let rest = term.strip_prefix(&label_prefix(EntityKind::Org, &key)).expect("it begins so");
                prop_assert_eq!(label_name(&key, rest), name);
            }
        }
    }
}
