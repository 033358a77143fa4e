//! Words that say nothing of what an article is about.

/// English function words, folded, sorted.
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "before", "being", "between", "both", "but", "by", "can", "cannot", "cant", "could", "did",
    "do", "does", "doing", "dont", "during", "each", "few", "for", "from", "further", "had", "has", "have", "having",
    "he", "her", "here", "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "me", "more",
    "most", "my", "no", "nor", "not", "of", "off", "on", "once", "only", "or", "other", "our", "ours", "out", "over",
    "own", "same", "she", "should", "so", "some", "such", "than", "that", "the", "their", "theirs", "them", "then",
    "there", "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "very", "was", "we",
    "were", "what", "when", "where", "which", "while", "who", "whom", "why", "will", "with", "would", "you", "your",
    "yours",
];

/// The list as numbers, in the same order.
static NUMBERS: [u64; STOP_WORDS.len()] = {
    let mut numbers = [0; STOP_WORDS.len()];
    let mut nth = 0;
    while nth < numbers.len() {
        numbers[nth] = number(STOP_WORDS[nth].as_bytes());
        nth += 1;
    }
    numbers
};

/// Letters of the longest of them.
const MOST_LETTERS: usize = 7;

/// A word of at most so many letters as a number, its length last. Words stand in the order of their numbers.
const fn number(word: &[u8]) -> u64 {
    assert!(word.len() <= MOST_LETTERS);
    let (mut number, mut nth) = (0, 0);
    while nth < MOST_LETTERS {
        let byte = if nth < word.len() { word[nth] } else { 0 };
        number = number << 8 | byte as u64;
        nth += 1;
    }
    number << 8 | word.len() as u64
}

/// Letters of the shortest word that tells something.
const MIN_LETTERS: usize = 3;

/// Whether a folded word may tell what an article is about: no function word, nor a letter or two.
pub(in crate::search) fn is_telling(word: &str) -> bool {
    !is_stop_word(word) && word.chars().nth(MIN_LETTERS - 1).is_some()
}

/// Whether a folded word is a function word.
pub(in crate::search) fn is_stop_word(word: &str) -> bool {
    word.len() <= MOST_LETTERS && NUMBERS.binary_search(&number(word.as_bytes())).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(STOP_WORDS.is_sorted() && NUMBERS.is_sorted());
        assert!(STOP_WORDS.iter().all(|word| is_stop_word(word) && !is_stop_word(&format!("{word}q"))));
        assert!(is_telling("bank") && is_telling("été") && !is_telling("the") && !is_telling("né"));
        assert!(!is_stop_word("") && !is_stop_word("a\0") && !is_stop_word("governments"));
        assert!(is_stop_word("the") && is_stop_word("yours") && is_stop_word("a") && !is_stop_word("bank"));
    }
}
