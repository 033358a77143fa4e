//! What languages join to a word by an apostrophe: articles before it, endings behind it.

/// The word behind an article or preposition that has lost its vowel (`l'économie`), in the languages that write
/// so; the word itself where there is none.
pub(super) fn without_elided(word: &str) -> &str {
    let Some((before, rest)) = word.split_once(['\'', '’']) else { return word };
    let is_vowel = |c: char| "aeiouyhàâäáéèêëíìîïóòôöúùûüœæ".contains(c);
    let begins_open = rest.chars().next().is_some_and(|c| c.to_lowercase().all(is_vowel));
    if begins_open && ELIDED.iter().any(|elided| elided.eq_ignore_ascii_case(before)) { rest } else { word }
}

/// What stands before an apostrophe in French, Italian and Catalan.
const ELIDED: [&str; 30] = [
    "l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "un", "all", "dall", "dell",
    "nell", "sull", "coll", "quell", "quest", "gl", "agl", "dagl", "degl", "negl", "sugl", "bell", "sant",
];

/// The word before an ending, which Turkish parts from names by an apostrophe (`Ankara'da`); the word itself where none
/// is parted.
pub(super) fn without_parted_ending(word: &str) -> &str {
    let Some((before, ending)) = word.rsplit_once(['\'', '’']) else { return word };
    let is_name = before.chars().nth(LEAST_LETTERS - 1).is_some();
    let n_letters = ending.chars().count();
    if !is_name || n_letters == 0 || n_letters > MOST_LETTERS {
        return word;
    }
    let letters: String = ending.chars().map(in_harmony).collect();
    if is_made_of_endings(&letters) { before } else { word }
}

/// Letters of a name at least: `O'Brien` is one word.
const LEAST_LETTERS: usize = 2;
/// Letters of endings at most, all of a word together.
const MOST_LETTERS: usize = 12;

/// Endings of Turkish that follow each other, in letters of [`in_harmony`].
const ENDINGS: [&str; 38] = [
    "A", "yA", "nA", "I", "yI", "nI", "sI", "In", "nIn", "DA", "nDA", "DAn", "nDAn", "lA", "ylA", "lAr", "lI", "lIK",
    "KI", "DIr", "DI", "yDI", "mIş", "ymIş", "sA", "ysA", "CA", "nCA", "CI", "nCI", "InCI", "Im", "mIz", "ImIz", "sIz",
    "nIz", "InIz", "yKAn",
];

/// One letter for all that an ending may have in its place, by the vowels and consonants before it.
fn in_harmony(letter: char) -> char {
    match letter {
        'a' | 'e' | 'A' | 'E' => 'A',
        'ı' | 'i' | 'u' | 'ü' | 'I' | 'İ' | 'U' | 'Ü' => 'I',
        'd' | 't' | 'D' | 'T' => 'D',
        'c' | 'ç' | 'C' | 'Ç' => 'C',
        'g' | 'ğ' | 'k' | 'G' | 'Ğ' | 'K' => 'K',
        'Ş' => 'ş',
        other => other.to_ascii_lowercase(),
    }
}

fn is_made_of_endings(letters: &str) -> bool {
    letters.is_empty() || ENDINGS.iter().any(|ending| letters.strip_prefix(ending).is_some_and(is_made_of_endings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elided_words_are_told_from_names() {
        let check = |word, expected| assert_eq!(without_elided(word), expected);
        check("l'économie", "économie");
        check("L’Élysée", "Élysée");
        check("dell'arte", "arte");
        check("qu'il", "il");
        check("l'homme", "homme");
        check("aujourd'hui", "aujourd'hui");
        check("d'Souza", "d'Souza");
        check("O'Brien", "O'Brien");
        check("l'", "l'");
    }

    #[test]
    fn endings_are_told_from_names() {
        let check = |word, expected| assert_eq!(without_parted_ending(word), expected);
        check("Ankara’da", "Ankara");
        check("Türkiye'nin", "Türkiye");
        check("TÜRKİYE'NİN", "TÜRKİYE");
        check("Birliği’ndeki", "Birliği");
        check("ABD’lilerin", "ABD");
        check("O'Brien’ın", "O'Brien");
        check("Kur’an’ın", "Kur’an");
        check("Kur’an", "Kur’an");
        check("O'Brien", "O'Brien");
        check("D'Artagnan", "D'Artagnan");
        check("Ankara’", "Ankara’");
        check("’da", "’da");
    }
}
