//! Letters as readers type them: without case, accents and signs inside words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::digit::decimal_digit;

/// Splits what UAX 29 keeps together but readers see as several words: names of sites
/// (`news.example`), and words joined by underscores. Acronyms and numbers stay whole.
pub(super) fn parts(raw: &str) -> impl Iterator<Item = (usize, &str)> {
    let splits = raw.contains(['.', '_', ':']) && !is_number(raw) && !is_acronym(raw);
    let mut offset = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        while !done {
            let rest = &raw[offset..];
            let end = if splits { rest.find(['.', '_', ':']) } else { None };
            let part = (offset, &rest[..end.unwrap_or(rest.len())]);
            match end {
                Some(end) => offset += end + 1,
                None => done = true,
            }
            if !part.1.is_empty() {
                return Some(part);
            }
        }
        None
    })
}

fn is_number(word: &str) -> bool {
    word.chars().next().is_some_and(|c| decimal_digit(c).is_some())
}

/// Single letters between dots: `U.S`, `p.m`.
fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1)
}

/// Folds one word. The result may be empty, when the word holds nothing to search for.
pub fn fold_into(word: &str, folded: &mut String) {
    let word = without_possessive(word);
    let number = is_number(word);
    if word.is_ascii() {
        folded.extend(word.bytes().filter_map(|byte| match byte {
            b'\'' => None,
            b'.' if !number => None,
            b',' if number => None,
            _ => Some(char::from(byte.to_ascii_lowercase())),
        }));
        return;
    }
    let mut last_base_folds = false;
    for c in word.nfkd() {
        if is_combining_mark(c) && last_base_folds {
            continue;
        }
        last_base_folds = folds_marks(c);
        match c {
            // Arabic has separators of its own.
            '.' | '٫' if number => folded.push('.'),
            ',' | '٬' if number => {}
            c if is_left_out(c) => {}
            c if c.is_numeric() => folded.push(decimal_digit(c).unwrap_or(c)),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            // Greek writes it at the end of words, but not in capitals.
            'ς' => folded.push('σ'),
            // Forms of one Arabic letter: alef, yeh, kaf, and heh, which ends words in place of teh marbuta.
            'ٱ' => folded.push('ا'),
            'ى' | 'ی' | 'ې' => folded.push('ي'),
            'ک' => folded.push('ك'),
            'ة' | 'ہ' | 'ە' => folded.push('ه'),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    if folded.chars().any(|c| is_combining_mark(c) || is_jamo(c)) {
        // Scripts in which marks are letters of their own get composed again, and syllables of Hangul. Russian is
        // written without the dots of its one letter that has some.
        *folded = folded.nfkc().map(|c| if c == 'ё' { 'е' } else { c }).collect();
    }
}

fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}')
}

/// A word as stemmers want it: lower case, composed, with its accents.
pub(super) fn lower_into(word: &str, lower: &mut String) {
    lower.extend(composed(word).flat_map(char::to_lowercase));
}

/// The same in Turkish, whose `I` is the capital of `ı`.
pub(super) fn lower_turkish_into(word: &str, lower: &mut String) {
    lower.extend(composed(word).map(|c| if c == 'I' { 'ı' } else { c }).flat_map(char::to_lowercase));
}

/// Letters of a word, composed. The capital of `i` that Turkish writes is one letter in lower case too: Unicode keeps
/// its dot as a mark.
fn composed(word: &str) -> impl Iterator<Item = char> {
    without_possessive(word).nfkc().filter(|&c| !is_left_out(c)).map(|c| if c == 'İ' { 'i' } else { c })
}

/// Signs inside words that nobody types, or some type and others don't: apostrophes, dots, soft hyphens, joiners,
/// Hebrew quotes of acronyms, the Arabic stroke that makes words longer.
fn is_left_out(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '.' | '·' | '"' | '׳' | '״' | 'ـ' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// Whether marks on this letter are dropped: accents of Latin and Greek, where readers type without them, and the
/// vowels of Hebrew and Arabic, which are hardly ever written.
fn folds_marks(c: char) -> bool {
    matches!(
        c,
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}'
            | '\u{5d0}'..='\u{5f4}' | '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}'
    )
}

fn without_possessive(word: &str) -> &str {
    for suffix in ["'s", "’s", "'S", "’S"] {
        if let Some(stripped) = word.strip_suffix(suffix).filter(|stripped| !stripped.is_empty()) {
            return stripped;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &str) {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        assert_eq!(folded, expected);
    }

    #[test]
    fn words_of_right_to_left_scripts_fold() {
        check("مُحَمَّد", "محمد");
        check("محـــمد", "محمد");
        check("أحمد", "احمد");
        check("إلى", "الي");
        check("ایران", "ايران");
        check("کشور", "كشور");
        check("می‌خواهم", "ميخواهم");
        check("مدرسة", "مدرسه");
        check("שָׁלוֹם", "שלום");
        check("צה״ל", "צהל");
        check("צה\"ל", "צהל");
    }

    #[test]
    fn digits_of_all_scripts_are_one() {
        check("۱۴۰۲", "1402");
        check("١٤٠٢", "1402");
        check("२०२४", "2024");
        check("๒๕๖๗", "2567");
        check("２０２４", "2024");
        check("১২৩৪৫৬৭৮৯০", "1234567890");
    }

    #[test]
    fn numbers_of_other_scripts_keep_their_value() {
        check("۱۲٬۰۰۰", "12000");
        check("१२,०००", "12000");
        check("۱٫۵", "1.5");
        check("१.५", "1.5");
        check("１．５", "1.5");
        assert_eq!(parts("१.५").collect::<Vec<_>>(), [(0, "१.५")]);
    }

    #[test]
    fn final_sigma_is_a_sigma() {
        check("σεισμός", "σεισμοσ");
        check("ΣΕΙΣΜΟΣ", "σεισμοσ");
    }

    #[test]
    fn letters_of_other_scripts_stay_what_they_are() {
        check("Ёлка", "елка");
        check("Йога", "йога");
        check("Київ", "київ");
        check("서울", "서울");
        check("हिन्दी", "हिन्दी");
    }

    #[test]
    fn stemmers_get_accents() {
        let mut lower = String::new();
        lower_into("E\u{301}conomies", &mut lower);
        assert_eq!(lower, "économies");
    }

    #[test]
    fn capitals_of_turkish_meet_their_small_letters() {
        let check = |word, expected: &str| {
            let mut lower = String::new();
            lower_turkish_into(word, &mut lower);
            assert_eq!(lower, expected);
        };
        check("SEÇİM", "seçim");
        check("SEC\u{327}I\u{307}M", "seçim");
        check("KADIN", "kadın");
    }
}
