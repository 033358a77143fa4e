//! Scripts that put no space between words: Han, Kana, Thai, Lao, Burmese, Khmer.
//!
//! Where a word of them ends depends on who cuts: dictionaries know other words than readers, and cut the same
//! characters one way in one sentence and another way in the next. So nothing is cut. Each character stands in the
//! index together with the one behind it, at its own position, and any run of characters is found wherever it
//! stands: a word inside a longer one, a name that no dictionary has. Nothing is missed, at the cost of finding a
//! short word inside another one now and then.

use unicode_normalization::char::is_combining_mark;

/// Whether a word that begins with this character is written without spaces around it.
pub fn is_unspaced(c: char) -> bool {
    match c {
        '\0'..='\u{dff}' => false,
        // Thai, Lao, Burmese, Khmer, without their digits.
        '\u{e01}'..='\u{e4e}' | '\u{e81}'..='\u{ecf}' | '\u{edc}'..='\u{edf}' => true,
        '\u{1000}'..='\u{103f}' | '\u{104c}'..='\u{108f}' | '\u{109a}'..='\u{109f}' => true,
        '\u{1780}'..='\u{17d3}' | '\u{17d7}' | '\u{17dc}' | '\u{a9e0}'..='\u{a9ef}' | '\u{aa60}'..='\u{aa7f}' => true,
        // Iteration marks and Kana; half-wide Kana.
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => true,
        // Han.
        '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => true,
        '\u{20000}'..='\u{3ffff}' => true,
        _ => false,
    }
}

/// Characters of a text with their marks, each with where it begins.
pub(super) fn characters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let begins = |(_, c): &(usize, char)| !is_combining_mark(*c) && !matches!(c, '\u{ff9e}' | '\u{ff9f}');
        let end = rest.char_indices().skip(1).find(begins).map_or(rest.len(), |(end, _)| end);
        let character = (start, &rest[..end]);
        start += end;
        Some(character)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_apart() {
        assert!("地カァなไກကក々ー𠀋ｶ".chars().all(is_unspaced));
        assert!(!"aяαبא정क1๑".chars().any(is_unspaced));
    }

    #[test]
    fn characters_keep_their_marks() {
        let of = |text| characters(text).map(|(_, character)| character).collect::<Vec<_>>();
        assert_eq!(of("地震"), ["地", "震"]);
        assert_eq!(of("ｶﾞｽ"), ["ｶﾞ", "ｽ"]);
        assert_eq!(of("กิน"), ["กิ", "น"]);
        assert_eq!(of(""), [] as [&str; 0]);
    }
}
